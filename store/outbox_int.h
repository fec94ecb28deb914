#ifndef STORE_OUTBOX_INT_H
#define STORE_OUTBOX_INT_H

#include "store/ledger_int.h"
#include "store/outbox.h"

struct owing {
	enum letter_kind kind;
	int64_t message; /* 0: none */
	const char *subject_key;
	struct bytes recipient, language;
	const char *own_domain;
	int64_t now_s;
};

/* Records it, in the transaction that is open or in its own; *fresh false: it was owed before.
 */
int outbox_add(bool *fresh, struct ledger *l, const struct owing *o, struct err *e) MUST_CHECK;

#endif
