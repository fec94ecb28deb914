/* Why: an object in a cell may be asked for its members, and a keyword that nobody looked at
 * would be believed to be kept. */
#include <stdlib.h>

#include "rules/json_schema_int.h"

static const struct json_schema *
child(const struct at *at, const char *key)
{
	struct at at_child = at_key(at, key);

	return at_child.value ? json_schema_read(&at_child) : NULL;
}

/* A pattern of JSON Schema may match anywhere. */
static const struct pattern *
read_pattern(const struct at *at, const char *text)
{
	struct arena *a = at->d->arena;
	const char *why;
	const struct pattern *p =
	    pattern_new(a, arena_printf(a, "(?s:.*?)(?:%s)(?s:.*)", text), &why);

	if (!p)
		at_mistake(at, "%s", why);
	return p;
}

static void
read_list(struct json_branches *out, const struct at *at, const char *key)
{
	struct at list = at_key(at, key);
	size_t count = at_count(&list);
	const struct json_schema **schemas =
	    arena_array(at->d->arena, count + 1, sizeof(struct json_schema *));

	for (size_t i = 0; i < count; i++) {
		struct at item = at_index(&list, i);

		schemas[i] = json_schema_read(&item);
	}
	*out = (struct json_branches){ .schemas = schemas, .count = count };
}

static void
read_members(struct json_branches *out, const struct at *at, const char *key, bool patterns)
{
	struct arena *a = at->d->arena;
	struct at map = at_key(at, key);
	json_t *walked =
	    (json_t *)(uintptr_t)map.value; /* jansson's walk does not take const */
	size_t count = json_object_size(walked), n = 0;
	const struct json_schema **schemas =
	    arena_array(a, count + 1, sizeof(struct json_schema *));
	const struct pattern **compiled = arena_array(a, count + 1, sizeof(struct pattern *));
	const char **names = arena_array(a, count + 1, sizeof(*names));

	if (map.value && !json_is_object(map.value))
		at_mistake(&map, "an object is wanted here");
	for (void *walk = json_object_iter(walked); walk;
	     walk = json_object_iter_next(walked, walk), n++) {
		const char *name = json_object_iter_key(walk);
		struct at member = at_key(&map, name);

		names[n] = arena_text(a, bytes_of(name));
		schemas[n] = json_schema_read(&member);
		compiled[n] = patterns ? read_pattern(&member, names[n]) : NULL;
	}
	*out = (struct json_branches){
		.schemas = schemas, .names = names, .patterns = compiled, .count = count
	};
}

static void
read_types(struct json_schema *s, const struct at *at)
{
	static const struct {
		const char *name;
		unsigned bit;
	} types[] = { { "null", JSON_IS_NULL }, { "boolean", JSON_IS_BOOLEAN },
		{ "number", JSON_IS_NUMBER }, { "integer", JSON_IS_INTEGER },
		{ "string", JSON_IS_STRING }, { "array", JSON_IS_ARRAY },
		{ "object", JSON_IS_OBJECT } };
	struct at child = at_key(at, "type");
	size_t count;
	const char *const *names = at_texts(at, "type", &count);

	for (size_t i = 0; i < count; i++) {
		unsigned bit = 0;

		for (size_t t = 0; t < COUNT(types); t++)
			bit |= strcmp(names[i], types[t].name) == 0 ? types[t].bit : 0;
		if (!bit)
			at_mistake(&child, "'%.40s' is no type of JSON", names[i]);
		s->types |= bit;
	}
}

static const char *
kept_text(const json_t *value, struct arena *a)
{
	char *text = json_schema_text(value);
	const char *kept = arena_text(a, bytes_of(text));

	free(text);
	return kept;
}

static void
read_values(struct json_schema *s, const struct at *at)
{
	struct at list = at_key(at, "enum"), one = at_key(at, "const");
	size_t count = at_count(&list);
	const char **values = arena_array(at->d->arena, count + 2, sizeof(*values));

	for (size_t i = 0; i < count; i++)
		values[s->value_count++] =
		    kept_text(json_array_get(list.value, i), at->d->arena);
	if (one.value) {
		values[0] = kept_text(one.value, at->d->arena);
		s->value_count = 1;
	}
	s->values = values;
	s->has_values = list.value || one.value;
}

