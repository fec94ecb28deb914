/* Why: when a report is corrected, those after it may no longer go on from it, though nobody
 * sent them anew. */
#include "rules/again.h"

#include <stdlib.h>

#include "rules/judge_int.h"

static bool
lay(void *self, uint32_t row, const struct cell *cells)
{
	struct judge *j = self;
	struct err e;

	if (bench_add(j->bench, j->table, row, cells, &e) != OK)
		abort(); /* the bench is memory of ours */
	j->rows++;
	return true;
}

bool
again_depends(const struct bench *b, const struct form *f, const struct form *other)
{
	return bench_form_reads(b, f, other);
}

void
again_begin(struct bench *b)
{
	b->heard_count = 0;
}

static void
all_failed(struct judge *j, const char *why)
{
	for (size_t i = 0; i < j->form->rule_count; i++)
		if (bench_reads_past(j->bench, j->form, i))
			judge_fail(j, j->form->rules[i]->id, why);
}

void
again_judge(struct verdict *out, const struct rulebook *r, struct bench *b,
    const struct past *past, const struct again *x, struct arena *a)
{
	const struct past_report *report = x->report;
	const struct unit *unit =
	    rulebook_unit(r, bytes_of(report->unit), period_last(report->period));
	const struct facts facts = { .past = past, .received = report->received };
	struct judge *j = judge_new(r, b, &facts, bytes_of(x->sheet), a);
	struct err e;

	if (!unit)
		unit = rulebook_unit(r, bytes_of(report->unit), (struct date){ 0 });
	j->form = report->form;
	j->unit = unit;
	j->period = report->period;
	j->columns = arena_array(a, j->form->field_count + 1, sizeof(*j->columns));
	memcpy(j->columns, x->columns, j->form->field_count * sizeof(*j->columns));
	if (bench_table(&j->table, b, j->form, &e) != OK)
		abort(); /* the bench is memory of ours */
	judge_sure_begin(j);
	judge_rules_begin(j);
	if (past->rows(past->self, report, lay, j, &e) == OK)
		judge_past(j);
	else
		all_failed(j, "its rows could not be read");
	findings_sort(&j->findings);
	*out = (struct verdict){ .form = j->form,
		.unit = unit,
		.period = j->period,
		.findings = j->findings.list,
		.count = j->findings.count,
		.table = j->table,
		.failed = j->failed,
		.failed_count = j->failed_count };
}
