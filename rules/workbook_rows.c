/* Why: each row of a sheet is one object of the package, as its cells say. */
#include "rules/workbook_take_int.h"

static const char twice_vi[] = "dòng này lặp lại một dòng trước",
		  twice_en[] = "says again what an earlier row says";

/* Cells of a row in the order of what is expected. */
static struct workbook_cell *
cells_of(struct taker *t, const struct taken_sheet *s, const struct workbook_row *row)
{
	struct workbook_cell *cells = book_cells(t->arena, s->expected_count);

	for (size_t i = 0; i < s->expected_count; i++)
		if (s->columns[i])
			cells[i] = workbook_cell_at(t->arena, row, s->columns[i] - 1);
	return cells;
}

static bool
is_blank(const struct taken_sheet *s, struct arena *a, const struct workbook_row *row)
{
	for (size_t i = 0; i < s->width; i++)
		if (workbook_cell_at(a, row, i).native != NATIVE_EMPTY &&
		    *workbook_cell_at(a, row, i).text)
			return false;
	return true;
}

/* All columns of the rest are read as one text, blanks where one ends included. */
static json_t *
take_rest(struct taker *t, const struct taken_sheet *s, const struct workbook_row *row)
{
	AUTO(buf_free) struct buf text = { 0 };
	json_t *object;

	for (size_t i = 0; i < s->width && i < row->count; i++)
		if (s->meaning[i] == s->rest && row->cells[i].native != NATIVE_COVERED)
			buf_text(&text, row->cells[i].text);
	if (bytes_trim(buf_bytes(&text)).len == 0)
		return json_object();
	object = cell_parse_json(buf_bytes(&text));
	if (json_is_object(object))
		return object;
	taker_mistake(t, s->sheet->name, row->number, s->columns[s->rest],
	    "phải là một đối tượng JSON: {\"tên\": giá trị}",
	    "must be a JSON object: {\"name\": value}");
	json_decref(object);
	return json_object();
}

/* Decodes the cells behind the key's into object. */
static void
take_cells(struct taker *t, enum book_sheets id, json_t *object, const struct workbook_row *row)
{
	const struct book_sheet *sheet = &book_sheets[id];
	const struct taken_sheet *s = &t->sheets[id];
	const struct workbook_cell *cells = cells_of(t, s, row);
	size_t at = sheet->key_vi ? 1 : 0;

	for (size_t c = 0; c < sheet->column_count; c++) {
		struct cell_mistake wrong;

		if (cell_width(&sheet->columns[c]) == 0)
			continue;
		if (!cell_decode(object, t->arena, &cells[at], &sheet->columns[c], &wrong))
			taker_mistake(t, s->sheet->name, row->number,
			    s->columns[at + wrong.cell], wrong.vi, wrong.en);
		at += cell_width(&sheet->columns[c]);
	}
}

/* Place of the parent that the row names; NOWHERE after a mistake. */
static size_t
find_parent(struct taker *t, enum book_sheets id, const struct workbook_row *row)
{
	const struct book_sheet *sheet = &book_sheets[id];
	const struct taken_sheet *s = &t->sheets[id], *parents = &t->sheets[sheet->parent];
	const char *name;

	if (!sheet->key)
		return 0;
	if (!s->columns[0])
		return NOWHERE; /* told already */
	name = workbook_cell_at(t->arena, row, s->columns[0] - 1).text;
	for (size_t i = 0; i < parents->count; i++) {
		const char *key =
		    json_string_value(path_get(parents->objects[i].object, sheet->key));

		if (key && strcmp(key, name) == 0)
			return i;
	}
	if (!*name) {
		taker_mistake(t, s->sheet->name, row->number, s->columns[0],
		    arena_printf(t->arena, "ô này trống; hãy ghi một mã của trang %s",
			book_sheets[sheet->parent].vi),
		    arena_printf(t->arena, "is empty; write one of the sheet %s",
			book_sheets[sheet->parent].en));
		return NOWHERE;
	}
	taker_mistake(t, s->sheet->name, row->number, s->columns[0],
	    arena_printf(
		t->arena, "không có “%.60s” ở trang %s", name, book_sheets[sheet->parent].vi),
	    arena_printf(t->arena, "there is no “%.60s” on the sheet %s", name,
		book_sheets[sheet->parent].vi));
	return NOWHERE;
}

