#ifndef INGEST_HEADER_INT_H
#define INGEST_HEADER_INT_H

#include "base/arena.h"
#include "base/bytes.h"

/*
 * The header section of a mail or of a part (RFC 5322 §2.2), as lines. Lines end with LF or
 * CRLF. What a broken program wrapped without indenting still belongs to its field.
 */
struct header_field {
	struct bytes name;
	struct bytes value; /* as it stands, folds included: header_unfold */
};

/*
 * Splits into header section and body. The section ends at the first empty line, or before a
 * line that is neither a field nor part of one. mail: empty lines and an mbox "From " line
 * before the fields are passed over.
 */
void header_split(struct bytes *header, struct bytes *body, struct bytes entity, bool mail);
/* Takes the next field off the front of a header section; false at its end. */
bool header_next(struct header_field *out, struct bytes *header);
/* First field of that name; false when there is none. */
bool header_find(struct bytes *value, struct bytes header, struct bytes name);
/* The value on one line, without blanks at its ends. */
struct bytes header_unfold(struct arena *a, struct bytes value);
/* Takes one line, its end included, off the front; false when *rest is empty. */
bool header_line(struct bytes *line, struct bytes *rest);

#endif
