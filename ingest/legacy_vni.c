/* Why: VNI writes most letters as a vowel and a second byte for all its marks. */
#include "ingest/legacy_int.h"

#include "base/text.h"

enum tone { LEVEL, GRAVE, ACUTE, HOOK, TILDE, DOT, TONES };
enum vowel { A, A_BREVE, A_HAT, E, E_HAT, O, O_HAT, O_HORN, U, U_HORN, Y, VOWELS };

/* clang-format off */
static const uint16_t vowels[VOWELS][TONES] = {
	[A]       = { 0x0061, 0x00e0, 0x00e1, 0x1ea3, 0x00e3, 0x1ea1 },
	[A_BREVE] = { 0x0103, 0x1eb1, 0x1eaf, 0x1eb3, 0x1eb5, 0x1eb7 },
	[A_HAT]   = { 0x00e2, 0x1ea7, 0x1ea5, 0x1ea9, 0x1eab, 0x1ead },
	[E]       = { 0x0065, 0x00e8, 0x00e9, 0x1ebb, 0x1ebd, 0x1eb9 },
	[E_HAT]   = { 0x00ea, 0x1ec1, 0x1ebf, 0x1ec3, 0x1ec5, 0x1ec7 },
	[O]       = { 0x006f, 0x00f2, 0x00f3, 0x1ecf, 0x00f5, 0x1ecd },
	[O_HAT]   = { 0x00f4, 0x1ed3, 0x1ed1, 0x1ed5, 0x1ed7, 0x1ed9 },
	[O_HORN]  = { 0x01a1, 0x1edd, 0x1edb, 0x1edf, 0x1ee1, 0x1ee3 },
	[U]       = { 0x0075, 0x00f9, 0x00fa, 0x1ee7, 0x0169, 0x1ee5 },
	[U_HORN]  = { 0x01b0, 0x1eeb, 0x1ee9, 0x1eed, 0x1eef, 0x1ef1 },
	[Y]       = { 0x0079, 0x1ef3, 0x00fd, 0x1ef7, 0x1ef9, 0x1ef5 },
};

/* Letters that are one byte. */
static const struct {
	unsigned char byte;
	uint16_t rune;
} single[] = {
	{ 0xe6, 0x1ec9 }, { 0xec, 0x00ec }, { 0xed, 0x00ed }, { 0xee, 0x1ef5 }, { 0xf1, 0x0111 },
	{ 0xf2, 0x1ecb }, { 0xf3, 0x0129 }, { 0xf4, 0x01a1 }, { 0xf6, 0x01b0 },
};
/* clang-format on */

/* A byte of marks: the tone, and the hat or breve of an a, e or o. */
struct accent {
	unsigned char byte, tone;
	char mark; /* '^', '(' or 0 */
};

static const struct accent accents[] = {
	{ 0xe0, GRAVE, '^' },
	{ 0xe1, ACUTE, '^' },
	{ 0xe2, LEVEL, '^' },
	{ 0xe3, TILDE, '^' },
	{ 0xe4, DOT, '^' },
	{ 0xe5, HOOK, '^' },
	{ 0xe8, GRAVE, '(' },
	{ 0xe9, ACUTE, '(' },
	{ 0xea, LEVEL, '(' },
	{ 0xeb, DOT, '(' },
	{ 0xef, DOT, 0 },
	{ 0xf5, TILDE, 0 },
	{ 0xf8, GRAVE, 0 },
	{ 0xf9, ACUTE, 0 },
	{ 0xfa, HOOK, '(' },
	{ 0xfb, HOOK, 0 },
	{ 0xfc, TILDE, '(' },
};

/* Capitals stand 0x20 below their small letters in ASCII and in VNI's own bytes alike. */
static bool
is_capital(unsigned char byte)
{
	return (byte >= 'A' && byte <= 'Z') || (byte >= 0xc0 && byte <= 0xdf);
}

static uint32_t
capital(uint32_t rune)
{
	return rune < 0x100 ? rune - 0x20 : rune - 1;
}

/* The vowel of a small letter's byte under a mark; VOWELS: not written so. */
static enum vowel
vowel_of(unsigned char byte, char mark)
{
	switch (byte) {
	case 'a':
		return mark == '^' ? A_HAT : mark == '(' ? A_BREVE : A;
	case 'e':
		return mark == '^' ? E_HAT : mark ? VOWELS : E;
	case 'o':
		return mark == '^' ? O_HAT : mark ? VOWELS : O;
	case 'u':
		return mark ? VOWELS : U;
	case 'y':
		return mark ? VOWELS : Y;
	case 0xf4:
		return mark ? VOWELS : O_HORN;
	case 0xf6:
		return mark ? VOWELS : U_HORN;
	default:
		return VOWELS;
	}
}

/* The letter of two bytes; 0: they are none. A capital takes marks of both cases. */
static uint32_t
pair(unsigned char base, unsigned char marks)
{
	bool upper = is_capital(base);
	enum vowel vowel;

	if (upper)
		base = (unsigned char)(base | 0x20);
	if (marks < 0xc0 || (is_capital(marks) && !upper))
		return 0;
	marks = (unsigned char)(marks | 0x20);
	for (size_t i = 0; i < COUNT(accents); i++) {
		if (accents[i].byte != marks)
			continue;
		vowel = vowel_of(base, accents[i].mark);
		/* ỵ has a byte of its own. */
		if (vowel == VOWELS || (vowel == Y && accents[i].tone == DOT))
			return 0;
		return upper ? capital(vowels[vowel][accents[i].tone])
			     : vowels[vowel][accents[i].tone];
	}
	return 0;
}

size_t
legacy_vni(uint32_t *rune, struct bytes b)
{
	unsigned char byte = (unsigned char)b.at[0], small = (unsigned char)(byte | 0x20);

	*rune = b.len > 1 ? pair(byte, (unsigned char)b.at[1]) : 0;
	if (*rune)
		return 2;
	if (byte < 0xc0) {
		*rune = byte < 0x80 || byte >= 0xa0 ? byte : legacy_cp1252(byte);
		return byte == 0 || *rune ? 1 : 0;
	}
	for (size_t i = 0; i < COUNT(single); i++)
		if (single[i].byte == small) {
			*rune = is_capital(byte) ? capital(single[i].rune) : single[i].rune;
			return 1;
		}
	*rune = byte == 0xd7 ? byte : 0; /* × */
	return *rune ? 1 : 0;
}
