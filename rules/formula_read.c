/* Why: what an expert wrote as SQL is understood here where it is plain arithmetic; what is not
 * understood is left to SQLite, so nothing is guessed. */
#include "rules/formula_int.h"

/* Of parentheses in one another, and of all there is: computing goes as deep. */
#define DEPTH_MOST 60
#define PARTS_MOST 500

static node *
make_of(struct formula_reader *r, enum formula_op op, enum formula_sort sort, node *first,
    node *second)
{
	struct formula *f = formula_make(r, op, sort, 2);

	f->args[f->count++] = first;
	if (second)
		f->args[f->count++] = second;
	return f;
}

/* ---- from the tightest to the loosest ---- */

static node *
read_atom(struct formula_reader *r)
{
	node *f;

	if (formula_sign(r, "(")) {
		f = formula_all(r);
		return f && formula_sign(r, ")") ? f : NULL;
	}
	return formula_leaf(r);
}

static node *
read_signed(struct formula_reader *r)
{
	node *f;

	if (++r->depth > DEPTH_MOST)
		return NULL;
	if (formula_sign(r, "-")) {
		f = read_signed(r);
		f = f && f->sort == SORT_NUMBER ? make_of(r, OP_NEGATE, SORT_NUMBER, f, NULL)
						: NULL;
	} else {
		f = read_atom(r);
	}
	r->depth--;
	return f;
}

/* Operators of one strength, from the left; both sides of one sort. */
struct operator
{
	const char *sign;
	enum formula_op op;
	bool turned; /* a > b is b < a */
	bool numbers;
};

static node *
read_chain(struct formula_reader *r, const struct operator* list, size_t count,
    node *(*tighter)(struct formula_reader *))
{
	node *f = tighter(r), *pair[2];
	enum formula_sort sort;
	size_t i;

	while (f) {
		for (i = 0; i < count && !formula_sign(r, list[i].sign); i++)
			;
		if (i == count)
			return f;
		pair[0] = f;
		pair[1] = tighter(r);
		if (!pair[1] || !formula_same_sort(pair, 2, &sort) ||
		    (list[i].numbers && sort != SORT_NUMBER))
			return NULL;
		f = list[i].turned ? make_of(r, list[i].op, SORT_NUMBER, pair[1], pair[0])
				   : make_of(r, list[i].op, SORT_NUMBER, pair[0], pair[1]);
	}
	return NULL;
}

static node *
read_product(struct formula_reader *r)
{
	static const struct operator list[] = { { "*", OP_MULTIPLY, false, true },
		{ "/", OP_DIVIDE, false, true } };

	return read_chain(r, list, COUNT(list), read_signed);
}

static node *
read_sum(struct formula_reader *r)
{
	static const struct operator list[] = { { "+", OP_ADD, false, true },
		{ "-", OP_SUBTRACT, false, true } };

	return read_chain(r, list, COUNT(list), read_product);
}

static node *
read_order(struct formula_reader *r)
{
	static const struct operator list[] = { { "<=", OP_LESS_EQUAL, false, false },
		{ ">=", OP_LESS_EQUAL, true, false }, { "<", OP_LESS, false, false },
		{ ">", OP_LESS, true, false } };

	return read_chain(r, list, COUNT(list), read_sum);
}

/* "BETWEEN low AND high" */
static node *
read_between(struct formula_reader *r, node *f)
{
	node *low = read_order(r), *high, *all[3];
	enum formula_sort sort;

	if (!low || !formula_word(r, "and"))
		return NULL;
	high = read_order(r);
	all[0] = f;
	all[1] = low;
	all[2] = high;
	if (!high || !formula_same_sort(all, 3, &sort))
		return NULL;
	return make_of(r, OP_AND, SORT_NUMBER, make_of(r, OP_LESS_EQUAL, SORT_NUMBER, low, f),
	    make_of(r, OP_LESS_EQUAL, SORT_NUMBER, f, high));
}

/* "IN (a, b)"; a SELECT in it is not understood. */
static node *
read_in(struct formula_reader *r, node *f)
{
	node *args[FORMULA_ARGS + 1];
	size_t count;

	if (!formula_sign(r, "(") || !formula_args(r, args + 1, &count))
		return NULL;
	args[0] = f;
	return formula_make_many(r, OP_IN, args, count + 1);
}

/* What may stand behind a side of an equation; *done: nothing did. */
static node *
read_tail(struct formula_reader *r, node *f, bool *done)
{
	bool no;

	if (formula_word(r, "is")) {
		no = formula_word(r, "not");
		f = formula_word(r, "null") ? make_of(r, OP_IS_NULL, SORT_NUMBER, f, NULL)
					    : NULL;
	} else {
		no = formula_word(r, "not");
		if (formula_word(r, "between"))
			f = read_between(r, f);
		else if (formula_word(r, "in"))
			f = read_in(r, f);
		else if (no)
			f = NULL;
		else
			*done = true;
	}
	return f && no ? make_of(r, OP_NOT, SORT_NUMBER, f, NULL) : f;
}

static node *
read_equal(struct formula_reader *r)
{
	static const struct operator list[] = { { "==", OP_EQUAL, false, false },
		{ "=", OP_EQUAL, false, false }, { "<>", OP_DIFFERS, false, false },
		{ "!=", OP_DIFFERS, false, false } };
	node *f = read_chain(r, list, COUNT(list), read_order);
	bool done = false;

	while (f && !done)
		f = read_tail(r, f, &done);
	return f;
}

static node *
read_not(struct formula_reader *r)
{
	node *f;

	if (!formula_word(r, "not"))
		return read_equal(r);
	if (++r->depth > DEPTH_MOST)
		return NULL;
	f = read_not(r);
	r->depth--;
	return f && f->sort != SORT_TEXT ? make_of(r, OP_NOT, SORT_NUMBER, f, NULL) : NULL;
}

static node *
read_and(struct formula_reader *r)
{
	node *f = read_not(r), *second;

	while (f && formula_word(r, "and")) {
		second = read_not(r);
		if (!second || f->sort == SORT_TEXT || second->sort == SORT_TEXT)
			return NULL;
		f = make_of(r, OP_AND, SORT_NUMBER, f, second);
	}
	return f;
}

node *
formula_all(struct formula_reader *r)
{
	node *f = read_and(r), *second;

	while (f && formula_word(r, "or")) {
		second = read_and(r);
		if (!second || f->sort == SORT_TEXT || second->sort == SORT_TEXT)
			return NULL;
		f = make_of(r, OP_OR, SORT_NUMBER, f, second);
	}
	return f;
}

const struct formula *
formula_read(struct arena *a, const char *sql, const struct form *f, const bool *zeroed)
{
	struct formula_reader r = { .at = sql, .arena = a, .form = f, .zeroed = zeroed };
	const struct formula *all = formula_all(&r);

	(void)formula_sign(&r, ""); /* blanks */
	return all && !*r.at && r.parts <= PARTS_MOST && all->sort != SORT_TEXT ? all : NULL;
}
