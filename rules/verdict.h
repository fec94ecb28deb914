#ifndef RULES_VERDICT_H
#define RULES_VERDICT_H

#include "rules/rulebook.h"

/* One thing to say about a table. All strings are UTF-8 in the arena of the message. */
struct finding {
	const char *type; /* Frictionless name: "type-error", "constraint-error",
	                     "missing-label", "primary-key" … or "rule" */
	enum level level;
	const char *rule; /* "M2-01"; "" for a constraint of the schema itself */
	const char *sheet;
	uint32_t row;      /* file row from 1; 0: the table as a whole */
	uint32_t column;   /* file column from 1; 0: the row as a whole */
	uint32_t field;    /* position reported to machines ("field" of --json): file column, or
	                      schema position for missing-label */
	const char *title; /* of the column, as the campaign calls it; "" */
	const char *value; /* as the sender wrote it, at most 200 characters; "" */
	struct words message; /* placeholders filled in */
};

struct rule_failure {
	const char *rule;   /* "M2-01" */
	const char *reason; /* English, without data */
};

/* What was found out about one table, and whether it is good. */
struct verdict {
	const struct form *form; /* NULL: no form fits */
	const struct unit *unit; /* NULL: not known */
	struct period period;    /* kind NONE: not known */
	bool valid; /* no error, no reject; under a partial form: no reject and some row left */
	const char *sheet;
	uint32_t header_row;
	uint64_t rows;        /* data rows seen */
	uint64_t rows_good;   /* … that may be loaded */
	uint64_t by_level[4]; /* counts by enum level, also of findings beyond the ceiling */
	struct finding *findings; /* in order of row and column */
	size_t count;
	const uint32_t *columns; /* columns[field] = file column from 1, 0: not in the file */
	int table;               /* on the bench (bench_rows); -1: no rows there */
	/* Rules that could not be asked (too slow, wrong): for the operator, not the sender.
	 * They refuse nothing. */
	const struct rule_failure *failed;
	size_t failed_count;
};

#endif
