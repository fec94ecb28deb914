#ifndef RULES_RULE_H
#define RULES_RULE_H

#include "base/buf.h"
#include "rules/rulebook.h"

/* The kinds of rules. To add one: a file rule_NAME.c that defines rule_NAME, and X(NAME) here;
 * docs/CAMPAIGN.md tells people what it does. */
#define RULES                                                                                  \
	X(expr)                                                                                \
	X(query)                                                                               \
	X(balance)                                                                             \
	X(parts)                                                                               \
	X(ratio)                                                                               \
	X(order)                                                                               \
	X(both_or_none)                                                                        \
	X(required_if)                                                                         \
	X(only_one)                                                                            \
	X(in_list)                                                                             \
	X(unit_owns)                                                                           \
	X(sum_of_rows)                                                                         \
	X(complete)                                                                            \
	X(no_near_duplicates)                                                                  \
	X(same_as_previous)                                                                    \
	X(never_falls)                                                                         \
	X(cumulative)                                                                          \
	X(change_within)                                                                       \
	X(outlier)                                                                             \
	X(count_matches)

enum missing { MISSING_SKIP, MISSING_ZERO, MISSING_ERROR };

/* How far a rule looks; "scope" may say it. */
enum rule_scope {
	SCOPE_CELL,
	SCOPE_ROW,
	SCOPE_TABLE,
	SCOPE_PERIOD, /* earlier reports of the unit, too */
	SCOPE_FORM,   /* other forms' reports, too */
	SCOPE_UNIT,   /* what belongs to the unit; reports of others */
	RULE_SCOPES
};

/* ---- parameters of declarative kinds ---- */

enum param_type {
	PARAM_FIELD,  /* name of a field */
	PARAM_FIELDS, /* a list of them; a name alone is a list of one */
	/* a list of conditions: "field" (is there), "field=value", "field>number" */
	PARAM_TERMS,
	PARAM_WHEN,   /* {"field": …, "is": [values]} or {"field": …, "above": number} */
	PARAM_NUMBER, /* from least to most */
	PARAM_FLAG,
	PARAM_CHOICE,   /* one of choices */
	PARAM_SQL,      /* a condition over a row */
	PARAM_RESOURCE, /* a reference table; the one the field looks up unless given */
	PARAM_COLUMN,   /* of that table; the one the field looks up unless given */
	/* which rows are the unit's, as "of" of a field's giamsat:lookup; that one unless given
	 */
	PARAM_OWNERS,
	PARAM_CODELIST, /* a list of codelists */
	PARAM_FORM,     /* another form, by its id */
	PARAM_OTHER,    /* a field of that form */
};

/* What its fields may be. */
enum param_of {
	OF_ANY,
	OF_NUMBERS,
	OF_ORDERED, /* all numbers, or all dates */
	OF_COUNTED, /* numbers, or yes and no */
	OF_DATES
};

struct rule_param {
	const char *name;
	enum param_type type;
	bool required;
	enum param_of of;
	bool is_key;         /* fields that find a row, not what it is judged by */
	bool earlier;        /* … that are read in an earlier report */
	const char *choices; /* separated by blanks; the first is taken when none is given */
	bool whole;          /* a number without a fraction */
	double least, most;  /* both 0: any */
	struct words help;   /* what it is, for lists of parameters */
};

/* A parameter as a rule gives it. */
struct rule_arg {
	bool given;
	const int *fields;
	size_t count;
	double number;
	const char *text; /* the choice; SQL; a column's or list's name; NULL: not given */
	bool flag;
	/* terms and when: SQL over r that is true or false, and how people say it; each for the
	   field of the same place */
	const char *const *conditions;
	const struct words *titles;
	const struct reference *table;     /* NULL: none */
	const struct form *form;           /* NULL: none */
	const struct lookup_owner *owners; /* rules/lookup.h */
	size_t owner_count;
	const struct reference *units; /* whose columns owners name */
};

