#ifndef REPORTS_WORKBOOK_XLSX_H
#define REPORTS_WORKBOOK_XLSX_H

#include "base/buf.h"
#include "rules/workbook.h"

/*
 * Appends the workbook as .xlsx: a sheet that explains, then each sheet with two rows of
 * headings, hints, drop-downs. at_s: when it was made, seconds of the epoch.
 */
int workbook_xlsx(
    struct buf *out, const struct workbook *w, int64_t at_s, struct err *e) MUST_CHECK;

#endif
