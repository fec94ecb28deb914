/* Why: each keyword looks at the values of its own kind and lets others pass (JSON Schema
 * 2020-12, validation §4.1). */
#include <math.h>
#include <stdlib.h>

#include "base/text.h"
#include "rules/json_schema_int.h"

char *
json_schema_text(const json_t *value)
{
	/* 1 and 1.0 are one number. */
	double number = json_number_value(value);
	json_t *whole = json_is_real(value) && fabs(number) < 1e15 && trunc(number) >= number &&
		trunc(number) <= number
	    ? json_integer((json_int_t)number)
	    : NULL;
	char *text =
	    json_dumps(whole ? whole : value, JSON_COMPACT | JSON_SORT_KEYS | JSON_ENCODE_ANY);

	json_decref(whole);
	if (!text)
		abort(); /* out of memory */
	return text;
}

static bool
is_whole(const json_t *value)
{
	double number = json_number_value(value);

	return json_is_integer(value) ||
	    (json_is_real(value) && trunc(number) >= number && trunc(number) <= number);
}

static unsigned
types_of(const json_t *value)
{
	switch (json_typeof(value)) {
	case JSON_NULL:
		return JSON_IS_NULL;
	case JSON_TRUE:
	case JSON_FALSE:
		return JSON_IS_BOOLEAN;
	case JSON_STRING:
		return JSON_IS_STRING;
	case JSON_ARRAY:
		return JSON_IS_ARRAY;
	case JSON_OBJECT:
		return JSON_IS_OBJECT;
	default:
		return JSON_IS_NUMBER | (is_whole(value) ? JSON_IS_INTEGER : 0u);
	}
}

static bool
is_value(const struct json_schema *s, const json_t *value)
{
	char *text = json_schema_text(value);
	bool found = false;

	for (size_t i = 0; i < s->value_count; i++)
		found = found || strcmp(text, s->values[i]) == 0;
	free(text);
	return found;
}

static bool
counts(struct json_counts c, size_t n)
{
	return n >= c.least && n <= c.most;
}

static bool
number_fits(const struct json_schema *s, double n)
{
	if (s->has_minimum && (n < s->minimum || (s->above && n <= s->minimum)))
		return false;
	if (s->has_maximum && (n > s->maximum || (s->below && n >= s->maximum)))
		return false;
	if (s->multiple > 0) {
		double times = n / s->multiple;

		/* 0.3 is a multiple of 0.1, whatever doubles make of it. */
		return fabs(times - round(times)) < 1e-9 * (1 + fabs(times));
	}
	return true;
}

static bool
string_fits(const struct json_schema *s, const json_t *value)
{
	struct bytes text = { .at = json_string_value(value),
		.len = json_string_length(value) };

	return counts(s->characters, text_length(text)) &&
	    (!s->pattern || pattern_try(s->pattern, text) != PATTERN_NO);
}

