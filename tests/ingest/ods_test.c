/*
 * Why: OpenDocument counts what repeats, says values twice and puts remarks between: each must
 * give what the sheet shows, or a word.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "ingest/format.h"
#include "tests/ingest/read_as.h"
#include "tests/ingest/zip_made.h"

#define TYPE "application/vnd.oasis.opendocument.spreadsheet"
#define NAMES                                                                                  \
	"xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "                   \
	"xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" "                     \
	"xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" "                       \
	"xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\" "                     \
	"xmlns:meta=\"urn:oasis:names:tc:opendocument:xmlns:meta:1.0\" "                       \
	"xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\" "            \
	"xmlns:svg=\"urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0\" "              \
	"xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "                                       \
	"xmlns:calcext=\"urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1."  \
	"0\""
#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
#define FLAT HEAD "<office:document " NAMES " office:mimetype=\"" TYPE "\">"
#define FACES                                                                                  \
	"<office:font-face-decls>"                                                             \
	"<style:font-face style:name=\"Arial\" svg:font-family=\"Arial\"/>"                    \
	"<style:font-face style:name=\"A1\" svg:font-family=\"&apos;.VnTime&apos;\"/>"         \
	"</office:font-face-decls>"
#define STYLES                                                                                 \
	"<office:styles><style:default-style style:family=\"table-cell\">"                     \
	"<style:text-properties style:font-name=\"Arial\"/></style:default-style>"             \
	"<style:style style:name=\"Default\" style:family=\"table-cell\"/>"                    \
	"<style:style style:name=\"old\" style:family=\"table-cell\" "                         \
	"style:parent-style-name=\"Default\">"                                                 \
	"<style:text-properties style:font-name=\"A1\"/></style:style></office:styles>"        \
	"<office:automatic-styles>"                                                            \
	"<style:style style:name=\"ce1\" style:family=\"table-cell\" "                         \
	"style:parent-style-name=\"old\"/>"                                                    \
	"<style:style style:name=\"ce2\" style:family=\"table-cell\" "                         \
	"style:parent-style-name=\"Default\"/>"                                                \
	"<style:style style:name=\"ce3\" style:family=\"table-cell\">"                         \
	"<style:text-properties fo:font-family=\"VNI-Times, serif\"/></style:style>"           \
	"<style:style style:name=\"twice\" style:family=\"table-cell\"/>"                      \
	"<style:style style:name=\"twice\" style:family=\"table-cell\" "                       \
	"style:parent-style-name=\"old\"/>"                                                    \
	"<style:style style:name=\"loop\" style:family=\"table-cell\" "                        \
	"style:parent-style-name=\"loop\"/>"                                                   \
	"<style:style style:name=\"ce1\" style:family=\"text\">"                               \
	"<style:text-properties style:font-name=\"A1\"/></style:style>"                        \
	"<style:style style:name=\"plain\" style:family=\"text\">"                             \
	"<style:text-properties style:font-name=\"Arial\"/></style:style>"                     \
	"<style:style style:name=\"bold\" style:family=\"text\">"                              \
	"<style:text-properties fo:font-weight=\"bold\"/></style:style>"                       \
	"<style:style style:name=\"P\" style:family=\"paragraph\">"                            \
	"<style:text-properties style:font-name=\".VnTimeH\"/></style:style>"                  \
	"<style:style style:name=\"ta1\" style:family=\"table\">"                              \
	"<style:table-properties table:display=\"true\"/></style:style>"                       \
	"<style:style style:name=\"ta2\" style:family=\"table\">"                              \
	"<style:table-properties table:display=\"false\"/></style:style>"                      \
	"</office:automatic-styles>"
#define BODY(tables)                                                                           \
	"<office:body><office:spreadsheet>" tables "</office:spreadsheet></office:body>"

/* A flat document with that between the spreadsheet's ends. */
static void
tables_give(const char *what, const char *tables, const char *expected)
{
	AUTO(buf_free) struct buf body = { 0 };

	buf_text(&body, FLAT FACES STYLES "<office:body><office:spreadsheet>");
	buf_text(&body, tables);
	buf_text(&body, "</office:spreadsheet></office:body></office:document>");
	gives(what, buf_bytes(&body), expected);
}

