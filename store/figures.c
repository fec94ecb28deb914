/* Why: the short answers: how far the ledger has come, which runs there were. */
#include "store/figures.h"

#include "store/ledger_int.h"

int
figures_accepted(uint64_t *count, struct ledger *l, int year, struct err *e)
{
	AUTO(query_end) struct query q = { 0 };
	bool row = false;
	int rc;

	query_begin(&q, &l->db, STATEMENT_FIGURE_ACCEPTED);
	query_put_whole(&q, year);
	if ((rc = query_next(&row, &q, e)) == OK)
		*count = (uint64_t)query_whole(&q);
	return rc;
}

static int
one_number(int64_t *out, struct query *q, struct err *e)
{
	bool row = false;
	int rc = query_next(&row, q, e);

	if (rc == OK)
		*out = query_whole(q);
	return rc;
}

int
figures_decided(int64_t *message, struct ledger *l, struct err *e)
{
	AUTO(query_end) struct query q = { 0 };

	query_begin(&q, &l->db, STATEMENT_FIGURE_DECIDED);
	return one_number(message, &q, e);
}

int
figures_digested(int64_t *message, struct ledger *l, int64_t before, struct err *e)
{
	AUTO(query_end) struct query q = { 0 };

	query_begin(&q, &l->db, STATEMENT_FIGURE_DIGESTED);
	query_put_whole(&q, before);
	return one_number(message, &q, e);
}

static void
run_take(struct run *r, struct arena *a, struct query *q)
{
	uint64_t *counts[] = { &r->fetched, &r->accepted, &r->refused, &r->unreadable,
		&r->stranger, &r->automatic, &r->duplicate, &r->quarantined, &r->settled,
		&r->sent, &r->unsent, &r->source_errors };

	r->id = query_whole(q);
	r->began_s = query_whole(q);
	r->ended_s = query_whole(q);
	r->version = query_text(q, a);
	r->rules = query_text(q, a);
	for (size_t i = 0; i < COUNT(counts); i++)
		*counts[i] = (uint64_t)query_whole(q);
	r->exit_code = (int)query_whole(q);
}

int
figures_runs(struct run **out, size_t *count, struct arena *a, struct ledger *l, size_t max,
    struct err *e)
{
	AUTO(query_end) struct query q = { 0 };
	struct run *list = NULL;
	size_t n = 0;
	bool row = false;
	int rc;

	query_begin(&q, &l->db, STATEMENT_FIGURE_RUNS);
	query_put_whole(&q, max > INT64_MAX ? INT64_MAX : (int64_t)max);
	while ((rc = query_next(&row, &q, e)) == OK && row) {
		list = arena_more(a, list, n, sizeof(*list));
		run_take(&list[n++], a, &q);
	}
	if (rc != OK)
		return rc;
	*out = list;
	*count = n;
	return OK;
}
