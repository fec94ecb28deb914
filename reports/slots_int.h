#ifndef REPORTS_SLOTS_INT_H
#define REPORTS_SLOTS_INT_H

#include "reports/template.h"

/* How values are kept for the texts that ask for them. */

enum slot_kind { SLOT_TEXT, SLOT_FLAG, SLOT_GRID, SLOT_LIST };

struct slot {
	struct slot *next;
	const char *name;
	enum slot_kind kind;
	const char *text;
	bool set;
	const struct grid *grid;
	struct slots *items, *last; /* of a list */
};

struct slots {
	struct arena *a;
	struct slot *first;
	struct slots *next; /* in its list */
};

const struct slot *slot_find(const struct slots *s, struct bytes name);
/* Set, not empty, or with something in it. */
bool slot_is(const struct slot *slot);

#endif
