#ifndef RULES_MISTAKE_WORDS_H
#define RULES_MISTAKE_WORDS_H

#include "base/arena.h"
#include "base/bytes.h"

/* What is wrong with a rulebook, without its place, in Vietnamese and with what to do; as it is
 * where nobody has written that sentence. In the arena. */
const char *mistake_words(struct arena *a, struct bytes sentence);

#endif
