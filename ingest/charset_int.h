#ifndef INGEST_CHARSET_INT_H
#define INGEST_CHARSET_INT_H

#include "ingest/charset.h"
#include "ingest/legacy_int.h"

/*
 * charset_legacy.c: *out is the encoding from before Unicode that the body is surely in; NULL:
 * none. true: it may be in one, sure or not.
 */
bool charset_legacy(const struct charset **out, const struct table_input *in);

/*
 * charset_syllable.c: the number of a Vietnamese syllable, written in small or capital
 * letters and combining marks, below SYLLABLES; -1: it is none. loose: the tone may stand
 * anywhere, as in the words of struct table_hints.
 */
#define SYLLABLES 40000
int syllable_of(const uint32_t *runes, size_t count, bool loose);

/* charset_common.c: whether the word, small or capital, is of everybody's language. */
bool word_is_common(const uint32_t *runes, size_t count);

/* charset_plausible.c */
/* How much of a text is language when it is read in one encoding: different words of it. */
struct plausible {
	bool fits; /* every byte means something */
	unsigned possible, impossible;
	int64_t weight;  /* of the evidence for this reading; below 0: against it */
	uint64_t digest; /* of all words that are not ASCII: equal for equal texts */
};
/*
 * known: bits of the syllables that the campaign has; NULL: the words need not be Vietnamese,
 * only without signs or capitals inside.
 */
void charset_plausible(struct plausible *out, const struct legacy *l, struct bytes body,
    const unsigned char *known);

#endif
