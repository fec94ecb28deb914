/*
 * Why: the compound file around a workbook is a file system that anyone may have written: in
 * whatever pieces it lies, its streams come out whole or not at all.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "ingest/format.h"
#include "ingest/ole.h"
#include "tests/ingest/read_as.h"
#include "tests/ingest/xls_made.h"

/* Bytes that show where they were. */
static void
fill(struct buf *out, size_t len)
{
	for (size_t i = 0; i < len; i++)
		buf_char(out, (char)(unsigned char)(i * 31 + i / 251));
}

static void
same_stream(struct ole *o, const char *name, struct bytes expected)
{
	AUTO(ole_stream_free) struct ole_stream *s = ole_stream_new(o, name);

	assert_non_null(s);
	assert_int_equal(ole_stream_len(s), expected.len);
	for (size_t len = 1; len <= expected.len; len = len * 3 + 1)
		for (size_t at = 0; at + len <= expected.len; at += 61)
			assert_true(
			    bytes_equal(ole_view(s, at, len), bytes_slice(expected, at, len)));
	assert_null(ole_view(s, 0, expected.len + 1).at);
	assert_null(ole_view(s, expected.len, 1).at);
	assert_null(ole_view(s, SIZE_MAX, 2).at);
}

static void
gives_streams_in_pieces(void **state)
{
	static const size_t lengths[] = { 4096, 4097, 70000, 1, 63, 64, 65, 2000 };

	(void)state;
	for (unsigned pieces = 0; pieces < 2; pieces++) {
		AUTO(buf_free) struct buf file = { 0 }, all = { 0 };
		struct ole_made_stream streams[COUNT(lengths)];
		char names[COUNT(lengths)][8];
		AUTO(ole_free) struct ole *o = NULL;

		fill(&all, 70000);
		for (size_t i = 0; i < COUNT(lengths); i++) {
			snprintf(names[i], sizeof(names[i]), "N%zu", i);
			streams[i] = (struct ole_made_stream){ .name = names[i],
				.body = bytes_slice(buf_bytes(&all), i, lengths[i]),
				.mini = lengths[i] < 4096 };
		}
		made_ole(&file, streams, COUNT(lengths), pieces);
		o = ole_new(buf_bytes(&file));
		assert_non_null(o);
		for (size_t i = 0; i < COUNT(lengths); i++)
			same_stream(o, names[i], streams[i].body);
		assert_true(ole_has(o, "n3"));
		assert_false(ole_has(o, "N9"));
		assert_false(ole_has(o, "N"));
		assert_null(ole_stream_new(o, "N9"));
	}
}

/* A workbook as a whole, read through its file in pieces. */
static void
make_file(struct buf *file, bool pieces, bool mini)
{
	AUTO(buf_free) struct buf stream = { 0 }, text = { 0 };
	struct xls_made m = { .sheets = {
				  { .name = "S",
				      .records = "0203 0000 0000 0000 b81e85eb51484e40|"
						 "00fd 0100 0100 0000 00000000|"
						 "0006 0200 0000 0000 000000000000ffff 0000 "
						 "00000000 0300 1e0000|0207 0200 00 6162" },
				  { .name = "T", .records = "0205 0000 0000 0000 01 00" } } };
	struct ole_made_stream one = { .name = "Workbook", .mini = mini };

	made_hex(&text, "01000000 01000000 0006 00");
	for (unsigned i = 0; i < 0x600; i++)
		buf_char(&text, (char)('a' + i % 26));
	made_record(&m.strings, 0x00fc, buf_bytes(&text));
	made_stream(&stream, &m);
	while (!mini && stream.len < 4096)
		buf_char(&stream, '\0');
	one.body = buf_bytes(&stream);
	made_ole(file, &one, 1, pieces);
}

