/* Why: a reader that knows the campaign's words can tell separators and encodings apart. */
#include "base/text.h"
#include "rules/heading_index.h"
#include "rules/lost.h"
#include "rules/rulebook_int.h"

/* Words of a key that have marks; those without look the same in every encoding. */
static void
add_words(struct finder *words, struct arena *a, struct bytes key)
{
	struct bytes word;

	while (key.len && bytes_cut(&word, &key, ' '))
		for (size_t i = 0; i < word.len; i++)
			if ((unsigned char)word.at[i] >= 0x80) {
				finder_add(words, a, word, 0);
				break;
			}
}

static void
add_text(struct finder *words, struct arena *a, const char *text)
{
	add_words(words, a, text_key(a, bytes_of(text)));
}

static void
add_references(struct finder *words, struct arena *a, const struct rulebook *r)
{
	for (size_t t = 0; t < r->reference_count; t++)
		for (size_t i = 0; i < r->references[t].row_count; i++)
			for (size_t c = 0; c < r->references[t].column_count; c++)
				add_text(words, a, r->references[t].rows[i][c]);
}

static void
add_values(struct finder *words, struct arena *a, const char *const *values)
{
	for (; values && *values; values++)
		add_text(words, a, *values);
}

/* Different keys, in order. */
static size_t
keys_of(const struct bytes **out, struct finder *f, struct arena *a)
{
	struct bytes *keys;
	size_t kept = 0;

	finder_sort(f);
	keys = arena_array(a, f->count + 1, sizeof(*keys));
	for (size_t i = 0; i < f->count; i++)
		if (kept == 0 || !bytes_equal(keys[kept - 1], f->entries[i].key))
			keys[kept++] = f->entries[i].key;
	*out = keys;
	return kept;
}

static void
add_keys(struct finder *headings, struct finder *words, struct arena *a,
    const struct bytes *keys, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		finder_add(headings, a, keys[i], 0);
		/* Headings are typed without their marks, too. */
		finder_add(headings, a, text_bare_key(a, keys[i]), 0);
		add_words(words, a, keys[i]);
	}
}

static void
add_field(struct finder *headings, struct finder *words, struct arena *a, const struct field *f)
{
	add_values(words, a, f->true_values);
	add_values(words, a, f->false_values);
	add_keys(headings, words, a, f->keys, f->key_count);
	add_keys(headings, words, a, f->child_keys, f->child_count);
	add_keys(headings, words, a, f->parent_keys, f->parent_count);
}

void
hints_fill(struct rulebook *r, struct arena *a)
{
	struct heading_index *index = arena_take(a, sizeof(*index));
	struct finder headings = { 0 }, words = { 0 };

	for (size_t i = 0; i < r->form_count; i++) {
		add_text(&words, a, words_in(r->forms[i].title, LANGUAGE_VI));
		for (size_t k = 0; k < r->forms[i].field_count; k++)
			add_field(&headings, &words, a, &r->forms[i].fields[k]);
	}
	add_references(&words, a, r);
	r->hints.count = keys_of(&r->hints.keys, &headings, a);
	r->hints.word_count = keys_of(&r->hints.words, &words, a);
	r->lost = lost_words_new(a, &r->hints);
	heading_index_fill(index, r, a);
	r->headings = index;
}
