/* Why: a form comes as a clerk laid it out; its columns are found, its rows typed and put on
 * the bench. */
#include <stdlib.h>

#include "base/text.h"
#include "rules/judge_int.h"
#include "rules/lookup.h"

static bool
is_blank(const struct row *row)
{
	for (uint32_t i = 0; i < row->count; i++)
		if (text_trim(row->cells[i]).len)
			return false;
	return true;
}

/* "(3)", "3", "(3)=1+2": what stands under a header to number its columns; 0: none of these. */
static int
column_number(struct bytes cell)
{
	int n = 0;
	size_t i = 0;

	cell = text_trim(cell);
	if (cell.len && cell.at[0] == '(')
		i++;
	for (; i < cell.len && n < 10000 && cell.at[i] >= '0' && cell.at[i] <= '9'; i++)
		n = n * 10 + (cell.at[i] - '0');
	if (i < cell.len && cell.at[i] == ')')
		i++;
	return i == cell.len || cell.at[i] == '=' ? n : 0;
}

static bool
numbers_columns(const struct row *row)
{
	int before = 0, filled = 0;

	for (uint32_t i = 0; i < row->count; i++) {
		int n;

		if (row->cells[i].len == 0)
			continue;
		n = column_number(row->cells[i]);
		if (n == 0 || (filled > 0 && n != before + 1))
			return false;
		before = n;
		filled++;
	}
	return filled >= 3;
}

/* ---- the header ---- */

static int
period_field(const struct form *f)
{
	for (size_t i = 0; i < f->field_count; i++)
		if (f->fields[i].is == IS_PERIOD)
			return (int)i;
	return -1;
}

static void
place_on_bench(struct judge *j)
{
	struct err e;

	/* The bench is memory of ours: when it fails nothing can be judged, and the next run
	 * tries again. */
	if (bench_table(&j->table, j->bench, j->form, &e) != OK)
		abort();
}

static void data_row(struct judge *j, const struct row *row);

static const struct form *
only_form(const struct judge *j)
{
	return j->facts.form || j->papers.passed_over ? j->facts.form : judge_passport_form(j);
}

static void end_heading(struct judge *j);

/* A sheet of a template's workbook may hold another form's table. true: it was looked for. */
static bool
search_again(struct judge *j)
{
	struct heading seen = j->heading;

	if (j->facts.form || !only_form(j))
		return false;
	j->papers.passed_over = true;
	j->heading = (struct heading){ 0 };
	j->header_done = false;
	for (size_t i = 0; i < seen.count; i++)
		form_row(j, &seen.rows[i]);
	if (!j->header_done)
		end_heading(j);
	return true;
}

static void
end_heading(struct judge *j)
{
	j->header_done = true;
	if (judge_lost_heading(j)) {
		j->refused_whole = true;
		j->rows = j->heading.count;
		return;
	}
	if (!heading_fits(&j->heading)) {
		if (!search_again(j))
			header_refuse(j);
		return;
	}
	header_take(j);
	place_on_bench(j);
	if (period_field(j->form) < 0)
		judge_identity(j, (struct bytes){ 0 });
	j->after_header = true;
	for (size_t i = j->heading.best + 1; i < j->heading.count; i++)
		data_row(j, &j->heading.rows[i]);
}

/* ---- rows ---- */

static struct bytes
cell_of(const struct judge *j, const struct row *row, int field)
{
	uint32_t column = j->columns[field];

	return column && column <= row->count ? row->cells[column - 1] : (struct bytes){ 0 };
}

static enum native
native_of(const struct judge *j, const struct row *row, int field)
{
	uint32_t column = j->columns[field];

	return column && column <= row->count ? row_native(row, column - 1) : NATIVE_TEXT;
}

/* What a unit's or period's cell says, in words. */
static struct bytes
identity_text(struct judge *j, const struct row *row, int field)
{
	return judge_identity_text(j, cell_of(j, row, field), native_of(j, row, field));
}

