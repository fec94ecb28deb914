#ifndef RULES_WORKBOOK_INT_H
#define RULES_WORKBOOK_INT_H

#include "rules/descriptor.h"
#include "rules/workbook.h"

/* How a property stands in its cell. */
enum column_kind {
	COLUMN_TEXT,  /* a text */
	COLUMN_WORDS, /* a text, or one in each language: two cells */
	/* "title" and "giamsat:title", which says the same and more: two cells */
	COLUMN_TITLES,
	COLUMN_LIST, /* texts: a; b; c */
	COLUMN_ROWS, /* lists of texts: one on each line */
	COLUMN_NUMBER,
	COLUMN_YES,
	COLUMN_VALUE, /* a text, a number, true or false */
	COLUMN_LINES, /* an object of texts: name = value on each line */
	COLUMN_LISTS, /* an object of lists of texts, likewise */
	COLUMN_JSON,
	COLUMN_RULE,  /* a rule's kind, and the value of that property: two cells */
	COLUMN_PLACE, /* no cell: says where the property stands among the others */
};

struct cell_choice {
	const char *code, *vi; /* the cell says "vi (code)" */
};

struct book_column {
	const char *path; /* below the row's object: "constraints/minimum" */
	enum column_kind kind;
	const char *vi, *en, *hint_vi, *hint_en;
	int width;
	const struct cell_choice *choices; /* ends with code NULL; NULL: anything */
	enum workbook_pick pick;
};

enum book_shape {
	SHAPE_ROOT, /* the package itself: one row */
	SHAPE_LIST, /* objects of a list that each object of the parent has */
	SHAPE_SAME, /* further columns of the parent's objects, which key names */
	SHAPE_MAP,  /* an object of the package: names and values */
};

enum book_sheets {
	SHEET_CAMPAIGN,
	SHEET_SETTINGS,
	SHEET_FORMS,
	SHEET_CALENDAR,
	SHEET_FIELDS,
	SHEET_RULES,
	SHEET_RESULTS,
	SHEET_RESULT_COLUMNS,
	SHEET_TABLES,
	SHEETS
};

/* One sheet. An object's members stand in the order in which its columns name them. */
struct book_sheet {
	const char *vi, *en; /* of its tab */
	const char *help_vi, *help_en;
	enum book_shape shape;
	enum book_sheets parent;
	const char *list; /* path of the list in the parent's objects */
	/* Path in the parent's objects by which the first column names them; NULL: the package.
	 */
	const char *key;
	const char *key_vi, *key_en;
	enum workbook_pick key_pick;
	bool (*takes)(const json_t *item); /* of the list; NULL: all */
	const struct book_column *columns;
	size_t column_count;
	enum workbook_pick lists;
};

/* workbook_columns_field.c: of the sheet of columns. */
#define BOOK_FIELDS 46
extern const struct book_column book_fields[BOOK_FIELDS];
extern const struct book_sheet book_sheets[SHEETS];
extern const char workbook_other_vi[], workbook_other_en[]; /* the last column of each sheet */

/* ---- paths ---- */

/* What stands at path; NULL: nothing. Borrowed. */
json_t *path_get(const json_t *object, const char *path);
/* Takes it out, with objects that become empty by that; the caller owns it. NULL: nothing. */
json_t *path_take(json_t *object, const char *path);
/* Puts value (taken) there, making objects. false: something stands there already. */
bool path_put(json_t *object, const char *path, json_t *value);
/* The object with its members, and those of objects in it, in the order of the columns; what
 * they do not name comes last. A new object. */
json_t *path_sorted(const json_t *object, const struct book_sheet *const *sheets, size_t count);

/* ---- workbook_cell.c, workbook_decode.c: cells ---- */

/* How many cells the column has: 0, 1 or 2. */
size_t cell_width(const struct book_column *c);
/*
 * Moves what fits from object into cells (as many as cell_width); what does not fit stays.
 * Cells are NATIVE_EMPTY before.
 */
