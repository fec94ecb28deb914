#ifndef RULES_AGAIN_H
#define RULES_AGAIN_H

#include "rules/past.h"

/*
 * A report that was accepted is asked again when something it was compared with has changed:
 * only the rules that read the past, over the rows that were accepted.
 */
struct again {
	const struct past_report *report; /* the past has its rows */
	const char *sheet;
	const uint32_t *columns; /* by field: where it stood in the file, 0 nowhere */
};

/* Do rules of the form read earlier reports of the other one, or, when it is the same, of its
 * own? */
bool again_depends(const struct bench *b, const struct form *f, const struct form *other);
/*
 * Findings of these rules alone; the verdict's other members say nothing. Adds the rows to the
 * bench, where they stay until bench_clear. The message's own tables must be forgotten
 * (again_begin): what of them counts the past holds by now.
 */
void again_begin(struct bench *b);
void again_judge(struct verdict *out, const struct rulebook *r, struct bench *b,
    const struct past *past, const struct again *x, struct arena *a);

#endif
