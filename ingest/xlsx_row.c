/* Why: where a row and a cell stand is believed only when it is in order. */
#include "ingest/xlsx_sheet_int.h"

const char *
sheet_refuse(struct sheet_read *s, const char *word)
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

/* No program misplaces so many, and there is no end to what is nowhere. */
#define MISPLACEMENTS 10000u

static const char *
misplace(struct sheet_read *s)
{
	return s->misplacements++ < MISPLACEMENTS ? NULL : sheet_refuse(s, "damaged");
}

const char *
sheet_row(struct sheet_read *s, const struct row_start *start)
{
	uint32_t last = s->row;

	s->row = last + 1;
	s->column = 0;
	if (start->number.at && !xlsx_number(&s->row, start->number, XLSX_ROWS))
		s->row = 0;
	/* What stands out of order is refused once something stands in it. */
	s->misplaced = s->row <= last || s->row > XLSX_ROWS;
	if (s->misplaced) {
		s->misplaced_row = s->row;
		s->row = last;
		return misplace(s);
	}
	return through(s,
	    grid_row(s->book->grid, s->row,
		xlsx_flag(start->hidden) || bytes_equal(start->height, BYTES("0")), s->e));
}

static enum cell_type
type_of(struct bytes text)
{
	static const struct bytes types[] = { [CELL_NUMBER] = BYTES_INIT("n"),
		[CELL_SHARED] = BYTES_INIT("s"),
		[CELL_FORMULA_TEXT] = BYTES_INIT("str"),
		[CELL_INLINE] = BYTES_INIT("inlineStr"),
		[CELL_BOOLEAN] = BYTES_INIT("b"),
		[CELL_ERROR] = BYTES_INIT("e"),
		[CELL_MOMENT] = BYTES_INIT("d") };

	if (!text.at)
		return CELL_NUMBER;
	for (size_t i = 0; i < COUNT(types); i++)
		if (bytes_equal(text, types[i]))
			return (enum cell_type)i;
	return CELL_UNKNOWN;
}

const char *
sheet_cell(struct sheet_read *s, const struct cell_start *start)
{
	uint32_t row = s->row, column = s->column + 1;

	s->cell_misplaced = s->misplaced || column > XLSX_COLUMNS;
	if (start->place.at)
		s->cell_misplaced = !xlsx_cell_place(&row, &column, start->place) ||
		    s->misplaced || row != s->row || column <= s->column;
	if (!s->cell_misplaced)
		s->column = column;
	s->type = type_of(start->type);
	s->style = 0;
	if (start->style.at && !xlsx_number(&s->style, start->style, UINT32_MAX))
		return sheet_refuse(s, "damaged");
	s->has_value = s->has_formula = false;
	s->value = (struct bytes){ 0 };
	return s->cell_misplaced ? misplace(s) : NULL;
}

const char *
sheet_cell_end(struct sheet_read *s)
{
	enum native native;
	struct bytes text;
	const char *word;

	if (!s->has_value && !s->has_formula)
		return NULL;
	if (s->cell_misplaced) {
		if (s->misplaced)
			s->row = s->misplaced_row;
		return sheet_refuse(s, "damaged");
	}
	word = xlsx_cell(&native, &text, s);
	if (word)
		return s->rc ? word : sheet_refuse(s, word);
	if (!text.at)
		return NULL;
	return through(s, grid_cell(s->book->grid, s->column, native, text, s->e));
}
