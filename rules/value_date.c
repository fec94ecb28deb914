/* Why: a day is written in a dozen ways, and one that is read with day and month exchanged is
 * wrong in silence. */
#include "base/text.h"
#include "rules/value_int.h"

#define TOKENS_MOST 12

/* Years of a form's days; anything else is a slip of the hand. */
#define YEAR_LEAST 1900
#define YEAR_MOST  2100

/* Serial numbers that are taken as days: 1950 to 2099. What is below may well be a number. */
#define SERIAL_LEAST 18264
#define SERIAL_MOST  73050

/* The words and numbers of a text; marks between them do not matter. */
struct tokens {
	struct bytes at[TOKENS_MOST];
	size_t count;
};

static bool
split(struct tokens *t, struct bytes key)
{
	struct bytes token;

	t->count = 0;
	while (key.at && bytes_cut(&token, &key, ' ')) {
		if (token.len == 0)
			continue;
		if (t->count == TOKENS_MOST)
			return false;
		t->at[t->count++] = token;
	}
	return t->count > 0;
}

static void
drop_first(struct tokens *t, size_t n)
{
	for (size_t i = n; i < t->count; i++)
		t->at[i - n] = t->at[i];
	t->count -= n;
}

/* -1: no number of at most so many digits. */
static int
number_of(struct bytes token, size_t digits)
{
	int n = 0;

	if (token.len == 0 || token.len > digits)
		return -1;
	for (size_t i = 0; i < token.len; i++) {
		if (token.at[i] < '0' || token.at[i] > '9')
			return -1;
		n = n * 10 + (token.at[i] - '0');
	}
	return n;
}

static bool
is_word(struct bytes token, const char *const *words)
{
	for (; *words; words++)
		if (bytes_equal(token, bytes_of(*words)))
			return true;
	return false;
}

/* English, short or whole; 0: none. */
static int
month_named(struct bytes token)
{
	static const char *const names[] = { "january", "february", "march", "april", "may",
		"june", "july", "august", "september", "october", "november", "december" };

	for (size_t i = 0; i < COUNT(names); i++)
		if (token.len >= 3 && bytes_starts(bytes_of(names[i]), token) &&
		    (token.len == 3 || token.len == strlen(names[i])))
			return (int)i + 1;
	return bytes_equal(token, BYTES("sept")) ? 9 : 0;
}

/* A year of two digits is the one nearest to the campaign's period, never far beyond it: a day
 * that reads as another century's is none. 0: none. */
static int
year_of(struct bytes token, const struct cell_context *c)
{
	bool known = c->period.kind != PERIOD_NONE;
	int last = known ? period_last(c->period).year : 2067; /* POSIX: 69 is 1969 */
	int year = number_of(token, 4);

	if (token.len == 4)
		return year >= YEAR_LEAST && year <= YEAR_MOST ? year : 0;
	if (token.len != 2 || year < 0)
		return 0;
	year += last / 100 * 100;
	while (year > last + 1)
		year -= 100;
	return year >= last - (known ? 70 : 98) ? year : 0;
}

/* "00 00 00" behind a day: a time of day that nobody asked for. */
static bool
is_time(const struct tokens *t, size_t first)
{
	static const int most[] = { 23, 59, 59 };
	size_t count = t->count - first;

	if (count > COUNT(most) || count == 1)
		return false;
	for (size_t i = 0; i < count; i++) {
		int n = number_of(t->at[first + i], 2);

		if (n < 0 || n > most[i])
			return false;
	}
	return true;
}

/* "31t00": the day and the hour of 2023-12-31T00:00:00. */
static struct bytes
cut_hour(struct tokens *t, size_t i)
{
	struct bytes token = t->at[i];
	size_t at = bytes_find(token, BYTES("t"));

	if (at == token.len || at == 0 || t->count == TOKENS_MOST ||
	    number_of(bytes_slice(token, at + 1, token.len), 2) < 0)
		return token;
	for (size_t k = t->count++; k > i + 1; k--)
		t->at[k] = t->at[k - 1];
	t->at[i + 1] = bytes_slice(token, at + 1, token.len);
	return t->at[i] = bytes_slice(token, 0, at);
}

/* Day, month and year of a text that is shaped like a day. */
struct parts {
	int day, month, year;
	bool numbers; /* all three are numbers in the order day, month, year */
};

/* The place of the year after day and month, when words may stand between them. */
static size_t
skip(const struct tokens *t, size_t i, const char *const *words)
{
	return i < t->count && is_word(t->at[i], words) ? i + 1 : i;
}

