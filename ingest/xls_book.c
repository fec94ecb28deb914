/*
 * Why: a cell of an .xls says only which style and which text of the workbook it has; those are
 * gathered here first.
 */
#include "ingest/xls_int.h"

#include <stdlib.h>

#include "base/memory.h"
#include "ingest/frame_int.h"

enum bof { BOF_EXCEL5 = 0x0500, BOF_EXCEL8 = 0x0600, BOF_BOOK = 0x0005, BOF_SHEET = 0x0010 };

void
xls_book_free(struct xls_book *book)
{
	xls_strings_free(&book->strings);
	xls_text_free(&book->text);
	buf_free(&book->utf8);
	buf_free(&book->piece);
	free(book->fonts);
	free(book->styles);
	free(book->sheets);
	free(book->shown);
	arena_free(&book->arena);
}

/* Room for one more of a list that doubles; false: there are as many as can be numbered. */
static bool
grow(void **list, size_t count, size_t size)
{
	if (count >= XLS_MOST)
		return false;
	if (count == 0 || (count & (count - 1)) == 0)
		*list = memory_resize(*list, count ? 2 * count : 1, size);
	return true;
}

/* The text at the cursor as it stands in names: of fonts, formats and sheets. */
static const char *
take_name(struct bytes *out, struct xls_book *book, struct xls_cursor *c, size_t width)
{
	bool whole = book->old ? xls_text_take_old(&book->text, c, width)
			       : xls_text_take(&book->text, c, width);

	return whole ? xls_decode(out, book, XLS_MOST) : "damaged";
}

static const char *
take_font(struct xls_book *book, const struct xls_record *r)
{
	struct xls_cursor c = xls_cursor_in(book->stream, r, 14);
	struct xls_font *font;
	struct bytes name;
	const char *word;

	if (r->body.len < 15)
		return "damaged";
	if (!grow((void **)&book->fonts, book->fonts_count, sizeof(*book->fonts)))
		return NULL; /* no style can name it */
	font = &book->fonts[book->fonts_count++];
	/* Whole before its name is read: hostile runs in the name may ask for this very font. */
	*font = (struct xls_font){ .charset = (unsigned char)r->body.at[12] };
	word = take_name(&name, book, &c, 1);
	font->legacy = word ? NULL : legacy_of_font(name);
	return word;
}

static const char *
take_format(struct xls_book *book, const struct xls_record *r)
{
	struct xls_cursor c = xls_cursor_in(book->stream, r, 2);
	struct bytes code;
	const char *word;
	unsigned id;

	if (r->body.len < 2)
		return "damaged";
	id = ole_u16(r->body, 0);
	word = take_name(&code, book, &c, book->old ? 1 : 2);
	if (!word)
		book->shown[id] = (unsigned char)number_format_shown(code);
	return word;
}

static const char *
take_style(struct xls_book *book, const struct xls_record *r)
{
	if (r->body.len < 4)
		return "damaged";
	if (!grow((void **)&book->styles, book->styles_count, sizeof(*book->styles)))
		return NULL;
	book->styles[book->styles_count++] =
	    (struct xls_style){ .font = (uint16_t)ole_u16(r->body, 0),
		    .format = (uint16_t)ole_u16(r->body, 2) };
	return NULL;
}

static const char *
take_sheet(struct xls_book *book, const struct xls_record *r)
{
	struct xls_cursor c = xls_cursor_in(book->stream, r, 6);
	struct xls_sheet sheet = { 0 };
	struct bytes name;
	const char *word;

	if (r->body.len < 7)
		return "damaged";
	if (book->sheets_count == FRAME_SHEETS)
		return "too-large";
	sheet.at = ole_u32(r->body, 0);
	sheet.hidden = r->body.at[4] & 3;
	sheet.cells = r->body.at[5] == 0;
	word = take_name(&name, book, &c, 1);
	if (word)
		return word;
	sheet.name = arena_bytes(book->arena, name);
	(void)grow((void **)&book->sheets, book->sheets_count, sizeof(sheet)); /* far below */
	book->sheets[book->sheets_count++] = sheet;
	return NULL;
}

