/* Why: a good report is long and what a case is about is one cell of it; so cases say what
 * differs from another one. */
#include "rules/cases_int.h"

#define ROWS_MOST 100000

static struct raw_case *
find_case(struct case_reader *r, const char *name)
{
	for (size_t i = 0; i < r->count; i++)
		if (strcmp(r->raw[i].name, name) == 0)
			return &r->raw[i];
	return NULL;
}

static const char **
blank_row(struct case_reader *r, const struct form *f)
{
	const char **row = arena_array(r->arena, f->field_count + 1, sizeof(*row));

	for (size_t i = 0; i < f->field_count; i++)
		row[i] = "";
	return row;
}

/* The cells of an object by their fields' names; "row" is the caller's. */
static void
put_cells(const char **row, const struct form *f, const struct at *at)
{
	json_t *walked = (json_t *)(uintptr_t)at->value; /* jansson's walk takes no const */

	if (!json_is_object(at->value)) {
		at_mistake(at, "an object of fields and their cells is wanted here");
		return;
	}
	for (void *walk = json_object_iter(walked); walk;
	     walk = json_object_iter_next(walked, walk)) {
		struct at cell = at_key(at, json_object_iter_key(walk));
		int field = form_field(f, bytes_of(cell.key));

		if (strcmp(cell.key, "row") == 0)
			continue;
		if (field < 0)
			at_mistake(&cell, "form %s has no field '%.60s'", f->id, cell.key);
		else
			row[field] = at_scalar(&cell);
	}
}

/* ---- rows ---- */

/* Rows while they are put together. */
struct rows {
	const char ***list;
	size_t count;
};

static void
add_rows(struct rows *rows, struct case_reader *r, const struct form *f, const struct at *list)
{
	size_t count = at_count(list);
	const char ***all;

	if (rows->count + count > ROWS_MOST) {
		at_mistake(list, "a case has at most %d rows", ROWS_MOST);
		return;
	}
	all = arena_array(r->arena, rows->count + count + 1, sizeof(*all));
	if (rows->count)
		memcpy(all, rows->list, rows->count * sizeof(*all));
	for (size_t i = 0; i < count; i++) {
		struct at at = at_index(list, i);

		all[rows->count] = blank_row(r, f);
		put_cells(all[rows->count++], f, &at);
	}
	rows->list = all;
}

/* "row": 2, or "*" for each. */
static void
set_rows(const struct rows *rows, const struct form *f, const struct at *list)
{
	size_t count = at_count(list);

	for (size_t i = 0; i < count; i++) {
		struct at at = at_index(list, i), which = at_key(&at, "row");
		const char *text =
		    json_is_string(which.value) ? json_string_value(which.value) : "";
		json_int_t number = json_integer_value(which.value);

		if (strcmp(text, "*") == 0) {
			for (size_t k = 0; k < rows->count; k++)
				put_cells(rows->list[k], f, &at);
		} else if (number < 1 || (uint64_t)number > rows->count) {
			at_mistake(&which,
			    "a row from 1 to %zu is wanted here, or \"*\" for all",
			    rows->count);
		} else {
			put_cells(rows->list[number - 1], f, &at);
		}
	}
}

static void
remove_rows(struct rows *rows, struct case_reader *r, const struct at *list)
{
	bool *gone = arena_array(r->arena, rows->count + 1, sizeof(*gone));
	size_t count = at_count(list), kept = 0;

	for (size_t i = 0; i < count; i++) {
		struct at at = at_index(list, i);
		json_int_t number = json_integer_value(at.value);

		if (number < 1 || (uint64_t)number > rows->count)
			at_mistake(&at, "there is no such row; the last is %zu", rows->count);
		else
			gone[number - 1] = true;
	}
	for (size_t i = 0; i < rows->count; i++)
		if (!gone[i])
			rows->list[kept++] = rows->list[i];
	rows->count = kept;
}

/* Copies, for what is set must not change the base. */
static void
take_base(struct rows *rows, struct case_reader *r, const struct case_table *base)
{
	rows->count = base->row_count;
	rows->list = arena_array(r->arena, rows->count + 1, sizeof(*rows->list));
	for (size_t i = 0; i < rows->count; i++) {
		rows->list[i] = blank_row(r, base->form);
		memcpy(rows->list[i], base->rows[i],
		    base->form->field_count * sizeof(const char *));
	}
}

static void
keep_rows(struct case_table *out, struct case_reader *r, const struct rows *rows)
{
	const char *const **list = arena_array(r->arena, rows->count + 1, sizeof(*list));

	for (size_t i = 0; i < rows->count; i++)
		list[i] = rows->list[i];
	out->rows = list;
	out->row_count = rows->count;
}

