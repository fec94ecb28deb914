/* Why: of a million cells nearly all are plain and right; only the others are worth every
 * question. */
#include "rules/glance.h"

#include "base/text.h"
#include "rules/pattern.h"
#include "rules/value_int.h"

/* Digits that are read so; more are asked the long way. */
#define DIGITS_MOST 15

struct glance {
	const struct field *field;
	enum { SIGHT_NONE, SIGHT_WHOLE, SIGHT_AMOUNT, SIGHT_YEAR, SIGHT_DAY, SIGHT_TEXT } kind;
	uint8_t scale; /* of low, high and allowed */
	int64_t low, high;
	const int64_t *allowed; /* NULL: any */
	size_t allowed_count;
	size_t word_most; /* bytes of the longest word for nothing or for 0 */
	bool day_first;   /* 15/02/2023, not 2023-02-15 */
};

static const int64_t tens[] = { 1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000,
	1000000000 };

/* ---- what a field takes ---- */

static bool
begins_digit(const char *const *words)
{
	for (; words && *words; words++)
		if (**words >= '0' && **words <= '9')
			return true;
	return false;
}

static size_t
longest(const char *const *words)
{
	size_t most = 0;

	for (; words && *words; words++)
		if (strlen(*words) > most)
			most = strlen(*words);
	return most;
}

/* Bounds and enum as whole numbers at the field's scale; false: they are none. */
static bool
take_numbers(struct glance *g, const struct field *f, struct arena *a)
{
	int64_t *allowed = arena_array(a, f->allowed_count + 1, sizeof(*allowed));

	g->low = INT64_MIN;
	g->high = INT64_MAX;
	if ((f->has_minimum && !decimal_at(&g->low, f->minimum, g->scale)) ||
	    (f->has_maximum && !decimal_at(&g->high, f->maximum, g->scale)))
		return false;
	g->low += f->has_minimum && f->minimum_excluded;
	g->high -= f->has_maximum && f->maximum_excluded;
	for (size_t i = 0; i < f->allowed_count; i++)
		if (f->allowed[i].kind != VALUE_NUMBER ||
		    !decimal_at(&allowed[i], f->allowed[i].number, g->scale))
			return false;
	g->allowed = f->allowed_count ? allowed : NULL;
	g->allowed_count = f->allowed_count;
	return true;
}

static bool
take_day(struct glance *g, const struct field *f)
{
	const char *first = f->date_formats ? f->date_formats[0] : NULL;

	if (!first || f->allowed_count)
		return false;
	g->day_first = strcmp(first, "%d/%m/%Y") == 0;
	return g->day_first || strcmp(first, "%Y-%m-%d") == 0;
}

static void
prepare(struct glance *g, const struct field *f, struct arena *a)
{
	static const int kinds[] = { [FIELD_STRING] = SIGHT_TEXT,
		[FIELD_INTEGER] = SIGHT_WHOLE,
		[FIELD_NUMBER] = SIGHT_AMOUNT,
		[FIELD_BOOLEAN] = SIGHT_NONE,
		[FIELD_DATE] = SIGHT_DAY,
		[FIELD_YEAR] = SIGHT_YEAR,
		[FIELD_ANY] = SIGHT_TEXT };

	g->field = f;
	g->kind = kinds[f->type];
	g->scale = f->type == FIELD_NUMBER && f->has_scale ? f->scale : 0;
	g->word_most = longest(f->missing_values);
	if (longest(f->zero_values) > g->word_most)
		g->word_most = longest(f->zero_values);
	if (f->special || f->codes || f->lookup ||
	    (g->kind != SIGHT_TEXT &&
		(begins_digit(f->missing_values) || begins_digit(f->zero_values))) ||
	    (g->kind == SIGHT_AMOUNT && (!f->has_scale || g->scale >= COUNT(tens))) ||
	    (g->kind >= SIGHT_WHOLE && g->kind <= SIGHT_YEAR && !take_numbers(g, f, a)) ||
	    (g->kind == SIGHT_DAY && !take_day(g, f)))
		g->kind = SIGHT_NONE;
}

const struct glance *
glance_new(struct arena *a, const struct form *f)
{
	struct glance *g = arena_array(a, f->field_count + 1, sizeof(*g));

	for (size_t i = 0; i < f->field_count; i++)
		prepare(&g[i], &f->fields[i], a);
	return g;
}

/* ---- one cell ---- */

/* Digits at the front, at most DIGITS_MOST, the first no zero unless it is alone; 0: none. */
static size_t
take_digits(int64_t *value, struct bytes text)
{
	size_t most = text.len < DIGITS_MOST ? text.len : DIGITS_MOST, n = 0;

	*value = 0;
	while (n < most && (unsigned)(text.at[n] - '0') <= 9)
		*value = *value * 10 + (text.at[n++] - '0');
	return n > 1 && text.at[0] == '0' ? 0 : n;
}

static bool
take_number(struct cell_reading *out, int64_t digits, const struct glance *g)
{
	size_t i = 0;

	if (digits < g->low || digits > g->high)
		return false;
	while (i < g->allowed_count && g->allowed[i] != digits)
		i++;
	if (g->allowed && i == g->allowed_count)
		return false;
	out->value.kind = VALUE_NUMBER;
	out->value.number = (struct decimal){ .digits = digits, .scale = g->scale };
	return true;
}

