/* Why: a field of a Table Schema says what a cell may hold, and in which ways it may be
 * written. */
#include "base/text.h"
#include "rules/pattern.h"
#include "rules/rulebook_int.h"
#include "rules/value.h"

static const char *const yes_standard[] = { "true", "True", "TRUE", "1", NULL };
static const char *const no_standard[] = { "false", "False", "FALSE", "0", NULL };

static char
mark(const struct at *at, const char *key, char fallback)
{
	const char *text = at_text(at, key, NULL);
	struct at child = at_key(at, key);

	if (!text || !*text)
		return fallback;
	if (text[1]) {
		at_mistake(&child, "one ASCII character is wanted here");
		return fallback;
	}
	return text[0];
}

static void
read_type(struct field *f, const struct at *at, bool lenient)
{
	const char *type = at_text(at, "type", lenient ? "string" : "any");
	const char *format = at_text(at, "format", NULL);
	struct at child = at_key(at, "type");

	if (!value_type_named(f, type, format))
		at_mistake(&child, "'%s' is no type", type);
	if (lenient && f->checker)
		at_mistake(&child,
		    "type '%s'%s%s is not for forms: string, integer, number, boolean, date "
		    "with %%d %%m %%Y, "
		    "year or any",
		    type, format ? " with format " : "", format ? format : "");
}

static void
read_formats(struct field *f, struct builder *b, const struct at *at)
{
	const char **one;
	size_t count;

	f->date_formats = at_texts(at, "giamsat:formats", &count);
	if (count > 0 || f->type != FIELD_DATE)
		return;
	one = arena_array(b->d.arena, 2, sizeof(*one));
	one[0] = f->format && *f->format && strcmp(f->format, "default") != 0 ? f->format
									      : "%Y-%m-%d";
	f->date_formats = one;
}

static void
add_key(struct field *f, struct bytes *keys, struct arena *a, const char *title)
{
	struct bytes key = text_key(a, bytes_of(title));

	if (key.len == 0)
		return;
	for (size_t i = 0; i < f->key_count; i++)
		if (bytes_equal(keys[i], key))
			return;
	keys[f->key_count++] = key;
}

static const struct bytes *
keys_of(size_t *count, struct builder *b, const struct at *at, const char *name)
{
	const char *const *texts = at_texts(at, name, count);
	struct bytes *keys = arena_array(b->d.arena, *count + 1, sizeof(*keys));

	for (size_t i = 0; i < *count; i++)
		keys[i] = text_key(b->d.arena, bytes_of(texts[i]));
	return keys;
}

/* Each also without accents, as the whole heading may be. */
static void
read_units(struct field *f, struct builder *b, const struct at *at)
{
	size_t count;
	const struct bytes *keys = keys_of(&count, b, at, "giamsat:units");
	struct bytes *all = arena_array(b->d.arena, 2 * count + 1, sizeof(*all));

	for (size_t i = 0; i < count; i++) {
		all[2 * i] = keys[i];
		all[2 * i + 1] = text_bare_key(b->d.arena, keys[i]);
	}
	f->unit_keys = all;
	f->unit_count = 2 * count;
}

/* "Tăng khác" below "Hộ nghèo" is one column, below "Hộ cận nghèo" another. */
static void
read_under(struct field *f, struct builder *b, const struct at *at)
{
	const char *name = at_text(at, "giamsat:group", NULL);
	struct at group = at_key(at, "giamsat:group"),
		  children = at_key(at, "giamsat:children");
	size_t i = 0, count = b->layout ? b->layout->group_count : 0;

	read_units(f, b, at);
	f->child_keys = keys_of(&f->child_count, b, at, "giamsat:children");
	if (!name) {
		if (f->child_count)
			at_mistake(&children, "has no meaning without giamsat:group");
		return;
	}
	while (i < count && strcmp(b->layout->groups[i].name, name) != 0)
		i++;
	if (i == count) {
		at_mistake(
		    &group, "there is no group '%.60s' in the form's giamsat:layout", name);
		return;
	}
	f->parent_keys = b->layout->groups[i].keys;
	f->parent_count = b->layout->groups[i].count;
}

