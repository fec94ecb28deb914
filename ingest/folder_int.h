#ifndef INGEST_FOLDER_INT_H
#define INGEST_FOLDER_INT_H

#include "ingest/source_int.h"

#define FOLDER_DONE    "done"
#define FOLDER_REFUSED "refused"

/* The names in a directory, sorted by bytes, without "." and "..". */
struct names {
	char **list;
	size_t count;
};

/* 0, or -1 with errno. */
int names_read(struct names *out, int dir);
void names_free(struct names *n);

/* "UNIT/name;size;mtime_ns;inode": another file of the same name has another key. unit may be
 * NULL. */
void folder_key(struct buf *out, const char *unit, const char *name, const struct stat *st);
int folder_settle(const struct source_settings *s, struct settlement *list, size_t count,
    struct err *e) MUST_CHECK;

#endif
