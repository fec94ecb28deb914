#ifndef RULES_FORMULA_H
#define RULES_FORMULA_H

#include "rules/bench.h"

/*
 * A condition over one row that asks for nothing but the row: its numbers, texts and days,
 * compared and computed with as SQLite does. Nearly all rules for rows are such, and nearly all
 * rows are good: SQL is then asked about the others alone.
 */
struct formula;

/*
 * The SQL expression in the arena; zeroed[field]: where it is empty 0 is read. NULL: it asks
 * for more than that, or in words that are not known here.
 */
const struct formula *formula_read(
    struct arena *a, const char *sql, const struct form *f, const bool *zeroed);
/*
 * true: of this row, cells[field], SQLite would surely not say that the condition is true.
 * false: it would, or that is not sure.
 */
bool formula_denies(const struct formula *f, const struct cell *cells);

#endif
