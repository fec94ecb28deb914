/* `giamsat quarantine`: messages that could not be read on several nights, looked at and
 * decided by a person. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "cron/command.h"
#include "cron/inforce.h"
#include "cron/lock.h"
#include "store/ledger.h"
#include "store/originals.h"

struct quarantine {
	struct options *o;
	struct ledger *ledger;
	const struct settings *settings;
	const struct rulebook *rulebook;
	struct quarantined *list;
	size_t count;
};

static void
print_one(const struct quarantine *q, const struct quarantined *m)
{
	char received[32], since[32];

	moment_write(received, m->received_s, q->rulebook->offset_s);
	moment_write(since, m->since_s, q->rulebook->offset_s);
	if (q->o->json) {
		json_t *line = json_pack("{s:I, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:I}", "id",
		    (json_int_t)m->id, "sha256", m->digest, "source", m->source, "key", m->key,
		    "reason", m->reason, "sender", m->sender, "received", received, "since",
		    since, "bytes", (json_int_t)m->bytes);
		command_json(line);
		return;
	}
	printf("%6" PRId64 "  %s  %10" PRIu64 " bytes  %s  %s\n", m->id, received, m->bytes,
	    m->source, m->reason);
}

static const struct quarantined *
find(const struct quarantine *q, int64_t id)
{
	for (size_t i = 0; i < q->count; i++)
		if (q->list[i].id == id)
			return &q->list[i];
	return NULL;
}

static int
list(struct quarantine *q, struct err *e)
{
	(void)e;
	for (size_t i = 0; i < q->count; i++)
		print_one(q, &q->list[i]);
	if (q->count == 0 && q->o->colour && !q->o->json)
		puts("The quarantine is empty.");
	return OK;
}

static int
show(struct quarantine *q, const struct quarantined *m)
{
	print_one(q, m);
	if (!q->o->json)
		printf("        place    %s\n        sha256   %s\n        original "
		       "%s/originals/%.2s/%s\n",
		    m->key, m->digest, q->settings->state, m->digest, m->digest);
	return OK;
}

static int
act(struct quarantine *q, const char *verb, int64_t id, struct err *e)
{
	const struct quarantined *m = find(q, id);

	if (m == NULL)
		return err_set(
		    e, ERR_INPUT, "there is no message %" PRId64 " in quarantine", id);
	if (strcmp(verb, "show") == 0)
		return show(q, m);
	return strcmp(verb, "release") == 0 ? ledger_release(q->ledger, id, e)
					    : ledger_drop(q->ledger, id, e);
}

static int
work(struct quarantine *q, const char *verb, int64_t id, struct err *e)
{
	int rc;

	if ((rc = ledger_quarantine(&q->list, &q->count, q->o->arena, q->ledger, e)) != OK)
		return rc;
	return id == 0 ? list(q, e) : act(q, verb, id, e);
}

static bool
number_of(int64_t *id, const char *word)
{
	char *end;

	errno = 0;
	*id = strtoll(word, &end, 10);
	return errno == 0 && *end == '\0' && *id > 0;
}

static int
run(struct options *o)
{
	struct quarantine q = { .o = o };
	struct settings *s = NULL;
	struct inforce rules;
	struct err e = { 0 };
	AUTO(file_close) int lock = -1;
	const char *campaign = settings_campaign(o->arena, o->campaign);
	const char *verb = o->argc > 1 ? o->argv[1] : "list";
	bool changes = strcmp(verb, "release") == 0 || strcmp(verb, "drop") == 0;
	int64_t id = 0;

	if (strcmp(verb, "list") != 0 && strcmp(verb, "show") != 0 && !changes)
		return command_misused(o, "'%s' is not list, show, release or drop", verb);
	if (strcmp(verb, "list") != 0 && (o->argc != 3 || !number_of(&id, o->argv[2])))
		return command_misused(o, "%s needs the number of a message", verb);
	if (campaign == NULL)
		return command_misused(o, "there is no campaign here; name its folder with -C");
	if (settings_open(&s, o->arena, campaign, &e) != OK ||
	    inforce_read(&rules, s, o->arena, &e) != OK)
		return command_failed(&e, EXIT_SETTINGS);
	const struct rulebook *r = rules.book;
	if (changes && lock_take(&lock, s->state, &e) != OK)
		return command_failed(&e, EXIT_OURS);
	if (changes && lock < 0) {
		fprintf(stderr, "giamsat: a run is at work; try again when it has ended\n");
		return EXIT_LATER;
	}
	q.settings = s;
	q.rulebook = r;
	int rc = changes ? ledger_open(&q.ledger, s->state, r, &e)
			 : ledger_open_reading(&q.ledger, s->state, r, &e);
	if (rc == OK)
		rc = work(&q, verb, id, &e);
	ledger_close(&q.ledger);
	return rc == OK ? EXIT_WELL : command_failed(&e, EXIT_OURS);
}

const struct command command_quarantine = {
	.name = "quarantine",
	.summary = "messages that could not be read: list, show, release, drop",
	.usage = "usage: giamsat [-C DIR] [--json] quarantine [list]\n"
		 "       giamsat [-C DIR] [--json] quarantine show|release|drop NUMBER\n\n"
		 "A message whose reading failed on several nights waits here. `release` has "
		 "the next run read it\n"
		 "again, `drop` gives it up for good; its original and its row in the ledger "
		 "stay.\n",
	.run = run,
};
