/* Why: a form comes as a clerk laid it out; its columns are found, its rows typed and put on
 * the bench. */
#include <stdlib.h>

#include "base/text.h"
#include "rules/layout_int.h"
#include "rules/lookup.h"

/* ---- one row ---- */

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

		/* A missing column was told once. */
		if (!j->columns[i] && f->expected) {
			j->readings[i] = (struct cell_reading){ 0 };
			continue;
		}
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

/* day: room for a day's text. */
static void
store_value(struct cell *c, const struct cell_reading *r, const struct field *f, char day[16])
{
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
		if (c->kind == CELL_REAL)
			c->real = decimal_double(r->value.number);
		break;
	case VALUE_REAL:
		c->kind = CELL_REAL;
		c->real = r->value.real;
		break;
	case VALUE_DATE:
		date_write(day, r->value.date);
		c->kind = CELL_TEXT;
		c->text = (struct bytes){ .at = day, .len = strlen(day) };
		break;
	case VALUE_TEXT:
	case VALUE_MOMENT:
	case VALUE_DURATION:
	case VALUE_ITEMS:
		c->kind = CELL_TEXT;
		c->text = r->value.text;
		break;
	}
}

static void
store_row(struct judge *j, uint32_t row, bool sure)
{
	struct err e;

	j->rows_bad += j->row_bad;
	if (sure && !j->keeps_rows)
		return;
	/* As above: without the bench there is no judging. */
	if (bench_add(j->bench, j->table, row, j->cells, &e) != OK ||
	    (j->row_bad && bench_spoil(j->bench, j->table, row, &e) != OK))
		abort();
}

static void
data_row(struct judge *j, const struct row *row)
{
	int period = period_field(j->form);
	bool sure;

	if (!j->identified)
		judge_identity(
		    j, period >= 0 ? identity_text(j, row, period) : (struct bytes){ 0 });
	passed_by_data(j);
	j->rows++;
	j->row_bad = false;
	read_cells(j, row);
	judge_keys_begin(j);
	rows_untitled(j, row);
	totals_data(j);
	for (size_t i = 0; i < j->form->field_count; i++)
		store_value(&j->cells[i], &j->readings[i], &j->form->fields[i], j->days[i]);
	sure = judge_sure(j);
	judge_keys(j, row->number);
	store_row(j, row->number, sure);
}

/* A row that is none of data. */
static void
other_row(struct judge *j, const struct row *row, enum row_kind kind)
{
	switch (kind) {
	case ROW_TOTAL:
		totals_total(j, row);
		break;
	case ROW_SECTION:
		totals_section(j, row);
		break;
	case ROW_DOUBTFUL:
		passed_say(j, SAY_PASSED_DOUBTFUL, row->number, j->lay->label);
		break;
	default:
		break;
	}
	passed_add(j, row, kind);
}

/* They were data after all. */
static void
release_held(struct judge *j)
{
	struct held *h = &j->lay->held;

	bool clear = j->clear;

	j->clear = false; /* that was another row */
	for (size_t i = 0; i < h->count; i++)
		if (h->kinds[i] == ROW_HELD) {
			data_row(j, &h->rows[i]);
			j->lay->end = END_NOT;
		} else {
			other_row(j, &h->rows[i], h->kinds[i]);
		}
	h->count = 0;
	j->clear = clear;
}

/* What waited is settled by the row that follows. */
static void
settle_held(struct judge *j, enum row_kind kind)
{
	struct held *h = &j->lay->held;

	if (kind != ROW_NEXT) {
		release_held(j);
		return;
	}
	for (size_t i = 0; i < h->count; i++)
		passed_add(j, &h->rows[i], ROW_SECTION); /* kept for the next table */
	h->count = 0;
}