/* Short names for what tests are full of. */
static void
spell(struct buf *out, const char *text)
{
	static const struct {
		const char *from, *to;
	} words[] = {
		{ "<T", "<table:table table:name=\"S\"" },
		{ "</T", "</table:table" },
		{ "<R", "<table:table-row" },
		{ "</R", "</table:table-row" },
		{ "<C", "<table:table-cell" },
		{ "</C", "</table:table-cell" },
		{ "<V", "<table:covered-table-cell" },
		{ "</V", "</table:covered-table-cell" },
		{ "<p", "<text:p" },
		{ "</p", "</text:p" },
		{ " x=", " table:number-columns-repeated=" },
		{ " n=", " table:number-rows-repeated=" },
		{ " w=", " table:number-columns-spanned=" },
		{ " h=", " table:number-rows-spanned=" },
		{ " t=", " office:value-type=" },
		{ " v=", " office:value=" },
		{ " f=", " table:formula=" },
		{ " s=", " table:style-name=" },
		{ " d=", " table:default-cell-style-name=" },
	};

	while (*text) {
		size_t i = 0;

		while (i < COUNT(words) &&
		    strncmp(text, words[i].from, strlen(words[i].from)) != 0)
			i++;
		if (i == COUNT(words)) {
			buf_char(out, *text++);
			continue;
		}
		buf_text(out, words[i].to);
		text += strlen(words[i].from);
	}
}

struct ods_case {
	const char *what, *text, *expected;
};

static void
each_gives(const struct ods_case *cases, size_t count, const char *before, const char *after)
{
	for (size_t i = 0; i < count; i++) {
		AUTO(buf_free) struct buf tables = { 0 }, short_form = { 0 }, expected = { 0 };

		buf_printf(&short_form, "%s%s%s", before, cases[i].text, after);
		spell(&tables, short_form.at);
		buf_printf(&expected, "= S\n%s", cases[i].expected);
		tables_give(cases[i].what, tables.at, expected.at);
	}
}

