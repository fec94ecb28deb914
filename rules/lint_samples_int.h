#ifndef RULES_LINT_SAMPLES_INT_H
#define RULES_LINT_SAMPLES_INT_H

#include "rules/bench_int.h"
#include "rules/lint_int.h"

#define SAMPLE_ROWS 400 /* of the large table */
/* Tables in which each code of the key stands once, and nothing is blank. */
#define SAMPLE_KEYED  4
#define SAMPLE_SINGLE 24 /* tables of one row each */
#define SAMPLE_TABLES (1 + SAMPLE_KEYED + SAMPLE_SINGLE + 1)

/* Rows made up to try a form's rules on. */
struct sampler {
	struct linter *linter;
	const struct form *form;
	const struct unit *unit;
	struct period period;
	struct bench *bench;
	uint64_t state;
	const char **texts; /* that stand in the form's rules, and so do the numbers */
	int64_t *numbers;
	size_t text_count, number_count;
	int tables[SAMPLE_TABLES]; /* the large one, the keyed ones, those of one row, the empty
	                              one */
	bool *there;               /* [row of the large table][field] */
};

/* A value that the field takes, or none; rows 0 and 1 are empty and zero where that may be. */
struct cell sample_cell(struct sampler *s, const struct field *f, size_t row);

static inline struct cell
sample_text(const char *text)
{
	return (struct cell){ .kind = CELL_TEXT, .text = bytes_of(text) };
}

#endif
