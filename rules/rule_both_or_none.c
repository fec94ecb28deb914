/* Why: a date of the press without the paper's name, or a decision without its number, is half
 * of something. */
#include "rules/rule_int.h"

/* The name of the first field, in order, whose condition holds, or does not. */
static const char *
first_that(struct checks *c, const struct rule_arg *terms, bool holds)
{
	AUTO(buf_free) struct buf out = { 0 };

	buf_text(&out, "CASE");
	for (size_t i = 0; i < terms->count; i++)
		buf_printf(&out, " WHEN %s%s THEN '%s'", holds ? "" : "NOT ",
		    terms->conditions[i], c->form->fields[terms->fields[i]].name);
	buf_text(&out, " END");
	return arena_text(c->arena, buf_bytes(&out));
}

static void
checks(struct checks *c)
{
	const struct rule_arg *terms = rule_arg(c->rule, "fields");
	struct rule_check *k = checks_add(c, terms->fields[0]);
	AUTO(buf_free) struct buf count = { 0 };

	for (size_t i = 0; i < terms->count; i++)
		buf_printf(&count, "%s(%s)", i ? " + " : "", terms->conditions[i]);
	k->wrong = arena_printf(c->arena, "%s BETWEEN 1 AND %zu", count.at, terms->count - 1);
	k->place = first_that(c, terms, false);
	check_value(c, k, "present_field", first_that(c, terms, true));
	k->terms = rule_terms_titles(c->arena, terms, (struct words){ { " và ", " and " } });
	k->message = (struct words){ {
	    CELL_VI
	    "không khớp với “{present_field}”: phải có đủ {terms}, hoặc không có mục nào.",
	    CELL_EN "does not go with “{present_field}”: {terms} are there together, or none.",
	} };
}

static const struct rule_param params[] = {
	{ .name = "fields",
	    .type = PARAM_TERMS,
	    .required = true,
	    .help = { { "các cột; “cột=giá trị”, “cột>số” là có khi đúng như vậy",
		"fields; \"field=value\", \"field>number\" count as there when that is "
		"so" } } },
	{ .name = NULL },
};

const struct rule_kind rule_both_or_none = {
	.name = "bothOrNone",
	.scope = SCOPE_ROW,
	.help = { { "Các ô cùng có hoặc cùng trống.",
	    "Cells are filled together or not at all." } },
	.example = "{\"fields\": [\"result=da_khen\", \"date_decided\", \"decision_no\"]}",
	.params = params,
	.about_empty = true,
	.checks = checks,
};
