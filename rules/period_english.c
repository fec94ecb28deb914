/* Why: who writes English names months and orders quarters where Vietnamese counts them. */
#include "rules/period_scan.h"

#include "base/text.h"

/* 1 to 12, by its name or the first letters of it; 0: none. */
static int
month_at(const struct scan *s, size_t i)
{
	static const char *const names[] = { "january", "february", "march", "april", "may",
		"june", "july", "august", "september", "october", "november", "december" };
	struct bytes word = i < s->count ? s->tokens[i] : BYTES("");

	for (size_t k = 0; k < COUNT(names); k++)
		if (bytes_equal(word, bytes_of(names[k])) ||
		    bytes_equal(word, bytes_slice(bytes_of(names[k]), 0, 3)))
			return (int)k + 1;
	return bytes_equal(word, BYTES("sept")) ? 9 : 0;
}

static bool
is_day(const struct scan *s, size_t i)
{
	int n = scan_number(s, i);

	return n >= 1 && n <= 31;
}

static size_t
skip_of(const struct scan *s, size_t i)
{
	return scan_is(s, i, "of") ? i + 1 : i;
}

/* Is the month at i the last of several, or a day's? */
static bool
goes_on(const struct scan *s, size_t i)
{
	if (i > 0 && (is_day(s, i - 1) || month_at(s, i - 1)))
		return true;
	return i > 1 && (scan_is(s, i - 1, "and") || scan_is(s, i - 1, "to")) &&
	    month_at(s, i - 2);
}

/* "september 2026", "sep of 2026"; not "14 september 2026" nor "september 14 2026". */
static size_t
take_month(struct scan *s, size_t i)
{
	int month = month_at(s, i), year;
	size_t next = skip_of(s, i + 1);

	if (!month)
		return i;
	if (is_day(s, next) && scan_year(s, next + 1))
		return next + 2;
	year = scan_year(s, next);
	if (!year)
		return i;
	/* "máy 2026" has lost its mark here, and is no May. */
	if (!goes_on(s, i))
		scan_put(s, PERIOD_MONTH, year, month, month == 5);
	return next + 1;
}

/* "third quarter of 2026", "3rd quarter 2026" */
static size_t
take_quarter(struct scan *s, size_t i)
{
	static const char *const orders[] = { "first", "second", "third", "fourth", "1st",
		"2nd", "3rd", "4th" };
	size_t next = skip_of(s, i + 2);

	if (!scan_is(s, i + 1, "quarter") || !scan_year(s, next))
		return i;
	for (size_t k = 0; k < COUNT(orders); k++)
		if (scan_is(s, i, orders[k])) {
			scan_put(
			    s, PERIOD_QUARTER, scan_year(s, next), (int)(k % 4) + 1, false);
			return next + 1;
		}
	return i;
}

size_t
period_english(struct scan *s, size_t i)
{
	size_t next = take_month(s, i);

	return next > i ? next : take_quarter(s, i);
}
