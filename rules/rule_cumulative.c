/* Why: what is counted since the beginning of the year grows by just what this period brought.
 */
#include "rules/rule_int.h"

static void
checks(struct checks *c)
{
	const struct rule_arg *total = rule_arg(c->rule, "total"),
			      *part = rule_arg(c->rule, "part");
	bool yearly = strcmp(rule_arg(c->rule, "restarts")->text, "year") == 0;
	const char *first =
	    yearly ? "(SELECT substr(period_first, 6) = '01-01' FROM facts)" : "0";
	const char *t = c->form->fields[total->fields[0]].name,
		   *p = c->form->fields[part->fields[0]].name;
	const char *before =
	    arena_printf(c->arena, "CASE WHEN %s THEN 0 ELSE coalesce(b.v0, 0) END", first);
	const char *sum = arena_printf(c->arena, "(%s + r.%s)", before, p);
	struct rule_check *k;

	past_was(c, past_keys(c), total->fields, 1, "sum", true);
	c->join = arena_printf(c->arena, " LEFT%s", c->join); /* a row may be new */
	k = checks_add(c, total->fields[0]);
	k->wrong = arena_printf(c->arena,
	    "abs(r.%s - %s) > %s AND (%s OR EXISTS (SELECT 1 FROM \"giamsat was\"))", t, sum,
	    near_sql(c, total->fields[0], rule_arg(c->rule, "tolerance")->number), first);
	check_value(c, k, "expected", sum);
	check_value(c, k, "previous", before);
	check_value(c, k, "previous_period", "b.previous_period");
	check_value(c, k, "difference", arena_printf(c->arena, "abs(r.%s - %s)", t, sum));
	check_value(c, k, "part_field", field_sql(c, part->fields[0]));
	check_value(c, k, "formula",
	    arena_printf(c->arena,
		"CASE WHEN %s THEN '' || r.%s ELSE coalesce(b.v0, 0) || ' + ' || r.%s || ' = ' "
		"|| "
		"%s END",
		first, p, p, sum));
	k->message = (struct words){ {
	    CELL_VI "ghi {value}, khác kỳ trước cộng “{part_field}”: {formula} (chênh "
		    "{difference}).",
	    CELL_EN
	    "is {value}, not that of the period before and “{part_field}”: {formula} (a "
	    "difference of {difference}).",
	} };
	past_lacking(c, total->fields[0],
	    arena_printf(c->arena, "NOT %s AND %s", first, past_unit_is_older()));
}

static const struct rule_param params[] = {
	{ .name = "total",
	    .type = PARAM_FIELD,
	    .of = OF_NUMBERS,
	    .required = true,
	    .help = { { "cột lũy kế", "field of the total so far" } } },
	{ .name = "part",
	    .type = PARAM_FIELD,
	    .of = OF_NUMBERS,
	    .required = true,
	    .help = { { "cột trong kỳ", "field of this period's" } } },
	{ .name = "restarts",
	    .type = PARAM_CHOICE,
	    .choices = "year never",
	    .help = { { "lũy kế lại từ đầu năm (year) hay không (never)",
		"whether it begins again each year" } } },
	PARAM_KEY,
	PARAM_PREDECESSORS,
	PARAM_TOLERANCE,
	{ .name = NULL },
};

const struct rule_kind rule_cumulative = {
	.name = "cumulative",
	.scope = SCOPE_PERIOD,
	.help = { { "Lũy kế bằng lũy kế kỳ trước cộng số trong kỳ.",
	    "A total so far is that of the period before and this period's." } },
	.example = "{\"total\": \"value_ytd\", \"part\": \"value_quarter\", \"key\": "
		   "[\"indicator_code\"], \"restarts\": \"year\"}",
	.params = params,
	.checks = checks,
};
