/* The night: fetch, validate, load, mail back. */
#include "cron/night.h"

#include <signal.h>

#include "base/text.h"
#include "cron/clock.h"

/* Set by SIGTERM and SIGINT: the message at hand is finished, then the night ends as at its
 * deadline. */
static volatile sig_atomic_t asked_to_end;

static void
ask_to_end(int signal_number)
{
	(void)signal_number;
	asked_to_end = 1;
}

static void
listen_for_signals(void)
{
	struct sigaction action = { .sa_handler = ask_to_end };

	sigemptyset(&action.sa_mask);
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGINT, &action, NULL);
}

bool
night_over(struct night *n)
{
	bool over = asked_to_end || clock_ms() >= n->ends_ms;

	n->cut = n->cut || over;
	return over;
}

bool
night_read_over(struct night *n)
{
	bool over = asked_to_end || clock_ms() >= n->reads_ms;

	n->cut = n->cut || over;
	return over;
}

void
night_problem(struct night *n, const char *where, const struct err *e)
{
	/* A rule that fails does so on every report: once is enough. */
	for (size_t i = 0; i < n->problem_count; i++)
		if (strcmp(n->problems[i].where, where) == 0 &&
		    strcmp(n->problems[i].text, e->text) == 0)
			return;
	n->problems = arena_more(n->arena, n->problems, n->problem_count, sizeof(*n->problems));
	n->problems[n->problem_count++] = (struct problem){
		.where = arena_text(n->arena, bytes_of(where)),
		.text = arena_text(n->arena, bytes_of(e->text)),
		.code = e->code,
	};
}

void
night_letter_context(struct letter_context *out, const struct night *n)
{
	*out = (struct letter_context){
		.rulebook = n->rulebook,
		.results = n->results,
		.ledger = n->ledger,
		.run = &n->run,
		.own_address = n->settings->own_address,
		.own_name = n->settings->own_name,
		.own_domain = n->settings->own_domain,
		.help_name = n->settings->help_name,
		.help_phone = n->settings->help_phone,
		.now_s = n->now_s,
		.language = n->settings->language,
	};
}

void
night_begin(struct night *n)
{
	listen_for_signals();
	int64_t now_ms = clock_ms(), whole_ms = (int64_t)n->settings->limits.night_s * 1000;
	n->ends_ms = now_ms + whole_ms;
	n->reads_ms = now_ms + whole_ms / 4 * 3;
}

void
night_print_problems(const struct night *n)
{
	for (size_t i = 0; i < n->problem_count; i++) {
		AUTO(buf_free) struct buf line = { 0 };

		/* One line each, whatever a server put into its answer. */
		text_quote(&line, bytes_of(n->problems[i].text), 1000);
		fprintf(stderr, "giamsat: %s: %.*s\n", n->problems[i].where,
		    BYTES_ARG(buf_bytes(&line)));
	}
}

int
night_exit_code(const struct night *n)
{
	int code = EXIT_WELL;

	for (size_t i = 0; i < n->problem_count; i++) {
		if (n->problems[i].code == ERR_STOP)
			code = EXIT_SETTINGS;
		else if (n->problems[i].code == ERR_LATER && code != EXIT_SETTINGS)
			code = EXIT_LATER;
	}
	return code;
}

int
night_work(struct night *n, struct err *e)
{
	static int (*const phases[])(struct night *, struct err *) = {
		night_fetch,  /* every source on its own: one dead server delays nobody */
		night_read,   /* original, jail, judge, one transaction */
		night_settle, /* only now may mailboxes and folders change */
		night_owe,    /* the coordinators' letters that fall due */
		night_post,   /* what we owe leaves, oldest first */
	};
	int rc;

	night_begin(n);
	for (size_t i = 0; i < COUNT(phases); i++)
		if ((rc = phases[i](n, e)) != OK)
			return rc;
	if (n->cut) {
		struct err told = { 0 };

		err_set(&told, ERR_LATER,
		    "the night had to end before all was done (%s); the next goes on",
		    asked_to_end ? "it was asked to" : "its time or budget was used up");
		night_problem(n, "night", &told);
	}
	return OK;
}
