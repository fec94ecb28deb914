#ifndef RULES_FINDINGS_FOLD_H
#define RULES_FINDINGS_FOLD_H

#include "rules/rulebook.h"

/* Findings that say the same of several rows, for people: told once, with their cells as
 * ranges. Machines get each. */

/* One finding as it would be told. */
struct fold_item {
	uint32_t row, column; /* 0: none */
	enum level level;
	const char *rule, *value, *message; /* in one language */
};

struct fold {
	size_t first; /* the item that stands for all of them */
	size_t count;
	const char *cells;   /* "D17:D40, D43", or rows "17–40, 43"; NULL: there is one */
	const char *message; /* where it names its cell or row, all are named */
};

/*
 * items in order of rows. *out, in order of their first items, lives in the arena. Those are
 * the same that agree in column, level, rule, value and words, but for the cell or row they
 * name as their own.
 */
size_t findings_fold(
    struct fold **out, struct arena *a, const struct fold_item *items, size_t count);

#endif
