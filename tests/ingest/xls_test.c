/*
 * Why: what an .xls says is scattered over records that a hundred programs write in their own
 * way, and all of them must give what Excel shows, or a word.
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

static void
book_gives(const char *what, struct xls_made *m, const char *expected)
{
	AUTO(buf_free) struct buf file = { 0 };

	made_book(&file, m);
	gives(what, buf_bytes(&file), expected);
}

/*
 * Styles 0 to 7: General, 0%, dd/mm/yyyy by number 14, h:mm, a code of the file's own that is a
 * date, one that is a percentage, one that overrides 14 … and a font .VnTime. The strange
 * fifth font exists nowhere: number 5 is the fifth record.
 */
#define FONT(letters, name) "0031 c800 0000 ff7f 9001 0000 00 00 00 00 " letters " 00 " name "|"
#define ARIAL               FONT("05", "417269616c")
#define VNTIME              FONT("07", "2e566e54696d65")
#define XF(font, format)    "00e0 " font format "0000 00000000000000000000000000000000|"
#define GLOBALS                                                                                \
	ARIAL ARIAL ARIAL ARIAL VNTIME                                                         \
	    "041e a400 0a00 00 6464 2f6d6d2f79797979|"                                         \
	    "041e a500 0400 00 302e3025|"                                                      \
	    "041e 0f00 0400 00 302e3030|" XF("0000", "0000") XF("0000", "0900")                \
		XF("0000", "0e00") XF("0000", "1400") XF("0000", "a400") XF("0000", "a500")    \
		    XF("0000", "0f00") XF("0500", "0000")

struct cell_case {
	const char *what, *records, *expected;
};

