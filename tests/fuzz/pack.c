/* Why: what is compressed and summed would hide from a fuzzer, so targets pack their own ZIPs.
 */
#include <zlib.h>

#include "tests/fuzz/pack.h"

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

void
pack_add(struct pack *p, struct bytes name, struct bytes content)
{
	struct buf *out = &p->zip, *directory = &p->directory;
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
	p->count++;
}

struct bytes
pack_end(struct pack *p)
{
	uint32_t where = (uint32_t)p->zip.len;

	buf_add(&p->zip, buf_bytes(&p->directory));
	buf_text(&p->zip, "PK\5\6");
	put(&p->zip, 0, 4);
	put(&p->zip, p->count, 2);
	put(&p->zip, p->count, 2);
	put(&p->zip, (uint32_t)p->directory.len, 4);
	put(&p->zip, where, 4);
	put(&p->zip, 0, 2);
	return buf_bytes(&p->zip);
}

void
pack_free(struct pack *p)
{
	buf_free(&p->zip);
	buf_free(&p->directory);
}
