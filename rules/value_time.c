/* Why: times and durations have an order, and one can be written in several ways: bounds and
 * keys need what is meant. */
#include <stdlib.h>

#include "rules/value_int.h"
#include "rules/value_moment.h"

#define MICRO INT64_C(1000000)
/* 280,000 years in microseconds fit 64 bits; longer is no duration of a table. */
#define MOST_S      INT64_C(8000000000000)
#define MOST_MONTHS INT64_C(100000000)

static bool
is_default(const char *format)
{
	return !format || !*format || strcmp(format, "default") == 0;
}

static bool
is_any(const char *format)
{
	return format && strcmp(format, "any") == 0;
}

static bool
match_whole(struct moment *out, struct bytes text, const char *pattern)
{
	return moment_match(out, &text, pattern) && text.len == 0;
}

static bool
take_moment(struct value *out, struct bytes text, const struct moment *m)
{
	*out = (struct value){
		.kind = VALUE_MOMENT, .number = { .digits = moment_us(m) }, .text = text
	};
	return true;
}

bool
date_read_pattern(struct value *out, struct bytes text, const struct field *f, struct arena *a)
{
	struct moment m;

	(void)a;
	if (!(is_any(f->format) ? moment_read_any(&m, text) : match_whole(&m, text, f->format)))
		return false;
	*out = (struct value){ .kind = VALUE_DATE, .date = m.day };
	return true;
}

bool
datetime_read(struct value *out, struct bytes text, const struct field *f, struct arena *a)
{
	struct moment m;
	bool good;

	(void)a;
	if (is_default(f->format))
		good = moment_read_iso(&m, text);
	else if (is_any(f->format))
		good = moment_read_iso(&m, text) || moment_read_any(&m, text);
	else
		good = match_whole(&m, text, f->format);
	return good && take_moment(out, text, &m);
}

bool
time_read(struct value *out, struct bytes text, const struct field *f, struct arena *a)
{
	struct moment m;
	bool good;

	(void)a;
	if (is_default(f->format))
		good = moment_read_clock(&m, text);
	else if (is_any(f->format))
		good = moment_read_any_clock(&m, text);
	else
		good = match_whole(&m, text, f->format);
	m.day = (struct date){ .year = 1970, .month = 1, .day = 1 };
	return good && take_moment(out, text, &m);
}

bool
yearmonth_read(struct value *out, struct bytes text, const struct field *f, struct arena *a)
{
	struct moment m;

	(void)f;
	(void)a;
	if (text.len != 7 || !match_whole(&m, text, "%Y-%m"))
		return false;
	*out = (struct value){ .kind = VALUE_MOMENT,
		.number = { .digits = m.day.year * 12 + m.day.month - 1 },
		.text = text };
	return true;
}

/* ---- what a workbook knows to be a day or a time ---- */

bool
date_read_native(struct value *out, struct bytes text, enum native native)
{
	struct bytes clock = bytes_slice(text, 11, text.len);

	*out = (struct value){ .kind = VALUE_DATE };
	return native == NATIVE_DATE &&
	    (clock.len == 0 || bytes_starts(clock, BYTES("00:00:00"))) &&
	    date_read(&out->date, bytes_slice(text, 0, 10), "%Y-%m-%d");
}

bool
datetime_read_native(struct value *out, struct bytes text, enum native native)
{
	struct moment m;

	return native == NATIVE_DATE &&
	    (match_whole(&m, text, "%Y-%m-%d") || moment_read_iso(&m, text)) &&
	    take_moment(out, text, &m);
}

bool
time_read_native(struct value *out, struct bytes text, enum native native)
{
	struct moment m;

	return native == NATIVE_TIME && moment_read_clock(&m, text) &&
	    take_moment(out, text, &m);
}

/* ---- durations ---- */

/* "12", "1.5" (a comma is ISO 8601's, too): whole, and millionths. */
static bool
take_amount(int64_t *whole, int64_t *millionths, struct bytes *text)
{
	size_t i = 0, places = 0;

	*whole = *millionths = 0;
	for (; i < text->len && text->at[i] >= '0' && text->at[i] <= '9'; i++) {
		if (i == 15)
			return false;
		*whole = *whole * 10 + (text->at[i] - '0');
	}
	if (i == 0)
		return false;
	if (i < text->len && (text->at[i] == '.' || text->at[i] == ',')) {
		for (i++; i < text->len && text->at[i] >= '0' && text->at[i] <= '9'; i++)
			if (places++ < 6)
				*millionths = *millionths * 10 + (text->at[i] - '0');
		if (places == 0)
			return false;
		for (; places < 6; places++)
			*millionths *= 10;
	}
	*text = bytes_slice(*text, i, text->len);
	return true;
}

