#ifndef INGEST_MESSAGE_H
#define INGEST_MESSAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"
#include "ingest/limits.h"

/* Signs that no person wrote this mail and none must be answered (RFC 3834 §2). */
enum automatic {
	AUTO_NONE = 0,
	AUTO_SUBMITTED = 1 << 0,  /* Auto-Submitted other than "no" */
	AUTO_NULL_PATH = 1 << 1,  /* Return-Path: <> */
	AUTO_PRECEDENCE = 1 << 2, /* bulk, list, junk */
	AUTO_LIST = 1 << 3,       /* any List-* field */
	AUTO_ROBOT = 1 << 4,      /* mailer-daemon, no-reply … sent it; X-Autoreply */
	AUTO_REPORT = 1 << 5,     /* multipart/report */
};

/* One Authentication-Results field (RFC 8601), unfolded; position counts header fields from 1
 * at the top. */
struct auth_results {
	struct bytes text;
	unsigned position;
};

/*
 * What the header of a mail says. Text is UTF-8 NFC without control characters; everything
 * lives in the arena it was read into. Nothing of it is proof: sender.h decides.
 */
struct envelope {
	/* Addresses "local@domain", in the order of all From fields; none at all as soon as one
	 * is malformed or a group, because then none can be believed. */
	const struct bytes *from;
	size_t from_count;
	unsigned from_fields;    /* number of From fields; RFC 5322 wants one */
	struct bytes from_name;  /* display name of the first */
	struct bytes message_id; /* with <>; empty when missing or malformed */
	/* Message ids separated by one space, the newest last; In-Reply-To when there are none.
	 */
	struct bytes references;
	struct bytes subject;
	int64_t date_s;     /* 0: none or not a date */
	unsigned automatic; /* of enum automatic */
	const struct auth_results *auth;
	size_t auth_count;
	unsigned received_position; /* of the topmost Received field; 0: none */
};

/* From the header section of the mail. Never fails: what is malformed is left empty. */
void envelope_read(
    struct envelope *out, struct arena *a, struct bytes mail, const struct limits *limits);

/* "local@domain" that may go into an SMTP command: printable ASCII, one @, no <>, blanks,
 * quotes or control bytes, at most 254 bytes. */
bool address_safe(struct bytes address);

#endif
