#ifndef RULES_HEARING_INT_H
#define RULES_HEARING_INT_H

#include "base/buf.h"
#include "rules/hearing.h"
#include "rules/layout_int.h"

/* One judged table. */
struct heard {
	struct judge *judge;
	struct verdict verdict;   /* once all tables were heard */
	struct heading_span near; /* of a table that is no form: what it looks like */
	struct words missing;     /* … and what it lacks */
	uint64_t texts;           /* rows with something in them */
	bool hidden, broken;      /* its sheet; its reader said that it is damaged */
	bool no_form;             /* the judge found none, and refused it for that */
	bool ignored;             /* no form, and none of the below */
	bool split;               /* it stands below another table of its sheet */
};

struct hearing {
	const struct rulebook *book;
	struct bench *bench;
	struct facts facts;
	struct arena *arena;
	struct passport *passport;  /* what the file says of itself; NULL: nothing */
	struct judge *judge;        /* of the table at hand; NULL between sheets */
	bool hidden, broken, split; /* the sheet at hand */
	struct heard *list;
	size_t count;
	size_t said; /* findings about forms so far */
};

/* hearing_sort.c: which of what was heard are verdicts, and what they must tell of the rest. */
size_t hearing_sort(struct verdict **out, struct hearing *h);

#endif
