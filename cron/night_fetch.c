/* Phase 1 of the night: what is new at the sources becomes durable originals and ledger rows;
 * nothing is parsed. */
#include <inttypes.h>

#include "base/step.h"
#include "cron/night.h"

/* Originals since the last flush: recorded together once they are durable. */
#define BATCH_MAX 256

struct taking {
	struct night *night;
	struct arena *arena; /* of the batch */
	struct arrived batch[BATCH_MAX];
	size_t count;
	struct arrived now; /* between begin and end */
	uint64_t mails, bytes, fresh;
};

static bool
is_known(void *self, const char *source, const char *key)
{
	const struct taking *t = self;

	return ledger_knows(t->night->ledger, source, key);
}

static struct arrived
arrived_of(struct taking *t, const char *source, const struct arrival *a)
{
	return (struct arrived){
		.source = arena_text(t->arena, bytes_of(source)),
		.key = arena_text(t->arena, bytes_of(a->key)),
		.mail = a->mail,
		.name = arena_text(t->arena, a->name),
		.unit = arena_text(t->arena, a->unit),
		.bytes = a->bytes,
		.received_s = a->received_s ? a->received_s : t->night->now_s,
		.fetched_s = t->night->now_s,
	};
}

static int
flush(void *self, struct err *e)
{
	struct taking *t = self;
	bool fresh[BATCH_MAX];
	int rc;

	if (t->count == 0)
		return OK;
	if ((rc = originals_flush(t->night->originals, e)) != OK ||
	    (rc = ledger_arrived(
		 t->night->ledger, t->night->run.id, t->batch, t->count, fresh, e)) != OK)
		return rc;
	for (size_t i = 0; i < t->count; i++)
		t->fresh += fresh[i];
	t->count = 0;
	arena_reset(t->arena);
	STEP("fetch.flushed");
	return OK;
}

static int
begin(void *self, const char *source, const struct arrival *a, struct err *e)
{
	struct taking *t = self;
	const struct limits *limits = &t->night->settings->limits;

	bool used_up =
	    t->mails >= limits->night_mails || t->bytes + a->bytes > limits->night_bytes;
	t->night->cut = t->night->cut || used_up;
	if (used_up || night_read_over(t->night))
		return err_set(
		    e, ERR_INPUT, "the night's budget is used up; the rest waits for the next");
	t->now = arrived_of(t, source, a);
	return originals_begin(t->night->originals, e);
}

static int
add(void *self, struct bytes more, struct err *e)
{
	struct taking *t = self;

	return originals_add(t->night->originals, more, e);
}

static int
keep(struct taking *t, struct err *e)
{
	t->batch[t->count++] = t->now;
	t->mails++;
	t->bytes += t->now.bytes;
	progress_tick(t->night->progress, t->mails, 0);
	return t->count == BATCH_MAX ? flush(t, e) : OK;
}

static int
end(void *self, bool whole, struct err *e)
{
	struct taking *t = self;
	int rc;

	if (!whole) {
		originals_abandon(t->night->originals);
		return OK;
	}
	if ((rc = originals_end(t->now.digest, &t->now.bytes, t->night->originals, e)) != OK)
		return rc;
	return keep(t, e);
}

/* Never to be read, but to be answered: a mail's header is kept as its original, anything else
 * is known by its place. */
static int
refuse(void *self, const char *source, const struct arrival *a, const char *reason,
    struct bytes header, struct err *e)
{
	struct taking *t = self;
	uint64_t bytes;
	int rc;

	t->now = arrived_of(t, source, a);
	t->now.refused_word = arena_text(t->arena, bytes_of(reason));
	if (header.len > 0) {
		if ((rc = originals_begin(t->night->originals, e)) != OK ||
		    (rc = originals_add(t->night->originals, header, e)) != OK ||
		    (rc = originals_end(t->now.digest, &bytes, t->night->originals, e)) != OK)
			return rc;
	} else {
		digest_of(
		    t->now.digest, bytes_of(arena_printf(t->arena, "%s\n%s", source, a->key)));
	}
	return keep(t, e);
}

int
night_fetch(struct night *n, struct err *e)
{
	AUTO(arena_free) struct arena *batch = arena_new();
	struct taking *t = arena_take(n->arena, sizeof(*t));
	struct intake intake = {
		.self = t,
		.now_s = n->now_s,
		.known = is_known,
		.begin = begin,
		.add = add,
		.end = end,
		.refuse = refuse,
		.flush = flush,
	};
	struct err local = { 0 };
	int rc;

	*t = (struct taking){ .night = n, .arena = batch };
	progress_phase(n->progress, "fetch");
	for (size_t i = 0; i < n->settings->source_count && !night_read_over(n); i++) {
		const struct source_settings *s = &n->settings->sources[i];

		if (source_fetch(s, &n->settings->limits, &intake, &local) != OK) {
			night_problem(n, s->name, &local);
			n->run.source_errors++;
		}
		originals_abandon(n->originals);
		/* What came before a source failed is as good as the rest. */
		if ((rc = flush(t, e)) != OK)
			return rc;
	}
	n->run.fetched = t->fresh;
	progress_done(n->progress, "%" PRIu64 " new from %zu %s", t->fresh,
	    n->settings->source_count, n->settings->source_count == 1 ? "source" : "sources");
	return OK;
}
