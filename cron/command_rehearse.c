/* `giamsat rehearse`: what other rules would say of everything that was sent, before they are
 * switched on. */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cron/rehearse.h"
#include "cron/workers.h"

struct rehearse_words {
	const char *since, *year, *form, *jobs, *language;
	const char *rules;
	bool all;
};

static int
take_words(struct rehearse_words *w, struct options *o)
{
	struct {
		const char *name;
		const char **value;
	} known[] = {
		{ "--since", &w->since },
		{ "--year", &w->year },
		{ "--form", &w->form },
		{ "--jobs", &w->jobs },
		{ "--language", &w->language },
	};

	for (int i = 1; i < o->argc; i++) {
		bool taken = strcmp(o->argv[i], "--all") == 0;

		w->all = w->all || taken;
		for (size_t j = 0; j < COUNT(known) && !taken; j++) {
			taken = command_value(known[j].value, o, &i, known[j].name);
			if (taken && *known[j].value == NULL)
				return command_misused(o, "%s needs a value", known[j].name);
		}
		if (!taken && o->argv[i][0] == '-')
			return command_misused(o, "there is no option %s", o->argv[i]);
		if (!taken && w->rules != NULL)
			return command_misused(o, "it takes one folder of rules");
		if (!taken)
			w->rules = o->argv[i];
	}
	if (w->rules == NULL)
		return command_misused(o, "which rules?");
	return EXIT_WELL;
}

/* 0: it is none. */
static unsigned
jobs_of(const char *word)
{
	char *end;

	if (word == NULL) {
		long cores = sysconf(_SC_NPROCESSORS_ONLN);

		return cores < 1 ? 1 : cores < WORKERS_MAX ? (unsigned)cores : WORKERS_MAX;
	}
	errno = 0;
	long jobs = strtol(word, &end, 10);
	return errno == 0 && *end == '\0' && jobs >= 1 && jobs <= WORKERS_MAX ? (unsigned)jobs
									      : 0;
}

static bool
is_there(struct arena *a, const char *folder, const char *name)
{
	return access(arena_printf(a, "%s/%s", folder, name), F_OK) == 0;
}

/* What is to be judged again is asked here, once, and the ledger closed again: no process may
 * have another's database. */
static int
list_messages(struct rehearsal *r, int64_t since_s, struct err *e)
{
	AUTO(ledger_close) struct ledger *ledger = NULL;
	int64_t *ids = NULL;
	int rc;

	/* An older program's ledger, which the next run brings up: that is not the rules'
	 * fault. */
	if ((rc = ledger_open_reading(&ledger, r->settings->state, r->rulebook, e)) != OK)
		return rc == ERR_INPUT ? (e->code = ERR_LATER) : rc;
	if ((rc = ledger_fits(ledger, e)) != OK)
		return rc;
	rc = figures_judged(&ids, &r->count, r->o->arena, ledger, since_s, r->year, r->form, e);
	r->ids = ids;
	return rc;
}

static int
rehearse(struct rehearsal *r, int64_t since_s)
{
	struct err e = { 0 };
	int rc = list_messages(r, since_s, &e);

	/* What the night would refuse to begin with is the rules' own trouble. */
	if (rc != OK)
		return rc == ERR_INPUT ? (command_failed(&e, EXIT_OURS), EXIT_SETTINGS)
				       : command_failed(&e, EXIT_OURS);
	r->progress =
	    progress_new((r->o->colour || r->o->verbose) && !r->o->json, r->o->colour);
	rc = rehearse_all(r, &e);
	progress_free(&r->progress);
	if (rc != OK)
		return command_failed(&e, EXIT_OURS);
	int code = json_array_size(r->changed) > 0 ? EXIT_FINDINGS : EXIT_WELL;
	rehearse_show(r);
	json_decref(r->changed);
	json_decref(r->counts);
	json_decref(r->rules);
	json_decref(r->failed);
	/* Then it is not known that nothing changes. */
	return r->lost > 0 ? EXIT_OURS : code;
}

static int
run(struct options *o)
{
	struct rehearse_words w = { .form = "" };
	struct rehearsal r = { .o = o };
	struct settings *s = NULL;
	struct results *results = NULL;
	struct err e = { 0 };
	int64_t since_s = INT64_MIN;
	const char *campaign = settings_campaign(o->arena, o->campaign);
	int code = take_words(&w, o);

	if (code != EXIT_WELL)
		return code;
	if (campaign == NULL)
		return command_misused(o, "there is no campaign here; name its folder with -C");
	if ((r.jobs = jobs_of(w.jobs)) == 0)
		return command_misused(o, "--jobs takes a number from 1 to %d", WORKERS_MAX);
	if (w.year != NULL && (r.year = command_year(w.year)) == 0)
		return command_misused(o, "--year takes a year such as 2023");
	if (settings_open(&s, o->arena, campaign, &e) != OK)
		return command_failed(&e, EXIT_SETTINGS);
	if (!is_there(o->arena, w.rules, "datapackage.json") ||
	    !is_there(o->arena, s->state, "ledger.db")) {
		fprintf(stderr, "giamsat: there is no %s\n",
		    is_there(o->arena, s->state, "ledger.db")
			? arena_printf(o->arena, "%s/datapackage.json", w.rules)
			: "ledger yet, so nothing to judge again");
		return EXIT_MISSING;
	}
	if (settings_rulebook(&r.rulebook, &results, o->arena, w.rules, s->roster, &e) != OK)
		return command_failed(&e, EXIT_SETTINGS) == EXIT_LATER ? EXIT_LATER
								       : EXIT_SETTINGS;
	if (*w.form != '\0' && rulebook_form(r.rulebook, bytes_of(w.form)) == NULL)
		return command_misused(o, "the new rules have no form '%s'", w.form);
	if (w.since != NULL &&
	    moment_read(&since_s, bytes_of(w.since), r.rulebook->offset_s, &e) != OK)
		return command_misused(o, "--since takes a day such as 2023-12-31");
	r.settings = s;
	r.all = w.all;
	r.form = w.form;
	r.language = language_of(bytes_of(w.language ? w.language : ""), s->language);
	return rehearse(&r, since_s);
}

const struct command command_rehearse = {
	.name = "rehearse",
	.summary = "judge all that was sent again by other rules, and tell what would change",
	.usage =
	    "usage: giamsat [-C DIR] [--json] rehearse [--since DATE] [--year YEAR] "
	    "[--form ID]\n"
	    "               [--all] [--jobs N] [--language vi|en] NEW_RULES\n\n"
	    "Judges every stored original again by the rules in the folder NEW_RULES and "
	    "says which\n"
	    "accepted reports would now fail, which refused ones would pass, and by "
	    "which rule. Nothing\n"
	    "is changed; a night may be at work meanwhile. Reports in force and last "
	    "tries are compared,\n"
	    "with --all superseded and earlier ones, too. --since: received on that day "
	    "or later.\n"
	    "--json: one line per report that would change, then one with the sums.\n\n"
	    "exit status: 0 nothing would change; 1 something would; 66 no such rules, or "
	    "no ledger yet;\n"
	    "70 an original could not be judged again; 75 the ledger waits for the next run;\n"
	    "78 the rules have mistakes or do not fit the ledger.\n",
	.run = run,
};