/* Adds so many of the unit; false: too long, or a fraction of a month. */
static bool
add_part(struct value *out, char unit, bool in_time, int64_t whole, int64_t millionths)
{
	int64_t seconds = unit == 'W' ? 7 * 86400
	    : unit == 'D'             ? 86400
	    : unit == 'H'             ? 3600
	    : unit == 'M' && in_time  ? 60
	    : unit == 'S'             ? 1
				      : 0;

	if (seconds == 0) {
		int64_t months = unit == 'Y' ? 12 : 1;

		if (whole > MOST_MONTHS || millionths * months % MICRO != 0)
			return false;
		out->months += whole * months + millionths * months / MICRO;
		return out->months <= MOST_MONTHS;
	}
	if (whole > MOST_S / seconds)
		return false;
	out->number.digits += whole * seconds * MICRO + millionths * seconds;
	return out->number.digits <= MOST_S * MICRO;
}

static bool
take_parts(struct value *out, struct bytes text)
{
	const char *place = "YMWD";
	bool in_time = false, fraction = false;

	while (text.len) {
		int64_t whole, millionths;

		if (text.at[0] == 'T' && !in_time) {
			in_time = true;
			place = "HMS";
			text = bytes_slice(text, 1, text.len);
			if (text.len == 0)
				return false;
			continue;
		}
		/* Only the last part may have a fraction (ISO 8601-1 §5.5.2.4). */
		if (fraction || !take_amount(&whole, &millionths, &text) || text.len == 0)
			return false;
		fraction = millionths != 0;
		place = text.at[0] ? strchr(place, text.at[0]) : NULL;
		if (!place || !add_part(out, *place, in_time, whole, millionths))
			return false;
		place++;
		text = bytes_slice(text, 1, text.len);
	}
	return true;
}

/* "P1Y2M3DT4H5M6.7S", as XML Schema writes it; weeks, too, as ISO 8601 and Frictionless do. */
bool
duration_read(struct value *out, struct bytes text, const struct field *f, struct arena *a)
{
	bool minus = bytes_starts(text, BYTES("-"));
	struct bytes rest =
	    minus || bytes_starts(text, BYTES("+")) ? bytes_slice(text, 1, text.len) : text;

	(void)f;
	(void)a;
	*out = (struct value){ .kind = VALUE_DURATION, .text = text };
	if (rest.len < 3 || rest.at[0] != 'P' ||
	    !take_parts(out, bytes_slice(rest, 1, rest.len)))
		return false;
	if (minus) {
		out->months = -out->months;
		out->number.digits = -out->number.digits;
	}
	return true;
}

/* The end of a duration that begins with a month, in whole seconds since 1970. */
static int64_t
after(int year, int month, const struct value *v)
{
	int64_t months = (int64_t)year * 12 + month - 1 + v->months;
	int64_t era =
	    months / 4800; /* the calendar is the same every 400 years: 146,097 days */
	int64_t in_era = months % 4800;
	struct date day;

	if (in_era < 0) {
		in_era += 4800;
		era--;
	}
	day = (struct date){
		.year = (int16_t)(in_era / 12), .month = (uint8_t)(in_era % 12 + 1), .day = 1
	};
	return (date_days(day) + era * 146097) * 86400 + v->number.digits / MICRO;
}

/*
 * A month may be shorter than 30 days or longer. One duration is less than another when it
 * never ends later, and sometimes earlier, from four days that show all differences (XML Schema
 * 1.0 part 2 §3.2.6.2, which wants "always earlier"): 31 days are no less than a month.
 */
static int
order_durations(const struct value *a, const struct value *b)
{
	static const int from[][2] = { { 1696, 9 }, { 1697, 2 }, { 1903, 3 }, { 1903, 7 } };
	int order = 0;

	for (size_t i = 0; i < COUNT(from); i++) {
		int64_t x = after(from[i][0], from[i][1], a);
		int64_t y = after(from[i][0], from[i][1], b);
		int64_t fine = a->number.digits % MICRO - b->number.digits % MICRO;
		int one = x != y ? (x < y ? -1 : 1) : fine != 0 ? (fine < 0 ? -1 : 1) : 0;

		if (one * order < 0)
			return 2;
		if (one != 0)
			order = one;
	}
	return order;
}

int
value_order(const struct value *a, const struct value *b)
{
	if (a->kind != b->kind)
		return 2;
	if (a->kind == VALUE_DURATION)
		return order_durations(a, b);
	if (a->kind == VALUE_DATE)
		return date_compare(a->date, b->date);
	if (a->kind == VALUE_NUMBER || a->kind == VALUE_MOMENT)
		return decimal_compare(a->number, b->number);
	return 2;
}
