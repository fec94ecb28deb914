#ifndef INGEST_LEGACY_INT_H
#define INGEST_LEGACY_INT_H

#include <stdbool.h>
#include <stdint.h>

#include "ingest/legacy.h"

struct legacy {
	const char *name; /* as people call it: the word of NOTE_ENCODING */
	/*
	 * The first letter of b, which is not empty, and how many of its bytes it takes. 0: the
	 * bytes mean nothing here. b may end inside a letter of two bytes.
	 */
	size_t (*letter)(uint32_t *rune, struct bytes b);
	bool capitals; /* a font that shows every letter as a capital */
};

/* legacy_table.c: one byte a letter. */
size_t legacy_cp1258(uint32_t *rune, struct bytes b);
size_t legacy_viscii(uint32_t *rune, struct bytes b);
size_t legacy_tcvn3(uint32_t *rune, struct bytes b);
/* Of 0x80 … 0x9f in Windows-1252; 0: none. */
uint32_t legacy_cp1252(unsigned char byte);

/* legacy_vni.c: a byte for the letter and, where it has marks, often one more for them. */
size_t legacy_vni(uint32_t *rune, struct bytes b);

#endif
