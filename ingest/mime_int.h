#ifndef INGEST_MIME_INT_H
#define INGEST_MIME_INT_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/bytes.h"

/* What the walker of parts is made of. */

/* --- mime_charset.c */

/*
 * Bytes of that charset (a mail's own spelling; empty or unknown: UTF-8, else CP1258) as UTF-8
 * NFC. What does not fit becomes U+FFFD; TAB and line ends become a space, other control
 * characters go.
 */
struct bytes mime_charset_text(struct arena *a, struct bytes raw, struct bytes charset);
/* Whether the name is one we can read. */
bool mime_charset_known(struct bytes charset);

/* --- mime_words.c */

/* mime_header_text of what is unfolded already; blanks at its ends stay. */
struct bytes mime_words_text(struct arena *a, struct bytes s);
/* Length of the RFC 2047 word that s begins with; 0: none. */
size_t mime_word_length(struct bytes s);

/* --- mime_param.c */

/* A structured field such as Content-Type: a value and parameters (RFC 2045 §5.1, RFC 2231). */
struct mime_value {
	struct bytes value; /* lower case, without comments */
	struct mime_param *params;
	size_t count;
};

void mime_value_read(struct mime_value *out, struct arena *a, struct bytes field);
/* The parameter as it stands (continuations joined, not decoded); empty when missing. */
struct bytes mime_param_raw(struct arena *a, const struct mime_value *v, struct bytes name);
/* The parameter as UTF-8 NFC text: RFC 2231, RFC 2047 words, raw bytes; empty when missing. */
struct bytes mime_param_text(struct arena *a, const struct mime_value *v, struct bytes name);

/* --- mime_decode.c */

enum mime_encoding { MIME_AS_IS, MIME_BASE64, MIME_QUOTED, MIME_UU };

/* By the field's value; unknown ones are MIME_AS_IS. */
enum mime_encoding mime_encoding_of(struct bytes field);
/* The decoded bytes: in out, or raw itself for MIME_AS_IS and for a uuencoded body without its
 * first line. */
struct bytes mime_decode(struct buf *out, struct bytes raw, enum mime_encoding encoding);
/* Base64 that comes in pieces; what is no base64 letter is passed over. All zero is a
 * beginning. */
struct mime_base64 {
	unsigned bits, count, pads;
};
/* Stops behind a complete padding; returns how many bytes of piece were used, at least 1 of a
 * piece that has any. */
size_t mime_base64_add(struct buf *out, struct mime_base64 *state, struct bytes piece);
/* The whole bytes of an unfinished quad. */
void mime_base64_end(struct buf *out, struct mime_base64 *state);
/* -1: no hexadecimal digit. */
int mime_hex(char c);

/* --- mime_uu.c */

struct mime_uu {
	struct bytes name; /* as it stands in the first line */
	struct bytes lines;
};

/* Next "begin MODE NAME" … "end" in *rest, which then stands behind it; false when there is
 * none. */
bool mime_uu_next(struct mime_uu *out, struct bytes *rest);
void mime_uu_decode(struct buf *out, struct bytes lines);

#endif
