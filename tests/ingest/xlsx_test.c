/* Why: what a workbook shows is what must be read, however it is written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/attr.h"
#include "ingest/format.h"
#include "tests/ingest/read_as.h"
#include "tests/ingest/xlsx_made.h"

/* What leaves all rows to the parser of XML. */
#define ODD "<sheetData><?odd?>"

/* The sheet with its rows in no usual form. */
static void
make_odd(struct buf *out, const char *sheet)
{
	const char *rows = strstr(sheet, "<sheetData>");

	buf_text(out, "");
	if (!rows) {
		buf_text(out, sheet);
		return;
	}
	buf_add(out, (struct bytes){ .at = sheet, .len = (size_t)(rows - sheet) });
	buf_text(out, ODD);
	buf_text(out, rows + sizeof("<sheetData>") - 1);
}

/* Each both ways: as it stands, and read by nothing but the parser. */
static void
expect_made(const char *what, const struct xlsx_made *m, const char *expected)
{
	AUTO(zip_free) struct zip_made z = { 0 };
	AUTO(zip_free) struct zip_made again = { 0 };
	AUTO(buf_free) struct buf odd = { 0 };
	struct xlsx_made other = *m;

	xlsx_make(&z, m);
	gives(what, zip_end(&z), expected);
	if (!m->sheet)
		return;
	make_odd(&odd, m->sheet);
	other.sheet = odd.at;
	xlsx_make(&again, &other);
	gives(what, zip_end(&again), expected);
}

