/* Why: what is signed and reported upwards is computed here; each figure is checked against one
 * worked out by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "reports/yearly_int.h"

/* ---- a ledger of two years ---- */

struct fact {
	int year;
	const char *unit, *code, *period, *kind; /* kind: "1" introduced */
	int64_t a, b;                            /* -1: empty */
	uint8_t scale;
};

static const struct fact *facts;
static size_t fact_count;
static int queries;

static const char *
fact_value(const struct fact *f, const char *name)
{
	return strcmp(name, "unit") == 0  ? f->unit
	    : strcmp(name, "period") == 0 ? f->period
	    : strcmp(name, "code") == 0   ? f->code
	    : strcmp(name, "kind") == 0   ? f->kind
					  : NULL;
}

/* One group for each fact: finer than the ledger's, which the contract allows for. Given last
 * first. */
int
figures_query(struct figure_row **out, size_t *count, struct arena *a, struct ledger *l,
    const struct figure_query *q, struct err *e)
{
	struct figure_row *rows = arena_array(a, fact_count + 1, sizeof(*rows));

	(void)l;
	(void)e;
	queries++;
	*count = 0;
	for (size_t i = fact_count; i-- > 0;) {
		const char **group = arena_array(a, q->group_count + 1, sizeof(*group));
		struct decimal *sum = arena_array(a, q->sum_count + 1, sizeof(*sum));
		uint64_t *summed = arena_array(a, q->sum_count + 1, sizeof(*summed));

		if (facts[i].year != q->year)
			continue;
		for (size_t g = 0; g < q->group_count; g++) {
			group[g] = fact_value(&facts[i], q->group[g]);
			assert_non_null(group[g]);
		}
		for (size_t s = 0; s < q->sum_count; s++) {
			int64_t value = strcmp(q->sum[s], "a") == 0 ? facts[i].a : facts[i].b;

			summed[s] = value >= 0;
			sum[s] = (struct decimal){ .digits = value >= 0 ? value : 0,
				.scale = facts[i].scale };
		}
		rows[(*count)++] = (struct figure_row){
			.group = group, .sum = sum, .summed = summed, .rows = 1
		};
	}
	*out = rows;
	return OK;
}

static struct figure_board board[3];

int
figures_board(struct figure_board **out, size_t *count, struct arena *a, struct ledger *l,
    const struct rulebook *r, int year, struct err *e)
{
	(void)a;
	(void)l;
	(void)r;
	(void)year;
	(void)e;
	*out = board;
	*count = COUNT(board);
	return OK;
}

/* ---- a campaign ---- */

#define SAME(text)                                                                             \
	{                                                                                      \
		.in = { text, text }                                                           \
	}

static const struct field fields[] = {
	{ .name = "code", .title = SAME("Code") },
	{ .name = "kind", .title = SAME("Kind") },
	{ .name = "a", .title = SAME("A"), .type = FIELD_INTEGER },
	{ .name = "b", .title = SAME("B"), .type = FIELD_INTEGER },
};
static const struct form form = { .id = "F",
	.table = "f",
	.title = SAME("Form"),
	.fields = fields,
	.field_count = COUNT(fields) };
static const struct unit units[] = {
	{ .code = "U1", .name = SAME("Unit one"), .short_name = SAME("One") },
	{ .code = "U2", .name = SAME("Unit two"), .short_name = SAME("") }
};
static const char *const code_columns[] = { "list", "code", "name", "valid_from", "valid_to" };
static const char *const code_rows[][5] = { { "x", "c1", "wrong list", "", "" },
	{ "y", "c1", "old name", "2020-01-01", "2022-12-31" },
	{ "y", "c1", "Name of c1", "2023-01-01", "" },
	{ "y", "c2", "=cmd|' /C calc'!A0", "2023-01-01", "2023-06-30" } };
static const char *const *const code_list[] = { code_rows[0], code_rows[1], code_rows[2],
	code_rows[3] };
static const struct reference codes = { .name = "codes",
	.columns = code_columns,
	.column_count = 5,
	.rows = code_list,
	.row_count = 4 };
static const struct rulebook rulebook = { .id = "test",
	.title = SAME("Test <campaign>"),
	.version = "1",
	.forms = &form,
	.form_count = 1,
	.units = units,
	.unit_count = 2,
	.offset_s = 25200 };