static void
take_listed(struct taker *t, enum book_sheets id, const struct workbook_row *row)
{
	struct taken_sheet *s = &t->sheets[id];
	struct taken *taken = &s->objects[s->count++];

	*taken = (struct taken){ .object = take_rest(t, s, row), .row = row->number };
	taken->parent = find_parent(t, id, row);
	take_cells(t, id, taken->object, row);
}

static void
take_same(struct taker *t, enum book_sheets id, const struct workbook_row *row)
{
	struct taken_sheet *parents = &t->sheets[book_sheets[id].parent];
	size_t parent = find_parent(t, id, row);

	if (parent == NOWHERE)
		return;
	if (parents->objects[parent].same_row[id]) {
		taker_mistake(t, t->sheets[id].sheet->name, row->number,
		    t->sheets[id].columns[0], twice_vi, twice_en);
		return;
	}
	parents->objects[parent].same_row[id] = row->number;
	take_cells(t, id, parents->objects[parent].object, row);
}

static void
take_pair(struct taker *t, enum book_sheets id, const struct workbook_row *row)
{
	const struct taken_sheet *s = &t->sheets[id];
	const struct workbook_cell *cells = cells_of(t, s, row);
	json_t *map = path_get(t->root, book_sheets[id].list);

	if (!map) {
		map = json_object();
		path_put(t->root, book_sheets[id].list, map);
	}
	if (!*cells[0].text)
		taker_mistake(
		    t, s->sheet->name, row->number, s->columns[0], "thiếu tên", "has no name");
	else if (!json_is_object(map) || json_object_get(map, cells[0].text))
		taker_mistake(
		    t, s->sheet->name, row->number, s->columns[0], twice_vi, twice_en);
	else
		json_object_set_new(map, cells[0].text, cell_decode_value(&cells[1]));
}

static void
take_root(struct taker *t, enum book_sheets id, const struct workbook_row *row)
{
	struct taken_sheet *s = &t->sheets[id];

	if (s->count > 0) {
		taker_mistake(t, s->sheet->name, row->number, 0, "trang này chỉ có một dòng",
		    "this sheet has one row only");
		return;
	}
	json_decref(t->root);
	t->root = take_rest(t, s, row);
	s->objects[s->count++] = (struct taken){ .object = t->root, .row = row->number };
	take_cells(t, id, t->root, row);
}

/* A form whose further columns nobody filled in. */
static void
look_for_rows(struct taker *t, enum book_sheets id)
{
	const struct taken_sheet *parents = &t->sheets[book_sheets[id].parent];

	for (size_t i = 0; i < parents->count; i++)
		if (!parents->objects[i].same_row[id])
			taker_mistake(t, parents->sheet->name, parents->objects[i].row,
			    parents->columns[0],
			    arena_printf(
				t->arena, "chưa có dòng nào ở trang %s", book_sheets[id].vi),
			    arena_printf(
				t->arena, "has no row on the sheet %s", book_sheets[id].vi));
}

void
take_rows(struct taker *t, enum book_sheets id)
{
	static void (*const takes[])(
	    struct taker *, enum book_sheets, const struct workbook_row *) = {
		[SHAPE_ROOT] = take_root,
		[SHAPE_LIST] = take_listed,
		[SHAPE_SAME] = take_same,
		[SHAPE_MAP] = take_pair,
	};
	struct taken_sheet *s = &t->sheets[id];

	if (!s->sheet)
		return;
	s->objects = arena_array(t->arena, s->sheet->row_count + 1, sizeof(*s->objects));
	for (size_t i = 0; i < s->sheet->row_count; i++)
		if (s->sheet->rows[i].number >= WORKBOOK_DATA &&
		    !is_blank(s, t->arena, &s->sheet->rows[i]))
			takes[book_sheets[id].shape](t, id, &s->sheet->rows[i]);
	if (book_sheets[id].shape == SHAPE_SAME)
		look_for_rows(t, id);
	if (book_sheets[id].shape == SHAPE_ROOT && s->count == 0)
		taker_mistake(t, s->sheet->name, WORKBOOK_DATA, 1, "dòng này không được trống",
		    "this row may not be empty");
}
