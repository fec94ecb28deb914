/* Why: what was counted once has happened: a count since the beginning cannot become less. */
#include "rules/rule_int.h"

static void
checks(struct checks *c)
{
	const struct rule_arg *fields = rule_arg(c->rule, "fields");

	past_was(c, past_keys(c), fields->fields, fields->count, "max", false);
	for (size_t i = 0; i < fields->count; i++) {
		int field = fields->fields[i];
		struct rule_check *k = checks_add(c, field);
		const char *off =
		    arena_printf(c->arena, "b.v%zu - r.%s", i, c->form->fields[field].name);

		k->wrong = arena_printf(c->arena, "%s > %s", off, near_sql(c, field, 0));
		check_value(c, k, "previous", arena_printf(c->arena, "b.v%zu", i));
		check_value(c, k, "previous_period", "b.previous_period");
		check_value(c, k, "difference", off);
		k->message = (struct words){ {
		    CELL_VI
		    "giảm từ {previous} (kỳ {previous_period}) xuống {value}; số này không "
		    "thể giảm.",
		    CELL_EN
		    "fell from {previous} ({previous_period}) to {value}; it cannot fall.",
		} };
	}
}

static const struct rule_param params[] = {
	{ .name = "fields",
	    .type = PARAM_FIELDS,
	    .of = OF_COUNTED,
	    .required = true,
	    .help = { { "các cột số, hoặc có/không",
		"fields of numbers, or of yes and no" } } },
	PARAM_KEY,
	PARAM_PREDECESSORS,
	{ .name = NULL },
};

const struct rule_kind rule_never_falls = {
	.name = "neverFalls",
	.scope = SCOPE_PERIOD,
	.help = { { "Số không giảm so với báo cáo trước; “có” không trở lại “không”.",
	    "A figure is never less than in the report before; a yes stays one." } },
	.example = "{\"fields\": [\"replicated_count\", \"media_count\"], \"key\": "
		   "[\"model_code\"]}",
	.params = params,
	.checks = checks,
};
