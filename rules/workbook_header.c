/* Why: people move columns and delete those they do not need; the heading says what a column
 * is, not its place. */
#include "base/text.h"
#include "rules/workbook_take_int.h"

static bool
same_key(struct arena *a, const char *left, const char *right)
{
	return bytes_equal(text_key(a, bytes_of(left)), text_key(a, bytes_of(right)));
}

const struct workbook_sheet *
taker_sheet(struct taker *t, const char *name)
{
	for (size_t i = 0; i < t->book->count; i++)
		if (same_key(t->arena, t->book->sheets[i].name, name)) {
			t->used[i] = true;
			return &t->book->sheets[i];
		}
	return NULL;
}

const struct workbook_row *
workbook_row_at(const struct workbook_sheet *s, uint32_t number)
{
	for (size_t i = 0; i < s->row_count && s->rows[i].number <= number; i++)
		if (s->rows[i].number == number)
			return &s->rows[i];
	return NULL;
}

struct workbook_cell
workbook_cell_at(struct arena *a, const struct workbook_row *row, size_t column)
{
	struct workbook_cell cell = { NATIVE_EMPTY, "" };

	if (!row || column >= row->count || row->cells[column].native == NATIVE_COVERED)
		return cell;
	cell = row->cells[column];
	if (cell.native == NATIVE_TEXT) {
		struct bytes text = bytes_of(cell.text), trimmed = bytes_trim(text);

		if (trimmed.len < text.len)
			cell.text = arena_text(a, trimmed);
	}
	return cell;
}

/* A heading counts by either of its rows; the English one first, as nobody has a reason to
 * change it. */
static size_t
meaning_of(struct taker *t, const struct taken_sheet *s, const char *vi, const char *en)
{
	for (size_t i = 0; *en && i < s->expected_count; i++)
		if (same_key(t->arena, s->expected[i].title.in[LANGUAGE_EN], en))
			return i;
	for (size_t i = 0; *vi && i < s->expected_count; i++)
		if (same_key(t->arena, s->expected[i].title.in[LANGUAGE_VI], vi))
			return i;
	return NOWHERE;
}

static void
take_heading(struct taker *t, struct taken_sheet *s, size_t column)
{
	const struct workbook_row *first = workbook_row_at(s->sheet, 1),
				  *second = workbook_row_at(s->sheet, 2);
	const char *vi = workbook_cell_at(t->arena, first, column).text;
	const char *en = workbook_cell_at(t->arena, second, column).text;
	size_t meaning = meaning_of(t, s, vi, en);

	s->meaning[column] = meaning;
	if (!*vi && !*en)
		return;
	if (meaning == NOWHERE) {
		taker_mistake(t, s->sheet->name, 1, (uint32_t)column + 1,
		    "không có tiêu đề nào như thế ở trang này; ghi lại tiêu đề cũ, hoặc chuyển "
		    "cột của riêng "
		    "mình sang trang khác",
		    "is no heading of this sheet; restore it, or keep columns of your own on "
		    "another sheet");
		return;
	}
	if (s->columns[meaning] && meaning != s->rest)
		taker_mistake(t, s->sheet->name, 1, (uint32_t)column + 1,
		    "tiêu đề này đã có ở một cột khác",
		    "is the heading of another column, too");
	else if (!s->columns[meaning])
		s->columns[meaning] = (uint32_t)column + 1;
}

/* A first row of data that moved up to where the English headings were would be lost without a
 * word. */
static void
look_at_second(struct taker *t, const struct taken_sheet *s)
{
	const struct workbook_row *second = workbook_row_at(s->sheet, 2);
	bool any = false;

	for (size_t column = 0; column < s->width; column++) {
		const char *en = workbook_cell_at(t->arena, second, column).text;

		any = any || *en;
		if (*en && meaning_of(t, s, "", en) != NOWHERE)
			return;
	}
	if (any)
		taker_mistake(t, s->sheet->name, 2, 1,
		    "thiếu dòng tiêu đề tiếng Anh; hãy chèn lại dòng thứ hai (để trống cũng "
		    "được)",
		    "the row of English headings is missing; insert a second row, even an "
		    "empty one");
}

/* What stands below no heading would be lost without a word. */
static void
look_below(struct taker *t, const struct taken_sheet *s, size_t column)
{
	const struct workbook_row *first = workbook_row_at(s->sheet, 1),
				  *second = workbook_row_at(s->sheet, 2);

	if (s->meaning[column] != NOWHERE || *workbook_cell_at(t->arena, first, column).text ||
	    *workbook_cell_at(t->arena, second, column).text)
		return;
	for (size_t i = 0; i < s->sheet->row_count; i++)
		if (*workbook_cell_at(t->arena, &s->sheet->rows[i], column).text) {
			taker_mistake(t, s->sheet->name, s->sheet->rows[i].number,
			    (uint32_t)column + 1, "cột này không có tiêu đề",
			    "stands in a column without a heading");
			return;
		}
}

void
take_header(struct taker *t, enum book_sheets id)
{
	struct taken_sheet *s = &t->sheets[id];
	enum book_shape shape = book_sheets[id].shape;
	bool has_rest = shape == SHAPE_ROOT || shape == SHAPE_LIST;

	s->sheet = taker_sheet(t, book_sheets[id].vi);
	if (!s->sheet)
		s->sheet = taker_sheet(t, book_sheets[id].en);
	s->expected = book_columns(&s->expected_count, t->arena, &book_sheets[id], has_rest);
	s->rest = has_rest ? s->expected_count - 1 : NOWHERE;
	s->columns = arena_array(t->arena, s->expected_count, sizeof(*s->columns));
	if (!s->sheet) {
		taker_mistake(t, book_sheets[id].vi, 0, 0,
		    "thiếu trang tính này; đừng xóa trang, đừng đổi tên trang",
		    "this sheet is missing; leave it there, and its name");
		return;
	}
	for (size_t i = 0; i < s->sheet->row_count; i++)
		if (s->sheet->rows[i].count > s->width)
			s->width = s->sheet->rows[i].count;
	s->meaning = arena_array(t->arena, s->width + 1, sizeof(*s->meaning));
	for (size_t column = 0; column < s->width; column++)
		take_heading(t, s, column);
	for (size_t column = 0; column < s->width; column++)
		look_below(t, s, column);
	look_at_second(t, s);
	if (book_sheets[id].key_vi && !s->columns[0])
		taker_mistake(t, s->sheet->name, 1, 1, "thiếu cột đầu tiên của trang này",
		    "the first column of this sheet is missing");
}

uint32_t
taken_column(const struct taken_sheet *s, enum book_sheets id, const char *path, size_t part)
{
	const struct book_sheet *sheet = &book_sheets[id];
	size_t at = sheet->key_vi ? 1 : 0;

	for (size_t c = 0; c < sheet->column_count; c++) {
		if (cell_width(&sheet->columns[c]) > part &&
		    strcmp(sheet->columns[c].path, path) == 0)
			return s->columns[at + part];
		at += cell_width(&sheet->columns[c]);
	}
	return 0;
}
