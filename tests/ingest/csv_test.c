/* Why: rows, row numbers and complaints of CSV are what a clerk compares with Excel. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/text.h"
#include "ingest/format.h"

/*
 * What came out as one text: "1[a][b]" for a row, "! word row:field" unreadable, "? …" a
 * warning, "= …" an encoding.
 */
static int
see_sheet(void *self, struct bytes name, struct err *e)
{
	(void)self, (void)e;
	assert_int_equal(name.len, 0);
	return OK;
}

static int
see_row(void *self, const struct row *row, struct err *e)
{
	struct buf *out = self;

	(void)e;
	buf_printf(out, "%u", row->number);
	for (uint32_t i = 0; i < row->count; i++)
		buf_printf(out, "[%.*s]", BYTES_ARG(row->cells[i]));
	buf_char(out, '\n');
	return OK;
}

static int
see_note(void *self, const struct note *note, struct err *e)
{
	struct buf *out = self;

	(void)e;
	buf_printf(out, "%c %.*s %u:%u\n", "=!?"[note->kind], BYTES_ARG(note->text),
	    note -> row, note -> field);
	return OK;
}

static void
read_as(const char *what, struct bytes body, const struct csv_dialect *dialect,
    const struct table_hints *hints, const struct limits *limits, const char *expected)
{
	AUTO(buf_free) struct buf out = { 0 };
	struct table_sink sink = {
		.self = &out, .sheet = see_sheet, .row = see_row, .note = see_note
	};
	struct table_input in = {
		.body = body, .hints = hints, .dialect = dialect, .limits = limits
	};
	struct err e;

	buf_text(&out, "");
	assert_int_equal(format_read(&in, &sink, &e), OK);
	if (strcmp(out.at, expected) != 0)
		fail_msg("%s: got\n%s", what, out.at);
}

static const struct limits usual = LIMITS_DEFAULT;

struct reading_case {
	const char *what, *text, *expected;
};

static const struct reading_case plain_cases[] = {
	{ "no line end", "a,b\n1,2", "1[a][b]\n2[1][2]\n" },
	{ "blanks stay", "a, b ,c\n", "1[a][ b ][c]\n" },
	{ "CRLF counts once, blank lines count", "a,b\r\n\r\n1,2\r\n", "1[a][b]\n3[1][2]\n" },
	{ "CR alone", "a,b\r\r1,2\r", "1[a][b]\n3[1][2]\n" },
	{ "LF then CR are two ends", "a,b\n\r1,2", "1[a][b]\n3[1][2]\n" },
	{ "a line break in quotes is no row", "a,\"b\r\nc\"\r\n1,2\r\n",
	    "1[a][b\r\nc]\n2[1][2]\n" },
	{ "doubled quotes", "a,\"say \"\"xin chào\"\"\"\n", "1[a][say \"xin chào\"]\n" },
	{ "only quotes", "\"\",\"\"\"\"\n", "1[][\"]\n" },
	{ "a quote inside a plain field is text", "a,5\"x\n1,2\n", "1[a][5\"x]\n2[1][2]\n" },
	{ "a quote after a blank is text", "a, \"b\"\n", "1[a][ \"b\"]\n" },
	{ "text after a closing quote: as Excel shows it", "a,\"b\"c\"d,e\n1,2,3\n",
	    "? quote 1:2\n1[a][bc\"d][e]\n2[1][2][3]\n" },
	{ "… and at the very end", "a,\"b\"c", "? quote 1:2\n1[a][bc]\n" },
	{ "… and before a line break", "a,\"b\" \r\n1,2\r\n",
	    "? quote 1:2\n1[a][b ]\n2[1][2]\n" },
	{ "a quote that is never closed", "a,b\n1,\"2\n3,4\n", "1[a][b]\n! quote 2:2\n" },
	{ "empty fields at both ends", ",a,\n,,\n", "1[][a][]\n2[][][]\n" },
	{ "one column", "a\n1\n\n2\n", "1[a]\n2[1]\n4[2]\n" },
	{ "uneven rows", "a,b\n1\n1,2,3\n", "1[a][b]\n2[1]\n3[1][2][3]\n" },
	{ "a byte order mark is no text",
	    "\xef\xbb\xbf"
	    "a,b\n",
	    "1[a][b]\n" },
	{ "… in front of a quote", "\xef\xbb\xbf\"a,b\",c\n", "1[a,b][c]\n" },
	{ "a mark in the middle is text",
	    "a,\xef\xbb\xbf"
	    "b\n",
	    "1[a][\xef\xbb\xbf"
	    "b]\n" },
	{ "letters are composed",
	    "ho\xcc\x80"
	    "a,u\xcc\x9b\xcc\x89\n",
	    "1[h\xc3\xb2"
	    "a][\xe1\xbb\xad]\n" },
	{ "sep= names the separator and is row 1", "sep=;\r\na;b,c\r\n1;2\r\n",
	    "2[a][b,c]\n3[1][2]\n" },
	{ "SEP= of a tabulator", "SEP=\t\na,x\tb\n", "2[a,x][b]\n" },
	{ "sep= with more behind it is a row", "sep=;x,1\na,2\n", "1[sep=;x][1]\n2[a][2]\n" },
	{ "nothing", "", "! empty 0:0\n" },
	{ "only a mark", "\xef\xbb\xbf", "! empty 0:0\n" },
	{ "only blank lines", "\r\n\n\r\n", "! empty 0:0\n" },
	{ "a control byte", "a,b\n1,\x01z\n", "1[a][b]\n! control 2:2\n" },
	{ "a tabulator in a cell is none", "a,b\n1,x\ty\n", "1[a][b]\n2[1][x\ty]\n" },
	{ "neither UTF-8 nor UTF-16", "a,b\n1,\xa9\n", "! encoding 0:0\n" },
	{ "a cut character", "a,b\n1,\xe1\xbb", "! encoding 0:0\n" },
	{ "a surrogate in UTF-8", "a,\xed\xa0\x80\n", "! encoding 0:0\n" },
};

