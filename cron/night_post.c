/* Phase 4 of the night: letters that fall due are owed, and what we owe leaves, oldest first.
 */
#include <inttypes.h>

#include "base/buf.h"
#include "base/step.h"
#include "cron/night.h"

/* ---- owing ---- */

static int
owe_each(struct night *n, enum letter_kind kind, const char *key, struct err *e)
{
	struct date day = moment_date(n->now_s, n->rulebook->offset_s, NULL);
	const struct roster *roster = &n->rulebook->roster;
	bool fresh;
	int rc;

	for (size_t i = 0; i < roster->count; i++) {
		const struct contact *c = &roster->contacts[i];

		if (!bytes_equal(c->role, BYTES("coordinator")) || !address_safe(c->address) ||
		    !date_within(day, c->valid_from, c->valid_to))
			continue;
		if ((rc = outbox_owe(&fresh, n->ledger, kind, key,
			 arena_text(n->arena, c->address), arena_text(n->arena, c->language),
			 n->settings->own_domain, n->now_s, e)) != OK)
			return rc;
	}
	return OK;
}

/* To all or to none: one who was forgotten when a run died would never be remembered. */
int
night_owe_coordinators(struct night *n, enum letter_kind kind, const char *key, struct err *e)
{
	int rc;

	if ((rc = ledger_group_begin(n->ledger, e)) != OK)
		return rc;
	if ((rc = owe_each(n, kind, key, e)) != OK) {
		ledger_group_drop(n->ledger);
		return rc;
	}
	return ledger_group_commit(n->ledger, e);
}

/* A digest tells of all that was decided since the last one, whichever runs it took and whether
 * or not they came to their end. */
static int
owe_digest(struct night *n, struct err *e)
{
	int64_t decided = 0, told = 0;
	int rc;

	if ((rc = figures_decided(&decided, n->ledger, e)) != OK ||
	    (rc = figures_digested(&told, n->ledger, INT64_MAX, e)) != OK || decided <= told)
		return rc;
	return night_owe_coordinators(
	    n, LETTER_DIGEST, arena_printf(n->arena, "%" PRId64, decided), e);
}

/* The result of a year falls due once, on its day of the next year; nights missed are caught up
 * by any later one. */
static bool
results_due(const struct night *n, struct date today)
{
	const struct results *r = n->results;

	if (r->count == 0 || r->due_day == 0)
		return false;
	struct date due = {
		.year = today.year, .month = (uint8_t)r->due_months, .day = (uint8_t)r->due_day
	};
	return date_compare(today, due) >= 0;
}

int
night_owe(struct night *n, struct err *e)
{
	struct date today = moment_date(n->now_s, n->rulebook->offset_s, NULL);
	uint64_t accepted = 0;
	int rc;

	if (n->settings->reports_alone)
		return OK;
	if ((rc = owe_digest(n, e)) != OK)
		return rc;
	if (!results_due(n, today))
		return OK;
	if ((rc = figures_accepted(&accepted, n->ledger, today.year - 1, e)) != OK ||
	    accepted == 0)
		return rc;
	return night_owe_coordinators(
	    n, LETTER_YEARLY, arena_printf(n->arena, "%d", today.year - 1), e);
}

/* ---- posting ---- */

struct posting {
	struct night *night;
	const struct post_kind *kind;
	struct post *post; /* NULL until the first letter */
	uint64_t of, done;
};

static int
compose(struct posting *p, struct arena *a, struct letter *letter, struct err *e)
{
	AUTO(buf_free) struct buf bytes = { 0 };
	struct letter_context ctx;
	const char *subject;
	int rc;

	night_letter_context(&ctx, p->night);
	if ((rc = letter_compose(&subject, &bytes, a, &ctx, letter, e)) != OK ||
	    (rc = outbox_compose(
		 p->night->ledger, letter->id, subject, buf_bytes(&bytes), e)) != OK)
		return rc;
	letter->bytes = arena_bytes(a, buf_bytes(&bytes));
	return OK;
}

static void
tell(struct posting *p, const struct letter *letter, enum sent sent, const char *answer)
{
	static const char *const words[] = {
		[SENT_TEMPORARY] = "could not be delivered tonight and stays in the outbox",
		[SENT_PERMANENT] = "was refused for good",
		[SENT_UNKNOWN] = "may or may not have arrived and will be sent again",
	};
	struct err told = { 0 };

	err_set(&told, sent == SENT_PERMANENT ? ERR_INPUT : ERR_LATER,
	    "letter %" PRId64 " %s: %s", letter->id, words[sent], answer);
	night_problem(p->night, "post", &told);
}

