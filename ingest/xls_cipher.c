/*
 * Why: a workbook whose structure alone is protected is enciphered, too, under a password that
 * every Excel knows ([MS-OFFCRYPTO] 2.3.5, 2.3.6): nobody was ever asked for one.
 */
#include "ingest/xls_int.h"

#include <nettle/arcfour.h>
#include <nettle/md5.h>
#include <nettle/sha1.h>

#define BLOCK 1024 /* bytes of the stream under one key */
#define KEY   16

/* "VelvetSweatshop" in UTF-16. */
static const char password[] = "V\0e\0l\0v\0e\0t\0S\0w\0e\0a\0t\0s\0h\0o\0p\0";
#define PASSWORD (sizeof(password) - 1)

/* The secret that the key of each block is made of. */
struct cipher {
	bool sha1; /* of Excel 2007 and later; else MD5 */
	uint8_t secret[SHA1_DIGEST_SIZE];
	size_t secret_len, key_len;
};

static void
md5_of(uint8_t out[MD5_DIGEST_SIZE], const void *at, size_t len)
{
	struct md5_ctx md5;

	md5_init(&md5);
	md5_update(&md5, len, at);
	md5_digest(&md5, MD5_DIGEST_SIZE, out);
}

static void
sha1_of(uint8_t out[SHA1_DIGEST_SIZE], const void *a, size_t a_len, const void *b, size_t b_len)
{
	struct sha1_ctx sha1;

	sha1_init(&sha1);
	sha1_update(&sha1, a_len, a);
	sha1_update(&sha1, b_len, b);
	sha1_digest(&sha1, SHA1_DIGEST_SIZE, out);
}

static void
begin_block(struct arcfour_ctx *rc4, const struct cipher *c, uint32_t block)
{
	uint8_t number[4], hash[SHA1_DIGEST_SIZE], key[KEY] = { 0 }, seed[9];

	for (int i = 0; i < 4; i++)
		number[i] = (uint8_t)(block >> 8 * i);
	if (c->sha1) {
		sha1_of(hash, c->secret, c->secret_len, number, sizeof(number));
	} else {
		memcpy(seed, c->secret, 5);
		memcpy(seed + 5, number, sizeof(number));
		md5_of(hash, seed, sizeof(seed));
	}
	/* What is shorter than 16 bytes is filled with zeros. */
	memcpy(key, hash, c->key_len);
	arcfour_set_key(rc4, KEY, key);
}

/* MD5 of the password and of it, shortened, with the salt sixteen times. */
static void
secret_by_md5(struct cipher *c, const uint8_t salt[16])
{
	uint8_t hash[MD5_DIGEST_SIZE], long_seed[16 * 21];

	md5_of(hash, password, PASSWORD);
	for (size_t i = 0; i < 16; i++) {
		memcpy(long_seed + 21 * i, hash, 5);
		memcpy(long_seed + 21 * i + 5, salt, 16);
	}
	md5_of(hash, long_seed, sizeof(long_seed));
	memcpy(c->secret, hash, 5);
	c->secret_len = 5;
	c->key_len = KEY;
}

/* Whether the password is this one: a secret and its hash, both enciphered. */
static bool
is_right(const struct cipher *c, const uint8_t *verifier, const uint8_t *hash, size_t hash_len)
{
	uint8_t plain[16], told[SHA1_DIGEST_SIZE], made[SHA1_DIGEST_SIZE];
	struct arcfour_ctx rc4;

	begin_block(&rc4, c, 0);
	arcfour_crypt(&rc4, sizeof(plain), plain, verifier);
	arcfour_crypt(&rc4, hash_len, told, hash);
	if (c->sha1)
		sha1_of(made, plain, sizeof(plain), "", 0);
	else
		md5_of(made, plain, sizeof(plain));
	return memcmp(told, made, hash_len) == 0;
}

/* Type, version, salt, verifier and its MD5. */
static bool
open_md5(struct cipher *c, struct bytes body)
{
	const uint8_t *at = (const uint8_t *)body.at;

	if (body.len < 54)
		return false;
	secret_by_md5(c, at + 6);
	return is_right(c, at + 22, at + 38, MD5_DIGEST_SIZE);
}

/* Type, version, flags, a header of its own length, then salt, verifier and its SHA-1. */
static bool
open_sha1(struct cipher *c, struct bytes body)
{
	const uint8_t *at = (const uint8_t *)body.at;
	size_t header = body.len < 14 ? SIZE_MAX : ole_u32(body, 10), rest = 14 + header;
	unsigned bits;

	if (header < 32 || header > body.len || body.len < rest + 60 ||
	    ole_u32(body, 14 + 8) != 0x6801 || ole_u32(body, rest) != 16)
		return false;
	bits = ole_u32(body, 14 + 16);
	c->sha1 = true;
	c->key_len = bits ? bits / 8 : 5;
	if (c->key_len < 5 || c->key_len > KEY)
		return false;
	sha1_of(c->secret, at + rest + 4, 16, password, PASSWORD);
	c->secret_len = SHA1_DIGEST_SIZE;
	return is_right(c, at + rest + 20, at + rest + 40, SHA1_DIGEST_SIZE);
}

static bool
open_cipher(struct cipher *c, struct bytes body)
{
	if (body.len < 6 || ole_u16(body, 0) != 1)
		return false;
	return ole_u16(body, 4) == 1 ? open_md5(c, body)
				     : ole_u16(body, 4) == 2 && open_sha1(c, body);
}

/* How much of a record's body stands in the clear. */
static size_t
clear_of(unsigned type, size_t len)
{
	static const unsigned clear[] = { XLS_BOF, XLS_FILEPASS, 0x00e1, 0x0138, 0x0194, 0x0195,
		0x0196 };

	for (size_t i = 0; i < COUNT(clear); i++)
		if (clear[i] == type)
			return len;
	return type == XLS_BOUNDSHEET && len > 4 ? 4 : 0;
}

/* All of the stream, then again what is not enciphered: heads of records, and some bodies. */
static void
decipher(struct buf *out, const struct cipher *c, struct bytes stream)
{
	char *to = buf_reserve(out, stream.len);
	struct arcfour_ctx rc4;

	for (size_t at = 0; at < stream.len; at += BLOCK) {
		struct bytes piece = bytes_slice(stream, at, BLOCK);

		begin_block(&rc4, c, (uint32_t)(at / BLOCK));
		arcfour_crypt(&rc4, piece.len, (uint8_t *)to + at, (const uint8_t *)piece.at);
	}
	out->len = stream.len;
	for (size_t at = 0; at + 4 <= stream.len;) {
		unsigned type = ole_u16(stream, at);
		size_t len = ole_u16(stream, at + 2);
		struct bytes clear = bytes_slice(stream, at, 4 + clear_of(type, len));

		memcpy(to + at, clear.at, clear.len);
		if (type == XLS_FILEPASS)
			memset(to + at, 0, 2); /* no record that we know */
		at += 4 + len;
	}
}

bool
xls_decipher(struct buf *out, struct ole_stream *stream)
{
	struct cipher c = { .sha1 = false };
	struct bytes all;
	struct xls_record r = { .next = 0 };

	do {
		if (!xls_record_at(&r, stream, r.next) || r.type == XLS_EOF)
			return false;
	} while (r.type != XLS_FILEPASS);
	if (!open_cipher(&c, r.body))
		return false;
	all = ole_view(stream, 0, ole_stream_len(stream));
	if (!all.at)
		return false;
	decipher(out, &c, all);
	return true;
}
