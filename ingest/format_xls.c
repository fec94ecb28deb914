/*
 * Why: offices with old machines, and programs that export for them, send workbooks of Excel 97
 * to 2003; libraries for them lose formulas, errors, percents and fonts without a word.
 */
#include "ingest/format.h"
#include "ingest/xls_int.h"

static bool
claims(const struct table_input *in)
{
	const char *word = format_seems(in->body);

	return word && strcmp(word, "xls") == 0;
}

/* The workbook's stream in its file, which may be that stream and nothing else. */
static struct ole_stream *
open_stream(struct ole **ole, struct bytes body)
{
	struct ole_stream *s = NULL;

	if (!bytes_starts(body, BYTES("\xd0\xcf\x11\xe0")))
		return ole_stream_bare(body);
	*ole = ole_new(body);
	/* A file that is for both Excel 95 and 97 has both; the newer has all letters. */
	if (*ole)
		s = ole_stream_new(*ole, ole_has(*ole, "Workbook") ? "Workbook" : "Book");
	return s;
}

static int
read_sheets(struct grid *g, struct xls_book *book, struct err *e)
{
	int rc = OK;

	for (size_t i = 0; rc == OK && i < book->sheets_count; i++)
		if (book->sheets[i].cells)
			rc = xls_sheet_read(g, book, &book->sheets[i], e);
	return rc ? rc : grid_end(g, e);
}

static int
read_stream(struct ole *ole, struct ole_stream *stream, struct table_sink *sink,
    const struct limits *limits, struct err *e)
{
	AUTO(grid_free) struct grid *g = NULL;
	AUTO(xls_book_free) struct xls_book book = { 0 };
	AUTO(buf_free) struct buf clear = { 0 };
	AUTO(ole_stream_free) struct ole_stream *deciphered = NULL;
	const char *word = xls_book_read(&book, stream, sink);
	int rc = OK;

	if (word && strcmp(word, "encrypted") == 0 && xls_decipher(&clear, stream)) {
		deciphered = ole_stream_bare(buf_bytes(&clear));
		xls_book_free(&book);
		word = xls_book_read(&book, deciphered, sink);
	}
	if (word)
		return table_unreadable(sink, word, 0, 0, e);
	if (ole)
		rc = xls_properties_read(sink, ole, e);
	if (rc)
		return rc;
	g = grid_new(sink, limits);
	rc = read_sheets(g, &book, e);
	return grid_refused(g) ? OK : rc;
}

static int
read_xls(const struct table_input *in, struct table_sink *sink, struct err *e)
{
	AUTO(ole_free) struct ole *ole = NULL;
	AUTO(ole_stream_free) struct ole_stream *stream = open_stream(&ole, in->body);

	return stream ? read_stream(ole, stream, sink, in->limits, e)
		      : table_unreadable(sink, "damaged", 0, 0, e);
}

const struct format format_xls = { .name = "xls", .claims = claims, .read = read_xls };
