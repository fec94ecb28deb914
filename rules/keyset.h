#ifndef RULES_KEYSET_H
#define RULES_KEYSET_H

#include <stdint.h>

#include "base/arena.h"

/* Keys that were seen, each with the row it was first seen in. Everything in the arena. */
struct keyset;

struct keyset *keyset_new(struct arena *a);
/* The row the key came with the first time; 0 when it is new (it is then kept with this row,
 * which must not be 0). */
uint32_t keyset_add(struct keyset *s, struct bytes key, uint32_t row);
/* 0: not there. */
uint32_t keyset_find(const struct keyset *s, struct bytes key);

#endif
