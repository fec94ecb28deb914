#ifndef STORE_ENTRY_H
#define STORE_ENTRY_H

#include "ingest/frame.h"
#include "ingest/sender.h"
#include "rules/bench.h"
#include "rules/verdict.h"
#include "store/ledger.h"

/*
 * One transaction admits a message with all of it: what its header said, each table's
 * submission with rows and findings, what it replaces, and the letters now owed. All or
 * nothing. An entry that is not committed rolls back.
 */
struct entry;

enum message_state {
	MESSAGE_READ,       /* judged (accepted or refused: see its submissions) */
	MESSAGE_UNREADABLE, /* no table in it */
	MESSAGE_STRANGER,
	MESSAGE_UNPROVEN,
	MESSAGE_AMBIGUOUS,
	MESSAGE_AUTOMATIC,
	MESSAGE_OURS,
	MESSAGE_TOO_LARGE,
	MESSAGE_QUARANTINED, /* its reader crashed, passed a limit or sent nonsense: a person
	                        decides */
};

/* ERR_INPUT: there is no such message, or it does not wait to be read. One entry at a time. */
int entry_begin(struct entry **out, struct ledger *l, int64_t message, int64_t run,
    int64_t now_s, struct err *e) MUST_CHECK;
/* Safe to call with NULL inside; rolls back. */
void entry_drop(struct entry **entry);
/* Header facts (NULL for a bare file) and who sent it (address and unit; NULL unit: none). */
int entry_sender(struct entry *entry, const struct envelope *env, const struct sender *who,
    struct err *e) MUST_CHECK;

struct entry_part {
	const struct part_facts *facts;
	const struct verdict *verdicts; /* one for each sheet */
	size_t count;
	const char *unreadable; /* word when no table could be read; NULL */
	const char *encoding;   /* converted from; NULL */
};
/*
 * A part with its verdicts; without any, it is one refused submission. Same bytes (sha256) and
 * sheet accepted before from this unit for this form and period, superseded since or not, with
 * a verdict valid: recorded as a duplicate, not loaded again, its findings not repeated. A
 * valid verdict for (unit, form, period) that has an accepted one becomes its next version and
 * supersedes it: the order of admission decides, and ledger_unread gives the oldest first. Late
 * when the message arrived after the due day, in the campaign's zone. *accepted, *refused,
 * *duplicates count submissions (added to).
 */
int entry_part(struct entry *entry, const struct entry_part *part, struct bench *b,
    unsigned *accepted, unsigned *refused, unsigned *duplicates, struct err *e) MUST_CHECK;
/*
 * After the parts: accepted reports that go on from, or are compared with, what this entry
 * accepted are asked again by the rules that read the past; what no longer agrees, or agrees
 * again, becomes a doubt of theirs or ends one. Nothing else about them changes. There are
 * ceilings: those nearest in time are asked first, and after a rule that failed none is.
 */
struct entry_again {
	unsigned asked, left_out;          /* reports; beyond the ceiling or behind a failure */
	const struct rule_failure *failed; /* in the entry's memory */
	size_t failed_count;
};
int entry_again(
    struct entry_again *out, struct entry *entry, struct bench *b, struct err *e) MUST_CHECK;
/* The state of the message, without which it is not committed, and, when not NULL, a short
 * English reason without personal data. */
int entry_state(struct entry *entry, enum message_state state, const char *reason,
    struct err *e) MUST_CHECK;
/*
 * A receipt is owed to this address (a mail), or, address "", a note beside the file. Not
 * recorded when the address has had limit letters in 24 hours before now_s (notes have no
 * limit). *owed false then. Its Message-ID is derived from the original's digest.
 */
int entry_owe_receipt(bool *owed, struct entry *entry, struct bytes address,
    struct bytes language, const char *own_domain, unsigned limit, struct err *e) MUST_CHECK;
/* The entry is used up, also when it fails. */
int entry_commit(struct entry **entry, struct err *e) MUST_CHECK;

#endif
