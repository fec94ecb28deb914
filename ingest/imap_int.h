#ifndef INGEST_IMAP_INT_H
#define INGEST_IMAP_INT_H

#include <libetpan/libetpan.h>

#include "base/buf.h"
#include "ingest/source.h"

/*
 * IMAP for source_imap.c: libetpan's grammar over base/wire's connection. Every answer is
 * bounded in time and bytes. All calls: ERR_LATER when the server fails, closes or makes no
 * sense, with its own words quoted.
 */
struct imap {
	struct wire *wire;
	mailimap *session;
	struct imap_guard *guard;
	const char *place; /* for sentences: the source's name */
};

int imap_open(struct imap **out, const struct source_settings *s, struct err *e) MUST_CHECK;
/* Says LOGOUT when the connection is sound, and does not wait for the answer. */
void imap_close(struct imap **i);

/*
 * Before each command: starts its clock; literal is the most bytes one literal of the answer
 * may have, talk the most for all lines together. What is over ends the connection.
 */
void imap_begin(struct imap *i, uint64_t literal, uint64_t talk);
#define IMAP_LITERAL ((uint64_t)64 << 10) /* where no mail is expected */
#define IMAP_TALK    ((uint64_t)1 << 20)

/* What libetpan's result of a command means: OK, or the sentence. "what" completes "cannot …".
 */
int imap_result(struct imap *i, int r, const char *what, struct err *e) MUST_CHECK;

/* Nothing more is sent or read; also the caller's way to say that an answer was not read to its
 * end. */
void imap_give_up(struct imap *i);

/* EXAMINE, or SELECT when write is true; the mailbox in UTF-8. The selection's facts are in
 * i->session then. */
int imap_mailbox(uint32_t *uidvalidity, uint32_t *exists, struct imap *i, const char *mailbox,
    bool write, struct err *e) MUST_CHECK;

/* UIDs in rising order, each once, none 0; *out by malloc. Takes the key over, also on failure.
 */
int imap_search(uint32_t **out, size_t *count, struct imap *i, struct mailimap_search_key *key,
    struct err *e) MUST_CHECK;
/* Rising UIDs as a set; the caller's to free. */
struct mailimap_set *imap_set(const uint32_t *uids, size_t count);

/* One mail of a batch. */
struct imap_mail {
	uint32_t uid;
	uint32_t number;    /* its sequence number when sizes were asked */
	uint64_t size;      /* RFC822.SIZE */
	int64_t received_s; /* INTERNALDATE */
	bool there;         /* the server knew it */
};

/* Fills size, received_s, number and there of each mail; uid is given, in rising order. */
int imap_sizes(struct imap *i, struct imap_mail *mails, size_t count, struct err *e) MUST_CHECK;

/* Where bodies go. begin: ERR_INPUT means this one is not wanted. */
struct imap_sink {
	void *self;
	int (*begin)(void *self, const struct imap_mail *mail, struct err *e);
	int (*add)(void *self, struct bytes more, struct err *e);
	/* wrong NULL: whole; otherwise why not. */
	int (*end)(void *self, const struct imap_mail *mail, const char *wrong, struct err *e);
	/* The server had the mail but no body for it. */
	void (*missing)(void *self, const struct imap_mail *mail);
};

/*
 * Streams the mails (header_most 0) or that many bytes of their headers at most into the sink,
 * in one command; what is gone is left out. limit: the most bytes of one mail.
 */
int imap_bodies(struct imap *i, const struct imap_mail *mails, size_t count, uint64_t limit,
    size_t header_most, const struct imap_sink *sink, struct err *e) MUST_CHECK;

/* The item of a FETCH answer's message, or NULL. */
struct mailimap_msg_att_static *imap_item(const struct mailimap_msg_att *att, int type);

/*
 * A mailbox name in modified UTF-7 (RFC 3501 §5.1.3). false: not UTF-8, empty, or a control
 * character in it.
 */
bool imap_utf7(struct buf *out, struct bytes name);

int imap_settle(const struct source_settings *s, struct settlement *list, size_t count,
    struct err *e) MUST_CHECK;
#define IMAP_KEYWORD "$Giamsat"
#define IMAP_BATCH   200

#endif