/* One cell in A1; its row without its number. */
static const struct cell_case {
	const char *what, *cell, *expected;
} cell_cases[] = {
	{ "a whole number", "><v>7</v>", "[#7]" },
	{ "a long number", "><v>123456789012345</v>", "[#123456789012345]" },
	{ "what Excel writes of 60.565", "><v>60.564999999999998</v>", "[#60.565]" },
	{ "what a double is, and no more", "><v>68.66499999999999</v>",
	    "[#68.66499999999999]" },
	{ "closing zeros go", "><v>2.50</v>", "[#2.5]" },
	{ "a point without a fraction", "><v>5.</v>", "[#5]" },
	{ "zeros in front go", "><v>007</v>", "[#7]" },
	{ "an exponent", "><v>1.5E+3</v>", "[#1500]" },
	{ "a small exponent", "><v>1.0000000000000001E-5</v>", "[#0.00001]" },
	{ "a very small one", "><v>0.0000001</v>", "[#1e-7]" },
	{ "minus", "><v>-0.5</v>", "[#-0.5]" },
	{ "minus nought", "><v>-0</v>", "[#0]" },
	{ "blanks around", "> <v>\n 7 </v> ", "[#7]" },
	{ "no number", "><v>7x</v>", "! damaged 1:1\n" },
	{ "not finite", "><v>1e999</v>", "! damaged 1:1\n" },
	{ "not a number", "><v>NaN</v>", "! damaged 1:1\n" },
	{ "hexadecimal", "><v>0x10</v>", "! damaged 1:1\n" },
	{ "nothing", ">", NULL },
	{ "an empty value", "><v/>", NULL },
	{ "a percent", "s=\"2\"><v>0.28100000000000003</v>", "[%0.281]" },
	{ "a number with marks", "s=\"8\"><v>1234</v>", "[#1234]" },
	{ "a day", "s=\"1\"><v>45291</v>", "[@2023-12-31]" },
	{ "a day and a time", "s=\"3\"><v>45291.354166666664</v>", "[@2023-12-31T08:30:00]" },
	{ "the last day before the one that never was", "s=\"1\"><v>59</v>", "[@1900-02-28]" },
	{ "the first after it", "s=\"1\"><v>61</v>", "[@1900-03-01]" },
	{ "hours of a day", "s=\"5\"><v>0.5</v>", "[&12:00:00]" },
	{ "hours beyond a day", "s=\"4\"><v>1.5</v>", "[&36:00:00]" },
	{ "no day", "s=\"1\"><v>-1</v>", "[#-1]" },
	{ "a style that is not there", "s=\"99\"><v>45291</v>", "! damaged 1:1\n" },
	{ "a day by its name", "t=\"d\"><v>2023-12-31</v>", "[@2023-12-31]" },
	{ "a moment by its name", "t=\"d\"><v>2023-12-31T08:30:00.000Z</v>",
	    "[@2023-12-31T08:30:00]" },
	{ "midnight is no time", "t=\"d\"><v>2023-12-31T00:00:00</v>", "[@2023-12-31]" },
	{ "no such day", "t=\"d\"><v>2023-02-29</v>", "! damaged 1:1\n" },
	{ "elsewhere's time", "t=\"d\"><v>2023-02-28T08:30:00+07:00</v>", "! damaged 1:1\n" },
	{ "true", "t=\"b\"><v>1</v>", "[|true]" },
	{ "false", "t=\"b\"><v>0</v>", "[|false]" },
	{ "neither", "t=\"b\"><v>2</v>", "! damaged 1:1\n" },
	{ "an error", "t=\"e\"><v>#REF!</v>", "[!#REF!]" },
	{ "a type of no kind", "t=\"x\"><v>1</v>", "! damaged 1:1\n" },
	{ "a shared string", "t=\"s\"><v>1</v>", "[hộ nghèo]" },
	{ "one that is not there", "t=\"s\"><v>5</v>", "! damaged 1:1\n" },
	{ "the four-thousand-millionth", "t=\"s\"><v>4294967295</v>", "! damaged 1:1\n" },
	{ "minus one", "t=\"s\"><v>-1</v>", "! damaged 1:1\n" },
	{ "an empty string", "t=\"s\"><v>3</v>", NULL },
	{ "several runs and no phonetics", "t=\"s\"><v>2</v>", "[Cộng (1 + 2)]" },
	{ "in the cell itself", "t=\"inlineStr\"><is><t>x &amp; y</t></is>", "[x & y]" },
	{ "runs in the cell itself",
	    "t=\"inlineStr\"><is><r><t>x</t></r><rPh><t>no</t></rPh><r><t> y</t></r></is>",
	    "[x y]" },
	{ "blanks stay", "t=\"inlineStr\"><is><t xml:space=\"preserve\"> x </t></is>",
	    "[ x ]" },
	{ "line ends", "t=\"inlineStr\"><is><t>a_x000D_\nb</t></is>", "[a\r\nb]" },
	{ "an escape that is none", "t=\"inlineStr\"><is><t>_x00_ _x005F_x000D_</t></is>",
	    "[_x00_ _x000D_]" },
	{ "an escaped pair", "t=\"inlineStr\"><is><t>_xD83D__xDE00_</t></is>", "[😀]" },
	{ "half of a pair", "t=\"inlineStr\"><is><t>_xD83D_x</t></is>", "[\xEF\xBF\xBDx]" },
	{ "an escaped control", "t=\"inlineStr\"><is><t>a_x0001_b</t></is>",
	    "! control 1:1\n" },
	{ "an escaped nothing", "t=\"inlineStr\"><is><t>a_x0000_b</t></is>", "! nul 1:1\n" },
	{ "letters are composed", "t=\"inlineStr\"><is><t>ho\xCC\xA3</t></is>", "[họ]" },
	{ "a formula", "><f>1+1</f><v>2</v>", "[#2]" },
	{ "a formula's text", "t=\"str\"><f>A2</f><v>x_x000A_y</v>", "[x\ny]" },
	{ "a formula's empty text", "t=\"str\"><f>A2</f><v></v>", NULL },
	{ "a shared formula", "><f t=\"shared\" si=\"0\"/><v>3</v>", "[#3]" },
	{ "a formula never calculated", "><f>1+1</f>", "[?]" },
	{ "… with an empty value", "><f>1+1</f><v></v>", "[?]" },
	{ "… which would be text", "t=\"str\"><f>A2</f>", "[?]" },
	{ "text in a font of TCVN3", "s=\"6\" t=\"inlineStr\"><is><t>hé nghÌo</t></is>",
	    "> TCVN3 (ABC) 0:0\n1[hộ nghèo]\n" },
	{ "shared, in that font", "s=\"6\" t=\"s\"><v>4</v>",
	    "> TCVN3 (ABC) 0:0\n1[hộ nghèo và hộ]\n" },
	{ "text in a font of VNI", "s=\"7\" t=\"str\"><v>hoä ngheøo</v>",
	    "> VNI 0:0\n1[hộ nghèo]\n" },
	{ "Unicode in that font", "s=\"6\" t=\"inlineStr\"><is><t>hộ nghèo</t></is>",
	    "[hộ nghèo]" },
	{ "a number in that font", "s=\"6\"><v>7</v>", "[#7]" },
	{ "what is not known is passed over",
	    "><extLst><c><v>9</v></c></extLst><v>7</v><z><v>8</v></z>", "[#7]" },
};

