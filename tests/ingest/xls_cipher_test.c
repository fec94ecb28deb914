/*
 * Why: a workbook that only forbids to move its sheets is enciphered, and must be read; one
 * with a password of its own must be told.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#include <nettle/arcfour.h>
#include <nettle/md5.h>
#include <nettle/sha1.h>

#include "ingest/format.h"
#include "ingest/ole.h"
#include "tests/ingest/seen.h"
#include "tests/ingest/xls_made.h"

static const struct limits usual = LIMITS_DEFAULT;

/* Told by the file: how it is enciphered. */
struct lock {
	const char *password;
	bool sha1;
	unsigned bits;
};

static void
hash_of(uint8_t out[20], bool sha1, const struct buf *what)
{
	struct sha1_ctx one;
	struct md5_ctx five;

	if (sha1) {
		sha1_init(&one);
		sha1_update(&one, what->len, (const uint8_t *)what->at);
		sha1_digest(&one, 20, out);
	} else {
		md5_init(&five);
		md5_update(&five, what->len, (const uint8_t *)what->at);
		md5_digest(&five, 16, out);
	}
}

static void
add(struct buf *b, const void *at, size_t len)
{
	buf_add(b, (struct bytes){ .at = at, .len = len });
}

/* The salt is 0 to 15, the verifier 100 to 115. */
static void
key_of(struct arcfour_ctx *rc4, const struct lock *lock, unsigned block)
{
	AUTO(buf_free) struct buf word = { 0 }, seed = { 0 }, last = { 0 };
	uint8_t salt[16], hash[20], key[16] = { 0 };

	for (size_t i = 0; i < 16; i++)
		salt[i] = (uint8_t)i;
	if (lock->sha1)
		add(&word, salt, 16);
	for (const char *at = lock->password; *at; at++)
		made_u16(&word, (unsigned char)*at);
	hash_of(hash, lock->sha1, &word);
	for (size_t i = 0; !lock->sha1 && i < 16; i++) {
		add(&seed, hash, 5);
		add(&seed, salt, 16);
	}
	if (!lock->sha1)
		hash_of(hash, false, &seed);
	add(&last, hash, lock->sha1 ? 20 : 5);
	made_u32(&last, block);
	hash_of(hash, lock->sha1, &last);
	memcpy(key, hash, lock->bits / 8);
	arcfour_set_key(rc4, 16, key);
}

static void
make_lock(struct buf *out, const struct lock *lock)
{
	AUTO(buf_free) struct buf plain = { 0 };
	struct arcfour_ctx rc4;
	uint8_t hash[20], secret[36], hidden[36];
	size_t len = lock->sha1 ? 20 : 16;

	for (unsigned i = 0; i < 16; i++)
		buf_char(&plain, (char)(100 + i));
	hash_of(hash, lock->sha1, &plain);
	memcpy(secret, plain.at, 16);
	memcpy(secret + 16, hash, len);
	key_of(&rc4, lock, 0);
	arcfour_crypt(&rc4, 16 + len, hidden, secret);
	made_u16(out, 1);
	made_u16(out, lock->sha1 ? 4 : 1);
	made_u16(out, lock->sha1 ? 2 : 1);
	if (lock->sha1) {
		made_u32(out, 4);
		made_u32(out, 34);
		made_hex(out, "04000000 00000000 01680000 04800000");
		made_u32(out, lock->bits);
		made_hex(out, "01000000 00000000 00000000 0000 10000000");
	}
	for (unsigned i = 0; i < 16; i++)
		buf_char(out, (char)i);
	add(out, hidden, 16);
	if (lock->sha1)
		made_u32(out, 20);
	add(out, hidden + 16, len);
}