/* The last try's outcome waits to be written with the next letter's beginning: one wait for the
 * disk for each letter. */
struct tried {
	int64_t letter; /* 0: none */
	enum sent sent;
	char answer[256];
};

static int
write_outcome(struct posting *p, struct tried *t, struct err *e)
{
	int rc = OK;

	if (t->letter != 0)
		rc = outbox_done(
		    p->night->ledger, t->letter, t->sent, t->answer, p->night->now_s, e);
	return rc;
}

/* One transaction: how the last one fared, this one's bytes, and that it is now being tried. */
static int
begin_letter(struct posting *p, struct arena *a, struct letter *letter, struct tried *last,
    struct err *e)
{
	struct ledger *l = p->night->ledger;
	struct err why = { 0 };
	int rc;

	if ((rc = ledger_group_begin(l, e)) != OK || (rc = write_outcome(p, last, e)) != OK)
		return rc;
	if (letter->bytes.len == 0 && compose(p, a, letter, &why) != OK)
		night_problem(p->night, "post",
		    &why); /* its own trouble; it has no bytes and is passed over */
	else if ((rc = outbox_trying(l, letter->id, p->night->run.id, e)) != OK)
		return rc;
	if ((rc = ledger_group_commit(l, e)) == OK)
		last->letter = 0; /* written, and on the disk */
	return rc;
}

/* *away: the post itself cannot be reached (the reason is told): no further letter makes sense
 * tonight. */
static void
send_letter(bool *away, struct posting *p, const struct letter *letter, struct tried *t)
{
	struct night *n = p->night;
	struct err why = { 0 };

	STEP("post.sending");
	*t = (struct tried){ .letter = letter->id };
	t->sent = p->kind->send(
	    p->post, letter->recipient, letter->message_id, letter->bytes, t->answer, &why);
	STEP("post.sent");
	*away = t->sent == SENT_AWAY;
	if (t->sent == SENT_OK)
		n->run.sent++;
	else
		n->run.unsent++;
	if (t->sent == SENT_AWAY)
		night_problem(n, "post", &why);
	else if (t->sent != SENT_OK)
		tell(p, letter, t->sent, t->answer);
}

/* *more is false when there is no further letter, or none makes sense tonight. */
static int
post_one(bool *more, struct posting *p, struct arena *a, int64_t *after, struct tried *last,
    struct err *e)
{
	struct night *n = p->night;
	struct letter *letter = NULL;
	struct err why = { 0 };
	bool away = false;
	int rc;

	*more = false;
	arena_reset(a);
	if ((rc = outbox_next(&letter, a, n->ledger, n->run.id, *after, e)) != OK ||
	    letter == NULL)
		return rc;
	*after = letter->id;
	if (p->post == NULL && p->kind->open(&p->post, &n->settings->post, &why) != OK) {
		night_problem(n, "post", &why);
		return OK;
	}
	if ((rc = begin_letter(p, a, letter, last, e)) != OK) {
		ledger_group_drop(n->ledger);
		return rc;
	}
	if (letter->bytes.len > 0)
		send_letter(&away, p, letter, last);
	progress_tick(n->progress, ++p->done, p->of);
	*more = !away;
	return OK;
}

static int
post_letters(struct posting *p, struct arena *a, struct err *e)
{
	struct tried last = { 0 };
	struct err unwritten = { 0 };
	int64_t after = 0;
	bool more = true;
	int rc = OK, written;

	while (rc == OK && more && !night_over(p->night))
		rc = post_one(&more, p, a, &after, &last, e);
	/* Whatever ended it: how the last one fared is known, and must not be forgotten. */
	written = write_outcome(p, &last, &unwritten);
	if (rc == OK && written != OK)
		*e = unwritten;
	return rc == OK ? written : rc;
}

int
night_post(struct night *n, struct err *e)
{
	AUTO(arena_free) struct arena *a = arena_new();
	struct posting p = { .night = n, .kind = post_find(n->settings->post.kind) };
	int rc;

	progress_phase(n->progress, "post");
	if ((rc = outbox_waiting(&p.of, n->ledger, e)) != OK)
		return rc;
	rc = post_letters(&p, a, e);
	if (p.post != NULL)
		p.kind->close(&p.post);
	if (rc == OK)
		progress_done(n->progress, "%" PRIu64 " letters left, %" PRIu64 " did not",
		    n->run.sent, n->run.unsent);
	return rc;
}
