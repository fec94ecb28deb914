/* Why: officials check, sort and pass on figures in a spreadsheet, so the year's result comes
 * as one. */
#include "base/text.h"
#include "reports/words.h"
#include "reports/xlsx.h"
#include "reports/yearly_int.h"
#include <stdio.h>

#define NAME_CHARACTERS 31                 /* Excel's limit */
#define EXACT           9007199254740992LL /* 2^53: a cell is a double */
#define WIDEST          40

struct sheet {
	lxw_workbook *book;
	lxw_worksheet *sheet;
	lxw_format *title, *head, *text, *strong_text, *whole, *strong_whole, *part,
	    *strong_part;
};

static lxw_format *
format_of(struct sheet *s, const char *number, bool strong)
{
	lxw_format *f = workbook_add_format(s->book);

	format_set_border(f, LXW_BORDER_THIN);
	format_set_align(f, LXW_ALIGN_VERTICAL_TOP);
	if (number)
		format_set_num_format(f, number);
	if (strong)
		format_set_bold(f);
	return f;
}

static void
formats(struct sheet *s)
{
	s->title = workbook_add_format(s->book);
	format_set_bold(s->title);
	format_set_font_size(s->title, 14);
	s->head = format_of(s, NULL, true);
	format_set_text_wrap(s->head);
	format_set_bg_color(s->head, 0xEEEEEE);
	s->text = format_of(s, NULL, false);
	s->strong_text = format_of(s, NULL, true);
	s->whole = format_of(s, "#,##0", false);
	s->strong_whole = format_of(s, "#,##0", true);
	s->part = format_of(s, "#,##0.00", false);
	s->strong_part = format_of(s, "#,##0.00", true);
}

/*
 * A name that Excel takes: no []:*?/\, no quote at an end, at most 31 characters; the number
 * keeps two from being one. Its own word "History" cannot come out, for the number stands
 * first.
 */
static const char *
sheet_name(struct arena *a, size_t number, const char *title)
{
	AUTO(buf_free) struct buf name = { 0 };
	struct bytes rest = bytes_of(title);
	uint32_t rune;

	buf_printf(&name, "%zu. ", number);
	while (rest.len > 0 && text_length(buf_bytes(&name)) < NAME_CHARACTERS) {
		size_t step = text_rune(&rune, rest);

		if (rune < 0x80 && strchr("[]:*?/\\'", (int)rune))
			buf_char(&name, ' ');
		else if (rune < 0x10000) /* Excel counts what is above as two */
			buf_add(&name, bytes_slice(rest, 0, step));
		rest = bytes_slice(rest, step, rest.len);
	}
	/* Rather a word less than half a word. */
	while (rest.len > 0 && name.len > 8 && name.at[name.len - 1] != ' ')
		name.len--;
	return arena_text(a, bytes_trim(buf_bytes(&name)));
}

/* Text always as a string: what looks like a formula stays what it is. */
static void
write_text(struct sheet *s, lxw_row_t row, lxw_col_t column, const char *text, lxw_format *f)
{
	struct bytes head = bytes_of(text);

	while (text_length(head) > 32000) /* Excel's limit is 32,767 */
		head = text_head(head, head.len / 2);
	if (head.len == strlen(text)) {
		(void)worksheet_write_string(
		    s->sheet, row, column, text, f); /* only what is out of bounds fails */
	} else {
		AUTO(buf_free) struct buf cut = { 0 };

		buf_add(&cut, head);
		(void)worksheet_write_string(s->sheet, row, column, cut.at, f);
	}
}

static void
write_cell(struct sheet *s, lxw_row_t row, lxw_col_t column, const struct yearly_cell *cell,
    bool strong)
{
	char text[40];

	switch (cell->kind) {
	case YEARLY_EMPTY:
		(void)worksheet_write_blank(
		    s->sheet, row, column, strong ? s->strong_text : s->text);
		break;
	case YEARLY_TEXT:
		write_text(s, row, column, cell->text, strong ? s->strong_text : s->text);
		break;
	case YEARLY_NUMBER:
		if (cell->number.digits > EXACT || cell->number.digits < -EXACT) {
			decimal_write(text, cell->number, ',', '.');
			write_text(s, row, column, text, strong ? s->strong_text : s->text);
		} else if (cell->number.scale == 0) {
			(void)worksheet_write_number(s->sheet, row, column,
			    (double)cell->number.digits, strong ? s->strong_whole : s->whole);
		} else {
			(void)worksheet_write_number(s->sheet, row, column,
			    decimal_double(cell->number), strong ? s->strong_part : s->part);
		}
	}
}