/* String 4 has a run in a font of its own, which is Unicode. */
#define STRINGS                                                                                \
	"<si><t>x</t></si><si><t>hộ nghèo</t></si>"                                         \
	"<si><r><t xml:space=\"preserve\">Cộng </t></r><r><rPr><rFont val=\"Arial\"/></rPr>" \
	"<t>(1 + 2)</t></r><rPh sb=\"0\" eb=\"1\"><t>ko</t></rPh><phoneticPr fontId=\"1\"/>"   \
	"</si><si><t/></si>"                                                                   \
	"<si><r><t>hé nghÌo</t></r><r><rPr><rFont val=\"Times New Roman\"/></rPr>"           \
	"<t xml:space=\"preserve\"> và hộ</t></r></si>"

static void
test_cells(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cell_cases); i++) {
		const struct cell_case *c = &cell_cases[i];
		AUTO(buf_free) struct buf sheet = { 0 };
		AUTO(buf_free) struct buf expected = { 0 };

		buf_printf(&sheet,
		    "<sheetData><row r=\"1\"><c r=\"A1\" %s</c></row></sheetData>", c->cell);
		buf_text(&expected, "= S\n");
		if (!c->expected)
			buf_text(&expected, "! empty 0:0\n");
		else if (c->expected[0] == '[')
			buf_printf(&expected, "1%s\n", c->expected);
		else
			buf_text(&expected, c->expected);
		expect_made(c->what,
		    &(struct xlsx_made){ .sheet = sheet.at, .strings = STRINGS }, expected.at);
	}
}

#define ROW(r, cells) "<row r=\"" #r "\">" cells "</row>"
#define C(ref, v)     "<c r=\"" #ref "\"><v>" #v "</v></c>"

