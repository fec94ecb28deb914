#ifndef INGEST_MIME_H
#define INGEST_MIME_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"
#include "ingest/limits.h"

/* A leaf of the tree of parts (RFC 2045-2049), decoded. */
struct mime_part {
	struct bytes name;    /* UTF-8 NFC, without control characters, cut at 1024 bytes; empty
	                         when the part has none */
	struct bytes type;    /* "text/csv", lower case, without parameters */
	struct bytes charset; /* as declared; empty */
	struct bytes body;    /* decoded bytes */
	bool is_inline;       /* Content-Disposition: inline, or none on a part without name */
	bool embedded; /* it has a Content-ID and is not called an attachment: the text shows it
	                  (RFC 2392) */
	bool attachment; /* what a person sees as an attached file: has a name, or disposition
	                    attachment */
};

struct mime_sink {
	void *self;
	/* The part and its bytes live until the call returns. Not OK ends the walk with that
	 * code. */
	int (*part)(void *self, const struct mime_part *part, struct err *e);
};

/*
 * Walks the mail; every leaf goes to the sink, in order: also uuencoded files in text, and what
 * lies inside message/rfc822, multipart/signed and related. Tolerant of what real mail programs
 * write: last delimiter without "--", none at all, raw 8-bit names. ERR_INPUT: a ceiling was
 * passed (the sentence says which).
 */
int mime_walk(struct bytes mail, const struct limits *limits, struct mime_sink *sink,
    struct err *e) MUST_CHECK;

/* Header text with RFC 2047 words decoded and raw bytes taken as UTF-8, else CP1258; NFC, no
 * controls. */
struct bytes mime_header_text(struct arena *a, struct bytes raw);

/*
 * NULL-terminated: every charset the above ever ask iconv for. A jailed reader can open only
 * those that its parent has open at the fork.
 */
const char *const *mime_charsets(void);

#endif
