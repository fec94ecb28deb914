#ifndef TESTS_RULES_TRANSCODE_H
#define TESTS_RULES_TRANSCODE_H

/* The other way round than charset.c goes: Unicode into the encodings from before it. */
#include <stdint.h>

#include "base/text.h"
#include "ingest/charset_int.h"

#define CAMPAIGN "rules/vi-nguoi-ngheo"

struct random {
	uint64_t state;
};

static inline uint32_t
draw(struct random *r, uint32_t below)
{
	r->state = r->state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(r->state >> 33) % below;
}

/* What a letter is written as; len 0: it cannot be. */
struct code {
	char bytes[2];
	size_t len;
};

#define RUNES 0x2100

/* Every letter of one byte and of two. */
static inline void
encoder_fill(struct code *codes, const struct legacy *l)
{
	for (size_t len = 2; len > 0; len--)
		for (unsigned n = 0; n < (len == 2 ? 65536u : 256u); n++) {
			char bytes[2] = { (char)(len == 2 ? n >> 8 : n), (char)n };
			uint32_t rune;

			if (l->letter(&rune, (struct bytes){ bytes, len }) != len ||
			    rune >= RUNES)
				continue;
			/* VNI marks a capital in either case; a typist's are capitals. */
			if (len == 2 && codes[rune].len == 2 && l == &legacy_vni)
				continue;
			codes[rune] = (struct code){ { bytes[0], bytes[1] }, len };
		}
	for (uint32_t rune = 0; rune < RUNES && l->small_tones; rune++) {
		bool capital;
		uint32_t small = letter_small(rune, &capital);

		if (capital && codes[rune].len == 0)
			codes[rune] = codes[small];
	}
}

static inline bool
encode(struct buf *out, struct bytes text, const struct code *codes)
{
	while (text.len) {
		uint32_t rune;

		text = bytes_slice(text, text_rune(&rune, text), text.len);
		if (rune >= RUNES || codes[rune].len == 0)
			return false;
		buf_add(out, (struct bytes){ codes[rune].bytes, codes[rune].len });
	}
	return true;
}

static inline void
decode(struct buf *out, const struct charset *charset, struct bytes body)
{
	if (!charset->decode)
		buf_add(out, body);
	while (charset->decode && body.len)
		body = bytes_slice(body, charset->decode(out, body), body.len);
}

#endif
