#ifndef RULES_DIFF_INT_H
#define RULES_DIFF_INT_H

#include <jansson.h>

#include "base/buf.h"

#include "rules/diff.h"
#include "rules/message.h"

struct differ {
	struct arena *arena;
	const struct rulebook *before, *after;
	const json_t *old_root, *new_root;
	struct change *list;
	size_t count;
};

/* A form that both have. */
struct form_pair {
	struct differ *differ;
	const struct form *before, *after;
	const json_t *old_resource, *new_resource;
};

/* form and about may be "". */
void diff_say(struct differ *d, enum change_kind kind, const char *form, const char *about,
    const struct filler *fillers, size_t count);
/* Two fillers, "old" and "new", beside form and field (by title) or rule. */
void diff_say_two(struct differ *d, enum change_kind kind, const char *form, const char *about,
    struct words old, struct words new);
/* A language in which they are the same shows them in one in which they differ. */
void diff_differing(struct words *old, struct words *new);
struct words diff_plain(const char *text);

void diff_fields(const struct form_pair *p);   /* diff_fields.c */
void diff_rules(const struct form_pair *p);    /* diff_rules.c */
void diff_calendar(const struct form_pair *p); /* diff_calendar.c */
void diff_units(struct differ *d);             /* diff_tables.c */
void diff_tables(struct differ *d);

#endif
