/* Why: what counts is decided here: what is loaded, what it replaces, what was here before, and
 * how late it is. */
#include "store/entry_int.h"

#include <inttypes.h>

#include "base/buf.h"
#include "base/step.h"
#include "store/schema.h"

/* One line of the submission table in the making. */
struct submission {
	const struct entry_part *part;
	const struct verdict *verdict; /* NULL: no table could be read */
	const char *unit, *form, *sheet, *status;
	char period[16];
	bool known; /* unit, form and period are: it takes part in versions and tries */
	int64_t version, try, supersedes, duplicate_of;
	char due[16]; /* "" */
	int64_t late_days;
};

static struct submission
submission_of(const struct entry *entry, const struct entry_part *part, const struct verdict *v)
{
	struct submission s = { .part = part,
		.verdict = v,
		.unit = entry->unit,
		.form = "",
		.sheet = "",
		.status = "refused" };

	if (!v)
		return s;
	s.sheet = v->sheet ? v->sheet : "";
	if (v->unit)
		s.unit = v->unit->code;
	if (v->form)
		s.form = v->form->id;
	if (v->period.kind != PERIOD_NONE)
		period_write(s.period, v->period);
	s.known = *s.unit && *s.form && *s.period;
	return s;
}

/* Calendar days, in the campaign's zone: a report of the evening of the due day is in time. */
static void
lateness(struct submission *s, const struct entry *entry)
{
	struct date due, day;

	if (!s->known)
		return;
	due = form_due(s->verdict->form, s->verdict->period);
	if (due.year == 0)
		return;
	day = moment_date(entry->received_s, entry->ledger->rulebook->offset_s, NULL);
	date_write(s->due, due);
	if (date_compare(day, due) > 0)
		s->late_days = date_days(day) - date_days(due);
}

static int
count_tries(struct submission *s, struct db *db, struct err *e)
{
	AUTO(query_end) struct query q = { 0 };
	bool row = false;
	int rc;

	query_begin(&q, db, STATEMENT_TRIES);
	query_put_text(&q, s->unit);
	query_put_text(&q, s->form);
	query_put_text(&q, s->period);
	if ((rc = query_next(&row, &q, e)) == OK)
		s->try = query_whole(&q) + 1;
	return rc;
}

/*
 * The sheet belongs to the key, because all sheets of a workbook share its bytes; form and
 * period, because the same list may be sent again with another quarter in its subject.
 */
static int
find_duplicate(struct submission *s, struct db *db, struct err *e)
{
	AUTO(query_end) struct query q = { 0 };
	bool row = false;
	int rc;

	query_begin(&q, db, STATEMENT_DUPLICATE_OF);
	query_put_text(&q, s->unit);
	query_put_text(&q, s->form);
	query_put_text(&q, s->period);
	query_put_text(&q, s->part->facts->sha256);
	query_put_text(&q, s->sheet);
	if ((rc = query_next(&row, &q, e)) == OK && row) {
		s->duplicate_of = query_whole(&q);
		s->try = query_whole(&q);
		s->status = "duplicate";
	}
	return rc;
}

static int
find_in_force(struct submission *s, struct db *db, struct err *e)
{
	AUTO(query_end) struct query q = { 0 };
	bool row = false;
	int rc;

	query_begin(&q, db, STATEMENT_IN_FORCE);
	query_put_text(&q, s->form);
	query_put_whole(&q, s->verdict->period.year);
	query_put_text(&q, s->unit);
	query_put_whole(&q, s->verdict->period.number);
	query_put_text(&q, s->period);
	if ((rc = query_next(&row, &q, e)) == OK && row) {
		s->supersedes = query_whole(&q);
		s->version = query_whole(&q);
	}
	return rc;
}

/* First out, then in: the database holds one in force at any moment. */
static int
supersede(struct submission *s, struct db *db, struct err *e)
{
	AUTO(query_end) struct query q = { 0 };
	int rc;

	if ((rc = find_in_force(s, db, e)) != OK)
		return rc;
	s->status = "accepted";
	s->version++;
	if (!s->supersedes)
		return OK;
	query_begin(&q, db, STATEMENT_SUPERSEDE);
	query_put_whole(&q, s->supersedes);
	return query_run(&q, e);
}

