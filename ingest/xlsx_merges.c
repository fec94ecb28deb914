/*
 * Why: which cells are one stands behind the rows, and rows pass by only once: so it is looked
 * for before, and where there is nothing to find not even as XML.
 */
#include "ingest/xlsx_int.h"
#include "ingest/xml.h"

#define ELEMENT "mergeCell"

struct merges_read {
	struct xlsx_book *book;
	struct err *e;
	int rc;
};

/* A word that is cut by the end of a piece lies in so many bytes before it. */
#define TAIL (sizeof(ELEMENT) - 2)

struct scan {
	char tail[TAIL];
	size_t len;
	bool started;
};

static bool
holds(struct scan *s, struct bytes piece)
{
	char seam[2 * TAIL];
	struct bytes front = bytes_slice(piece, 0, TAIL), last;
	bool found;

	/* UTF-16 hides the word: such a part is read as XML in any case. */
	if (!s->started && (piece.len < 2 || !strchr("<\xef", piece.at[0]) || !piece.at[1]))
		return true;
	s->started = true;
	memcpy(seam, s->tail, s->len);
	memcpy(seam + s->len, front.at, front.len);
	last = (struct bytes){ .at = seam, .len = s->len + front.len };
	found = memmem(last.at, last.len, ELEMENT, sizeof(ELEMENT) - 1) ||
	    memmem(piece.at, piece.len, ELEMENT, sizeof(ELEMENT) - 1);
	if (piece.len >= TAIL)
		last = piece;
	s->len = last.len < TAIL ? last.len : TAIL;
	memcpy(s->tail, last.at + last.len - s->len, s->len);
	return found;
}

/* Whether the part has the word anywhere, at the price of unpacking it. */
static const char *
look(bool *found, struct archive *archive, uint32_t entry)
{
	AUTO(archive_stream_close) struct archive_stream *s = NULL;
	const char *word = NULL;
	struct scan scan = { .len = 0 };

	*found = false;
	if (archive_entry(archive, entry)->size > XLSX_LONG_BYTES)
		return "too-large";
	word = archive_stream_open(&s, archive, entry);
	while (!word && !*found) {
		struct bytes piece;

		word = archive_stream_next(&piece, s);
		if (!word && piece.len == 0)
			break;
		if (!word)
			*found = holds(&scan, piece);
	}
	return word;
}

static const char *
take_start(void *self, const char *name, const char *const *attributes)
{
	struct merges_read *r = self;
	const char *ref;
	struct grid_range cells;

	if (strcmp(name, ELEMENT) != 0)
		return NULL;
	ref = xml_attribute(attributes, "ref");
	if (!ref || !xlsx_range(&cells, bytes_of(ref)))
		return "damaged";
	if (cells.first_row == cells.last_row && cells.first_column == cells.last_column)
		return NULL;
	r->rc = grid_merge(r->book->grid, cells, r->e);
	return r->rc ? "refused" : NULL;
}

int
xlsx_merges(struct xlsx_book *book, uint32_t entry, struct err *e)
{
	struct merges_read r = { .book = book, .e = e };
	struct xml_handler handler = { .self = &r, .start = take_start };
	bool found;
	const char *word = look(&found, book->archive, entry);

	if (!word && found)
		word = xml_read(book->archive, entry, XLSX_LONG_BYTES, &handler);
	if (r.rc)
		return r.rc;
	return word ? grid_refuse(book->grid, word, 0, 0, e) : OK;
}