static const struct ods_case cell_cases[] = {
	{ "text", "<C t=\"string\"><p>Hòa Bình</p></C>", "1[Hòa Bình]\n" },
	{ "text without a type", "<C><p>a</p></C>", "1[a]\n" },
	{ "paragraphs", "<C t=\"string\"><p>a</p><p/><p>b</p></C>", "1[a\n\nb]\n" },
	{ "what breaks lines is one blank, and none at the ends",
	    "<C t=\"string\"><p>\n  a \t b\n</p></C>", "1[a b]\n" },
	{ "blanks that are counted",
	    "<C t=\"string\"><p><text:s/>a <text:s text:c=\"2\"/>b<text:s/></p></C>",
	    "1[ a   b ]\n" },
	{ "blanks at the ends of pieces",
	    "<C t=\"string\"><p>a <text:span>b </text:span> c<text:span/> </p></C>",
	    "1[a b  c ]\n" },
	{ "spaces are as LibreOffice writes them", "<C><p>  a  b </p></C><C><p>c \n</p></C>",
	    "1[  a  b ][c]\n" },
	{ "tabulators and line breaks",
	    "<C t=\"string\"><p>a<text:tab/>b<text:line-break/>c</p></C>", "1[a\tb\nc]\n" },
	{ "links and fields",
	    "<C t=\"string\"><p><text:a>x@y.vn</text:a> "
	    "<text:sheet-name>S</text:sheet-name></p>"
	    "</C>",
	    "1[x@y.vn S]\n" },
	{ "remarks",
	    "<C t=\"string\"><office:annotation><dc:creator>c</dc:creator><p>no</p>"
	    "</office:annotation><p>a<office:annotation><p>no</p>"
	    "</office:annotation>b</p></C>",
	    "1[ab]\n" },
	{ "pictures and tables in a cell",
	    "<C t=\"string\"><draw:frame "
	    "xmlns:draw=\"d\"><draw:text-box><p>no</p></draw:text-box>"
	    "</draw:frame><T><R><C><p>no</p></C></R></T><p>a</p></C>",
	    "1[a]\n" },
	{ "a text of blanks only", "<C t=\"string\"><p>\n</p></C><C><p>b</p></C>", "1[][b]\n" },
	{ "entities", "<C t=\"string\"><p>&lt;&#7911;&amp;</p></C>", "1[<ủ&]\n" },
	{ "letters are composed", "<C t=\"string\"><p>o\xcc\x80</p></C>", "1[ò]\n" },
	{ "a text told in its attribute",
	    "<C t=\"string\" office:string-value=\"real\"><p>shown</p></C>", "1[real]\n" },
	{ "numbers",
	    "<C t=\"float\" v=\"60.565\"><p>60,57</p></C><C t=\"float\" v=\"-1.5E3\"/>",
	    "1[#60.565][#-1500]\n" },
	{ "a number with too many digits",
	    "<C t=\"float\" v=\"60.564999999999998\"><p>60,57</p></C>", "1[#60.565]\n" },
	{ "money", "<C t=\"currency\" office:currency=\"VND\" v=\"1200\"><p>1.200 đ</p></C>",
	    "1[#1200]\n" },
	{ "percent", "<C t=\"percentage\" v=\"0.281\"><p>28,1%</p></C>", "1[%0.281]\n" },
	{ "dates",
	    "<C t=\"date\" office:date-value=\"2023-12-31\"><p>31/12/23</p></C>"
	    "<C t=\"date\" office:date-value=\"2023-12-31T08:30:00\"/>"
	    "<C t=\"date\" office:date-value=\"2023-12-31T08:29:59.999999\"/>"
	    "<C t=\"date\" office:date-value=\"2023-12-31T23:59:59.9\"/>"
	    "<C t=\"date\" office:date-value=\"2023-12-31T00:00:00\"/>",
	    "1[@2023-12-31][@2023-12-31T08:30:00][@2023-12-31T08:30:00][@2024-01-01]"
	    "[@2023-12-31]\n" },
	{ "dates that are none stay what is shown",
	    "<C t=\"date\" office:date-value=\"2023-02-30\"><p>30/2/2023</p></C>"
	    "<C t=\"date\" office:date-value=\"12023-02-20\"><p>20/2/12023</p></C>"
	    "<C t=\"date\" office:date-value=\"2023-12-31T25:00:00\"><p>x</p></C>",
	    "1[30/2/2023][20/2/12023][x]\n" },
	{ "… and are damage where nothing is", "<C t=\"date\" office:date-value=\"no\"/>",
	    "! damaged 1:1\n" },
	{ "times",
	    "<C t=\"time\" office:time-value=\"PT08H30M00S\"/>"
	    "<C t=\"time\" office:time-value=\"PT27H30M00.5S\"/>"
	    "<C t=\"time\" office:time-value=\"P1DT2H\"/>"
	    "<C t=\"time\" office:time-value=\"PT5M\"/>",
	    "1[&08:30:00][&27:30:01][&26:00:00][&00:05:00]\n" },
	{ "a time below 0", "<C t=\"time\" office:time-value=\"-PT1H\"><p>-01:00</p></C>",
	    "1[-01:00]\n" },
	{ "booleans",
	    "<C t=\"boolean\" office:boolean-value=\"true\"><p>ĐÚNG</p></C>"
	    "<C t=\"boolean\" office:boolean-value=\"false\"/>",
	    "1[|true][|false]\n" },
	{ "booleans of formulas",
	    "<C f=\"of:=TRUE()\" t=\"float\" v=\"1\"><p>ĐÚNG</p></C>"
	    "<C f=\"of:=[.A1]&gt;2\" t=\"float\" v=\"0\"><p>FALSE</p></C>"
	    "<C f=\"of:=FALSE()\" t=\"float\" v=\"0\"><p>FAUX</p></C>"
	    "<C f=\"of:=[.A1]\" t=\"float\" v=\"1\"><p>1</p></C>",
	    "1[|true][|false][|false][#1]\n" },
	{ "errors",
	    "<C f=\"of:=#REF!\" t=\"string\" office:string-value=\"\" "
	    "calcext:value-type=\"error\"><p>#REF!</p></C>"
	    "<C f=\"of:=1/0\" t=\"float\" v=\"0\"><p>#DIV/0!</p></C>"
	    "<C f=\"of:=x\" t=\"float\" v=\"0\"><p>Err:508</p></C>"
	    "<C f=\"of:=1/0\" t=\"string\" office:string-value=\"\"><p>#DIV/0!</p></C>",
	    "1[!#REF!][!#DIV/0!][!Err:508][!#DIV/0!]\n" },
	{ "a text that looks like an error", "<C t=\"string\"><p>#REF!</p></C>", "1[#REF!]\n" },
	{ "a formula's value", "<C f=\"of:=1+1\" t=\"float\" v=\"2\"><p>2</p></C>", "1[#2]\n" },
	{ "a formula's empty text",
	    "<C f=\"of:=&quot;&quot;\" t=\"string\" office:string-value=\"\"/><C><p>b</p></C>",
	    "1[][b]\n" },
	{ "a formula that was never calculated", "<C f=\"of:=1+1\"/>", "1[?]\n" },
	{ "… though it is a number", "<C f=\"of:=1+1\" t=\"float\"/>", "1[?]\n" },
	{ "a number that is none", "<C t=\"float\" v=\"1,5\"/>", "! damaged 1:1\n" },
	{ "a number without one", "<C t=\"float\"><p>5</p></C>", "! damaged 1:1\n" },
	{ "a number that is endless", "<C t=\"float\" v=\"1e999\"/>", "! damaged 1:1\n" },
	{ "a number in hexadecimal", "<C t=\"float\" v=\"0x10\"/>", "! damaged 1:1\n" },
	{ "a boolean that is none", "<C t=\"boolean\" office:boolean-value=\"1\"/>",
	    "! damaged 1:1\n" },
	{ "a type nobody knows", "<C t=\"colour\" v=\"1\"><p>1</p></C>", "! damaged 1:1\n" },
	{ "a control character is no XML", "<C><p>\x01</p></C>", "! damaged 1:0\n" },
	{ "cells that repeat", "<C/><C x=\"2\"><p>a</p></C><C x=\"3\"/><C><p>b</p></C>",
	    "1[][a][a][][][][b]\n" },
	{ "empty cells to the end", "<C><p>a</p></C><C x=\"16383\"/>", "1[a]\n" },
	{ "and beyond", "<C><p>a</p></C><C x=\"4294967295\"/>", "1[a]\n" },
	{ "a text far beyond", "<C x=\"4294967295\"/><C><p>a</p></C>",
	    "! columns 1:1073741824\n" },
	{ "a text that repeats beyond",
	    "<C x=\"16385\"><p></p></C><C x=\"16384\" t=\"float\" v=\"1\"/>",
	    "! columns 1:16386\n" },
	{ "what repeats is not merged", "<C x=\"2\" w=\"2\"><p>a</p></C>", "1[a][a]\n" },
	{ "repeated no times", "<C x=\"0\"><p>a</p></C>", "! damaged 1:1\n" },
	{ "repeated so to say", "<C x=\"two\"><p>a</p></C>", "! damaged 1:1\n" },
};

