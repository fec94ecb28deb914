#ifndef REPORTS_WORKBOOK_XLSX_INT_H
#define REPORTS_WORKBOOK_XLSX_INT_H

#include "reports/workbook_xlsx.h"
#include "reports/xlsx.h"

/* A workbook while it is written. */
struct book_writer {
	struct arena *arena;
	lxw_workbook *book;
	const struct workbook *from;
	lxw_format *title, *section, *vi, *en, *text, *general, *wrapped, *example;
	lxw_worksheet *lists; /* what drop-downs offer; hidden */
	lxw_col_t list_count;
	const char *const *last_choices; /* the list made last, and its formula */
	const char *last_formula;
	const char *picks[PICKS]; /* formula of each; NULL: nothing to pick from */
};

/* workbook_lists.c: the sheet behind the drop-downs, before any sheet that has some. */
int book_lists(struct book_writer *w, struct err *e) MUST_CHECK;
/* Drop-downs and hints of a sheet's columns, over as many rows of data and more. */
void book_choices(struct book_writer *w, lxw_worksheet *sheet, const struct workbook_sheet *s);
/* workbook_guide.c: the first sheet. */
int book_guide(struct book_writer *w, struct err *e) MUST_CHECK;

/* workbook_height.c: the most lines of a row's texts, each in a column of that width; and a row
 * as high as that. */
void height_add(unsigned *lines, const char *text, double width);
void height_set(lxw_worksheet *sheet, lxw_row_t row, unsigned lines);

#endif
