/*
 * Why: the same table must come out of every encoding Excel offers, and half a character out of
 * none.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/attr.h"
#include "base/text.h"
#include "ingest/charset.h"

#define B(literal)                                                                             \
	{                                                                                      \
		literal, sizeof(literal) - 1                                                   \
	}

static const struct {
	const char *what;
	struct bytes body;
	const char *name; /* NULL: none fits */
	const char *text; /* without its mark */
} cases[] = {
	{ "ASCII", B("a,b\n"), "UTF-8", "a,b\n" },
	{ "UTF-8", B("\xe1\xbb\xad,b"), "UTF-8", "\xe1\xbb\xad,b" },
	{ "UTF-8 with its mark",
	    B("\xef\xbb\xbf"
	      "a"),
	    "UTF-8", "a" },
	{ "four bytes", B("\xf0\x9f\x98\x80"), "UTF-8", "\xf0\x9f\x98\x80" },
	{ "Latin letters of one byte", B("\xe9t\xe9"), NULL, NULL },
	{ "an overlong slash", B("\xc0\xaf"), NULL, NULL },
	{ "beyond Unicode", B("\xf4\x90\x80\x80"), NULL, NULL },
	{ "cut at the end", B("a\xe1\xbb"), NULL, NULL },
	{ "little endian with mark", B("\xff\xfe\xed\x1e,\0b\0"), "UTF-16LE",
	    "\xe1\xbb\xad,b" },
	{ "big endian with mark", B("\xfe\xff\x1e\xed\0,\0b"), "UTF-16BE", "\xe1\xbb\xad,b" },
	{ "little endian by its pattern", B("X\0\xe3\0,\0b\0\xed\x1e\n\0"), "UTF-16LE",
	    "X\xc3\xa3,b\xe1\xbb\xad\n" },
	{ "big endian by its pattern", B("\0X\0\xe3\0,\0b\x1e\xed\0\n"), "UTF-16BE",
	    "X\xc3\xa3,b\xe1\xbb\xad\n" },
	{ "a pair of surrogates", B("\xff\xfe\x3d\xd8\x00\xde"), "UTF-16LE",
	    "\xf0\x9f\x98\x80" },
	{ "all lengths of UTF-8", B("\xff\xfe\x7f\0\x80\0\xff\x07\0\x08\xff\xff"), "UTF-16LE",
	    "\x7f\xc2\x80\xdf\xbf\xe0\xa0\x80\xef\xbf\xbf" },
	{ "half a pair at the end",
	    B("\xff\xfe"
	      "a\0\x3d\xd8"),
	    NULL, NULL },
	{ "half a pair in the middle",
	    B("\xff\xfe\x3d\xd8"
	      "a\0"),
	    NULL, NULL },
	{ "the wrong half first", B("\xff\xfe\x00\xde\x3d\xd8"), NULL, NULL },
	{ "a byte too many",
	    B("\xff\xfe"
	      "a\0b"),
	    NULL, NULL },
	{ "one NUL in a text is no pattern", B("a,b\0c,d\n"), "UTF-8", NULL },
	{ "a few NUL on one side neither", B("ab\0cdef\0gh"), "UTF-8", NULL },
};

static void
encodings_are_told_apart(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct table_input in = { .body = cases[i].body };
		const struct charset *found = charset_find(&in);
		AUTO(buf_free) struct buf out = { 0 };
		struct bytes rest = cases[i].body;

		if (!found || !cases[i].name) {
			if (found || cases[i].name)
				fail_msg("%s: %s", cases[i].what, found ? found->name : "none");
			continue;
		}
		if (strcmp(found->name, cases[i].name) != 0)
			fail_msg("%s: %s", cases[i].what, found->name);
		if (!cases[i].text)
			continue;
		if (bytes_starts(rest, found->mark))
			rest = bytes_slice(rest, found->mark.len, rest.len);
		if (!found->decode)
			buf_add(&out, rest);
		else if (found->decode(&out, rest) != rest.len)
			fail_msg("%s: not all was taken", cases[i].what);
		if (!bytes_equal(buf_bytes(&out), bytes_of(cases[i].text)))
			fail_msg("%s: gave %.*s", cases[i].what, BYTES_ARG(buf_bytes(&out)));
	}
}