#define NO_TITLES .titles = { .key = -1, .where = -1, .valid_from = -1, .valid_to = -1 }
static const struct result_group by_unit = { .name = "unit", .field = -1, NO_TITLES };
static const struct result_group unit_and_code[] = { { .name = "unit", .field = -1, NO_TITLES },
	{ .name = "code",
	    .field = 0,
	    .titles = { .reference = &codes,
		.key = 1,
		.title = { 2, 2 },
		.where = 0,
		.where_is = "y",
		.valid_from = 3,
		.valid_to = 4 } } };
static const struct result_measure measures[] = {
	{ .field = 2, .where = { .field = -1 } },
	{ .field = 3, .where = { .field = -1 } },
	{ .field = 0, .distinct = true, .where = { .field = -1 } },
	{ .field = 0, .distinct = true, .where = { .field = 1, .is = "1" } },
};
static const struct result_column sums[] = {
	{ .id = "a", .kind = RESULT_SUM, .title = SAME("A"), .measure = 0 },
	{ .id = "rate",
	    .kind = RESULT_RATIO,
	    .title = SAME("Rate"),
	    .measure = 0,
	    .over = 1,
	    .percent = true,
	    .scale = 2 },
	{ .id = "change", .kind = RESULT_CHANGE, .title = SAME("Change"), .of = 1 },
};
static const struct result_column counts[] = {
	{ .id = "n", .kind = RESULT_COUNT, .title = SAME("N"), .measure = 2 },
	{ .id = "m", .kind = RESULT_COUNT, .title = SAME("M"), .measure = 3 },
};
static const struct result_column one_sum[] = {
	{ .id = "a", .kind = RESULT_SUM, .title = SAME("A"), .measure = 0 }
};

static const struct result_table sum_table = { .id = "sums",
	.title = SAME("Sums"),
	.form = &form,
	.groups = unit_and_code,
	.group_count = 2,
	.where = { .field = -1 },
	.latest = -1,
	.totals = true,
	.measures = measures,
	.measure_count = 2,
	.columns = sums,
	.column_count = 3 };
static const struct result_table count_table = { .id = "counts",
	.title = SAME("Counts"),
	.form = &form,
	.groups = &by_unit,
	.group_count = 1,
	.where = { .field = -1 },
	.latest = 0,
	.totals = true,
	.measures = measures,
	.measure_count = 4,
	.columns = counts,
	.column_count = 2 };
static const struct result_table across_table = { .id = "across",
	.title = SAME("Across"),
	.form = &form,
	.groups = &unit_and_code[1],
	.group_count = 1,
	.across = &by_unit,
	.where = { .field = -1 },
	.latest = 0,
	.totals = true,
	.measures = measures,
	.measure_count = 1,
	.columns = one_sum,
	.column_count = 1 };

static const struct letter_context context = { .rulebook = &rulebook,
	.own_name = "Us",
	.own_address = "a@b.example",
	.now_s = 1704848400 };

/* Rows as text: cells by "|", rows by line end, a total row marked by "*". */
static void
write_rows(struct buf *out, const struct yearly_table *t)
{
	for (size_t r = 0; r < t->row_count; r++) {
		buf_text(out, t->total_row[r] ? "*" : "");
		for (size_t c = 0; c < t->column_count; c++) {
			char number[40];

			decimal_write(number, t->rows[r][c].number, '.', '\0');
			buf_printf(out, "%s%s", c ? "|" : "",
			    t->rows[r][c].kind == YEARLY_NUMBER     ? number
				: t->rows[r][c].kind == YEARLY_TEXT ? t->rows[r][c].text
								    : "");
		}
		buf_char(out, '\n');
	}
}

#define Y(unit, code, a, b)                                                                    \
	{                                                                                      \
		2023, unit, code, "2023", "", a, b, 0                                          \
	}
#define B(unit, code, a, b)                                                                    \
	{                                                                                      \
		2022, unit, code, "2022", "", a, b, 0                                          \
	}

