#ifndef RULES_LOST_H
#define RULES_LOST_H

#include "rules/rulebook.h"

/* The campaign's words that have letters which some encodings lack. */
struct lost_words;

const struct lost_words *lost_words_new(struct arena *a, const struct table_hints *hints);
/*
 * Letters of the text were lost when it was saved: "Tr?n", "X?" where "Xã" is a known word, the
 * sign that stands for what could not be read, or what another encoding makes of Vietnamese.
 * A question is none. w may be NULL: no word is known.
 */
bool lost_letters(const struct lost_words *w, struct bytes text);

#endif