/* "31 12 2023", "31 thang 12 nam 2023", "31 dec 2023", "dec 31 2023" */
static bool
day_first(struct parts *p, const struct tokens *t, const struct cell_context *c)
{
	static const char *const month_words[] = { "thang", "thg", "th", NULL };
	static const char *const year_words[] = { "nam", NULL };
	int named = month_named(t->at[0]);
	size_t i = named ? 0 : 1, month_at;

	if (t->count < 3)
		return false;
	if (named) {
		p->month = named;
		p->day = number_of(t->at[1], 2);
		i = 2;
	} else {
		p->day = number_of(t->at[0], 2);
		month_at = skip(t, i, month_words);
		if (month_at >= t->count)
			return false;
		p->month = number_of(t->at[month_at], 2);
		p->numbers = p->month >= 0 && month_at == i;
		if (p->month < 0)
			p->month =
			    month_named(t->at[month_at]) ? month_named(t->at[month_at]) : -1;
		i = month_at + 1;
	}
	i = skip(t, i, year_words);
	if (i >= t->count || p->day < 0 || p->month < 0)
		return false;
	p->year = year_of(t->at[i], c);
	return p->year && (i + 1 == t->count || is_time(t, i + 1));
}

/* "2023 12 31", "2023 12 31t00 00 00" */
static bool
year_first(struct parts *p, struct tokens *t, const struct cell_context *c)
{
	if (t->count < 3 || t->at[0].len != 4)
		return false;
	p->year = year_of(t->at[0], c);
	p->month = number_of(t->at[1], 2);
	p->day = number_of(cut_hour(t, 2), 2);
	return p->year && p->month >= 0 && p->day >= 0 && (t->count == 3 || is_time(t, 3));
}

static bool
is_month_first(const char *format)
{
	const char *month = strstr(format, "%m"), *day = strstr(format, "%d");

	return month && day && month < day && strncmp(format, "%Y", 2) != 0;
}

/* A campaign that wants the month first is not to be read the other way. */
static bool
wants_month_first(const struct field *f)
{
	for (const char *const *format = f->date_formats; format && *format; format++)
		if (is_month_first(*format))
			return true;
	return false;
}

static bool
by_formats(struct date *out, struct bytes text, const struct field *f)
{
	for (const char *const *format = f->date_formats; format && *format; format++)
		/* Years of two digits are read by the campaign's period instead. */
		if (date_read(out, text, *format) &&
		    (!strstr(*format, "%y") || wants_month_first(f)))
			return true;
	return false;
}

bool
date_read_serial(struct cell_reading *out, struct bytes digits)
{
	int n = number_of(digits, 5);

	if (digits.len != 5 || n < SERIAL_LEAST || n > SERIAL_MOST)
		return false;
	out->value = (struct value){ .kind = VALUE_DATE, .date = date_of_serial(n) };
	out->remark = REMARK_SERIAL;
	return true;
}

static void
take_parts(struct cell_reading *out, const struct parts *p)
{
	struct date day = {
		.year = (int16_t)p->year, .month = (uint8_t)p->month, .day = (uint8_t)p->day
	};

	if (date_valid(day))
		out->value = (struct value){ .kind = VALUE_DATE, .date = day };
	else if (p->numbers && p->month > 12 && p->day >= 1 && p->day <= 12 && p->month <= 31)
		out->fault = FAULT_MONTH_FIRST;
	else
		out->fault = FAULT_NO_DAY;
}

void
date_read_written(struct cell_reading *out, struct bytes text, const struct field *f,
    const struct cell_context *c)
{
	static const char *const day_words[] = { "ngay", NULL };
	struct parts p = { 0 };
	struct tokens t;
	struct date day;

	if (by_formats(&day, text, f) && day.year >= YEAR_LEAST && day.year <= YEAR_MOST) {
		out->value = (struct value){ .kind = VALUE_DATE, .date = day };
		return;
	}
	text = bytes_trim(text_plain(c->arena, text));
	if (text.len > 1 && text.at[0] == '\'')
		text = bytes_slice(text, 1, text.len);
	if (date_read_serial(out, text))
		return;
	out->fault = FAULT_TYPE;
	/* A sign, a parenthesis or a mark at either end makes it something else. */
	if (text.len == 0 || text.len > 60 || strchr("+-(./,", text.at[0]) ||
	    strchr("-/)", text.at[text.len - 1]) || !split(&t, text_bare_key(c->arena, text)))
		return;
	if (is_word(t.at[0], day_words))
		drop_first(&t, 1);
	if (t.count && (year_first(&p, &t, c) || day_first(&p, &t, c)) &&
	    !(p.numbers && wants_month_first(f))) {
		out->fault = FAULT_NONE;
		take_parts(out, &p);
	}
}

bool
year_read(struct value *out, struct bytes text, struct arena *a)
{
	struct bytes key = text_bare_key(a, text_plain(a, text));
	int year;

	if (bytes_starts(key, BYTES("nam ")))
		key = bytes_slice(key, 4, key.len);
	year = key.len == 4 ? number_of(key, 4) : -1;
	if (year < 0 || (text.len && strchr("-(", text.at[0])))
		return false;
	*out = (struct value){ .kind = VALUE_NUMBER, .number = { .digits = year } };
	return true;
}
