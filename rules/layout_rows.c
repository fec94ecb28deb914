/* Why: below a header stand data, sections, totals, signatures and headers again; only data is
 * loaded, and nothing with a figure in it goes unheard. */
#include "base/text.h"
#include "rules/layout_int.h"

/* A row is a header's again when one of so many first texts is. */
#define FIRST_TEXTS 3
/* Columns without a heading that are told. */
#define UNTITLED_MOST 8

/* ---- preparing ---- */

static void
add_key(struct form_rows *l, int field)
{
	if (field >= 0 && l->key_count < KEYS_MOST)
		l->keys[l->key_count++] = field;
}

/* The primary key, or what a row must have beside its figures. */
static void
find_keys(struct judge *j)
{
	const struct form *f = j->form;

	for (size_t i = 0; i < f->primary_key_count; i++)
		add_key(j->lay, form_field(f, bytes_of(f->primary_key[i])));
	for (size_t i = 0; i < f->field_count && f->primary_key_count == 0; i++)
		if (f->fields[i].required && !rows_typed(&f->fields[i]))
			add_key(j->lay, (int)i);
}

static void
find_sentinels(struct judge *j)
{
	struct form_rows *l = j->lay;

	/* Those that must be filled in first. */
	for (int required = 1; required >= 0; required--)
		for (size_t i = 0; i < j->form->field_count && l->sentinel_count < SENTINELS;
		     i++)
			if (j->columns[i] && rows_typed(&j->form->fields[i]) &&
			    j->form->fields[i].required == (required == 1))
				l->sentinels[l->sentinel_count++] = j->columns[i] - 1;
}

void
rows_begin(struct judge *j, const struct heading_column *columns, size_t count)
{
	const struct heading_span *found = &j->heading.found;
	struct form_rows *l = arena_take(j->arena, sizeof(*l));

	j->lay = l;
	/* With the lines above it, which pages repeat, too. */
	l->header = j->heading.rows;
	l->header_count = found->first + found->height;
	for (size_t i = found->first; i < l->header_count; i++)
		if (l->header[i].count > l->width)
			l->width = l->header[i].count;
	l->titled = arena_array(j->arena, l->width + 1u, sizeof(*l->titled));
	for (size_t i = 0; i < count; i++)
		l->titled[columns[i].column - 1] = true;
	for (uint32_t i = 0; i < l->width; i++)
		l->open += !l->titled[i];
	l->after_header = true;
	find_keys(j);
	find_sentinels(j);
	totals_begin(j);
}

/* ---- one row ---- */

/* A total, a section's mark or a heading in the key's column does not look so. */
static bool
has_code(const struct judge *j, const struct row *row)
{
	for (size_t i = 0; i < j->lay->key_count; i++)
		if (looks_like_code(rows_text(j, row, j->lay->keys[i])))
			return true;
	return false;
}

static bool
has_sentinel(const struct form_rows *l, const struct row *row)
{
	for (size_t i = 0; i < l->sentinel_count; i++) {
		enum native native;

		if (l->sentinels[i] >= row->count)
			continue;
		native = row_native(row, l->sentinels[i]);
		if (native == NATIVE_NUMBER || native == NATIVE_DATE ||
		    is_figure(row_text(row, l->sentinels[i])))
			return true;
	}
	return false;
}

/* Is this the row of the header (or of its numbers) over again? */
static bool
repeats(const struct row *of, const struct row *row)
{
	unsigned filled = 0, same = 0;

	for (uint32_t i = 0; i < row->count; i++) {
		struct bytes text = row_text(row, i);

		if (text.len == 0 || row_native(row, i) == NATIVE_COVERED)
			continue;
		filled++;
		same += bytes_equal(text, row_text(of, i));
		if (filled == FIRST_TEXTS && same == 0)
			return false;
	}
	return same > 0 && same * 5 >= filled * 4 && (same > 1 || filled == 1);
}

static bool
repeats_header(const struct form_rows *l, const struct row *row)
{
	for (size_t i = 0; i < l->header_count; i++)
		if (repeats(&l->header[i], row))
			return true;
	return false;
}

