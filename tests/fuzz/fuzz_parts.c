/*
 * A workbook, or any ZIP, as its parts: "NAME US CONTENT RS NAME US CONTENT …" with the control
 * characters US (0x1f) and RS (0x1e). What is compressed and summed would hide the XML from a
 * fuzzer.
 */
#include <zlib.h>

#include "base/buf.h"
#include "tests/fuzz/fuzz.h"

static void
put(struct buf *out, uint32_t n, int width)
{
	for (int i = 0; i < width; i++)
		buf_char(out, (char)(unsigned char)(n >> (8 * i)));
}

/* What local header and directory have in common (APPNOTE 4.3.7, 4.3.12): stored, UTF-8 name.
 */
static void
put_facts(struct buf *out, struct bytes name, struct bytes content)
{
	uint32_t sum = (uint32_t)crc32(0, (const Bytef *)content.at, (uInt)content.len);

	put(out, 20, 2);
	put(out, 0x800, 2);
	put(out, 0, 2);
	put(out, 0x21, 4); /* 1980-01-01 */
	put(out, content.len ? sum : 0, 4);
	put(out, (uint32_t)content.len, 4);
	put(out, (uint32_t)content.len, 4);
	put(out, (uint32_t)name.len, 2);
	put(out, 0, 2);
}

static void
put_entry(struct buf *out, struct buf *directory, struct bytes name, struct bytes content)
{
	uint32_t at = (uint32_t)out->len;

	buf_text(out, "PK\3\4");
	put_facts(out, name, content);
	buf_add(out, name);
	buf_add(out, content);
	buf_text(directory, "PK\1\2");
	put(directory, 20, 2);
	put_facts(directory, name, content);
	put(directory, 0, 2);
	put(directory, 0, 2);
	put(directory, 0, 2);
	put(directory, 0, 4);
	put(directory, at, 4);
	buf_add(directory, name);
}

int
LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
	AUTO(buf_free) struct buf zip = { 0 };
	AUTO(buf_free) struct buf directory = { 0 };
	struct bytes rest = { .at = (const char *)at, .len = len }, part;
	uint32_t count = 0, where;

	while (count < 50 && bytes_cut(&part, &rest, '\x1e')) {
		struct bytes name, content = part;

		if (!bytes_cut(&name, &content, '\x1f') || name.len > 200)
			continue;
		put_entry(&zip, &directory, name, content);
		count++;
	}
	where = (uint32_t)zip.len;
	buf_add(&zip, buf_bytes(&directory));
	buf_text(&zip, "PK\5\6");
	put(&zip, 0, 4);
	put(&zip, count, 2);
	put(&zip, count, 2);
	put(&zip, (uint32_t)directory.len, 4);
	put(&zip, where, 4);
	put(&zip, 0, 2);
	fuzz_read(buf_bytes(&zip), false, "f.xlsx");
	return 0;
}
