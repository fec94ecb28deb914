/* `giamsat status`: the board of units, forms and periods in the terminal. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "cron/command.h"
#include "cron/inforce.h"
#include "store/figures.h"

/* What a square of the board says; colour is never the only sign. */
struct mark {
	const char *sign, *word, *colour;
};

static const struct mark mark_on_time = { "●", "on-time", "32" };
static const struct mark mark_late = { "◐", "late", "33" };
static const struct mark mark_refused = { "✗", "refused", "31" };
static const struct mark mark_missing = { "○", "missing", "31" };
static const struct mark mark_waiting = { "·", "waiting", "2" };
static const struct mark mark_nothing = { " ", "not-due", "0" };

static const struct mark *
mark_of(const struct figure_board *b, struct date today)
{
	if (b->accepted != 0)
		return b->late_days > 0 ? &mark_late : &mark_on_time;
	if (b->refused > 0)
		return &mark_refused;
	if (!b->due_from_unit)
		return &mark_nothing;
	return date_compare(b->due, today) < 0 ? &mark_missing : &mark_waiting;
}

static void
print_json(const struct figure_board *b, const struct mark *mark)
{
	char period[16], due[16];

	period_write(period, b->period);
	date_write(due, b->due);
	json_t *line = json_pack("{s:s, s:s, s:s, s:s, s:s, s:b, s:i, s:i, s:i, s:i}", "unit",
	    b->unit, "form", b->form, "period", period, "state", mark->word, "due", due, "owed",
	    (int)b->due_from_unit, "tries", (int)b->tries, "refused", (int)b->refused,
	    "version", (int)b->version, "late_days", b->late_days);
	command_json(line);
}

/* A column of the board: one form and period. */
struct board_column {
	const char *form;
	struct period period;
	char label[16];
};

struct board {
	const struct options *o;
	const struct rulebook *rulebook;
	struct date today;
	const struct figure_board *squares;
	size_t count;
	struct board_column columns[64];
	size_t column_count;
};

static size_t
column_of(const struct board *b, const struct figure_board *square)
{
	size_t i = 0;

	while (i < b->column_count &&
	    !(strcmp(b->columns[i].form, square->form) == 0 &&
		period_equal(b->columns[i].period, square->period)))
		i++;
	return i;
}

static int
compare_columns(const void *left, const void *right)
{
	const struct board_column *l = left, *r = right;
	int order = strcmp(l->form, r->form);

	if (order != 0)
		return order;
	return date_compare(period_last(l->period), period_last(r->period));
}

static void
find_columns(struct board *b)
{
	for (size_t i = 0; i < b->count && b->column_count < COUNT(b->columns); i++) {
		struct board_column *c = &b->columns[b->column_count];

		if (column_of(b, &b->squares[i]) < b->column_count)
			continue;
		c->form = b->squares[i].form;
		c->period = b->squares[i].period;
		b->column_count++;
	}
	qsort(b->columns, b->column_count, sizeof(*b->columns), compare_columns);
	for (size_t i = 0; i < b->column_count; i++) {
		char period[16];

		period_write(period, b->columns[i].period);
		snprintf(b->columns[i].label, sizeof(b->columns[i].label), "%s", period + 4);
	}
}

static void
print_padded(struct bytes text, size_t columns)
{
	while (text_width(text) > columns)
		text = text_head(text, text.len - 1);
	printf("%.*s", BYTES_ARG(text));
	for (size_t i = text_width(text); i < columns; i++)
		putchar(' ');
}

#define NAME_WIDTH 30

static void
print_heading(const struct board *b)
{
	print_padded(BYTES(""), NAME_WIDTH);
	for (size_t i = 0; i < b->column_count; i++) {
		bool first = i == 0 || strcmp(b->columns[i].form, b->columns[i - 1].form) != 0;

		print_padded(bytes_of(first ? b->columns[i].form : ""), 4);
	}
	putchar('\n');
	print_padded(BYTES(""), NAME_WIDTH);
	for (size_t i = 0; i < b->column_count; i++)
		print_padded(bytes_of(b->columns[i].label), 4);
	putchar('\n');
}

