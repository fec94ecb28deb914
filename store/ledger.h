#ifndef STORE_LEDGER_H
#define STORE_LEDGER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "rules/rulebook.h"

/*
 * The ledger: one SQLite file (STRICT tables, WAL, synchronous FULL, foreign keys,
 * application_id, user_version with numbered migrations) and beside it the folder of originals.
 * Everything that came in ends here; everything that goes out is read from here. All statements
 * stand in one catalogue and are prepared once.
 */
struct ledger;

/*
 * Opens state_dir/ledger.db, makes or migrates it, and fits the row tables to the campaign's
 * forms: compatible changes (new optional columns, new forms) are made, others are ERR_INPUT
 * with the reason: the campaign is refused. A corrupt, foreign or newer ledger is ERR_STOP.
 * Held by another writer for over 30 s: ERR_LATER. The rulebook must outlive the ledger.
 */
int ledger_open(struct ledger **out, const char *state_dir, const struct rulebook *r,
    struct err *e) MUST_CHECK;
/* For commands that only look. ERR_INPUT: there is no ledger yet, or it is of an older program.
 */
int ledger_open_reading(struct ledger **out, const char *state_dir, const struct rulebook *r,
    struct err *e) MUST_CHECK;
/* Would ledger_open take the rulebook it was opened for? ERR_INPUT as there: its forms do not
 * fit the rows that are there. */
int ledger_fits(struct ledger *l, struct err *e) MUST_CHECK;
void ledger_close(struct ledger **l);

/* ---- runs ---- */

struct run {
	int64_t id;
	int64_t began_s, ended_s;
	const char *version, *rules; /* of the program; digest of the rulebook */
	uint64_t fetched, accepted, refused, unreadable, stranger, automatic, duplicate,
	    quarantined, settled, sent, unsent, source_errors;
	int exit_code;
};
int ledger_run_begin(struct run *run, struct ledger *l, struct err *e) MUST_CHECK;
int ledger_run_end(const struct run *run, struct ledger *l, struct err *e) MUST_CHECK;

/* ---- what arrived ---- */

/* Has this place been taken in? Cheap: one index look-up. */
bool ledger_knows(struct ledger *l, const char *source, const char *key);

/* One original that is durable in the originals folder (or, when refused_word is set, was never
 * fetched). */
struct arrived {
	const char *source, *key;
	char digest[65]; /* of the bytes; never fetched: of the header, or else of source and
	                    key */
	uint64_t bytes;
	bool mail;
	const char *name, *unit; /* folder: file name, unit told by the folder; "" */
	int64_t received_s, fetched_s;
	const char *refused_word; /* "too-large", "not-a-file"; NULL: to be read */
};
/*
 * Records a batch in one transaction. Bytes already known (same digest) become one more place
 * of the same message, not a new message: *fresh says for each which it was (may be NULL). A
 * place already known stays what it was.
 */
int ledger_arrived(struct ledger *l, int64_t run, const struct arrived *list, size_t count,
    bool *fresh, struct err *e) MUST_CHECK;

/* ---- what is to be read ---- */

struct unread {
	int64_t id;
	char digest[65];
	bool mail;
	const char *source, *name, *unit;
	uint64_t bytes;
	int64_t received_s;
	unsigned attempts;        /* before this one */
	const char *refused_word; /* NULL; or never fetched: answer only; of a mail its header
	                             lies in the originals under digest */
};
/* Messages to read, oldest first, at most max; those with attempts >= nights are not among
 * them. In arena a. */
int ledger_unread(struct unread **out, size_t *count, struct arena *a, struct ledger *l,
    size_t max, unsigned nights, struct err *e) MUST_CHECK;
/* Counts one attempt for each, committed before any is read. */
int ledger_attempt(
    struct ledger *l, const int64_t *ids, size_t count, struct err *e) MUST_CHECK;
/* Gives back an attempt that was counted but never begun. */
int ledger_attempt_return(
    struct ledger *l, const int64_t *ids, size_t count, struct err *e) MUST_CHECK;
/* Messages whose attempts are used up go to quarantine; how many, in *count; ids of the new
 * ones in arena. */
int ledger_quarantine_spent(int64_t **ids, size_t *count, struct arena *a, struct ledger *l,
    unsigned nights, int64_t now_s, struct err *e) MUST_CHECK;

/*
 * Entries between these two are made durable together: each still is all or nothing, but
 * nothing may be settled or sent for them before ledger_group_commit. A group that was never
 * committed is undone when the ledger is closed.
 */
int ledger_group_begin(struct ledger *l, struct err *e) MUST_CHECK;
int ledger_group_commit(struct ledger *l, struct err *e) MUST_CHECK;
/* Undoes what the group holds so far; nothing when there is no group. */
void ledger_group_drop(struct ledger *l);

/* ---- what is to be settled at the sources ---- */

struct unsettled {
	int64_t id; /* of the place */
	int64_t message;
	const char *key;
	bool refused; /* nothing of the message was accepted, now or, of what it repeats, before
	               */
};
/* Places of this source whose message is decided (read or quarantined) but not yet settled
 * there. */
int ledger_unsettled(struct unsettled **out, size_t *count, struct arena *a, struct ledger *l,
    const char *source, struct err *e) MUST_CHECK;
int ledger_settled(struct ledger *l, const int64_t *places, size_t count, int64_t now_s,
    struct err *e) MUST_CHECK;

/* ---- quarantine ---- */

struct quarantined {
	int64_t id;
	char digest[65];
	const char *source, *key, *reason, *sender, *subject;
	uint64_t bytes;
	int64_t received_s, since_s;
};
int ledger_quarantine(struct quarantined **out, size_t *count, struct arena *a,
    struct ledger *l, struct err *e) MUST_CHECK;
/* Back to unread with attempts 0; or given up for good (stays in the ledger as dropped).
 * ERR_INPUT: no such id there. */
int ledger_release(struct ledger *l, int64_t id, struct err *e) MUST_CHECK;
int ledger_drop(struct ledger *l, int64_t id, struct err *e) MUST_CHECK;

#endif
