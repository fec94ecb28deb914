/* Why: what is packed must come out whole and under its name, or not at all and told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/attr.h"
#include "tests/ingest/unpacked.h"
#include "tests/ingest/zip_made.h"

static const struct limits usual = LIMITS_DEFAULT;

static void
expect(const char *what, struct bytes body, const char *name, const struct limits *limits,
    const char *expected)
{
	AUTO(buf_free) struct buf out = { 0 };
	uint64_t left = limits->unpacked_files_bytes;

	unpacked_tell(&out, body, name, limits, &left);
	if (strcmp(out.at, expected) != 0)
		fail_msg("%s: got %s, expected %s", what, out.at, expected);
}

/* ---- ZIP ---- */

/* clang-format off */
static const struct {
	const char *what, *names[3], *expected;
} name_cases[] = {
	{ "files in order", { "b.csv", "a.csv" }, "b.csv=0;a.csv=1;" },
	{ "in a folder", { "bc/", "bc/M2.csv" }, "M2.csv=1;" },
	{ "a path that leads out", { "../../etc/passwd", "/abs.csv", "C:\\x\\y.csv" }, "passwd=0;abs.csv=1;y.csv=2;" },
	{ "only dots", { "a/..", "." }, "..=0;.=1;" },
	{ "the same name in two folders", { "A/M2.csv", "B/M2.csv", "M3.csv" }, "A/M2.csv=0;B/M2.csv=1;M3.csv=2;" },
	{ "the same name, one of them without a folder", { "M2.csv", "x\\B\\M2.csv" }, "M2.csv=0;B\\M2.csv=1;" },
	{ "the very same name twice", { "M2.csv", "M2.csv" }, "M2.csv=0;M2.csv=1;" },
	{ "what the Mac adds", { "__MACOSX/._M2.csv", ".DS_Store", "M2.csv" }, "M2.csv=2;" },
	{ "what Windows adds", { "bc/Thumbs.db", "DESKTOP.INI", "M2.csv" }, "M2.csv=2;" },
	{ "what Excel leaves", { "~$M2.xlsx", "bc/~$M2.xlsx", "M2.csv" }, "M2.csv=2;" },
	{ "only furniture", { "__MACOSX/._M2.csv", "bc/" }, "!no-files" },
	{ "nothing", { NULL }, "!no-files" },
};
/* clang-format on */

static void
files_of_a_zip_are_found(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(name_cases); i++) {
		AUTO(zip_free) struct zip_made z = { 0 };

		for (size_t k = 0; k < COUNT(name_cases[i].names); k++) {
			char body[2] = { (char)('0' + k), '\0' };

			if (name_cases[i].names[k])
				zip_add(&z, name_cases[i].names[k], body);
		}
		expect(
		    name_cases[i].what, zip_end(&z), "x.zip", &usual, name_cases[i].expected);
	}
}

/* clang-format off */
static const struct {
	const char *what;
	struct zip_lies lies;
	const char *expected;
} lie_cases[] = {
	{ "encrypted", { .flags = 1 }, "a!encrypted;M3.csv=three;" },
	{ "a wrong sum", { .spoil = 1 }, "a!damaged;M3.csv=three;" },
	{ "packed as nobody can", { .method = 9 }, "a!method;M3.csv=three;" },
	{ "longer than it says", { .size = 3 }, "a!damaged;M3.csv=three;" },
	{ "as long as two gigabytes", { .size = 0x7fffffff }, "a!too-large;M3.csv=three;" },
	{ "in the place of another", { .again = true, .from = 1 }, "!damaged" },
};
/* clang-format on */

static void
what_is_wrong_with_one_file_is_told_of_it(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(lie_cases); i++) {
		AUTO(zip_free) struct zip_made z = { 0 };

		zip_add_lying(&z, BYTES("a"), BYTES("one two"), &lie_cases[i].lies);
		zip_add(&z, "M3.csv", "three");
		expect(lie_cases[i].what, zip_end(&z), "x.zip", &usual, lie_cases[i].expected);
	}
}

static void
a_zip_has_ceilings(void **state)
{
	struct limits small = LIMITS_DEFAULT;
	AUTO(zip_free) struct zip_made z = { 0 };
	struct bytes whole;

	(void)state;
	zip_add(&z, "a", "12345678");
	zip_add(&z, "b", "123");
	zip_add(&z, "c", "1234567");
	whole = zip_end(&z);
	small.part_bytes = 7;
	expect("of one file", whole, "", &small, "a!too-large;b=123;c=1234567;");
	small.part_bytes = 8;
	small.unpacked_files_bytes = 12;
	expect("of all", whole, "", &small, "a=12345678;b=123;c!too-large;");
	small.unpacked_files_bytes = 100;
	small.zip_entries = 2;
	expect("of their number", whole, "", &small, "!entries");
	small.zip_entries = 3;
	expect("none passed", whole, "", &small, "a=12345678;b=123;c=1234567;");
	expect("cut", bytes_slice(whole, 0, whole.len - 1), "", &small, "!damaged");
}

static void
what_is_left_holds_for_the_next_archive(void **state)
{
	AUTO(zip_free) struct zip_made z = { 0 };
	AUTO(buf_free) struct buf out = { 0 };
	uint64_t left = 10;
	struct bytes whole;

	(void)state;
	zip_add(&z, "a", "1234567");
	whole = zip_end(&z);
	unpacked_tell(&out, whole, "", &usual, &left);
	assert_int_equal(left, 3);
	unpacked_tell(&out, whole, "", &usual, &left);
	assert_string_equal(out.at, "a=1234567;a!too-large;");
	assert_int_equal(left, 3);
}

