/*
 * Why: nearly all rows are good, and of most rules that can be seen in the row itself. Only
 * what is not seen so is asked in SQL; and where nobody takes the rows from the bench, those
 * that are good need not lie there.
 */
#include "rules/formula.h"
#include "rules/judge_int.h"
#include "rules/rule.h"

/* Does no rule of any form look at rows but its own? Tables of one message may be looked at by
 * each other. */
static bool
all_alone(const struct rulebook *book)
{
	for (size_t i = 0; i < book->form_count; i++)
		for (size_t k = 0; k < book->forms[i].rule_count; k++)
			if (!book->forms[i].rules[k]->alone)
				return false;
	return true;
}

void
judge_sure_begin(struct judge *j)
{
	j->asked = arena_array(j->arena, j->form->rule_count + 1, sizeof(*j->asked));
	for (size_t i = 0; i < j->form->rule_count; i++)
		j->asked[i] = !j->form->rules[i]->alone;
	j->keeps_rows = !j->facts.rows_unused || !all_alone(j->book);
}

static bool
is_whole(const struct judge *j, const struct rule *r)
{
	for (size_t i = 0; i < r->field_count; i++)
		if (j->cells[r->fields[i]].kind == CELL_EMPTY)
			return false;
	return true;
}

/* Would SQL find nothing wrong with the row at hand, for sure? */
static bool
is_good(const struct judge *j, const struct rule *r)
{
	bool whole = r->missing == MISSING_ZERO || is_whole(j, r);

	if (!whole && r->missing == MISSING_ERROR)
		return false;
	for (size_t i = 0; i < r->check_count; i++) {
		const struct rule_check *k = &r->checks[i];

		if ((whole || !k->all) && !formula_denies(k->condition, j->cells))
			return false;
	}
	return true;
}

/* A number that waits for its column has no value yet. */
static bool
waits(const struct judge *j)
{
	if (j->doubt_count == 0)
		return false;
	for (size_t i = 0; i < j->form->field_count; i++)
		if (j->readings[i].doubt)
			return true;
	return false;
}

bool
judge_sure(struct judge *j)
{
	bool good = true, waiting = waits(j);

	for (size_t i = 0; i < j->form->rule_count; i++) {
		const struct rule *r = j->form->rules[i];

		if (r->alone && (waiting || !is_good(j, r))) {
			j->asked[i] = true;
			good = false;
		}
	}
	return good && !waiting;
}
