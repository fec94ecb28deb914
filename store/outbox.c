/* Why: what we owe is written down before it is sent, so that a crash can delay a letter but
 * neither lose nor change it. */
#include "store/outbox_int.h"

#include "base/buf.h"
#include "base/digest.h"
#include "base/step.h"

static const char *const kinds[] = {
	[LETTER_RECEIPT] = "receipt", [LETTER_YEARLY] = "yearly", [LETTER_DIGEST] = "digest"
};
static const char *const outcomes[] = { [SENT_OK] = "sent",
	[SENT_TEMPORARY] = "composed",
	[SENT_PERMANENT] = "refused",
	[SENT_UNKNOWN] = "unknown",
	[SENT_AWAY] = "composed" };

/*
 * The same letter has the same id however often a night is interrupted; nobody can guess a
 * receipt's without the bytes it answers, because its key is their digest.
 */
static void
message_id(struct buf *out, const struct owing *o)
{
	AUTO(buf_free) struct buf text = { 0 };
	char digest[DIGEST_HEX];

	buf_text(&text, o->subject_key);
	if (o->kind != LETTER_RECEIPT)
		buf_printf(&text, ".%.*s", BYTES_ARG(o->recipient));
	buf_printf(&text, ".%s.1", kinds[o->kind]);
	digest_of(digest, buf_bytes(&text));
	buf_printf(out, "<%.32s@%s>", digest, o->own_domain);
}

int
outbox_add(bool *fresh, struct ledger *l, const struct owing *o, struct err *e)
{
	AUTO(query_end) struct query q = { 0 };
	AUTO(buf_free) struct buf id = { 0 };
	int rc;

	message_id(&id, o);
	query_begin(&q, &l->db, STATEMENT_OWE);
	query_put_text(&q, kinds[o->kind]);
	query_put_id(&q, o->message);
	query_put_text(&q, o->subject_key);
	query_put_bytes(&q, o->recipient);
	query_put_bytes(&q, o->language);
	query_put_bytes(&q, buf_bytes(&id));
	query_put_whole(&q, o->now_s);
	STEP("outbox.owe");
	if ((rc = query_run(&q, e)) == OK)
		*fresh = ledger_changes(l) > 0;
	return rc;
}

int
outbox_owe(bool *fresh, struct ledger *l, enum letter_kind kind, const char *subject_key,
    const char *recipient, const char *language, const char *own_domain, int64_t now_s,
    struct err *e)
{
	return outbox_add(fresh, l,
	    &(struct owing){ .kind = kind,
		.subject_key = subject_key,
		.recipient = bytes_of(recipient),
		.language = bytes_of(language),
		.own_domain = own_domain,
		.now_s = now_s },
	    e);
}

static enum letter_kind
kind_of(const char *word)
{
	size_t i = 0;

	while (i + 1 < COUNT(kinds) && strcmp(kinds[i], word) != 0)
		i++;
	return (enum letter_kind)i;
}

static int
letter_take(struct letter **out, struct arena *a, struct query *q, struct err *e)
{
	struct letter *letter;
	bool row = false;
	int rc = query_next(&row, q, e);

	if (rc != OK)
		return rc;
	*out = NULL;
	if (!row)
		return OK;
	letter = arena_take(a, sizeof(*letter));
	letter->id = query_whole(q);
	letter->kind = kind_of(query_text(q, a));
	letter->message = query_whole(q);
	letter->subject_key = query_text(q, a);
	letter->recipient = query_text(q, a);
	letter->language = query_text(q, a);
	letter->message_id = query_text(q, a);
	letter->owed_s = query_whole(q);
	letter->tries = (unsigned)query_whole(q);
	letter->bytes = query_blob(q, a);
	*out = letter;
	return OK;
}

int
outbox_next(struct letter **out, struct arena *a, struct ledger *l, int64_t run, int64_t after,
    struct err *e)
{
	AUTO(query_end) struct query q = { 0 };

	query_begin(&q, &l->db, STATEMENT_OUTBOX_NEXT);
	query_put_whole(&q, after);
	query_put_whole(&q, run);
	return letter_take(out, a, &q, e);
}

int
outbox_note(
    struct letter **out, struct arena *a, struct ledger *l, int64_t message, struct err *e)
{
	AUTO(query_end) struct query q = { 0 };

	query_begin(&q, &l->db, STATEMENT_OUTBOX_NOTE);
	query_put_whole(&q, message);
	return letter_take(out, a, &q, e);
}

/* A change of one letter that must be there in the right state. */
static int
change(struct ledger *l, struct query *q, int64_t letter, const char *what, struct err *e)
{
	int rc = query_run(q, e);

	if (rc == OK && ledger_changes(l) == 0)
		return err_set(e, ERR_STOP,
		    "letter %lld cannot be %s as it stands in the outbox", (long long)letter,
		    what);
	return rc;
}

int
outbox_compose(
    struct ledger *l, int64_t letter, const char *subject, struct bytes bytes, struct err *e)
{
	AUTO(query_end) struct query q = { 0 };
	int rc;

	query_begin(&q, &l->db, STATEMENT_OUTBOX_COMPOSE);
	query_put_text(&q, subject);
	query_put_blob(&q, bytes);
	query_put_whole(&q, letter);
	STEP("outbox.compose");
	rc = change(l, &q, letter, "composed", e);
	STEP("outbox.composed");
	return rc;
}

int
outbox_trying(struct ledger *l, int64_t letter, int64_t run, struct err *e)
{
	AUTO(query_end) struct query q = { 0 };
	int rc;

	query_begin(&q, &l->db, STATEMENT_OUTBOX_TRYING);
	query_put_whole(&q, run);
	query_put_whole(&q, letter);
	STEP("outbox.trying");
	rc = change(l, &q, letter, "sent", e);
	STEP("outbox.tried");
	return rc;
}

int
outbox_done(struct ledger *l, int64_t letter, enum sent outcome, const char *answer,
    int64_t now_s, struct err *e)
{
	AUTO(query_end) struct query q = { 0 };
	int rc;

	query_begin(&q, &l->db, STATEMENT_OUTBOX_DONE);
	query_put_text(&q, outcomes[outcome]);
	query_put_text(&q, answer);
	if (outcome == SENT_OK || outcome == SENT_PERMANENT)
		query_put_whole(&q, now_s);
	else
		query_put_null(&q);
	query_put_whole(&q, letter);
	STEP("outbox.done");
	rc = change(l, &q, letter, "done", e);
	STEP("outbox.done.committed");
	return rc;
}

int
outbox_waiting(uint64_t *count, struct ledger *l, struct err *e)
{
	AUTO(query_end) struct query q = { 0 };
	bool row = false;
	int rc;

	query_begin(&q, &l->db, STATEMENT_OUTBOX_WAITING);
	if ((rc = query_next(&row, &q, e)) == OK)
		*count = (uint64_t)query_whole(&q);
	return rc;
}
