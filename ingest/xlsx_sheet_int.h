#ifndef INGEST_XLSX_SHEET_INT_H
#define INGEST_XLSX_SHEET_INT_H

#include "ingest/xlsx_int.h"
#include "ingest/xml.h"

/* ECMA-376 part 1 §18.18.11. */
enum cell_type {
	CELL_NUMBER,
	CELL_SHARED,
	CELL_FORMULA_TEXT,
	CELL_INLINE,
	CELL_BOOLEAN,
	CELL_ERROR,
	CELL_MOMENT,
	CELL_UNKNOWN,
};

/* A worksheet while it is read. */
struct sheet_read {
	struct xlsx_book *book;
	struct err *e;
	int rc; /* the grid's, once it is not OK */

	uint32_t row, column; /* the last in order */
	bool misplaced;       /* the row at hand is not in order: nothing may stand in it */
	uint32_t misplaced_row;
	unsigned misplacements;

	/* The cell at hand; its value is in value, an inline string in text. */
	bool cell_misplaced, has_value, has_formula;
	enum cell_type type;
	uint32_t style;
	struct bytes value;
	struct xlsx_text text;
	struct buf scratch; /* of a text that is not as it was written */
	char room[SERIAL_TEXT];
};

/* Attributes of a row and of a cell; at NULL: not there. */
struct row_start {
	struct bytes number, height, hidden;
};

struct cell_start {
	struct bytes place, style, type;
};

/* --- xlsx_row.c. NULL: go on; else the reading is over, and s->rc says how. */
const char *sheet_row(struct sheet_read *s, const struct row_start *start) MUST_CHECK;
const char *sheet_cell(struct sheet_read *s, const struct cell_start *start) MUST_CHECK;
const char *sheet_cell_end(struct sheet_read *s) MUST_CHECK;
/* The word is told with the cell at hand. */
const char *sheet_refuse(struct sheet_read *s, const char *word);

/* --- xlsx_cell.c */

/*
 * What the cell at hand means; text.at NULL: there is nothing in it. A word: it cannot be read.
 */
const char *xlsx_cell(enum native *native, struct bytes *text, struct sheet_read *s) MUST_CHECK;

/* --- xlsx_quick.c */

/*
 * Nearly all rows are written in one way, and need no parser for all others: that takes most of
 * the time. What is not quite so is none of these, and is XML to be parsed.
 */
struct quick_row;

void quick_row_free(struct quick_row **q);
/*
 * The row at the front of the text, which is UTF-8 so far as it is ours, and its length; false:
 * it is not so written, or not wholly there, and nothing happened. *word as of sheet_row.
 */
bool quick_row_take(size_t *len, const char **word, struct quick_row **q, struct sheet_read *s,
    struct bytes text) MUST_CHECK;

#endif
