/* Why: a total is not loaded, but where it differs from its rows one of them is wrong, and only
 * the sender can say which. */
#include "base/text.h"
#include "rules/layout_int.h"

/* Sections inside one another: one of each sort of mark. */
enum { SCOPES = 4 };
/* Sums beyond it are not compared; a cell has at most 15 digits. */
#define SUM_MOST ((int64_t)4000000000000000000)

/* A part of the table: from where its rows count, and the figures that stood above them. */
struct scope {
	enum mark mark;
	int64_t *from; /* sums when it began */
	uint64_t rows_before;
	bool leads; /* figures stand in its first row */
	uint32_t row;
	char label[256];
	bool *given;
	int64_t *figures;
};

struct totals {
	int *fields; /* those that add up */
	size_t count;
	int64_t *sums;             /* of all rows so far */
	bool *broken;              /* a cell of the column could not be read, or not yet */
	struct scope whole, since; /* the table; since the last total */
	struct scope sections[SCOPES];
	size_t depth;
	bool *given; /* of the total at hand */
	int64_t *figures;
};

/* ---- preparing ---- */

static bool
adds_up(const struct judge *j, size_t field)
{
	const struct field *f = &j->form->fields[field];

	return j->columns[field] && !f->no_total &&
	    (f->type == FIELD_INTEGER || (f->type == FIELD_NUMBER && f->has_scale));
}

static void
scope_new(struct scope *s, size_t count, struct arena *a)
{
	s->from = arena_array(a, count + 1, sizeof(*s->from));
	s->given = arena_array(a, count + 1, sizeof(*s->given));
	s->figures = arena_array(a, count + 1, sizeof(*s->figures));
}

void
totals_begin(struct judge *j)
{
	struct totals *t = arena_take(j->arena, sizeof(*t));

	t->fields = arena_array(j->arena, j->form->field_count + 1, sizeof(*t->fields));
	for (size_t i = 0; i < j->form->field_count; i++)
		if (adds_up(j, i))
			t->fields[t->count++] = (int)i;
	t->sums = arena_array(j->arena, t->count + 1, sizeof(*t->sums));
	t->broken = arena_array(j->arena, t->count + 1, sizeof(*t->broken));
	t->given = arena_array(j->arena, t->count + 1, sizeof(*t->given));
	t->figures = arena_array(j->arena, t->count + 1, sizeof(*t->figures));
	scope_new(&t->whole, t->count, j->arena);
	scope_new(&t->since, t->count, j->arena);
	for (size_t i = 0; i < SCOPES; i++)
		scope_new(&t->sections[i], t->count, j->arena);
	j->lay->totals = t;
}

/* ---- data ---- */

void
totals_data(struct judge *j)
{
	struct totals *t = j->lay->totals;

	for (size_t i = 0; i < t->count; i++) {
		const struct cell_reading *cell = &j->readings[t->fields[i]];

		if (cell->value.kind == VALUE_NUMBER) {
			t->sums[i] += cell->value.number.digits;
			if (t->sums[i] > SUM_MOST || t->sums[i] < -SUM_MOST)
				t->broken[i] = true;
		} else if (cell->fault != FAULT_NONE || cell->doubt) {
			t->broken[i] = true;
		}
		if (t->broken[i])
			t->sums[i] = 0;
	}
}

/* The figures of a row that are there; false: there is none. */
static bool
read_figures(bool *given, int64_t *figures, struct judge *j, const struct row *row)
{
	const struct totals *t = j->lay->totals;
	bool any = false;

	for (size_t i = 0; i < t->count; i++) {
		const struct field *f = &j->form->fields[t->fields[i]];
		uint32_t column = j->columns[t->fields[i]];
		struct cell_reading cell = { 0 };

		given[i] = false;
		if (row_text(row, column - 1).len == 0 ||
		    row_native(row, column - 1) == NATIVE_COVERED)
			continue;
		/* A total may well pass the bounds of a cell. */
		rows_read_cell(&cell, j, t->fields[i], row);
		judge_point(j, t->fields[i], cell.point);
		given[i] = cell.value.kind == VALUE_NUMBER && !cell.doubt &&
		    decimal_at(&figures[i], cell.value.number, f->scale);
		any = any || given[i];
	}
	return any;
}

/* ---- comparing ---- */

/* How far the figures are from the rows since the scope began. */
struct gap {
	unsigned columns;
	double size;
};

static int64_t
difference(const struct totals *t, const struct scope *s, const int64_t *figures, size_t i)
{
	return figures[i] - (t->sums[i] - s->from[i]);
}

static struct gap
gap_of(const struct totals *t, const struct scope *s, const bool *given, const int64_t *figures)
{
	struct gap gap = { 0 };

	for (size_t i = 0; i < t->count; i++) {
		int64_t by = given[i] && !t->broken[i] ? difference(t, s, figures, i) : 0;

		gap.columns += by != 0;
		gap.size += by < 0 ? -(double)by : (double)by;
	}
	return gap;
}

static struct words
number_words(struct judge *j, int64_t digits, int field)
{
	const struct decimal d = { .digits = digits, .scale = j->form->fields[field].scale };

	return judge_number_words(j->arena, d);
}

