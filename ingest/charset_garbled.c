/*
 * Why: text that was read in the wrong encoding before it came here is valid Unicode, and
 * nonsense.
 */
#include "base/text.h"
#include "ingest/charset_int.h"

/* À Á Â Ã È É Ê Ì Í Ò Ó Ô Õ Ù Ú Ý by the second byte of UTF-8; the small ones stand likewise.
 */
static bool
is_vietnamese_letter(unsigned char second)
{
	return 0x263c370fu >> (second & 0x1f) & 1;
}

/*
 * A sign, a letter that Vietnamese does not have, or a capital behind a small letter, and
 * nothing beyond what Windows-1252 has: a first look, as nearly all cells pass here.
 */
static bool
looks_odd(struct bytes b)
{
	bool odd = false, small = false;

	for (size_t i = 0; i < b.len; i++) {
		unsigned char c = (unsigned char)b.at[i], second;

		if (c < 0x80) {
			small = c >= 'a' && c <= 'z';
			continue;
		}
		second = i + 1 < b.len ? (unsigned char)b.at[i + 1] : 0;
		if (c == 0xc3)
			odd |= !is_vietnamese_letter(second) || (second < 0xa0 && small);
		else if (c == 0xc2 || c == 0xc5 || c == 0xcb || (c == 0xc6 && second == 0x92))
			odd = true;
		else if (c != 0xe2)
			return false;
		small = c == 0xc3 && second >= 0xa0;
		i += c >= 0xe0 ? 2 : 1;
	}
	return odd;
}

/* Two words of it, or one that everybody knows; a sign alone may be anything. */
#define LEAST 2

static bool
is_vietnamese_in(const struct legacy *l, struct bytes body)
{
	static const unsigned char none[SYLLABLES / 8 + 1];
	struct plausible p;

	charset_plausible(&p, l, body, none);
	return p.fits && p.weight >= LEAST && p.impossible == 0;
}

bool
charset_garbled(struct bytes utf8)
{
	static const unsigned char none[SYLLABLES / 8 + 1];
	AUTO(buf_free) struct buf raw = { 0 };
	struct plausible as_it_is;

	if (!looks_odd(utf8) || !legacy_bytes(&raw, utf8))
		return false;
	if (text_valid(buf_bytes(&raw))) /* twice UTF-8 */
		return true;
	charset_plausible(&as_it_is, &legacy_cp1252, buf_bytes(&raw), none);
	return as_it_is.impossible > 0 &&
	    (is_vietnamese_in(&legacy_tcvn3, buf_bytes(&raw)) ||
		is_vietnamese_in(&legacy_vni, buf_bytes(&raw)));
}