/* Enciphers the bodies of records: not where a workbook begins, nor where its sheets are. */
static void
encipher(struct buf *stream, const struct lock *lock)
{
	AUTO(buf_free) struct buf key = { 0 };
	struct arcfour_ctx rc4;

	for (size_t at = 0; at < stream->len; at += 1024) {
		static const uint8_t zeros[1024];
		char *room = buf_reserve(&key, 1024);

		key_of(&rc4, lock, (unsigned)(at / 1024));
		arcfour_crypt(&rc4, 1024, (uint8_t *)room, zeros);
		key.len += 1024;
	}
	for (size_t at = 0; at + 4 <= stream->len;) {
		unsigned type = ole_u16(buf_bytes(stream), at);
		size_t len = ole_u16(buf_bytes(stream), at + 2), from = 0;

		if (type == 0x0809 || type == 0x002f)
			from = len;
		if (type == 0x0085)
			from = 4;
		for (size_t i = from; i < len; i++)
			stream->at[at + 4 + i] ^= key.at[at + 4 + i];
		at += 4 + len;
	}
}

static void
make_locked(struct buf *file, const struct lock *lock)
{
	AUTO(buf_free) struct buf stream = { 0 }, pass = { 0 }, globals = { 0 }, many = { 0 };
	struct ole_made_stream one = { .name = "Workbook" };
	struct xls_made m = { .sheets = { { .name = "S" } } };

	make_lock(&pass, lock);
	buf_text(&globals, "002f ");
	for (size_t i = 0; i < pass.len; i++)
		buf_printf(&globals, "%02x", (unsigned)(unsigned char)pass.at[i]);
	m.globals = globals.at;
	/* More than one block. */
	for (unsigned i = 0; i < 300; i++)
		buf_printf(&many, "027e %02x%02x 0000 0000 06000000|", i & 0xff, i >> 8);
	buf_text(&many, "0204 2c01 0000 0000 0300 00 616263");
	m.sheets[0].records = many.at;
	made_stream(&stream, &m);
	encipher(&stream, lock);
	one.body = buf_bytes(&stream);
	made_ole(file, &one, 1, false);
}

static void
read_locked(struct buf *out, const struct lock *lock, size_t spoil)
{
	AUTO(buf_free) struct buf file = { 0 };
	struct table_sink sink = seen_sink(out);
	struct table_input in = { .limits = &usual };
	struct err e;
	size_t at;

	make_locked(&file, lock);
	at = bytes_find(buf_bytes(&file), BYTES("\x2f\0"));
	if (spoil > 0)
		file.at[at + 4 + spoil] ^= 1;
	in.body = buf_bytes(&file);
	buf_text(out, "");
	assert_int_equal(format_read(&in, &sink, &e), OK);
}

static void
reads_what_nobody_locked(void **state)
{
	static const struct lock locks[] = {
		{ "VelvetSweatshop", false, 128 },
		{ "VelvetSweatshop", true, 128 },
		{ "VelvetSweatshop", true, 40 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(locks); i++) {
		AUTO(buf_free) struct buf out = { 0 };

		read_locked(&out, &locks[i], 0);
		assert_true(bytes_starts(buf_bytes(&out), BYTES("= S\n1[#1]\n2[#1]\n")));
		assert_true(
		    bytes_find(buf_bytes(&out), BYTES("300[#1]\n301[abc]\n")) < out.len);
	}
}

static void
tells_passwords(void **state)
{
	static const struct lock locks[] = {
		{ "VelvetSweatshop", false, 128 },
		{ "VelvetSweatshop", true, 128 },
	};
	static const struct lock others[] = {
		{ "secret", false, 128 },
		{ "secret", true, 128 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(others); i++) {
		AUTO(buf_free) struct buf out = { 0 };

		read_locked(&out, &others[i], 0);
		assert_string_equal(out.at, "! encrypted 0:0\n");
	}
	/* Each byte of how it is locked; some are read by nobody. */
	for (size_t i = 0; i < COUNT(locks); i++)
		for (size_t k = 1; k < 50; k++) {
			AUTO(buf_free) struct buf out = { 0 };

			read_locked(&out, &locks[i], k);
			assert_true(bytes_starts(buf_bytes(&out), BYTES("! encrypted")) ||
			    bytes_starts(buf_bytes(&out), BYTES("= S\n1[#1]\n")));
		}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_what_nobody_locked),
		cmocka_unit_test(tells_passwords),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
