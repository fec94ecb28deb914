#ifndef RULES_PAST_H
#define RULES_PAST_H

#include "rules/bench.h"
#include "rules/verdict.h"

/*
 * What was accepted before, as the judge sees it. The judge knows no ledger: who has one (or
 * files that were judged before) answers these questions. Rules read the answers as the tables
 * prev, history, peers, reports and those of the other forms (docs/CAMPAIGN.md, Rules).
 */

/* One accepted report in force. */
struct past_report {
	int64_t id; /* of the past that told it */
	const struct form *form;
	const char *unit; /* its code */
	struct period period;
	struct date received;
	bool official; /* all its rows are (form->official_field); true where nothing is said */
};

/*
 * OK, or why the past cannot be read; then the rules that need it are not asked and the table
 * is judged without them. What is given lives in the arena. A past sees what was committed and
 * what the same transaction holds.
 */
struct past {
	void *self;
	/* All reports of these units, of every form and period; in any order. */
	int (*reports)(struct past_report **out, size_t *count, void *self, struct arena *a,
	    const char *const *units, size_t unit_count, struct err *e);
	/* The reports of all units of this form and period. */
	int (*peers)(struct past_report **out, size_t *count, void *self, struct arena *a,
	    const struct form *f, struct period p, struct err *e);
	/* Gives the rows in file order, cells[field] as bench_add takes them, until take says
	 * false. */
	int (*rows)(void *self, const struct past_report *report,
	    bool (*take)(void *at, uint32_t row, const struct cell *cells), void *at,
	    struct err *e);
};

/* Does this row say that its report is official? */
bool past_row_official(const struct form *f, const struct cell *cells);

/* ---- whose past it is ---- */

/* A unit and those it follows (column successors of units), whose reports it goes on from. */
struct lineage {
	const char *const *units; /* codes, the unit itself first */
	size_t count;
};
struct lineage past_lineage(struct arena *a, const struct rulebook *r, const char *unit);
/* The other way round: the unit and those that follow it. */
struct lineage past_successors(struct arena *a, const struct rulebook *r, const char *unit);

/* A report before another one; age 1 is the one before. */
struct past_aged {
	const struct past_report *report;
	unsigned age;
};
/*
 * The earlier reports of the form that the unit's report for the period goes on from, newest
 * first: its own, and behind those (or, while it has none, in their place) the reports of each
 * unit it follows, so that several may have one age. Only official ones where the form tells
 * them apart. At most age ages.
 */
size_t past_before(struct past_aged **out, struct arena *a, const struct rulebook *r,
    const struct form *f, const char *unit, struct period p, const struct past_report *list,
    size_t count, unsigned age);

/* ---- a past of tables that were judged here ---- */

/* For `check --before` and the rulebook's own cases: what is added counts as accepted; a later
 * report of the same unit, form and period takes the earlier one's place. Lives in the arena.
 */
struct past_kept;
struct past_kept *past_kept_new(struct arena *a);
/* verdict: valid, its rows still on the bench. Rows are copied. */
int past_kept_add(struct past_kept *k, const struct verdict *v, struct date received,
    struct bench *b, struct err *e) MUST_CHECK;
const struct past *past_kept_past(const struct past_kept *k);

#endif
