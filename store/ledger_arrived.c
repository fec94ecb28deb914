/* Why: the moment from which an original counts as taken in, whatever happens to the place it
 * lay in. */
#include "base/step.h"
#include "store/ledger_int.h"

bool
ledger_knows(struct ledger *l, const char *source, const char *key)
{
	AUTO(query_end) struct query q = { 0 };
	struct err ignored;
	bool known = false;

	query_begin(&q, &l->db, STATEMENT_PLACE_KNOWN);
	query_put_text(&q, source);
	query_put_text(&q, key);
	/* Not to be told: then it is fetched once more, and ledger_arrived reports what is
	 * wrong. */
	return query_next(&known, &q, &ignored) == OK && known;
}

/* *id 0: these bytes are new. */
static int
message_find(int64_t *id, struct ledger *l, const char *digest, struct err *e)
{
	AUTO(query_end) struct query q = { 0 };
	bool found = false;
	int rc;

	query_begin(&q, &l->db, STATEMENT_MESSAGE_FIND);
	query_put_text(&q, digest);
	if ((rc = query_next(&found, &q, e)) == OK)
		*id = found ? query_whole(&q) : 0;
	return rc;
}

static int
message_new(int64_t *id, struct ledger *l, int64_t run, const struct arrived *a, struct err *e)
{
	AUTO(query_end) struct query q = { 0 };
	int rc;

	query_begin(&q, &l->db, STATEMENT_MESSAGE_NEW);
	query_put_text(&q, a->digest);
	query_put_whole(&q, (int64_t)a->bytes);
	query_put_whole(&q, a->mail);
	query_put_text(&q, a->name ? a->name : "");
	query_put_text(&q, a->unit ? a->unit : "");
	query_put_whole(&q, a->received_s);
	query_put_whole(&q, a->fetched_s);
	query_put_id(&q, run);
	query_put_text(&q, a->refused_word);
	if ((rc = query_run(&q, e)) == OK)
		*id = sqlite3_last_insert_rowid(l->db.sql);
	return rc;
}

static int
place_new(
    struct ledger *l, int64_t run, const struct arrived *a, int64_t message, struct err *e)
{
	AUTO(query_end) struct query q = { 0 };

	query_begin(&q, &l->db, STATEMENT_PLACE_NEW);
	query_put_text(&q, a->source);
	query_put_text(&q, a->key);
	query_put_whole(&q, message);
	query_put_id(&q, run);
	return query_run(&q, e);
}

/* *fresh: the bytes were never seen. A place is taken in once: what its key says now is what it
 * said then. */
static int
take_in(bool *fresh, struct ledger *l, int64_t run, const struct arrived *a, struct err *e)
{
	int64_t id = 0;
	int rc;

	*fresh = false;
	if (ledger_knows(l, a->source, a->key))
		return OK;
	if ((rc = message_find(&id, l, a->digest, e)) != OK)
		return rc;
	*fresh = id == 0;
	if (*fresh && (rc = message_new(&id, l, run, a, e)) != OK)
		return rc;
	return place_new(l, run, a, id, e);
}

int
ledger_arrived(struct ledger *l, int64_t run, const struct arrived *list, size_t count,
    bool *fresh, struct err *e)
{
	AUTO(db_drop) struct db *open = NULL;
	int rc;

	if ((rc = db_begin(&open, &l->db, e)) != OK)
		return rc;
	for (size_t i = 0; i < count; i++) {
		bool new = false;

		if ((rc = take_in(&new, l, run, &list[i], e)) != OK)
			return rc;
		if (fresh)
			fresh[i] = new;
	}
	STEP("ledger.arrived");
	rc = db_commit(&open, e);
	STEP("ledger.arrived.committed");
	return rc;
}
