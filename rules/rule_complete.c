/* Why: a total over all communes is wrong when one is missing, and when one is there twice. */
#include "rules/lookup.h"
#include "rules/reference.h"
#include "rules/rule_int.h"

#define NAMED_MOST "30" /* of those that are missing; the rest is counted */

enum { MISSING, DOUBLED };

static void
checks(struct checks *c)
{
	int field = rule_arg(c->rule, "field")->fields[0];

	checks_add(c, field)->message = (struct words){ {
	    "Thiếu {n} {rows_called}: {missing}.",
	    "Missing {rows_called} ({n}): {missing}.",
	} };
	checks_add(c, field)->message =
	    (struct words){ { CELL_VI "“{value}” đã có ở dòng {first}; mỗi mã chỉ một dòng.",
		CELL_EN "“{value}” stands in row {first} already; each has one row." } };
}

/* How a row of the table is called: its name where the field looks it up by names. */
static const char *
name_of(const struct rule *r, const struct form *f)
{
	const struct lookup *l = f->fields[rule_arg(r, "field")->fields[0]].lookup;
	const struct rule_arg *name = rule_arg(r, "name");

	if (name->text && name->given)
		return name->text;
	if (l && l->table == rule_arg(r, "resource")->table && l->by->columns[0])
		return l->by->columns[0];
	return NULL;
}

static void
query(struct buf *sql, const struct form *f, const struct rule *r)
{
	AUTO(arena_free) struct arena *a = arena_new();
	const struct reference *table = rule_arg(r, "resource")->table;
	const char *column = rule_arg(r, "column")->text, *name = name_of(r, f),
		   *field = f->fields[rule_arg(r, "field")->fields[0]].name;

	buf_printf(sql,
	    "SELECT NULL AS row, '%s' AS field, %d AS \"giamsat check\", group_concat(name, ', "
	    "') "
	    "FILTER (WHERE nth <= " NAMED_MOST ") || iif(count(*) > " NAMED_MOST
	    ", ', …', '') AS missing, count(*) AS n, NULL AS first FROM (SELECT code, name, "
	    "row_number() OVER (ORDER BY code) AS nth FROM (SELECT l.%s AS code, ",
	    field, MISSING, column);
	if (name)
		buf_printf(sql, "min(coalesce(l.%s || ' (' || l.%s || ')', l.%s))", name,
		    column, column);
	else
		buf_printf(sql, "l.%s", column);
	buf_printf(sql,
	    " AS name FROM %s AS l, " UNIT_SQL " WHERE %s%s GROUP BY l.%s) WHERE code "
	    "NOT IN (SELECT %s FROM r WHERE %s IS NOT NULL)) HAVING count(*) > 0",
	    table->name, owned_sql(a, rule_arg(r, "of"), table, "l", false),
	    valid_sql(a, table, "l", "f.period_last"), column, field, field);
	buf_printf(sql,
	    " UNION ALL SELECT row, '%s', %d, NULL, NULL, CAST(first AS "
	    "TEXT) FROM (SELECT row, "
	    "first_value(row) OVER (PARTITION BY %s ORDER BY row) AS first FROM r WHERE %s IS "
	    "NOT NULL) WHERE first < row",
	    field, DOUBLED, field, field);
}

static const struct rule_param params[] = {
	PARAMS_OWNED,
	{ .name = "name",
	    .type = PARAM_COLUMN,
	    .help = { { "cột tên trong bảng, để nêu mã bị thiếu",
		"its column of names, for telling which is missing" } } },
	{ .name = NULL },
};

const struct rule_kind rule_complete = {
	.name = "complete",
	.scope = SCOPE_UNIT,
	.help = { { "Mỗi mã của đơn vị, còn hiệu lực trong kỳ, có đúng một dòng.",
	    "Each code of the unit that is valid in the period has exactly one row." } },
	.example = "{\"field\": \"commune_code\", \"resource\": \"communes\", \"column\": "
		   "\"gso_code\", \"of\": [{\"parent_code\": \"unit.gso_code\"}]}",
	.params = params,
	.about_empty = true,
	.check_params = rule_owners_check,
	.checks = checks,
	.query = query,
};