static void
say_gap(struct judge *j, const struct scope *s, uint32_t row, struct bytes label,
    const int64_t *figures, size_t i)
{
	const struct totals *t = j->lay->totals;
	int field = t->fields[i];
	struct words figure;

	if (j->findings.count >= j->findings.most) { /* only counted: no words are needed */
		const struct place nowhere = { 0 };

		findings_say_at(
		    &j->findings, SAY_TOTAL, j->form->layout->total_level, &nowhere, NULL, 0);
		return;
	}
	figure = number_words(j, figures[i], field);
	const struct filler more[] = {
		filler_plain("label", findings_value(j->arena, label)),
		{ .name = "figure", .text = figure },
		{ .name = "sum", .text = number_words(j, t->sums[i] - s->from[i], field) },
		{ .name = "difference",
		    .text = number_words(j, difference(t, s, figures, i), field) },
		filler_plain("rows",
		    arena_printf(
			j->arena, "%llu", (unsigned long long)(j->rows - s->rows_before))),
	};
	const struct place place = { .row = row,
		.column = j->columns[field],
		.title = j->form->fields[field].title,
		.value = bytes_of(words_in(figure, LANGUAGE_VI)) };

	findings_say_at(
	    &j->findings, SAY_TOTAL, j->form->layout->total_level, &place, more, COUNT(more));
}

static void
tell(struct judge *j, const struct scope *s, uint32_t row, struct bytes label,
    const bool *given, const int64_t *figures)
{
	const struct totals *t = j->lay->totals;

	for (size_t i = 0; i < t->count; i++)
		if (given[i] && !t->broken[i] && difference(t, s, figures, i) != 0)
			say_gap(j, s, row, label, figures, i);
}

/* ---- scopes ---- */

static void
scope_begin(struct scope *s, const struct judge *j)
{
	const struct totals *t = j->lay->totals;

	memcpy(s->from, t->sums, t->count * sizeof(*s->from));
	s->rows_before = j->rows;
	s->leads = false;
}

static void
scope_lead(struct scope *s, struct judge *j, const struct row *row, struct bytes label)
{
	struct bytes head = text_head(label, sizeof(s->label) - 1);

	s->leads = read_figures(s->given, s->figures, j, row);
	s->row = row->number;
	memcpy(s->label, head.at, head.len);
	s->label[head.len] = '\0';
}

/* Figures above rows that never came: the row itself may have been meant. */
static void
say_alone(struct judge *j, const struct scope *s)
{
	const struct place place = { .row = s->row, .value = bytes_of(s->label) };

	for (size_t i = 0; i < j->lay->totals->count; i++)
		if (s->given[i] && s->figures[i] != 0) {
			findings_say(&j->findings, SAY_NO_KEY, &place, NULL, 0);
			return;
		}
}

static void
scope_end(struct scope *s, struct judge *j)
{
	if (!s->leads)
		return;
	if (j->rows == s->rows_before)
		say_alone(j, s);
	else
		tell(j, s, s->row, bytes_of(s->label), s->given, s->figures);
	s->leads = false;
}

static void
close_sections(struct judge *j, size_t depth)
{
	struct totals *t = j->lay->totals;

	while (t->depth > depth)
		scope_end(&t->sections[--t->depth], j);
}

/* ---- rows ---- */

/* The scope whose first row this is, or NULL: rows stand above it. */
static struct scope *
leading(struct judge *j)
{
	struct totals *t = j->lay->totals;
	struct scope *s = t->depth ? &t->sections[t->depth - 1] : &t->whole;

	return j->rows == s->rows_before ? s : NULL;
}

/* What the figures are most likely the sum of. */
static const struct scope *
best_scope(struct judge *j)
{
	const struct totals *t = j->lay->totals;
	const struct scope *all[SCOPES + 2] = { &t->whole, &t->since }, *best = &t->whole;
	struct gap least = gap_of(t, best, t->given, t->figures);

	for (size_t i = 0; i < t->depth; i++)
		all[2 + i] = &t->sections[i];
	for (size_t i = 1; i < 2 + t->depth; i++) {
		struct gap gap = gap_of(t, all[i], t->given, t->figures);

		if (j->rows == all[i]->rows_before || gap.columns > least.columns ||
		    (gap.columns == least.columns && gap.size >= least.size))
			continue;
		best = all[i];
		least = gap;
	}
	return best;
}

void
totals_total(struct judge *j, const struct row *row)
{
	struct totals *t = j->lay->totals;
	struct scope *first = leading(j);

	if (first && first->leads) {
		passed_say(j, SAY_PASSED, row->number, j->lay->label); /* a second one */
	} else if (first) {
		scope_lead(first, j, row, j->lay->label);
	} else if (read_figures(t->given, t->figures, j, row)) {
		tell(j, best_scope(j), row->number, j->lay->label, t->given, t->figures);
		scope_begin(&t->since, j);
	}
}

void
totals_section(struct judge *j, const struct row *row)
{
	struct totals *t = j->lay->totals;
	size_t depth = 0;

	while (depth < t->depth && t->sections[depth].mark != j->lay->mark)
		depth++;
	if (depth == SCOPES)
		depth--;
	close_sections(j, depth);
	t->depth = depth + 1;
	t->sections[depth].mark = j->lay->mark;
	scope_begin(&t->sections[depth], j);
	if (j->lay->figures)
		scope_lead(&t->sections[depth], j, row, j->lay->label);
}

void
totals_end(struct judge *j)
{
	close_sections(j, 0);
	scope_end(&j->lay->totals->whole, j);
}