/* Three places behind a mark may be thousands: not seen at a glance. */
static bool
read_amount(
    struct cell_reading *out, struct bytes text, const struct field *f, const struct glance *g)
{
	int64_t whole, part = 0;
	size_t n = take_digits(&whole, text), places = 0;

	if (n == 0 || n + g->scale > DIGITS_MOST)
		return false;
	if (n < text.len) {
		if (text.at[n] != f->point)
			return false;
		for (places = 0; n + 1 + places < text.len; places++) {
			char c = text.at[n + 1 + places];

			if (c < '0' || c > '9' || places == g->scale)
				return false;
			part = part * 10 + (c - '0');
		}
		if (places == 0 || places == 3)
			return false;
	}
	if (!take_number(out, whole * tens[g->scale] + part * tens[g->scale - places], g))
		return false;
	if (places && out->value.number.digits != 0)
		out->point = f->point;
	return true;
}

/* So many digits from there on; -1: they are none. */
static int
digits_at(struct bytes text, size_t from, size_t count)
{
	int n = 0;

	for (size_t i = from; i < from + count; i++) {
		if (text.at[i] < '0' || text.at[i] > '9')
			return -1;
		n = n * 10 + (text.at[i] - '0');
	}
	return n;
}

static bool
read_day(
    struct cell_reading *out, struct bytes text, const struct field *f, const struct glance *g)
{
	int year, month, day;
	struct date date;

	if (text.len != 10 || text.at[g->day_first ? 2 : 4] != (g->day_first ? '/' : '-') ||
	    text.at[g->day_first ? 5 : 7] != (g->day_first ? '/' : '-'))
		return false;
	year = digits_at(text, g->day_first ? 6 : 0, 4);
	month = digits_at(text, g->day_first ? 3 : 5, 2);
	day = digits_at(text, g->day_first ? 0 : 8, 2);
	if (year < 1900 || year > 2100 || month < 1 || day < 1)
		return false;
	date = (struct date){
		.year = (int16_t)year, .month = (uint8_t)month, .day = (uint8_t)day
	};
	if ((day > 28 && !date_valid(date)) || month > 12)
		return false;
	out->value.kind = VALUE_DATE;
	out->value.date = date;
	return (!f->has_minimum && !f->has_maximum) ||
	    value_check(&out->value, f) == FAULT_NONE;
}

/* Is it certainly no blank, nor half of one? The letters of Vietnamese are not. */
static bool
is_solid(const char *at, size_t len)
{
	unsigned char c = (unsigned char)at[0], second = len > 1 ? (unsigned char)at[1] : 0;

	return (c > ' ' && c < 0x7F) || (c >= 0xC3 && c <= 0xC6) ||
	    (c == 0xE1 && (second == 0xBA || second == 0xBB));
}

static bool
ends_solid(struct bytes text)
{
	size_t last = text.len - 1;

	while (last > 0 && ((unsigned char)text.at[last] & 0xC0) == 0x80)
		last--;
	return is_solid(text.at + last, text.len - last);
}

static bool
is_allowed(struct bytes text, const struct field *f)
{
	for (size_t i = 0; i < f->allowed_count; i++)
		if (f->allowed[i].kind == VALUE_TEXT && bytes_equal(f->allowed[i].text, text))
			return true;
	return f->allowed_count == 0;
}

static bool
read_text(
    struct cell_reading *out, struct bytes text, const struct field *f, const struct glance *g)
{
	/* Errors of formulas begin with '#', signs for nothing with one of the others. */
	if (!is_solid(text.at, text.len) || !ends_solid(text) || text.at[0] == '#' ||
	    text.at[0] == '-' || text.at[0] == '.' ||
	    (text.len <= g->word_most &&
		(bytes_among(text, f->missing_values) || bytes_among(text, f->zero_values))))
		return false;
	if (f->has_min_length && text_length(text) < f->min_length)
		return false;
	/* No more bytes, no more characters. */
	if (f->has_max_length && text.len > f->max_length && text_length(text) > f->max_length)
		return false;
	if (!is_allowed(text, f) ||
	    (f->pattern && pattern_try(f->pattern, text) != PATTERN_YES))
		return false;
	out->value.kind = VALUE_TEXT;
	out->value.text = text;
	return true;
}

bool
glance_read(struct cell_reading *out, struct bytes text, int field, const struct glance *all,
    bool clear)
{
	const struct glance *g = &all[field];
	const struct field *f = g->field;
	int64_t digits;

	*out = (struct cell_reading){ 0 };
	if (text.len == 0)
		return false;
	switch (g->kind) {
	case SIGHT_NONE:
		return false;
	case SIGHT_WHOLE:
		return take_digits(&digits, text) == text.len && take_number(out, digits, g);
	case SIGHT_YEAR:
		return text.len == 4 && take_digits(&digits, text) == 4 &&
		    take_number(out, digits, g);
	case SIGHT_AMOUNT:
		return read_amount(out, text, f, g);
	case SIGHT_DAY:
		return read_day(out, text, f, g);
	case SIGHT_TEXT:
		return clear && read_text(out, text, f, g);
	}
	return false;
}
