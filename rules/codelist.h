#ifndef RULES_CODELIST_H
#define RULES_CODELIST_H

#include "rules/finder.h"
#include "rules/rulebook.h"

struct code {
	const char *code;
	struct words title;
	struct date valid_from, valid_to; /* year 0: open */
};

struct codelist {
	const char *name;
	const struct code *codes;
	size_t count;
	unsigned pad;        /* all codes are numbers of so many digits; 0: they are not */
	struct finder names; /* keys of code, titles and aliases */
	struct finder exact; /* the same as they are written: most cells need no key */
};

/* The list of that name in the reference table "codelists"; NULL when it has no such rows. */
const struct codelist *codelist_new(
    struct arena *a, const struct reference *table, const char *name);
enum code_found { CODE_FOUND, CODE_PADDED, CODE_UNKNOWN, CODE_ENDED, CODE_NOT_YET };
/* By code (CODE_PADDED: once its leading zeros were back), title or alias; valid on some day
 * from first to last (open when year 0). *out is also set when ended or not yet. */
enum code_found codelist_find(const struct code **out, struct arena *a,
    const struct codelist *c, struct bytes text, struct date first, struct date last);
/* The title of a stored code; NULL when the list does not know it. */
const char *codelist_title(const struct codelist *c, struct bytes code, enum language l);

#endif