static const struct sheet_case {
	const char *what, *sheet, *expected;
} sheet_cases[] = {
	{ "a table that starts at C5", "<sheetData>" ROW(5, C(C5, 1) C(E5, 2)) "</sheetData>",
	    "5[][][#1][][#2]\n" },
	{ "no places given",
	    "<sheetData><row><c><v>1</v></c><c><v>2</v></c></row>"
	    "<row><c/><c><v>3</v></c></row></sheetData>",
	    "1[#1][#2]\n2[][#3]\n" },
	{ "some places given",
	    "<sheetData><row r=\"3\"><c r=\"C3\"><v>1</v></c><c><v>2</v></c></row>"
	    "<row><c><v>3</v></c></row></sheetData>",
	    "3[][][#1][#2]\n4[#3]\n" },
	{ "rows and cells without anything",
	    "<sheetData>" ROW(1, "<c r=\"A1\" s=\"1\"/>")
		ROW(2, C(A2, 1) "<c r=\"B2\" s=\"1\"/>") ROW(9, "") "</sheetData>",
	    "2[#1]\n" },
	{ "an empty text at the end is the file's own",
	    "<sheetData>" ROW(1, C(A1, 1) "<c r=\"C1\" t=\"str\"><v></v></c>") "</sheetData>",
	    "1[#1][][]\n" },
	{ "the last cell of a sheet", "<sheetData>" ROW(1048576, C(A1048576, 1)) "</sheetData>",
	    "1048576[#1]\n" },
	{ "a row that goes back",
	    "<sheetData>" ROW(2, C(A2, 1)) ROW(1, C(A1, 2)) "</sheetData>", "! damaged 1:0\n" },
	{ "a row twice", "<sheetData>" ROW(2, C(A2, 1)) ROW(2, C(B2, 2)) "</sheetData>",
	    "! damaged 2:0\n" },
	{ "an empty row twice",
	    "<sheetData>" ROW(2, C(A2, 1)) ROW(2, "<c r=\"A2\"/>")
		ROW(3, C(A3, 2)) "</sheetData>",
	    "2[#1]\n3[#2]\n" },
	{ "row 0", "<sheetData>" ROW(0, C(A0, 1)) "</sheetData>", "! damaged 0:0\n" },
	{ "a row beyond the last", "<sheetData>" ROW(1048577, C(A1048577, 1)) "</sheetData>",
	    "! damaged 0:0\n" },
	{ "a cell beyond the last", "<sheetData>" ROW(1, C(XFE1, 1)) "</sheetData>",
	    "! damaged 1:0\n" },
	{ "a cell of another row", "<sheetData>" ROW(1, C(A1, 1) C(B2, 1)) "</sheetData>",
	    "! damaged 1:1\n" },
	{ "cells that go back", "<sheetData>" ROW(1, C(B1, 1) C(A1, 2)) "</sheetData>",
	    "! damaged 1:2\n" },
	{ "a cell twice", "<sheetData>" ROW(1, C(A1, 1) C(A1, 2)) "</sheetData>",
	    "! damaged 1:1\n" },
	{ "an empty cell twice", "<sheetData>" ROW(1, C(A1, 1) "<c r=\"A1\"/>") "</sheetData>",
	    "1[#1]\n" },
	{ "A0", "<sheetData>" ROW(1, C(A0, 1)) "</sheetData>", "! damaged 1:0\n" },
	{ "A01", "<sheetData>" ROW(1, C(A01, 1)) "</sheetData>", "! damaged 1:0\n" },
	{ "1A", "<sheetData>" ROW(1, C(1A, 1)) "</sheetData>", "! damaged 1:0\n" },
	{ "A1A", "<sheetData>" ROW(1, C(A1A, 1)) "</sheetData>", "! damaged 1:0\n" },
	{ "AAAAAAAAAAAA1", "<sheetData>" ROW(1, C(AAAAAAAAAAAA1, 1)) "</sheetData>",
	    "! damaged 1:0\n" },
	{ "merged cells",
	    "<sheetData>" ROW(1, C(A1, 1) C(C1, 2)) ROW(
		2, C(C2, 3)) "</sheetData>"
			     "<mergeCells count=\"1\"><mergeCell ref=\"A1:B2\"/></mergeCells>",
	    "1[#1][^1][#2]\n2[^1][^1][#3]\n" },
	{ "a merge of one cell",
	    "<sheetData>" ROW(1, C(A1, 1)) "</sheetData>"
					   "<mergeCells><mergeCell ref=\"A1\"/><mergeCell "
					   "ref=\"A1:A1\"/></mergeCells>",
	    "1[#1]\n" },
	{ "a merge of nothing",
	    "<sheetData>" ROW(
		1, C(A1, 1)) "</sheetData>"
			     "<mergeCells><mergeCell ref=\"B2:A1\"/></mergeCells>",
	    "! damaged 0:0\n" },
	{ "a merge over the whole sheet",
	    "<sheetData>" ROW(
		2, C(A2, 1)) "</sheetData>"
			     "<mergeCells><mergeCell ref=\"B1:XFD1048576\"/></mergeCells>",
	    "2[#1]\n" },
	{ "hidden rows and columns",
	    "<cols><col min=\"2\" max=\"3\" hidden=\"1\"/><col min=\"4\" max=\"4\" "
	    "width=\"9\"/>"
	    "</cols><sheetData>" ROW(1, C(A1, 1)) "<row r=\"2\" hidden=\"1\">" C(C2, 2)
		C(D2, 2) "</row><row r=\"3\" ht=\"0\">" C(C3, 3) "</row></sheetData>",
	    "1[#1]\n. hidden-column 0:3\n. hidden-row 2:0\n2[][][#2][#2]\n"
	    ". hidden-row 3:0\n3[][][#3]\n" },
	{ "columns that are none",
	    "<cols><col min=\"0\" max=\"3\" hidden=\"1\"/></cols><sheetData/>",
	    "! damaged 0:0\n" },
	{ "no XML", "<sheetData>" ROW(1, C(A1, 1)) "<row></sheetData>",
	    "1[#1]\n! damaged 2:0\n" },
	{ "rows in a comment",
	    "<sheetData><row a='1'/><!--<row><c><v>9</v></c></row>--><row><c><v>1</v></c></row>"
	    "</sheetData>",
	    "2[#1]\n" },
	{ "a row's end in a comment behind it",
	    "<sheetData><row a='>'/><!--</row>" ROW(2, C(A2, 9)) "-->" ROW(
		3, C(A3, 1)) "</sheetData>",
	    "3[#1]\n" },
	{ "rows in a comment behind one in the usual form",
	    "<sheetData>" ROW(1, C(A1, 1)) "<!--" ROW(2, C(A2, 9)) "-->" ROW(
		3, C(A3, 1)) "</sheetData>",
	    "1[#1]\n3[#1]\n" },
	{ "a row's end in a comment",
	    "<sheetData><row><!--</row>--><c><v>1</v></c></row>" ROW(
		2, C(A2, 1)) "</sheetData>",
	    "1[#1]\n2[#1]\n" },
	{ "a row's end in its beginning",
	    "<sheetData><row a=\"/>\" r=\"7\"><c><v>1</v></c></row></sheetData>", "7[#1]\n" },
	{ "an attribute twice",
	    "<sheetData><row><c r=\"A1\" r=\"B1\"><v>1</v></c></row></sheetData>",
	    "! damaged 1:0\n" },
	{ "no UTF-8",
	    "<sheetData><row><c t=\"inlineStr\"><is><t>\xC3</t></is></c></row></sheetData>",
	    "! damaged 1:0\n" },
	{ "another namespace's rows", "<x:other xmlns:x=\"x\">" ROW(1, C(A1, 1)) "</x:other>",
	    "! empty 0:0\n" },
	{ "a type of document", "<!DOCTYPE x>", "! damaged 0:0\n" },
};

