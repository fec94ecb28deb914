/* Why: a condition over a row's own cells costs a few nanoseconds here and a hundred in SQL;
 * where the two could differ, it is SQL that is asked. */
#include <math.h>

#include "rules/formula_int.h"

static struct term term_of(const struct formula *f, const struct cell *cells);

static struct term
field_of(const struct formula *f, const struct cell *c)
{
	switch (c->kind) {
	case CELL_EMPTY:
		return f->zeroed ? term_whole(0) : (struct term){ .kind = TERM_NULL };
	case CELL_WHOLE:
		return f->divisor > 0 ? term_real((double)c->whole / f->divisor, false)
				      : term_whole(c->whole);
	case CELL_REAL:
		return f->divisor > 0 ? term_real(c->real, false) : term_unsure;
	case CELL_TEXT:
		return f->sort == SORT_TEXT
		    ? (struct term){ .kind = TERM_TEXT, .text = c->text }
		    : term_unsure;
	}
	return term_unsure;
}

static struct term
absolute(struct term t)
{
	t.whole = t.whole < 0 ? -t.whole : t.whole;
	t.real = fabs(t.real);
	return t;
}

static struct term
negated(struct term t)
{
	t.whole = -t.whole;
	t.real = -t.real;
	return t;
}

/* ---- several ---- */

static struct term
among(const struct formula *f, const struct cell *cells)
{
	struct term first = term_of(f->args[0], cells), out = term_whole(0);

	for (size_t i = 1; i < f->count; i++) {
		struct term other = term_of(f->args[i], cells);
		struct term same = term_compared(OP_EQUAL, &first, &other);

		if (same.kind == TERM_UNSURE || (same.kind == TERM_WHOLE && same.whole))
			return same;
		if (same.kind == TERM_NULL)
			out = same;
	}
	return out;
}

/* The least or the greatest; NULL where one is. */
static struct term
extreme(const struct formula *f, const struct cell *cells)
{
	struct term out = term_of(f->args[0], cells), none;

	for (size_t i = 1; i < f->count; i++) {
		struct term other = term_of(f->args[i], cells);
		int order;

		if (!terms_there(&none, &out, &other)) {
			out = none;
			continue;
		}
		order = term_order(&other, &out);
		if (order == 2)
			return term_unsure;
		if (f->op == OP_MIN ? order < 0 : order > 0)
			out = other;
	}
	return out;
}

/* ---- truths ---- */

enum truth { IS_FALSE, IS_TRUE, IS_NULL, IS_UNSURE };

static enum truth
truth_of(const struct formula *f, const struct cell *cells)
{
	struct term t = term_of(f, cells);

	switch (t.kind) {
	case TERM_NULL:
		return IS_NULL;
	case TERM_WHOLE:
		return t.whole ? IS_TRUE : IS_FALSE;
	case TERM_REAL:
		if (t.rough && fabs(t.real) <= 1e-9)
			return IS_UNSURE;
		return fabs(t.real) > 0 ? IS_TRUE : IS_FALSE;
	default:
		return IS_UNSURE;
	}
}

static struct term
term_of_truth(enum truth t)
{
	if (t == IS_UNSURE)
		return term_unsure;
	return t == IS_NULL ? (struct term){ .kind = TERM_NULL } : term_whole(t == IS_TRUE);
}

/* One that decides alone does so whatever the other is. */
static struct term
both(const struct formula *f, const struct cell *cells)
{
	enum truth decides = f->op == OP_AND ? IS_FALSE : IS_TRUE;
	enum truth a = truth_of(f->args[0], cells), b;

	if (a == decides)
		return term_whole(decides == IS_TRUE);
	b = truth_of(f->args[1], cells);
	if (b == decides)
		return term_whole(decides == IS_TRUE);
	if (a == IS_UNSURE || b == IS_UNSURE)
		return term_unsure;
	return term_of_truth(a == IS_NULL ? a : b);
}

