/*
 * Why: a worksheet is read as it comes, and no row of it is kept longer than until the next.
 * What its elements mean as XML stands here; rows in their usual form do not get so far.
 */
#include "ingest/xlsx_sheet_int.h"

/* The innermost element that we know. */
enum place { AT_NOTHING, AT_SHEET, AT_COLUMNS, AT_ROWS, AT_ROW, AT_CELL, AT_VALUE, AT_INLINE };

struct sheet_xml {
	struct sheet_read read;
	struct xml *xml;
	enum place at;
	unsigned skipped; /* how deep we are in an element that we do not know */
	unsigned depth;   /* inside an inline string */
	unsigned hidden;  /* groups of columns so far */
	struct buf value;
	/* The last event was the beginning of the rows or the end of one, and there is no more.
	 */
	bool at_border;
};

static struct bytes
attribute(const char *const *attributes, const char *name)
{
	return bytes_of(xml_attribute(attributes, name));
}

static const char *
begin_row(struct sheet_xml *x, const char *const *attributes)
{
	struct row_start start = { .number = attribute(attributes, "r"),
		.height = attribute(attributes, "ht"),
		.hidden = attribute(attributes, "hidden") };

	return sheet_row(&x->read, &start);
}

static const char *
begin_cell(struct sheet_xml *x, const char *const *attributes)
{
	struct cell_start start = { .place = attribute(attributes, "r"),
		.style = attribute(attributes, "s"),
		.type = attribute(attributes, "t") };

	buf_clear(&x->value);
	xlsx_text_begin(&x->read.text);
	return sheet_cell(&x->read, &start);
}

static const char *
end_cell(struct sheet_xml *x)
{
	x->read.value = buf_bytes(&x->value);
	return sheet_cell_end(&x->read);
}

static const char *
take_columns(struct sheet_xml *x, const char *const *attributes)
{
	uint32_t from, to;

	if (!xlsx_flag(attribute(attributes, "hidden")) &&
	    !bytes_equal(attribute(attributes, "width"), BYTES("0")))
		return NULL;
	if (!xlsx_number(&from, attribute(attributes, "min"), XLSX_COLUMNS) ||
	    !xlsx_number(&to, attribute(attributes, "max"), XLSX_COLUMNS) || from == 0 ||
	    x->hidden++ == XLSX_COLUMNS)
		return sheet_refuse(&x->read, "damaged");
	grid_hide_columns(x->read.book->grid, from, to);
	return NULL;
}

static const char *
enter(struct sheet_xml *x, const char *name, const char *const *attributes)
{
	switch (x->at) {
	case AT_NOTHING:
		if (strcmp(name, "worksheet") != 0)
			return sheet_refuse(&x->read, "damaged");
		x->at = AT_SHEET;
		return NULL;
	case AT_SHEET:
		if (strcmp(name, "sheetData") == 0) {
			x->at = AT_ROWS;
			x->at_border = xml_is_last(x->xml);
		} else if (strcmp(name, "cols") == 0) {
			x->at = AT_COLUMNS;
		} else {
			break;
		}
		return NULL;
	case AT_COLUMNS:
		x->skipped++;
		return strcmp(name, "col") == 0 ? take_columns(x, attributes) : NULL;
	case AT_ROWS:
		if (strcmp(name, "row") != 0)
			break;
		x->at = AT_ROW;
		return begin_row(x, attributes);
	case AT_ROW:
		if (strcmp(name, "c") != 0)
			break;
		x->at = AT_CELL;
		return begin_cell(x, attributes);
	case AT_CELL:
		if (strcmp(name, "v") == 0)
			x->at = AT_VALUE;
		else if (strcmp(name, "is") == 0)
			x->at = AT_INLINE;
		else
			break;
		x->read.has_value = true;
		return NULL;
	case AT_VALUE:
	case AT_INLINE:
		break;
	}
	x->read.has_formula |= x->at == AT_CELL && strcmp(name, "f") == 0;
	x->skipped++;
	return NULL;
}

