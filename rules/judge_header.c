/* Why: from the header a clerk sent we learn which form it is, and can tell him what it lacks.
 */
#include "base/buf.h"
#include "base/text.h"
#include "rules/judge_int.h"

static void
say_header(struct judge *j, enum say what, uint32_t column, struct words title,
    struct bytes value, const struct filler *more, size_t count)
{
	const struct place place = { .row = column ? j->header_row : 0,
		.column = column,
		.title = title,
		.value = value };

	findings_say(&j->findings, what, &place, more, count);
}

static void
take_column(struct judge *j, uint32_t column, struct bytes title)
{
	static const struct words none = { { "", "" } };
	int field;

	title = text_trim(title);
	if (title.len == 0)
		return;
	field = heading_field(j->book, j->form, title, j->arena);
	if (field < 0) {
		say_header(j, SAY_UNKNOWN_COLUMN, column, none, title, NULL, 0);
	} else if (j->columns[field]) {
		char other[16];
		size_t len;

		cell_name(other, 1, j->columns[field]);
		len = strlen(other) - 1; /* the column's letters without the row */
		const struct filler more =
		    filler_plain("other", arena_text(j->arena, (struct bytes){ other, len }));

		say_header(
		    j, SAY_TWICE_COLUMN, column, j->form->fields[field].title, title, &more, 1);
	} else {
		j->columns[field] = column;
	}
}

static void
say_missing(struct judge *j, const struct row *header)
{
	for (size_t i = 0; i < j->form->field_count; i++) {
		const struct field *f = &j->form->fields[i];
		const struct filler more[] = {
			filler_plain("seen", heading_seen(header, j->arena)),
			filler_plain("header", arena_printf(j->arena, "%u", header->number)),
		};
		const struct place place = { .field = (uint32_t)i + 1, .title = f->title };

		if (f->expected && !j->columns[i])
			findings_say(
			    &j->findings, SAY_MISSING_COLUMN, &place, more, COUNT(more));
	}
}

/* The row that looked most like a header, or the one with most text. */
static const struct row *
nearest_row(const struct heading *h)
{
	const struct row *best = &h->rows[0];
	uint32_t most = 0;

	if (h->form)
		return &h->rows[h->best];
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

static struct words
missing_titles(struct judge *j, const struct form *f, const struct row *header)
{
	bool *there = arena_array(j->arena, f->field_count + 1, sizeof(*there));
	struct words w;

	for (uint32_t i = 0; i < header->count; i++) {
		int field = header->cells[i].len
		    ? heading_field(j->book, f, header->cells[i], j->arena)
		    : -1;

		if (field >= 0)
			there[field] = true;
	}
	for (enum language l = 0; l < LANGUAGES; l++) {
		AUTO(buf_free) struct buf list = { 0 };

		for (size_t i = 0; i < f->field_count; i++)
			if (f->fields[i].expected && !there[i])
				buf_printf(&list, "%s“%s”", list.len ? ", " : "",
				    words_in(f->fields[i].title, l));
		w.in[l] = list.len ? arena_text(j->arena, buf_bytes(&list)) : "–";
	}
	return w;
}

void
header_refuse(struct judge *j)
{
	const struct form *nearest = j->heading.form;
	const struct row *row = nearest_row(&j->heading);
	const struct place nowhere = { 0 };
	struct filler more[] = {
		filler_plain("seen", heading_seen(row, j->arena)),
		filler_plain("forms", form_ids(j)),
		filler_plain("form", nearest ? nearest->id : ""),
		filler_plain("missing", ""),
	};

	if (nearest)
		more[3].text = missing_titles(j, nearest, row);
	findings_say(
	    &j->findings, nearest ? SAY_NO_FORM : SAY_NO_HEADING, &nowhere, more, COUNT(more));
	j->form = NULL;
	j->refused_whole = true;
	j->rows = j->heading.count; /* what stands there instead of data */
}

void
header_take(struct judge *j)
{
	const struct row *header = &j->heading.rows[j->heading.best];

	j->form = j->heading.form;
	j->header_row = header->number;
	judge_prepare(j);
	for (uint32_t i = 0; i < header->count; i++)
		take_column(j, i + 1, header->cells[i]);
	say_missing(j, header);
}