static const struct ods_case table_cases[] = {
	{ "a table starting at C5",
	    "<R n=\"4\"><C x=\"16384\"/></R><R><C x=\"2\"/><C><p>a</p></C></R>", "5[][][a]\n" },
	{ "rows that repeat", "<R n=\"3\"><C><p>a</p></C></R><R><C><p>b</p></C></R>",
	    "1[a]\n2[a]\n3[a]\n4[b]\n" },
	{ "a million empty rows", "<R><C><p>a</p></C></R><R n=\"1048575\"><C x=\"16384\"/></R>",
	    "1[a]\n" },
	{ "more rows than there are, and one behind",
	    "<R n=\"4294967295\"><C/></R><R><C><p>a</p></C></R>", "! rows 1073741824:0\n" },
	{ "repeated no times", "<R n=\"0\"><C/></R>", "! damaged 1:0\n" },
	{ "headers and groups",
	    "<table:table-header-rows><R><C><p>a</p></C></R></table:table-header-rows>"
	    "<table:table-row-group><table:table-row-group><R><C><p>b</p></C></R>"
	    "</table:table-row-group></table:table-row-group><table:table-rows>"
	    "<R><C><p>c</p></C></R></table:table-rows>",
	    "1[a]\n2[b]\n3[c]\n" },
	{ "merged cells",
	    "<R><C w=\"2\" h=\"2\"><p>a</p></C><V/><C><p>x</p></C></R>"
	    "<R><V x=\"2\"/><C><p>y</p></C></R>",
	    "1[a][^a][x]\n2[^a][^a][y]\n" },
	{ "what is covered is not read",
	    "<R><C w=\"2\"><p>a</p></C><V t=\"string\"><p>hidden</p></V></R>", "1[a][^a]\n" },
	{ "numbers under a merge", "<R><C w=\"2\" t=\"float\" v=\"5\"/><V/></R>",
	    "1[#5][^5]\n" },
	{ "merged cells in rows that repeat",
	    "<R n=\"2\"><C w=\"2\"><p>a</p></C><V/></R><R><C><p>b</p></C></R>",
	    "1[a][^a]\n2[a][^a]\n3[b]\n" },
	{ "a merge without end", "<R><C w=\"99999\"><p>a</p></C></R>", "! columns 1:99999\n" },
	{ "a merge to the end",
	    "<R><C h=\"4294967295\"><p>a</p></C></R><R><V/><C><p>b</p></C></R>",
	    "1[a]\n2[^a][b]\n" },
	{ "hidden rows",
	    "<R table:visibility=\"collapse\"><C><p>a</p></C></R>"
	    "<R table:visibility=\"filter\"><C><p>b</p></C></R>"
	    "<R table:visibility=\"visible\"><C><p>c</p></C></R>"
	    "<R table:visibility=\"collapse\"><C/></R>",
	    ". hidden-row 1:0\n1[a]\n. hidden-row 2:0\n2[b]\n3[c]\n" },
	{ "hidden columns",
	    "<table:table-column/><table:table-column-group><table:table-column "
	    "table:visibility=\"collapse\" x=\"2\"/></table:table-column-group>"
	    "<table:table-column x=\"16381\" table:visibility=\"collapse\"/>"
	    "<R><C x=\"3\"><p>a</p></C></R>",
	    ". hidden-column 0:2\n. hidden-column 0:3\n1[a][a][a]\n" },
	{ "a column told no times", "<table:table-column x=\"0\"/>", "! damaged 0:0\n" },
	{ "drawings and forms",
	    "<office:forms><p>no</p></office:forms><table:shapes><p>no</p></table:shapes>"
	    "<R><C><p>a</p></C></R>",
	    "1[a]\n" },
	{ "nothing", "", "! empty 0:0\n" },
};