static void
reads_what_excel_reads(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(plain_cases); i++)
		read_as(plain_cases[i].what, bytes_of(plain_cases[i].text), NULL, NULL, &usual,
		    plain_cases[i].expected);
}

static void
names_the_place_of_nul(void **state)
{
	(void)state;
	read_as("NUL", BYTES("name,b,c,d,e,f\nx,1,2\0,3,4,5\n"), NULL, NULL, &usual,
	    "1[name][b][c][d][e][f]\n! nul 2:3\n");
}

static const struct reading_case separator_cases[] = {
	{ "semicolon with decimal commas", "a;b;c\n1,5;2,5;3,5\n",
	    "1[a][b][c]\n2[1,5][2,5][3,5]\n" },
	{ "comma with semicolons in a text", "a,b\n1,x;y;z\n2,w\n",
	    "1[a][b]\n2[1][x;y;z]\n3[2][w]\n" },
	{ "tabulator", "a, b\tc\n1\t2\n3\t4\n", "1[a, b][c]\n2[1][2]\n3[3][4]\n" },
	{ "bar", "a|b\n1|2\n", "1[a][b]\n2[1][2]\n" },
	{ "quoted separators do not count", "\"a;b;c\",d\n\"1;2;3\",4\n",
	    "1[a;b;c][d]\n2[1;2;3][4]\n" },
	{ "a tie goes to the comma", "a,b;c\n", "1[a][b;c]\n" },
	{ "uneven commas against no pattern", ",,\n,,,\n", "1[][][]\n2[][][][]\n" },
};

static void
finds_the_separator(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(separator_cases); i++)
		read_as(separator_cases[i].what, bytes_of(separator_cases[i].text), NULL, NULL,
		    &usual, separator_cases[i].expected);
}

static int
compare(const void *a, const void *b)
{
	return bytes_compare(*(const struct bytes *)a, *(const struct bytes *)b);
}

