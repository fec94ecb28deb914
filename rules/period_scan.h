#ifndef RULES_PERIOD_SCAN_H
#define RULES_PERIOD_SCAN_H

#include "rules/period_text.h"

/* A text of which periods are sought: its words without marks, and what was found. Private to
 * period_text.c. */
#define TOKENS_MOST 400

struct scan {
	struct bytes tokens[TOKENS_MOST];
	bool quiet[TOKENS_MOST]; /* what is only compared with: "so với quý IV năm 2022" */
	size_t count;
	struct named_period *out;
	size_t found, max;
};

/* Cuts the text; out and max are the caller's. */
void scan_begin(struct scan *s, struct arena *a, struct bytes text);
/* One more period, or a better word for one that is there. */
void scan_put(struct scan *s, enum period_kind kind, int year, int number, bool plain);

bool scan_is(const struct scan *s, size_t i, const char *word);
/* A number of at most four digits; -1: none. */
int scan_digits(struct bytes b);
int scan_number(const struct scan *s, size_t i);
/* 2000 to 2099; 0: none. */
int scan_year_of(struct bytes b);
int scan_year(const struct scan *s, size_t i);
/* "nam 2023", "nam2023"; 0: none. *next is the place after it. */
int scan_named_year(const struct scan *s, size_t i, size_t *next);
/* 1 to 4, as a digit or Roman, and in words where "quý" stands before it; 0: none. */
int scan_quarter_of(struct bytes b);
int scan_quarter_word(struct bytes b);

/* period_english.c: "September 2026", "third quarter of 2026" at token i; the place after it,
 * or i. */
size_t period_english(struct scan *s, size_t i);

#endif