static const struct table_case {
	const char *about;
	const struct result_table *table;
	struct fact facts[8];
	const char *expected;
} cases[] = {
	{ "nothing reported", &sum_table, { { 0 } }, "" },
	{ "sums, rates, changes, subtotals, total", &sum_table,
	    { Y("U1", "c1", 10, 100), Y("U1", "c2", 20, 60), Y("U2", "c9", 1, 3),
		B("U1", "c1", 20, 100), B("U2", "c9", 2, 3) },
	    "U1|One|c1|Name of c1|10|10.00|-10.00\n"
	    "U1|One|c2|=cmd|' /C calc'!A0|20|33.33|\n"
	    "*U1|One|Cộng||30|18.75|-1.25\n"
	    "U2|Unit two|c9||1|33.33|-33.34\n"
	    "*U2|Unit two|Cộng||1|33.33|-33.34\n"
	    "*Tổng cộng||||31|19.02|-2.34\n" },
	{ "a total over other units than last year cannot be compared", &sum_table,
	    { Y("U1", "c1", 1, 2), Y("U2", "c1", 1, 2), B("U1", "c1", 1, 4) },
	    "U1|One|c1|Name of c1|1|50.00|25.00\n*U1|One|Cộng||1|50.00|25.00\nU2|Unit "
	    "two|c1|Name of c1|1|50.00|\n*U2|Unit two|Cộng||1|50.00|\n"
	    "*Tổng cộng||||2|50.00|\n" },
	{ "empty is not 0, and over 0 there is no rate", &sum_table,
	    { Y("U1", "c1", -1, 5), Y("U1", "c2", 3, 0) },
	    "U1|One|c1|Name of c1|||\nU1|One|c2|=cmd|' /C "
	    "calc'!A0|3||\n*U1|One|Cộng||3|60.00|\n*Tổng cộng||||3|60.00|\n" },
	{ "lists that go on: the last state of each, those of two units apart", &count_table,
	    { { 2023, "U1", "c1", "2023Q1", "0", 1, 1, 0 },
		{ 2023, "U1", "c1", "2023Q4", "1", 1, 1, 0 },
		{ 2023, "U1", "c2", "2023Q1", "1", 1, 1, 0 },
		{ 2023, "U1", "c2", "2023Q2", "0", 1, 1, 0 },
		{ 2023, "U2", "c1", "2023Q3", "1", 1, 1, 0 } },
	    "U1|One|2|1\nU2|Unit two|1|1\n*Tổng cộng||3|2\n" },
	{ "one column for each unit, and one for all", &across_table,
	    { { 2023, "U1", "c1", "2023Q1", "", 5, 0, 0 },
		{ 2023, "U1", "c1", "2023Q2", "", 7, 0, 0 },
		{ 2023, "U2", "c1", "2023Q1", "", 150, 0, 2 },
		{ 2023, "U2", "c3", "2023Q1", "", 4, 0, 0 } },
	    "c1|Name of c1|7|1.5|8.5\nc3|||4|4\n" },
};

static void
test_tables(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO(arena_free) struct arena *a = arena_new();
		AUTO(buf_free) struct buf rows = { 0 };
		struct yearly_table t;
		struct err e = { .text = "" };

		facts = cases[i].facts;
		for (fact_count = 0; fact_count < 8 && facts[fact_count].year; fact_count++)
			;
		if (yearly_result(&t, a, &context, cases[i].table, 2023, LANGUAGE_VI, &e) != OK)
			fail_msg("%s: %s", cases[i].about, e.text);
		write_rows(&rows, &t);
		if (strcmp(rows.at ? rows.at : "", cases[i].expected) != 0)
			fail_msg("%s:\n%s", cases[i].about, rows.at);
	}
}

static void
test_keys_and_headings(void **state)
{
	AUTO(arena_free) struct arena *a = arena_new();
	struct yearly_table t;
	struct err e;

	(void)state;
	facts = cases[COUNT(cases) - 1].facts;
	fact_count = 4;
	assert_int_equal(
	    yearly_result(&t, a, &context, &across_table, 2023, LANGUAGE_EN, &e), OK);
	assert_int_equal(t.column_count, 5);
	assert_string_equal(t.keys[0], "code");
	assert_string_equal(t.keys[1], "code_title");
	assert_string_equal(t.keys[2], "a_U1");
	assert_string_equal(t.keys[4], "a_total");
	assert_string_equal(t.columns[2], "One");
	assert_string_equal(t.columns[4], "Total");
}

static void
test_sum_too_large(void **state)
{
	static const struct fact large[] = { Y("U1", "c1", 999999999999999999, 1),
		Y("U1", "c1", 1, 1) };
	AUTO(arena_free) struct arena *a = arena_new();
	struct yearly_table t;
	struct err e;

	(void)state;
	facts = large;
	fact_count = 2;
	assert_int_equal(
	    yearly_result(&t, a, &context, &sum_table, 2023, LANGUAGE_VI, &e), ERR_INPUT);
	assert_non_null(strstr(e.text, "over 18 digits"));
}