static void
reads_cells(void **state)
{
	(void)state;
	each_gives(cell_cases, COUNT(cell_cases), "<T><R>", "</R></T>");
	each_gives(table_cases, COUNT(table_cases), "<T>", "</T>");
}

/* ß is the byte of ò in .VnTime; oø is ò in VNI. */
static const struct ods_case font_cases[] = {
	{ "a cell in .VnTime", "<C s=\"old\"><p>Hßa</p></C>", "> TCVN3 (ABC) 0:0\n1[Hòa]\n" },
	{ "by its style's parent", "<C s=\"ce1\"><p>Hßa</p></C>",
	    "> TCVN3 (ABC) 0:0\n1[Hòa]\n" },
	{ "told once", "<C s=\"ce1\"><p>ß</p></C><C s=\"ce1\"><p>ß</p></C>",
	    "> TCVN3 (ABC) 0:0\n1[ò][ò]\n" },
	{ "nothing to tell", "<C s=\"ce1\"><p>a</p></C>", "1[a]\n" },
	{ "the later of two styles", "<C s=\"twice\"><p>ß</p></C>",
	    "> TCVN3 (ABC) 0:0\n1[ò]\n" },
	{ "another font", "<C s=\"ce2\"><p>Hßa</p></C>", "1[Hßa]\n" },
	{ "a font without a face", "<C s=\"ce3\"><p>Hoøa</p></C>", "> VNI 0:0\n1[Hòa]\n" },
	{ "a style of itself", "<C s=\"loop\"><p>Hßa</p></C>", "1[Hßa]\n" },
	{ "a style that is nowhere", "<C s=\"none\"><p>Hßa</p></C>", "1[Hßa]\n" },
	{ "a piece in .VnTime",
	    "<C><p>ß<text:span text:style-name=\"ce1\">ß</text:span>ß</p></C>",
	    "> TCVN3 (ABC) 0:0\n1[ßòß]\n" },
	{ "a piece in another",
	    "<C s=\"ce1\"><p>ß<text:span text:style-name=\"plain\">ß</text:span>ß</p></C>",
	    "> TCVN3 (ABC) 0:0\n1[òßò]\n" },
	{ "a bold piece",
	    "<C s=\"ce1\"><p>ß<text:span text:style-name=\"bold\">ß</text:span>ß</p></C>",
	    "> TCVN3 (ABC) 0:0\n1[òòò]\n" },
	{ "a paragraph of capitals", "<C><p text:style-name=\"P\">hßa</p><p>ß</p></C>",
	    "> TCVN3 (ABC) 0:0\n1[HÒA\nß]\n" },
	{ "in an attribute", "<C s=\"ce1\" t=\"string\" office:string-value=\"ß\"><p>ß</p></C>",
	    "> TCVN3 (ABC) 0:0\n1[ò]\n" },
};

