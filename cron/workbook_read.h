#ifndef CRON_WORKBOOK_READ_H
#define CRON_WORKBOOK_READ_H

#include "cron/command.h"
#include "rules/workbook.h"

/*
 * Reads a workbook named on the command line, in the jail as whatever came by mail is, into
 * arena a. *exit_code tells what the command should end with when it fails.
 */
int workbook_read(struct workbook *out, struct arena *a, const char *path, int *exit_code,
    struct err *e) MUST_CHECK;

#endif
