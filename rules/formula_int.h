#ifndef RULES_FORMULA_INT_H
#define RULES_FORMULA_INT_H

#include "rules/formula.h"

enum formula_op {
	OP_FIELD,
	OP_NULL,
	OP_WHOLE,
	OP_REAL,
	OP_TEXT,
	/* of numbers */
	OP_ADD,
	OP_SUBTRACT,
	OP_MULTIPLY,
	OP_DIVIDE,
	OP_NEGATE,
	OP_ABS,
	OP_ROUND,
	OP_MIN,
	OP_MAX,
	/* of two of a sort */
	OP_EQUAL,
	OP_DIFFERS,
	OP_LESS,
	OP_LESS_EQUAL,
	OP_IN, /* the first among the others */
	/* of truths */
	OP_NOT,
	OP_AND,
	OP_OR,
	/* of anything */
	OP_IS_NULL,
	OP_COALESCE,
	OP_NULLIF,
	OP_CASE, /* condition, value, condition, value …, the last alone: otherwise */
};

enum formula_sort { SORT_NUMBER, SORT_TEXT, SORT_NONE /* NULL */ };

struct formula {
	enum formula_op op;
	enum formula_sort sort;
	int field;
	bool zeroed;    /* the field, where it is empty, is 0 */
	double divisor; /* of a field whose whole number is at a scale; 0: it is whole */
	int64_t whole;
	double real;
	bool rough; /* SQLite's number may be the next one to real */
	struct bytes text;
	const struct formula **args;
	size_t count;
};

/* ---- reading: formula_read.c, its operators; formula_leaf.c, what they stand between ---- */

struct formula_reader {
	const char *at;
	struct arena *arena;
	const struct form *form;
	const bool *zeroed;
	int depth;
	size_t parts;
};

/* Every step gives NULL when it does not understand; then all of them do. */
typedef const struct formula node;

node *formula_all(struct formula_reader *r);
/* A number, a text, a field, a function, CASE; no sign, no parentheses around it. */
node *formula_leaf(struct formula_reader *r);
struct formula *formula_make(
    struct formula_reader *r, enum formula_op op, enum formula_sort sort, size_t args);
/* Arguments of one sort; else NULL. */
node *formula_make_many(
    struct formula_reader *r, enum formula_op op, node *const *args, size_t count);
bool formula_same_sort(node *const *args, size_t count, enum formula_sort *sort);

enum { FORMULA_ARGS = 64 };
/* "x, y, z)": false: not understood. */
bool formula_args(struct formula_reader *r, node **args, size_t *count);
/* Past blanks, that word or sign is passed over; false: it does not follow. */
bool formula_word(struct formula_reader *r, const char *word);
bool formula_sign(struct formula_reader *r, const char *sign);

/* ---- computing: formula_term.c ---- */

/* What a part of a formula is for the row at hand. */
struct term {
	enum { TERM_NULL, TERM_WHOLE, TERM_REAL, TERM_TEXT, TERM_UNSURE } kind;
	int64_t whole;
	double real;
	bool rough; /* SQLite's may be another in its last places */
	struct bytes text;
};

extern const struct term term_unsure;
struct term term_whole(int64_t whole);
struct term term_real(double real, bool rough);
/* Neither is NULL or unsure; else *out is what is to be said then. */
bool terms_there(struct term *out, const struct term *a, const struct term *b);
struct term term_compute(enum formula_op op, const struct term *a, const struct term *b);
struct term term_rounded(const struct term *t, int64_t places);
/* -1, 0, 1; 2: not sure. */
int term_order(const struct term *a, const struct term *b);
struct term term_compared(enum formula_op op, const struct term *a, const struct term *b);

#endif
