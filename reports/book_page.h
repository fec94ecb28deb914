#ifndef REPORTS_BOOK_PAGE_H
#define REPORTS_BOOK_PAGE_H

#include "base/buf.h"
#include "rules/rulebook.h"

/*
 * The data dictionary of a rulebook, for the units: each form with its columns, what they may
 * hold and by which rules they are judged, days on which reports are due, codes, who reports.
 * One HTML page for screens, readers and paper, with nothing outside of it; year: of the days.
 */
int book_page(struct buf *out, struct arena *a, const struct rulebook *r, int year,
    enum language l, struct err *e) MUST_CHECK;

#endif
