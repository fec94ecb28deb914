/* Why: units, code lists and other reference tables are CSV to the program and a sheet like any
 * other to people. */
#include "base/text.h"
#include "rules/workbook_int.h"

#define TAB_MOST  31u      /* Excel's limit */
#define ROWS_MOST 1048576u /* Excel's, headings included */

/* Tables that every campaign has, by the names people give them; and columns that most have. */
static const struct {
	const char *name, *vi;
} tabs[] = {
	{ "units", "Đơn vị" },
	{ "roster", "Địa chỉ thư" },
	{ "codelists", "Danh mục" },
}, columns[] = {
	{ "unit_id", "Mã dòng" },
	{ "unit_code", "Mã đơn vị" },
	{ "gso_code", "Mã GSO" },
	{ "kind", "Loại" },
	{ "name", "Tên" },
	{ "name_vi", "Tên (tiếng Việt)" },
	{ "name_en", "Tên (tiếng Anh)" },
	{ "short_name", "Tên ngắn" },
	{ "doc_symbol", "Ký hiệu văn bản" },
	{ "aliases", "Tên gọi khác (;)" },
	{ "forms", "Biểu phải gửi (;)" },
	{ "owes", "Phải nộp" },
	{ "valid_from", "Có hiệu lực từ" },
	{ "valid_to", "Hết hiệu lực sau" },
	{ "successors", "Kế thừa bởi (;)" },
	{ "certainty", "Mức chắc chắn" },
	{ "note", "Ghi chú" },
	{ "address", "Địa chỉ thư" },
	{ "role", "Vai trò" },
	{ "language", "Ngôn ngữ" },
	{ "list", "Danh mục" },
	{ "code", "Mã" },
	{ "title_vi", "Tên (tiếng Việt)" },
	{ "title_en", "Tên (tiếng Anh)" },
	{ "unit", "Đơn vị tính" },
	{ "type", "Loại" },
};

static const char *
column_title(const char *name)
{
	for (size_t i = 0; i < COUNT(columns); i++)
		if (strcmp(columns[i].name, name) == 0)
			return columns[i].vi;
	return name;
}

static bool
is_taken(const char *tab, const char *const *taken, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcasecmp(taken[i], tab) == 0)
			return true;
	return false;
}

const char *
reference_tab(struct arena *a, const char *name, const char *const *taken, size_t count)
{
	const char *tab;

	for (size_t i = 0; i < COUNT(tabs); i++)
		if (strcmp(tabs[i].name, name) == 0)
			return tabs[i].vi;
	tab = arena_text(a, text_head(bytes_of(name), TAB_MOST));
	for (size_t n = 2; is_taken(tab, taken, count); n++)
		tab = arena_printf(a, "%.*s %zu", (int)TAB_MOST - 8, name, n);
	return tab;
}

static struct workbook_column *
columns_of(struct arena *a, const struct reference *r)
{
	struct workbook_column *out = arena_array(a, r->column_count + 1, sizeof(*out));

	for (size_t c = 0; c < r->column_count; c++) {
		size_t widest = text_width(bytes_of(r->columns[c])) + 2;

		for (size_t i = 0; i < r->row_count && widest < 44; i++) {
			size_t width = text_width(bytes_of(r->rows[i][c])) + 2;

			widest = width > widest ? width : widest;
		}
		out[c] = (struct workbook_column){
			.title = { { column_title(r->columns[c]), r->columns[c] } },
			.hint = { { "", "" } },
			.width = (int)(widest < 44 ? widest : 44)
		};
	}
	return out;
}

int
reference_sheet(struct workbook_sheet *out, struct arena *a, const struct reference *r,
    const char *tab, struct words title, struct err *e)
{
	struct workbook_row *rows = arena_array(a, r->row_count + 1, sizeof(*rows));

	if (r->row_count > ROWS_MOST - WORKBOOK_DATA)
		return err_set(e, ERR_INPUT, "table '%s' has %zu rows; a sheet has %u", r->name,
		    r->row_count, ROWS_MOST);
	for (size_t i = 0; i < r->row_count; i++) {
		struct workbook_cell *cells = book_cells(a, r->column_count);

		for (size_t c = 0; c < r->column_count; c++) {
			if (!*r->rows[i][c])
				continue;
			if (!cell_holds(a, bytes_of(r->rows[i][c])))
				return err_set(e, ERR_INPUT,
				    "table '%s', row %zu: column %s does not fit into a cell",
				    r->name, i + 2, r->columns[c]);
			cells[c] = (struct workbook_cell){ NATIVE_TEXT, r->rows[i][c] };
		}
		rows[i] = (struct workbook_row){ WORKBOOK_DATA + (uint32_t)i, r->column_count,
			cells };
	}
	*out = (struct workbook_sheet){ .name = tab,
		.help = title,
		.lists = strcmp(r->name, "codelists") == 0 ? PICK_LIST : PICK_NONE,
		.columns = columns_of(a, r),
		.column_count = r->column_count,
		.rows = rows,
		.row_count = r->row_count };
	return OK;
}
