/* Why: a drop-down saves the one who fills in a cell from knowing our words by heart. */
#include "base/text.h"
#include "reports/workbook_xlsx_int.h"

#define MORE_ROWS 500u /* that people add have drop-downs, too */
#define HINT_LINE 24u  /* characters of a comment's line */
#define LINE_HIGH 17u  /* pixels */

/* "'Biểu'!$A$3:$A$503": what stands in the sheet's column, and what will. */
static const char *
range_of(struct book_writer *w, const struct workbook_sheet *s, char column)
{
	return arena_printf(w->arena, "='%s'!$%c$%d:$%c$%zu", s->name, column, WORKBOOK_DATA,
	    column, s->row_count + MORE_ROWS);
}

/* Columns of the form that stands in the row's first cell: its rows in the sheet of columns lie
 * together. */
static const char *
fields_of(struct book_writer *w, const struct workbook_sheet *s)
{
	return arena_printf(w->arena,
	    "=OFFSET('%s'!$B$1,MATCH($A%d,'%s'!$A$1:$A$%zu,0)-1,0,"
	    "COUNTIF('%s'!$A$1:$A$%zu,$A%d),1)",
	    s->name, WORKBOOK_DATA, s->name, s->row_count + MORE_ROWS, s->name,
	    s->row_count + MORE_ROWS, WORKBOOK_DATA);
}

/* The next column of the hidden sheet; its formula. */
static const char *
add_list(struct book_writer *w, const char *const *texts, size_t count)
{
	char first[LXW_MAX_CELL_NAME_LENGTH], last[LXW_MAX_CELL_NAME_LENGTH];

	for (size_t i = 0; i < count; i++)
		(void)worksheet_write_string(w->lists, (lxw_row_t)i, w->list_count, texts[i],
		    w->text); /* within bounds */
	lxw_rowcol_to_cell_abs(first, 0, w->list_count, 1, 1);
	lxw_rowcol_to_cell_abs(last, (lxw_row_t)(count ? count - 1 : 0), w->list_count, 1, 1);
	w->list_count++;
	return arena_printf(w->arena, "='_lists'!%s:%s", first, last);
}

/* Each code list once, in the order in which they stand. */
static const char *
code_lists(struct book_writer *w, const struct workbook_sheet *s)
{
	const char **names = arena_array(w->arena, s->row_count + 1, sizeof(*names));
	size_t count = 0, column = 0;

	while (column < s->column_count &&
	    strcmp(s->columns[column].title.in[LANGUAGE_EN], "list") != 0)
		column++;
	for (size_t r = 0; column < s->column_count && r < s->row_count; r++) {
		const char *name = s->rows[r].cells[column].text;
		size_t i = 0;

		while (i < count && strcmp(names[i], name) != 0)
			i++;
		if (i == count && *name)
			names[count++] = name;
	}
	return count ? add_list(w, names, count) : NULL;
}

int
book_lists(struct book_writer *w, struct err *e)
{
	for (size_t i = 0; i < w->from->count; i++) {
		const struct workbook_sheet *s = &w->from->sheets[i];

		if (s->lists == PICK_FORM || s->lists == PICK_TABLE)
			w->picks[s->lists] = range_of(w, s, 'A');
		else if (s->lists == PICK_FIELD)
			w->picks[s->lists] = fields_of(w, s);
	}
	w->lists = workbook_add_worksheet(w->book, "_lists");
	if (!w->lists)
		return err_set(e, ERR_STOP, "the sheet of drop-downs cannot be made");
	worksheet_hide(w->lists);
	for (size_t i = 0; i < w->from->count; i++)
		if (w->from->sheets[i].lists == PICK_LIST)
			w->picks[PICK_LIST] = code_lists(w, &w->from->sheets[i]);
	return OK;
}

static const char *
formula_of(struct book_writer *w, const struct workbook_column *c)
{
	size_t count = 0;

	if (!c->choices)
		return c->pick ? w->picks[c->pick] : NULL;
	/* "có" and "không" are what many columns choose from. */
	if (w->last_choices != c->choices) {
		while (c->choices[count])
			count++;
		w->last_formula = add_list(w, c->choices, count);
	}
	w->last_choices = c->choices;
	return w->last_formula;
}

/* Of the heading: what the column is for, in both languages. */
static void
write_hint(struct book_writer *w, lxw_worksheet *sheet, lxw_col_t column, struct words hint)
{
	const char *text =
	    arena_printf(w->arena, "%s\n%s", hint.in[LANGUAGE_VI], hint.in[LANGUAGE_EN]);
	size_t lines = text_width(bytes_of(text)) / HINT_LINE + 3;
	char author[] = "giamsat"; /* the library does not change it */
	lxw_comment_options options = {
		.author = author, .width = 190, .height = (uint16_t)(lines * LINE_HIGH)
	};

	if (*hint.in[LANGUAGE_VI])
		(void)worksheet_write_comment_opt(
		    sheet, 0, column, text, &options); /* short enough */
}

void
book_choices(struct book_writer *w, lxw_worksheet *sheet, const struct workbook_sheet *s)
{
	/* The library takes texts it does not change as char *. */
	char title[] = "giamsat",
	     message[] = "Ô này thường chỉ ghi một giá trị trong danh sách.";
	lxw_row_t last = (lxw_row_t)(s->row_count + MORE_ROWS);

	for (size_t c = 0; c < s->column_count; c++) {
		const char *formula = formula_of(w, &s->columns[c]);
		/* A list of several is typed, so what is not in the drop-down is no mistake
		 * yet. */
		lxw_data_validation v = { .validate = LXW_VALIDATION_TYPE_LIST_FORMULA,
			.error_type = LXW_VALIDATION_ERROR_TYPE_WARNING,
			.show_error =
			    s->columns[c].choices ? LXW_VALIDATION_ON : LXW_VALIDATION_OFF,
			.error_title = title,
			.error_message = message };

		write_hint(w, sheet, (lxw_col_t)c, s->columns[c].hint);
		if (!formula)
			continue;
		v.value_formula = arena_text(w->arena, bytes_of(formula)); /* taken as char * */
		(void)worksheet_data_validation_range(sheet, WORKBOOK_DATA - 1, (lxw_col_t)c,
		    last, (lxw_col_t)c, &v); /* a formula that fits */
	}
}
