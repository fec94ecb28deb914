/* Phase 4 of the night: letters that fall due are owed, and what we owe leaves, oldest first. */
#include <inttypes.h>

#include "base/buf.h"
#include "base/step.h"
#include "cron/night.h"

/* ---- owing ---- */

static bool
came_in(const struct run *r)
{
	return r->fetched + r->accepted + r->refused + r->unreadable + r->stranger + r->quarantined > 0;
}

int
night_owe_coordinators(struct night *n, enum letter_kind kind, const char *key, struct err *e)
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
		if ((rc = outbox_owe(&fresh, n->ledger, kind, key, arena_text(n->arena, c->address),
			 arena_text(n->arena, c->language), n->settings->own_domain, n->now_s, e)) != OK)
			return rc;
	}
	return OK;
}

/* The result of a year falls due once, on its day of the next year; nights missed are caught up by any later one. */
static bool
results_due(const struct night *n, struct date today)
{
	const struct results *r = n->results;

	if (r->count == 0 || r->due_day == 0)
		return false;
	struct date due = { .year = today.year, .month = (uint8_t)r->due_months, .day = (uint8_t)r->due_day };
	return date_compare(today, due) >= 0;
}

int
night_owe(struct night *n, struct err *e)
{
	char day[16];
	struct date today = moment_date(n->now_s, n->rulebook->offset_s, NULL);
	uint64_t accepted;
	int rc;

	if (n->settings->reports_alone)
		return OK;
	date_write(day, today);
	if (came_in(&n->run) && (rc = night_owe_coordinators(n, LETTER_DIGEST, day, e)) != OK)
		return rc;
	if (!results_due(n, today))
		return OK;
	if ((rc = figures_accepted(&accepted, n->ledger, today.year - 1, e)) != OK || accepted == 0)
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
	    (rc = outbox_compose(p->night->ledger, letter->id, subject, buf_bytes(&bytes), e)) != OK)
		return rc;
	letter->bytes = arena_bytes(a, buf_bytes(&bytes));
	return OK;
}

/* ERR_LATER: the post itself is unreachable, no further letter makes sense tonight. */
static int
send_one(struct posting *p, struct letter *letter, struct err *e)
{
	struct night *n = p->night;
	char answer[256] = "";
	struct err told = { 0 };
	int rc;

	if (p->post == NULL && (rc = p->kind->open(&p->post, &n->settings->post, e)) != OK)
		return rc;
	if ((rc = outbox_trying(n->ledger, letter->id, n->run.id, e)) != OK)
		return rc;
	STEP("post.sending");
	enum sent sent = p->kind->send(p->post, letter->recipient, letter->message_id, letter->bytes, answer);
	STEP("post.sent");
	if ((rc = outbox_done(n->ledger, letter->id, sent, answer, n->now_s, e)) != OK)
		return rc;
	if (sent == SENT_OK) {
		n->run.sent++;
	} else {
		n->run.unsent++;
		err_set(&told, sent == SENT_PERMANENT ? ERR_INPUT : ERR_LATER, "letter %" PRId64 " %s: %s",
		    letter->id,
		    sent == SENT_PERMANENT	? "was refused for good" :
			sent == SENT_TEMPORARY	? "could not be delivered tonight and stays in the outbox" :
						  "may or may not have arrived and will be sent again",
		    answer);
		night_problem(n, "post", &told);
	}
	return OK;
}

static int
post_letter(struct posting *p, struct arena *a, struct letter *letter, struct err *e)
{
	int rc;

	if (letter->bytes.len == 0 && (rc = compose(p, a, letter, e)) != OK)
		return rc;
	return send_one(p, letter, e);
}

static int
post_letters(struct posting *p, struct arena *a, struct err *e)
{
	struct night *n = p->night;
	struct letter *letter;
	struct err local = { 0 };
	int64_t after = 0;
	int rc;

	while (!night_over(n)) {
		arena_reset(a);
		if ((rc = outbox_next(&letter, a, n->ledger, n->run.id, after, e)) != OK || letter == NULL)
			return rc;
		after = letter->id;
		if ((rc = post_letter(p, a, letter, &local)) != OK) {
			night_problem(n, "post", &local);
			/* A letter that cannot be composed is its own trouble; a post that cannot be reached is all letters'. */
			if (p->post == NULL && letter->bytes.len > 0)
				return OK;
		}
		progress_tick(n->progress, ++p->done, p->of);
	}
	return OK;
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
		progress_done(n->progress, "%" PRIu64 " letters left, %" PRIu64 " did not", n->run.sent, n->run.unsent);
	return rc;
}
