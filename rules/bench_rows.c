/* Why: the typed rows of one message lie on the bench until the ledger has taken them. */
#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/memory.h"
#include "rules/bench_int.h"

static int
failed(struct bench *b, const char *what, struct err *e)
{
	return err_set(e, ERR_STOP, "bench: %s: %s", what, sqlite3_errmsg(b->db));
}

void
bench_clear(struct bench *b)
{
	for (size_t i = 0; i < b->book->form_count; i++) {
		if (!b->forms[i].used)
			continue;
		/* Nothing can go wrong with a DELETE of everything in a private database but
		 * memory. */
		if (sqlite3_step(b->forms[i].clear) != SQLITE_DONE)
			abort();
		(void)sqlite3_reset(b->forms[i].clear);
		b->forms[i].used = false;
	}
	bench_past_clear(b);
	b->heard_count = 0;
	b->table_count = 0;
	b->asked_table = 0;
}

int
bench_table(int *out, struct bench *b, const struct form *f, struct err *e)
{
	size_t i = 0;

	if (sqlite3_get_autocommit(b->db) &&
	    sqlite3_exec(b->db, "BEGIN", NULL, NULL, NULL) != SQLITE_OK)
		return failed(b, "a table", e);
	while (i < b->book->form_count && b->forms[i].form != f)
		i++;
	assert(i < b->book->form_count && f->free_layout);
	if (b->table_count == b->table_room) {
		b->table_room = b->table_room ? b->table_room * 2 : 16;
		b->tables =
		    memory_resize(b->tables, b->table_room, sizeof(const struct bench_form *));
	}
	b->forms[i].used = true;
	b->tables[b->table_count++] = &b->forms[i];
	*out = (int)b->table_count;
	return OK;
}

static const struct bench_form *
form_of(const struct bench *b, int table)
{
	assert(table > 0 && (size_t)table <= b->table_count);
	return b->tables[table - 1];
}

static const double tens[] = { 1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9 };

void
bench_bind(sqlite3_stmt *stmt, int place, const struct cell *c, const struct field *f)
{
	switch (c->kind) {
	case CELL_EMPTY:
		(void)sqlite3_bind_null(stmt, place);
		break;
	case CELL_WHOLE:
		if (f->type == FIELD_NUMBER) /* one division of exact doubles: rounded once */
			(void)sqlite3_bind_double(
			    stmt, place, (double)c->whole / tens[f->scale]);
		else
			(void)sqlite3_bind_int64(stmt, place, c->whole);
		break;
	case CELL_REAL:
		(void)sqlite3_bind_double(stmt, place, c->real);
		break;
	case CELL_TEXT:
		(void)sqlite3_bind_text(
		    stmt, place, c->text.at ? c->text.at : "", (int)c->text.len, SQLITE_STATIC);
		break;
	}
}

int
bench_add(struct bench *b, int table, uint32_t row, const struct cell *cells, struct err *e)
{
	const struct bench_form *bf = form_of(b, table);
	int rc;

	(void)sqlite3_bind_int(bf->insert, 1, table);
	(void)sqlite3_bind_int64(bf->insert, 2, row);
	(void)sqlite3_bind_int(bf->insert, 3, 1);
	for (size_t i = 0; i < bf->form->field_count; i++)
		bench_bind(bf->insert, (int)i + 4, &cells[i], &bf->form->fields[i]);
	rc = sqlite3_step(bf->insert);
	(void)sqlite3_reset(bf->insert);
	return rc == SQLITE_DONE ? OK : failed(b, "a row", e);
}

static int
prepare_set(struct bench *b, const struct bench_form *bf, int field, struct err *e)
{
	AUTO(buf_free) struct buf sql = { 0 };

	if (bf->set[field])
		return OK;
	buf_printf(&sql, "UPDATE \"giamsat rows %s\" SET %s = ?3 WHERE t = ?1 AND row = ?2",
	    bf->form->table, bf->form->fields[field].name);
	if (sqlite3_prepare_v3(b->db, sql.at, -1, SQLITE_PREPARE_PERSISTENT, &bf->set[field],
		NULL) != SQLITE_OK)
		return failed(b, "a cell", e);
	return OK;
}

