#ifndef INGEST_CHARSET_H
#define INGEST_CHARSET_H

#include "base/buf.h"
#include "ingest/format.h"

/*
 * How a text is written in bytes. To accept another: one that fits strictly, and its line in
 * the list of charset.c, or a struct legacy and its line in charset_legacy.c.
 */
struct charset {
	const char *name;  /* the word of NOTE_ENCODING */
	struct bytes mark; /* byte order mark to skip; empty: none */
	/* The whole body can be this, without any doubtful byte; NULL: words decide. */
	bool (*fits)(const struct table_input *in);
	/*
	 * Appends piece as UTF-8 and gives how many of its bytes were taken: all but a last
	 * character or word that may go on. piece is the rest of the body or at least 64 bytes
	 * of it. NULL: it is UTF-8 already. Called only on what fits.
	 */
	size_t (*decode)(struct buf *out, struct bytes piece);
};

/* NULL: none fits for sure. A text with NUL still fits; its reader says where. */
const struct charset *charset_find(const struct table_input *in);
/*
 * The text of a cell is in fact another: UTF-8 or Vietnamese of eight bits that somebody read
 * as Windows-1252 before. What may be right is not.
 */
bool charset_garbled(struct bytes utf8);
/* A word of NOTE_ENCODING under which every letter has one reading: nobody need be warned. */
static inline bool
charset_is_unicode(struct bytes word)
{
	return bytes_starts(word, BYTES("UTF-"));
}

#endif
