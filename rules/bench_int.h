#ifndef RULES_BENCH_INT_H
#define RULES_BENCH_INT_H

#include <sqlite3.h>

#include "rules/bench.h"
#include "rules/past.h"
#include "rules/rule.h"
#include "rules/verdict.h"

/* What rules read of the past; the table of another form i is PAST_OTHER + i. */
enum past_table { PAST_PREV, PAST_HISTORY, PAST_PEERS, PAST_REPORTS, PAST_OTHER };

/* A table of earlier rows of one form; made when a rule names it. */
struct past_rows {
	sqlite3_stmt *insert; /* NULL until it is needed */
	bool made, used;
};

/* Statements of one form, prepared once. */
struct bench_form {
	const struct form *form;
	sqlite3_stmt *insert, *select, *spoil, *clear;
	sqlite3_stmt **set;    /* by field; NULL until it is needed */
	sqlite3_stmt **rules;  /* NULL: could not be prepared */
	const char **failures; /* then: why */
	bool **needs;          /* by rule, then by enum past_table: what it reads */
	unsigned char *cut;    /* by rule: on how many tables of this night it was cut off */
	struct past_rows past[PAST_OTHER + 1];
	bool used; /* has rows since the last clear */
};

struct bench {
	const struct rulebook *book;
	struct arena *arena, *scratch;
	struct buf key;
	sqlite3 *db;
	struct bench_form *forms;
	sqlite3_stmt *facts;
	const struct bench_form **tables; /* tables[number - 1]: whose form it is */
	size_t table_count, table_room;
	int64_t began_ns, deadline_ns; /* of the rule that runs; 0: none */
	int64_t memory_most;           /* of SQLite, while it runs */
	int64_t table_ns;              /* that rules took for the table asked_table */
	int asked_table;
	unsigned text_calls;      /* in the rule that is being prepared */
	sqlite3 *plain;           /* has SQLite's own printf(); NULL until a rule calls it */
	sqlite3_stmt **printf_of; /* by number of arguments */
	bool guarded;             /* a rule is being prepared: the authorizer looks */
	bool asking;              /* a rule runs: time interrupts it */
	bool *noting;             /* then: what it reads of the past */
	bool reports_made, reports_used;
	sqlite3_stmt *reports_insert;
	struct past_report *heard; /* good tables of this message */
	size_t heard_count, heard_room;
	bool *known; /* by enum past_table, of the table that bench_past looked at last */
	const char **unknown_why;
};

/* bench.c: bench_open, or one whose reference tables are empty: enough to prepare rules. */
int bench_make(
    struct bench **out, const struct rulebook *r, bool filled, struct err *e) MUST_CHECK;

const char *bench_column_type(const struct field *f);
int bench_run(struct bench *b, const char *sql, struct err *e) MUST_CHECK;
/* bench_rows.c: a cell as rules see it: numbers with a scale as REAL. */
void bench_bind(sqlite3_stmt *stmt, int place, const struct cell *c, const struct field *f);

/* bench_guard.c */
void guard_begin(struct bench *b); /* limits, authorizer, clock */
/* Prepares one rule's text under guard; NULL and *why (in the bench's arena) when it is
 * refused. */
sqlite3_stmt *guard_prepare(struct bench *b, const char *sql, bool *needs, const char **why);
/* What is asked of a rule owner's texts: begin, step until it is done, end, which gives the
 * nanoseconds it took. */
void guard_begin_rule(struct bench *b);
int guard_step(struct bench *b, sqlite3_stmt *stmt);
int64_t guard_end_rule(struct bench *b);
/* Two seconds for work of our own, which looks itself whether they are over. */
void guard_start_clock(struct bench *b);
void guard_stop_clock(struct bench *b);
bool guard_time_is_over(const struct bench *b);

/* bench_text.c: functions of texts that a rule cannot hold up */
void guard_text_functions(struct bench *b);
/* bench_printf.c */
void guard_printf(struct bench *b);
void guard_printf_end(struct bench *b);

/* bench_rule.c */
struct bench_hit {
	uint32_t row;       /* 0: the table */
	const char *field;  /* NULL */
	int missing;        /* field that is empty; -1 */
	int check;          /* of the rule; -1: none */
	sqlite3_stmt *stmt; /* bench_hit_value reads from it */
};
/*
 * Asks rule number of the table's form; found is called for each row the rule finds, until it
 * returns false. NULL, or why the rule could not be asked (English, no data).
 */
const char *bench_ask(struct bench *b, int table, size_t rule,
    bool (*found)(void *self, const struct bench_hit *hit), void *self);
/* Placeholder columns of a hit: *name is NULL after the last. */
void bench_hit_value(
    const char **name, struct cell *value, const struct bench_hit *hit, int column);
/* SQLite's own sentences could quote a value; these do not. */
const char *bench_trouble(int rc);
void bench_bind_text(sqlite3_stmt *stmt, int place, const char *text); /* "" as NULL */
/* What rules read as "facts". */
int bench_facts(struct bench *b, const struct unit *unit, struct period period,
    struct date received, struct err *e) MUST_CHECK;
/* bench_past.c */
/* Makes the tables that a rule of the form names; before any rule is prepared. */
int bench_past_make(struct bench *b, size_t form, const char *sql, struct err *e) MUST_CHECK;
/* Appends "WITH …, ": the names of the past that the rule's text holds. */
void bench_past_with(struct buf *out, const struct bench *b, size_t form, const char *sql);
/* The rule being prepared reads this table. */
void bench_past_note(struct bench *b, const char *table);
/* What the tables are called: "giamsat NAME FORM". */
extern const char *const bench_past_names[];
/* Has the table this column of ours? A form's own of that name takes its place. */
bool bench_past_has(const struct form *f, const char *column);
size_t bench_form_index(const struct bench *b, const struct form *f);
bool bench_reads_past(const struct bench *b, const struct form *f, size_t rule);
/* bench_past_load.c */
/* A good table of this message, which the others see as if it were accepted; its texts live as
 * long as the message. id does not count. */
void bench_heard(struct bench *b, int table, const struct past_report *report);
struct bench_when {
	int table; /* of the table that is judged */
	const struct form *form;
	const struct unit *unit; /* NULL, or no period: nothing is known of its past */
	struct period period;
	const struct past *past;      /* NULL: only the message itself is known */
	struct past_report *in_force; /* gets the report that this one would replace; NULL: not
	                                 asked */
};
/* Lays on the bench what the form's rules read of the past, in the place of the last table's.
 */
void bench_past(struct bench *b, const struct bench_when *w);
/* bench_past.c: did bench_past find what the rule reads? *why, when not: NULL: nothing is known
 * of the past.
 */
bool bench_past_known(const char **why, const struct bench *b, int table, size_t rule);
void bench_past_clear(struct bench *b);

/* Prepares every rule of the book once and adds what is wrong to the mistakes. */
void bench_rehearse(const struct rulebook *r, struct arena *a, struct mistakes *m);

#endif
