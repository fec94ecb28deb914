/* Why: calendar dates and reporting periods are counted by the calendar, never by seconds. */
#include "base/date.h"

#include <stdio.h>

static const char month_names[12][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug",
	"Sep", "Oct", "Nov", "Dec" };

static bool
leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int
month_days(int year, int month)
{
	static const uint8_t days[12] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	return month == 2 && leap(year) ? 29 : days[month - 1];
}

bool
date_valid(struct date d)
{
	return d.year >= 1 && d.year <= 9999 && d.month >= 1 && d.month <= 12 && d.day >= 1 &&
	    d.day <= month_days(d.year, d.month);
}

/*
 * Years are counted from March, so that the leap day is the last one, in eras of 400 years,
 * which all have 146,097 days; 719,468 of them lie between 0000-03-01 and 1970-01-01.
 */
int64_t
date_days(struct date d)
{
	int64_t year = d.month <= 2 ? d.year - 1 : d.year;
	int64_t era = (year >= 0 ? year : year - 399) / 400;
	int64_t year_of_era = year - era * 400;
	int64_t month = (d.month + 9) % 12;
	int64_t day_of_year = (153 * month + 2) / 5 + d.day - 1;
	int64_t day_of_era =
	    year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

	return era * 146097 + day_of_era - 719468;
}

struct date
date_of_days(int64_t days)
{
	const struct date none = { 0 };
	int64_t z, era, day_of_era, year_of_era, day_of_year, month, year;

	if (days < date_days((struct date){ 1, 1, 1 }) ||
	    days > date_days((struct date){ 9999, 12, 31 }))
		return none;
	z = days + 719468;
	era = z / 146097;
	day_of_era = z - era * 146097;
	year_of_era =
	    (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
	day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	month = (5 * day_of_year + 2) / 153;
	year = year_of_era + era * 400 + (month >= 10 ? 1 : 0);
	return (struct date){
		.year = (int16_t)year,
		.month = (uint8_t)(month < 10 ? month + 3 : month - 9),
		.day = (uint8_t)(day_of_year - (153 * month + 2) / 5 + 1),
	};
}

struct date
date_of_serial(int64_t serial)
{
	const struct date none = { 0 };

	/*
	 * Excel counts 1900 as a leap year, as Lotus 1-2-3 did: day 60 never was, and those
	 * before it stand one day further from today than those after it.
	 */
	if (serial < 1 || serial == 60 || serial > 2958465)
		return none;
	return date_of_days(serial - (serial > 60 ? 25569 : 25568));
}

/* Between min and max digits off the front of *b; false when there are fewer. */
static bool
take_number(int *out, struct bytes *b, unsigned min, unsigned max)
{
	unsigned n = 0;
	int value = 0;

	while (n < max && n < b->len && b->at[n] >= '0' && b->at[n] <= '9')
		value = value * 10 + (b->at[n++] - '0');
	if (n < min)
		return false;
	*b = bytes_slice(*b, n, b->len);
	*out = value;
	return true;
}

static bool
take_month_name(int *out, struct bytes *b)
{
	for (int i = 0; i < 12; i++) {
		if (!bytes_starts_fold(*b, bytes_of(month_names[i])))
			continue;
		*b = bytes_slice(*b, 3, b->len);
		*out = i + 1;
		return true;
	}
	return false;
}

static bool
take_char(struct bytes *b, char c)
{
	if (b->len == 0 || b->at[0] != c)
		return false;
	*b = bytes_slice(*b, 1, b->len);
	return true;
}

struct parts {
	int year, month, day;
};

static bool
take_directive(struct parts *p, struct bytes *b, char directive)
{
	int n;

	switch (directive) {
	case 'd':
		return take_number(&p->day, b, 1, 2);
	case 'm':
		return take_number(&p->month, b, 1, 2);
	case 'b':
		return take_month_name(&p->month, b);
	case 'Y':
		return take_number(&p->year, b, 4, 4);
	case 'y': /* POSIX strptime: 69 to 99 are of the last century */
		if (!take_number(&n, b, 2, 2))
			return false;
		p->year = n + (n < 69 ? 2000 : 1900);
		return true;
	case 'H':
		return take_number(&n, b, 1, 2) && n < 24;
	case 'M':
	case 'S':
		return take_number(&n, b, 1, 2) && n < 60;
	case '%':
		return take_char(b, '%');
	default:
		return false;
	}
}

bool
date_read(struct date *out, struct bytes text, const char *pattern)
{
	struct parts p = { .year = 0, .month = 1, .day = 1 };
	struct date d;

	for (const char *c = pattern; *c; c++) {
		if (*c == '%' && c[1]) {
			if (!take_directive(&p, &text, *++c))
				return false;
		} else if (!take_char(&text, *c)) {
			return false;
		}
	}
	if (text.len != 0)
		return false;
	d = (struct date){
		.year = (int16_t)p.year, .month = (uint8_t)p.month, .day = (uint8_t)p.day
	};
	if (!date_valid(d))
		return false;
	*out = d;
	return true;
}

static void
put_two(char *at, unsigned n)
{
	at[0] = (char)('0' + n / 10);
	at[1] = (char)('0' + n % 10);
}

/* Sheets have columns of days: no format is read for each. */
void
date_write(char out[16], struct date d)
{
	if (d.year < 0 || d.year > 9999 || d.month > 99 || d.day > 99) {
		(void)snprintf(
		    out, 16, "%04d-%02u-%02u", d.year, d.month, d.day); /* at most 14 bytes */
		return;
	}
	put_two(out, (unsigned)d.year / 100);
	put_two(out + 2, (unsigned)d.year % 100);
	out[4] = out[7] = '-';
	put_two(out + 5, d.month);
	put_two(out + 8, d.day);
	out[10] = '\0';
}

bool
date_within(struct date day, struct date from, struct date to)
{
	return (from.year == 0 || date_compare(from, day) <= 0) &&
	    (to.year == 0 || date_compare(day, to) <= 0);
}
