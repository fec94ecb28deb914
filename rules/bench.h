#ifndef RULES_BENCH_H
#define RULES_BENCH_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "rules/rulebook.h"

/*
 * The private temporary database that rules see: reference tables, and the typed rows of the
 * tables of one message. Nothing else is in it and nothing leaves it but findings and rows. One
 * bench serves the night; bench_clear empties the row tables between messages. Limits of the
 * sandbox: FACTS of docs/ARCHITECTURE.md.
 */
struct bench;

/* A value as the ledger takes it. number with a scale is whole: digits * 10^scale. */
struct cell {
	enum { CELL_EMPTY, CELL_WHOLE, CELL_REAL, CELL_TEXT } kind;
	int64_t whole; /* integer, year, boolean (0, 1), scaled number */
	double real;
	struct bytes text; /* string, date as ISO */
};

int bench_open(struct bench **out, const struct rulebook *r, struct err *e) MUST_CHECK;
void bench_close(struct bench **b);
void bench_clear(struct bench *b);
/* Do rules of the form read earlier reports of other, or, when it is the same, of its own? */
bool bench_form_reads(const struct bench *b, const struct form *f, const struct form *other);
/* Memory for what is looked at and forgotten again, a row at a time; who takes it resets it. */
struct arena *bench_scratch(struct bench *b);
/* The same for a key that is put together; empty. */
struct buf *bench_key(struct bench *b);

/* A new row table of this form for the unit and period; its number is what verdict.table holds.
 */
int bench_table(int *out, struct bench *b, const struct form *f, struct err *e) MUST_CHECK;
/* One typed row; cells[field]. */
int bench_add(struct bench *b, int table, uint32_t row, const struct cell *cells,
    struct err *e) MUST_CHECK;

/* The one cell of a row that is there already. */
int bench_set(struct bench *b, int table, uint32_t row, int field, const struct cell *value,
    struct err *e) MUST_CHECK;
/* The row is not good (an error was found in it); it stays visible to rules. */
int bench_spoil(struct bench *b, int table, uint32_t row, struct err *e) MUST_CHECK;

/* Walks the good rows of a table in file order, for the ledger. */
struct bench_rows;
int bench_rows_open(
    struct bench_rows **out, struct bench *b, int table, struct err *e) MUST_CHECK;
/* *row is 0 at the end; cells[field_count] live until the next call. */
int bench_rows_next(uint32_t *row, const struct cell **cells, struct bench_rows *rows,
    struct err *e) MUST_CHECK;
void bench_rows_close(struct bench_rows **rows);

#endif
