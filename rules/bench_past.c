/* Why: rules that look back find earlier rows by names of their own; which of them a rule reads
 * is found out when it is prepared, so that nothing is laid on the bench for the others. */
#include <ctype.h>
#include <strings.h>

#include "base/buf.h"
#include "rules/bench_int.h"

const char *const bench_past_names[] = { [PAST_PREV] = "prev",
	[PAST_HISTORY] = "history",
	[PAST_PEERS] = "peers",
	[PAST_REPORTS] = "reports",
	[PAST_OTHER] = "of" };

/* ---- the tables, for forms whose rules name them ---- */

static bool
word_char(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static bool
mentions(const char *sql, const char *word)
{
	size_t len = strlen(word);

	for (const char *at = sql; (at = strcasestr(at, word)) != NULL; at += len)
		if ((at == sql || !word_char(at[-1])) && !word_char(at[len]))
			return true;
	return false;
}

/* Columns of ours give way to a form's own of that name. */
bool
bench_past_has(const struct form *f, const char *column)
{
	return form_field(f, bytes_of(column)) < 0;
}

static int
make(struct bench *b, size_t form, enum past_table which, struct err *e)
{
	const struct form *f = b->forms[form].form;
	struct past_rows *rows = &b->forms[form].past[which];
	AUTO(buf_free) struct buf sql = { 0 };

	if (rows->made)
		return OK;
	rows->made = true;
	buf_printf(&sql, "CREATE TABLE \"giamsat %s %s\" (", bench_past_names[which], f->table);
	if (bench_past_has(f, "unit_code"))
		buf_text(&sql, "unit_code TEXT, ");
	if (bench_past_has(f, "period"))
		buf_text(&sql, "period TEXT, ");
	if (which == PAST_HISTORY && bench_past_has(f, "age"))
		buf_text(&sql, "age INTEGER, ");
	buf_text(&sql, "row INTEGER");
	for (size_t i = 0; i < f->field_count; i++)
		buf_printf(
		    &sql, ", %s %s", f->fields[i].name, bench_column_type(&f->fields[i]));
	buf_text(&sql, ");");
	for (size_t i = 0; i < f->primary_key_count; i++)
		buf_printf(&sql,
		    i ? ", %s" : " CREATE INDEX \"giamsat key %s %s\" ON \"giamsat %s %s\" (%s",
		    i ? f->primary_key[i] : bench_past_names[which], f->table,
		    bench_past_names[which], f->table, f->primary_key[i]);
	if (f->primary_key_count)
		buf_char(&sql, ')');
	return bench_run(b, sql.at, e);
}

static int
make_reports(struct bench *b, struct err *e)
{
	if (b->reports_made)
		return OK;
	b->reports_made = true;
	return bench_run(b,
	    "CREATE TABLE \"giamsat reports\" (form TEXT, unit_code TEXT, period TEXT, "
	    "period_last TEXT, received TEXT, official INTEGER)",
	    e);
}

int
bench_past_make(struct bench *b, size_t form, const char *sql, struct err *e)
{
	int rc = OK;

	for (enum past_table i = PAST_PREV; rc == OK && i <= PAST_PEERS; i++)
		if (mentions(sql, bench_past_names[i]))
			rc = make(b, form, i, e);
	if (rc == OK && mentions(sql, bench_past_names[PAST_REPORTS]))
		rc = make_reports(b, e);
	for (size_t i = 0; rc == OK && i < b->book->form_count; i++)
		if (i != form && b->book->forms[i].free_layout &&
		    mentions(sql, b->book->forms[i].table))
			rc = make(b, i, PAST_OTHER, e);
	return rc;
}

/* A name that is mentioned but not read costs nothing: SQLite looks at no WITH that is not
 * used. */
void
bench_past_with(struct buf *out, const struct bench *b, size_t form, const char *sql)
{
	buf_text(out, "WITH ");
	for (enum past_table i = PAST_PREV; i <= PAST_PEERS; i++)
		if (mentions(sql, bench_past_names[i]))
			buf_printf(out, "%s AS (SELECT * FROM \"giamsat %s %s\"), ",
			    bench_past_names[i], bench_past_names[i],
			    b->book->forms[form].table);
	if (mentions(sql, bench_past_names[PAST_REPORTS]))
		buf_text(out, "reports AS (SELECT * FROM \"giamsat reports\"), ");
	for (size_t i = 0; i < b->book->form_count; i++) {
		const struct form *f = &b->book->forms[i];

		if (i != form && f->free_layout && mentions(sql, f->table))
			buf_printf(out, "%s AS (SELECT * FROM \"giamsat of %s\"), ", f->table,
			    f->table);
	}
}

void
bench_past_note(struct bench *b, const char *table)
{
	if (!b->noting || strncmp(table, "giamsat ", 8) != 0)
		return;
	table += 8;
	for (enum past_table i = PAST_PREV; i <= PAST_REPORTS; i++) {
		size_t len = strlen(bench_past_names[i]);

		if (strncmp(table, bench_past_names[i], len) == 0 &&
		    (table[len] == ' ' || table[len] == '\0'))
			b->noting[i] = true;
	}
	for (size_t i = 0; i < b->book->form_count; i++)
		if (strncmp(table, "of ", 3) == 0 &&
		    strcmp(table + 3, b->book->forms[i].table) == 0)
			b->noting[PAST_OTHER + i] = true;
}

/* ---- what is asked of them ---- */

size_t
bench_form_index(const struct bench *b, const struct form *f)
{
	return (size_t)(f - b->book->forms);
}

bool
bench_reads_past(const struct bench *b, const struct form *f, size_t rule)
{
	const bool *needs = b->forms[bench_form_index(b, f)].needs[rule];

	for (size_t i = 0; i < PAST_OTHER + b->book->form_count; i++)
		if (needs[i])
			return true;
	return false;
}

bool
bench_form_reads(const struct bench *b, const struct form *f, const struct form *other)
{
	const struct bench_form *bf = &b->forms[bench_form_index(b, f)];

	for (size_t k = 0; k < f->rule_count; k++)
		if (other == f ? bf->needs[k][PAST_PREV] || bf->needs[k][PAST_HISTORY]
			       : bf->needs[k][PAST_OTHER + bench_form_index(b, other)])
			return true;
	return false;
}

bool
bench_past_known(const char **why, const struct bench *b, int table, size_t rule)
{
	const struct bench_form *bf = b->tables[table - 1];
	bool known = true;

	*why = NULL;
	for (size_t i = 0; i < PAST_OTHER + b->book->form_count; i++) {
		if (!bf->needs[rule][i] || b->known[i])
			continue;
		known = false;
		if (b->unknown_why[i])
			*why = b->unknown_why[i];
	}
	return known;
}
