/* Why: "3. Số hộ nghèo (hộ)*" and "Số hộ nghèo" head the same column; what may be left away
 * without changing the meaning is little and stands here. */
#include "rules/heading_text.h"

#include "base/buf.h"
#include "base/text.h"

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_roman(char c)
{
	return c == 'I' || c == 'V' || c == 'X';
}

/* ---- before it ---- */

/* Bytes of "(3)", "[12]" at the front; 0: none. */
static size_t
bracketed_number(struct bytes t)
{
	size_t i = 1;

	if (t.len < 3 || (t.at[0] != '(' && t.at[0] != '['))
		return 0;
	while (i < t.len && is_digit(t.at[i]))
		i++;
	/* Four digits may be a year, which is part of the meaning. */
	if (i == 1 || i > 4 || i == t.len || (t.at[i] != ')' && t.at[i] != ']'))
		return 0;
	return i + 1;
}

/* Bytes of "3.", "1.2", "III.", "a)", "12 -" at the front; 0: none. */
static size_t
leading_number(struct bytes t)
{
	size_t i = 0;
	bool points = false;

	while (i < t.len && is_digit(t.at[i]))
		i++;
	if (i > 3)
		return 0;
	if (i > 0)
		while (i + 1 < t.len && t.at[i] == '.' && is_digit(t.at[i + 1])) {
			points = true;
			for (i++; i < t.len && is_digit(t.at[i]);)
				i++;
		}
	else
		while (i < t.len && i < 5 && is_roman(t.at[i]))
			i++;
	if (i == 0 && t.len > 1 && ((t.at[0] | 0x20) >= 'a' && (t.at[0] | 0x20) <= 'z'))
		i = 1;
	if (i == 0 || i >= t.len)
		return 0;
	if (t.at[i] == '.' || t.at[i] == ')')
		return i + 1;
	if (points)
		return t.at[i] == ' ' ? i + 1 : 0;
	while (i < t.len && t.at[i] == ' ')
		i++;
	return is_digit(t.at[0]) && i < t.len &&
		(t.at[i] == '-' || t.at[i] == '/' || t.at[i] == ':')
	    ? i + 1
	    : 0;
}

static struct bytes
without_number(struct bytes t)
{
	size_t cut = bracketed_number(t);

	if (cut == 0)
		cut = leading_number(t);
	return text_trim(bytes_slice(t, cut, t.len));
}

/* ---- behind it ---- */

/* "(1)", "(4=2+3)", "(*)": numbers of columns, signs of arithmetic and stars alone. "(2023)"
 * and
 * "(1.000)" are part of the meaning. */
static bool
is_formula(struct bytes inner)
{
	static const char signs[] = "=+-*/:()[] x";
	unsigned digits = 0;
	bool any = false;

	for (size_t i = 0; i < inner.len; i++) {
		digits = is_digit(inner.at[i]) ? digits + 1 : 0;
		any = any || digits || inner.at[i] == '*';
		if (digits > 3 || (!digits && !memchr(signs, inner.at[i], sizeof(signs) - 1)))
			return false;
	}
	return any;
}

