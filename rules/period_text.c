/* Why: clerks write the period into titles, subjects and file names as they speak; here it
 * becomes a period or nothing. */
#include "rules/period_text.h"

#include "base/text.h"

#define TOKENS_MOST 400

struct scan {
	struct bytes tokens[TOKENS_MOST];
	size_t count;
	struct named_period *out;
	size_t found, max;
};

static bool
is(const struct scan *s, size_t i, const char *word)
{
	return i < s->count && bytes_equal(s->tokens[i], bytes_of(word));
}

/* -1: no number of at most four digits */
static int
digits(struct bytes b)
{
	int n = 0;

	if (b.len == 0 || b.len > 4)
		return -1;
	for (size_t i = 0; i < b.len; i++) {
		if (b.at[i] < '0' || b.at[i] > '9')
			return -1;
		n = n * 10 + (b.at[i] - '0');
	}
	return n;
}

static int
number_at(const struct scan *s, size_t i)
{
	return i < s->count ? digits(s->tokens[i]) : -1;
}

/* 0: none */
static int
year_of(struct bytes b)
{
	int n = b.len == 4 ? digits(b) : -1;

	return n >= 2000 && n <= 2099 ? n : 0;
}

static int
year_at(const struct scan *s, size_t i)
{
	return i < s->count ? year_of(s->tokens[i]) : 0;
}

/* 1 to 4, as a digit or Roman; 0: none */
static int
quarter_of(struct bytes b)
{
	static const char *const names[] = { "1", "2", "3", "4", "i", "ii", "iii", "iv", "01",
		"02", "03", "04" };

	for (size_t i = 0; i < COUNT(names); i++)
		if (bytes_equal(b, bytes_of(names[i])))
			return (int)(i % 4) + 1;
	return 0;
}

static void
put(struct scan *s, enum period_kind kind, int year, int number, bool plain)
{
	struct period p = { .kind = kind, .year = (int16_t)year, .number = (uint8_t)number };

	for (size_t i = 0; i < s->found; i++)
		if (period_equal(s->out[i].period, p)) {
			s->out[i].plain = s->out[i].plain && plain;
			return;
		}
	if (s->found < s->max)
		s->out[s->found++] = (struct named_period){ .period = p, .plain = plain };
}

static size_t
skip_filler(const struct scan *s, size_t i)
{
	while (is(s, i, "nam") || is(s, i, "of") || is(s, i, "year"))
		i++;
	return i;
}

/* The year that goes with a part of it at tokens [first, next): behind it, before it, or any
 * "năm 2023" of the text. */
static int
year_near(const struct scan *s, size_t first, size_t *next)
{
	size_t i = skip_filler(s, *next);
	int year = year_at(s, i);

	if (year) {
		*next = i + 1;
		return year;
	}
	if (first > 0 && (year = year_at(s, first - 1)))
		return year;
	for (i = 0; i + 1 < s->count; i++)
		if ((is(s, i, "nam") || is(s, i, "year")) && (year = year_at(s, i + 1)))
			return year;
	return 0;
}

/* "quy i", "q1", "quy1", "quarter 2", with its year; the place after it, or i. */
static size_t
take_quarter(struct scan *s, size_t i)
{
	struct bytes t = s->tokens[i];
	size_t next = i + 1;
	int quarter = 0, year;

	if (is(s, i, "quy") || is(s, i, "quarter") || is(s, i, "q")) {
		quarter = i + 1 < s->count ? quarter_of(s->tokens[i + 1]) : 0;
		next = i + 2;
	} else if (bytes_starts(t, BYTES("quy"))) {
		quarter = quarter_of(bytes_slice(t, 3, t.len));
	} else if (bytes_starts(t, BYTES("q"))) {
		quarter = quarter_of(bytes_slice(t, 1, t.len));
	}
	if (!quarter || !(year = year_near(s, i, &next)))
		return i;
	put(s, PERIOD_QUARTER, year, quarter, false);
	return next;
}

/* "6 thang dau nam 2023", "sau thang cuoi nam 2023", "first half of 2023" */
static size_t
take_half(struct scan *s, size_t i)
{
	size_t next = i + 3;
	int half = 0, year;

	if ((is(s, i, "6") || is(s, i, "06") || is(s, i, "sau")) && is(s, i + 1, "thang"))
		half = is(s, i + 2, "dau") ? 1 : is(s, i + 2, "cuoi") ? 2 : 0;
	else if (is(s, i + 1, "half")) {
		half = is(s, i, "first") ? 1 : is(s, i, "second") ? 2 : 0;
		next = i + 2;
	}
	if (!half || !(year = year_near(s, i, &next)))
		return i;
	put(s, PERIOD_HALF, year, half, false);
	return next;
}