/* The titles hold more commas, and as evenly, than semicolons: only knowing them helps. */
static void
known_headings_decide(void **state)
{
	static const char text[] =
	    "Xã, phường, thị trấn;Hộ nghèo, đầu năm\nA, b, c;1,5\nA, b, d;2,5\n";
	AUTO(arena_free) struct arena *a = arena_new();
	struct bytes keys[] = { text_key(a, BYTES("Hộ nghèo, đầu năm")),
		text_key(a, BYTES("Xã, phường, thị trấn")) };
	struct table_hints hints = { .keys = keys, .count = COUNT(keys) };

	(void)state;
	qsort(keys, COUNT(keys), sizeof(keys[0]), compare);
	read_as("without", bytes_of(text), NULL, NULL, &usual,
	    "1[Xã][ phường][ thị trấn;Hộ nghèo][ đầu năm]\n2[A][ b][ c;1][5]\n3[A][ b][ "
	    "d;2][5]\n");
	read_as("with", bytes_of(text), NULL, &hints, &usual,
	    "1[Xã, phường, thị trấn][Hộ nghèo, đầu năm]\n2[A, b, c][1,5]\n3[A, b, d][2,5]\n");
}

static const struct {
	const char *what;
	struct csv_dialect dialect;
	const char *text, *expected;
} dialect_cases[] = {
	{ "its delimiter is not doubted", { .delimiter = '|' }, "a,b,c|d\n1,2,3|4\n",
	    "1[a,b,c][d]\n2[1,2,3][4]\n" },
	{ "another quote", { .quote = '\'' }, "'a,b',\"c\n", "1[a,b][\"c]\n" },
	{ "no quotes at all", { .quote_none = true }, "\"a,b\"\n\",\n",
	    "1[\"a][b\"]\n2[\"][]\n" },
	{ "escape in quotes", { .escape = '\\' }, "a,\"b\\\"c,\\\\\"\n1,2\n",
	    "1[a][b\"c,\\]\n2[1][2]\n" },
	{ "escape outside quotes", { .escape = '\\' }, "a\\,b,\\\"c\n\\\n,d\n",
	    "1[a,b][\"c]\n2[\n][d]\n" },
	{ "an escape at the end", { .escape = '\\' }, "a,b\\", "1[a][b\\]\n" },
	{ "an escape that is the quote", { .escape = '"' }, "a,\"b\"\"c\"\n", "1[a][b\"c]\n" },
	{ "no doubling", { .double_quote_off = true }, "a,\"b\"\"c\"\n1,2\n",
	    "? quote 1:2\n1[a][b\"c\"]\n2[1][2]\n" },
	{ "blanks after the separator", { .skip_initial_space = true }, "a,  \"b,c\", d\n",
	    "1[a][b,c][d]\n" },
	{ "comments are rows of their own number", { .comment = '#' },
	    "#x,\"\r\na,#b\r\n#\r\n1,2\r\n#", "2[a][#b]\n4[1][2]\n" },
	{ "comments that are kept", { .comment = '#', .comments_kept = true },
	    "#x,\"\r\na,#b\r\n#\r\n1,2\r\n#,", "1[#x,\"]\n2[a][#b]\n3[#]\n4[1][2]\n5[#,]\n" },
	{ "another mark ends records", { .line_end = ';', .delimiter = ',' },
	    "a,b;1,\"2;3\";\n4,5\n6;\n", "1[a][b]\n2[1][2;3]\n3[4][5\n6]\n" },
	{ "a comment between CR and LF", { .comment = '#' }, "a,b\r#x\n1,2\n",
	    "1[a][b]\n3[1][2]\n" },
};

static void
obeys_the_dialect(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(dialect_cases); i++)
		read_as(dialect_cases[i].what, bytes_of(dialect_cases[i].text),
		    &dialect_cases[i].dialect, NULL, &usual, dialect_cases[i].expected);
}

