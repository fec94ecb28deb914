/* Why: one sheet is made of its objects by its columns, whatever they are. */
#include "base/text.h"
#include "rules/workbook_int.h"

struct workbook_cell *
book_cells(struct arena *a, size_t count)
{
	struct workbook_cell *cells = arena_array(a, count + 1, sizeof(*cells));

	for (size_t i = 0; i < count; i++)
		cells[i] = (struct workbook_cell){ NATIVE_EMPTY, "" };
	return cells;
}

/* ---- columns ---- */

static const char *const *
choices_of(struct arena *a, const struct book_column *c)
{
	static const char *const yes_no[] = { "có", "không", NULL };
	const char **labels;
	size_t count = 0;

	if (c->kind == COLUMN_YES)
		return yes_no;
	if (!c->choices)
		return NULL;
	while (c->choices[count].code)
		count++;
	labels = arena_array(a, count + 1, sizeof(*labels));
	for (size_t i = 0; i < count; i++)
		labels[i] = cell_label(a, &c->choices[i]);
	return labels;
}

static struct words
words_of(const char *vi, const char *en)
{
	return (struct words){ .in = { vi, en } };
}

/* Both languages of one property stand side by side. */
static void
put_pair(struct workbook_column *out, struct arena *a, const struct book_column *c)
{
	out[1] = out[0];
	out[0].title = words_of(arena_printf(a, "%s (tiếng Việt)", c->vi),
	    arena_printf(a, "%s (Vietnamese)", c->en));
	out[1].title = words_of(
	    arena_printf(a, "%s (tiếng Anh)", c->vi), arena_printf(a, "%s (English)", c->en));
}

static void
put_rule(struct workbook_column *out, struct arena *a)
{
	out[1] = out[0];
	out[0].choices = rule_choices(a);
	out[1].title = words_of("Tham số", "Parameters");
	out[1].hint =
	    words_of("Mỗi dòng: tên = giá trị (xem trang Hướng dẫn); expr và query: câu SQL",
		"Each line: name = value (see the first sheet); expr and query: SQL");
	out[1].width = 70;
}

static size_t
put_column(struct workbook_column *out, struct arena *a, const struct book_column *c)
{
	size_t width = cell_width(c);

	if (width == 0)
		return 0;
	*out = (struct workbook_column){ .title = words_of(c->vi, c->en),
		.hint = words_of(c->hint_vi, c->hint_en),
		.choices = choices_of(a, c),
		.pick = c->pick,
		.width = c->width,
		.number = c->kind == COLUMN_NUMBER || c->kind == COLUMN_VALUE };
	if (c->kind == COLUMN_RULE)
		put_rule(out, a);
	else if (width == 2)
		put_pair(out, a, c);
	return width;
}

static size_t
cells_of(const struct book_sheet *sheet)
{
	size_t count = sheet->key_vi ? 1 : 0;

	for (size_t i = 0; i < sheet->column_count; i++)
		count += cell_width(&sheet->columns[i]);
	return count;
}

struct workbook_column *
book_columns(
    size_t *count, struct arena *a, const struct book_sheet *sheet, size_t rest_columns)
{
	size_t n = 0;
	struct workbook_column *out =
	    arena_array(a, cells_of(sheet) + rest_columns + 1, sizeof(*out));

	if (sheet->key_vi)
		out[n++] =
		    (struct workbook_column){ .title = words_of(sheet->key_vi, sheet->key_en),
			    .hint = words_of("", ""),
			    .pick = sheet->key_pick,
			    .width = sheet->key_pick ? 14 : 22 };
	for (size_t i = 0; i < sheet->column_count; i++)
		n += put_column(&out[n], a, &sheet->columns[i]);
	for (size_t i = 0; i < rest_columns; i++)
		out[n++] = (struct workbook_column){ .title = words_of(
							 workbook_other_vi, workbook_other_en),
			.hint =
			    words_of("Những gì chưa có cột riêng; nhiều cột thì đọc nối tiếp",
				"What has no column of its own; several are read as one"),
			.width = 40 };
	*count = n;
	return out;
}

/* ---- rows ---- */

/* The rest of an object, in pieces that cells hold: bytes are at least as many as what a
 * spreadsheet counts. */
