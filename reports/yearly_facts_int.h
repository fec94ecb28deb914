#ifndef REPORTS_YEARLY_FACTS_INT_H
#define REPORTS_YEARLY_FACTS_INT_H

#include "reports/yearly_int.h"

#define NAMES_MOST 96 /* over what rules/results.c lets a table ask */

/* What is asked of the ledger for one table: every field by which rows must be told apart, each
 * once. */
struct question {
	const struct result_table *t;
	const char *names[NAMES_MOST];
	size_t name_count;
	const char *sums[NAMES_MOST];
	size_t sum_count;
	size_t across, unit, latest, period, where; /* places in names; NAMES_MOST: not asked */
	size_t measure_at[NAMES_MOST];              /* place in sums, or in names for a count */
	size_t measure_where[NAMES_MOST];
};

/* The rows of one year that count, in order of the groups. */
struct facts {
	const struct question *q;
	const struct figure_row **rows;
	size_t count;
};

/* Rows from, to of the facts, all or those of one value across. */
struct range {
	const struct facts *facts;
	size_t from, to;
	const char *across;
};

void question_make(struct question *q, const struct result_table *t);
/* In arena a; borrows q. */
int facts_read(struct facts *f, struct arena *a, const struct letter_context *ctx,
    const struct question *q, int year, struct err *e) MUST_CHECK;
/* Whether two rows agree in one of the names. */
bool rows_agree(const struct figure_row *a, const struct figure_row *b, size_t name);
/* A sum, count or ratio over the range; empty when there is nothing to show. ERR_INPUT: a sum
 * over 18 digits. */
int column_value(struct yearly_cell *out, const struct range *r, struct arena *a,
    const struct result_column *c, struct err *e) MUST_CHECK;

#endif
