/* Why: a number is written in many ways, and a wrong guess about "1.234" would be off by a
 * thousand. */
#include <ctype.h>
#include <math.h>
#include <stdlib.h>

#include "rules/value.h"

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
static bool
read_plain(struct value *out, struct bytes text, const struct field *f)
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

/* 1.234 where the field might keep three digits: a person should look. With two kept it can
 * only be thousands. */
static bool
doubtful(struct bytes text, const struct field *f)
{
	size_t marks = 0, after = 0;

	if (f->type != FIELD_NUMBER || (f->has_scale && f->scale < 3))
		return false;
	for (size_t i = 0; i < text.len; i++)
		if (text.at[i] == f->group) {
			marks++;
			after = text.len - i - 1;
		} else if (text.at[i] == f->point) {
			return false;
		}
	return marks == 1 && after == 3;
}

static bool
read_lenient(struct value *out, enum remark *remark, struct bytes text, const struct field *f)
{
	struct decimal swapped;
	int64_t whole;

	if (!f->bare_number)
		text = bytes_trim(strip(text));
	if (text.len == 0 || text.len > 60)
		return false;
	*out = (struct value){ .kind = VALUE_NUMBER };
	if (decimal_read(&out->number, text, f->point, f->group)) {
		if (f->group && doubtful(text, f))
			*remark = REMARK_MARKS;
		return f->type != FIELD_INTEGER ||
		    (decimal_at(&whole, out->number, 0) && out->number.scale == 0);
	}
	/* 28.10 where 28,10 is the way: the marks changed places, and it can mean nothing else.
	 */
	if (f->type == FIELD_NUMBER &&
	    decimal_read(&swapped, text, f->point == ',' ? '.' : ',', '\0')) {
		*remark = REMARK_MARKS;
		out->number = swapped;
		return true;
	}
	return false;
}

bool
value_number_read(struct value *out, enum remark *remark, struct bytes text,
    const struct field *f, bool lenient)
{
	return lenient ? read_lenient(out, remark, text, f) : read_plain(out, text, f);
}
