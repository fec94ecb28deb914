#ifndef RULES_MESSAGE_H
#define RULES_MESSAGE_H

#include "rules/rulebook.h"

/* What a {placeholder} stands for, in each language. */
struct filler {
	const char *name;
	struct words text;
};

/* Fills placeholders; one that nobody knows stays as it is. "{{" is a brace. In the arena. */
const char *message_fill(struct arena *a, const char *pattern, enum language l,
    const struct filler *fillers, size_t count);
struct words message_words(
    struct arena *a, struct words pattern, const struct filler *fillers, size_t count);
/* Takes the next placeholder's name off the front of *rest; false at the end. */
bool message_next(struct bytes *name, struct bytes *rest);
/* "ONE_LANGUAGE" as machines read it: "one-language". In the arena. */
const char *message_kind_name(struct arena *a, const char *id);
/* One filler with the same text in each language. */
static inline struct filler
filler_plain(const char *name, const char *text)
{
	return (struct filler){ .name = name, .text = { .in = { text, text } } };
}

#endif
