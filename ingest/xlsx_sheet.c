/* Why: a worksheet is read as it comes, and no row of it is kept longer than until the next. */
#include "ingest/xlsx_sheet_int.h"

#include "ingest/xml.h"

static const char *
refuse(struct sheet_read *s, const char *word)
{
	s->rc = grid_refuse(s->book->grid, word, s->row, s->column, s->e);
	return "refused";
}

/* What the grid said; it has told all that is to be told. */
static const char *
through(struct sheet_read *s, int rc)
{
	s->rc = rc;
	return rc ? "refused" : NULL;
}

static const char *
begin_row(struct sheet_read *s, const char *const *attributes)
{
	const char *number = xml_attribute(attributes, "r"),
		   *height = xml_attribute(attributes, "ht");
	uint32_t last = s->row;

	s->row = last + 1;
	s->column = 0;
	if (number && !xlsx_number(&s->row, bytes_of(number), XLSX_ROWS))
		s->row = 0;
	/* What stands out of order is refused once something stands in it. */
	s->misplaced = s->row <= last || s->row > XLSX_ROWS;
	if (s->misplaced) {
		s->misplaced_row = s->row;
		s->row = last;
		return NULL;
	}
	return through(s,
	    grid_row(s->book->grid, s->row,
		xlsx_flag(xml_attribute(attributes, "hidden")) ||
		    (height && strcmp(height, "0") == 0),
		s->e));
}

static enum cell_type
type_of(const char *text)
{
	static const char *const types[] = { [CELL_NUMBER] = "n",
		[CELL_SHARED] = "s",
		[CELL_FORMULA_TEXT] = "str",
		[CELL_INLINE] = "inlineStr",
		[CELL_BOOLEAN] = "b",
		[CELL_ERROR] = "e",
		[CELL_MOMENT] = "d" };

	if (!text)
		return CELL_NUMBER;
	for (size_t i = 0; i < COUNT(types); i++)
		if (strcmp(text, types[i]) == 0)
			return (enum cell_type)i;
	return CELL_UNKNOWN;
}

static const char *
begin_cell(struct sheet_read *s, const char *const *attributes)
{
	const char *ref = xml_attribute(attributes, "r"),
		   *style = xml_attribute(attributes, "s");
	uint32_t row = s->row, column = s->column + 1;

	s->cell_misplaced = s->misplaced || column > XLSX_COLUMNS;
	if (ref)
		s->cell_misplaced = !xlsx_cell_place(&row, &column, bytes_of(ref)) ||
		    s->misplaced || row != s->row || column <= s->column;
	if (!s->cell_misplaced)
		s->column = column;
	s->type = type_of(xml_attribute(attributes, "t"));
	s->style = 0;
	if (style && !xlsx_number(&s->style, bytes_of(style), UINT32_MAX))
		return refuse(s, "damaged");
	s->has_value = s->has_formula = false;
	buf_clear(&s->value);
	xlsx_text_begin(&s->text);
	return NULL;
}

static const char *
end_cell(struct sheet_read *s)
{
	enum native native = NATIVE_TEXT;
	struct bytes text;
	const char *word;

	if (!s->has_value && !s->has_formula)
		return NULL;
	if (s->cell_misplaced) {
		if (s->misplaced)
			s->row = s->misplaced_row;
		return refuse(s, "damaged");
	}
	word = xlsx_cell(&native, &text, s);
	if (word)
		return refuse(s, word);
	if (native == NATIVE_TEXT && text.at == NULL)
		return NULL;
	return through(s, grid_cell(s->book->grid, s->column, native, text, s->e));
}

static const char *
take_columns(struct sheet_read *s, const char *const *attributes)
{
	const char *first = xml_attribute(attributes, "min"),
		   *last = xml_attribute(attributes, "max"),
		   *width = xml_attribute(attributes, "width");
	uint32_t from, to;

	if (!xlsx_flag(xml_attribute(attributes, "hidden")) &&
	    !(width && strcmp(width, "0") == 0))
		return NULL;
	if (!first || !last || !xlsx_number(&from, bytes_of(first), XLSX_COLUMNS) ||
	    !xlsx_number(&to, bytes_of(last), XLSX_COLUMNS) || from == 0)
		return refuse(s, "damaged");
	grid_hide_columns(s->book->grid, from, to);
	return NULL;
}