void cell_encode(
    struct workbook_cell *out, struct arena *a, json_t *object, const struct book_column *c);
/* A scalar; false: it does not fit. */
bool cell_encode_value(struct workbook_cell *out, struct arena *a, const json_t *value);
/* May one cell hold this text, and a spreadsheet give it back as it is? */
bool cell_holds(struct arena *a, struct bytes text);
/* On one line, with escapes where no cell would give it back otherwise. */
const char *cell_json(struct arena *a, const json_t *value);
const char *cell_label(struct arena *a, const struct cell_choice *choice);

/* Of a cell that cannot be what its column wants. */
struct cell_mistake {
	size_t cell; /* 0 or 1 */
	const char *vi, *en;
};
/* The opposite: puts into object what the cells say. false: a mistake. */
bool cell_decode(json_t *object, struct arena *a, const struct workbook_cell *in,
    const struct book_column *c, struct cell_mistake *wrong);
/* The value itself: text, number, true or false. The caller decrefs. */
json_t *cell_decode_value(const struct workbook_cell *in);
/* Of a text as people type it; NULL: it is no number. The caller decrefs. */
json_t *cell_typed_number(struct arena *a, struct bytes text);
json_t *cell_parse_json(struct bytes text); /* NULL: it is none */

/* ---- workbook_lines.c: what several things in one cell look like ---- */

/* NULL: it cannot be said so. */
const char *lines_of_list(struct arena *a, const json_t *list);
const char *lines_of_rows(struct arena *a, const json_t *rows);
const char *lines_of_object(struct arena *a, const json_t *object, bool lists);
/* New values; an object NULL: not understood, or a name is there twice. */
json_t *lines_list(struct bytes text);
json_t *lines_rows(struct bytes text);
json_t *lines_object(struct arena *a, struct bytes text, bool lists);
/* The next "name = value" of *rest, without blanks around; value may go on over lines that
 * begin with a blank. false: nothing is left. */
bool lines_next(struct bytes *name, struct bytes *value, struct bytes *rest);
/* May these stand before and behind the sign? */
bool lines_name(const char *name);
bool lines_value(const char *text);

/* ---- workbook_rule.c: a rule's kind and its parameters ---- */

bool rule_is_kind(const char *name);
bool rule_names_kind(struct bytes name);
void rule_encode(struct workbook_cell out[2], struct arena *a, json_t *rule);
bool rule_decode(json_t *rule, struct arena *a, const struct workbook_cell in[2],
    struct cell_mistake *wrong);
const char *const *rule_choices(struct arena *a); /* NULL-terminated */

/* ---- workbook_sheet.c: from objects to a sheet ---- */

/* The objects that are the rows of one sheet. */
struct book_objects {
	json_t **list;      /* borrowed */
	const char **owner; /* what the first column says */
	size_t count;
};

/* Takes out of the objects (a map: out of root) what the columns know. */
void book_sheet_make(struct workbook_sheet *out, struct arena *a,
    const struct book_sheet *sheet, const struct book_objects *objects, json_t *root);
/* Columns as they are written, with so many for the rest. */
struct workbook_column *book_columns(
    size_t *count, struct arena *a, const struct book_sheet *sheet, size_t rest_columns);
/* Empty ones. */
struct workbook_cell *book_cells(struct arena *a, size_t count);

/* ---- workbook_reference.c: reference tables as sheets ---- */

int reference_sheet(struct workbook_sheet *out, struct arena *a, const struct reference *r,
    const char *tab, struct words title, struct err *e) MUST_CHECK;
/* The tab of the table of that name; taken: those before it. */
const char *reference_tab(
    struct arena *a, const char *name, const char *const *taken, size_t taken_count);

/* workbook_texts.c: the words of letters as a sheet. */
void texts_sheet(struct workbook_sheet *out, struct arena *a, const struct workbook_text *texts,
    size_t count);

#endif
