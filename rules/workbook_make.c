/* Why: a package becomes sheets by taking out of it, cell by cell, what columns know; what is
 * left then is what none of them knows. */
#include "rules/workbook_int.h"

struct maker {
	struct arena *arena;
	const struct rulebook *book;
	json_t *root;  /* our own copy of the package */
	json_t *taken; /* a list that keeps what was taken out of others */
	struct book_objects objects[SHEETS];
};

/* ---- taking the package apart ---- */

static void
add_object(struct maker *m, struct book_objects *to, json_t *object, const char *owner)
{
	to->list = arena_more(m->arena, to->list, to->count, sizeof(*to->list));
	to->owner = arena_more(m->arena, to->owner, to->count, sizeof(*to->owner));
	to->list[to->count] = object;
	to->owner[to->count++] = owner;
}

static bool
all_objects(const json_t *list)
{
	for (size_t i = 0; i < json_array_size(list); i++)
		if (!json_is_object(json_array_get(list, i)))
			return false;
	return json_array_size(list) > 0;
}

static void
take_list(struct maker *m, enum book_sheets id, json_t *parent, const char *owner)
{
	const struct book_sheet *sheet = &book_sheets[id];
	json_t *list = path_get(parent, sheet->list);

	if (!all_objects(list))
		return;
	for (size_t i = 0; i < json_array_size(list);) {
		json_t *item = json_array_get(list, i);

		if (sheet->takes && !sheet->takes(item)) {
			i++;
			continue;
		}
		json_array_append(m->taken, item);
		json_array_remove(list, i);
		add_object(m, &m->objects[id], item, owner);
	}
	if (json_array_size(list) == 0)
		json_decref(path_take(parent, sheet->list));
}

static const char *
owner_name(struct maker *m, const struct book_sheet *sheet, const json_t *parent)
{
	const char *name = sheet->key ? json_string_value(path_get(parent, sheet->key)) : NULL;

	return arena_text(m->arena, bytes_of(name ? name : ""));
}

static void
collect(struct maker *m, enum book_sheets id)
{
	const struct book_sheet *sheet = &book_sheets[id];
	const struct book_objects *parents = &m->objects[sheet->parent];

	switch (sheet->shape) {
	case SHAPE_ROOT:
		add_object(m, &m->objects[id], m->root, "");
		break;
	case SHAPE_LIST:
		if (!sheet->key)
			take_list(m, id, m->root, "");
		for (size_t i = 0; sheet->key && i < parents->count; i++)
			take_list(
			    m, id, parents->list[i], owner_name(m, sheet, parents->list[i]));
		break;
	case SHAPE_SAME:
		for (size_t i = 0; i < parents->count; i++)
			add_object(m, &m->objects[id], parents->list[i],
			    owner_name(m, sheet, parents->list[i]));
		break;
	case SHAPE_MAP:
		break;
	}
}

/* ---- sheets ---- */

/* What other programs are told of a table, when it is nothing but its columns' names. */
static json_t *
plain_schema(const struct reference *r)
{
	json_t *fields = json_array();

	for (size_t i = 0; i < r->column_count; i++)
		json_array_append_new(
		    fields, json_pack("{s:s, s:s}", "name", r->columns[i], "type", "string"));
	return json_pack("{s:o}", "fields", fields);
}

static void
shorten_schemas(struct maker *m)
{
	const struct book_objects *tables = &m->objects[SHEET_TABLES];

	for (size_t i = 0; i < tables->count; i++) {
		const char *name = json_string_value(json_object_get(tables->list[i], "name"));
		const struct reference *r = name ? rulebook_reference(m->book, name) : NULL;
		json_t *plain = r ? plain_schema(r) : NULL;

		if (plain && json_equal(plain, json_object_get(tables->list[i], "schema")))
			json_object_set_new(tables->list[i], "schema", json_true());
		json_decref(plain);
	}
}

/* What the package calls the table; its name where it does not say. */
static struct words
title_of(struct maker *m, const json_t *package, const char *name)
{
	const json_t *resources = json_object_get(package, "resources");
	const char *vi = name, *en = name;

	for (size_t i = 0; i < json_array_size(resources); i++) {
		const json_t *resource = json_array_get(resources, i),
			     *both = json_object_get(resource, "giamsat:title");
		const char *own = json_string_value(json_object_get(resource, "name"));

		if (!own || strcmp(own, name) != 0)
			continue;
		if (json_is_string(json_object_get(resource, "title")))
			vi = en = json_string_value(json_object_get(resource, "title"));
		if (json_is_string(json_object_get(both, "en")))
			en = json_string_value(json_object_get(both, "en"));
	}
	return (struct words){ .in = { arena_text(m->arena, bytes_of(vi)),
				   arena_text(m->arena, bytes_of(en)) } };
}

static int
make_references(
    struct workbook_sheet *out, struct maker *m, const json_t *package, struct err *e)
{
	const char **tabs = arena_array(m->arena, m->book->reference_count + 1, sizeof(*tabs));
	int rc = OK;

	for (size_t i = 0; rc == OK && i < m->book->reference_count; i++) {
		const struct reference *r = &m->book->references[i];

		tabs[i] = reference_tab(m->arena, r->name, tabs, i);
		rc = reference_sheet(
		    &out[i], m->arena, r, tabs[i], title_of(m, package, r->name), e);
	}
	return rc;
}

static void
free_json(json_t **value)
{
	json_decref(*value);
	*value = NULL;
}

int
workbook_make(struct workbook *out, struct arena *a, const json_t *package,
    const struct rulebook *book, const struct workbook_text *texts, size_t text_count,
    struct err *e)
{
	AUTO(free_json) json_t *root = json_deep_copy(package);
	AUTO(free_json) json_t *taken = json_array();
	struct maker m = { .arena = a, .book = book, .root = root, .taken = taken };
	struct workbook_sheet *sheets =
	    arena_array(a, SHEETS + 1 + book->reference_count, sizeof(*sheets));
	size_t count = SHEETS;

	for (size_t i = 0; i < SHEETS; i++)
		collect(&m, i);
	shorten_schemas(&m);
	/* What shares its objects with another sheet leaves the rest to that one. */
	for (size_t i = 0; i < SHEETS; i++)
		if (book_sheets[i].shape == SHAPE_SAME || book_sheets[i].shape == SHAPE_MAP)
			book_sheet_make(&sheets[i], a, &book_sheets[i], &m.objects[i], root);
	for (size_t i = 0; i < SHEETS; i++)
		if (book_sheets[i].shape != SHAPE_SAME && book_sheets[i].shape != SHAPE_MAP)
			book_sheet_make(&sheets[i], a, &book_sheets[i], &m.objects[i], root);
	if (text_count > 0)
		texts_sheet(&sheets[count++], a, texts, text_count);
	*out = (struct workbook){
		.title = book->title, .sheets = sheets, .count = count + book->reference_count
	};
	return make_references(&sheets[count], &m, package, e);
}
