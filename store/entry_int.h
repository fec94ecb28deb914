#ifndef STORE_ENTRY_INT_H
#define STORE_ENTRY_INT_H

#include "rules/past.h"
#include "store/entry.h"
#include "store/ledger_int.h"

struct entry {
	struct ledger *ledger;
	struct db *open; /* the transaction */
	struct arena *arena;
	int64_t message, run, now_s, received_s;
	char digest[65];
	int64_t released; /* times it was let out of quarantine */
	const char *unit; /* of the sender; "" */
	/* reports it accepted, and what each took the place of */
	struct past_report *accepted;
	int64_t *superseded;
	size_t accepted_count;
	bool taken, decided;
};

/* How the states of messages stand in the ledger. */
extern const char *const entry_states[];

#endif