/* However the bytes are cut, a character is taken wholly or left for the next piece. */
static void
cut_characters_are_left(void **state)
{
	static const char body[] = "\xff\xfe"
				   "a\0\x3d\xd8\x00\xde"
				   "b\0\xed\x1e\x3d\xd8\x01\xde";
	struct table_input in = { .body = { body, sizeof(body) - 1 } };
	const struct charset *found = charset_find(&in);

	(void)state;
	assert_non_null(found);
	for (size_t cut = 2; cut < sizeof(body) - 1; cut++) {
		AUTO(buf_free) struct buf out = { 0 };
		size_t used = found->decode(&out, (struct bytes){ body + 2, cut - 2 });

		assert_true(used <= cut - 2);
		assert_true(cut - 2 - used < 4);
		if (out.len > 0)
			assert_true(text_valid(buf_bytes(&out)));
		used += found->decode(
		    &out, (struct bytes){ body + 2 + used, sizeof(body) - 3 - used });
		assert_int_equal(used, sizeof(body) - 3);
		assert_true(bytes_equal(buf_bytes(&out),
		    BYTES("a\xf0\x9f\x98\x80"
			  "b\xe1\xbb\xad\xf0\x9f\x98\x81")));
	}
}

/* One sentence as each encoding writes it. */
#define SENTENCE                                                                                                         \
	"Huyện Đình Lập: hộ thoát nghèo, tỷ lệ giảm 2,5% - Ủy ban xã Kiên Mộc, người dân ở " \
	"thôn"

static const struct {
	const char *name;
	struct bytes body;
} legacies[] = {
	{ "VISCII",
	    B("Huy\xaen \xd0\xecnh L\xa7p: h\xb5 tho\xe1t ngh\xe8o, t\xd6 l\xae gi\xe4m 2,5% - "
	      "\x9cy "
	      "ban x\xe3 Ki\xean M\xb5"
	      "c, ng\xdf\xb6i d\xe2n \xb7 th\xf4n") },
	{ "TCVN3 (ABC)",
	    B("Huy\xd6n \xa7\xd7nh L\xcbp: h\xe9 tho\xb8t ngh\xcco, t\xfb l\xd6 gi\xb6m 2,5% - "
	      "\xf1y "
	      "ban x\xb7 Ki\xaan M\xe9"
	      "c, ng\xad\xeai d\xa9n \xeb th\xabn") },
	{ "Windows-1258",
	    B("Huy\xea\xf2n \xd0i\xccnh L\xe2\xf2p: h\xf4\xf2 thoa\xect ngh\xe8o, ty\xd2 "
	      "l\xea\xf2 "
	      "gia\xd2m 2,5% - U\xd2y ban xa\xde Ki\xean M\xf4\xf2"
	      "c, ng\xfd\xf5\xcci d\xe2n \xf5\xd2 th\xf4n") },
	{ "VNI",
	    B("Huye\xe4n \xd1\xecnh La\xe4p: ho\xe4 thoa\xf9t nghe\xf8o, ty\xfb le\xe4 "
	      "gia\xfbm 2,5% - "
	      "U\xdby ban xa\xf5 Kie\xe2n Mo\xe4"
	      "c, ng\xf6\xf4\xf8i da\xe2n \xf4\xfb tho\xe2n") },
};

static void
decode_all(struct buf *out, const struct charset *charset, struct bytes body, size_t piece)
{
	while (body.len) {
		size_t used = charset->decode(out, bytes_slice(body, 0, piece));

		assert_true(used > 0 && used <= body.len);
		body = bytes_slice(body, used, body.len);
	}
}

/* Small letters: one of the four has no capital Ủ. */
static bool
same_sentence(struct bytes text)
{
	AUTO(arena_free) struct arena *a = arena_new();

	return bytes_equal(text_key(a, text), text_key(a, BYTES(SENTENCE))) &&
	    text.len >= sizeof(SENTENCE) - 1;
}

/* By their words alone, without any campaign's; wherever the pieces are cut. */
static void
old_encodings_are_told_by_their_words(void **state)
{
	(void)state; /* none */
	for (size_t i = 0; i < COUNT(legacies); i++) {
		struct table_input in = { .body = legacies[i].body };
		const struct charset *found = charset_find(&in);

		if (!found || strcmp(found->name, legacies[i].name) != 0)
			fail_msg("%s: %s", legacies[i].name, found ? found->name : "none");
		for (size_t piece = 64; piece <= in.body.len; piece++) {
			AUTO(buf_free) struct buf out = { 0 };

			decode_all(&out, found, in.body, piece);
			if (!same_sentence(buf_bytes(&out)))
				fail_msg("%s, cut at %zu: %s", found->name, piece, out.at);
		}
	}
}