/* An element inside another that we know; what is not known is passed over with all in it. */
static const char *
enter(struct sheet_read *s, const char *name, const char *const *attributes)
{
	switch (s->at) {
	case AT_SHEET:
		if (strcmp(name, "sheetData") == 0)
			s->at = AT_ROWS;
		else if (strcmp(name, "cols") == 0)
			s->at = AT_COLUMNS;
		else
			break;
		return NULL;
	case AT_COLUMNS:
		s->skipped++;
		return strcmp(name, "col") == 0 ? take_columns(s, attributes) : NULL;
	case AT_ROWS:
		if (strcmp(name, "row") != 0)
			break;
		s->at = AT_ROW;
		return begin_row(s, attributes);
	case AT_ROW:
		if (strcmp(name, "c") != 0)
			break;
		s->at = AT_CELL;
		return begin_cell(s, attributes);
	case AT_CELL:
		if (strcmp(name, "v") == 0) {
			s->at = AT_VALUE;
			s->has_value = true;
			return NULL;
		}
		if (strcmp(name, "is") == 0) {
			s->at = AT_INLINE;
			s->has_value = true;
			return NULL;
		}
		s->has_formula |= strcmp(name, "f") == 0;
		break;
	case AT_NOTHING:
		if (strcmp(name, "worksheet") != 0)
			return refuse(s, "damaged");
		s->at = AT_SHEET;
		return NULL;
	case AT_VALUE:
	case AT_INLINE:
		break;
	}
	s->skipped++;
	return NULL;
}

static const char *
take_start(void *self, const char *name, const char *const *attributes)
{
	struct sheet_read *s = self;
	const char *word;

	if (s->skipped > 0) {
		s->skipped++;
		return NULL;
	}
	if (s->at != AT_INLINE)
		return enter(s, name, attributes);
	s->depth++;
	word = xlsx_text_start(&s->text, name, attributes);
	return word ? refuse(s, word) : NULL;
}

static const char *
take_end(void *self, const char *name)
{
	struct sheet_read *s = self;
	const char *word = NULL;

	if (s->skipped > 0) {
		s->skipped--;
		return NULL;
	}
	switch (s->at) {
	case AT_VALUE:
		s->at = AT_CELL;
		break;
	case AT_INLINE:
		if (s->depth == 0)
			s->at = AT_CELL;
		else
			word = xlsx_text_end(&s->text, name);
		s->depth -= s->depth > 0;
		break;
	case AT_CELL:
		s->at = AT_ROW;
		return end_cell(s);
	case AT_ROW:
		s->at = AT_ROWS;
		break;
	case AT_ROWS:
	case AT_COLUMNS:
		s->at = AT_SHEET;
		break;
	case AT_SHEET:
	case AT_NOTHING:
		break;
	}
	return word ? refuse(s, word) : NULL;
}

static const char *
take_text(void *self, struct bytes piece)
{
	struct sheet_read *s = self;
	const char *word = NULL;

	if (s->skipped > 0)
		return NULL;
	if (s->at == AT_INLINE)
		word = xlsx_text_add(&s->text, piece);
	if (s->at == AT_VALUE) {
		buf_add(&s->value, piece);
		if (s->value.len > s->text.most)
			word = "field";
	}
	return word ? refuse(s, word) : NULL;
}

int
xlsx_sheet(struct xlsx_book *book, uint32_t entry, struct err *e)
{
	struct sheet_read s = { .book = book, .e = e, .text.most = book->limits->field_bytes };
	struct xml_handler handler = {
		.self = &s, .start = take_start, .end = take_end, .text = take_text
	};
	const char *word =
	    xml_read(book->archive, entry, book->limits->unpacked_entry_bytes, &handler);

	buf_free(&s.value);
	buf_free(&s.converted);
	buf_free(&s.text.text);
	if (s.rc)
		return s.rc;
	return word ? grid_refuse(book->grid, word, s.row, 0, e) : OK;
}
