/* Why: clerks write the period into titles, subjects and file names as they speak; here it
 * becomes a period or nothing. */
#include "rules/period_scan.h"

#include "base/text.h"

static size_t
skip_filler(const struct scan *s, size_t i)
{
	while (scan_is(s, i, "nam") || scan_is(s, i, "of") || scan_is(s, i, "year"))
		i++;
	return i;
}

/* The year that goes with a part of it at tokens [first, next): behind it, before it, or any
 * "năm 2023" of the text. */
static int
year_near(const struct scan *s, size_t first, size_t *next)
{
	size_t i = skip_filler(s, *next), end;
	int year = scan_year(s, i);

	if (year) {
		*next = i + 1;
		return year;
	}
	year = scan_named_year(s, *next, &end);
	if (year) {
		*next = end;
		return year;
	}
	if (first > 0 && (year = scan_year(s, first - 1)))
		return year;
	for (i = 0; i < s->count; i++)
		if (!s->quiet[i] && (year = scan_named_year(s, i, &end)))
			return year;
	return 0;
}

static bool
is_quarter_word(const struct scan *s, size_t i)
{
	return scan_is(s, i, "quy") || scan_is(s, i, "qui") || scan_is(s, i, "quarter") ||
	    scan_is(s, i, "q");
}

/* "quy i", "q1", "quy1", "qi", "quy mot", "q12023"; 0: none. *year: what is written in one with
 * it, or 0. *next is the place after it. */
static int
quarter_at(const struct scan *s, size_t i, int *year, size_t *next)
{
	static const char *const leads[] = { "quy", "qui", "q" };
	struct bytes rest = { 0 };

	*year = 0;
	*next = i + 2;
	if (is_quarter_word(s, i))
		return i + 1 < s->count ? scan_quarter_word(s->tokens[i + 1]) : 0;
	*next = i + 1;
	for (size_t k = 0; i < s->count && k < COUNT(leads) && !rest.len; k++)
		if (bytes_starts(s->tokens[i], bytes_of(leads[k])))
			rest = bytes_slice(s->tokens[i], strlen(leads[k]), s->tokens[i].len);
	if (rest.len > 4 && (*year = scan_year_of(bytes_slice(rest, rest.len - 4, 4))))
		rest.len -= 4;
	return scan_quarter_of(rest);
}

/* "quy i va ii", "quy i den quy iii", "q1 q2": several quarters are none. The place after them,
 * or next. */
static size_t
skip_more_quarters(const struct scan *s, size_t next)
{
	static const char *const words[] = { "va", "den", "toi", "and", "to" };
	size_t i = next, end;
	int year;

	for (size_t k = 0; k < COUNT(words); k++)
		if (scan_is(s, i, words[k])) {
			i++;
			break;
		}
	if (quarter_at(s, i, &year, &end))
		return end;
	return i < s->count && scan_quarter_of(s->tokens[i]) ? i + 1 : next;
}

static size_t
take_quarter(struct scan *s, size_t i)
{
	size_t next, more, last;
	int year, quarter = quarter_at(s, i, &year, &next);

	if (!quarter)
		return i;
	more = next;
	do {
		last = more;
		more = skip_more_quarters(s, last);
	} while (more > last);
	if (more > next) {
		year = year_near(s, i, &more); /* which goes with all of them */
		return more;
	}
	if (!year && !(year = year_near(s, i, &next)))
		return i;
	scan_put(s, PERIOD_QUARTER, year, quarter, false);
	return next;
}