static void
reads_old_fonts(void **state)
{
	static const struct ods_case by_column[] = {
		{ "by its column",
		    "<R><C><p>ß</p></C><C x=\"2\"><p>ß</p></C><C><p>ß</p></C></R>",
		    "> TCVN3 (ABC) 0:0\n1[ß][ò][ò][ß]\n" },
		{ "by its row", "<R d=\"ce1\"><C><p>ß</p></C><C s=\"ce2\"><p>ß</p></C></R>",
		    "> TCVN3 (ABC) 0:0\n1[ò][ß]\n" },
	};

	(void)state;
	each_gives(font_cases, COUNT(font_cases), "<T><R>", "</R></T>");
	each_gives(by_column, COUNT(by_column),
	    "<T><table:table-column/><table:table-column x=\"2\" d=\"ce1\"/>"
	    "<table:table-column d=\"Default\"/>",
	    "</T>");
}

#define ROW(text)                                                                              \
	"<table:table-row><table:table-cell><text:p>" text                                     \
	"</text:p></table:table-cell></table:table-row>"
#define SHEET(name, style, rows)                                                               \
	"<table:table table:name=\"" name "\" table:style-name=\"" style "\">" rows            \
	"</table:table>"

static void
reads_tables_only(void **state)
{
	(void)state;
	tables_give("several sheets, some hidden",
	    SHEET("a", "ta1", ROW("1")) SHEET("b", "ta2", ROW("2")) SHEET("c", "ta2", "")
		SHEET("d", "none", ROW("4")),
	    "= a\n1[1]\n= b\n. hidden-sheet 0:0\n1[2]\n= c\n= d\n1[4]\n");
	tables_give("what was changed, and what is kept of elsewhere",
	    "<table:tracked-changes><table:cell-content-change><table:previous>"
	    "<table:change-track-table-cell><text:p>no</text:p></table:change-track-table-cell>"
	    "</table:previous></table:cell-content-change></table:tracked-changes>" SHEET(
		"a", "ta1", ROW("1")) "<table:dde-links><table:dde-link>" SHEET("no", "ta1",
		ROW("no")) "</table:dde-link></table:dde-links>",
	    "= a\n1[1]\n");
	tables_give("no sheet", "", "! empty 0:0\n");
	gives("no spreadsheet",
	    BYTES(FLAT "<office:body><office:text/></office:body></office:document>"),
	    "! damaged 0:0\n");
	gives("cut",
	    BYTES(FLAT
		"<office:body><office:spreadsheet><table:table table:name=\"a\">" ROW("1")),
	    "= a\n! damaged 1:0\n");
}

