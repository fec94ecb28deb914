/* Why: names, codes and aliases are looked up for every cell; a sorted list answers in
 * microseconds. */
#include "rules/finder.h"

#include <stdlib.h>

void
finder_add(struct finder *f, struct arena *a, struct bytes key, uint32_t row)
{
	if (key.len == 0)
		return;
	f->entries = arena_more(a, f->entries, f->count, sizeof(*f->entries));
	f->entries[f->count++] = (struct finder_entry){ .key = key, .row = row };
}

static int
compare(const void *a, const void *b)
{
	const struct finder_entry *x = a, *y = b;
	int order = bytes_compare(x->key, y->key);

	if (order)
		return order;
	return x->row < y->row ? -1 : x->row > y->row;
}

void
finder_sort(struct finder *f)
{
	size_t kept = 0;

	if (f->count)
		qsort(f->entries, f->count, sizeof(*f->entries), compare);
	for (size_t i = 0; i < f->count; i++)
		if (kept == 0 || compare(&f->entries[kept - 1], &f->entries[i]) != 0)
			f->entries[kept++] = f->entries[i];
	f->count = kept;
}

size_t
finder_find(const struct finder_entry **first, const struct finder *f, struct bytes key)
{
	size_t low = 0, high = f->count, end;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (bytes_compare(f->entries[middle].key, key) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (end = low; end < f->count && bytes_equal(f->entries[end].key, key);)
		end++;
	*first = f->entries + low;
	return end - low;
}
