/*
 * Why: a workbook keeps 60.565 as 60.564999999999998, and millions of such must become what was
 * typed, by no more work than they are worth.
 */
#include <float.h>
#include <math.h>
#include <stdlib.h>

#include "ingest/xlsx_int.h"

/* Digits that every double keeps; so many or fewer are the shortest text themselves. */
#define SURE_DIGITS 15
/* What identifies any double. */
#define ALL_DIGITS 17
/* The powers of ten up to here are doubles. */
#define EXACT_POWERS 22

/* What a number is made of, by place in its text. */
struct digits {
	bool sign, minus;
	struct bytes whole, fraction;
	bool exponent;
};

static bool
take_digits(struct digits *d, struct bytes text)
{
	*d = (struct digits){ .minus = bytes_starts(text, BYTES("-")) };
	d->sign = d->minus || bytes_starts(text, BYTES("+"));
	text = bytes_slice(text, d->sign, text.len);
	d->whole = bytes_slice(text, 0, bytes_digits(text));
	text = bytes_slice(text, d->whole.len, text.len);
	if (bytes_starts(text, BYTES("."))) {
		text = bytes_slice(text, 1, text.len);
		d->fraction = bytes_slice(text, 0, bytes_digits(text));
		text = bytes_slice(text, d->fraction.len, text.len);
	}
	if (d->whole.len + d->fraction.len == 0)
		return false;
	if (text.len == 0)
		return true;
	d->exponent = text.at[0] == 'e' || text.at[0] == 'E';
	text = bytes_slice(text, 1, text.len);
	if (bytes_starts(text, BYTES("-")) || bytes_starts(text, BYTES("+")))
		text = bytes_slice(text, 1, text.len);
	return d->exponent && text.len > 0 && bytes_digits(text) == text.len;
}

bool
xlsx_double(double *out, struct bytes written)
{
	char copy[64];
	struct digits d;

	written = bytes_trim(written);
	if (written.len >= sizeof(copy) || !take_digits(&d, written))
		return false;
	memcpy(copy, written.at, written.len);
	copy[written.len] = '\0';
	*out = strtod(copy, NULL);
	return isfinite(*out);
}

/* Written as serial_number would, but for the number of digits. */
static bool
is_plain(const struct digits *d)
{
	if (d->exponent || d->whole.len == 0 || (d->sign && !d->minus))
		return false;
	/* 0.00001 and more; below that exponents begin. */
	if (d->whole.at[0] == '0' &&
	    (d->whole.len > 1 || (d->fraction.len == 0 && d->minus) ||
		(d->fraction.len > 4 && memcmp(d->fraction.at, "0000", 4) == 0)))
		return false;
	return d->fraction.len == 0 || d->fraction.at[d->fraction.len - 1] != '0';
}

/* Significant ones; 0 is none. */
static size_t
significant(const struct digits *d)
{
	const struct bytes parts[] = { d->whole, d->fraction };
	size_t count = 0;

	for (size_t p = 0; p < COUNT(parts); p++)
		for (size_t i = 0; i < parts[p].len; i++)
			count += count > 0 || parts[p].at[i] != '0';
	return count;
}

/* number / 10^scale */
struct scaled {
	uint64_t number;
	size_t scale;
};

enum sure { NO, YES, UNSURE };

/*
 * The number of so many places that stands nearest to the value, and whether it gives it back.
 * A long double has eleven bits more, or as many: where they do not decide we are unsure.
 */
static enum sure
nearest(struct scaled *out, double value, size_t scale)
{
	static const long double powers[] = { 1e0L, 1e1L, 1e2L, 1e3L, 1e4L, 1e5L, 1e6L, 1e7L,
		1e8L, 1e9L, 1e10L, 1e11L, 1e12L, 1e13L, 1e14L, 1e15L, 1e16L, 1e17L, 1e18L,
		1e19L, 1e20L, 1e21L, 1e22L };
	long double scaled = (long double)value * powers[scale], back, off, half_step, slack;

	*out = (struct scaled){ .number = (uint64_t)(scaled + 0.5L), .scale = scale };
	off = fabsl(scaled - (long double)out->number);
	if (off + scaled * LDBL_EPSILON * 4 > 0.5L)
		return UNSURE;
	back = (long double)out->number / powers[scale];
	slack = back * LDBL_EPSILON * 4;
	off = fabsl(back - (long double)value);
	half_step = ((long double)nextafter(value, INFINITY) - (long double)value) / 2;
	if (off > half_step + slack)
		return NO;
	/* Below a power of two the steps are half as long: there the middle is nearer. */
	if (off + slack > half_step || fabsl(off - half_step / 2) < slack)
		return UNSURE;
	return (double)back == value ? YES : NO;
}

/* "-12.5" without closing zeros; room for any. */
static struct bytes
scaled_write(char room[SERIAL_TEXT], struct scaled s, bool minus)
{
	char *end = room + SERIAL_TEXT, *at = end;

	while (s.scale > 0 && s.number % 10 == 0) {
		s.number /= 10;
		s.scale--;
	}
	for (size_t i = 0; s.number > 0 || i <= s.scale; i++) {
		if (i == s.scale && i > 0)
			*--at = '.';
		*--at = (char)('0' + s.number % 10);
		s.number /= 10;
	}
	if (minus)
		*--at = '-';
	return (struct bytes){ .at = at, .len = (size_t)(end - at) };
}

/* 16 or 17 digits, as programs write a double that was computed. false: not sure. */
static bool
shorten(struct bytes *text, char room[SERIAL_TEXT], const struct digits *d, double value)
{
	size_t count = significant(d), scale = d->fraction.len;

	if (count > ALL_DIGITS || scale > EXACT_POWERS)
		return false;
	for (size_t digits = SURE_DIGITS; digits <= count; digits++) {
		struct scaled s;
		enum sure sure;

		if (scale < count - digits)
			return false;
		sure = nearest(&s, fabs(value), scale - (count - digits));
		if (sure == YES)
			*text = scaled_write(room, s, d->minus);
		if (sure != NO)
			return sure == YES;
	}
	return false;
}

bool
xlsx_decimal(struct bytes *text, char room[SERIAL_TEXT], struct bytes written)
{
	struct digits d;
	double value;
	bool plain;

	/* What most of them are. */
	if (written.len > 0 && written.len <= SURE_DIGITS && written.at[0] != '0' &&
	    bytes_digits(written) == written.len) {
		*text = written;
		return true;
	}
	plain = take_digits(&d, written) && is_plain(&d);
	if (plain && d.whole.len + d.fraction.len <= SURE_DIGITS) {
		*text = written;
		if (written.at[written.len - 1] == '.')
			text->len--;
		return true;
	}
	if (!xlsx_double(&value, written))
		return false;
	if (plain && shorten(text, room, &d, value))
		return true;
	serial_number(room, value);
	*text = bytes_of(room);
	return true;
}
