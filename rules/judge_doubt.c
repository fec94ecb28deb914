/* Why: "1.234" is a thousand and more to one clerk and one and a bit to another; the other
 * cells of its column tell which, or those of the table, and where they do not, nobody guesses.
 */
#include <stdlib.h>

#include "rules/judge_int.h"

/* Cells that may wait in one table; what would be more is told at once. */
#define DOUBTS_MOST 100000

/* What the cells of a column say: which mark is the point, for sure or most likely. */
enum {
	POINT_DOT = 1,
	POINT_COMMA = 2,
	POINT_BOTH = POINT_DOT | POINT_COMMA,
	LIKELY_SHIFT = 2,
	LIKELY_DOT = POINT_DOT << LIKELY_SHIFT,
	LIKELY_COMMA = POINT_COMMA << LIKELY_SHIFT,
};

/*
 * "1.985" under two places, where '.' divides thousands: a fraction could not even be kept. One
 * that ends in zeros could.
 */
static bool
is_likely_group(const struct field *f, char mark, struct decimal whole)
{
	int64_t lost = 1000;

	for (uint8_t i = 0; i < f->scale && lost > 1; i++)
		lost /= 10;
	return f->type == FIELD_NUMBER && f->has_scale && mark == f->group &&
	    whole.digits % lost != 0;
}

/* A key's value must be known when the row is. */
static bool
is_in_key(const struct judge *j, int field)
{
	const struct form *f = j->form;
	const char *name = f->fields[field].name;

	for (size_t i = 0; i < f->primary_key_count; i++)
		if (strcmp(f->primary_key[i], name) == 0)
			return true;
	for (size_t i = 0; i < f->foreign_key_count; i++)
		for (size_t k = 0; k < f->foreign_keys[i].count; k++)
			if (strcmp(f->foreign_keys[i].fields[k], name) == 0 ||
			    strcmp(f->foreign_keys[i].target_fields[k], name) == 0)
				return true;
	return f->fields[field].unique;
}

static struct doubt *
doubt_new(struct judge *j)
{
	j->doubts = arena_more(j->arena, j->doubts, j->doubt_count, sizeof(*j->doubts));
	return &j->doubts[j->doubt_count++];
}

static void
say_ambiguous(struct judge *j, int field, struct bytes text, uint32_t row, struct decimal whole)
{
	struct decimal part = { .digits = whole.digits, .scale = 3 };
	char plain[40], vi[40], en[40];

	decimal_write(plain, whole, ',', '\0');
	decimal_write(vi, part, ',', '\0');
	decimal_write(en, part, '.', '\0');
	const struct filler more[] = {
		filler_plain("whole", arena_text(j->arena, bytes_of(plain))),
		{ .name = "part",
		    .text = { .in = { arena_text(j->arena, bytes_of(vi)),
				  arena_text(j->arena, bytes_of(en)) } } },
	};

	judge_say_cell(j, SAY_AMBIGUOUS, field, text, row, more, COUNT(more));
}

void
judge_point(struct judge *j, int field, char point)
{
	if (!j->points)
		j->points = arena_array(j->arena, j->form->field_count + 1, 1);
	if (point)
		j->points[field] |= point == '.' ? POINT_DOT : POINT_COMMA;
}

bool
judge_doubt(struct judge *j, int field, struct bytes text, uint32_t row)
{
	struct cell_reading *cell = &j->readings[field];
	struct decimal whole = cell->value.number;

	judge_point(j, field, cell->point);
	if (!cell->doubt)
		return false;
	if (is_likely_group(&j->form->fields[field], cell->doubt, whole))
		j->points[field] |= cell->doubt == '.' ? LIKELY_COMMA : LIKELY_DOT;
	cell->value = (struct value){ 0 };
	if (j->doubt_count == DOUBTS_MOST || is_in_key(j, field)) {
		cell->fault = FAULT_AMBIGUOUS;
		say_ambiguous(j, field, text, row, whole);
		return true;
	}
	*doubt_new(j) = (struct doubt){ .row = row,
		.field = field,
		.mark = cell->doubt,
		.whole = whole,
		.text = arena_bytes(j->arena, text) };
	return true;
}

/* ---- what the column says ---- */

static bool
outside(enum fault fault)
{
	return fault == FAULT_MINIMUM || fault == FAULT_MAXIMUM || fault == FAULT_ENUM ||
	    fault == FAULT_LARGE;
}

/*
 * What this column says, or, where it says nothing, all of them together: a table is written by
 * one program or one hand. shift 0: for sure; LIKELY_SHIFT: most likely.
 */
static unsigned
points_of(const struct judge *j, int field, unsigned shift)
{
	unsigned points = j->points[field] >> shift & POINT_BOTH;

	for (size_t i = 0;
	     i < j->form->field_count && !(j->points[field] >> shift & POINT_BOTH); i++)
		points |= j->points[i] >> shift & POINT_BOTH;
	return points;
}