static void
names_of_a_zip_are_cut(void **state)
{
	AUTO(zip_free) struct zip_made z = { 0 };
	AUTO(buf_free) struct buf out = { 0 };
	uint64_t left = 10;
	char name[5001] = { 0 };

	(void)state;
	memset(name, 'n', 5000);
	zip_add(&z, name, "1");
	unpacked_tell(&out, zip_end(&z), "", &usual, &left);
	assert_int_equal(out.len, 1024 + 3);
}

/* ---- gzip ---- */

/* One member. name NULL: none in its header. */
static void
gzip(struct buf *out, const char *name, struct bytes body)
{
	uint32_t sum = (uint32_t)crc32(0, (const Bytef *)body.at, (uInt)body.len);

	zip_number(out, 0x88b1f, 3);
	zip_number(out, name ? 8 : 0, 1);
	zip_number(out, 0, 6); /* time, how, where */
	if (name)
		buf_add(out, (struct bytes){ .at = name, .len = strlen(name) + 1 });
	zip_deflate(out, body);
	zip_number(out, sum, 4);
	zip_number(out, body.len, 4);
}

/* clang-format off */
static const struct {
	const char *what, *outer, *inner, *second;
	struct bytes behind;
	const char *expected;
} gzip_cases[] = {
	{ "a table", "M2.csv.gz", NULL, NULL, { 0 }, "M2.csv=one two;" },
	{ "its name counts, not that of old", "M2.csv.GZ", "x.csv", NULL, { 0 }, "M2.csv=one two;" },
	{ "the name of old where there is no other", "backup", "d/b\xe1\xbb\x83.csv", NULL, { 0 }, "bể.csv=one two;" },
	{ "no name at all", "backup", NULL, NULL, { 0 }, "=one two;" },
	{ "two members", "a.gz", NULL, " three", { 0 }, "a=one two three;" },
	{ "padding", "a.gz", NULL, NULL, BYTES_INIT("\0\0\0\0"), "a=one two;" },
	{ "something behind", "a.gz", NULL, NULL, BYTES_INIT("<html>"), "a!damaged;" },
	{ "half a member behind", "a.gz", NULL, NULL, BYTES_INIT("\x1f\x8b\x08\0\0"), "a!damaged;" },
};
/* clang-format on */

static void
a_gzip_is_one_file(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(gzip_cases); i++) {
		AUTO(buf_free) struct buf all = { 0 };

		gzip(&all, gzip_cases[i].inner, BYTES("one two"));
		if (gzip_cases[i].second)
			gzip(&all, NULL, bytes_of(gzip_cases[i].second));
		buf_add(&all, gzip_cases[i].behind);
		expect(gzip_cases[i].what, buf_bytes(&all), gzip_cases[i].outer, &usual,
		    gzip_cases[i].expected);
	}
}

static void
a_gzip_has_ceilings(void **state)
{
	struct limits small = LIMITS_DEFAULT;
	AUTO(buf_free) struct buf all = { 0 };
	struct bytes whole;

	(void)state;
	gzip(&all, NULL, BYTES("one two"));
	whole = buf_bytes(&all);
	small.part_bytes = 7;
	expect("just fits", whole, "a.gz", &small, "a=one two;");
	small.part_bytes = 6;
	expect("one byte more", whole, "a.gz", &small, "a!too-large;");
	small.part_bytes = 100;
	small.unpacked_files_bytes = 6;
	expect("one byte more than is left", whole, "a.gz", &small, "a!too-large;");
	for (size_t len = 3; len < whole.len; len++)
		expect("cut", bytes_slice(whole, 0, len), "a.gz", &usual, "a!damaged;");
	all.at[whole.len - 5] ^= 1;
	expect("a wrong sum", whole, "a.gz", &usual, "a!damaged;");
}

static void
a_gzip_bomb_ends_early(void **state)
{
	AUTO(buf_free) struct buf zeros = { 0 };
	AUTO(buf_free) struct buf bomb = { 0 };
	AUTO(buf_free) struct buf out = { 0 };
	struct limits small = LIMITS_DEFAULT;
	uint64_t left = small.unpacked_files_bytes;

	(void)state;
	small.part_bytes = 1u << 20;
	memset(buf_reserve(&zeros, 4u << 20), 0, 4u << 20);
	zeros.len = 4u << 20;
	gzip(&bomb, NULL, buf_bytes(&zeros));
	unpacked_tell(&out, buf_bytes(&bomb), "a.gz", &small, &left);
	assert_string_equal(out.at, "a!too-large;");
	assert_true(left > small.unpacked_files_bytes - (2u << 20));
}

static void
types_follow_from_names(void **state)
{
	static const char *const cases[][2] = {
		{ "a.CSV", "text/csv" },
		{ "a.xls", "application/vnd.ms-excel" },
		{ ".csv", "application/octet-stream" },
		{ "a", "application/octet-stream" },
		{ "", "application/octet-stream" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct bytes type = unpack_type(bytes_of(cases[i][0]));

		if (!bytes_equal(type, bytes_of(cases[i][1])))
			fail_msg("%s: %.*s", cases[i][0], BYTES_ARG(type));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files_of_a_zip_are_found),
		cmocka_unit_test(what_is_wrong_with_one_file_is_told_of_it),
		cmocka_unit_test(a_zip_has_ceilings),
		cmocka_unit_test(what_is_left_holds_for_the_next_archive),
		cmocka_unit_test(names_of_a_zip_are_cut),
		cmocka_unit_test(a_gzip_is_one_file),
		cmocka_unit_test(a_gzip_has_ceilings),
		cmocka_unit_test(a_gzip_bomb_ends_early),
		cmocka_unit_test(types_follow_from_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
