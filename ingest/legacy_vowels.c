/* Why: a Vietnamese vowel with its tone is one letter in some encodings and two in others. */
#include "ingest/legacy_int.h"

/* clang-format off */
static const uint16_t vowels[][TONES] = {
	{ 0x0061, 0x00e0, 0x00e1, 0x1ea3, 0x00e3, 0x1ea1 }, /* a */
	{ 0x0103, 0x1eb1, 0x1eaf, 0x1eb3, 0x1eb5, 0x1eb7 }, /* ă */
	{ 0x00e2, 0x1ea7, 0x1ea5, 0x1ea9, 0x1eab, 0x1ead }, /* â */
	{ 0x0065, 0x00e8, 0x00e9, 0x1ebb, 0x1ebd, 0x1eb9 }, /* e */
	{ 0x00ea, 0x1ec1, 0x1ebf, 0x1ec3, 0x1ec5, 0x1ec7 }, /* ê */
	{ 0x0069, 0x00ec, 0x00ed, 0x1ec9, 0x0129, 0x1ecb }, /* i */
	{ 0x006f, 0x00f2, 0x00f3, 0x1ecf, 0x00f5, 0x1ecd }, /* o */
	{ 0x00f4, 0x1ed3, 0x1ed1, 0x1ed5, 0x1ed7, 0x1ed9 }, /* ô */
	{ 0x01a1, 0x1edd, 0x1edb, 0x1edf, 0x1ee1, 0x1ee3 }, /* ơ */
	{ 0x0075, 0x00f9, 0x00fa, 0x1ee7, 0x0169, 0x1ee5 }, /* u */
	{ 0x01b0, 0x1eeb, 0x1ee9, 0x1eed, 0x1eef, 0x1ef1 }, /* ư */
	{ 0x0079, 0x1ef3, 0x00fd, 0x1ef7, 0x1ef9, 0x1ef5 }, /* y */
};
/* clang-format on */

uint32_t
letter_small(uint32_t rune, bool *capital)
{
	bool low_pairs =
	    rune == 0x102 || rune == 0x110 || rune == 0x128 || rune == 0x168 || rune == 0x1a0;

	*capital = true;
	if ((rune >= 'A' && rune <= 'Z') || (rune >= 0xc0 && rune <= 0xdd && rune != 0xd7))
		return rune + 0x20;
	if (low_pairs || rune == 0x1af || (rune >= 0x1ea0 && rune <= 0x1ef8 && rune % 2 == 0))
		return rune + 1;
	*capital = false;
	return rune;
}

uint32_t
letter_capital(uint32_t rune)
{
	bool capital;

	if (rune >= 0x100)
		return letter_small(rune - 1, &capital) == rune ? rune - 1 : rune;
	if ((rune >= 'a' && rune <= 'z') || (rune >= 0xe0 && rune <= 0xfd && rune != 0xf7))
		return rune - 0x20;
	return rune;
}

uint32_t
vowel_toned(uint32_t plain, enum tone tone)
{
	bool capital;
	uint32_t small = letter_small(plain, &capital);

	for (size_t i = 0; i < COUNT(vowels); i++)
		if (vowels[i][LEVEL] == small)
			return capital ? letter_capital(vowels[i][tone]) : vowels[i][tone];
	return 0;
}

bool
vowel_split(uint32_t *plain, enum tone *tone, uint32_t small)
{
	for (size_t i = 0; i < COUNT(vowels); i++)
		for (unsigned t = LEVEL; t < (small < 0x80 ? GRAVE : TONES); t++)
			if (vowels[i][t] == small) {
				*plain = vowels[i][LEVEL];
				*tone = (enum tone)t;
				return true;
			}
	return false;
}

enum tone
tone_of_mark(uint32_t rune)
{
	static const uint16_t marks[TONES] = { 0, 0x300, 0x301, 0x309, 0x303, 0x323 };

	for (unsigned t = GRAVE; t < TONES; t++)
		if (marks[t] == rune)
			return (enum tone)t;
	return LEVEL;
}
