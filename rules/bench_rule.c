/* Why: each rule is asked on its own, so that one that is slow or wrong fails alone. */
#include "base/buf.h"
#include "rules/bench_int.h"
#include "rules/descriptor.h"
#include "rules/message.h"

/* A rule that is cut off on so many tables of an ordinary size is not asked again that night.
 */
#define CUTS_MOST  2
#define ROWS_USUAL 20000
/* All rules of one table together: a hundred slow ones must not take its neighbours' night. */
#define TABLE_NS (INT64_C(60) * 1000 * 1000 * 1000)

static int
column_named(sqlite3_stmt *stmt, const char *name)
{
	for (int i = 0; i < sqlite3_column_count(stmt); i++)
		if (strcmp(sqlite3_column_name(stmt, i), name) == 0)
			return i;
	return -1;
}

/* Places of the columns that say where and what; -1: there is none. */
struct columns {
	int row, field, missing, check;
};

/* -1 for what is no index: a rule's own words may name a column like ours. */
static int
index_in(sqlite3_stmt *stmt, int column, size_t count)
{
	sqlite3_int64 at = column >= 0 ? sqlite3_column_int64(stmt, column) : -1;

	return at >= 0 && (uint64_t)at < count ? (int)at : -1;
}

static void
read_hit(struct bench_hit *hit, sqlite3_stmt *stmt, const struct columns *c,
    const struct bench_form *bf, size_t rule)
{
	sqlite3_int64 row = c->row >= 0 ? sqlite3_column_int64(stmt, c->row) : 0;

	*hit = (struct bench_hit){ .stmt = stmt };
	hit->row = row > 0 && row <= UINT32_MAX ? (uint32_t)row : 0;
	if (c->field >= 0)
		hit->field = (const char *)sqlite3_column_text(stmt, c->field);
	hit->missing = index_in(stmt, c->missing, bf->form->field_count);
	hit->check = index_in(stmt, c->check, bf->form->rules[rule]->check_count);
}

static bool
is_large(struct bench *b, int table)
{
	AUTO(buf_free) struct buf sql = { 0 };
	sqlite3_stmt *stmt = NULL;
	bool large;

	buf_printf(&sql, "SELECT 1 FROM \"giamsat rows %s\" WHERE t = %d LIMIT 1 OFFSET %d",
	    b->tables[table - 1]->form->table, table, ROWS_USUAL);
	if (sqlite3_prepare_v2(b->db, sql.at, -1, &stmt, NULL) != SQLITE_OK)
		return false;
	large = sqlite3_step(stmt) == SQLITE_ROW;
	(void)sqlite3_finalize(stmt); /* repeats the error of the step */
	return large;
}

const char *
bench_trouble(int rc)
{
	if (rc == SQLITE_NOMEM)
		return "needed over 128 MB of memory";
	return rc == SQLITE_INTERRUPT ? "took over 2 seconds" : sqlite3_errstr(rc);
}

/* Why the rule is not to be asked of this table; NULL: nothing speaks against it. */
static const char *
no_more(struct bench *b, int table, size_t rule)
{
	const struct bench_form *bf = b->tables[table - 1];

	if (!bf->rules[rule])
		return bf->failures[rule];
	if (b->asked_table != table)
		b->table_ns = 0;
	b->asked_table = table;
	if (b->table_ns > TABLE_NS)
		return "the rules before it took over 60 seconds for one table";
	return bf->cut[rule] < CUTS_MOST
	    ? NULL
	    : "was cut off twice and is not asked again this night";
}

const char *
bench_ask(struct bench *b, int table, size_t rule,
    bool (*found)(void *self, const struct bench_hit *hit), void *self)
{
	const struct bench_form *bf = b->tables[table - 1];
	sqlite3_stmt *stmt = bf->rules[rule];
	const char *why = no_more(b, table, rule);
	struct bench_hit hit;
	struct columns columns;
	int rc;

	if (why)
		return why;
	columns = (struct columns){ column_named(stmt, "row"), column_named(stmt, "field"),
		column_named(stmt, "giamsat missing"), column_named(stmt, "giamsat check") };
	(void)sqlite3_bind_int(stmt, 1, table);
	guard_begin_rule(b);
	while ((rc = guard_step(b, stmt)) == SQLITE_ROW) {
		read_hit(&hit, stmt, &columns, bf, rule);
		if (!found(self, &hit)) {
			rc = SQLITE_DONE;
			break;
		}
	}
	(void)sqlite3_reset(stmt); /* repeats the error */
	b->table_ns += guard_end_rule(b);
	if ((rc == SQLITE_INTERRUPT || rc == SQLITE_NOMEM) && !is_large(b, table))
		bf->cut[rule]++;
	return rc == SQLITE_DONE ? NULL : bench_trouble(rc);
}