static bool
is_unit_of(const struct judge *j, const struct heading_text *text, uint32_t column)
{
	for (size_t i = 0; i < j->form->field_count; i++)
		if (j->columns[i] == column)
			return heading_is_unit(&j->form->fields[i], text);
	return false;
}

/* "hộ", "%" below the titles, perhaps with a name at the front. */
static bool
holds_units(const struct judge *j, const struct row *row)
{
	unsigned units = 0, others = 0;

	for (uint32_t i = 0; i < row->count && others < 2; i++) {
		struct heading_text text;

		heading_text_read(&text, bench_scratch(j->bench), row_text(row, i), 100);
		if (text.text.len == 0)
			continue;
		if (is_unit_of(j, &text, i + 1))
			units++;
		else
			others++;
	}
	return others == 0 ? units > 0 : others == 1 && units > 1;
}

static bool
is_blank(const struct row *row)
{
	for (uint32_t i = 0; i < row->count; i++)
		if (row_text(row, i).len)
			return false;
	return true;
}

void
rows_end_row(struct judge *j, uint32_t row, enum row_kind kind)
{
	struct form_rows *l = j->lay;

	l->last = row;
	if (kind == ROW_DATA)
		l->end = END_NOT;
	else if (kind == ROW_OUTSIDE)
		l->end = END_CERTAIN;
	else if (kind == ROW_TOTAL && l->end == END_NOT && j->rows > 0)
		l->end = END_LIKELY;
}

enum row_kind
rows_kind(struct judge *j, const struct row *row)
{
	struct form_rows *l = j->lay;
	bool plain = has_code(j, row) && has_sentinel(l, row);

	if (l->numbers.count && repeats(&l->numbers, row))
		return ROW_HEADER;
	if (plain && !l->after_header)
		return ROW_DATA;
	if (!plain && is_blank(row))
		return ROW_BLANK;
	arena_reset(bench_scratch(j->bench));
	if (l->end == END_NOT && j->rows > 0 && row->number > l->last + 1)
		l->end = END_LIKELY; /* blank rows need not be delivered */
	if (l->after_header) {
		if (numbers_columns(row) && !rows_key_reads(j, row)) {
			if (l->numbers.count == 0)
				row_copy(&l->numbers, row, j->arena);
			return ROW_HEADER;
		}
		if (holds_units(j, row))
			return ROW_HEADER;
		l->after_header = false;
		if (plain)
			return ROW_DATA;
	}
	if (repeats_header(l, row)) {
		l->after_header = true;
		return j->may_split && passed_names_another(j) ? ROW_NEXT : ROW_HEADER;
	}
	if (j->may_split && heading_begins(j->book, row, bench_scratch(j->bench)))
		return ROW_NEXT;
	return rows_kind_of_other(j, row);
}

/* ---- columns without a heading ---- */

static void
tell_untitled(struct judge *j, const struct row *row, uint32_t i)
{
	struct form_rows *l = j->lay;
	struct bytes text = row_text(row, i);
	const struct place place = { .row = row->number, .column = i + 1, .value = text };
	enum native native = row_native(row, i);

	if (text.len == 0 || native == NATIVE_COVERED || l->untitled == UNTITLED_MOST)
		return;
	findings_say(&j->findings,
	    native == NATIVE_NUMBER || is_figure(text) ? SAY_UNTITLED : SAY_UNTITLED_TEXT,
	    &place, NULL, 0);
	l->untitled++;
	if (i < l->width) {
		l->titled[i] = true; /* told once */
		l->open--;
	} else {
		l->beyond_told = true;
	}
}

void
rows_untitled(struct judge *j, const struct row *row)
{
	struct form_rows *l = j->lay;

	for (uint32_t i = 0; l->open > 0 && i < row->count && i < l->width; i++)
		if (!l->titled[i] && row->cells[i].len)
			tell_untitled(j, row, i);
	for (uint32_t i = l->width; i < row->count && !l->beyond_told; i++)
		if (row->cells[i].len)
			tell_untitled(j, row, i);
}
