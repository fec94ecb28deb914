/* Why: a reader that knows the campaign's headings can tell separators and encodings apart. */
#include "rules/rulebook_int.h"

void
hints_fill(struct rulebook *r, struct arena *a)
{
	struct finder *f = arena_take(a, sizeof(*f));
	struct bytes *keys;
	size_t kept = 0;

	for (size_t i = 0; i < r->form_count; i++)
		for (size_t k = 0; k < r->forms[i].field_count; k++)
			for (size_t n = 0; n < r->forms[i].fields[k].key_count; n++)
				finder_add(f, a, r->forms[i].fields[k].keys[n],
				    (uint32_t)(i << 16 | k));
	finder_sort(f);
	keys = arena_array(a, f->count + 1, sizeof(*keys));
	for (size_t i = 0; i < f->count; i++)
		if (kept == 0 || !bytes_equal(keys[kept - 1], f->entries[i].key))
			keys[kept++] = f->entries[i].key;
	r->headings = f;
	r->hints = (struct table_hints){ .keys = keys, .count = kept };
}