int
bench_set(struct bench *b, int table, uint32_t row, int field, const struct cell *value,
    struct err *e)
{
	const struct bench_form *bf = form_of(b, table);
	int rc = prepare_set(b, bf, field, e);
	sqlite3_stmt *set = bf->set[field];

	if (rc != OK)
		return rc;
	(void)sqlite3_bind_int(set, 1, table);
	(void)sqlite3_bind_int64(set, 2, row);
	bench_bind(set, 3, value, &bf->form->fields[field]);
	rc = sqlite3_step(set);
	(void)sqlite3_reset(set);
	return rc == SQLITE_DONE ? OK : failed(b, "a cell", e);
}

int
bench_spoil(struct bench *b, int table, uint32_t row, struct err *e)
{
	const struct bench_form *bf = form_of(b, table);
	int rc;

	(void)sqlite3_bind_int(bf->spoil, 1, table);
	(void)sqlite3_bind_int64(bf->spoil, 2, row);
	rc = sqlite3_step(bf->spoil);
	(void)sqlite3_reset(bf->spoil);
	return rc == SQLITE_DONE ? OK : failed(b, "a bad row", e);
}

/* ---- rows out ---- */

struct bench_rows {
	struct bench *bench;
	const struct bench_form *form;
	struct cell *cells;
};

int
bench_rows_open(struct bench_rows **out, struct bench *b, int table, struct err *e)
{
	const struct bench_form *bf = form_of(b, table);
	struct bench_rows *rows = memory_new(sizeof(*rows));

	(void)e;
	assert(!sqlite3_stmt_busy(bf->select)); /* one walk at a time for a form */
	rows->bench = b;
	rows->form = bf;
	rows->cells = memory_resize(NULL, bf->form->field_count + 1, sizeof(*rows->cells));
	(void)sqlite3_bind_int(bf->select, 1, table);
	*out = rows;
	return OK;
}

static void
take_cell(struct cell *c, sqlite3_stmt *stmt, int column, const struct field *f)
{
	*c = (struct cell){ .kind = CELL_EMPTY };
	switch (sqlite3_column_type(stmt, column)) {
	case SQLITE_INTEGER:
		c->kind = CELL_WHOLE;
		c->whole = sqlite3_column_int64(stmt, column);
		break;
	case SQLITE_FLOAT:
		c->kind = f->has_scale ? CELL_WHOLE : CELL_REAL;
		c->real = sqlite3_column_double(stmt, column);
		if (f->has_scale)
			c->whole = llround(c->real * tens[f->scale]);
		break;
	case SQLITE_NULL:
		break;
	default:
		c->kind = CELL_TEXT;
		c->text.at = (const char *)sqlite3_column_text(stmt, column);
		c->text.len = (size_t)sqlite3_column_bytes(stmt, column);
		break;
	}
}

int
bench_rows_next(
    uint32_t *row, const struct cell **cells, struct bench_rows *rows, struct err *e)
{
	sqlite3_stmt *stmt = rows->form->select;
	int rc = sqlite3_step(stmt);

	if (rc == SQLITE_DONE) {
		*row = 0;
		*cells = NULL;
		return OK;
	}
	if (rc != SQLITE_ROW)
		return failed(rows->bench, "reading rows", e);
	for (size_t i = 0; i < rows->form->form->field_count; i++)
		take_cell(&rows->cells[i], stmt, (int)i + 1, &rows->form->form->fields[i]);
	*row = (uint32_t)sqlite3_column_int64(stmt, 0);
	*cells = rows->cells;
	return OK;
}

void
bench_rows_close(struct bench_rows **rows)
{
	if (!*rows)
		return;
	(void)sqlite3_reset((*rows)->form->select);
	free((*rows)->cells);
	free(*rows);
	*rows = NULL;
}