/* Whatever is not sure, or no language at all. */
static void
what_is_not_sure_is_none(void **state)
{
	static const struct {
		const char *about;
		struct bytes body;
		const char *name; /* NULL: none */
	} doubts[] = {
		{ "one word", B("H\xe9"), NULL },
		{ "French", B("la r\xe9gion, l'\xe9l\xe8ve, le th\xe9"), NULL },
		{ "a byte that is nothing in the only one that fits",
		    B("Huy\xd6n \xa7\xd7nh L\xcbp, h\xe9 ngh\xcco \xff"), NULL },
		{ "UTF-8 that was cut", B("Huy\xe1\xbb\x87n L\xe1\xba"), NULL },
		{ "a dash and a hard blank say nothing of the letters that are missing",
		    B("Tong so \x96 1\xa0"
		      "234"),
		    NULL },
		{ "chance makes N'Ko of it", B("ng\xdf\xb6i d\xf4\xb6ng, tr\xdf\xb6ng"), NULL },
		{ "N'Ko that may be VISCII", B("ng\xdf\xb6i"), NULL },
		{ "Cyrillic", B("\xd0\x9f\xd1\x80\xd0\xb8\xd0\xb2\xd0\xb5\xd1\x82"), "UTF-8" },
		{ "Greek", B("\xce\xb5\xce\xbb\xce\xbb"), "UTF-8" },
	};

	(void)state; /* none */
	for (size_t i = 0; i < COUNT(doubts); i++) {
		struct table_input in = { .body = doubts[i].body };
		const struct charset *found = charset_find(&in);

		if (!found != !doubts[i].name ||
		    (found && strcmp(found->name, doubts[i].name) != 0))
			fail_msg("%s: %s", doubts[i].about, found ? found->name : "none");
	}
}

struct seen {
	uint32_t rows, last;
	bool bad;
	const char *encoding;
};

static int
see_sheet(void *self, struct bytes name, struct err *e)
{
	(void)self, (void)name, (void)e;
	return OK;
}

static int
see_row(void *self, const struct row *row, struct err *e)
{
	struct seen *seen = self;

	(void)e;
	seen->rows++;
	seen->last = row->number;
	seen->bad |= row->count != 2 ||
	    !bytes_equal(row->cells[0], BYTES("\xf0\x9f\x98\x80x")) ||
	    !bytes_equal(row->cells[1], BYTES("\xe1\xbb\xad"));
	return OK;
}

static int
see_note(void *self, const struct note *note, struct err *e)
{
	struct seen *seen = self;

	(void)e;
	assert_int_equal(note->kind, NOTE_ENCODING);
	seen->encoding = bytes_equal(note->text, BYTES("UTF-16LE")) ? "UTF-16LE" : "another";
	return OK;
}

/* Longer than any piece, with an odd number of units a row: every cut falls somewhere else. */
static void
long_texts_have_no_seams(void **state)
{
	static const char row[] = "\x3d\xd8\x00\xde"
				  "x\0\t\0\xed\x1e\r\0\n\0";
	struct limits limits = LIMITS_DEFAULT;
	AUTO(buf_free) struct buf text = { 0 };
	struct seen seen = { 0 };
	struct table_sink sink = {
		.self = &seen, .sheet = see_sheet, .row = see_row, .note = see_note
	};
	struct table_input in = { .limits = &limits };
	struct err e;

	(void)state;
	buf_add(&text, BYTES("\xff\xfe"));
	for (int i = 0; i < 50000; i++)
		buf_add(&text, (struct bytes){ row, sizeof(row) - 1 });
	in.body = buf_bytes(&text);
	assert_int_equal(format_read(&in, &sink, &e), OK);
	assert_string_equal(seen.encoding, "UTF-16LE");
	assert_int_equal(seen.rows, 50000);
	assert_int_equal(seen.last, 50000);
	assert_false(seen.bad);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(encodings_are_told_apart),
		cmocka_unit_test(cut_characters_are_left),
		cmocka_unit_test(old_encodings_are_told_by_their_words),
		cmocka_unit_test(what_is_not_sure_is_none),
		cmocka_unit_test(long_texts_have_no_seams),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