void
bench_hit_value(const char **name, struct cell *value, const struct bench_hit *hit, int column)
{
	*value = (struct cell){ .kind = CELL_EMPTY };
	*name = column < sqlite3_column_count(hit->stmt)
	    ? sqlite3_column_name(hit->stmt, column)
	    : NULL;
	if (!*name)
		return;
	switch (sqlite3_column_type(hit->stmt, column)) {
	case SQLITE_NULL:
		return;
	case SQLITE_INTEGER:
		value->kind = CELL_WHOLE;
		value->whole = sqlite3_column_int64(hit->stmt, column);
		return;
	case SQLITE_FLOAT:
		value->kind = CELL_REAL;
		value->real = sqlite3_column_double(hit->stmt, column);
		return;
	default:
		value->kind = CELL_TEXT;
		value->text.at = (const char *)sqlite3_column_text(hit->stmt, column);
		value->text.len = (size_t)sqlite3_column_bytes(hit->stmt, column);
	}
}

void
bench_bind_text(sqlite3_stmt *stmt, int place, const char *text)
{
	if (text && *text)
		(void)sqlite3_bind_text(stmt, place, text, -1, SQLITE_TRANSIENT);
	else
		(void)sqlite3_bind_null(stmt, place);
}

static void
bind_day(sqlite3_stmt *stmt, int place, struct date day)
{
	char text[16] = "";

	if (day.year)
		date_write(text, day);
	bench_bind_text(stmt, place, text);
}

static const char *
unit_column(const struct bench *b, const struct unit *unit, const char *name)
{
	const struct reference *units = rulebook_reference(b->book, "units");

	for (size_t i = 0; unit && unit->row && units && i < units->column_count; i++)
		if (strcmp(units->columns[i], name) == 0)
			return unit->row[i];
	return NULL;
}

int
bench_facts(struct bench *b, const struct unit *unit, struct period period,
    struct date received, struct err *e)
{
	char text[16];
	int rc;

	period_write(text, period);
	bench_bind_text(b->facts, 1, unit ? unit->code : NULL);
	bench_bind_text(b->facts, 2, unit_column(b, unit, "gso_code"));
	bench_bind_text(b->facts, 3, text);
	bind_day(b->facts, 4, period_first(period));
	bind_day(b->facts, 5, period_last(period));
	bind_day(b->facts, 6, received);
	rc = sqlite3_step(b->facts);
	(void)sqlite3_reset(b->facts);
	return rc == SQLITE_DONE
	    ? OK
	    : err_set(e, ERR_STOP, "bench: facts: %s", sqlite3_errmsg(b->db));
}

static bool
placeholder_known(
    struct bytes name, const struct form *f, const struct rule *r, sqlite3_stmt *stmt)
{
	if (rule_place_name(name) || form_field(f, name) >= 0)
		return true;
	for (size_t i = 0; i < r->check_count; i++)
		if ((r->checks[i].formula.in[0] && bytes_equal(name, BYTES("formula"))) ||
		    (r->checks[i].terms.in[0] && bytes_equal(name, BYTES("terms"))))
			return true;
	for (int i = 0; i < sqlite3_column_count(stmt); i++)
		if (bytes_equal(bytes_of(sqlite3_column_name(stmt, i)), name))
			return true;
	return false;
}

static void
check_message(const struct form *f, const struct rule *r, struct words message,
    sqlite3_stmt *stmt, struct arena *a, struct mistakes *m)
{
	struct bytes rest, name;

	for (enum language l = 0; message.in[0] && l < LANGUAGES; l++) {
		rest = bytes_of(message.in[l]);
		while (message_next(&name, &rest))
			if (!placeholder_known(name, f, r, stmt))
				mistake_add(a, m,
				    "form %s, rule %s: nothing fills {%.*s} in its message",
				    f->id, r->id, BYTES_ARG(name));
	}
}

void
bench_rehearse(const struct rulebook *r, struct arena *a, struct mistakes *m)
{
	AUTO(bench_close) struct bench *b = NULL;
	struct err e;

	if (bench_make(&b, r, false, &e) != OK) {
		mistake_add(a, m, "%s", e.text);
		return;
	}
	for (size_t i = 0; i < r->form_count; i++)
		for (size_t k = 0; k < r->forms[i].rule_count; k++) {
			const struct rule *rule = r->forms[i].rules[k];

			if (!b->forms[i].rules[k])
				mistake_add(a, m, "form %s, rule %s: %s", r->forms[i].id,
				    rule->id, b->forms[i].failures[k]);
			else
				check_message(&r->forms[i], rule, rule->message,
				    b->forms[i].rules[k], a, m);
		}
}
