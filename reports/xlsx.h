#ifndef REPORTS_XLSX_H
#define REPORTS_XLSX_H

#include <xlsxwriter.h>

#include "base/buf.h"
#include "base/err.h"

/*
 * Appends the workbook that write makes at path (a file of memory, gone afterwards); what names
 * it in errors, "the year's workbook".
 */
int xlsx_collect(struct buf *out, const char *what,
    int (*write)(const char *path, void *self, struct err *e), void *self,
    struct err *e) MUST_CHECK;
/* For AUTO: a workbook that is given up. */
void xlsx_drop(lxw_workbook **book);
/* Finishes it; *book is NULL then. */
int xlsx_finish(lxw_workbook **book, const char *what, struct err *e) MUST_CHECK;

#endif
