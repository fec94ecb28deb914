/* Why: a workbook that people changed becomes the campaign's files again, or all its mistakes
 * are told at once. */
#include "rules/workbook_take_int.h"

const char *
place_name(struct arena *a, const char *sheet, uint32_t row, uint32_t column)
{
	char name[16];

	if (row == 0)
		return sheet;
	cell_name(name, row, column ? column : 1);
	return arena_printf(a, "%s!%s", sheet, name);
}

void
taker_mistake(struct taker *t, const char *sheet, uint32_t row, uint32_t column, const char *vi,
    const char *en)
{
	mistake_add(t->arena, t->mistakes, "%s: %s", place_name(t->arena, sheet, row, column),
	    t->language == LANGUAGE_EN ? en : vi);
}

static const char *const *
passed_over(const struct taker *t)
{
	const char **names = arena_array(t->arena, t->book->count + 1, sizeof(*names));
	size_t count = 0;

	for (size_t i = 0; i < t->book->count; i++) {
		const char *name = t->book->sheets[i].name;

		/* "_" begins the names of sheets that are ours and hold what others pick from.
		 */
		if (!t->used[i] && strcmp(name, workbook_guide) != 0 && *name != '_')
			names[count++] = name;
	}
	return names;
}

/* Once joined, everything hangs on the root; before, each row's object is ours. */
static void
give_back(struct taker *t)
{
	for (size_t id = 0; id < SHEETS; id++)
		for (size_t i = 0;
		     book_sheets[id].shape == SHAPE_LIST && i < t->sheets[id].count; i++)
			json_decref(t->sheets[id].objects[i].object);
}

int
workbook_take(struct workbook_package *out, const char *const **passed, struct arena *a,
    const struct workbook *w, enum language l, struct mistakes *m, struct err *e)
{
	struct taker t = { .arena = a,
		.book = w,
		.language = l,
		.mistakes = m,
		.root = json_object(),
		.used = arena_array(a, w->count + 1, sizeof(*t.used)) };
	struct workbook_places *places = arena_take(a, sizeof(*places));
	struct taken_table *tables;
	size_t before = m->count;

	*out = (struct workbook_package){ .places = places };
	for (size_t i = 0; i < SHEETS; i++)
		take_header(&t, i);
	for (size_t i = 0; i < SHEETS; i++)
		take_rows(&t, i);
	take_tables(out, &tables, &t);
	take_texts(out, &t);
	take_together(&t);
	memcpy(places->sheets, t.sheets, sizeof(t.sheets));
	places->tables = tables;
	places->table_count = out->table_count;
	*passed = passed_over(&t);
	give_back(&t);
	if (m->count > before) {
		json_decref(t.root);
		*out = (struct workbook_package){ 0 };
		return err_set(e, ERR_INPUT, "%zu", m->count - before);
	}
	out->package = t.root;
	return OK;
}
