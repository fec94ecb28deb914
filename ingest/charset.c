/* Why: spreadsheet programs write text in several encodings and hardly ever say in which. */
#include "ingest/charset_int.h"

#include <stdint.h>

#include "base/text.h"

/* Byte order marks. */
#define MARK_UTF16LE                                                                           \
	{                                                                                      \
		.at = "\xff\xfe", .len = 2                                                     \
	}
#define MARK_UTF16BE                                                                           \
	{                                                                                      \
		.at = "\xfe\xff", .len = 2                                                     \
	}
#define MARK_UTF8                                                                              \
	{                                                                                      \
		.at = "\xef\xbb\xbf", .len = 3                                                 \
	}

/* How much of a text without a mark is looked at for the pattern of UTF-16. */
#define PATTERN_BYTES 4096

static uint32_t
unit(const char *at, bool big)
{
	unsigned first = (unsigned char)at[0], second = (unsigned char)at[1];

	return big ? first << 8 | second : second << 8 | first;
}

static bool
is_high(uint32_t u)
{
	return u >= 0xd800 && u < 0xdc00;
}

static bool
is_low(uint32_t u)
{
	return u >= 0xdc00 && u < 0xe000;
}

/*
 * Without a mark: more than half of the units are of the first 256 characters (their high byte
 * is NUL; digits, blanks, separators and two thirds of the letters of any report are), and no
 * low byte is.
 */
static bool
looks_utf16(struct bytes body, bool big)
{
	struct bytes head = bytes_slice(body, 0, PATTERN_BYTES);
	size_t high = 0, low = 0;

	for (size_t i = 0; i + 1 < head.len; i += 2) {
		high += head.at[i + !big] == '\0';
		low += head.at[i + big] == '\0';
	}
	return low == 0 && high > head.len / 4;
}

static bool
utf16_fits(struct bytes body, struct bytes mark, bool big)
{
	if (body.len % 2 != 0 || (!bytes_starts(body, mark) && !looks_utf16(body, big)))
		return false;
	for (size_t i = 0; i < body.len; i += 2) {
		uint32_t u = unit(body.at + i, big);

		if (is_low(u))
			return false;
		if (!is_high(u))
			continue;
		i += 2;
		if (i >= body.len || !is_low(unit(body.at + i, big)))
			return false;
	}
	return true;
}

static bool
utf16le_fits(const struct table_input *in)
{
	return utf16_fits(in->body, (struct bytes)MARK_UTF16LE, false);
}

static bool
utf16be_fits(const struct table_input *in)
{
	return utf16_fits(in->body, (struct bytes)MARK_UTF16BE, true);
}

static size_t
utf16_decode(struct buf *out, struct bytes piece, bool big)
{
	/* A unit of two bytes gives at most three, a pair of four bytes four; one to spare. */
	char *at = buf_reserve(out, piece.len / 2 * 3 + 4), *from = at;
	size_t i = 0;

	while (i + 2 <= piece.len) {
		uint32_t u = unit(piece.at + i, big);

		if (is_high(u)) {
			if (i + 4 > piece.len)
				break;
			u = 0x10000 + ((u - 0xd800) << 10) +
			    (unit(piece.at + i + 2, big) - 0xdc00);
			i += 2;
		}
		i += 2;
		at += text_rune_write(at, u);
	}
	out->len += (size_t)(at - from);
	return i;
}

static size_t
utf16le_decode(struct buf *out, struct bytes piece)
{
	return utf16_decode(out, piece, false);
}

static size_t
utf16be_decode(struct buf *out, struct bytes piece)
{
	return utf16_decode(out, piece, true);
}

static bool
utf8_fits(const struct table_input *in)
{
	struct bytes all = in->body, rest, piece;

	while (all.len > 0) {
		rest = text_head(all, TABLE_SLICE);
		if (rest.len == 0)
			return false;
		all = bytes_slice(all, rest.len, all.len);
		while (bytes_cut(&piece, &rest, '\0'))
			if (!text_valid(piece))
				return false;
		table_passed(in, all.at);
	}
	return true;
}

/*
 * The first that fits is taken: UTF-16 stands before UTF-8, which would take its ASCII for text
 * with NUL in it.
 */
static const struct charset charsets[] = {
	{ "UTF-16LE", MARK_UTF16LE, utf16le_fits, utf16le_decode },
	{ "UTF-16BE", MARK_UTF16BE, utf16be_fits, utf16be_decode },
	{ "UTF-8", MARK_UTF8, utf8_fits, NULL },
};

/*
 * Everything beyond ASCII is of the scripts from Greek to Thai: so it may be chance. In
 * VISCII "ươ" is a letter of N'Ko, and "ĐẠ" one of Cyrillic.
 */
static bool
may_be_chance(struct bytes body)
{
	bool any = false;

	for (size_t i = 0; i < body.len; i++) {
		unsigned char c = (unsigned char)body.at[i];

		if (c >= 0xc0 && (c < 0xcd || c > 0xe0))
			return false;
		any |= c >= 0x80;
	}
	return any;
}

const struct charset *
charset_find(const struct table_input *in)
{
	const struct charset *found = NULL, *legacy;

	for (size_t i = 0; i < COUNT(charsets) && !found; i++)
		if (charsets[i].fits(in))
			found = &charsets[i];
	if (found && (found->decode || !may_be_chance(in->body)))
		return found;
	return charset_legacy(&legacy, in) || legacy ? legacy : found;
}
