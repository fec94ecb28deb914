/* Why: what all readers of workbooks have in common is right or wrong in one place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "ingest/grid.h"
#include "ingest/serial.h"
#include "tests/ingest/seen.h"

static const struct limits usual = LIMITS_DEFAULT;

/*
 * A sheet as a script: "=name" and "~name" (hidden) begin one, "#3" and "!3" (hidden) a row,
 * "*4" repeats it, "2:text" is a cell, "2?" one that was never calculated, "h2-3" hides
 * columns, "m1.1-2.3" merges rows 1 to 2 of columns 1 to 3.
 */
static int
play(struct grid *g, const char *line, struct err *e)
{
	unsigned a, b, c, d;

	switch (line[0]) {
	case '=':
	case '~':
		return grid_sheet(g, bytes_of(line + 1), line[0] == '~', e);
	case '#':
	case '!':
		return grid_row(g, (uint32_t)atoi(line + 1), line[0] == '!', e);
	case '*':
		grid_repeat(g, (uint32_t)atoi(line + 1));
		return OK;
	case 'h':
		assert_int_equal(sscanf(line, "h%u-%u", &a, &b), 2);
		grid_hide_columns(g, a, b);
		return OK;
	case 'm':
		assert_int_equal(sscanf(line, "m%u.%u-%u.%u", &a, &b, &c, &d), 4);
		return grid_merge(g,
		    (struct grid_range){
			.first_row = a, .first_column = b, .last_row = c, .last_column = d },
		    e);
	}
	assert_int_equal(sscanf(line, "%u", &a), 1);
	line += strspn(line, "0123456789");
	return grid_cell(
	    g, a, *line == '?' ? NATIVE_UNCALCULATED : NATIVE_TEXT, bytes_of(line + 1), e);
}

static void
gives(const char *what, const struct limits *limits, const char *script, const char *expected)
{
	AUTO(buf_free) struct buf out = { 0 };
	struct table_sink sink = seen_sink(&out);
	AUTO(grid_free) struct grid *g = grid_new(&sink, limits);
	struct bytes rest = bytes_of(script), line;
	struct err e;
	int rc = OK;

	buf_text(&out, "");
	while (rc == OK && bytes_cut(&line, &rest, ' ')) {
		char one[80];

		snprintf(one, sizeof(one), "%.*s", BYTES_ARG(line));
		rc = play(g, one, &e);
	}
	if (rc == OK)
		rc = grid_end(g, &e);
	assert_true(rc == OK || grid_refused(g));
	if (strcmp(out.at, expected) != 0)
		fail_msg("%s: got\n%s", what, out.at);
}

