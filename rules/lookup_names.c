/* Why: "Xã Tân Thanh", "X. Tân Thanh" and "Tân Thanh" are one place, and "Thị trấn Tân Thanh"
 * may be another. */
#include "base/text.h"
#include "rules/lookup.h"
#include "rules/reference.h"

/* Without its first so many words. */
static struct bytes
after_words(struct bytes key, size_t words)
{
	size_t i = 0;

	for (; words > 0 && i < key.len; i++)
		words -= key.at[i] == ' ';
	return bytes_slice(key, i, key.len);
}

static size_t
count_words(struct bytes key)
{
	size_t n = 1;

	for (size_t i = 0; i < key.len; i++)
		n += key.at[i] == ' ';
	return n;
}

unsigned
lookup_cut_prefix(struct bytes *key, struct bytes *bare, const struct lookup_names *names)
{
	const struct lookup_prefix *found = NULL;

	for (size_t i = 0; i < names->prefix_count; i++) {
		const struct lookup_prefix *p = &names->prefixes[i];

		if (bare->len > p->key.len + 1 && bytes_starts(*bare, p->key) &&
		    bare->at[p->key.len] == ' ' && (!found || p->key.len > found->key.len))
			found = p;
	}
	if (!found)
		return 0;
	/* Marks do not part words, so both keys have the same words. */
	*key = after_words(*key, count_words(found->key));
	*bare = bytes_slice(*bare, found->key.len + 1, bare->len);
	return found->kind;
}

static unsigned
add_name(struct lookup_names *n, struct arena *a, struct bytes name, uint32_t row)
{
	struct bytes key = text_key(a, name), bare = text_bare_key(a, name);
	unsigned kind;

	finder_add(&n->exact, a, bytes_trim(name), row);
	finder_add(&n->names, a, key, row);
	finder_add(&n->bare, a, bare, row);
	kind = lookup_cut_prefix(&key, &bare, n);
	if (kind) {
		finder_add(&n->names, a, key, row);
		finder_add(&n->bare, a, bare, row);
	}
	return kind;
}

void
lookup_names_fill(struct lookup_names *n, struct arena *a, const struct reference *table)
{
	size_t code = reference_column(table, n->column);
	unsigned *kinds = arena_array(a, table->row_count + 1, sizeof(*kinds));

	for (size_t i = 0; i < table->row_count; i++)
		finder_add(
		    &n->codes, a, bytes_of(reference_cell(table->rows[i], code)), (uint32_t)i);
	for (const char *const *c = n->columns; *c; c++) {
		size_t column = reference_column(table, *c);

		for (size_t i = 0; i < table->row_count; i++) {
			struct bytes rest = bytes_of(reference_cell(table->rows[i], column)),
				     name;

			while (bytes_cut(&name, &rest, ';')) {
				unsigned kind = add_name(n, a, name, (uint32_t)i);

				kinds[i] = kinds[i] ? kinds[i] : kind;
			}
		}
	}
	n->kinds = kinds;
	finder_sort(&n->codes);
	finder_sort(&n->names);
	finder_sort(&n->bare);
	finder_sort(&n->exact);
}
