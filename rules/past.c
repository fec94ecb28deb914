/* Why: "the period before" is a question of the calendar, and when units merge, of who follows
 * whom; it has one answer, whoever keeps the reports. */
#include "rules/past.h"

#include <stdlib.h>

#define UNITS_MOST 256 /* of one lineage */

/* ---- who follows whom ---- */

static bool
names_unit(const struct unit *u, const char *code)
{
	struct bytes rest = bytes_of(u->successors ? u->successors : ""), one;

	while (rest.at && bytes_cut(&one, &rest, ';'))
		if (bytes_equal(bytes_trim(one), bytes_of(code)))
			return true;
	return false;
}

static bool
is_among(const char *const *units, size_t count, const char *code)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(units[i], code) == 0)
			return true;
	return false;
}

/* Does the first give way to the second? */
static bool
gives_way(const struct rulebook *r, const char *first, const char *second)
{
	for (size_t i = 0; i < r->unit_count; i++)
		if (strcmp(r->units[i].code, first) == 0 && names_unit(&r->units[i], second))
			return true;
	return false;
}

/* Breadth first, so that those nearest come first; a circle in the table ends at what is known.
 */
static struct lineage
walk(struct arena *a, const struct rulebook *r, const char *unit, bool back)
{
	const char **units = arena_array(a, UNITS_MOST, sizeof(*units));
	size_t count = 0;

	units[count++] = unit;
	for (size_t at = 0; at < count; at++)
		for (size_t i = 0; i < r->unit_count && count < UNITS_MOST; i++) {
			const char *other = r->units[i].code;

			if (!is_among(units, count, other) &&
			    (back ? names_unit(&r->units[i], units[at])
				  : gives_way(r, units[at], other)))
				units[count++] = other;
		}
	return (struct lineage){ .units = units, .count = count };
}

struct lineage
past_lineage(struct arena *a, const struct rulebook *r, const char *unit)
{
	return walk(a, r, unit, true);
}

struct lineage
past_successors(struct arena *a, const struct rulebook *r, const char *unit)
{
	return walk(a, r, unit, false);
}

/* ---- reports before a period ---- */

bool
past_row_official(const struct form *f, const struct cell *cells)
{
	const struct cell *c = f->official ? &cells[f->official - f->fields] : NULL;

	return !c || (c->kind == CELL_TEXT && bytes_equal(c->text, bytes_of(f->official_is)));
}

struct looking {
	const struct rulebook *rulebook;
	const struct form *form;
	struct date before; /* first day of the period */
	const struct past_report *list;
	size_t count;
	unsigned most;
	struct past_aged *found;
	size_t found_count;
	const char **seen;
	size_t seen_count;
};

static int
newest_first(const void *a, const void *b)
{
	const struct past_report *x = *(const struct past_report *const *)a,
				 *y = *(const struct past_report *const *)b;

	return -date_compare(period_last(x->period), period_last(y->period));
}

/* The unit's own, newest first. */
static size_t
own_reports(const struct past_report **out, const struct looking *l, const char *unit)
{
	size_t n = 0;

	for (size_t i = 0; i < l->count; i++) {
		const struct past_report *r = &l->list[i];

		if (r->form == l->form && strcmp(r->unit, unit) == 0 &&
		    (r->official || !l->form->official) &&
		    date_compare(period_last(r->period), l->before) < 0)
			out[n++] = r;
	}
	qsort(out, n, sizeof(*out), newest_first);
	return n;
}

static size_t
count_after(const struct past_report *const *own, size_t count, struct date day)
{
	size_t n = 0;

	while (n < count && (!day.year || date_compare(period_last(own[n]->period), day) > 0))
		n++;
	return n;
}

/* What a unit reported after another one ended speaks for both; what is older stands beside it.
 */
static void
look(struct looking *l, struct arena *a, const char *unit, unsigned age)
{
	const struct past_report **own =
	    arena_array(a, l->count + 1, sizeof(const struct past_report *));
	size_t count = own_reports(own, l, unit);

	l->seen[l->seen_count++] = unit;
	for (size_t i = 0; i < count && age + i + 1 <= l->most; i++)
		l->found[l->found_count++] =
		    (struct past_aged){ .report = own[i], .age = age + (unsigned)i + 1 };
	for (size_t i = 0; i < l->rulebook->unit_count; i++) {
		const struct unit *u = &l->rulebook->units[i];
		size_t after = count_after(own, count, u->valid_to);

		if (names_unit(u, unit) && age + after < l->most &&
		    l->seen_count < UNITS_MOST && !is_among(l->seen, l->seen_count, u->code))
			look(l, a, u->code, age + (unsigned)after);
	}
}

static int
youngest_first(const void *a, const void *b)
{
	const struct past_aged *x = a, *y = b;

	if (x->age != y->age)
		return x->age < y->age ? -1 : 1;
	return strcmp(x->report->unit, y->report->unit);
}

size_t
past_before(struct past_aged **out, struct arena *a, const struct rulebook *r,
    const struct form *f, const char *unit, struct period p, const struct past_report *list,
    size_t count, unsigned age)
{
	struct looking l = {
		.rulebook = r,
		.form = f,
		.before = period_first(p),
		.list = list,
		.count = count,
		.most = age,
		.found = arena_array(a, count + 1, sizeof(*l.found)),
		.seen = arena_array(a, UNITS_MOST, sizeof(*l.seen)),
	};

	look(&l, a, unit, 0);
	qsort(l.found, l.found_count, sizeof(*l.found), youngest_first);
	*out = l.found;
	return l.found_count;
}