/* Titles in both languages, the machine name and the aliases: any of them heads the column. */
static void
read_keys(struct field *f, struct builder *b, const struct at *at)
{
	size_t count;
	const char *const *aliases = at_texts(at, "giamsat:aliases", &count);
	struct bytes *keys = arena_array(b->d.arena, count + LANGUAGES + 1, sizeof(*keys));

	for (enum language l = 0; l < LANGUAGES; l++)
		add_key(f, keys, b->d.arena, f->title.in[l]);
	for (size_t i = 0; i < count; i++)
		add_key(f, keys, b->d.arena, aliases[i]);
	add_key(f, keys, b->d.arena, f->name);
	f->keys = keys;
	read_under(f, b, at);
}

static void
read_is(struct field *f, const struct at *at)
{
	const char *is = at_text(at, "giamsat:is", NULL);
	struct at child = at_key(at, "giamsat:is");

	if (!is)
		return;
	if (strcmp(is, "unit") == 0)
		f->is = IS_UNIT;
	else if (strcmp(is, "period") == 0)
		f->is = IS_PERIOD;
	else
		at_mistake(&child, "must be \"unit\" or \"period\"");
	if (f->type != FIELD_STRING)
		at_mistake(&child, "is for fields of type string");
}

static void
read_own(struct field *f, struct builder *b, const struct at *at)
{
	static const char *const known[] = { "title", "aliases", "scale", "formats", "zero",
		"default", "codes", "expired", "lookup", "many", "personal", "example", "is",
		"group", "children", "units", "total", "percent", NULL };
	struct at scale = at_key(at, "giamsat:scale"), percent = at_key(at, "giamsat:percent");
	size_t count;

	at_only(at, known);
	f->has_scale = scale.value != NULL;
	f->scale = (uint8_t)at_whole(at, "giamsat:scale", 0, 0, 9);
	if (f->has_scale && f->type != FIELD_NUMBER)
		at_mistake(&scale, "is for fields of type number");
	if (f->type == FIELD_INTEGER)
		f->has_scale = true; /* scale 0 */
	f->percent = at_flag(at, "giamsat:percent", false);
	if (f->percent && f->type != FIELD_NUMBER && f->type != FIELD_INTEGER)
		at_mistake(&percent, "is for fields of type number or integer");
	f->zero_values = at_texts(at, "giamsat:zero", &count);
	f->fallback = at_text(at, "giamsat:default", NULL);
	f->expired = at_flag(at, "giamsat:expired", false);
	f->many = mark(at, "giamsat:many", '\0');
	f->no_total = !at_flag(at, "giamsat:total", true);
	f->personal = at_flag(at, "giamsat:personal", false);
	f->example = at_text(at, "giamsat:example", f->example);
	read_is(f, at);
	read_keys(f, b, at);
}

void
field_read(struct field *f, struct builder *b, const struct at *at, bool lenient,
    const char *const *missing)
{
	struct at name = at_key(at, "name"), example = at_key(at, "example");
	const char *plain_title;
	size_t count;

	*f = (struct field){ .name = at_need_text(at, "name"), .bare_number = true };
	if (lenient && *f->name)
		(void)at_identifier(&name, f->name); /* the mistake is kept */
	plain_title = at_text(at, "title", f->name);
	f->title =
	    at_words(at, "giamsat:title", (struct words){ .in = { plain_title, plain_title } });
	f->example = example.value ? at_scalar(&example) : "";
	read_type(f, at, lenient);
	f->point = mark(at, "decimalChar", '.');
	f->group = mark(at, "groupChar", '\0');
	f->bare_number = at_flag(at, "bareNumber", true);
	f->true_values = at_texts(at, "trueValues", &count);
	f->false_values = at_texts(at, "falseValues", &count);
	if (!f->true_values)
		f->true_values = yes_standard;
	if (!f->false_values)
		f->false_values = no_standard;
	f->missing_values = at_texts(at, "missingValues", &count);
	if (!f->missing_values)
		f->missing_values = missing;
	read_formats(f, b, at);
	if (lenient)
		read_own(f, b, at);
	if (f->point == f->group)
		at_mistake(at, "decimalChar and groupChar are the same");
}

