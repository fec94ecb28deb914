/* Why: rows of several sheets become one package again, each member where people look for it.
 */
#include "rules/workbook_take_int.h"

/* Children before their parents; tables before forms, as both are resources. */
static const enum book_sheets order[] = { SHEET_RULES, SHEET_FIELDS, SHEET_RESULT_COLUMNS,
	SHEET_RESULTS, SHEET_TABLES, SHEET_FORMS };

/* The sheet and those that have further columns of its objects. */
static json_t *
sorted(const json_t *object, enum book_sheets id)
{
	const struct book_sheet *sheets[SHEETS] = { &book_sheets[id] };
	size_t count = 1;

	for (size_t i = 0; i < SHEETS; i++)
		if (book_sheets[i].shape == SHAPE_SAME && book_sheets[i].parent == id)
			sheets[count++] = &book_sheets[i];
	return path_sorted(object, sheets, count);
}

static json_t *
parent_of(struct taker *t, enum book_sheets id, const struct taken *child)
{
	if (!book_sheets[id].key)
		return t->root;
	if (child->parent == NOWHERE)
		return NULL; /* told already */
	return t->sheets[book_sheets[id].parent].objects[child->parent].object;
}

static void
join(struct taker *t, enum book_sheets id)
{
	struct taken_sheet *s = &t->sheets[id];
	const char *path = book_sheets[id].list;

	for (size_t i = 0; i < s->count; i++) {
		struct taken *child = &s->objects[i];
		json_t *parent = parent_of(t, id, child),
		       *list = parent ? path_get(parent, path) : NULL;
		json_t *object = sorted(child->object, id);

		if (parent && !list && path_put(parent, path, json_array()))
			list = path_get(parent, path);
		child->index = json_array_size(list);
		if (parent && !json_is_array(list))
			taker_mistake(t, s->sheet->name, child->row, 0,
			    arena_printf(t->arena, "“%s” đã có trong “Thuộc tính khác”", path),
			    arena_printf(
				t->arena, "\"%s\" is among the other properties", path));
		/* The list, or ourselves: what is borrowed from it lives until the end. */
		json_array_append(list, object);
		json_decref(child->object);
		child->object = object;
	}
}

static void
point(struct taker *t, enum book_sheets id)
{
	struct taken_sheet *s = &t->sheets[id];
	const struct book_sheet *sheet = &book_sheets[id];

	for (size_t i = 0; i < s->count; i++) {
		struct taken *child = &s->objects[i];
		const char *parent = "";

		if (sheet->key && child->parent != NOWHERE)
			parent = t->sheets[sheet->parent].objects[child->parent].pointer;
		child->pointer = sheet->shape == SHAPE_ROOT
		    ? ""
		    : arena_printf(t->arena, "%s/%s/%zu", parent, sheet->list, child->index);
	}
}

void
take_together(struct taker *t)
{
	json_t *root;

	for (size_t i = 0; i < COUNT(order); i++)
		join(t, order[i]);
	root = sorted(t->root, SHEET_CAMPAIGN);
	json_decref(t->root);
	t->root = root;
	if (t->sheets[SHEET_CAMPAIGN].count > 0)
		t->sheets[SHEET_CAMPAIGN].objects[0].object = root;
	for (size_t i = COUNT(order); i > 0; i--)
		point(t, order[i - 1]);
	point(t, SHEET_CAMPAIGN);
}
