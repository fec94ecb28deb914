/* Why: who owns the rules knows a spreadsheet, so the campaign comes as one. */
#include "reports/workbook_xlsx_int.h"

#include <stdlib.h>

#include "base/text.h"

static const char what[] = "the campaign's workbook";

#define HEADINGS (WORKBOOK_DATA - 1)

static lxw_format *
heading(lxw_workbook *book, bool bold, lxw_color_t ground)
{
	lxw_format *f = workbook_add_format(book);

	if (bold)
		format_set_bold(f);
	else
		format_set_italic(f);
	format_set_text_wrap(f);
	format_set_border(f, LXW_BORDER_THIN);
	format_set_align(f, LXW_ALIGN_VERTICAL_TOP);
	format_set_bg_color(f, ground);
	return f;
}

static lxw_format *
plain(lxw_workbook *book, const char *number, bool wrap)
{
	lxw_format *f = workbook_add_format(book);

	format_set_align(f, LXW_ALIGN_VERTICAL_TOP);
	if (number)
		format_set_num_format(f, number);
	if (wrap)
		format_set_text_wrap(f);
	return f;
}

static void
formats(struct book_writer *w)
{
	w->title = workbook_add_format(w->book);
	format_set_bold(w->title);
	format_set_font_size(w->title, 16);
	w->section = heading(w->book, true, 0xDDEBF7);
	w->vi = heading(w->book, true, 0xDDEBF7);
	w->en = heading(w->book, false, 0xF2F2F2);
	/* "@": what is typed there stays the text it is, leading zeros and all. */
	w->text = plain(w->book, "@", true);
	w->general = plain(w->book, NULL, false);
	w->wrapped = plain(w->book, NULL, true);
	w->example = plain(w->book, "@", true);
	format_set_font_name(w->example, "Consolas");
}

static void
write_cell(struct book_writer *w, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
    const struct workbook_cell *cell, bool number)
{
	lxw_format *f = number ? w->general : w->text;

	/* What goes wrong in here is only what is out of bounds, which nothing is. */
	switch (cell->native) {
	case NATIVE_EMPTY:
		break;
	case NATIVE_NUMBER:
		(void)worksheet_write_number(sheet, row, column, strtod(cell->text, NULL), f);
		break;
	case NATIVE_BOOLEAN:
		(void)worksheet_write_boolean(
		    sheet, row, column, strcmp(cell->text, "true") == 0, f);
		break;
	default:
		(void)worksheet_write_string(sheet, row, column, cell->text, f);
		break;
	}
}

static void
write_row(struct book_writer *w, lxw_worksheet *sheet, const struct workbook_sheet *s,
    const struct workbook_row *row)
{
	unsigned lines = 0;

	for (size_t c = 0; c < row->count; c++) {
		write_cell(w, sheet, row->number - 1, (lxw_col_t)c, &row->cells[c],
		    s->columns[c].number);
		if (row->cells[c].native == NATIVE_TEXT)
			height_add(&lines, row->cells[c].text, s->columns[c].width);
	}
	height_set(sheet, row->number - 1, lines);
}

static void
write_headings(struct book_writer *w, lxw_worksheet *sheet, const struct workbook_sheet *s)
{
	unsigned lines[HEADINGS] = { 0 };

	for (size_t c = 0; c < s->column_count; c++) {
		const struct workbook_column *column = &s->columns[c];
		lxw_col_t at = (lxw_col_t)c;

		(void)worksheet_set_column(sheet, at, at, column->width,
		    column->number ? w->general : w->text); /* within bounds */
		(void)worksheet_write_string(
		    sheet, 0, at, column->title.in[LANGUAGE_VI], w->vi);
		(void)worksheet_write_string(
		    sheet, 1, at, column->title.in[LANGUAGE_EN], w->en);
		for (int i = 0; i < HEADINGS; i++) /* bold, and beside a filter's button */
			height_add(&lines[i],
			    column->title.in[i == 0 ? LANGUAGE_VI : LANGUAGE_EN],
			    column->width - 2);
	}
	for (int i = 0; i < HEADINGS; i++)
		height_set(sheet, (lxw_row_t)i, lines[i]);
	worksheet_freeze_panes(sheet, HEADINGS, s->column_count > 2 ? 2 : 1);
	(void)worksheet_autofilter(sheet, 1, 0, (lxw_row_t)(s->row_count + 1),
	    (lxw_col_t)(s->column_count - 1)); /* within bounds */
}

static void
page(lxw_worksheet *sheet)
{
	worksheet_set_landscape(sheet);
	worksheet_set_paper(sheet, 9); /* A4 */
	worksheet_fit_to_pages(sheet, 1, 0);
	(void)worksheet_repeat_rows(sheet, 0, HEADINGS - 1); /* within bounds */
}

static int
write_sheet(struct book_writer *w, const struct workbook_sheet *s, struct err *e)
{
	lxw_worksheet *sheet = workbook_add_worksheet(w->book, s->name);

	if (!sheet)
		return err_set(e, ERR_STOP, "the sheet '%s' cannot be made", s->name);
	write_headings(w, sheet, s);
	page(sheet);
	for (size_t r = 0; r < s->row_count; r++)
		write_row(w, sheet, s, &s->rows[r]);
	book_choices(w, sheet, s);
	return OK;
}

struct job {
	const struct workbook *from;
	int64_t at_s;
};

static int
write_book(const char *path, void *self, struct err *e)
{
	const struct job *job = self;
	AUTO(arena_free) struct arena *a = arena_new();
	AUTO(xlsx_drop) lxw_workbook *book = workbook_new(path);
	struct book_writer w = { .arena = a, .book = book, .from = job->from };
	/* The library takes texts it does not change as char *. */
	lxw_doc_properties properties = { .title = arena_text(
					      a, bytes_of(job->from->title.in[LANGUAGE_VI])),
		.created = (time_t)job->at_s };
	int rc;

	if (!book)
		return err_set(e, ERR_STOP, "%s cannot be made", what);
	(void)workbook_set_properties(
	    book, &properties); /* copies; fails only without memory */
	formats(&w);
	if ((rc = book_guide(&w, e)) != OK || (rc = book_lists(&w, e)) != OK)
		return rc;
	for (size_t i = 0; i < job->from->count; i++)
		if ((rc = write_sheet(&w, &job->from->sheets[i], e)) != OK)
			return rc;
	return xlsx_finish(&book, what, e);
}

int
workbook_xlsx(struct buf *out, const struct workbook *w, int64_t at_s, struct err *e)
{
	struct job job = { w, at_s };

	return xlsx_collect(out, what, write_book, &job, e);
}