static size_t
take_month(struct scan *s, size_t i)
{
	size_t next = i + 2;
	int month = number_at(s, i + 1), year;

	if ((!is(s, i, "thang") && !is(s, i, "month")) || month < 1 || month > 12 ||
	    !(year = year_near(s, i, &next)))
		return i;
	put(s, PERIOD_MONTH, year, month, false);
	return next;
}

/* "2023q1", "2023h1", "2023m05", "2023y" */
static size_t
take_code(struct scan *s, size_t i)
{
	struct bytes t = s->tokens[i];
	int year = year_of(bytes_slice(t, 0, 4)), number;
	char letter;

	if (!year || t.len < 5 || t.len > 7)
		return i;
	letter = t.at[4];
	number = t.len > 5 ? digits(bytes_slice(t, 5, t.len)) : 0;
	if (letter == 'y' && t.len == 5)
		put(s, PERIOD_YEAR, year, 0, false);
	else if (letter == 'q' && number >= 1 && number <= 4)
		put(s, PERIOD_QUARTER, year, number, false);
	else if (letter == 'h' && number >= 1 && number <= 2)
		put(s, PERIOD_HALF, year, number, false);
	else if (letter == 'm' && number >= 1 && number <= 12)
		put(s, PERIOD_MONTH, year, number, false);
	else
		return i;
	return i + 1;
}

/* What looks like a period and is none: a day, and a span of years. The place after it, or i.
 */
static size_t
skip_other(const struct scan *s, size_t i)
{
	if (is(s, i, "ngay") && number_at(s, i + 1) > 0) {
		size_t next = i + 2;

		if (is(s, next, "thang"))
			next++;
		if (number_at(s, next) > 0)
			next++;
		next = skip_filler(s, next);
		return year_at(s, next) ? next + 1 : next;
	}
	if (year_at(s, i) && year_at(s, i + 1))
		return i + 2;
	if (is(s, i, "nam") && year_at(s, i + 1) && year_at(s, i + 2))
		return i + 3;
	/* 05/12/2023 */
	if (number_at(s, i) > 0 && !year_at(s, i) && number_at(s, i + 1) > 0 &&
	    !year_at(s, i + 1) && year_at(s, i + 2))
		return i + 3;
	return i;
}

static bool
small_number(const struct scan *s, size_t i)
{
	int n = number_at(s, i);

	return n >= 0 && n <= 31;
}

static size_t
take_year(struct scan *s, size_t i)
{
	int year;

	if ((is(s, i, "nam") || is(s, i, "year")) && (year = year_at(s, i + 1))) {
		/* "năm 2023 quý I" speaks of a quarter. */
		size_t next = take_quarter(s, i + 2 < s->count ? i + 2 : i);

		if (i + 2 < s->count && next > i + 2)
			return next;
		put(s, PERIOD_YEAR, year, 0, false);
		return i + 2;
	}
	year = year_at(s, i);
	if (!year)
		return i;
	/* Small numbers beside it make it a part of something else: 12/2023, 2023-05.
	 * LS-181_2023 names the year. */
	if (!small_number(s, i > 0 ? i - 1 : s->count) && !small_number(s, i + 1))
		put(s, PERIOD_YEAR, year, 0, true);
	return i + 1;
}

static void
split(struct scan *s, struct bytes key)
{
	struct bytes token;

	while (s->count < TOKENS_MOST && key.at && bytes_cut(&token, &key, ' '))
		if (token.len)
			s->tokens[s->count++] = token;
}

size_t
period_texts(struct named_period *out, size_t max, struct arena *a, struct bytes text)
{
	static size_t (*const takes[])(
	    struct scan * s, size_t i) = { take_code, take_quarter, take_half, take_month };
	struct scan s;
	size_t i = 0;

	s.count = s.found = 0;
	s.out = out;
	s.max = max;
	split(&s, text_bare_key(a, text));
	while (i < s.count) {
		size_t next = skip_other(&s, i);

		for (size_t k = 0; k < COUNT(takes) && next == i; k++)
			next = takes[k](&s, i);
		/* "2023-Q1" and "2023 quý I": the year belongs to what follows. */
		if (next == i && year_at(&s, i) && i + 1 < s.count) {
			size_t after = take_quarter(&s, i + 1);

			next = after > i + 1 ? after : i;
		}
		if (next == i)
			next = take_year(&s, i);
		i = next > i ? next : i + 1;
	}
	return s.found;
}
