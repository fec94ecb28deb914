/* Why: who corrects a report reads in the answer which reports that were accepted before no
 * longer go with it. */
#include "reports/receipt_int.h"
#include "reports/words.h"

#define DOUBTS_MOST 100

const char *
receipt_unit(const struct draft *d, const char *code, struct period period)
{
	const struct rulebook *rulebook = d->ctx->rulebook;
	const struct unit *unit = rulebook_unit(rulebook, bytes_of(code), period_last(period));

	if (!unit)
		unit = rulebook_unit(rulebook, bytes_of(code), (struct date){ 0 });
	return unit ? words_in(unit->name, d->language) : code;
}

/* The sender's own; of another unit's form with names of persons only the place is told. */
static bool
may_tell(
    const struct draft *draft, const struct figure_message *m, const struct figure_doubt *d)
{
	const struct form *form = rulebook_form(draft->ctx->rulebook, bytes_of(d->form));

	if (strcmp(d->unit, m->unit) == 0)
		return true;
	for (size_t i = 0; i < m->submission_count; i++)
		if (!*m->unit && strcmp(m->submissions[i].unit, d->unit) == 0)
			return true;
	for (size_t i = 0; form && i < form->field_count; i++)
		if (form->fields[i].personal)
			return false;
	return form != NULL;
}

static void
doubt_cells(const char **cells, struct draft *draft, const struct figure_message *m,
    const struct figure_doubt *d)
{
	const struct figure_finding *f = &d->finding;
	struct arena *a = draft->a;
	enum language l = draft->language;
	bool told = may_tell(draft, m, d);
	bool own = strcmp(d->unit, m->unit) == 0;

	cells[0] = arena_printf(a, "%s, %s%s%s", d->form, words_period(a, d->period, l),
	    own ? "" : ", ", own ? "" : receipt_unit(draft, d->unit, d->period));
	cells[1] = words_cell(a, f->row, f->column, l);
	cells[2] = shown(a, bytes_of(f->title));
	cells[3] = arena_printf(a, "%s%s%s", f->rule, told ? ": " : "",
	    told ? shown(a, bytes_of(words_in(f->message, l))) : "");
}

static const struct grid *
doubt_grid(struct draft *draft, const struct figure_message *m, const struct figure_doubt *list,
    size_t count, bool settled)
{
	struct arena *a = draft->a;
	enum language l = draft->language;
	const char **heads = arena_array(a, 4, sizeof(*heads));
	const char **cells = arena_array(a, 4 * count + 1, sizeof(*cells));
	struct grid *g = arena_take(a, sizeof(*g));
	size_t rows = 0;

	for (size_t i = 0; i < count; i++)
		if (list[i].settled == settled)
			doubt_cells(cells + 4 * rows++, draft, m, &list[i]);
	heads[0] = words_label(LABEL_REPORT, l);
	heads[1] = words_label(LABEL_CELL, l);
	heads[2] = words_label(LABEL_COLUMN, l);
	heads[3] = words_label(settled ? LABEL_AGREES : LABEL_DISAGREES, l);
	*g = (struct grid){
		.heads = heads, .columns = 4, .rows = rows, .cells = cells, .listed = true
	};
	return g;
}

int
receipt_doubts(
    struct slots *slots, struct draft *draft, const struct figure_message *m, struct err *e)
{
	struct figure_doubt *list;
	size_t count;
	int rc = figures_doubts(
	    &list, &count, draft->a, draft->ctx->ledger, m->id, DOUBTS_MOST + 1, e);
	bool more = rc == OK && count > DOUBTS_MOST;

	if (rc != OK)
		return rc;
	count = more ? DOUBTS_MOST : count;
	slot_grid(slots, "doubt_table", doubt_grid(draft, m, list, count, false));
	slot_grid(slots, "settled_table", doubt_grid(draft, m, list, count, true));
	slot_flag(slots, "doubts_more", more);
	return OK;
}
