/* Why: who has not reported is seen only beside who should have. */
#include "store/figures.h"

#include <stdlib.h>

#include "store/ledger_int.h"

struct board {
	struct figure_board *rows;
	size_t count;
	struct arena *arena;
};

static int
compare(const void *left, const void *right)
{
	const struct figure_board *a = left, *b = right;
	int order = strcmp(a->unit, b->unit);

	if (order == 0)
		order = strcmp(a->form, b->form);
	if (order == 0)
		order = date_compare(period_last(a->period), period_last(b->period));
	/* A year after its last quarter, a quarter after its last month. */
	return order != 0
	    ? order
	    : (a->period.kind < b->period.kind) - (a->period.kind > b->period.kind);
}

static struct figure_board *
append(struct board *b)
{
	b->rows = arena_more(b->arena, b->rows, b->count, sizeof(*b->rows));
	b->rows[b->count] = (struct figure_board){ 0 };
	return &b->rows[b->count++];
}

static void
due_of(struct board *b, const struct unit *u, const struct form *f, int year)
{
	struct period p = period_of(
	    f->period_kind, (struct date){ .year = (int16_t)year, .month = 1, .day = 1 });

	for (; p.kind != PERIOD_NONE && p.year == year; p = period_next(p)) {
		struct figure_board *row;

		if (!unit_owes(u, f, p))
			continue;
		row = append(b);
		*row = (struct figure_board){ .unit = u->code,
			.form = f->id,
			.period = p,
			.due_from_unit = true,
			.due = form_due(f, p) };
	}
}

static void
all_due(struct board *b, const struct rulebook *r, int year)
{
	for (size_t u = 0; u < r->unit_count; u++)
		for (size_t f = 0; f < r->form_count; f++)
			due_of(b, &r->units[u], &r->forms[f], year);
}

static void
received_take(
    struct figure_board *row, struct arena *a, const struct rulebook *r, struct query *q)
{
	const struct form *form;

	row->unit = query_text(q, a);
	row->form = query_text(q, a);
	if (!period_read(&row->period, bytes_of(query_text(q, a))))
		row->period = (struct period){ 0 };
	row->tries = (unsigned)query_whole(q);
	row->refused = (unsigned)query_whole(q);
	row->accepted = query_whole(q);
	row->version = (unsigned)query_whole(q);
	row->late_days = (int)query_whole(q);
	row->received_s = query_whole(q);
	form = rulebook_form(r, bytes_of(row->form));
	if (form && row->period.kind != PERIOD_NONE)
		row->due = form_due(form, row->period);
}

static int
all_received(
    struct board *b, struct ledger *l, const struct rulebook *r, int year, struct err *e)
{
	AUTO(query_end) struct query q = { 0 };
	bool row = false;
	int rc;

	query_begin(&q, &l->db, STATEMENT_FIGURE_BOARD);
	query_put_whole(&q, year);
	while ((rc = query_next(&row, &q, e)) == OK && row)
		received_take(append(b), b->arena, r, &q);
	return rc;
}

/* What is due and was received stands twice, side by side; so does a unit that the campaign
 * lists with two validities. */
static void
join(struct board *b)
{
	size_t kept = 0;

	for (size_t i = 0; i < b->count; i++) {
		struct figure_board *last = kept ? &b->rows[kept - 1] : NULL,
				    *row = &b->rows[i];
		bool due = row->due_from_unit;

		if (!last || compare(last, row) != 0) {
			b->rows[kept++] = *row;
			continue;
		}
		due = due || last->due_from_unit;
		if (last->tries == 0)
			*last = *row;
		last->due_from_unit = due;
	}
	b->count = kept;
}

int
figures_board(struct figure_board **out, size_t *count, struct arena *a, struct ledger *l,
    const struct rulebook *r, int year, struct err *e)
{
	struct board b = { .arena = a };
	int rc;

	all_due(&b, r, year);
	if ((rc = all_received(&b, l, r, year, e)) != OK)
		return rc;
	if (b.count)
		qsort(b.rows, b.count, sizeof(*b.rows), compare);
	join(&b);
	*out = b.rows;
	*count = b.count;
	return OK;
}
