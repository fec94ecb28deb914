/*
 * Why: moments are seconds in UTC inside, and are read and shown with the offset of the place.
 */
#include <stdio.h>

#include "base/date.h"
#include "base/text.h"

#define DAY_S 86400

/* Two digits off the front of *b, below limit. */
static bool
take_two(int *out, struct bytes *b, int limit)
{
	int value;

	if (b->len < 2 || b->at[0] < '0' || b->at[0] > '9' || b->at[1] < '0' || b->at[1] > '9')
		return false;
	value = (b->at[0] - '0') * 10 + (b->at[1] - '0');
	*b = bytes_slice(*b, 2, b->len);
	*out = value;
	return value < limit;
}

static bool
take_char(struct bytes *b, char c)
{
	if (b->len == 0 || b->at[0] != c)
		return false;
	*b = bytes_slice(*b, 1, b->len);
	return true;
}

/* "", "Z" or "+07:00" to the end of the text; offset_s is left alone by "". */
static bool
read_zone(int *offset_s, struct bytes b)
{
	int hours, minutes, sign = 1;

	if (b.len == 0)
		return true;
	if (take_char(&b, 'Z')) {
		*offset_s = 0;
		return b.len == 0;
	}
	if (take_char(&b, '-'))
		sign = -1;
	else if (!take_char(&b, '+'))
		return false;
	if (!take_two(&hours, &b, 24) || !take_char(&b, ':') || !take_two(&minutes, &b, 60) ||
	    b.len)
		return false;
	*offset_s = sign * (hours * 3600 + minutes * 60);
	return true;
}

int
moment_read(int64_t *out_s, struct bytes text, int offset_s, struct err *e)
{
	struct bytes rest = bytes_slice(text, 10, text.len);
	int hours = 0, minutes = 0, seconds = 0;
	bool good = text.len >= 10;
	struct date day = { 0 };

	good = good && date_read(&day, bytes_slice(text, 0, 10), "%Y-%m-%d");
	if (good && rest.len)
		good = take_char(&rest, 'T') && take_two(&hours, &rest, 24) &&
		    take_char(&rest, ':') && take_two(&minutes, &rest, 60) &&
		    take_char(&rest, ':') && take_two(&seconds, &rest, 60) &&
		    read_zone(&offset_s, rest);
	if (!good)
		return err_set(e, ERR_INPUT,
		    "'%.*s' is no moment; it is written like 2024-01-05 or "
		    "2024-01-05T01:30:00+07:00",
		    BYTES_ARG(text_head(text, 64)));
	*out_s = date_days(day) * DAY_S + hours * 3600 + minutes * 60 + seconds - offset_s;
	return OK;
}

struct date
moment_date(int64_t at_s, int offset_s, int *seconds_of_day)
{
	int64_t local = at_s + offset_s;
	int64_t days = local / DAY_S;
	int rest = (int)(local % DAY_S);

	if (rest < 0) { /* before 1970 division rounds the wrong way */
		rest += DAY_S;
		days--;
	}
	if (seconds_of_day)
		*seconds_of_day = rest;
	return date_of_days(days);
}

struct clock {
	uint8_t hours, minutes, seconds;
	char sign;
	uint8_t offset_hours, offset_minutes;
};

static struct clock
clock_of(int seconds_of_day, int offset_s)
{
	int offset = offset_s < 0 ? -offset_s : offset_s;

	return (struct clock){
		.hours = (uint8_t)(seconds_of_day / 3600),
		.minutes = (uint8_t)(seconds_of_day / 60 % 60),
		.seconds = (uint8_t)(seconds_of_day % 60),
		.sign = offset_s < 0 ? '-' : '+',
		.offset_hours = (uint8_t)(offset / 3600 % 100),
		.offset_minutes = (uint8_t)(offset / 60 % 60),
	};
}

void
moment_write(char out[32], int64_t at_s, int offset_s)
{
	int seconds;
	struct date d = moment_date(at_s, offset_s, &seconds);
	struct clock c = clock_of(seconds, offset_s);
	char day[16];

	date_write(day, d);
	(void)snprintf(out, 32, "%.10sT%02u:%02u:%02u%c%02u:%02u", day, c.hours, c.minutes,
	    c.seconds, c.sign, c.offset_hours, c.offset_minutes); /* 25 bytes */
}

void
moment_write_mail(char out[40], int64_t at_s, int offset_s)
{
	static const char days[7][4] = { "Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed" };
	static const char months[13][4] = { "Jan", "Jan", "Feb", "Mar", "Apr", "May", "Jun",
		"Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	int seconds;
	struct date d = moment_date(at_s, offset_s, &seconds);
	struct clock c = clock_of(seconds, offset_s);
	int weekday = (int)((date_days(d) % 7 + 7) % 7); /* 1970-01-01 was a Thursday */

	(void)snprintf(out, 40, "%s, %02u %s %04d %02u:%02u:%02u %c%02u%02u", days[weekday],
	    d.day, months[d.month], d.year, c.hours, c.minutes, c.seconds, c.sign,
	    c.offset_hours, c.offset_minutes); /* 31 bytes */
}
