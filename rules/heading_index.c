/* Why: every cell of the first rows is asked whether it is a heading, so all headings lie
 * sorted in one place. */
#include "rules/heading_index.h"

#include "base/text.h"

static void
add(struct heading_index *index, struct arena *a, enum heading_list list, struct bytes key,
    uint32_t entry)
{
	finder_add(&index->exact[list], a, key, entry);
	finder_add(&index->bare[list], a, text_bare_key(a, key), entry);
	/* Numbers, units and blanks come on top; Vietnamese in capitals is no longer. */
	if (key.len * 2 + 64 > index->longest)
		index->longest = key.len * 2 + 64;
}

static void
add_field(struct heading_index *index, struct arena *a, const struct field *f, uint32_t entry)
{
	for (size_t i = 0; i < f->key_count; i++)
		add(index, a, HEADING_ALONE, f->keys[i], entry);
	for (size_t i = 0; i < f->child_count; i++)
		add(index, a, HEADING_CHILD, f->child_keys[i], entry);
	for (size_t i = 0; i < f->parent_count; i++)
		add(index, a, HEADING_PARENT, f->parent_keys[i], entry);
}

void
heading_index_fill(struct heading_index *index, const struct rulebook *r, struct arena *a)
{
	index->book = r;
	for (size_t i = 0; i < r->form_count; i++)
		for (size_t k = 0; k < r->forms[i].field_count; k++)
			add_field(index, a, &r->forms[i].fields[k], (uint32_t)(i << 16 | k));
	for (int list = 0; list < HEADING_LISTS; list++) {
		finder_sort(&index->exact[list]);
		finder_sort(&index->bare[list]);
	}
}

static void
find(const struct heading_index *index, const struct finder *in, const struct heading_key *key,
    enum heading_spelling spelling,
    void (*take)(void *self, uint32_t entry, enum heading_spelling spelling), void *self)
{
	const struct finder_entry *entry;
	size_t found = finder_find(&entry, in, key->key);

	for (size_t i = 0; i < found; i++)
		if (heading_unit_fits(
			heading_entry_field(index->book, entry[i].row), key->unit))
			take(self, entry[i].row, spelling);
}

void
heading_index_find(const struct heading_index *index, enum heading_list list,
    const struct heading_text *t,
    void (*take)(void *self, uint32_t entry, enum heading_spelling spelling), void *self)
{
	for (size_t i = 0; i < t->key_count; i++)
		find(index, &index->exact[list], &t->keys[i],
		    i ? SPELLED_WITH_MORE : SPELLED_EXACTLY, take, self);
	/* Only a text without any accent may stand for one with them: half of the accents is a
	 * slip of the hand. */
	for (size_t i = 0; t->unmarked && i < t->key_count; i++)
		find(index, &index->bare[list], &t->keys[i], SPELLED_BARE, take, self);
}

static void
see(void *self, uint32_t entry, enum heading_spelling spelling)
{
	bool *seen = self;

	(void)entry;
	(void)spelling;
	*seen = true;
}

bool
heading_index_knows(const struct heading_index *index, const struct heading_text *t)
{
	bool seen = false;

	for (int list = 0; list < HEADING_LISTS && !seen; list++)
		heading_index_find(index, (enum heading_list)list, t, see, &seen);
	return seen;
}
