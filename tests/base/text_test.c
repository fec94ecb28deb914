/* Why: the matching key and the check of UTF-8 decide what is accepted at all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"

static void
valid(void **state)
{
	static const struct {
		const char *about;
		struct bytes text;
		bool good;
	} rows[] = {
		{ "empty", BYTES_INIT(""), true },
		{ "ASCII, shorter than a word", BYTES_INIT("abc"), true },
		{ "ASCII, several words and a rest", BYTES_INIT("0123456789abcdefXYZ"), true },
		{ "control characters are characters", BYTES_INIT("a\tb\r\nc\x7F"), true },
		{ "Vietnamese", BYTES_INIT("Tỷ lệ hộ nghèo đa chiều"), true },
		{ "four bytes", BYTES_INIT("\xF0\x9F\x98\x80"), true },
		{ "last code point", BYTES_INIT("\xF4\x8F\xBF\xBF"), true },
		{ "NUL alone", BYTES_INIT("\0"), false },
		{ "NUL within a word", BYTES_INIT("abc\0defgh"), false },
		{ "NUL as last byte of the first word", BYTES_INIT("abcdefg\0ij"), false },
		{ "NUL after a foreign letter", BYTES_INIT("đ\0bcdefgh"), false },
		{ "high byte in the eighth place", BYTES_INIT("abcdefg\x80"), false },
		{ "lone continuation", BYTES_INIT("\x80"), false },
		{ "overlong slash, two bytes", BYTES_INIT("\xC0\xAF"), false },
		{ "overlong, C1", BYTES_INIT("\xC1\xBF"), false },
		{ "overlong, three bytes", BYTES_INIT("\xE0\x9F\xBF"), false },
		{ "overlong, four bytes", BYTES_INIT("\xF0\x8F\xBF\xBF"), false },
		{ "first surrogate", BYTES_INIT("\xED\xA0\x80"), false },
		{ "last before the surrogates", BYTES_INIT("\xED\x9F\xBF"), true },
		{ "above U+10FFFF", BYTES_INIT("\xF4\x90\x80\x80"), false },
		{ "F5", BYTES_INIT("\xF5\x80\x80\x80"), false },
		{ "two of three bytes", BYTES_INIT("abcdefgh\xE1\xBB"), false },
		{ "three of four bytes", BYTES_INIT("\xF0\x9F\x98"), false },
		{ "one of two bytes", BYTES_INIT("ab\xC3"), false },
		{ "third byte does not continue", BYTES_INIT("\xE1\xBBx"), false },
		{ "raw CP1258", BYTES_INIT("\xD0\xF4ng ph\xFD\xF5ng"), false },
	};

	(void)state; /* none */
	for (size_t i = 0; i < COUNT(rows); i++) {
		/*
		 * Also from every alignment and from memory that just fits, for the sanitizer.
		 */
		for (size_t shift = 0; shift < 8; shift++) {
			char *copy = malloc(rows[i].text.len + shift + 1);

			memset(copy, 'x', shift);
			memcpy(copy + shift, rows[i].text.at, rows[i].text.len);
			if (text_valid((struct bytes){ copy, rows[i].text.len + shift }) !=
			    rows[i].good)
				fail_msg("%s (shifted by %zu)", rows[i].about, shift);
			free(copy);
		}
	}
}

