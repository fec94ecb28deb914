#ifndef RULES_IDENTITY_H
#define RULES_IDENTITY_H

#include "rules/rulebook.h"

/* A place where unit and period may be named, in the order in which they count. */
struct said {
	struct words where; /* "Tên tệp", "the file's name" */
	struct bytes text;
	bool lines; /* title lines: each on its own */
};

/* The unit whose code or full name the text holds, valid at some time; NULL: none. */
const struct unit *identity_unit(
    const struct rulebook *r, struct arena *a, const struct said *said);
/*
 * A unit that the text names and that is not own, valid at the same time, while own is not
 * named there; NULL: none. A name that is addressed ("Kính gửi: …") does not count.
 */
const struct unit *identity_other_unit(
    const struct rulebook *r, struct arena *a, const struct said *said, const struct unit *own);

enum period_found { PERIOD_FOUND, PERIOD_NOT_SAID, PERIOD_DIFFERS, PERIOD_OTHER_KIND };

struct period_result {
	struct period period, other; /* other: what differs, or the one of another kind */
	struct words where, other_where;
};
/* The one period of that kind on which all agree who name one. */
enum period_found identity_period(struct period_result *out, struct arena *a,
    const struct said *said, size_t count, enum period_kind kind);

#endif
