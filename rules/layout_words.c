/* Why: which rows are totals, sections and signatures is told by words, and words are a
 * campaign's own. */
#include "rules/layout_words.h"

#include "base/text.h"
#include "rules/rulebook_int.h"

bool
layout_has(const struct layout_words *w, struct bytes key)
{
	for (size_t i = 0; i < w->count; i++) {
		struct bytes word = w->list[i].key;

		if (bytes_equal(key, word) ||
		    (w->list[i].begins && bytes_starts(key, word) && key.at[word.len] == ' '))
			return true;
	}
	return false;
}

static void
read_words(struct layout_words *out, const struct at *at, const char *name)
{
	struct arena *a = at->d->arena;
	struct at child = at_key(at, name);
	size_t count;
	const char *const *texts = at_texts(at, name, &count);
	struct layout_word *list;

	if (!child.value)
		return;
	list = arena_array(a, count + 1, sizeof(*list));
	for (size_t i = 0; i < count; i++) {
		struct bytes text = bytes_of(texts[i]);

		if (text.len && text.at[text.len - 1] == '*') {
			list[i].begins = true;
			text.len--;
		}
		list[i].key = text_key(a, text);
		if (list[i].key.len == 0)
			at_mistake(&child, "'%s' has no letter", texts[i]);
	}
	*out = (struct layout_words){ .list = list, .count = count };
}

static void
read_groups(struct form_layout *out, const struct at *at)
{
	struct arena *a = at->d->arena;
	struct at child = at_key(at, "groups");
	json_t *object = (json_t *)(uintptr_t)child.value; /* jansson's walk wants no const */
	struct layout_group *groups =
	    arena_array(a, json_object_size(object) + 1, sizeof(*groups));
	size_t n = 0;

	for (void *walk = json_object_iter(object); walk;
	     walk = json_object_iter_next(object, walk)) {
		const char *name = json_object_iter_key(walk);
		const char *const *texts = at_texts(&child, name, &groups[n].count);
		struct bytes *keys = arena_array(a, groups[n].count + 1, sizeof(*keys));

		for (size_t i = 0; i < groups[n].count; i++)
			keys[i] = text_key(a, bytes_of(texts[i]));
		groups[n].name = arena_text(a, bytes_of(name));
		groups[n++].keys = keys;
	}
	if (child.value) {
		out->groups = groups;
		out->group_count = n;
	}
}

static void
read_level(enum level *out, const struct at *at)
{
	static const char *const names[] = { "info", "warning", "error", "reject" };
	const char *name = at_text(at, "totalLevel", NULL);
	struct at child = at_key(at, "totalLevel");

	for (size_t i = 0; name && i < COUNT(names); i++)
		if (strcmp(names[i], name) == 0) {
			*out = (enum level)i;
			return;
		}
	if (name)
		at_mistake(&child, "must be info, warning, error or reject");
}

static void
check_names(const struct at *at)
{
	static const char *const known[] = { "totals", "sections", "outside", "groups",
		"totalLevel" };
	json_t *object = (json_t *)(uintptr_t)at->value; /* jansson's walk wants no const */

	for (void *walk = json_object_iter(object); walk;
	     walk = json_object_iter_next(object, walk)) {
		struct at child = at_key(at, json_object_iter_key(walk));
		size_t i = 0;

		while (i < COUNT(known) && strcmp(known[i], child.key) != 0)
			i++;
		if (i == COUNT(known))
			at_mistake(&child, "giamsat knows no such property here");
	}
}

void
form_layout_read(struct form_layout *out, const struct at *resource)
{
	struct at at = at_key(resource, "giamsat:layout");

	if (!at.value)
		return;
	if (!json_is_object(at.value)) {
		at_mistake(&at, "an object is wanted here");
		return;
	}
	check_names(&at);
	read_words(&out->totals, &at, "totals");
	read_words(&out->sections, &at, "sections");
	read_words(&out->outside, &at, "outside");
	read_groups(out, &at);
	read_level(&out->total_level, &at);
}
