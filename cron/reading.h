#ifndef CRON_READING_H
#define CRON_READING_H

#include "cron/command.h"
#include "ingest/jail.h"

/*
 * Opens a file named on the command line for a reader of the jail. *exit_code tells what the
 * command should end with when it fails: EXIT_MISSING, EXIT_UNREADABLE, EXIT_LATER.
 */
int reading_open_file(struct reading **out, int *fd, const char *path, struct jail *jail,
    struct jail_job *job, int *exit_code, struct err *e) MUST_CHECK;

/* Base name of a path, in valid UTF-8 NFC. */
struct bytes reading_name(struct arena *a, const char *path);

#endif