static void
test_sheets(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(sheet_cases); i++) {
		AUTO(buf_free) struct buf expected = { 0 };

		buf_printf(&expected, "= S\n%s", sheet_cases[i].expected);
		expect_made(sheet_cases[i].what,
		    &(struct xlsx_made){ .sheet = sheet_cases[i].sheet }, expected.at);
	}
}

#define ONE "<sheetData>" ROW(1, C(A1, 1)) "</sheetData>"
#define DAY "<sheetData><row><c s=\"1\"><v>0</v></c></row></sheetData>"

static const struct book_case {
	const char *what;
	struct xlsx_made made;
	const char *expected;
} book_cases[] = {
	{ "with macros",
	    { .type = "application/vnd.ms-excel.sheet.macroEnabled.main+xml", .sheet = ONE },
	    "= S\n1[#1]\n" },
	{ "a template",
	    { .type = "application/vnd.openxmlformats-officedocument.spreadsheetml.template."
		      "main+xml",
		.sheet = ONE },
	    "= S\n1[#1]\n" },
	{ "binary",
	    { .type = "application/vnd.ms-excel.sheet.binary.macroEnabled.main", .sheet = ONE },
	    "! xlsb 0:0\n" },
	{ "days from 1904",
	    { .workbook = "<workbookPr date1904=\"1\"/><sheets><sheet name=\"S\" "
			  "r:id=\"rId1\"/></sheets>",
		.sheet = DAY },
	    "= S\n1[@1904-01-01]\n" },
	{ "… though an extension has the same name, as Excel 2013 writes it",
	    { .workbook = "<workbookPr date1904=\"1\"/><sheets><sheet name=\"S\" "
			  "r:id=\"rId1\"/></sheets><extLst><ext><x14:workbookPr "
			  "defaultImageDpi=\"32767\"/></ext></extLst>",
		.sheet = DAY },
	    "= S\n1[@1904-01-01]\n" },
	{ "a hidden sheet",
	    { .workbook = "<sheets><sheet name=\"S\" state=\"veryHidden\" "
			  "r:id=\"rId1\"/></sheets>",
		.sheet = ONE },
	    "= S\n. hidden-sheet 0:0\n1[#1]\n" },
	{ "sheets in the workbook's order, and a chart",
	    { .workbook = "<sheets><sheet name=\"Hai\" r:id=\"b\"/><sheet name=\"C\" "
			  "r:id=\"c\"/><sheet name=\"M&#7897;t\" r:id=\"rId1\"/></sheets>",
		.links = "<Relationship Id=\"b\" Type=\"" XLSX_TYPE
			 "worksheet\" Target=\"/xl/worksheets/../worksheets/./sheet%31.xml\"/>"
			 "<Relationship Id=\"c\" Type=\"" XLSX_TYPE
			 "chartsheet\" Target=\"nowhere.xml\"/>",
		.sheet = ONE },
	    "= Hai\n1[#1]\n= Một\n1[#1]\n" },
	{ "a sheet that is not there",
	    { .workbook = "<sheets><sheet name=\"S\" r:id=\"x\"/></sheets>" },
	    "= S\n! damaged 0:0\n" },
	{ "a sheet outside of the workbook",
	    { .workbook = "<sheets><sheet name=\"S\" r:id=\"x\"/></sheets>",
		.links = "<Relationship Id=\"x\" TargetMode=\"External\" Type=\"" XLSX_TYPE
			 "worksheet\" Target=\"worksheets/sheet1.xml\"/>" },
	    "= S\n! damaged 0:0\n" },
	{ "a path out of the package",
	    { .workbook = "<sheets><sheet name=\"S\" r:id=\"x\"/></sheets>",
		.links = "<Relationship Id=\"x\" Type=\"" XLSX_TYPE
			 "worksheet\" Target=\"../../../../etc/passwd\"/>" },
	    "= S\n! damaged 0:0\n" },
	{ "no sheets", { .workbook = "<sheets/>" }, "! empty 0:0\n" },
	{ "broken styles", { .styles = "<styleSheet><fonts></styleSheet>", .sheet = ONE },
	    "! damaged 0:0\n" },
	{ "broken strings", { .strings = "<si><t>x</si>", .sheet = ONE }, "! damaged 0:0\n" },
	{ "styles in any order",
	    { .styles = XLSX_STYLED
		"<cellXfs><xf/><xf numFmtId=\"7\"/></cellXfs><numFmts><numFmt "
		"numFmtId=\"9\" formatCode=\"0\"/><numFmt numFmtId=\"7\" "
		"formatCode=\"[$-42A]dd\\ mmmm\\ yyyy\"/></numFmts></styleSheet>",
		.sheet = "<sheetData><row><c s=\"1\"><v>45291</v></c></row></sheetData>" },
	    "= S\n1[@2023-12-31]\n" },
	{ "properties",
	    { .custom =
		    "<property name=\"giamsat:unit\"><vt:lpwstr>LS-181</vt:lpwstr>"
		    "</property><property name=\"n\"><vt:i4>5</vt:i4></property>"
		    "<property name=\"a=b\"><vt:lpwstr>no</vt:lpwstr></property>"
		    "<property name=\"&#272;&#417;n v&#7883;\"><vt:lpwstr>H&#7897;</vt:lpwstr>"
		    "</property><property name=\"x\"><vt:lpwstr>a\nb</vt:lpwstr></property>",
		.sheet = ONE },
	    "$ giamsat:unit=LS-181\n$ Đơn vị=Hộ\n= S\n1[#1]\n" },
	{ "broken properties say nothing",
	    { .custom = "<property name=\"x\"><vt:lpwstr>v</property>", .sheet = ONE },
	    "= S\n1[#1]\n" },
	{ "a run in a font of VNI",
	    { .strings = "<si><r><rPr><rFont val=\"VNI-Times\"/></rPr>"
			 "<t>hoä</t></r></si>",
		.sheet = "<sheetData><row><c t=\"s\" s=\"6\"><v>0</v></c>"
			 "</row></sheetData>" },
	    "> VNI 0:0\n= S\n1[hộ]\n" },
	{ "formulas that Excel was to calculate",
	    { .workbook = "<sheets><sheet name=\"S\" r:id=\"rId1\"/></sheets>"
			  "<calcPr fullCalcOnLoad=\"1\"/>",
		.sheet = "<sheetData><row><c><f>1</f><v>0</v></c><c><f>1</f><v>5</v></c>"
			 "<c><v>0</v></c></row></sheetData>" },
	    "= S\n1[?][#5][#0]\n" },
};

