/*
 * Why: a sheet is told with everything that repeats counted, a million empty rows as one, and
 * with much between its cells that belongs to none.
 */
#include "ingest/ods_int.h"

#include <stdlib.h>

#include "base/memory.h"
#include "ingest/legacy_int.h"

/* A count that no sheet reaches: what goes so far is refused by the grid. */
#define FAR ((uint32_t)1 << 30)

/* The style of cells for which nothing names one. */
#define DEFAULT "Default"

void
ods_table_free(struct ods_table *t)
{
	arena_free(&t->arena);
	free(t->columns);
	buf_free(&t->row_style);
	ods_cell_free(&t->cell);
	ods_text_free(&t->text);
}

/* What grid or sink said; they have told all that is to be told. */
static const char *
through(struct ods_table *t, int rc)
{
	t->rc = rc;
	return rc ? "refused" : NULL;
}

static const char *
refuse(struct ods_table *t, const char *word)
{
	return through(t, grid_refuse(t->grid, word, t->row, t->column, t->e));
}

/* Counts on; what passes FAR stays there. */
static uint32_t
forth(uint32_t from, uint32_t by)
{
	return by > FAR - from ? FAR : from + by;
}

const char *
ods_table_begin(struct ods_table *t, const char *const *attributes)
{
	const char *name = xml_attribute(attributes, "name"),
		   *style = xml_attribute(attributes, "style-name");

	arena_reset(t->arena);
	t->place = ODS_IN_TABLE;
	t->columns_count = 0;
	t->column = 0;
	t->row = 0;
	t->times = 1;
	return through(t,
	    grid_sheet(t->grid, bytes_of(name),
		style && ods_styles_hidden(t->styles, bytes_of(style)), t->e));
}

static bool
is_hidden(const char *const *attributes)
{
	const char *visibility = xml_attribute(attributes, "visibility");

	return visibility && strcmp(visibility, "visible") != 0;
}

static const char *
take_columns(struct ods_table *t, const char *const *attributes)
{
	const char *style = xml_attribute(attributes, "default-cell-style-name");
	uint32_t count, first = t->column + 1;

	if (!ods_count(&count, xml_attribute(attributes, "number-columns-repeated"), FAR))
		return refuse(t, "damaged");
	t->column = forth(t->column, count);
	if (is_hidden(attributes))
		grid_hide_columns(t->grid, first, t->column);
	/* A sheet has so many at most; what comes behind stands under none. */
	if (t->columns_count == 16384)
		return NULL;
	if (!style || strlen(style) > ODS_NAME)
		style = DEFAULT;
	if (t->columns_count == t->columns_room) {
		t->columns_room = t->columns_room ? 2 * t->columns_room : 64;
		t->columns = memory_resize(t->columns, t->columns_room, sizeof(*t->columns));
	}
	t->columns[t->columns_count++] = (struct ods_columns){ .last = t->column,
		.style = arena_bytes(t->arena, bytes_of(style)) };
	return NULL;
}

static const char *
begin_row(struct ods_table *t, const char *const *attributes)
{
	const char *style = xml_attribute(attributes, "default-cell-style-name");

	t->row = forth(t->row, t->times);
	if (!ods_count(&t->times, xml_attribute(attributes, "number-rows-repeated"), FAR))
		return refuse(t, "damaged");
	t->row_hidden = is_hidden(attributes);
	t->row_begun = false;
	buf_clear(&t->row_style);
	buf_text(&t->row_style, style ? style : "");
	t->column = 0;
	t->place = ODS_IN_ROW;
	return NULL;
}

/* Of the column, as columns of one style are told together. */
static struct bytes
column_style(const struct ods_table *t, uint32_t column)
{
	size_t low = 0, high = t->columns_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (t->columns[middle].last < column)
			low = middle + 1;
		else
			high = middle;
	}
	return low < t->columns_count ? t->columns[low].style : BYTES(DEFAULT);
}

static const struct legacy *
cell_font(struct ods_table *t, const char *style)
{
	const struct legacy *font = NULL;
	struct bytes name = bytes_of(style);

	if (!style)
		name = t->row_style.len ? buf_bytes(&t->row_style) : column_style(t, t->column);
	ods_styles_font(&font, t->styles, ODS_CELL, name);
	return font;
}

static const char *
begin_cell(struct ods_table *t, const char *const *attributes, bool covered)
{
	struct ods_cell *c = &t->cell;

	t->column = forth(t->column, 1);
	ods_cell_read(c, attributes);
	if (!ods_count(&t->wide, c->repeated, FAR) ||
	    !ods_count(&t->spanned_columns, c->spanned_columns, FAR) ||
	    !ods_count(&t->spanned_rows, c->spanned_rows, FAR))
		return refuse(t, "damaged");
	ods_text_begin(&t->text, cell_font(t, c->style));
	t->covered = covered;
	t->place = ODS_IN_CELL;
	return NULL;
}

/* The receipt says which letters were not what they seemed. */
static const char *
tell_font(struct ods_table *t)
{
	struct note note = { .kind = NOTE_ENCODING };

	if (!t->text.converted || t->font_told)
		return NULL;
	t->font_told = true;
	note.text = bytes_of(t->text.converted->name);
	return through(t, t->sink->note(t->sink->self, &note, t->e));
}

