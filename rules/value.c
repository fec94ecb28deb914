/* Why: a cell is text until its field says what it means, and a wrong one must be told, never
 * guessed. */
#include "rules/value.h"

#include <math.h>

#include "base/text.h"
#include "rules/codelist.h"
#include "rules/lookup.h"
#include "rules/lost.h"
#include "rules/pattern.h"

/* Doubles are exact so far; the bench and SQL keep numbers as doubles. */
#define EXACT_MOST INT64_C(999999999999999)

static bool
is_one_of(struct bytes text, const char *const *list)
{
	for (; list && *list; list++)
		if (bytes_equal(text, bytes_of(*list)))
			return true;
	return false;
}

static bool
is_formula_error(struct bytes text)
{
	static const char *const errors[] = { "#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?",
		"#NUM!", "#NULL!", "#SPILL!", "#CALC!", NULL };

	return text.len > 3 && text.at[0] == '#' && is_one_of(text, errors);
}

static bool
read_boolean(struct value *out, struct bytes text, const struct field *f, bool lenient)
{
	*out = (struct value){ .kind = VALUE_BOOLEAN, .flag = is_one_of(text, f->true_values) };
	if (out->flag || is_one_of(text, f->false_values))
		return true;
	if (!lenient)
		return false;
	for (const char *const *t = f->true_values; t && *t; t++)
		if (bytes_equal_fold(text, bytes_of(*t)))
			return out->flag = true;
	for (const char *const *t = f->false_values; t && *t; t++)
		if (bytes_equal_fold(text, bytes_of(*t)))
			return true;
	return false;
}

static bool
read_date(struct value *out, struct bytes text, const struct field *f)
{
	*out = (struct value){ .kind = VALUE_DATE };
	for (const char *const *format = f->date_formats; format && *format; format++)
		if (date_read(&out->date, text, *format))
			return true;
	return false;
}

static bool
read_year(struct value *out, struct bytes text)
{
	*out = (struct value){ .kind = VALUE_NUMBER };
	if (text.len != 4)
		return false;
	for (size_t i = 0; i < 4; i++) {
		if (text.at[i] < '0' || text.at[i] > '9')
			return false;
		out->number.digits = out->number.digits * 10 + (text.at[i] - '0');
	}
	return true;
}

static bool
read_type(struct cell_reading *out, struct bytes text, const struct field *f, bool lenient)
{
	if (f->checker) {
		out->value = (struct value){ .kind = VALUE_TEXT, .text = text };
		return f->checker(text, f->format);
	}
	switch (f->type) {
	case FIELD_INTEGER:
	case FIELD_NUMBER:
		return value_number_read(&out->value, &out->remark, text, f, lenient);
	case FIELD_BOOLEAN:
		return read_boolean(&out->value, text, f, lenient);
	case FIELD_DATE:
		return read_date(&out->value, text, f);
	case FIELD_YEAR:
		return read_year(&out->value, text);
	case FIELD_STRING:
	case FIELD_ANY:
		break;
	}
	out->value = (struct value){ .kind = VALUE_TEXT, .text = text };
	return true;
}

static enum fault
read_code(
    struct bytes *out, struct bytes text, const struct field *f, const struct cell_context *c)
{
	static const enum fault faults[] = { [CODE_FOUND] = FAULT_NONE,
		[CODE_UNKNOWN] = FAULT_CODE,
		[CODE_ENDED] = FAULT_CODE_ENDED,
		[CODE_NOT_YET] = FAULT_CODE_NOT_YET };
	struct date first = f->expired ? (struct date){ 0 } : period_first(c->period);
	const struct code *code = NULL;
	enum code_found found =
	    codelist_find(&code, c->arena, f->codes, text, first, period_last(c->period));

	if (found == CODE_FOUND)
		*out = bytes_of(code->code);
	return faults[found];
}

