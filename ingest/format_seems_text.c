/*
 * Why: a web page called .xls opens in Excel, so its sender cannot know that it is no workbook.
 */
#include "base/attr.h"
#include "base/buf.h"
#include "ingest/format_int.h"
#include "ingest/header_int.h"

/* Lower-case ASCII of the beginning, without what UTF-16 puts between letters. */
static void
plain_head(struct buf *out, struct bytes body)
{
	struct bytes head = bytes_slice(body, 0, SEEMS_HEAD);

	for (size_t i = 0; i < head.len; i++) {
		char c = head.at[i];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if (c != '\0')
			buf_char(out, c);
	}
}

static struct bytes
without_mark(struct bytes head)
{
	static const struct bytes marks[] = { BYTES_INIT("\xef\xbb\xbf"),
		BYTES_INIT("\xff\xfe"), BYTES_INIT("\xfe\xff") };

	for (size_t i = 0; i < COUNT(marks); i++)
		if (bytes_starts(head, marks[i]))
			return bytes_slice(head, marks[i].len, head.len);
	return head;
}

struct sign {
	const char *text, *word;
};

static const char *
first_sign(const struct sign *signs, size_t count, struct bytes head)
{
	for (size_t i = 0; i < count; i++)
		if (seems_holds(head, bytes_of(signs[i].text)))
			return signs[i].word;
	return NULL;
}

/* What begins with "<". The order counts: a workbook as a web page names its XML, too. */
static const char *
seems_markup(struct bytes head)
{
	static const struct sign signs[] = {
		{ "<html", "html" },
		{ "<!doctype html", "html" },
		{ "urn:schemas-microsoft-com:office:spreadsheet", "xml-sheet" },
		{ "progid=\"excel.sheet\"", "xml-sheet" },
		{ "mimetype=\"application/vnd.oasis.opendocument.spreadsheet", "xml-sheet" },
		{ "progid=\"word.document\"", "word" },
		{ "mimetype=\"application/vnd.oasis.opendocument.text", "word" },
		{ "<?xml", "xml" },
		{ "<table", "html" },
		{ "<head", "html" },
		{ "<meta", "html" },
		{ "<body", "html" },
		{ "<style", "html" },
		{ "<tr", "html" },
	};

	return first_sign(signs, COUNT(signs), head);
}

static bool
has_field(struct bytes header, const char *name)
{
	struct bytes value;

	return header_find(&value, header, bytes_of(name));
}

/* A mail saved as a file, or a web page saved as one. */
static const char *
seems_mail(struct bytes body)
{
	struct bytes header, rest, type;

	header_split(&header, &rest, bytes_slice(body, 0, 16 * SEEMS_HEAD), true);
	if (has_field(header, "From") && has_field(header, "Date") &&
	    (has_field(header, "To") || has_field(header, "Message-ID") ||
		has_field(header, "Received")))
		return "mail";
	if (!has_field(header, "MIME-Version") ||
	    !header_find(&type, header, BYTES("Content-Type")))
		return NULL;
	type = bytes_trim(type);
	return bytes_starts_fold(type, BYTES("multipart/related")) ||
		bytes_starts_fold(type, BYTES("text/html"))
	    ? "mht"
	    : "mail";
}

const char *
seems_text(struct bytes body)
{
	AUTO(buf_free) struct buf plain = { 0 };
	struct bytes head;

	plain_head(&plain, body);
	head = bytes_trim(without_mark(buf_bytes(&plain)));
	if (bytes_starts(head, BYTES("<")))
		return seems_markup(head);
	if (bytes_starts(head, BYTES("[internetshortcut]")))
		return "shortcut";
	/* What a folder of Google Drive on the own disk holds instead of the table. */
	if (bytes_starts(head, BYTES("{")) &&
	    (seems_holds(head, BYTES("docs.google.com")) ||
		seems_holds(head, BYTES("\"doc_id\""))))
		return "shortcut";
	return seems_mail(body);
}