static const struct {
	const char *what, *script, *expected;
} cases[] = {
	{ "starting at C5", "=a #5 3:x 4:y #6 4:z", "= a\n5[][][x][y]\n6[][][][z]\n" },
	{ "nothing at all", "=a =b", "= a\n= b\n! empty 0:0\n" },
	{ "rows without anything", "=a #1 #2 1: 5: #3 2:x", "= a\n3[][x]\n" },
	{ "empty texts at the end are the file's own", "=a #1 1:x 3:", "= a\n1[x][][]\n" },
	{ "cells in any order", "=a #1 3:c 1:a 2:b", "= a\n1[a][b][c]\n" },
	{ "the second of two", "=a #1 1:x 2:old 2:new 1:", "= a\n1[][new]\n" },
	{ "never calculated is something", "=a #1 2?", "= a\n1[][?]\n" },
	{ "letters are composed", "=ho\xcc\x80 #1 1:ho\xcc\x80",
	    "= h\xc3\xb2\n1[h\xc3\xb2]\n" },
	{ "a merge to the right", "=a m1.1-1.3 #1 1:x #2 1:y", "= a\n1[x][^x][^x]\n2[y]\n" },
	{ "a merge downwards", "=a m1.1-3.1 #1 1:x 2:a #2 2:b #3 2:c #4 2:d",
	    "= a\n1[x][a]\n2[^x][b]\n3[^x][c]\n4[][d]\n" },
	{ "a block", "=a m1.1-2.2 #1 1:x 3:a #2 3:b", "= a\n1[x][^x][a]\n2[^x][^x][b]\n" },
	{ "rows that are covered are none", "=a m1.1-9.2 #1 1:x #2 #3 1: #4 1:y #5 3:z",
	    "= a\n1[x][^x]\n5[^x][^x][z]\n" },
	{ "what is covered is not read", "=a m1.1-1.2 #1 1:x 2:hidden", "= a\n1[x][^x]\n" },
	{ "an empty merge covers, too", "=a m1.1-1.2 #1 2:hidden 3:z", "= a\n1[][^][z]\n" },
	{ "an empty merge at the end", "=a m1.2-1.9 #1 1:x", "= a\n1[x]\n" },
	{ "a merge whose first row is nowhere", "=a m1.1-3.1 #2 2:x", "= a\n2[^][x]\n" },
	{ "merges out of order", "=a m3.1-3.2 m1.1-1.2 #1 1:x #3 1:y",
	    "= a\n1[x][^x]\n3[y][^y]\n" },
	{ "merges as their rows come", "=a #1 m1.1-2.1 1:x 2:a #2 m2.2-2.3 2:b",
	    "= a\n1[x][a]\n2[^x][b][^b]\n" },
	{ "merges over each other", "=a m1.1-1.3 m1.2-1.4 #1 1:x 2:y",
	    "= a\n1[x][^x][^x][^x]\n" },
	{ "merges end with their sheet", "=a m1.1-9.1 #1 1:x =b #2 2:y",
	    "= a\n1[x]\n= b\n2[][y]\n" },
	{ "hidden things are told once something stands there",
	    "~a h2-9 #1 1:x !2 2: !3 1:y 3:z #4 3:z",
	    "= a\n. hidden-sheet 0:0\n1[x]\n. hidden-column 0:3\n. hidden-row 3:0\n"
	    "3[y][][z]\n4[][][z]\n" },
	{ "a hidden sheet that is empty", "~a =b #1 1:x", "= a\n= b\n1[x]\n" },
	{ "a covered cell in a hidden column", "=a h2-2 m1.1-1.2 #1 1:x", "= a\n1[x][^x]\n" },
	{ "repeated rows", "=a !2 1:x *3 #5 1:y",
	    "= a\n. hidden-row 2:0\n2[x]\n. hidden-row 3:0\n3[x]\n. hidden-row 4:0\n4[x]\n"
	    "5[y]\n" },
	{ "repeated empty rows", "=a #2 *1900000 #1900002 1:y", "= a\n1900002[y]\n" },
	{ "a row within repeated ones", "=a #2 1:x *3 #4 1:y",
	    "= a\n2[x]\n3[x]\n4[x]\n! damaged 4:0\n" },
	{ "rows that go back", "=a #2 1:x #2 1:y", "= a\n2[x]\n! damaged 2:0\n" },
	{ "row 0", "=a #0", "= a\n! damaged 0:0\n" },
	{ "too far right", "=a #1 1:x #2 16385:x", "= a\n1[x]\n! columns 2:16385\n" },
	{ "too far down", "=a #2000001 1:x", "= a\n! rows 2000001:0\n" },
	{ "repeated too far down", "=a #2000000 1:x *2",
	    "= a\n2000000[x]\n! rows 2000001:0\n" },
	{ "a merge without end", "=a m1.1-1.99999 #1 1:x", "= a\n! columns 1:99999\n" },
	{ "a merge of nothing", "=a m2.1-1.1 #1 1:x", "= a\n! damaged 2:1\n" },
	{ "a control character", "=a #7 3:x\x01", "= a\n! control 7:3\n" },
	{ "a sheet's name that could start a line", "=a\tb #1 1:x", "= \n1[x]\n" },
};

