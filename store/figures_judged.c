/* Why: what was judged once can be judged again by other rules, from the originals, and
 * compared with what the ledger says of it. */
#include "store/figures.h"
#include "store/ledger_int.h"

int
figures_judged(int64_t **ids, size_t *count, struct arena *a, struct ledger *l, int64_t since_s,
    int year, const char *form, struct err *e)
{
	AUTO(query_end) struct query q = { 0 };
	int64_t *list = NULL;
	size_t n = 0;
	bool row = false;
	int rc;

	query_begin(&q, &l->db, STATEMENT_FIGURE_JUDGED);
	query_put_whole(&q, since_s);
	query_put_whole(&q, year);
	query_put_text(&q, form);
	while ((rc = query_next(&row, &q, e)) == OK && row) {
		list = arena_more(a, list, n, sizeof(*list));
		list[n++] = query_whole(&q);
	}
	if (rc != OK)
		return rc;
	*ids = list;
	*count = n;
	return OK;
}

int
figures_last_try(bool *last, struct ledger *l, const struct figure_submission *s, struct err *e)
{
	AUTO(query_end) struct query q = { 0 };
	char period[16] = "";
	bool later = false;
	int rc;

	if (s->period.kind != PERIOD_NONE)
		period_write(period, s->period);
	if (*s->unit != '\0' && *s->form != '\0' && *period != '\0') {
		query_begin(&q, &l->db, STATEMENT_FIGURE_LATER_TRY);
		query_put_text(&q, s->unit);
		query_put_text(&q, s->form);
		query_put_text(&q, period);
		query_put_whole(&q, s->try_number);
		if ((rc = query_next(&later, &q, e)) != OK)
			return rc;
	}
	*last = !later;
	return OK;
}
