#ifndef RULES_PERIOD_WORDS_H
#define RULES_PERIOD_WORDS_H

#include "base/arena.h"
#include "base/date.h"
#include "rules/rulebook.h"

/* As it stands in the middle of a sentence: "quý I năm 2023", "quarter 1 of 2023"; "" of no
 * period. In the arena. */
struct words period_words(struct arena *a, struct period p);

#endif
