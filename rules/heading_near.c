/* Why: a heading with a slip of the hand is not loaded, but its column can be named. */
#include "base/text.h"
#include "rules/heading.h"

/* Longer keys are no headings of ours. */
enum { RUNES_MOST = 120 };

struct runes {
	uint32_t list[RUNES_MOST];
	size_t count;
};

static bool
runes_of(struct runes *out, struct bytes key)
{
	out->count = 0;
	for (size_t at = 0; at < key.len;) {
		if (out->count == RUNES_MOST)
			return false;
		at += text_rune(&out->list[out->count++], bytes_slice(key, at, key.len));
	}
	return true;
}

static size_t
least(size_t x, size_t y)
{
	return x < y ? x : y;
}

/* Letters to add, drop or change (Levenshtein); tone marks are letters here. */
static size_t
distance(const struct runes *x, const struct runes *y)
{
	size_t row[RUNES_MOST + 1];

	for (size_t k = 0; k <= y->count; k++)
		row[k] = k;
	for (size_t i = 1; i <= x->count; i++) {
		size_t corner = row[0];

		row[0] = i;
		for (size_t k = 1; k <= y->count; k++) {
			size_t changed = corner + (x->list[i - 1] != y->list[k - 1]);

			corner = row[k];
			row[k] = least(changed, least(row[k], row[k - 1]) + 1);
		}
	}
	return row[y->count];
}

/* How far apart two keys may be; short ones are alike by chance. */
static size_t
allowed(size_t length)
{
	return length < 5 ? 0 : 1 + length / 8;
}

/* Smallest distance of the text to any heading of the field; SIZE_MAX: none is near. */
static size_t
field_distance(
    const struct field *f, const struct runes *text, struct bytes bare, struct arena *a)
{
	size_t best = SIZE_MAX;

	for (size_t i = 0; i < f->key_count + f->child_count; i++) {
		struct bytes key = heading_without_numbers(
		    a, i < f->key_count ? f->keys[i] : f->child_keys[i - f->key_count]);
		struct runes own;
		size_t found;

		if (key.len == 0 || !runes_of(&own, key))
			continue;
		/* Accents alone: near, however many there are. */
		if (bare.len > 3 && bytes_equal(text_bare_key(a, key), bare))
			return 0;
		if (own.count > text->count + allowed(own.count) ||
		    text->count > own.count + allowed(own.count))
			continue;
		found = distance(&own, text);
		if (found <= allowed(least(own.count, text->count)))
			best = least(best, found);
	}
	return best;
}

size_t
heading_near(int out[HEADING_CHOICES], const struct form *f, const bool *taken,
    const struct heading_text *t, struct arena *a)
{
	size_t count = 0, best = SIZE_MAX;

	for (size_t k = 0; k < t->key_count; k++) {
		struct bytes key = heading_without_numbers(a, t->keys[k].key);
		struct bytes bare = text_bare_key(a, key);
		struct runes text;

		if (key.len == 0 || !runes_of(&text, key))
			continue;
		for (size_t i = 0; i < f->field_count; i++) {
			size_t found =
			    taken[i] ? SIZE_MAX : field_distance(&f->fields[i], &text, bare, a);

			if (found == SIZE_MAX || found > best)
				continue;
			if (found < best)
				count = 0;
			best = found;
			for (size_t n = 0; n < count; n++)
				if (out[n] == (int)i)
					found = SIZE_MAX;
			if (found != SIZE_MAX && count < HEADING_CHOICES)
				out[count++] = (int)i;
		}
	}
	return count;
}
