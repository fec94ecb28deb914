/* Why: what no kind says is one condition over one row; written as SQL an official's expert can
 * read it. */
#include "rules/rule_int.h"

/* The line break ends a comment that the text may end with. */
static void
checks(struct checks *c)
{
	struct rule_check *k = checks_add(c, c->rule->fields[0]);

	k->all = true;
	k->wrong = arena_printf(c->arena, "NOT (%s\n)", c->rule->text);
}

const struct rule_kind rule_expr = {
	.name = "expr",
	.scope = SCOPE_ROW,
	.help = { { "Một điều kiện SQL trên từng dòng; đúng là đạt.",
	    "A condition in SQL over one row; true is good." } },
	.example = "\"poor_exited <= 0.6 * poor_start\"",
	.checks = checks,
};
