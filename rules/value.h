#ifndef RULES_VALUE_H
#define RULES_VALUE_H

#include "base/buf.h"
#include "rules/rulebook.h"

/* What a cell means under its field. */
enum value_kind {
	VALUE_EMPTY,
	VALUE_BOOLEAN,
	VALUE_NUMBER,
	VALUE_REAL,
	VALUE_DATE,
	VALUE_TEXT
};

struct value {
	enum value_kind kind;
	bool flag;
	struct decimal number; /* integer, number, year */
	double real;           /* what no decimal holds: NaN, INF, 1e300; plain tables only */
	struct date date;
	struct bytes text;
};

/* Why a cell cannot be taken, or what must be said about it although it can. */
enum fault {
	FAULT_NONE,
	FAULT_TYPE,
	FAULT_FORMULA,      /* #REF! and its like */
	FAULT_LOST_LETTERS, /* "Tr?n": saved in an encoding without the letter */
	FAULT_SCALE,        /* more digits after the point than the field keeps */
	FAULT_LARGE,        /* more than 15 digits */
	FAULT_MINIMUM,
	FAULT_MAXIMUM,
	FAULT_SHORT,
	FAULT_LONG,
	FAULT_PATTERN,
	FAULT_ENUM,
	FAULT_CODE,
	FAULT_CODE_ENDED,
	FAULT_CODE_NOT_YET,
	FAULT_LOOKUP,
	FAULT_LOOKUP_ENDED,
	FAULT_LOOKUP_FOREIGN,
	FAULT_LOOKUP_AMBIGUOUS,
	FAULT_REQUIRED,
};

enum remark {
	REMARK_NONE,
	REMARK_MARKS,  /* 28.10 where 28,10 is the way; or 1.234, which could be either */
	REMARK_PADDED, /* 6067 taken as 06067 */
	REMARK_NAME,   /* a name stood where a code belongs */
};

struct cell_reading {
	struct value value;
	enum fault fault;
	enum remark remark;
	const char *detail; /* the code of a list that is wrong; NULL */
};

/* Whose cell it is; all zero for plain tables. */
struct cell_context {
	struct arena *arena;
	bool lenient; /* a clerk's table: blanks around cells, Vietnamese ways of writing */
	const struct unit *unit;
	struct period period;
	const struct lost_words *lost; /* NULL: none are known */
};

/*
 * Type and constraints of one cell (required, unique and keys are the caller's). An empty value
 * has no fault. The value is set even with a constraint at fault, and empty with any other.
 */
void value_read(struct cell_reading *out, struct bytes text, const struct field *f,
    const struct cell_context *c);

bool value_equal(const struct value *a, const struct value *b);
/* Appends bytes that are the same exactly for equal values: for keys. */
void value_key(struct buf *out, const struct value *v);

/* value_number.c */
bool value_number_read(struct value *out, enum remark *remark, struct bytes text,
    const struct field *f, bool lenient);
/* value_check.c: types and formats beyond the seven; NULL: no such type. Sets f->type and
 * f->checker. */
bool value_type_named(struct field *f, const char *type, const char *format);

#endif
