#ifndef RULES_RULE_H
#define RULES_RULE_H

#include "base/buf.h"
#include "rules/rulebook.h"

/* The kinds of rules. To add one: a file rule_NAME.c that defines rule_NAME, and X(NAME) here.
 */
#define RULES X(expr) X(query)

enum missing { MISSING_SKIP, MISSING_ZERO, MISSING_ERROR };

struct rule;

struct rule_kind {
	const char
	    *name; /* the property that makes a rule one of this kind: its text is the rule's */
	bool whole; /* judges the table, not each row */
	/*
	 * Appends the SELECT that finds what is wrong: ?1 is the table's number; columns "row",
	 * optional "field" (a name), optional "giamsat missing" (index of a field that is
	 * empty, or -1), and any placeholders. rule_row_source gives r.
	 */
	void (*compose)(struct buf *sql, const struct form *f, const struct rule *r);
};

#define X(name) extern const struct rule_kind rule_##name;
RULES
#undef X

/* A further expression of a rule, for its message. */
struct rule_value {
	const char *name, *expr;
};

struct rule {
	const char *id;
	const struct rule_kind *kind;
	enum level level;
	enum missing missing;
	const char *text;
	const int *fields; /* as the rule names them; the finding is shown at the first */
	size_t field_count;
	const int *reads; /* these and every field its SQL mentions: an error in one silences
	                     the rule for the row */
	size_t read_count;
	const int *shown; /* fields in its message */
	size_t shown_count;
	const struct rule_value *values;
	size_t value_count;
	struct words message;
};

/* Appends "WITH r AS (…)": the rows of table ?1 with NULL as 0 in the rule's fields when it
 * says so. */
void rule_row_source(struct buf *sql, const struct form *f, const struct rule *r);
/* Appends ", r.FIELD" for each field in the message. */
void rule_shown(struct buf *sql, const struct form *f, const struct rule *r);
/* Placeholders that every message knows. */
bool rule_place_name(struct bytes name);

#endif
