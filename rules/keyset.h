#ifndef RULES_KEYSET_H
#define RULES_KEYSET_H

#include <stdint.h>

#include "base/arena.h"

/* Keys that were seen, each with the row it was first seen in. Everything in the arena. */
struct keyset;

struct keyset *keyset_new(struct arena *a);
/* What stands for the key in this set. Its place is fetched meanwhile, for who adds it a little
 * later. */
struct keyset_key {
	uint64_t hash;
	uint32_t more;
};
struct keyset_key keyset_key(const struct keyset *s, struct bytes key);
uint32_t keyset_add_key(struct keyset *s, struct keyset_key key, uint32_t row);

/* The row the key came with the first time; 0 when it is new (it is then kept with this row,
 * which must not be 0). */
uint32_t keyset_add(struct keyset *s, struct bytes key, uint32_t row);
/* 0: not there. */
uint32_t keyset_find(const struct keyset *s, struct bytes key);

#endif
