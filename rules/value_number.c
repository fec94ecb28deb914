/* Why: a number is written in many ways, and a wrong guess about "1.234" would be off by a
 * thousand. */
#include <ctype.h>
#include <math.h>
#include <stdlib.h>

#include "base/text.h"
#include "rules/value_int.h"

static bool
number_char(char c)
{
	return (c >= '0' && c <= '9') || c == '-';
}

/* "€ -12", "95%": the spec's bareNumber false lets anything stand before and after the digits.
 */
static struct bytes
strip(struct bytes text)
{
	while (text.len && !number_char(text.at[0]))
		text = bytes_slice(text, 1, text.len);
	while (text.len && !number_char(text.at[text.len - 1]))
		text.len--;
	return text;
}

static bool
read_special(struct value *out, struct bytes text)
{
	static const struct {
		const char *text;
		double value;
	} special[] = { { "NaN", NAN }, { "INF", INFINITY }, { "-INF", -INFINITY },
		{ "+INF", INFINITY } };

	for (size_t i = 0; i < COUNT(special); i++)
		if (bytes_equal_fold(text, bytes_of(special[i].text))) {
			*out = (struct value){ .kind = VALUE_REAL, .real = special[i].value };
			return true;
		}
	return false;
}

/* [+-]digits[.digits][e[+-]digits] with '.' as the point; nothing else, so that strtod finds no
 * "0x" or "nan". */
static bool
real_syntax(const char *c, bool whole)
{
	size_t digits = 0;

	c += *c == '-' || *c == '+';
	for (; isdigit((unsigned char)*c); c++)
		digits++;
	if (whole)
		return digits > 0 && !*c;
	if (*c == '.')
		for (c++; isdigit((unsigned char)*c); c++)
			digits++;
	if (digits == 0)
		return false;
	if (*c == 'e' || *c == 'E') {
		c++;
		c += *c == '-' || *c == '+';
		if (!isdigit((unsigned char)*c))
			return false;
		while (isdigit((unsigned char)*c))
			c++;
	}
	return !*c;
}

/*
 * Numbers of any table: group marks stand where they like, exponents are numbers, and what no
 * decimal holds becomes a double.
 */
bool
number_read_plain(struct value *out, struct bytes text, const struct field *f)
{
	char copy[400];
	size_t n = 0;
	bool whole = f->type == FIELD_INTEGER;

	text = bytes_trim(text);
	if (!f->bare_number)
		text = strip(text);
	if (text.len >= sizeof(copy))
		return false;
	if (!whole && read_special(out, text))
		return true;
	for (size_t i = 0; i < text.len; i++) {
		char c = text.at[i];

		if (f->group && c == f->group)
			continue;
		if (f->group_text &&
		    bytes_starts(bytes_slice(text, i, text.len), bytes_of(f->group_text))) {
			i += strlen(f->group_text) - 1;
			continue;
		}
		if (c == '\0' || (c == '.' && f->point != '.'))
			return false;
		copy[n++] = c == f->point ? '.' : c;
	}
	copy[n] = '\0';
	if (!real_syntax(copy, whole))
		return false;
	*out = (struct value){ .kind = VALUE_NUMBER };
	if (!decimal_read(&out->number, bytes_of(copy), '.', '\0'))
		*out = (struct value){ .kind = VALUE_REAL, .real = strtod(copy, NULL) };
	return true;
}

/* ---- a clerk's table ---- */

/* What stands before and after the number is passed over; a mark before it is its own. */
static struct bytes
strip_lead(struct bytes text)
{
	while (text.len && !number_char(text.at[0]) && !strchr("+(.,", text.at[0]))
		text = bytes_slice(text, 1, text.len);
	return text;
}

/* Words that make a number another one: "540 triệu" under "(đồng)" is not 540. Keys. */
static bool
multiplies(struct bytes word)
{
	static const char *const words[] = { "k", "tr", "chuc", "tram", "nghin", "ngan", "van",
		"trieu", "ty", "ti", "thousand", "million", "billion" };

	for (size_t i = 0; i < COUNT(words); i++)
		if (bytes_equal(word, bytes_of(words[i])))
			return true;
	return false;
}

