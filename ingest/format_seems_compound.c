/*
 * Why: Word, Excel and Outlook write the same kind of file, and each may hold the others' in a
 * folder further down.
 */
#include "ingest/format_int.h"
#include "ingest/ole.h"

#define NAME_MOST 31 /* characters of a stream's name ([MS-CFB] 2.6.1) */

/* In this order where a file has several. */
static const struct {
	const char *stream, *word;
} kinds[] = {
	{ "EncryptedPackage", "encrypted" },
	{ "Workbook", "xls" },
	{ "Book", "xls" },
	{ "WordDocument", "word" },
	{ "PowerPoint Document", "slides" },
	{ "__properties_version1.0", "mail" },
};

static const char *
kind_at_top(struct bytes body)
{
	AUTO(ole_free) struct ole *file = ole_new(body);

	for (size_t i = 0; file && i < COUNT(kinds); i++)
		if (ole_has(file, kinds[i].stream))
			return kinds[i].word;
	return NULL;
}

/* Of a damaged one: whichever name stands anywhere, in UTF-16 as they all are. */
static const char *
kind_of_pieces(struct bytes body)
{
	for (size_t i = 0; i < COUNT(kinds); i++) {
		char wide[2 * NAME_MOST] = { 0 };
		size_t len = strlen(kinds[i].stream);

		for (size_t k = 0; k < len; k++)
			wide[2 * k] = kinds[i].stream[k];
		if (seems_holds(body, (struct bytes){ .at = wide, .len = 2 * len }))
			return kinds[i].word;
	}
	return "binary";
}

const char *
seems_compound(struct bytes body)
{
	const char *word = kind_at_top(body);

	return word ? word : kind_of_pieces(body);
}
