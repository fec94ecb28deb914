#ifndef INGEST_XLS_INT_H
#define INGEST_XLS_INT_H

#include "base/buf.h"
#include "ingest/grid.h"
#include "ingest/legacy.h"
#include "ingest/ole.h"
#include "ingest/serial.h"

/*
 * The workbook stream of an .xls ([MS-XLS]): records of a type, a length and up to 8224 bytes.
 * First what all sheets share, then each sheet at the offset it was announced with. What is
 * wrong is a word of NOTE_UNREADABLE; NULL is nothing.
 */

/* --- xls_record.c */

enum xls_type {
	XLS_FORMULA = 0x0006,
	XLS_EOF = 0x000a,
	XLS_DATEMODE = 0x0022,
	XLS_FILEPASS = 0x002f,
	XLS_FONT = 0x0031,
	XLS_CONTINUE = 0x003c,
	XLS_CODEPAGE = 0x0042,
	XLS_COLINFO = 0x007d,
	XLS_BOUNDSHEET = 0x0085,
	XLS_MULRK = 0x00bd,
	XLS_RSTRING = 0x00d6,
	XLS_XF = 0x00e0,
	XLS_MERGEDCELLS = 0x00e5,
	XLS_SST = 0x00fc,
	XLS_LABELSST = 0x00fd,
	XLS_NUMBER = 0x0203,
	XLS_LABEL = 0x0204,
	XLS_BOOLERR = 0x0205,
	XLS_STRING = 0x0207,
	XLS_ROW = 0x0208,
	XLS_ARRAY = 0x0221,
	XLS_TABLE = 0x0236,
	XLS_RK = 0x027e,
	XLS_FORMAT = 0x041e,
	XLS_SHRFMLA = 0x04bc,
	XLS_BOF = 0x0809,
};

struct xls_record {
	unsigned type;
	size_t at;         /* of its head in the stream */
	size_t next;       /* of the head behind it */
	struct bytes body; /* until the next record or text is looked at */
};

/* false: the stream has no whole record there. */
bool xls_record_at(struct xls_record *out, struct ole_stream *s, size_t at);

/* Bytes that go on in the CONTINUE records behind theirs. */
struct xls_cursor {
	struct ole_stream *stream;
	size_t at, left; /* left: in this record */
};

struct xls_cursor xls_cursor_in(struct ole_stream *s, const struct xls_record *r, size_t skip);
/* The next bytes, at most len and at least one; empty: there are no more. */
struct bytes xls_take(struct xls_cursor *c, size_t len);
/* A little endian number of up to 4 bytes; false: there are too few. */
bool xls_take_number(unsigned *out, struct xls_cursor *c, size_t width);
bool xls_skip(struct xls_cursor *c, size_t len);

/* --- xls_text.c */

/* From that character on the text is in that font. */
struct xls_run {
	unsigned from, font;
};

/* One text of a workbook, as UTF-16 or as bytes of its code page. */
struct xls_text {
	struct buf units; /* little endian; single bytes in workbooks before Excel 97 */
	struct buf runs;  /* struct xls_run */
};

void xls_text_free(struct xls_text *t);
/* The text of Excel 97 and later at the cursor; width: of its length. t NULL: skip it. */
bool xls_text_take(struct xls_text *t, struct xls_cursor *c, size_t width);
/* Fonts of parts of the text. */
bool xls_runs_take(struct xls_text *t, struct xls_cursor *c, size_t count, size_t width);
/* The bytes at the cursor, for Excel 5 and 95. */
bool xls_text_take_old(struct xls_text *t, struct xls_cursor *c, size_t width);

/* --- xls_strings.c */

/* The texts that cells share: found by their number without keeping any of them. */
struct xls_strings {
	struct ole_stream *stream;
	struct xls_mark *marks; /* of each eighth */
	size_t room;
	unsigned count;
};

void xls_strings_free(struct xls_strings *s);
const char *xls_strings_read(
    struct xls_strings *s, struct ole_stream *stream, const struct xls_record *sst);
bool xls_strings_text(struct xls_text *t, const struct xls_strings *s, unsigned i);

/* --- xls_book.c */

/* Formats and fonts are counted with 16 bits. */
#define XLS_MOST 65536

struct xls_font {
	const struct legacy *legacy; /* NULL: shows Unicode as it is */
	unsigned char charset;       /* as Windows counts them */
};

struct xls_style {
	uint16_t font, format;
};

struct xls_sheet {
	size_t at, end; /* in the stream */
	bool hidden;
	bool cells;        /* it is no chart, macro or module */
	struct bytes name; /* UTF-8 */
};

struct xls_book {
	struct ole_stream *stream;
	struct table_sink *sink; /* for notes of the book */
	struct arena *arena;
	bool old; /* Excel 5 and 95: bytes of a code page */
	bool from_1904;
	/* The last font that meant other letters than it showed; NULL: none did. */
	const struct legacy *converted;
	bool converted_told;
	unsigned codepage;
	struct xls_font *fonts;
	struct xls_style *styles;
	struct xls_sheet *sheets;
	size_t fonts_count, styles_count, sheets_count;
	unsigned char *shown; /* enum shown of each format */
	struct xls_strings strings;
	struct xls_text text; /* the one at hand */
	struct buf utf8, piece;
};

/* Stream and sink stay the caller's. The book must be freed whatever comes. */
const char *xls_book_read(
    struct xls_book *book, struct ole_stream *stream, struct table_sink *sink);
void xls_book_free(struct xls_book *book);
/*
 * false: there is no such style, and a day could not be told from a number. A book without any
 * shows all plainly.
 */
bool xls_shown(enum shown *out, const struct xls_book *book, unsigned style);

/* --- xls_decode.c */

/*
 * book->text as UTF-8, until the next one, in the fonts of its runs and before them in the
 * style's; XLS_MOST: in none. "encoding": no one knows what its bytes are.
 */
const char *xls_decode(struct bytes *out, struct xls_book *book, unsigned style);
/* Appends UTF-16, little endian. */
void xls_decode_utf16(struct buf *out, struct bytes units);
/* Appends bytes of that code page, by Windows' number, as UTF-8; false: they are none. */
bool xls_decode_bytes(struct buf *out, unsigned codepage, struct bytes raw);

/* --- xls_properties.c */

/* Notes of the custom properties that are texts; a damaged list has none. */
int xls_properties_read(struct table_sink *sink, struct ole *ole, struct err *e);

/* --- xls_cipher.c */

/*
 * The stream in the clear, where it is enciphered under the password that Excel takes when
 * nobody gave one; false: under another.
 */
bool xls_decipher(struct buf *out, struct ole_stream *stream);

/* --- xls_sheet.c */

/* Rows and notes of one sheet; ends are those of grid.h. */
int xls_sheet_read(
    struct grid *g, struct xls_book *book, const struct xls_sheet *sheet, struct err *e);

/* --- xls_cell.c */

/* Whether the record is of cells that have something; all begin with row and column. */
bool xls_is_cell(unsigned type);
/* Puts what the record holds into the grid's row. */
int xls_cell_read(
    struct grid *g, struct xls_book *book, const struct xls_record *r, struct err *e);

#endif
