#ifndef BASE_SIP_H
#define BASE_SIP_H

#include <stdint.h>

#include "base/bytes.h"

/*
 * SipHash-2-4 of 128 bits (Aumasson, Bernstein): who does not know the key finds no two texts
 * of one hash, and by chance there are none.
 */
struct sip_key {
	uint64_t half[2];
};

struct sip_hash {
	uint64_t half[2];
};

/* Of the system's randomness; another one each time. */
struct sip_key sip_key_new(void);
struct sip_hash sip_hash(const struct sip_key *k, struct bytes text);

#endif