static void
leave_out(struct case_table *out, struct case_reader *r, const struct at *at)
{
	struct at list = at_key(at, "without");
	size_t count;
	const char *const *names = at_texts(at, "without", &count);
	bool *left = arena_array(r->arena, out->form->field_count + 1, sizeof(*left));

	if (out->left_out)
		memcpy(left, out->left_out, out->form->field_count * sizeof(*left));
	for (size_t i = 0; i < count; i++) {
		int field = form_field(out->form, bytes_of(names[i]));

		if (field < 0)
			at_mistake(
			    &list, "form %s has no field '%.60s'", out->form->id, names[i]);
		else
			left[field] = true;
	}
	out->left_out = left;
}

/* ---- form, unit, period ---- */

static void
read_form(struct case_table *out, struct case_reader *r, const struct at *at)
{
	const char *id = at_text(at, "form", NULL);
	struct at child = at_key(at, "form");

	if (id && !(out->form = rulebook_form(r->book, bytes_of(id))))
		at_mistake(&child, "there is no form '%.60s'", id);
	else if (!out->form)
		at_mistake(&child, "is missing");
}

static void
read_identity(struct case_table *out, struct case_reader *r, const struct at *at)
{
	const char *code = at_text(at, "unit", out->unit ? out->unit->code : NULL);
	const char *period = at_text(at, "period", NULL);
	struct at unit_at = at_key(at, "unit"), period_at = at_key(at, "period");

	if (period && !period_read(&out->period, bytes_of(period)))
		at_mistake(
		    &period_at, "'%.20s' is no period; write 2023, 2023Q1, 2023M05", period);
	else if (!period && out->period.kind == PERIOD_NONE)
		at_mistake(&period_at, "is missing");
	if (at_key(at, "received").value)
		out->received = at_day(at, "received");
	if (!code) {
		at_mistake(&unit_at, "is missing");
		return;
	}
	out->unit = rulebook_unit(r->book, bytes_of(code), period_last(out->period));
	/* A unit that has ended may still send; the judge will say so. */
	if (!out->unit)
		out->unit = rulebook_unit(r->book, bytes_of(code), (struct date){ 0 });
	if (!out->unit)
		at_mistake(&unit_at, "there is no unit '%.60s'", code);
}

/* The table of another case in the place of out; what out has of unit and time counts before.
 */
static void
take_over(struct case_table *out, const struct case_table *base)
{
	const struct case_table own = *out;

	if (!base->form)
		return;
	*out = *base;
	if (own.unit)
		out->unit = own.unit;
	if (own.period.kind != PERIOD_NONE)
		out->period = own.period;
	if (own.received.year)
		out->received = own.received;
}

/* out holds what is taken over where at says nothing. */
static void
read_table(struct case_table *out, struct case_reader *r, const struct at *at)
{
	struct at base_at = at_key(at, "base"), rows_at = at_key(at, "rows");
	struct at set = at_key(at, "set"), removed = at_key(at, "remove"),
		  added = at_key(at, "add");
	const char *name = at_text(at, "base", NULL);
	struct raw_case *base = name ? find_case(r, name) : NULL;
	struct rows rows = { 0 };

	if (name && !base)
		at_mistake(&base_at, "there is no case '%.80s'", name);
	if (base && base->state == RAW_OPEN)
		at_mistake(&base_at, "the cases go in a circle");
	if (base) {
		base->is_base = true;
		case_table_of(base, r);
		take_over(out, &base->table);
	}
	read_form(out, r, at);
	read_identity(out, r, at);
	if (!out->form)
		return;
	if (base && base->table.form && base->table.form != out->form) {
		at_mistake(
		    &base_at, "is of form %s, this is %s", base->table.form->id, out->form->id);
		return;
	}
	if (base && base->table.form)
		take_base(&rows, r, &base->table);
	if (rows_at.value) {
		rows.count = 0;
		add_rows(&rows, r, out->form, &rows_at);
	}
	set_rows(&rows, out->form, &set);
	remove_rows(&rows, r, &removed);
	add_rows(&rows, r, out->form, &added);
	keep_rows(out, r, &rows);
	leave_out(out, r, at);
}

void
case_table_of(struct raw_case *c, struct case_reader *r)
{
	if (c->state != RAW_NEW)
		return;
	c->state = RAW_OPEN;
	read_table(&c->table, r, c->at);
	c->state = RAW_READ;
}

void
case_table_beside(struct case_table *out, struct case_reader *r, const struct at *at,
    const struct case_table *like)
{
	*out = *like;
	read_table(out, r, at);
}
