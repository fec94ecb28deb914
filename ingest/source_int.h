#ifndef INGEST_SOURCE_INT_H
#define INGEST_SOURCE_INT_H

#include <sys/stat.h>

#include "base/arena.h"
#include "base/buf.h"
#include "ingest/source.h"

/* What sources of files share. */

/* Names that programs give to what they are still writing or have locked; also every name with
 * a leading dot. */
bool name_temporary(const char *name);
/* Appends the name with '%', ';', '/' and what is not printable UTF-8 as %XX, so that it fits
 * into a key; and back. */
void name_encode(struct buf *out, struct bytes name);
bool name_decode(struct buf *out, struct bytes text);
/* As people see it: UTF-8 NFC; bytes that are no UTF-8 are shown as \xNN. */
struct bytes name_shown(struct arena *a, const char *name);

/*
 * Streams an open regular file into the intake as one arrival and ends it; whole only when it
 * is the same file with the same size and time after reading as before. ERR_INPUT from begin is
 * passed over. Reads at most limits->mail_bytes.
 */
int file_take(const struct source_settings *s, struct intake *in, int fd,
    const struct stat *before, const struct arrival *a, struct err *e) MUST_CHECK;
/* Nanoseconds since the epoch. */
int64_t mtime_ns(const struct stat *st);

#endif
