#ifndef REPORTS_TEMPLATE_H
#define REPORTS_TEMPLATE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"

/*
 * The texts of letters, with places to fill:
 *
 *	{name}              a value
 *	{#name}…{/name}     once for each item of a list; inside, the item's own values come
 *before the others
 *	{?name}…{/name}     when the flag is set, the value is not empty, the list has items
 *	{!name}…{/name}     when not
 *	{{                  a brace
 *
 * A line that holds nothing but such a mark leaves no line behind. A line with a TAB is a label
 *and its value: neighbours are lined up. A grid is a table and stands alone on its line.
 *Paragraphs are one long line each.
 */

struct grid {
	const char *const *heads; /* NULL: none */
	size_t columns, rows;
	const char *const *cells; /* row after row */
	const bool *right;        /* per column: numbers; NULL: none */
	const bool *strong;       /* per row; NULL: none */
	bool listed; /* as plain text: a row is two lines, its last column standing below the
	                others */
};

/* Values by name. Everything given is copied to the arena; foreign text loses control and
 * direction marks on the way. */
struct slots;

struct slots *slots_new(struct arena *a);
void slot_text(struct slots *s, const char *name, const char *value); /* NULL: "" */
void slot_printf(struct slots *s, const char *name, const char *fmt, ...) FORMAT(3, 4);
void slot_flag(struct slots *s, const char *name, bool set);
void slot_grid(struct slots *s, const char *name, const struct grid *g);
void slot_list(struct slots *s, const char *name);          /* a list, empty so far */
struct slots *slot_item(struct slots *s, const char *name); /* its next item */

/* What foreign text may show: UTF-8 without control bytes, line ends and marks that turn the
 * direction of writing. */
const char *shown(struct arena *a, struct bytes text);

/* A text with its places filled: lines, and the grids they stand for. */
struct filled {
	struct buf text;
	const struct grid **grids;
	size_t grid_count;
};
void filled_free(struct filled *f);

/* ERR_STOP with the line when the text is malformed or asks for a name that no slot has. */
int template_fill(struct filled *out, struct arena *a, struct bytes text, const struct slots *s,
    struct err *e) MUST_CHECK;
/* Whether it is well formed and asks only for these names (NULL-terminated); ERR_STOP with the
 * line otherwise. */
int template_check(
    struct bytes text, struct arena *a, const char *const *names, struct err *e) MUST_CHECK;

/* As plain text, lines wrapped at 76 columns. */
void layout_text(struct buf *out, const struct filled *f);
/* As a whole HTML page without any outside reference; every byte of text is escaped. */
void layout_html(struct buf *out, const struct filled *f, const char *language);
/* The same for one grid. */
void grid_text(struct buf *out, const struct grid *g);
void grid_html(struct buf *out, const struct grid *g);
/* Text broken at blanks into lines of at most 76 columns, further lines indented. */
void wrap_text(struct buf *out, struct bytes text, size_t indent);

#endif