static void
key(void **state)
{
	static const struct {
		const char *about, *left, *right;
		bool same;
	} rows[] = {
		{ "old and new place of the tone", "hòa", "hoà", true },
		{ "the same in capitals", "Ủy ban", "UỶ BAN", true },
		{ "tone on the first or second vowel", "thúy", "thuý", true },
		{ "composed and decomposed", "Lạng Sơn", "La\xCC\xA3ng So\xCC\x9Bn", true },
		{ "dot below before and after the circumflex", "ộ", "o\xCC\x82\xCC\xA3", true },
		{ "another tone is another name", "Tân Thanh", "Tân Thành", false },
		{ "circumflex stays", "tan", "tân", false },
		{ "breve stays", "an", "ăn", false },
		{ "horn stays", "mo", "mơ", false },
		{ "the letter đ stays", "đình", "dình", false },
		{ "which tone it is", "má", "mà", false },
		{ "the tone stays in its word", "hòa an", "hoa àn", false },
		{ "capital đ", "Đình Lập", "đình lập", true },
		{ "eth for đ", "Ðình Lập", "Đình Lập", true },
		{ "i and y are two letters", "lý", "lí", false },
		{ "blanks collapse", "  Bình \t Gia\n", "Bình Gia", true },
		{ "no-break and zero-width blanks", "Bình\xC2\xA0Gia\xE2\x80\x8B", "Bình Gia",
		    true },
		{ "byte order mark", "\xEF\xBB\xBFSTT", "STT", true },
		{ "what nobody sees inside a word",
		    "B\xE2\x80\x8B\xE2\x80\x8Cì\xE2\x80\x8Dn\xE2\x81\xA0h G\xC2\xAD"
		    "i\xEF\xBB\xBF"
		    "a",
		    "Bình Gia", true },
		{ "punctuation is a blank", "Số hộ (cuối kỳ)", "Số hộ - cuối kỳ", true },
		{ "punctuation parts words", "xã/phường", "xã phường", true },
		{ "nothing but punctuation", "---", "", true },
		{ "the percent sign tells columns apart", "Tỷ lệ hộ nghèo (%)",
		    "Tỷ lệ hộ nghèo", false },
		{ "the percent sign needs no blank", "Tỷ lệ%", "Tỷ lệ (%)", true },
		{ "digits stay", "Quý 1", "Quý 2", false },
		{ "digits and letters as written", "Q1", "q1", true },
		{ "words are not joined", "Bình Gia", "Bìnhgia", false },
		{ "a soft hyphen is not seen",
		    "khu\xC2\xAD"
		    "vực",
		    "khuvực", true },
		{ "sharp s folds to two", "Straße", "STRASSE", true },
	};
	AUTO(arena_free) struct arena *a = arena_new();

	(void)state; /* none */
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct bytes left = text_key(a, bytes_of(rows[i].left));
		struct bytes right = text_key(a, bytes_of(rows[i].right));

		if (bytes_equal(left, right) != rows[i].same)
			fail_msg("%s: '%.*s' and '%.*s'", rows[i].about, BYTES_ARG(left),
			    BYTES_ARG(right));
		if (!bytes_equal(text_key(a, left), left))
			fail_msg("%s: the key of the key '%.*s' is another", rows[i].about,
			    BYTES_ARG(left));
	}
}

static void
key_spelt(void **state)
{
	static const struct {
		const char *about, *text, *key, *bare;
	} rows[] = {
		{ "empty", "", "", "" },
		{ "ASCII", "STT", "stt", "stt" },
		{ "tone at the end", "Hòa", "hoa\xCC\x80", "hoa" },
		{ "đ", "Đồng Đăng", "đo\xCC\x82ng\xCC\x80 đa\xCC\x86ng", "dong dang" },
		{ "percent as a word", "a(%)b", "a % b", "a % b" },
		{ "marks before any letter", "\xCC\x80\xCC\x82x", "x", "x" },
		{ "a mark after a blank",
		    "a \xCC\x80"
		    "b",
		    "a b", "a b" },
		{ "digits", "Biểu 02-M2", "bie\xCC\x82u\xCC\x89 02 m2", "bieu 02 m2" },
	};
	AUTO(arena_free) struct arena *a = arena_new();

	(void)state; /* none */
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct bytes made = text_key(a, bytes_of(rows[i].text));
		struct bytes bare = text_bare_key(a, bytes_of(rows[i].text));

		if (!bytes_equal(made, bytes_of(rows[i].key)))
			fail_msg("%s: key '%.*s'", rows[i].about, BYTES_ARG(made));
		if (!bytes_equal(bare, bytes_of(rows[i].bare)))
			fail_msg("%s: bare key '%.*s'", rows[i].about, BYTES_ARG(bare));
	}
}

/* Longer than what is kept on the stack. */
static void
key_long(void **state)
{
	AUTO(arena_free) struct arena *a = arena_new();
	AUTO(buf_free) struct buf text = { 0 };
	struct bytes made;

	(void)state; /* none */
	for (int i = 0; i < 500; i++)
		buf_text(&text, "hòa ");
	made = text_key(a, buf_bytes(&text));
	assert_int_equal(made.len, 500 * 5 + 499);
	assert_memory_equal(made.at + made.len - 5, "hoa\xCC\x80", 5);
}

