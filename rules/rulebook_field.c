/* Why: a field of a Table Schema says what a cell may hold, and in which ways it may be
 * written. */
#include "base/text.h"
#include "rules/pattern.h"
#include "rules/rulebook_int.h"
#include "rules/value.h"

const char *const field_yes_standard[] = { "true", "True", "TRUE", "1", NULL };
const char *const field_no_standard[] = { "false", "False", "FALSE", "0", NULL };

static char
mark(const struct at *at, const char *key, char fallback)
{
	const char *text = at_text(at, key, NULL);
	struct at child = at_key(at, key);

	if (!text || !*text)
		return fallback;
	if (text[1] || (unsigned char)text[0] >= 0x80) {
		at_mistake(&child, "one ASCII character is wanted here");
		return fallback;
	}
	return text[0];
}

static void
read_type(struct field *f, const struct at *at, bool lenient)
{
	const char *type = at_text(at, "type", lenient ? "string" : "any");
	const char *format = at_text(at, "format", NULL), *wrong;
	struct at type_at = at_key(at, "type"), format_at = at_key(at, "format");

	/* The patterns of version 0 of the standard began with "fmt:". */
	if (format && strncmp(format, "fmt:", 4) == 0)
		format += 4;
	wrong = value_type_named(f, type, format);
	if (wrong && strcmp(wrong, "is no type") == 0)
		at_mistake(&type_at, "'%s' %s", type, wrong);
	else if (wrong)
		at_mistake(&format_at, "'%s' %s", format, wrong);
	if (lenient && f->special && f->type != FIELD_STRING)
		at_mistake(&type_at,
		    "type '%s'%s%s is not for forms: string, integer, number, boolean, date "
		    "with %%d %%m %%Y, "
		    "year or any",
		    type, format ? " with format " : "", format ? format : "");
}

/* groupChar is a string: a narrow blank is none of ASCII's. Forms know all blanks anyway. */
static void
read_group(struct field *f, const struct at *at, bool lenient)
{
	const char *text = at_text(at, "groupChar", "");
	struct at child = at_key(at, "groupChar");

	if (lenient || !text[0] || !text[1])
		f->group = mark(at, "groupChar", '\0');
	else if (strlen(text) > 8 || strpbrk(text, "0123456789+-.eE"))
		at_mistake(&child, "a mark between groups of digits is wanted here");
	else
		f->group_text = text;
}

/* What the items of a list or of an array are. */
static void
read_item(struct field *f, struct builder *b, const struct at *at)
{
	static const char *const types[] = { "string", "integer", "boolean", "number",
		"datetime", "date", "time" };
	static const char *const iso[] = { "%Y-%m-%d", NULL };
	const char *type = at_text(at, "type", ""), *item_type;
	struct at child = at_key(at, "arrayItem"), named = at_key(at, "itemType");
	struct field *item = arena_take(b->d.arena, sizeof(*item));
	bool good = false;

	if (strcmp(type, "array") == 0 && child.value) { /* Frictionless's own */
		field_read(item, b, &child, false, f->missing_values);
		field_constraints(item, b, &child, false);
		f->item = item;
	}
	if (strcmp(type, "list") != 0)
		return;
	f->separator = at_text(at, "delimiter", ",");
	item_type = at_text(at, "itemType", "string");
	for (size_t i = 0; i < COUNT(types); i++)
		good = good || strcmp(item_type, types[i]) == 0;
	if (!good)
		at_mistake(&named,
		    "'%.40s' is no type of items: string, integer, boolean, number, datetime, "
		    "date or time",
		    item_type);
	*item = (struct field){ .name = f->name,
		.title = f->title,
		.point = '.',
		.bare_number = true,
		.date_formats = iso,
		.true_values = field_yes_standard,
		.false_values = field_no_standard };
	(void)value_type_named(item, good ? item_type : "string", NULL); /* it was looked at */
	f->item = item;
	if (!*f->separator)
		at_mistake(at, "delimiter is empty");
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
	one[0] = f->format ? f->format : "%Y-%m-%d";
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

	*f = (struct field){ .bare_number = true };
	/* An array's items have no names. */
	f->name = at->key && strcmp(at->key, "arrayItem") == 0 ? "" : at_need_text(at, "name");
	if (lenient && *f->name)
		(void)at_identifier(&name, f->name); /* the mistake is kept */
	plain_title = at_text(at, "title", f->name);
	f->title =
	    at_words(at, "giamsat:title", (struct words){ .in = { plain_title, plain_title } });
	f->example = example.value ? at_scalar(&example) : "";
	read_type(f, at, lenient);
	f->point = mark(at, "decimalChar", '.');
	read_group(f, at, lenient);
	f->bare_number = at_flag(at, "bareNumber", true);
	f->true_values = at_texts(at, "trueValues", &count);
	f->false_values = at_texts(at, "falseValues", &count);
	if (!f->true_values)
		f->true_values = field_yes_standard;
	if (!f->false_values)
		f->false_values = field_no_standard;
	f->missing_values = at_texts(at, "missingValues", &count);
	if (!f->missing_values)
		f->missing_values = missing;
	read_formats(f, b, at);
	read_item(f, b, at);
	if (lenient)
		read_own(f, b, at);
	if (f->point == f->group)
		at_mistake(at, "decimalChar and groupChar are the same");
}
