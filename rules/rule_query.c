/* Why: what no single row shows, and no kind says, is asked of the whole table. */
#include "rules/rule_int.h"

static void
query(struct buf *sql, const struct form *f, const struct rule *r)
{
	(void)f;
	buf_text(sql, r->text);
}

const struct rule_kind rule_query = {
	.name = "query",
	.scope = SCOPE_TABLE,
	.help = { { "Một câu SELECT trên cả bảng; mỗi dòng kết quả là một lỗi.",
	    "A SELECT over the table; each row of its result is a finding." } },
	.example =
	    "\"SELECT row, 'note' AS field FROM r WHERE poor_other_in > 0 AND note IS NULL\"",
	.whole = true,
	.query = query,
};
