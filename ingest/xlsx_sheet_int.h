#ifndef INGEST_XLSX_SHEET_INT_H
#define INGEST_XLSX_SHEET_INT_H

#include "ingest/xlsx_int.h"

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
	/* The innermost element that we know, and how deep we are in one that we do not. */
	enum {
		AT_NOTHING,
		AT_SHEET,
		AT_COLUMNS,
		AT_ROWS,
		AT_ROW,
		AT_CELL,
		AT_VALUE,
		AT_INLINE
	} at;
	unsigned skipped, depth; /* depth: inside an inline string */

	uint32_t row, column; /* the last in order */
	bool misplaced;       /* the row at hand is not in order: nothing may stand in it */
	uint32_t misplaced_row;

	/* The cell at hand. */
	bool cell_misplaced, has_value, has_formula;
	enum cell_type type;
	uint32_t style;
	struct buf value;
	struct xlsx_text text;
	struct buf converted;
	char room[SERIAL_TEXT];
};

/*
 * xlsx_cell.c: what the cell at hand means; text.at NULL: there is nothing in it. A word: it
 * cannot be read.
 */
const char *xlsx_cell(enum native *native, struct bytes *text, struct sheet_read *s) MUST_CHECK;

#endif
