/* Why: amounts are exact; a double would turn 0.1 into something else. */
#include "base/decimal.h"

#include <assert.h>
#include <stdlib.h>

#define DIGITS_MOST 18

static const int64_t tens[DIGITS_MOST + 1] = {
	1,
	10,
	100,
	1000,
	10000,
	100000,
	1000000,
	10000000,
	100000000,
	1000000000,
	10000000000,
	100000000000,
	1000000000000,
	10000000000000,
	100000000000000,
	1000000000000000,
	10000000000000000,
	100000000000000000,
	1000000000000000000,
};

/*
 * Up to any number of digits into *value while it stays within 18; the place after them, or
 * NULL when it does not. Leading zeros are free.
 */
static const char *
take_digits(int64_t *value, const char *at, const char *end)
{
	int64_t v = *value;

	for (; at < end; at++) {
		unsigned digit = (unsigned)(unsigned char)*at - '0';

		if (digit > 9)
			break;
		if (v >= tens[DIGITS_MOST - 1])
			return NULL;
		v = v * 10 + (int64_t)digit;
	}
	*value = v;
	return at;
}

/* The groups after the first, each the mark and just three digits; NULL when one is not. */
static const char *
take_groups(int64_t *value, const char *at, const char *end, char group)
{
	while (at < end && *at == group) {
		const char *first = at + 1;

		at = take_digits(value, first, end);
		if (!at || at - first != 3)
			return NULL;
	}
	return at;
}

bool
decimal_read(struct decimal *out, struct bytes text, char point, char group)
{
	const char *at = text.at, *end = at + text.len, *first;
	int64_t value = 0;
	bool minus = false;
	ptrdiff_t scale = 0;

	if (at < end && (*at == '-' || *at == '+'))
		minus = *at++ == '-';
	first = at;
	at = take_digits(&value, at, end);
	if (!at || at == first)
		return false;
	if (group && at < end && *at == group) {
		if (at - first > 3)
			return false;
		at = take_groups(&value, at, end, group);
		if (!at)
			return false;
	}
	if (at < end && *at == point) {
		first = at + 1;
		at = take_digits(&value, first, end);
		if (!at || at == first)
			return false;
		scale = at - first;
	}
	if (at != end || scale > DIGITS_MOST)
		return false;
	*out = (struct decimal){ .digits = minus ? -value : value, .scale = (uint8_t)scale };
	return true;
}

/* "e-17" at the end of the text; cut off. false: there is one, and it is wrong. */
static bool
take_exponent(int *exponent, struct bytes *text)
{
	size_t at = bytes_find(*text, BYTES("e")), first = at + 1;
	int value = 0;
	bool minus;

	*exponent = 0;
	if (at == text->len)
		at = bytes_find(*text, BYTES("E"));
	if (at == text->len)
		return true;
	first = at + 1;
	minus = first < text->len && text->at[first] == '-';
	if (first < text->len && (minus || text->at[first] == '+'))
		first++;
	if (first == text->len || text->len - first > 3)
		return false;
	for (; first < text->len; first++) {
		if (text->at[first] < '0' || text->at[first] > '9')
			return false;
		value = value * 10 + (text->at[first] - '0');
	}
	*exponent = minus ? -value : value;
	text->len = at;
	return true;
}

bool
decimal_read_double(struct decimal *out, struct bytes text)
{
	struct decimal d;
	int exponent, scale;

	if (!take_exponent(&exponent, &text) || !decimal_read(&d, text, '.', '\0'))
		return false;
	for (; d.scale > 0 && d.digits % 10 == 0; d.scale--)
		d.digits /= 10;
	for (scale = d.scale - exponent; scale > DIGITS_MOST; scale--)
		d.digits /= 10;
	for (; scale < 0 && d.digits; scale++) {
		if (d.digits >= tens[DIGITS_MOST - 1] || d.digits <= -tens[DIGITS_MOST - 1])
			return false;
		d.digits *= 10;
	}
	*out = (struct decimal){ .digits = d.digits, .scale = (uint8_t)(d.digits ? scale : 0) };
	return true;
}

bool
decimal_near(int64_t *out, struct decimal d, uint8_t scale)
{
	int64_t unit, size = d.digits < 0 ? -d.digits : d.digits, whole, rest, away;

	assert(d.scale <= DIGITS_MOST);
	if (d.scale <= scale)
		return decimal_at(out, d, scale);
	unit = tens[d.scale - scale];
	whole = size / unit;
	rest = size % unit;
	away = rest < unit - rest ? rest : unit - rest;
	/*
	 * A double is right to 2^-53 of itself and a sum of many to some more: 1e-9 of the
	 * number or of the last place is noise, but never so much of that place that a person
	 * could have meant it.
	 */
	if (away > 0 &&
	    (away > unit / 10000 || (away > size / 1000000000 && away > unit / 1000000000)))
		return false;
	whole += rest > away;
	*out = d.digits < 0 ? -whole : whole;
	return true;
}

int
decimal_compare(struct decimal a, struct decimal b)
{
	int64_t x, y;

	assert(a.scale <= DIGITS_MOST && b.scale <= DIGITS_MOST);
	if (a.scale == b.scale) {
		x = a.digits;
		y = b.digits;
	} else {
		x = a.digits / tens[a.scale];
		y = b.digits / tens[b.scale];
		if (x == y) { /* what is left is a fraction, and 18 places hold it */
			x = a.digits % tens[a.scale] * tens[DIGITS_MOST - a.scale];
			y = b.digits % tens[b.scale] * tens[DIGITS_MOST - b.scale];
		}
	}
	return x < y ? -1 : x > y;
}

bool
decimal_at(int64_t *out, struct decimal d, uint8_t scale)
{
	int64_t digits = d.digits;
	int more = scale - d.scale;

	for (; more < 0 && digits; more++) {
		if (digits % 10)
			return false;
		digits /= 10;
	}
	for (; more > 0 && digits; more--) {
		if (digits > INT64_MAX / 10 || digits < INT64_MIN / 10)
			return false;
		digits *= 10;
	}
	*out = digits;
	return true;
}

double
decimal_double(struct decimal d)
{
	char text[40];

	/* Both numbers are then exact doubles and the quotient is rounded once (IEEE 754). */
	if (d.digits > -(INT64_C(1) << 53) && d.digits < INT64_C(1) << 53 &&
	    d.scale <= DIGITS_MOST)
		return (double)d.digits / (double)tens[d.scale];
	decimal_write(text, d, '.', '\0');
	return strtod(text, NULL);
}

void
decimal_write(char out[40], struct decimal d, char point, char group)
{
	uint64_t digits = d.digits < 0 ? 0 - (uint64_t)d.digits : (uint64_t)d.digits;
	char back[40];
	unsigned n = 0, place = 0;

	assert(d.scale <= DIGITS_MOST);
	/*
	 * From the right: 18 places, the mark, 19 digits at most and their group marks never
	 * meet.
	 */
	do {
		if (place == d.scale && d.scale > 0)
			back[n++] = point;
		if (group && place > d.scale && (place - d.scale) % 3 == 0)
			back[n++] = group;
		back[n++] = (char)('0' + digits % 10);
		digits /= 10;
		place++;
	} while (digits || place <= d.scale);
	if (d.digits < 0)
		*out++ = '-';
	while (n)
		*out++ = back[--n];
	*out = '\0';
}
