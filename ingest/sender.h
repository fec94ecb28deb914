#ifndef INGEST_SENDER_H
#define INGEST_SENDER_H

#include "base/date.h"
#include "ingest/message.h"

/* Who may write for whom: an address of a unit, from and to these days. */
struct contact {
	struct bytes address;             /* compared without regard to case */
	struct bytes unit;                /* unit code */
	struct bytes role;                /* "unit" or "coordinator" or "administrator" */
	struct bytes language;            /* "vi", "en"; empty: the campaign's first */
	struct date valid_from, valid_to; /* year 0: open */
};

struct roster {
	const struct contact *contacts;
	size_t count;
};

enum trust {
	TRUST_ROSTER, /* a registered From is enough */
	/* … and an Authentication-Results field (RFC 8601) of our border's authserv-id says
	 * dmarc=pass, or dkim=pass by the From domain or one above it. Only fields above the
	 * topmost Received count: see auth_int.h. */
	TRUST_AUTHENTICATED,
};

struct sender_policy {
	enum trust trust;
	const char *authserv_id; /* of our border, for TRUST_AUTHENTICATED */
	const char *own_address; /* ours: mail from it is never read or answered */
	const char *own_domain;  /* right side of our Message-IDs */
};

enum sender_kind {
	SENDER_UNIT,      /* data accepted, answer owed */
	SENDER_STRANGER,  /* not registered on that day: no data */
	SENDER_UNPROVEN,  /* registered, but not authenticated as the campaign asks: no data */
	SENDER_AMBIGUOUS, /* not exactly one From with one address: no data, no answer */
	SENDER_AUTOMATIC, /* a machine wrote it: no data, no answer */
	SENDER_OURSELVES,
};

struct sender {
	enum sender_kind kind;
	struct bytes address;          /* the From address, lower case; empty when ambiguous */
	const struct contact *contact; /* SENDER_UNIT, SENDER_UNPROVEN; NULL otherwise */
	const char *reason;            /* English words for logs and digest; no address in it */
};

/*
 * Pure. day is when the mail arrived. The result borrows from envelope and roster. Only
 * contacts whose role is "unit" make a SENDER_UNIT; coordinators and administrators report for
 * nobody.
 */
void sender_judge(struct sender *out, struct arena *a, const struct envelope *env,
    const struct roster *roster, const struct sender_policy *policy, struct date day);

#endif