static double
width_of(const struct yearly_table *t, size_t column)
{
	size_t widest = 9;

	for (size_t r = 0; r < t->row_count; r++) {
		const struct yearly_cell *cell = &t->rows[r][column];
		size_t width = cell->kind == YEARLY_TEXT ? text_width(bytes_of(cell->text)) : 9;

		widest = width > widest ? width : widest;
	}
	return (double)(widest > WIDEST ? WIDEST : widest) + 1.5;
}

/* A4 on its side, headings on every page: annexes are printed. */
static void
page(struct sheet *s, lxw_row_t head)
{
	worksheet_set_landscape(s->sheet);
	worksheet_set_paper(s->sheet, 9); /* A4 */
	worksheet_fit_to_pages(s->sheet, 1, 0);
	worksheet_repeat_rows(s->sheet, head, head);
	worksheet_freeze_panes(s->sheet, head + 1, 2);
	(void)worksheet_set_footer(s->sheet, "&C&P / &N"); /* short enough */
}

static int
write_table(struct sheet *s, struct arena *a, const struct yearly_table *t, size_t number,
    enum language l, struct err *e)
{
	const char *title = words_in(t->title, l);

	s->sheet = workbook_add_worksheet(s->book, sheet_name(a, number, title));
	if (!s->sheet)
		return err_set(e, ERR_STOP, "the sheet of \"%s\" cannot be made", t->id);
	for (size_t c = 0; c < t->column_count; c++)
		(void)worksheet_set_column(s->sheet, (lxw_col_t)c, (lxw_col_t)c, width_of(t, c),
		    NULL); /* within bounds */
	page(s, 2);
	write_text(s, 0, 0, title, s->title);
	for (size_t c = 0; c < t->column_count; c++)
		write_text(s, 2, (lxw_col_t)c, t->columns[c], s->head);
	for (size_t r = 0; r < t->row_count; r++)
		for (size_t c = 0; c < t->column_count; c++)
			write_cell(
			    s, (lxw_row_t)r + 3, (lxw_col_t)c, &t->rows[r][c], t->total_row[r]);
	return OK;
}

static int
write_summary(struct sheet *s, struct arena *a, const struct letter_context *ctx,
    const struct yearly *y, enum language l, struct err *e)
{
	const struct grid *g = yearly_summary(a, ctx, y, l);

	s->sheet =
	    workbook_add_worksheet(s->book, sheet_name(a, 1, words_label(LABEL_SUMMARY, l)));
	if (!s->sheet)
		return err_set(e, ERR_STOP, "the summary's sheet cannot be made");
	(void)worksheet_set_column(s->sheet, 0, 1, WIDEST, NULL); /* within bounds */
	write_text(s, 0, 0, words_in(ctx->rulebook->title, l), s->title);
	for (size_t r = 0; r < g->rows; r++)
		for (size_t c = 0; c < 2; c++)
			write_text(s, (lxw_row_t)r + 2, (lxw_col_t)c, g->cells[2 * r + c],
			    c == 0 ? s->head : s->text);
	return OK;
}

struct year_book {
	const struct letter_context *ctx;
	const struct yearly *yearly;
	enum language language;
};

static int
write_book(const char *path, void *self, struct err *e)
{
	const struct year_book *year = self;
	const struct letter_context *ctx = year->ctx;
	const struct yearly *y = year->yearly;
	enum language l = year->language;
	AUTO(arena_free) struct arena *a = arena_new();
	lxw_workbook_options options = { .constant_memory = LXW_TRUE };
	/* The library takes texts it does not change as char *. */
	lxw_doc_properties properties = { .title = arena_text(
					      a, bytes_of(words_in(ctx->rulebook->title, l))),
		.company = arena_text(a, bytes_of(ctx->own_name)),
		.created = (time_t)y->at_s };
	AUTO(xlsx_drop) lxw_workbook *book = workbook_new_opt(path, &options);
	struct sheet s = { .book = book };
	int rc;

	if (!book)
		return err_set(e, ERR_STOP, "the year's workbook cannot be made");
	formats(&s);
	(void)workbook_set_properties(
	    book, &properties); /* copies; fails only without memory */
	(void)workbook_set_custom_property_string(book, "giamsat-digest", y->digest);
	if ((rc = write_summary(&s, a, ctx, y, l, e)) != OK)
		return rc;
	for (size_t i = 0; i < y->table_count; i++)
		if ((rc = write_table(&s, a, &y->tables[i], i + 2, l, e)) != OK)
			return rc;
	return xlsx_finish(&book, "the year's workbook", e);
}

int
yearly_xlsx(struct buf *out, const struct letter_context *ctx, const struct yearly *y,
    enum language l, struct err *e)
{
	struct year_book year = { ctx, y, l };

	return xlsx_collect(out, "the year's workbook", write_book, &year, e);
}
