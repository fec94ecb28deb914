/*
 * Why: which old encoding a text is in is decided by its words: read in the wrong one they are
 * no Vietnamese.
 */
#include <stdlib.h>

#include "base/memory.h"
#include "ingest/charset_int.h"

/* A longer run of letters is no word of any language written here. */
#define RUN 24

/* Different words are told apart by so many hashes. */
#define HASHES 65536

/* Letters, digits and whatever else stands between two blanks or points. */
struct run {
	uint32_t runes[RUN];
	size_t count;
	bool long_one;
};

struct scan {
	struct plausible *out;
	const struct legacy *how;
	const unsigned char *known; /* bits of the campaign's syllables; NULL: not Vietnamese */
	unsigned char *seen;        /* bits of the hashes that came */
};

static bool
has_bit(const unsigned char *bits, size_t n)
{
	return bits[n / 8] >> n % 8 & 1;
}

static bool
set_bit(unsigned char *bits, size_t n)
{
	bool had = has_bit(bits, n);

	bits[n / 8] = (unsigned char)(bits[n / 8] | 1u << n % 8);
	return !had;
}

static bool
is_ascii_letter(uint32_t rune)
{
	return (rune | 0x20) >= 'a' && (rune | 0x20) <= 'z';
}

/* What parts words without being part of one. */
static bool
parts(uint32_t rune)
{
	return (rune < 0x80 && !is_ascii_letter(rune) && (rune < '0' || rune > '9')) ||
	    rune == 0xa0 || rune == 0xab || rune == 0xbb || rune == 0xb7 ||
	    (rune >= 0x2010 && rune <= 0x203a && rune != 0x2030);
}

static bool
is_letter(uint32_t rune)
{
	return is_ascii_letter(rune) || tone_of_mark(rune) != LEVEL ||
	    (rune >= 0xc0 && rune < 0x2000 && rune != 0xd7 && rune != 0xf7 && rune != 0x2c6 &&
		rune != 0x2dc);
}

/* "HĐND", "QĐ", "Đ1": capitals and digits, and no letter beyond ASCII but Đ. */
static bool
is_initials(const struct run *r)
{
	for (size_t i = 0; i < r->count; i++)
		if (r->runes[i] != 0x110 && (r->runes[i] < 'A' || r->runes[i] > 'Z') &&
		    (r->runes[i] < '0' || r->runes[i] > '9'))
			return false;
	return r->count > 1;
}

/* "m²", "km²", "21°": the sign closes what it stands behind. */
static bool
is_unit(const struct run *r)
{
	uint32_t last = r->runes[r->count - 1];

	if (last != 0xb0 && last != 0xb2 && last != 0xb3)
		return false;
	for (size_t i = 0; i + 1 < r->count; i++)
		if (r->runes[i] >= 0x80)
			return false;
	return true;
}

/* What a run has. */
struct census {
	size_t letters, foreign, digits, signs;
	bool inner; /* a capital behind a small letter */
};

static void
take_census(struct census *c, const struct run *r, const struct legacy *how)
{
	bool small_before = false;

	*c = (struct census){ 0 };
	for (size_t i = 0; i < r->count; i++) {
		uint32_t rune = r->runes[i], plain;
		bool capital;
		uint32_t small = letter_small(rune, &capital);
		enum tone tone = LEVEL;

		if (!is_letter(rune)) {
			c->digits += rune < 0x80;
			c->signs += rune >= 0x80;
			continue;
		}
		c->letters++;
		c->foreign += rune >= 0x80;
		c->inner |= capital && small_before;
		/* Where no letter with a tone has a capital, it says nothing. */
		if (how->small_tones && vowel_split(&plain, &tone, small) && tone != LEVEL)
			continue;
		small_before |= !capital;
	}
}

/* FNV-1a, as below, with 64 bits. */
static void
digest(struct plausible *out, uint32_t rune)
{
	out->digest = (out->digest ^ rune) * 1099511628211u;
}

static uint32_t
hash_of(const struct run *r)
{
	uint32_t hash = 2166136261u;
	bool capital;

	for (size_t i = 0; i < r->count; i++)
		hash = (hash ^ letter_small(r->runes[i], &capital)) * 16777619u;
	return hash ^ hash >> 16;
}

/* What one more word says for the reading; what a wrong one would hardly have counts most. */
enum { POSSIBLE = 1, KNOWN = 3, KNOWN_SHORT = 2, IMPOSSIBLE = -4 };

static int
weigh(const struct scan *s, const struct run *r, const struct census *c)
{
	int syllable;

	if (c->digits + c->signs > 0 || c->inner || r->long_one)
		return IMPOSSIBLE;
	if (!s->known) /* of other languages all is known that is needed */
		return POSSIBLE;
	syllable = syllable_of(r->runes, r->count, false);
	if (syllable < 0)
		return IMPOSSIBLE;
	if (!has_bit(s->known, (size_t)syllable) && !word_is_common(r->runes, r->count))
		return POSSIBLE;
	return r->count < 3 ? KNOWN_SHORT : KNOWN;
}

static void
judge(struct scan *s, const struct run *r)
{
	struct plausible *out = s->out;
	struct census c;
	int weight;

	for (size_t i = 0; i < r->count; i++)
		digest(out, r->runes[i]);
	digest(out, ' ');
	if (!set_bit(s->seen, hash_of(r) % HASHES))
		return;
	take_census(&c, r, s->how);
	/* A sign alone, as the degree, is nobody's. */
	if (c.foreign + c.signs == 0 || is_initials(r) || is_unit(r) ||
	    (c.letters == 0 && c.signs == 1))
		return;
	weight = weigh(s, r, &c);
	out->weight += weight;
	out->possible += weight > 0;
	out->impossible += weight < 0;
}

/* The run from start on; gives where it ends. SIZE_MAX: some bytes mean nothing. */
static size_t
take_run(struct scan *s, struct bytes body, size_t start)
{
	struct run r = { 0 };

	while (start < body.len) {
		uint32_t rune;
		size_t n = s->how->letter(&rune, bytes_slice(body, start, 2));

		if (n == 0)
			return SIZE_MAX;
		start += n;
		if (parts(rune))
			break;
		if (r.count < RUN)
			r.runes[r.count++] = rune;
		else
			r.long_one = true;
	}
	if (r.count)
		judge(s, &r);
	return start;
}

void
charset_plausible(struct plausible *out, const struct legacy *l, struct bytes body,
    const unsigned char *known)
{
	struct scan s = {
		.out = out, .how = l, .known = known, .seen = memory_new(HASHES / 8)
	};
	size_t at = 0;

	*out = (struct plausible){ .digest = 14695981039346656037u };
	while (at < body.len) {
		size_t next = at, start;

		while (next < body.len && !legacy_tells(l, body.at[next]))
			next++;
		if (next == body.len)
			break;
		for (start = next; start > at; start--)
			if (parts((unsigned char)body.at[start - 1]))
				break;
		at = take_run(&s, body, start);
		if (at == SIZE_MAX)
			break;
	}
	free(s.seen);
	out->fits = at != SIZE_MAX;
}