/* "6 thang dau nam 2023", "sau thang cuoi nam 2023", "first half of 2023" */
static size_t
take_half(struct scan *s, size_t i)
{
	size_t next = i + 3;
	int half = 0, year;

	if ((scan_is(s, i, "6") || scan_is(s, i, "06") || scan_is(s, i, "sau")) &&
	    scan_is(s, i + 1, "thang"))
		half = scan_is(s, i + 2, "dau") ? 1 : scan_is(s, i + 2, "cuoi") ? 2 : 0;
	else if (scan_is(s, i + 1, "half")) {
		half = scan_is(s, i, "first") ? 1 : scan_is(s, i, "second") ? 2 : 0;
		next = i + 2;
	}
	if (!half || !(year = year_near(s, i, &next)))
		return i;
	scan_put(s, PERIOD_HALF, year, half, false);
	return next;
}

/* "t5 2023", "th5 2023", "thang5 2023" */
static size_t
take_short_month(struct scan *s, size_t i)
{
	static const char *const leads[] = { "thang", "th", "t" };
	int month = 0, year = scan_year(s, i + 1);

	for (size_t k = 0; k < COUNT(leads) && month == 0; k++)
		if (bytes_starts(s->tokens[i], bytes_of(leads[k])))
			month = scan_digits(
			    bytes_slice(s->tokens[i], strlen(leads[k]), s->tokens[i].len));
	if (month < 1 || month > 12 || !year)
		return i;
	scan_put(s, PERIOD_MONTH, year, month, false);
	return i + 2;
}

/* "9 thang dau nam 2023", "31 thang 12 nam 2023": a span and a day are no period, nor is the
 * year in them. */
static size_t
skip_months(struct scan *s, size_t i)
{
	static const char *const counts[] = { "ba", "chin", "muoi", "mot", "hai" };
	bool counted = scan_number(s, i) > 0 && scan_number(s, i) <= 31;
	size_t next = i + 2, end;

	for (size_t k = 0; k < COUNT(counts); k++)
		counted = counted || scan_is(s, i, counts[k]);
	if (!counted || !scan_is(s, i + 1, "thang"))
		return i;
	if (scan_is(s, next, "dau") || scan_is(s, next, "cuoi") || scan_number(s, next) > 0)
		next += scan_year(s, next) ? 0 : 1;
	if (scan_named_year(s, next, &end))
		return end;
	return scan_year(s, next) ? next + 1 : next;
}

static size_t
take_month(struct scan *s, size_t i)
{
	size_t next = i + 2;
	int month = scan_number(s, i + 1), year;

	if ((!scan_is(s, i, "thang") && !scan_is(s, i, "month")) || month < 1 || month > 12 ||
	    !(year = year_near(s, i, &next)))
		return i;
	scan_put(s, PERIOD_MONTH, year, month, false);
	return next;
}

/* "2023q1", "2023h1", "2023m05", "2023y" */
static size_t
take_code(struct scan *s, size_t i)
{
	struct bytes t = s->tokens[i];
	int year = scan_year_of(bytes_slice(t, 0, 4)), number;
	char letter;

	if (!year || t.len < 5 || t.len > 7)
		return i;
	letter = t.at[4];
	number = t.len > 5 ? scan_digits(bytes_slice(t, 5, t.len)) : 0;
	if (letter == 'y' && t.len == 5)
		scan_put(s, PERIOD_YEAR, year, 0, false);
	else if (letter == 'q' && number >= 1 && number <= 4)
		scan_put(s, PERIOD_QUARTER, year, number, false);
	else if (letter == 'h' && number >= 1 && number <= 2)
		scan_put(s, PERIOD_HALF, year, number, false);
	else if (letter == 'm' && number >= 1 && number <= 12)
		scan_put(s, PERIOD_MONTH, year, number, false);
	else
		return i;
	return i + 1;
}

/* "ngay 05 thang 12 nam 2023", "ngay 05 12 2023", "ngay thang nam 2024" that nobody filled in,
 * "thang hai nam 2023" whose month is a word. */
