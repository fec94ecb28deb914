/* Why: rules of many rows are SQL, and SQL needs tables: a private database that holds one
 * message's rows. */
#include "rules/bench.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/memory.h"
#include "rules/bench_int.h"

static int
failed(struct bench *b, const char *what, struct err *e)
{
	return err_set(e, ERR_STOP, "bench: %s: %s", what, sqlite3_errmsg(b->db));
}

int
bench_run(struct bench *b, const char *sql, struct err *e)
{
	return sqlite3_exec(b->db, sql, NULL, NULL, NULL) == SQLITE_OK ? OK : failed(b, sql, e);
}

static int
prepare(sqlite3_stmt **out, struct bench *b, const char *sql, struct err *e)
{
	int rc = sqlite3_prepare_v3(b->db, sql, -1, SQLITE_PREPARE_PERSISTENT, out, NULL);

	return rc == SQLITE_OK ? OK : failed(b, sql, e);
}

static void
close_statement(sqlite3_stmt **stmt)
{
	(void)sqlite3_finalize(*stmt); /* repeats the error of the last step */
	*stmt = NULL;
}

/* ---- reference tables ---- */

static int
fill_reference(struct bench *b, const struct reference *r, struct err *e)
{
	AUTO(buf_free) struct buf sql = { 0 };
	AUTO(close_statement) sqlite3_stmt *insert = NULL;
	int rc;

	buf_printf(&sql, "INSERT INTO %s VALUES (?", r->name);
	for (size_t i = 1; i < r->column_count; i++)
		buf_text(&sql, ", ?");
	buf_char(&sql, ')');
	if ((rc = prepare(&insert, b, sql.at, e)) != OK)
		return rc;
	for (size_t i = 0; i < r->row_count; i++) {
		for (size_t c = 0; c < r->column_count; c++)
			if (*r->rows[i][c])
				(void)sqlite3_bind_text(
				    insert, (int)c + 1, r->rows[i][c], -1, SQLITE_STATIC);
			else
				(void)sqlite3_bind_null(insert, (int)c + 1);
		if (sqlite3_step(insert) != SQLITE_DONE)
			return failed(b, r->name, e);
		(void)sqlite3_reset(insert);
	}
	return OK;
}

/* Columns that rules look things up by: codes, and what names a row of the special tables. */
static bool
is_looked_up(const char *column)
{
	size_t len = strlen(column);

	return len >= 4 && strcmp(column + len - 4, "code") == 0;
}

static int
make_reference(struct bench *b, const struct reference *r, bool filled, struct err *e)
{
	AUTO(buf_free) struct buf sql = { 0 };
	int rc;

	buf_printf(&sql, "CREATE TABLE %s (", r->name);
	for (size_t i = 0; i < r->column_count; i++)
		buf_printf(&sql, "%s%s TEXT", i ? ", " : "", r->columns[i]);
	buf_char(&sql, ')');
	if ((rc = bench_run(b, sql.at, e)) != OK || !filled)
		return rc;
	if ((rc = fill_reference(b, r, e)) != OK)
		return rc;
	for (size_t i = 0; i < r->column_count; i++) {
		if (!is_looked_up(r->columns[i]))
			continue;
		buf_clear(&sql);
		buf_printf(&sql, "CREATE INDEX \"giamsat %s %s\" ON %s (%s)", r->name,
		    r->columns[i], r->name, r->columns[i]);
		if ((rc = bench_run(b, sql.at, e)) != OK)
			return rc;
	}
	return OK;
}

static int
make_settings(struct bench *b, struct err *e)
{
	AUTO(close_statement) sqlite3_stmt *insert = NULL;
	int rc;

	if ((rc = bench_run(
		 b, "CREATE TABLE settings (name TEXT PRIMARY KEY, value) WITHOUT ROWID", e)) !=
		OK ||
	    (rc = prepare(&insert, b,
		 "INSERT INTO settings VALUES (?1, CASE WHEN ?3 THEN 0 + ?2 ELSE ?2 END)",
		 e)) != OK)
		return rc;
	for (size_t i = 0; i < b->book->setting_count; i++) {
		const struct setting *s = &b->book->settings[i];

		(void)sqlite3_bind_text(insert, 1, s->name, -1, SQLITE_STATIC);
		(void)sqlite3_bind_text(insert, 2, s->value, -1, SQLITE_STATIC);
		(void)sqlite3_bind_int(insert, 3, s->is_number);
		if (sqlite3_step(insert) != SQLITE_DONE)
			return failed(b, s->name, e);
		(void)sqlite3_reset(insert);
	}
	return OK;
}

/* ---- row tables ---- */

