/* A winmail.dat made in a test, attribute by attribute. */
#ifndef TESTS_INGEST_TNEF_MADE_H
#define TESTS_INGEST_TNEF_MADE_H

#include <stdint.h>

#include "base/buf.h"
#include "ingest/tnef_int.h"

static inline void
tnef_put(struct buf *out, uint64_t n, size_t width)
{
	for (size_t i = 0; i < width; i++, n >>= 8)
		buf_char(out, (char)n);
}

static inline void
tnef_put_signature(struct buf *out)
{
	buf_text(out, TNEF_SIGNATURE);
	tnef_put(out, 0x0142, 2);
}

static inline void
tnef_put_attribute(struct buf *out, unsigned level, uint32_t id, struct bytes data)
{
	unsigned sum = 0;

	for (size_t i = 0; i < data.len; i++)
		sum += (unsigned char)data.at[i];
	tnef_put(out, level, 1);
	tnef_put(out, id, 4);
	tnef_put(out, data.len, 4);
	buf_add(out, data);
	tnef_put(out, sum & 0xffff, 2);
}

static inline void
tnef_put_padding(struct buf *out, size_t len)
{
	for (; len % 4 != 0; len++)
		buf_char(out, '\0');
}

static inline void
tnef_put_number(struct buf *out, uint16_t id, uint32_t n)
{
	tnef_put(out, (uint32_t)id << 16 | TNEF_LONG, 4);
	tnef_put(out, n, 4);
}

/* STRING8 (with its NUL), BINARY or OBJECT. */
static inline void
tnef_put_bytes(struct buf *out, enum tnef_type type, uint16_t id, struct bytes value)
{
	size_t len = value.len + (type == TNEF_STRING8);

	tnef_put(out, (uint32_t)id << 16 | (uint32_t)type, 4);
	tnef_put(out, 1, 4);
	tnef_put(out, len, 4);
	buf_add(out, value);
	if (type == TNEF_STRING8)
		buf_char(out, '\0');
	tnef_put_padding(out, len);
}

/* UTF-16 of characters below U+10000. */
static inline void
tnef_put_letters(struct buf *out, const uint16_t *letters)
{
	for (; *letters; letters++)
		tnef_put(out, *letters, 2);
	tnef_put(out, 0, 2);
}

static inline void
tnef_put_unicode(struct buf *out, uint16_t id, const uint16_t *letters)
{
	size_t from;

	tnef_put(out, (uint32_t)id << 16 | TNEF_UNICODE, 4);
	tnef_put(out, 1, 4);
	from = out->len;
	tnef_put(out, 0, 4);
	tnef_put_letters(out, letters);
	out->at[from] = (char)(out->len - from - 4);
	tnef_put_padding(out, out->len - from);
}

/* A property with a name of its own, as Exchange writes them. */
static inline void
tnef_put_named(struct buf *out, const uint16_t *name, struct bytes value)
{
	size_t from;

	tnef_put(out, 0x8001u << 16 | TNEF_STRING8, 4);
	for (int i = 0; i < 16; i++)
		buf_char(out, (char)i);
	tnef_put(out, 1, 4);
	from = out->len;
	tnef_put(out, 0, 4);
	tnef_put_letters(out, name);
	out->at[from] = (char)(out->len - from - 4);
	tnef_put_padding(out, out->len - from);
	tnef_put(out, 1, 4);
	tnef_put(out, value.len + 1, 4);
	buf_add(out, value);
	buf_char(out, '\0');
	tnef_put_padding(out, value.len + 1);
}

/* How an attachment begins. */
static inline void
tnef_put_begin(struct buf *out)
{
	tnef_put_attribute(
	    out, 2, TNEF_ATTACH_BEGIN, BYTES("\1\0\xff\xff\xff\xff\0\0\0\0\0\0\0\0"));
}

/* What one with that many properties says of itself. */
static inline void
tnef_put_properties(struct buf *out, unsigned level, uint32_t count, struct bytes properties)
{
	AUTO(buf_free) struct buf data = { 0 };

	tnef_put(&data, count, 4);
	buf_add(&data, properties);
	tnef_put_attribute(
	    out, level, level == 2 ? TNEF_ATTACH_PROPERTIES : 0x00069003, buf_bytes(&data));
}

/* A whole attachment with its title of old, which ends with NUL. */
static inline void
tnef_put_file(struct buf *out, const char *title, const char *body)
{
	tnef_put_begin(out);
	tnef_put_attribute(
	    out, 2, TNEF_ATTACH_TITLE, (struct bytes){ .at = title, .len = strlen(title) + 1 });
	tnef_put_attribute(out, 2, TNEF_ATTACH_DATA, bytes_of(body));
}

#endif
