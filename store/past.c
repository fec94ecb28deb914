/* Why: rules compare a report with what the ledger holds of the unit, and never see the ledger.
 */
#include "store/past.h"

#include <string.h>

#include "base/buf.h"
#include "store/ledger_int.h"
#include "store/schema.h"

/* Reports of one unit, or of one form and period, that are looked at; more than a campaign of
 * months over decades has. */
#define REPORTS_MOST 5000

/* ---- statements of each form ---- */

static int
prepare(sqlite3_stmt **out, struct ledger *l, struct buf *sql, struct err *e)
{
	int answer = sqlite3_prepare_v3(
	    l->db.sql, sql->at, (int)sql->len, SQLITE_PREPARE_PERSISTENT, out, NULL);

	return answer == SQLITE_OK ? OK : db_error(&l->db, answer, e);
}

#define OF_SUBMISSION " WHERE " SHAPE_KEY " BETWEEN ?1 << 32 AND ?1 << 32 | 0xffffffff"

/* Its column, or NULL for a field that only the rules of a rehearsal have: the rows are of
 * before. */
static int
column_write(struct buf *sql, struct ledger *l, const struct form *f, const struct field *field,
    struct err *e)
{
	char column[SHAPE_NAME];
	bool there = false;
	int rc = shape_has(&there, &l->db, f, field, e);

	if (there)
		buf_printf(sql, "\"%s\"", shape_column(column, field));
	else
		buf_text(sql, "NULL");
	return rc;
}

static int
rows_statement(sqlite3_stmt **out, struct ledger *l, const struct form *f, struct err *e)
{
	sqlite3_stmt **s = &l->earlier[f - l->rulebook->forms].rows;
	AUTO(buf_free) struct buf sql = { 0 };
	int rc = OK;

	if (!*s) {
		buf_text(&sql, "SELECT " SHAPE_KEY " & 0xffffffff");
		for (size_t i = 0; rc == OK && i < f->field_count; i++) {
			buf_text(&sql, ", ");
			rc = column_write(&sql, l, f, &f->fields[i], e);
		}
		buf_printf(
		    &sql, " FROM \"rows_%s\"" OF_SUBMISSION " ORDER BY " SHAPE_KEY, f->table);
		if (rc == OK)
			rc = prepare(s, l, &sql, e);
	}
	*out = *s;
	return rc;
}

static int
unofficial_statement(sqlite3_stmt **out, struct ledger *l, const struct form *f, struct err *e)
{
	sqlite3_stmt **s = &l->earlier[f - l->rulebook->forms].unofficial;
	AUTO(buf_free) struct buf sql = { 0 };
	int rc = OK;

	if (!*s) {
		buf_printf(&sql, "SELECT 1 FROM \"rows_%s\"" OF_SUBMISSION " AND ", f->table);
		rc = column_write(&sql, l, f, f->official, e);
		buf_text(&sql, " IS NOT ?2 LIMIT 1");
		if (rc == OK)
			rc = prepare(s, l, &sql, e);
	}
	*out = *s;
	return rc;
}

/* ---- reports ---- */

/* All its rows say so; asked of the rows, because what official means is the rulebook's. */
static int
find_official(bool *out, struct ledger *l, const struct past_report *r, struct err *e)
{
	AUTO(query_end) struct query q = { 0 };
	sqlite3_stmt *statement = NULL;
	bool other = false;
	int rc = OK;

	*out = true;
	if (!r->form->official)
		return OK;
	if ((rc = unofficial_statement(&statement, l, r->form, e)) != OK)
		return rc;
	query_use(&q, &l->db, statement);
	query_put_whole(&q, r->id);
	query_put_text(&q, r->form->official_is);
	rc = query_next(&other, &q, e);
	*out = !other;
	return rc;
}

struct list {
	struct past_report *reports;
	size_t count;
};

/* Columns id, form, unit, period, received_s; forms that are no longer in the campaign are
 * passed over. */
static int
take_reports(
    struct list *list, struct arena *a, struct ledger *l, struct query *q, struct err *e)
{
	bool row = false;
	int rc;