/* A bound, written as in a file or as JSON number, in the field's own type. */
static bool
read_value(struct value *out, const struct field *f, struct builder *b, const struct at *at)
{
	const struct cell_context plain = { .arena = b->d.arena };
	struct cell_reading cell;
	struct field bare = *f, standard = *f;

	/* Only the type counts here. */
	bare.has_minimum = bare.has_maximum = bare.has_min_length = bare.has_max_length = false;
	bare.pattern = NULL;
	bare.allowed_count = 0;
	bare.missing_values = NULL;
	value_read(&cell, bytes_of(at_scalar(at)), NATIVE_TEXT, &bare, &plain);
	if (cell.fault != FAULT_NONE || cell.value.kind == VALUE_EMPTY) {
		/* JSON writes 99.5 and 2025-06-30 and true whatever the field's way is. */
		static const char *const iso[] = { "%Y-%m-%d", NULL };

		standard = bare;
		standard.point = '.';
		standard.group = '\0';
		standard.date_formats = iso;
		standard.true_values = yes_standard;
		standard.false_values = no_standard;
		value_read(&cell, bytes_of(at_scalar(at)), NATIVE_TEXT, &standard, &plain);
	}
	if (cell.fault != FAULT_NONE || cell.value.kind == VALUE_EMPTY) {
		at_mistake(at, "'%.80s' is no value of the field's type", at_scalar(at));
		return false;
	}
	*out = cell.value;
	return true;
}

static void
read_bound(bool *has, bool *excluded, struct decimal *number, struct date *day,
    const struct field *f, struct builder *b, const struct at *constraints, const char *key,
    const char *exclusive)
{
	struct at at = at_key(constraints, key);
	struct value v;

	if (!at.value) {
		at = at_key(constraints, exclusive);
		*excluded = at.value != NULL;
	}
	if (!at.value || f->checker)
		return;
	if (f->type != FIELD_INTEGER && f->type != FIELD_NUMBER && f->type != FIELD_YEAR &&
	    f->type != FIELD_DATE) {
		at_mistake(&at, "has no meaning for this type");
		return;
	}
	if (!read_value(&v, f, b, &at))
		return;
	*has = v.kind == VALUE_NUMBER || v.kind == VALUE_DATE;
	*number = v.number;
	*day = v.date;
}

static void
read_enum(struct field *f, struct builder *b, const struct at *constraints)
{
	struct at list = at_key(constraints, "enum");
	size_t count = at_count(&list), kept = 0;
	struct value *allowed = arena_array(b->d.arena, count + 1, sizeof(*allowed));

	for (size_t i = 0; i < count; i++) {
		struct at item = at_index(&list, i);

		if (read_value(&allowed[kept], f, b, &item))
			kept++;
	}
	f->allowed = allowed;
	f->allowed_count = kept;
}

void
field_constraints(struct field *f, struct builder *b, const struct at *at, bool lenient)
{
	struct at constraints = at_key(at, "constraints"),
		  pattern = at_key(&constraints, "pattern");
	const char *text = at_text(&constraints, "pattern", NULL), *why;

	f->required = at_flag(&constraints, "required", false);
	f->unique = at_flag(&constraints, "unique", false);
	read_bound(&f->has_minimum, &f->minimum_excluded, &f->minimum, &f->date_minimum, f, b,
	    &constraints, "minimum", "exclusiveMinimum");
	read_bound(&f->has_maximum, &f->maximum_excluded, &f->maximum, &f->date_maximum, f, b,
	    &constraints, "maximum", "exclusiveMaximum");
	f->has_min_length = at_key(&constraints, "minLength").value != NULL;
	f->has_max_length = at_key(&constraints, "maxLength").value != NULL;
	f->min_length = (size_t)at_whole(&constraints, "minLength", 0, 0, 1 << 30);
	f->max_length = (size_t)at_whole(&constraints, "maxLength", 0, 0, 1 << 30);
	if (text) {
		f->pattern = pattern_new(b->d.arena, text, &why);
		if (!f->pattern)
			at_mistake(&pattern, "%s", why);
	}
	read_enum(f, b, &constraints);
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
