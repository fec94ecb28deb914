/*
 * Archives made in a test, also such as no program writes: every field of an entry can be told
 * a lie.
 */
#ifndef TESTS_INGEST_ZIP_MADE_H
#define TESTS_INGEST_ZIP_MADE_H

#include <assert.h>
#include <stdint.h>
#include <zlib.h>

#include "base/buf.h"

/* All zero is an ordinary deflated entry. */
struct zip_lies {
	bool stored;
	unsigned flags;        /* of the general purpose bits */
	unsigned method;       /* instead of 0 and 8; 0: none */
	uint32_t size, packed; /* instead of the true ones; 0: none */
	uint32_t spoil;        /* xor of the check sum */
	uint32_t from;         /* offset of the local header; 0: the true one */
	bool again;            /* no local entry of its own: it is listed only, at from */
};

struct zip_made {
	struct buf body, list;
	unsigned count;
};

static inline void
zip_number(struct buf *out, uint64_t n, size_t width)
{
	for (size_t i = 0; i < width; i++, n >>= 8)
		buf_char(out, (char)n);
}

static inline void
zip_deflate(struct buf *out, struct bytes body)
{
	uLong room = deflateBound(NULL, body.len) + 64;
	z_stream z = { .next_in = (Bytef *)(uintptr_t)body.at, .avail_in = (uInt)body.len };
	int rc = deflateInit2(&z, 6, Z_DEFLATED, -15, 9, Z_DEFAULT_STRATEGY);

	assert(rc == Z_OK);
	z.next_out = (Bytef *)buf_reserve(out, room);
	z.avail_out = (uInt)room;
	rc = deflate(&z, Z_FINISH);
	assert(rc == Z_STREAM_END);
	out->len += room - z.avail_out;
	(void)deflateEnd(&z);
	(void)rc;
}

/* What stands in both headers from "version needed" to the length of the name. */
static inline void
zip_facts(struct buf *out, struct bytes name, struct bytes body, size_t packed,
    const struct zip_lies *lies)
{
	unsigned method = lies->method ? lies->method : lies->stored ? 0 : 8;
	uint32_t sum = (uint32_t)crc32(0, (const Bytef *)body.at, (uInt)body.len);

	zip_number(out, 20, 2);
	zip_number(out, lies->flags, 2);
	zip_number(out, method, 2);
	zip_number(out, 0x21, 4); /* 1980-01-01 */
	zip_number(out, sum ^ lies->spoil, 4);
	zip_number(out, lies->packed ? lies->packed : packed, 4);
	zip_number(out, lies->size ? lies->size : body.len, 4);
	zip_number(out, name.len, 2);
}

static inline void
zip_add_lying(
    struct zip_made *z, struct bytes name, struct bytes body, const struct zip_lies *lies)
{
	AUTO(buf_free) struct buf packed = { 0 };
	size_t from = z->body.len;

	if (lies->stored)
		buf_add(&packed, body);
	else
		zip_deflate(&packed, body);
	if (!lies->again) {
		buf_text(&z->body, "PK\x03\x04");
		zip_facts(&z->body, name, body, packed.len, lies);
		zip_number(&z->body, 0, 2);
		buf_add(&z->body, name);
		buf_add(&z->body, buf_bytes(&packed));
	}
	buf_text(&z->list, "PK\x01\x02");
	zip_number(&z->list, 20, 2);
	zip_facts(&z->list, name, body, packed.len, lies);
	zip_number(&z->list, 0, 12); /* extra, comment, disk, attributes */
	zip_number(&z->list, lies->from || lies->again ? lies->from : from, 4);
	buf_add(&z->list, name);
	z->count++;
}

static inline void
zip_add(struct zip_made *z, const char *name, const char *body)
{
	zip_add_lying(z, bytes_of(name), bytes_of(body), &(struct zip_lies){ 0 });
}

/* The archive; no more can be added. */
static inline struct bytes
zip_end(struct zip_made *z)
{
	size_t from = z->body.len;

	buf_add(&z->body, buf_bytes(&z->list));
	buf_text(&z->body, "PK\x05\x06");
	zip_number(&z->body, 0, 4);
	zip_number(&z->body, z->count, 2);
	zip_number(&z->body, z->count, 2);
	zip_number(&z->body, z->list.len, 4);
	zip_number(&z->body, from, 4);
	zip_number(&z->body, 0, 2);
	return buf_bytes(&z->body);
}

static inline void
zip_free(struct zip_made *z)
{
	buf_free(&z->body);
	buf_free(&z->list);
}

#endif
