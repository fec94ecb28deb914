#ifndef RULES_LAYOUT_INT_H
#define RULES_LAYOUT_INT_H

#include "rules/judge_int.h"
#include "rules/layout_words.h"

/* Rows of a form below its header: which hold data, and what the others are. */

enum row_kind {
	ROW_DATA,
	ROW_HELD, /* of data, unless the next rows are a header */
	ROW_BLANK,
	ROW_HEADER,   /* the header once more, as on every page; numbers of columns; units */
	ROW_NEXT,     /* the header of another table */
	ROW_TOTAL,    /* named so by the campaign's words */
	ROW_SECTION,  /* "I. Khu vực thành thị", with or without figures */
	ROW_OUTSIDE,  /* a signature, a letter-head: the table has ended */
	ROW_BELOW,    /* texts below such a line, or seemingly so */
	ROW_PASSED,   /* a line of text, nothing that could be data */
	ROW_DOUBTFUL, /* a number and a name as of a row, but neither key nor figure */
};

/* ---- layout_marks.c: what single cells and rows look like ---- */

enum mark { MARK_NONE, MARK_UPPER, MARK_ROMAN, MARK_LOWER };
/* "I", "A.", "b)": *rest is what follows in the same cell, perhaps nothing. */
enum mark mark_of(struct bytes text, struct bytes *rest);
/* "12", "-12,5", "31/12/2023", "28,1%", or a dash: no letter in it. */
bool is_figure(struct bytes text);
/* "12", "12 hộ": begins with a digit and is short. */
bool begins_figure(struct bytes text);
/* "(1) (2) (3)", "A B 1 2", "1 2 3=1+2": numbers of the columns. */
bool numbers_columns(const struct row *row);
/* "-----", "______": drawn, not written. */
bool is_line(struct bytes text);
/* "06067", "BG-2023-01": one word with a digit in it. */
bool looks_like_code(struct bytes text);
/* Cell i trimmed; nothing where the row ends before, or a merge covers it from the left. */
struct bytes row_text(const struct row *row, uint32_t i);

/* ---- layout_merge.c ---- */

/* The row at hand taken apart, and the one above it as it was. */
struct merges {
	struct row apart, above; /* of the four below */
	struct bytes *cells, *above_cells;
	unsigned char *natives, *above_natives;
	uint32_t room; /* cells of each */
	char *text;    /* above's */
	size_t text_room;
};

/*
 * A row with its merges taken apart: below the first cell of a merge stands its text again, to
 * the right nothing. A figure must stand in every row and column of its own: there the cell
 * stays NATIVE_COVERED. The answer lives until the next call.
 */
const struct row *merges_apart(struct judge *j, const struct row *row);

/* Rows whose kind the next row tells; of their own memory, used again. */
enum { HELD_ROWS = 2 };

struct held {
	struct row rows[HELD_ROWS];
	enum row_kind kinds[HELD_ROWS]; /* what they are if no header follows */
	size_t count;
	char *block;
	size_t room, used;
};

/* A copy; false: there is no more room for one. */
bool held_add(struct judge *j, const struct row *row, enum row_kind kind);

/* ---- layout_passed.c: rows since the last row of data ---- */

enum { PASSED_ROWS = 40, PASSED_TOLD = 20 };

struct passed {
	struct row rows[PASSED_ROWS];
	size_t count;
	char *block; /* of their cells and texts */
	size_t used;
	struct {
		uint32_t row;
		bool doubtful;
		const char *text;
	} told[PASSED_TOLD];         /* to be told if more data follows */
	size_t told_count, told_all; /* now, and ever */
};

void passed_add(struct judge *j, const struct row *row, enum row_kind kind);
void passed_say(struct judge *j, enum say what, uint32_t row, struct bytes text);
/* Data follows: what was passed over stood in the middle of it. */
void passed_by_data(struct judge *j);
/* Do these rows name another period or unit than the table has? */
bool passed_names_another(struct judge *j);
bool passed_names_period(struct judge *j);

/* ---- layout_total.c ---- */

struct totals;
void totals_begin(struct judge *j);
/* The row at hand is data: its readings count. */
void totals_data(struct judge *j);
/* The row at hand is a total, named j->lay->label. */
void totals_total(struct judge *j, const struct row *row);
/* … or begins a section, named so, with j->lay->mark; figures in its row are its sums. */
void totals_section(struct judge *j, const struct row *row);
void totals_end(struct judge *j);

/* ---- layout_rows.c ---- */

enum { KEYS_MOST = 8, SENTINELS = 3 };

enum end {
	END_NOT,
	END_LIKELY, /* a blank row or a total stands above */
	END_CERTAIN /* … a line that stands outside */
};

struct form_rows {
	int keys[KEYS_MOST]; /* fields without which a row is none */
	size_t key_count;
	/* Columns in which a figure says that the row is no header. */
	uint32_t sentinels[SENTINELS];
	size_t sentinel_count;
	const struct row *header; /* its rows, and those above it */
	size_t header_count;
	struct row numbers; /* of the columns, below it; count 0: none */
	uint32_t width;     /* columns of the header */
	bool *titled;       /* by column - 1 */
	uint32_t open;      /* columns among them without a heading that were not told */
	uint32_t untitled;  /* columns that were told: something stands there, no heading */
	bool beyond_told;   /* … to the right of them all */
	bool after_header;  /* numbers and units of the columns may follow */
	enum end end;       /* has the table ended above the row at hand? */
	uint32_t last;      /* row that was not blank */
	struct bytes label; /* of the row at hand, where it is no data */
	enum mark mark;     /* of the section at hand */
	bool figures;       /* the row at hand has some */
	struct merges merges;
	struct passed passed;
	struct held held;
	struct totals *totals;
};

/* Once the header is known. */
void rows_begin(struct judge *j, const struct heading_column *columns, size_t count);
enum row_kind rows_kind(struct judge *j, const struct row *row);
/* … when it has been taken. */
void rows_end_row(struct judge *j, uint32_t row, enum row_kind kind);
/* Cells of a row of data that stand below no heading are told. */
void rows_untitled(struct judge *j, const struct row *row);
/* layout_sight.c: the kind of a row that is none of data at first sight, nor a header. */
enum row_kind rows_kind_of_other(struct judge *j, const struct row *row);
/* A key of which not any text may be one can be read. */
bool rows_key_reads(struct judge *j, const struct row *row);
/* Figures and days. */
bool rows_typed(const struct field *f);
/* The field's cell, trimmed. */
struct bytes rows_text(const struct judge *j, const struct row *row, int field);
/* What the field reads in the row, without findings. */
void rows_read_cell(
    struct cell_reading *out, struct judge *j, int field, const struct row *row);

#endif
