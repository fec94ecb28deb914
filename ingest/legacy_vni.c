/* Why: VNI writes most letters as a vowel and a second byte for all its marks. */
#include "ingest/legacy_int.h"

/* clang-format off */
/* Letters that are one byte. */
static const struct {
	unsigned char byte;
	uint16_t rune;
} singles[] = {
	{ 0xe6, 0x1ec9 }, { 0xec, 0x00ec }, { 0xed, 0x00ed }, { 0xee, 0x1ef5 }, { 0xf1, 0x0111 },
	{ 0xf2, 0x1ecb }, { 0xf3, 0x0129 }, { 0xf4, 0x01a1 }, { 0xf6, 0x01b0 },
};

/* A second byte: the tone, and whether it is for a vowel with a hat or a breve. */
static const struct {
	unsigned char byte, tone;
	char mark;
} accents[] = {
	{ 0xe0, GRAVE, '^' }, { 0xe1, ACUTE, '^' }, { 0xe2, LEVEL, '^' }, { 0xe3, TILDE, '^' },
	{ 0xe4, DOT,   '^' }, { 0xe5, HOOK,  '^' }, { 0xe8, GRAVE, '(' }, { 0xe9, ACUTE, '(' },
	{ 0xea, LEVEL, '(' }, { 0xeb, DOT,   '(' }, { 0xef, DOT,    0  }, { 0xf5, TILDE,  0  },
	{ 0xf8, GRAVE,  0  }, { 0xf9, ACUTE,  0  }, { 0xfa, HOOK,  '(' }, { 0xfb, HOOK,   0  },
	{ 0xfc, TILDE, '(' },
};

/* A first byte under a mark. */
static const struct {
	unsigned char byte;
	char mark;
	uint16_t vowel;
} bases[] = {
	{ 'a', 0, 'a' }, { 'a', '^', 0xe2 }, { 'a', '(', 0x103 }, { 'e', 0, 'e' }, { 'e', '^', 0xea },
	{ 'o', 0, 'o' }, { 'o', '^', 0xf4 }, { 'u', 0, 'u' }, { 'y', 0, 'y' }, { 0xf4, 0, 0x1a1 },
	{ 0xf6, 0, 0x1b0 },
};
/* clang-format on */

/* Capitals stand 0x20 below their small letters in ASCII and in VNI's own bytes alike. */
static bool
is_capital(unsigned char byte)
{
	return (byte >= 'A' && byte <= 'Z') || (byte >= 0xc0 && byte <= 0xdf);
}

/* The small letter of two small bytes; 0: they are none. */
static uint32_t
pair(unsigned char first, unsigned char second)
{
	for (size_t i = 0; i < COUNT(accents); i++) {
		if (accents[i].byte != second)
			continue;
		for (size_t k = 0; k < COUNT(bases); k++)
			if (bases[k].byte == first && bases[k].mark == accents[i].mark)
				/* ỵ has a byte of its own. */
				return first == 'y' && accents[i].tone == DOT
				    ? 0
				    : vowel_toned(bases[k].vowel, accents[i].tone);
	}
	return 0;
}

/* A capital takes marks of both cases, a small letter small ones. */
static uint32_t
pair_of(unsigned char first, unsigned char second)
{
	uint32_t rune;

	if (second < 0xc0 || (is_capital(second) && !is_capital(first)))
		return 0;
	if (!is_capital(first))
		return pair(first, second);
	rune = pair((unsigned char)(first | 0x20), (unsigned char)(second | 0x20));
	return rune ? letter_capital(rune) : 0;
}

size_t
letter_vni(uint32_t *rune, struct bytes b)
{
	unsigned char byte = (unsigned char)b.at[0], small = (unsigned char)(byte | 0x20);

	*rune = b.len > 1 ? pair_of(byte, (unsigned char)b.at[1]) : 0;
	if (*rune)
		return 2;
	/* What is no letter is of Windows-1252; × is all that this leaves above. */
	if (byte < 0xc0 || byte == 0xd7)
		return letter_cp1252(rune, b);
	for (size_t i = 0; i < COUNT(singles); i++)
		if (singles[i].byte == small) {
			*rune = is_capital(byte) ? letter_capital(singles[i].rune)
						 : singles[i].rune;
			return 1;
		}
	return 0;
}