static void
tells_properties(void **state)
{
	(void)state;
	gives("flat",
	    BYTES(FLAT
		"<office:meta><dc:title>no</dc:title>"
		"<meta:user-defined meta:name=\"giamsat.form\">M2</meta:user-defined>"
		"<meta:user-defined meta:name=\"unit\" meta:value-type=\"string\">LS-<x>181</x>"
		"</meta:user-defined>"
		"<meta:user-defined meta:name=\"n\" "
		"meta:value-type=\"float\">5</meta:user-defined>"
		"<meta:user-defined meta:name=\"a=b\">x</meta:user-defined>"
		"<meta:user-defined meta:name=\"lines\">x\ny</meta:user-defined>"
		"<meta:user-defined meta:name=\"\">x</meta:user-defined>"
		"<meta:user-defined meta:name=\"empty\"/>"
		"</office:meta>" BODY(SHEET("a", "ta1", ROW("1"))) "</office:document>"),
	    "$ giamsat.form=M2\n$ unit=LS-\n$ empty=\n= a\n1[1]\n");
}

/* --- in an archive */

struct ods_made {
	const char *type, *manifest, *meta, *styles, *content; /* NULL: no such entry */
};

#define DOCUMENT(name, inside)                                                                 \
	HEAD "<office:document-" name " " NAMES ">" inside "</office:document-" name ">"
#define CONTENT DOCUMENT("content", FACES STYLES BODY(SHEET("a", "ta1", ROW("Hòa"))))

static void
archive_gives(const char *what, const struct ods_made *m, const char *expected)
{
	struct zip_made z = { .count = 0 };

	if (m->type)
		zip_add_lying(&z, BYTES("mimetype"), bytes_of(m->type),
		    &(struct zip_lies){ .stored = true });
	if (m->manifest)
		zip_add(&z, "META-INF/manifest.xml", m->manifest);
	if (m->content)
		zip_add(&z, "content.xml", m->content);
	if (m->styles)
		zip_add(&z, "styles.xml", m->styles);
	if (m->meta)
		zip_add(&z, "meta.xml", m->meta);
	gives(what, zip_end(&z), expected);
	zip_free(&z);
}