static const struct cell_case cell_cases[] = {
	{ "NUMBER", "0203 0000 0000 0000 0000000000408f40", "1[#1000]\n" },
	{ "NUMBER of 60.565", "0203 0000 0000 0000 b81e85eb51484e40", "1[#60.565]\n" },
	{ "NUMBER that is none", "0203 0000 0000 0000 000000000000f87f", "! damaged 1:1\n" },
	{ "NUMBER that is endless", "0203 0000 0000 0000 000000000000f07f", "! damaged 1:1\n" },
	{ "NUMBER cut", "0203 0000 0000 0000 0000", "! damaged 1:1\n" },
	{ "RK, a double", "027e 0000 0000 0000 00004940", "1[#50]\n" },
	{ "RK, a double by 100", "027e 0000 0000 0000 01004940", "1[#0.5]\n" },
	{ "RK, whole", "027e 0000 0000 0000 1e000000", "1[#7]\n" },
	{ "RK, whole and below 0", "027e 0000 0000 0000 eeffffff", "1[#-5]\n" },
	{ "RK, whole by 100", "027e 0000 0000 0000 a3640000", "1[#64.4]\n" },
	{ "MULRK", "00bd 0000 0100 0000 06000000 0200 aec30200 0100 0b000000 0300",
	    "1[][#1][@2023-12-31][%0.02]\n" },
	{ "MULRK whose end is wrong", "00bd 0000 0100 0000 06000000 0000 06000000 0300",
	    "! damaged 1:2\n" },
	{ "MULRK that leaves the sheet", "00bd 0000 ff00 0000 06000000 0000 06000000 0001",
	    "! damaged 1:256\n" },
	{ "MULRK without a number", "00bd 0000 0100 0000", "! damaged 1:2\n" },
	{ "percent", "0203 0000 0000 0100 96438b6ce7fbd13f", "1[%0.281]\n" },
	{ "a percentage of the file's own", "027e 0000 0000 0500 73000000", "1[%0.28]\n" },
	{ "a date by its number", "027e 0000 0000 0200 aec30200", "1[@2023-12-31]\n" },
	{ "a date by the file's code", "027e 0000 0000 0400 aec30200", "1[@2023-12-31]\n" },
	{ "a time", "0203 0000 0000 0300 abaaaaaaaaaad63f", "1[&08:30:00]\n" },
	{ "a code that takes a number's place", "027e 0000 0000 0600 aec30200", "1[#45291]\n" },
	{ "a style that is nowhere", "027e 0000 0000 9900 aec30200", "! damaged 1:1\n" },
	{ "booleans", "0205 0000 0000 0000 01 00|0205 0000 0100 0000 00 00",
	    "1[|true][|false]\n" },
	{ "errors",
	    "0205 0000 0000 0000 00 01|0205 0000 0100 0000 07 01|0205 0000 0200 0000 0f 01|"
	    "0205 0000 0300 0000 17 01|0205 0000 0400 0000 1d 01|0205 0000 0500 0000 24 01|"
	    "0205 0000 0600 0000 2a 01",
	    "1[!#NULL!][!#DIV/0!][!#VALUE!][!#REF!][!#NAME?][!#NUM!][!#N/A]\n" },
	{ "an error nobody knows", "0205 0000 0000 0000 33 01", "! damaged 1:1\n" },
	{ "blank cells are none",
	    "0201 0000 0000 0000|00be 0000 0100 0000 0000 0000 0300|027e 0100 0100 0000 "
	    "06000000",
	    "2[][#1]\n" },
	{ "LABEL", "0204 0200 0100 0000 0300 00 e0623f",
	    "3[][\xc3\xa0"
	    "b?]\n" },
	{ "LABEL of two bytes a letter", "0204 0000 0000 0000 0300 01 c31e 4100 8403",
	    "1[\xe1\xbb\x83"
	    "A\xce\x84]\n" },
	{ "letters are composed", "0204 0000 0000 0000 0200 01 6f00 0003", "1[\xc3\xb2]\n" },
	{ "a pair", "0204 0000 0000 0000 0200 01 3dd8 00de", "1[\xf0\x9f\x98\x80]\n" },
	{ "half a pair is no letter", "0204 0000 0000 0000 0200 01 3dd8 4100",
	    "1[\xef\xbf\xbd"
	    "A]\n" },
	{ "LABEL cut", "0204 0000 0000 0000 0300 00 6162", "! damaged 1:1\n" },
	{ "a control character in it", "0204 0000 0000 0000 0200 00 6102", "! control 1:1\n" },
	{ "NUL in it", "0204 0000 0000 0000 0200 00 6100", "! nul 1:1\n" },
	{ "a line break in it", "0204 0000 0000 0000 0300 00 610a62", "1[a\nb]\n" },
	{ "RSTRING", "00d6 0000 0000 0000 0200 00 6162 0100 0100 0000", "1[ab]\n" },
	{ "a formula's number",
	    "0006 0000 0000 0000 0000000000004540 0000 00000000 0300 1e0000", "1[#42]\n" },
	{ "a formula's 0", "0006 0000 0000 0000 0000000000000000 0000 00000000 0300 1e0000",
	    "1[#0]\n" },
	{ "… of a program that cannot calculate",
	    "0006 0000 0000 0000 0000000000000000 0300 00000000 0300 1e0000", "1[?]\n" },
	{ "… that calculated this one",
	    "0006 0000 0000 0000 0000000000004540 0200 00000000 0300 1e0000", "1[#42]\n" },
	{ "a formula's date", "0006 0000 0000 0200 00000000601de640 0000 00000000 0300 1e0000",
	    "1[@2023-12-31]\n" },
	{ "a formula's text",
	    "0006 0000 0000 0000 000000000000ffff 0000 00000000 0300 1e0000|"
	    "0207 0200 00 6162|027e 0000 0200 0000 06000000",
	    "1[ab][][#1]\n" },
	{ "… behind a shared formula",
	    "0006 0000 0000 0000 000000000000ffff 0000 00000000 0300 1e0000|04bc 0000|"
	    "0207 0200 00 6162",
	    "1[ab]\n" },
	{ "… of no letters, and no flags",
	    "0006 0000 0000 0000 000000000000ffff 0000 00000000 0300 1e0000|0207 0000|"
	    "027e 0000 0200 0000 06000000",
	    "1[][][#1]\n" },
	{ "… that is nowhere", "0006 0000 0000 0000 000000000000ffff 0000 00000000 0300 1e0000",
	    "1[?]\n" },
	{ "a formula's boolean",
	    "0006 0000 0000 0000 010001000000ffff 0000 00000000 0300 1e0000", "1[|true]\n" },
	{ "a formula's error", "0006 0000 0000 0000 020017000000ffff 0000 00000000 0300 1e0000",
	    "1[!#REF!]\n" },
	{ "a formula's empty text, =\"\"",
	    "0006 0000 0000 0000 030000000000ffff 0000 00000000 0300 170000|"
	    "027e 0000 0100 0000 06000000",
	    "1[][#1]\n" },
	{ "… that is no text, =1+1",
	    "0006 0000 0000 0000 030000000000ffff 0000 00000000 0700 1e0100 1e0100 03",
	    "1[?]\n" },
	{ "… =SUM(A1:B1)",
	    "0006 0000 0000 0000 030000000000ffff 0000 00000000 0d00 25 0000000000c001c0 "
	    "19100000",
	    "1[?]\n" },
	{ "… =SUM(A1,B1)",
	    "0006 0000 0000 0000 030000000000ffff 0000 00000000 0e00 44000000c0 440000 01c0 "
	    "42020400",
	    "1[?]\n" },
	{ "a formula's value of no kind",
	    "0006 0000 0000 0000 090000000000ffff 0000 00000000 0300 170000",
	    "! damaged 1:1\n" },
	{ "a formula cut", "0006 0000 0000 0000 0000000000004540", "! damaged 1:1\n" },
	{ "a cell cut", "0203 0000 0000", "! damaged 0:0\n" },
	{ "a column that no sheet has", "027e 0000 0001 0000 06000000", "! damaged 1:257\n" },
	{ "a text that is nowhere", "00fd 0000 0000 0000 00000000", "! damaged 1:1\n" },
	{ "rows in any order, the second of two counts",
	    "027e 0500 0000 0000 06000000|027e 0200 0100 0000 0a000000|"
	    "027e 0500 0100 0000 0e000000|027e 0200 0100 0000 12000000",
	    "3[][#4]\n6[#1][#3]\n" },
	{ "merged cells",
	    "027e 0000 0000 0000 06000000|027e 0100 0200 0000 0a000000|"
	    "00e5 0200 0000 0000 0000 0100 0000 0100 0300 0300",
	    "1[#1][^1]\n2[][][#2]\n" },
	{ "merged cells cut", "00e5 0200 0000 0000 0000 0100", "! damaged 0:0\n" },
	{ "merged cells of nothing", "00e5 0100 0100 0000 0000 0000", "! damaged 2:1\n" },
	{ "a hidden row",
	    "0208 0100 0000 0200 ff00 0000 0000 2001 0f00|027e 0000 0000 0000 06000000|"
	    "027e 0100 0000 0000 0a000000",
	    "1[#1]\n. hidden-row 2:0\n2[#2]\n" },
	{ "hidden columns, the second by having no width",
	    "007d 0100 0100 0009 0f00 0100|007d 0200 0300 0000 0f00 0000|"
	    "027e 0000 0000 0000 06000000|027e 0000 0200 0000 06000000",
	    ". hidden-column 0:3\n1[#1][][#1]\n" },
	{ "a chart within",
	    "0809 0006 2000 0000 0000 0000 0000 0000 0000|027e 0000 0000 0000 06000000|000a|"
	    "027e 0000 0100 0000 0a000000",
	    "1[][#2]\n" },
	{ "a sheet that ends in a chart", "0809 0006 2000 0000 0000 0000 0000 0000 0000",
	    "! damaged 0:0\n" },
	{ "nothing", "", "! empty 0:0\n" },
};