static void
puts_rows_together(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		gives(cases[i].what, &usual, cases[i].script, cases[i].expected);
}

static void
keeps_ceilings(void **state)
{
	struct limits small = LIMITS_DEFAULT;

	(void)state;
	small.columns = 4;
	small.field_bytes = 5;
	small.row_bytes = 12;
	small.rows = 9;
	small.book_cells = 20;
	small.book_text = 30;
	gives("column", &small, "=a #1 4:x 5:y", "= a\n! columns 1:5\n");
	gives("field", &small, "=a #1 1:12345 2:123456", "= a\n! field 1:2\n");
	gives("row", &small, "=a #1 1:12345 2:12345 3:123", "= a\n! row 1:0\n");
	gives("row, by a merge", &small, "=a m1.1-1.3 #1 1:12345", "= a\n! row 1:0\n");
	gives("cells of all sheets", &small, "=a #1 4:x *3 =b #1 4:x *3",
	    "= a\n1[][][][x]\n2[][][][x]\n3[][][][x]\n= b\n1[][][][x]\n2[][][][x]\n"
	    "! too-large 3:0\n");
	gives("text", &small, "=a #1 1:12345 2:12345 *9",
	    "= a\n1[12345][12345]\n2[12345][12345]\n3[12345][12345]\n! too-large 4:0\n");
	gives("rows of one sheet", &small, "=a #5 1:x =b #6 1:x #10 1:x",
	    "= a\n5[x]\n= b\n6[x]\n! rows 10:0\n");
}

/* A title over a whole row is not said in every column. */
static void
covers_no_more_than_a_heading(void **state)
{
	AUTO(buf_free) struct buf expected = { 0 };

	(void)state;
	buf_text(&expected, "= a\n1[x]");
	for (unsigned i = 0; i < 255; i++)
		buf_text(&expected, "[^x]");
	buf_text(&expected, "\n");
	gives("over a row", &usual, "=a m1.1-1.16384 #1 1:x", expected.at);
}

/* A file can say that each of a million rows is crossed by as many merges as fit. */
static void
tires_of_merges(void **state)
{
	AUTO(buf_free) struct buf out = { 0 };
	struct table_sink sink = seen_sink(&out);
	AUTO(grid_free) struct grid *g = grid_new(&sink, &usual);
	struct grid_range tall = { 1, 1000000, 1, 1 };
	struct err e;
	int rc = grid_sheet(g, BYTES("a"), false, &e);

	(void)state;
	for (unsigned i = 0; rc == OK && i < 20000; i++)
		rc = grid_merge(g, tall, &e);
	for (uint32_t i = 1; rc == OK && i < 1000000; i++) {
		rc = grid_row(g, i, false, &e);
		if (rc == OK)
			rc = grid_cell(g, 2, NATIVE_TEXT, BYTES("x"), &e);
	}
	assert_int_equal(rc, ERR_INPUT);
	assert_string_equal(out.at, "= a\n! damaged 1:0\n");
}

static const struct {
	double value;
	const char *text;
} numbers[] = {
	{ 0, "0" },
	{ -0.0, "0" },
	{ 7, "7" },
	{ -5, "-5" },
	{ 0.281, "0.281" },
	{ 60.564999999999998, "60.565" },
	{ 0.1 + 0.2, "0.30000000000000004" },
	{ 1.0 / 3, "0.3333333333333333" },
	{ 1234567.5, "1234567.5" },
	{ -0.05, "-0.05" },
	{ -12.000001, "-12.000001" },
	{ 999999999999999.0, "999999999999999" },
	{ 99999999999999.9, "99999999999999.9" },
	{ 9007199254740993.0, "9007199254740992" },
	{ 0.1234567, "0.1234567" },
	{ 123456789012345678.0, "123456789012345680" },
	{ 1e15, "1000000000000000" },
	{ 1e20, "100000000000000000000" },
	{ 1e21, "1e21" },
	{ -1.5e300, "-1.5e300" },
	{ 0.000001, "0.000001" },
	{ 0.00000125, "0.00000125" },
	{ 0.000000125, "1.25e-7" },
	{ 5e-324, "4.94065645841247e-324" },
};