struct at;      /* rules/descriptor.h */
struct formula; /* rules/formula.h */
struct checks;  /* rule_int.h */
struct rule;

struct rule_kind {
	const char *name; /* the property that makes a rule one of this kind */
	enum rule_scope scope;
	struct words help;   /* one sentence */
	const char *example; /* the property's value, JSON */
	/* Ended by one without a name. NULL: the property is SQL text. */
	const struct rule_param *params;
	bool whole; /* is not asked while a cell it reads is wrong. Otherwise just what it finds
	               in rows with such a cell, and about the table, is passed over */
	bool about_empty; /* whether cells are empty is what it asks: "missing" has no sense */
	/* What else is asked of the parameters at this place, once each is read; NULL: nothing
	 */
	void (*check_params)(const struct rule *r, const struct form *f, const struct at *at);
	/* Adds what is to be asked of each row; with a query, just the words for what it finds.
	 */
	void (*checks)(struct checks *c);
	/*
	 * Appends a SELECT of what is wrong: columns "row" (NULL: the table), optional "field"
	 * (a name), and any placeholders; it reads r. The rule's where, shown fields are added.
	 */
	void (*query)(struct buf *sql, const struct form *f, const struct rule *r);
};

#define X(name) extern const struct rule_kind rule_##name;
RULES
#undef X

/* All kinds, in the order of RULES. */
const struct rule_kind *const *rule_kinds(size_t *count);

/* A further expression of a rule, for its message. */
struct rule_value {
	const char *name, *expr;
};

/* One condition of a rule for rows, with the words for it. */
struct rule_check {
	int field;         /* where it is shown */
	const char *place; /* SQL: name of that field, where it differs from row to row; NULL */
	bool once;         /* is asked of the table, not of each row */
	bool warns; /* cannot be sure: told as a warning where the rule is more, in the kind's
	               words */
	bool all;   /* is not asked unless every field of the rule is there */
	const char *wrong; /* SQL over r, true where it is wrong */
	/* The same, computed of a row; NULL: only SQL can tell. */
	const struct formula *condition;
	const struct rule_value *values;
	size_t value_count;
	struct words message; /* of the kind: counts where the rule has none */
	/* Patterns of {formula} and {terms}: how it is computed, in numbers and in titles;
	 * in[0] NULL: none */
	struct words formula, terms;
};

struct rule {
	const char *id;
	const struct rule_kind *kind;
	enum level level;
	enum missing missing;
	enum rule_scope scope;
	bool whole;                  /* as the kind's */
	const char *text;            /* expr, query: the SQL */
	const struct rule_arg *args; /* as kind->params */
	const char *where;           /* SQL over the row: which rows it is about; NULL: all */
	const int *fields; /* that it is about; the finding is shown at the first unless a check
	                      says otherwise */
	size_t field_count;
	const int *reads; /* these and every field its SQL mentions: an error in one silences
	                     the rule for the row */
	size_t read_count;
	const int *shown; /* fields in its messages */
	size_t shown_count;
	const struct rule_value *values;
	size_t value_count;
	struct words message; /* in[0] NULL: the kind's own */
	const struct rule_check *checks;
	size_t check_count;
	/* What the checks read beside r: further parts of the WITH, each behind a comma, and
	 * joins; NULL */
	const char *with, *join;
	bool alone; /* each check has its condition, and nothing it says looks at other rows */
};

/* Of the kind's parameter of that name; never NULL. */
const struct rule_arg *rule_arg(const struct rule *r, const char *name);
/* The statement that finds what is wrong, without the WITH at its head: ?1 is the table's
 * number; columns as kind->query's, and "giamsat missing" (index of a field that is empty, or
 * -1), "giamsat check". */
void rule_compose(struct buf *sql, const struct form *f, const struct rule *r);
/* Placeholders that every message knows. */
bool rule_place_name(struct bytes name);

#endif
