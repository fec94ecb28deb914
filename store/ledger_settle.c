/* Why: mailboxes and folders follow the ledger, never the other way; here is what they have yet
 * to be told. */
#include "base/step.h"
#include "store/ledger_int.h"

int
ledger_unsettled(struct unsettled **out, size_t *count, struct arena *a, struct ledger *l,
    const char *source, struct err *e)
{
	AUTO(query_end) struct query q = { 0 };
	struct unsettled *list = NULL;
	size_t n = 0;
	bool row = false;
	int rc;

	query_begin(&q, &l->db, STATEMENT_UNSETTLED);
	query_put_text(&q, source);
	while ((rc = query_next(&row, &q, e)) == OK && row) {
		struct unsettled *u;

		list = arena_more(a, list, n, sizeof(*list));
		u = &list[n++];
		u->id = query_whole(&q);
		u->message = query_whole(&q);
		u->key = query_text(&q, a);
		u->refused = query_whole(&q) == 0;
	}
	if (rc != OK)
		return rc;
	*out = list;
	*count = n;
	return OK;
}

int
ledger_settled(
    struct ledger *l, const int64_t *places, size_t count, int64_t now_s, struct err *e)
{
	AUTO(db_drop) struct db *open = NULL;
	int rc;

	if ((rc = db_begin(&open, &l->db, e)) != OK)
		return rc;
	for (size_t i = 0; i < count; i++) {
		AUTO(query_end) struct query q = { 0 };

		query_begin(&q, &l->db, STATEMENT_SETTLED);
		query_put_whole(&q, now_s);
		query_put_whole(&q, places[i]);
		if ((rc = query_run(&q, e)) != OK)
			return rc;
	}
	STEP("ledger.settled");
	rc = db_commit(&open, e);
	STEP("ledger.settled.committed");
	return rc;
}

int
ledger_quarantine(
    struct quarantined **out, size_t *count, struct arena *a, struct ledger *l, struct err *e)
{
	AUTO(query_end) struct query q = { 0 };
	struct quarantined *list = NULL;
	size_t n = 0;
	bool row = false;
	int rc;

	query_begin(&q, &l->db, STATEMENT_QUARANTINE);
	while ((rc = query_next(&row, &q, e)) == OK && row) {
		struct quarantined *m;

		list = arena_more(a, list, n, sizeof(*list));
		m = &list[n++];
		m->id = query_whole(&q);
		query_digest(m->digest, &q);
		m->source = query_text(&q, a);
		m->key = query_text(&q, a);
		m->reason = query_text(&q, a);
		m->sender = query_text(&q, a);
		m->subject = query_text(&q, a);
		m->bytes = (uint64_t)query_whole(&q);
		m->received_s = query_whole(&q);
		m->since_s = query_whole(&q);
	}
	if (rc != OK)
		return rc;
	*out = list;
	*count = n;
	return OK;
}

static int
take_out(struct ledger *l, enum statement how, int64_t id, struct err *e)
{
	AUTO(query_end) struct query q = { 0 };
	int rc;

	query_begin(&q, &l->db, how);
	query_put_whole(&q, id);
	if ((rc = query_run(&q, e)) == OK && ledger_changes(l) == 0)
		return err_set(e, ERR_INPUT, "no message %lld is in quarantine", (long long)id);
	return rc;
}

static int
unsettle(struct ledger *l, int64_t id, struct err *e)
{
	AUTO(query_end) struct query q = { 0 };

	query_begin(&q, &l->db, STATEMENT_UNSETTLE);
	query_put_whole(&q, id);
	return query_run(&q, e);
}

int
ledger_release(struct ledger *l, int64_t id, struct err *e)
{
	AUTO(db_drop) struct db *open = NULL;
	int rc;

	if ((rc = db_begin(&open, &l->db, e)) != OK ||
	    (rc = take_out(l, STATEMENT_RELEASE, id, e)) != OK ||
	    (rc = unsettle(l, id, e)) != OK)
		return rc;
	return db_commit(&open, e);
}

int
ledger_drop(struct ledger *l, int64_t id, struct err *e)
{
	return take_out(l, STATEMENT_GIVE_UP, id, e);
}
