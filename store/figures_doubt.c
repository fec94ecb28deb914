/* Why: whoever corrected a report, and the coordinators, must learn which accepted ones no
 * longer go with it. */
#include "store/figures.h"
#include "store/ledger_int.h"

static void
period_take(struct period *out, struct arena *a, struct query *q)
{
	if (!period_read(out, bytes_of(query_text(q, a))))
		*out = (struct period){ 0 };
}

static void
finding_take(struct figure_finding *f, struct arena *a, struct query *q)
{
	f->level = (enum level)query_whole(q);
	f->type = "rule";
	f->rule = query_text(q, a);
	f->sheet = query_text(q, a);
	f->title = query_text(q, a);
	f->value = query_text(q, a);
	f->row = (uint32_t)query_whole(q);
	f->column = (uint32_t)query_whole(q);
	f->message.in[LANGUAGE_VI] = query_text(q, a);
	f->message.in[LANGUAGE_EN] = query_text(q, a);
}

static void
doubt_take(struct figure_doubt *d, struct arena *a, struct query *q)
{
	d->unit = query_text(q, a);
	d->form = query_text(q, a);
	period_take(&d->period, a, q);
	d->settled = query_whole(q) != 0;
	finding_take(&d->finding, a, q);
}

int
figures_doubts(struct figure_doubt **out, size_t *count, struct arena *a, struct ledger *l,
    int64_t message, size_t max, struct err *e)
{
	AUTO(query_end) struct query q = { 0 };
	struct figure_doubt *list = NULL;
	size_t n = 0;
	bool row = false;
	int rc;

	query_begin(&q, &l->db, STATEMENT_FIGURE_DOUBTS);
	query_put_whole(&q, message);
	query_put_whole(&q, (int64_t)max);
	while ((rc = query_next(&row, &q, e)) == OK && row) {
		list = arena_more(a, list, n, sizeof(*list));
		list[n] = (struct figure_doubt){ 0 };
		doubt_take(&list[n++], a, &q);
	}
	if (rc != OK)
		return rc;
	*out = list;
	*count = n;
	return OK;
}

int
figures_doubts_open(struct figure_finding **out, size_t *count, struct arena *a,
    struct ledger *l, int64_t submission, struct err *e)
{
	AUTO(query_end) struct query q = { 0 };
	struct figure_finding *list = NULL;
	size_t n = 0;
	bool row = false;
	int rc;

	query_begin(&q, &l->db, STATEMENT_FIGURE_DOUBTS_OPEN);
	query_put_whole(&q, submission);
	while ((rc = query_next(&row, &q, e)) == OK && row) {
		list = arena_more(a, list, n, sizeof(*list));
		finding_take(&list[n++], a, &q);
	}
	if (rc != OK)
		return rc;
	*out = list;
	*count = n;
	return OK;
}

int
figures_doubt_counts(struct figure_doubt_count **out, size_t *count, struct arena *a,
    struct ledger *l, int64_t after, int64_t to, struct err *e)
{
	AUTO(query_end) struct query q = { 0 };
	struct figure_doubt_count *list = NULL;
	size_t n = 0;
	bool row = false;
	int rc;

	query_begin(&q, &l->db, STATEMENT_FIGURE_DOUBT_COUNTS);
	query_put_whole(&q, after);
	query_put_whole(&q, to);
	while ((rc = query_next(&row, &q, e)) == OK && row) {
		struct figure_doubt_count *d;

		list = arena_more(a, list, n, sizeof(*list));
		d = &list[n++];
		d->unit = query_text(&q, a);
		d->form = query_text(&q, a);
		period_take(&d->period, a, &q);
		d->settled = query_whole(&q) != 0;
		d->rule = query_text(&q, a);
		d->count = (uint64_t)query_whole(&q);
	}
	if (rc != OK)
		return rc;
	*out = list;
	*count = n;
	return OK;
}
