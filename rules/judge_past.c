/* Why: what was accepted before is looked at when all tables of a message have been read, so
 * that their order in it does not count. */
#include <stdlib.h>

#include "rules/judge_int.h"
#include "rules/period_words.h"

/* As the form declares it: every row says so. */
static bool
is_official(const struct judge *j)
{
	AUTO(bench_rows_close) struct bench_rows *rows = NULL;
	const struct form *f = j->form;
	const struct cell *cells;
	uint32_t row = 0;
	struct err e;

	if (!f->official)
		return true;
	if (bench_rows_open(&rows, j->bench, j->table, &e) != OK)
		abort(); /* the bench is memory of ours */
	for (;;) {
		if (bench_rows_next(&row, &cells, rows, &e) != OK)
			abort();
		if (row == 0)
			return true;
		if (!past_row_official(f, cells))
			return false;
	}
}

/* Figures that may be another unit's differ from this one's past in all they say: one cause,
 * told once. */
static bool
has_past(const struct judge *j)
{
	return !j->of_other_unit && j->form && j->form->free_layout && j->table > 0 &&
	    j->unit && j->period.kind != PERIOD_NONE;
}

void
judge_past_offer(struct judge *j, bool valid)
{
	struct past_report report;

	if (!valid || !has_past(j))
		return;
	report = (struct past_report){ .form = j->form,
		.unit = j->unit->code,
		.period = j->period,
		.received = j->facts.received,
		.official = is_official(j) };
	bench_heard(j->bench, j->table, &report);
}

static void
refuse_provisional(struct judge *j, const struct past_report *in_force)
{
	const struct place nowhere = { 0 };
	const struct filler more[] = {
		filler_plain("form", j->form->id),
		{ .name = "period", .text = period_words(j->arena, j->period) },
		{ .name = "day", .text = judge_day_words(j->arena, in_force->received) },
		{ .name = "field", .text = j->form->official->title },
	};

	findings_say(&j->findings, SAY_PROVISIONAL, &nowhere, more, COUNT(more));
}

void
judge_past(struct judge *j)
{
	struct past_report in_force = { 0 };

	if (!has_past(j) || j->rows == 0)
		return;
	bench_past(j->bench,
	    &(struct bench_when){ .table = j->table,
		.form = j->form,
		.unit = j->unit,
		.period = j->period,
		.past = j->facts.past,
		.in_force = j->form->official ? &in_force : NULL });
	if (in_force.form && in_force.official && !is_official(j))
		refuse_provisional(j, &in_force);
	judge_rules_of_past(j);
}
