/*
 * Why: everything that is stored or said to be the same is named by one digest, written in one
 * way.
 */
#include "base/digest.h"

#include <nettle/base16.h>
#include <nettle/hmac.h>
#include <stdint.h>

static const uint8_t *
octets(struct bytes b)
{
	return (const uint8_t *)(b.at ? b.at : "");
}

static void
hexadecimal(char out[DIGEST_HEX], const uint8_t raw[SHA256_DIGEST_SIZE])
{
	base16_encode_update(out, SHA256_DIGEST_SIZE, raw);
	out[DIGEST_HEX - 1] = '\0';
}

void
digest_begin(struct digest *d)
{
	sha256_init(&d->ctx);
}

void
digest_add(struct digest *d, struct bytes b)
{
	sha256_update(&d->ctx, b.len, octets(b));
}

void
digest_end(char out[DIGEST_HEX], struct digest *d)
{
	uint8_t raw[SHA256_DIGEST_SIZE];

	sha256_digest(&d->ctx, sizeof(raw), raw);
	hexadecimal(out, raw);
}

void
digest_of(char out[DIGEST_HEX], struct bytes b)
{
	struct digest d;

	digest_begin(&d);
	digest_add(&d, b);
	digest_end(out, &d);
}

void
digest_keyed(char out[DIGEST_HEX], struct bytes key, struct bytes b)
{
	uint8_t raw[SHA256_DIGEST_SIZE];
	struct hmac_sha256_ctx ctx;

	hmac_sha256_set_key(&ctx, key.len, octets(key));
	hmac_sha256_update(&ctx, b.len, octets(b));
	hmac_sha256_digest(&ctx, sizeof(raw), raw);
	explicit_bzero(&ctx, sizeof(ctx)); /* as good as the key */
	hexadecimal(out, raw);
}
