/* Why: a condition computed here must never say that a row is good where SQLite says that it is
 * wrong; every expression is asked both ways about rows of odd values. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "base/buf.h"
#include "rules/formula.h"

static const struct field fields[] = {
	{ .name = "a", .type = FIELD_INTEGER, .has_scale = true },
	{ .name = "b", .type = FIELD_INTEGER, .has_scale = true },
	{ .name = "rate", .type = FIELD_NUMBER, .has_scale = true, .scale = 2 },
	{ .name = "real", .type = FIELD_NUMBER },
	{ .name = "flag", .type = FIELD_BOOLEAN },
	{ .name = "word", .type = FIELD_STRING },
	{ .name = "day", .type = FIELD_DATE },
};
static const struct form form = { .fields = fields, .field_count = COUNT(fields) };

static const int64_t wholes[] = { 0, 1, -1, 2, 3, 7, 33, 57, 100, 9007, 999999999999999 };
static const int64_t rates[] = { 0, 50, 2810, 2811, 10000, 333, 5000, 1005, -7 };
static const double reals[] = { 0, 0.1, 0.3, 1.005, 28.1, -2.5, 1e14, 3 };
static const char *const words[] = { "", "da_khen", "DA_KHEN", "đã", "x" };
static const char *const days[] = { "2023-01-31", "2022-12-31", "2024-02-29" };

/* Understood, and of rows that are all there nearly all are told. */
static const char *const known[] = {
	"a = b",
	"NOT (a <= b\n)",
	"r.a - (r.b + 2) > 0 - 1",
	"a + b * 2 - -a = 3",
	"- - a = -b",
	"a/b > 1 OR b/a > 1",
	"a / 2 = 1 and a/2.0 <> 1",
	"abs(rate - 100.0 * a / nullif(b, 0)) <= 0.01",
	"abs(r.rate - (round(100 * (r.a) / nullif(r.b, 0), 2))) > 0.0101",
	"abs(rate - round(100.0*a/nullif(b,0), 2)) < 0.0101",
	"round(real) = 3 or round(rate, 1) >= 28.1",
	"a <= min(b, coalesce(flag, b)) or max(a, b, 3) = a",
	"(a > 0) = flag",
	"flag IS NULL OR flag is not null and a IS NULL",
	"a BETWEEN 1 AND b AND NOT b BETWEEN 2 AND 3",
	"a NOT BETWEEN 0 AND 10",
	"a IN (1, 2, 3, NULL) OR b NOT IN (0, 7)",
	"word IN ('x', 'da_khen')",
	"word <> 'da_khen' OR (day IS NOT NULL AND rate IS NOT NULL)",
	"word != 'it''s' and word < day",
	"day >= '2023-01-01' and day<='2023-12-31'",
	"r.day < CASE WHEN r.word IS NOT NULL THEN r.word WHEN a = 1 THEN day END",
	"CASE WHEN a > b THEN a ELSE b END = 7",
	"coalesce(a <= b, 1) AND coalesce(b <= rate, 1)",
	"(r.a IS NOT NULL) + (r.b IS NOT NULL) BETWEEN 1 AND 1",
	"a < 20 OR b <= 0.6 * a",
	"real * 3 = 0.3 or real + rate > 1e3",
	"A = R.B",
	"a and not b or flag",
	"ifnull(a, 1) * ifnull(b, 1) > 5000",
	"rate = real",
	"rate - 0.5",
	"a * a * a = 1",
	"a+b>1",
	"a<>b",
	"a >= 1 == flag",
};

/* Left to SQLite. */
static const char *const unknown[] = { "a % 2 = 0", "a || b = 1", "a IN (SELECT b FROM r)",
	"EXISTS (SELECT 1)", "a = '5'", "word = 5", "word + 1 > 0", "length(word) > 2",
	"a LIKE 1", "a = b --x", "a --b\n= 2", "a /*x*/ = 1", "a << 1 = 2", "a < < b",
	"nothing = 1", "settings.a = 1", "a = 0x10", "julianday(day) > 5", "a IS b",
	"a COLLATE nocase = 1", "(a = 1", "a = 1)", "a =", "", "max(a) = 1", "word",
	"CAST(a AS TEXT) = 1", "a = 1; b", "\"a\" = 1", "round(a, b) = 1", "word AND 1",
	"min(word, day) = 'x'", "a = 12345678901234567890", "CASE a WHEN 1 THEN 2 END",
	"a ISNULL" };

struct line {
	struct cell cells[COUNT(fields)];
};

static unsigned
chance(void)
{
	static uint64_t state = 88172645463325252u;

	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (unsigned)(state >> 33);
}

static struct cell
text_cell(const char *text)
{
	return (struct cell){ .kind = CELL_TEXT, .text = bytes_of(text) };
}

