/* Why: what no single row shows (a commune that is missing, a sum that differs) is asked of the
 * whole table. */
#include "rules/rule.h"

static void
compose(struct buf *sql, const struct form *f, const struct rule *r)
{
	rule_row_source(sql, f, r);
	buf_text(sql, "SELECT q.*");
	rule_shown(sql, f, r);
	/* The line break ends a comment that the text may end with. */
	buf_printf(sql, " FROM (%s\n) AS q LEFT JOIN r ON r.row = q.row", r->text);
}

const struct rule_kind rule_query = { .name = "query", .whole = true, .compose = compose };
