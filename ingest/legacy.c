/*
 * Why: workbooks of old fonts hold letters that only their font makes Vietnamese; without it
 * they are mojibake.
 */
#include "ingest/legacy_int.h"

#include <utf8proc.h>

#include "base/arena.h"
#include "base/text.h"

static const struct legacy tcvn3 = { .name = "TCVN3 (ABC)", .letter = legacy_tcvn3 };
static const struct legacy tcvn3_capitals = {
	.name = "TCVN3 (ABC)", .letter = legacy_tcvn3, .capitals = true
};
static const struct legacy vni = { .name = "VNI", .letter = legacy_vni };

const struct legacy *
legacy_of_font(struct bytes font_name)
{
	struct bytes name = bytes_trim(font_name);

	if (bytes_starts_fold(name, BYTES("VNI-")) || bytes_starts_fold(name, BYTES("VNI ")))
		return &vni;
	if (!bytes_starts_fold(name, BYTES(".Vn")))
		return NULL;
	return name.at[name.len - 1] == 'H' ? &tcvn3_capitals : &tcvn3;
}

/* The byte that a character of the workbook stands for; -1: none. */
static int
byte_of(uint32_t rune)
{
	if (rune < 0x100)
		return (int)rune;
	for (unsigned byte = 0x80; byte < 0xa0; byte++)
		if (legacy_cp1252((unsigned char)byte) == rune)
			return (int)byte;
	return -1;
}

/* false: it has characters that no byte stands for. */
static bool
to_bytes(struct buf *out, struct bytes utf8)
{
	while (utf8.len) {
		uint32_t rune;
		size_t n = text_rune(&rune, utf8);
		int byte = byte_of(rune);

		if (byte < 0)
			return false;
		buf_char(out, (char)byte);
		utf8 = bytes_slice(utf8, n, utf8.len);
	}
	return true;
}

static bool
decode(struct buf *out, const struct legacy *l, struct bytes raw)
{
	while (raw.len) {
		uint32_t rune;
		size_t n = l->letter(&rune, raw);

		if (n == 0)
			return false;
		if (l->capitals)
			rune = (uint32_t)utf8proc_toupper((utf8proc_int32_t)rune);
		text_put(out, rune);
		raw = bytes_slice(raw, n, raw.len);
	}
	return true;
}

void
legacy_decode_text(struct buf *out, const struct legacy *l, struct bytes utf8)
{
	AUTO(buf_free) struct buf raw = { 0 };
	AUTO(arena_free) struct arena *a = NULL;
	size_t before = out->len;

	if (to_bytes(&raw, utf8) && decode(out, l, buf_bytes(&raw)))
		return;
	out->len = before;
	a = arena_new();
	buf_add(out, text_nfc(a, utf8));
}
