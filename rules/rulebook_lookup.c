/* Why: a field whose values stand in a table of the campaign names that table, its columns and
 * whose rows count. */
#include "base/text.h"
#include "rules/codelist.h"
#include "rules/reference.h"
#include "rules/rulebook_int.h"

void
field_codes(struct field *f, struct builder *b, const struct at *at)
{
	const char *name = at_text(at, "giamsat:codes", NULL);
	const struct reference *table = rulebook_reference(b->book, "codelists");
	struct at child = at_key(at, "giamsat:codes");

	if (!name)
		return;
	if (f->type != FIELD_STRING)
		at_mistake(&child, "is for fields of type string");
	if (table)
		f->codes = codelist_new(b->d.arena, table, name);
	if (!f->codes)
		at_mistake(&child, "codelists has no list '%s'", name);
}

static size_t
column_of(const struct at *at, const struct reference *table, const char *name)
{
	size_t column = reference_column(table, name);

	if (column == NO_COLUMN)
		at_mistake(at, "%s has no column '%.60s'", table->name, name);
	return column;
}

/* {"parent_code": "unit.gso_code"} */
static void
read_owner(struct lookup_owner *o, struct builder *b, const struct at *at,
    const struct reference *table)
{
	const struct reference *units = rulebook_reference(b->book, "units");
	struct lookup_pair *pairs =
	    arena_array(b->d.arena, json_object_size(at->value) + 1, sizeof(*pairs));
	json_t *object =
	    (json_t *)(uintptr_t)at->value; /* jansson's walk does not take const */

	o->pairs = pairs;
	if (!json_is_object(at->value)) {
		at_mistake(
		    at, "an object like {\"parent_code\": \"unit.gso_code\"} is wanted here");
		return;
	}
	for (void *walk = json_object_iter(object); walk;
	     walk = json_object_iter_next(object, walk)) {
		const char *column = json_object_iter_key(walk),
			   *wanted = at_text(at, column, "");
		struct at child = at_key(at, column);

		if (strncmp(wanted, "unit.", 5) != 0 || !units) {
			at_mistake(&child, "\"unit.\" and a column of units is wanted here");
			continue;
		}
		pairs[o->count].table_column = column_of(&child, table, column);
		pairs[o->count].unit_column = column_of(&child, units, wanted + 5);
		if (pairs[o->count].table_column != NO_COLUMN &&
		    pairs[o->count].unit_column != NO_COLUMN)
			o->count++;
	}
}

void
lookup_owners_read(
    struct lookup *l, struct builder *b, const struct at *at, const struct reference *table)
{
	struct at of = at_key(at, "of");
	bool alone = json_is_object(of.value);
	size_t count = alone ? 1 : at_count(&of);
	struct lookup_owner *owners = arena_array(b->d.arena, count + 1, sizeof(*owners));

	for (size_t i = 0; i < count; i++) {
		struct at item = alone ? of : at_index(&of, i);

		read_owner(&owners[i], b, &item, table);
	}
	l->owners = owners;
	l->owner_count = count;
}

static bool
same_list(const char *const *a, const char *const *b)
{
	for (; *a && *b; a++, b++)
		if (strcmp(*a, *b) != 0)
			return false;
	return !*a && !*b;
}

/* [["Xã", "X"], ["Thị trấn", "TT"]] */
static void
read_prefixes(struct lookup_names *n, struct builder *b, const struct at *spec)
{
	struct at list = at_key(spec, "prefixes");
	size_t kinds = at_count(&list), room = 1;
	struct lookup_prefix *prefixes;

	for (size_t i = 0; i < kinds; i++) {
		struct at words = at_index(&list, i);

		room += at_count(&words);
	}
	prefixes = arena_array(b->d.arena, room, sizeof(*prefixes));
	for (size_t i = 0; i < kinds; i++) {
		struct at words = at_index(&list, i);
		size_t count = at_count(&words);

		for (size_t k = 0; k < count; k++) {
			struct at word = at_index(&words, k);
			struct bytes key =
			    text_bare_key(b->d.arena, bytes_of(at_scalar(&word)));

			if (key.len)
				prefixes[n->prefix_count++] =
				    (struct lookup_prefix){ .key = key,
					    .kind = (unsigned)i + 1 };
		}
	}
	n->prefixes = prefixes;
}

static bool
same_prefixes(const struct lookup_names *a, const struct lookup_names *b)
{
	if (a->prefix_count != b->prefix_count)
		return false;
	for (size_t i = 0; i < a->prefix_count; i++)
		if (a->prefixes[i].kind != b->prefixes[i].kind ||
		    !bytes_equal(a->prefixes[i].key, b->prefixes[i].key))
			return false;
	return true;
}

