/* Why: “of which” may not be more than what it is a part of. */
#include "rules/rule_int.h"

static void
checks(struct checks *c)
{
	const struct rule_arg *parts = rule_arg(c->rule, "parts");
	int whole = rule_arg(c->rule, "whole")->fields[0];
	bool equal = strcmp(rule_arg(c->rule, "relation")->text, "=") == 0;
	struct sum s = { .plus = parts };
	struct rule_check *k = checks_add(c, parts->fields[0]);
	const char *sum = sum_sql(c, s),
		   *name = arena_printf(c->arena, "r.%s", c->form->fields[whole].name);
	const char *off = arena_printf(c->arena, "%s - %s", sum, name);

	k->wrong = arena_printf(c->arena, equal ? "abs(%s) > %s" : "%s > %s", off,
	    near_sql(c, whole, rule_arg(c->rule, "tolerance")->number));
	check_value(c, k, "sum", sum);
	check_value(c, k, "expected", name);
	check_value(c, k, "whole_field", field_sql(c, whole));
	check_value(c, k, "difference", arena_printf(c->arena, "abs(%s)", off));
	k->formula = sum_numbers(c, s);
	if (parts->count > 1)
		k->formula = words_join(c, k->formula, " = {sum}");
	k->terms = sum_titles(c, s);
	k->message = equal
	    ? (struct words){ { CELL_VI
		  "{terms} = {formula}, khác “{whole_field}” {expected} (chênh {difference}).",
		  CELL_EN "{terms} = {formula}, which is not “{whole_field}” {expected} (a "
			  "difference of {difference})." } }
	    : (struct words){ { CELL_VI
		  "{terms} = {formula}, vượt “{whole_field}” {expected} (hơn {difference}).",
		  CELL_EN "{terms} = {formula}, which is more than “{whole_field}” {expected} "
			  "(by {difference})." } };
}

static const struct rule_param params[] = {
	{ .name = "whole",
	    .type = PARAM_FIELD,
	    .of = OF_NUMBERS,
	    .required = true,
	    .help = { { "cột tổng", "field of the whole" } } },
	{ .name = "parts",
	    .type = PARAM_FIELDS,
	    .of = OF_NUMBERS,
	    .required = true,
	    .help = { { "các cột “trong đó”; lỗi ghi ở cột đầu",
		"fields of its parts; the finding is shown at the first" } } },
	{ .name = "relation",
	    .type = PARAM_CHOICE,
	    .choices = "<= =",
	    .help = { { "tổng các phần không vượt (<=) hay bằng (=) tổng",
		"whether the parts are at most (<=) or exactly (=) the whole" } } },
	PARAM_TOLERANCE,
	{ .name = NULL },
};

const struct rule_kind rule_parts = {
	.name = "parts",
	.scope = SCOPE_ROW,
	.help = { { "Các phần cộng lại không vượt, hoặc bằng, tổng.",
	    "Parts together are at most the whole, or the whole." } },
	.example = "{\"whole\": \"households_total\", \"parts\": [\"poor_end\", "
		   "\"near_end\"], \"relation\": \"<=\"}",
	.params = params,
	.checks = checks,
};
