/* Why: dates and periods decide which report a table is and whether it is late. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/attr.h"
#include "base/date.h"

static void
reads(void **state)
{
	static const struct {
		const char *about, *text, *pattern, *out;
	} rows[] = {
		{ "as clerks write", "31/12/2023", "%d/%m/%Y", "2023-12-31" },
		{ "one digit is enough", "5/1/2024", "%d/%m/%Y", "2024-01-05" },
		{ "ISO", "2024-02-29", "%Y-%m-%d", "2024-02-29" },
		{ "no leap year", "2023-02-29", "%Y-%m-%d", NULL },
		{ "a century is none", "1900-02-29", "%Y-%m-%d", NULL },
		{ "the fourth century is one", "2000-02-29", "%Y-%m-%d", "2000-02-29" },
		{ "April has 30 days", "31/4/2023", "%d/%m/%Y", NULL },
		{ "month 13", "01/13/2023", "%d/%m/%Y", NULL },
		{ "day 0", "00/12/2023", "%d/%m/%Y", NULL },
		{ "year 0", "01/01/0000", "%d/%m/%Y", NULL },
		{ "two digits for four", "01/01/23", "%d/%m/%Y", NULL },
		{ "short year of this century", "01/01/68", "%d/%m/%y", "2068-01-01" },
		{ "short year of the last", "01/01/69", "%d/%m/%y", "1969-01-01" },
		{ "English month", "05-Jan-2024", "%d-%b-%Y", "2024-01-05" },
		{ "in any case", "05-DEC-2024", "%d-%b-%Y", "2024-12-05" },
		{ "no such month", "05-Xxx-2024", "%d-%b-%Y", NULL },
		{ "with a time", "05/01/2024 23:59:59", "%d/%m/%Y %H:%M:%S", "2024-01-05" },
		{ "hour 24", "05/01/2024 24:00:00", "%d/%m/%Y %H:%M:%S", NULL },
		{ "no separators", "20240105", "%Y%m%d", "2024-01-05" },
		{ "words around", "ngày 5 tháng 1 năm 2024", "ngày %d tháng %m năm %Y",
		    "2024-01-05" },
		{ "something after", "05/01/2024x", "%d/%m/%Y", NULL },
		{ "something missing", "05/01", "%d/%m/%Y", NULL },
		{ "another separator", "05-01-2024", "%d/%m/%Y", NULL },
		{ "empty", "", "%d/%m/%Y", NULL },
		{ "month only", "03/2024", "%m/%Y", "2024-03-01" },
		{ "no year in the pattern", "05/01", "%d/%m", NULL },
		{ "a directive we do not know", "5", "%j", NULL },
		{ "a percent sign", "2024%01%05", "%Y%%%m%%%d", "2024-01-05" },
	};

	(void)state; /* none */
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct date d = { 0 };
		char out[16];

		if (date_read(&d, bytes_of(rows[i].text), rows[i].pattern) !=
		    (rows[i].out != NULL))
			fail_msg("%s: '%s'", rows[i].about, rows[i].text);
		date_write(out, d);
		if (strcmp(out, rows[i].out ? rows[i].out : "0000-00-00") != 0)
			fail_msg("%s: '%s' gave %s", rows[i].about, rows[i].text, out);
	}
}