/* Two fields that look in the same columns share the finders. */
static const struct lookup_names *
names_of(struct builder *b, const struct reference *table, const char *column,
    const char *const *columns, const struct at *spec)
{
	struct lookup_names *n, **more,
	    wanted = { .resource = table->name, .column = column, .columns = columns };

	read_prefixes(&wanted, b, spec);

	for (size_t i = 0; i < b->names_count; i++) {
		n = b->names[i];
		if (strcmp(n->resource, table->name) == 0 && strcmp(n->column, column) == 0 &&
		    same_list(n->columns, columns) && same_prefixes(n, &wanted))
			return n;
	}
	n = arena_take(b->d.arena, sizeof(*n));
	*n = wanted;
	lookup_names_fill(n, b->d.arena, table);
	more = arena_array(b->d.arena, b->names_count + 1, sizeof(struct lookup_names *));
	if (b->names_count)
		memcpy(more, b->names, b->names_count * sizeof(struct lookup_names *));
	more[b->names_count++] = n;
	b->names = more;
	return n;
}

/*
 * {"resource": "commune_succession", "id": "commune_id", "from": "from_id", "to": "to_id",
 *  "whole": {"kind": "whole"}, "on": "effective_date"}
 */
static void
read_succession(struct lookup *l, struct builder *b, const struct at *spec)
{
	struct at at = at_key(spec, "succession"), whole = at_key(&at, "whole");
	struct lookup_succession *s = &l->succession;
	const struct reference *table;
	json_t *object = (json_t *)(uintptr_t)whole.value; /* as above */
	void *first;

	if (!at.value)
		return;
	table = rulebook_reference(b->book, at_need_text(&at, "resource"));
	if (!table) {
		at_mistake(&at, "there is no such reference table");
		return;
	}
	s->id = column_of(&at, l->table, at_need_text(&at, "id"));
	s->from = column_of(&at, table, at_need_text(&at, "from"));
	s->to = column_of(&at, table, at_need_text(&at, "to"));
	s->kind = s->on = NO_COLUMN;
	if (at_key(&at, "on").value)
		s->on = column_of(&at, table, at_need_text(&at, "on"));
	first = json_is_object(whole.value) ? json_object_iter(object) : NULL;
	if (first) {
		s->kind = column_of(&whole, table, json_object_iter_key(first));
		s->whole = at_text(&whole, json_object_iter_key(first), "");
	}
	if (s->id != NO_COLUMN && s->from != NO_COLUMN && s->to != NO_COLUMN)
		s->table = table;
}

void
field_is_key(struct field *f)
{
	if (f->lookup) /* still ours to write */
		((struct lookup *)(uintptr_t)f->lookup)->key = true;
}

void
field_lookup(struct field *f, struct builder *b, const struct at *at, const struct form *form)
{
	static const char *const nothing[] = { NULL };
	struct at spec = at_key(at, "giamsat:lookup"), column, names, beside;
	const char *resource, *column_name, *beside_name;
	const struct reference *table;
	const char *const *list;
	struct lookup *l;
	size_t count;

	if (!spec.value)
		return;
	resource = at_need_text(&spec, "resource");
	column_name = at_need_text(&spec, "column");
	column = at_key(&spec, "column");
	names = at_key(&spec, "names");
	beside = at_key(&spec, "beside");
	table = rulebook_reference(b->book, resource);
	if (f->type != FIELD_STRING)
		at_mistake(&spec, "is for fields of type string");
	if (!table) {
		at_mistake(&spec, "there is no reference table '%.60s'", resource);
		return;
	}
	list = at_texts(&spec, "names", &count);
	for (size_t i = 0; i < count; i++)
		(void)column_of(&names, table, list[i]); /* the mistake is kept */
	if (column_of(&column, table, column_name) == NO_COLUMN)
		return;
	l = arena_take(b->d.arena, sizeof(*l));
	*l = (struct lookup){
		.table = table, .column = reference_column(table, column_name), .beside = -1
	};
	l->pad = (unsigned)at_whole(&spec, "pad", 0, 0, 18);
	beside_name = at_text(&spec, "beside", NULL);
	if (beside_name)
		l->beside = form_field(form, bytes_of(beside_name));
	if (beside_name && l->beside < 0)
		at_mistake(&beside, "the form has no field '%.60s'", beside_name);
	lookup_owners_read(l, b, &spec, table);
	l->by = names_of(b, table, column_name, list ? list : nothing, &spec);
	read_succession(l, b, &spec);
	f->lookup = l;
}