static const struct {
	const char *about;
	struct decimal a, b;
	bool percent;
	uint8_t scale;
	const char *expected; /* NULL: none */
} ratios[] = {
	{ "half up", { 1, 0 }, { 8, 0 }, false, 2, "0.13" },
	{ "below half", { 1, 0 }, { 3, 0 }, true, 2, "33.33" },
	{ "up at the last place", { 2, 0 }, { 3, 0 }, true, 2, "66.67" },
	{ "away from zero", { -1, 0 }, { 8, 0 }, false, 2, "-0.13" },
	{ "different scales", { 150, 2 }, { 3, 0 }, true, 0, "50" },
	{ "over nothing", { 1, 0 }, { 0, 0 }, true, 2, NULL },
	{ "nothing over something", { 0, 0 }, { 7, 0 }, true, 1, "0.0" },
	{ "large ones stay exact", { 333333333333333333, 0 }, { 999999999999999999, 0 }, true,
	    6, "33.333333" },
	{ "too large", { 999999999999999999, 0 }, { 1, 0 }, true, 2, NULL },
};

static void
test_ratios(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(ratios); i++) {
		struct decimal d = { 0 };
		bool is = decimal_ratio(
		    &d, ratios[i].a, ratios[i].b, ratios[i].percent, ratios[i].scale);
		char text[40];

		decimal_write(text, d, '.', '\0');
		if (is != (ratios[i].expected != NULL) ||
		    (is && strcmp(text, ratios[i].expected) != 0))
			fail_msg("%s: %s", ratios[i].about, is ? text : "none");
	}
}

/* ---- the whole ---- */

static struct yearly *
compute(struct arena *a, struct letter_context *ctx, enum language l)
{
	static const struct result_table tables[1] = { { .id = "sums",
	    .title = SAME("Sums: [all]*/\\? of what there is to be summed"),
	    .form = &form,
	    .groups = unit_and_code,
	    .group_count = 2,
	    .where = { .field = -1 },
	    .latest = -1,
	    .totals = true,
	    .measures = measures,
	    .measure_count = 2,
	    .columns = sums,
	    .column_count = 3 } };
	static const struct results results = { .tables = tables, .count = 1 };
	struct yearly *y = NULL;
	struct err e = { .text = "" };

	board[0] = (struct figure_board){ .unit = "U1",
		.form = "F",
		.period = { PERIOD_YEAR, 2023, 0 },
		.due_from_unit = true,
		.due = { 2024, 1, 15 },
		.tries = 3,
		.refused = 1,
		.accepted = 1,
		.version = 2,
		.received_s = 1704762000 };
	board[1] = (struct figure_board){ .unit = "U2",
		.form = "F",
		.period = { PERIOD_YEAR, 2023, 0 },
		.due_from_unit = true,
		.due = { 2024, 1, 15 },
		.tries = 1,
		.accepted = 2,
		.version = 1,
		.late_days = 2,
		.received_s = 1704762000 };
	board[2] = (struct figure_board){ .unit = "U2",
		.form = "G",
		.period = { PERIOD_QUARTER, 2023, 2 },
		.due_from_unit = true,
		.due = { 2023, 7, 15 } };
	facts = cases[1].facts;
	fact_count = 5;
	*ctx = context;
	ctx->results = &results;
	if (yearly_compute(&y, a, ctx, 2023, l, &e) != OK)
		fail_msg("%s", e.text);
	return y;
}

static void
test_counts_and_board(void **state)
{
	AUTO(arena_free) struct arena *a = arena_new();
	AUTO(buf_free) struct buf rows = { 0 };
	struct letter_context ctx;
	struct yearly *y = compute(a, &ctx, LANGUAGE_EN);

	(void)state;
	assert_int_equal(y->due, 3);
	assert_int_equal(y->received, 2);
	assert_int_equal(y->on_time, 1);
	assert_int_equal(y->corrected, 1);
	assert_int_equal(y->table_count, 3);
	write_rows(&rows, &y->tables[0]);
	assert_string_equal(rows.at,
	    "U1|One|1|1|100.00|1|0|1|1|0\nU2|Unit "
	    "two|2|1|50.00|0|1|0|0|1\n*Total||3|2|66.67|1|1|1|1|1\n");
	buf_clear(&rows);
	write_rows(&rows, &y->tables[1]);
	assert_string_equal(rows.at,
	    "U1|One|F|year 2023|15 Jan 2024|9 Jan 2024|Accepted, corrected||3|1|2\n"
	    "U2|Unit two|F|year 2023|15 Jan 2024|9 Jan 2024|Accepted, late|2|1||1\n"
	    "U2|Unit two|G|Quarter 2 of 2023|15 Jul 2023||Missing||||\n");
}