static int
compare_texts(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool
all_differ(const json_t *array)
{
	size_t count = json_array_size(array);
	bool differ = true;
	char **texts = calloc(count + 1, sizeof(*texts));

	if (!texts)
		abort(); /* out of memory */
	for (size_t i = 0; i < count; i++)
		texts[i] = json_schema_text(json_array_get(array, i));
	qsort(texts, count, sizeof(*texts), compare_texts);
	for (size_t i = 1; i < count; i++)
		differ = differ && strcmp(texts[i - 1], texts[i]) != 0;
	for (size_t i = 0; i < count; i++)
		free(texts[i]);
	free(texts);
	return differ;
}

static bool
array_fits(const struct json_schema *s, const json_t *value)
{
	size_t count = json_array_size(value);
	bool contains = s->contains == NULL;

	if (!counts(s->items, count))
		return false;
	for (size_t i = 0; i < count; i++) {
		const json_t *item = json_array_get(value, i);
		const struct json_schema *one =
		    i < s->first_items.count ? s->first_items.schemas[i] : s->other_items;

		if (one && !json_schema_fits(one, item))
			return false;
		contains = contains || json_schema_fits(s->contains, item);
	}
	return contains && (!s->unique || all_differ(value));
}

static bool
member_fits(const struct json_schema *s, const char *name, const json_t *member)
{
	bool known = false;

	for (size_t i = 0; i < s->properties.count; i++)
		if (strcmp(name, s->properties.names[i]) == 0) {
			known = true;
			if (!json_schema_fits(s->properties.schemas[i], member))
				return false;
		}
	for (size_t i = 0; i < s->by_pattern.count; i++)
		if (s->by_pattern.patterns[i] &&
		    pattern_try(s->by_pattern.patterns[i], bytes_of(name)) == PATTERN_YES) {
			known = true;
			if (!json_schema_fits(s->by_pattern.schemas[i], member))
				return false;
		}
	return known || !s->other_members || json_schema_fits(s->other_members, member);
}

static bool
name_fits(const struct json_schema *names, const char *name)
{
	json_t *value = json_string(name);
	bool fits = json_schema_fits(names, value);

	json_decref(value);
	return fits;
}

static bool
object_fits(const struct json_schema *s, const json_t *value)
{
	json_t *walked = (json_t *)(uintptr_t)value; /* jansson's walk does not take const */

	if (!counts(s->members, json_object_size(value)))
		return false;
	for (size_t i = 0; i < s->required_count; i++)
		if (!json_object_get(value, s->required[i]))
			return false;
	for (void *walk = json_object_iter(walked); walk;
	     walk = json_object_iter_next(walked, walk)) {
		const char *name = json_object_iter_key(walk);

		if (!member_fits(s, name, json_object_iter_value(walk)) ||
		    (s->names && !name_fits(s->names, name)))
			return false;
	}
	return true;
}

static size_t
fitting(const struct json_branches *b, const json_t *value)
{
	size_t n = 0;

	for (size_t i = 0; i < b->count; i++)
		n += json_schema_fits(b->schemas[i], value);
	return n;
}

bool
json_schema_fits(const struct json_schema *s, const json_t *value)
{
	if (s->never || (s->types && !(s->types & types_of(value))) ||
	    (s->has_values && !is_value(s, value)))
		return false;
	if (json_is_number(value) && !number_fits(s, json_number_value(value)))
		return false;
	if (json_is_string(value) && !string_fits(s, value))
		return false;
	if (json_is_array(value) && !array_fits(s, value))
		return false;
	if (json_is_object(value) && !object_fits(s, value))
		return false;
	return fitting(&s->all, value) == s->all.count &&
	    (s->any.count == 0 || fitting(&s->any, value) > 0) &&
	    (s->one.count == 0 || fitting(&s->one, value) == 1) &&
	    (!s->none || !json_schema_fits(s->none, value));
}

/* ---- its patterns ---- */

static const char *
look(const struct pattern *p, bool begin)
{
	if (p && begin)
		pattern_begin(p);
	return p && !begin ? pattern_trouble(p) : NULL;
}

static const char *
look_at(const struct json_schema *s, bool begin)
{
	const struct json_branches *branches[] = { &s->properties, &s->by_pattern,
		&s->first_items, &s->all, &s->any, &s->one };
	const struct json_schema *alone[] = { s->other_members, s->other_items, s->contains,
		s->names, s->none };
	const char *why = look(s->pattern, begin);

	for (size_t b = 0; !why && b < COUNT(branches); b++)
		for (size_t i = 0; !why && i < branches[b]->count; i++) {
			if (branches[b]->patterns)
				why = look(branches[b]->patterns[i], begin);
			if (!why)
				why = look_at(branches[b]->schemas[i], begin);
		}
	for (size_t i = 0; !why && i < COUNT(alone); i++)
		why = alone[i] ? look_at(alone[i], begin) : NULL;
	return why;
}

void
json_schema_begin(const struct json_schema *s)
{
	(void)look_at(s, true); /* nothing is told */
}

const char *
json_schema_trouble(const struct json_schema *s)
{
	return look_at(s, false);
}
