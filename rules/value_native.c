/* Why: a workbook knows what its cells are, and what a spreadsheet made of what was typed must
 * be told where it is not what the form asks for. */
#include <stdlib.h>

#include "base/text.h"
#include "rules/value_int.h"

/* The day of "2023-12-31" or "2023-12-31T08:30:00". */
static bool
day_of(struct date *out, struct bytes text)
{
	return date_read(out, bytes_slice(text, 0, 10), "%Y-%m-%d");
}

static bool
is_midnight(struct bytes text)
{
	return text.len <= 10 ||
	    bytes_starts(bytes_slice(text, 11, text.len), BYTES("00:00:00"));
}

/* Of Excel's own text: "2023-12-31T08:30:00" is shown as 31/12/2023 08:30. */
static struct bytes
day_shown(struct arena *a, struct bytes text)
{
	struct bytes clock = bytes_slice(text, 11, 5);
	struct date day;

	if (!day_of(&day, text))
		return text;
	return bytes_of(arena_printf(a, "%02u/%02u/%04d%s%.*s", day.day, day.month, day.year,
	    is_midnight(text) ? "" : " ", is_midnight(text) ? 0 : (int)clock.len,
	    clock.at ? clock.at : ""));
}

static bool
times_hundred(struct decimal *d)
{
	if (d->scale >= 2) {
		d->scale = (uint8_t)(d->scale - 2);
		return true;
	}
	for (; d->scale < 2; d->scale++) {
		if (d->digits > INT64_MAX / 10 || d->digits < INT64_MIN / 10)
			return false;
		d->digits *= 10;
	}
	d->scale = 0;
	return true;
}

/* Fifteen digits, as the spreadsheet shows them: what is beyond is the double's noise. */
static struct decimal
without_noise(struct decimal d)
{
	int64_t size = d.digits < 0 ? -d.digits : d.digits;

	while (size > INT64_C(999999999999999) && d.scale > 0) {
		bool last = size / 10 <= INT64_C(999999999999999);

		size = (size + (last ? 5 : 0)) / 10;
		d.scale--;
	}
	d.digits = d.digits < 0 ? -size : size;
	for (; d.scale > 0 && d.digits % 10 == 0; d.scale--)
		d.digits /= 10;
	return d;
}

struct bytes
value_shown(struct arena *a, struct bytes text, enum native native)
{
	struct decimal d;
	char shown[40];

	switch (native) {
	case NATIVE_NUMBER:
	case NATIVE_PERCENT:
		if (!decimal_read_double(&d, text) ||
		    (native == NATIVE_PERCENT && !times_hundred(&d)))
			return text;
		decimal_write(shown, without_noise(d), ',', '\0');
		return bytes_of(
		    arena_printf(a, "%s%s", shown, native == NATIVE_PERCENT ? "%" : ""));
	case NATIVE_DATE:
		return day_shown(a, text);
	case NATIVE_TIME:
		return bytes_slice(text, 0, 5);
	case NATIVE_BOOLEAN:
		return bytes_equal(text, BYTES("true")) ? BYTES("TRUE") : BYTES("FALSE");
	default:
		return text;
	}
}

/* ---- a clerk's workbook ---- */

static bool
is_number(const struct field *f)
{
	return f->type == FIELD_INTEGER || f->type == FIELD_NUMBER;
}

/* Text, and of no list: whatever the cell is, it can be written down. */
static bool
is_free_text(const struct field *f)
{
	return (f->type == FIELD_STRING || f->type == FIELD_ANY) && !f->codes && !f->lookup;
}

static void
read_number(struct cell_reading *out, struct bytes text, const struct field *f, bool percent)
{
	struct decimal d;
	int64_t digits;

	if (!decimal_read_double(&d, text) || (percent && !times_hundred(&d))) {
		out->fault = FAULT_LARGE;
		return;
	}
	if (f->has_scale && decimal_near(&digits, d, f->scale))
		d = (struct decimal){ .digits = digits, .scale = f->scale };
	else
		d = without_noise(d);
	if (f->type == FIELD_INTEGER && d.scale > 0)
		out->fault = FAULT_TYPE;
	else
		out->value = (struct value){ .kind = VALUE_NUMBER, .number = d };
}

static bool
read_typed_number(struct cell_reading *out, struct bytes text, const struct field *f)
{
	size_t whole;

	if (is_number(f)) {
		read_number(out, text, f, false);
		return true;
	}
	if (f->type == FIELD_DATE) {
		/* 45291.5 is noon of that day. */
		whole = bytes_find(text, BYTES("."));
		if (!date_read_serial(out, bytes_slice(text, 0, whole)))
			out->fault = FAULT_TYPE;
		return true;
	}
	return false;
}

