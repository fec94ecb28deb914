#ifndef RULES_RULE_INT_H
#define RULES_RULE_INT_H

#include "rules/rule.h"
#include "rules/rulebook_int.h"

/* What kinds of rules are made of: reading in rule.c and rule_params.c, SQL in rule_sql.c. */

#define CELL_VI "Ô {cell} (cột “{title}”): "
#define CELL_EN "Cell {cell} (column “{title}”): "

#define PARAM_FIGURE                                                                           \
	{                                                                                      \
		.name = "field", .type = PARAM_FIELD, .of = OF_NUMBERS, .required = true,      \
		.help = {                                                                      \
			{ "cột số", "field of a figure" }                                      \
		}                                                                              \
	}
#define PARAM_TOLERANCE                                                                        \
	{                                                                                      \
		.name = "tolerance", .type = PARAM_NUMBER, .most = 1e12, .help = {             \
			{ "được phép chênh; mặc định 0",                                       \
			    "how far it may be off; 0 unless given" }                          \
		}                                                                              \
	}

/* A code, the reference table it stands in, its column there, and which of its rows are the
 * unit's. */
#define PARAMS_OWNED                                                                           \
	{ .name = "field",                                                                     \
		.type = PARAM_FIELD,                                                           \
		.required = true,                                                              \
		.help = { { "cột mã", "field of the code" } } },                               \
	    { .name = "resource",                                                              \
		    .type = PARAM_RESOURCE,                                                    \
		    .help = { { "bảng tra cứu; mặc định bảng của cột",                         \
			"reference table; the one that the field looks up unless given" } } }, \
	    { .name = "column",                                                                \
		    .type = PARAM_COLUMN,                                                      \
		    .help = { { "cột mã của bảng",                                             \
			"its column of codes; as the field looks it up unless given" } } },    \
	{                                                                                      \
		.name = "of", .type = PARAM_OWNERS, .help = {                                  \
			{ "dòng nào của bảng thuộc đơn vị, như trong giamsat:lookup",          \
			    "which of its rows are the unit's, as in giamsat:lookup" }         \
		}                                                                              \
	}
/* A mistake where a rule with those knows no table, or nothing that makes a row the unit's. */
void rule_owners_check(const struct rule *r, const struct form *f, const struct at *at);

/* The checks of one rule while they are made; strings live in the arena. */
struct checks {
	struct arena *arena;
	const struct form *form;
	const struct rule *rule;
	struct rule_check *list;
	size_t count;
	const char *with, *join; /* as the rule's */
};

/* A new one, shown at the field; the caller fills it in. */
struct rule_check *checks_add(struct checks *c, int field);
void check_value(struct checks *c, struct rule_check *k, const char *name, const char *expr);

/* rule_fields.c: the field, or list of them, at the place; each must be what the parameter is
 * of. */
void rule_fields_read(struct rule_arg *arg, const struct rule_param *p, struct arena *a,
    const struct form *f, const struct at *at);
/* first: the first field of the same parameter, NULL for itself; a mistake where it is not. */
bool rule_field_fits(
    const struct field *f, enum param_of of, const struct field *first, const struct at *at);
bool rule_is_number(const struct field *f);
/* rule_reads.c: fills in what the rule reads, once its fields, SQL and parameters are known,
 * and what its messages show. */
void rule_find_reads(struct rule *r, struct arena *a, const struct form *f);
void rule_find_shown(struct rule *r, struct arena *a, const struct form *f);
/* rule.c: a text that looks at the clock or behind r is a mistake. */
void rule_text_check(const struct at *at, const char *text);
/* rule_terms.c: the condition, or list of them, at the place. */
void rule_terms_read(
    struct rule_arg *arg, struct arena *a, const struct form *f, const struct at *at);
void rule_when_read(
    struct rule_arg *arg, struct arena *a, const struct form *f, const struct at *at);
/* The titles of the terms, with a text between them. */
struct words rule_terms_titles(
    struct arena *a, const struct rule_arg *arg, struct words between);
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
/* SQL text in quotes. */
const char *quoted_sql(struct arena *a, const char *text);
/* " AND …": the row of the table, called by the name, is valid on the day (SQL), by its columns
 * valid_from and valid_to; "" where it has none. */
const char *valid_sql(
    struct arena *a, const struct reference *table, const char *name, const char *day);
/* The row of the table, called by the name, is the unit's, whose row of units is u; open: also
 * when the unit has nothing to compare. "1" for no owners. */
const char *owned_sql(struct arena *a, const struct rule_arg *of, const struct reference *table,
    const char *name, bool open);
/* "facts f JOIN units u …": one row, where the unit is known. */
#define UNIT_SQL                                                                               \
	"facts f JOIN units u ON u.unit_code = f.unit_code AND coalesce(u.valid_from, '') <= " \
	"f.period_last AND coalesce(u.valid_to, '9999-12-31') >= f.period_last"
/* "'name'" of the field: a value whose name ends in "_field" stands for its title. */
const char *field_sql(struct checks *c, int field);
/* A number as SQL writes it. */
const char *number_sql(struct arena *a, double number);

/* ---- rule_past.c: what stood in earlier reports ---- */

#define PARAM_KEY                                                                                                  \
	{                                                                                                          \
		.name = "key", .type = PARAM_FIELDS, .is_key = true, .help = {                                     \
			{ "các cột để tìm lại dòng trong báo cáo trước; mặc định khóa của " \
			  "biểu",                                                                                  \
			    "fields that find the row in the earlier report; the form's "                          \
			    "primary key unless "                                                                  \
			    "given" }                                                                              \
		}                                                                                                  \
	}
#define PARAM_PREDECESSORS                                                                     \
	{                                                                                      \
		.name = "predecessors", .type = PARAM_FLAG, .help = {                          \
			{ "so cả với báo cáo của các đơn vị tiền nhiệm",                       \
			    "reports of units that this one follows count, too" }              \
		}                                                                              \
	}

struct keys {
	const int *fields;
	size_t count;
};
/* The fields of "key", or those of the primary key. */
struct keys past_keys(struct checks *c);
/* "1 AND a.k = b.k …" */
const char *past_match(struct checks *c, struct keys keys, const char *a, const char *b);
/* "BEFOREk, …": each with a comma behind it. */
const char *past_list(struct checks *c, struct keys keys, const char *before);
/*
 * Adds "giamsat was", joined as b: for each key what stood in the earlier report, v0, v1 … of
 * the fields, and previous_period; adjacent: in the report of the period before this one only.
 * gather: the function that makes one of several.
 */
void past_was(struct checks *c, struct keys keys, const int *fields, size_t count,
    const char *gather, bool adjacent);
/* A warning about the table when there is no report of the period before, although the form had
 * begun; when: SQL, whether one is needed. */
void past_lacking(struct checks *c, int field, const char *when);
/* SQL: the unit was there before the period, so that it can have reported. */
const char *past_unit_is_older(void);

#endif
