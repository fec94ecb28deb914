/* Why: a campaign's forms become tables, and a changed campaign must never make the rows of
 * last year unreadable. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/step.h"
#include "store/schema.h"

static const char *const kinds[] = {
	[FIELD_STRING] = "string",
	[FIELD_INTEGER] = "integer",
	[FIELD_NUMBER] = "number",
	[FIELD_BOOLEAN] = "boolean",
	[FIELD_DATE] = "date",
	[FIELD_YEAR] = "year",
	[FIELD_ANY] = "any",
};

/* Columns of the row tables and views beside the fields. */
static const char *const own_columns[] = { "unit", "period", "submission", "row" };

/* What the ledger knows of a form, and what is to be done. */
struct known {
	const char *name, *kind;
	int scale;
};
struct shape {
	struct db *db;
	const struct form *form;
	struct arena *arena;
	bool exists;
	const char *table, *digest;
	struct known *columns;
	size_t count;
};

bool
shape_is_whole(const struct field *f)
{
	return f->type == FIELD_INTEGER || f->type == FIELD_BOOLEAN || f->type == FIELD_YEAR ||
	    (f->type == FIELD_NUMBER && f->has_scale);
}

static const char *
storage(const struct field *f)
{
	return shape_is_whole(f) ? "INTEGER" : f->type == FIELD_NUMBER ? "REAL" : "TEXT";
}

static int
scale_of(const struct field *f)
{
	return f->type == FIELD_NUMBER && f->has_scale ? f->scale : -1;
}

/* "row" becomes "row_", so "row_" must become "row__", and so on. */
const char *
shape_column(char out[SHAPE_NAME], const struct field *f)
{
	size_t bare = strlen(f->name);
	bool own = false;

	while (bare > 0 && f->name[bare - 1] == '_')
		bare--;
	for (size_t i = 0; i < COUNT(own_columns); i++)
		own = own ||
		    (strlen(own_columns[i]) == bare &&
			memcmp(own_columns[i], f->name, bare) == 0);
	(void)snprintf(
	    out, SHAPE_NAME, "%s%s", f->name, own ? "_" : ""); /* name_usable saw the length */
	return out;
}

/* Names become SQL identifiers; the rulebook checks them too, but here is where it would hurt.
 */
static bool
name_usable(const char *name)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz_", digits[] = "0123456789";

	if (!name || !*name || strlen(name) > SHAPE_NAME - 16 || !strchr(letters, *name))
		return false;
	for (const char *c = name; *c; c++)
		if (!strchr(letters, *c) && !strchr(digits, *c))
			return false;
	return true;
}

static int
names_check(const struct form *f, struct err *e)
{
	if (!name_usable(f->table))
		return err_set(e, ERR_INPUT, "form %s: its table cannot be called '%s'", f->id,
		    f->table ? f->table : "");
	for (size_t i = 0; i < f->field_count; i++)
		if (!name_usable(f->fields[i].name))
			return err_set(e, ERR_INPUT, "form %s: a column cannot be called '%s'",
			    f->id, f->fields[i].name);
	return OK;
}

static int
shape_read(struct shape *s, struct err *e)
{
	AUTO(query_end) struct query head = { 0 };
	AUTO(query_end) struct query columns = { 0 };
	bool row = false;
	int rc;

	query_begin(&head, s->db, STATEMENT_SHAPE);
	query_put_text(&head, s->form->id);
	if ((rc = query_next(&s->exists, &head, e)) != OK || !s->exists)
		return rc;
	s->table = query_text(&head, s->arena);
	s->digest = query_text(&head, s->arena);
	query_begin(&columns, s->db, STATEMENT_SHAPE_COLUMNS);
	query_put_text(&columns, s->form->id);
	while ((rc = query_next(&row, &columns, e)) == OK && row) {
		s->columns = arena_more(s->arena, s->columns, s->count, sizeof(*s->columns));
		s->columns[s->count].name = query_text(&columns, s->arena);
		s->columns[s->count].kind = query_text(&columns, s->arena);
		s->columns[s->count++].scale = (int)query_whole(&columns);
	}
	return rc;
}

static const struct known *
known_find(const struct shape *s, const char *name)
{
	for (size_t i = 0; i < s->count; i++)
		if (strcmp(s->columns[i].name, name) == 0)
			return &s->columns[i];
	return NULL;
}

#define WAY_OUT "earlier rows would not fit; give the changed form another id and table"

