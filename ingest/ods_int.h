#ifndef INGEST_ODS_INT_H
#define INGEST_ODS_INT_H

#include "base/arena.h"
#include "base/buf.h"
#include "ingest/archive.h"
#include "ingest/grid.h"
#include "ingest/legacy.h"
#include "ingest/serial.h"
#include "ingest/xml.h"

/*
 * The documents of an OpenDocument spreadsheet (ISO/IEC 26300): meta, styles and content, three
 * files of an archive, or one after the other in a flat one. What is wrong is a word of
 * NOTE_UNREADABLE; NULL: nothing.
 */

/* --- ods_value.c */

enum ods_type {
	ODS_NONE,
	ODS_FLOAT,
	ODS_PERCENTAGE,
	ODS_DATE,
	ODS_TIME,
	ODS_BOOLEAN,
	ODS_STRING,
	ODS_UNKNOWN,
};

/* What a cell says of itself in its attributes. */
struct ods_cell {
	enum ods_type type;
	bool error; /* as LibreOffice marks one */
	bool formula;
	bool logical;    /* the formula is TRUE() or FALSE() */
	char value[64];  /* number, date, duration or boolean; one that is too long is none */
	bool has_string; /* the text is told there, too */
	struct buf string;
	/* As long as the attributes live; NULL: not told. */
	const char *style, *repeated, *spanned_columns, *spanned_rows;
};

void ods_cell_free(struct ods_cell *c);
void ods_cell_read(struct ods_cell *c, const char *const *attributes);
/* A whole number, cut at most; NULL is 1: as of what repeats. false: none. */
bool ods_count(uint32_t *out, const char *text, uint32_t most);
/* xsd and ISO 8601 as cells have them; false: none. */
bool ods_number(double *out, const char *text);
bool ods_date(char out[SERIAL_TEXT], const char *text);
bool ods_time(char out[SERIAL_TEXT], const char *text);

/* Whether shown is an error, though its value is an empty text or even the number 0. */
bool ods_is_error(const struct ods_cell *c, struct bytes shown);
/*
 * What the cell is by what it says and by shown, the text of its paragraphs; at is NULL where
 * it has none. The text is shown, or in room. false: it says what is no value.
 */
bool ods_value(enum native *native, struct bytes *text, char room[SERIAL_TEXT],
    const struct ods_cell *c, struct bytes shown);

/* --- ods_styles.c */

/* Bytes in the name of a style; longer ones are none. */
#define ODS_NAME 1024u

enum ods_family {
	ODS_NO_FAMILY,
	ODS_CELL = 'c',
	ODS_TABLE = 't',
	ODS_PARAGRAPH = 'p',
	ODS_SPAN = 's',
};

/* Fonts, and whether a sheet is hidden, by names of styles. */
struct ods_styles;

struct ods_styles *ods_styles_new(void);
void ods_styles_free(struct ods_styles **s);
/* Each element outside of tables, and its end. */
const char *ods_styles_start(
    struct ods_styles *s, const char *name, const char *const *attributes) MUST_CHECK;
void ods_styles_end(struct ods_styles *s, const char *name);
/*
 * *font: as of legacy_of_font; it is left alone where neither the style nor its parents say.
 * Nothing is done where no font of the workbook shows letters of its own.
 */
void ods_styles_font(const struct legacy **font, struct ods_styles *s, enum ods_family family,
    struct bytes name);
bool ods_styles_hidden(struct ods_styles *s, struct bytes table_style);

/* --- ods_text.c */

#define ODS_DEPTH 64

/* The text of a cell as its paragraphs show it, each piece by its font. */
struct ods_text {
	struct ods_styles *styles;
	size_t most;            /* bytes; more is "field" */
	struct buf text, piece; /* piece: in one font, and not in the text yet */
	const struct legacy
	    *fonts[ODS_DEPTH]; /* of the elements around; the first: the cell's */
	unsigned depth;        /* 0: in no paragraph */
	unsigned skipped;      /* elements inside what is not shown in the cell */
	bool any;              /* there was a paragraph */
	uint32_t blanks;       /* that have come since the last letter */
	bool wrapped;          /* … and not only spaces: they are one, between letters */
	bool begun;            /* something stands in the paragraph */
	/* The last font that meant other letters; NULL: none did, in this cell or before. */
	const struct legacy *converted;
};

void ods_text_free(struct ods_text *t);
void ods_text_begin(struct ods_text *t, const struct legacy *font);
/* A paragraph, what is in it, and their ends. */
const char *ods_text_start(
    struct ods_text *t, const char *name, const char *const *attributes) MUST_CHECK;
const char *ods_text_end(struct ods_text *t) MUST_CHECK;
const char *ods_text_add(struct ods_text *t, struct bytes piece) MUST_CHECK;
/* What an attribute says takes the place of the paragraphs. */
const char *ods_text_replace(struct ods_text *t, struct bytes raw) MUST_CHECK;

/* --- ods_table.c */

enum ods_place { ODS_OUTSIDE, ODS_IN_TABLE, ODS_IN_ROW, ODS_IN_CELL, ODS_IN_TEXT };

/* Neighbours of one style. */
struct ods_columns {
	uint32_t last; /* from 1 */
	struct bytes style;
};

struct ods_table {
	struct grid *grid;
	struct table_sink *sink;
	struct ods_styles *styles;
	struct err *e;
	int rc; /* of grid or sink; the word is then "refused" */
	enum ods_place place;
	unsigned skipped; /* elements inside what holds no cells */
	struct arena *arena;
	struct ods_columns *columns;
	size_t columns_count, columns_room;
	uint32_t row, times; /* from 1; 0: none yet */
	uint32_t column;     /* the last that was told, of columns or of cells */
	bool row_begun;      /* something stands in it */
	bool row_hidden;
	struct buf row_style; /* empty: of its columns */
	struct ods_cell cell;
	bool covered;
	uint32_t wide, spanned_columns, spanned_rows; /* of the cell; wide: that many of it */
	struct ods_text text;
	bool font_told;
};

void ods_table_free(struct ods_table *t);
/* The table's own element, then what is in it, to its end: place is ODS_OUTSIDE again. */
const char *ods_table_begin(struct ods_table *t, const char *const *attributes) MUST_CHECK;
const char *ods_table_start(
    struct ods_table *t, const char *name, const char *const *attributes) MUST_CHECK;
const char *ods_table_end(struct ods_table *t, const char *name) MUST_CHECK;
const char *ods_table_text(struct ods_table *t, struct bytes piece) MUST_CHECK;

/* --- ods_document.c */

struct ods_document {
	struct ods_table table;
	bool spreadsheet; /* inside of it */
	bool any;         /* there was one */
	unsigned skipped;
	bool in_property;
	unsigned properties;
	struct buf property; /* "name=value" so far */
};

void ods_document_init(struct ods_document *d, struct grid *g, struct table_sink *sink,
    const struct limits *limits, struct err *e);
void ods_document_free(struct ods_document *d);
/* For all documents of a workbook, one after the other. */
struct xml_handler ods_document_handler(struct ods_document *d);

#endif
