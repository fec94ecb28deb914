/* Why: a clerk must find the cell and the figure in the sentence, in his own language. */
#include "rules/lint_int.h"

/* ---- placeholders ---- */

static bool
shows(const struct words w, const char *name)
{
	struct bytes rest, found;

	for (enum language l = 0; l < LANGUAGES; l++) {
		rest = bytes_of(w.in[l]);
		while (message_next(&found, &rest))
			if (!name || bytes_equal(found, bytes_of(name)))
				return true;
	}
	return false;
}

static void
look_at_values(struct linter *l, const struct words w, const struct at *rule)
{
	struct at values = at_key(rule, "values");
	json_t *walked = (json_t *)(uintptr_t)values.value; /* jansson's walk takes no const */

	for (void *walk = json_object_iter(walked); walk;
	     walk = json_object_iter_next(walked, walk)) {
		struct at value = at_key(&values, json_object_iter_key(walk));
		const struct filler filler = filler_plain("name", value.key);

		if (!shows(w, value.key))
			lint_at(l, LINT_VALUE, &value, &filler, 1);
	}
}

void
lint_messages(struct linter *l)
{
	for (size_t i = 0; i < l->form_count; i++) {
		const struct lint_form *f = &l->forms[i];
		size_t count = at_count(&f->rules);

		for (size_t k = 0; k < count; k++) {
			struct at at = at_index(&f->rules, k), message = at_key(&at, "message");
			const struct rule *r = lint_rule(f, &at);
			struct words w;

			/* A kind's own words are ours. */
			if (!r || !message.value)
				continue;
			w = at_words(&at, "message", (struct words){ .in = { "", "" } });
			look_at_values(l, w, &at);
			if (!r->kind->whole && !shows(w, NULL))
				lint_at(l, LINT_BARE_MESSAGE, &message, NULL, 0);
		}
	}
}

/* ---- languages ---- */

/* A text in several languages: an object of "vi" and "en" and nothing else. */
static int
languages_of(const json_t *value)
{
	bool vi = json_is_string(json_object_get(value, "vi")),
	     en = json_is_string(json_object_get(value, "en"));

	if (!json_is_object(value) || json_object_size(value) != (size_t)vi + (size_t)en)
		return 0;
	return (int)vi + (int)en;
}

/* Counts texts in both languages and tells (when tell is true) those in one. */
static size_t
walk_texts(struct linter *l, const struct at *at, bool tell)
{
	json_t *walked = (json_t *)(uintptr_t)at->value; /* jansson's walk takes no const */
	size_t both = languages_of(at->value) == 2;

	if (tell && languages_of(at->value) == 1)
		lint_at(l, LINT_ONE_LANGUAGE, at, NULL, 0);
	for (void *walk = json_object_iter(walked); walk;
	     walk = json_object_iter_next(walked, walk)) {
		struct at child = at_key(at, json_object_iter_key(walk));

		if (tell && strcmp(child.key, "message") == 0 && json_is_string(child.value))
			lint_at(l, LINT_ONE_LANGUAGE, &child, NULL, 0);
		both += walk_texts(l, &child, tell);
	}
	for (size_t i = 0; i < json_array_size(at->value); i++) {
		struct at child = at_index(at, i);

		both += walk_texts(l, &child, tell);
	}
	return both;
}

void
lint_languages(struct linter *l)
{
	if (walk_texts(l, &l->root, false) > 0)
		(void)walk_texts(l, &l->root, true); /* counted already */
}
