#ifndef CRON_NIGHT_H
#define CRON_NIGHT_H

#include "cron/command.h"
#include "cron/progress.h"
#include "cron/settings.h"
#include "ingest/jail.h"
#include "rules/bench.h"
#include "store/ledger.h"
#include "store/originals.h"

struct reading; /* ingest/jail.h */

/* What went wrong with one source, message, rule or recipient, while the night went on. */
struct problem {
	const char *where;
	const char *text;
	int code; /* ERR_* */
};

/* One run of the nightly job and all it holds. */
struct night {
	struct arena *arena; /* the run's */
	const struct settings *settings;
	const struct rulebook *rulebook;
	const struct results *results;
	struct ledger *ledger;
	struct originals *originals;
	struct bench *bench;
	struct jail *jail;
	struct secret *passport_key; /* while mail is read; NULL: no passport counts */
	struct progress *progress;
	struct run run;
	int64_t now_s;
	int64_t ends_ms;  /* monotonic: the night's own deadline … */
	int64_t reads_ms; /* … and that of fetching and reading, so that settling and letters
	                     always have time */
	bool cut;         /* something waits for the next night because this one had to end */
	struct problem *problems;
	size_t problem_count;
};

/*
 * The sentence of the program: fetch, read, settle, owe, post. Problems of single sources,
 * messages and recipients are collected; ERR_STOP or ERR_LATER when the night itself could not
 * go on (ledger, disk). What was committed stays.
 */
int night_work(struct night *n, struct err *e) MUST_CHECK;

void night_problem(struct night *n, const char *where, const struct err *e);
/*
 * true when the deadline has passed or a signal asked to end: finish the message at hand, then
 * stop. The night then is cut, which is told at its end. night_read_over is for fetching and
 * reading.
 */
bool night_over(struct night *n);
bool night_read_over(struct night *n);

/* The phases, one file each. */
int night_fetch(struct night *n, struct err *e) MUST_CHECK;
int night_read(struct night *n, struct err *e) MUST_CHECK;
int night_settle(struct night *n, struct err *e) MUST_CHECK;
int night_owe(struct night *n, struct err *e) MUST_CHECK;
int night_post(struct night *n, struct err *e) MUST_CHECK;

/* Of the phase of reading: one message. reading NULL: it was never fetched and is only
 * answered. ERR_STOP: the ledger's trouble. */
int night_message(struct night *n, struct arena *arena, const struct unread *unread,
    struct reading *reading, struct err *e) MUST_CHECK;

void night_letter_context(struct letter_context *out, const struct night *n);
/* Owes the letter to every coordinator of today's roster who has not had it. */
int night_owe_coordinators(
    struct night *n, enum letter_kind kind, const char *key, struct err *e) MUST_CHECK;

/* Starts the night's own clock and listens for SIGTERM and SIGINT. */
void night_begin(struct night *n);
/* To standard error, one line each. */
void night_print_problems(const struct night *n);
/* The worst of what happened: what a person must mend comes before what mends itself. */
int night_exit_code(const struct night *n);

#endif
