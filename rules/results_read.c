/* Why: a mistake in a long description is mended fast when it is told with its place, and all
 * of them at once. */
#include <stdarg.h>
#include <stdio.h>

#include "rules/results_int.h"

void
results_mistake(struct results_reader *r, const char *place, const char *fmt, ...)
{
	struct mistakes *m = r->mistakes;
	const char **grown = arena_array(r->a, m->count + 1, sizeof(*grown));
	char sentence[512];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(sentence, sizeof(sentence), fmt, ap); /* a longer one is cut */
	va_end(ap);
	if (m->count > 0)
		memcpy(grown, m->text, m->count * sizeof(*grown));
	grown[m->count++] = arena_printf(r->a, "datapackage.json:%s: %s", place, sentence);
	m->text = grown;
}

const char *
results_under(struct results_reader *r, const char *place, const char *key)
{
	return arena_printf(r->a, "%s/%s", place, key);
}

/* Everything but these names is a mistake: a property that is misspelt must not be passed over.
 */
void
results_only(
    struct results_reader *r, const char *place, json_t *object, const char *const *known)
{
	const char *key;
	json_t *value;

	json_object_foreach(object, key, value)
	{
		size_t i = 0;

		while (known[i] && strcmp(known[i], key) != 0)
			i++;
		if (!known[i])
			results_mistake(r, results_under(r, place, key), "unknown property");
	}
}

const char *
results_text_of(
    struct results_reader *r, const char *place, json_t *object, const char *key, bool needed)
{
	json_t *value = json_object_get(object, key);

	if (json_is_string(value) && json_string_length(value) > 0)
		return arena_text(r->a, bytes_of(json_string_value(value)));
	if (value)
		results_mistake(r, results_under(r, place, key), "must be a text");
	else if (needed)
		results_mistake(r, place, "\"%s\" is missing", key);
	return NULL;
}

struct words
results_words_of(struct results_reader *r, const char *place, json_t *object, const char *key)
{
	json_t *value = json_object_get(object, key);
	json_t *vi = json_is_object(value) ? json_object_get(value, "vi") : value;
	json_t *en = json_is_object(value) ? json_object_get(value, "en") : value;

	if (!json_is_string(vi))
		vi = en;
	if (!json_is_string(en))
		en = vi;
	if (!json_is_string(vi)) {
		results_mistake(
		    r, place, "\"%s\" must be a text, or one for \"vi\" and \"en\"", key);
		return (struct words){ { "", "" } };
	}
	return (
	    struct words){ { [LANGUAGE_VI] = arena_text(r->a, bytes_of(json_string_value(vi))),
	    [LANGUAGE_EN] = arena_text(r->a, bytes_of(json_string_value(en))) } };
}

int
results_whole_of(struct results_reader *r, const char *place, json_t *object, const char *key,
    int fallback, int min, int max)
{
	json_t *value = json_object_get(object, key);

	if (!value)
		return fallback;
	if (!json_is_integer(value) || json_integer_value(value) < min ||
	    json_integer_value(value) > max) {
		results_mistake(r, results_under(r, place, key),
		    "must be a whole number from %d to %d", min, max);
		return fallback;
	}
	return (int)json_integer_value(value);
}

bool
results_flag_of(struct results_reader *r, const char *place, json_t *object, const char *key)
{
	json_t *value = json_object_get(object, key);

	if (value && !json_is_boolean(value))
		results_mistake(r, results_under(r, place, key), "must be true or false");
	return json_is_true(value);
}

bool
results_is_number(const struct field *f)
{
	return f->type == FIELD_INTEGER || f->type == FIELD_NUMBER;
}

/* -1 with a mistake when the form has no such field. */
int
results_field_of(struct results_reader *r, const char *place, const char *name)
{
	int field = name ? form_field(r->table->form, bytes_of(name)) : -1;

	if (name && field < 0)
		results_mistake(
		    r, place, "form %s has no field \"%s\"", r->table->form->id, name);
	return field;
}

struct result_where
results_where_of(struct results_reader *r, const char *parent, json_t *object)
{
	static const char *const known[] = { "field", "is", "above", NULL };
	struct result_where w = { .field = -1 };
	json_t *where = json_object_get(object, "where"), *is, *above;
	const char *place = results_under(r, parent, "where");

	if (!where)
		return w;
	if (!json_is_object(where)) {
		results_mistake(r, place, "must be an object");
		return w;
	}
	results_only(r, place, where, known);
	w.field = results_field_of(r, place, results_text_of(r, place, where, "field", true));
	is = json_object_get(where, "is");
	above = json_object_get(where, "above");
	if (json_is_string(is))
		w.is = arena_text(r->a, bytes_of(json_string_value(is)));
	else if (json_is_boolean(is))
		w.is = json_is_true(is) ? "1" : "0"; /* as the ledger keeps them */
	else if (json_is_integer(is))
		w.is = arena_printf(r->a, "%lld", (long long)json_integer_value(is));
	else if (json_is_integer(above))
		w.above = (struct decimal){ .digits = json_integer_value(above) };
	else
		results_mistake(r, place,
		    "needs \"is\" (a text, a whole number, true or false) or \"above\" (a "
		    "whole number)");
	if (!w.is && w.field >= 0 && !results_is_number(&r->table->form->fields[w.field]))
		results_mistake(r, place, "\"above\" needs a field of numbers");
	return w;
}
