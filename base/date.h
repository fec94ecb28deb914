#ifndef BASE_DATE_H
#define BASE_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/err.h"

/* A calendar date (proleptic Gregorian), never a count of seconds. year 0 means "no date". */
struct date {
	int16_t year;
	uint8_t month, day;
};

enum period_kind { PERIOD_NONE, PERIOD_YEAR, PERIOD_HALF, PERIOD_QUARTER, PERIOD_MONTH };

/* A reporting period; number is 1..2, 1..4 or 1..12 and 0 for a year. */
struct period {
	enum period_kind kind;
	int16_t year;
	uint8_t number;
};

bool date_valid(struct date d);
/* Days since 1970-01-01, and back. */
int64_t date_days(struct date d);
struct date date_of_days(int64_t days);
static inline int
date_compare(struct date a, struct date b)
{
	return a.year != b.year  ? (a.year < b.year ? -1 : 1)
	    : a.month != b.month ? (a.month < b.month ? -1 : 1)
	    : a.day != b.day     ? (a.day < b.day ? -1 : 1)
				 : 0;
}
/* Whole text by a Table Schema pattern of %d %m %Y %y %H %M %S %b and literals; false when it
 * does not fit. */
bool date_read(struct date *out, struct bytes text, const char *pattern);
/* Of a serial number of Excel's 1900 calendar (45291 is 2023-12-31); year 0: no day has it. */
struct date date_of_serial(int64_t serial);
/* "2023-12-31"; out has room for 16 bytes. */
void date_write(char out[16], struct date d);
/* true when day lies in [from, to]; a bound with year 0 is open. */
bool date_within(struct date day, struct date from, struct date to);

/* "2023", "2023H1", "2023Q1", "2023M05"; out has room for 16 bytes. Reads just these. */
void period_write(char out[16], struct period p);
bool period_read(struct period *out, struct bytes text);
struct date period_first(struct period p);
struct date period_last(struct period p);
struct period period_next(struct period p);
/* The period of this kind that holds the day. */
struct period period_of(enum period_kind kind, struct date day);
bool period_equal(struct period a, struct period b);

/* ISO 8601 "2024-01-05", "2024-01-05T01:30:00", with "Z" or "+07:00"; without zone: offset_s
 * east of UTC. */
int moment_read(int64_t *out_s, struct bytes text, int offset_s, struct err *e);
/* "2024-01-05T01:30:00+07:00"; room for 32 bytes. */
void moment_write(char out[32], int64_t at_s, int offset_s);
/* The calendar day at that place, and seconds into it. */
struct date moment_date(int64_t at_s, int offset_s, int *seconds_of_day);
/* "Fri, 05 Jan 2024 01:30:00 +0700" (RFC 5322 §3.3); room for 40 bytes. */
void moment_write_mail(char out[40], int64_t at_s, int offset_s);

#endif