static size_t
cut_rest(struct workbook_cell **out, struct arena *a, const json_t *object)
{
	struct bytes left = { 0 };
	size_t count = 0;

	if (json_object_size(object) > 0)
		left = bytes_of(cell_json(a, object));
	*out = book_cells(a, left.len / (WORKBOOK_TEXT / 2) + 1);
	while (left.len > 0) {
		struct bytes piece = text_head(left, WORKBOOK_TEXT);

		(*out)[count++] = (struct workbook_cell){ NATIVE_TEXT, arena_text(a, piece) };
		left = bytes_slice(left, piece.len, left.len);
	}
	return count;
}

static struct workbook_cell *
encode_object(struct arena *a, const struct book_sheet *sheet, json_t *object,
    const char *owner, size_t own)
{
	struct workbook_cell *cells = book_cells(a, own);
	size_t at = 0;

	if (sheet->key_vi)
		cells[at++] = (struct workbook_cell){ NATIVE_TEXT, owner };
	for (size_t c = 0; c < sheet->column_count; c++) {
		cell_encode(&cells[at], a, object, &sheet->columns[c]);
		at += cell_width(&sheet->columns[c]);
	}
	return cells;
}

static void
make_rows(struct workbook_sheet *out, struct arena *a, const struct book_sheet *sheet,
    const struct book_objects *objects)
{
	size_t own = cells_of(sheet), most = sheet->shape == SHAPE_SAME ? 0 : 1;
	struct workbook_row *rows = arena_array(a, objects->count + 1, sizeof(*rows));
	struct workbook_cell **rests = arena_array(a, objects->count + 1, sizeof(*rests));
	size_t *pieces = arena_array(a, objects->count + 1, sizeof(*pieces));

	for (size_t i = 0; i < objects->count; i++) {
		rows[i].cells =
		    encode_object(a, sheet, objects->list[i], objects->owner[i], own);
		if (sheet->shape != SHAPE_SAME)
			pieces[i] = cut_rest(&rests[i], a, objects->list[i]);
		most = pieces[i] > most ? pieces[i] : most;
	}
	for (size_t i = 0; i < objects->count; i++) {
		struct workbook_cell *all = book_cells(a, own + most);

		memcpy(all, rows[i].cells, own * sizeof(*all));
		if (pieces[i])
			memcpy(&all[own], rests[i], pieces[i] * sizeof(*all));
		rows[i] = (struct workbook_row){ WORKBOOK_DATA + (uint32_t)i, own + most, all };
	}
	out->rows = rows;
	out->row_count = objects->count;
	out->columns = book_columns(&out->column_count, a, sheet, most);
}

/* Names and values; what does not fit into a row stays in the package's rest. */
static void
make_map(
    struct workbook_sheet *out, struct arena *a, const struct book_sheet *sheet, json_t *root)
{
	json_t *map = path_get(root, sheet->list);
	struct workbook_row *rows = arena_array(a, json_object_size(map) + 1, sizeof(*rows));
	const char *name;
	json_t *value;
	void *next;

	json_object_foreach_safe(map, next, name, value)
	{
		struct workbook_cell *cells = book_cells(a, 2);

		if (!cell_holds(a, bytes_of(name)) || !cell_encode_value(&cells[1], a, value))
			continue;
		cells[0] = (struct workbook_cell){ NATIVE_TEXT, arena_text(a, bytes_of(name)) };
		rows[out->row_count] =
		    (struct workbook_row){ WORKBOOK_DATA + (uint32_t)out->row_count, 2, cells };
		out->row_count++;
		json_object_del(map, cells[0].text);
	}
	if (out->row_count > 0 && json_object_size(map) == 0)
		json_decref(path_take(root, sheet->list));
	out->rows = rows;
	out->columns = book_columns(&out->column_count, a, sheet, 0);
}

void
book_sheet_make(struct workbook_sheet *out, struct arena *a, const struct book_sheet *sheet,
    const struct book_objects *objects, json_t *root)
{
	*out = (struct workbook_sheet){ .name = sheet->vi,
		.help = words_of(sheet->help_vi, sheet->help_en),
		.lists = sheet->lists };
	if (sheet->shape == SHAPE_MAP)
		make_map(out, a, sheet, root);
	else
		make_rows(out, a, sheet, objects);
}
