/*
 * Why: who packs on an old Vietnamese Windows sends names in CP1258, and the archive does not
 * say so.
 */
#include "base/text.h"
#include "ingest/archive_int.h"
#include "ingest/mime_int.h"

/* Letters with marks that Vietnamese has outside U+1EA0 to U+1EF9. */
static bool
is_vietnamese(uint32_t rune)
{
	static const uint16_t others[] = { 0xc0, 0xc1, 0xc2, 0xc3, 0xc8, 0xc9, 0xca, 0xcc, 0xcd,
		0xd2, 0xd3, 0xd4, 0xd5, 0xd9, 0xda, 0xdd, 0x102, 0x110, 0x128, 0x168, 0x1a0,
		0x1af };
	/* Small letters: 32 further in Latin-1, the next one elsewhere. */
	uint32_t capital = rune < 0xe0 ? rune : rune < 0x100 ? rune - 32 : rune - 1;

	if (rune >= 0x1ea0 && rune <= 0x1ef9)
		return true;
	for (size_t i = 0; i < COUNT(others); i++)
		if (rune == others[i] || capital == others[i])
			return true;
	return false;
}

static bool
all_vietnamese(struct bytes name)
{
	while (name.len > 0) {
		uint32_t rune;
		size_t n = text_rune(&rune, name);

		if (rune >= 0x80 && !is_vietnamese(rune))
			return false;
		name = bytes_slice(name, n, name.len);
	}
	return true;
}

struct bytes
archive_name(struct arena *a, const struct archive_item *item)
{
	struct bytes name;

	if (item->utf8 || text_valid(item->name))
		return mime_charset_text(a, item->name, BYTES("utf-8"));
	name = mime_charset_text(a, item->name, BYTES("cp1258"));
	return all_vietnamese(name) ? name : mime_charset_text(a, item->name, BYTES("cp437"));
}
