#ifndef RULES_WORKBOOK_TAKE_INT_H
#define RULES_WORKBOOK_TAKE_INT_H

#include "rules/workbook_int.h"

/* One object of the package, and the row that it was made from. */
struct taken {
	json_t *object; /* our own until the package has it */
	size_t parent;  /* its place among the parent sheet's objects */
	size_t index;   /* in its list */
	uint32_t row;
	uint32_t same_row[SHEETS]; /* its rows in sheets of further columns; 0: none */
	const char *pointer;       /* "/resources/3" */
};

/* A sheet as it was read: where which column stands. */
struct taken_sheet {
	const struct workbook_sheet *sheet; /* NULL: it is not there */
	const struct workbook_column *expected;
	size_t expected_count;
	size_t rest;       /* expected that is the rest of the objects; NOWHERE: it has none */
	uint32_t *columns; /* of each expected: from 1; 0: it is not there */
	size_t *meaning;   /* of each column of the sheet: expected, or NOWHERE */
	size_t width;
	struct taken *objects;
	size_t count;
};

#define NOWHERE SIZE_MAX

struct taker {
	struct arena *arena;
	const struct workbook *book;
	enum language language;
	struct mistakes *mistakes;
	json_t *root;
	struct taken_sheet sheets[SHEETS];
	bool *used; /* sheets of the workbook that were read */
};

/* A reference table as it was read. */
struct taken_table {
	const char *name, *path;
	const struct workbook_sheet *sheet;
	const char *const *columns;
	size_t column_count;
	const uint32_t
	    *rows; /* number in the sheet of each record of the CSV behind the first */
	size_t row_count;
};

struct workbook_places {
	struct taken_sheet sheets[SHEETS];
	const struct taken_table *tables;
	size_t table_count;
	const struct workbook_sheet *text_sheet; /* NULL: none */
	const uint32_t *text_rows;
};

/* column 0: of the whole row, or with row 0 of the sheet. The sentence takes both languages. */
void taker_mistake(struct taker *t, const char *sheet, uint32_t row, uint32_t column,
    const char *vi, const char *en);
/* "Quy tắc!D17" */
const char *place_name(struct arena *a, const char *sheet, uint32_t row, uint32_t column);

/* The sheet of this name, by its matching key; NULL: there is none. Marks it as read. */
const struct workbook_sheet *taker_sheet(struct taker *t, const char *name);
/* Row of that number; NULL: it is empty. */
const struct workbook_row *workbook_row_at(const struct workbook_sheet *s, uint32_t number);
/* Without blanks around, empty where something else covers it; NATIVE_EMPTY past the end. */
struct workbook_cell workbook_cell_at(
    struct arena *a, const struct workbook_row *row, size_t column);

/* Where the property of that path stands, from 1; part 1: its second cell. 0: nowhere. */
uint32_t taken_column(
    const struct taken_sheet *s, enum book_sheets id, const char *path, size_t part);

/* workbook_header.c: reads the headings of a sheet. */
void take_header(struct taker *t, enum book_sheets id);
/* workbook_rows.c: the objects of a sheet, after those of its parent. */
void take_rows(struct taker *t, enum book_sheets id);
/* workbook_join.c: puts the objects into the package, and says where each is. */
void take_together(struct taker *t);
/* workbook_csv.c: the reference tables, after the sheet that lists them. */
void take_tables(struct workbook_package *out, struct taken_table **tables, struct taker *t);
/* workbook_texts.c: the words of letters; out->places is there. */
void take_texts(struct workbook_package *out, struct taker *t);
/* NULL: it is no such file. */
const char *place_of_text(struct arena *a, const struct workbook_package *p, struct bytes file);

#endif
