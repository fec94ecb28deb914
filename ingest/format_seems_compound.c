/*
 * Why: Word, Excel and Outlook write the same kind of file, and each may hold the others' in a
 * folder further down.
 */
#include "ingest/format_int.h"

#include <stdint.h>

#include "base/attr.h"

/* [MS-CFB] 2.2, 2.6. */
#define HEADER_BYTES 512
#define DIFAT_OFFSET 76
#define DIFAT_HEADER 109
#define ENTRY_BYTES  128
#define NAME_BYTES   64
#define SECTOR_LAST  0xfffffffau /* those above mean something else */
#define ENTRIES_MOST 16384u
#define TOP_MOST     1024u /* streams and folders in the topmost one */

struct compound {
	struct bytes body;
	unsigned shift; /* sectors are 1 << shift bytes */
	uint32_t folder;
};

/* clang-format off */
static const struct {
	struct bytes name; /* UTF-16 */
	const char *word;
} kinds[] = {
	{ BYTES_INIT("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"), "encrypted" },
	{ BYTES_INIT("W\0o\0r\0k\0b\0o\0o\0k\0"), "xls" },
	{ BYTES_INIT("B\0o\0o\0k\0"), "xls" },
	{ BYTES_INIT("W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0"), "word" },
	{ BYTES_INIT("P\0o\0w\0e\0r\0P\0o\0i\0n\0t\0 \0D\0o\0c\0u\0m\0e\0n\0t\0"), "slides" },
	{ BYTES_INIT("_\0_\0p\0r\0o\0p\0e\0r\0t\0i\0e\0s\0_\0v\0e\0r\0s\0i\0o\0n\0001\0.\0000\0"), "mail" },
};
/* clang-format on */

static uint32_t
number(struct bytes b, uint64_t offset, size_t width)
{
	uint32_t n = 0;

	if (offset > b.len || b.len - offset < width)
		return UINT32_MAX;
	for (size_t i = width; i-- > 0;)
		n = n << 8 | (unsigned char)b.at[offset + i];
	return n;
}

static uint64_t
place(const struct compound *c, uint32_t sector)
{
	return ((uint64_t)sector + 1) << c->shift;
}

/* The sector of the table of sectors with that number: the header lists the first ones. */
static uint32_t
table_sector(const struct compound *c, uint32_t i)
{
	uint32_t per_sector = (1u << (c->shift - 2)) - 1, list;

	if (i < DIFAT_HEADER)
		return number(c->body, DIFAT_OFFSET + 4 * (uint64_t)i, 4);
	i -= DIFAT_HEADER;
	list = number(c->body, 68, 4);
	for (; i >= per_sector && list <= SECTOR_LAST; i -= per_sector)
		list = number(c->body, place(c, list) + 4 * (uint64_t)per_sector, 4);
	return list <= SECTOR_LAST ? number(c->body, place(c, list) + 4 * (uint64_t)i, 4)
				   : list;
}

/* The sector behind it; above SECTOR_LAST: there is none. */
static uint32_t
next_sector(const struct compound *c, uint32_t sector)
{
	uint32_t per_sector = 1u << (c->shift - 2), table;

	if (place(c, sector) >= c->body.len)
		return UINT32_MAX; /* before its number leads us far through the table */
	table = table_sector(c, sector / per_sector);
	if (table > SECTOR_LAST)
		return table;
	return number(c->body, place(c, table) + 4 * (uint64_t)(sector % per_sector), 4);
}

/* Entry of the list of folders; empty: there is none. */
static struct bytes
entry(const struct compound *c, uint32_t i)
{
	uint32_t sector = c->folder, per_sector = (1u << c->shift) / ENTRY_BYTES;

	if (i >= ENTRIES_MOST)
		return (struct bytes){ 0 };
	for (uint32_t n = i / per_sector; n > 0 && sector <= SECTOR_LAST; n--)
		sector = next_sector(c, sector);
	if (sector > SECTOR_LAST)
		return (struct bytes){ 0 };
	return bytes_slice(c->body,
	    (size_t)(place(c, sector) + (uint64_t)ENTRY_BYTES * (i % per_sector)), ENTRY_BYTES);
}

static size_t
kind_of(struct bytes e)
{
	uint32_t len = number(e, NAME_BYTES, 2); /* with a closing zero */
	size_t i = 0;

	if (len < 2 || len > NAME_BYTES)
		return COUNT(kinds);
	while (i < COUNT(kinds) && !bytes_equal(bytes_slice(e, 0, len - 2), kinds[i].name))
		i++;
	return i;
}

/* The names of a folder are a tree by brothers left and right. */
static const char *
kind_at_top(const struct compound *c)
{
	uint32_t waiting[TOP_MOST], count = 0, seen = 0;
	size_t best = COUNT(kinds);
	struct bytes root = entry(c, 0);

	if (root.len < ENTRY_BYTES)
		return NULL;
	waiting[count++] = number(root, 76, 4);
	while (count > 0 && seen++ < TOP_MOST) {
		struct bytes e = entry(c, waiting[--count]);
		size_t kind;

		if (e.len < ENTRY_BYTES)
			continue;
		kind = kind_of(e);
		best = kind < best ? kind : best;
		for (uint64_t side = 68; side <= 72 && count < TOP_MOST; side += 4)
			waiting[count++] = number(e, side, 4);
	}
	return best < COUNT(kinds) ? kinds[best].word : NULL;
}

/* Of a damaged one: whichever name stands anywhere. */
static const char *
kind_of_pieces(struct bytes body)
{
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (seems_holds(body, kinds[i].name))
			return kinds[i].word;
	return "binary";
}

const char *
seems_compound(struct bytes body)
{
	struct compound c = { .body = body, .shift = number(body, 30, 2) };
	const char *word = NULL;

	c.folder = number(body, 48, 4);
	if (body.len >= HEADER_BYTES && (c.shift == 9 || c.shift == 12))
		word = kind_at_top(&c);
	return word ? word : kind_of_pieces(body);
}