static int
decide(struct submission *s, struct db *db, struct err *e)
{
	int rc;

	if (!s->known)
		return OK;
	if (s->verdict->valid && (rc = find_duplicate(s, db, e)) != OK)
		return rc;
	if (s->duplicate_of)
		return OK;
	if ((rc = count_tries(s, db, e)) != OK)
		return rc;
	return s->verdict->valid ? supersede(s, db, e) : OK;
}

/* {"poor_end":12}: which column of the file each field stood in. */
static void
columns_write(struct buf *out, const struct verdict *v)
{
	const char *comma = "";

	if (!v || !v->form || !v->columns)
		return;
	buf_char(out, '{');
	for (size_t i = 0; i < v->form->field_count; i++) {
		if (v->columns[i] == 0)
			continue;
		buf_printf(
		    out, "%s\"%s\":%" PRIu32, comma, v->form->fields[i].name, v->columns[i]);
		comma = ",";
	}
	buf_char(out, '}');
}

static int
submission_insert(
    int64_t *id, const struct entry *entry, const struct submission *s, struct err *e)
{
	static const struct verdict none = { .sheet = "" };
	const struct verdict *v = s->verdict ? s->verdict : &none;
	AUTO(query_end) struct query q = { 0 };
	AUTO(buf_free) struct buf columns = { 0 };
	int rc;

	columns_write(&columns, s->verdict);
	query_begin(&q, &entry->ledger->db, STATEMENT_SUBMISSION_NEW);
	query_put_whole(&q, entry->message);
	query_put_bytes(&q, s->part->facts->name);
	query_put_text(&q, s->part->facts->sha256);
	query_put_whole(&q, (int64_t)s->part->facts->bytes);
	query_put_text(&q, s->sheet);
	query_put_text(&q, s->unit);
	query_put_text(&q, s->form);
	query_put_text(&q, s->period);
	query_put_whole(&q, v->period.year);
	query_put_whole(&q, v->period.number);
	query_put_text(&q, s->status);
	query_put_whole(&q, s->version);
	query_put_whole(&q, s->try);
	query_put_id(&q, s->supersedes);
	query_put_id(&q, s->duplicate_of);
	query_put_whole(&q, (int64_t)v->rows);
	query_put_whole(&q, (int64_t)(v->by_level[LEVEL_ERROR] + v->by_level[LEVEL_REJECT]));
	query_put_whole(&q, (int64_t)v->by_level[LEVEL_WARNING]);
	query_put_whole(&q, entry->received_s);
	query_put_text(&q, *s->due ? s->due : NULL);
	query_put_whole(&q, s->late_days);
	query_put_text(&q, s->part->unreadable ? s->part->unreadable : "");
	query_put_text(&q, s->part->encoding ? s->part->encoding : "");
	query_put_text(&q, entry->ledger->rulebook->digest);
	query_put_whole(&q, v->header_row);
	query_put_text(&q, columns.len ? columns.at : NULL);
	if ((rc = query_run(&q, e)) == OK)
		*id = sqlite3_last_insert_rowid(entry->ledger->db.sql);
	return rc;
}

static int
finding_insert(
    struct db *db, int64_t submission, size_t number, const struct finding *f, struct err *e)
{
	AUTO(query_end) struct query q = { 0 };
	const char *texts[] = { f->sheet, f->title, f->value, f->message.in[LANGUAGE_VI],
		f->message.in[LANGUAGE_EN] };

	for (size_t i = 0; i < COUNT(texts); i++)
		texts[i] = texts[i] ? texts[i] : "";
	query_begin(&q, db, STATEMENT_FINDING_NEW);
	query_put_whole(&q, submission);
	query_put_whole(&q, (int64_t)number);
	query_put_text(&q, f->type);
	query_put_whole(&q, f->level);
	query_put_text(&q, f->rule ? f->rule : "");
	query_put_text(&q, texts[0]);
	query_put_whole(&q, f->row);
	query_put_whole(&q, f->column);
	for (size_t i = 1; i < COUNT(texts); i++)
		query_put_text(&q, texts[i]);
	return query_run(&q, e);
}

