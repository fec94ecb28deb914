/* Phase 2 of the night: each original is read in the jail, a few ahead of the one that is
 * judged, in batches. */
#include <inttypes.h>

#include "base/file.h"
#include "cron/message_judge.h"
#include "cron/night.h"
#include "cron/passport_key.h"

/* Counted as one attempt together: a crash between them costs the innocent one attempt, and
 * from the second night on each is counted alone. */
#define BATCH_MAX 64
/* Readers at work while one message is judged: enough that the judge seldom waits for them. */
#define AHEAD 3
/* Admitted one by one, made durable together: a crash costs at most so many readings, never a
 * message. */
#define GROUP_MAX 16

/* A message whose reader is at work already, while the one before it is still being judged. */
struct ahead {
	const struct unread *unread;
	int fd;
	struct reading *reading; /* NULL: nothing of it can be read */
};

static void
ahead_close(struct ahead *x)
{
	jail_close(&x->reading);
	file_close(&x->fd);
}

static int
ahead_open(struct ahead *x, struct night *n, const struct unread *unread, struct err *e)
{
	*x = (struct ahead){ .unread = unread, .fd = -1 };
	if (unread->refused_word != NULL && !unread->mail)
		return OK;
	return message_open(&x->reading, &x->fd, n->jail, n->originals, unread, e);
}

/* ---- all of them ---- */

struct batch {
	struct night *night;
	struct arena *arena; /* of the message at hand */
	const struct unread *list;
	size_t count;
	struct ahead window[1 + AHEAD]; /* message i of the list is at i % COUNT(window) */
	size_t opened;                  /* so many of the list were in the window */
	struct run kept;                /* counts as of the last commit */
	uint64_t done, of;
};

/* Its own trouble, unless the night itself cannot go on. */
static int
message_trouble(
    struct night *n, const struct unread *unread, int rc, struct err *why, struct err *e)
{
	if (rc == ERR_STOP)
		*e = *why;
	else if (rc != OK)
		night_problem(n, unread->source, why);
	return rc == ERR_STOP ? rc : OK;
}

/* The readers of message i and of those after it, which work on the other core meanwhile. */
static int
window_open(struct batch *b, size_t i, struct err *e)
{
	int rc = OK;

	while (rc == OK && b->opened < b->count && b->opened <= i + AHEAD) {
		const struct unread *unread = &b->list[b->opened];
		struct ahead *x = &b->window[b->opened++ % COUNT(b->window)];
		struct err why = { 0 };
		int opened = ahead_open(x, b->night, unread, &why);

		if (opened != OK) {
			ahead_close(x);
			x->unread = NULL;
		}
		rc = message_trouble(b->night, unread, opened, &why, e);
	}
	return rc;
}

static void
window_close(struct batch *b)
{
	for (size_t i = 0; i < COUNT(b->window); i++)
		ahead_close(&b->window[i]);
	b->opened = 0;
}

static int
batch_step(struct batch *b, size_t i, struct err *e)
{
	struct ahead *x = &b->window[i % COUNT(b->window)];
	struct err why = { 0 };
	int rc = window_open(b, i, e);

	if (rc != OK)
		return rc;
	rc = x->unread != NULL ? night_message(b->night, b->arena, x->unread, x->reading, &why)
			       : OK;
	arena_reset(b->arena);
	ahead_close(x);
	progress_tick(b->night->progress, ++b->done, b->of);
	return message_trouble(b->night, &b->list[i], rc, &why, e);
}

static int
group_begin(struct batch *b, struct err *e)
{
	b->kept = b->night->run;
	return ledger_group_begin(b->night->ledger, e);
}

/* *begun: so many of the batch were at least begun. */
static int
batch_work(size_t *begun, struct batch *b, struct err *e)
{
	int rc = group_begin(b, e);

	for (*begun = 0; rc == OK && *begun < b->count && !night_read_over(b->night);
	     ++*begun) {
		if (*begun > 0 && *begun % GROUP_MAX == 0 &&
		    ((rc = ledger_group_commit(b->night->ledger, e)) != OK ||
			(rc = group_begin(b, e)) != OK))
			return rc;
		rc = batch_step(b, *begun, e);
	}
	return rc == OK ? ledger_group_commit(b->night->ledger, e) : rc;
}

