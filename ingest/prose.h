#ifndef INGEST_PROSE_H
#define INGEST_PROSE_H

#include "base/bytes.h"

/* Bytes of all texts of a mail that are worth a look: what follows are quoted letters. */
#define PROSE_MOST ((size_t)1 << 20)

/*
 * What a mail's own text offers in the place of an attached table, as a word of
 * NOTE_UNREADABLE: "link-google" … (a link to a file in a cloud), "pasted" (figures in the text
 * itself). NULL: nothing of that sort. The link itself is told to nobody. html: it is a page.
 */
const char *prose_offers(struct bytes text, bool html);

#endif
