/* Why: what a rule computed is told as people write numbers, days and names, in either
 * language.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "rules/judge_int.h"
#include "rules/period_words.h"

static struct words
plain_words(struct arena *a, struct bytes text)
{
	const char *copy = findings_value(a, text);

	return (struct words){ .in = { copy, copy } };
}

static struct words
text_words(struct arena *a, struct bytes text, const struct field *f)
{
	const struct value v = { .kind = VALUE_TEXT, .text = text };
	struct date day;

	if (text.len == 10 && date_read(&day, text, "%Y-%m-%d"))
		return judge_day_words(a, day);
	return f ? judge_value_words(a, &v, f) : plain_words(a, text);
}

/* At most four digits after the point, without useless zeros; as many as the field keeps where
 * it keeps some. */
static struct words
real_words(struct arena *a, double real, const struct field *f)
{
	char text[64];
	struct decimal d;
	size_t len;

	if (!isfinite(real) || fabs(real) > 1e14)
		return plain_words(a, bytes_of(arena_printf(a, "%g", real)));
	(void)snprintf(text, sizeof(text), "%.*f", f && f->has_scale ? f->scale : 4, real);
	len = strlen(text);
	while (!(f && f->has_scale) && strchr(text, '.') &&
	    (text[len - 1] == '0' || text[len - 1] == '.')) {
		bool point = text[len - 1] == '.';

		text[--len] = '\0';
		if (point)
			break;
	}
	if (!decimal_read(&d, bytes_of(text), '.', '\0'))
		return plain_words(a, bytes_of(text));
	return judge_number_words(a, d);
}

static struct words
cell_words(struct arena *a, const struct cell *c, const struct field *f)
{
	const struct words empty = { .in = { "", "" } };

	switch (c->kind) {
	case CELL_EMPTY:
		return empty;
	case CELL_WHOLE:
		if (f && f->type == FIELD_BOOLEAN)
			return c->whole ? (struct words){ .in = { "Có", "yes" } }
					: (struct words){ .in = { "Không", "no" } };
		return judge_number_words(a, (struct decimal){ .digits = c->whole });
	case CELL_REAL:
		return real_words(a, c->real, f);
	case CELL_TEXT:
		return text_words(a, c->text, f);
	}
	return empty;
}

/* A formula that SQL put together, "119 - 25 = 94", with its numbers as people write them. */
static struct words
formula_words(struct arena *a, struct bytes text, const struct field *f)
{
	AUTO(buf_free) struct buf vi = { 0 }, en = { 0 };

	while (text.len > 0) {
		size_t len = 0;

		while (len < text.len && strchr("0123456789.", text.at[len]))
			len++;
		if (len > 0) {
			struct words w = real_words(
			    a, strtod(arena_text(a, bytes_slice(text, 0, len)), NULL), f);

			buf_text(&vi, w.in[LANGUAGE_VI]);
			buf_text(&en, w.in[LANGUAGE_EN]);
		} else {
			len = 1;
			buf_char(&vi, text.at[0]);
			buf_char(&en, text.at[0]);
		}
		text = bytes_slice(text, len, text.len);
	}
	return (
	    struct words){ { arena_text(a, buf_bytes(&vi)), arena_text(a, buf_bytes(&en)) } };
}

/* A column of a hit: a field's, a field's title, a period, or a number kept like the one that
 * is shown.
 */
struct words
judge_column_words(struct judge *j, const char *name, const struct cell *value, int shown)
{
	const struct form *f = j->form;
	size_t len = strlen(name);
	int field = form_field(f, bytes_of(name));
	struct period period;

	if (field < 0 && len > 6 && strcmp(name + len - 6, "_field") == 0 &&
	    value->kind == CELL_TEXT) {
		field = form_field(f, value->text);
		if (field >= 0)
			return f->fields[field].title;
	}
	if (field < 0 && len >= 6 && strcmp(name + len - 6, "period") == 0 &&
	    value->kind == CELL_TEXT && period_read(&period, value->text))
		return period_words(j->arena, period);
	if (field < 0 && strcmp(name, "formula") == 0 && value->kind == CELL_TEXT)
		return formula_words(
		    j->arena, value->text, shown >= 0 ? &f->fields[shown] : NULL);
	if (field < 0 && shown >= 0 &&
	    ((value->kind == CELL_REAL && f->fields[shown].type == FIELD_NUMBER) ||
		strcmp(name, "previous") == 0 || strcmp(name, "expected") == 0))
		field = shown;
	return cell_words(j->arena, value, field >= 0 ? &f->fields[field] : NULL);
}
