#ifndef INGEST_GRID_H
#define INGEST_GRID_H

#include "ingest/limits.h"
#include "ingest/table.h"

/*
 * Between a reader of workbooks and its sink: what all of them have in common, so that one
 * table gives the same rows whatever it was saved as.
 *
 * Cells become rows of composed text without empty cells at their end. A row is one where
 * something stands in a cell of its own; what is only covered by a merge makes no row. What a
 * covered cell hides is not read. Hidden sheets, rows and columns are told once something
 * stands in them ("hidden-sheet"; "hidden-row" with its row; "hidden-column" with its field).
 *
 * Ceilings, control characters and an order that no program writes end the reading with a note.
 */
struct grid;

struct grid *grid_new(struct table_sink *sink, const struct limits *limits);
void grid_free(struct grid **g);

/*
 * Each of these returns the sink's code, or ERR_INPUT once the note that ends the part was
 * sent: grid_refused is true then, and the reading ends with OK.
 */
int grid_sheet(struct grid *g, struct bytes name, bool hidden, struct err *e) MUST_CHECK;
/* Rows from 1, each above the last. */
int grid_row(struct grid *g, uint32_t number, bool hidden, struct err *e) MUST_CHECK;
/*
 * Of the row at hand, columns from 1, in any order; of two for one column the second counts.
 * Text is valid UTF-8 and copied.
 */
int grid_cell(struct grid *g, uint32_t column, enum native native, struct bytes text,
    struct err *e) MUST_CHECK;
/* The row at hand stands there that many times in all, under the numbers that follow. */
void grid_repeat(struct grid *g, uint32_t times);
/* After the last row of the last sheet; a workbook without any is "empty". */
int grid_end(struct grid *g, struct err *e) MUST_CHECK;
int grid_refuse(
    struct grid *g, const char *word, uint32_t row, uint32_t field, struct err *e) MUST_CHECK;
bool grid_refused(const struct grid *g);

/* Of the sheet at hand; columns from 1, both ends included. */
void grid_hide_columns(struct grid *g, uint32_t first, uint32_t last);

struct grid_range {
	uint32_t first_row, last_row, first_column, last_column;
};

/* Cells that are one, before any row behind its first is begun. */
int grid_merge(struct grid *g, struct grid_range cells, struct err *e) MUST_CHECK;

#endif
