#ifndef STORE_PAST_H
#define STORE_PAST_H

#include "rules/past.h"
#include "store/ledger.h"

/* What the ledger says of earlier reports: those in force, also of the transaction at work. Ids
 * are those of submissions. Valid as long as the ledger. */
struct past ledger_past(struct ledger *l);

#endif
