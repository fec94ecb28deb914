/* Why: keyboards and programs give one sign many characters; who reads numbers, days and codes
 * wants to know one. */
#include <utf8proc.h>

#include "base/text.h"

/* What has no width, and what only turns the direction of writing. */
static bool
invisible(uint32_t rune)
{
	return rune == 0xAD || rune == 0xFEFF ||
	    utf8proc_category((utf8proc_int32_t)rune) == UTF8PROC_CATEGORY_CF ||
	    (rune >= 0xFE00 && rune <= 0xFE0F); /* how the sign before it is drawn */
}

static bool
dash(uint32_t rune)
{
	return (rune >= 0x2010 && rune <= 0x2015) || rune == 0x2043 || rune == 0x2212 ||
	    rune == 0xFE58 || rune == 0xFE63 || rune == 0x2500;
}

static bool
apostrophe(uint32_t rune)
{
	return rune == 0x2018 || rune == 0x2019 || rune == 0x02BC || rune == 0x2032 ||
	    rune == 0xB4 || rune == '`';
}

static bool
is_space(uint32_t rune)
{
	return utf8proc_category((utf8proc_int32_t)rune) == UTF8PROC_CATEGORY_ZS ||
	    (rune >= 0x09 && rune <= 0x0D) || rune == 0x85 || rune == 0x2028 || rune == 0x2029;
}

static void
put_rune(struct buf *out, struct bytes as_written, uint32_t rune)
{
	static const char *const roman[] = { "I", "II", "III", "IV", "V", "VI", "VII", "VIII",
		"IX", "X", "XI", "XII" };

	if (is_space(rune))
		buf_char(out, ' ');
	else if (invisible(rune))
		return;
	else if (rune >= 0xFF01 && rune <= 0xFF5E) /* full width; the order is ASCII's */
		buf_char(out, (char)(rune - 0xFF01 + '!'));
	else if (dash(rune))
		buf_char(out, '-');
	else if (apostrophe(rune))
		buf_char(out, '\'');
	else if (rune >= 0x2160 && rune < 0x2160 + COUNT(roman))
		buf_text(out, roman[rune - 0x2160]);
	else if (rune >= 0x2170 && rune < 0x2170 + COUNT(roman))
		buf_text(out, roman[rune - 0x2170]);
	else
		buf_add(out, as_written);
}

struct bytes
text_plain(struct arena *a, struct bytes b)
{
	AUTO(buf_free) struct buf out = { 0 };
	struct bytes rest = b;
	bool same = true;

	for (size_t i = 0; i < b.len && same; i++)
		same = (unsigned char)b.at[i] < 0x80 && (unsigned char)b.at[i] >= ' ' &&
		    b.at[i] != '`';
	if (same)
		return b;
	while (rest.len) {
		uint32_t rune;
		size_t n = text_rune(&rune, rest);

		put_rune(&out, bytes_slice(rest, 0, n), rune);
		rest = bytes_slice(rest, n, rest.len);
	}
	return arena_bytes(a, buf_bytes(&out));
}