static struct term
chosen(const struct formula *f, const struct cell *cells)
{
	size_t i = 0;

	for (; i + 1 < f->count; i += 2) {
		enum truth t = truth_of(f->args[i], cells);

		if (t == IS_UNSURE)
			return term_unsure;
		if (t == IS_TRUE)
			return term_of(f->args[i + 1], cells);
	}
	return term_of(f->args[i], cells);
}

static struct term
first_there(const struct formula *f, const struct cell *cells)
{
	struct term t = { .kind = TERM_NULL };

	for (size_t i = 0; i < f->count && t.kind == TERM_NULL; i++)
		t = term_of(f->args[i], cells);
	return t;
}

static struct term
unless_equal(const struct formula *f, const struct cell *cells)
{
	struct term a = term_of(f->args[0], cells), b = term_of(f->args[1], cells);
	struct term same = term_compared(OP_EQUAL, &a, &b);

	if (same.kind == TERM_UNSURE)
		return term_unsure;
	return same.kind == TERM_WHOLE && same.whole ? (struct term){ .kind = TERM_NULL } : a;
}

static struct term
is_null(const struct formula *f, const struct cell *cells)
{
	struct term t = term_of(f->args[0], cells);

	return t.kind == TERM_UNSURE ? term_unsure : term_whole(t.kind == TERM_NULL);
}

static struct term
negation(const struct formula *f, const struct cell *cells)
{
	enum truth t = truth_of(f->args[0], cells);

	return term_of_truth(t == IS_TRUE ? IS_FALSE : t == IS_FALSE ? IS_TRUE : t);
}

/* ---- all of it ---- */

static struct term
term_of_two(const struct formula *f, const struct cell *cells)
{
	struct term a = term_of(f->args[0], cells), b = term_of(f->args[1], cells);

	return f->op >= OP_EQUAL ? term_compared(f->op, &a, &b) : term_compute(f->op, &a, &b);
}

static struct term
term_of_one(const struct formula *f, const struct cell *cells)
{
	struct term t = term_of(f->args[0], cells);

	if (f->op == OP_ROUND)
		return term_rounded(&t, f->count == 2 ? f->args[1]->whole : 0);
	return f->op == OP_ABS ? absolute(t) : negated(t);
}

static struct term
term_of(const struct formula *f, const struct cell *cells)
{
	switch (f->op) {
	case OP_FIELD:
		return field_of(f, &cells[f->field]);
	case OP_NULL:
		return (struct term){ .kind = TERM_NULL };
	case OP_WHOLE:
		return term_whole(f->whole);
	case OP_REAL:
		return term_real(f->real, f->rough);
	case OP_TEXT:
		return (struct term){ .kind = TERM_TEXT, .text = f->text };
	case OP_ADD:
	case OP_SUBTRACT:
	case OP_MULTIPLY:
	case OP_DIVIDE:
	case OP_EQUAL:
	case OP_DIFFERS:
	case OP_LESS:
	case OP_LESS_EQUAL:
		return term_of_two(f, cells);
	case OP_NEGATE:
	case OP_ABS:
	case OP_ROUND:
		return term_of_one(f, cells);
	case OP_MIN:
	case OP_MAX:
		return extreme(f, cells);
	case OP_IN:
		return among(f, cells);
	case OP_NOT:
		return negation(f, cells);
	case OP_AND:
	case OP_OR:
		return both(f, cells);
	case OP_IS_NULL:
		return is_null(f, cells);
	case OP_COALESCE:
		return first_there(f, cells);
	case OP_NULLIF:
		return unless_equal(f, cells);
	case OP_CASE:
		return chosen(f, cells);
	}
	return term_unsure;
}

bool
formula_denies(const struct formula *f, const struct cell *cells)
{
	enum truth t = truth_of(f, cells);

	return t == IS_FALSE || t == IS_NULL;
}
