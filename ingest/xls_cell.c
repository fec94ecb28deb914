/* Why: the same number is kept in five kinds of records, and a formula's value in three more.
 */
#include "ingest/xls_int.h"

#include <math.h>

#include "ingest/legacy_int.h"

#define COLUMNS 256

bool
xls_is_cell(unsigned type)
{
	switch (type) {
	case XLS_FORMULA:
	case XLS_MULRK:
	case XLS_RSTRING:
	case XLS_LABELSST:
	case XLS_NUMBER:
	case XLS_LABEL:
	case XLS_BOOLERR:
	case XLS_RK:
		return true;
	default:
		return false;
	}
}

/* Where the value goes. */
struct cell {
	struct grid *g;
	struct xls_book *book;
	uint32_t row, column; /* from 1 */
	unsigned style;
};

static int
damaged(const struct cell *c, struct err *e)
{
	return grid_refuse(c->g, "damaged", c->row, c->column, e);
}

static int
put_number(const struct cell *c, double value, struct err *e)
{
	char text[SERIAL_TEXT];
	enum native native;
	enum shown shown;

	if (!isfinite(value) || !xls_shown(&shown, c->book, c->style))
		return damaged(c, e);
	native = serial_text(text, value, shown, c->book->from_1904);
	return grid_cell(c->g, c->column, native, bytes_of(text), e);
}

static int
put_boolean(const struct cell *c, unsigned value, struct err *e)
{
	return grid_cell(
	    c->g, c->column, NATIVE_BOOLEAN, bytes_of(value ? "true" : "false"), e);
}

static int
put_error(const struct cell *c, unsigned code, struct err *e)
{
	static const struct {
		unsigned code;
		const char *text;
	} errors[] = {
		{ 0x00, "#NULL!" },
		{ 0x07, "#DIV/0!" },
		{ 0x0f, "#VALUE!" },
		{ 0x17, "#REF!" },
		{ 0x1d, "#NAME?" },
		{ 0x24, "#NUM!" },
		{ 0x2a, "#N/A" },
	};

	for (size_t i = 0; i < COUNT(errors); i++)
		if (errors[i].code == code)
			return grid_cell(
			    c->g, c->column, NATIVE_ERROR, bytes_of(errors[i].text), e);
	return damaged(c, e);
}

/* The receipt says which letters were not what they seemed. */
static int
tell_font(const struct cell *c, struct err *e)
{
	struct note note = { .kind = NOTE_ENCODING };

	if (!c->book->converted || c->book->converted_told)
		return OK;
	c->book->converted_told = true;
	note.text = bytes_of(c->book->converted->name);
	return c->book->sink->note(c->book->sink->self, &note, e);
}

/* What lies in book->text. */
static int
put_text(const struct cell *c, struct err *e)
{
	struct bytes text;
	const char *word = xls_decode(&text, c->book, c->style);
	int rc;

	if (word)
		return grid_refuse(c->g, word, c->row, c->column, e);
	rc = tell_font(c, e);
	return rc ? rc : grid_cell(c->g, c->column, NATIVE_TEXT, text, e);
}

/* Not the same as no text. */
static int
put_empty(const struct cell *c, enum native native, struct err *e)
{
	return grid_cell(c->g, c->column, native, BYTES(""), e);
}

static double
double_of(struct bytes b, size_t offset)
{
	uint64_t bits = ole_u32(b, offset) | (uint64_t)ole_u32(b, offset + 4) << 32;
	double value;

	memcpy(&value, &bits, sizeof(value));
	return value;
}

/* 30 bits of a double or of a whole number, perhaps to be divided by 100. */
static double
short_number(unsigned rk)
{
	uint64_t bits = (uint64_t)(rk & ~3u) << 32;
	double value;

	if (rk & 2)
		value = (double)((int32_t)rk >> 2);
	else
		memcpy(&value, &bits, sizeof(value));
	return rk & 1 ? value / 100 : value;
}

/* Several numbers side by side, each with its style; the last column closes the record. */
static int
put_short_numbers(struct cell *c, struct bytes body, struct err *e)
{
	size_t count = (body.len - 6) / 6;
	int rc = OK;

	if (body.len < 12 || body.len % 6 != 0 ||
	    c->column - 1 + count - 1 != ole_u16(body, body.len - 2) ||
	    c->column - 1 + count > COLUMNS)
		return damaged(c, e);
	for (size_t i = 0; rc == OK && i < count; i++, c->column++) {
		c->style = ole_u16(body, 4 + 6 * i);
		rc = put_number(c, short_number(ole_u32(body, 6 + 6 * i)), e);
	}
	return rc;
}

/* The text of a record behind the cell's head; runs of BIFF5 stand behind it. */
static int
put_label(const struct cell *c, const struct xls_record *r, struct err *e)
{
	struct xls_book *book = c->book;
	struct xls_cursor cursor = xls_cursor_in(book->stream, r, 6);
	bool whole = book->old ? xls_text_take_old(&book->text, &cursor, 2)
			       : xls_text_take(&book->text, &cursor, 2);
	unsigned runs;

	if (!whole)
		return damaged(c, e);
	if (r->type == XLS_RSTRING) {
		size_t width = book->old ? 1 : 2;

		if (!xls_take_number(&runs, &cursor, width) ||
		    !xls_runs_take(&book->text, &cursor, runs, width))
			return damaged(c, e);
	}
	return put_text(c, e);
}

