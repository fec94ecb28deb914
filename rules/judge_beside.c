/* Why: a code that was left out is told by the name beside it; a name that belongs to another
 * code is wrong. */
#include "base/text.h"
#include "rules/judge_int.h"
#include "rules/lookup.h"

/* A name that belongs to another code. */
static void
compare(struct judge *j, int field, struct bytes name, uint32_t row)
{
	const struct lookup *l = j->form->fields[field].lookup;
	const struct cell_reading *cell = &j->readings[field];
	const char *own = arena_text(j->arena, cell->value.text);
	const struct filler more = filler_plain("code", own);

	/* An old name beside its own old code is theirs; the code was told. */
	if (cell->remark == REMARK_OLD)
		return;
	if (name.len && j->readings[l->beside].fault == FAULT_NONE &&
	    !lookup_is_named(j->arena, l, own, name))
		judge_say_cell(j, SAY_NAME_DIFFERS, l->beside, name, row, &more, 1);
}

static void
say_required(struct judge *j, int field, uint32_t row)
{
	const struct filler more = filler_plain("example", j->form->fields[field].example);

	judge_say_cell(j, SAY_REQUIRED, field, (struct bytes){ 0 }, row, &more, 1);
}

/* The name leads to no one row: that is told where the name stands, as it is what must be
 * mended. */
static void
say_name(struct judge *j, int field, struct bytes name, uint32_t row,
    const struct lookup_answer *answer)
{
	int beside = j->form->fields[field].lookup->beside;
	struct cell_reading told = { .candidates = answer->candidates };

	switch (answer->result) {
	case LOOKUP_AMBIGUOUS:
		told.fault = FAULT_LOOKUP_AMBIGUOUS;
		break;
	case LOOKUP_ENDED:
		told.fault = told.candidates ? FAULT_LOOKUP_SUCCEEDED : FAULT_LOOKUP_ENDED;
		break;
	case LOOKUP_FOREIGN:
		told.fault = FAULT_LOOKUP_FOREIGN;
		break;
	default:
		told.fault = told.candidates ? FAULT_LOOKUP_NEAR : FAULT_LOOKUP;
		break;
	}
	judge_say_fault(j, beside, name, NATIVE_TEXT, row, &told);
	judge_mark_bad(j, field, row);
}

static void
fill_code(struct judge *j, int field, struct bytes name, uint32_t row,
    const struct lookup_answer *answer)
{
	const struct filler more[] = { filler_plain("parsed", answer->code),
		filler_plain("name", findings_value(j->arena, name)) };

	j->readings[field].value =
	    (struct value){ .kind = VALUE_TEXT, .text = bytes_of(answer->code) };
	judge_say_cell(j, answer->way == WAY_OLD ? SAY_FILLED_OLD : SAY_FILLED, field,
	    (struct bytes){ 0 }, row, more, COUNT(more));
}

void
judge_beside(struct judge *j, int field, struct bytes name, uint32_t row)
{
	const struct field *f = &j->form->fields[field];
	struct cell_reading *cell = &j->readings[field];
	struct lookup_answer answer;

	name = text_trim(name);
	if (cell->fault != FAULT_NONE)
		return;
	if (cell->value.kind != VALUE_EMPTY) {
		compare(j, field, name, row);
		return;
	}
	if (name.len == 0) {
		if (f->required && j->columns[field]) {
			cell->fault = FAULT_REQUIRED;
			say_required(j, field, row);
		}
		return;
	}
	lookup_find(&answer, j->arena, f->lookup, name, j->unit, period_last(j->period));
	if (answer.result == LOOKUP_FOUND) {
		fill_code(j, field, name, row, &answer);
	} else if (f->required) {
		cell->fault = FAULT_REQUIRED;
		say_name(j, field, name, row, &answer);
	}
}
