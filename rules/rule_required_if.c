/* Why: some cells must be filled only when another one says so. */
#include "rules/rule_int.h"

static void
checks(struct checks *c)
{
	const struct rule_arg *fields = rule_arg(c->rule, "fields"),
			      *when = rule_arg(c->rule, "when");

	for (size_t i = 0; i < fields->count; i++) {
		const struct field *f = &c->form->fields[fields->fields[i]];
		struct rule_check *k = checks_add(c, fields->fields[i]);

		k->wrong =
		    arena_printf(c->arena, "%s AND r.%s IS NULL", when->conditions[0], f->name);
		k->terms = when->titles[0];
		k->message = f->example && *f->example
		    ? (struct words){ { CELL_VI "phải ghi vì {terms}. Ví dụ: {example}.",
			  CELL_EN "is needed, since {terms}. For example: {example}." } }
		    : (struct words){ { CELL_VI "phải ghi vì {terms}.",
			  CELL_EN "is needed, since {terms}." } };
	}
}

static const struct rule_param params[] = {
	{ .name = "fields",
	    .type = PARAM_FIELDS,
	    .required = true,
	    .help = { { "các cột phải ghi", "fields that must be filled" } } },
	{ .name = "when",
	    .type = PARAM_WHEN,
	    .required = true,
	    .help = { { "khi cột này có giá trị như vậy, lớn hơn, hoặc có ghi",
		"when this field is one of the values, above the number, or filled at "
		"all" } } },
	{ .name = NULL },
};

const struct rule_kind rule_required_if = {
	.name = "requiredIf",
	.scope = SCOPE_ROW,
	.help = { { "Ô phải ghi khi ô khác đòi hỏi.",
	    "Cells are needed when another one says so." } },
	.example =
	    "{\"fields\": [\"first_media_date\", \"media_outlets\"], \"when\": {\"field\": "
	    "\"introduced_to_media\", \"is\": true}}",
	.params = params,
	.about_empty = true,
	.checks = checks,
};
