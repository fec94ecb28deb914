/*
 * Why: a letter in an old Vietnamese font is told by the style of its cell, which has it from
 * another style, which names a font by a name of its own.
 */
#include "ingest/ods_int.h"

#include <stdlib.h>

#include "base/memory.h"

/* More than any program writes. */
#define STYLES      ((size_t)1 << 17)
#define STYLE_BYTES ((size_t)16 << 20) /* of their names */
#define FACES       1024u
#define FAMILY      32 /* how far a style's parents are asked */

struct style {
	struct bytes key; /* the family's letter and the name */
	struct bytes parent;
	const struct legacy *font;
	bool has_font, hidden;
	bool asked;   /* font is what its parents say, too, if has_font */
	size_t order; /* of two of one name the later counts */
};

struct ods_styles {
	struct arena *arena;
	struct style *all;
	size_t count, room;
	bool sorted;
	struct {
		struct bytes name;
		const struct legacy *font;
	} faces[FACES];
	size_t faces_count;
	bool legacy;        /* some font shows letters of its own */
	struct style *open; /* the one that is being told */
};

struct ods_styles *
ods_styles_new(void)
{
	struct ods_styles *s = memory_new(sizeof(*s));

	s->arena = arena_new();
	return s;
}

void
ods_styles_free(struct ods_styles **s)
{
	if (!*s)
		return;
	arena_free(&(*s)->arena);
	free((*s)->all);
	free(*s);
	*s = NULL;
}

/* A family as CSS has it: the first of a list, perhaps in quotes. */
static struct bytes
family_name(const char *text)
{
	struct bytes name = bytes_of(text);

	name = bytes_trim(bytes_slice(name, 0, bytes_find(name, BYTES(","))));
	if (name.len >= 2 && (name.at[0] == '\'' || name.at[0] == '"') &&
	    name.at[name.len - 1] == name.at[0])
		name = bytes_trim(bytes_slice(name, 1, name.len - 2));
	return name;
}

static const char *
take_face(struct ods_styles *s, const char *const *attributes)
{
	const char *name = xml_attribute(attributes, "name"),
		   *family = xml_attribute(attributes, "font-family");

	if (!name || !family)
		return NULL;
	if (s->faces_count == FACES || strlen(name) > ODS_NAME)
		return "too-large";
	s->faces[s->faces_count].name = arena_bytes(s->arena, bytes_of(name));
	s->faces[s->faces_count++].font = legacy_of_font(family_name(family));
	return NULL;
}

/* The last face of that name; a name without one is the font's own. */
static const struct legacy *
font_of_face(const struct ods_styles *s, struct bytes name)
{
	for (size_t i = s->faces_count; i > 0; i--)
		if (bytes_equal(s->faces[i - 1].name, name))
			return s->faces[i - 1].font;
	return legacy_of_font(name);
}

static enum ods_family
family_of(const char *text)
{
	static const struct {
		const char *name;
		enum ods_family family;
	} families[] = {
		{ "table-cell", ODS_CELL },
		{ "table", ODS_TABLE },
		{ "paragraph", ODS_PARAGRAPH },
		{ "text", ODS_SPAN },
	};

	for (size_t i = 0; i < COUNT(families); i++)
		if (strcmp(text, families[i].name) == 0)
			return families[i].family;
	return ODS_NO_FAMILY;
}

static struct bytes
key_of(struct ods_styles *s, enum ods_family family, struct bytes name)
{
	char *key = arena_take(s->arena, name.len + 1);

	key[0] = (char)family;
	if (name.len > 0)
		memcpy(key + 1, name.at, name.len);
	return (struct bytes){ .at = key, .len = name.len + 1 };
}

