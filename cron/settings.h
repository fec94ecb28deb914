#ifndef CRON_SETTINGS_H
#define CRON_SETTINGS_H

#include "ingest/sender.h"
#include "ingest/source.h"
#include "reports/letter.h"
#include "reports/post.h"
#include "rules/results.h"

/* The campaign folder's giamsat.conf, checked as a whole. Strings live in the run's arena. */
struct settings {
	const char *directory; /* the campaign folder, absolute */
	const char *rules;     /* folder of datapackage.json */
	const char *state;     /* ledger and originals */
	const char *roster; /* a deployment's own, in the place of the rules' roster.csv; NULL:
	                       that one */
	const char *own_address, *own_name, *own_domain, *help_name, *help_phone;
	enum language language;
	struct source_settings *sources;
	size_t source_count;
	struct post_settings post;
	struct sender_policy policy;
	struct secret_place
	    passport; /* key of our templates' passports; none: no passport counts */
	bool answer_strangers;
	bool reports_alone; /* no digest, no yearly letters of the night's own */
	struct limits limits;
};

/*
 * Reads DIR/giamsat.conf. Mistakes go to standard error, all at once, one line each; the error
 * then says how many. ERR_STOP: not usable.
 */
int settings_open(
    struct settings **out, struct arena *a, const char *directory, struct err *e) MUST_CHECK;

/* The campaign folder of -C, else the working directory when it has a giamsat.conf or
 * datapackage.json, else NULL. */
const char *settings_campaign(struct arena *a, const char *given);
/* The folder with the default campaign's rules: beside the program in its source tree, or
 * installed. NULL: neither. */
const char *settings_default_rules(struct arena *a);
/*
 * The folder of the rulebook that is meant: named on the command line; or that of the campaign
 * (-C, the working directory), whose settings are then in *s unless it has none or s is NULL; or
 * the default campaign's. ERR_STOP: the settings have mistakes, or there is none.
 */
int settings_rules_folder(const char **out, struct settings **s, struct arena *a,
    const char *named, const char *campaign, struct err *e) MUST_CHECK;
/* Opens the rulebook and prints its mistakes, as settings_open does. results and roster may be
 * NULL. */
int settings_rulebook(struct rulebook **out, struct results **results, struct arena *a,
    const char *rules, const char *roster, struct err *e) MUST_CHECK;

#endif