static size_t
skip_day(const struct scan *s, size_t i)
{
	static const char *const months[] = { "gieng", "mot", "hai", "ba", "tu", "bon", "sau",
		"bay", "tam", "chin", "muoi", "chap" };
	bool day = scan_is(s, i, "ngay"), month;
	size_t next = day ? i + 1 : i, end;

	if (day && scan_number(s, next) > 0)
		next++;
	month = scan_is(s, next, "thang");
	if (!day && !month)
		return i;
	next += month;
	if (day && scan_number(s, next) > 0 && !scan_year(s, next))
		next++;
	for (size_t k = 0; k < COUNT(months); k++)
		if (month && scan_is(s, next, months[k])) {
			next +=
			    scan_is(s, next + 1, "mot") || scan_is(s, next + 1, "hai") ? 2 : 1;
			day = true;
			break;
		}
	if (month && scan_is(s, next, "nam") && scan_is(s, next + 1, "nam")) { /* May */
		next++;
		day = true;
	}
	if (!day || next == i + 1)
		return i;
	if (scan_named_year(s, next, &end))
		return end;
	return scan_year(s, next) ? next + 1 : next;
}

/* What looks like a period and is none: a day, and a span of years. The place after it, or i.
 */
static size_t
skip_other(const struct scan *s, size_t i)
{
	size_t next = skip_day(s, i);

	if (next > i)
		return next;
	if (scan_year(s, i) && scan_year(s, i + 1))
		return i + 2;
	if (scan_is(s, i, "nam") && scan_year(s, i + 1) && scan_year(s, i + 2))
		return i + 3;
	/* 05/12/2023 */
	if (scan_number(s, i) > 0 && !scan_year(s, i) && scan_number(s, i + 1) > 0 &&
	    !scan_year(s, i + 1) && scan_year(s, i + 2))
		return i + 3;
	return i;
}

static bool
small_number(const struct scan *s, size_t i)
{
	int n = scan_number(s, i);

	return n >= 0 && n <= 31;
}

static size_t
take_year(struct scan *s, size_t i)
{
	size_t end;
	int year = scan_named_year(s, i, &end);

	if (year) {
		/* "năm 2023 quý I" speaks of a quarter. */
		size_t next = end < s->count ? take_quarter(s, end) : end;

		if (next > end)
			return next;
		scan_put(s, PERIOD_YEAR, year, 0, false);
		return end;
	}
	year = scan_year(s, i);
	if (!year)
		return i;
	/* Small numbers beside it make it a part of something else: 12/2023, 2023-05.
	 * LS-181_2023 names the year. */
	if (!small_number(s, i > 0 ? i - 1 : s->count) && !small_number(s, i + 1))
		scan_put(s, PERIOD_YEAR, year, 0, true);
	return i + 1;
}

size_t
period_texts(struct named_period *out, size_t max, struct arena *a, struct bytes text)
{
	static size_t (*const takes[])(struct scan * s, size_t i) = { take_code, period_english,
		take_quarter, take_half, skip_months, take_month, take_short_month };
	struct scan s = { .out = out, .max = max };
	size_t i = 0;

	scan_begin(&s, a, text);
	/* "I/2023", and nothing else. */
	if (s.count == 2 && scan_year(&s, 1) && scan_number(&s, 0) < 0 &&
	    scan_quarter_of(s.tokens[0])) {
		scan_put(
		    &s, PERIOD_QUARTER, scan_year(&s, 1), scan_quarter_of(s.tokens[0]), false);
		return s.found;
	}
	while (i < s.count) {
		size_t next = s.quiet[i] ? i + 1 : skip_other(&s, i);

		for (size_t k = 0; k < COUNT(takes) && next == i; k++)
			next = takes[k](&s, i);
		/* "2023-Q1" and "2023 quý I": the year belongs to what follows. */
		if (next == i && scan_year(&s, i) && i + 1 < s.count && !s.quiet[i + 1]) {
			size_t after = take_quarter(&s, i + 1);

			next = after > i + 1 ? after : i;
		}
		if (next == i)
			next = take_year(&s, i);
		i = next > i ? next : i + 1;
	}
	return s.found;
}
