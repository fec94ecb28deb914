/* Why: constraints are written as in a file or as JSON has them, and mean something for some
 * types only; one that means nothing would be believed to be kept. */
#include <stdlib.h>

#include "rules/json_schema.h"
#include "rules/pattern.h"
#include "rules/rulebook_int.h"
#include "rules/value.h"

/* An array or object of JSON is written as it would stand in a cell. */
static const char *
text_of(const struct at *at, struct arena *a)
{
	const char *text;
	char *dump;

	if (!json_is_object(at->value) && !json_is_array(at->value))
		return at_scalar(at);
	dump = json_dumps(at->value, JSON_COMPACT);
	if (!dump)
		abort(); /* out of memory */
	text = arena_text(a, bytes_of(dump));
	free(dump);
	return text;
}

static bool
read_as(struct value *out, const char *text, const struct field *f, struct arena *a)
{
	const struct cell_context plain = { .arena = a };
	struct cell_reading cell;

	value_read(&cell, bytes_of(text), NATIVE_TEXT, f, &plain);
	*out = cell.value;
	return cell.fault == FAULT_NONE && cell.value.kind != VALUE_EMPTY;
}

/* A bound or an allowed value, written as in a file or as JSON does, in the field's own type.
 */
static bool
read_value(struct value *out, const struct field *f, struct builder *b, const struct at *at)
{
	static const char *const iso[] = { "%Y-%m-%d", NULL };
	const char *text = text_of(at, b->d.arena);
	struct field bare = *f, standard;

	/* Only the type counts here. */
	bare.has_minimum = bare.has_maximum = bare.has_min_length = bare.has_max_length = false;
	bare.low = bare.high = NULL;
	bare.pattern = NULL;
	bare.json = NULL;
	bare.allowed_count = 0;
	bare.missing_values = NULL;
	if (read_as(out, text, &bare, b->d.arena))
		return true;
	/* JSON writes 99.5 and 2025-06-30 and true whatever the field's way is. */
	standard = bare;
	standard.point = '.';
	standard.group = '\0';
	standard.group_text = NULL;
	standard.date_formats = iso;
	standard.true_values = field_yes_standard;
	standard.false_values = field_no_standard;
	if (f->type == FIELD_DATE)
		standard.special = NULL;
	standard.format = NULL;
	if (read_as(out, text, &standard, b->d.arena))
		return true;
	at_mistake(at, "'%.80s' is no value of the field's type", text);
	return false;
}

/* Of two bounds on one side the stricter counts. */
struct side {
	const char *inclusive, *exclusive;
	int sign; /* 1: values must be above it */
};

static bool
read_side(struct value *out, bool *excluded, const struct field *f, struct builder *b,
    const struct at *constraints, const struct side *side)
{
	struct at at = at_key(constraints, side->inclusive),
		  strict = at_key(constraints, side->exclusive);
	struct value other;
	int order;

	if (at.value && !read_value(out, f, b, &at))
		return false;
	if (!strict.value) {
		at = at_key(constraints, side->inclusive);
	} else if (!read_value(&other, f, b, &strict)) {
		return false;
	} else {
		order = at.value ? value_order(&other, out) * side->sign : 0;
		*excluded = order >= 0;
		if (*excluded)
			*out = other;
		at = strict;
	}
	/* Of a number too long to compare exactly, or a NaN, nothing could be said. */
	if (at.value && out->kind == VALUE_REAL)
		at_mistake(&at, "has too many digits for a bound");
	return at.value != NULL && out->kind != VALUE_REAL;
}

static const struct value *
keep(struct arena *a, const struct value *v)
{
	struct value *kept = arena_take(a, sizeof(*kept));

	*kept = *v;
	return kept;
}

static void
read_bounds(struct field *f, struct builder *b, const struct at *constraints)
{
	static const struct side low = { "minimum", "exclusiveMinimum", 1 },
				 high = { "maximum", "exclusiveMaximum", -1 };
	struct value v = { 0 };
	bool moves;

	if (read_side(&v, &f->minimum_excluded, f, b, constraints, &low)) {
		moves = v.kind == VALUE_MOMENT || v.kind == VALUE_DURATION;
		f->low = moves ? keep(b->d.arena, &v) : NULL;
		f->has_minimum = !moves;
		f->minimum = v.number;
		f->date_minimum = v.date;
	}
	if (read_side(&v, &f->maximum_excluded, f, b, constraints, &high)) {
		moves = v.kind == VALUE_MOMENT || v.kind == VALUE_DURATION;
		f->high = moves ? keep(b->d.arena, &v) : NULL;
		f->has_maximum = !moves;
		f->maximum = v.number;
		f->date_maximum = v.date;
	}
}

static bool
is_among(const struct value *v, const struct value *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (value_equal(v, &list[i]))
			return true;
	return false;
}

static const struct value *
read_values(size_t *count, struct field *f, struct builder *b, const struct at *list)
{
	size_t all = at_count(list), kept = 0;
	struct value *values = arena_array(b->d.arena, all + 1, sizeof(*values));

	f->compared = f->compared || all > 0;
	for (size_t i = 0; i < all; i++) {
		struct at item = at_index(list, i);

		if (read_value(&values[kept], f, b, &item))
			kept++;
	}
	*count = kept;
	return values;
}

