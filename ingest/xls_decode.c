/*
 * Why: the letters of a cell are Unicode, or what a code page makes of bytes, or what an old
 * Vietnamese font makes of either.
 */
#include "ingest/xls_int.h"

#include <errno.h>
#include <iconv.h>
#include <stdio.h>

#include "base/text.h"

/* Windows' number for Vietnamese among the character sets of fonts. */
#define VIETNAMESE 163

/* Fonts are counted without the fifth, which no file has. */
static const struct xls_font *
font_at(const struct xls_book *book, unsigned i)
{
	static const struct xls_font plain = { 0 };

	if (i > 4)
		i--;
	return i < book->fonts_count ? &book->fonts[i] : &plain;
}

static const struct xls_font *
font_of(const struct xls_book *book, unsigned style)
{
	return font_at(book, style < book->styles_count ? book->styles[style].font : XLS_MOST);
}

/* Letters of ASCII, as most are, up to the first that is none. */
static size_t
add_ascii(struct buf *out, struct bytes units)
{
	char *to = buf_reserve(out, units.len / 2);
	size_t count = 0;

	while (2 * count + 2 <= units.len && ole_u16(units, 2 * count) < 0x80) {
		to[count] = units.at[2 * count];
		count++;
	}
	out->len += count;
	return 2 * count;
}

/* A half of a pair that stands alone is no letter. */
static size_t
add_letter(struct buf *out, struct bytes units)
{
	uint32_t rune = ole_u16(units, 0);

	if (rune >= 0xd800 && rune < 0xdc00 && units.len >= 4 && ole_u16(units, 2) >= 0xdc00 &&
	    ole_u16(units, 2) < 0xe000) {
		text_put(out, 0x10000 + ((rune - 0xd800) << 10) + (ole_u16(units, 2) - 0xdc00));
		return 4;
	}
	text_put(out, rune >= 0xd800 && rune < 0xe000 ? 0xfffd : rune);
	return 2;
}

void
xls_decode_utf16(struct buf *out, struct bytes units)
{
	size_t done = 0;

	for (;;) {
		done += add_ascii(out, bytes_slice(units, done, units.len));
		if (done + 2 > units.len)
			return;
		done += add_letter(out, bytes_slice(units, done, units.len));
	}
}

/* NULL: none that we know. */
static const char *
codepage_name(char out[16], unsigned codepage)
{
	if (codepage == 0x8000 || codepage == 10000)
		return "MACINTOSH";
	if (codepage == 0x8001)
		codepage = 1252;
	if (codepage < 1250 || codepage > 1258)
		return NULL;
	snprintf(out, 16, "CP%u", codepage);
	return out;
}

/* false: the code page has no such letter. */
static bool
convert(struct buf *out, iconv_t cd, struct bytes raw)
{
	char *from = (char *)(uintptr_t)raw.at;
	size_t left = raw.len;

	/* The second round asks for a letter that waited for its tone mark. */
	for (bool more = true;;) {
		size_t room = 4 * left + 16, rest = room;
		char *to = buf_reserve(out, room);
		size_t rc = more ? iconv(cd, &from, &left, &to, &rest)
				 : iconv(cd, NULL, NULL, &to, &rest);

		out->len += room - rest;
		if (rc == (size_t)-1 && errno != E2BIG)
			return false;
		if (!more)
			return true;
		more = left > 0;
	}
}

bool
xls_decode_bytes(struct buf *out, unsigned codepage, struct bytes raw)
{
	char room[16];
	const char *name = codepage_name(room, codepage);
	unsigned char all = 0;
	iconv_t cd;
	bool whole;

	for (size_t i = 0; i < raw.len; i++)
		all |= (unsigned char)raw.at[i];
	if (all < 0x80 || (codepage == 65001 && text_valid(raw))) {
		buf_add(out, raw);
		return true;
	}
	cd = name ? iconv_open("UTF-8", name) : (iconv_t)-1;
	if (cd == (iconv_t)-1)
		return false;
	whole = convert(out, cd, raw);
	(void)iconv_close(cd); /* fails only on a foreign descriptor */
	return whole;
}

/* The piece at hand, and whether its font had a word in it. */
static void
add_legacy(struct xls_book *book, const struct legacy *legacy)
{
	struct bytes raw = buf_bytes(&book->piece);
	size_t from = book->utf8.len;

	legacy_decode_text(&book->utf8, legacy, raw);
	if (!bytes_equal(bytes_slice(buf_bytes(&book->utf8), from, book->utf8.len), raw))
		book->converted = legacy;
}

static bool
add_in_font(struct xls_book *book, const struct xls_font *font, struct bytes units)
{
	struct buf *out = font->legacy ? &book->piece : &book->utf8;

	buf_clear(&book->piece);
	if (!book->old) {
		xls_decode_utf16(out, units);
	} else if (!font->legacy) {
		return xls_decode_bytes(
		    out, font->charset == VIETNAMESE ? 1258 : book->codepage, units);
	} else {
		for (size_t i = 0; i < units.len; i++)
			text_put(out, (unsigned char)units.at[i]);
	}
	if (font->legacy)
		add_legacy(book, font->legacy);
	return true;
}

/* Two fonts that code their letters alike are one. */
static bool
alike(const struct xls_book *book, const struct xls_font *a, const struct xls_font *b)
{
	return a->legacy == b->legacy &&
	    (!book->old || (a->charset == VIETNAMESE) == (b->charset == VIETNAMESE));
}

static bool
add_runs(struct xls_book *book, const struct xls_font *font)
{
	struct bytes units = buf_bytes(&book->text.units);
	const struct xls_run *runs = (const struct xls_run *)(const void *)book->text.runs.at;
	size_t count = book->text.runs.len / sizeof(*runs), done = 0;
	bool whole = true;

	for (size_t i = 0; whole && i < count; i++) {
		const struct xls_font *next = font_at(book, runs[i].font);
		size_t from = (size_t)runs[i].from * (book->old ? 1 : 2);

		if (from < done || from > units.len || alike(book, font, next))
			continue;
		whole = add_in_font(book, font, bytes_slice(units, done, from - done));
		font = next;
		done = from;
	}
	return whole && add_in_font(book, font, bytes_slice(units, done, units.len));
}

const char *
xls_decode(struct bytes *out, struct xls_book *book, unsigned style)
{
	buf_clear(&book->utf8);
	if (!add_runs(book, font_of(book, style)))
		return "encoding";
	*out = buf_bytes(&book->utf8);
	return NULL;
}
