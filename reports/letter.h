#ifndef REPORTS_LETTER_H
#define REPORTS_LETTER_H

#include "base/buf.h"
#include "store/figures.h"

/* What every letter needs to know beside the ledger. */
struct letter_context {
	const struct rulebook *rulebook;
	const struct results *results; /* rules/results.h; the yearly result's tables */
	struct ledger *ledger;
	const char *own_address, *own_name, *own_domain; /* From */
	const char *help_name, *help_phone;              /* whom a clerk may call; "" */
	int64_t now_s;
	enum language language; /* when the recipient has none */
	const struct run
	    *run; /* the run at work, whose counts the ledger does not have yet; NULL */
};

/*
 * Composes the letter from the ledger: a whole mail (RFC 5322, MIME) with CRLF, ASCII header,
 * Date of ctx->now_s, its own Message-ID, threaded to the message it answers, RFC 3834 fields,
 * bodies quoted-printable, attachments base64. Pure in (ledger, letter, now). *subject is the
 * decoded subject, in the arena. ERR_STOP names the campaign's text that is missing or wrong;
 * ERR_INPUT: the letter's address or Message-ID cannot stand in a header.
 */
int letter_compose(const char **subject, struct buf *out, struct arena *a,
    const struct letter_context *ctx, const struct letter *letter, struct err *e) MUST_CHECK;
/* The same words as plain UTF-8 text with LF: the note laid beside a dropped file. */
int letter_note(const char **subject, struct buf *out, struct arena *a,
    const struct letter_context *ctx, const struct letter *letter, struct err *e) MUST_CHECK;

/*
 * Reads every text that a letter may need, in every language, as
 * <campaign>/texts/<language>/<name>.txt (a campaign without a folder for one language speaks the
 * other to everybody); what is missing, malformed or asks for unknown names
 * is added to m as "texts/vi/accepted.txt: sentence". ERR_STOP when m got any.
 */
int letter_check_texts(
    struct arena *a, const struct rulebook *r, struct mistakes *m, struct err *e) MUST_CHECK;

#endif
