#ifndef RULES_GLANCE_H
#define RULES_GLANCE_H

#include "rules/value.h"

/*
 * What a form's fields take without a second thought: "125", "28,10", "2023-02-15", a text
 * without signs at its ends. Nearly all cells of a large table are such, and right.
 */
struct glance;

/* Of each field. */
const struct glance *glance_new(struct arena *a, const struct form *f);
/*
 * true: *out is what value_read says of this text under a lenient context, and it is good: no
 * fault, no remark, no doubt. false: value_read must tell; *out is nothing. clear: its row was
 * looked at, and no letters are lost in it.
 */
bool glance_read(struct cell_reading *out, struct bytes text, int field,
    const struct glance *all, bool clear);

#endif