static bool
has_word(struct bytes key, struct bytes word)
{
	struct bytes piece;

	while (key.at && bytes_cut(&piece, &key, ' '))
		if (bytes_equal(piece, word))
			return true;
	return false;
}

/* Is the unit spoken of in this heading, with the same multiplier or none in both? */
static bool
heads_unit(struct bytes key, struct bytes unit)
{
	struct bytes rest = unit, word;

	while (rest.at && bytes_cut(&word, &rest, ' '))
		if (!has_word(key, word))
			return false;
	while (key.at && bytes_cut(&word, &key, ' '))
		if (multiplies(word) && !has_word(unit, word))
			return false;
	return true;
}

/* "12 hộ" under "Số hộ nghèo": safe where the campaign or the heading says the same. */
static bool
is_own_unit(struct bytes unit, const struct field *f, struct arena *a)
{
	static const char *const money[] = { "d", "vnd" };
	struct bytes bare = text_bare_key(a, unit);

	for (size_t i = 0; i < COUNT(money); i++)
		if (bytes_equal(bare, bytes_of(money[i])))
			bare = BYTES("dong");
	if (bare.len == 0)
		return false;
	for (size_t i = 0; i < f->unit_count; i++)
		if (bytes_equal(text_bare_key(a, f->unit_keys[i]), bare))
			return true;
	for (size_t i = 0; i < f->key_count; i++)
		if (heads_unit(text_bare_key(a, f->keys[i]), bare))
			return true;
	return false;
}

static enum fault
check_unit(struct bytes unit, const struct field *f, struct arena *a)
{
	if (unit.len == 0)
		return FAULT_NONE;
	if (bytes_equal(unit, BYTES("%")))
		return f->percent || !f->bare_number ? FAULT_NONE : FAULT_PERCENT;
	return !f->bare_number || is_own_unit(unit, f, a) ? FAULT_NONE : FAULT_TYPE;
}

static int64_t
power_of_ten(uint8_t exponent)
{
	int64_t n = 1;

	while (exponent-- > 0)
		n *= 10;
	return n;
}

/* "1.234" of whole things is thousands; "1,000" may still be one with useless places. */
static char
doubt_of(const struct amount *n, const struct field *f)
{
	if (f->type != FIELD_INTEGER || (n->number.digits % 1000 == 0 && n->doubt != f->group))
		return n->doubt;
	return '\0';
}

static bool
is_odd_way(const struct amount *n, const struct field *f)
{
	return (n->point && n->point != f->point) ||
	    ((n->group == '.' || n->group == ',') && n->group != f->group);
}

/* The mark that is the point where this one divides thousands, and the other way round. */
static char
other_mark(char mark)
{
	return mark == '.' ? ',' : '.';
}

void
number_read(struct cell_reading *out, struct bytes text, const struct field *f, struct arena *a)
{
	struct amount n;

	text = bytes_trim(text_plain(a, text));
	if (text.len > 1 && text.at[0] == '\'') /* Excel's mark of a text, left by a program */
		text = bytes_slice(text, 1, text.len);
	if (!f->bare_number)
		text = strip_lead(text);
	out->fault = FAULT_TYPE;
	if (text.len > 60 || !amount_read(&n, text))
		return;
	out->fault = check_unit(n.unit, f, a);
	if (out->fault != FAULT_NONE)
		return;
	out->value = (struct value){ .kind = VALUE_NUMBER, .number = n.number };
	out->doubt = n.doubt ? doubt_of(&n, f) : '\0';
	if (n.doubt && !out->doubt)
		n.group = n.doubt;
	out->point = n.point;
	if (n.group == '.' || n.group == ',')
		out->point = other_mark(n.group);
	if (n.number.digits == 0) /* 0,00 stands in forms whoever fills them in */
		out->point = '\0';
	if (is_odd_way(&n, f))
		out->remark = REMARK_MARKS;
	if (f->type == FIELD_INTEGER && n.number.scale > 0 &&
	    n.number.digits % power_of_ten(n.number.scale) != 0)
		out->fault = FAULT_TYPE;
}
