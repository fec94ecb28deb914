/* Items shared among processes: each is answered once, whatever becomes of those that answer.
 */
#include "cron/workers.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { ITEMS = 200, NONE = ITEMS };

/* What is done, and what came of it. */
struct trial {
	size_t killed_at, exits_at, fails_at, stops_at; /* items; NONE */
	bool open_fails, large;
	unsigned answered[ITEMS], lost[ITEMS];
	size_t wrong;
	char why[200];
};

static int
trial_open(void **self, void *given, struct err *e)
{
	struct trial *t = given;

	*self = t;
	return t->open_fails ? err_set(e, ERR_STOP, "nothing to work with") : OK;
}

static int
trial_item(struct buf *answer, void *self, size_t index, struct err *e)
{
	const struct trial *t = self;

	if (index == t->killed_at)
		(void)kill(getpid(), SIGKILL);
	if (index == t->exits_at)
		_exit(3);
	if (index == t->fails_at)
		return err_set(e, ERR_LATER, "not this one");
	if (index == t->stops_at)
		return err_set(e, ERR_STOP, "no more of it");
	buf_printf(answer, "item %zu", index);
	/* More than a pipe holds: answers come in pieces. */
	for (size_t i = 0; t->large && i < 300000; i++)
		buf_char(answer, (char)('a' + index % 26));
	return OK;
}

static void
trial_close(void *self)
{
	(void)self;
}

static void
trial_answer(void *given, size_t index, struct bytes text)
{
	struct trial *t = given;
	char wanted[32];
	size_t len = (size_t)snprintf(wanted, sizeof(wanted), "item %zu", index);

	t->answered[index]++;
	t->wrong +=
	    text.len != len + (t->large ? 300000 : 0) || memcmp(text.at, wanted, len) != 0;
	for (size_t i = len; i < text.len; i++)
		t->wrong += text.at[i] != (char)('a' + index % 26);
}

static void
trial_lost(void *given, size_t index, const struct err *why)
{
	struct trial *t = given;

	t->lost[index]++;
	(void)snprintf(t->why, sizeof(t->why), "%.150s", why->text);
}

static int
try(struct trial *t, unsigned jobs, size_t count, struct err *e)
{
	const struct work w = { .given = t,
		.open = trial_open,
		.item = trial_item,
		.close = trial_close,
		.answer = trial_answer,
		.lost = trial_lost };

	return workers_run(&w, jobs, count, e);
}

#define TRIAL                                                                                  \
	{                                                                                      \
		.killed_at = NONE, .exits_at = NONE, .fails_at = NONE, .stops_at = NONE        \
	}

/* Each item once, but for these. */
static void
assert_all(const struct trial *t, size_t count, size_t lost)
{
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(t->answered[i], i == lost ? 0 : 1);
		assert_int_equal(t->lost[i], i == lost ? 1 : 0);
	}
	assert_int_equal(t->wrong, 0);
}

static void
shares(void **state)
{
	static const unsigned jobs[] = { 1, 2, 7, WORKERS_MAX, WORKERS_MAX + 1 };
	struct err e = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(jobs); i++) {
		struct trial t = TRIAL;

		assert_int_equal(try(&t, jobs[i], ITEMS, &e), OK);
		assert_all(&t, ITEMS, NONE);
	}
	struct trial none = TRIAL;
	assert_int_equal(try(&none, 2, 0, &e), OK);
}

static void
large_answers(void **state)
{
	struct trial t = TRIAL;
	struct err e = { 0 };

	(void)state;
	t.large = true;
	assert_int_equal(try(&t, 3, 20, &e), OK);
	assert_all(&t, 20, NONE);
}

static void
one_dies(void **state)
{
	static const size_t places[] = { 0, 1, 57, ITEMS - 1 };
	struct err e = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(places); i++)
		for (unsigned jobs = 1; jobs <= 3; jobs++) {
			struct trial killed = TRIAL, ended = TRIAL, failed = TRIAL;

			killed.killed_at = ended.exits_at = failed.fails_at = places[i];
			assert_int_equal(try(&killed, jobs, ITEMS, &e), OK);
			assert_all(&killed, ITEMS, places[i]);
			assert_non_null(strstr(killed.why, "signal 9"));
			assert_int_equal(try(&ended, jobs, ITEMS, &e), OK);
			assert_all(&ended, ITEMS, places[i]);
			assert_non_null(strstr(ended.why, "exit 3"));
			assert_int_equal(try(&failed, jobs, ITEMS, &e), OK);
			assert_all(&failed, ITEMS, places[i]);
			assert_string_equal(failed.why, "not this one");
		}
}

static void
all_is_over(void **state)
{
	struct trial stops = TRIAL, unopened = TRIAL;
	struct err e = { 0 };

	(void)state;
	stops.stops_at = 40;
	assert_int_equal(try(&stops, 2, ITEMS, &e), ERR_STOP);
	assert_string_equal(e.text, "no more of it");
	unopened.open_fails = true;
	assert_int_equal(try(&unopened, 2, ITEMS, &e), ERR_STOP);
	assert_string_equal(e.text, "nothing to work with");
	for (size_t i = 0; i < ITEMS; i++)
		assert_int_equal(unopened.answered[i], 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shares),
		cmocka_unit_test(large_answers),
		cmocka_unit_test(one_dies),
		cmocka_unit_test(all_is_over),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
