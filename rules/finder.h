#ifndef RULES_FINDER_H
#define RULES_FINDER_H

#include <stdint.h>

#include "base/arena.h"

/* Which rows carry a key: filled once, sorted, then asked by binary search. One key may lead to
 * several rows. */
struct finder_entry {
	struct bytes key;
	uint32_t row;
};

struct finder {
	struct finder_entry *entries;
	size_t count;
};

/* An empty key is not kept. */
void finder_add(struct finder *f, struct arena *a, struct bytes key, uint32_t row);
/* Sorts and drops pairs that are there twice. */
void finder_sort(struct finder *f);
/* How many rows have the key; the first is (*first)->row, the others follow. */
size_t finder_find(const struct finder_entry **first, const struct finder *f, struct bytes key);

#endif