static void
reads_cells(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cell_cases); i++) {
		const struct cell_case *c = &cell_cases[i];
		struct xls_made m = { .globals = GLOBALS,
			.sheets = { { .name = "S", .records = c->records } } };
		AUTO(buf_free) struct buf expected = { 0 };

		buf_printf(&expected, "= S\n%s", c->expected);
		book_gives(c->what, &m, expected.at);
	}
}

static const struct cell_case font_cases[] = {
	{ "a cell in .VnTime", "0204 0000 0000 0700 0400 00 48df6120",
	    "> TCVN3 (ABC) 0:0\n1[Hòa ]\n" },
	{ "… of two bytes a letter", "0204 0000 0000 0700 0300 01 4800 df00 6100",
	    "> TCVN3 (ABC) 0:0\n1[Hòa]\n" },
	{ "told once, however many",
	    "0204 0000 0000 0700 0100 00 b5|0204 0000 0100 0700 0100 00 b8",
	    "> TCVN3 (ABC) 0:0\n1[à][á]\n" },
	{ "nothing to tell", "0204 0000 0000 0700 0200 00 6162", "1[ab]\n" },
	{ "in another font", "0204 0000 0000 0000 0300 00 48df61", "1[Hßa]\n" },
	{ "a run in .VnTime", "00d6 0000 0000 0000 0300 00 dfdfdf 0100 0100 0500",
	    "> TCVN3 (ABC) 0:0\n1[ßòò]\n" },
	{ "a run in another", "00d6 0000 0000 0700 0300 00 dfdfdf 0200 0100 0000 0200 0500",
	    "> TCVN3 (ABC) 0:0\n1[òßò]\n" },
	{ "runs behind its end", "00d6 0000 0000 0700 0100 00 df 0100 0900 0000",
	    "> TCVN3 (ABC) 0:0\n1[ò]\n" },
};

