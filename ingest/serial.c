/* Why: spreadsheets keep dates as days and decimals as binary; people sent what the sheet
 * shows. */
#include "ingest/serial.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/date.h"

#define DAY_SECONDS 86400
/* 9999-12-31, the last day that Excel knows, by each count. */
#define LAST_1900 2958465
#define LAST_1904 2957003
/* Far beyond any date or duration, and its seconds are still counted exactly. */
#define MOST_DAYS 1e9

/* Digits of the value, the point behind the first, and its power of ten. */
static int
shortest(char digits[24], double value)
{
	char text[40];
	size_t len = 0;

	for (int precision = 14; precision <= 16; precision++) {
		snprintf(text, sizeof(text), "%.*e", precision, value);
		if (strtod(text, NULL) == value)
			break;
	}
	for (const char *at = text; *at != 'e'; at++)
		if (*at != '.')
			digits[len++] = *at;
	while (len > 1 && digits[len - 1] == '0')
		len--;
	digits[len] = '\0';
	return (int)strtol(strchr(text, 'e') + 1, NULL, 10);
}

/*
 * Whole numbers and those of few decimals, as most are: a quotient of two whole numbers that
 * fit a double is rounded as their decimal text is.
 */
static bool
is_plain(char out[SERIAL_TEXT], double value, const char *sign)
{
	long long scale = 1;

	for (int places = 0; places <= 6; places++, scale *= 10) {
		double digits = rint(value * (double)scale);
		long long whole;

		if (digits >= 1e15)
			return false;
		if (digits / (double)scale != value)
			continue;
		whole = (long long)digits / scale;
		if (places == 0)
			snprintf(out, SERIAL_TEXT, "%s%lld", digits > 0 ? sign : "", whole);
		else
			snprintf(out, SERIAL_TEXT, "%s%lld.%0*lld", sign, whole, places,
			    (long long)digits % scale);
		return true;
	}
	return false;
}

void
serial_number(char out[SERIAL_TEXT], double value)
{
	const char *sign = value < 0 ? "-" : "";
	char digits[24];
	int power, len;

	if (is_plain(out, fabs(value), sign))
		return;
	power = shortest(digits, fabs(value));
	len = (int)strlen(digits);
	if (power >= 21 || power < -6)
		snprintf(out, SERIAL_TEXT, "%s%c%s%se%d", sign, digits[0], len > 1 ? "." : "",
		    digits + 1, power);
	else if (power < 0)
		snprintf(out, SERIAL_TEXT, "%s0.%.*s%s", sign, -power - 1, "00000", digits);
	else if (len <= power + 1)
		snprintf(out, SERIAL_TEXT, "%s%s%.*s", sign, digits, power + 1 - len,
		    "00000000000000000000");
	else
		snprintf(
		    out, SERIAL_TEXT, "%s%.*s.%s", sign, power + 1, digits, digits + power + 1);
}

static void
write_day(char out[16], int64_t day, bool from_1904)
{
	if (from_1904)
		date_write(out,
		    date_of_days(
			day + date_days((struct date){ .year = 1904, .month = 1, .day = 1 })));
	else if (day == 0 || day == 60)
		/* Excel counts 1900 as a leap year. */
		snprintf(out, 16, "%s", day ? "1900-02-29" : "1900-01-00");
	else
		date_write(out,
		    date_of_days(day - (day > 60) +
			date_days((struct date){ .year = 1899, .month = 12, .day = 31 })));
}

void
serial_moment(char out[SERIAL_TEXT], const char *date, int second)
{
	if (second == 0)
		snprintf(out, SERIAL_TEXT, "%.15s", date);
	else
		snprintf(out, SERIAL_TEXT, "%.15sT%02d:%02d:%02d", date, second / 3600,
		    second / 60 % 60, second % 60);
}

enum native
serial_text(char out[SERIAL_TEXT], double value, enum shown shown, bool from_1904)
{
	char date[16];
	int64_t seconds, day;
	int second;

	if (shown <= SHOWN_PERCENT || !(value >= 0 && value < MOST_DAYS)) {
		serial_number(out, value);
		return shown == SHOWN_PERCENT ? NATIVE_PERCENT : NATIVE_NUMBER;
	}
	seconds = (int64_t)(value * DAY_SECONDS + 0.5);
	day = seconds / DAY_SECONDS;
	second = (int)(seconds % DAY_SECONDS);
	if (shown == SHOWN_ELAPSED || (shown == SHOWN_TIME && value < 1)) {
		snprintf(out, SERIAL_TEXT, "%02lld:%02d:%02d", (long long)(seconds / 3600),
		    second / 60 % 60, second % 60);
		return NATIVE_TIME;
	}
	if (day > (from_1904 ? LAST_1904 : LAST_1900)) {
		serial_number(out, value);
		return NATIVE_NUMBER;
	}
	write_day(date, day, from_1904);
	serial_moment(out, date, second);
	return NATIVE_DATE;
}
