#ifndef INGEST_ARCHIVE_INT_H
#define INGEST_ARCHIVE_INT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"

/* An entry as the list at the archive's end has it (APPNOTE 4.3.12). */
struct archive_item {
	struct bytes name; /* as it stands */
	bool utf8;         /* it is said to be UTF-8 */
	bool encrypted;
	uint64_t size, packed;
	uint64_t from, to; /* its place in the file, local header and data */
};

/*
 * Reads the list and sees that no two entries share a byte and all lie in front of it. A word
 * as in archive.h.
 */
const char *archive_list(struct archive_item **out, uint32_t *count, struct arena *a,
    struct bytes body, uint32_t most);

/* The name as UTF-8 NFC: as said, or what it most probably is: UTF-8, CP1258, CP437. */
struct bytes archive_name(struct arena *a, const struct archive_item *item);

#endif