static bool
read_typed_day(struct cell_reading *out, struct bytes *text, const struct field *f,
    const struct cell_context *c)
{
	struct date day;

	if (!day_of(&day, *text)) {
		out->fault = FAULT_TYPE;
		return true;
	}
	if (f->type == FIELD_DATE) {
		out->value = (struct value){ .kind = VALUE_DATE, .date = day };
		return true;
	}
	/* A 2023 that was typed under a date's format became a day of 1905. */
	if (f->type == FIELD_YEAR && day.year >= 1950 && day.year <= 2099) {
		out->value =
		    (struct value){ .kind = VALUE_NUMBER, .number = { .digits = day.year } };
		out->remark = REMARK_YEAR;
		return true;
	}
	if (f->type == FIELD_BOOLEAN || !is_free_text(f)) {
		out->fault = FAULT_BECAME_DATE;
		return true;
	}
	*text = value_shown(c->arena, *text, NATIVE_DATE);
	return false;
}

bool
native_read(struct cell_reading *out, struct bytes *text, enum native native,
    const struct field *f, const struct cell_context *c)
{
	switch (native) {
	case NATIVE_NUMBER:
		return read_typed_number(out, *text, f);
	case NATIVE_PERCENT:
		if (is_number(f) && f->percent)
			read_number(out, *text, f, true);
		else if (!is_free_text(f))
			out->fault = FAULT_PERCENT;
		else
			*text = value_shown(c->arena, *text, native);
		return !is_free_text(f);
	case NATIVE_DATE:
		return read_typed_day(out, text, f, c);
	case NATIVE_TIME:
		if (!is_free_text(f))
			out->fault = FAULT_BECAME_TIME;
		*text = value_shown(c->arena, *text, native);
		return !is_free_text(f);
	case NATIVE_BOOLEAN:
		if (f->type == FIELD_BOOLEAN)
			out->value = (struct value){ .kind = VALUE_BOOLEAN,
				.flag = bytes_equal(*text, BYTES("true")) };
		*text = value_shown(c->arena, *text, native);
		return f->type == FIELD_BOOLEAN;
	case NATIVE_ERROR:
		out->fault = FAULT_FORMULA;
		return true;
	case NATIVE_UNCALCULATED:
		out->fault = FAULT_UNCALCULATED;
		return true;
	case NATIVE_COVERED:
		/* A name over several rows is the name of each; a figure would count in each.
		 */
		if (text->len && f->type != FIELD_STRING && f->type != FIELD_ANY)
			out->fault = FAULT_COVERED;
		return out->fault != FAULT_NONE;
	default:
		return false;
	}
}

/* ---- any workbook and any schema, as Frictionless reads them ---- */

static bool
plain_number(struct cell_reading *out, struct bytes text, const struct field *f)
{
	struct decimal d;
	int64_t whole;

	if (f->type == FIELD_YEAR) {
		if (!decimal_read_double(&d, text) || !decimal_at(&whole, d, 0) || whole < 0 ||
		    whole > 9999)
			return false;
		d = (struct decimal){ .digits = whole };
	} else if (decimal_read_double(&d, text)) {
		if (f->type == FIELD_INTEGER && d.scale > 0)
			return false;
	} else {
		char copy[64];

		if (text.len >= sizeof(copy))
			return false;
		memcpy(copy, text.at, text.len);
		copy[text.len] = '\0';
		out->value = (struct value){ .kind = VALUE_REAL, .real = strtod(copy, NULL) };
		return true;
	}
	out->value = (struct value){ .kind = VALUE_NUMBER, .number = d };
	return true;
}

static bool
plain_takes(
    struct cell_reading *out, struct bytes text, enum native native, const struct field *f)
{
	if (f->special)
		return f->special->read_native &&
		    f->special->read_native(&out->value, text, native);
	switch (f->type) {
	case FIELD_ANY:
		out->value = (struct value){ .kind = VALUE_TEXT, .text = text };
		return true;
	case FIELD_INTEGER:
	case FIELD_NUMBER:
	case FIELD_YEAR:
		return (native == NATIVE_NUMBER || native == NATIVE_PERCENT) &&
		    plain_number(out, text, f);
	case FIELD_BOOLEAN:
		out->value = (struct value){ .kind = VALUE_BOOLEAN,
			.flag = bytes_equal(text, BYTES("true")) };
		return native == NATIVE_BOOLEAN;
	case FIELD_DATE:
		out->value = (struct value){ .kind = VALUE_DATE };
		return native == NATIVE_DATE && is_midnight(text) &&
		    day_of(&out->value.date, text);
	case FIELD_STRING:
		break;
	}
	return false;
}

bool
native_read_plain(
    struct cell_reading *out, struct bytes *text, enum native native, const struct field *f)
{
	switch (native) {
	case NATIVE_TEXT:
	case NATIVE_ERROR: /* the spreadsheet's own text for it */
		return false;
	case NATIVE_COVERED: /* it only shows another's */
		return true;
	default:
		/* One that is not there, or was never calculated, has no value. */
		if (text->len && !plain_takes(out, *text, native, f))
			out->fault = FAULT_TYPE;
		return true;
	}
}
