/* Why: what people typed is compared, measured and shown by characters and not by bytes. */
#include "base/text.h"

#include <stdlib.h>
#include <utf8proc.h>

#include "base/eight.h"
#include "base/memory.h"

static bool
continues(char c)
{
	return ((unsigned char)c & 0xC0) == 0x80;
}

/* Length of the leading ASCII without a NUL; it may stop some bytes before the end. */
static size_t
plain_run(struct bytes b)
{
	size_t i = 0;

	for (; b.len - i >= 8; i += 8) {
		uint64_t strange = eight_strange(eight_at(b.at + i), 1);

		if (strange)
			return i + eight_first(strange);
	}
	return i;
}

/* Length of the well-formed character at the front, 0 when there is none (RFC 3629 §4). */
static size_t
well_formed(const unsigned char *at, size_t len)
{
	unsigned char first = at[0];

	if (first < 0x80)
		return first != 0;
	if (first < 0xC2 || first > 0xF4)
		return 0;
	if (first < 0xE0)
		return len >= 2 && (at[1] & 0xC0) == 0x80 ? 2 : 0;
	if (len < 3 || (at[1] & 0xC0) != 0x80 || (at[2] & 0xC0) != 0x80)
		return 0;
	if (first < 0xF0) {
		bool overlong = first == 0xE0 && at[1] < 0xA0,
		     surrogate = first == 0xED && at[1] > 0x9F;

		return overlong || surrogate ? 0 : 3;
	}
	if (len < 4 || (at[3] & 0xC0) != 0x80 || (first == 0xF0 && at[1] < 0x90) ||
	    (first == 0xF4 && at[1] > 0x8F))
		return 0;
	return 4;
}

/* The same; what nearly all letters of a text are is answered here and now. */
static inline size_t
well_formed_fast(const unsigned char *at, size_t len)
{
	if (at[0] < 0x80)
		return at[0] != 0;
	if (len >= 3 && at[0] >= 0xC2 && (at[1] & 0xC0) == 0x80) {
		if (at[0] < 0xE0)
			return 2;
		if (at[0] > 0xE0 && at[0] < 0xED && (at[2] & 0xC0) == 0x80)
			return 3;
	}
	return well_formed(at, len);
}

bool
text_valid(struct bytes b)
{
	while (b.len > 0) {
		size_t n = plain_run(b);

		b = bytes_slice(b, n, b.len);
		if (b.len == 0)
			return true;
		n = well_formed_fast((const unsigned char *)b.at, b.len);
		if (n == 0)
			return false;
		b = bytes_slice(b, n, b.len);
	}
	return true;
}

size_t
text_rune(uint32_t *rune, struct bytes b)
{
	utf8proc_int32_t code;
	utf8proc_ssize_t n;

	if ((unsigned char)b.at[0] < 0x80) {
		*rune = (unsigned char)b.at[0];
		return 1;
	}
	n = utf8proc_iterate((const utf8proc_uint8_t *)b.at, (utf8proc_ssize_t)b.len, &code);
	if (n <= 0) { /* not valid after all: step over one byte rather than out of the text */
		*rune = 0xFFFD;
		return 1;
	}
	*rune = (uint32_t)code;
	return (size_t)n;
}

size_t
text_rune_write(char at[4], uint32_t rune)
{
	size_t len = rune < 0x80 ? 1 : rune < 0x800 ? 2 : rune < 0x10000 ? 3 : 4;
	unsigned char first[] = { 0, 0, 0xc0, 0xe0, 0xf0 };

	for (size_t i = len - 1; i > 0; i--, rune >>= 6)
		at[i] = (char)(unsigned char)(0x80 | (rune & 0x3f));
	at[0] = (char)(unsigned char)(first[len] | rune);
	return len;
}

void
text_put(struct buf *out, uint32_t rune)
{
	char bytes[4];
	size_t len = text_rune_write(bytes, rune);

	buf_add(out, (struct bytes){ .at = bytes, .len = len });
}

size_t
text_length(struct bytes b)
{
	size_t count = 0;

	for (size_t i = 0; i < b.len; i++)
		count += !continues(b.at[i]);
	return count;
}

size_t
text_width(struct bytes b)
{
	size_t width = 0;

	while (b.len) {
		uint32_t rune;
		size_t n = text_rune(&rune, b);
		int columns = utf8proc_charwidth((utf8proc_int32_t)rune);

		width += columns > 0 ? (size_t)columns : 0;
		b = bytes_slice(b, n, b.len);
	}
	return width;
}

struct bytes
text_head(struct bytes b, size_t max)
{
	size_t n = max;

	if (b.len <= max)
		return b;
	/*
	 * A character has at most three bytes that continue it; more are no text, and cut
	 * anywhere.
	 */
	while (n > 0 && max - n < 3 && continues(b.at[n]))
		n--;
	if (continues(b.at[n]))
		n = max;
	return bytes_slice(b, 0, n);
}

/*
 * Characters that no other can be normalized into or from: below U+0300, Latin Extended
 * Additional (the Vietnamese letters), and common punctuation. Anything else takes the long
 * way.
 */
static bool
composed(uint32_t rune)
{
	return rune < 0x300 || (rune >= 0x1E00 && rune <= 0x1EFF) ||
	    (rune >= 0x2010 && rune <= 0x205F);
}

