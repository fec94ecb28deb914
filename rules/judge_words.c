/* Why: numbers, days and lists are written in findings as people write them, in either
 * language.
 */
#include "base/buf.h"
#include "rules/codelist.h"
#include "rules/judge_int.h"

struct words
judge_number_words(struct arena *a, struct decimal d)
{
	int64_t whole;
	bool grouped;
	char vi[40], en[40];

	if (decimal_at(&whole, d, 0)) /* 3,00 is 3 */
		d = (struct decimal){ .digits = whole };
	/* Four digits need no marks and may be a year. */
	grouped = decimal_compare(d, (struct decimal){ .digits = 10000 }) >= 0 ||
	    decimal_compare(d, (struct decimal){ .digits = -10000 }) <= 0;
	decimal_write(vi, d, ',', grouped ? '.' : '\0');
	decimal_write(en, d, '.', grouped ? ',' : '\0');
	return (
	    struct words){ .in = { arena_text(a, bytes_of(vi)), arena_text(a, bytes_of(en)) } };
}

struct words
judge_day_words(struct arena *a, struct date d)
{
	char iso[16];

	if (d.year == 0)
		return (struct words){ .in = { "", "" } };
	date_write(iso, d);
	return (
	    struct words){ .in = { arena_printf(a, "%02u/%02u/%04d", d.day, d.month, d.year),
			       arena_text(a, bytes_of(iso)) } };
}

struct words
judge_unit_words(const struct unit *u)
{
	return u ? u->name : (struct words){ .in = { "?", "?" } };
}

struct words
judge_value_words(struct arena *a, const struct value *v, const struct field *f)
{
	struct words w = { .in = { "", "" } };

	switch (v->kind) {
	case VALUE_EMPTY:
		return w;
	case VALUE_BOOLEAN:
		return v->flag ? (struct words){ .in = { "Có", "yes" } }
			       : (struct words){ .in = { "Không", "no" } };
	case VALUE_NUMBER:
		return judge_number_words(a, v->number);
	case VALUE_REAL:
		w.in[LANGUAGE_VI] = w.in[LANGUAGE_EN] = arena_printf(a, "%g", v->real);
		return w;
	case VALUE_DATE:
		return judge_day_words(a, v->date);
	case VALUE_TEXT:
	case VALUE_MOMENT:
	case VALUE_DURATION:
	case VALUE_ITEMS:
		break;
	}
	for (enum language l = 0; l < LANGUAGES; l++) {
		w.in[l] = f->codes ? codelist_title(f->codes, v->text, l) : NULL;
		if (!w.in[l])
			w.in[l] = findings_value(a, v->text);
	}
	return w;
}

/* The first titles of the list that are valid in the period, enough to see what is meant. */
static struct words
allowed_codes(struct judge *j, const struct field *f)
{
	struct date first = period_first(j->period), last = period_last(j->period);
	struct words w;

	for (enum language l = 0; l < LANGUAGES; l++) {
		AUTO(buf_free) struct buf list = { 0 };
		size_t shown = 0;

		for (size_t i = 0; i < f->codes->count; i++) {
			const struct code *c = &f->codes->codes[i];

			if ((first.year && c->valid_to.year &&
				date_compare(c->valid_to, first) < 0) ||
			    (last.year && c->valid_from.year &&
				date_compare(last, c->valid_from) < 0))
				continue;
			if (shown++ == 12) {
				buf_text(&list, "; …");
				break;
			}
			buf_printf(&list, "%s%s", shown > 1 ? "; " : "", words_in(c->title, l));
		}
		w.in[l] = arena_text(j->arena, buf_bytes(&list));
	}
	return w;
}

struct words
judge_allowed_words(struct judge *j, const struct field *f)
{
	struct words w;

	if (f->codes)
		return allowed_codes(j, f);
	for (enum language l = 0; l < LANGUAGES; l++) {
		AUTO(buf_free) struct buf list = { 0 };

		for (size_t i = 0; i < f->allowed_count && i < 12; i++) {
			struct words one = judge_value_words(j->arena, &f->allowed[i], f);
			const char *label = f->allowed_labels ? f->allowed_labels[i] : "";

			buf_printf(&list, "%s%s", i ? "; " : "", words_in(one, l));
			if (*label)
				buf_printf(&list, " (%s)", label);
		}
		if (f->allowed_count > 12)
			buf_text(&list, "; …");
		w.in[l] = arena_text(j->arena, buf_bytes(&list));
	}
	return w;
}

struct words
judge_limit_words(struct judge *j, const struct field *f, enum fault fault)
{
	bool least = fault == FAULT_MINIMUM;
	const struct value *bound = least ? f->low : f->high;
	const char *text = "";

	switch (fault) {
	case FAULT_MINIMUM:
	case FAULT_MAXIMUM:
		if (bound)
			return judge_value_words(j->arena, bound, f);
		if (f->type == FIELD_DATE)
			return judge_day_words(
			    j->arena, least ? f->date_minimum : f->date_maximum);
		return judge_number_words(j->arena, least ? f->minimum : f->maximum);
	case FAULT_SHORT:
		text = arena_printf(j->arena, "%zu", f->min_length);
		break;
	case FAULT_LONG:
		text = arena_printf(j->arena, "%zu", f->max_length);
		break;
	case FAULT_SCALE:
		text = arena_printf(j->arena, "%u", f->scale);
		break;
	default:
		break;
	}
	return (struct words){ .in = { text, text } };
}