/* false: the row begins another table. */
static bool
take_row(struct judge *j, const struct row *row)
{
	const struct row *apart = merges_apart(j, row);
	enum row_kind kind = rows_kind(j, apart);
	bool waits;

	if (kind == ROW_BLANK)
		return true;
	/* A single text among the parents of a header is one of them. */
	waits = kind == ROW_HELD || (kind == ROW_PASSED && j->lay->held.count > 0);
	if (waits && held_add(j, apart, kind)) {
		rows_end_row(j, row->number, kind);
		return true;
	}
	if (j->lay->held.count > 0)
		settle_held(j, kind);
	switch (kind) {
	case ROW_NEXT:
		return false;
	case ROW_HELD:
	case ROW_DATA:
		data_row(j, apart);
		break;
	case ROW_HEADER:
		break;
	default:
		other_row(j, apart, kind);
		break;
	}
	rows_end_row(j, row->number, kind);
	return true;
}

/* ---- the header ---- */

static void
leave(struct judge *j, const struct row *rows, size_t count)
{
	j->left = rows;
	j->left_count = count;
}

/* The passport's form is the only one, until it is not there. */
static const struct form *
only_form(const struct judge *j)
{
	return j->facts.form || j->papers.passed_over ? j->facts.form : judge_passport_form(j);
}

static bool end_heading(struct judge *j);

/* A sheet of a template's workbook may hold another form's table; false as of end_heading. */
static bool
search_again(struct judge *j)
{
	size_t count = j->heading.count;
	struct row *rows = arena_array(j->arena, count + 1, sizeof(*rows));

	memcpy(rows, j->heading.rows, count * sizeof(*rows));
	j->papers.passed_over = true;
	j->heading = (struct heading){ 0 };
	j->header_done = false;
	for (size_t i = 0; i < count; i++)
		if (!form_row(j, &rows[i])) {
			/* Its first rows are the last of those up to this one. */
			size_t first = i + 1 - j->left_count;

			leave(j, &rows[first], count - first);
			return false;
		}
	return j->header_done || end_heading(j);
}

/* The header is found or there is none; then the rows below it that came already. */
static bool
end_heading(struct judge *j)
{
	const struct heading_span *found = &j->heading.found;

	j->header_done = true;
	if (judge_lost_heading(j)) {
		j->refused_whole = true;
		j->rows = j->heading.count;
		return true;
	}
	if (!heading_fits(found) && !j->facts.form && only_form(j))
		return search_again(j);
	if (!heading_fits(found)) {
		header_refuse(j);
		return true;
	}
	header_take(j);
	place_on_bench(j);
	judge_sure_begin(j);
	if (period_field(j->form) < 0)
		judge_identity(j, (struct bytes){ 0 });
	j->clear = false; /* that was the last of them alone */
	for (size_t i = found->first + found->height; i < j->heading.count; i++)
		if (!take_row(j, &j->heading.rows[i])) {
			leave(j, &j->heading.rows[i], j->heading.count - i);
			return false;
		}
	return true;
}

static bool
is_blank(const struct row *row)
{
	for (uint32_t i = 0; i < row->count; i++)
		if (text_trim(row->cells[i]).len)
			return false;
	return true;
}

bool
form_row(struct judge *j, const struct row *row)
{
	struct row *copy;

	if (j->refused_whole) {
		j->rows++;
		return true;
	}
	if (!j->header_done)
		return is_blank(row) ||
		    !heading_add(&j->heading, j->book, only_form(j), row, j->arena) ||
		    end_heading(j);
	if (take_row(j, row))
		return true;
	copy = arena_take(j->arena, sizeof(*copy));
	row_copy(copy, row, j->arena);
	leave(j, copy, 1);
	return false;
}

bool
form_close(struct judge *j)
{
	if (j->header_done || j->refused_whole || j->heading.count == 0)
		return true;
	return end_heading(j);
}

void
form_end(struct judge *j)
{
	const struct place nowhere = { 0 };

	(void)form_close(j); /* rows that are left are the next table's */
	if (!j->header_done && !j->refused_whole)
		header_refuse(j); /* an empty sheet */
	if (j->refused_whole)
		return;
	if (!j->identified)
		judge_identity(j, (struct bytes){ 0 });
	release_held(j);
	if (j->rows == 0) {
		findings_say(&j->findings, SAY_NO_ROWS, &nowhere, NULL, 0);
		return;
	}
	judge_doubts_end(j);
	totals_end(j);
	judge_keys_end(j);
	judge_rules(j);
}