	while ((rc = query_next(&row, q, e)) == OK && row) {
		struct past_report r = { .id = query_whole(q) };

		r.form = rulebook_form(l->rulebook, bytes_of(query_text(q, a)));
		r.unit = query_text(q, a);
		if (!period_read(&r.period, bytes_of(query_text(q, a))) || !r.form)
			continue;
		r.received = moment_date(query_whole(q), l->rulebook->offset_s, NULL);
		list->reports =
		    arena_more(a, list->reports, list->count, sizeof(*list->reports));
		list->reports[list->count++] = r;
	}
	return rc;
}

static int
finish(
    struct past_report **out, size_t *count, struct list *list, struct ledger *l, struct err *e)
{
	int rc;

	for (size_t i = 0; i < list->count; i++)
		if ((rc = find_official(&list->reports[i].official, l, &list->reports[i], e)) !=
		    OK)
			return rc;
	*out = list->reports;
	*count = list->count;
	return OK;
}

static int
past_reports(struct past_report **out, size_t *count, void *self, struct arena *a,
    const char *const *units, size_t unit_count, struct err *e)
{
	struct ledger *l = self;
	struct list list = { 0 };
	int rc;

	for (size_t i = 0; i < unit_count; i++) {
		AUTO(query_end) struct query q = { 0 };

		query_begin(&q, &l->db, STATEMENT_PAST_OF_UNIT);
		query_put_text(&q, units[i]);
		query_put_whole(&q, REPORTS_MOST);
		if ((rc = take_reports(&list, a, l, &q, e)) != OK)
			return rc;
	}
	return finish(out, count, &list, l, e);
}

static int
past_peers(struct past_report **out, size_t *count, void *self, struct arena *a,
    const struct form *f, struct period p, struct err *e)
{
	AUTO(query_end) struct query q = { 0 };
	struct ledger *l = self;
	struct list list = { 0 };
	char period[16];
	int rc;

	period_write(period, p);
	query_begin(&q, &l->db, STATEMENT_PAST_OF_PERIOD);
	query_put_text(&q, f->id);
	query_put_whole(&q, p.year);
	query_put_text(&q, period);
	query_put_whole(&q, REPORTS_MOST);
	if ((rc = take_reports(&list, a, l, &q, e)) != OK)
		return rc;
	return finish(out, count, &list, l, e);
}

/* ---- rows ---- */

/* Valid until the next row. */
static struct cell
cell_take(sqlite3_stmt *s, int column)
{
	struct cell c = { .kind = CELL_EMPTY };

	switch (sqlite3_column_type(s, column)) {
	case SQLITE_INTEGER:
		c.kind = CELL_WHOLE;
		c.whole = sqlite3_column_int64(s, column);
		break;
	case SQLITE_FLOAT:
		c.kind = CELL_REAL;
		c.real = sqlite3_column_double(s, column);
		break;
	case SQLITE_NULL:
		break;
	default:
		c.kind = CELL_TEXT;
		c.text.at = (const char *)sqlite3_column_text(s, column);
		c.text.len = (size_t)sqlite3_column_bytes(s, column);
		break;
	}
	return c;
}

static int
past_rows(void *self, const struct past_report *report,
    bool (*take)(void *at, uint32_t row, const struct cell *cells), void *at, struct err *e)
{
	AUTO(arena_free) struct arena *a = arena_new();
	AUTO(query_end) struct query q = { 0 };
	const struct form *f = report->form;
	struct cell *cells = arena_array(a, f->field_count + 1, sizeof(*cells));
	struct ledger *l = self;
	sqlite3_stmt *statement = NULL;
	bool row = false;
	int rc = rows_statement(&statement, l, f, e);

	if (rc != OK)
		return rc;
	query_use(&q, &l->db, statement);
	query_put_whole(&q, report->id);
	while ((rc = query_next(&row, &q, e)) == OK && row) {
		for (size_t i = 0; i < f->field_count; i++)
			cells[i] = cell_take(statement, (int)i + 1);
		if (!take(at, (uint32_t)sqlite3_column_int64(statement, 0), cells))
			break;
	}
	return rc;
}

struct past
ledger_past(struct ledger *l)
{
	return (struct past){
		.self = l, .reports = past_reports, .peers = past_peers, .rows = past_rows
	};
}