static void
days(void **state)
{
	static const struct {
		const char *about;
		struct date date;
		int64_t days;
	} rows[] = {
		{ "the first", { 1970, 1, 1 }, 0 },
		{ "before it", { 1969, 12, 31 }, -1 },
		{ "leap day", { 2024, 2, 29 }, 19782 },
		{ "after it", { 2024, 3, 1 }, 19783 },
		{ "Excel's day 0", { 1899, 12, 30 }, -25569 },
		{ "far ahead", { 9999, 12, 31 }, 2932896 },
		{ "far back", { 1, 1, 1 }, -719162 },
	};
	struct date last = date_of_days(-719162);

	(void)state; /* none */
	for (size_t i = 0; i < COUNT(rows); i++)
		if (date_days(rows[i].date) != rows[i].days ||
		    date_compare(date_of_days(rows[i].days), rows[i].date) != 0)
			fail_msg("%s: %lld", rows[i].about, (long long)date_days(rows[i].date));
	/* Every day has one date, later than the one before, and back. */
	for (int64_t n = -719161; n <= 2932896; n += 1 + (n % 7 == 0) * 100) {
		struct date d = date_of_days(n);

		if (!date_valid(d) || date_compare(last, d) >= 0 || date_days(d) != n)
			fail_msg("day %lld", (long long)n);
		last = d;
	}
	assert_int_equal(date_of_days(2932897).year, 0);
	assert_int_equal(date_of_days(INT64_MIN).year, 0);
}

static void
within(void **state)
{
	const struct date none = { 0 }, early = { 2021, 1, 1 }, day = { 2024, 6, 30 },
			  late = { 2025, 12, 31 };

	(void)state; /* none */
	assert_true(date_within(day, early, late));
	assert_true(date_within(day, day, day));
	assert_true(date_within(day, none, none));
	assert_true(date_within(day, none, late));
	assert_false(date_within(day, late, none));
	assert_false(date_within(day, none, early));
}

static void
periods(void **state)
{
	static const struct {
		const char *about, *text, *first, *last, *next;
	} rows[] = {
		{ "year", "2023", "2023-01-01", "2023-12-31", "2024" },
		{ "first half", "2023H1", "2023-01-01", "2023-06-30", "2023H2" },
		{ "second half", "2023H2", "2023-07-01", "2023-12-31", "2024H1" },
		{ "first quarter of a leap year", "2024Q1", "2024-01-01", "2024-03-31",
		    "2024Q2" },
		{ "last quarter", "2023Q4", "2023-10-01", "2023-12-31", "2024Q1" },
		{ "February", "2023M02", "2023-02-01", "2023-02-28", "2023M03" },
		{ "December", "2023M12", "2023-12-01", "2023-12-31", "2024M01" },
	};
	static const char *const bad[] = { "", "202", "2023H", "2023H0", "2023H3", "2023Q0",
		"2023Q5", "2023Q10", "2023M1", "2023M00", "2023M13", "2023M001", "2023q1",
		"2023X1", "20231", "0000", "2o23", " 2023", "2023 ", "-202Q1" };

	(void)state; /* none */
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct period p, of;
		char out[16];

		if (!period_read(&p, bytes_of(rows[i].text)))
			fail_msg("%s: not read", rows[i].about);
		period_write(out, p);
		assert_string_equal(out, rows[i].text);
		date_write(out, period_first(p));
		assert_string_equal(out, rows[i].first);
		date_write(out, period_last(p));
		assert_string_equal(out, rows[i].last);
		period_write(out, period_next(p));
		assert_string_equal(out, rows[i].next);
		of = period_of(p.kind, period_last(p));
		assert_true(period_equal(of, p));
		assert_false(period_equal(of, period_next(p)));
	}
	for (size_t i = 0; i < COUNT(bad); i++) {
		struct period p = { 0 };

		if (period_read(&p, bytes_of(bad[i])))
			fail_msg("'%s' is no period", bad[i]);
	}
}