static void
reads_a_workbook_in_pieces(void **state)
{
	AUTO(buf_free) struct buf whole = { 0 };

	(void)state;
	for (unsigned how = 0; how < 4; how++) {
		AUTO(buf_free) struct buf file = { 0 }, out = { 0 };

		make_file(&file, how & 1, how & 2);
		read_body(&out, buf_bytes(&file));
		if (how == 0)
			buf_add(&whole, buf_bytes(&out));
		assert_true(bytes_find(buf_bytes(&out), BYTES("1[#60.565]\n")) < out.len);
		assert_true(bytes_find(buf_bytes(&out), BYTES("3[ab]\n")) < out.len);
		assert_true(bytes_equal(buf_bytes(&out), buf_bytes(&whole)));
	}
}

static void
refuses_whatever_is_cut(void **state)
{
	AUTO(buf_free) struct buf file = { 0 }, out = { 0 };

	(void)state;
	make_file(&file, false, true);
	for (size_t len = 1; len + MADE_SECTOR < file.len; len++) {
		read_body(&out, bytes_slice(buf_bytes(&file), 0, len));
		assert_true(bytes_find(buf_bytes(&out), BYTES("! ")) < out.len);
	}
}

/*
 * What comes is the table, another one, or a word; never a crash, which the sanitizers would
 * see.
 */
static void
survives_every_wrong_byte(void **state)
{
	static const unsigned char wrong[] = { 0xff, 0x01, 0x80 };
	AUTO(buf_free) struct buf file = { 0 }, out = { 0 };

	(void)state;
	make_file(&file, true, true);
	for (size_t i = 0; i < file.len; i++)
		for (size_t k = 0; k < COUNT(wrong); k++) {
			file.at[i] = (char)(file.at[i] ^ (char)wrong[k]);
			read_body(&out, buf_bytes(&file));
			file.at[i] = (char)(file.at[i] ^ (char)wrong[k]);
		}
}

static const struct {
	const char *what;
	size_t at; /* in the header */
	unsigned value;
} lies[] = {
	{ "more sector tables than sectors", 44, 0x7fffffff },
	{ "no sector table", 44, 0 },
	{ "a directory that is nowhere", 48, 0x00ffffff },
	{ "a directory that is the table", 48, 13 },
	{ "a table that is listed nowhere", 44, 110 },
	{ "a list that is nowhere", 76, 0x00ffffff },
	{ "small sectors nowhere", 60, 0x00ffffff },
	{ "sectors of another size", 28, 0x000dfffe },
};

static void
refuses_lies_of_the_header(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(lies); i++) {
		AUTO(buf_free) struct buf file = { 0 }, out = { 0 };

		make_file(&file, false, true);
		made_put_u32(&file, lies[i].at, lies[i].value);
		read_body(&out, buf_bytes(&file));
		if (strcmp(out.at, "! damaged 0:0\n") != 0)
			fail_msg("%s: got\n%s", lies[i].what, out.at);
	}
}

/* Sectors that link to themselves, to each other, or to those of another stream. */
static void
refuses_chains_without_end(void **state)
{
	AUTO(buf_free) struct buf good = { 0 }, out = { 0 };
	size_t table, links;

	(void)state;
	make_file(&good, false, false);
	table = good.len - MADE_SECTOR; /* one sector of links, the last */
	links = (table - MADE_SECTOR) / MADE_SECTOR;
	for (size_t from = 0; from < links; from++)
		for (size_t to = 0; to < links; to++) {
			AUTO(buf_free) struct buf file = { 0 };
			unsigned now = ole_u32(buf_bytes(&good), table + 4 * from);

			if (now == to || (from >= 8 && from < links - 1 && now == 0xffffffff))
				continue;
			buf_add(&file, buf_bytes(&good));
			made_put_u32(&file, table + 4 * from, (unsigned)to);
			read_body(&out, buf_bytes(&file));
			if (bytes_find(buf_bytes(&out), BYTES("! ")) == out.len)
				fail_msg("%zu leads to %zu", from, to);
		}
}