/* The text of a formula follows in a record of its own, behind those of shared formulas. */
static int
put_formula_text(const struct cell *c, const struct xls_record *formula, struct err *e)
{
	struct xls_book *book = c->book;
	struct xls_record r = { .next = formula->next };
	struct xls_cursor cursor;

	do {
		if (!xls_record_at(&r, book->stream, r.next))
			return damaged(c, e);
	} while (r.type == XLS_SHRFMLA || r.type == XLS_ARRAY || r.type == XLS_TABLE ||
	    r.type == XLS_CONTINUE);
	if (r.type != XLS_STRING)
		return put_empty(c, NATIVE_UNCALCULATED, e);
	cursor = xls_cursor_in(book->stream, &r, 0);
	if (r.body.len == 2 && ole_u16(r.body, 0) == 0)
		return put_empty(c, NATIVE_TEXT, e); /* without the flags of a text */
	if (!(book->old ? xls_text_take_old(&book->text, &cursor, 2)
			: xls_text_take(&book->text, &cursor, 2)))
		return damaged(c, e);
	return put_text(c, e);
}

/*
 * Programs that cannot calculate write an empty text where the value belongs, or 0 with the
 * wish that Excel calculate it. A formula that ends in arithmetic or in SUM has no empty text.
 */
static bool
never_calculated(struct bytes body, bool empty)
{
	enum { ON_LOAD = 2, ADD = 0x03, POWER = 0x07, LESS = 0x09, UNEQUAL = 0x0e };
	struct bytes tokens = bytes_slice(body, 22, ole_u16(body, 20));
	unsigned char last = tokens.len ? (unsigned char)tokens.at[tokens.len - 1] : 0;

	if (ole_u16(body, 14) & ON_LOAD)
		return empty || double_of(body, 6) == 0;
	if (!empty)
		return false;
	if (tokens.len >= 4 && tokens.at[tokens.len - 4] == 0x19 &&
	    tokens.at[tokens.len - 3] == 0x10)
		return true; /* SUM of one range */
	if (tokens.len >= 4 && (tokens.at[tokens.len - 4] & 0x1f) == 0x02 &&
	    ole_u16(tokens, tokens.len - 2) >= 4 && ole_u16(tokens, tokens.len - 2) <= 7)
		return true; /* SUM of several, AVERAGE, MIN, MAX */
	return (last >= ADD && last <= POWER) || (last >= LESS && last <= UNEQUAL);
}

static int
put_formula(const struct cell *c, const struct xls_record *r, struct err *e)
{
	enum { TEXT, BOOLEAN, ERROR, EMPTY };
	struct bytes body = r->body;
	unsigned kind;

	if (body.len < 22)
		return damaged(c, e);
	kind = (unsigned char)body.at[6];
	if (ole_u16(body, 12) != 0xffff) {
		if (never_calculated(body, false))
			return put_empty(c, NATIVE_UNCALCULATED, e);
		return put_number(c, double_of(body, 6), e);
	}
	if (kind == TEXT)
		return put_formula_text(c, r, e);
	if (kind == BOOLEAN)
		return put_boolean(c, (unsigned char)body.at[8], e);
	if (kind == ERROR)
		return put_error(c, (unsigned char)body.at[8], e);
	if (kind != EMPTY)
		return damaged(c, e);
	return put_empty(
	    c, never_calculated(body, true) ? NATIVE_UNCALCULATED : NATIVE_TEXT, e);
}

int
xls_cell_read(struct grid *g, struct xls_book *book, const struct xls_record *r, struct err *e)
{
	struct bytes body = r->body; /* six bytes at least */
	struct cell c = { .g = g,
		.book = book,
		.row = ole_u16(body, 0) + 1,
		.column = ole_u16(body, 2) + 1,
		.style = ole_u16(body, 4) };

	if (c.column > COLUMNS)
		return damaged(&c, e);
	switch (r->type) {
	case XLS_MULRK:
		return put_short_numbers(&c, body, e);
	case XLS_LABEL:
	case XLS_RSTRING:
		return put_label(&c, r, e);
	case XLS_FORMULA:
		return put_formula(&c, r, e);
	case XLS_BOOLERR:
		if (body.len < 8)
			return damaged(&c, e);
		return body.at[7] ? put_error(&c, (unsigned char)body.at[6], e)
				  : put_boolean(&c, (unsigned char)body.at[6], e);
	case XLS_NUMBER:
		return body.len < 14 ? damaged(&c, e) : put_number(&c, double_of(body, 6), e);
	case XLS_RK:
		return body.len < 10 ? damaged(&c, e)
				     : put_number(&c, short_number(ole_u32(body, 6)), e);
	default: /* XLS_LABELSST */
		if (body.len < 10 ||
		    !xls_strings_text(&book->text, &book->strings, ole_u32(body, 6)))
			return damaged(&c, e);
		return put_text(&c, e);
	}
}