static void
nfc(void **state)
{
	static const struct {
		const char *about, *text, *out;
	} rows[] = {
		{ "ASCII", "abc", "abc" },
		{ "composed", "Tỷ lệ", "Tỷ lệ" },
		{ "CP1258's base and tone", "\xC3\xAA\xCC\xA3", "ệ" },
		{ "Apple's names", "Bi\xCC\x80nh", "Bình" },
		{ "marks in another order", "o\xCC\xA3\xCC\x82", "ộ" },
		{ "a singleton", "\xE2\x84\xAA", "K" },
		{ "a mark that composes with nothing", "x\xCC\xA3", "x\xCC\xA3" },
	};
	AUTO(arena_free) struct arena *a = arena_new();

	(void)state; /* none */
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct bytes in = bytes_of(rows[i].text), out = text_nfc(a, in);

		if (!bytes_equal(out, bytes_of(rows[i].out)))
			fail_msg("%s: '%.*s'", rows[i].about, BYTES_ARG(out));
		if (strcmp(rows[i].text, rows[i].out) == 0 && out.at != in.at)
			fail_msg("%s: copied for nothing", rows[i].about);
	}
}

static void
head(void **state)
{
	static const struct {
		const char *about, *text;
		size_t max, len;
	} rows[] = {
		{ "all of it", "abc", 3, 3 },
		{ "more than there is", "abc", 9, 3 },
		{ "nothing", "abc", 0, 0 },
		{ "before a letter of three bytes", "aệb", 3, 1 },
		{ "after it", "aệb", 4, 4 },
		{ "a smiley cut in its last byte", "\xF0\x9F\x98\x80x", 3, 0 },
		{ "no text: cut where it must be", "\x80\x80\x80\x80\x80\x80\x80\x80", 6, 6 },
	};

	(void)state; /* none */
	for (size_t i = 0; i < COUNT(rows); i++)
		if (text_head(bytes_of(rows[i].text), rows[i].max).len != rows[i].len)
			fail_msg("%s", rows[i].about);
}

static void
visible(void **state)
{
	static const struct {
		const char *about, *text, *out;
	} rows[] = {
		{ "Vietnamese has nothing to hide", "Xã Hưng Đạo – “ổn”",
		    "Xã Hưng Đạo – “ổn”" },
		{ "hard blanks",
		    "1\xC2\xA0"
		    "234\xE2\x80\xAF"
		    "567",
		    "1 234 567" },
		{ "the wide blank of Chinese keyboards",
		    "a\xE3\x80\x80"
		    "b",
		    "a b" },
		{ "zero width",
		    "0\xE2\x80\x8B"
		    "6\xE2\x80\x8C"
		    "0\xE2\x80\x8D"
		    "6\xE2\x81\xA0"
		    "7",
		    "06067" },
		{ "byte order marks",
		    "\xEF\xBB\xBF"
		    "06\xEF\xBB\xBF"
		    "067",
		    "06067" },
		{ "soft hyphen", "nông\xC2\xAD thôn", "nông thôn" },
		{ "directions of writing",
		    "\xE2\x80\x8E"
		    "31/12\xE2\x80\x8F/2023\xE2\x80\xAA",
		    "31/12/2023" },
		{ "a mark apart from its letter", "a\xE2\x80\x8B\xCC\x80", "à" },
		{ "line ends stay",
		    "a\r\n\xC2\xA0"
		    "b\t",
		    "a\r\n b\t" },
		{ "signs of the same first byte", "m² – €", "m² – €" },
		{ "nothing else", "\xEF\xBB\xBF", "" },
		{ "empty", "", "" },
	};
	AUTO(arena_free) struct arena *a = arena_new();

	(void)state; /* none */
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct bytes out = text_visible(a, bytes_of(rows[i].text));

		if (!bytes_equal(out, bytes_of(rows[i].out)))
			fail_msg("%s: %.*s", rows[i].about, BYTES_ARG(out));
		if (strcmp(rows[i].text, rows[i].out) == 0 && out.at != rows[i].text)
			fail_msg("%s: copied", rows[i].about);
	}
}

static void
trim(void **state)
{
	static const struct {
		const char *about, *text, *out;
	} rows[] = {
		{ "nothing to do", "a b", "a b" },
		{ "ASCII", "\r\n\t a \v\f", "a" },
		{ "no-break space",
		    "\xC2\xA0"
		    "a\xC2\xA0",
		    "a" },
		{ "zero width and byte order mark",
		    "\xEF\xBB\xBF\xE2\x80\x8B"
		    "a\xE2\x80\x8B",
		    "a" },
		{ "ideographic space",
		    "\xE3\x80\x80"
		    "ệ\xE3\x80\x80",
		    "ệ" },
		{ "only blanks", " \xC2\xA0 ", "" },
		{ "empty", "", "" },
	};

	(void)state; /* none */
	for (size_t i = 0; i < COUNT(rows); i++)
		if (!bytes_equal(text_trim(bytes_of(rows[i].text)), bytes_of(rows[i].out)))
			fail_msg("%s", rows[i].about);
}

