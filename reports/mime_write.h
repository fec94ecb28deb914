#ifndef REPORTS_MIME_WRITE_H
#define REPORTS_MIME_WRITE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

/*
 * Our own mails as bytes: CRLF, ASCII, no line over 76 characters but for a single longer word,
 * none over 998 (RFC 5322, RFC 2045 to 2047, RFC 2231). No byte of a value can begin a new
 * field.
 */

/* Control bytes and line ends in value become one space each, bytes that are no UTF-8 "?";
 * words beyond ASCII are encoded. */
void mime_text(struct buf *out, const char *name, struct bytes value);
/* Printable ASCII as it stands, folded at spaces; ERR_INPUT, with nothing written, for any
 * other byte or a word over 900 bytes. */
int mime_plain(struct buf *out, const char *name, struct bytes value, struct err *e) MUST_CHECK;
/* "Display <address>"; ERR_INPUT when the address is not address_safe (ingest/message.h). */
int mime_mailbox(struct buf *out, const char *name, struct bytes display, struct bytes address,
    struct err *e) MUST_CHECK;
/* Content-Type with name= as encoded words and Content-Disposition with filename= after RFC
 * 2231: what every mail program reads. */
void mime_file_fields(struct buf *out, const char *type, struct bytes file_name);

/* UTF-8 text with LF as quoted-printable with CRLF; also a dot or "From " at the start of a
 * line is encoded. */
void mime_quoted_printable(struct buf *out, struct bytes text);
void mime_base64(struct buf *out, struct bytes b);
/* "<local@domain>" of printable ASCII without blanks, at most 250 bytes. */
bool message_id_safe(struct bytes id);

struct mail_file {
	const char *name, *type;
	struct bytes body;
};

struct mail {
	const char *from_name, *from_address, *to, *subject;
	const char *message_id;  /* ours */
	const char *in_reply_to; /* of the mail that is answered; "" none */
	const char *references;  /* its References, ids separated by spaces; "" none; what is no
	                            id is left out */
	const char *language;    /* "vi" */
	const char *mark;        /* own domain, by which we know our own mail again */
	const char
	    *verdict; /* what the answered message came to, for programs; NULL: nothing */
	int64_t date_s;
	int offset_s;
	struct bytes text, html; /* UTF-8 with LF */
	const struct mail_file *files;
	size_t file_count;
};

/*
 * The whole mail, a pure function of m: boundaries follow from Message-ID and content, so they
 * are the same every time and nobody outside can foresee them. ERR_INPUT when an address or the
 * Message-ID cannot stand in a header.
 */
int mail_write(struct buf *out, const struct mail *m, struct err *e) MUST_CHECK;

#endif