static void
test_books(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(book_cases); i++)
		expect_made(book_cases[i].what, &book_cases[i].made, book_cases[i].expected);
}

/* Strict files have other namespaces, and prefixes are anyone's choice. */
static void
test_strict(void **state)
{
	AUTO(zip_free) struct zip_made z = { 0 };

	(void)state;
	zip_add(&z, "[Content_Types].xml",
	    "<Types><Override PartName=\"/book.xml\" ContentType=\"" XLSX_MAIN "\"/></Types>");
	zip_add(&z, "_rels/book.xml.rels",
	    "<Relationships><Relationship Id=\"x\" "
	    "Type=\"http://purl.oclc.org/ooxml/officeDocument/relationships/worksheet\" "
	    "Target=\"Trang%20t\xC3\xADnh.xml\"/></Relationships>");
	zip_add(&z, "book.xml",
	    "<x:workbook xmlns:x=\"http://purl.oclc.org/ooxml/spreadsheetml/main\" "
	    "xmlns:r=\"r\"><x:sheets><x:sheet name=\"S\" r:id=\"x\"/></x:sheets></x:workbook>");
	zip_add(&z, "Trang t\xC3\xADnh.xml",
	    "<x:worksheet xmlns:x=\"x\"><x:sheetData><x:row r=\"1\"><x:c r=\"A1\" t=\"d\">"
	    "<x:v>2023-12-31</x:v></x:c></x:row></x:sheetData><x:mergeCells><x:mergeCell "
	    "ref=\"A1:B1\"/></x:mergeCells></x:worksheet>");
	gives("strict", zip_end(&z), "= S\n1[@2023-12-31][^2023-12-31]\n");
}

