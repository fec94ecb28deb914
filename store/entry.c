/* Why: a message is in the ledger with all that follows from it, or not at all. */
#include "store/entry_int.h"

#include <assert.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/step.h"
#include "store/outbox_int.h"

const char *const entry_states[] = {
	[MESSAGE_READ] = "read",
	[MESSAGE_UNREADABLE] = "unreadable",
	[MESSAGE_STRANGER] = "stranger",
	[MESSAGE_UNPROVEN] = "unproven",
	[MESSAGE_AMBIGUOUS] = "ambiguous",
	[MESSAGE_AUTOMATIC] = "automatic",
	[MESSAGE_OURS] = "ours",
	[MESSAGE_TOO_LARGE] = "too-large",
	[MESSAGE_QUARANTINED] = "quarantined",
};

static int
message_read(struct entry *entry, struct err *e)
{
	AUTO(query_end) struct query q = { 0 };
	bool found = false;
	int rc;

	query_begin(&q, &entry->ledger->db, STATEMENT_MESSAGE_UNDECIDED);
	query_put_whole(&q, entry->message);
	if ((rc = query_next(&found, &q, e)) != OK)
		return rc;
	if (!found)
		return err_set(e, ERR_INPUT, "message %lld is not one that waits to be read",
		    (long long)entry->message);
	query_digest(entry->digest, &q);
	entry->received_s = query_whole(&q);
	entry->released = query_whole(&q);
	return OK;
}

int
entry_begin(struct entry **out, struct ledger *l, int64_t message, int64_t run, int64_t now_s,
    struct err *e)
{
	AUTO(entry_drop) struct entry *entry = memory_new(sizeof(*entry));
	int rc;

	assert(!l->in_entry);
	*entry = (struct entry){
		.ledger = l, .message = message, .run = run, .now_s = now_s, .unit = ""
	};
	entry->arena = arena_new();
	l->in_entry = true;
	if ((rc = db_begin(&entry->open, &l->db, e)) != OK ||
	    (rc = message_read(entry, e)) != OK)
		return rc;
	STEP("entry.begin");
	*out = entry;
	entry = NULL;
	return OK;
}

void
entry_drop(struct entry **entry)
{
	if (!*entry)
		return;
	db_drop(&(*entry)->open);
	(*entry)->ledger->in_entry = false;
	arena_free(&(*entry)->arena);
	free(*entry);
	*entry = NULL;
}

int
entry_sender(
    struct entry *entry, const struct envelope *env, const struct sender *who, struct err *e)
{
	AUTO(query_end) struct query q = { 0 };
	struct bytes unit = who->contact ? who->contact->unit : (struct bytes){ 0 };

	if (who->kind == SENDER_UNIT)
		entry->unit = arena_text(entry->arena, unit);
	query_begin(&q, &entry->ledger->db, STATEMENT_MESSAGE_SENDER);
	query_put_bytes(&q, who->address);
	query_put_bytes(&q, unit);
	query_put_bytes(&q, env ? env->subject : (struct bytes){ 0 });
	query_put_bytes(&q, env ? env->message_id : (struct bytes){ 0 });
	query_put_bytes(&q, env ? env->references : (struct bytes){ 0 });
	query_put_id(&q, env ? env->date_s : 0);
	query_put_whole(&q, entry->message);
	return query_run(&q, e);
}

int
entry_state(struct entry *entry, enum message_state state, const char *reason, struct err *e)
{
	AUTO(query_end) struct query q = { 0 };

	entry->decided = true;
	query_begin(&q, &entry->ledger->db, STATEMENT_MESSAGE_STATE);
	query_put_text(&q, entry_states[state]);
	query_put_text(&q, reason ? reason : "");
	query_put_whole(&q, entry->now_s);
	query_put_id(&q, entry->run);
	query_put_whole(&q, entry->message);
	return query_run(&q, e);
}

/* Letters to this address in the day before now. */
static int
replies(int64_t *count, struct entry *entry, struct bytes address, struct err *e)
{
	AUTO(query_end) struct query q = { 0 };
	bool row = false;
	int rc;

	query_begin(&q, &entry->ledger->db, STATEMENT_REPLIES);
	query_put_bytes(&q, address);
	query_put_whole(&q, entry->now_s - 24 * 3600);
	if ((rc = query_next(&row, &q, e)) == OK)
		*count = query_whole(&q);
	return rc;
}

int
entry_owe_receipt(bool *owed, struct entry *entry, struct bytes address, struct bytes language,
    const char *own_domain, unsigned limit, struct err *e)
{
	int64_t count = 0;
	int rc;

	if (address.len > 0 && (rc = replies(&count, entry, address, e)) != OK)
		return rc;
	if (count >= limit && address.len > 0) {
		*owed = false;
		return OK;
	}
	/* Read again after quarantine, it has another answer, and that is another letter. */
	const char *key = entry->released == 0
	    ? entry->digest
	    : arena_printf(
		  entry->arena, "%s.%lld", entry->digest, (long long)entry->released + 1);
	return outbox_add(owed, entry->ledger,
	    &(struct owing){ .kind = LETTER_RECEIPT,
		.message = entry->message,
		.subject_key = key,
		.recipient = address,
		.language = language,
		.own_domain = own_domain,
		.now_s = entry->now_s },
	    e);
}

static int
mark_taken(struct entry *entry, struct err *e)
{
	AUTO(query_end) struct query q = { 0 };

	query_begin(&q, &entry->ledger->db, STATEMENT_MESSAGE_TAKEN);
	query_put_whole(&q, entry->message);
	return query_run(&q, e);
}

int
entry_commit(struct entry **entry, struct err *e)
{
	int rc = OK;

	assert((*entry)->decided);
	if ((*entry)->taken)
		rc = mark_taken(*entry, e);
	STEP("entry.commit");
	if (rc == OK)
		rc = db_commit(&(*entry)->open, e);
	if (rc == OK)
		STEP("entry.committed");
	entry_drop(entry);
	return rc;
}