static void
reads_old_fonts(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(font_cases); i++) {
		struct xls_made m = { .globals = GLOBALS,
			.sheets = { { .name = "S", .records = font_cases[i].records } } };
		AUTO(buf_free) struct buf expected = { 0 };

		buf_printf(&expected, "= S\n%s", font_cases[i].expected);
		book_gives(font_cases[i].what, &m, expected.at);
	}
}

/* --- shared texts */

/*
 * One SST of three texts, cut into records of at most that many bytes of letters: "a", 40
 * letters of which every third has two bytes if wide, and "z"; the second with runs and a
 * reading if rich.
 */
static void
make_strings(struct buf *out, struct buf *letters, size_t cut, bool wide, bool rich)
{
	AUTO(buf_free) struct buf now = { 0 };
	unsigned type = 0x00fc;

	made_hex(&now, "03000000 03000000 0100 00 61 2800");
	buf_char(&now, (char)((wide ? 1 : 0) | (rich ? 12 : 0)));
	if (rich)
		made_hex(&now, "0200 06000000");
	for (unsigned i = 0; i < 40; i++) {
		unsigned c = wide && i % 3 == 0 ? 0x1ea0 + 2 * i : 'A' + i % 26;

		if (now.len + 2 > cut + (type == 0x00fc ? 14 : 0)) {
			made_record(out, type, buf_bytes(&now));
			buf_clear(&now);
			type = 0x003c;
			buf_char(&now, (char)wide);
		}
		buf_char(&now, (char)(unsigned char)c);
		if (wide)
			buf_char(&now, (char)(unsigned char)(c >> 8));
		if (c < 0x80)
			buf_char(letters, (char)c);
		else
			buf_printf(letters, "%c%c%c", (int)(0xe0 | c >> 12),
			    (int)(0x80 | (c >> 6 & 0x3f)), (int)(0x80 | (c & 0x3f)));
	}
	if (rich) {
		made_record(out, type, buf_bytes(&now));
		buf_clear(&now);
		type = 0x003c;
		made_hex(&now, "0000 0000 0100 0000 616161616161");
	}
	made_hex(&now, "0100 00 7a");
	made_record(out, type, buf_bytes(&now));
}

static void
joins_texts_that_are_cut(void **state)
{
	(void)state;
	for (size_t cut = 3; cut < 100; cut++) {
		for (unsigned how = 0; how < 4; how++) {
			AUTO(buf_free) struct buf letters = { 0 }, expected = { 0 };
			struct xls_made m = { .globals = GLOBALS,
				.sheets = { { .name = "S",
				    .records = "00fd 0000 0000 0000 02000000|"
					       "00fd 0000 0100 0000 01000000|"
					       "00fd 0000 0200 0000 00000000" } } };

			make_strings(&m.strings, &letters, cut, how & 1, how & 2);
			buf_printf(&expected, "= S\n1[z][%s][a]\n", letters.at);
			book_gives("cut", &m, expected.at);
		}
	}
}

static const struct {
	const char *what, *records, *expected;
} string_cases[] = {
	{ "one byte a letter, then two",
	    "00fc 01000000 01000000 0400 00 6162|003c 01 4100 e71e", "1[abAủ]\n" },
	{ "two, then one", "00fc 01000000 01000000 0400 01 4100 e71e|003c 00 6162",
	    "1[Aủab]\n" },
	{ "cut behind its flags", "00fc 01000000 01000000 0200 01|003c 00 6162", "1[ab]\n" },
	{ "half a letter", "00fc 01000000 01000000 0200 01 410042|003c 01 00 4200",
	    "! damaged 0:0\n" },
	{ "more told than there are", "00fc 01000000 00ca9a3b 0100 00 61", "! damaged 0:0\n" },
	{ "the text is longer than all", "00fc 01000000 01000000 ffff 00 61",
	    "! damaged 0:0\n" },
	{ "a reading longer than all", "00fc 01000000 01000000 0100 04 ffffffff 61",
	    "! damaged 0:0\n" },
	{ "more runs than letters",
	    "00fc 01000000 01000000 0100 08 0300 61 0000 0000 0000 0000 0000 0000",
	    "! damaged 0:0\n" },
	{ "no count", "00fc 01000000 01", "! damaged 0:0\n" },
	{ "two tables", "00fc 01000000 01000000 0100 00 61|00fc 01000000 01000000 0100 00 61",
	    "! damaged 0:0\n" },
	{ "a text of no letters", "00fc 01000000 01000000 0000 00", "! empty 0:0\n" },
};

