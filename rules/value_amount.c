/* Why: "1.234" and "1,234" are both thousands to some and a fraction to others; what a number's
 * marks say for sure is found here, and what they do not is left open. */
#include "rules/value_int.h"

#define RUNS_MOST 8 /* groups of digits: 18 digits make six, and a fraction */

/* The digits of a number, cut at its marks: run, mark, run, mark, run. */
struct runs {
	struct bytes run[RUNS_MOST];
	char mark[RUNS_MOST]; /* mark[i] stands before run[i + 1] */
	size_t count;
};

static bool
is_digit(struct bytes text, size_t i)
{
	return i < text.len && text.at[i] >= '0' && text.at[i] <= '9';
}

static struct bytes
skip_spaces(struct bytes text)
{
	while (text.len && text.at[0] == ' ')
		text = bytes_slice(text, 1, text.len);
	return text;
}

/* Cuts the digits off the front of *text; false: it begins with none, or has too many runs. */
static bool
cut_runs(struct runs *r, struct bytes *text)
{
	size_t i = 0, first;

	r->count = 0;
	for (;;) {
		first = i;
		while (is_digit(*text, i))
			i++;
		if (i == first || r->count == RUNS_MOST)
			return false;
		r->run[r->count++] = bytes_slice(*text, first, i - first);
		if (i >= text->len || !strchr(".,' ", text->at[i]) || !is_digit(*text, i + 1))
			break;
		if (r->count < RUNS_MOST)
			r->mark[r->count - 1] = text->at[i];
		i++;
	}
	*text = bytes_slice(*text, i, text->len);
	return true;
}

/* Are runs [0, count) the groups of a whole number: three digits each, but for the first? */
static bool
are_groups(const struct runs *r, size_t count)
{
	if (count < 2)
		return true;
	if (r->run[0].len > 3 || r->run[0].at[0] == '0')
		return false;
	for (size_t i = 1; i < count; i++)
		if (r->run[i].len != 3)
			return false;
	return true;
}

static bool
only_mark(const struct runs *r, size_t count, char mark)
{
	for (size_t i = 0; i < count; i++)
		if (r->mark[i] != mark)
			return false;
	return true;
}

/* One mark, and it may be the point: what stands before and after it decides, if anything. */
static bool
settle_single(struct amount *out, const struct runs *r)
{
	char mark = r->mark[0];
	bool thousands = are_groups(r, 2);

	if (mark == ' ' || mark == '\'') {
		out->group = mark;
		return thousands;
	}
	if (thousands)
		out->doubt = mark;
	else if (r->run[0].at[0] == '0' && r->run[0].len > 1 && r->run[1].len == 3)
		return false; /* 012.345 */
	else
		out->point = mark;
	return true;
}

/* Which mark is what; false: they contradict each other. */
static bool
settle_marks(struct amount *out, const struct runs *r)
{
	size_t marks = r->count - 1;
	char first, last;

	if (marks == 0)
		return true;
	if (marks == 1)
		return settle_single(out, r);
	first = r->mark[0];
	last = r->mark[marks - 1];
	out->group = first;
	if (first == last)
		return only_mark(r, marks, first) && are_groups(r, r->count);
	out->point = last;
	return last != ' ' && last != '\'' && only_mark(r, marks - 1, first) &&
	    are_groups(r, marks);
}

static bool
join_runs(struct decimal *out, const struct runs *r, bool fraction)
{
	char digits[64];
	size_t len = 0;

	for (size_t i = 0; i < r->count; i++) {
		if (len + r->run[i].len + 2 > sizeof(digits))
			return false;
		if (fraction && i == r->count - 1)
			digits[len++] = '.';
		memcpy(digits + len, r->run[i].at, r->run[i].len);
		len += r->run[i].len;
	}
	return decimal_read(out, (struct bytes){ .at = digits, .len = len }, '.', '\0');
}

/* What follows the number is a unit when nothing in it belongs to a number. */
static bool
take_unit(struct amount *out, struct bytes rest)
{
	out->unit = bytes_trim(rest);
	for (size_t i = 0; i < out->unit.len; i++)
		if (is_digit(out->unit, i) || strchr("+-()", out->unit.at[i]))
			return false;
	return out->unit.len == 0 || !strchr(".,'", out->unit.at[0]);
}

bool
amount_read(struct amount *out, struct bytes text)
{
	bool minus = false, held;
	struct runs r;

	*out = (struct amount){ 0 };
	held = text.len > 2 && text.at[0] == '(' && text.at[text.len - 1] == ')';
	if (held) {
		minus = true;
		text = skip_spaces(bytes_slice(text, 1, text.len - 2));
	} else if (text.len && (text.at[0] == '-' || text.at[0] == '+')) {
		minus = text.at[0] == '-';
		text = skip_spaces(bytes_slice(text, 1, text.len));
	}
	if (!cut_runs(&r, &text) || !take_unit(out, text) || !settle_marks(out, &r) ||
	    !join_runs(&out->number, &r, out->point != '\0'))
		return false;
	if (minus)
		out->number.digits = -out->number.digits;
	return true;
}