static void
print_unit(const struct board *b, size_t from, size_t to)
{
	const struct mark *marks[COUNT(b->columns)];
	const struct unit *unit =
	    rulebook_unit(b->rulebook, bytes_of(b->squares[from].unit), (struct date){ 0 });

	for (size_t i = 0; i < b->column_count; i++)
		marks[i] = &mark_nothing;
	for (size_t i = from; i < to; i++) {
		size_t column = column_of(b, &b->squares[i]);

		if (column < b->column_count)
			marks[column] = mark_of(&b->squares[i], b->today);
	}
	print_padded(bytes_of(unit != NULL ? words_in(unit->short_name, LANGUAGE_VI)
					   : b->squares[from].unit),
	    NAME_WIDTH);
	for (size_t i = 0; i < b->column_count; i++) {
		if (b->o->colour)
			printf("\033[%sm", marks[i]->colour);
		print_padded(bytes_of(marks[i]->sign), 4);
		if (b->o->colour)
			fputs("\033[0m", stdout);
	}
	putchar('\n');
}

static void
print_board(struct board *b)
{
	find_columns(b);
	print_heading(b);
	for (size_t from = 0, to; from < b->count; from = to) {
		to = from + 1;
		while (to < b->count && strcmp(b->squares[to].unit, b->squares[from].unit) == 0)
			to++;
		print_unit(b, from, to);
	}
	puts("\n● received on time   ◐ late   ✗ refused, not yet corrected   ○ missing   · not "
	     "yet due");
}

static int
print_last_run(
    const struct options *o, struct ledger *ledger, const struct rulebook *r, struct err *e)
{
	struct run *runs;
	size_t count;
	char began[32];
	int rc;

	if ((rc = figures_runs(&runs, &count, o->arena, ledger, 1, e)) != OK || count == 0)
		return rc;
	moment_write(began, runs[0].began_s, r->offset_s);
	printf("last run %s: exit %d, %" PRIu64 " accepted, %" PRIu64 " refused, %" PRIu64
	       " letters sent\n",
	    began, runs[0].exit_code, runs[0].accepted, runs[0].refused, runs[0].sent);
	return OK;
}

static int
show(
    struct options *o, struct ledger *ledger, const struct rulebook *r, int year, struct err *e)
{
	struct board b = {
		.o = o, .rulebook = r, .today = moment_date(o->now_s, r->offset_s, NULL)
	};
	struct figure_board *squares;
	int rc;

	if ((rc = figures_board(&squares, &b.count, o->arena, ledger, r, year, e)) != OK)
		return rc;
	b.squares = squares;
	if (o->json)
		for (size_t i = 0; i < b.count; i++)
			print_json(&squares[i], mark_of(&squares[i], b.today));
	else
		print_board(&b);
	return o->json ? OK : print_last_run(o, ledger, r, e);
}

static int
run(struct options *o)
{
	struct settings *s = NULL;
	struct inforce rules;
	AUTO(ledger_close) struct ledger *ledger = NULL;
	struct err e = { 0 };
	const char *campaign = settings_campaign(o->arena, o->campaign);
	int year = 0;

	if (campaign == NULL)
		return command_misused(o, "there is no campaign here; name its folder with -C");
	if (o->argc > 2 || (o->argc == 2 && (year = command_year(o->argv[1])) == 0))
		return command_misused(o, "it takes a year such as 2023");
	if (settings_open(&s, o->arena, campaign, &e) != OK ||
	    inforce_read(&rules, s, o->arena, &e) != OK)
		return command_failed(&e, EXIT_SETTINGS);
	const struct rulebook *r = rules.book;
	if (year == 0)
		year = moment_date(o->now_s, r->offset_s, NULL).year;
	if (ledger_open_reading(&ledger, s->state, r, &e) != OK ||
	    show(o, ledger, r, year, &e) != OK)
		return command_failed(&e, EXIT_OURS);
	return EXIT_WELL;
}

const struct command command_status = {
	.name = "status",
	.summary = "the board: which unit sent which form for which period",
	.usage = "usage: giamsat [-C DIR] [--json] status [YEAR]\n\n"
		 "Shows units against forms and periods of the year (default: this one). "
		 "--json: one\n"
		 "{\"unit\",\"form\",\"period\",\"state\",…} per square; state is on-time, "
		 "late, refused, missing,\n"
		 "waiting or not-due.\n",
	.run = run,
};
