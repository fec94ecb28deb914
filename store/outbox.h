#ifndef STORE_OUTBOX_H
#define STORE_OUTBOX_H

#include "store/ledger.h"

/*
 * Letters owed. One is born in the transaction that caused it, with its Message-ID; its bytes
 * are composed once, kept, and only then sent; every try sends the same bytes.
 */
enum letter_kind { LETTER_RECEIPT, LETTER_YEARLY, LETTER_DIGEST };
enum sent {
	SENT_OK,
	SENT_TEMPORARY,
	SENT_PERMANENT,
	SENT_UNKNOWN,
	SENT_AWAY, /* no letter could be offered: no connection, no TLS, no login; says nothing
	              of this one */
};

struct letter {
	int64_t id;
	enum letter_kind kind;
	int64_t message; /* receipt: which message it answers; 0 */
	const char
	    *subject_key; /* yearly: "2023"; digest: its day; receipt: digest of the message */
	const char *recipient; /* address; "" a note beside a file (settle phase takes it) */
	const char *language;
	const char *message_id; /* "<…@own-domain>" */
	int64_t owed_s;
	unsigned tries;
	struct bytes bytes; /* empty until composed */
};

/* Letters by mail not yet gone, oldest first, id > after; *out NULL at the end. Those tried
 * this run (run id) are left out. */
int outbox_next(struct letter **out, struct arena *a, struct ledger *l, int64_t run,
    int64_t after, struct err *e) MUST_CHECK;
/* The note owed beside a file for this message; *out NULL: none. */
int outbox_note(struct letter **out, struct arena *a, struct ledger *l, int64_t message,
    struct err *e) MUST_CHECK;
/* ERR_STOP: it has its bytes already. */
int outbox_compose(struct ledger *l, int64_t letter, const char *subject, struct bytes bytes,
    struct err *e) MUST_CHECK;
/* Committed before the first byte is sent: after a crash the outcome is unknown, not "never
 * tried". */
int outbox_trying(struct ledger *l, int64_t letter, int64_t run, struct err *e) MUST_CHECK;
int outbox_done(struct ledger *l, int64_t letter, enum sent outcome, const char *answer,
    int64_t now_s, struct err *e) MUST_CHECK;
/* Owes a letter once per (kind, subject_key, recipient); *fresh says whether it was new. */
int outbox_owe(bool *fresh, struct ledger *l, enum letter_kind kind, const char *subject_key,
    const char *recipient, const char *language, const char *own_domain, int64_t now_s,
    struct err *e) MUST_CHECK;
/* Letters by mail not yet gone nor refused for good. */
int outbox_waiting(uint64_t *count, struct ledger *l, struct err *e) MUST_CHECK;

#endif
