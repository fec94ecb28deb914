#ifndef STORE_LEDGER_INT_H
#define STORE_LEDGER_INT_H

#include "store/db.h"
#include "store/ledger.h"

/* Statements of one form for what rules ask; NULL until used. */
struct earlier {
	sqlite3_stmt *rows, *unofficial;
};

struct ledger {
	struct db db;
	const struct rulebook *rulebook;
	sqlite3_stmt **inserts;  /* [form of the rulebook]; NULL until used */
	struct earlier *earlier; /* [form of the rulebook] */
	bool in_entry;
};

/* The INSERT of the form's rows, prepared once. */
int ledger_insert(
    sqlite3_stmt **out, struct ledger *l, const struct form *f, struct err *e) MUST_CHECK;

/* How many rows the last statement changed. */
int64_t ledger_changes(struct ledger *l);

#endif