/* The mark that is the point in this column; '\0': nothing says. */
static char
point_of(const struct judge *j, const struct doubt *d)
{
	const struct field *f = &j->form->fields[d->field];

	switch (points_of(j, d->field, 0)) {
	case POINT_DOT:
		return '.';
	case POINT_COMMA:
		return ',';
	case POINT_BOTH:
		return '\0';
	default:
		break;
	}
	/* Three places that the field keeps, behind its own point: it could not be written
	 * otherwise. */
	if (f->type == FIELD_NUMBER && d->mark == f->point && (!f->has_scale || f->scale >= 3))
		return f->point;
	return '\0';
}

/* Thousands, most likely, as other numbers could be nothing else; it is told that they were. */
static bool
by_likelihood(struct cell_reading *out, const struct judge *j, const struct doubt *d)
{
	const struct field *f = &j->form->fields[d->field];
	unsigned point = d->mark == '.' ? POINT_COMMA : POINT_DOT;

	if (points_of(j, d->field, 0))
		return false;
	/* Whole things are not written with three places, be they zeros. */
	if (f->type != FIELD_INTEGER &&
	    (points_of(j, d->field, LIKELY_SHIFT) != point || d->mark != f->group))
		return false;
	value_settle(out, d->whole, f);
	out->remark = REMARK_MARKS;
	return true;
}

/* The one reading that the field can take; false: it takes both. */
static bool
by_limits(struct cell_reading *out, const struct doubt *d, const struct field *f)
{
	struct decimal part = { .digits = d->whole.digits, .scale = 3 };
	struct cell_reading as_whole = { 0 }, as_part = { 0 };

	value_settle(&as_whole, d->whole, f);
	value_settle(&as_part, part, f);
	if (outside(as_whole.fault) == outside(as_part.fault))
		return false;
	*out = outside(as_whole.fault) ? as_part : as_whole;
	out->remark = REMARK_MARKS;
	return true;
}

/* false: it stays ambiguous. */
static bool
settle(struct cell_reading *out, const struct judge *j, const struct doubt *d)
{
	const struct field *f = &j->form->fields[d->field];
	char point = point_of(j, d);

	*out = (struct cell_reading){ 0 };
	if (!point)
		return by_limits(out, d, f) || by_likelihood(out, j, d);
	value_settle(out,
	    (struct decimal){ .digits = d->whole.digits, .scale = point == d->mark ? 3 : 0 },
	    f);
	if (point != f->point)
		out->remark = REMARK_MARKS;
	return true;
}

static int
compare_rows(const void *a, const void *b)
{
	const struct bad_cell *x = a, *y = b;

	return x->row < y->row ? -1 : x->row > y->row;
}

/* Was the row bad before its numbers were read? The first count cells are in order of rows. */
static bool
was_bad(const struct judge *j, size_t count, uint32_t row)
{
	const struct bad_cell wanted = { .row = row };

	return count > 0 && bsearch(&wanted, j->bad, count, sizeof(wanted), compare_rows);
}

static void
store(struct judge *j, const struct doubt *d, const struct cell_reading *cell)
{
	const struct field *f = &j->form->fields[d->field];
	struct cell value = {
		.kind = f->type == FIELD_NUMBER && !f->has_scale ? CELL_REAL : CELL_WHOLE,
		.whole = cell->value.number.digits,
		.real = decimal_double(cell->value.number),
	};
	struct err e;

	/* As in storing rows: without the bench there is no judging. */
	if (bench_set(j->bench, j->table, d->row, d->field, &value, &e) != OK)
		abort();
}

/* A column in which a mark is the point here and divides thousands there says nothing for sure
 * about whole numbers that were taken as such. */
static void
say_mixed(struct judge *j)
{
	for (size_t i = 0; j->points && i < j->form->field_count; i++) {
		const struct place place = { .row = j->header_row,
			.column = j->columns[i],
			.title = j->form->fields[i].title };

		if (j->form->fields[i].type == FIELD_INTEGER && j->points[i] == POINT_BOTH)
			findings_say(&j->findings, SAY_MIXED_MARKS, &place, NULL, 0);
	}
}

void
judge_doubts_end(struct judge *j)
{
	size_t known = j->bad_count;
	uint32_t spoiled = 0;
	struct err e;

	say_mixed(j);
	if (known > 0 && j->doubt_count > 0)
		qsort(j->bad, known, sizeof(*j->bad), compare_rows);
	for (size_t i = 0; i < j->doubt_count; i++) {
		const struct doubt *d = &j->doubts[i];
		struct cell_reading cell;

		j->row_bad = false;
		if (!settle(&cell, j, d))
			say_ambiguous(j, d->field, d->text, d->row, d->whole);
		else if (cell.fault != FAULT_NONE)
			judge_say_fault(j, d->field, d->text, NATIVE_TEXT, d->row, &cell);
		else {
			if (cell.remark != REMARK_NONE)
				judge_say_remark(j, d->field, d->text, d->row, &cell);
			store(j, d, &cell);
		}
		if (!j->row_bad || d->row == spoiled || was_bad(j, known, d->row))
			continue;
		spoiled = d->row;
		j->rows_bad++;
		if (bench_spoil(j->bench, j->table, d->row, &e) != OK)
			abort();
	}
}
