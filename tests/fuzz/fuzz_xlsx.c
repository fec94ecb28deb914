/*
 * The XML of an Excel workbook, one part after the other with RS (0x1e) between: a sheet, its
 * texts, styles, the workbook, a second sheet. What ties them together is always right, so that
 * every input gets to the readers of the parts.
 */
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/pack.h"

#define TIES                                                                                   \
	"<Relationships "                                                                      \
	"xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
#define TIE(id, type, to)                                                                      \
	"<Relationship Id=\"rId" id                                                            \
	"\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/" type  \
	"\" Target=\"" to "\"/>"

static const struct {
	const char *name, *content;
} fixed[] = {
	{ "[Content_Types].xml",
	    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
	    "<Override PartName=\"/xl/workbook.xml\" ContentType=\"application/"
	    "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>" },
	{ "_rels/.rels",
	    TIES TIE("1", "officeDocument", "xl/workbook.xml") "</Relationships>" },
	{ "xl/_rels/workbook.xml.rels",
	    TIES TIE("1", "worksheet", "worksheets/sheet1.xml") TIE("2", "worksheet",
		"worksheets/sheet2.xml") TIE("3", "sharedStrings", "sharedStrings.xml")
		TIE("4", "styles", "styles.xml") "</Relationships>" },
};

static const char *const parts[] = { "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml",
	"xl/styles.xml", "xl/workbook.xml", "xl/worksheets/sheet2.xml" };

/* A workbook of two sheets, for inputs that do not write one themselves. */
static const char workbook[] =
    "<workbook xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">"
    "<sheets><sheet name=\"a\" r:id=\"rId1\"/><sheet name=\"b\" r:id=\"rId2\"/></sheets>"
    "</workbook>";

int
LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
	AUTO(pack_free) struct pack p = { 0 };
	struct bytes rest = { .at = (const char *)at, .len = len }, part;

	for (size_t i = 0; i < COUNT(fixed); i++)
		pack_add(&p, bytes_of(fixed[i].name), bytes_of(fixed[i].content));
	for (size_t i = 0; i < COUNT(parts); i++) {
		if (!rest.at || !bytes_cut(&part, &rest, '\x1e'))
			part = (struct bytes){ 0 };
		if (i == 3 && part.len == 0)
			part = bytes_of(workbook);
		if (part.len > 0)
			pack_add(&p, bytes_of(parts[i]), part);
	}
	fuzz_read(pack_end(&p), false, "f.xlsx");
	return 0;
}
