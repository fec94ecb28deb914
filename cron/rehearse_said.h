#ifndef CRON_REHEARSE_SAID_H
#define CRON_REHEARSE_SAID_H

#include "rules/verdict.h"

enum { THEN, NOW };

struct told {
	uint32_t row, column; /* 0: of no row, no column */
	struct words message; /* NULL: nothing is said about it */
};

/* What one rule (or, without one, one type of finding) said of a table then and now. */
struct said {
	const char *rule;
	uint64_t bad[2], warned[2]; /* error and reject; warning */
	struct told first[2];       /* of the bad ones */
};

struct said_list {
	struct said *list;
	size_t count;
};

void said_take(struct said_list *l, struct arena *a, int when, enum level level,
    const char *rule, const struct told *told);

#endif