static bool
surely_nfc(struct bytes b)
{
	size_t i = plain_run(b);

	while (i < b.len) {
		uint32_t rune;
		size_t n = text_rune(&rune, (struct bytes){ .at = b.at + i, .len = b.len - i });

		if (!composed(rune))
			return false;
		i += n;
	}
	return true;
}

struct bytes
text_nfc(struct arena *a, struct bytes b)
{
	utf8proc_uint8_t *mapped = NULL;
	utf8proc_ssize_t len;
	struct bytes result;

	if (surely_nfc(b))
		return b;
	len = utf8proc_map((const utf8proc_uint8_t *)b.at, (utf8proc_ssize_t)b.len, &mapped,
	    UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	if (len < 0) /* not valid after all */
		return b;
	result = (struct bytes){ .at = (const char *)mapped, .len = (size_t)len };
	result = bytes_equal(result, b) ? b : arena_bytes(a, result);
	free(mapped);
	return result;
}

static bool
blank(uint32_t rune)
{
	switch (utf8proc_category((utf8proc_int32_t)rune)) {
	case UTF8PROC_CATEGORY_ZS:
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP:
		return true;
	default:
		/*
		 * Soft hyphen, zero-width characters and byte order mark are no blanks to
		 * Unicode, but they are to a reader.
		 */
		return (rune >= 0x09 && rune <= 0x0D) || rune == 0x85 || rune == 0xAD ||
		    (rune >= 0x200B && rune <= 0x200F) || rune == 0x2060 || rune == 0xFEFF;
	}
}

/* Length of the blank at the end of b, 0 when there is none. */
static size_t
blank_at_end(struct bytes b)
{
	size_t start = b.len;
	uint32_t rune;

	while (start > 0 && b.len - start < 4) {
		start--;
		if (!continues(b.at[start]))
			break;
	}
	if (start == b.len)
		return 0;
	(void)text_rune(&rune, bytes_slice(b, start, b.len)); /* the length is known */
	return blank(rune) ? b.len - start : 0;
}

struct bytes
text_trim(struct bytes b)
{
	uint32_t rune;
	size_t n;

	/* As most texts begin and end. */
	if (b.len && b.at[0] > ' ' && b.at[0] < 0x7F && b.at[b.len - 1] > ' ' &&
	    b.at[b.len - 1] < 0x7F)
		return b;
	while ((n = blank_at_end(b)) > 0)
		b.len -= n;
	while (b.len) {
		n = text_rune(&rune, b);
		if (!blank(rune))
			break;
		b = bytes_slice(b, n, b.len);
	}
	return b;
}

/* Bytes that begin a blank beyond ASCII or a character nobody sees; no Vietnamese letter does.
 */
static bool
may_hide(struct bytes b)
{
	size_t i = 0;

	for (; b.len - i >= 8; i += 8) {
		uint64_t word = eight_at(b.at + i);

		if (eight_equal(word, eight_all(0xC2)) | eight_equal(word, eight_all(0xE2)) |
		    eight_equal(word, eight_all(0xE3)) | eight_equal(word, eight_all(0xEF)))
			return true;
	}
	for (; i < b.len; i++) {
		unsigned char c = (unsigned char)b.at[i];

		if (c == 0xC2 || c == 0xE2 || c == 0xE3 || c == 0xEF)
			return true;
	}
	return false;
}

struct bytes
text_visible(struct arena *a, struct bytes b)
{
	AUTO(buf_free) struct buf out = { 0 };
	struct bytes rest = b, result;

	if (!may_hide(b))
		return b;
	while (rest.len) {
		uint32_t rune;
		size_t n = text_rune(&rune, rest);
		utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)rune);

		if (category == UTF8PROC_CATEGORY_ZS)
			buf_char(&out, ' ');
		else if (category != UTF8PROC_CATEGORY_CF)
			buf_add(&out, bytes_slice(rest, 0, n));
		rest = bytes_slice(rest, n, rest.len);
	}
	result = buf_bytes(&out);
	return bytes_equal(result, b) ? b : text_nfc(a, arena_bytes(a, result));
}

static bool
printable(uint32_t rune)
{
	switch (utf8proc_category((utf8proc_int32_t)rune)) {
	case UTF8PROC_CATEGORY_CC:
	case UTF8PROC_CATEGORY_CF: /* also what turns the direction of writing */
	case UTF8PROC_CATEGORY_CN:
	case UTF8PROC_CATEGORY_CO:
	case UTF8PROC_CATEGORY_CS:
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP:
		return false;
	default:
		return rune != '\\'; /* it begins an escape, so it is one itself */
	}
}

void
text_quote(struct buf *out, struct bytes b, size_t max)
{
	size_t end = out->len + max;

	while (b.len) {
		size_t n = well_formed((const unsigned char *)b.at, b.len);
		uint32_t rune = 0;

		if (n)
			(void)text_rune(&rune, b); /* the length is known */
		if (n && printable(rune)) {
			if (end - out->len < n)
				return;
			buf_add(out, bytes_slice(b, 0, n));
		} else {
			n = n ? n : 1;
			if (end - out->len < 4 * n)
				return;
			for (size_t i = 0; i < n; i++)
				buf_printf(out, "\\x%02x", (unsigned char)b.at[i]);
		}
		b = bytes_slice(b, n, b.len);
	}
}
