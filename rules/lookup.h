#ifndef RULES_LOOKUP_H
#define RULES_LOOKUP_H

#include "rules/finder.h"
#include "rules/rulebook.h"

/* Codes of a reference table with validity and owners: "giamsat:lookup" of docs/CAMPAIGN.md. */

/* A column of the reference table that must equal a column of the unit. */
struct lookup_pair {
	size_t table_column, unit_column;
};

struct lookup_owner {
	const struct lookup_pair *pairs;
	size_t count;
};

/* What a reference table's rows are called; shared by all fields that look there. */
struct lookup_names {
	const char *resource, *column;
	const char *const *columns; /* NULL-terminated: of names */
	struct finder codes, names, bare,
	    exact; /* exact: names as they are written, which most cells are */
};

struct lookup {
	const struct reference *table;
	size_t column;
	unsigned pad;
	int beside;                        /* field with the name; -1: none */
	const struct lookup_owner *owners; /* any of them; none: every row belongs */
	size_t owner_count;
	const struct lookup_names *by;
};

enum lookup_result {
	LOOKUP_FOUND,
	LOOKUP_UNKNOWN,
	LOOKUP_ENDED,
	LOOKUP_FOREIGN,
	LOOKUP_AMBIGUOUS
};
enum lookup_way { WAY_CODE, WAY_PADDED, WAY_NAME };

/* Fills the finders of names from its reference table. */
void lookup_names_fill(struct lookup_names *n, struct arena *a, const struct reference *table);
/* The code that text means for the unit (NULL: any) on that day (year 0: any). *code is left
 * alone unless found. */
enum lookup_result lookup_find(const char **code, enum lookup_way *way, struct arena *a,
    const struct lookup *l, struct bytes text, const struct unit *unit, struct date day);
/* Is this a name of a row with this code? Validity and owners do not matter. */
bool lookup_is_named(
    struct arena *a, const struct lookup *l, const char *code, struct bytes name);

#endif