static int
read_batch(struct batch *b, struct err *e)
{
	struct night *n = b->night;
	int64_t ids[BATCH_MAX] = { 0 };
	size_t begun = 0;
	int rc;

	for (size_t i = 0; i < b->count; i++)
		ids[i] = b->list[i].id;
	if ((rc = ledger_attempt(n->ledger, ids, b->count, e)) != OK)
		return rc;
	rc = batch_work(&begun, b, e);
	window_close(b);
	if (rc != OK) {
		/* What was not committed did not happen, and is not counted. */
		ledger_group_drop(n->ledger);
		n->run = b->kept;
		return rc;
	}
	/* The night ended in order: what it did not come to has not been tried. */
	return begun < b->count
	    ? ledger_attempt_return(n->ledger, ids + begun, b->count - begun, e)
	    : OK;
}

static size_t
batch_of(const struct unread *list, size_t count)
{
	size_t n = 0;

	if (list[0].attempts > 0)
		return 1;
	while (n < count && n < BATCH_MAX && list[n].attempts == 0)
		n++;
	return n;
}

static int
quarantine_spent(struct night *n, struct err *e)
{
	int64_t *ids = NULL;
	size_t count;
	struct err told = { 0 };
	int rc;

	if ((rc = ledger_quarantine_spent(&ids, &count, n->arena, n->ledger,
		 n->settings->limits.nights, n->now_s, e)) != OK)
		return rc;
	n->run.quarantined += count;
	for (size_t i = 0; i < count; i++) {
		err_set(&told, ERR_INPUT,
		    "message %" PRId64 " could not be read on %u nights and is in quarantine; "
		    "see: giamsat quarantine show %" PRId64,
		    ids[i], n->settings->limits.nights, ids[i]);
		night_problem(n, "quarantine", &told);
	}
	return OK;
}

static int
read_all(struct night *n, struct err *e)
{
	AUTO(arena_free) struct arena *listed = arena_new();
	AUTO(arena_free) struct arena *message = arena_new();
	struct batch b = { .night = n, .arena = message };
	struct unread *list = NULL;
	size_t count = 0;
	int rc;

	for (size_t i = 0; i < COUNT(b.window); i++)
		b.window[i].fd = -1;
	progress_phase(n->progress, "read");
	if ((rc = quarantine_spent(n, e)) != OK ||
	    (rc = ledger_unread(&list, &count, listed, n->ledger, SIZE_MAX,
		 n->settings->limits.nights, e)) != OK)
		return rc;
	b.of = count;
	for (size_t at = 0; at < count && !night_read_over(n); at += b.count) {
		b.list = list + at;
		b.count = batch_of(b.list, count - at);
		if ((rc = read_batch(&b, e)) != OK)
			return rc;
	}
	progress_done(n->progress,
	    "%" PRIu64 " accepted, %" PRIu64 " refused, %" PRIu64 " seen before, %" PRIu64
	    " unreadable, %" PRIu64 " from strangers, %" PRIu64 " automatic",
	    n->run.accepted, n->run.refused, n->run.duplicate, n->run.unreadable,
	    n->run.stranger, n->run.automatic);
	return OK;
}

int
night_read(struct night *n, struct err *e)
{
	struct err why = { 0 };
	int rc = OK;

	/* The spawner was forked long before, so no reader has what is loaded now. */
	if (passport_key_load(&n->passport_key, &n->settings->passport, &why) == OK)
		rc = read_all(n, e);
	else /* judged without it, good reports would be refused: they wait until it is mended
	      */
		night_problem(n, "nothing was read", &why);
	secret_free(&n->passport_key);
	return rc;
}