static void
writes_numbers_as_they_were_typed(void **state)
{
	char text[SERIAL_TEXT];

	(void)state;
	for (size_t i = 0; i < COUNT(numbers); i++) {
		serial_number(text, numbers[i].value);
		assert_string_equal(text, numbers[i].text);
		assert_true(strtod(text, NULL) == numbers[i].value);
	}
}

static const struct {
	double value;
	enum shown shown;
	bool from_1904;
	enum native native;
	const char *text;
} serials[] = {
	{ 45291, SHOWN_NUMBER, false, NATIVE_NUMBER, "45291" },
	{ 0.281, SHOWN_PERCENT, false, NATIVE_PERCENT, "0.281" },
	{ -0.5, SHOWN_PERCENT, true, NATIVE_PERCENT, "-0.5" },
	{ 45291, SHOWN_DATE, false, NATIVE_DATE, "2023-12-31" },
	{ 43829, SHOWN_DATE, true, NATIVE_DATE, "2023-12-31" },
	{ 45291.354166666664, SHOWN_DATE, false, NATIVE_DATE, "2023-12-31T08:30:00" },
	{ 45291.354166666664, SHOWN_TIME, false, NATIVE_DATE, "2023-12-31T08:30:00" },
	{ 45291.999999, SHOWN_DATE, false, NATIVE_DATE, "2024-01-01" },
	{ 61, SHOWN_DATE, false, NATIVE_DATE, "1900-03-01" },
	{ 60, SHOWN_DATE, false, NATIVE_DATE, "1900-02-29" },
	{ 59, SHOWN_DATE, false, NATIVE_DATE, "1900-02-28" },
	{ 1, SHOWN_DATE, false, NATIVE_DATE, "1900-01-01" },
	{ 0, SHOWN_DATE, false, NATIVE_DATE, "1900-01-00" },
	{ 0, SHOWN_DATE, true, NATIVE_DATE, "1904-01-01" },
	{ 60, SHOWN_DATE, true, NATIVE_DATE, "1904-03-01" },
	{ -1, SHOWN_DATE, false, NATIVE_NUMBER, "-1" },
	{ 2958465, SHOWN_DATE, false, NATIVE_DATE, "9999-12-31" },
	{ 2958466, SHOWN_DATE, false, NATIVE_NUMBER, "2958466" },
	{ 2957003, SHOWN_DATE, true, NATIVE_DATE, "9999-12-31" },
	{ 2957004, SHOWN_DATE, true, NATIVE_NUMBER, "2957004" },
	{ 1e300, SHOWN_DATE, false, NATIVE_NUMBER, "1e300" },
	{ 0.354166666666667, SHOWN_TIME, false, NATIVE_TIME, "08:30:00" },
	{ 0, SHOWN_TIME, false, NATIVE_TIME, "00:00:00" },
	{ 1.25, SHOWN_ELAPSED, false, NATIVE_TIME, "30:00:00" },
};

static void
knows_days_and_times(void **state)
{
	char text[SERIAL_TEXT];

	(void)state;
	for (size_t i = 0; i < COUNT(serials); i++) {
		enum native native =
		    serial_text(text, serials[i].value, serials[i].shown, serials[i].from_1904);

		assert_string_equal(text, serials[i].text);
		assert_int_equal(native, serials[i].native);
	}
}

