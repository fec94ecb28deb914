/* Why: who writes a rulebook reads the language its clerks read. */
#include "reports/book_words.h"

static const struct words words[] = {
#define X(id, vi, en) [BOOK_##id] = { .in = { [LANGUAGE_VI] = vi, [LANGUAGE_EN] = en } },
	BOOK_WORDS
#undef X
};

const char *
book_say(struct arena *a, enum book_word word, enum language l, const struct filler *fillers,
    size_t count)
{
	return message_fill(a, words_in(words[word], l), l, fillers, count);
}
