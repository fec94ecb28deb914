/* Why: a reference table comes back as the CSV it was, so that what nobody changed is no
 * change. */
#include "base/text.h"
#include "rules/workbook_take_int.h"

/* A plain name below the campaign's folder: a workbook comes by mail, and says what is written.
 */
static bool
is_plain_path(const char *path)
{
	size_t len = strlen(path);

	for (const char *c = path; *c; c++)
		if (!((*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') ||
			(*c >= '0' && *c <= '9') || *c == '_' || *c == '-' ||
			((*c == '.' || *c == '/') && c > path && c[-1] != '.' && c[-1] != '/')))
			return false;
	return len > 4 && len < 200 && strcmp(path + len - 4, ".csv") == 0 &&
	    path[len - 5] != '/';
}

static void
put_cell(struct buf *out, struct bytes cell)
{
	if (!memchr(cell.at, ',', cell.len) && !memchr(cell.at, '"', cell.len) &&
	    !memchr(cell.at, '\n', cell.len)) {
		buf_add(out, cell);
		return;
	}
	buf_char(out, '"');
	for (size_t i = 0; i < cell.len; i++) {
		if (cell.at[i] == '"')
			buf_char(out, '"');
		buf_char(out, cell.at[i]);
	}
	buf_char(out, '"');
}

/* Whatever people type for a day becomes 2025-06-30 where it is one; days alone count as text.
 */
static struct bytes
text_of(struct arena *a, const struct workbook_cell *cell, const char *column)
{
	struct bytes text = bytes_of(cell->text);
	struct date day;

	if (cell->native == NATIVE_DATE)
		return text.len > 10 ? bytes_slice(text, 0, 10) : text;
	if ((strcmp(column, "valid_from") == 0 || strcmp(column, "valid_to") == 0) &&
	    date_read(&day, text, "%d/%m/%Y"))
		return bytes_of(
		    arena_printf(a, "%04d-%02d-%02d", day.year, day.month, day.day));
	return text;
}

static void
take_names(struct taken_table *table, struct taker *t)
{
	const struct workbook_row *names = workbook_row_at(table->sheet, 2);
	const char **columns =
	    arena_array(t->arena, names ? names->count + 1 : 1, sizeof(*columns));

	table->columns = columns;
	while (names && table->column_count < names->count) {
		columns[table->column_count] =
		    workbook_cell_at(t->arena, names, table->column_count).text;
		if (!*columns[table->column_count])
			break;
		table->column_count++;
	}
	if (table->column_count == 0)
		taker_mistake(t, table->sheet->name, 2, 1,
		    "dòng thứ hai phải ghi tên các cột của bảng",
		    "the second row must name the table's columns");
}

static bool
take_record(struct buf *out, const struct taken_table *table, const struct workbook_row *row,
    struct taker *t)
{
	AUTO(buf_free) struct buf line = { 0 };
	bool any = false;

	for (size_t c = 0; c < row->count || c < table->column_count; c++) {
		struct workbook_cell cell = workbook_cell_at(t->arena, row, c);
		struct bytes text = bytes_of(cell.text);

		if (cell.native == NATIVE_ERROR || cell.native == NATIVE_UNCALCULATED)
			taker_mistake(t, table->sheet->name, row->number, (uint32_t)c + 1,
			    "là công thức bị lỗi hoặc chưa được tính; hãy ghi giá trị thay cho "
			    "công thức",
			    "is an error, or a formula that was never calculated");
		if (c >= table->column_count && text.len > 0)
			taker_mistake(t, table->sheet->name, row->number, (uint32_t)c + 1,
			    "cột này không có tên ở dòng thứ hai",
			    "the column has no name in the second row");
		if (c >= table->column_count)
			continue;
		any = any || text.len > 0;
		if (c > 0)
			buf_char(&line, ',');
		put_cell(&line, text_of(t->arena, &cell, table->columns[c]));
	}
	if (any) {
		buf_add(out, buf_bytes(&line));
		buf_char(out, '\n');
	}
	return any;
}

static struct bytes
take_csv(struct taken_table *table, struct taker *t)
{
	AUTO(buf_free) struct buf out = { 0 };
	uint32_t *rows = arena_array(t->arena, table->sheet->row_count + 1, sizeof(*rows));

	take_names(table, t);
	for (size_t c = 0; c < table->column_count; c++) {
		buf_text(&out, c ? "," : "");
		put_cell(&out, bytes_of(table->columns[c]));
	}
	buf_char(&out, '\n');
	for (size_t i = 0; i < table->sheet->row_count; i++) {
		const struct workbook_row *row = &table->sheet->rows[i];

		if (row->number >= WORKBOOK_DATA && take_record(&out, table, row, t))
			rows[table->row_count++] = row->number;
	}
	table->rows = rows;
	return arena_bytes(t->arena, buf_bytes(&out));
}

/* For other programs, where the table's row says so. */
static void
put_schema(json_t *object, const struct taken_table *table)
{
	json_t *fields;

	if (!json_is_boolean(json_object_get(object, "schema")))
		return;
	if (!json_is_true(json_object_get(object, "schema"))) {
		json_object_del(object, "schema");
		return;
	}
	fields = json_array();
	for (size_t c = 0; c < table->column_count; c++)
		json_array_append_new(fields,
		    json_pack("{s:s, s:s}", "name", table->columns[c], "type", "string"));
	json_object_set_new(object, "schema", json_pack("{s:o}", "fields", fields));
}

static const char *
text_at(struct arena *a, const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return arena_text(a, bytes_of(text ? text : ""));
}

static bool
take_table(
    struct taken_table *table, struct taker *t, const struct taken_table *before, size_t count)
{
	const struct taken_sheet *s = &t->sheets[SHEET_TABLES];
	const struct taken *row = &s->objects[count];
	const char **tabs = arena_array(t->arena, count + 1, sizeof(*tabs));
	uint32_t path = taken_column(s, SHEET_TABLES, "path", 0);
	const char *tab;

	table->name = text_at(t->arena, row->object, "name");
	table->path = text_at(t->arena, row->object, "path");
	if (!is_plain_path(table->path))
		taker_mistake(t, s->sheet->name, row->row, path,
		    "tệp phải có tên như communes.csv, trong thư mục của chiến dịch",
		    "the file must be one like communes.csv in the campaign's folder");
	for (size_t i = 0; i < count; i++) {
		tabs[i] = before[i].sheet ? before[i].sheet->name : "";
		if (strcmp(before[i].path, table->path) == 0)
			taker_mistake(t, s->sheet->name, row->row, path,
			    "tệp này đã là của một bảng khác",
			    "the file is another table's already");
	}
	tab = reference_tab(t->arena, table->name, tabs, count);
	table->sheet = *table->name ? taker_sheet(t, tab) : NULL;
	if (!table->sheet)
		taker_mistake(t, s->sheet->name, row->row, s->columns[0],
		    arena_printf(t->arena, "không có trang tính “%s” cho bảng này", tab),
		    arena_printf(t->arena, "there is no sheet “%s” for this table", tab));
	return table->sheet != NULL;
}

void
take_tables(struct workbook_package *out, struct taken_table **tables, struct taker *t)
{
	const struct taken_sheet *s = &t->sheets[SHEET_TABLES];
	struct workbook_table *files = arena_array(t->arena, s->count + 1, sizeof(*files));

	*tables = arena_array(t->arena, s->count + 1, sizeof(**tables));
	for (size_t i = 0; i < s->count; i++) {
		struct taken_table *table = &(*tables)[i];

		if (take_table(table, t, *tables, i))
			files[i] = (struct workbook_table){ table->name, table->path,
				take_csv(table, t) };
		put_schema(s->objects[i].object, table);
	}
	out->tables = files;
	out->table_count = s->count;
}