/* A part in UTF-16, in which the word of merged cells cannot be found without reading. */
static void
test_utf16(void **state)
{
	static const char sheet[] =
	    "<worksheet><sheetData><row><c><v>1</v></c></row></sheetData>"
	    "<mergeCells><mergeCell ref=\"A1:B1\"/></mergeCells>"
	    "</worksheet>";
	AUTO(zip_free) struct zip_made z = { 0 };
	AUTO(buf_free) struct buf wide = { 0 };

	(void)state;
	buf_text(&wide, "\xff\xfe");
	for (size_t i = 0; i + 1 < sizeof(sheet); i++) {
		buf_char(&wide, sheet[i]);
		buf_char(&wide, '\0');
	}
	xlsx_frame(&z, &(struct xlsx_made){ 0 });
	zip_add_lying(
	    &z, BYTES("xl/worksheets/sheet1.xml"), buf_bytes(&wide), &(struct zip_lies){ 0 });
	gives("UTF-16", zip_end(&z), "= S\n1[#1][^1]\n");
}

/* The word of merged cells on the border of two pieces, wherever the border is. */
static void
test_word_on_a_border(void **state)
{
	(void)state;
	for (size_t shift = 0; shift < 24; shift++) {
		AUTO(buf_free) struct buf sheet = { 0 };

		buf_text(&sheet, ONE "<!--");
		while (sheet.len < (64u << 10) - 100 - shift)
			buf_char(&sheet, ' ');
		buf_text(&sheet, "--><mergeCells><mergeCell ref=\"A1:B1\"/></mergeCells><x>");
		while (sheet.len < (64u << 10) + 50)
			buf_char(&sheet, ' ');
		buf_text(&sheet, "</x>");
		expect_made(
		    "border", &(struct xlsx_made){ .sheet = sheet.at }, "= S\n1[#1][^1]\n");
	}
}

/* Something of a sheet, by chance: bytes that count are taken away, doubled or put elsewhere.
 */
static void
spoil(struct buf *out, const char *sheet, unsigned *chance)
{
	static const char *const bits[] = { "<", ">", "/", "\"", "<c>", "</row>", "<row>", "A1",
		"<v>", "</v>", "&amp;", "<!--", "-->", "<![CDATA[", "]]>", " ", "\n",
		"r=\"B2\"", "t=\"s\"", "<f/>", "<is><t>x</t></is>", "'", "x:", "\xC3" };
	size_t len = strlen(sheet), at, cut;
	const char *bit;

	*chance = *chance * 1103515245u + 12345u;
	at = (*chance >> 8) % len;
	bit = bits[(*chance >> 3) % COUNT(bits)];
	cut = *chance >> 28 & 3;
	buf_add(out, (struct bytes){ .at = sheet, .len = at });
	buf_text(out, bit);
	buf_text(out, sheet + (at + cut < len ? at + cut : len));
}

static const char *
read_sheet(struct buf *out, const char *sheet)
{
	AUTO(zip_free) struct zip_made z = { 0 };

	xlsx_make(&z, &(struct xlsx_made){ .sheet = sheet, .strings = STRINGS });
	read_body(out, zip_end(&z));
	return out->at;
}

/* Rows in their usual form are read as the parser reads them, or left to it. */
static void
test_quick_rows_are_no_others(void **state)
{
	static const char sheet[] =
	    "<cols><col min=\"1\" max=\"2\"/></cols><sheetData>\n"
	    "<row r=\"1\" spans=\"1:3\" x14ac:dyDescent=\"0.25\"><c r=\"A1\" "
	    "s=\"1\"><v>45291</v>"
	    "</c><c r=\"B1\" t=\"s\"><v>1</v></c><c r=\"C1\" s=\"2\"/></row>"
	    "<row r=\"2\" hidden=\"1\"><c r=\"A2\" t=\"inlineStr\"><is><t>hộ</t></is></c>"
	    "<c r=\"C2\" t=\"str\"><f>A1</f><v>x y</v></c></row><row r=\"4\"/>"
	    "<row r=\"5\"><c r=\"A5\" t=\"b\"><v>1</v></c><c r=\"B5\"><f t=\"shared\" "
	    "si=\"0\"/>"
	    "<v>7</v></c></row></sheetData><mergeCells><mergeCell ref=\"A1:B2\"/></mergeCells>";
	unsigned chance = 1, read = 0;

	(void)state;
	for (unsigned i = 0; i < 2000; i++) {
		AUTO(buf_free) struct buf spoilt = { 0 };
		AUTO(buf_free) struct buf odd = { 0 };
		AUTO(buf_free) struct buf quick = { 0 };
		AUTO(buf_free) struct buf parsed = { 0 };
		const char *one, *other;

		spoil(&spoilt, sheet, &chance);
		make_odd(&odd, spoilt.at);
		one = read_sheet(&quick, spoilt.at);
		other = read_sheet(&parsed, odd.at);
		read += strstr(other, "damaged") == NULL;
		/* Where it is wrong both say so; how far they came before is nobody's concern.
		 */
		if (strcmp(one, other) != 0 &&
		    !(strstr(one, "damaged") && strstr(other, "damaged")))
			fail_msg("%s\nquick:\n%s\nparsed:\n%s", spoilt.at, one, other);
	}
	assert_true(read > 100); /* not all of them were nonsense */
}