/* May the rows that are there stay as they are? */
static int
compatible(const struct shape *s, struct err *e)
{
	const struct form *f = s->form;

	if (strcmp(s->table, f->table) != 0)
		return err_set(e, ERR_INPUT,
		    "form %s: its table was '%s' and is '%s' now: " WAY_OUT, f->id, s->table,
		    f->table);
	for (size_t i = 0; i < s->count; i++) {
		const struct known *k = &s->columns[i];
		int at = form_field(f, bytes_of(k->name));

		if (at < 0)
			return err_set(e, ERR_INPUT,
			    "form %s: the column '%s' is gone: " WAY_OUT, f->id, k->name);
		if (strcmp(k->kind, kinds[f->fields[at].type]) != 0)
			return err_set(e, ERR_INPUT,
			    "form %s: the column '%s' was of type %s and is of type %s "
			    "now: " WAY_OUT,
			    f->id, k->name, k->kind, kinds[f->fields[at].type]);
		if (k->scale != scale_of(&f->fields[at]))
			return err_set(e, ERR_INPUT,
			    "form %s: the column '%s' had scale %d and has %d now (-1: "
			    "none): " WAY_OUT,
			    f->id, k->name, k->scale, scale_of(&f->fields[at]));
	}
	for (size_t i = 0; i < f->field_count; i++)
		if (f->fields[i].required && !known_find(s, f->fields[i].name))
			return err_set(e, ERR_INPUT,
			    "form %s: the column '%s' is new and required: " WAY_OUT
			    ", or make the column optional",
			    f->id, f->fields[i].name);
	return OK;
}

static int
column_record(const struct shape *s, const struct field *f, struct err *e)
{
	AUTO(query_end) struct query q = { 0 };

	query_begin(&q, s->db, STATEMENT_SHAPE_COLUMN_NEW);
	query_put_text(&q, s->form->id);
	query_put_text(&q, f->name);
	query_put_text(&q, kinds[f->type]);
	query_put_whole(&q, scale_of(f));
	return query_run(&q, e);
}

static int
record(const struct shape *s, struct err *e)
{
	AUTO(query_end) struct query q = { 0 };

	query_begin(&q, s->db, STATEMENT_SHAPE_SET);
	query_put_text(&q, s->form->id);
	query_put_text(&q, s->form->table);
	query_put_text(&q, s->form->digest ? s->form->digest : "");
	return query_run(&q, e);
}

/* One of our own tables, another form's, or a view an administrator made. */
static int
name_free(const struct shape *s, const char *name, struct err *e)
{
	AUTO(query_end) struct query q = { 0 };
	bool taken = false;
	int rc;

	query_begin(&q, s->db, STATEMENT_SHAPE_TAKEN);
	query_put_text(&q, name);
	if ((rc = query_next(&taken, &q, e)) == OK && taken)
		return err_set(e, ERR_INPUT,
		    "form %s: the ledger has a table or view '%s' already; call the form's "
		    "table otherwise",
		    s->form->id, name);
	return rc;
}

static int
names_free(const struct shape *s, struct err *e)
{
	int rc = name_free(s, s->form->table, e);

	return rc == OK ? name_free(s, arena_printf(s->arena, "rows_%s", s->form->table), e)
			: rc;
}

static int
table_make(const struct shape *s, struct err *e)
{
	AUTO(buf_free) struct buf sql = { 0 };
	char column[SHAPE_NAME];
	const struct form *f = s->form;
	int rc;

	if ((rc = names_free(s, e)) != OK)
		return rc;
	buf_printf(&sql,
	    "CREATE TABLE \"rows_%s\" (" SHAPE_KEY " INTEGER PRIMARY KEY,"
	    " submission INTEGER AS (" SHAPE_KEY " >> 32), row INTEGER AS (" SHAPE_KEY
	    " & 0xffffffff)",
	    f->table);
	for (size_t i = 0; i < f->field_count; i++)
		buf_printf(&sql, ", \"%s\" %s", shape_column(column, &f->fields[i]),
		    storage(&f->fields[i]));
	buf_text(&sql, ") STRICT");
	return db_execute(s->db, sql.at, e);
}

static int
column_make(const struct shape *s, const struct field *f, struct err *e)
{
	char column[SHAPE_NAME];

	return db_execute(s->db,
	    arena_printf(s->arena, "ALTER TABLE \"rows_%s\" ADD COLUMN \"%s\" %s",
		s->form->table, shape_column(column, f), storage(f)),
	    e);
}