static void
quote(void **state)
{
	static const struct {
		const char *about;
		struct bytes text;
		size_t max;
		const char *out;
	} rows[] = {
		{ "printable", BYTES_INIT("Bình Gia"), 200, "Bình Gia" },
		{ "line ends", BYTES_INIT("a\r\nb"), 200, "a\\x0d\\x0ab" },
		{ "NUL and escape", BYTES_INIT("\0\x1B[1m"), 200, "\\x00\\x1b[1m" },
		{ "turned direction",
		    BYTES_INIT("a\xE2\x80\xAE"
			       "b"),
		    200, "a\\xe2\\x80\\xaeb" },
		{ "no UTF-8", BYTES_INIT("\xFF\xEA"), 200, "\\xff\\xea" },
		{ "the escape itself", BYTES_INIT("\\x0a"), 200, "\\x5cx0a" },
		{ "cut before an escape", BYTES_INIT("abc\n"), 6, "abc" },
		{ "cut before a letter", BYTES_INIT("aệ"), 3, "a" },
		{ "just fits", BYTES_INIT("aệ"), 4, "aệ" },
	};

	(void)state; /* none */
	for (size_t i = 0; i < COUNT(rows); i++) {
		AUTO(buf_free) struct buf out = { 0 };

		buf_text(&out, "> ");
		text_quote(&out, rows[i].text, rows[i].max);
		if (!bytes_equal(
			bytes_slice(buf_bytes(&out), 2, out.len), bytes_of(rows[i].out)))
			fail_msg("%s: '%s'", rows[i].about, out.at);
	}
}

static void
measure(void **state)
{
	uint32_t rune;

	(void)state; /* none */
	assert_int_equal(text_length(BYTES("Tỷ lệ")), 5);
	assert_int_equal(text_width(BYTES("Tỷ lệ")), 5);
	assert_int_equal(text_width(BYTES("e\xCC\xA3")), 1);
	assert_int_equal(text_width(BYTES("\xE6\xBC\xA2")), 2);
	assert_int_equal(text_rune(&rune, BYTES("ệx")), 3);
	assert_int_equal(rune, 0x1EC7);
}

static void
plain(void **state)
{
	static const struct {
		const char *about, *text, *out;
	} rows[] = {
		{ "as it is", "1.234,5 Xã", "1.234,5 Xã" },
		{ "full width", "Ｑ１／２０２３", "Q1/2023" },
		{ "blanks",
		    "1\xC2\xA0"
		    "2\xE2\x80\xAF"
		    "3\xE2\x80\x89"
		    "4\xE3\x80\x80"
		    "5\t6",
		    "1 2 3 4 5 6" },
		{ "zero width",
		    "1\xE2\x80\x8B"
		    "2\xEF\xBB\xBF"
		    "3\xC2\xAD"
		    "4\xE2\x80\x8E",
		    "1234" },
		{ "dashes", "‐‑‒–—−－", "-------" },
		{ "apostrophes", "1’2‘3ʼ4`5", "1'2'3'4'5" },
		{ "Roman numerals", "Ⅳ ⅱ", "IV II" },
		{ "what is drawn otherwise", "✔\xEF\xB8\x8F", "✔" },
		{ "squares stay squares", "12²", "12²" },
		{ "empty", "", "" },
	};
	AUTO(arena_free) struct arena *a = arena_new();

	(void)state; /* none */
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct bytes out = text_plain(a, bytes_of(rows[i].text));

		if (!bytes_equal(out, bytes_of(rows[i].out)))
			fail_msg("%s: '%.*s'", rows[i].about, BYTES_ARG(out));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(valid),
		cmocka_unit_test(key),
		cmocka_unit_test(key_spelt),
		cmocka_unit_test(key_long),
		cmocka_unit_test(nfc),
		cmocka_unit_test(head),
		cmocka_unit_test(visible),
		cmocka_unit_test(trim),
		cmocka_unit_test(plain),
		cmocka_unit_test(quote),
		cmocka_unit_test(measure),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
