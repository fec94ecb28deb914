/* Why: an archive decides how much is unpacked, and the archive is anyone's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/attr.h"
#include "ingest/archive.h"
#include "tests/ingest/zip_made.h"

static const struct limits usual = LIMITS_DEFAULT;

/*
 * "name=body;" of each entry, "name!word;" of one that cannot be read, "!word" of an archive
 * that cannot be opened.
 */
static void
tell(struct buf *out, struct bytes body, const struct limits *limits)
{
	AUTO(archive_close) struct archive *a = NULL;
	const char *word = archive_open(&a, body, limits->zip_entries, limits);

	buf_text(out, "");
	if (word)
		buf_printf(out, "!%s", word);
	for (uint32_t i = 0; a && i < archive_count(a); i++) {
		AUTO(buf_free) struct buf text = { 0 };
		struct bytes name = archive_entry(a, i)->name;

		word = archive_read(&text, a, i, limits->part_bytes);
		if (word)
			buf_printf(out, "%.*s!%s;", BYTES_ARG(name), word);
		else
			buf_printf(
			    out, "%.*s=%.*s;", BYTES_ARG(name), BYTES_ARG(buf_bytes(&text)));
	}
}

static void
expect(const char *what, struct bytes body, const struct limits *limits, const char *expected)
{
	AUTO(buf_free) struct buf out = { 0 };

	tell(&out, body, limits);
	if (strcmp(out.at, expected) != 0)
		fail_msg("%s: got %s, expected %s", what, out.at, expected);
}

static const struct entry_case {
	const char *what, *name;
	struct zip_lies lies;
	const char *expected;
} entry_cases[] = {
	{ "deflated", "a", { 0 }, "a=one two;" },
	{ "stored", "a", { .stored = true }, "a=one two;" },
	{ "a name in UTF-8, as said", "t\xe1\xbb\x89nh", { .flags = 1 << 11 },
	    "tỉnh=one two;" },
	{ "a name in UTF-8, not said", "t\xe1\xbb\x89nh", { 0 }, "tỉnh=one two;" },
	{ "a name that is not composed", "ti\xcc\x89nh", { .flags = 1 << 11 },
	    "tỉnh=one two;" },
	{ "a name in CP1258", "h\xf4\xcc ngh\xe8o", { 0 }, "hồ nghèo=one two;" },
	{ "a name in CP437", "\x84\x94\x81", { 0 }, "äöü=one two;" },
	{ "a path is only a name", "../../etc/x", { 0 }, "../../etc/x=one two;" },
	{ "controls go", "a\r\nb", { 0 }, "a  b=one two;" },
	{ "a wrong sum", "a", { .spoil = 1 }, "a!damaged;" },
	{ "more than listed", "a", { .size = 3 }, "a!damaged;" },
	{ "less than listed", "a", { .size = 30 }, "a!damaged;" },
	{ "a password", "a", { .flags = 1 }, "a!encrypted;" },
	{ "a foreign method", "a", { .method = 97 }, "a!method;" },
	{ "two gigabytes, says the list", "a", { .size = 2u << 30 }, "a!too-large;" },
	{ "packed bytes beyond the list", "a", { .packed = 4000 }, "!damaged" },
	{ "a local header elsewhere", "a", { .from = 7 }, "!damaged" },
	{ "a local header behind the file", "a", { .from = 1u << 30 }, "!damaged" },
};

static void
test_entries(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(entry_cases); i++) {
		const struct entry_case *c = &entry_cases[i];
		AUTO(zip_free) struct zip_made z = { 0 };

		zip_add_lying(&z, bytes_of(c->name), BYTES("one two"), &c->lies);
		expect(c->what, zip_end(&z), &usual, c->expected);
	}
}

