/* Why: strptime of the C library takes years of two digits for %Y and knows no fractions of a
 * second; Table Schema means Python's. */
#include "rules/value_moment.h"

#include <string.h>

#define DAY_S 86400

/* Directives that are short for others. */
static const struct {
	char directive;
	const char *pattern;
} shorts[] = {
	{ 'D', "%m/%d/%y" },
	{ 'F', "%Y-%m-%d" },
	{ 'R', "%H:%M" },
	{ 'T', "%H:%M:%S" },
	{ 'X', "%H:%M:%S" },
	{ 'c', "%a %b %d %H:%M:%S %Y" },
	{ 'r', "%I:%M:%S %p" },
	{ 'x', "%m/%d/%y" },
};

static const char *const months[] = { "january", "february", "march", "april", "may", "june",
	"july", "august", "september", "october", "november", "december" };
static const char *const weekdays[] = { "monday", "tuesday", "wednesday", "thursday", "friday",
	"saturday", "sunday" };

static bool
is_digit(struct bytes text, size_t i)
{
	return i < text.len && text.at[i] >= '0' && text.at[i] <= '9';
}

static bool
is_blank(struct bytes text, size_t i)
{
	return i < text.len && strchr(" \t\n\r\v\f", text.at[i]) && text.at[i];
}

static void
drop(struct bytes *text, size_t n)
{
	*text = bytes_slice(*text, n, text->len);
}

/* As many digits as least to most, and fewer where the whole would be above the limit: "311" by
 * %d%m is 31 and 1, "411" 4 and 11. */
static bool
take_number(int *out, struct bytes *text, size_t least, size_t most, int low, int high)
{
	int n = 0;
	size_t i = 0;

	while (i < most && is_digit(*text, i) && n * 10 + (text->at[i] - '0') <= high)
		n = n * 10 + (text->at[i++] - '0');
	if (i < least || n < low)
		return false;
	*out = n;
	drop(text, i);
	return true;
}

/* Whole or by its first three letters; 1 for the first. 0: none. */
static int
take_name(struct bytes *text, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct bytes whole = bytes_of(names[i]);

		if (bytes_starts_fold(*text, whole)) {
			drop(text, whole.len);
			return (int)i + 1;
		}
	}
	for (size_t i = 0; i < count; i++)
		if (bytes_starts_fold(*text, bytes_slice(bytes_of(names[i]), 0, 3))) {
			drop(text, 3);
			return (int)i + 1;
		}
	return 0;
}

/* One to six digits; more of them are too fine to count. */
static bool
take_fraction(int *out, struct bytes *text)
{
	int n = 0;
	size_t i = 0;

	for (; is_digit(*text, i); i++)
		if (i < 6)
			n = n * 10 + (text->at[i] - '0');
	if (i == 0)
		return false;
	for (size_t k = i; k < 6; k++)
		n *= 10;
	*out = n;
	drop(text, i);
	return true;
}

/* "Z", "+07:00", "+0700", "+07" */
static bool
take_zone(struct moment *m, struct bytes *text)
{
	int hours, minutes = 0, sign;

	if (text->len == 0)
		return false;
	if (text->at[0] == 'Z') {
		drop(text, 1);
		m->has_zone = true;
		m->offset_s = 0;
		return true;
	}
	if (text->at[0] != '+' && text->at[0] != '-')
		return false;
	sign = text->at[0] == '-' ? -1 : 1;
	drop(text, 1);
	if (!take_number(&hours, text, 2, 2, 0, 23))
		return false;
	if (text->len && text->at[0] == ':') {
		drop(text, 1);
		if (!take_number(&minutes, text, 2, 2, 0, 59))
			return false;
	} else if (is_digit(*text, 0) && !take_number(&minutes, text, 2, 2, 0, 59)) {
		return false;
	}
	m->has_zone = true;
	m->offset_s = sign * (hours * 3600 + minutes * 60);
	return true;
}

static bool
take_zone_name(struct moment *m, struct bytes *text)
{
	if (!bytes_starts_fold(*text, BYTES("UTC")) && !bytes_starts_fold(*text, BYTES("GMT")))
		return false;
	drop(text, 3);
	m->has_zone = true;
	m->offset_s = 0;
	return true;
}

static bool
take_year(struct moment *m, struct bytes *text, bool short_one)
{
	int year;

	if (!take_number(
		&year, text, short_one ? 2 : 4, short_one ? 2 : 4, 0, short_one ? 99 : 9999))
		return false;
	if (short_one) /* POSIX: 69 is 1969 */
		year += year < 69 ? 2000 : 1900;
	m->day.year = (int16_t)year;
	return true;
}

