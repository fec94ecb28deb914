/* Why: a rate that is typed by hand is often not the one of its figures. */
#include <math.h>

#include "rules/rule_int.h"

static int
places(const struct rule *r, const struct field *f)
{
	const struct rule_arg *scale = rule_arg(r, "scale");

	if (scale->given)
		return (int)scale->number;
	return f->has_scale ? f->scale : f->type == FIELD_NUMBER ? 2 : 0;
}

static void
checks(struct checks *c)
{
	int field = rule_arg(c->rule, "field")->fields[0];
	const struct field *f = &c->form->fields[field];
	const struct rule_arg *of = rule_arg(c->rule, "of"), *by = rule_arg(c->rule, "by"),
			      *percent = rule_arg(c->rule, "percent"),
			      *tolerance = rule_arg(c->rule, "tolerance");
	struct sum above = { .plus = of }, below = { .plus = by };
	bool hundred = percent->given ? percent->flag : f->percent;
	int digits = places(c->rule, f);
	struct rule_check *k = checks_add(c, field);
	const char *ratio = arena_printf(c->arena, "round(%s * (%s) / nullif(%s, 0), %d)",
	    hundred ? "100.0" : "1.0", sum_sql(c, above), sum_sql(c, below), digits);
	const char *off = arena_printf(c->arena, "abs(r.%s - %s)", f->name, ratio);

	/* Some cut where others round: one of the last place is nobody's mistake. */
	k->wrong = arena_printf(c->arena, "%s > %s", off,
	    near_sql(c, field, tolerance->given ? tolerance->number : pow(10, -digits)));
	check_value(c, k, "expected", ratio);
	check_value(c, k, "difference", arena_printf(c->arena, "round(%s, %d)", off, digits));
	k->formula = words_quotient(
	    c, sum_numbers(c, above), of->count, sum_numbers(c, below), by->count, hundred);
	k->terms = words_quotient(
	    c, sum_titles(c, above), of->count, sum_titles(c, below), by->count, hundred);
	k->formula = words_join(c, k->formula, " = {expected}");
	k->message = (struct words){ {
	    CELL_VI "ghi {value}, tính lại {terms} = {formula} (chênh {difference}).",
	    CELL_EN "is {value}, but {terms} = {formula} (a difference of {difference}).",
	} };
}

static const struct rule_param params[] = {
	{ .name = "field",
	    .type = PARAM_FIELD,
	    .of = OF_NUMBERS,
	    .required = true,
	    .help = { { "cột tỷ lệ", "field of the rate" } } },
	{ .name = "of",
	    .type = PARAM_FIELDS,
	    .of = OF_NUMBERS,
	    .required = true,
	    .help = { { "tử số: cột, hoặc các cột cộng lại",
		"numerator: a field, or several that are added" } } },
	{ .name = "by",
	    .type = PARAM_FIELDS,
	    .of = OF_NUMBERS,
	    .required = true,
	    .help = { { "mẫu số; bằng 0 thì bỏ qua",
		"denominator; rows with 0 are passed over" } } },
	{ .name = "percent",
	    .type = PARAM_FLAG,
	    .help = { { "tỷ lệ phần trăm; mặc định theo cột",
		"it is a percentage; as the field says unless given" } } },
	{ .name = "scale",
	    .type = PARAM_NUMBER,
	    .whole = true,
	    .most = 9,
	    .help = { { "số chữ số thập phân được làm tròn; mặc định theo cột",
		"places it is rounded to; as the field says unless given" } } },
	{ .name = "tolerance",
	    .type = PARAM_NUMBER,
	    .most = 1e12,
	    .help = { { "được phép chênh; mặc định một đơn vị của chữ số cuối",
		"how far it may be off; one of the last place unless given" } } },
	{ .name = NULL },
};

const struct rule_kind rule_ratio = {
	.name = "ratio",
	.scope = SCOPE_ROW,
	.help = { { "Tỷ lệ đúng bằng tử số chia mẫu số.", "A rate is that of its figures." } },
	.example = "{\"field\": \"poor_rate\", \"of\": \"poor_end\", \"by\": "
		   "\"households_total\", \"percent\": true, \"scale\": 2}",
	.params = params,
	.checks = checks,
};
