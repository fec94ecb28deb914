/* Why: a count in one form is the length of a list in another one. */
#include "rules/rule_int.h"

/* "FROM m3 … WHERE …": the rows of the other form that are counted. */
static const char *
counted(struct checks *c)
{
	const struct form *other = rule_arg(c->rule, "form")->form;
	const struct rule_arg *where = rule_arg(c->rule, "where"),
			      *on = rule_arg(c->rule, "on");
	AUTO(buf_free) struct buf out = { 0 };

	buf_printf(&out, "FROM %s WHERE 1", other->table);
	if (where->text)
		buf_printf(&out, " AND (%s\n)", where->text);
	if (on->text)
		buf_printf(&out,
		    " AND %s BETWEEN (SELECT period_first FROM facts) AND (SELECT period_last "
		    "FROM "
		    "facts)",
		    on->text);
	return arena_text(c->arena, buf_bytes(&out));
}

static void
checks(struct checks *c)
{
	int field = rule_arg(c->rule, "field")->fields[0];
	const struct form *other = rule_arg(c->rule, "form")->form;
	const char *row = rule_arg(c->rule, "row")->text, *name = c->form->fields[field].name;
	struct rule_check *k = checks_add(c, field);

	c->with = arena_printf(
	    c->arena, ", \"giamsat count\" AS (SELECT count(*) AS n %s)", counted(c));
	c->join = " JOIN \"giamsat count\" AS b";
	/* An accepted report has rows; without one there is nothing to compare with. */
	k->wrong =
	    arena_printf(c->arena, "(%s\n) AND r.%s <> b.n AND EXISTS (SELECT 1 FROM %s)",
		row ? row : "1", name, other->table);
	check_value(c, k, "expected", "b.n");
	check_value(c, k, "difference", arena_printf(c->arena, "abs(r.%s - b.n)", name));
	check_value(c, k, "other_form", quoted_sql(c->arena, other->id));
	k->message = (struct words){ {
	    CELL_VI "ghi {value} nhưng biểu {other_form} của kỳ này có {expected} (chênh "
		    "{difference}).",
	    CELL_EN "is {value}, but form {other_form} of this period has {expected} (a "
		    "difference of {difference}).",
	} };
}

static const struct rule_param params[] = {
	{ .name = "field",
	    .type = PARAM_FIELD,
	    .of = OF_NUMBERS,
	    .required = true,
	    .help = { { "cột số lượng", "field of the count" } } },
	{ .name = "row",
	    .type = PARAM_SQL,
	    .help = { { "điều kiện của dòng, mặc định mọi dòng",
		"condition of the row; every row unless given" } } },
	{ .name = "form",
	    .type = PARAM_FORM,
	    .required = true,
	    .help = { { "biểu kia", "the other form" } } },
	{ .name = "where",
	    .type = PARAM_SQL,
	    .help = { { "những dòng được đếm của biểu kia",
		"which of its rows are counted" } } },
	{ .name = "on",
	    .type = PARAM_OTHER,
	    .of = OF_DATES,
	    .help = { { "cột ngày của biểu kia, phải nằm trong kỳ",
		"its field of a day, which must lie in the period" } } },
	{ .name = NULL },
};

const struct rule_kind rule_count_matches = {
	.name = "countMatches",
	.scope = SCOPE_FORM,
	.help = { { "Số lượng bằng số dòng của biểu khác.",
	    "A count is that of another form's rows." } },
	.example = "{\"field\": \"value_quarter\", \"row\": \"indicator_code = '0401'\", "
		   "\"form\": \"M3\", \"on\": \"date_found\"}",
	.params = params,
	.checks = checks,
};
