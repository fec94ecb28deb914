/* Why: what exports by themselves, and some Unix hands, pack their tables with gzip. */
#include <limits.h>
#include <zlib.h>

#include "base/buf.h"
#include "base/text.h"
#include "ingest/mime_int.h"
#include "ingest/unpack.h"

#define PIECE ((size_t)64 << 10)

struct inflating {
	z_stream z;
	struct buf out;
	uint64_t most;
};

static void
inflating_free(struct inflating *x)
{
	(void)inflateEnd(&x->z); /* fails only on what was never begun */
	buf_free(&x->out);
}

/*
 * One member (RFC 1952 §2.2) from its header to its check sum. A word as in struct unpacked.
 */
static const char *
inflate_member(struct inflating *x)
{
	int rc = Z_OK;

	while (rc == Z_OK) {
		x->z.next_out = (Bytef *)buf_reserve(&x->out, PIECE);
		x->z.avail_out = PIECE;
		rc = inflate(&x->z, Z_NO_FLUSH);
		x->out.len += PIECE - x->z.avail_out;
		if (x->out.len > x->most)
			return "too-large";
	}
	return rc == Z_STREAM_END ? NULL : "damaged";
}

/* Zeros are what tapes and block devices leave behind; all else should not be there. */
static bool
is_padding(struct bytes rest)
{
	for (size_t i = 0; i < rest.len; i++)
		if (rest.at[i] != '\0')
			return false;
	return true;
}

/* Members stand one behind the other and are one file. */
static const char *
inflate_all(struct inflating *x, struct bytes body)
{
	const char *word = NULL;

	if (body.len > UINT_MAX)
		return "too-large";
	/* 16: with the header and check sum of gzip. */
	if (inflateInit2(&x->z, MAX_WBITS + 16) != Z_OK)
		return "damaged";
	x->z.next_in = (Bytef *)(uintptr_t)body.at;
	x->z.avail_in = (uInt)body.len;
	do {
		word = inflate_member(x);
		body = bytes_slice(body, body.len - x->z.avail_in, body.len);
	} while (!word && bytes_starts(body, BYTES("\x1f\x8b")) && inflateReset(&x->z) == Z_OK);
	if (!word && !is_padding(body))
		word = "damaged";
	return word;
}

/* The name in the header (RFC 1952 §2.3.1), which stands behind what the extra field has. */
static struct bytes
name_within(struct bytes body)
{
	unsigned flags = body.len > 3 ? (unsigned char)body.at[3] : 0;
	struct bytes rest = bytes_slice(body, 10, body.len);

	if (!(flags & 8))
		return (struct bytes){ 0 };
	if (flags & 4 && rest.len >= 2)
		rest = bytes_slice(rest,
		    2 + (size_t)((unsigned char)rest.at[0] | (unsigned char)rest.at[1] << 8),
		    rest.len);
	return bytes_slice(rest, 0, bytes_find(rest, BYTES("\0")));
}

/* What its sender sees: the file's name without what gzip put behind it. */
static struct bytes
name_of(struct arena *a, const struct unpack_input *in)
{
	struct bytes name = in->name;

	if (name.len > 3 && bytes_equal_fold(bytes_slice(name, name.len - 3, 3), BYTES(".gz")))
		return bytes_slice(name, 0, name.len - 3);
	name = mime_charset_text(a, name_within(in->body), BYTES(""));
	return text_head(unpack_base_name(name), UNPACK_NAME);
}

static int
unpack(const struct unpack_input *in, const struct unpack_sink *sink, struct err *e)
{
	AUTO(arena_free) struct arena *arena = arena_new();
	AUTO(inflating_free) struct inflating x = { .most = in->limits->part_bytes };
	struct unpacked file = { .name = name_of(arena, in) };

	x.most = *in->left < x.most ? *in->left : x.most;
	file.unreadable = inflate_all(&x, in->body);
	*in->left -= x.out.len < *in->left ? x.out.len : *in->left;
	file.type = unpack_type(file.name);
	if (!file.unreadable) {
		file.body = buf_bytes(&x.out);
		file.bytes = file.body.len;
	}
	return sink->file(sink->self, &file, e);
}

const struct container container_gzip = { .name = "gzip", .unpack = unpack };
