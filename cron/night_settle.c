/* Phase 3 of the night: what is committed may now be marked, moved or answered beside the file
 * at its source. */
#include <inttypes.h>

#include "base/step.h"
#include "cron/night.h"

/* The receipt laid beside a dropped file: composed and kept before the file moves, done once it
 * has. */
static int
note_of(int64_t *letter, struct bytes *text, struct night *n, struct arena *a, int64_t message,
    struct err *e)
{
	struct letter_context ctx;
	struct letter *note;
	const char *subject;
	struct buf body = { 0 };
	int rc;

	*letter = 0;
	*text = BYTES("");
	if ((rc = outbox_note(&note, a, n->ledger, message, e)) != OK || note == NULL)
		return rc;
	*letter = note->id;
	*text = note->bytes;
	if (note->bytes.len > 0)
		return OK;
	night_letter_context(&ctx, n);
	rc = letter_note(&subject, &body, a, &ctx, note, e);
	if (rc == OK)
		rc = outbox_compose(n->ledger, note->id, subject, buf_bytes(&body), e);
	if (rc == OK)
		*text = arena_bytes(a, buf_bytes(&body));
	buf_free(&body);
	return rc;
}

static int
record(struct night *n, struct arena *a, const struct unsettled *list,
    const struct settlement *done, const int64_t *notes, size_t count, struct err *e)
{
	int64_t *places = arena_array(a, count, sizeof(*places));
	size_t settled = 0;
	int rc;

	for (size_t i = 0; i < count; i++) {
		if (!done[i].done)
			continue;
		places[settled++] = list[i].id;
		if (notes[i] != 0 &&
		    (rc = outbox_done(n->ledger, notes[i], SENT_OK, "laid beside the file",
			 n->now_s, e)) != OK)
			return rc;
	}
	n->run.settled += settled;
	return settled > 0 ? ledger_settled(n->ledger, places, settled, n->now_s, e) : OK;
}

static int
settle_source(struct night *n, const struct source_settings *s, struct err *e)
{
	AUTO(arena_free) struct arena *a = arena_new();
	struct unsettled *list;
	size_t count;
	struct err local = { 0 };
	int rc;

	if ((rc = ledger_unsettled(&list, &count, a, n->ledger, s->name, e)) != OK ||
	    count == 0)
		return rc;
	struct settlement *settlements = arena_array(a, count, sizeof(*settlements));
	int64_t *notes = arena_array(a, count, sizeof(*notes));
	for (size_t i = 0; i < count; i++) {
		settlements[i] = (struct settlement){
			.key = list[i].key,
			.outcome = list[i].refused ? OUTCOME_REFUSED : OUTCOME_ACCEPTED,
		};
		if ((rc = note_of(&notes[i], &settlements[i].note, n, a, list[i].message, e)) !=
		    OK)
			return rc;
	}
	if (source_settle(s, settlements, count, &local) != OK) {
		night_problem(n, s->name, &local);
		n->run.source_errors++;
	}
	STEP("settle.done");
	return record(n, a, list, settlements, notes, count, e);
}

int
night_settle(struct night *n, struct err *e)
{
	int rc;

	progress_phase(n->progress, "settle");
	for (size_t i = 0; i < n->settings->source_count && !night_over(n); i++)
		if ((rc = settle_source(n, &n->settings->sources[i], e)) != OK)
			return rc;
	progress_done(
	    n->progress, "%" PRIu64 " marked or moved at their sources", n->run.settled);
	return OK;
}
