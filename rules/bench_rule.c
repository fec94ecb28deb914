/* Why: each rule is asked on its own, so that one that is slow or wrong fails alone. */
#include "base/buf.h"
#include "rules/bench_int.h"
#include "rules/descriptor.h"
#include "rules/message.h"

static int
column_named(sqlite3_stmt *stmt, const char *name)
{
	for (int i = 0; i < sqlite3_column_count(stmt); i++)
		if (strcmp(sqlite3_column_name(stmt, i), name) == 0)
			return i;
	return -1;
}

static void
read_hit(struct bench_hit *hit, sqlite3_stmt *stmt, int row, int field, int missing, int check)
{
	*hit = (struct bench_hit){ .stmt = stmt, .missing = -1, .check = -1 };
	if (row >= 0)
		hit->row = (uint32_t)sqlite3_column_int64(stmt, row);
	if (field >= 0)
		hit->field = (const char *)sqlite3_column_text(stmt, field);
	if (missing >= 0)
		hit->missing = sqlite3_column_int(stmt, missing);
	if (check >= 0)
		hit->check = sqlite3_column_int(stmt, check);
}

const char *
bench_ask(struct bench *b, int table, size_t rule,
    bool (*found)(void *self, const struct bench_hit *hit), void *self)
{
	const struct bench_form *bf = b->tables[table - 1];
	sqlite3_stmt *stmt = bf->rules[rule];
	struct bench_hit hit;
	int rc, row, field, missing, check;

	if (!stmt)
		return bf->failures[rule];
	row = column_named(stmt, "row");
	field = column_named(stmt, "field");
	missing = column_named(stmt, "giamsat missing");
	check = column_named(stmt, "giamsat check");
	(void)sqlite3_bind_int(stmt, 1, table);
	guard_start_clock(b);
	while ((rc = sqlite3_step(stmt)) == SQLITE_ROW) {
		read_hit(&hit, stmt, row, field, missing, check);
		if (!found(self, &hit)) {
			rc = SQLITE_DONE;
			break;
		}
	}
	guard_stop_clock(b);
	(void)sqlite3_reset(stmt); /* repeats the error */
	return rc == SQLITE_DONE ? NULL : bench_trouble(rc);
}

const char *
bench_trouble(int answer)
{
	return answer == SQLITE_INTERRUPT ? "took over 2 seconds" : sqlite3_errstr(answer);
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