/* Default styles are those without a name. */
static const char *
open_style(struct ods_styles *s, const char *const *attributes)
{
	const char *name = xml_attribute(attributes, "name"),
		   *parent = xml_attribute(attributes, "parent-style-name"),
		   *family = xml_attribute(attributes, "family");
	enum ods_family of = family ? family_of(family) : ODS_NO_FAMILY;

	if (of == ODS_NO_FAMILY)
		return NULL;
	if (s->count == STYLES || arena_used(s->arena) > STYLE_BYTES ||
	    bytes_of(name).len > ODS_NAME || bytes_of(parent).len > ODS_NAME)
		return "too-large";
	if (s->count == s->room) {
		s->room = s->room ? 2 * s->room : 64;
		s->all = memory_resize(s->all, s->room, sizeof(*s->all));
	}
	s->open = &s->all[s->count];
	*s->open = (struct style){ .key = key_of(s, of, bytes_of(name)),
		.parent = arena_bytes(s->arena, bytes_of(parent)),
		.order = s->count };
	s->count++;
	s->sorted = false;
	return NULL;
}

static void
take_font(struct ods_styles *s, const char *const *attributes)
{
	const char *face = xml_attribute(attributes, "font-name"),
		   *family = xml_attribute(attributes, "font-family");

	if (!face && !family)
		return;
	s->open->has_font = true;
	s->open->font =
	    face ? font_of_face(s, bytes_of(face)) : legacy_of_font(family_name(family));
	s->legacy |= s->open->font != NULL;
}

const char *
ods_styles_start(struct ods_styles *s, const char *name, const char *const *attributes)
{
	const char *display;

	if (strcmp(name, "font-face") == 0)
		return take_face(s, attributes);
	if (strcmp(name, "style") == 0 || strcmp(name, "default-style") == 0) {
		s->open = NULL;
		return open_style(s, attributes);
	}
	if (s->open && strcmp(name, "text-properties") == 0)
		take_font(s, attributes);
	if (s->open && strcmp(name, "table-properties") == 0) {
		display = xml_attribute(attributes, "display");
		s->open->hidden = display && strcmp(display, "false") == 0;
	}
	return NULL;
}

void
ods_styles_end(struct ods_styles *s, const char *name)
{
	if (strcmp(name, "style") == 0 || strcmp(name, "default-style") == 0)
		s->open = NULL;
}

static int
compare(const void *a, const void *b)
{
	const struct style *x = a, *y = b;
	int way = bytes_compare(x->key, y->key);

	return way ? way : (x->order > y->order) - (x->order < y->order);
}

/* The last of that name; NULL: none. */
static struct style *
find(struct ods_styles *s, enum ods_family family, struct bytes name)
{
	size_t low = 0, high = s->count;

	if (!s->sorted && s->count > 0) {
		qsort(s->all, s->count, sizeof(*s->all), compare);
		s->open = NULL; /* it is elsewhere by now */
	}
	s->sorted = true;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		struct bytes key = s->all[middle].key;
		int way = key.at[0] != (char)family
		    ? (key.at[0] < (char)family ? -1 : 1)
		    : bytes_compare(bytes_slice(key, 1, key.len), name);

		if (way <= 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == 0)
		return NULL;
	return s->all[low - 1].key.at[0] == (char)family &&
		bytes_equal(bytes_slice(s->all[low - 1].key, 1, ODS_NAME), name)
	    ? &s->all[low - 1]
	    : NULL;
}

/* Asks the parents once; what has none is made of the family's default. */
static void
ask_parents(struct ods_styles *s, struct style *style, enum ods_family family)
{
	const struct style *other = style;

	for (unsigned i = 0; i < FAMILY && other && !other->has_font; i++) {
		struct bytes name = other->parent;

		if (other->key.len == 1)
			other = NULL;
		else
			other = find(s, family, name);
	}
	if (other) {
		style->has_font = other->has_font;
		style->font = other->font;
	}
	style->asked = true;
}

void
ods_styles_font(
    const struct legacy **font, struct ods_styles *s, enum ods_family family, struct bytes name)
{
	struct style *style;

	if (!s->legacy)
		return;
	style = find(s, family, name);
	if (!style)
		style = find(s, family, BYTES(""));
	if (style && !style->asked)
		ask_parents(s, style, family);
	if (style && style->has_font)
		*font = style->font;
}

bool
ods_styles_hidden(struct ods_styles *s, struct bytes table_style)
{
	const struct style *style = find(s, ODS_TABLE, table_style);

	return style && style->hidden;
}
