/* Why: opening the ledger is where a wrong, damaged or outgrown one must be noticed, before
 * anything is fetched. */
#include "store/ledger_int.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/step.h"
#include "store/schema.h"

/* Another program (a person with sqlite3) may hold the write lock so long. */
enum { BUSY_MS = 30000 };

static int
bring_up(struct ledger *l, const struct rulebook *r, enum db_use use, struct err *e)
{
	int rc;

	if (use == DB_READ)
		return schema_check(&l->db, schema_version, e);
	if ((rc = schema_migrate(&l->db, schema_migrations, schema_version, e)) != OK)
		return rc;
	return shape_fit(&l->db, r, e);
}

static int
open_for(struct ledger **out, const char *state_dir, const struct rulebook *r, enum db_use use,
    struct err *e)
{
	AUTO(ledger_close) struct ledger *l = memory_new(sizeof(*l));
	int rc;

	l->rulebook = r;
	l->inserts = memory_new((r->form_count + 1) * sizeof(*l->inserts));
	l->earlier = memory_new((r->form_count + 1) * sizeof(*l->earlier));
	if ((rc = db_open(&l->db, state_dir, use, BUSY_MS, e)) != OK ||
	    (rc = bring_up(l, r, use, e)) != OK)
		return rc;
	*out = l;
	l = NULL;
	return OK;
}

int
ledger_open(struct ledger **out, const char *state_dir, const struct rulebook *r, struct err *e)
{
	return open_for(out, state_dir, r, DB_WRITE, e);
}

int
ledger_open_reading(
    struct ledger **out, const char *state_dir, const struct rulebook *r, struct err *e)
{
	return open_for(out, state_dir, r, DB_READ, e);
}

int
ledger_fits(struct ledger *l, struct err *e)
{
	return shape_check(&l->db, l->rulebook, e);
}

void
ledger_close(struct ledger **l)
{
	if (!*l)
		return;
	for (size_t i = 0; i < (*l)->rulebook->form_count; i++) {
		(void)sqlite3_finalize((*l)->inserts[i]); /* its last answer was looked at */
		(void)sqlite3_finalize((*l)->earlier[i].rows);
		(void)sqlite3_finalize((*l)->earlier[i].unofficial);
	}
	db_close(&(*l)->db);
	free((*l)->earlier);
	free((*l)->inserts);
	free(*l);
	*l = NULL;
}

int
ledger_insert(sqlite3_stmt **out, struct ledger *l, const struct form *f, struct err *e)
{
	const struct rulebook *r = l->rulebook;
	size_t i = 0;
	int rc;

	while (i < r->form_count && strcmp(r->forms[i].id, f->id) != 0)
		i++;
	if (i == r->form_count)
		return err_set(e, ERR_STOP,
		    "form %s is not of the campaign this ledger was opened for", f->id);
	if (!l->inserts[i] && (rc = shape_insert(&l->inserts[i], &l->db, f, e)) != OK)
		return rc;
	*out = l->inserts[i];
	return OK;
}

int64_t
ledger_changes(struct ledger *l)
{
	return sqlite3_changes64(l->db.sql);
}

int
ledger_run_begin(struct run *run, struct ledger *l, struct err *e)
{
	AUTO(query_end) struct query q = { 0 };
	int rc;

	query_begin(&q, &l->db, STATEMENT_RUN_BEGIN);
	query_put_whole(&q, run->began_s);
	query_put_text(&q, run->version ? run->version : "");
	query_put_text(&q, run->rules ? run->rules : "");
	STEP("ledger.run");
	if ((rc = query_run(&q, e)) == OK)
		run->id = sqlite3_last_insert_rowid(l->db.sql);
	return rc;
}

int
ledger_run_end(const struct run *run, struct ledger *l, struct err *e)
{
	AUTO(query_end) struct query q = { 0 };
	const uint64_t counts[] = { run->fetched, run->accepted, run->refused, run->unreadable,
		run->stranger, run->automatic, run->duplicate, run->quarantined, run->settled,
		run->sent, run->unsent, run->source_errors };

	query_begin(&q, &l->db, STATEMENT_RUN_END);
	query_put_whole(&q, run->ended_s);
	for (size_t i = 0; i < COUNT(counts); i++)
		query_put_whole(&q, (int64_t)counts[i]);
	query_put_whole(&q, run->exit_code);
	query_put_whole(&q, run->id);
	STEP("ledger.run_end");
	return query_run(&q, e);
}