/* The entries of a directory whose links go in circles. */
static void
walks_directories_once(void **state)
{
	AUTO(buf_free) struct buf file = { 0 }, out = { 0 };
	struct bytes left = BYTES("\1\0\0\0\1\0\0\0");
	size_t at;

	(void)state;
	make_file(&file, false, false);
	at = bytes_find(buf_bytes(&file), BYTES("W\0o\0r\0k\0b\0"));
	memcpy(file.at + at + 68, left.at, left.len);
	file.at[at] = 'V';
	read_body(&out, buf_bytes(&file));
	assert_string_equal(out.at, "! binary 0:0\n");
}

/* What is no workbook: by its directory, not by names that stand anywhere. */
static void
finds_workbooks_in_the_root(void **state)
{
	static const struct {
		const char *names[2];
		const char *expected;
	} cases[] = {
		{ { "WordDocument", "x" }, "! word 0:0\n" },
		{ { "EncryptionInfo", "EncryptedPackage" }, "! encrypted 0:0\n" },
		{ { "Workbook", "y" }, "! damaged 0:0\n" },
		{ { "Book", "WordDocument" }, "! damaged 0:0\n" },
		{ { "PowerPoint Document", "y" }, "! slides 0:0\n" },
		{ { "Something", "else" }, "! binary 0:0\n" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO(buf_free) struct buf file = { 0 }, out = { 0 };
		struct ole_made_stream streams[2];

		for (size_t k = 0; k < 2; k++)
			streams[k] = (struct ole_made_stream){
				.name = cases[i].names[k], .body = BYTES("x"), .mini = true
			};
		made_ole(&file, streams, 2, false);
		read_body(&out, buf_bytes(&file));
		if (strcmp(out.at, cases[i].expected) != 0)
			fail_msg("%s: got\n%s", cases[i].names[0], out.at);
	}
}

/* --- custom properties */

static void
add_property(struct buf *values, struct buf *list, unsigned id, size_t base, unsigned type,
    struct bytes value)
{
	made_u32(list, id);
	made_u32(list, (unsigned)(base + values->len));
	made_u32(values, type);
	if (type == 30)
		made_u32(values, (unsigned)value.len);
	if (type == 31)
		made_u32(values, (unsigned)value.len / 2);
	buf_add(values, value);
	while (values->len % 4)
		buf_char(values, '\0');
}

/* Names "a", "unit", "x=y", "long" in the code page; values as they are given. */
static void
make_properties(
    struct buf *out, unsigned codepage, const struct bytes values[4], const unsigned types[4])
{
	static const char *const names[] = { "a", "unit", "x=y", "long" };
	AUTO(buf_free) struct buf list = { 0 }, body = { 0 };
	size_t base = 8 + 8 * 6;

	/* The names are the first value; the code page is the second. */
	made_u32(&list, 0);
	made_u32(&list, (unsigned)base);
	made_u32(&body, 4);
	for (unsigned i = 0; i < 4; i++) {
		size_t len = strlen(names[i]) + 1;

		made_u32(&body, i + 2);
		made_u32(&body, (unsigned)len);
		for (size_t k = 0; k < len; k++) {
			buf_char(&body, names[i][k]);
			if (codepage == 1200)
				buf_char(&body, '\0');
		}
		while (codepage == 1200 && body.len % 4)
			buf_char(&body, '\0');
	}
	while (body.len % 4)
		buf_char(&body, '\0');
	add_property(&body, &list, 1, base, 2,
	    (struct bytes){
		(char[]){ (char)(unsigned char)codepage, (char)(unsigned char)(codepage >> 8) },
		2 });
	for (unsigned i = 0; i < 4; i++)
		add_property(&body, &list, i + 2, base, types[i], values[i]);
	made_hex(out,
	    "feff 0000 00000000 00000000000000000000000000000000 01000000"
	    "05d5cdd59c2e1b10939708002b2cf9ae 30000000");
	made_u32(out, (unsigned)(8 + list.len + body.len));
	made_u32(out, 6);
	buf_add(out, buf_bytes(&list));
	buf_add(out, buf_bytes(&body));
}

static void
properties_give(const char *what, unsigned codepage, const struct bytes values[4],
    const unsigned types[4], const char *expected)
{
	AUTO(buf_free) struct buf file = { 0 }, out = { 0 }, stream = { 0 }, list = { 0 };
	struct xls_made m = {
		.sheets = { { .name = "S", .records = "0203 0000 0000 0000 0000000000004540" } }
	};
	struct ole_made_stream streams[2] = { { .name = "Workbook", .mini = true },
		{ .name = "\5DocumentSummaryInformation", .mini = true } };
	AUTO(buf_free) struct buf all = { 0 };

	make_properties(&list, codepage, values, types);
	made_stream(&stream, &m);
	streams[0].body = buf_bytes(&stream);
	streams[1].body = buf_bytes(&list);
	made_ole(&file, streams, 2, true);
	read_body(&out, buf_bytes(&file));
	buf_printf(&all, "%s= S\n1[#42]\n", expected);
	if (strcmp(out.at, all.at) != 0)
		fail_msg("%s: got\n%s", what, out.at);
}

static void
tells_custom_properties(void **state)
{
	AUTO(buf_free) struct buf lengthy = { 0 };
	const unsigned bytes[4] = { 30, 30, 30, 30 }, wide[4] = { 31, 31, 31, 31 };
	const unsigned others[4] = { 3, 64, 30, 11 };
	struct bytes plain[4] = { BYTES("M2\0"), BYTES("LS-181"), BYTES("no"), { 0 } };
	const struct bytes old[4] = { BYTES("Ho\xcc"
					    "a\0"),
		BYTES("v\0"), BYTES("no"), BYTES("n\n") };
	const struct bytes utf8[4] = { BYTES("Hòa"), BYTES("\xff"), BYTES("no"), BYTES("v") };
	const struct bytes utf16[4] = { BYTES("H\0\xf2\0a\0\0\0"), BYTES("\xbb\x1e"),
		BYTES("n\0"), BYTES("") };
	const struct bytes numbers[4] = { BYTES("\5\0\0\0"), BYTES("\5\0\0\0\0\0\0\0"),
		BYTES("no"), BYTES("\xff\xff\0\0") };

	(void)state;
	for (unsigned i = 0; i < 600; i++)
		buf_char(&lengthy, 'x');
	plain[3] = buf_bytes(&lengthy);
	properties_give(
	    "one is too long, one has '='", 1252, plain, bytes, "$ a=M2\n$ unit=LS-181\n");
	properties_give("a code page, and a line break", 1258, old, bytes,
	    "$ a=H\xc3\xb2"
	    "a\n$ unit=v\n");
	properties_give("UTF-8, and what is none", 65001, utf8, bytes,
	    "$ a=H\xc3\xb2"
	    "a\n$ long=v\n");
	properties_give("letters of no known code page", 9999, old, bytes, "$ unit=v\n");
	properties_give("UTF-16", 1252, utf16, wide,
	    "$ a=H\xc3\xb2"
	    "a\n$ unit=ẻ\n$ long=\n");
	properties_give("names in UTF-16", 1200, utf16, wide,
	    "$ a=H\xc3\xb2"
	    "a\n$ unit=ẻ\n$ long=\n");
	properties_give("no texts", 1252, numbers, others, "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gives_streams_in_pieces),
		cmocka_unit_test(reads_a_workbook_in_pieces),
		cmocka_unit_test(refuses_whatever_is_cut),
		cmocka_unit_test(survives_every_wrong_byte),
		cmocka_unit_test(refuses_lies_of_the_header),
		cmocka_unit_test(refuses_chains_without_end),
		cmocka_unit_test(walks_directories_once),
		cmocka_unit_test(finds_workbooks_in_the_root),
		cmocka_unit_test(tells_custom_properties),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