static const char *
take_start(void *self, const char *name, const char *const *attributes)
{
	struct sheet_xml *x = self;
	const char *word;

	x->at_border = false;
	if (x->skipped > 0) {
		x->skipped++;
		return NULL;
	}
	if (x->at != AT_INLINE)
		return enter(x, name, attributes);
	x->depth++;
	word = xlsx_text_start(&x->read.text, name, attributes);
	return word ? sheet_refuse(&x->read, word) : NULL;
}

static const char *
end_inline(struct sheet_xml *x, const char *name)
{
	const char *word;

	if (x->depth == 0) {
		x->at = AT_CELL;
		return NULL;
	}
	x->depth--;
	word = xlsx_text_end(&x->read.text, name);
	return word ? sheet_refuse(&x->read, word) : NULL;
}

static const char *
take_end(void *self, const char *name)
{
	struct sheet_xml *x = self;

	x->at_border = false;
	if (x->skipped > 0) {
		x->skipped--;
		return NULL;
	}
	switch (x->at) {
	case AT_VALUE:
		x->at = AT_CELL;
		break;
	case AT_INLINE:
		return end_inline(x, name);
	case AT_CELL:
		x->at = AT_ROW;
		return end_cell(x);
	case AT_ROW:
		x->at = AT_ROWS;
		x->at_border = xml_is_last(x->xml);
		break;
	case AT_ROWS:
	case AT_COLUMNS:
		x->at = AT_SHEET;
		break;
	case AT_SHEET:
	case AT_NOTHING:
		break;
	}
	return NULL;
}

static const char *
take_text(void *self, struct bytes piece)
{
	struct sheet_xml *x = self;
	const char *word = NULL;

	if (x->skipped > 0)
		return NULL;
	if (x->at == AT_INLINE)
		word = xlsx_text_add(&x->read.text, piece);
	if (x->at == AT_VALUE) {
		buf_add(&x->value, piece);
		if (x->value.len > x->read.text.most)
			word = "field";
	}
	return word ? sheet_refuse(&x->read, word) : NULL;
}

/* ---- rows in their usual form, and what stands around them ---- */

/* A row that is longer is left to the parser. */
#define ROW_BYTES ((size_t)1 << 20)

/* Of a part as it is unpacked: what neither was parsed nor taken for a row yet. */
struct sheet_feed {
	struct sheet_xml x;
	struct quick_row *quick;
	struct buf rest;
	enum {
		FEED_HEAD,
		FEED_ROWS,
		FEED_ALL
	} mode; /* ALL: the rest is XML and nothing else */
};

/* Gives the first bytes of the text to the parser. */
static const char *
parse(struct sheet_feed *f, struct bytes *text, size_t len)
{
	struct bytes piece = bytes_slice(*text, 0, len);

	*text = bytes_slice(*text, len, text->len);
	while (piece.len > 0) {
		const char *word = xml_feed(f->x.xml, bytes_slice(piece, 0, ROW_BYTES), false);

		if (word)
			return word;
		piece = bytes_slice(piece, ROW_BYTES, piece.len);
	}
	return NULL;
}

/* All up to the rows. */
static const char *
feed_head(struct sheet_feed *f, struct bytes *text)
{
	const struct bytes start = BYTES("<sheetData>");
	size_t at = bytes_find(*text, start);
	const char *word;

	if (at == text->len) /* the tag may be cut */
		return parse(f, text, at < start.len ? 0 : at - start.len);
	word = parse(f, text, at + start.len);
	f->mode = f->x.at_border && xml_is_utf8(f->x.xml) ? FEED_ROWS : FEED_ALL;
	return word;
}

/* Length of the row that text begins with; 0: its end is not there yet. */
static size_t
row_length(struct bytes text)
{
	size_t tag = bytes_find(text, BYTES(">")), end;

	if (tag == text.len)
		return 0;
	if (text.at[tag - 1] == '/')
		return tag + 1;
	end = bytes_find(text, BYTES("</row>"));
	return end < text.len ? end + 6 : 0;
}

