/* Why: the same model or person under two codes is counted twice. */
#include "rules/rule_int.h"

static void
checks(struct checks *c)
{
	int name = rule_arg(c->rule, "name")->fields[0];
	bool coded = rule_arg(c->rule, "code")->given;

	checks_add(c, name)->message = coded
	    ? (struct words){ { CELL_VI
		  "“{value}” giống “{other_value}” ở dòng {first} ({other}). "
		  "Nếu là một, hãy bỏ một dòng.",
		  CELL_EN "“{value}” is like “{other_value}” in row {first} ({other}). If "
			  "they are one, remove a row." } }
	    : (struct words){ { CELL_VI
		  "“{value}” giống “{other_value}” ở dòng {first}. Nếu là "
		  "một, hãy bỏ một dòng.",
		  CELL_EN "“{value}” is like “{other_value}” in row {first}. If they are one, "
			  "remove a row." } };
}

static void
query(struct buf *sql, const struct form *f, const struct rule *r)
{
	const struct rule_arg *names = rule_arg(r, "name"), *same = rule_arg(r, "fields"),
			      *code = rule_arg(r, "code");
	const char *name = f->fields[names->fields[0]].name,
		   *other = code->count ? f->fields[code->fields[0]].name : "row";

	buf_printf(sql,
	    "SELECT row, '%s' AS field, 0 AS \"giamsat check\", CAST(first AS TEXT) AS first, "
	    "other, other_value FROM "
	    "(SELECT row, first_value(row) OVER w AS first, first_value(%s) OVER w AS other, "
	    "first_value(%s) OVER w AS other_value FROM r WHERE 1",
	    name, other, name);
	for (size_t i = 0; i < names->count; i++)
		buf_printf(sql, " AND key(%s) <> ''", f->fields[names->fields[i]].name);
	for (size_t i = 0; i < same->count; i++)
		buf_printf(sql, " AND %s IS NOT NULL", f->fields[same->fields[i]].name);
	buf_text(sql, " WINDOW w AS (PARTITION BY ");
	for (size_t i = 0; i < names->count; i++)
		buf_printf(sql, "%skey(%s)", i ? ", " : "", f->fields[names->fields[i]].name);
	for (size_t i = 0; i < same->count; i++)
		buf_printf(sql, ", %s", f->fields[same->fields[i]].name);
	buf_text(sql, " ORDER BY row)) WHERE first < row");
}

static const struct rule_param params[] = {
	{ .name = "name",
	    .type = PARAM_FIELDS,
	    .required = true,
	    .help = { { "cột tên, so không kể hoa thường, dấu cách, dấu câu",
		"fields of names, compared without regard to case, blanks and "
		"punctuation" } } },
	{ .name = "fields",
	    .type = PARAM_FIELDS,
	    .help = { { "các cột khác cũng phải trùng",
		"further fields that must be the same" } } },
	{ .name = "code",
	    .type = PARAM_FIELD,
	    .is_key = true,
	    .help = { { "cột mã, để nêu dòng kia",
		"field that tells which the other row is" } } },
	{ .name = NULL },
};

const struct rule_kind rule_no_near_duplicates = {
	.name = "noNearDuplicates",
	.scope = SCOPE_TABLE,
	.help = { { "Không có hai dòng cùng tên (viết khác nhau đôi chút).",
	    "No two rows have the same name, written a little differently or not." } },
	.example = "{\"name\": \"model_name\", \"fields\": [\"commune_code\"], \"code\": "
		   "\"model_code\"}",
	.params = params,
	.about_empty = true,
	.checks = checks,
	.query = query,
};