static enum fault
read_codes(struct cell_reading *out, struct bytes text, const struct field *f,
    const struct cell_context *c)
{
	AUTO(buf_free) struct buf joined = { 0 };
	struct bytes rest = text, piece, code = { 0 };
	enum fault fault;

	if (!f->many) {
		fault = read_code(&code, text, f, c);
		if (fault == FAULT_NONE)
			out->value = (struct value){ .kind = VALUE_TEXT, .text = code };
		return fault;
	}
	while (bytes_cut(&piece, &rest, f->many)) {
		piece = text_trim(piece);
		if (piece.len == 0)
			continue;
		fault = read_code(&code, piece, f, c);
		if (fault) {
			out->detail = arena_text(c->arena, piece);
			return fault;
		}
		if (joined.len)
			buf_char(&joined, f->many);
		buf_add(&joined, code);
	}
	out->value = (struct value){ .kind = VALUE_TEXT,
		.text = arena_bytes(c->arena, buf_bytes(&joined)) };
	return FAULT_NONE;
}

static enum fault
read_lookup(struct cell_reading *out, struct bytes text, const struct field *f,
    const struct cell_context *c)
{
	static const enum fault faults[] = { [LOOKUP_FOUND] = FAULT_NONE,
		[LOOKUP_UNKNOWN] = FAULT_LOOKUP,
		[LOOKUP_ENDED] = FAULT_LOOKUP_ENDED,
		[LOOKUP_FOREIGN] = FAULT_LOOKUP_FOREIGN,
		[LOOKUP_AMBIGUOUS] = FAULT_LOOKUP_AMBIGUOUS };
	static const enum remark remarks[] = {
		[WAY_CODE] = REMARK_NONE, [WAY_PADDED] = REMARK_PADDED, [WAY_NAME] = REMARK_NAME
	};
	enum lookup_way way;
	const char *code;
	enum lookup_result found;

	found = lookup_find(
	    &code, &way, c->arena, f->lookup, text, c->unit, period_last(c->period));
	if (found == LOOKUP_FOUND) {
		out->value = (struct value){ .kind = VALUE_TEXT, .text = bytes_of(code) };
		out->remark = remarks[way];
	}
	return faults[found];
}

/* -1, 0, 1 by the bound's type; NaN is outside of every bound. */
static bool
below(const struct value *v, struct decimal bound, bool equal_too)
{
	if (v->kind == VALUE_REAL) {
		double limit = decimal_double(bound);

		return isnan(v->real) || v->real < limit || (equal_too && v->real <= limit);
	}
	return decimal_compare(v->number, bound) < (equal_too ? 1 : 0);
}

static bool
above(const struct value *v, struct decimal bound, bool equal_too)
{
	if (v->kind == VALUE_REAL) {
		double limit = decimal_double(bound);

		return isnan(v->real) || v->real > limit || (equal_too && v->real >= limit);
	}
	return decimal_compare(v->number, bound) > (equal_too ? -1 : 0);
}

static enum fault
check_bounds(const struct value *v, const struct field *f)
{
	bool number = v->kind == VALUE_NUMBER || v->kind == VALUE_REAL;

	if (f->has_minimum &&
	    (number ? below(v, f->minimum, f->minimum_excluded)
		    : v->kind == VALUE_DATE &&
			date_compare(v->date, f->date_minimum) < (f->minimum_excluded ? 1 : 0)))
		return FAULT_MINIMUM;
	if (f->has_maximum &&
	    (number ? above(v, f->maximum, f->maximum_excluded)
		    : v->kind == VALUE_DATE &&
			date_compare(v->date, f->date_maximum) >
			    (f->maximum_excluded ? -1 : 0)))
		return FAULT_MAXIMUM;
	return FAULT_NONE;
}

static enum fault
check_text(const struct value *v, const struct field *f)
{
	size_t length = f->has_min_length || f->has_max_length ? text_length(v->text) : 0;

	if (f->has_min_length && length < f->min_length)
		return FAULT_SHORT;
	if (f->has_max_length && length > f->max_length)
		return FAULT_LONG;
	/* A pattern that needs too much work lets nothing pass that it has not matched. */
	if (f->pattern && pattern_try(f->pattern, v->text) != PATTERN_YES)
		return FAULT_PATTERN;
	return FAULT_NONE;
}

bool
value_equal(const struct value *a, const struct value *b)
{
	if ((a->kind == VALUE_REAL || b->kind == VALUE_REAL) && a->kind != VALUE_TEXT &&
	    b->kind != VALUE_TEXT) {
		double x = a->kind == VALUE_REAL ? a->real : decimal_double(a->number);
		double y = b->kind == VALUE_REAL ? b->real : decimal_double(b->number);

		return x <= y && x >= y;
	}
	if (a->kind != b->kind)
		return false;
	switch (a->kind) {
	case VALUE_EMPTY:
	case VALUE_REAL:
		return true;
	case VALUE_BOOLEAN:
		return a->flag == b->flag;
	case VALUE_NUMBER:
		return decimal_compare(a->number, b->number) == 0;
	case VALUE_DATE:
		return date_compare(a->date, b->date) == 0;
	case VALUE_TEXT:
		return bytes_equal(a->text, b->text);
	}
	return false;
}

