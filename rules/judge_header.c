/* Why: from the header a clerk sent we learn which form it is, and can tell him what it lacks.
 */
#include "base/buf.h"
#include "base/text.h"
#include "rules/judge_int.h"
#include "rules/layout_int.h"

/* So many headings that nobody knows are compared with those that are missing. */
#define NEAR_MOST 64

/* "“Số hộ nghèo”, “Số hộ thoát nghèo”" */
static struct words
list_titles(struct judge *j, const int *fields, size_t count)
{
	struct words w;

	for (enum language l = 0; l < LANGUAGES; l++) {
		AUTO(buf_free) struct buf list = { 0 };

		for (size_t i = 0; i < count; i++)
			buf_printf(&list, "%s“%s”", i ? ", " : "",
			    words_in(j->form->fields[fields[i]].title, l));
		w.in[l] = list.len ? arena_text(j->arena, buf_bytes(&list)) : "–";
	}
	return w;
}

/* ---- columns ---- */

static void
say_column(struct judge *j, enum say what, const struct heading_column *c,
    const struct filler *more, size_t count)
{
	struct place place = { .row = c->row, .column = c->column, .value = c->title };

	if (c->field >= 0)
		place.title = j->form->fields[c->field].title;
	findings_say(&j->findings, what, &place, more, count);
}

/* The letters of a column without a row. */
static const char *
column_letters(struct judge *j, uint32_t column)
{
	char name[16];

	cell_name(name, 1, column);
	return arena_text(j->arena, (struct bytes){ name, strlen(name) - 1 });
}

static void
take_column(struct judge *j, const struct heading_column *c)
{
	struct filler more = { .name = "candidates" };

	switch (c->how) {
	case HEADED:
	case HEADED_BARE: /* told together */
		j->columns[c->field] = c->column;
		break;
	case HEADED_BY_ORDER:
		j->columns[c->field] = c->column;
		say_column(j, SAY_COLUMN_BY_ORDER, c, NULL, 0);
		break;
	case HEADED_TWICE:
	case HEADED_NOT:
		break;
	case HEADED_UNCLEAR:
		more.text = list_titles(j, c->choice.fields, c->choice.count);
		say_column(j, SAY_UNCLEAR_COLUMN, c, &more, 1);
		break;
	}
}

static void
say_twice(struct judge *j, const struct heading_column *c)
{
	const struct filler more =
	    filler_plain("other", column_letters(j, j->columns[c->field]));

	say_column(j, SAY_TWICE_COLUMN, c, &more, 1);
}

/* A column nobody knows: told, or, where it is nearly one that is missing, asked. */
static void
say_unknown(struct judge *j, const struct heading_column *c, bool *taken, size_t *compared)
{
	int near[HEADING_CHOICES];
	size_t count = ++*compared <= NEAR_MOST
	    ? heading_near(near, j->form, taken, c->text, j->arena)
	    : 0;
	const struct filler more = { .name = "candidates",
		.text = list_titles(j, near, count) };
	bool expected = false;

	if (count == 0) {
		say_column(j, SAY_UNKNOWN_COLUMN, c, NULL, 0);
		return;
	}
	for (size_t i = 0; i < count; i++)
		expected = expected || j->form->fields[near[i]].expected;
	say_column(j, expected ? SAY_NEAR_COLUMN : SAY_NEAR_OPTIONAL, c, &more, 1);
	if (count == 1)
		taken[near[0]] = true; /* asked for already */
}

/* “Ma xa” (“Mã xã”), “Tong so ho” (“Tổng số hộ”) */
static void
say_bare(struct judge *j, const struct heading_column *columns, size_t count)
{
	struct filler more = { .name = "headings" };
	struct place place = { 0 };

	for (enum language l = 0; l < LANGUAGES; l++) {
		AUTO(buf_free) struct buf list = { 0 };

		for (size_t i = 0; i < count; i++) {
			const struct heading_column *c = &columns[i];

			if (c->how != HEADED_BARE)
				continue;
			place.row = c->row;
			buf_printf(&list, "%s“%s” (“%s”)", list.len ? ", " : "",
			    findings_value(j->arena, c->title),
			    words_in(j->form->fields[c->field].title, l));
		}
		more.text.in[l] = list.len ? arena_text(j->arena, buf_bytes(&list)) : "";
	}
	if (place.row)
		findings_say(&j->findings, SAY_BARE_COLUMN, &place, &more, 1);
}

static void
say_missing(struct judge *j, const struct row *header, const bool *taken)
{
	for (size_t i = 0; i < j->form->field_count; i++) {
		const struct field *f = &j->form->fields[i];
		const struct filler more[] = {
			filler_plain("seen", heading_seen(header, j->arena)),
			filler_plain("header", arena_printf(j->arena, "%u", header->number)),
		};
		const struct place place = { .field = (uint32_t)i + 1, .title = f->title };

		if (f->expected && !taken[i])
			findings_say(
			    &j->findings, SAY_MISSING_COLUMN, &place, more, COUNT(more));
	}
}

