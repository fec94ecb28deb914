/* Why: a field whose values stand in a table of the campaign names that table, its columns and
 * whose rows count. */
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

static void
read_owners(
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

/* Two fields that look in the same columns share the finders. */
static const struct lookup_names *
names_of(struct builder *b, const struct reference *table, const char *column,
    const char *const *columns)
{
	struct lookup_names *n, **more;

	for (size_t i = 0; i < b->names_count; i++) {
		n = b->names[i];
		if (strcmp(n->resource, table->name) == 0 && strcmp(n->column, column) == 0 &&
		    same_list(n->columns, columns))
			return n;
	}
	n = arena_take(b->d.arena, sizeof(*n));
	*n = (struct lookup_names){
		.resource = table->name, .column = column, .columns = columns
	};
	lookup_names_fill(n, b->d.arena, table);
	more = arena_array(b->d.arena, b->names_count + 1, sizeof(struct lookup_names *));
	if (b->names_count)
		memcpy(more, b->names, b->names_count * sizeof(struct lookup_names *));
	more[b->names_count++] = n;
	b->names = more;
	return n;
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
	read_owners(l, b, &spec, table);
	l->by = names_of(b, table, column_name, list ? list : nothing);
	f->lookup = l;
}
