#ifndef RULES_HEADING_H
#define RULES_HEADING_H

#include "rules/heading_index.h"

enum {
	HEADING_ROWS = 50,      /* beyond these many rows no header is looked for */
	HEADING_HEIGHT = 3,     /* rows of one header: parents above children */
	HEADING_COLUMNS = 1024, /* columns further right are no part of a header */
	HEADING_BEYOND = 2,     /* rows below a match that may belong to it */
	HEADING_FORMS = 64,     /* forms of one rulebook that are looked for */
};

/* One row as it is searched. */
struct heading_row {
	struct heading_text *texts; /* of the first width cells */
	uint32_t width;
	bool known; /* has a text that may be a heading */
};

/* How well some rows head a form: what counts first stands first. */
struct heading_span {
	const struct form *form;  /* NULL: none had two known headings */
	unsigned matched,         /* headings known to it */
	    expected,             /* how many of those it cannot do without */
	    open,                 /* columns that cannot be settled */
	    told;                 /* … that can, but it must be told */
	unsigned titled;          /* columns with a heading, known or not */
	size_t first, height;     /* rows */
	const struct form *rival; /* another form that fits as well; NULL: none */
};

/* The search for a header: rows are kept until it is found or the search is over. */
struct heading {
	struct row rows[HEADING_ROWS];
	struct heading_row searched[HEADING_ROWS];
	size_t count;
	struct heading_span found;
	/* A match above the one found that was let go for it; form NULL: none. */
	struct heading_span passed;
	size_t best; /* its first row: rows above it are title lines */
};

/*
 * Keeps a copy of the row. true when the search is over: a form was found and the rows below
 * its header were seen, or the rows are used up. only: the one form that counts; NULL: any.
 */
bool heading_add(struct heading *h, const struct rulebook *r, const struct form *only,
    const struct row *row, struct arena *a);
/* Is the match good enough to call it that form, be it with columns missing? */
bool heading_fits(const struct heading_span *s);
/* Could this row be a header's first one? Its first texts are headings of some form. */
bool heading_begins(const struct rulebook *r, const struct row *row, struct arena *a);
/* A copy in the arena. */
void row_copy(struct row *out, const struct row *row, struct arena *a);
/* What a person sees in the rows: “Mã số”, “Nội dung” …; at most 12. */
const char *heading_seen(const struct row *row, struct arena *a);

/* ---- what stands above one column ---- */

/* Texts from the topmost parent down to the heading itself. */
struct heading_path {
	const struct heading_text *parts[HEADING_HEIGHT];
	size_t depth;
	uint32_t row; /* the file's row in which the heading itself stands */
	bool filled;  /* a parent is the one at the left, for want of merges: it may be none */
};

struct heading_grid;
/* The rows of a span, with parents filled to the right and titles down. */
struct heading_grid *heading_grid_new(
    const struct heading *h, size_t first, size_t height, struct arena *a);
uint32_t heading_grid_width(const struct heading_grid *g);
/* Of the column (from 0); false: it has no heading. */
bool heading_grid_path(struct heading_path *out, const struct heading_grid *g, uint32_t column);

/* ---- what it may mean ---- */

enum heading_bond {
	BOND_JOINED, /* parent and child together are a title */
	BOND_PARENT, /* a heading below its own parent */
	BOND_ALONE,  /* a heading that needs none */
	BOND_LOOSE   /* one that needs a parent and has none that is known */
};

struct heading_option {
	uint32_t entry; /* form << 16 | field */
	uint8_t bond, spelling;
	bool alone;   /* a loose one: it would be enough alone */
	bool foreign; /* … but stands below a parent of others */
	bool filled;  /* … which may be none */
};

enum { HEADING_OPTIONS = 24 };
struct heading_options {
	struct heading_option list[HEADING_OPTIONS];
	size_t count;
};

void heading_options_find(struct heading_options *out, const struct rulebook *r,
    const struct heading_path *path, struct arena *a);

/* The fields of one form that are left: one is certain when firm. */
enum { HEADING_CHOICES = 4 };
struct heading_choice {
	int fields[HEADING_CHOICES];
	bool alone[HEADING_CHOICES]; /* by choice, as of its option */
	bool foreign, filled;
	unsigned count; /* 0: the heading is none of this form's */
	bool firm;
	uint8_t spelling;
};
void heading_choose(
    struct heading_choice *out, const struct heading_options *options, size_t form);

/* ---- each column to its field ---- */

enum heading_how {
	HEADED,          /* field is it */
	HEADED_BARE,     /* … typed without accents */
	HEADED_BY_ORDER, /* … the likeliest of several, for where it stands or how it is used */
	HEADED_TWICE,    /* field stands in another column already */
	HEADED_UNCLEAR, /* may be any of the choice */
	HEADED_NOT      /* no heading of the form */
};

struct heading_column {
	uint32_t row, column; /* of the heading, from 1 */
	struct bytes title;   /* as it stands there, parents not counted */
	const struct heading_text *text;
	enum heading_how how;
	int field; /* -1: none */
	struct heading_choice choice;
};

/* The columns of the span that have headings, in order; returns their number. */
size_t heading_assign(struct heading_column **out, const struct heading *h,
    const struct heading_span *span, const struct rulebook *r, struct arena *a);
/* Fields not in taken whose heading is nearly this one, at most HEADING_CHOICES: edit distance
 * of keys, numbers not counted. */
size_t heading_near(int out[HEADING_CHOICES], const struct form *f, const bool *taken,
    const struct heading_text *t, struct arena *a);

#endif
