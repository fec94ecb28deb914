#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H

#include <nettle/sha2.h>

#include "base/bytes.h"

/* SHA-256 (FIPS 180-4) by nettle, as 64 lower-case hexadecimal digits. */
#define DIGEST_HEX 65 /* with the NUL */

struct digest {
	struct sha256_ctx ctx;
};

void digest_begin(struct digest *d);
void digest_add(struct digest *d, struct bytes b);
void digest_end(char out[DIGEST_HEX], struct digest *d);
void digest_of(char out[DIGEST_HEX], struct bytes b);
/* HMAC-SHA256 (RFC 2104), hexadecimal. */
void digest_keyed(char out[DIGEST_HEX], struct bytes key, struct bytes b);

#endif
