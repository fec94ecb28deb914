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

/* A word that may lead a name: "Xã", "X."; words of one kind mean the same. */
struct lookup_prefix {
	struct bytes key; /* without marks */
	unsigned kind;    /* from 1 */
};

/* What a reference table's rows are called; shared by all fields that look there. */
struct lookup_names {
	const char *resource, *column;
	const char *const *columns; /* NULL-terminated: of names */
	const struct lookup_prefix *prefixes;
	size_t prefix_count;
	struct finder codes;
	struct finder names, bare; /* keys, with marks and without; also of the names without
	                              their prefix */
	struct finder exact;       /* names as they are written, which most cells are */
	const unsigned *kinds;     /* by row: of its name's prefix; 0: it has none */
};

/* What came after a row that ended: a table of pairs. */
struct lookup_succession {
	const struct reference *table; /* NULL: not known */
	size_t id;                     /* column of the looked-up table that from and to name */
	size_t from, to;
	size_t kind;       /* column that says how much went there; NO_COLUMN: all of it */
	const char *whole; /* its value for all of it */
	size_t on; /* column of the day; NO_COLUMN: the day on which what came after began */
};

struct lookup {
	const struct reference *table;
	size_t column;
	unsigned pad;
	bool key;   /* the field tells rows apart: two old names may not become one */
	int beside; /* field with the name; -1: none */
	const struct lookup_owner *owners; /* any of them; none: every row belongs */
	size_t owner_count;
	const struct lookup_names *by;
	struct lookup_succession succession;
};

enum lookup_result {
	LOOKUP_FOUND,
	LOOKUP_UNKNOWN,
	LOOKUP_ENDED,
	LOOKUP_FOREIGN,
	LOOKUP_AMBIGUOUS
};
/* WAY_OLD: the one successor of what the text names. */
enum lookup_way { WAY_CODE, WAY_PADDED, WAY_NAME, WAY_OLD };

struct lookup_answer {
	enum lookup_result result;
	enum lookup_way way;
	const char *code; /* NULL unless found */
	/* What it may be instead, "06067 Xã Tân Thanh; …": ambiguous: these; ended: what came
	 * after it; unknown: names much the same. NULL: none. */
	const char *candidates;
};

/* Fills the finders of names from its reference table. */
void lookup_names_fill(struct lookup_names *n, struct arena *a, const struct reference *table);
/* The code that text means for the unit (NULL: any) on that day (year 0: any). */
void lookup_find(struct lookup_answer *out, struct arena *a, const struct lookup *l,
    struct bytes text, const struct unit *unit, struct date day);
/* Is this a name of a row with this code? Validity and owners do not matter. */
bool lookup_is_named(
    struct arena *a, const struct lookup *l, const char *code, struct bytes name);

/* lookup_names.c: the key without its prefix, and the prefix' kind (0: none); *bare, the same
 * without marks, is cut alike. */
unsigned lookup_cut_prefix(
    struct bytes *key, struct bytes *bare, const struct lookup_names *names);

/* lookup_choose.c: rows that carry the key, and what is to be made of them. */
struct lookup_choice {
	const struct lookup *lookup;
	struct arena *arena;
	const struct unit *unit;
	struct date day;
};
/* kind 0: any. Rows of another kind are near, not meant. */
void lookup_choose(struct lookup_answer *out, const struct lookup_choice *c,
    const struct finder_entry *entry, size_t count, unsigned kind);
/* Those of the rows that are there on the day and belong, for people; NULL: none. */
const char *lookup_list(
    const struct lookup_choice *c, const struct finder_entry *entry, size_t count);

#endif
