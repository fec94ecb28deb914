/* Why: thousands of originals are judged again in the time of a coffee, on every core, beside a
 * night that may be at work. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "cron/passport_key.h"
#include "cron/rehearse.h"
#include "cron/workers.h"
#include "store/past.h"

/* What each process has of its own. */
struct desk {
	const struct rehearsal *rehearsal;
	struct arena *arena; /* of the message at hand */
	struct jail *jail;
	struct ledger *ledger;
	struct originals *originals;
	struct secret *passport_key;
	struct past past;
	struct message_court court;
};

/* As for the night: readers come first, secrets last. */
static int
desk_open(void **out, void *given, struct err *e)
{
	const struct rehearsal *r = given;
	const struct settings *s = r->settings;
	struct desk *d = memory_new(sizeof(*d));
	int rc;

	*out = d;
	d->rehearsal = r;
	d->arena = arena_new();
	d->court = (struct message_court){ .rulebook = r->rulebook,
		.policy = &s->policy,
		.limits = &s->limits,
		.sender_known = true };
	if ((rc = jail_new(&d->jail, &r->rulebook->hints, NULL, &s->limits, e)) != OK ||
	    (rc = ledger_open_reading(&d->ledger, s->state, r->rulebook, e)) != OK ||
	    (rc = originals_open(&d->originals, s->state, e)) != OK ||
	    (rc = bench_open(&d->court.bench, r->rulebook, e)) != OK ||
	    (rc = passport_key_load(&d->passport_key, &s->passport, e)) != OK)
		return rc;
	d->past = ledger_past(d->ledger);
	d->court.past = &d->past;
	d->court.passport_key = d->passport_key;
	return OK;
}

static void
desk_close(void *self)
{
	struct desk *d = self;

	secret_free(&d->passport_key);
	bench_close(&d->court.bench);
	originals_close(&d->originals);
	ledger_close(&d->ledger);
	jail_free(&d->jail);
	arena_free(&d->arena);
	free(d);
}

/* What was found since, when something it was compared with changed, is no news of the rules.
 */
static int
add_doubts(struct figure_submission *s, struct desk *d, struct err *e)
{
	struct figure_finding *doubts, *all;
	size_t count;
	int rc = figures_doubts_open(&doubts, &count, d->arena, d->ledger, s->id, e);

	if (rc != OK || count == 0)
		return rc;
	all = arena_array(d->arena, s->finding_count + count, sizeof(*all));
	if (s->finding_count > 0)
		memcpy(all, s->findings, s->finding_count * sizeof(*all));
	memcpy(all + s->finding_count, doubts, count * sizeof(*all));
	s->findings = all;
	s->finding_count += count;
	return OK;
}

static int
message_then(struct figure_message **out, struct desk *d, int64_t id, struct err *e)
{
	int rc = figures_message(out, d->arena, d->ledger, id, e);

	for (size_t i = 0; rc == OK && i < (*out)->submission_count; i++)
		rc = add_doubts(&(*out)->submissions[i], d, e);
	return rc;
}

/* Which of the submissions have no later try. */
static int
last_tries(bool **out, struct desk *d, const struct figure_message *m, struct err *e)
{
	bool *last = arena_array(d->arena, m->submission_count + 1, sizeof(*last));
	int rc = OK;

	for (size_t i = 0; rc == OK && i < m->submission_count; i++)
		rc = figures_last_try(&last[i], d->ledger, &m->submissions[i], e);
	*out = last;
	return rc;
}

/* ERR_INPUT: the reader ended badly. */
static int
judge_again(
    struct message_judged *out, struct desk *d, const struct unread *unread, struct err *e)
{
	AUTO(jail_close) struct reading *reading = NULL;
	AUTO(file_close) int fd = -1;
	int rc = message_open(&reading, &fd, d->jail, d->originals, unread, e);

	if (rc != OK)
		return rc == ERR_INPUT ? ERR_LATER : rc;
	return message_judge(out, &d->court, d->arena, unread, reading, e);
}

static int
rehearse_one(json_t **out, struct desk *d, int64_t id, struct err *e)
{
	struct rehearsed m = { .rehearsal = d->rehearsal, .arena = d->arena };
	struct figure_message *then;
	struct message_judged now;
	struct err why = { 0 };
	bool *last;
	int rc;

	if ((rc = message_then(&then, d, id, e)) != OK ||
	    (rc = last_tries(&last, d, then, e)) != OK)
		return rc;
	struct unread unread = { .id = id,
		.mail = then->mail,
		.source = "",
		.name = then->name,
		.unit = then->unit,
		.bytes = then->bytes,
		.received_s = then->received_s };

	memcpy(unread.digest, then->digest, sizeof(unread.digest));
	rc = judge_again(&now, d, &unread, &why);
	if (rc != OK && rc != ERR_INPUT) {
		*e = why;
		return rc;
	}
	m.then = then;
	m.last_try = last;
	m.now = rc == OK ? &now : NULL;
	m.reason = rc == OK ? NULL : why.text;
	*out = rehearse_compare(&m);
	return OK;
}

static int
desk_item(struct buf *answer, void *self, size_t index, struct err *e)
{
	struct desk *d = self;
	json_t *told = NULL;
	int rc = rehearse_one(&told, d, d->rehearsal->ids[index], e);

	if (rc == OK) {
		char *text = json_dumps(told, JSON_COMPACT);

		buf_text(answer, text);
		free(text);
		json_decref(told);
	}
	arena_reset(d->arena);
	return rc;
}

/* ---- what comes back ---- */

/* Numbers are added, what is below likewise, and of texts the first stays. */
static void
merge(json_t *into, json_t *from)
{
	const char *word;
	json_t *more;

	json_object_foreach(from, word, more)
	{
		json_t *known = json_object_get(into, word);

		if (known == NULL)
			json_object_set(into, word, more);
		else if (json_is_object(known))
			merge(known, more);
		else if (json_is_integer(known))
			json_object_set_new(into, word,
			    json_integer(json_integer_value(known) + json_integer_value(more)));
	}
}

static void
take_answer(void *given, size_t index, struct bytes text)
{
	struct rehearsal *r = given;
	json_t *told = json_loadb(text.at, text.len, 0, NULL), *line;
	size_t i;

	json_array_foreach(json_object_get(told, "changed"), i, line)
	{
		json_object_set_new(line, "index", json_integer((json_int_t)index));
		json_object_set_new(line, "table", json_integer((json_int_t)i));
		json_array_append(r->changed, line);
	}
	merge(r->counts, json_object_get(told, "counts"));
	merge(r->rules, json_object_get(told, "rules"));
	merge(r->failed, json_object_get(told, "failed"));
	json_decref(told);
	progress_tick(r->progress, ++r->done, r->count);
}

static void
take_lost(void *given, size_t index, const struct err *why)
{
	struct rehearsal *r = given;

	r->lost++;
	fprintf(stderr, "giamsat: message %" PRId64 " could not be judged again: %s\n",
	    r->ids[index], why->text);
	progress_tick(r->progress, ++r->done, r->count);
}

int
rehearse_all(struct rehearsal *r, struct err *e)
{
	const struct work work = { .given = r,
		.open = desk_open,
		.item = desk_item,
		.close = desk_close,
		.answer = take_answer,
		.lost = take_lost };
	int rc;

	r->changed = json_array();
	r->counts = json_object();
	r->rules = json_object();
	r->failed = json_object();
	progress_phase(r->progress, "rehearse");
	rc = workers_run(&work, r->jobs, r->count, e);
	if (rc == OK)
		progress_done(r->progress, "%zu messages judged again", r->done - r->lost);
	return rc;
}
