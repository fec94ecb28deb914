#ifndef RULES_CASES_INT_H
#define RULES_CASES_INT_H

#include "rules/cases.h"
#include "rules/descriptor.h"

/* A case as it stands in its file. Bases are looked for by name, and read once. */
struct raw_case {
	const struct at *at;
	const char *name;
	const char *place;
	enum { RAW_NEW, RAW_OPEN, RAW_READ } state;
	bool is_base; /* of another */
	struct case_table table;
};

struct case_reader {
	struct arena *arena;
	const struct rulebook *book;
	struct raw_case *raw;
	size_t count;
};

/* cases_table.c: the table of one case, with that of its base. */
void case_table_of(struct raw_case *c, struct case_reader *r);
/* One of "before" or "with": what it does not say it has from like, which has no rows. */
void case_table_beside(struct case_table *out, struct case_reader *r, const struct at *at,
    const struct case_table *like);

#endif
