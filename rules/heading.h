#ifndef RULES_HEADING_H
#define RULES_HEADING_H

#include "rules/rulebook.h"

/* Rows above the header may hold titles; beyond these many no header is looked for. */
#define HEADING_ROWS 50

/* The search for a header row: rows are kept until one of them is it. */
struct heading {
	struct row rows[HEADING_ROWS];
	size_t count;
	size_t best;             /* row of the best match so far */
	const struct form *form; /* of the best match; NULL: none had two known headings */
	unsigned matched,
	    expected; /* headings known to it, and how many of those it cannot do without */
};

/*
 * Keeps a copy of the row. true when the search is over: the best row then has all expected
 * columns of its form, or the rows are used up. only: the one form that counts; NULL: any.
 */
bool heading_add(struct heading *h, const struct rulebook *r, const struct form *only,
    const struct row *row, struct arena *a);
/* Is the best match good enough to call it that form, be it with columns missing? */
bool heading_fits(const struct heading *h);
/* The field of the form that this heading names; -1: none. */
int heading_field(
    const struct rulebook *r, const struct form *f, struct bytes title, struct arena *a);
/* What a person sees in the header: “Mã số”, “Nội dung” …; at most 12. */
const char *heading_seen(const struct row *row, struct arena *a);

#endif
