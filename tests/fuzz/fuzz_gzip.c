/*
 * What containers hold, compressed as they hold it: the first byte says whether the rest is
 * packed once, twice, or lies as a file in a ZIP; with the name that the first line gives.
 */
#include <stdlib.h>
#include <zlib.h>

#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/pack.h"

/* RFC 1952, with the name of the file in it. */
static void
squeeze(struct buf *out, struct bytes content, struct bytes name)
{
	char inner[64] = "", room[4096];
	gz_header header = { .name = (Bytef *)inner };
	z_stream z = { .next_in = (Bytef *)(uintptr_t)content.at,
		.avail_in = (uInt)content.len };
	int rc;

	name = bytes_slice(name, 0, sizeof(inner) - 1);
	if (name.len)
		memcpy(inner, name.at, name.len);
	if (deflateInit2(&z, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK ||
	    deflateSetHeader(&z, &header) != Z_OK)
		abort(); /* out of memory */
	do {
		z.next_out = (Bytef *)room;
		z.avail_out = sizeof(room);
		rc = deflate(&z, Z_FINISH);
		buf_add(out, (struct bytes){ .at = room, .len = sizeof(room) - z.avail_out });
	} while (rc == Z_OK);
	(void)deflateEnd(&z); /* fails only for a stream that is none */
}

int
LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
	AUTO(buf_free) struct buf once = { 0 }, twice = { 0 };
	AUTO(pack_free) struct pack p = { 0 };
	struct bytes rest = { .at = (const char *)at + (len > 0), .len = len - (len > 0) };
	struct bytes name = { 0 };
	unsigned how = len > 0 ? at[0] % 4 : 0;

	(void)bytes_cut(&name, &rest, '\n'); /* without a line there is no name */
	if (!rest.at)
		rest = BYTES("");
	squeeze(&once, rest, name);
	if (how == 0) {
		fuzz_read(buf_bytes(&once), false, "f.csv.gz");
	} else if (how == 1) { /* a second member behind the first */
		squeeze(&once, rest, name);
		fuzz_read(buf_bytes(&once), false, "f.gz");
	} else if (how == 2) {
		squeeze(&twice, buf_bytes(&once), name);
		fuzz_read(buf_bytes(&twice), false, "f.gz");
	} else {
		pack_add(&p, bytes_slice(name, 0, 200), rest);
		pack_add(&p, BYTES("inner.csv.gz"), buf_bytes(&once));
		fuzz_read(pack_end(&p), false, "f.zip");
	}
	return 0;
}
