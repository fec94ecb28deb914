#ifndef RULES_JUDGE_INT_H
#define RULES_JUDGE_INT_H

#include "rules/bench_int.h"
#include "rules/findings.h"
#include "rules/glance.h"
#include "rules/heading.h"
#include "rules/judge.h"
#include "rules/keyset.h"
#include "rules/value.h"

/* A cell with an error; in order of rows. */
struct bad_cell {
	uint32_t row;
	int field;
	bool repeats; /* what it says is certain: it only is there twice */
};

/* A cell whose letters were lost, before the header was found. */
struct lost_cell {
	uint32_t row, column;
	struct bytes text;
};

/* A number that only its column can read: "1.234". */
struct doubt {
	uint32_t row;
	int field;
	char mark;
	struct decimal whole; /* without the mark */
	struct bytes text;
};

/* A row whose foreign key points into its own table: answered at the end. */
struct pending_key {
	struct bytes key;
	uint32_t row;
};

/* Fields of a key by their places. */
struct key_fields {
	const char *const *names;
	const int *list;
	struct key_fields *next;
};

/* Short texts found lately among a foreign key's, each with its length behind it. */
struct found_texts {
	struct found_text {
		uint64_t half[2];
	} at[256];
};

/* Keys of one table. */
struct key_state {
	struct key_fields *fields; /* of keys asked for so far */
	struct keyset *primary;
	struct keyset_key primary_key; /* of the row at hand */
	bool primary_any, primary_bad; /* some of it is there; some of it is wrong */
	struct keyset **unique;        /* by field; NULL where it is not unique */
	struct keyset **together;      /* by unique key */
	struct found_texts **found;    /* by foreign key; NULL where it is of several fields */
	struct keyset **own; /* by foreign key into the form itself: keys that are there */
	struct pending_key **pending;
	size_t *pending_count;
	struct keyset *spoiled; /* rows that only a rule found bad */
};

/* What a proven passport settles. */
struct papers {
	bool good;
	bool passed_over;   /* its form was looked for in this table, and is not there */
	struct bytes forms; /* separated by ';' */
	const struct unit *unit;
	struct period period;
};

struct judge {
	const struct rulebook *book;
	struct bench *bench;
	struct facts facts;
	struct arena *arena;
	struct bytes sheet;
	struct findings findings;

	struct key_state keys;

	const struct form *form; /* NULL: not known yet, or none fits */
	struct papers papers;
	const struct unit *unit;
	struct period period;
	bool identified;
	bool of_other_unit; /* so the file says: the unit's past tells nothing of it */
	uint32_t header_row;
	uint32_t *columns; /* by field: file column, 0 none */
	int *fields;       /* by file column - 1: field, -1 none */
	uint32_t column_count;
	bool finished;                   /* judge_finish was here */
	bool header_done, refused_whole; /* whole: nothing below the header can be judged */
	uint32_t last_row;
	uint64_t rows, rows_bad;

	struct bad_cell *bad;
	size_t bad_count;
	/* numbers that wait for their column, in order of rows, and what it said so far */
	struct doubt *doubts;
	size_t doubt_count;
	unsigned char *points; /* by field: what its cells say of their marks; judge_doubt.c */
	struct rule_failure *failed;
	size_t failed_count;

	const struct glance *glances; /* by field; forms only */

	/* of the row at hand */
	bool clear; /* it was looked at, and no letters are lost in it */
	struct cell_reading *readings;
	struct cell *cells;
	char (*days)[16]; /* by field: a day as the bench has it */
	bool row_bad;

	/* plain tables */
	struct bytes *labels;
	uint32_t label_count;
	bool encoding_wrong;
	struct bytes *own_cells; /* of the row at hand, without covered ones */
	unsigned char *own_natives;
	uint32_t own_room;

	/* forms */
	struct heading heading;
	struct lost_cell *lost;
	size_t lost_count;
	bool no_form;           /* the table is none of the forms */
	struct words lacks;     /* columns of the form it is not, for want of them */
	struct form_rows *lay;  /* layout_int.h; once the header is known */
	bool may_split;         /* another header begins another table */
	const struct row *left; /* rows of the next table that came already */
	size_t left_count;
	int table;       /* on the bench; -1 */
	bool *asked;     /* by rule: some row is not good for sure */
	bool keeps_rows; /* on the bench, be they good for sure */
};

/* judge.c: after judge_row or judge_close said false: the next table's judge with the lines
 * above it. *rows, to be given to it next, are those that came already; they live in the arena.
 */
struct judge *judge_next(const struct row **rows, size_t *count, struct judge *j);
/* judge_plain.c */
void plain_row(struct judge *j, const struct row *row);
void plain_end(struct judge *j);
/* judge_dialect.c: rows that the dialect calls comments, by number alone or by what they hold,
 * and cells that it calls empty. */
bool judge_is_comment_row(const struct judge *j, uint32_t number);
bool judge_is_comment(const struct judge *j, const struct row *row);
bool judge_is_null(const struct judge *j, struct bytes cell);
/* No column of the table has a value in this row; what stands beyond them does not count. */
bool judge_is_blank(const struct judge *j, const struct row *row);
/* judge_form.c */
/* false: another table begins; its first rows are j->left. */
bool form_row(struct judge *j, const struct row *row);
/* The sheet has ended; false as above. */
bool form_close(struct judge *j);
void form_end(struct judge *j);
/* judge_header.c: columns of the header that was found; or why none will do. */
void header_take(struct judge *j);
void header_refuse(struct judge *j);
/* judge_lost.c */
/*
 * The row as people see it; its cells are copied only when one of them hides something. Those
 * with lost letters are told, or kept while the header is looked for.
 */
