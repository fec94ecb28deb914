/*
 * Why: text that was read in the wrong encoding before it came here is valid Unicode, and
 * nonsense.
 */
#include "base/text.h"
#include "ingest/charset_int.h"

/* À Á Â Ã È É Ê Ì Í Ò Ó Ô Õ Ù Ú Ý, by the second byte of UTF-8; the small ones stand likewise.
 */
static bool
is_vietnamese(unsigned char second)
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
			odd |= !is_vietnamese(second) || (second < 0xa0 && small);
		else if (c == 0xc2 || c == 0xc5 || c == 0xcb || (c == 0xc6 && second == 0x92))
			odd = true;
		else if (c != 0xe2)
			return false;
		small = c == 0xc3 && second >= 0xa0;
		i += c >= 0xe0 ? 2 : 1;
	}
	return odd;
}

static bool
is_language(const struct legacy *l, struct bytes body, bool *none)
{
	static const unsigned char nothing[SYLLABLES / 8 + 1];
	struct plausible p;

	charset_plausible(&p, l, body, nothing);
	*none = p.impossible > 0;
	return p.fits && p.possible > 0 && p.impossible == 0;
}

bool
charset_garbled(struct bytes utf8)
{
	AUTO(buf_free) struct buf raw = { 0 };
	struct bytes body;
	bool none;

	if (!looks_odd(utf8) || !legacy_bytes(&raw, utf8))
		return false;
	body = buf_bytes(&raw);
	if (text_valid(body)) /* twice UTF-8 */
		return true;
	/* What is Vietnamese as it stands is not looked at further. */
	(void)is_language(&legacy_cp1252, body, &none);
	return none &&
	    (is_language(&legacy_tcvn3, body, &none) || is_language(&legacy_vni, body, &none));
}
