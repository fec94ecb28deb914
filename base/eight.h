#ifndef BASE_EIGHT_H
#define BASE_EIGHT_H

#include <endian.h>
#include <stdint.h>
#include <string.h>

/*
 * Eight bytes of text looked at at once: where most bytes are nothing to stop at. A byte's mark is
 * its highest bit; only the first mark of a word may be trusted.
 */

#define EIGHT_HIGH UINT64_C(0x8080808080808080)

static inline uint64_t
eight_all(unsigned char c)
{
	return UINT64_C(0x0101010101010101) * c;
}

/* The first byte lies lowest. */
static inline uint64_t
eight_at(const void *at)
{
	uint64_t word;

	memcpy(&word, at, sizeof(word));
	return le64toh(word);
}

/* Marks bytes below low (at most 0x80), and those that are not ASCII. */
static inline uint64_t
eight_strange(uint64_t word, unsigned char low)
{
	return (word | (word - eight_all(low))) & EIGHT_HIGH;
}

/* Marks bytes that are c, given eight_all(c). */
static inline uint64_t
eight_equal(uint64_t word, uint64_t all)
{
	uint64_t differs = word ^ all;

	return (differs - eight_all(1)) & ~differs & EIGHT_HIGH;
}

/* Index of the first mark; marks is not 0. */
static inline unsigned
eight_first(uint64_t marks)
{
	return (unsigned)__builtin_ctzll(marks) / 8;
}

#endif
