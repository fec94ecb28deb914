#ifndef RULES_CASES_H
#define RULES_CASES_H

#include "rules/bench.h"
#include "rules/verdict.h"

/*
 * The rulebook's own cases: tables that must pass or fail, written by who writes the rules, in
 * files cases/NAME.json of the campaign's folder (docs/CAMPAIGN.md, "The rulebook's own
 * cases"). A rulebook whose cases fail is no rulebook.
 */

/* One table as a unit would send it. */
struct case_table {
	const struct form *form;
	const struct unit *unit;
	struct period period;
	struct date received;           /* year 0: the day of arrival is not judged */
	const char *const *const *rows; /* rows[i][field], as typed; "" blank */
	size_t row_count;
	const bool *left_out; /* [field]: the table has no such column */
};

/* What must be found: "M2-01@2/poor_end", and a part of its sentence (NULL: any). */
struct case_expectation {
	const char *what, *says;
};

struct rule_case {
	const char *name;
	const char *place; /* "cases/m2.json:/3" */
	bool judged;       /* false: only others are based on it */
	bool complete;     /* expected is all that may be found; false: only misses count */
	struct case_table table;
	const struct case_table *before, *with; /* earlier reports; other forms sent with it */
	size_t before_count, with_count;
	bool past_known; /* "before" is there, if only to say that there was none; otherwise
	                    rules that look back are not asked */
	const struct case_expectation *expected;
	size_t expected_count;
	const char *const *misses; /* rules that must not fire: a near miss of each */
	size_t miss_count;
};

struct rule_cases {
	const struct rule_case *list;
	size_t count;
};

/*
 * Reads cases/ *.json of the rulebook's folder in the order of their names; no such folder is
 * no cases. ERR_STOP: mistakes (added to) hold each.
 */
int cases_read(struct rule_cases *out, struct arena *a, const struct rulebook *r,
    struct mistakes *m, struct err *e) MUST_CHECK;

/* How one case came out; all strings in the arena. */
struct case_result {
	bool passed;
	const char *const *missing; /* expected and not found, as expected */
	size_t missing_count;
	const char *const *surplus; /* found and not expected: "M2-01@2/poor_end" */
	const struct finding *const *surplus_findings; /* … and what they say */
	size_t surplus_count;
	const char *const *fired; /* rules of the case's "misses" that fired after all */
	size_t fired_count;
	const struct rule_failure *failed; /* rules that could not be asked */
	size_t failed_count;
	const char *spoiled; /* of "before" or "with" is not accepted: which and why; NULL */
	const struct verdict *verdict; /* NULL: the table was none */
};

/* Judges the case as mail is judged. Empties the bench first. */
void case_run(struct case_result *out, const struct rule_case *c, const struct rulebook *r,
    struct bench *b, struct arena *a);

/* Of each rule of the rulebook: does a case make it fire, is there a near miss? */
struct rule_coverage {
	const struct form *form;
	const struct rule *rule;
	bool fired, missed;
};
/* In the order of forms and rules; *count of them, in the arena. */
struct rule_coverage *cases_coverage(
    size_t *count, const struct rule_cases *cases, const struct rulebook *r, struct arena *a);

#endif