static bool
read_number(double *out, const struct at *at, const char *key)
{
	struct at child = at_key(at, key);

	if (!child.value)
		return false;
	if (!json_is_number(child.value))
		at_mistake(&child, "a number is wanted here");
	*out = json_number_value(child.value);
	return true;
}

static void
read_bounds(struct json_schema *s, const struct at *at)
{
	double strict;

	s->has_minimum = read_number(&s->minimum, at, "minimum");
	s->has_maximum = read_number(&s->maximum, at, "maximum");
	if (read_number(&strict, at, "exclusiveMinimum") &&
	    (!s->has_minimum || strict >= s->minimum)) {
		s->has_minimum = s->above = true;
		s->minimum = strict;
	}
	if (read_number(&strict, at, "exclusiveMaximum") &&
	    (!s->has_maximum || strict <= s->maximum)) {
		s->has_maximum = s->below = true;
		s->maximum = strict;
	}
	(void)read_number(&s->multiple, at, "multipleOf"); /* 0 stays: any */
}

static struct json_counts
read_counts(const struct at *at, const char *least, const char *most)
{
	struct json_counts c = { .most = NO_LIMIT };

	c.least = (size_t)at_whole(at, least, 0, 0, 1 << 30);
	if (at_key(at, most).value)
		c.most = (size_t)at_whole(at, most, 0, 0, 1 << 30);
	return c;
}

static void
read_branches(struct json_schema *s, const struct at *at)
{
	read_members(&s->properties, at, "properties", false);
	read_members(&s->by_pattern, at, "patternProperties", true);
	read_list(&s->first_items, at, "prefixItems");
	read_list(&s->all, at, "allOf");
	read_list(&s->any, at, "anyOf");
	read_list(&s->one, at, "oneOf");
	s->required = at_texts(at, "required", &s->required_count);
	s->other_members = child(at, "additionalProperties");
	s->other_items = child(at, "items");
	s->contains = child(at, "contains");
	s->names = child(at, "propertyNames");
	s->none = child(at, "not");
}

/* What is looked at, and what only describes. */
static void
check_keywords(const struct at *at)
{
	static const char *const known[] = { "type", "enum", "const", "minimum", "maximum",
		"exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength",
		"pattern", "minItems", "maxItems", "uniqueItems", "minProperties",
		"maxProperties", "properties", "patternProperties", "additionalProperties",
		"propertyNames", "required", "prefixItems", "items", "contains", "allOf",
		"anyOf", "oneOf", "not", "$schema", "$id", "$comment", "title", "description",
		"default", "examples", "deprecated", "readOnly", "writeOnly", NULL };
	json_t *walked = (json_t *)(uintptr_t)at->value;

	for (void *walk = json_object_iter(walked); walk;
	     walk = json_object_iter_next(walked, walk)) {
		const char *key = json_object_iter_key(walk);
		struct at child = at_key(at, key);

		if (!bytes_among(bytes_of(key), known))
			at_mistake(&child, "giamsat does not know this keyword of JSON Schema");
	}
}

const struct json_schema *
json_schema_read(const struct at *at)
{
	struct json_schema *s = arena_take(at->d->arena, sizeof(*s));
	const char *pattern;
	struct at child;

	*s = (struct json_schema){ .never = json_is_false(at->value) };
	s->characters.most = s->items.most = s->members.most = NO_LIMIT;
	if (json_is_boolean(at->value))
		return s;
	if (!json_is_object(at->value)) {
		at_mistake(at, "a JSON Schema is wanted here");
		return s;
	}
	check_keywords(at);
	read_types(s, at);
	read_values(s, at);
	read_bounds(s, at);
	s->characters = read_counts(at, "minLength", "maxLength");
	s->items = read_counts(at, "minItems", "maxItems");
	s->members = read_counts(at, "minProperties", "maxProperties");
	s->unique = at_flag(at, "uniqueItems", false);
	pattern = at_text(at, "pattern", NULL);
	child = at_key(at, "pattern");
	s->pattern = pattern ? read_pattern(&child, pattern) : NULL;
	read_branches(s, at);
	return s;
}