/* ---- no form ---- */

/* The row that looked most like a header, or the one with most text. */
static const struct row *
nearest_row(const struct heading *h)
{
	const struct row *best = &h->rows[0];
	uint32_t most = 0;

	if (h->found.form)
		return &h->rows[h->found.first + h->found.height - 1];
	for (size_t i = 0; i < h->count; i++) {
		uint32_t filled = 0;

		for (uint32_t k = 0; k < h->rows[i].count; k++)
			filled += h->rows[i].cells[k].len > 0;
		if (filled > most) {
			most = filled;
			best = &h->rows[i];
		}
	}
	return best;
}

static const char *
form_ids(const struct judge *j)
{
	AUTO(buf_free) struct buf list = { 0 };

	for (size_t i = 0; i < j->book->form_count; i++)
		buf_printf(&list, "%s%s", i ? ", " : "", j->book->forms[i].id);
	return list.len ? arena_text(j->arena, buf_bytes(&list)) : "";
}

/* Expected titles of the nearest form that are not there. */
static struct words
missing_titles(struct judge *j, const struct heading *h)
{
	const struct form *form = h->found.form;
	struct heading_column *columns;
	size_t count = heading_assign(&columns, h, &h->found, j->book, j->arena), missing = 0;
	bool *there = arena_array(j->arena, form->field_count + 1, sizeof(*there));
	int *fields = arena_array(j->arena, form->field_count + 1, sizeof(*fields));

	for (size_t i = 0; i < count; i++)
		if (columns[i].field >= 0)
			there[columns[i].field] = true;
	for (size_t i = 0; i < form->field_count; i++)
		if (form->fields[i].expected && !there[i])
			fields[missing++] = (int)i;
	j->form = form; /* whose titles they are */
	return list_titles(j, fields, missing);
}

void
header_refuse(struct judge *j)
{
	const struct heading_span *found = &j->heading.found;
	const struct place nowhere = { 0 };
	const struct row *row = j->heading.count ? nearest_row(&j->heading) : NULL;
	struct filler more[] = {
		filler_plain("seen", row ? heading_seen(row, j->arena) : "–"),
		filler_plain("forms", form_ids(j)),
		filler_plain("form", found->form ? found->form->id : ""),
		filler_plain("missing", ""),
	};

	if (found->form)
		more[3].text = j->lacks = missing_titles(j, &j->heading);
	findings_say(&j->findings, found->form ? SAY_NO_FORM : SAY_NO_HEADING, &nowhere, more,
	    COUNT(more));
	j->form = NULL;
	j->no_form = true;
	j->refused_whole = true;
	j->rows = j->heading.count; /* what stands there instead of data */
}

/* Two forms of which neither fits better: nobody but the sender can say which it is. */
static void
refuse_rival(struct judge *j)
{
	const struct heading_span *found = &j->heading.found;
	const struct filler more[] = {
		filler_plain("form", found->form->id),
		filler_plain("other", found->rival->id),
	};
	const struct place place = { .row = j->header_row };

	findings_say(&j->findings, SAY_TWO_FORMS, &place, more, COUNT(more));
}

/* Something like a form above the header that was taken: it is not read, and that is told. */
static void
say_passed(struct judge *j)
{
	const struct heading_span *p = &j->heading.passed;
	const struct row *row;

	if (!p->form)
		return;
	row = &j->heading.rows[p->first + p->height - 1];
	const struct filler more = filler_plain("form", p->form->id);
	const struct place place = { .row = row->number };

	findings_say(&j->findings, SAY_NEAR_TABLE, &place, &more, 1);
}

void
header_take(struct judge *j)
{
	const struct heading_span *found = &j->heading.found;
	const struct row *header = &j->heading.rows[found->first + found->height - 1];
	struct heading_column *columns;
	size_t count, compared = 0;
	bool *taken;

	j->form = found->form;
	j->header_row = header->number;
	judge_prepare(j);
	count = heading_assign(&columns, &j->heading, found, j->book, j->arena);
	taken = arena_array(j->arena, j->form->field_count + 1, sizeof(*taken));
	for (size_t i = 0; i < count; i++)
		take_column(j, &columns[i]);
	for (size_t i = 0; i < j->form->field_count; i++)
		taken[i] = j->columns[i] > 0;
	for (size_t i = 0; i < count; i++)
		if (columns[i].how == HEADED_TWICE)
			say_twice(j, &columns[i]);
		else if (columns[i].how == HEADED_NOT)
			say_unknown(j, &columns[i], taken, &compared);
		else if (columns[i].how == HEADED_UNCLEAR)
			for (unsigned k = 0; k < columns[i].choice.count; k++)
				taken[columns[i].choice.fields[k]] = true;
	say_missing(j, header, taken);
	say_bare(j, columns, count);
	say_passed(j);
	if (found->rival)
		refuse_rival(j);
	rows_begin(j, columns, count);
}
