/* Why: most rules are one condition over one row; written as SQL an official's expert can read
 * it. */
#include "rules/rule.h"

static void
missing_column(struct buf *sql, const struct form *f, const struct rule *r)
{
	if (r->missing != MISSING_ERROR) {
		buf_text(sql, ", -1 AS \"giamsat missing\"");
		return;
	}
	buf_text(sql, ", CASE");
	for (size_t i = 0; i < r->field_count; i++)
		buf_printf(sql, " WHEN r.%s IS NULL THEN %d", f->fields[r->fields[i]].name,
		    r->fields[i]);
	buf_text(sql, " ELSE -1 END AS \"giamsat missing\"");
}

/* The line break ends a comment that the text may end with. */
static void
compose(struct buf *sql, const struct form *f, const struct rule *r)
{
	rule_row_source(sql, f, r);
	buf_text(sql, "SELECT r.row AS row, NULL AS field");
	missing_column(sql, f, r);
	for (size_t i = 0; i < r->value_count; i++)
		buf_printf(sql, ", (%s\n) AS %s", r->values[i].expr, r->values[i].name);
	rule_shown(sql, f, r);
	buf_text(sql, " FROM r WHERE ");
	for (size_t i = 0; r->missing == MISSING_SKIP && i < r->field_count; i++)
		buf_printf(sql, "r.%s IS NOT NULL AND ", f->fields[r->fields[i]].name);
	buf_text(sql, "(");
	for (size_t i = 0; r->missing == MISSING_ERROR && i < r->field_count; i++)
		buf_printf(sql, "r.%s IS NULL OR ", f->fields[r->fields[i]].name);
	buf_printf(sql, "NOT (%s\n)) ORDER BY r.row", r->text);
}

const struct rule_kind rule_expr = { .name = "expr", .whole = false, .compose = compose };
