#ifndef RULES_BENCH_INT_H
#define RULES_BENCH_INT_H

#include <sqlite3.h>

#include "rules/bench.h"
#include "rules/rule.h"
#include "rules/verdict.h"

/* Statements of one form, prepared once. */
struct bench_form {
	const struct form *form;
	sqlite3_stmt *insert, *select, *spoil, *clear;
	sqlite3_stmt **set;    /* by field; NULL until it is needed */
	sqlite3_stmt **rules;  /* NULL: could not be prepared */
	const char **failures; /* then: why */
	bool used;             /* has rows since the last clear */
};

struct bench {
	const struct rulebook *book;
	struct arena *arena, *scratch;
	sqlite3 *db;
	struct bench_form *forms;
	sqlite3_stmt *facts;
	const struct bench_form **tables; /* tables[number - 1]: whose form it is */
	size_t table_count, table_room;
	int64_t deadline_ns; /* of the rule that runs; 0: none */
	bool guarded;        /* a rule is being prepared: the authorizer looks */
};

/* bench.c: bench_open, or one whose reference tables are empty: enough to prepare rules. */
int bench_make(
    struct bench **out, const struct rulebook *r, bool filled, struct err *e) MUST_CHECK;

/* bench_guard.c */
void guard_begin(struct bench *b); /* limits, authorizer, clock */
/* Prepares one rule's text under guard; NULL and *why (in the bench's arena) when it is
 * refused. */
sqlite3_stmt *guard_prepare(struct bench *b, const char *sql, const char **why);
void guard_start_clock(struct bench *b);
void guard_stop_clock(struct bench *b);

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
/* What rules read as "facts". */
int bench_facts(struct bench *b, const struct unit *unit, struct period period,
    struct date received, struct err *e) MUST_CHECK;
/* Prepares every rule of the book once and adds what is wrong to the mistakes. */
void bench_rehearse(const struct rulebook *r, struct arena *a, struct mistakes *m);

#endif