static enum fault
check(const struct value *v, const struct field *f)
{
	enum fault fault = check_bounds(v, f);
	size_t i = 0;

	if (fault == FAULT_NONE && v->kind == VALUE_TEXT)
		fault = check_text(v, f);
	if (fault != FAULT_NONE || f->allowed_count == 0)
		return fault;
	while (i < f->allowed_count && !value_equal(v, &f->allowed[i]))
		i++;
	return i < f->allowed_count ? FAULT_NONE : FAULT_ENUM;
}

/* The digits a field keeps; a number of a clerk's table must fit a double, as rules compute
 * with doubles. */
static enum fault
check_digits(struct value *v, const struct field *f)
{
	int64_t digits;

	if (v->kind != VALUE_NUMBER || f->type == FIELD_YEAR)
		return FAULT_NONE;
	if (f->has_scale) {
		if (!decimal_at(&digits, v->number, f->scale))
			return v->number.scale > f->scale ? FAULT_SCALE : FAULT_LARGE;
		v->number = (struct decimal){ .digits = digits, .scale = f->scale };
	}
	return v->number.digits > EXACT_MOST || v->number.digits < -EXACT_MOST ? FAULT_LARGE
									       : FAULT_NONE;
}

static void
read_lenient(struct cell_reading *out, struct bytes text, const struct field *f,
    const struct cell_context *c)
{
	if (is_formula_error(text)) {
		out->fault = FAULT_FORMULA;
	} else if (is_one_of(text, f->zero_values)) {
		out->value = (struct value){ .kind = VALUE_NUMBER };
		out->fault = check_digits(&out->value, f);
	} else if (f->codes) {
		out->fault = read_codes(out, text, f, c);
	} else if (f->lookup) {
		out->fault = read_lookup(out, text, f, c);
	} else if (!read_type(out, text, f, true)) {
		out->fault = FAULT_TYPE;
	} else {
		out->fault = check_digits(&out->value, f);
	}
	if (out->fault != FAULT_FORMULA &&
	    (out->fault != FAULT_NONE || out->value.kind == VALUE_TEXT) &&
	    lost_letters(c->lost, text))
		out->fault = FAULT_LOST_LETTERS;
}

void
value_read(struct cell_reading *out, struct bytes text, const struct field *f,
    const struct cell_context *c)
{
	*out = (struct cell_reading){ 0 };
	if (c->lenient) {
		text = text_trim(text);
		if (text.len == 0 && f->fallback)
			text = bytes_of(f->fallback);
		if (text.len == 0)
			return;
	}
	if (is_one_of(text, f->missing_values))
		return;
	if (c->lenient)
		read_lenient(out, text, f, c);
	else if (!read_type(out, text, f, false))
		out->fault = FAULT_TYPE;
	if (out->fault != FAULT_NONE)
		out->value = (struct value){ 0 };
	else if (out->value.kind != VALUE_EMPTY)
		out->fault = check(&out->value, f);
}

void
value_key(struct buf *out, const struct value *v)
{
	struct decimal n = v->number;

	buf_char(out, (char)('0' + (v->kind == VALUE_REAL ? VALUE_NUMBER : v->kind)));
	switch (v->kind) {
	case VALUE_EMPTY:
		break;
	case VALUE_BOOLEAN:
		buf_char(out, v->flag ? '1' : '0');
		break;
	case VALUE_NUMBER:
		while (n.scale > 0 && n.digits % 10 == 0) {
			n.digits /= 10;
			n.scale--;
		}
		buf_printf(out, "%lld/%u", (long long)n.digits, n.scale);
		break;
	case VALUE_REAL:
		buf_printf(out, "%a", v->real);
		break;
	case VALUE_DATE:
		buf_printf(out, "%d-%u-%u", v->date.year, v->date.month, v->date.day);
		break;
	case VALUE_TEXT:
		buf_add(out, v->text);
		break;
	}
	buf_char(out, '\0');
}
