#ifndef REPORTS_YEARLY_H
#define REPORTS_YEARLY_H

#include "base/buf.h"
#include "reports/letter.h"
#include "rules/results.h"

/* The yearly consolidated result, computed once and shown as text, HTML, JSON and XLSX. */

struct yearly_cell {
	enum { YEARLY_EMPTY, YEARLY_TEXT, YEARLY_NUMBER } kind;
	const char *text;
	struct decimal number;
};

struct yearly_table {
	const char *id;
	struct words title;
	const char *const *columns; /* headings in the language of the result */
	const char *const *keys;    /* the same for machines; no two alike */
	size_t column_count;
	struct yearly_cell *const *rows;
	size_t row_count;
	const bool *total_row; /* rows that sum others */
	bool detail;           /* too long for a letter: its total rows stand for it there */
};

struct yearly {
	int year;
	int64_t at_s;
	struct figure_board *board;
	size_t board_count;
	struct yearly_table
	    *tables; /* "units" and "reports" (the board), then those of the campaign */
	size_t table_count;
	uint64_t due, received, on_time, corrected; /* reports */
	char digest[65]; /* of all figures: the same ledger gives the same */
};

/*
 * ERR_INPUT: the ledger cannot answer what the campaign asks (a sum over 18 digits, a form it
 * does not know yet). Sums of what nobody reported are empty, not 0. A change is empty where
 * the year before has nothing, and in a total over units also where the two years have not the
 * same units.
 */
int yearly_compute(struct yearly **out, struct arena *a, const struct letter_context *ctx,
    int year, enum language l, struct err *e) MUST_CHECK;
/* An XLSX of all of it, bytes in out. Text is always written as text: no formula of a sender
 * can get in. */
int yearly_xlsx(struct buf *out, const struct letter_context *ctx, const struct yearly *y,
    enum language l, struct err *e) MUST_CHECK;
void yearly_text(
    struct buf *out, const struct letter_context *ctx, const struct yearly *y, enum language l);
/* JSON lines: one {"table","row":{…}} for each row, and one {"summary":{…}} first. */
void yearly_json(
    struct buf *out, const struct letter_context *ctx, const struct yearly *y, enum language l);

#endif
