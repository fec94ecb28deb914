#ifndef INGEST_XLSX_INT_H
#define INGEST_XLSX_INT_H

#include "base/arena.h"
#include "base/buf.h"
#include "ingest/archive.h"
#include "ingest/grid.h"
#include "ingest/legacy.h"
#include "ingest/serial.h"

/*
 * The parts of a workbook (ECMA-376). What is wrong with one is a word of NOTE_UNREADABLE;
 * NULL: nothing.
 */

/* Ceilings that no setting changes; of parts that are kept whole, and of what is kept. */
#define XLSX_PART_BYTES   ((uint64_t)16 << 20)
#define XLSX_STYLES_BYTES ((uint64_t)64 << 20)
/* A sheet or all strings: no mail holds so many real ones. */
#define XLSX_LONG_BYTES   ((uint64_t)320 << 20)
#define XLSX_SHEETS       1024u
#define XLSX_STYLES       (1u << 17) /* twice of what Excel allows */
#define XLSX_STRINGS      (3u << 20)
#define XLSX_STRING_BYTES ((size_t)48 << 20)
#define XLSX_PROPERTIES   64u

#define XLSX_ROWS    1048576u
#define XLSX_COLUMNS 16384u

/* --- xlsx_value.c: attributes and references */

/* xsd:boolean; nothing is false. */
bool xlsx_flag(struct bytes text);
/* A decimal number without a sign, at most most; false: none. */
bool xlsx_number(uint32_t *out, struct bytes text, uint32_t most);
/* "B7"; false: no cell of any sheet. */
bool xlsx_cell_place(uint32_t *row, uint32_t *column, struct bytes text);
/* "B7:D9" or "B7". */
bool xlsx_range(struct grid_range *out, struct bytes text);
/* false: it is no number. */
bool xlsx_double(double *out, struct bytes written);
/* A number as serial_number writes it; text is written itself or in room. */
bool xlsx_decimal(struct bytes *text, char room[SERIAL_TEXT], struct bytes written);
/* ISO 8601 as cells of type "d" have it; false: none. */
bool xlsx_moment(enum native *native, struct bytes *text, struct bytes written);

/* --- xlsx_package.c: which part is what */

struct xlsx_relation {
	struct bytes id;
	struct bytes kind; /* the last word of its type: "worksheet", in strict files, too */
	struct bytes part; /* name of the entry it leads to */
};

struct xlsx_relations {
	struct xlsx_relation *list;
	size_t count;
};

/* What the part leads to ("": the package itself); none when it does not say. */
const char *xlsx_relations(struct xlsx_relations *out, struct arena *a, struct archive *archive,
    struct bytes part) MUST_CHECK;
/* The first of that kind; NULL: none. */
const struct xlsx_relation *xlsx_of_kind(const struct xlsx_relations *r, const char *kind);
const struct xlsx_relation *xlsx_of_id(const struct xlsx_relations *r, struct bytes id);

enum xlsx_package { XLSX_NONE, XLSX_WORKBOOK, XLSX_BINARY };
/* Whether the archive is a workbook by its own words, and the part that is. */
enum xlsx_package xlsx_package(struct bytes *part, struct arena *a, struct archive *archive);

/* --- xlsx_workbook.c */

struct xlsx_sheet {
	struct bytes name, relation;
	bool hidden;
};

struct xlsx_workbook {
	struct xlsx_sheet *sheets;
	size_t count;
	bool from_1904;
	/* Whoever wrote it left the formulas to Excel: a 0 of one means nothing yet. */
	bool to_calculate;
};

const char *xlsx_workbook(struct xlsx_workbook *out, struct arena *a, struct archive *archive,
    uint32_t entry) MUST_CHECK;

/* --- xlsx_properties.c */

/* "name=value" of each custom property with a text. */
struct xlsx_properties {
	struct bytes list[XLSX_PROPERTIES];
	size_t count;
};

const char *xlsx_properties(struct xlsx_properties *out, struct arena *a,
    struct archive *archive, uint32_t entry) MUST_CHECK;

/* --- xlsx_styles.c */

struct xlsx_style {
	enum shown shown;
	const struct legacy *legacy; /* of its font; NULL: Unicode */
};

struct xlsx_styles {
	struct xlsx_style *list;
	size_t count;
};

void xlsx_styles_free(struct xlsx_styles *s);
const char *xlsx_styles(
    struct xlsx_styles *out, struct archive *archive, uint32_t entry) MUST_CHECK;

/* --- xlsx_text.c: the text of a string item or an inline string */

struct xlsx_text {
	struct buf text;
	size_t from; /* where the <t> at hand begins in it */
	bool in_text, in_run, has_font;
	unsigned phonetic; /* depth inside what is only to be spoken */
	const struct legacy *font;
	const struct legacy *converted; /* the last that meant other letters; NULL: none did */
	size_t most;                    /* bytes; more is "field" */
};

void xlsx_text_begin(struct xlsx_text *t);
const char *xlsx_text_start(
    struct xlsx_text *t, const char *name, const char *const *attributes) MUST_CHECK;
const char *xlsx_text_end(struct xlsx_text *t, const char *name) MUST_CHECK;
const char *xlsx_text_add(struct xlsx_text *t, struct bytes piece) MUST_CHECK;
/* Replaces each "_x000D_" of b from there on by its character (ECMA-376 §22.9.2.19). */
void xlsx_unescape(struct buf *b, size_t from);
/*
 * The text of a cell in that font (NULL: Unicode): raw, or in out. Runs with a font of their
 * own are done already. *changed is set when the font meant other letters.
 */
struct bytes xlsx_text_of_cell(
    struct buf *out, struct bytes raw, const struct legacy *font, bool *changed);

/* --- xlsx_strings.c: the strings that cells share */

struct xlsx_strings {
	struct buf bytes; /* length as LEB128, text; in any order */
	uint32_t *places;
	size_t count, room;
	const struct legacy *converted; /* as of struct xlsx_text */
};

void xlsx_strings_free(struct xlsx_strings *s);
const char *xlsx_strings(struct xlsx_strings *out, struct archive *archive, uint32_t entry,
    const struct limits *limits) MUST_CHECK;
/* false: there is none of that number. */
bool xlsx_string(struct bytes *out, const struct xlsx_strings *s, uint32_t i);

/* --- xlsx_sheet.c */

struct xlsx_book {
	struct archive *archive;
	const struct limits *limits;
	struct table_sink *sink;
	struct grid *grid;
	struct xlsx_workbook workbook;
	struct xlsx_styles styles;
	struct xlsx_strings strings;
	bool font_told;
};

/*
 * Rows of one worksheet into the grid, whose sheet is begun. What is wrong with it is refused
 * there; the code is the grid's.
 */
int xlsx_sheet(struct xlsx_book *book, uint32_t entry, struct err *e) MUST_CHECK;
/* xlsx_merges.c: merged cells, which stand behind the rows, come first. */
int xlsx_merges(struct xlsx_book *book, uint32_t entry, struct err *e) MUST_CHECK;

#endif
