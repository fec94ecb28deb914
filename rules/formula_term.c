/* Why: numbers and texts are computed with and compared as SQLite does it; where it might give
 * another one, that is said. */
#include <math.h>

#include "rules/formula_int.h"

/* Whole numbers up to it are doubles, too. */
#define WHOLE_MOST (INT64_C(1) << 53)

const struct term term_unsure = { .kind = TERM_UNSURE };

struct term
term_whole(int64_t whole)
{
	/* Beyond it SQLite goes on with doubles. */
	if (whole > WHOLE_MOST || whole < -WHOLE_MOST)
		return term_unsure;
	return (struct term){ .kind = TERM_WHOLE, .whole = whole };
}

struct term
term_real(double real, bool rough)
{
	if (!isfinite(real))
		return term_unsure;
	return (struct term){ .kind = TERM_REAL, .real = real, .rough = rough };
}

/* ---- numbers ---- */

static double
double_of(const struct term *t)
{
	return t->kind == TERM_WHOLE ? (double)t->whole : t->real;
}

/* Neither NULL nor term_unsure, or what is to be said then. */
bool
terms_there(struct term *out, const struct term *a, const struct term *b)
{
	if (a->kind == TERM_UNSURE || b->kind == TERM_UNSURE)
		*out = term_unsure;
	else if (a->kind == TERM_NULL || b->kind == TERM_NULL)
		*out = (struct term){ .kind = TERM_NULL };
	else
		return true;
	return false;
}

static struct term
compute_whole(enum formula_op op, int64_t a, int64_t b)
{
	int64_t out = 0;

	switch (op) {
	case OP_ADD:
		return term_whole(a + b);
	case OP_SUBTRACT:
		return term_whole(a - b);
	case OP_MULTIPLY:
		return __builtin_mul_overflow(a, b, &out) ? term_unsure : term_whole(out);
	default:
		return b == 0 ? (struct term){ .kind = TERM_NULL } : term_whole(a / b);
	}
}

struct term
term_compute(enum formula_op op, const struct term *a, const struct term *b)
{
	bool rough = a->rough || b->rough;
	double x = double_of(a), y = double_of(b);
	struct term out;

	if (!terms_there(&out, a, b))
		return out;
	if (a->kind == TERM_WHOLE && b->kind == TERM_WHOLE)
		return compute_whole(op, a->whole, b->whole);
	switch (op) {
	case OP_ADD:
		return term_real(x + y, rough);
	case OP_SUBTRACT:
		return term_real(x - y, rough);
	case OP_MULTIPLY:
		return term_real(x * y, rough);
	default:
		return fabs(y) > 0 ? term_real(x / y, rough)
				   : (struct term){ .kind = TERM_NULL };
	}
}

/* SQLite rounds by way of decimal digits: near the middle between two it may go either way. */
struct term
term_rounded(const struct term *t, int64_t places)
{
	static const double tens[] = { 1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9 };
	double scaled = double_of(t) * tens[places], whole = floor(scaled);

	if (t->kind == TERM_NULL || t->kind == TERM_UNSURE)
		return *t;
	if (fabs(scaled) > 1e14 || fabs(scaled - whole - 0.5) < 1e-4)
		return term_unsure;
	return term_real(floor(scaled + 0.5) / tens[places], true);
}

/* ---- comparing ---- */

/* -1, 0, 1; 2: not sure. */
int
term_order(const struct term *a, const struct term *b)
{
	double x, y;

	if (a->kind == TERM_TEXT) {
		size_t len = a->text.len < b->text.len ? a->text.len : b->text.len;
		int order = len ? memcmp(a->text.at, b->text.at, len) : 0;

		if (order == 0)
			return (a->text.len > b->text.len) - (a->text.len < b->text.len);
		return order < 0 ? -1 : 1;
	}
	if (a->kind == TERM_WHOLE && b->kind == TERM_WHOLE)
		return (a->whole > b->whole) - (a->whole < b->whole);
	x = double_of(a);
	y = double_of(b);
	if ((a->rough || b->rough) && fabs(x - y) <= 1e-9 * (1 + fabs(x) + fabs(y)))
		return 2;
	return (x > y) - (x < y);
}

struct term
term_compared(enum formula_op op, const struct term *a, const struct term *b)
{
	struct term out;
	int order;

	if (!terms_there(&out, a, b))
		return out;
	order = term_order(a, b);
	if (order == 2)
		return term_unsure;
	switch (op) {
	case OP_EQUAL:
		return term_whole(order == 0);
	case OP_DIFFERS:
		return term_whole(order != 0);
	case OP_LESS:
		return term_whole(order < 0);
	default:
		return term_whole(order <= 0);
	}
}
