/* Why: a sender must not be able to choose keys that meet in one place of an index, or that
 * pass for one another. */
#include "base/sip.h"

#include <stdlib.h>
#include <sys/random.h>

#include "base/eight.h"

struct state {
	uint64_t a, b, c, d;
};

static inline uint64_t
turn(uint64_t x, unsigned bits)
{
	return x << bits | x >> (64 - bits);
}

static inline void
rounds(struct state *s, int count)
{
	while (count-- > 0) {
		s->a += s->b;
		s->c += s->d;
		s->b = turn(s->b, 13) ^ s->a;
		s->d = turn(s->d, 16) ^ s->c;
		s->a = turn(s->a, 32);
		s->c += s->b;
		s->a += s->d;
		s->b = turn(s->b, 17) ^ s->c;
		s->d = turn(s->d, 21) ^ s->a;
		s->c = turn(s->c, 32);
	}
}

static inline void
take(struct state *s, uint64_t word)
{
	s->d ^= word;
	rounds(s, 2);
	s->a ^= word;
}

struct sip_key
sip_key_new(void)
{
	struct sip_key k;

	if (getrandom(&k, sizeof(k), 0) != (ssize_t)sizeof(k))
		abort(); /* so few bytes always come whole (getrandom(2)) */
	return k;
}

struct sip_hash
sip_hash(const struct sip_key *k, struct bytes text)
{
	struct state s = { k->half[0] ^ UINT64_C(0x736f6d6570736575),
		k->half[1] ^ UINT64_C(0x646f72616e646f6d) ^ 0xee,
		k->half[0] ^ UINT64_C(0x6c7967656e657261),
		k->half[1] ^ UINT64_C(0x7465646279746573) };
	uint64_t last = (uint64_t)text.len << 56;
	struct sip_hash out;
	size_t i = 0;

	for (; text.len - i >= 8; i += 8)
		take(&s, eight_at(text.at + i));
	for (size_t n = 0; i + n < text.len; n++)
		last |= (uint64_t)(unsigned char)text.at[i + n] << (8 * n);
	take(&s, last);
	s.c ^= 0xee;
	rounds(&s, 4);
	out.half[0] = s.a ^ s.b ^ s.c ^ s.d;
	s.b ^= 0xdd;
	rounds(&s, 4);
	out.half[1] = s.a ^ s.b ^ s.c ^ s.d;
	return out;
}
