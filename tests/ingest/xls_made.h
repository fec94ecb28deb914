/*
 * Workbooks of Excel 97 made in a test, record by record, and the compound file around them, in
 * pieces and with lies where a test wants them.
 */
#ifndef TESTS_INGEST_XLS_MADE_H
#define TESTS_INGEST_XLS_MADE_H

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/buf.h"

static inline void
made_u16(struct buf *b, unsigned n)
{
	buf_char(b, (char)(unsigned char)n);
	buf_char(b, (char)(unsigned char)(n >> 8));
}

static inline void
made_u32(struct buf *b, unsigned n)
{
	made_u16(b, n & 0xffff);
	made_u16(b, n >> 16);
}

static inline void
made_double(struct buf *b, double value)
{
	uint64_t bits;

	memcpy(&bits, &value, sizeof(bits));
	made_u32(b, (unsigned)bits);
	made_u32(b, (unsigned)(bits >> 32));
}

static inline void
made_put_u32(struct buf *b, size_t at, unsigned n)
{
	for (size_t i = 0; i < 4; i++)
		b->at[at + i] = (char)(unsigned char)(n >> 8 * i);
}

static inline void
made_record(struct buf *b, unsigned type, struct bytes body)
{
	made_u16(b, type);
	made_u16(b, (unsigned)body.len);
	buf_add(b, body);
}

/* The same from a text of hexadecimal digits and blanks. */
static inline void
made_hex(struct buf *b, const char *hex)
{
	for (; *hex; hex++) {
		char two[3] = { hex[0], hex[0] == ' ' ? '\0' : hex[1], '\0' };

		if (*hex == ' ')
			continue;
		buf_char(b, (char)strtoul(two, NULL, 16));
		hex++;
	}
}

/* "0203 0000…": type and body of one record each, split by "|"; * ends what is read. */
static inline void
made_records(struct buf *b, const char *hex)
{
	struct bytes rest = bytes_of(hex), piece;

	while (bytes_cut(&piece, &rest, '|')) {
		AUTO(buf_free) struct buf one = { 0 }, body = { 0 };

		buf_add(&one, bytes_trim(piece));
		if (one.len == 0)
			continue;
		made_hex(&body, one.at + 4);
		one.at[4] = '\0';
		made_record(b, (unsigned)strtoul(one.at, NULL, 16), buf_bytes(&body));
	}
}

/* Eight bits a letter; NULL flags: without them, as in fonts of Excel 5. */
static inline void
made_text(struct buf *b, const char *text, size_t width, bool flags)
{
	size_t len = strlen(text);

	buf_char(b, (char)(unsigned char)len);
	if (width == 2)
		buf_char(b, (char)(unsigned char)(len >> 8));
	if (flags)
		buf_char(b, '\0');
	buf_text(b, text);
}

/* What all sheets share, and up to eight sheets. */
struct xls_made {
	const char *globals; /* records */
	struct buf strings;  /* a whole SST with what continues it; empty: none */
	struct {
		const char *name;
		unsigned state, kind;
		const char *records; /* between its begin and its end */
		struct buf more;     /* behind them */
	} sheets[8];
	unsigned version; /* 0: 0x0600 */
};

#define MADE_END 0x000a

static inline void
made_begin(struct buf *out, unsigned version, unsigned kind)
{
	AUTO(buf_free) struct buf body = { 0 };

	made_u16(&body, version);
	made_u16(&body, kind);
	made_u32(&body, 0);
	if (version == 0x0600) {
		made_u32(&body, 0);
		made_u32(&body, 0);
	}
	made_record(out, 0x0809, buf_bytes(&body));
}

/* The workbook stream; frees what the parts hold. */
static inline void
made_stream(struct buf *out, struct xls_made *m)
{
	unsigned version = m->version ? m->version : 0x0600;
	size_t places[8];

	made_begin(out, version, 5);
	made_records(out, m->globals ? m->globals : "");
	for (size_t i = 0; i < 8 && m->sheets[i].name; i++) {
		AUTO(buf_free) struct buf body = { 0 };

		places[i] = out->len + 4;
		made_u32(&body, 0);
		buf_char(&body, (char)(unsigned char)m->sheets[i].state);
		buf_char(&body, (char)(unsigned char)m->sheets[i].kind);
		made_text(&body, m->sheets[i].name, 1, version == 0x0600);
		made_record(out, 0x0085, buf_bytes(&body));
	}
	buf_add(out, buf_bytes(&m->strings));
	made_record(out, MADE_END, BYTES(""));
	for (size_t i = 0; i < 8 && m->sheets[i].name; i++) {
		made_put_u32(out, places[i], (unsigned)out->len);
		made_begin(out, version, 0x10);
		made_records(out, m->sheets[i].records ? m->sheets[i].records : "");
		buf_add(out, buf_bytes(&m->sheets[i].more));
		made_record(out, MADE_END, BYTES(""));
		buf_free(&m->sheets[i].more);
	}
	buf_free(&m->strings);
}

/* --- the compound file */