const char *
bench_column_type(const struct field *f)
{
	switch (f->type) {
	case FIELD_INTEGER:
	case FIELD_BOOLEAN:
	case FIELD_YEAR:
		return "INTEGER";
	case FIELD_NUMBER:
		return "REAL";
	default:
		return "TEXT";
	}
}

static int
make_rows(struct bench *b, const struct form *f, struct err *e)
{
	AUTO(buf_free) struct buf sql = { 0 };

	buf_printf(&sql,
	    "CREATE TABLE \"giamsat rows %s\" (t INTEGER, row INTEGER, good INTEGER", f->table);
	for (size_t i = 0; i < f->field_count; i++)
		buf_printf(
		    &sql, ", %s %s", f->fields[i].name, bench_column_type(&f->fields[i]));
	buf_text(&sql, ", PRIMARY KEY (t, row)) WITHOUT ROWID");
	return bench_run(b, sql.at, e);
}

static int
prepare_rows(struct bench_form *bf, struct bench *b, struct err *e)
{
	const struct form *f = bf->form;
	AUTO(buf_free) struct buf sql = { 0 };
	int rc;

	buf_printf(&sql, "INSERT INTO \"giamsat rows %s\" VALUES (?, ?, ?", f->table);
	for (size_t i = 0; i < f->field_count; i++)
		buf_text(&sql, ", ?");
	buf_char(&sql, ')');
	if ((rc = prepare(&bf->insert, b, sql.at, e)) != OK)
		return rc;
	buf_clear(&sql);
	buf_text(&sql, "SELECT row");
	for (size_t i = 0; i < f->field_count; i++)
		buf_printf(&sql, ", %s", f->fields[i].name);
	buf_printf(
	    &sql, " FROM \"giamsat rows %s\" WHERE t = ?1 AND good ORDER BY row", f->table);
	if ((rc = prepare(&bf->select, b, sql.at, e)) != OK)
		return rc;
	buf_clear(&sql);
	buf_printf(&sql, "UPDATE \"giamsat rows %s\" SET good = 0 WHERE t = ?1 AND row = ?2",
	    f->table);
	if ((rc = prepare(&bf->spoil, b, sql.at, e)) != OK)
		return rc;
	buf_clear(&sql);
	buf_printf(&sql, "DELETE FROM \"giamsat rows %s\"", f->table);
	return prepare(&bf->clear, b, sql.at, e);
}

/* The texts of the form's rules, without their WITH, and the tables of the past they name. */
static int
compose_rules(const char ***out, struct bench *b, size_t form, struct err *e)
{
	const struct form *f = b->forms[form].form;
	const char **texts = arena_array(b->arena, f->rule_count + 1, sizeof(*texts));
	AUTO(buf_free) struct buf sql = { 0 };
	int rc;

	for (size_t i = 0; i < f->rule_count; i++) {
		buf_clear(&sql);
		rule_compose(&sql, f, f->rules[i]);
		texts[i] = arena_text(b->arena, buf_bytes(&sql));
		if ((rc = bench_past_make(b, form, texts[i], e)) != OK)
			return rc;
	}
	*out = texts;
	return OK;
}

static void
prepare_rules(struct bench *b, size_t form, const char *const *texts)
{
	struct bench_form *bf = &b->forms[form];
	size_t count = bf->form->rule_count, tables = PAST_OTHER + b->book->form_count;
	AUTO(buf_free) struct buf sql = { 0 };

	bf->rules = arena_array(b->arena, count + 1, sizeof(sqlite3_stmt *));
	bf->failures = arena_array(b->arena, count + 1, sizeof(const char *));
	bf->needs = arena_array(b->arena, count + 1, sizeof(bool *));
	bf->cut = arena_array(b->arena, count + 1, 1);
	for (size_t i = 0; i < count; i++) {
		bf->needs[i] = arena_array(b->arena, tables, sizeof(bool));
		buf_clear(&sql);
		bench_past_with(&sql, b, form, texts[i]);
		buf_text(&sql, texts[i]);
		bf->rules[i] = guard_prepare(b, sql.at, bf->needs[i], &bf->failures[i]);
	}
}

/* All tables first: one that is made later would have every rule prepared again. */
static int
make_rules(struct bench *b, struct err *e)
{
	size_t forms = b->book->form_count, tables = PAST_OTHER + forms;
	const char ***texts = arena_array(b->arena, forms + 1, sizeof(*texts));
	int rc;

	b->known = arena_array(b->arena, tables, sizeof(*b->known));
	b->unknown_why = arena_array(b->arena, tables, sizeof(*b->unknown_why));
	for (size_t i = 0; i < forms; i++)
		if ((rc = compose_rules(&texts[i], b, i, e)) != OK)
			return rc;
	guard_begin(b);
	for (size_t i = 0; i < forms; i++)
		prepare_rules(b, i, texts[i]);
	return OK;
}

