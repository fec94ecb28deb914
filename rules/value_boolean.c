/* Why: people tick, cross, nod and shake their heads in many ways, and all mean yes or no. */
#include <ctype.h>

#include "base/text.h"
#include "rules/value_int.h"

/* How yes and no are written, whatever else the field names: keys without marks, and signs. */
static const char *const yes_words[] = { "co", "x", "yes", "y", "c", "dung", "true", "1",
	NULL };
static const char *const no_words[] = { "khong", "ko", "k", "no", "n", "sai", "false", "0",
	NULL };
static const char *const yes_signs[] = { "\xE2\x9C\x93", "\xE2\x9C\x94", "\xE2\x98\x91",
	"\xE2\x88\x9A", "\xE2\x9C\x85", NULL };

static const char *const yes_marked[] = { "có", "đúng", NULL };
static const char *const no_marked[] = { "không", NULL };

static bool
is_key_of(struct bytes key, const char *const *words, struct arena *a)
{
	for (; *words; words++)
		if (bytes_equal(key, text_key(a, bytes_of(*words))))
			return true;
	return false;
}

static bool
read_boolean_written(struct value *out, struct bytes text, struct arena *a)
{
	struct bytes plain = bytes_trim(text_plain(a, text));
	struct bytes key = text_key(a, plain), bare = text_bare_key(a, plain);

	*out = (struct value){ .kind = VALUE_BOOLEAN };
	/* "-1", "(x)" and "C?", which lost a letter, are neither. */
	for (size_t i = 0; i < plain.len; i++)
		if ((unsigned char)plain.at[i] < 0x80 && !isalnum((unsigned char)plain.at[i]))
			return false;
	if (bytes_find(plain, BYTES("\xEF\xBF\xBD")) != plain.len)
		return false;
	if (!bytes_equal(key, bare)) { /* marks that are written count: "cỡ" is not "có" */
		out->flag = is_key_of(key, yes_marked, a);
		return out->flag || is_key_of(key, no_marked, a);
	}
	out->flag = bytes_among(key, yes_words) || bytes_among(plain, yes_signs);
	return out->flag || bytes_among(key, no_words);
}

bool
boolean_read(struct value *out, struct bytes text, const struct field *f, struct arena *lenient)
{
	*out =
	    (struct value){ .kind = VALUE_BOOLEAN, .flag = bytes_among(text, f->true_values) };
	if (out->flag || bytes_among(text, f->false_values))
		return true;
	if (!lenient)
		return false;
	for (const char *const *t = f->true_values; t && *t; t++)
		if (bytes_equal_fold(text, bytes_of(*t)))
			return out->flag = true;
	for (const char *const *t = f->false_values; t && *t; t++)
		if (bytes_equal_fold(text, bytes_of(*t)))
			return true;
	return read_boolean_written(out, text, lenient);
}
