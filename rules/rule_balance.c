/* Why: what was there at the beginning, what came and what went must give what is there at the
 * end. */
#include "rules/rule_int.h"

static void
checks(struct checks *c)
{
	int field = rule_arg(c->rule, "field")->fields[0];
	struct sum s = { .plus = rule_arg(c->rule, "plus"),
		.minus = rule_arg(c->rule, "minus") };
	struct rule_check *k = checks_add(c, field);
	const char *sum = sum_sql(c, s);
	const char *off =
	    arena_printf(c->arena, "abs(r.%s - (%s))", c->form->fields[field].name, sum);

	k->wrong = arena_printf(c->arena, "%s > %s", off,
	    near_sql(c, field, rule_arg(c->rule, "tolerance")->number));
	check_value(c, k, "expected", sum);
	check_value(c, k, "difference", off);
	k->formula = sum_numbers(c, s);
	if (s.plus->count + s.minus->count > 1)
		k->formula = words_join(c, k->formula, " = {expected}");
	k->terms = sum_titles(c, s);
	k->message = (struct words){ {
	    CELL_VI "ghi {value}, khác {terms} = {formula} (chênh {difference}).",
	    CELL_EN "is {value}, not {terms} = {formula} (a difference of {difference}).",
	} };
}

static const struct rule_param params[] = {
	{ .name = "field",
	    .type = PARAM_FIELD,
	    .of = OF_NUMBERS,
	    .required = true,
	    .help = { { "cột phải bằng tổng", "field that must be the sum" } } },
	{ .name = "plus",
	    .type = PARAM_FIELDS,
	    .of = OF_NUMBERS,
	    .required = true,
	    .help = { { "các cột cộng vào", "fields that are added" } } },
	{ .name = "minus",
	    .type = PARAM_FIELDS,
	    .of = OF_NUMBERS,
	    .help = { { "các cột trừ đi", "fields that are taken away" } } },
	PARAM_TOLERANCE,
	{ .name = NULL },
};

const struct rule_kind rule_balance = {
	.name = "balance",
	.scope = SCOPE_ROW,
	.help = { { "Một số bằng tổng các số khác, có số trừ đi.",
	    "A figure is the sum of others, some of them taken away." } },
	.example = "{\"field\": \"poor_end\", \"plus\": [\"poor_start\", \"poor_returned\"], "
		   "\"minus\": [\"poor_exited\"]}",
	.params = params,
	.checks = checks,
};