static void
reads_archives(void **state)
{
	static const struct {
		const char *what;
		struct ods_made made;
		const char *expected;
	} cases[] = {
		{ "a workbook", { .type = TYPE, .content = CONTENT }, "= a\n1[Hòa]\n" },
		{ "a template", { .type = TYPE "-template", .content = CONTENT },
		    "= a\n1[Hòa]\n" },
		{ "properties come first",
		    { .type = TYPE,
			.content = CONTENT,
			.meta = DOCUMENT("meta",
			    "<office:meta><meta:user-defined meta:name=\"a\">b"
			    "</meta:user-defined></office:meta>") },
		    "$ a=b\n= a\n1[Hòa]\n" },
		{ "a style's parent stands in another document",
		    { .type = TYPE,
			.styles = DOCUMENT("styles",
			    FACES "<office:styles><style:style style:name=\"old\" "
				  "style:family=\"table-cell\"><style:text-properties "
				  "style:font-name=\"A1\"/></style:style></office:styles>"),
			.content = DOCUMENT("content",
			    "<office:automatic-styles><style:style style:name=\"ce9\" "
			    "style:family=\"table-cell\" style:parent-style-name=\"old\"/>"
			    "</office:automatic-styles>" BODY(
				"<table:table table:name=\"a\">"
				"<table:table-row><table:table-cell "
				"table:style-name=\"ce9\">"
				"<text:p>Hßa</text:p>"
				"</table:table-cell></table:table-row>"
				"</table:table>")) },
		    "= a\n> TCVN3 (ABC) 0:0\n1[Hòa]\n" },
		{ "encrypted",
		    { .type = TYPE,
			.manifest = HEAD
			"<manifest:manifest xmlns:manifest=\"m\"><manifest:file-entry "
			"manifest:full-path=\"content.xml\"><manifest:encryption-data/>"
			"</manifest:file-entry></manifest:manifest>",
			.content = "\x01\x02\x03" },
		    "! encrypted 0:0\n" },
		{ "not encrypted",
		    { .type = TYPE,
			.manifest =
			    HEAD "<manifest:manifest xmlns:manifest=\"m\"><manifest:file-entry "
				 "manifest:full-path=\"content.xml\"/></manifest:manifest>",
			.content = CONTENT },
		    "= a\n1[Hòa]\n" },
		{ "no content", { .type = TYPE, .styles = DOCUMENT("styles", "") },
		    "! damaged 0:0\n" },
		{ "content that is none", { .type = TYPE, .content = "PK" },
		    "! damaged 0:0\n" },
		{ "a document type",
		    { .type = TYPE, .content = HEAD "<!DOCTYPE a []>" CONTENT },
		    "! damaged 0:0\n" },
		{ "a text",
		    { .type = "application/vnd.oasis.opendocument.text", .content = CONTENT },
		    "! word 0:0\n" },
		{ "a ZIP", { .type = "text/plain", .content = CONTENT }, "! zip 0:0\n" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		archive_gives(cases[i].what, &cases[i].made, cases[i].expected);
}

static void
refuses_what_is_cut(void **state)
{
	struct zip_made z = { .count = 0 };
	AUTO(buf_free) struct buf out = { 0 };
	struct bytes body;

	(void)state;
	zip_add_lying(&z, BYTES("mimetype"), BYTES(TYPE), &(struct zip_lies){ .stored = true });
	zip_add(&z, "content.xml", CONTENT);
	body = zip_end(&z);
	for (size_t len = 90; len < body.len; len++) {
		read_body(&out, bytes_slice(body, 0, len));
		assert_string_equal(out.at, "! damaged 0:0\n");
	}
	zip_free(&z);
}

/* What comes is the table, another one, or a word. */
static void
survives_every_wrong_byte(void **state)
{
	static const char text[] = FLAT FACES BODY(
	    "<table:table table:name=\"a\"><table:table-column "
	    "table:number-columns-repeated=\"9\"/>"
	    "<table:table-row table:number-rows-repeated=\"3\"><table:table-cell "
	    "office:value-type=\"float\" office:value=\"1.5\" "
	    "table:number-columns-spanned=\"2\">"
	    "<text:p>1,5</text:p></table:table-cell><table:covered-table-cell/>"
	    "</table:table-row></table:table>") "</office:document>";
	AUTO(buf_free) struct buf file = { 0 }, out = { 0 };

	(void)state;
	buf_add(&file, BYTES(text));
	for (size_t i = 0; i < file.len; i++)
		for (unsigned bit = 0; bit < 8; bit++) {
			file.at[i] = (char)(file.at[i] ^ (1 << bit));
			read_body(&out, buf_bytes(&file));
			file.at[i] = (char)(file.at[i] ^ (1 << bit));
		}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_cells),
		cmocka_unit_test(reads_old_fonts),
		cmocka_unit_test(reads_tables_only),
		cmocka_unit_test(tells_properties),
		cmocka_unit_test(reads_archives),
		cmocka_unit_test(refuses_what_is_cut),
		cmocka_unit_test(survives_every_wrong_byte),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
