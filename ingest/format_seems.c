/* Why: "this is a photograph, send the table" helps a clerk; "unknown format" does not. */
#include "ingest/format.h"
#include "ingest/format_int.h"

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
	AT(0, "\x89PNG\r\n\x1a\n", "image"),
	AT(0, "\xff\xd8\xff", "image"), /* JPEG */
	AT(0, "GIF8", "image"),
	AT(0, "II*\0", "image"), /* TIFF */
	AT(0, "MM\0*", "image"),
	AT(0, "\0\0\0\x0cjP  \r\n", "image"), /* JPEG 2000 */
	AT(0, "AT&TFORM", "image"),           /* DjVu: a scan */
	AT(0, "{\\rtf", "word"),
	AT(0, "\x09\x08\x10\x00\x00\x06", "xls"), /* a workbook without a file around it */
	AT(0, "\x09\x08\x08\x00\x00\x05", "xls"),
	AT(0, "\x09\x08\x08\x00\x00\x00\x10\x00", "xls"),
	AT(0, "\x09\x04\x06\x00", "xls"), /* of Excel 4, 3 and 2 */
	AT(0, "\x09\x02\x06\x00", "xls"),
	AT(0, "\x09\x00\x04\x00", "xls"),
	AT(0, "\x1f\x8b\x08", "gzip"),
	AT(0, "\x78\x9f\x3e\x22", "tnef"),
	AT(0, "Rar!\x1a\x07", "archive"),
	AT(0, "7z\xbc\xaf\x27\x1c", "archive"),
	AT(0, "\xfd\x37zXZ\0", "archive"),
	AT(0, "\x28\xb5\x2f\xfd", "archive"), /* Zstandard */
	AT(0, "MSCF\0\0\0\0", "archive"),     /* cabinet */
	AT(4, "1AY&SY", "archive"),           /* bzip2: the first block of it */
	AT(257, "ustar", "archive"),
	AT(0, "!BDN", "mail"), /* Outlook's own folders */
	AT(0, "L\0\0\0\x01\x14\x02\0", "shortcut"),
};

static bool
has_signature(const char **word, struct bytes body)
{
	for (size_t i = 0; i < COUNT(signatures); i++) {
		struct bytes signature = { .at = signatures[i].at, .len = signatures[i].len };

		if (bytes_equal(
			bytes_slice(body, signatures[i].offset, signature.len), signature)) {
			*word = signatures[i].word;
			return true;
		}
	}
	return false;
}

/* Pictures whose signature alone could also begin a text. */
static bool
is_picture(struct bytes body)
{
	/* HEIC of telephones, and their films. The box is shorter than 16 MiB. */
	if (bytes_starts(body, BYTES("\0")) &&
	    bytes_starts(bytes_slice(body, 4, 8), BYTES("ftyp")))
		return true;
	if (bytes_starts(body, BYTES("RIFF")) &&
	    bytes_starts(bytes_slice(body, 8, 4), BYTES("WEBP")))
		return true;
	/* BMP: the two reserved words after its length. */
	return bytes_starts(body, BYTES("BM")) &&
	    bytes_equal(bytes_slice(body, 6, 4), BYTES("\0\0\0\0"));
}

/* Some scanners put a few bytes of their own in front. */
static bool
is_pdf(struct bytes body)
{
	return seems_holds(bytes_slice(body, 0, 1024), BYTES("%PDF-"));
}

/*
 * "~$report.xlsx": what Excel leaves beside an open file. A length and the user's name in
 * single bytes, then both again in UTF-16.
 */
static bool
is_lock(struct bytes body)
{
	return body.len == 165 && body.at[0] > 0 && body.at[0] <= 54 &&
	    body.at[55] == body.at[0] && body.at[56] == '\0';
}

/* Characters of UTF-16 that are control bytes: a small byte may be half of a letter (ế is 1EBF,
 * đ is 0111). */
static size_t
controls_of_pairs(struct bytes head, bool big)
{
	size_t count = 0;

	for (size_t i = 0; i + 1 < head.len; i += 2) {
		unsigned char low = (unsigned char)head.at[i + big];

		count += head.at[i + !big] == '\0' && low < ' ' && !strchr("\t\n\v\f\r", low);
	}
	return count;
}

/*
 * More control bytes than a damaged text has. NUL bytes on one side of many pairs are UTF-16,
 * and the count is then of characters.
 */
static bool
is_binary(struct bytes body)
{
	struct bytes head = bytes_slice(body, 0, SEEMS_HEAD);
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
	if (nuls == 0 && nul[0] + nul[1] > head.len / 4)
		control = controls_of_pairs(head, nul[0] > 0);
	return control + nuls >= 4 && (control + nuls) * 20 > head.len;
}

const char *
format_seems(struct bytes body)
{
	const char *word = NULL;

	if (body.len == 0)
		return "empty";
	if (has_signature(&word, body))
		return word;
	if (is_picture(body))
		return "image";
	if (is_pdf(body))
		return "pdf";
	if (is_lock(body))
		return "lock";
	if (bytes_starts(body, BYTES("PK\x03\x04")) || bytes_starts(body, BYTES("PK\x05\x06")))
		return seems_zip(body);
	if (bytes_starts(body, BYTES("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")))
		return seems_compound(body);
	return is_binary(body) ? "binary" : seems_text(body);
}