static int
row_insert(struct db *db, sqlite3_stmt *insert, int64_t submission, uint32_t row,
    const struct cell *cells, size_t count, struct err *e)
{
	AUTO(query_end) struct query q = { 0 };

	query_use(&q, db, insert);
	query_put_whole(&q, shape_key(submission, row));
	for (size_t i = 0; i < count; i++) {
		switch (cells[i].kind) {
		case CELL_EMPTY:
			query_put_null(&q);
			break;
		case CELL_WHOLE:
			query_put_whole(&q, cells[i].whole);
			break;
		case CELL_REAL:
			query_put_real(&q, cells[i].real);
			break;
		case CELL_TEXT:
			query_put_bytes(&q, cells[i].text);
			break;
		}
	}
	return query_run(&q, e);
}

static int
rows_load(int64_t *loaded, struct entry *entry, int64_t submission, const struct verdict *v,
    struct bench *b, struct err *e)
{
	AUTO(bench_rows_close) struct bench_rows *rows = NULL;
	const struct cell *cells = NULL;
	sqlite3_stmt *insert = NULL;
	uint32_t row = 0;
	int rc;

	*loaded = 0;
	if (v->table < 0)
		return OK;
	if ((rc = ledger_insert(&insert, entry->ledger, v->form, e)) != OK ||
	    (rc = bench_rows_open(&rows, b, v->table, e)) != OK)
		return rc;
	while ((rc = bench_rows_next(&row, &cells, rows, e)) == OK && row != 0) {
		rc = row_insert(&entry->ledger->db, insert, submission, row, cells,
		    v->form->field_count, e);
		if (rc != OK)
			return rc;
		++*loaded;
	}
	return rc;
}

static int
load(struct entry *entry, int64_t submission, const struct verdict *v, struct bench *b,
    struct err *e)
{
	AUTO(query_end) struct query q = { 0 };
	int64_t loaded = 0;
	int rc = rows_load(&loaded, entry, submission, v, b, e);

	if (rc != OK)
		return err_at(e, "rows of form %s", v->form->id);
	query_begin(&q, &entry->ledger->db, STATEMENT_SUBMISSION_LOADED);
	query_put_whole(&q, loaded);
	query_put_whole(&q, submission);
	return query_run(&q, e);
}

/* For those that depend on it. */
static void
note_accepted(struct entry *entry, int64_t id, const struct submission *s)
{
	size_t n = entry->accepted_count++;

	entry->accepted =
	    arena_more(entry->arena, entry->accepted, n, sizeof(*entry->accepted));
	entry->superseded =
	    arena_more(entry->arena, entry->superseded, n, sizeof(*entry->superseded));
	entry->accepted[n] = (struct past_report){ .id = id,
		.form = s->verdict->form,
		.unit = s->unit,
		.period = s->verdict->period };
	entry->superseded[n] = s->supersedes;
}

/* What is only a repetition has been said before: its findings are those of the first. */
static int
submit(struct entry *entry, struct submission *s, struct bench *b, struct err *e)
{
	struct db *db = &entry->ledger->db;
	int64_t id = 0;
	int rc;

	lateness(s, entry);
	if ((rc = decide(s, db, e)) != OK || (rc = submission_insert(&id, entry, s, e)) != OK)
		return rc;
	if (!s->verdict || s->duplicate_of)
		return OK;
	for (size_t i = 0; i < s->verdict->count; i++)
		if ((rc = finding_insert(db, id, i, &s->verdict->findings[i], e)) != OK)
			return rc;
	if (!s->version)
		return OK;
	note_accepted(entry, id, s);
	return load(entry, id, s->verdict, b, e);
}

int
entry_part(struct entry *entry, const struct entry_part *part, struct bench *b,
    unsigned *accepted, unsigned *refused, unsigned *duplicates, struct err *e)
{
	size_t count = part->count ? part->count : 1;
	int rc;

	for (size_t i = 0; i < count; i++) {
		struct submission s =
		    submission_of(entry, part, part->count ? &part->verdicts[i] : NULL);

		STEP("entry.part");
		if ((rc = submit(entry, &s, b, e)) != OK)
			return rc;
		*accepted += s.version > 0;
		*duplicates += s.duplicate_of != 0;
		*refused += s.version == 0 && s.duplicate_of == 0;
		entry->taken = entry->taken || s.version > 0 || s.duplicate_of != 0;
	}
	return OK;
}
