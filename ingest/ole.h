#ifndef INGEST_OLE_H
#define INGEST_OLE_H

#include "base/attr.h"
#include "base/buf.h"
#include "base/bytes.h"

/*
 * An OLE compound file ([MS-CFB]): small file systems in which Excel 97 to 2003 keeps a
 * workbook. Nothing is copied; what must be kept are the places of sectors, one 128th of the
 * file. A sector that belongs to two chains, or twice to one, damages what it belongs to.
 */
struct ole;
struct ole_stream;

/* NULL: no compound file, or its tables are damaged. The file must outlive it. */
struct ole *ole_new(struct bytes file);
void ole_free(struct ole **o);

/*
 * The stream of that name (ASCII, in any case) in the root, opened once; streams of embedded
 * documents are not looked at. NULL: there is none, or it is damaged.
 */
struct ole_stream *ole_stream_new(struct ole *o, const char *name);
/* Bytes that lie in no compound file, under the same calls. */
struct ole_stream *ole_stream_bare(struct bytes body);
void ole_stream_free(struct ole_stream **s);
bool ole_has(struct ole *o, const char *name);

size_t ole_stream_len(const struct ole_stream *s);
/*
 * Exactly len bytes from offset on, valid until the next view; at is NULL when it has fewer,
 * and once it was asked more often than any honest stream needs.
 */
struct bytes ole_view(struct ole_stream *s, size_t offset, size_t len);

/* Little endian, as all of these formats are; b must hold as many bytes from offset on. */
static inline unsigned
ole_u16(struct bytes b, size_t offset)
{
	const unsigned char *at = (const unsigned char *)b.at + offset;

	return at[0] | (unsigned)at[1] << 8;
}

static inline unsigned
ole_u32(struct bytes b, size_t offset)
{
	return ole_u16(b, offset) | ole_u16(b, offset + 2) << 16;
}

#endif
