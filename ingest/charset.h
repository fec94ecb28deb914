#ifndef INGEST_CHARSET_H
#define INGEST_CHARSET_H

#include "base/buf.h"
#include "ingest/format.h"

/*
 * How a text is written in bytes. To accept another: one that fits strictly, and its line in
 * the list of charset.c.
 */
struct charset {
	const char *name;  /* the word of NOTE_ENCODING */
	struct bytes mark; /* byte order mark to skip; empty: none */
	/* The whole body can be this, without any doubtful byte. */
	bool (*fits)(const struct table_input *in);
	/*
	 * Appends piece as UTF-8 and gives how many of its bytes were taken: all but a cut last
	 * character. NULL: it is UTF-8 already. Called only on what fits.
	 */
	size_t (*decode)(struct buf *out, struct bytes piece);
};

/* NULL: none fits. A text with NUL still fits; its reader says where. */
const struct charset *charset_find(const struct table_input *in);

#endif