static const char *
take_flag(struct xls_book *book, const struct xls_record *r)
{
	if (r->body.len < 2)
		return "damaged";
	if (r->type == XLS_CODEPAGE)
		book->codepage = ole_u16(r->body, 0);
	else
		book->from_1904 = ole_u16(r->body, 0) == 1;
	return NULL;
}

static const char *
take_global(struct xls_book *book, const struct xls_record *r)
{
	switch (r->type) {
	case XLS_FILEPASS:
		return "encrypted";
	case XLS_CODEPAGE:
	case XLS_DATEMODE:
		return take_flag(book, r);
	case XLS_FONT:
		return take_font(book, r);
	case XLS_FORMAT:
		return take_format(book, r);
	case XLS_XF:
		return take_style(book, r);
	case XLS_BOUNDSHEET:
		return take_sheet(book, r);
	case XLS_SST:
		return xls_strings_read(&book->strings, book->stream, r);
	default:
		return NULL;
	}
}

/*
 * Each sheet ends before the next begins, in the order of the stream: so nothing is read twice,
 * whatever offsets a file tells. Two at one place, or one within what all share, are none.
 */
static const char *
bound_sheets(struct xls_book *book, size_t globals_end)
{
	for (size_t i = 0; i < book->sheets_count; i++) {
		struct xls_sheet *sheet = &book->sheets[i];

		sheet->end = ole_stream_len(book->stream);
		if (sheet->at < globals_end || sheet->at >= sheet->end)
			return "damaged";
		for (size_t k = 0; k < book->sheets_count; k++) {
			size_t other = book->sheets[k].at;

			if (k != i && other == sheet->at)
				return "damaged";
			if (other > sheet->at && other < sheet->end)
				sheet->end = other;
		}
	}
	return NULL;
}

static const char *
read_globals(struct xls_book *book, size_t at)
{
	struct xls_record r;
	const char *word = NULL;

	for (; !word; at = r.next) {
		if (!xls_record_at(&r, book->stream, at))
			return "damaged";
		if (r.type == XLS_EOF)
			return bound_sheets(book, r.next);
		word = take_global(book, &r);
	}
	return word;
}

/*
 * A stream that is one sheet and nothing else, as some web programs write it; what all sheets
 * share stands among its rows.
 */
static const char *
read_only_sheet(struct xls_book *book, size_t at)
{
	const char *word = read_globals(book, at);

	if (word || book->sheets_count > 0)
		return word ? word : "damaged";
	book->sheets = memory_new(sizeof(*book->sheets));
	book->sheets[book->sheets_count++] =
	    (struct xls_sheet){ .end = ole_stream_len(book->stream), .cells = true };
	return NULL;
}

const char *
xls_book_read(struct xls_book *book, struct ole_stream *stream, struct table_sink *sink)
{
	struct xls_record r;
	unsigned version, kind;

	*book = (struct xls_book){ .stream = stream, .sink = sink, .arena = arena_new() };
	book->shown = memory_new(XLS_MOST);
	for (unsigned i = 0; i < 164; i++)
		book->shown[i] = (unsigned char)number_format_builtin(i);
	if (!xls_record_at(&r, stream, 0))
		return "damaged";
	/* Of Excel 2, 3 and 4: another format under the same name. */
	if (r.type == 0x0009 || r.type == 0x0209 || r.type == 0x0409)
		return "xls";
	if (r.type != XLS_BOF || r.body.len < 4)
		return "damaged";
	version = ole_u16(r.body, 0);
	kind = ole_u16(r.body, 2);
	book->old = version != BOF_EXCEL8;
	if (kind == BOF_SHEET)
		return read_only_sheet(book, r.next);
	if (kind != BOF_BOOK || (version != BOF_EXCEL8 && version != BOF_EXCEL5))
		return "damaged";
	return read_globals(book, r.next);
}

bool
xls_shown(enum shown *out, const struct xls_book *book, unsigned style)
{
	*out = SHOWN_NUMBER;
	if (style < book->styles_count)
		*out = (enum shown)book->shown[book->styles[style].format];
	return style < book->styles_count || book->styles_count == 0;
}