static int
make_forms(struct bench *b, struct err *e)
{
	int rc;

	for (size_t i = 0; i < b->book->form_count; i++) {
		b->forms[i].form = &b->book->forms[i];
		b->forms[i].set = arena_array(
		    b->arena, b->forms[i].form->field_count + 1, sizeof(sqlite3_stmt *));
		if (b->forms[i].form->free_layout &&
		    (rc = make_rows(b, b->forms[i].form, e)) != OK)
			return rc;
	}
	for (size_t i = 0; i < b->book->form_count; i++)
		if (b->forms[i].form->free_layout &&
		    (rc = prepare_rows(&b->forms[i], b, e)) != OK)
			return rc;
	return OK;
}

static int
make_tables(struct bench *b, bool filled, struct err *e)
{
	const struct rulebook *r = b->book;
	int rc;

	/* Nothing here outlives the process, so no journal is kept; one transaction that ends
	 * only where rules run. What rules sort stays in memory, which is measured. */
	if ((rc = bench_run(b,
		 "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-16384; "
		 "PRAGMA temp_store=MEMORY; BEGIN",
		 e)) != OK ||
	    (rc = make_settings(b, e)) != OK)
		return rc;
	/* A plain schema has no rules: its bench stays empty. */
	for (size_t i = 0; i < r->reference_count && r->form_count && r->forms[0].free_layout;
	     i++)
		if ((rc = make_reference(b, &r->references[i], filled, e)) != OK)
			return rc;
	if ((rc = bench_run(b,
		 "CREATE TABLE facts (unit_code TEXT, gso_code TEXT, period TEXT, period_first "
		 "TEXT, period_last TEXT, "
		 "received TEXT); INSERT INTO facts DEFAULT VALUES",
		 e)) != OK ||
	    (rc = make_forms(b, e)) != OK)
		return rc;
	return prepare(&b->facts, b,
	    "UPDATE facts SET unit_code = ?1, gso_code = ?2, period = ?3, period_first = ?4, "
	    "period_last = ?5, received = ?6",
	    e);
}

int
bench_make(struct bench **out, const struct rulebook *r, bool filled, struct err *e)
{
	AUTO(bench_close) struct bench *b = memory_new(sizeof(*b));
	int rc;

	b->book = r;
	b->arena = arena_new();
	b->scratch = arena_new();
	b->forms = arena_array(b->arena, r->form_count + 1, sizeof(*b->forms));
	/* The name "" is a private temporary database, in memory until it grows (SQLite,
	 * "In-Memory Databases"). */
	if (sqlite3_open_v2("", &b->db,
		SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
		NULL) != SQLITE_OK)
		return failed(b, "open", e);
	(void)sqlite3_drop_modules(
	    b->db, NULL); /* json_each and the like are no business of rules */
	if ((rc = make_tables(b, filled, e)) != OK || (rc = make_rules(b, e)) != OK)
		return rc;
	*out = b;
	b = NULL;
	return OK;
}

int
bench_open(struct bench **out, const struct rulebook *r, struct err *e)
{
	return bench_make(out, r, true, e);
}

struct buf *
bench_key(struct bench *b)
{
	buf_clear(&b->key);
	return &b->key;
}

struct arena *
bench_scratch(struct bench *b)
{
	return b->scratch;
}

void
bench_close(struct bench **out)
{
	struct bench *b = *out;

	if (!b)
		return;
	for (size_t i = 0; i < b->book->form_count; i++) {
		struct bench_form *bf = &b->forms[i];

		close_statement(&bf->insert);
		close_statement(&bf->select);
		close_statement(&bf->spoil);
		close_statement(&bf->clear);
		for (size_t k = 0; bf->set && k < bf->form->field_count; k++)
			close_statement(&bf->set[k]);
		for (size_t k = 0; bf->rules && k < bf->form->rule_count; k++)
			close_statement(&bf->rules[k]);
		for (enum past_table k = PAST_PREV; k <= PAST_OTHER; k++)
			close_statement(&bf->past[k].insert);
	}
	close_statement(&b->reports_insert);
	close_statement(&b->facts);
	guard_printf_end(b);
	(void)sqlite3_close(b->db);
	free(b->tables);
	free(b->heard);
	arena_free(&b->arena);
	arena_free(&b->scratch);
	buf_free(&b->key);
	free(b);
	*out = NULL;
}
