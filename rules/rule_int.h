#ifndef RULES_RULE_INT_H
#define RULES_RULE_INT_H

#include "rules/rule.h"
#include "rules/rulebook_int.h"

/* What kinds of rules are made of: reading in rule.c and rule_params.c, SQL in rule_sql.c. */

#define CELL_VI "Ô {cell} (cột “{title}”): "
#define CELL_EN "Cell {cell} (column “{title}”): "

#define PARAM_TOLERANCE                                                                        \
	{                                                                                      \
		.name = "tolerance", .type = PARAM_NUMBER, .most = 1e12, .help = {             \
			{ "được phép chênh; mặc định 0",                                       \
			    "how far it may be off; 0 unless given" }                          \
		}                                                                              \
	}

/* The checks of one rule while they are made; strings live in the arena. */
struct checks {
	struct arena *arena;
	const struct form *form;
	const struct rule *rule;
	struct rule_check *list;
	size_t count, room;
};

/* A new one, shown at the field; the caller fills it in. */
struct rule_check *checks_add(struct checks *c, int field);
void check_value(struct checks *c, struct rule_check *k, const char *name, const char *expr);

/* rule_params.c: the object at as parameters of the kind. */
void rule_params_read(
    struct rule *r, struct builder *b, const struct form *f, const struct at *at);

/* ---- sums of fields ---- */

struct sum {
	const struct rule_arg *plus, *minus; /* minus may be NULL */
};
/* "r.a + r.b - r.c" */
const char *sum_sql(struct checks *c, struct sum s);
/* "{a} + {b} − {c}" */
struct words sum_numbers(struct checks *c, struct sum s);
/* "Title of a + title of b − title of c" */
struct words sum_titles(struct checks *c, struct sum s);
/* The words with a text behind them, in every language. */
struct words words_join(struct checks *c, struct words w, const char *text);
/* "above / below", "100 × above / below"; sums of several in brackets. */
struct words words_quotient(struct checks *c, struct words above, size_t above_count,
    struct words below, size_t below_count, bool percent);
/* How far two numbers may be apart to be the same: the tolerance and the noise of doubles in
 * numbers kept as the field's. SQL. */
const char *near_sql(struct checks *c, int field, double tolerance);
/* "'name'" of the field: a value whose name ends in "_field" stands for its title. */
const char *field_sql(struct checks *c, int field);
/* A number as SQL writes it. */
const char *number_sql(struct arena *a, double number);

#endif
