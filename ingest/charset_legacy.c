/*
 * Why: files of old programs do not say in which of four encodings their Vietnamese is; what
 * cannot be told for sure is not read at all.
 */
#include <stdlib.h>

#include "base/memory.h"
#include "base/text.h"
#include "ingest/charset_int.h"

/* A word at the end of a piece is left for the next one if it is no longer. */
#define WORD 32

static bool
in_word(char byte)
{
	unsigned char c = (unsigned char)byte;

	return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c >= 0x80;
}

static size_t
decode(struct buf *out, struct bytes piece, const struct legacy *l)
{
	size_t end = piece.len;

	while (end > 0 && piece.len - end < WORD && in_word(piece.at[end - 1]))
		end--;
	if (end == 0)
		end = piece.len;
	else if (piece.len - end == WORD)
		end = piece.len - 1;
	(void)legacy_decode(out, l, bytes_slice(piece, 0, end)); /* it fits */
	return end;
}

static size_t
cp1258_decode(struct buf *out, struct bytes piece)
{
	return decode(out, piece, &legacy_cp1258);
}

static size_t
viscii_decode(struct buf *out, struct bytes piece)
{
	return decode(out, piece, &legacy_viscii);
}

static size_t
tcvn3_decode(struct buf *out, struct bytes piece)
{
	return decode(out, piece, &legacy_tcvn3);
}

static size_t
vni_decode(struct buf *out, struct bytes piece)
{
	return decode(out, piece, &legacy_vni);
}

static size_t
cp1252_decode(struct buf *out, struct bytes piece)
{
	return decode(out, piece, &legacy_cp1252);
}

/*
 * The first is named when several give the same text. Windows-1252 lacks most letters: it is
 * for files that show it, and the judge will say what is lost.
 */
static const struct candidate {
	const struct legacy *how;
	struct charset charset;
} candidates[] = {
	{ &legacy_cp1252, { .name = "Windows-1252", .decode = cp1252_decode } },
	{ &legacy_cp1258, { .name = "Windows-1258", .decode = cp1258_decode } },
	{ &legacy_tcvn3, { .name = "TCVN3 (ABC)", .decode = tcvn3_decode } },
	{ &legacy_vni, { .name = "VNI", .decode = vni_decode } },
	{ &legacy_viscii, { .name = "VISCII", .decode = viscii_decode } },
};

static void
learn(unsigned char *known, const struct table_hints *hints)
{
	for (size_t i = 0; hints && i < hints->word_count; i++) {
		struct bytes rest = hints->words[i];
		uint32_t runes[16];
		size_t count = 0;
		int syllable;

		while (rest.len && count < COUNT(runes))
			rest = bytes_slice(rest, text_rune(&runes[count++], rest), rest.len);
		syllable = rest.len ? -1 : syllable_of(runes, count, true);
		if (syllable >= 0)
			known[syllable / 8] =
			    (unsigned char)(known[syllable / 8] | 1u << syllable % 8);
	}
}

/* Least evidence, and how far it must stand above that for any other text. */
#define LEAST 4
#define APART 4

/* One word in so many may be foreign or mistyped. */
#define WORDS_A_FAULT 6

static bool
is_sure(const struct plausible *best, const struct plausible *of, size_t count)
{
	if (!best->fits || best->weight < LEAST ||
	    best->possible / WORDS_A_FAULT < best->impossible)
		return false;
	for (size_t i = 0; i < count; i++)
		if (of[i].fits && of[i].digest != best->digest &&
		    best->weight - of[i].weight < APART)
			return false;
	return true;
}

/* Question marks inside words, not a few beside so many others. */
static bool
shows_losses(struct bytes body, unsigned words)
{
	size_t lost = 0;

	for (size_t i = 1; i + 1 < body.len; i++)
		lost += body.at[i] == '?' && in_word(body.at[i - 1]) && in_word(body.at[i + 1]);
	return lost > 0 && lost >= words / 4;
}

bool
charset_legacy(const struct charset **out, const struct table_input *in)
{
	unsigned char *known = memory_new(SYLLABLES / 8 + 1);
	/* The last is what speaks for another language in the usual encoding of others. */
	struct plausible of[COUNT(candidates) + 1];
	size_t best = 0;

	learn(known, in->hints);
	for (size_t i = 0; i < COUNT(candidates); i++) {
		charset_plausible(&of[i], candidates[i].how, in->body, known);
		if (candidates[i].how == &legacy_cp1252)
			of[i].fits &= shows_losses(in->body, of[i].possible);
		if (of[i].fits && (!of[best].fits || of[i].weight > of[best].weight))
			best = i;
	}
	charset_plausible(&of[COUNT(candidates)], &legacy_cp1252, in->body, NULL);
	free(known);
	*out = is_sure(&of[best], of, COUNT(of)) ? &candidates[best].charset : NULL;
	return of[best].fits && of[best].weight > 0 && of[best].impossible == 0;
}
