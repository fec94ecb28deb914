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
	/* A letter with a tone has no capital: "BìNH" was meant for "BÌNH". */
	bool small_tones;
};

extern const struct legacy legacy_tcvn3, legacy_vni, legacy_viscii, legacy_cp1258;
/* No Vietnamese: what an office that knows nothing of it writes. */
extern const struct legacy legacy_cp1252;

/* The byte is not what it is in ASCII. */
bool legacy_tells(const struct legacy *l, char byte);
/* Appends raw, which ends with a whole letter, as UTF-8; false: some of its bytes mean nothing.
 */
bool legacy_decode(struct buf *out, const struct legacy *l, struct bytes raw);

/*
 * Appends the bytes that UTF-8 text was before it was read as Windows-1252 or Latin-1. false:
 * it has characters that no byte stands for.
 */
bool legacy_bytes(struct buf *out, struct bytes utf8);

/* legacy_table.c, legacy_vni.c: for struct legacy. */
size_t letter_cp1252(uint32_t *rune, struct bytes b);
size_t letter_cp1258(uint32_t *rune, struct bytes b);
size_t letter_viscii(uint32_t *rune, struct bytes b);
size_t letter_tcvn3(uint32_t *rune, struct bytes b);
size_t letter_vni(uint32_t *rune, struct bytes b);

/* legacy_vowels.c */
enum tone { LEVEL, GRAVE, ACUTE, HOOK, TILDE, DOT, TONES };

/* Small and capital letters of Vietnamese and Latin-1; others are given back. */
uint32_t letter_small(uint32_t rune, bool *capital);
uint32_t letter_capital(uint32_t rune);
/* The vowel, small or capital, under the tone; 0: no vowel. */
uint32_t vowel_toned(uint32_t plain, enum tone tone);
/* A small vowel into the one without tone and its tone; false: no vowel. */
bool vowel_split(uint32_t *plain, enum tone *tone, uint32_t small);
/* Of the combining character; LEVEL: none. */
enum tone tone_of_mark(uint32_t rune);

#endif
