#ifndef RULES_HEADING_INDEX_H
#define RULES_HEADING_INDEX_H

#include "rules/finder.h"
#include "rules/heading_text.h"

/* Headings of a rulebook's forms: those that name a field alone, those that do so only below a
 * parent, and the parents. */
enum heading_list { HEADING_ALONE, HEADING_CHILD, HEADING_PARENT, HEADING_LISTS };

struct heading_index {
	struct finder exact[HEADING_LISTS]; /* rows of entries: form << 16 | field */
	struct finder bare[HEADING_LISTS];  /* by text_bare_key */
	const struct rulebook *book;
	size_t longest; /* bytes of a text that can still be a heading */
};

/* How far what stands there is from what the campaign calls it. */
enum heading_spelling { SPELLED_EXACTLY, SPELLED_WITH_MORE, SPELLED_BARE };

/* Calls take for every field the text leads to, nearest spelling first; a field may come
 * twice. */
void heading_index_find(const struct heading_index *index, enum heading_list list,
    const struct heading_text *t,
    void (*take)(void *self, uint32_t entry, enum heading_spelling spelling), void *self);
/* Does it lead anywhere at all? */
bool heading_index_knows(const struct heading_index *index, const struct heading_text *t);
/* Of an entry's number. */
static inline const struct field *
heading_entry_field(const struct rulebook *r, uint32_t entry)
{
	return &r->forms[entry >> 16].fields[entry & 0xFFFF];
}
void heading_index_fill(struct heading_index *index, const struct rulebook *r, struct arena *a);

#endif
