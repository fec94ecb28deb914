#ifndef RULES_WORKBOOK_H
#define RULES_WORKBOOK_H

#include <jansson.h>

#include "ingest/table.h"
#include "rules/rulebook.h"

/*
 * A campaign as a workbook, for those who know spreadsheets and not JSON: one sheet for forms,
 * one for their columns, one for rules … and one for each reference table. Which property
 * stands in which column is told by one table (workbook_columns.c); what no column knows stands
 * in the last one as JSON, so nothing is lost on the way to the workbook and back.
 */

/* NATIVE_TEXT, NATIVE_NUMBER, NATIVE_BOOLEAN, NATIVE_EMPTY …; text is never NULL. */
struct workbook_cell {
	enum native native;
	const char *text;
};

struct workbook_row {
	uint32_t number; /* as spreadsheets show it; data begin at WORKBOOK_DATA */
	size_t count;
	const struct workbook_cell *cells;
};

/* Rows of headings: Vietnamese, English. */
#define WORKBOOK_DATA 3
/* Characters of one cell that we write; Excel takes 32,767. */
#define WORKBOOK_TEXT 30000

/* What a column of one sheet may name: something that another sheet lists. */
enum workbook_pick {
	PICK_NONE,
	PICK_FORM,
	PICK_FIELD, /* of the form in the row's first column */
	PICK_TABLE,
	PICK_LIST, /* of codelists */
	PICKS,
};

/* A column as it is written. */
struct workbook_column {
	struct words title, hint;   /* hint: "" none */
	const char *const *choices; /* NULL-terminated; NULL: anything */
	enum workbook_pick pick;
	int width;   /* characters */
	bool number; /* what is typed becomes a number; otherwise it stays the text it is */
};

struct workbook_sheet {
	const char *name;                      /* of its tab */
	struct words help;                     /* what it holds; only when written */
	const struct workbook_column *columns; /* only when written */
	size_t column_count;
	const struct workbook_row *rows; /* written: data alone; read: headings, too */
	size_t row_count;
	enum workbook_pick
	    lists; /* its first column (fields: second) is what others pick from */
};

struct workbook {
	struct words title; /* of the campaign; only when written */
	const struct workbook_sheet *sheets;
	size_t count;
};

/* The tab of the first sheet, which explains the others and is not read. */
extern const char workbook_guide[];

/* An example of the kind, as it stands in the cell of a rule's parameters. */
struct rule_kind;
const char *workbook_example(struct arena *a, const struct rule_kind *kind);

/* The words of a letter, texts/vi/NAME.txt and texts/en/NAME.txt. */
struct workbook_text {
	const char *name;             /* "accepted" */
	struct bytes body[LANGUAGES]; /* the whole file; empty: there is none */
};
const char *workbook_text_path(struct arena *a, const char *name, enum language l);
/* Would a cell give the file back as it is? */
bool workbook_text_fits(struct arena *a, struct bytes body);

/*
 * package is the campaign's datapackage.json, which book was made from. ERR_INPUT where a
 * reference table does not fit into a spreadsheet.
 */
int workbook_make(struct workbook *out, struct arena *a, const json_t *package,
    const struct rulebook *book, const struct workbook_text *texts, size_t text_count,
    struct err *e) MUST_CHECK;

/* A reference table that a workbook holds. */
struct workbook_table {
	const char *name, *path; /* path: plain names and "/" only, ends in .csv */
	struct bytes csv;
};

/* What is made of a workbook. */
struct workbook_package {
	json_t *package; /* the caller's to decref */
	struct workbook_table *tables;
	size_t table_count;
	struct workbook_text *texts;
	size_t text_count;
	struct workbook_places *places;
};

/*
 * Mistakes name sheet and cell, in language l; then ERR_INPUT, and out is empty. Sheets that it
 * does not know are told in *passed_over (NULL-terminated).
 */
int workbook_take(struct workbook_package *out, const char *const **passed_over,
    struct arena *a, const struct workbook *w, enum language l, struct mistakes *m,
    struct err *e) MUST_CHECK;

/*
 * The same mistake that rulebook_open found in the files made of a workbook, in language l,
 * with sheet and cell for "datapackage.json:/…" and "units.csv:3".
 */
const char *workbook_mistake(
    struct arena *a, const struct workbook_package *p, const char *mistake, enum language l);

#endif
