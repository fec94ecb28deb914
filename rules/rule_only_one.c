/* Why: where a form offers several columns for one answer, two answers are none. */
#include "rules/rule_int.h"

/* The name of the first field that is filled; from: counting from the second of them. */
static const char *
filled(struct checks *c, const struct rule_arg *list, bool second)
{
	AUTO(buf_free) struct buf out = { 0 };

	buf_text(&out, "CASE");
	for (size_t i = 0; i < list->count; i++) {
		const char *name = c->form->fields[list->fields[i]].name;

		buf_printf(&out, " WHEN r.%s IS NOT NULL", name);
		if (second)
			buf_text(&out, " AND (0");
		for (size_t k = 0; second && k < i; k++)
			buf_printf(&out, " OR r.%s IS NOT NULL",
			    c->form->fields[list->fields[k]].name);
		buf_printf(&out, second ? ") THEN '%s'" : " THEN '%s'", name);
	}
	buf_text(&out, " END");
	return arena_text(c->arena, buf_bytes(&out));
}

static struct words
titles(struct checks *c, const struct rule_arg *list)
{
	struct words w;

	for (enum language l = 0; l < LANGUAGES; l++) {
		AUTO(buf_free) struct buf out = { 0 };

		for (size_t i = 0; i < list->count; i++)
			buf_printf(&out, "%s“%s”", i ? ", " : "",
			    words_in(c->form->fields[list->fields[i]].title, l));
		w.in[l] = arena_text(c->arena, buf_bytes(&out));
	}
	return w;
}

static void
checks(struct checks *c)
{
	const struct rule_arg *list = rule_arg(c->rule, "fields");
	struct rule_check *k = checks_add(c, list->fields[0]);
	AUTO(buf_free) struct buf count = { 0 };

	for (size_t i = 0; i < list->count; i++)
		buf_printf(&count, "%s(r.%s IS NOT NULL)", i ? " + " : "",
		    c->form->fields[list->fields[i]].name);
	k->wrong = arena_printf(c->arena, "%s > 1", count.at);
	k->place = filled(c, list, true);
	check_value(c, k, "other_field", filled(c, list, false));
	k->terms = titles(c, list);
	k->message = (struct words){ {
	    CELL_VI "“{other_field}” đã ghi rồi; chỉ ghi một trong các cột {terms}.",
	    CELL_EN "“{other_field}” is filled already; fill just one of {terms}.",
	} };
	if (!rule_arg(c->rule, "needed")->flag)
		return;
	k = checks_add(c, list->fields[0]);
	k->wrong = arena_printf(c->arena, "%s = 0", count.at);
	k->terms = titles(c, list);
	k->message = (struct words){ { CELL_VI "phải ghi một trong các cột {terms}.",
	    CELL_EN "one of {terms} must be filled." } };
}

static const struct rule_param params[] = {
	{ .name = "fields",
	    .type = PARAM_FIELDS,
	    .required = true,
	    .help = { { "các cột chỉ được ghi một",
		"fields of which at most one is filled" } } },
	{ .name = "needed",
	    .type = PARAM_FLAG,
	    .help = { { "phải ghi một cột", "one of them must be" } } },
	{ .name = NULL },
};

const struct rule_kind rule_only_one = {
	.name = "onlyOne",
	.scope = SCOPE_ROW,
	.help = { { "Chỉ một trong các ô được ghi.",
	    "At most one of several cells is filled." } },
	.example = "{\"fields\": [\"award_form\", \"award_other\"]}",
	.params = params,
	.about_empty = true,
	.checks = checks,
};