static void
test_digest(void **state)
{
	AUTO(arena_free) struct arena *a = arena_new();
	struct letter_context ctx;
	struct yearly *vi = compute(a, &ctx, LANGUAGE_VI), *en = compute(a, &ctx, LANGUAGE_EN),
		      *other;
	struct err e;

	(void)state;
	assert_string_equal(vi->digest, en->digest);
	board[2].received_s = 1;
	assert_int_equal(yearly_compute(&other, a, &ctx, 2023, LANGUAGE_VI, &e), OK);
	assert_string_not_equal(vi->digest, other->digest);
	fact_count = 4;
	board[2].received_s = 0;
	assert_int_equal(yearly_compute(&other, a, &ctx, 2023, LANGUAGE_VI, &e), OK);
	assert_string_not_equal(vi->digest, other->digest);
}

static void
test_json_lines(void **state)
{
	AUTO(arena_free) struct arena *a = arena_new();
	AUTO(buf_free) struct buf out = { 0 };
	struct letter_context ctx;
	struct yearly *y = compute(a, &ctx, LANGUAGE_VI);
	struct bytes rest, line;
	size_t lines = 0;

	(void)state;
	yearly_json(&out, &ctx, y, LANGUAGE_VI);
	rest = buf_bytes(&out);
	while (rest.at && bytes_cut(&line, &rest, '\n')) {
		json_error_t why;
		json_t *object;

		if (line.len == 0)
			continue;
		object = json_loadb(line.at, line.len, 0, &why);
		assert_non_null(object);
		if (lines == 0)
			assert_int_equal(json_integer_value(json_object_get(
					     json_object_get(object, "summary"), "received")),
			    2);
		else
			assert_true(json_is_object(json_object_get(object, "row")));
		json_decref(object);
		lines++;
	}
	assert_int_equal(lines, 1 + 3 + 3 + 6);
	assert_non_null(strstr(out.at,
	    "{\"table\":\"sums\",\"row\":{\"unit\":\"U1\",\"unit_title\":\"One\",\"code\":"
	    "\"c1\",\"code_title\":\"Name of c1\","
	    "\"a\":10,\"rate\":10.0,\"change\":-10.0}}\n"));
	assert_non_null(strstr(out.at, "{\"table\":\"sums\",\"total\":true,"));
}

static void
test_text(void **state)
{
	AUTO(arena_free) struct arena *a = arena_new();
	AUTO(buf_free) struct buf text = { 0 };
	struct letter_context ctx;
	struct yearly *y = compute(a, &ctx, LANGUAGE_VI);

	(void)state;
	yearly_text(&text, &ctx, y, LANGUAGE_VI);
	assert_non_null(strstr(text.at, "Test <campaign>"));
	assert_non_null(strstr(text.at, "18,75"));
	assert_non_null(strstr(text.at, y->digest));
}

static void
test_xlsx(void **state)
{
	AUTO(arena_free) struct arena *a = arena_new();
	AUTO(buf_free) struct buf one = { 0 }, two = { 0 };
	struct letter_context ctx;
	struct yearly *y = compute(a, &ctx, LANGUAGE_VI);
	struct err e = { .text = "" };
	char path[] = "/tmp/giamsat-yearly-XXXXXX";
	FILE *f;
	int fd;

	(void)state;
	if (yearly_xlsx(&one, &ctx, y, LANGUAGE_VI, &e) != OK)
		fail_msg("%s", e.text);
	assert_int_equal(yearly_xlsx(&two, &ctx, y, LANGUAGE_VI, &e), OK);
	assert_true(bytes_equal(
	    buf_bytes(&one), buf_bytes(&two))); /* the same ledger and moment, the same bytes */
	assert_true(bytes_starts(buf_bytes(&one), BYTES("PK\x03\x04")));
	if (system("command -v python3 >/dev/null") != 0) {
		puts("# SKIP python3 is not installed");
		skip();
	}
	fd = mkstemp(path);
	assert_true(fd >= 0);
	f = fdopen(fd, "wb");
	assert_int_equal(fwrite(one.at, 1, one.len, f), one.len);
	assert_int_equal(fclose(f), 0);
	setenv("P", path, 1);
	assert_int_equal(system("python3 tests/reports/workbook.py \"$P\""), 0);
	assert_int_equal(remove(path), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_tables),
		cmocka_unit_test(test_keys_and_headings),
		cmocka_unit_test(test_sum_too_large),
		cmocka_unit_test(test_ratios),
		cmocka_unit_test(test_counts_and_board),
		cmocka_unit_test(test_digest),
		cmocka_unit_test(test_json_lines),
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_xlsx),
	};

	return cmocka_run_group_tests_name("yearly", tests, NULL, NULL);
}