/* Whatever is done to a file: it is read or refused, and nothing is touched that is not ours.
 */
static void
test_spoilt_files(void **state)
{
	AUTO(zip_free) struct zip_made z = { 0 };
	unsigned chance = 7;
	struct bytes whole;

	(void)state;
	xlsx_make(&z,
	    &(struct xlsx_made){ .stored = true,
		.strings = STRINGS,
		.custom = "<property name=\"x\"><vt:lpwstr>y</vt:lpwstr></property>",
		.sheet = "<sheetData>" ROW(1, C(A1, 1) C(C1, 2))
		    ROW(2, C(C2, 3)) "</sheetData><mergeCells><mergeCell "
				     "ref=\"A1:B2\"/></mergeCells>" });
	whole = zip_end(&z);
	for (unsigned i = 0; i < 2000; i++) {
		AUTO(buf_free) struct buf out = { 0 };
		char *copy = malloc(whole.len);
		size_t len = whole.len;

		memcpy(copy, whole.at, len);
		for (unsigned k = 0; k <= i % 4; k++) {
			chance = chance * 1103515245u + 12345u;
			copy[(chance >> 8) % len] = (char)(chance >> 3);
		}
		if (i % 8 == 7)
			len = (chance >> 8) % len;
		copy = realloc(copy, len + 1); /* so that a sanitizer sees what lies behind */
		read_body(&out, (struct bytes){ .at = copy, .len = len });
		free(copy);
	}
}

static void
test_others(void **state)
{
	AUTO(zip_free) struct zip_made word = { 0 };
	AUTO(zip_free) struct zip_made bare = { 0 };
	AUTO(zip_free) struct zip_made cut = { 0 };
	struct bytes body;

	(void)state;
	zip_add(&word, "[Content_Types].xml",
	    "<Types><Override PartName=\"/word/document.xml\" ContentType=\"application/"
	    "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>");
	zip_add(&word, "word/document.xml", "<document/>");
	gives("a letter", zip_end(&word), "! word 0:0\n");
	xlsx_part(&bare, "xl/workbook.xml", "<workbook xmlns:r=\"r\">",
	    "<sheets><sheet name=\"S\" r:id=\"x\"/></sheets>", "</workbook>");
	gives("without its types", zip_end(&bare), "= S\n! damaged 0:0\n");
	xlsx_make(&cut, &(struct xlsx_made){ .sheet = ONE });
	body = zip_end(&cut);
	gives("cut", bytes_slice(body, 0, body.len - 30), "! damaged 0:0\n");
	gives("a workbook with a password",
	    BYTES("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0"
		  "g\0e\0"),
	    "! encrypted 0:0\n");
}

static void
test_wrong_sum(void **state)
{
	AUTO(zip_free) struct zip_made z = { 0 };

	(void)state;
	xlsx_frame(&z, &(struct xlsx_made){ 0 });
	zip_add_lying(&z, BYTES("xl/worksheets/sheet1.xml"),
	    BYTES("<worksheet>" ONE "</worksheet>"), &(struct zip_lies){ .spoil = 1 });
	/* It is found before the first row goes out. */
	gives("sum", zip_end(&z), "= S\n! damaged 0:0\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cells),
		cmocka_unit_test(test_sheets),
		cmocka_unit_test(test_books),
		cmocka_unit_test(test_strict),
		cmocka_unit_test(test_utf16),
		cmocka_unit_test(test_word_on_a_border),
		cmocka_unit_test(test_quick_rows_are_no_others),
		cmocka_unit_test(test_spoilt_files),
		cmocka_unit_test(test_others),
		cmocka_unit_test(test_wrong_sum),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
