/* Why: a value of the right type may still be none that the form takes; and two that are
 * written differently may be one. */
#include <math.h>
#include <stdio.h>

#include "base/text.h"
#include "rules/json_schema.h"
#include "rules/pattern.h"
#include "rules/value_int.h"

/* Doubles are exact so far; the bench and SQL keep numbers as doubles. */
#define EXACT_MOST INT64_C(999999999999999)

/* Bytes of a value in a key, but for its text and its ends: a duration's; a double's in
 * hexadecimal. */
#define KEY_MOST      16
#define KEY_REAL_MOST 32

/* -1, 0, 1 by the bound's type; NaN is outside of every bound. */
static bool
below(const struct value *v, struct decimal bound, bool equal_too)
{
	if (v->kind == VALUE_REAL) {
		double limit = decimal_double(bound);

		return isnan(v->real) || v->real < limit || (equal_too && v->real <= limit);
	}
	return decimal_compare(v->number, bound) < (equal_too ? 1 : 0);
}

static bool
above(const struct value *v, struct decimal bound, bool equal_too)
{
	if (v->kind == VALUE_REAL) {
		double limit = decimal_double(bound);

		return isnan(v->real) || v->real > limit || (equal_too && v->real >= limit);
	}
	return decimal_compare(v->number, bound) > (equal_too ? -1 : 0);
}

static enum fault
check_bounds(const struct value *v, const struct field *f)
{
	bool number = v->kind == VALUE_NUMBER || v->kind == VALUE_REAL;

	if (f->has_minimum &&
	    (number ? below(v, f->minimum, f->minimum_excluded)
		    : v->kind == VALUE_DATE &&
			date_compare(v->date, f->date_minimum) < (f->minimum_excluded ? 1 : 0)))
		return FAULT_MINIMUM;
	if (f->has_maximum &&
	    (number ? above(v, f->maximum, f->maximum_excluded)
		    : v->kind == VALUE_DATE &&
			date_compare(v->date, f->date_maximum) >
			    (f->maximum_excluded ? -1 : 0)))
		return FAULT_MAXIMUM;
	return FAULT_NONE;
}

/* Of times and durations; a bound holds when the value is surely on its right side. */
static enum fault
check_order(const struct value *v, const struct field *f)
{
	int low = f->low ? value_order(f->low, v) : -1;
	int high = f->high ? value_order(v, f->high) : -1;

	if (low > 0 || (low == 0 && f->minimum_excluded))
		return FAULT_MINIMUM;
	if (high > 0 || (high == 0 && f->maximum_excluded))
		return FAULT_MAXIMUM;
	return FAULT_NONE;
}

static enum fault
check_length(size_t length, const struct field *f)
{
	if (f->has_min_length && length < f->min_length)
		return FAULT_SHORT;
	if (f->has_max_length && length > f->max_length)
		return FAULT_LONG;
	return FAULT_NONE;
}

static enum fault
check_text(const struct value *v, const struct field *f)
{
	enum fault fault = f->has_min_length || f->has_max_length
	    ? check_length(text_length(v->text), f)
	    : FAULT_NONE;

	if (fault != FAULT_NONE)
		return fault;
	/* What a pattern had no time for is no fault of the sender: pattern_trouble tells it.
	 */
	if (f->pattern && pattern_try(f->pattern, v->text) == PATTERN_NO)
		return FAULT_PATTERN;
	return FAULT_NONE;
}

bool
value_equal(const struct value *a, const struct value *b)
{
	if ((a->kind == VALUE_REAL || b->kind == VALUE_REAL) && a->kind != VALUE_TEXT &&
	    b->kind != VALUE_TEXT) {
		double x = a->kind == VALUE_REAL ? a->real : decimal_double(a->number);
		double y = b->kind == VALUE_REAL ? b->real : decimal_double(b->number);

		return x <= y && x >= y;
	}
	if (a->kind != b->kind)
		return false;
	switch (a->kind) {
	case VALUE_EMPTY:
	case VALUE_REAL:
		return true;
	case VALUE_BOOLEAN:
		return a->flag == b->flag;
	case VALUE_NUMBER:
		return decimal_compare(a->number, b->number) == 0;
	case VALUE_DATE:
		return date_compare(a->date, b->date) == 0;
	case VALUE_MOMENT:
	case VALUE_DURATION:
		return value_order(a, b) == 0;
	case VALUE_TEXT:
	case VALUE_ITEMS:
		return bytes_equal(a->text, b->text);
	}
	return false;
}