static void
reads_shared_texts(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(string_cases); i++) {
		struct xls_made m = { .globals = GLOBALS,
			.sheets = {
			    { .name = "S", .records = "00fd 0000 0000 0000 00000000" } } };
		AUTO(buf_free) struct buf expected = { 0 };
		bool begun = string_cases[i].expected[0] != '!' ||
		    strstr(string_cases[i].expected, "empty");

		made_records(&m.strings, string_cases[i].records);
		buf_printf(&expected, "%s%s", begun ? "= S\n" : "", string_cases[i].expected);
		book_gives(string_cases[i].what, &m, expected.at);
	}
}

/* --- books */

#define ONE "027e 0000 0000 0000 06000000"

static void
reads_books(void **state)
{
	struct xls_made several = { .globals = GLOBALS,
		.sheets = { { .name = "first", .records = ONE },
		    { .name = "hidden", .state = 1, .records = ONE },
		    { .name = "hidden well", .state = 2, .records = ONE },
		    { .name = "hidden and empty", .state = 1 },
		    { .name = "a chart", .kind = 2, .records = ONE },
		    { .name = "macros", .kind = 1, .records = ONE },
		    { .name = "last", .records = ONE } } };
	struct xls_made from_1904 = { .globals = "0022 0100|" GLOBALS,
		.sheets = { { .name = "S", .records = "027e 0000 0000 0200 d6ac0200" } } };
	struct xls_made locked = { .globals = "002f 0000 00000000|" GLOBALS,
		.sheets = { { .name = "S", .records = ONE } } };
	struct xls_made none = { .globals = GLOBALS };
	struct xls_made plain = { .sheets = { { .name = "S", .records = ONE } } };

	(void)state;
	book_gives("several sheets", &several,
	    "= first\n1[#1]\n= hidden\n. hidden-sheet 0:0\n1[#1]\n= hidden well\n"
	    ". hidden-sheet 0:0\n1[#1]\n= hidden and empty\n= last\n1[#1]\n");
	book_gives("days from 1904", &from_1904, "= S\n1[@2023-12-31]\n");
	book_gives("a password", &locked, "! encrypted 0:0\n");
	book_gives("no sheets", &none, "! empty 0:0\n");
	book_gives("no styles at all", &plain, "= S\n1[#1]\n");
}

/* Where that sheet's offset stands in the stream: at the front of its record of 0085. */
static size_t
place_of_offset(const struct buf *stream, size_t which)
{
	struct bytes all = buf_bytes(stream);
	size_t at = 0;

	while (ole_u16(all, at) != 0x0085 || which-- > 0)
		at += 4 + ole_u16(all, at + 2);
	return at + 4;
}

static void
sheet_at_gives(const char *what, bool of_second, unsigned more, const char *expected)
{
	AUTO(buf_free) struct buf stream = { 0 };
	struct xls_made m = { .sheets = { { .name = "a", .records = ONE },
				  { .name = "b", .records = ONE } } };
	unsigned offset = more;

	made_stream(&stream, &m);
	if (of_second)
		offset += ole_u32(buf_bytes(&stream), place_of_offset(&stream, 1));
	made_put_u32(&stream, place_of_offset(&stream, 0), offset);
	gives(what, buf_bytes(&stream), expected);
}

static void
refuses_sheets_that_are_nowhere(void **state)
{
	(void)state;
	sheet_at_gives("in the globals", false, 0, "! damaged 0:0\n");
	sheet_at_gives("behind the end", false, 0x7fffffff, "! damaged 0:0\n");
	sheet_at_gives("where the second is", true, 0, "! damaged 0:0\n");
	sheet_at_gives("within the second", true, 20, "= a\n! damaged 0:0\n");
	sheet_at_gives("in the middle of a record", true, 3, "= a\n! damaged 0:0\n");
}

