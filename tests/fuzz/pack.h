#ifndef TESTS_FUZZ_PACK_H
#define TESTS_FUZZ_PACK_H

#include <stdint.h>

#include "base/buf.h"

/* A ZIP in memory, its entries stored and rightly summed; begins as { 0 }, ends with pack_free.
 */
struct pack {
	struct buf zip, directory;
	uint32_t count;
};

void pack_add(struct pack *p, struct bytes name, struct bytes content);
/* The whole file, borrowed from the pack. */
struct bytes pack_end(struct pack *p);
void pack_free(struct pack *p);

#endif