enum fault
value_check(const struct value *v, const struct field *f)
{
	enum fault fault = check_bounds(v, f);
	size_t i = 0;

	if (fault == FAULT_NONE && v->kind == VALUE_TEXT)
		fault = check_text(v, f);
	else if (v->kind == VALUE_MOMENT || v->kind == VALUE_DURATION)
		fault = check_order(v, f);
	else if (v->kind == VALUE_ITEMS)
		fault = v->flag ? FAULT_ITEM : check_length(v->items, f);
	if (fault != FAULT_NONE || f->allowed_count == 0)
		return fault;
	while (i < f->allowed_count && !value_equal(v, &f->allowed[i]))
		i++;
	return i < f->allowed_count ? FAULT_NONE : FAULT_ENUM;
}

/* The digits a field keeps; a number of a clerk's table must fit a double, as rules compute
 * with doubles. */
enum fault
value_check_digits(struct value *v, const struct field *f)
{
	int64_t digits;

	if (v->kind != VALUE_NUMBER || f->type == FIELD_YEAR)
		return FAULT_NONE;
	if (f->has_scale) {
		if (!decimal_at(&digits, v->number, f->scale))
			return v->number.scale > f->scale ? FAULT_SCALE : FAULT_LARGE;
		v->number = (struct decimal){ .digits = digits, .scale = f->scale };
	}
	return v->number.digits > EXACT_MOST || v->number.digits < -EXACT_MOST ? FAULT_LARGE
									       : FAULT_NONE;
}

void
value_settle(struct cell_reading *out, struct decimal number, const struct field *f)
{
	out->doubt = '\0';
	out->value = (struct value){ .kind = VALUE_NUMBER, .number = number };
	out->fault = value_check_digits(&out->value, f);
	if (out->fault == FAULT_NONE)
		out->fault = value_check(&out->value, f);
	else
		out->value = (struct value){ 0 };
}

/* The lowest byte first. */
static char *
put_number(char *at, int64_t number, size_t bytes)
{
	for (size_t i = 0; i < bytes; i++)
		*at++ = (char)((uint64_t)number >> (8 * i));
	return at;
}

/* Where the value's bytes end; room is for what KEY_MOST says and its text. */
static char *
put_value(char *at, const struct value *v)
{
	struct decimal n = v->number;

	switch (v->kind) {
	case VALUE_EMPTY:
		return at;
	case VALUE_BOOLEAN:
		*at = v->flag ? '1' : '0';
		return at + 1;
	case VALUE_NUMBER:
		for (; n.scale > 0 && n.digits % 10 == 0; n.scale--)
			n.digits /= 10;
		return put_number(put_number(at, n.digits, 8), n.scale, 1);
	case VALUE_REAL:
		return at + snprintf(at, KEY_REAL_MOST, "%a", v->real);
	case VALUE_DATE:
		return put_number(
		    at, v->date.year * 10000 + v->date.month * 100 + v->date.day, 4);
	case VALUE_DURATION:
		return put_number(put_number(at, v->months, 8), n.digits, 8);
	case VALUE_MOMENT:
		return put_number(at, n.digits, 8);
	case VALUE_TEXT:
	case VALUE_ITEMS:
		if (v->text.len)
			memcpy(at, v->text.at, v->text.len);
		return at + v->text.len;
	}
	return at;
}

void
value_key(struct buf *out, const struct value *v)
{
	bool text = v->kind == VALUE_TEXT || v->kind == VALUE_ITEMS;
	size_t most = v->kind == VALUE_REAL ? KEY_REAL_MOST : KEY_MOST;
	char *first = buf_reserve(out, 2 + (text ? v->text.len : most)), *at = first;

	*at++ = (char)('0' + (v->kind == VALUE_REAL ? VALUE_NUMBER : v->kind));
	at = put_value(at, v);
	*at++ = '\0'; /* ends it */
	*at = '\0';
	out->len += (size_t)(at - first);
}

void
value_patterns_begin(const struct field *f)
{
	if (f->pattern)
		pattern_begin(f->pattern);
	if (f->json)
		json_schema_begin(f->json);
	if (f->item)
		value_patterns_begin(f->item);
}

const char *
value_patterns_trouble(const struct field *f)
{
	const char *why = f->pattern ? pattern_trouble(f->pattern) : NULL;

	if (!why && f->json)
		why = json_schema_trouble(f->json);
	return !why && f->item ? value_patterns_trouble(f->item) : why;
}
