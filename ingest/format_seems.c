/* Why: "this is a photograph, send the table" helps a clerk; "unknown format" does not. */
#include "ingest/format.h"

/* How far in a signature of text is looked for, and what is counted for "binary". */
#define HEAD 4096

struct signature {
	size_t offset;
	const char *at;
	size_t len;
	const char *word;
};

#define AT(offset, bytes, word)                                                                \
	{                                                                                      \
		(offset), bytes, sizeof(bytes) - 1, word                                       \
	}

static const struct signature signatures[] = {
	AT(0, "%PDF-", "pdf"),
	AT(0, "\x89PNG\r\n\x1a\n", "image"),
	AT(0, "\xff\xd8\xff", "image"), /* JPEG */
	AT(0, "GIF8", "image"),
	AT(0, "II*\0", "image"), /* TIFF */
	AT(0, "MM\0*", "image"),
	AT(8, "WEBP", "image"),
	AT(4, "ftyp", "image"), /* HEIC of telephones, and their films */
	AT(0, "{\\rtf", "word"),
	AT(0, "\x09\x08\x10\x00\x00\x06\x05\x00", "xls"), /* a bare BIFF stream */
	AT(0, "\x09\x04\x06\x00", "xls"),
	AT(0, "\x09\x00\x04\x00", "xls"),
	AT(0, "Rar!\x1a\x07", "archive"),
	AT(0, "7z\xbc\xaf\x27\x1c", "archive"),
	AT(0, "\x1f\x8b\x08", "archive"),
};

static bool
holds(struct bytes body, struct bytes needle)
{
	return bytes_find(body, needle) < body.len;
}

/*
 * What a ZIP holds stands in names that are never compressed: in front of each entry and in the
 * list at the end.
 */
static const char *
seems_zip(struct bytes body)
{
	static const struct {
		const char *name, *word;
	} inside[] = {
		{ "xl/workbook", "xlsx" },
		{ "application/vnd.oasis.opendocument.spreadsheet", "ods" },
		{ "word/document", "word" },
		{ "application/vnd.oasis.opendocument.text", "word" },
	};
	struct bytes head = bytes_slice(body, 0, HEAD);
	size_t tail_len = body.len < 16 * HEAD ? body.len : 16 * HEAD;
	struct bytes tail = bytes_slice(body, body.len - tail_len, tail_len);

	for (size_t i = 0; i < COUNT(inside); i++)
		if (holds(head, bytes_of(inside[i].name)) ||
		    holds(tail, bytes_of(inside[i].name)))
			return inside[i].word;
	return "zip";
}

/* An OLE compound file: the names of its streams are UTF-16. */
static const char *
seems_compound(struct bytes body)
{
	if (holds(body, BYTES("W\0o\0r\0k\0b\0o\0o\0k\0")) ||
	    holds(body, BYTES("B\0o\0o\0k\0\0\0")))
		return "xls";
	if (holds(body, BYTES("W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0")))
		return "word";
	if (holds(body, BYTES("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0")))
		return "encrypted";
	return "binary";
}

static const char *
seems_markup(struct bytes body)
{
	struct bytes head = bytes_slice(body, 0, HEAD);
	static const char *const starts[] = { "<!doctype html", "<html", "<head", "<table",
		"<meta", "<body" };

	if (bytes_starts(head, BYTES("\xef\xbb\xbf")))
		head = bytes_slice(head, 3, head.len);
	head = bytes_trim(head);
	for (size_t i = 0; i < COUNT(starts); i++)
		if (bytes_starts_fold(head, bytes_of(starts[i])))
			return "html";
	return bytes_starts(head, BYTES("<?xml")) ? "xml" : NULL;
}

/*
 * More control bytes than a damaged text has. NUL bytes on one side of every pair are UTF-16,
 * and the count is then of the other side.
 */
static bool
is_binary(struct bytes body)
{
	struct bytes head = bytes_slice(body, 0, HEAD);
	size_t nul[2] = { 0 }, control = 0, nuls;

	for (size_t i = 0; i < head.len; i++) {
		unsigned char c = (unsigned char)head.at[i];

		if (c == 0)
			nul[i % 2]++;
		else if (c < ' ' && !strchr("\t\n\v\f\r\x1a", c))
			control++;
	}
	if (bytes_starts(head, BYTES("\xff\xfe")) || bytes_starts(head, BYTES("\xfe\xff")))
		return false;
	nuls = nul[0] < nul[1] ? nul[0] : nul[1];
	return control + nuls >= 4 && (control + nuls) * 20 > head.len;
}

const char *
format_seems(struct bytes body)
{
	if (body.len == 0)
		return "empty";
	for (size_t i = 0; i < COUNT(signatures); i++) {
		struct bytes signature = { .at = signatures[i].at, .len = signatures[i].len };

		if (bytes_equal(
			bytes_slice(body, signatures[i].offset, signature.len), signature))
			return signatures[i].word;
	}
	if (bytes_starts(body, BYTES("PK\x03\x04")) || bytes_starts(body, BYTES("PK\x05\x06")))
		return seems_zip(body);
	if (bytes_starts(body, BYTES("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")))
		return seems_compound(body);
	return is_binary(body) ? "binary" : seems_markup(body);
}
