#ifndef RULES_PERIOD_TEXT_H
#define RULES_PERIOD_TEXT_H

#include "base/arena.h"
#include "base/date.h"

/* A period that a text names; plain: just a year number that may be something else. */
struct named_period {
	struct period period;
	bool plain;
};

/*
 * Every period a title line, subject or file name names, in Vietnamese or English ("quý I năm
 * 2023", "Q1/2023", "2023Q1", "6 tháng đầu năm 2023", "tháng 5/2023", "năm 2023"). Dates and
 * "giai đoạn 2021 - 2025" name none. At most max.
 */
size_t period_texts(struct named_period *out, size_t max, struct arena *a, struct bytes text);

#endif
