#ifndef CRON_WORKBOOK_TEXTS_H
#define CRON_WORKBOOK_TEXTS_H

#include "base/err.h"
#include "rules/workbook.h"

/* All texts of letters below folder, by name; a folder without any is no error. */
int workbook_texts_read(struct workbook_text **out, size_t *count, struct arena *a,
    const char *folder, struct err *e) MUST_CHECK;

#endif