static struct line
make_row(bool whole)
{
	struct line r = { .cells = {
			      { .kind = CELL_WHOLE, .whole = wholes[chance() % COUNT(wholes)] },
			      { .kind = CELL_WHOLE, .whole = wholes[chance() % COUNT(wholes)] },
			      { .kind = CELL_WHOLE, .whole = rates[chance() % COUNT(rates)] },
			      { .kind = CELL_REAL, .real = reals[chance() % COUNT(reals)] },
			      { .kind = CELL_WHOLE, .whole = chance() % 2 },
			      text_cell(words[chance() % COUNT(words)]),
			      text_cell(days[chance() % COUNT(days)]),
			  } };

	for (size_t i = 0; !whole && i < COUNT(fields); i++)
		if (chance() % 4 == 0)
			r.cells[i].kind = CELL_EMPTY;
	return r;
}

static void
bind(sqlite3_stmt *s, const struct line *r)
{
	for (size_t i = 0; i < COUNT(fields); i++) {
		const struct cell *c = &r->cells[i];
		int at = (int)i + 1;

		if (c->kind == CELL_EMPTY)
			(void)sqlite3_bind_null(s, at);
		else if (c->kind == CELL_TEXT)
			(void)sqlite3_bind_text(
			    s, at, c->text.at, (int)c->text.len, SQLITE_STATIC);
		else if (c->kind == CELL_REAL)
			(void)sqlite3_bind_double(s, at, c->real);
		else if (fields[i].type == FIELD_NUMBER)
			(void)sqlite3_bind_double(s, at, (double)c->whole / 100);
		else
			(void)sqlite3_bind_int64(s, at, c->whole);
	}
}

static sqlite3 *
database(void)
{
	sqlite3 *db = NULL;

	assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db,
			     "CREATE TABLE r (a INTEGER, b INTEGER, rate REAL, real REAL, "
			     "flag INTEGER, word TEXT, day TEXT)",
			     NULL, NULL, NULL),
	    SQLITE_OK);
	return db;
}

static sqlite3_stmt *
prepare(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *s = NULL;

	if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(db));
	return s;
}

#define ROWS 400

static void
agrees_with_sqlite(void **state)
{
	static struct line rows[ROWS];
	struct arena *a = arena_new();
	sqlite3 *db = database();
	sqlite3_stmt *insert = prepare(db, "INSERT INTO r VALUES (?, ?, ?, ?, ?, ?, ?)");

	(void)state;
	for (size_t i = 0; i < ROWS; i++) {
		rows[i] = make_row(i % 2 == 0);
		bind(insert, &rows[i]);
		assert_int_equal(sqlite3_step(insert), SQLITE_DONE);
		(void)sqlite3_reset(insert);
	}
	(void)sqlite3_finalize(insert);
	for (size_t i = 0; i < COUNT(known); i++) {
		AUTO(buf_free) struct buf sql = { 0 };
		const struct formula *f = formula_read(a, known[i], &form, NULL);
		unsigned good = 0, told = 0;
		sqlite3_stmt *s;

		if (!f)
			fail_msg("not understood: %s", known[i]);
		buf_printf(&sql, "SELECT (%s\n) IS TRUE FROM r ORDER BY rowid", known[i]);
		s = prepare(db, sql.at);
		for (size_t k = 0; k < ROWS && sqlite3_step(s) == SQLITE_ROW; k++) {
			bool is_true = sqlite3_column_int(s, 0),
			     denied = formula_denies(f, rows[k].cells);

			if (is_true && denied)
				fail_msg("%s: row %zu", known[i], k);
			good += !is_true;
			told += denied;
		}
		(void)sqlite3_finalize(s);
		/* What is too near, too large or divided by zero is left to SQLite. */
		if (told * 10 < good * 7)
			fail_msg("%s: %u of %u rows told", known[i], told, good);
	}
	(void)sqlite3_close(db);
	arena_free(&a);
}

static void
leaves_the_rest(void **state)
{
	struct arena *a = arena_new();
	AUTO(buf_free) struct buf deep = { 0 }, many = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(unknown); i++)
		if (formula_read(a, unknown[i], &form, NULL))
			fail_msg("understood: %s", unknown[i]);
	for (size_t i = 0; i < 5000; i++)
		buf_text(&deep, "(");
	assert_null(formula_read(a, deep.at, &form, NULL));
	buf_text(&many, "a");
	for (size_t i = 0; i < 5000; i++)
		buf_text(&many, "+1");
	assert_null(formula_read(a, many.at, &form, NULL));
	buf_clear(&many);
	for (size_t i = 0; i < 5000; i++)
		buf_text(&many, "not ");
	assert_null(formula_read(a, many.at, &form, NULL));
	arena_free(&a);
}

/* "missing": "zero" */
static void
reads_zero(void **state)
{
	static const bool zeroed[COUNT(fields)] = { true };
	struct arena *a = arena_new();
	const struct cell cells[COUNT(fields)] = { 0 };

	(void)state;
	assert_true(formula_denies(formula_read(a, "a <> 0", &form, zeroed), cells));
	assert_false(formula_denies(formula_read(a, "a = 0", &form, zeroed), cells));
	assert_true(formula_denies(formula_read(a, "a = 0", &form, NULL), cells));
	arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(agrees_with_sqlite),
		cmocka_unit_test(leaves_the_rest), cmocka_unit_test(reads_zero) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
