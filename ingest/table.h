#ifndef INGEST_TABLE_H
#define INGEST_TABLE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"

/*
 * What a cell is where its file knows. A file of text knows nothing: there every cell is
 * NATIVE_TEXT, and what it means is its field's to say.
 */
enum native {
	NATIVE_TEXT,
	NATIVE_NUMBER,  /* [-]digits[.digits][e[-]digits], whatever marks the sheet showed */
	NATIVE_PERCENT, /* the same, shown with "%": 0.281 where the sheet shows 28,1 % */
	NATIVE_DATE,    /* "2023-12-31" or "2023-12-31T08:30:00" */
	NATIVE_TIME,    /* "08:30:00" */
	NATIVE_BOOLEAN, /* "true", "false" */
	NATIVE_ERROR,   /* "#REF!" */
	NATIVE_UNCALCULATED, /* a formula without its value: empty */
	NATIVE_COVERED,      /* by the merged cell above it or to its left, whose text it has */
	NATIVE_EMPTY,        /* nothing was ever written there; an empty NATIVE_TEXT was */
};

/* One row as read: UTF-8 NFC cells, the file's own row number (from 1, as Excel shows it). */
struct row {
	uint32_t number;
	uint32_t count;
	const struct bytes *cells;    /* cell i stands in column i + 1 */
	const unsigned char *natives; /* enum native of each; NULL: all are text */
};

/* Of cell i, which the row must have. */
enum native row_native(const struct row *row, uint32_t i);

/*
 * Reason words of NOTE_UNREADABLE (words for people: rules/unreadable.c). The part is no table
 * we read: "empty", "binary", "pdf", "image", "word", "slides", "xlsx", "xlsb", "xls", "ods",
 * "numbers", "html", "mht", "xml-sheet", "xml", "mail", "shortcut", "lock", "archive",
 * "nested", "no-files", "encrypted", "damaged", "entries", "method", "too-large", "encoding"; a
 * mail's text instead of a table: "link…", "pasted". It is one up to that row and field:
 * "quote" (never closed), "nul", "control", "columns", "field", "row", "rows" (more or larger
 * than allowed) …
 */
enum note_kind {
	NOTE_ENCODING,   /* text: name of the encoding that was converted */
	NOTE_UNREADABLE, /* text: a reason word */
	NOTE_WARNING,    /* text: "quote": read as Excel shows it, but written oddly … */
	NOTE_INFO, /* text: "hidden-row", "hidden-column", "hidden-sheet" … were read, too */
	/* text: "name=value", a custom document property of the workbook; before its sheets */
	NOTE_PROPERTY,
};

struct note {
	enum note_kind kind;
	struct bytes text;   /* a stable word, ASCII; a property's text is UTF-8 */
	uint32_t row, field; /* 0: does not apply */
};

/*
 * Where a reader puts what it reads. A call that returns not OK ends the reading with that
 * code.
 */
struct table_sink {
	void *self;
	/* Before its rows; CSV has one, named "". */
	int (*sheet)(void *self, struct bytes name, struct err *e);
	int (*row)(void *self, const struct row *row, struct err *e);
	int (*note)(void *self, const struct note *note, struct err *e);
};

/*
 * The note that ends a part: it cannot be read, for the reason that word names. Row and field
 * 0: does not apply.
 */
int table_unreadable(struct table_sink *sink, const char *word, uint32_t row, uint32_t field,
    struct err *e) MUST_CHECK;

/*
 * "nul" or "control", where text holds what no spreadsheet has in a cell: control characters
 * but TAB and line ends; NULL: it does not.
 */
const char *table_control(struct bytes text);

/*
 * What helps to tell separators and encodings apart: matching keys (text_key), sorted by
 * bytes_compare.
 */
struct table_hints {
	const struct bytes *keys; /* of known headings */
	size_t count;
	/* Of single words with a letter beyond ASCII: of headings, names, codes' titles. */
	const struct bytes *words;
	size_t word_count;
};

/*
 * How the CSV is written, where somebody says so (Frictionless Table Dialect); all zero: find
 * out.
 */
struct csv_dialect {
	char delimiter;  /* 0: find out */
	char quote;      /* 0: '"' */
	bool quote_none; /* no quoting at all */
	char escape;     /* 0: none */
	bool double_quote_off;
	bool skip_initial_space;
	char comment;       /* 0: none; lines that begin so are blank records */
	bool comments_kept; /* … or records of one cell, for a reader who tells them apart */
	char line_end;      /* what ends a record; 0: CR, LF or both */
};

/* "D17" of column and row from 1; room for 16 bytes. */
void cell_name(char out[16], uint32_t row, uint32_t column);

#endif
