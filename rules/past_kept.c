/* Why: a rulebook is tried, and a file checked, without a ledger; then the files before it are
 * its past. */
#include "rules/past.h"

struct kept_row {
	uint32_t row;
	const struct cell *cells;
};

struct kept_report {
	struct past_report report; /* its id counts from 1 */
	struct kept_row *rows;
	size_t count;
};

struct past_kept {
	struct past past;
	struct arena *arena;
	struct kept_report *list;
	size_t count;
};

static int
kept_reports(struct past_report **out, size_t *count, void *self, struct arena *a,
    const char *const *units, size_t unit_count, struct err *e)
{
	const struct past_kept *k = self;

	(void)e;
	*out = arena_array(a, k->count + 1, sizeof(**out));
	*count = 0;
	for (size_t i = 0; i < k->count; i++)
		for (size_t u = 0; u < unit_count; u++)
			if (strcmp(units[u], k->list[i].report.unit) == 0)
				(*out)[(*count)++] = k->list[i].report;
	return OK;
}

static int
kept_peers(struct past_report **out, size_t *count, void *self, struct arena *a,
    const struct form *f, struct period p, struct err *e)
{
	const struct past_kept *k = self;

	(void)e;
	*out = arena_array(a, k->count + 1, sizeof(**out));
	*count = 0;
	for (size_t i = 0; i < k->count; i++)
		if (k->list[i].report.form == f && period_equal(k->list[i].report.period, p))
			(*out)[(*count)++] = k->list[i].report;
	return OK;
}

static int
kept_rows(void *self, const struct past_report *report,
    bool (*take)(void *at, uint32_t row, const struct cell *cells), void *at, struct err *e)
{
	const struct past_kept *k = self;
	const struct kept_report *r = &k->list[report->id - 1];

	(void)e;
	for (size_t i = 0; i < r->count; i++)
		if (!take(at, r->rows[i].row, r->rows[i].cells))
			break;
	return OK;
}

struct past_kept *
past_kept_new(struct arena *a)
{
	struct past_kept *k = arena_take(a, sizeof(*k));

	*k = (struct past_kept){ .past = { .self = k,
				     .reports = kept_reports,
				     .peers = kept_peers,
				     .rows = kept_rows },
		.arena = a };
	return k;
}

const struct past *
past_kept_past(const struct past_kept *k)
{
	return &k->past;
}

/* The place of the report that it corrects, or a new one. */
static struct kept_report *
place_for(struct past_kept *k, const struct verdict *v)
{
	for (size_t i = 0; i < k->count; i++)
		if (k->list[i].report.form == v->form &&
		    strcmp(k->list[i].report.unit, v->unit->code) == 0 &&
		    period_equal(k->list[i].report.period, v->period))
			return &k->list[i];
	k->list = arena_more(k->arena, k->list, k->count, sizeof(*k->list));
	k->list[k->count] = (struct kept_report){ .report = { .id = (int64_t)k->count + 1 } };
	return &k->list[k->count++];
}

static void
keep_row(struct past_kept *k, struct kept_report *r, uint32_t row, const struct cell *cells)
{
	size_t fields = r->report.form->field_count;
	struct cell *copy = arena_array(k->arena, fields + 1, sizeof(*copy));

	memcpy(copy, cells, fields * sizeof(*copy));
	for (size_t i = 0; i < fields; i++)
		if (copy[i].kind == CELL_TEXT)
			copy[i].text = arena_bytes(k->arena, copy[i].text);
	r->rows = arena_more(k->arena, r->rows, r->count, sizeof(*r->rows));
	r->rows[r->count++] = (struct kept_row){ .row = row, .cells = copy };
	r->report.official = r->report.official && past_row_official(r->report.form, cells);
}

int
past_kept_add(struct past_kept *k, const struct verdict *v, struct date received,
    struct bench *b, struct err *e)
{
	AUTO(bench_rows_close) struct bench_rows *rows = NULL;
	const struct cell *cells;
	struct kept_report *r;
	uint32_t row = 0;
	int rc = bench_rows_open(&rows, b, v->table, e);

	if (rc != OK)
		return rc;
	r = place_for(k, v);
	*r = (struct kept_report){ .report = { .id = r->report.id,
				       .form = v->form,
				       .unit = v->unit->code,
				       .period = v->period,
				       .received = received,
				       .official = true } };
	while ((rc = bench_rows_next(&row, &cells, rows, e)) == OK && row)
		keep_row(k, r, row, cells);
	return rc;
}