/* What people query: accepted rows in force, with unit and period, amounts as they are read. */
static int
view_make(const struct shape *s, struct err *e)
{
	AUTO(buf_free) struct buf sql = { 0 };
	char column[SHAPE_NAME];
	const struct form *f = s->form;

	buf_printf(&sql,
	    "DROP VIEW IF EXISTS \"%s\"; CREATE VIEW \"%s\" AS SELECT s.unit AS unit, s.period "
	    "AS period,"
	    " r.submission AS submission, r.row AS row",
	    f->table, f->table);
	for (size_t i = 0; i < f->field_count; i++) {
		buf_printf(&sql, ", r.\"%s\"", shape_column(column, &f->fields[i]));
		if (scale_of(&f->fields[i]) > 0)
			buf_printf(&sql, " / 1e%d",
			    scale_of(&f->fields[i])); /* a REAL, the nearest to the amount */
		buf_printf(&sql, " AS \"%s\"", column);
	}
	buf_printf(&sql,
	    " FROM submission s CROSS JOIN \"rows_%s\" r ON " SHAPE_ROWS_OF_S
	    " WHERE s.status = 'accepted'",
	    f->table);
	return db_execute(s->db, sql.at, e);
}

static int
shape_make(const struct shape *s, struct err *e)
{
	int rc;

	if ((rc = s->exists ? compatible(s, e) : table_make(s, e)) != OK ||
	    (rc = record(s, e)) != OK)
		return rc;
	for (size_t i = 0; i < s->form->field_count; i++) {
		const struct field *f = &s->form->fields[i];

		if (known_find(s, f->name))
			continue;
		if ((s->exists && (rc = column_make(s, f, e)) != OK) ||
		    (rc = column_record(s, f, e)) != OK)
			return rc;
	}
	return view_make(s, e);
}

/* *same: nothing is to be done, which is every night but a few. */
static int
form_fit(bool *same, struct db *db, const struct form *f, bool make, struct err *e)
{
	AUTO(arena_free) struct arena *arena = arena_new();
	struct shape s = { .db = db, .form = f, .arena = arena };
	int rc;

	if ((rc = names_check(f, e)) != OK || (rc = shape_read(&s, e)) != OK)
		return rc;
	*same = s.exists && f->digest && strcmp(s.digest, f->digest) == 0 &&
	    strcmp(s.table, f->table) == 0;
	return *same || !make ? OK : shape_make(&s, e);
}

int
shape_has(
    bool *out, struct db *db, const struct form *f, const struct field *field, struct err *e)
{
	AUTO(query_end) struct query q = { 0 };

	query_begin(&q, db, STATEMENT_SHAPE_COLUMN);
	query_put_text(&q, f->id);
	query_put_text(&q, field->name);
	return query_next(out, &q, e);
}

int
shape_check(struct db *db, const struct rulebook *r, struct err *e)
{
	AUTO(arena_free) struct arena *arena = arena_new();
	int rc = OK;

	for (size_t i = 0; rc == OK && i < r->form_count; i++) {
		struct shape s = { .db = db, .form = &r->forms[i], .arena = arena };

		if ((rc = names_check(s.form, e)) == OK && (rc = shape_read(&s, e)) == OK)
			rc = s.exists ? compatible(&s, e) : names_free(&s, e);
	}
	return rc;
}

int
shape_fit(struct db *db, const struct rulebook *r, struct err *e)
{
	AUTO(db_drop) struct db *open = NULL;
	bool all = true, same = true;
	int rc;

	for (size_t i = 0; i < r->form_count; i++, all = all && same)
		if ((rc = form_fit(&same, db, &r->forms[i], false, e)) != OK)
			return rc;
	if (all)
		return OK;
	if ((rc = db_begin(&open, db, e)) != OK)
		return rc;
	for (size_t i = 0; i < r->form_count; i++)
		if ((rc = form_fit(&same, db, &r->forms[i], true, e)) != OK)
			return rc;
	STEP("schema.shape");
	return db_commit(&open, e);
}

int
shape_insert(sqlite3_stmt **out, struct db *db, const struct form *f, struct err *e)
{
	AUTO(buf_free) struct buf sql = { 0 };
	char column[SHAPE_NAME];
	int answer;

	buf_printf(&sql, "INSERT INTO \"rows_%s\" (" SHAPE_KEY, f->table);
	for (size_t i = 0; i < f->field_count; i++)
		buf_printf(&sql, ", \"%s\"", shape_column(column, &f->fields[i]));
	buf_text(&sql, ") VALUES (?");
	for (size_t i = 0; i < f->field_count; i++)
		buf_text(&sql, ", ?");
	buf_char(&sql, ')');
	answer = sqlite3_prepare_v3(
	    db->sql, sql.at, (int)sql.len, SQLITE_PREPARE_PERSISTENT, out, NULL);
	return answer == SQLITE_OK ? OK : db_error(db, answer, e);
}
