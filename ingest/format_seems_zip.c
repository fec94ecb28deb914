/* Why: a workbook, a letter and a bundle of files are all ZIPs, and only their lists differ. */
#include "ingest/archive_int.h"
#include "ingest/format_int.h"

/* Where the list is not to be had, names are looked for in so much at both ends. */
#define TAIL ((size_t)64 << 10)

/* A workbook with many pictures has some hundred entries. */
#define ENTRIES_MOST 65535

/* How the entry's name begins, and the word. */
struct kind {
	const char *name, *word;
};

/* clang-format off */
static const struct kind kinds[] = {
	{ "xl/workbook.bin", "xlsb" },
	{ "xl/workbook", "xlsx" },
	{ "word/document", "word" },
	{ "ppt/presentation", "slides" },
	{ "Index/Document.iwa", "numbers" },
	{ "Index.zip", "numbers" },
};

static const struct kind types[] = {
	{ "application/vnd.oasis.opendocument.spreadsheet", "ods" },
	{ "application/vnd.oasis.opendocument.text", "word" },
	{ "application/vnd.oasis.opendocument.presentation", "slides" },
};
/* clang-format on */

/* Some programs write "\". */
static bool
begins(struct bytes name, struct bytes with)
{
	if (name.len < with.len)
		return false;
	for (size_t i = 0; i < with.len; i++) {
		char c = name.at[i] == '\\' ? '/' : name.at[i];

		if (!bytes_equal_fold(
			(struct bytes){ .at = &c, .len = 1 }, bytes_slice(with, i, 1)))
			return false;
	}
	return true;
}

static const char *
kind_of_name(struct bytes name)
{
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (begins(name, bytes_of(kinds[i].name)))
			return kinds[i].word;
	return NULL;
}

/* OpenDocument: the first entry, never compressed, says what it is (ODF 1.3 part 2, 3.3). */
static const char *
kind_of_type(struct bytes entry)
{
	struct bytes head = bytes_slice(entry, 0, 256);

	if (!bytes_starts(bytes_slice(head, 30, 8), BYTES("mimetype")))
		return NULL;
	for (size_t i = 0; i < COUNT(types); i++)
		if (seems_holds(head, bytes_of(types[i].name)))
			return types[i].word;
	return NULL;
}

/* A damaged one: names stand uncompressed in front of each entry and in the list. */
static const char *
kind_of_pieces(struct bytes body)
{
	struct bytes head = bytes_slice(body, 0, SEEMS_HEAD);
	size_t tail_len = body.len < TAIL ? body.len : TAIL;
	struct bytes tail = bytes_slice(body, body.len - tail_len, tail_len);

	for (size_t i = 0; i < COUNT(kinds); i++)
		if (seems_holds(head, bytes_of(kinds[i].name)) ||
		    seems_holds(tail, bytes_of(kinds[i].name)))
			return kinds[i].word;
	return "zip";
}

const char *
seems_zip(struct bytes body)
{
	AUTO(arena_free) struct arena *a = arena_new();
	struct archive_item *items;
	const char *word = kind_of_type(body);
	uint32_t count;

	if (word)
		return word;
	if (archive_list(&items, &count, a, body, ENTRIES_MOST))
		return kind_of_pieces(body);
	for (uint32_t i = 0; i < count && !word; i++)
		word = kind_of_name(items[i].name);
	return word ? word : "zip";
}
