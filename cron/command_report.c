/* `giamsat report YEAR`: the yearly consolidated result, shown, written and mailed to the
 * coordinators. */
#include <fcntl.h>
#include <string.h>

#include "base/file.h"
#include "cron/inforce.h"
#include "cron/lock.h"
#include "cron/night.h"
#include "reports/yearly.h"

struct report_order {
	int year;
	const char *output; /* folder for the XLSX; NULL */
	bool mail;
};

static int
write_file(const struct report_order *order, const struct letter_context *ctx,
    const struct yearly *y, struct arena *a, struct err *e)
{
	AUTO(buf_free) struct buf bytes = { 0 };
	AUTO(file_close) int dir = -1;
	const char *name = arena_printf(a, "ket-qua-%d.xlsx", order->year);
	int rc;

	if ((rc = yearly_xlsx(&bytes, ctx, y, ctx->language, e)) != OK ||
	    (rc = file_directory(&dir, order->output, true, e)) != OK ||
	    (rc = file_save(dir, name, buf_bytes(&bytes), 0640, e)) != OK)
		return rc;
	fprintf(stderr, "%s/%s\n", order->output, name);
	return OK;
}

static void
print(const struct options *o, const struct letter_context *ctx, const struct yearly *y)
{
	AUTO(buf_free) struct buf text = { 0 };

	if (o->json)
		yearly_json(&text, ctx, y, ctx->language);
	else
		yearly_text(&text, ctx, y, ctx->language);
	fwrite(text.at, 1, text.len, stdout);
}

/* The same figures are mailed once to each coordinator; when the ledger has changed, they are
 * another edition. */
static int
mail(struct night *n, const struct yearly *y, struct err *e)
{
	const char *edition = arena_printf(n->arena, "%d/%.12s", y->year, y->digest);
	int rc;

	if ((rc = night_owe_coordinators(n, LETTER_YEARLY, edition, e)) != OK)
		return rc;
	return night_post(n, e);
}

static int
work(struct options *o, struct night *n, const struct report_order *order, struct err *e)
{
	struct letter_context ctx;
	struct yearly *y;
	uint64_t accepted = 0;
	int rc;

	night_letter_context(&ctx, n);
	if ((rc = figures_accepted(&accepted, n->ledger, order->year, e)) != OK)
		return rc;
	if (accepted == 0)
		return err_set(e, ERR_INPUT,
		    "there is no accepted report for %d; nothing was written or mailed",
		    order->year);
	if ((rc = yearly_compute(&y, n->arena, &ctx, order->year, ctx.language, e)) != OK)
		return rc;
	print(o, &ctx, y);
	if (order->output != NULL && (rc = write_file(order, &ctx, y, n->arena, e)) != OK)
		return rc;
	return order->mail ? mail(n, y, e) : OK;
}

static int
begin_run(struct night *n, struct err *e)
{
	n->run = (struct run){
		.began_s = n->now_s, .version = GIAMSAT_VERSION, .rules = n->rulebook->digest
	};
	return ledger_run_begin(&n->run, n->ledger, e);
}

static int
end_run(struct night *n, struct err *e)
{
	n->run.ended_s = n->now_s;
	n->run.exit_code = night_exit_code(n);
	return ledger_run_end(&n->run, n->ledger, e);
}

static int
run_order(struct options *o, const struct report_order *order, const struct settings *s,
    struct err *e)
{
	AUTO(file_close) int lock = -1;
	struct inforce rules;
	struct night n = { .arena = o->arena, .settings = s, .now_s = o->now_s };
	int rc;

	if (inforce_read(&rules, s, o->arena, e) != OK)
		return command_failed(e, EXIT_SETTINGS);
	n.rulebook = rules.book;
	n.results = rules.results;
	if (order->mail && lock_take(&lock, s->state, e) != OK)
		return command_failed(e, EXIT_OURS);
	if (order->mail && lock < 0) {
		fprintf(stderr, "giamsat: a run is at work; try again when it has ended\n");
		return EXIT_LATER;
	}
	n.progress = progress_new(false, false);
	rc = order->mail ? ledger_open(&n.ledger, s->state, rules.book, e)
			 : ledger_open_reading(&n.ledger, s->state, rules.book, e);
	night_begin(&n);
	if (rc == OK && order->mail)
		rc = begin_run(&n, e);
	if (rc == OK)
		rc = work(o, &n, order, e);
	if (rc == OK && order->mail)
		rc = end_run(&n, e);
	ledger_close(&n.ledger);
	progress_free(&n.progress);
	night_print_problems(&n);
	return rc == OK ? night_exit_code(&n) : command_failed(e, EXIT_OURS);
}

static int
run(struct options *o)
{
	struct report_order order = { .mail = true };
	struct settings *s = NULL;
	struct err e = { 0 };
	const char *campaign = settings_campaign(o->arena, o->campaign);

	for (int i = 1; i < o->argc; i++) {
		if (strcmp(o->argv[i], "--no-mail") == 0) {
			order.mail = false;
		} else if (command_value(&order.output, o, &i, "--output")) {
			if (order.output == NULL)
				return command_misused(o, "--output needs a folder");
		} else if (order.year == 0) {
			order.year = command_year(o->argv[i]);
		} else {
			return command_misused(o, "it takes one year, got '%s'", o->argv[i]);
		}
	}
	if (order.year == 0)
		return command_misused(o, "which year? It takes one such as 2023");
	if (campaign == NULL)
		return command_misused(o, "there is no campaign here; name its folder with -C");
	if (settings_open(&s, o->arena, campaign, &e) != OK)
		return command_failed(&e, EXIT_SETTINGS);
	return run_order(o, &order, s, &e);
}

const struct command command_report = {
	.name = "report",
	.summary = "the yearly consolidated result, to the coordinators",
	.usage = "usage: giamsat [-C DIR] [--json] report YEAR [--output DIR] [--no-mail]\n\n"
		 "Computes the result of the year from the accepted reports, prints it and "
		 "mails it with its\n"
		 "workbook to the coordinators of the roster: once for the same figures.\n"
		 "--output DIR   also writes the workbook there\n"
		 "--no-mail      mails nothing\n",
	.run = run,
};
