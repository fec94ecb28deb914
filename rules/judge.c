/* Why: one table in, one verdict out; whatever is in the table, the judge has an answer and
 * never fails. */
#include "rules/judge.h"

#include "ingest/charset.h"
#include "ingest/limits.h"
#include "rules/layout_int.h"
#include "rules/unreadable.h"

/* Lines above a table that are kept for it. */
#define TITLES_MOST 16

static bool
is_plain(const struct judge *j)
{
	return j->form && !j->form->free_layout;
}

struct judge *
judge_new(const struct rulebook *r, struct bench *b, const struct facts *f, struct bytes sheet,
    struct arena *a)
{
	static const struct limits limits = LIMITS_DEFAULT;
	struct judge *j = arena_take(a, sizeof(*j));

	j->book = r;
	j->bench = b;
	j->facts = *f;
	j->arena = a;
	j->table = -1;
	/* The borrowed texts of the caller may be gone when the table ends. */
	j->sheet = arena_bytes(a, sheet);
	j->facts.subject = arena_bytes(a, f->subject);
	j->facts.file_name = arena_bytes(a, f->file_name);
	j->facts.archive_name = arena_bytes(a, f->archive_name);
	j->findings = (struct findings){ .arena = a,
		.sheet = arena_text(a, sheet),
		.most = f->findings_max ? f->findings_max : limits.findings };
	judge_passport(j);
	if (r->form_count == 1 && !r->forms[0].free_layout)
		j->form = &r->forms[0];
	return j;
}

bool
judge_row(struct judge *j, const struct row *row)
{
	struct row seen = *row;

	if (!is_plain(j)) {
		judge_look(j, &seen);
		return form_row(j, &seen);
	}
	plain_row(j, row);
	return true;
}

bool
judge_close(struct judge *j)
{
	return is_plain(j) || form_close(j);
}

/* Lines above a first table say for all of its sheet who and when, unless the next has its own.
 */
static void
take_titles(struct judge *next, struct judge *j)
{
	const struct passed *p = &j->lay->passed;
	const struct heading_span *other = &j->heading.passed;
	size_t lines = other->form ? other->first : j->heading.best;
	size_t titles = passed_names_period(j) ? 0 : lines;
	size_t first = titles > TITLES_MOST ? titles - TITLES_MOST : 0;

	for (size_t i = first; i < titles; i++)
		(void)form_row(next, &j->heading.rows[i]); /* alone they are no header */
	first = p->count > TITLES_MOST ? p->count - TITLES_MOST : 0;
	for (size_t i = first; i < p->count; i++)
		(void)form_row(next, &p->rows[i]);
}

struct judge *
judge_next(const struct row **rows, size_t *count, struct judge *j)
{
	struct judge *next = judge_new(j->book, j->bench, &j->facts, j->sheet, j->arena);

	take_titles(next, j);
	*rows = j->left;
	*count = j->left_count;
	return next;
}

/* "utf-8", "UTF8" and "utf_8" are one. */
static bool
same_encoding(const char *declared, struct bytes read)
{
	size_t i = 0;

	for (; *declared; declared++) {
		char c = *declared;

		if (c == '-' || c == '_')
			continue;
		while (i < read.len && (read.at[i] == '-' || read.at[i] == '_'))
			i++;
		if (i == read.len ||
		    !bytes_equal_fold((struct bytes){ &c, 1 }, bytes_slice(read, i, 1)))
			return false;
		i++;
	}
	return i == read.len;
}

void
judge_note(struct judge *j, const struct note *note)
{
	const struct place place = { .row = note->row, .column = note->field };
	const char *word = arena_text(j->arena, note->text);
	const struct filler encoding = filler_plain("encoding", word);
	const struct filler why[] = {
		{ .name = "reason", .text = unreadable_why(word) },
		{ .name = "remedy", .text = unreadable_remedy(word) },
	};
	const struct layout *layout = j->facts.layout;

	switch (note->kind) {
	case NOTE_ENCODING:
		if (layout && *layout->encoding && !same_encoding(layout->encoding, note->text))
			j->encoding_wrong = true;
		else if (!is_plain(j) && !charset_is_unicode(note->text))
			findings_say(&j->findings, SAY_CONVERTED, &place, &encoding, 1);
		break;
	case NOTE_UNREADABLE:
		if (strcmp(word, "encoding") == 0)
			findings_say(&j->findings, SAY_ENCODING, &place, NULL, 0);
		else
			findings_say(&j->findings, SAY_SOURCE, &place, why, COUNT(why));
		j->refused_whole = true;
		break;
	case NOTE_WARNING:
		findings_say(&j->findings, SAY_WARNED, &place, why, COUNT(why));
		break;
	case NOTE_INFO:
		findings_say(&j->findings, SAY_TOLD, &place, why, COUNT(why));
		break;
	case NOTE_PROPERTY: /* of the workbook, not of a table */
		break;
	}
}

static bool
is_valid(const struct judge *j, uint64_t good)
{
	const uint64_t *by_level = j->findings.by_level;

	if (by_level[LEVEL_REJECT] || !j->form)
		return false;
	if (j->form->free_layout && j->form->partial)
		return good > 0;
	return by_level[LEVEL_ERROR] == 0;
}

static uint64_t
good_rows(const struct judge *j)
{
	return j->rows - (j->rows_bad < j->rows ? j->rows_bad : j->rows);
}

void
judge_finish(struct judge *j)
{
	if (is_plain(j))
		plain_end(j);
	else
		form_end(j);
	judge_lost_end(j);
	judge_patterns(j);
	j->finished = true;
	judge_past_offer(j, is_valid(j, good_rows(j)));
}

void
judge_end(struct verdict *out, struct judge *j)
{
	uint64_t good;

	if (!j->finished)
		judge_finish(j);
	judge_past(j);
	findings_sort(&j->findings);
	good = good_rows(j);
	*out = (struct verdict){
		.form = j->form,
		.unit = j->unit,
		.period = j->period,
		.sheet = j->findings.sheet,
		.header_row = j->header_row,
		.rows = j->rows,
		.findings = j->findings.list,
		.count = j->findings.count,
		.columns = j->columns,
		.table = j->table,
		.failed = j->failed,
		.failed_count = j->failed_count,
	};
	memcpy(out->by_level, j->findings.by_level, sizeof(out->by_level));
	out->valid = is_valid(j, good);
	out->rows_good = out->valid ? good : 0;
}
