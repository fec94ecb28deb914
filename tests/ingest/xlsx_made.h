/* Workbooks made in a test: the parts around what the test is about. */
#ifndef TESTS_INGEST_XLSX_MADE_H
#define TESTS_INGEST_XLSX_MADE_H

#include "tests/ingest/zip_made.h"

#define XLSX_MAIN   "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
#define XLSX_SPACE  "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\""
#define XLSX_TYPE   "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define XLSX_HEAD   "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
#define XLSX_STYLED "<styleSheet " XLSX_SPACE ">"

/* NULL is what an ordinary workbook of one sheet has. */
struct xlsx_made {
	const char *type;     /* content type of the workbook */
	const char *workbook; /* what stands in its <workbook> */
	const char *links;    /* what the workbook leads to, besides the usual */
	const char *styles;   /* a whole part, as those below */
	const char *strings;  /* what stands in <sst>; NULL: there is no such part */
	const char *sheet;    /* what stands in <worksheet> */
	const char *custom;   /* what stands in <Properties> */
	bool stored;          /* not packed */
};

/*
 * Style 0 shows numbers, 1 days, 2 percents, 3 days with time, 4 hours beyond a day, 5 a time,
 * 6 numbers in .VnTime, 7 in VNI-Times, 8 "#,##0".
 */
#define XLSX_STYLES_MADE                                                                       \
	XLSX_STYLED                                                                            \
	"<numFmts><numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy\\ hh:mm\"/></numFmts>"      \
	"<fonts><font><sz val=\"11\"/><name val=\"Calibri\"/></font>"                          \
	"<font><name val=\".VnTime\"/></font><font><name val=\"VNI-Times\"/></font></fonts>"   \
	"<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs>"                          \
	"<xf numFmtId=\"0\" fontId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"9\"/>"           \
	"<xf numFmtId=\"164\"/><xf numFmtId=\"46\"/><xf numFmtId=\"20\"/>"                     \
	"<xf numFmtId=\"0\" fontId=\"1\"/><xf numFmtId=\"0\" fontId=\"2\"/>"                   \
	"<xf numFmtId=\"3\"/></cellXfs>"                                                       \
	"<dxfs><dxf><font><name val=\".VnTime\"/></font></dxf></dxfs></styleSheet>"

static inline void
xlsx_part_as(struct zip_made *z, const char *name, const char *before, const char *inside,
    const char *after, bool stored)
{
	AUTO(buf_free) struct buf text = { 0 };

	buf_text(&text, XLSX_HEAD);
	buf_text(&text, before);
	buf_text(&text, inside);
	buf_text(&text, after);
	zip_add_lying(
	    z, bytes_of(name), buf_bytes(&text), &(struct zip_lies){ .stored = stored });
}

static inline void
xlsx_part(struct zip_made *z, const char *name, const char *before, const char *inside,
    const char *after)
{
	xlsx_part_as(z, name, before, inside, after, false);
}

/* All but the sheet, which is left to the caller. */
static inline void
xlsx_frame(struct zip_made *z, const struct xlsx_made *m)
{
	AUTO(buf_free) struct buf types = { 0 };

	buf_printf(&types,
	    "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
	    "<Override PartName=\"/xl/workbook.xml\" ContentType=\"%s\"/>",
	    m->type ? m->type : XLSX_MAIN);
	xlsx_part_as(z, "[Content_Types].xml",
	    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">",
	    types.at, "</Types>", m->stored);
	xlsx_part_as(z, "_rels/.rels", "<Relationships>",
	    "<Relationship Id=\"rId1\" Type=\"" XLSX_TYPE "officeDocument\" "
	    "Target=\"xl/workbook.xml\"/>"
	    "<Relationship Id=\"rId2\" Type=\"" XLSX_TYPE "custom-properties\" "
	    "Target=\"docProps/custom.xml\"/>",
	    "</Relationships>", m->stored);
	xlsx_part_as(z, "xl/workbook.xml", "<workbook " XLSX_SPACE " xmlns:r=\"r\">",
	    m->workbook ? m->workbook
			: "<sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"rId1\"/></sheets>",
	    "</workbook>", m->stored);
	xlsx_part_as(z, "xl/_rels/workbook.xml.rels",
	    "<Relationships>"
	    "<Relationship Id=\"rId1\" Type=\"" XLSX_TYPE "worksheet\" "
	    "Target=\"worksheets/sheet1.xml\"/>"
	    "<Relationship Id=\"rId2\" Type=\"" XLSX_TYPE "styles\" Target=\"styles.xml\"/>"
	    "<Relationship Id=\"rId3\" Type=\"" XLSX_TYPE "sharedStrings\" "
	    "Target=\"/xl/sharedStrings.xml\"/>",
	    m->links ? m->links : "", "</Relationships>", m->stored);
	xlsx_part_as(
	    z, "xl/styles.xml", "", m->styles ? m->styles : XLSX_STYLES_MADE, "", m->stored);
	if (m->strings)
		xlsx_part_as(z, "xl/sharedStrings.xml",
		    "<sst " XLSX_SPACE " count=\"1000000000\">", m->strings, "</sst>",
		    m->stored);
	if (m->custom)
		xlsx_part_as(z, "docProps/custom.xml", "<Properties xmlns:vt=\"vt\">",
		    m->custom, "</Properties>", m->stored);
}

static inline void
xlsx_make(struct zip_made *z, const struct xlsx_made *m)
{
	xlsx_frame(z, m);
	xlsx_part_as(z, "xl/worksheets/sheet1.xml", "<worksheet " XLSX_SPACE ">",
	    m->sheet ? m->sheet : "<sheetData/>", "</worksheet>", m->stored);
}

#endif