/* Every beginning of an archive is refused, and nothing is read behind its end. */
static void
test_cut(void **state)
{
	AUTO(zip_free) struct zip_made z = { 0 };
	struct bytes whole;

	(void)state;
	zip_add(&z, "a", "one");
	zip_add(&z, "b", "two");
	whole = zip_end(&z);
	expect("whole", whole, &usual, "a=one;b=two;");
	for (size_t len = 0; len < whole.len; len++) {
		char *exact = malloc(len + 1);

		memcpy(exact, whole.at, len);
		exact = realloc(exact, len ? len : 1);
		expect("cut", (struct bytes){ .at = exact, .len = len }, &usual, "!damaged");
		free(exact);
	}
}

static void
test_tail(void **state)
{
	AUTO(zip_free) struct zip_made z = { 0 };

	(void)state;
	zip_add(&z, "a", "one");
	(void)zip_end(&z);
	buf_text(&z.body, "\r\n-- \r\n");
	expect("a mail program's line ends behind it", buf_bytes(&z.body), &usual, "a=one;");
}

/* Fifield's bomb: many entries, one kernel. */
static void
test_shared_bytes(void **state)
{
	AUTO(zip_free) struct zip_made z = { 0 };

	(void)state;
	zip_add(&z, "a", "one");
	zip_add_lying(&z, BYTES("b"), BYTES("one"), &(struct zip_lies){ .again = true });
	expect("one kernel, two entries", zip_end(&z), &usual, "!damaged");
}

static void
test_ceilings(void **state)
{
	AUTO(zip_free) struct zip_made z = { 0 };
	struct limits small = usual;
	struct bytes body;

	(void)state;
	zip_add(&z, "a", "one");
	zip_add(&z, "b", "three");
	body = zip_end(&z);
	small.zip_entries = 1;
	expect("entries", body, &small, "!entries");
	small = usual;
	small.unpacked_entry_bytes = 3;
	expect("of an entry", body, &small, "a=one;b!too-large;");
	small = usual;
	small.unpacked_bytes = 7;
	expect("of all", body, &small, "a=one;b!too-large;");
	small = usual;
	small.part_bytes = 4;
	expect("of a part", body, &small, "a=one;b!too-large;");
}

/* Two streams opened before either is read cannot pass the ceiling together. */
static void
test_streams_together(void **state)
{
	AUTO(zip_free) struct zip_made z = { 0 };
	AUTO(archive_close) struct archive *a = NULL;
	AUTO(archive_stream_close) struct archive_stream *one = NULL;
	AUTO(archive_stream_close) struct archive_stream *two = NULL;
	struct limits small = usual;
	struct bytes piece;

	(void)state;
	small.unpacked_bytes = 7;
	zip_add(&z, "a", "three");
	zip_add(&z, "b", "three");
	assert_null(archive_open(&a, zip_end(&z), 9, &small));
	assert_null(archive_stream_open(&one, a, 0));
	assert_null(archive_stream_open(&two, a, 1));
	assert_null(archive_stream_next(&piece, one));
	assert_int_equal(piece.len, 5);
	assert_string_equal(archive_stream_next(&piece, two), "too-large");
}

static void
test_find(void **state)
{
	AUTO(zip_free) struct zip_made z = { 0 };
	AUTO(archive_close) struct archive *a = NULL;
	uint32_t found = 9;

	(void)state;
	zip_add(&z, "xl\\Workbook.xml", "");
	zip_add(&z, "b", "");
	zip_add(&z, "B", "");
	zip_add(&z, "xl/", "");
	assert_null(archive_open(&a, zip_end(&z), 9, &usual));
	assert_true(archive_find(&found, a, BYTES("xl/workbook.XML")));
	assert_int_equal(found, 0);
	assert_false(archive_find(&found, a, BYTES("xl/workbook.xm")));
	assert_false(archive_find(&found, a, BYTES("xlxworkbook.xml")));
	assert_false(archive_find(&found, a, BYTES("b"))); /* which of the two? */
	assert_true(archive_entry(a, 3)->folder);
	assert_false(archive_entry(a, 0)->folder);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_entries),
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_tail),
		cmocka_unit_test(test_shared_bytes),
		cmocka_unit_test(test_ceilings),
		cmocka_unit_test(test_streams_together),
		cmocka_unit_test(test_find),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
