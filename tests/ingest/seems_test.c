/* Why: what is told to its sender depends on what a file is taken for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/attr.h"
#include "ingest/format.h"
#include "tests/ingest/zip_made.h"

static void
expect(const char *what, struct bytes body, const char *expected)
{
	const char *word = format_seems(body);

	if (word == NULL ? expected != NULL : !expected || strcmp(word, expected) != 0)
		fail_msg("%s: %s", what, word ? word : "perhaps a table");
}

/* ---- signatures and text ---- */

#define TEXT(what, body, word)                                                                 \
	{                                                                                      \
		what, BYTES_INIT(body), word                                                   \
	}

/* clang-format off */
static const struct {
	const char *what;
	struct bytes body;
	const char *word;
} bodies[] = {
	TEXT("nothing", "", "empty"),
	TEXT("a table", "a,b\r\n1,2\r\n", NULL),
	TEXT("a table whose first cell could be a header field", "From:,To:\r\na,b\r\n", NULL),
	TEXT("a table in UTF-16", "\xff\xfe" "a\0,\0b\0\r\0\n\0", NULL),
	TEXT("a table that begins with BM", "BM,2023\r\n1,2\r\n3,4\r\n", NULL),
	TEXT("a table that begins with MM", "MM,2023\r\n1,2\r\n", NULL),
	TEXT("a table with \"ftyp\" in its place", "a,b,ftyp\r\n1,2,3\r\n", NULL),
	TEXT("a table with \"WEBP\" in its place", "RIFE,1,2WEBP\r\n", NULL),
	TEXT("a PDF", "%PDF-1.4\n%\xe2\xe3", "pdf"),
	TEXT("a PDF of a scanner", "\r\n\r\n%PDF-1.4\n", "pdf"),
	TEXT("PNG", "\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "image"),
	TEXT("JPEG", "\xff\xd8\xff\xe0\0\x10JFIF", "image"),
	TEXT("GIF", "GIF89a\1\0\1\0", "image"),
	TEXT("TIFF", "II*\0\x08\0\0\0", "image"),
	TEXT("TIFF, big endian", "MM\0*\0\0\0\x08", "image"),
	TEXT("BMP", "BM\x46\0\0\0\0\0\0\0\x36\0\0\0", "image"),
	TEXT("WEBP", "RIFF\x24\0\0\0WEBPVP8 ", "image"),
	TEXT("HEIC", "\0\0\0\x18" "ftypheic\0\0\0\0", "image"),
	TEXT("a film of a telephone", "\0\0\0\x20" "ftypmp42", "image"),
	TEXT("JPEG 2000", "\0\0\0\x0cjP  \r\n\x87\n", "image"),
	TEXT("DjVu", "AT&TFORM\0\0\1\0DJVM", "image"),
	TEXT("RTF", "{\\rtf1\\ansi", "word"),
	TEXT("RAR 4", "Rar!\x1a\x07\0", "archive"),
	TEXT("RAR 5", "Rar!\x1a\x07\1\0", "archive"),
	TEXT("7z", "7z\xbc\xaf\x27\x1c\0\4", "archive"),
	TEXT("xz", "\xfd\x37zXZ\0\0\4", "archive"),
	TEXT("bzip2", "BZh91AY&SY\x12", "archive"),
	TEXT("cabinet", "MSCF\0\0\0\0\x2c\0", "archive"),
	TEXT("gzip", "\x1f\x8b\x08\0\0\0\0\0", "gzip"),
	TEXT("winmail.dat", "\x78\x9f\x3e\x22\1\0", "tnef"),
	TEXT("an Outlook folder", "!BDN\x12\x34", "mail"),
	TEXT("a shortcut of Windows", "L\0\0\0\x01\x14\x02\0\0\0\0\0", "shortcut"),
	TEXT("a shortcut to a page", "\xef\xbb\xbf[InternetShortcut]\r\nURL=https://a.vn/\r\n", "shortcut"),
	TEXT("what Google Drive leaves on the disk", "{\"url\": \"https://docs.google.com/x\"}", "shortcut"),
	TEXT("the same, of later years", "{\"\":\"WARNING\",\"doc_id\":\"1x\"}", "shortcut"),
	TEXT("bare BIFF8", "\x09\x08\x10\x00\x00\x06\x05\x00", "xls"),
	TEXT("a web page", "<html><body>", "html"),
	TEXT("a web page with a mark", "\xef\xbb\xbf\r\n<!DOCTYPE HTML PUBLIC>", "html"),
	TEXT("what a web system calls .xls", "\r\n <TABLE border=1><tr><td>1", "html"),
	TEXT("Excel's own web page", "<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\">", "html"),
	TEXT("a web page in UTF-16", "\xff\xfe<\0h\0t\0m\0l\0>\0", "html"),
	TEXT("a style before the table", "<style>td{}</style><table>", "html"),
	TEXT("XHTML", "<?xml version=\"1.0\"?><!DOCTYPE html><html>", "html"),
	TEXT("XML Spreadsheet 2003",
	    "<?xml version=\"1.0\"?>\n<?mso-application progid=\"Excel.Sheet\"?>\n<Workbook", "xml-sheet"),
	TEXT("the same without its hint",
	    "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">", "xml-sheet"),
	TEXT("flat OpenDocument", "<?xml version=\"1.0\"?>\n<office:document xmlns:office=\"x\" "
	    "office:mimetype=\"application/vnd.oasis.opendocument.spreadsheet\">", "xml-sheet"),
	TEXT("Word 2003 XML", "<?xml version=\"1.0\"?><?mso-application progid=\"Word.Document\"?>", "word"),
	TEXT("XML", "<?xml version=\"1.0\"?><a/>", "xml"),
	TEXT("a table whose first cell is <5", "<5,6\r\n1,2\r\n", NULL),
	TEXT("a mail", "Return-Path: <a@b.vn>\r\nFrom: a@b.vn\r\nTo: c@d.vn\r\nDate: Fri, 5 Jan 2024\r\n\r\nx", "mail"),
	TEXT("a mail of an mbox", "From a@b.vn Fri Jan 5\nReceived: by x\nFrom: a@b.vn\nDate: Fri\n\nx", "mail"),
	TEXT("a part of a mail", "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n", "mail"),
	TEXT("Excel's web page in one file",
	    "MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\nContent-Type: multipart/related; boundary=x\r\n\r\n", "mht"),
	TEXT("a browser's", "From: <Saved by Blink>\r\nSubject: x\r\nDate: Fri\r\nMIME-Version: 1.0\r\n"
	    "Content-Type: multipart/related;\r\n\ttype=\"text/html\"\r\n\r\n", "mht"),
	TEXT("a table that only looks like fields", "Tỉnh: Lạng Sơn\r\nHuyện: Bình Gia\r\nSTT,Xã\r\n", NULL),
	TEXT("a program", "MZ\x90\0\3\0\0\0\4\0\0\0\xff\xff\0\0\xb8\0\0\0\0\0\0\0", "binary"),
};
/* clang-format on */

static void
bodies_are_known_by_their_beginning(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(bodies); i++)
		expect(bodies[i].what, bodies[i].body, bodies[i].word);
}

static void
a_lock_is_no_table(void **state)
{
	char body[165] = "\x05Nga A";

	(void)state;
	memset(body + 6, ' ', 49);
	body[55] = 5;
	expect("what Excel leaves beside an open file",
	    (struct bytes){ .at = body, .len = sizeof(body) }, "lock");
	body[55] = 6;
	expect(
	    "its lengths differ", (struct bytes){ .at = body, .len = sizeof(body) }, "binary");
}

static void
a_tar_is_an_archive(void **state)
{
	char body[512] = "M2.csv";

	(void)state;
	memcpy(body + 257, "ustar", 5);
	expect("tar", (struct bytes){ .at = body, .len = sizeof(body) }, "archive");
}

/* ---- ZIP ---- */

#define SHEET "application/vnd.oasis.opendocument.spreadsheet"
#define WORDS "application/vnd.oasis.opendocument.text"

static const struct {
	const char *what, *first, *body, *second, *word;
} zips[] = {
	{ "files", "M2.csv", "a", "M3.csv", "zip" },
	{ "XLSX", "[Content_Types].xml", "x", "xl/workbook.xml", "xlsx" },
	{ "XLSX with its list upside down", "xl/workbook.xml", "x", "[Content_Types].xml",
	    "xlsx" },
	{ "XLSX by a strange writer", "[Content_Types].xml", "x", "XL\\Workbook.xml", "xlsx" },
	{ "XLSB", "[Content_Types].xml", "x", "xl/workbook.bin", "xlsb" },
	{ "DOCX", "[Content_Types].xml", "x", "word/document.xml", "word" },
	{ "PPTX", "[Content_Types].xml", "x", "ppt/presentation.xml", "slides" },
	{ "Numbers", "Index/Document.iwa", "x", "Metadata/Properties.plist", "numbers" },
	{ "ODS", "mimetype", SHEET, "content.xml", "ods" },
	{ "a template of ODS", "mimetype", SHEET "-template", "content.xml", "ods" },
	{ "ODT", "mimetype", WORDS, "content.xml", "word" },
	{ "a folder that only sounds so", "my xl/workbook.xml", "x", "b", "zip" },
};

static void
zips_are_known_by_their_list(void **state)
{
	const struct zip_lies stored = { .stored = true };

	(void)state;
	for (size_t i = 0; i < COUNT(zips); i++) {
		AUTO(zip_free) struct zip_made z = { 0 };
		struct bytes whole;

		zip_add_lying(&z, bytes_of(zips[i].first), bytes_of(zips[i].body), &stored);
		zip_add(&z, zips[i].second, "y");
		whole = zip_end(&z);
		expect(zips[i].what, whole, zips[i].word);
	}
}

/* The names of a workbook that is stored stand uncompressed in the archive around it. */
static void
a_stored_workbook_does_not_make_its_archive_one(void **state)
{
	AUTO(zip_free) struct zip_made book = { 0 };
	AUTO(zip_free) struct zip_made z = { 0 };
	struct bytes whole;

	(void)state;
	zip_add(&book, "xl/workbook.xml", "x");
	zip_add_lying(
	    &z, BYTES("M2.xlsx"), zip_end(&book), &(struct zip_lies){ .stored = true });
	whole = zip_end(&z);
	expect("an archive", whole, "zip");
	expect("the same, cut", bytes_slice(whole, 0, whole.len - 30), "xlsx");
}

static void
a_cut_workbook_is_still_one(void **state)
{
	AUTO(zip_free) struct zip_made z = { 0 };
	struct bytes whole;

	(void)state;
	zip_add(&z, "xl/workbook.xml", "x");
	whole = zip_end(&z);
	expect("cut", bytes_slice(whole, 0, 60), "xlsx");
	expect("nothing but its end", bytes_slice(whole, whole.len - 22, 22), "zip");
}

/* ---- OLE ---- */

#define SECTOR 512

struct ole {
	char bytes[4 * SECTOR];
};

static void
put(char *at, uint32_t n, size_t width)
{
	for (size_t i = 0; i < width; i++)
		at[i] = (char)(n >> (8 * i));
}

/* Entry i of the folder: a name, and its brothers and child. */
static void
entry(struct ole *o, size_t i, const char *name, uint32_t left, uint32_t right, uint32_t child)
{
	char *at = o->bytes + 2 * SECTOR + 128 * i;
	size_t len = strlen(name);

	for (size_t k = 0; k < len; k++)
		at[2 * k] = name[k];
	put(at + 64, (uint32_t)(2 * len + 2), 2);
	at[66] = (char)(i == 0 ? 5 : child != UINT32_MAX ? 1 : 2); /* root, folder, stream */
	put(at + 68, left, 4);
	put(at + 72, right, 4);
	put(at + 76, child, 4);
}

/* A header, a table of sectors, a folder of four entries. */
static void
begin(struct ole *o)
{
	*o = (struct ole){ 0 };
	memcpy(o->bytes, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8);
	put(o->bytes + 30, 9, 2);
	put(o->bytes + 32, 6, 2);
	put(o->bytes + 44, 1, 4); /* tables */
	put(o->bytes + 48, 1, 4); /* the folder */
	put(o->bytes + 56, 4096, 4);
	put(o->bytes + 60, 0xfffffffe, 4); /* no small streams */
	put(o->bytes + 68, 0xfffffffe, 4); /* no further list of tables */
	memset(o->bytes + 76, 0xff, 436);
	put(o->bytes + 76, 0, 4); /* the table */
	memset(o->bytes + SECTOR, 0xff, SECTOR);
	put(o->bytes + SECTOR, 0xfffffffd, 4);
	put(o->bytes + SECTOR + 4, 0xfffffffe, 4);
	entry(o, 0, "Root Entry", UINT32_MAX, UINT32_MAX, 1);
}

static struct bytes
whole(const struct ole *o)
{
	return (struct bytes){ .at = o->bytes, .len = sizeof(o->bytes) };
}

static void
compounds_are_known_by_their_top(void **state)
{
	const uint32_t none = UINT32_MAX;
	struct ole o;

	(void)state;
	begin(&o);
	entry(&o, 1, "Workbook", none, none, none);
	expect("XLS", whole(&o), "xls");
	begin(&o);
	entry(&o, 1, "ObjectPool", none, 2, 3);
	entry(&o, 2, "WordDocument", none, none, none);
	entry(&o, 3, "Workbook", none, none, none);
	expect("a letter with a workbook in it", whole(&o), "word");
	begin(&o);
	entry(&o, 1, "EncryptedPackage", none, none, none);
	expect("a workbook with a password", whole(&o), "encrypted");
	begin(&o);
	entry(&o, 1, "__properties_version1.0", none, none, none);
	expect("a mail of Outlook", whole(&o), "mail");
	begin(&o);
	entry(&o, 1, "PowerPoint Document", none, none, none);
	expect("slides", whole(&o), "slides");
	begin(&o);
	entry(&o, 1, "VisioDocument", none, none, none);
	expect("something else", whole(&o), "binary");
	begin(&o);
	entry(&o, 1, "a", 1, 1, 1);
	expect("brothers in a circle", whole(&o), "binary");
	begin(&o);
	entry(&o, 1, "Workbook", none, none, none);
	put(o.bytes + 48, 0x7fffffff, 4);
	expect("its folder is nowhere", whole(&o), "xls");
	begin(&o);
	put(o.bytes + 2 * SECTOR + 76, 100000, 4);
	put(o.bytes + SECTOR + 4, 1, 4);
	expect("a chain that ends in itself", whole(&o), "binary");
	expect("only its beginning", bytes_slice(whole(&o), 0, 9), "binary");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bodies_are_known_by_their_beginning),
		cmocka_unit_test(a_lock_is_no_table),
		cmocka_unit_test(a_tar_is_an_archive),
		cmocka_unit_test(zips_are_known_by_their_list),
		cmocka_unit_test(a_stored_workbook_does_not_make_its_archive_one),
		cmocka_unit_test(a_cut_workbook_is_still_one),
		cmocka_unit_test(compounds_are_known_by_their_top),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