static void
moments(void **state)
{
	static const struct {
		const char *about, *text;
		int offset_s;
		bool good;
		int64_t at_s;
	} rows[] = {
		{ "day only, here", "2024-01-05", 25200, true, 1704387600 },
		{ "without zone, here", "2024-01-05T01:30:00", 25200, true, 1704393000 },
		{ "in UTC", "2024-01-05T01:30:00Z", 25200, true, 1704418200 },
		{ "elsewhere", "2024-01-05T01:30:00-03:30", 25200, true, 1704430800 },
		{ "before 1970", "1969-12-31T23:59:59Z", 0, true, -1 },
		{ "no such hour", "2024-01-05T24:00:00", 0, false, 0 },
		{ "no such day", "2024-02-30", 0, false, 0 },
		{ "no seconds", "2024-01-05T01:30", 0, false, 0 },
		{ "a blank for the T", "2024-01-05 01:30:00", 0, false, 0 },
		{ "zone after a day", "2024-01-05Z", 0, false, 0 },
		{ "something after", "2024-01-05T01:30:00Zx", 0, false, 0 },
		{ "short zone", "2024-01-05T01:30:00+07", 0, false, 0 },
		{ "one digit", "2024-1-05", 0, false, 0 },
		{ "empty", "", 0, false, 0 },
		{ "words", "yesterday", 0, false, 0 },
	};

	(void)state; /* none */
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct err e = { 0 };
		int64_t at_s = 0;
		int rc = moment_read(&at_s, bytes_of(rows[i].text), rows[i].offset_s, &e);

		if (rc != (rows[i].good ? OK : ERR_INPUT) || at_s != rows[i].at_s)
			fail_msg("%s: %d %lld %s", rows[i].about, rc, (long long)at_s, e.text);
	}
}

static void
moments_written(void **state)
{
	static const struct {
		const char *about;
		int64_t at_s;
		int offset_s;
		const char *iso, *mail;
	} rows[] = {
		{ "Vietnam", 1704393000, 25200, "2024-01-05T01:30:00+07:00",
		    "Fri, 05 Jan 2024 01:30:00 +0700" },
		{ "UTC", 1704393000, 0, "2024-01-04T18:30:00+00:00",
		    "Thu, 04 Jan 2024 18:30:00 +0000" },
		{ "west and half an hour", 1704393000, -12600, "2024-01-04T15:00:00-03:30",
		    "Thu, 04 Jan 2024 15:00:00 -0330" },
		{ "before 1970", -1, 0, "1969-12-31T23:59:59+00:00",
		    "Wed, 31 Dec 1969 23:59:59 +0000" },
		{ "leap day, a Thursday", 1709164800, 0, "2024-02-29T00:00:00+00:00",
		    "Thu, 29 Feb 2024 00:00:00 +0000" },
	};
	int seconds;

	(void)state; /* none */
	for (size_t i = 0; i < COUNT(rows); i++) {
		char iso[32], mail[40];

		moment_write(iso, rows[i].at_s, rows[i].offset_s);
		moment_write_mail(mail, rows[i].at_s, rows[i].offset_s);
		if (strcmp(iso, rows[i].iso) != 0 || strcmp(mail, rows[i].mail) != 0)
			fail_msg("%s: %s, %s", rows[i].about, iso, mail);
	}
	assert_int_equal(moment_date(1704393000, 25200, &seconds).day, 5);
	assert_int_equal(seconds, 5400);
	assert_int_equal(moment_date(1704393000, 0, NULL).day, 4);
}

/* Excel's day 60 never was. */
static void
serials(void **state)
{
	static const struct {
		int64_t serial;
		const char *day;
	} rows[] = { { 1, "1900-01-01" }, { 59, "1900-02-28" }, { 60, "0000-00-00" },
		{ 61, "1900-03-01" }, { 36526, "2000-01-01" }, { 45291, "2023-12-31" },
		{ 2958465, "9999-12-31" }, { 2958466, "0000-00-00" }, { 0, "0000-00-00" },
		{ -1, "0000-00-00" } };

	(void)state; /* none */
	for (size_t i = 0; i < COUNT(rows); i++) {
		char day[16];

		date_write(day, date_of_serial(rows[i].serial));
		assert_string_equal(day, rows[i].day);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads),
		cmocka_unit_test(days),
		cmocka_unit_test(within),
		cmocka_unit_test(periods),
		cmocka_unit_test(moments),
		cmocka_unit_test(moments_written),
		cmocka_unit_test(serials),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
