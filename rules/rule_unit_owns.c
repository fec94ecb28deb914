/* Why: a unit reports what is its own; a code of the neighbour's is a row in the wrong report.
 */
#include "rules/reference.h"
#include "rules/rule_int.h"

static void
checks(struct checks *c)
{
	int field = rule_arg(c->rule, "field")->fields[0];
	const struct reference *table = rule_arg(c->rule, "resource")->table;
	const char *column = rule_arg(c->rule, "column")->text,
		   *name = c->form->fields[field].name;
	struct rule_check *k = checks_add(c, field);

	/* The unit may be unknown: then nothing is anybody's. */
	k->wrong = arena_printf(c->arena,
	    "r.%s IS NOT NULL AND EXISTS (SELECT 1 FROM " UNIT_SQL
	    ") AND NOT EXISTS (SELECT 1 FROM %s AS l, " UNIT_SQL " WHERE l.%s = r.%s%s AND %s)",
	    name, table->name, column, name, valid_sql(c->arena, table, "l", "f.period_last"),
	    owned_sql(c->arena, rule_arg(c->rule, "of"), table, "l", true));
	k->message = (struct words){ { CELL_VI "“{value}” không thuộc {unit} trong kỳ này.",
	    CELL_EN "“{value}” does not belong to {unit} in this period." } };
}

static const struct rule_param params[] = {
	PARAMS_OWNED,
	{ .name = NULL },
};

const struct rule_kind rule_unit_owns = {
	.name = "unitOwns",
	.scope = SCOPE_UNIT,
	.help = { { "Mã thuộc đơn vị gửi báo cáo.",
	    "A code belongs to the unit that reports." } },
	.example =
	    "{\"field\": \"commune_code\", \"resource\": \"communes\", \"column\": "
	    "\"gso_code\", \"of\": [{\"parent_code\": \"unit.gso_code\"}, {\"gso_code\": "
	    "\"unit.gso_code\"}]}",
	.params = params,
	.check_params = rule_owners_check,
	.checks = checks,
};
