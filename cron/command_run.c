/* `giamsat run`: one night, from the lock to the exit code. */
#include <inttypes.h>
#include <string.h>

#include "base/file.h"
#include "cron/inforce.h"
#include "cron/lock.h"
#include "cron/night.h"

/* ---- what is said at the end ---- */

static void
print_json(const struct night *n, int code)
{
	const struct run *r = &n->run;
	json_t *problems = json_array();

	for (size_t i = 0; i < n->problem_count; i++)
		json_array_append_new(problems,
		    json_pack("{s:s, s:o}", "where", n->problems[i].where, "text",
			command_text(n->arena, bytes_of(n->problems[i].text))));
	json_t *line = json_pack(
	    "{s:I, s:i, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:o}", "run",
	    (json_int_t)r->id, "exit", code, "fetched", (json_int_t)r->fetched, "accepted",
	    (json_int_t)r->accepted, "refused", (json_int_t)r->refused, "duplicate",
	    (json_int_t)r->duplicate, "unreadable", (json_int_t)r->unreadable, "stranger",
	    (json_int_t)r->stranger, "automatic", (json_int_t)r->automatic, "quarantined",
	    (json_int_t)r->quarantined, "settled", (json_int_t)r->settled, "sent",
	    (json_int_t)r->sent, "unsent", (json_int_t)r->unsent, "problems", problems);
	command_json(line);
}

/* ---- the night and what it needs ---- */

static int
open_all(struct night *n, struct err *e)
{
	int rc;

	/* First, while there is no ledger, bench or connection that readers would inherit. */
	if ((rc = jail_new(&n->jail, &n->rulebook->hints, NULL, &n->settings->limits, e)) !=
		OK ||
	    (rc = ledger_open(&n->ledger, n->settings->state, n->rulebook, e)) != OK ||
	    (rc = originals_open(&n->originals, n->settings->state, e)) != OK ||
	    (rc = bench_open(&n->bench, n->rulebook, e)) != OK)
		return rc;
	n->run = (struct run){
		.began_s = n->now_s, .version = GIAMSAT_VERSION, .rules = n->rulebook->digest
	};
	return ledger_run_begin(&n->run, n->ledger, e);
}

static void
close_all(struct night *n)
{
	bench_close(&n->bench);
	originals_close(&n->originals);
	ledger_close(&n->ledger);
	jail_free(&n->jail);
	progress_free(&n->progress);
}

/* Input that is refused before the night has read any is the campaign's own. */
static int
exit_of_failure(const struct err *e)
{
	return e->code == ERR_INPUT ? EXIT_SETTINGS : command_exit(e, EXIT_OURS);
}

static int
work(struct night *n, struct err *e)
{
	int rc, ended;

	if ((rc = open_all(n, e)) != OK)
		return rc;
	rc = night_work(n, e);
	n->run.ended_s = n->now_s;
	n->run.exit_code = rc == OK ? night_exit_code(n) : exit_of_failure(e);
	struct err closing = { 0 };
	ended = ledger_run_end(&n->run, n->ledger, &closing);
	if (rc == OK && ended != OK) {
		*e = closing;
		rc = ended;
	}
	return rc;
}

static int
run_locked(struct options *o, const struct settings *s, struct err *e)
{
	struct night n = {
		.arena = o->arena,
		.settings = s,
		.now_s = o->now_s,
		.progress = progress_new((o->colour || o->verbose) && !o->json, o->colour),
	};
	struct inforce rules;
	int code;

	if (inforce_open(&rules, s, o->arena, true, e) != OK) {
		progress_free(&n.progress);
		return command_failed(e, EXIT_SETTINGS);
	}
	n.rulebook = rules.book;
	n.results = rules.results;
	if (rules.told != NULL) {
		struct err told = { 0 };

		err_set(&told, ERR_STOP, "%s", rules.told);
		night_problem(&n, "rules", &told);
	}
	int rc = work(&n, e);
	if (rc != OK)
		night_problem(&n, "night", e);
	night_print_problems(&n);
	code = rc == OK ? n.run.exit_code : exit_of_failure(e);
	if (o->json)
		print_json(&n, code);
	close_all(&n);
	return code;
}

static int
run(struct options *o)
{
	struct settings *s = NULL;
	struct err e = { 0 };
	AUTO(file_close) int lock = -1;
	const char *campaign = settings_campaign(o->arena, o->campaign);

	if (o->argc > 1)
		return command_misused(o, "it takes no words, got '%s'", o->argv[1]);
	if (campaign == NULL)
		return command_misused(o, "there is no campaign here; name its folder with -C");
	if (settings_open(&s, o->arena, campaign, &e) != OK)
		return command_failed(&e, EXIT_SETTINGS);
	if (lock_take(&lock, s->state, &e) != OK)
		return command_failed(&e, EXIT_OURS);
	if (lock < 0) {
		if (o->colour || o->verbose)
			fprintf(stderr, "giamsat: another run is at work on %s\n", s->state);
		return EXIT_LATER;
	}
	return run_locked(o, s, &e);
}

const struct command command_run = {
	.name = "run",
	.summary = "one night: fetch, validate, load, mail back",
	.usage =
	    "usage: giamsat [-C DIR] [--now TIME] [--json] [-v] run\n\n"
	    "Fetches what is new at the sources of DIR/giamsat.conf, judges it, loads "
	    "what is valid into\n"
	    "the ledger, marks or moves it at the source, and sends the letters that are "
	    "owed.\n"
	    "Silent when all is well and nobody looks (cron). -v shows progress also "
	    "without a terminal.\n\n"
	    "exit status: 0 well; 75 try again later (a server was away, or another run "
	    "is at work);\n"
	    "78 settings (also a refused password or certificate, a rulebook that was refused "
	    "while the one\nbefore stayed in force, or forms that no longer fit the ledger); "
	    "70 our own trouble (disk, ledger).\n",
	.run = run,
};