void judge_look(struct judge *j, struct row *row);
/* Says which cells of the header, or above it, have lost letters; true: some have. */
bool judge_lost_heading(struct judge *j);
/* Says those that were kept and stand below it, in columns that are not read. */
void judge_lost_end(struct judge *j);
/* judge_sure.c */
/* Once the form is known. */
void judge_sure_begin(struct judge *j);
/* j->cells, the row at hand: no rule that looks at the row alone finds anything in it. false:
 * it must lie on the bench; j->asked says which rules are to be asked. */
bool judge_sure(struct judge *j);
/* judge.c: no more rows; all but what the past says is judged. */
void judge_finish(struct judge *j);
/* judge_column.c: a column of what a rule found, in words; shown: the field the finding stands
 * at, or -1. */
struct words judge_column_words(
    struct judge *j, const char *name, const struct cell *value, int shown);
/* judge_rules.c: asks the form's rules about the table on the bench: those that look at it
 * alone, and, later, those that compare it with the past. */
void judge_rules_begin(struct judge *j); /* part of judge_rules */
void judge_rules(struct judge *j);
void judge_rules_of_past(struct judge *j);
/* judge_past.c: a good table may be looked at by the other tables of its message. */
void judge_past_offer(struct judge *j, bool valid);
/* After judge_rules of all tables of the message. */
void judge_past(struct judge *j);
/* judge_identity.c: unit and period, and whether they may report; once, when the header is
 * known. */
void judge_identity(struct judge *j, struct bytes column_period);
void judge_identity_cell(
    struct judge *j, const struct field *f, struct bytes text, uint32_t row, uint32_t column);

/* The text in which a unit's or period's cell names it: a day under a year's form is its year.
 */
struct bytes judge_identity_text(struct judge *j, struct bytes text, enum native native);

/* judge_passport.c: what the workbook's passport says, once; j->papers. */
void judge_passport(struct judge *j);
/* The only form that is looked for; NULL: any. */
const struct form *judge_passport_form(const struct judge *j);
/* Does it speak of the form that was found? */
bool judge_passport_covers(const struct judge *j);
/* What is to be told of it in the table that was found. */
void judge_passport_say(struct judge *j);

/* judge_cell.c */
/* Room for the form's fields; once the form is known. */
void judge_prepare(struct judge *j);
/* After the last row: patterns that had no time for all texts. */
void judge_patterns(struct judge *j);
/* judge_rules.c: what could not be asked, for the operator. */
void judge_fail(struct judge *j, const char *rule, const char *why);
/*
 * Reads the field's cell and says what is wrong with it; j->readings[field] holds the value. A
 * number that waits for its column (its doubt is set) is empty until judge_doubts_end.
 */
void judge_cell(
    struct judge *j, int field, struct bytes text, enum native native, uint32_t row);
void judge_say_fault(struct judge *j, int field, struct bytes text, enum native native,
    uint32_t row, const struct cell_reading *cell);
void judge_say_remark(struct judge *j, int field, struct bytes text, uint32_t row,
    const struct cell_reading *cell);
void judge_say_cell(struct judge *j, enum say what, int field, struct bytes text, uint32_t row,
    const struct filler *more, size_t count);
void judge_mark_bad(struct judge *j, int field, uint32_t row);
bool judge_is_bad(const struct judge *j, int field, uint32_t row);
/* Is there a cell of this field of which nobody knows what it should say? */
bool judge_field_is_bad(const struct judge *j, int field);
/* judge_doubt.c: notes what the cell just read says of its column's marks. true: it is in
 * doubt; it waits, or, where that is not possible, was told. */
bool judge_doubt(struct judge *j, int field, struct bytes text, uint32_t row);
/* A cell of the column that is not loaded, a total, says what its point is; '\0': it does not.
 */
void judge_point(struct judge *j, int field, char point);
/* After the last row, before keys and rules are asked: what waited gets its value on the bench,
 * or is told. */
void judge_doubts_end(struct judge *j);

/* judge_beside.c: a code and the name beside it, once the row's cells are read; name is that
 * cell's text. */
void judge_beside(struct judge *j, int field, struct bytes name, uint32_t row);

/* judge_words.c */
struct words judge_allowed_words(struct judge *j, const struct field *f);
struct words judge_limit_words(struct judge *j, const struct field *f, enum fault fault);
/* A value as people write it; "" for an empty one. */
struct words judge_value_words(struct arena *a, const struct value *v, const struct field *f);
struct words judge_number_words(struct arena *a, struct decimal d);
struct words judge_day_words(struct arena *a, struct date d);
struct words judge_unit_words(const struct unit *u);

/* judge_keys.c: unique, primary and foreign keys of the row at hand, and those that had to
 * wait. */
/* First, early, as memory is slow: what the primary key is, and where it will be looked for. */
void judge_keys_begin(struct judge *j);
void judge_keys(struct judge *j, uint32_t row);
void judge_keys_end(struct judge *j);

#endif