/* The second where the first has a chart: it would be read twice. */
static void
refuses_sheets_within_sheets(void **state)
{
	AUTO(buf_free) struct buf stream = { 0 };
	struct xls_made m = {
		.sheets = { { .name = "a",
				.records = ONE
				"|0809 0006 1000 0000 0000 0000 0000 0000 0000|" ONE "|000a" },
		    { .name = "b" } }
	};
	unsigned first;

	(void)state;
	made_stream(&stream, &m);
	first = ole_u32(buf_bytes(&stream), place_of_offset(&stream, 0));
	made_put_u32(&stream, place_of_offset(&stream, 1), first + 20 + 14);
	gives("a sheet in a sheet", buf_bytes(&stream), "= a\n! damaged 0:0\n");
}

/* A file for Excel 95 and 97 has two workbooks; of one for Excel 95 the stream has another
 * name. */
static void
prefers_the_newer_workbook(void **state)
{
	AUTO(buf_free) struct buf old = { 0 }, new = { 0 }, file = { 0 }, alone = { 0 };
	struct xls_made five = { .version = 0x0500,
		.sheets = { { .name = "old", .records = ONE } } };
	struct xls_made eight = { .sheets = { { .name = "new", .records = ONE } } };
	struct ole_made_stream streams[2] = { { .name = "Book", .mini = true },
		{ .name = "Workbook", .mini = true } };

	(void)state;
	made_stream(&old, &five);
	made_stream(&new, &eight);
	streams[0].body = buf_bytes(&old);
	streams[1].body = buf_bytes(&new);
	made_ole(&file, streams, 2, false);
	gives("both", buf_bytes(&file), "= new\n1[#1]\n");
	made_ole(&alone, streams, 1, false);
	gives("the old one", buf_bytes(&alone), "= old\n1[#1]\n");
}

static void
reads_excel_5(void **state)
{
	/* Windows for the West; the second font is of Vietnam, whatever the code page. */
	static const char globals[] =
	    "0042 e404|0031 c800 0000 ff7f 9001 0000 00 00 00 00 05 417269616c|"
	    "0031 c800 0000 ff7f 9001 0000 00 00 a3 00 05 417269616c|"
	    "0031 c800 0000 ff7f 9001 0000 00 00 00 00 07 2e566e54696d65|"
	    "041e a400 0a 64642f6d6d2f79797979|"
	    "00e0 0000 0000 0000|00e0 0100 a400 0000|00e0 0200 0000 0000|";
	static const struct cell_case cases[] = {
		{ "letters of the code page", "0204 0000 0000 0000 0200 48e0", "1[Hà]\n" },
		{ "… that it has not", "0204 0000 0000 0000 0100 81", "! encoding 1:1\n" },
		{ "a date", "027e 0000 0000 0100 aec30200", "1[@2023-12-31]\n" },
		{ "a font of Vietnam", "0204 0000 0000 0100 0200 6fcc", "1[ò]\n" },
		{ "an old font", "0204 0000 0000 0200 0100 df", "> TCVN3 (ABC) 0:0\n1[ò]\n" },
		{ "runs", "00d6 0000 0000 0000 0300 616162 01 02 02", "1[aab]\n" },
		{ "a formula's text",
		    "0006 0000 0000 0000 000000000000ffff 0000 00000000 0300 1e0000|"
		    "0207 0200 6162",
		    "1[ab]\n" },
		{ "a text cut", "0204 0000 0000 0000 0900 61", "! damaged 1:1\n" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO(buf_free) struct buf expected = { 0 };
		struct xls_made m = { .version = 0x0500,
			.globals = globals,
			.sheets = { { .name = "S", .records = cases[i].records } } };

		buf_printf(&expected, "= S\n%s", cases[i].expected);
		book_gives(cases[i].what, &m, expected.at);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_cells),
		cmocka_unit_test(reads_old_fonts),
		cmocka_unit_test(joins_texts_that_are_cut),
		cmocka_unit_test(reads_shared_texts),
		cmocka_unit_test(reads_books),
		cmocka_unit_test(refuses_sheets_that_are_nowhere),
		cmocka_unit_test(refuses_sheets_within_sheets),
		cmocka_unit_test(prefers_the_newer_workbook),
		cmocka_unit_test(reads_excel_5),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
