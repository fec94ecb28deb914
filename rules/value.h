#ifndef RULES_VALUE_H
#define RULES_VALUE_H

#include "base/buf.h"
#include "ingest/table.h"
#include "rules/rulebook.h"

/* What a cell means under its field. */
enum value_kind {
	VALUE_EMPTY,
	VALUE_BOOLEAN,
	VALUE_NUMBER,
	VALUE_REAL,
	VALUE_DATE,
	VALUE_TEXT,
	/* Plain tables only; text is the cell's. */
	VALUE_MOMENT, /* time, datetime, yearmonth: number is its place among those of its type
	               */
	VALUE_DURATION, /* whole months, and microseconds in number */
	VALUE_ITEMS /* list, array, object; text is the same for equal ones where the field's
	               values are compared */
};

struct value {
	enum value_kind kind;
	bool flag; /* of VALUE_ITEMS: what is in it breaks a constraint of its own */
	struct decimal number; /* integer, number, year */
	union {
		double real;    /* what no decimal holds: NaN, INF, 1e300; plain tables only */
		int64_t months; /* of VALUE_DURATION */
		size_t items;   /* of VALUE_ITEMS: how many */
	};
	struct date date;
	struct bytes text;
};

/* Why a cell cannot be taken, or what must be said about it although it can. */
enum fault {
	FAULT_NONE,
	FAULT_TYPE,
	FAULT_FORMULA,      /* #REF! and its like */
	FAULT_UNCALCULATED, /* a formula whose value was never saved */
	FAULT_LOST_LETTERS, /* "Tr?n": saved in an encoding without the letter */
	FAULT_BECAME_DATE,  /* the spreadsheet made a day of what was typed */
	FAULT_BECAME_TIME,
	FAULT_PERCENT,     /* 45 % where no percent is wanted */
	FAULT_COVERED,     /* a figure spread over several rows or columns by merging cells */
	FAULT_AMBIGUOUS,   /* 1.234: the caller's, who knows the column */
	FAULT_NO_DAY,      /* 31/02/2023 */
	FAULT_MONTH_FIRST, /* 12/31/2023 */
	FAULT_SCALE,       /* more digits after the point than the field keeps */
	FAULT_LARGE,       /* more than 15 digits */
	FAULT_MINIMUM,
	FAULT_MAXIMUM,
	FAULT_SHORT,
	FAULT_LONG,
	FAULT_PATTERN,
	FAULT_ENUM,
	FAULT_ITEM, /* what is in an array or object breaks a constraint of its own */
	FAULT_CODE,
	FAULT_CODE_ENDED,
	FAULT_CODE_NOT_YET,
	FAULT_LOOKUP,
	FAULT_LOOKUP_NEAR, /* unknown, but others are called much the same: candidates */
	FAULT_LOOKUP_ENDED,
	FAULT_LOOKUP_SUCCEEDED, /* ended, and what came after it is known: candidates */
	FAULT_LOOKUP_FOREIGN,
	FAULT_LOOKUP_AMBIGUOUS, /* candidates */
	FAULT_REQUIRED,
};

enum remark {
	REMARK_NONE,
	REMARK_MARKS,  /* 28.10 where 28,10 is the way */
	REMARK_PADDED, /* 6067 taken as 06067 */
	REMARK_NAME,   /* a name stood where a code belongs */
	REMARK_OLD,    /* … and an old one: its successor was taken */
	REMARK_SERIAL, /* 45291 taken as 31/12/2023 */
	REMARK_YEAR,   /* a day taken as its year */
};

struct cell_reading {
	struct value value;
	enum fault fault;
	enum remark remark;
	/*
	 * "1.234": whether this mark divides thousands or is the decimal point only the whole
	 * column tells. The value is then the number without the mark, and is no value yet:
	 * value_settle makes it one. '\0': no doubt.
	 */
	char doubt;
	char point; /* the mark that is the decimal point of this text for sure; '\0': none
	               tells */
	const char *detail;     /* the code of a list that is wrong; NULL */
	const char *candidates; /* what it could be: "06067 Xã Tân Thanh; …"; NULL */
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
void value_read(struct cell_reading *out, struct bytes text, enum native native,
    const struct field *f, const struct cell_context *c);
/* This number as the cell's value: its digits and constraints are checked; fault says how. */
void value_settle(struct cell_reading *out, struct decimal number, const struct field *f);
/* The text as people see it in their spreadsheet: "28,1%", "31/12/2023". */
struct bytes value_shown(struct arena *a, struct bytes text, enum native native);

bool value_equal(const struct value *a, const struct value *b);
/* Appends bytes that are the same exactly for equal values: for keys. */
void value_key(struct buf *out, const struct value *v);

/* value_type.c: sets f->type and f->special. NULL, or what is wrong: "is no type". */
const char *value_type_named(struct field *f, const char *type, const char *format);
/* What a cell of this field must be, as a noun in both languages, and an example of one. */
struct words value_type_words(const struct field *f);
const char *value_type_example(const struct field *f);

/* Constraints of Table Schema beside required, unique and enum, which any type takes. */
enum constraint {
	CONSTRAINT_LENGTH = 1,
	CONSTRAINT_RANGE = 2,
	CONSTRAINT_PATTERN = 4,
	CONSTRAINT_JSON = 8 /* jsonSchema */
};
/* Those that mean something for the field's type. */
unsigned value_type_constraints(const struct field *f);
/* -1, 0, 1: which of two values of one field is less; 2: it cannot be told, or they have no
 * order. */
int value_order(const struct value *a, const struct value *b);

/* pattern_begin and pattern_trouble (rules/pattern.h) of all patterns of the field. */
void value_patterns_begin(const struct field *f);
const char *value_patterns_trouble(const struct field *f);

#endif
