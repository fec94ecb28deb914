/* Why: nothing is decided before it was proposed, nor reported before it happened. */
#include "rules/rule_int.h"

/* Of the fields before it, the nearest that is there: its name ("'x'"), or what stands in it.
 */
static const char *
nearest(struct checks *c, const struct rule_arg *list, size_t before, bool name)
{
	AUTO(buf_free) struct buf out = { 0 };

	buf_text(&out, "CASE");
	for (size_t i = before; i > 0; i--) {
		const char *earlier = c->form->fields[list->fields[i - 1]].name;

		buf_printf(&out,
		    name ? " WHEN r.%s IS NOT NULL THEN '%s'"
			 : " WHEN r.%s IS NOT NULL THEN r.%s",
		    earlier, earlier);
	}
	buf_text(&out, " END");
	return arena_text(c->arena, buf_bytes(&out));
}

/* The field at a place of the list against the one before it, or the first. */
static void
follow(struct checks *c, const struct rule_arg *list, size_t place, bool first, bool days)
{
	bool strict = rule_arg(c->rule, "strict")->flag;
	struct rule_check *k = checks_add(c, list->fields[place]);
	const char *earlier = nearest(c, list, first ? 1 : place, false);

	k->wrong = arena_printf(c->arena, "r.%s %s %s", c->form->fields[k->field].name,
	    strict ? "<=" : "<", earlier);
	check_value(c, k, "earlier", earlier);
	check_value(c, k, "earlier_field", nearest(c, list, first ? 1 : place, true));
	k->message = days
	    ? (struct words){ { CELL_VI "ngày {value} phải sau “{earlier_field}” ({earlier}).",
		  CELL_EN "{value} should come after “{earlier_field}” ({earlier})." } }
	    : (struct words){ { CELL_VI
		  "ghi {value}, không được nhỏ hơn “{earlier_field}” {earlier}.",
		  CELL_EN "{value} should not be less than “{earlier_field}” {earlier}." } };
}

/* No day of the list before the period, or after it. */
static void
within(struct checks *c, int field, bool last)
{
	struct rule_check *k = checks_add(c, field);
	const char *limit =
	    last ? "(SELECT period_last FROM facts)" : "(SELECT period_first FROM facts)";

	k->wrong = arena_printf(
	    c->arena, "r.%s %s %s", c->form->fields[field].name, last ? ">" : "<", limit);
	check_value(c, k, "limit", limit);
	k->message = last
	    ? (struct words){ { CELL_VI "ngày {value} sau ngày cuối kỳ báo cáo ({limit}).",
		  CELL_EN "{value} is after the last day of the period ({limit})." } }
	    : (struct words){ { CELL_VI "ngày {value} trước ngày đầu kỳ báo cáo ({limit}).",
		  CELL_EN "{value} is before the first day of the period ({limit})." } };
}

static void
checks(struct checks *c)
{
	const struct rule_arg *list = rule_arg(c->rule, "fields");
	bool first = strcmp(rule_arg(c->rule, "against")->text, "first") == 0;
	bool days = c->form->fields[list->fields[0]].type == FIELD_DATE;

	for (size_t i = 1; i < list->count; i++)
		follow(c, list, i, first, days);
	for (size_t i = 0; i < list->count; i++) {
		if (rule_arg(c->rule, "first")->given)
			within(c, list->fields[i], false);
		if (rule_arg(c->rule, "last")->given)
			within(c, list->fields[i], true);
	}
}

/* The period has days, not figures; and one field alone has no order. */
static void
check_params(const struct rule *r, const struct form *f, const struct at *at)
{
	const struct rule_arg *list = rule_arg(r, "fields");
	bool limited = rule_arg(r, "first")->given || rule_arg(r, "last")->given;
	struct at fields = at_key(at, "fields");

	if (list->count == 1 && !limited)
		at_mistake(&fields, "one field alone has no order");
	if (list->count && limited && f->fields[list->fields[0]].type != FIELD_DATE)
		at_mistake(&fields, "only days can be compared with the period");
}

static const struct rule_param params[] = {
	{ .name = "fields",
	    .type = PARAM_FIELDS,
	    .of = OF_ORDERED,
	    .required = true,
	    .help = { { "các cột ngày hoặc số, theo thứ tự",
		"fields of days or numbers, in their order" } } },
	{ .name = "against",
	    .type = PARAM_CHOICE,
	    .choices = "previous first",
	    .help = { { "so với cột liền trước có số liệu (previous) hay cột đầu (first)",
		"whether each is compared with the nearest before it that is there, or the "
		"first" } } },
	{ .name = "strict",
	    .type = PARAM_FLAG,
	    .help = { { "không được bằng nhau", "equal ones are wrong, too" } } },
	{ .name = "first",
	    .type = PARAM_CHOICE,
	    .choices = "period",
	    .help = { { "không ngày nào trước ngày đầu kỳ",
		"no day before the period's first" } } },
	{ .name = "last",
	    .type = PARAM_CHOICE,
	    .choices = "period",
	    .help = { { "không ngày nào sau ngày cuối kỳ",
		"no day after the period's last" } } },
	{ .name = NULL },
};

const struct rule_kind rule_order = {
	.name = "order",
	.scope = SCOPE_ROW,
	.help = { { "Các ngày, hoặc các số, theo đúng thứ tự; ô trống được bỏ qua.",
	    "Days, or numbers, are in order; empty ones are passed over." } },
	.example = "{\"fields\": [\"date_achieved\", \"date_proposed\", \"date_decided\"], "
		   "\"last\": \"period\"}",
	.params = params,
	.check_params = check_params,
	.checks = checks,
};
