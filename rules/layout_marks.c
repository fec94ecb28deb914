/* Why: a table on paper is read by its marks, I and A and (1), and so are these. */
#include "base/text.h"
#include "rules/layout_int.h"

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

struct bytes
row_text(const struct row *row, uint32_t i)
{
	return i < row->count ? text_trim(row->cells[i]) : (struct bytes){ 0 };
}

/* ---- sections ---- */

/* Characters of the mark at the front: "IV", "A", "b". */
static size_t
mark_length(enum mark *mark, struct bytes t)
{
	size_t i = 0;

	while (i < t.len && i < 6 && (t.at[i] == 'I' || t.at[i] == 'V' || t.at[i] == 'X'))
		i++;
	*mark = MARK_ROMAN;
	if (i > 0)
		return i;
	if (t.len == 0)
		return 0;
	if (t.at[0] >= 'A' && t.at[0] <= 'Z')
		*mark = MARK_UPPER;
	else if (t.at[0] >= 'a' && t.at[0] <= 'z')
		*mark = MARK_LOWER;
	else
		return 0;
	return 1;
}

enum mark
mark_of(struct bytes text, struct bytes *rest)
{
	enum mark mark;
	struct bytes t = text_trim(text);
	size_t i = mark_length(&mark, t);

	*rest = (struct bytes){ 0 };
	if (i == 0)
		return MARK_NONE;
	if (i == t.len) /* a small letter alone may be anything */
		return mark == MARK_LOWER ? MARK_NONE : mark;
	if (t.at[i] == ' ') /* "I - Khu vực" */
		i++;
	if (i < t.len && !memchr(".)-:/", t.at[i], 5))
		return MARK_NONE;
	*rest = text_trim(bytes_slice(t, i + 1, t.len));
	return mark;
}

/* ---- figures ---- */

/* Written where there is nothing to count. */
static bool
is_dash(struct bytes text)
{
	static const char *const all[] = { "-", "–", "—", "…", "..." };

	for (size_t i = 0; i < COUNT(all); i++)
		if (bytes_equal(text, bytes_of(all[i])))
			return true;
	return false;
}

bool
is_figure(struct bytes text)
{
	bool digit = false;

	if (text.len == 0 || text.len > 24)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		if (is_digit(text.at[i]))
			digit = true;
		else if (!memchr(".,-+/%: ", text.at[i], 8))
			return is_dash(text);
	}
	return digit || is_dash(text);
}

bool
begins_figure(struct bytes text)
{
	size_t i = 0;

	while (i < text.len && i < 2 && memchr("-+(", text.at[i], 3))
		i++;
	return text.len <= 32 && i < text.len && is_digit(text.at[i]);
}

bool
is_line(struct bytes text)
{
	for (size_t i = 0; i < text.len; i++)
		if (!memchr("-_=*.~ ", text.at[i], 7))
			return false;
	return text.len > 3; /* "..." is no answer, but one */
}

bool
looks_like_code(struct bytes text)
{
	bool digit = false;

	for (size_t i = 0; i < text.len; i++) {
		if (text.at[i] == ' ')
			return false;
		digit = digit || is_digit(text.at[i]);
	}
	return digit;
}

/* ---- numbers of columns ---- */

/* What stands in a cell that numbers its column: "A" is 1 … of letters; 0: something else. */
static int
column_number(struct bytes t, bool *letter)
{
	int n = 0;
	size_t i = 0;

	while (t.len && memchr("([-", t.at[0], 3))
		t = text_trim(bytes_slice(t, 1, t.len));
	*letter = t.len > 0 && (t.at[0] | 0x20) >= 'a' && (t.at[0] | 0x20) <= 'z';
	if (*letter) {
		n = (t.at[0] | 0x20) - 'a' + 1;
		i = 1;
	}
	for (; !*letter && i < t.len && i < 4 && is_digit(t.at[i]); i++)
		n = n * 10 + (t.at[i] - '0');
	while (i < t.len && memchr(")]-. ", t.at[i], 5))
		i++;
	if (i == t.len)
		return n;
	if (t.at[i] != '=')
		return 0;
	/* The formula of a column: numbers, letters and signs, no words. */
	for (; i < t.len; i++)
		if (!is_digit(t.at[i]) && !memchr("=+-*/:.,()[]% xX", t.at[i], 16) &&
		    !(t.at[i] >= 'A' && t.at[i] <= 'Z'))
			return 0;
	return n;
}

bool
numbers_columns(const struct row *row)
{
	int before = 0, filled = 0, steps = 0, brackets = 0;
	bool numbers = false; /* letters come first */

	for (uint32_t i = 0; i < row->count; i++) {
		struct bytes text = row_text(row, i);
		bool letter;
		int n;

		if (text.len == 0 || row_native(row, i) == NATIVE_COVERED)
			continue;
		n = column_number(text, &letter);
		if (n == 0 || (letter && numbers))
			return false;
		if (!letter && !numbers) {
			numbers = true;
			before = 0;
		}
		if (n <= before || (before == 0 && n != 1))
			return false;
		steps += n == before + 1;
		before = n;
		brackets += text.at[0] == '(';
		filled++;
	}
	if (filled >= 2 && brackets == filled && steps == filled)
		return true;
	/* In a long row a column may have been taken out; a short one could be a row of data.
	 */
	return filled >= 3 && numbers &&
	    (steps == filled || (filled >= 8 && steps * 5 >= filled * 4));
}