static const char *
begin_content(struct ods_table *t)
{
	if (t->row_begun)
		return NULL;
	t->row_begun = true;
	return through(t, grid_row(t->grid, t->row, t->row_hidden, t->e));
}

static const char *
merge(struct ods_table *t)
{
	struct grid_range cells = { .first_row = t->row,
		.first_column = t->column,
		.last_row = forth(t->row, t->spanned_rows - 1),
		.last_column = forth(t->column, t->spanned_columns - 1) };

	return through(t, grid_merge(t->grid, cells, t->e));
}

static const char *
put_cell(struct ods_table *t)
{
	char room[SERIAL_TEXT];
	enum native native;
	struct bytes text, shown = buf_bytes(&t->text.text);
	const char *word = NULL;

	if (!t->text.any)
		shown = (struct bytes){ 0 };
	else if (!shown.at)
		shown = BYTES("");
	if (!ods_value(&native, &text, room, &t->cell, shown))
		return refuse(t, "damaged");
	if (native == NATIVE_TEXT && text.len == 0 && t->cell.type == ODS_NONE &&
	    !t->cell.formula)
		return NULL; /* nothing was ever written there */
	word = begin_content(t);
	if (!word)
		word = tell_font(t);
	for (uint32_t i = 0; !word && i < t->wide; i++)
		word = through(t, grid_cell(t->grid, t->column + i, native, text, t->e));
	return word;
}

/* A cell that repeats has nothing to merge. */
static const char *
end_cell(struct ods_table *t)
{
	const char *word = NULL;

	t->place = ODS_IN_ROW;
	if (!t->covered) {
		if (t->cell.has_string && !ods_is_error(&t->cell, buf_bytes(&t->text.text)))
			word = ods_text_replace(&t->text, buf_bytes(&t->cell.string));
		if (word)
			return refuse(t, word);
		if (t->wide == 1 && (t->spanned_columns > 1 || t->spanned_rows > 1))
			word = merge(t);
		if (!word)
			word = put_cell(t);
	}
	t->column = forth(t->column, t->wide - 1);
	return word;
}

/* Around rows and columns: headers that repeat on each page, and groups to fold. */
static bool
is_wrapper(const char *name)
{
	static const char *const wrappers[] = { "table-rows", "table-header-rows",
		"table-row-group", "table-columns", "table-header-columns",
		"table-column-group" };

	for (size_t i = 0; i < COUNT(wrappers); i++)
		if (strcmp(name, wrappers[i]) == 0)
			return true;
	return false;
}

static const char *
enter(struct ods_table *t, const char *name, const char *const *attributes)
{
	switch (t->place) {
	case ODS_IN_TABLE:
		if (is_wrapper(name))
			return NULL;
		if (strcmp(name, "table-row") == 0)
			return begin_row(t, attributes);
		if (strcmp(name, "table-column") != 0)
			break;
		t->skipped++;
		return take_columns(t, attributes);
	case ODS_IN_ROW:
		if (strcmp(name, "table-cell") == 0)
			return begin_cell(t, attributes, false);
		if (strcmp(name, "covered-table-cell") == 0)
			return begin_cell(t, attributes, true);
		break;
	case ODS_IN_CELL:
		/* Remarks, pictures and tables in the cell hold paragraphs, too. */
		if (strcmp(name, "p") != 0 || t->covered)
			break;
		t->place = ODS_IN_TEXT;
		return ods_text_start(&t->text, name, attributes);
	case ODS_IN_TEXT:
	case ODS_OUTSIDE:
		break;
	}
	t->skipped++;
	return NULL;
}

const char *
ods_table_start(struct ods_table *t, const char *name, const char *const *attributes)
{
	const char *word;

	if (t->skipped > 0) {
		t->skipped++;
		return NULL;
	}
	word = t->place == ODS_IN_TEXT ? ods_text_start(&t->text, name, attributes)
				       : enter(t, name, attributes);
	return word && !t->rc ? refuse(t, word) : word;
}

const char *
ods_table_end(struct ods_table *t, const char *name)
{
	const char *word = NULL;

	if (t->skipped > 0) {
		t->skipped--;
		return NULL;
	}
	switch (t->place) {
	case ODS_IN_TEXT:
		word = ods_text_end(&t->text);
		if (t->text.depth == 0)
			t->place = ODS_IN_CELL;
		break;
	case ODS_IN_CELL:
		word = end_cell(t);
		break;
	case ODS_IN_ROW:
		t->place = ODS_IN_TABLE;
		if (t->row_begun)
			grid_repeat(t->grid, t->times);
		break;
	case ODS_IN_TABLE:
		if (!is_wrapper(name))
			t->place = ODS_OUTSIDE;
		break;
	case ODS_OUTSIDE:
		break;
	}
	return word && !t->rc ? refuse(t, word) : word;
}

const char *
ods_table_text(struct ods_table *t, struct bytes piece)
{
	const char *word;

	if (t->skipped > 0 || t->place != ODS_IN_TEXT)
		return NULL;
	word = ods_text_add(&t->text, piece);
	return word ? refuse(t, word) : NULL;
}
