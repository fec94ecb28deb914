/* Why: a receipt is written from what the ledger says of a message, so that it says tomorrow
 * what it says today. */
#include "store/figures.h"
#include "store/ledger_int.h"

static enum submission_status
status_of(const char *word)
{
	static const char *const words[] = { [SUBMISSION_ACCEPTED] = "accepted",
		[SUBMISSION_REFUSED] = "refused",
		[SUBMISSION_DUPLICATE] = "duplicate",
		[SUBMISSION_SUPERSEDED] = "superseded" };
	size_t i = 0;

	while (i + 1 < COUNT(words) && strcmp(words[i], word) != 0)
		i++;
	return (enum submission_status)i;
}

static struct figure_finding
finding_take(struct arena *a, struct query *q)
{
	struct figure_finding f = { .level = (enum level)query_whole(q) };

	f.type = query_text(q, a);
	f.rule = query_text(q, a);
	f.sheet = query_text(q, a);
	f.title = query_text(q, a);
	f.value = query_text(q, a);
	f.row = (uint32_t)query_whole(q);
	f.column = (uint32_t)query_whole(q);
	f.message.in[LANGUAGE_VI] = query_text(q, a);
	f.message.in[LANGUAGE_EN] = query_text(q, a);
	return f;
}

static int
findings_read(struct figure_submission *s, struct arena *a, struct ledger *l, struct err *e)
{
	AUTO(query_end) struct query q = { 0 };
	bool row = false;
	int rc;

	query_begin(&q, &l->db, STATEMENT_FIGURE_FINDINGS);
	query_put_whole(&q, s->id);
	while ((rc = query_next(&row, &q, e)) == OK && row) {
		s->findings =
		    arena_more(a, s->findings, s->finding_count, sizeof(*s->findings));
		s->findings[s->finding_count++] = finding_take(a, &q);
	}
	return rc;
}

static void
submission_take(struct figure_submission *s, struct arena *a, struct query *q)
{
	s->id = query_whole(q);
	s->message = query_whole(q);
	s->part_name = query_text(q, a);
	s->sheet = query_text(q, a);
	s->unit = query_text(q, a);
	s->form = query_text(q, a);
	query_digest(s->part_digest, q);
	s->part_bytes = (uint64_t)query_whole(q);
	if (!period_read(&s->period, bytes_of(query_text(q, a))))
		s->period = (struct period){ 0 };
	s->status = status_of(query_text(q, a));
	s->version = (unsigned)query_whole(q);
	s->try_number = (unsigned)query_whole(q);
	s->received_s = query_whole(q);
	if (!date_read(&s->due, bytes_of(query_text(q, a)), "%Y-%m-%d"))
		s->due = (struct date){ 0 };
	s->late_days = (int)query_whole(q);
	s->rows = (uint64_t)query_whole(q);
	s->rows_loaded = (uint64_t)query_whole(q);
	s->errors = (uint64_t)query_whole(q);
	s->warnings = (uint64_t)query_whole(q);
	s->replaces = query_whole(q);
	s->duplicate_of = query_whole(q);
	s->other_received_s = query_whole(q);
	s->unreadable = query_text(q, a);
	s->encoding = query_text(q, a);
}

static int
submissions_read(struct figure_message *m, struct arena *a, struct ledger *l, struct err *e)
{
	AUTO(query_end) struct query q = { 0 };
	bool row = false;
	int rc;

	query_begin(&q, &l->db, STATEMENT_FIGURE_SUBMISSIONS);
	query_put_whole(&q, m->id);
	while ((rc = query_next(&row, &q, e)) == OK && row) {
		m->submissions =
		    arena_more(a, m->submissions, m->submission_count, sizeof(*m->submissions));
		submission_take(&m->submissions[m->submission_count++], a, &q);
	}
	return rc;
}

static void
message_take(struct figure_message *m, struct arena *a, struct query *q)
{
	m->id = query_whole(q);
	query_digest(m->digest, q);
	m->mail = query_whole(q) != 0;
	m->state = query_text(q, a);
	m->reason = query_text(q, a);
	m->name = query_text(q, a);
	m->sender = query_text(q, a);
	m->unit = query_text(q, a);
	m->subject = query_text(q, a);
	m->message_id = query_text(q, a);
	m->references = query_text(q, a);
	m->received_s = query_whole(q);
	m->bytes = (uint64_t)query_whole(q);
}

static int
message_read(
    struct figure_message *m, struct arena *a, struct ledger *l, int64_t id, struct err *e)
{
	AUTO(query_end) struct query q = { 0 };
	bool found = false;
	int rc;

	query_begin(&q, &l->db, STATEMENT_FIGURE_MESSAGE);
	query_put_whole(&q, id);
	if ((rc = query_next(&found, &q, e)) != OK)
		return rc;
	if (!found)
		return err_set(e, ERR_INPUT, "the ledger has no message %lld", (long long)id);
	message_take(m, a, &q);
	return OK;
}

int
figures_message(struct figure_message **out, struct arena *a, struct ledger *l, int64_t message,
    struct err *e)
{
	struct figure_message *m = arena_take(a, sizeof(*m));
	int rc;

	if ((rc = message_read(m, a, l, message, e)) != OK ||
	    (rc = submissions_read(m, a, l, e)) != OK)
		return rc;
	for (size_t i = 0; i < m->submission_count; i++)
		if ((rc = findings_read(&m->submissions[i], a, l, e)) != OK)
			return rc;
	*out = m;
	return OK;
}

int
figures_arrivals(struct figure_message **out, size_t *count, struct arena *a, struct ledger *l,
    int64_t after, int64_t to, struct err *e)
{
	AUTO(query_end) struct query q = { 0 };
	struct figure_message *list = NULL;
	size_t n = 0;
	bool row = false;
	int rc;

	query_begin(&q, &l->db, STATEMENT_FIGURE_ARRIVALS);
	query_put_whole(&q, after);
	query_put_whole(&q, to);
	while ((rc = query_next(&row, &q, e)) == OK && row) {
		list = arena_more(a, list, n, sizeof(*list));
		list[n] = (struct figure_message){ 0 };
		message_take(&list[n++], a, &q);
	}
	for (size_t i = 0; rc == OK && i < n; i++)
		rc = submissions_read(&list[i], a, l, e);
	if (rc != OK)
		return rc;
	*out = list;
	*count = n;
	return OK;
}