struct ole_made_stream {
	const char *name;
	struct bytes body;
	bool mini; /* in the stream of small ones */
};

#define MADE_SECTOR 512u

static inline void
made_entry(struct buf *dir, const char *name, unsigned type, unsigned left, unsigned child,
    unsigned start, size_t len)
{
	size_t from = dir->len, letters = strlen(name);

	for (size_t i = 0; i < 32; i++)
		made_u16(dir, i < letters ? (unsigned char)name[i] : 0);
	made_u16(dir, (unsigned)(2 * letters + 2));
	buf_char(dir, (char)(unsigned char)type);
	buf_char(dir, 1);
	made_u32(dir, left);
	made_u32(dir, 0xffffffff);
	made_u32(dir, child);
	for (size_t i = 0; i < 36; i++)
		buf_char(dir, '\0');
	made_u32(dir, start);
	made_u32(dir, (unsigned)len);
	made_u32(dir, 0);
	assert(dir->len == from + 128);
}

/* A chain of the body's sectors, from the last to the first when it is to lie in pieces. */
static inline unsigned
made_chain(struct buf *sectors, struct buf *table, struct bytes body, size_t unit, bool pieces)
{
	size_t count = (body.len + unit - 1) / unit, first = sectors->len / unit;

	for (size_t i = 0; i < count; i++) {
		size_t n = pieces ? count - 1 - i : i;
		struct bytes one = bytes_slice(body, n * unit, unit);

		buf_add(sectors, one);
		for (size_t k = one.len; k < unit; k++)
			buf_char(sectors, '\0');
		made_u32(table,
		    n + 1 == count ? 0xfffffffe
				   : (unsigned)(first + (pieces ? count - 2 - n : n + 1)));
	}
	return (unsigned)(count ? first + (pieces ? count - 1 : 0) : 0xfffffffe);
}

/* Up to eight streams in the root; the sector table is listed in the header. */
static inline void
made_ole(struct buf *out, const struct ole_made_stream *streams, size_t count, bool pieces)
{
	AUTO(buf_free) struct buf sectors = { 0 }, table = { 0 }, minis = { 0 };
	AUTO(buf_free) struct buf mini_table = { 0 }, dir = { 0 };
	unsigned starts[8], root, mini_links, dir_start, tables = 0;

	for (size_t i = 0; i < count; i++)
		starts[i] = streams[i].mini
		    ? made_chain(&minis, &mini_table, streams[i].body, 64, pieces)
		    : made_chain(&sectors, &table, streams[i].body, MADE_SECTOR, pieces);
	root = made_chain(&sectors, &table, buf_bytes(&minis), MADE_SECTOR, pieces);
	mini_links = made_chain(&sectors, &table, buf_bytes(&mini_table), MADE_SECTOR, pieces);
	made_entry(&dir, "Root Entry", 5, 0xffffffff, count ? 1 : 0xffffffff, root, minis.len);
	for (size_t i = 0; i < count; i++)
		made_entry(&dir, streams[i].name, 2,
		    i + 1 < count ? (unsigned)i + 2 : 0xffffffff, 0xffffffff, starts[i],
		    streams[i].body.len);
	while (dir.len % MADE_SECTOR)
		buf_char(&dir, '\0');
	dir_start = made_chain(&sectors, &table, buf_bytes(&dir), MADE_SECTOR, pieces);
	while (tables * MADE_SECTOR < table.len + 4 * tables)
		tables++;
	made_hex(out,
	    "d0cf11e0a1b11ae1 00000000000000000000000000000000 3e00 0300 feff 0900 0600"
	    "000000000000 00000000");
	made_u32(out, tables);
	made_u32(out, dir_start);
	made_u32(out, 0);
	made_u32(out, 4096);
	made_u32(out, mini_table.len ? mini_links : 0xfffffffe);
	made_u32(out, (unsigned)((mini_table.len + MADE_SECTOR - 1) / MADE_SECTOR));
	made_u32(out, 0xfffffffe);
	made_u32(out, 0);
	assert(tables <= 109);
	for (unsigned i = 0; i < 109; i++)
		made_u32(
		    out, i < tables ? (unsigned)(sectors.len / MADE_SECTOR) + i : 0xffffffff);
	assert(out->len == MADE_SECTOR);
	for (unsigned i = 0; i < tables; i++)
		made_u32(&table, 0xfffffffd);
	while (table.len % MADE_SECTOR)
		made_u32(&table, 0xffffffff);
	buf_add(out, buf_bytes(&sectors));
	buf_add(out, buf_bytes(&table));
}

/* The workbook alone in its file; as every program does, not smaller than 4096 bytes. */
static inline void
made_book(struct buf *out, struct xls_made *m)
{
	AUTO(buf_free) struct buf stream = { 0 };
	struct ole_made_stream one = { .name = "Workbook" };

	made_stream(&stream, m);
	while (stream.len < 4096)
		buf_char(&stream, '\0');
	one.body = buf_bytes(&stream);
	made_ole(out, &one, 1, false);
}

#endif