static const struct reading_case ceiling_cases[] = {
	{ "columns just fit", "a,b,c,d\n", "1[a][b][c][d]\n" },
	{ "one column more", "x\na,b,c,d,\n", "1[x]\n! columns 2:5\n" },
	{ "a field just fits", "12345678,x\n\"12345678\",y\n",
	    "1[12345678][x]\n2[12345678][y]\n" },
	{ "… and with doubled quotes", "\"123\"\"5678\",x\n", "1[123\"5678][x]\n" },
	{ "one byte more", "x,y\n1,123456789\n", "1[x][y]\n! field 2:2\n" },
	{ "a quoted one", "x,y\n1,\"123456789\"\n", "1[x][y]\n! field 2:2\n" },
	{ "many bytes more", "x,y\n1,1234567890123456789012345678901234567890\n",
	    "1[x][y]\n! field 2:2\n" },
	{ "a letter that grows when composed", "a\xe0\xa5\x98\xe0\xa5\x98,x\n",
	    "! field 1:1\n" },
	{ "a row just fits", "12345678,1234567,12345\n", "1[12345678][1234567][12345]\n" },
	{ "one byte more in the row", "12345678,1234567,123456\n", "! row 1:3\n" },
	{ "rows just fit", "1,\n2,\n3,\n", "1[1][]\n2[2][]\n3[3][]\n" },
	{ "one row more", "1,\n\n2,\n3,\n4,\n", "1[1][]\n3[2][]\n4[3][]\n! rows 5:0\n" },
};

static void
keeps_its_ceilings(void **state)
{
	struct limits small = LIMITS_DEFAULT;

	(void)state;
	small.columns = 4;
	small.field_bytes = 8;
	small.row_bytes = 20;
	small.rows = 3;
	for (size_t i = 0; i < COUNT(ceiling_cases); i++)
		read_as(ceiling_cases[i].what, bytes_of(ceiling_cases[i].text), NULL, NULL,
		    &small, ceiling_cases[i].expected);
}

/*
 * The short cuts for records without quotes and for regular quotes, and the way byte by byte,
 * must never differ; a comment sign that no text has forces the latter.
 */
static void
both_ways_agree(void **state)
{
	static const char *const letters[] = { "a", "b", ",", ",", "\"", "\"", "\"", "\n", "\r",
		" ", "12345678", "é", "e\u0302", "\t", "\t", "\001" };
	struct csv_dialect shortcut = { 0 }, bytewise = { .comment = '~' };
	uint32_t seed = 1;

	(void)state;
	for (int round = 0; round < 20000; round++) {
		AUTO(buf_free) struct buf text = { 0 };
		AUTO(buf_free) struct buf out = { 0 };
		struct table_sink sink = {
			.self = &out, .sheet = see_sheet, .row = see_row, .note = see_note
		};
		struct table_input in = { .dialect = &bytewise, .limits = &usual };
		struct err e;

		shortcut.delimiter = bytewise.delimiter = ",\t"[round % 2];
		buf_text(&text, "x");
		for (uint32_t left = seed % 23; left > 0; left--) {
			seed = seed * 1664525 + 1013904223;
			buf_text(&text, letters[(seed >> 16) % COUNT(letters)]);
		}
		seed = seed * 1664525 + 1013904223;
		in.body = buf_bytes(&text);
		assert_int_equal(format_read(&in, &sink, &e), OK);
		read_as(text.at, in.body, &shortcut, NULL, &usual, out.at);
	}
}

/* Quotes and line ends on both sides of the pieces in which a long text is read. */
static void
pieces_leave_no_seam(void **state)
{
	(void)state;
	for (size_t shift = 0; shift < 8; shift++) {
		AUTO(buf_free) struct buf text = { 0 };
		AUTO(buf_free) struct buf expected = { 0 };
		uint32_t row = 1;

		buf_text(&text, "a,b\r\n");
		buf_text(&expected, "1[a][b]\n");
		for (size_t i = 0; i < shift; i++)
			buf_char(&text, 'x');
		buf_text(&text, ",1\r\n");
		buf_printf(&expected, "%u[%.*s][1]\n", ++row, (int)shift, "xxxxxxxx");
		while (text.len < 140000) {
			buf_text(&text, "\"\"\"\",\"b\"\"\"\r\n");
			buf_printf(&expected, "%u[\"][b\"]\n", ++row);
		}
		read_as("pieces", buf_bytes(&text), NULL, NULL, &usual, expected.at);
	}
}