static const struct {
	const char *code;
	enum shown shown;
} codes[] = {
	{ "", SHOWN_NUMBER },
	{ "General", SHOWN_NUMBER },
	{ "GENERAL", SHOWN_NUMBER },
	{ "0", SHOWN_NUMBER },
	{ "#,##0.00", SHOWN_NUMBER },
	{ "#,##0;[Red]-#,##0", SHOWN_NUMBER },
	{ "0.00E+00", SHOWN_NUMBER },
	{ "##0.0E+0", SHOWN_NUMBER },
	{ "00000", SHOWN_NUMBER },
	{ "@", SHOWN_NUMBER },
	{ "0 \"đồng\"", SHOWN_NUMBER },
	{ "#,##0\\ \"hộ dân\";\"dd/mm\"", SHOWN_NUMBER },
	{ "_(* #,##0_);_(* \\(#,##0\\);_(* \"-\"??_);_(@_)", SHOWN_NUMBER },
	{ "[$-42A]#,##0\\ [$₫]", SHOWN_NUMBER },
	{ "[Red][>=100]0;[Blue]0", SHOWN_NUMBER },
	{ "\"Có\";\"Có\";\"Không\"", SHOWN_NUMBER },
	{ "0%", SHOWN_PERCENT },
	{ "0.0%", SHOWN_PERCENT },
	{ "0,0 %", SHOWN_PERCENT },
	{ "\"tỷ lệ\" 0.00%;-0.00%", SHOWN_PERCENT },
	{ "0\\%", SHOWN_NUMBER },
	{ "0\"%\"", SHOWN_NUMBER },
	{ "dd/mm/yyyy", SHOWN_DATE },
	{ "dd/mm/yyyy;@", SHOWN_DATE },
	{ "[$-F800]dddd, mmmm dd, yyyy", SHOWN_DATE },
	{ "[$-42A]\"ngày\" dd \"tháng\" mm \"năm\" yyyy;@", SHOWN_DATE },
	{ "mmm-yy", SHOWN_DATE },
	{ "mmmm", SHOWN_DATE },
	{ "yyyy", SHOWN_DATE },
	{ "d", SHOWN_DATE },
	{ "dd/mm/yyyy hh:mm", SHOWN_DATE },
	{ "yyyy\\-mm\\-dd", SHOWN_DATE },
	{ "[=0]\"-\";dd/mm/yyyy", SHOWN_DATE },
	{ "h:mm", SHOWN_TIME },
	{ "hh:mm:ss", SHOWN_TIME },
	{ "mm:ss.0", SHOWN_TIME },
	{ "[$-F400]h:mm:ss\\ AM/PM", SHOWN_TIME },
	{ "[h]:mm:ss", SHOWN_ELAPSED },
	{ "[mm]:ss", SHOWN_ELAPSED },
	{ "\"cut", SHOWN_NUMBER },
	{ "[cut", SHOWN_NUMBER },
	{ "0\\", SHOWN_NUMBER },
};

static void
tells_dates_from_numbers(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(codes); i++)
		if (number_format_shown(bytes_of(codes[i].code)) != codes[i].shown)
			fail_msg("%s", codes[i].code);
	assert_int_equal(number_format_builtin(0), SHOWN_NUMBER);
	assert_int_equal(number_format_builtin(10), SHOWN_PERCENT);
	assert_int_equal(number_format_builtin(14), SHOWN_DATE);
	assert_int_equal(number_format_builtin(20), SHOWN_TIME);
	assert_int_equal(number_format_builtin(22), SHOWN_DATE);
	assert_int_equal(number_format_builtin(46), SHOWN_ELAPSED);
	assert_int_equal(number_format_builtin(49), SHOWN_NUMBER);
	assert_int_equal(number_format_builtin(164), SHOWN_NUMBER);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(puts_rows_together),
		cmocka_unit_test(keeps_ceilings),
		cmocka_unit_test(covers_no_more_than_a_heading),
		cmocka_unit_test(tires_of_merges),
		cmocka_unit_test(writes_numbers_as_they_were_typed),
		cmocka_unit_test(knows_days_and_times),
		cmocka_unit_test(tells_dates_from_numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
