/* Why: rules are tried on rows that hold what clerks write: codes of the lists, small numbers
 * that agree now and then, bounds, days about which something began or ended. */
#include "rules/codelist.h"
#include "rules/lint_samples_int.h"
#include "rules/lookup.h"
#include "rules/reference.h"
#include "rules/value.h"

/* ---- chance, the same every time (splitmix64) ---- */

/* A number below this one, the same every time. */
static uint64_t
chance(struct sampler *s, uint64_t below)
{
	uint64_t z = (s->state += UINT64_C(0x9E3779B97F4A7C15));

	z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
	return (z ^ (z >> 31)) % below;
}

/* ---- a cell of a field ---- */

static struct cell
whole_cell(int64_t n)
{
	return (struct cell){ .kind = CELL_WHOLE, .whole = n };
}

/* Few small numbers, so that sums agree now and then; bounds; and any size between. */
static int64_t
sample_number(struct sampler *s, const struct field *f)
{
	static const int64_t few[] = { 0, 0, 1, 1, 2, 3, 5, 10, 19, 20, 21, 100, 1000 };
	int64_t low = 0, high = 0, n;
	uint8_t scale = f->has_scale ? f->scale : 0;
	bool has_low = f->has_minimum && decimal_at(&low, f->minimum, scale),
	     has_high = f->has_maximum && decimal_at(&high, f->maximum, scale);

	switch (chance(s, 9)) {
	case 0:
		n = has_low ? low : -1000;
		break;
	case 1:
		n = has_high ? high : 1000000;
		break;
	case 2:
		n = (int64_t)chance(s, 100000);
		break;
	case 3:
		n = (int64_t)chance(s, 100);
		break;
	case 4:
		n = s->number_count ? s->numbers[chance(s, s->number_count)] : 7;
		n += (int64_t)chance(s, 3) - 1;
		break;
	default:
		n = few[chance(s, COUNT(few))];
		break;
	}
	if (f->type == FIELD_YEAR)
		n = s->period.year - 2 + (int64_t)chance(s, 5);
	if (has_low && n < low)
		n = low;
	if (has_high && n > high)
		n = high;
	return n;
}

/* A day on which some code began or ended, or the next; 0: there is none. */
static int64_t
day_of_table(struct sampler *s)
{
	static const int64_t later[] = { 0, 1, 1, 10, 30 };
	const struct rulebook *r = s->linter->book;

	for (int tries = 0; tries < 10 && r->reference_count; tries++) {
		const struct reference *t = &r->references[chance(s, r->reference_count)];
		struct date from = { 0 }, to = { 0 };

		if (t->row_count)
			reference_validity(&from, &to, t, t->rows[chance(s, t->row_count)]);
		if (to.year)
			return date_days(to) + later[chance(s, COUNT(later))];
		if (from.year && tries > 5)
			return date_days(from) - (int64_t)chance(s, 2);
	}
	return 0;
}

static struct cell
sample_date(struct sampler *s, const struct field *f)
{
	static const int64_t days[] = { 0, 0, 1, 2, 14, 15, 31, 45, 46, 90, 200, 400, 900 };
	int64_t day =
	    date_days(chance(s, 2) ? period_first(s->period) : period_last(s->period));
	char text[16];

	int64_t other = chance(s, 3) ? 0 : day_of_table(s);

	day = other ? other : day + (chance(s, 2) ? 1 : -1) * days[chance(s, COUNT(days))];
	if (f->has_minimum && day < date_days(f->date_minimum))
		day = date_days(f->date_minimum);
	if (f->has_maximum && day > date_days(f->date_maximum))
		day = date_days(f->date_maximum);
	date_write(text, date_of_days(day));
	return sample_text(arena_text(s->linter->arena, bytes_of(text)));
}

static struct cell
sample_codes(struct sampler *s, const struct codelist *codes, char many)
{
	const char *one = codes->codes[chance(s, codes->count)].code;

	if (many == '\0' || chance(s, 2))
		return sample_text(one);
	return sample_text(arena_printf(
	    s->linter->arena, "%s%c%s", one, many, codes->codes[chance(s, codes->count)].code));
}

static struct cell
sample_words(struct sampler *s, const struct field *f)
{
	static const char *const few[] = { "a", "b", "A", "x; y", "x;y;z", "Xã A", "1",
		"12/TB" };
	char period[16];

	if (f->is == IS_UNIT && s->unit)
		return sample_text(s->unit->code);
	if (f->is == IS_PERIOD) {
		period_write(period, s->period);
		return sample_text(arena_text(s->linter->arena, bytes_of(period)));
	}
	if (f->codes && f->codes->count)
		return sample_codes(s, f->codes, f->many);
	if (f->lookup && f->lookup->table->row_count)
		return sample_text(
		    f->lookup->table
			->rows[chance(s, f->lookup->table->row_count)][f->lookup->column]);
	if (f->allowed_count)
		return (struct cell){ .kind = CELL_TEXT,
			.text = f->allowed[chance(s, f->allowed_count)].text };
	if (s->text_count && chance(s, 4) == 0)
		return sample_text(s->texts[chance(s, s->text_count)]);
	if (f->example && chance(s, 3) == 0)
		return sample_text(f->example);
	return sample_text(few[chance(s, COUNT(few))]);
}

struct cell
sample_cell(struct sampler *s, const struct field *f, size_t row)
{
	if ((!f->required && chance(s, 6) == 0) || (row == 0 && !f->required))
		return (struct cell){ .kind = CELL_EMPTY };
	switch (f->type) {
	case FIELD_INTEGER:
	case FIELD_YEAR:
		return whole_cell(row == 1 ? 0 : sample_number(s, f));
	case FIELD_NUMBER:
		if (f->has_scale)
			return whole_cell(row == 1 ? 0 : sample_number(s, f));
		return (struct cell){ .kind = CELL_REAL,
			.real = (double)sample_number(s, f) / (chance(s, 2) ? 1 : 8) };
	case FIELD_BOOLEAN:
		return whole_cell((int64_t)chance(s, 2));
	case FIELD_DATE:
		return sample_date(s, f);
	default:
		return sample_words(s, f);
	}
}