static const struct {
	const char *what;
	struct bytes body;
	const char *word;
} kind_cases[] = {
	{ "PDF", { "%PDF-1.7\n", 9 }, "pdf" },
	{ "PNG", { "\x89PNG\r\n\x1a\n\0\0", 10 }, "image" },
	{ "JPEG", { "\xff\xd8\xff\xe0\0\x10JFIF", 10 }, "image" },
	{ "a photograph of a telephone",
	    { "\0\0\0\x18"
	      "ftypheic",
		12 },
	    "image" },
	{ "Rich Text", { "{\\rtf1 a,b}", 11 }, "word" },
	{ "HTML", { "\n<HTML><table>", 14 }, "html" },
	{ "XML", { "<?xml version='1.0'?><a/>", 25 }, "xml" },
	{ "a ZIP of anything", { "PK\x03\x04....readme.txt", 18 }, "zip" },
	{ "a Word document", { "PK\x03\x04....word/document.xml", 25 }, "word" },
	{ "an encrypted workbook",
	    { "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
	      "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0",
		40 },
	    "encrypted" },
	{ "RAR", { "Rar!\x1a\x07\0", 7 }, "archive" },
	{ "a program",
	    { "\x7f"
	      "ELF\2\1\1\0\0\0\0\0\0\0\0\0\3\0\x3e\0\1\0\0\0",
		24 },
	    "binary" },
};

static void
says_what_a_part_seems_to_be(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(kind_cases); i++) {
		const char *word = format_seems(kind_cases[i].body);

		if (!word || strcmp(word, kind_cases[i].word) != 0)
			fail_msg("%s: %s", kind_cases[i].what, word ? word : "text");
	}
	assert_null(format_seems(BYTES("a,b\n1,2\n")));
	assert_null(format_seems(BYTES("a\0,\0b\0\n\0")));
}

static int
refuse_row(void *self, const struct row *row, struct err *e)
{
	(void)self;
	return err_set(e, ERR_LATER, "row %u", row->number);
}

static void
the_sink_can_end_it(void **state)
{
	AUTO(buf_free) struct buf out = { 0 };
	struct table_sink sink = {
		.self = &out, .sheet = see_sheet, .row = refuse_row, .note = see_note
	};
	struct table_input in = { .body = BYTES("\n\na,b\n1,2\n"), .limits = &usual };
	struct err e;

	(void)state;
	assert_int_equal(format_read(&in, &sink, &e), ERR_LATER);
	assert_string_equal(e.text, "row 3");
	assert_int_equal(out.len, 0);
}

static void
cells_have_names(void **state)
{
	static const struct {
		uint32_t row, column;
		const char *name;
	} cases[] = { { 1, 1, "A1" }, { 17, 4, "D17" }, { 2, 26, "Z2" }, { 3, 27, "AA3" },
		{ 4, 52, "AZ4" }, { 5, 702, "ZZ5" }, { 6, 703, "AAA6" },
		{ 1048576, 16384, "XFD1048576" } };
	char name[16];

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		cell_name(name, cases[i].row, cases[i].column);
		assert_string_equal(name, cases[i].name);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_what_excel_reads),
		cmocka_unit_test(names_the_place_of_nul),
		cmocka_unit_test(finds_the_separator),
		cmocka_unit_test(known_headings_decide),
		cmocka_unit_test(obeys_the_dialect),
		cmocka_unit_test(keeps_its_ceilings),
		cmocka_unit_test(both_ways_agree),
		cmocka_unit_test(pieces_leave_no_seam),
		cmocka_unit_test(says_what_a_part_seems_to_be),
		cmocka_unit_test(the_sink_can_end_it),
		cmocka_unit_test(cells_have_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
