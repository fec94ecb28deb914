#ifndef REPORTS_RECEIPT_INT_H
#define REPORTS_RECEIPT_INT_H

#include "reports/report.h"

/* The unit as it was called at the end of the period; its code when there is none. */
const char *receipt_unit(const struct draft *d, const char *code, struct period period);
/* Slots doubt_table, doubts_more and settled_table: what the message made of reports that were
 * accepted before. Names of persons are not told to other units. */
int receipt_doubts(struct slots *slots, struct draft *draft, const struct figure_message *m,
    struct err *e) MUST_CHECK;

#endif