static void
read_cells(struct judge *j, const struct row *row)
{
	for (size_t i = 0; i < j->form->field_count; i++) {
		const struct field *f = &j->form->fields[i];

		j->readings[i] = (struct cell_reading){ 0 };
		/* A missing column was told once. */
		if (!j->columns[i] && f->expected)
			continue;
		judge_cell(
		    j, (int)i, cell_of(j, row, (int)i), native_of(j, row, (int)i), row->number);
		if (f->is != IS_DATA)
			judge_identity_cell(
			    j, f, identity_text(j, row, (int)i), row->number, j->columns[i]);
	}
	for (size_t i = 0; i < j->form->field_count; i++)
		if (j->form->fields[i].lookup && j->form->fields[i].lookup->beside >= 0)
			judge_beside(j, (int)i,
			    cell_of(j, row, j->form->fields[i].lookup->beside), row->number);
}

static void
store_value(
    struct cell *c, const struct cell_reading *r, const struct field *f, struct arena *a)
{
	char day[16];

	*c = (struct cell){ .kind = CELL_EMPTY };
	if (r->fault != FAULT_NONE)
		return;
	switch (r->value.kind) {
	case VALUE_EMPTY:
		break;
	case VALUE_BOOLEAN:
		c->kind = CELL_WHOLE;
		c->whole = r->value.flag;
		break;
	case VALUE_NUMBER:
		c->kind = f->type == FIELD_NUMBER && !f->has_scale ? CELL_REAL : CELL_WHOLE;
		c->whole = r->value.number.digits;
		c->real = decimal_double(r->value.number);
		break;
	case VALUE_REAL:
		c->kind = CELL_REAL;
		c->real = r->value.real;
		break;
	case VALUE_DATE:
		date_write(day, r->value.date);
		c->kind = CELL_TEXT;
		c->text = arena_bytes(a, bytes_of(day));
		break;
	case VALUE_TEXT:
		c->kind = CELL_TEXT;
		c->text = r->value.text;
		break;
	}
}

static void
store_row(struct judge *j, uint32_t row)
{
	struct err e;

	for (size_t i = 0; i < j->form->field_count; i++)
		store_value(&j->cells[i], &j->readings[i], &j->form->fields[i], j->arena);
	/* As above: without the bench there is no judging. */
	if (bench_add(j->bench, j->table, row, j->cells, &e) != OK ||
	    (j->row_bad && bench_spoil(j->bench, j->table, row, &e) != OK))
		abort();
	j->rows_bad += j->row_bad;
}

static void
data_row(struct judge *j, const struct row *row)
{
	bool first = j->after_header;
	int period;

	if (is_blank(row))
		return;
	j->after_header = false;
	if (first && numbers_columns(row))
		return;
	period = period_field(j->form);
	if (!j->identified)
		judge_identity(
		    j, period >= 0 ? identity_text(j, row, period) : (struct bytes){ 0 });
	j->rows++;
	j->row_bad = false;
	read_cells(j, row);
	judge_keys(j, row->number);
	store_row(j, row->number);
}

void
form_row(struct judge *j, const struct row *row)
{
	if (j->refused_whole) {
		j->rows++;
		return;
	}
	if (j->header_done) {
		data_row(j, row);
		return;
	}
	if (is_blank(row))
		return;
	if (heading_add(&j->heading, j->book, only_form(j), row, j->arena))
		end_heading(j);
}

void
form_end(struct judge *j)
{
	const struct place nowhere = { 0 };

	if (!j->header_done && j->heading.count == 0)
		return;
	if (!j->header_done)
		end_heading(j);
	if (j->refused_whole)
		return;
	if (!j->identified)
		judge_identity(j, (struct bytes){ 0 });
	if (j->rows == 0) {
		findings_say(&j->findings, SAY_NO_ROWS, &nowhere, NULL, 0);
		return;
	}
	judge_doubts_end(j);
	judge_keys_end(j);
	judge_rules(j);
}