/* [1, 2], or [{"value": 1, "label": "…"}, …]: the cell must hold one of the values. */
static void
read_categories(struct field *f, struct builder *b, const struct at *field)
{
	struct at list = at_key(field, "categories"),
		  ordered = at_key(field, "categoriesOrdered");
	size_t all = at_count(&list), kept = 0;
	struct value *values = arena_array(b->d.arena, all + 1, sizeof(*values));
	const char **labels = arena_array(b->d.arena, all + 1, sizeof(*labels));

	(void)at_flag(field, "categoriesOrdered", false); /* no order is asked for; see docs */
	if (ordered.value && !list.value)
		at_mistake(&ordered, "has no meaning without categories");
	if (list.value && f->type != FIELD_STRING && f->type != FIELD_INTEGER)
		at_mistake(&list, "is for fields of type string or integer");
	for (size_t i = 0; i < all; i++) {
		struct at item = at_index(&list, i), value = item;

		labels[kept] = "";
		if (json_is_object(item.value)) {
			value = at_key(&item, "value");
			labels[kept] = at_text(&item, "label", "");
		}
		if (!read_value(&values[kept], f, b, &value))
			continue;
		if (is_among(&values[kept], values, kept))
			at_mistake(&value, "is there twice");
		kept++;
	}
	for (size_t i = 0; kept > 0 && i < f->allowed_count; i++)
		if (!is_among(&f->allowed[i], values, kept)) {
			at_mistake(&list, "lacks value %zu of constraints/enum", i + 1);
			return;
		}
	if (kept == 0 || f->allowed_count > 0) /* an enum is part of them and says more */
		return;
	f->allowed = values;
	f->allowed_labels = labels;
	f->allowed_count = kept;
}

/* Those that the field's type cannot keep, and those that nobody knows. */
static void
check_names(const struct field *f, const struct at *constraints)
{
	static const struct {
		const char *name;
		unsigned needs; /* 0: any type has it */
	} all[] = {
		{ "required", 0 },
		{ "unique", 0 },
		{ "enum", 0 },
		{ "minLength", CONSTRAINT_LENGTH },
		{ "maxLength", CONSTRAINT_LENGTH },
		{ "minimum", CONSTRAINT_RANGE },
		{ "maximum", CONSTRAINT_RANGE },
		{ "exclusiveMinimum", CONSTRAINT_RANGE },
		{ "exclusiveMaximum", CONSTRAINT_RANGE },
		{ "pattern", CONSTRAINT_PATTERN },
		{ "jsonSchema", CONSTRAINT_JSON },
	};
	unsigned has = value_type_constraints(f);

	for (size_t i = 0; i < COUNT(all); i++) {
		struct at at = at_key(constraints, all[i].name);

		if (at.value && all[i].needs && !(has & all[i].needs))
			at_mistake(&at, "has no meaning for this type");
	}
}

static void
read_text_constraints(struct field *f, struct builder *b, const struct at *constraints)
{
	struct at pattern = at_key(constraints, "pattern"),
		  json = at_key(constraints, "jsonSchema");
	const char *text = at_text(constraints, "pattern", NULL), *why;

	f->has_min_length = at_key(constraints, "minLength").value != NULL;
	f->has_max_length = at_key(constraints, "maxLength").value != NULL;
	f->min_length = (size_t)at_whole(constraints, "minLength", 0, 0, 1 << 30);
	f->max_length = (size_t)at_whole(constraints, "maxLength", 0, 0, 1 << 30);
	if (text) {
		f->pattern = pattern_new(b->d.arena, text, &why);
		if (!f->pattern)
			at_mistake(&pattern, "%s", why);
	}
	if (json.value && (value_type_constraints(f) & CONSTRAINT_JSON))
		f->json = json_schema_read(&json);
}

void
field_constraints(struct field *f, struct builder *b, const struct at *at, bool lenient)
{
	struct at constraints = at_key(at, "constraints"), list;

	check_names(f, &constraints);
	f->required = at_flag(&constraints, "required", false);
	f->unique = at_flag(&constraints, "unique", false);
	f->compared = f->compared || f->unique;
	if (value_type_constraints(f) & CONSTRAINT_RANGE)
		read_bounds(f, b, &constraints);
	read_text_constraints(f, b, &constraints);
	list = at_key(&constraints, "enum");
	f->allowed = read_values(&f->allowed_count, f, b, &list);
	read_categories(f, b, at);
	if (lenient && f->fallback) {
		const struct cell_context c = { .arena = b->d.arena, .lenient = true };
		struct at fallback = at_key(at, "giamsat:default");
		struct cell_reading cell;

		value_read(&cell, bytes_of(f->fallback), NATIVE_TEXT, f, &c);
		if (cell.fault != FAULT_NONE)
			at_mistake(
			    &fallback, "'%.80s' is no good value of this field", f->fallback);
	}
}
