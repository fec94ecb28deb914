/* Why: a figure that doubles from one report to the next is more often mistyped than true. */
#include "rules/rule_int.h"

static void
checks(struct checks *c)
{
	int field = rule_arg(c->rule, "field")->fields[0];
	const char *name = c->form->fields[field].name;
	const char *percent = number_sql(c->arena, rule_arg(c->rule, "percent")->number),
		   *above = number_sql(c->arena, rule_arg(c->rule, "above")->number);
	struct rule_check *k;

	past_was(c, past_keys(c), &field, 1, "sum", false);
	k = checks_add(c, field);
	/* Of nothing there is no percentage. */
	k->wrong = arena_printf(c->arena,
	    "b.v0 <> 0 AND abs(r.%s - b.v0) > %s / 100.0 * abs(b.v0) + 1e-9 AND max(abs(r.%s), "
	    "abs(b.v0)) > %s",
	    name, percent, name, above);
	check_value(c, k, "previous", "b.v0");
	check_value(c, k, "previous_period", "b.previous_period");
	check_value(c, k, "difference", arena_printf(c->arena, "abs(r.%s - b.v0)", name));
	check_value(c, k, "change",
	    arena_printf(
		c->arena, "CAST(round(abs(100.0 * (r.%s - b.v0) / b.v0)) AS INTEGER)", name));
	check_value(c, k, "percent", percent);
	k->message = (struct words){ {
	    CELL_VI "ghi {value}, kỳ {previous_period} là {previous}: thay đổi {change} %, quá "
		    "{percent} %. Hãy kiểm tra lại.",
	    CELL_EN
	    "is {value} and was {previous} in {previous_period}: a change of {change} %, "
	    "more than {percent} %. Please check it.",
	} };
}

static const struct rule_param params[] = {
	PARAM_FIGURE,
	{ .name = "percent",
	    .type = PARAM_NUMBER,
	    .required = true,
	    .most = 1e6,
	    .help = { { "được thay đổi nhiều nhất chừng ấy phần trăm",
		"how many percent it may change" } } },
	{ .name = "above",
	    .type = PARAM_NUMBER,
	    .most = 1e15,
	    .help = { { "chỉ khi một trong hai số lớn hơn",
		"only where one of both is more" } } },
	PARAM_KEY,
	PARAM_PREDECESSORS,
	{ .name = NULL },
};

const struct rule_kind rule_change_within = {
	.name = "changeWithin",
	.scope = SCOPE_PERIOD,
	.help = { { "Số không thay đổi quá chừng ấy phần trăm so với báo cáo trước.",
	    "A figure changes by no more than so many percent." } },
	.example = "{\"field\": \"households_total\", \"percent\": 20, \"above\": 50}",
	.params = params,
	.checks = checks,
};
