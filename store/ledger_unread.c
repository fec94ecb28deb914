/* Why: what is to be read, how often that was tried, and what is tried no more, survive the
 * death of the reader. */
#include "base/step.h"
#include "store/ledger_int.h"

int
ledger_unread(struct unread **out, size_t *count, struct arena *a, struct ledger *l, size_t max,
    unsigned nights, struct err *e)
{
	AUTO(query_end) struct query q = { 0 };
	struct unread *list = NULL;
	size_t n = 0;
	bool row = false;
	int rc;

	query_begin(&q, &l->db, STATEMENT_UNREAD);
	query_put_whole(&q, nights);
	query_put_whole(&q, max > INT64_MAX ? INT64_MAX : (int64_t)max);
	while ((rc = query_next(&row, &q, e)) == OK && row) {
		struct unread *u;

		list = arena_more(a, list, n, sizeof(*list));
		u = &list[n++];
		u->id = query_whole(&q);
		query_digest(u->digest, &q);
		u->mail = query_whole(&q) != 0;
		u->source = query_text(&q, a);
		u->name = query_text(&q, a);
		u->unit = query_text(&q, a);
		u->bytes = (uint64_t)query_whole(&q);
		u->received_s = query_whole(&q);
		u->attempts = (unsigned)query_whole(&q);
		u->refused_word = query_maybe(&q, a);
	}
	if (rc != OK)
		return rc;
	*out = list;
	*count = n;
	return OK;
}

static int
change_attempts(
    struct ledger *l, enum statement change, const int64_t *ids, size_t count, struct err *e)
{
	AUTO(db_drop) struct db *open = NULL;
	int rc;

	if ((rc = db_begin(&open, &l->db, e)) != OK)
		return rc;
	for (size_t i = 0; i < count; i++) {
		AUTO(query_end) struct query q = { 0 };

		query_begin(&q, &l->db, change);
		query_put_whole(&q, ids[i]);
		if ((rc = query_run(&q, e)) != OK)
			return rc;
	}
	STEP("ledger.attempt");
	rc = db_commit(&open, e);
	STEP("ledger.attempt.committed");
	return rc;
}

int
ledger_attempt(struct ledger *l, const int64_t *ids, size_t count, struct err *e)
{
	return change_attempts(l, STATEMENT_ATTEMPT, ids, count, e);
}

int
ledger_attempt_return(struct ledger *l, const int64_t *ids, size_t count, struct err *e)
{
	return change_attempts(l, STATEMENT_ATTEMPT_RETURN, ids, count, e);
}

static int
spend(int64_t **ids, size_t *count, struct arena *a, struct ledger *l, unsigned nights,
    int64_t now_s, struct err *e)
{
	AUTO(query_end) struct query q = { 0 };
	bool row = false;
	int rc;

	query_begin(&q, &l->db, STATEMENT_SPENT);
	query_put_whole(&q, now_s);
	query_put_whole(&q, nights);
	while ((rc = query_next(&row, &q, e)) == OK && row) {
		*ids = arena_more(a, *ids, *count, sizeof(**ids));
		(*ids)[(*count)++] = query_whole(&q);
	}
	return rc;
}

int
ledger_quarantine_spent(int64_t **ids, size_t *count, struct arena *a, struct ledger *l,
    unsigned nights, int64_t now_s, struct err *e)
{
	AUTO(db_drop) struct db *open = NULL;
	int64_t *list = NULL;
	size_t n = 0;
	int rc;

	if ((rc = db_begin(&open, &l->db, e)) != OK ||
	    (rc = spend(&list, &n, a, l, nights, now_s, e)) != OK)
		return rc;
	STEP("ledger.quarantine");
	if ((rc = db_commit(&open, e)) != OK)
		return rc;
	STEP("ledger.quarantine.committed");
	*ids = list;
	*count = n;
	return OK;
}

int
ledger_group_begin(struct ledger *l, struct err *e)
{
	return db_group_begin(&l->db, e);
}

int
ledger_group_commit(struct ledger *l, struct err *e)
{
	int rc = db_group_commit(&l->db, e);

	STEP("ledger.group");
	return rc;
}

void
ledger_group_drop(struct ledger *l)
{
	db_group_drop(&l->db);
}
