/* Why: a rule that can never fire looks like one that all reports pass; its writer should hear
 * of it before the units do. */
#include "rules/lint.h"

#include "rules/lint_int.h"

static const struct {
	const char *name;
	enum level level;
	struct words words;
} kinds[] = {
#define X(id, level, vi, en)                                                                   \
	[LINT_##id] = { #id, LEVEL_##level,                                                    \
		{ .in = { [LANGUAGE_VI] = vi, [LANGUAGE_EN] = en } } },
	LINTS
#undef X
};

void
lint_say(struct linter *l, enum lint_kind kind, const char *place, const struct filler *fillers,
    size_t count)
{
	l->list = arena_more(l->arena, l->list, l->count, sizeof(*l->list));
	l->list[l->count++] = (struct lint){
		.kind = kind,
		.level = kinds[kind].level,
		.name = message_kind_name(l->arena, kinds[kind].name),
		.place = place,
		.text = message_words(l->arena, kinds[kind].words, fillers, count),
	};
}

void
lint_at(struct linter *l, enum lint_kind kind, const struct at *at,
    const struct filler *fillers, size_t count)
{
	lint_say(l, kind, at_place(at), fillers, count);
}

const struct rule *
lint_rule(const struct lint_form *f, const struct at *rule)
{
	struct at id = at_key(rule, "id");
	const char *text = json_string_value(id.value);

	for (size_t i = 0; text && i < f->form->rule_count; i++)
		if (strcmp(f->form->rules[i]->id, text) == 0)
			return f->form->rules[i];
	return NULL;
}

/* Forms stand in the order of their resources. */
static void
find_forms(struct linter *l)
{
	size_t count = at_count(&l->resources);

	l->forms = arena_array(l->arena, l->book->form_count + 1, sizeof(*l->forms));
	for (size_t i = 0; i < count && l->form_count < l->book->form_count; i++) {
		struct lint_form *f = &l->forms[l->form_count];

		f->resource = at_index(&l->resources, i);
		if (!at_key(&f->resource, "giamsat:form").value)
			continue;
		f->form = &l->book->forms[l->form_count++];
		f->schema = at_key(&f->resource, "schema");
		f->fields = at_key(&f->schema, "fields");
		f->rules = at_key(&f->resource, "giamsat:rules");
	}
}

int
lint_rulebook(struct lints *out, struct arena *a, const struct rulebook *r,
    const struct rule_cases *cases, struct err *e)
{
	static void (*const looks[])(struct linter *) = {
#define X(name) lint_##name,
		LINT_LOOKS
#undef X
	};
	struct mistakes m = { 0 };
	struct descriptor d = { .arena = a, .mistakes = &m };
	struct linter l = { .arena = a, .book = r, .cases = cases };
	AUTO(json_close) json_t *root = NULL;
	int rc;

	if ((rc = descriptor_again(&root, &d, r, e)) != OK)
		return rc;
	l.root = at_root(&d, root);
	l.resources = at_key(&l.root, "resources");
	find_forms(&l);
	for (size_t i = 0; i < COUNT(looks); i++)
		looks[i](&l);
	*out = (struct lints){ .list = l.list, .count = l.count };
	for (size_t i = 0; i < l.count; i++)
		out->by_level[l.list[i].level]++;
	return OK;
}
