/* Why: some tables hold a row that is the sum of others, and people forget to add again. */
#include "rules/rule_int.h"

static void
checks(struct checks *c)
{
	const char *relation = rule_arg(c->rule, "relation")->text;
	const struct rule_arg *fields = rule_arg(c->rule, "fields");
	static const struct words
	    differ = { { CELL_VI
		"ghi {value}, cộng các dòng ({rows}): {formula} (chênh {difference}).",
		CELL_EN "is {value}, but rows {rows} add up: {formula} (a difference of "
			"{difference})." } },
	    most = { { CELL_VI "ghi {value}, nhưng cộng các dòng ({rows}) vượt số này: "
			       "{formula} (hơn {difference}).",
		CELL_EN
		"is {value}, but rows {rows} add up to more: {formula} (by {difference})." } },
	    least = { { CELL_VI
		"ghi {value}, vượt số cộng các dòng ({rows}): {formula} (hơn {difference}).",
		CELL_EN
		"is {value}, but rows {rows} add up to less: {formula} (by {difference})." } };

	checks_add(c, fields->fields[0])->message = relation[0] == '<' ? most
	    : relation[0] == '>'                                       ? least
								       : differ;
}

/* One field: totals t, the rows of each, and what they add up to. */
static void
field_query(struct buf *sql, const struct form *f, const struct rule *r, size_t i)
{
	const char *relation = rule_arg(r, "relation")->text;
	const struct rule_arg *key = rule_arg(r, "key"), *count = rule_arg(r, "count");
	int field = rule_arg(r, "fields")->fields[i];
	const char *name = f->fields[field].name;
	AUTO(arena_free) struct arena *a = arena_new();
	struct checks c = { .arena = a, .form = f, .rule = r };
	const char *near = near_sql(&c, field, rule_arg(r, "tolerance")->number);

	buf_printf(sql,
	    "SELECT row, '%s' AS field, 0 AS \"giamsat check\", given, expected, abs(given - "
	    "expected) AS difference, formula || iif(n > 1, ' = ' || expected, '') AS formula, "
	    "rows FROM (SELECT t.row AS row, t.%s AS given, sum(s.%s) AS expected, "
	    "group_concat(s.%s, ' + ') AS formula, group_concat(s.row, ', ') AS rows, "
	    "count(s.row) AS n, count(s.%s) AS there FROM (SELECT * FROM r WHERE (%s\n)) AS t "
	    "JOIN (SELECT * FROM r WHERE (%s\n)) AS s ON s.row <> t.row",
	    name, name, name, name, name, rule_arg(r, "row")->text, rule_arg(r, "of")->text);
	for (size_t k = 0; k < key->count; k++)
		buf_printf(sql, " AND s.%s IS t.%s", f->fields[key->fields[k]].name,
		    f->fields[key->fields[k]].name);
	buf_text(sql, " GROUP BY t.row) WHERE there = n AND ");
	if (count->given)
		buf_printf(sql, "n = %d AND ", (int)count->number);
	if (relation[0] == '<')
		buf_printf(sql, "expected - given > %s", near);
	else if (relation[0] == '>')
		buf_printf(sql, "given - expected > %s", near);
	else
		buf_printf(sql, "abs(given - expected) > %s", near);
}

static void
query(struct buf *sql, const struct form *f, const struct rule *r)
{
	const struct rule_arg *fields = rule_arg(r, "fields");

	for (size_t i = 0; i < fields->count; i++) {
		if (i > 0)
			buf_text(sql, " UNION ALL ");
		field_query(sql, f, r, i);
	}
}

static const struct rule_param params[] = {
	{ .name = "fields",
	    .type = PARAM_FIELDS,
	    .of = OF_NUMBERS,
	    .required = true,
	    .help = { { "các cột được cộng", "fields that are added up" } } },
	{ .name = "row",
	    .type = PARAM_SQL,
	    .required = true,
	    .help = { { "điều kiện của dòng tổng", "condition of the row that is the sum" } } },
	{ .name = "of",
	    .type = PARAM_SQL,
	    .required = true,
	    .help = { { "điều kiện của các dòng được cộng",
		"condition of the rows that are added" } } },
	{ .name = "relation",
	    .type = PARAM_CHOICE,
	    .choices = "= <= >=",
	    .help = { { "các dòng cộng lại bằng, không vượt hay không dưới dòng tổng",
		"whether the rows are exactly, at most or at least the sum's" } } },
	{ .name = "count",
	    .type = PARAM_NUMBER,
	    .whole = true,
	    .least = 1,
	    .most = 1000000,
	    .help = { { "chỉ kiểm tra khi có đủ chừng ấy dòng",
		"only asked when there are so many rows to add" } } },
	{ .name = "key",
	    .type = PARAM_FIELDS,
	    .is_key = true,
	    .help = { { "mỗi dòng tổng chỉ của các dòng cùng giá trị ở các cột này",
		"a sum is of rows that agree in these fields" } } },
	PARAM_TOLERANCE,
	{ .name = NULL },
};

const struct rule_kind rule_sum_of_rows = {
	.name = "sumOfRows",
	.scope = SCOPE_TABLE,
	.help = { { "Một dòng là tổng của các dòng khác.", "One row is the sum of others." } },
	.example =
	    "{\"fields\": [\"value_quarter\", \"value_ytd\"], \"row\": \"indicator_code = "
	    "'0301'\", \"of\": \"indicator_code IN ('0302', '0303', '0304')\"}",
	.params = params,
	.checks = checks,
	.query = query,
};
