#ifndef INGEST_FORMAT_INT_H
#define INGEST_FORMAT_INT_H

#include "base/bytes.h"

/*
 * What format_seems is made of: a word of NOTE_UNREADABLE, or NULL when it is none of the kinds
 * looked for. Each is asked only for bytes that begin as its kind does.
 */

/* A ZIP: by the names in its list. Never NULL: "zip" is one that holds files. */
const char *seems_zip(struct bytes body);
/* An OLE compound file: by what stands in its topmost folder. Never NULL. */
const char *seems_compound(struct bytes body);
/* Text that is no table: markup, mails, shortcuts. */
const char *seems_text(struct bytes body);

/* Of the first bytes, where signatures of text are looked for. */
#define SEEMS_HEAD 4096

static inline bool
seems_holds(struct bytes body, struct bytes needle)
{
	return bytes_find(body, needle) < body.len;
}

#endif