static bool
take_month(struct moment *m, struct bytes *text, bool named)
{
	int month = 0;

	if (named)
		month = take_name(text, months, COUNT(months));
	else if (!take_number(&month, text, 1, 2, 1, 12))
		return false;
	m->day.month = (uint8_t)month;
	return month > 0;
}

static bool
take_day(struct moment *m, struct bytes *text)
{
	int day;

	if (!take_number(&day, text, 1, 2, 1, 31))
		return false;
	m->day.day = (uint8_t)day;
	return true;
}

static bool
take_half(struct moment *m, struct bytes *text)
{
	if (!bytes_starts_fold(*text, BYTES("am")) && !bytes_starts_fold(*text, BYTES("pm")))
		return false;
	m->half = text->at[0] == 'a' || text->at[0] == 'A' ? 1 : 2;
	drop(text, 2);
	return true;
}

static bool
take_directive(struct moment *m, struct bytes *text, char directive)
{
	int unused;

	switch (directive) {
	case 'Y':
	case 'y':
		return take_year(m, text, directive == 'y');
	case 'm':
	case 'b':
	case 'B':
	case 'h':
		return take_month(m, text, directive != 'm');
	case 'd':
	case 'e':
		return take_day(m, text);
	case 'H':
		return take_number(&m->hour, text, 1, 2, 0, 23);
	case 'I':
		return take_number(&m->hour, text, 1, 2, 1, 12);
	case 'M':
		return take_number(&m->minute, text, 1, 2, 0, 59);
	case 'S':
		return take_number(&m->second, text, 1, 2, 0, 59);
	case 'f':
		return take_fraction(&m->microsecond, text);
	case 'j':
		return take_number(&m->year_day, text, 1, 3, 1, 366);
	case 'p':
		return take_half(m, text);
	case 'z':
		return take_zone(m, text);
	case 'Z':
		return take_zone_name(m, text);
	case 'a':
	case 'A':
		return take_name(text, weekdays, COUNT(weekdays)) > 0;
	case 'u':
	case 'w':
		return take_number(&unused, text, 1, 1, 0, 7);
	case 'U':
	case 'W':
		return take_number(&unused, text, 1, 2, 0, 53);
	default:
		return false;
	}
}

static const char *
long_form(char directive)
{
	for (size_t i = 0; i < COUNT(shorts); i++)
		if (shorts[i].directive == directive)
			return shorts[i].pattern;
	return NULL;
}

static bool
match_parts(struct moment *m, struct bytes *text, const char *pattern)
{
	for (; *pattern; pattern++) {
		size_t blanks = 0;

		if (strchr(" \t\n", *pattern)) { /* any blanks fit any blanks */
			while (is_blank(*text, blanks))
				blanks++;
			if (blanks == 0)
				return false;
			drop(text, blanks);
			while (pattern[1] && strchr(" \t\n", pattern[1]))
				pattern++;
		} else if (*pattern == '%' && pattern[1] && pattern[1] != '%') {
			const char *more = long_form(*++pattern);

			/* The short ones hold no short ones. */
			if (more ? !match_parts(m, text, more)
				 : !take_directive(m, text, *pattern))
				return false;
		} else {
			if (*pattern == '%' && pattern[1] == '%')
				pattern++;
			if (text->len == 0 || text->at[0] != *pattern)
				return false;
			drop(text, 1);
		}
	}
	return true;
}

/* Makes one day and hour of what was named; false: there is no such day. */
static bool
settle(struct moment *m)
{
	if (m->half) {
		m->hour %= 12;
		m->hour += m->half == 2 ? 12 : 0;
	}
	if (m->year_day) {
		struct date first = { .year = m->day.year, .month = 1, .day = 1 };
		struct date day = date_of_days(date_days(first) + m->year_day - 1);

		if (day.year != m->day.year)
			return false;
		m->day = day;
	}
	return date_valid(m->day);
}

bool
moment_match(struct moment *out, struct bytes *text, const char *pattern)
{
	struct bytes rest = *text;

	*out = (struct moment){ .day = { .year = 1900, .month = 1, .day = 1 } };
	if (!match_parts(out, &rest, pattern) || !settle(out))
		return false;
	*text = rest;
	return true;
}

char
moment_pattern_wrong(const char *pattern)
{
	static const char known[] = "YymbBhdeHIMSfjpzZaAuwUW%";

	for (; *pattern; pattern++)
		if (*pattern == '%' && pattern[1]) {
			pattern++;
			if (!strchr(known, *pattern) && !long_form(*pattern))
				return *pattern;
		}
	return '\0';
}

int64_t
moment_us(const struct moment *m)
{
	int64_t seconds = date_days(m->day) * DAY_S + m->hour * 3600 + m->minute * 60 +
	    m->second - m->offset_s;

	return seconds * 1000000 + m->microsecond;
}
