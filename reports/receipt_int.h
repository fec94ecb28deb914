#ifndef REPORTS_RECEIPT_INT_H
#define REPORTS_RECEIPT_INT_H

#include "reports/report.h"
#include "reports/words.h"

/* The unit as it was called at the end of the period; its code when there is none. */
const char *receipt_unit(const struct draft *d, const char *code, struct period period);
/* Findings of a table from one level to another as cell, column, value, sentence, in the arena
 * of the draft: at most *left of them, which counts down, those that are the same in one;
 * *told: how many that are. what heads the sentences. */
const struct grid *receipt_findings(const struct draft *d, const struct figure_submission *s,
    enum level from, enum level to, enum label what, size_t *left, size_t *told);
/* Slots doubt_table, doubts_more and settled_table: what the message made of reports that were
 * accepted before. Names of persons are not told to other units. */
int receipt_doubts(struct slots *slots, struct draft *draft, const struct figure_message *m,
    struct err *e) MUST_CHECK;

#endif
