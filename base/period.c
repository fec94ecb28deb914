/*
 * Why: a reporting period is a part of a calendar year: its name, its days and its successor.
 */
#include <stdio.h>

#include "base/date.h"

/* Months in a period of the kind, and the letter that names it. */
static const struct {
	uint8_t months;
	char letter;
} kinds[] = {
	[PERIOD_NONE] = { 12, '\0' },
	[PERIOD_YEAR] = { 12, '\0' },
	[PERIOD_HALF] = { 6, 'H' },
	[PERIOD_QUARTER] = { 3, 'Q' },
	[PERIOD_MONTH] = { 1, 'M' },
};

void
period_write(char out[16], struct period p)
{
	switch (p.kind) {
	case PERIOD_NONE:
		out[0] = '\0';
		break;
	case PERIOD_YEAR:
		(void)snprintf(out, 16, "%04d", p.year); /* fits, as do those below */
		break;
	case PERIOD_HALF:
	case PERIOD_QUARTER:
		(void)snprintf(out, 16, "%04d%c%u", p.year, kinds[p.kind].letter, p.number);
		break;
	case PERIOD_MONTH:
		(void)snprintf(out, 16, "%04dM%02u", p.year, p.number);
		break;
	}
}

static bool
digits(int *out, struct bytes b)
{
	int value = 0;

	for (size_t i = 0; i < b.len; i++) {
		if (b.at[i] < '0' || b.at[i] > '9')
			return false;
		value = value * 10 + (b.at[i] - '0');
	}
	*out = value;
	return b.len > 0;
}

bool
period_read(struct period *out, struct bytes text)
{
	struct period p = { .kind = PERIOD_YEAR };
	int year, number = 0;

	if (text.len < 4 || text.len > 7 || !digits(&year, bytes_slice(text, 0, 4)) ||
	    year == 0)
		return false;
	p.year = (int16_t)year;
	if (text.len > 4) {
		for (p.kind = PERIOD_HALF; kinds[p.kind].letter != text.at[4]; p.kind++)
			if (p.kind == PERIOD_MONTH)
				return false;
		if (text.len != (p.kind == PERIOD_MONTH ? 7u : 6u) ||
		    !digits(&number, bytes_slice(text, 5, 2)) || number < 1 ||
		    number > 12 / kinds[p.kind].months)
			return false;
	}
	p.number = (uint8_t)number;
	*out = p;
	return true;
}

struct date
period_first(struct period p)
{
	unsigned before = p.number ? (p.number - 1u) * kinds[p.kind].months : 0;

	if (p.kind == PERIOD_NONE)
		return (struct date){ 0 };
	return (struct date){ .year = p.year, .month = (uint8_t)(before + 1), .day = 1 };
}

struct date
period_last(struct period p)
{
	struct date next = period_first(p);
	unsigned month;

	if (p.kind == PERIOD_NONE)
		return next;
	month = next.month + kinds[p.kind].months;
	next.year = (int16_t)(next.year + (month > 12 ? 1 : 0));
	next.month = (uint8_t)(month > 12 ? month - 12 : month);
	if (next.year > 9999) /* the last one has no next */
		return (struct date){ 9999, 12, 31 };
	return date_of_days(date_days(next) - 1);
}

struct period
period_next(struct period p)
{
	if (p.kind == PERIOD_NONE)
		return p;
	if (p.number && p.number < 12 / kinds[p.kind].months) {
		p.number++;
		return p;
	}
	p.year++;
	p.number = p.kind == PERIOD_YEAR ? 0 : 1;
	return p;
}

struct period
period_of(enum period_kind kind, struct date day)
{
	struct period p = { .kind = kind };

	if (kind == PERIOD_NONE || !date_valid(day))
		return (struct period){ 0 };
	p.year = day.year;
	if (kind != PERIOD_YEAR)
		p.number = (uint8_t)((day.month - 1) / kinds[kind].months + 1);
	return p;
}

bool
period_equal(struct period a, struct period b)
{
	return a.kind == b.kind && a.year == b.year && a.number == b.number;
}