static bool
is_superscript(struct bytes rune)
{
	static const char *const all[] = { "¹", "²", "³", "⁰", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹" };

	for (size_t i = 0; i < COUNT(all); i++)
		if (bytes_equal(rune, bytes_of(all[i])))
			return true;
	return false;
}

/* The place of the bracket that the last character closes; t.len: none. */
static size_t
last_bracket(struct bytes t)
{
	char open = t.at[t.len - 1] == ')' ? '(' : '[';
	unsigned depth = 0;

	if (t.at[t.len - 1] != ')' && t.at[t.len - 1] != ']')
		return t.len;
	for (size_t i = t.len; i > 0; i--) {
		if (t.at[i - 1] == t.at[t.len - 1])
			depth++;
		else if (t.at[i - 1] == open && --depth == 0)
			return i - 1;
	}
	return t.len;
}

static struct bytes
without_mark(struct bytes t)
{
	size_t start;

	if (t.len && t.at[t.len - 1] == '*')
		return text_trim(bytes_slice(t, 0, t.len - 1));
	for (size_t len = 2; len <= 3 && len < t.len; len++)
		if (is_superscript(bytes_slice(t, t.len - len, len)))
			return text_trim(bytes_slice(t, 0, t.len - len));
	start = t.len ? last_bracket(t) : 0;
	if (start > 0 && start < t.len &&
	    is_formula(text_trim(bytes_slice(t, start + 1, t.len - start - 2))))
		return text_trim(bytes_slice(t, 0, start));
	return t;
}

/* "thoát ng-\nhèo": a word that was broken at the end of a line. */
static struct bytes
without_hyphens(struct bytes t, struct arena *a)
{
	AUTO(buf_free) struct buf b = { 0 };
	bool any = false;

	for (size_t i = 0; i < t.len; i++) {
		if (t.at[i] == '-' && i > 0 && i + 1 < t.len && t.at[i - 1] != ' ' &&
		    (t.at[i + 1] == '\n' || t.at[i + 1] == '\r')) {
			any = true;
			while (i + 1 < t.len && (t.at[i + 1] == '\n' || t.at[i + 1] == '\r'))
				i++;
			continue;
		}
		buf_char(&b, t.at[i]);
	}
	return any ? arena_bytes(a, buf_bytes(&b)) : t;
}

/* ---- keys ---- */

static bool
is_ascii(struct bytes key)
{
	for (size_t i = 0; i < key.len; i++)
		if ((unsigned char)key.at[i] >= 0x80)
			return false;
	return true;
}

static void
add_key(struct heading_text *out, struct arena *a, struct bytes text, struct bytes unit)
{
	struct bytes key = text_key(a, text);

	if (key.len == 0 || out->key_count == HEADING_KEYS)
		return;
	for (size_t i = 0; i < out->key_count; i++)
		if (bytes_equal(out->keys[i].key, key))
			return;
	out->keys[out->key_count++] = (struct heading_key){ .key = key, .unit = unit };
}

/* Footnote marks off the end, one after the other. */
static struct bytes
strip(struct heading_text *out, struct arena *a, struct bytes rest, struct bytes unit)
{
	struct bytes before;

	do {
		before = rest;
		rest = without_mark(rest);
		add_key(out, a, rest, unit);
	} while (rest.len && rest.len < before.len);
	return rest;
}

void
heading_text_read(struct heading_text *out, struct arena *a, struct bytes text, size_t most)
{
	const struct bytes none = { 0 };
	struct bytes rest = text_trim(text);
	size_t start;

	*out = (struct heading_text){ .text = rest };
	if (rest.len == 0 || rest.len > most)
		return;
	add_key(out, a, rest, none);
	rest = without_hyphens(rest, a);
	add_key(out, a, rest, none);
	rest = strip(out, a, without_number(rest), none);
	start = rest.len ? last_bracket(rest) : 0;
	if (start > 0 && start < rest.len) {
		struct bytes unit =
		    text_key(a, bytes_slice(rest, start + 1, rest.len - start - 2));

		if (unit.len)
			(void)strip(out, a, text_trim(bytes_slice(rest, 0, start)), unit);
	}
	out->unmarked = out->key_count > 0 && is_ascii(out->keys[0].key);
}

bool
heading_unit_fits(const struct field *f, struct bytes unit)
{
	for (size_t i = 0; i < f->unit_count; i++)
		if (bytes_equal(f->unit_keys[i], unit))
			return true;
	return unit.len == 0;
}

bool
heading_is_unit(const struct field *f, const struct heading_text *t)
{
	return t->key_count > 0 && heading_unit_fits(f, t->keys[0].key);
}

struct bytes
heading_without_numbers(struct arena *a, struct bytes key)
{
	AUTO(buf_free) struct buf b = { 0 };
	struct bytes word, rest = key;

	while (rest.len && bytes_cut(&word, &rest, ' ')) {
		bool number = word.len > 0;

		for (size_t i = 0; i < word.len; i++)
			number = number && is_digit(word.at[i]);
		if (number || word.len == 0)
			continue;
		if (b.len)
			buf_char(&b, ' ');
		buf_add(&b, word);
	}
	return arena_bytes(a, buf_bytes(&b));
}
