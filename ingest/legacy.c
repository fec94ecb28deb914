/*
 * Why: workbooks of old fonts hold letters that only their font makes Vietnamese; without it
 * they are mojibake.
 */
#include "ingest/charset_int.h"

#include "base/arena.h"
#include "base/text.h"

const struct legacy legacy_tcvn3 = {
	.name = "TCVN3 (ABC)", .letter = letter_tcvn3, .small_tones = true
};
const struct legacy legacy_vni = { .name = "VNI", .letter = letter_vni };
const struct legacy legacy_viscii = { .name = "VISCII", .letter = letter_viscii };
const struct legacy legacy_cp1258 = { .name = "Windows-1258", .letter = letter_cp1258 };
const struct legacy legacy_cp1252 = { .name = "Windows-1252", .letter = letter_cp1252 };

static const struct legacy tcvn3_capitals = {
	.name = "TCVN3 (ABC)", .letter = letter_tcvn3, .capitals = true
};

bool
legacy_tells(const struct legacy *l, char byte)
{
	/* Six capitals of VISCII stand among the control characters. */
	return (unsigned char)byte >= 0x80 ||
	    (l == &legacy_viscii && byte && (unsigned char)byte < ' ' &&
		strchr("\2\5\6\x14\x19\x1e", byte));
}

const struct legacy *
legacy_of_font(struct bytes font_name)
{
	struct bytes name = bytes_trim(font_name);

	if (bytes_starts_fold(name, BYTES("VNI-")) || bytes_starts_fold(name, BYTES("VNI ")))
		return &legacy_vni;
	if (!bytes_starts_fold(name, BYTES(".Vn")))
		return NULL;
	return name.at[name.len - 1] == 'H' ? &tcvn3_capitals : &legacy_tcvn3;
}

/* The byte that a character of the workbook stands for; -1: none. */
static int
byte_of(uint32_t rune)
{
	if (rune < 0x100)
		return (int)rune;
	for (int byte = 0x80; byte < 0xa0; byte++) {
		const char c = (char)byte;
		uint32_t other;

		if (letter_cp1252(&other, (struct bytes){ &c, 1 }) && other == rune)
			return byte;
	}
	return -1;
}

bool
legacy_bytes(struct buf *out, struct bytes utf8)
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
is_ascii_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The start of raw that is the same in ASCII; a letter before a byte that is not may be half.
 */
static size_t
plain_run(const struct legacy *l, struct bytes raw)
{
	size_t i = 0;

	while (i < raw.len && !legacy_tells(l, raw.at[i]))
		i++;
	return i > 0 && i < raw.len && is_ascii_letter(raw.at[i - 1]) ? i - 1 : i;
}

/* What the letters of a word say of its case. */
struct word {
	bool first;        /* it begins with a capital */
	unsigned capitals; /* so many there are */
	unsigned smalls;   /* small letters that have a capital */
};

/* false: it is no letter. */
static bool
add_letter(struct word *w, uint32_t rune, bool first)
{
	bool capital;
	uint32_t small = letter_small(rune, &capital), plain;
	enum tone tone = LEVEL;

	if ((small < 'a' || small > 'z') && small != 0x111 &&
	    !vowel_split(&plain, &tone, small))
		return false;
	w->first |= capital && first;
	w->capitals += capital;
	w->smalls += !capital && (small < 0x80 || tone == LEVEL);
	return true;
}

/* Letters of a word from start on as capitals. */
static void
raise_word(struct buf *out, size_t start)
{
	AUTO(buf_free) struct buf word = { 0 };
	struct bytes rest;

	buf_add(&word, bytes_slice(buf_bytes(out), start, out->len));
	out->len = start;
	for (rest = buf_bytes(&word); rest.len;) {
		uint32_t rune;

		rest = bytes_slice(rest, text_rune(&rune, rest), rest.len);
		text_put(out, letter_capital(rune));
	}
}

/*
 * The rest of a word whose beginning, if it has one, is the end of out from from on. "BìNH" was
 * BÌNH; of "Uỷ" nobody knows, and a name is likelier.
 */
static bool
take_word(struct buf *out, size_t from, const struct legacy *l, struct bytes *raw)
{
	struct word w = { 0 };
	size_t start = out->len, n;
	uint32_t rune;
	bool more = true;

	while (start > from && is_ascii_letter(out->at[start - 1]))
		start--;
	for (size_t i = start; i < out->len; i++)
		(void)add_letter(&w, (unsigned char)out->at[i], i == start); /* it is one */
	while (more && raw->len) {
		n = l->letter(&rune, *raw);
		if (n == 0)
			return false;
		*raw = bytes_slice(*raw, n, raw->len);
		more = add_letter(&w, rune, start == out->len);
		if (!more && w.smalls == 0 && w.capitals > (w.first ? 1 : 0))
			raise_word(out, start);
		text_put(out, rune);
	}
	if (more && w.smalls == 0 && w.capitals > (w.first ? 1 : 0))
		raise_word(out, start);
	return true;
}

static bool
take_letter(struct buf *out, const struct legacy *l, struct bytes *raw)
{
	uint32_t rune;
	size_t n = l->letter(&rune, *raw);

	*raw = bytes_slice(*raw, n, raw->len);
	if (n > 0)
		text_put(out, l->capitals ? letter_capital(rune) : rune);
	return n > 0;
}

bool
legacy_decode(struct buf *out, const struct legacy *l, struct bytes raw)
{
	size_t from = out->len;

	while (raw.len) {
		size_t plain = l->capitals ? 0 : plain_run(l, raw);

		buf_add(out, bytes_slice(raw, 0, plain));
		raw = bytes_slice(raw, plain, raw.len);
		if (raw.len == 0)
			break;
		if (!(l->small_tones ? take_word(out, from, l, &raw)
				     : take_letter(out, l, &raw)))
			return false;
	}
	return true;
}

/*
 * Unicode typed under such a font is shown by another one, so nobody notices. Words decide;
 * where they do not, the font does.
 */
static bool
is_unicode(const struct legacy *l, struct bytes raw)
{
	static const unsigned char none[SYLLABLES / 8 + 1];
	struct plausible as_it_is, decoded;

	charset_plausible(&as_it_is, &legacy_cp1252, raw, none);
	charset_plausible(&decoded, l, raw, none);
	return !decoded.fits || as_it_is.weight > decoded.weight;
}

void
legacy_decode_text(struct buf *out, const struct legacy *l, struct bytes utf8)
{
	AUTO(buf_free) struct buf raw = { 0 };
	AUTO(arena_free) struct arena *a = NULL;
	size_t before = out->len;

	if (legacy_bytes(&raw, utf8) && !is_unicode(l, buf_bytes(&raw)) &&
	    legacy_decode(out, l, buf_bytes(&raw)))
		return;
	out->len = before;
	a = arena_new();
	buf_add(out, text_nfc(a, utf8));
}