static struct bytes
skip_blanks(struct bytes text)
{
	size_t n = 0;

	while (n < text.len &&
	    (text.at[n] == ' ' || text.at[n] == '\n' || text.at[n] == '\r' ||
		text.at[n] == '\t'))
		n++;
	return bytes_slice(text, n, text.len);
}

static const char *
feed_row(struct sheet_feed *f, struct bytes *text, bool *more)
{
	const char *word;
	size_t len;

	*text = skip_blanks(*text);
	*more = text->len >= sizeof("<row/>") - 1;
	if (!*more)
		return NULL;
	if (!bytes_starts(*text, BYTES("<row")) || !memchr(" >/", text->at[4], 3)) {
		f->mode = FEED_ALL;
		return NULL;
	}
	if (quick_row_take(&len, &word, &f->quick, &f->x.read, *text)) {
		*text = bytes_slice(*text, len, text->len);
		return word;
	}
	len = row_length(*text);
	if (len == 0) {
		*more = text->len > ROW_BYTES;
		f->mode = *more ? FEED_ALL : f->mode;
		return NULL;
	}
	f->x.at_border = false;
	word = parse(f, text, len);
	/* "</row>" may stand in a comment: then we do not know where we are, and the parser
	 * does. */
	if (!f->x.at_border)
		f->mode = FEED_ALL;
	return word;
}

static const char *
feed(struct sheet_feed *f, struct bytes piece)
{
	const char *word = NULL;
	struct bytes text;
	bool more = true;

	if (f->mode == FEED_ALL && f->rest.len == 0)
		return xml_feed(f->x.xml, piece, false);
	buf_add(&f->rest, piece);
	text = buf_bytes(&f->rest);
	if (f->mode == FEED_HEAD)
		word = feed_head(f, &text);
	while (!word && more && f->mode == FEED_ROWS)
		word = feed_row(f, &text, &more);
	if (!word && f->mode == FEED_ALL)
		word = parse(f, &text, text.len);
	if (text.len > 0)
		memmove(f->rest.at, text.at, text.len);
	f->rest.len = text.len;
	return word;
}

static const char *
feed_end(struct sheet_feed *f)
{
	struct bytes text = buf_bytes(&f->rest);
	const char *word = parse(f, &text, text.len);

	return word ? word : xml_feed(f->x.xml, (struct bytes){ 0 }, true);
}

static const char *
feed_part(struct sheet_feed *f, struct archive *archive, uint32_t entry)
{
	AUTO(archive_stream_close) struct archive_stream *s = NULL;
	const char *word = archive_stream_open(&s, archive, entry);

	while (!word) {
		struct bytes piece;

		word = archive_stream_next(&piece, s);
		if (!word && piece.len == 0)
			return feed_end(f);
		if (!word)
			word = feed(f, piece);
	}
	return word;
}

int
xlsx_sheet(struct xlsx_book *book, uint32_t entry, struct err *e)
{
	struct sheet_feed f = {
		.x.read = { .book = book, .e = e, .text.most = book->limits->field_bytes }
	};
	struct sheet_read *s = &f.x.read;
	struct xml_handler handler = {
		.self = &f.x,
		.start = take_start,
		.end = take_end,
		.text = take_text,
		.work = archive_work(book->archive),
	};
	AUTO(xml_free) struct xml *xml = xml_new(&handler);
	const char *word;

	f.x.xml = xml;
	word = feed_part(&f, book->archive, entry);
	quick_row_free(&f.quick);
	buf_free(&f.rest);
	buf_free(&f.x.value);
	buf_free(&s->text.text);
	buf_free(&s->scratch);
	if (s->rc)
		return s->rc;
	return word ? grid_refuse(book->grid, word, s->row, 0, e) : OK;
}
