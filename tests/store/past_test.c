/* Why: what rules are told of the past is what is in force in the ledger, number for number. */
#include "store/past.h"
#include "tests/store/ledger_fixture.h"

static const int three[] = { 5, 0, -1 }, two[] = { 7, 9 };

/* The form's column "period", which the ledger calls otherwise, says what is official. */
static void
set_up(struct world *w)
{
	w->forms[0].official = &w->fields[PERIOD_FIELD];
	w->forms[0].official_is = "theirs";
	admit(
	    w, NOW, &(struct report){ .period = quarter(2023, 1), .poor = three, .count = 3 });
	admit(
	    w, NOW, &(struct report){ .period = quarter(2023, 2), .poor = three, .count = 3 });
	admit(w, NOW, &(struct report){ .period = quarter(2023, 2), .poor = two, .count = 2 });
	admit(w, NOW,
	    &(struct report){
		.period = quarter(2023, 3), .invalid = true, .poor = two, .count = 2 });
	admit(w, NOW,
	    &(struct report){ .unit = 1, .period = quarter(2023, 2), .poor = two, .count = 2 });
	admit(w, NOW,
	    &(struct report){ .form = 1,
		.period = { .kind = PERIOD_YEAR, .year = 2022 },
		.poor = two,
		.count = 2 });
}

static const char *
list_of(struct world *w, const struct past_report *list, size_t count)
{
	AUTO(buf_free) struct buf b = { 0 };
	char period[16], day[16];

	for (size_t i = 0; i < count; i++) {
		period_write(period, list[i].period);
		date_write(day, list[i].received);
		buf_printf(&b, "%s%s %s %s %s%s", i ? ", " : "", list[i].form->id, list[i].unit,
		    period, day, list[i].official ? "" : " provisional");
	}
	return b.len ? arena_text(w->arena, buf_bytes(&b)) : "";
}

static void
reports_in_force(void **state)
{
	static const char *const a[] = { "A" }, *const both[] = { "B", "A" },
				 *const none[] = { "C" };
	struct world *w = *state;
	struct past past = ledger_past(w->ledger);
	struct past_report *list = NULL;
	size_t count = 0;

	set_up(w);
	GOOD(w, past.reports(&list, &count, past.self, w->arena, a, 1, &w->e));
	assert_string_equal(list_of(w, list, count),
	    "F1 A 2023Q2 2024-01-10, F1 A 2023Q1 2024-01-10 provisional, F2 A 2022 2024-01-10");
	GOOD(w, past.reports(&list, &count, past.self, w->arena, both, 2, &w->e));
	assert_int_equal(count, 4);
	assert_string_equal(list[0].unit, "B");
	GOOD(w, past.reports(&list, &count, past.self, w->arena, none, 1, &w->e));
	assert_int_equal(count, 0);
	GOOD(w,
	    past.peers(
		&list, &count, past.self, w->arena, &w->forms[0], quarter(2023, 2), &w->e));
	assert_string_equal(
	    list_of(w, list, count), "F1 A 2023Q2 2024-01-10, F1 B 2023Q2 2024-01-10");
}

struct seen {
	struct buf text;
	size_t most;
};

static bool
see(void *at, uint32_t row, const struct cell *c)
{
	struct seen *s = at;

	buf_printf(&s->text, "%u: %.*s", row, BYTES_ARG(c[COMMUNE].text));
	if (c[POOR].kind == CELL_WHOLE)
		buf_printf(&s->text, " %d %d %g %.*s", (int)c[POOR].whole, (int)c[RATE].whole,
		    c[SHARE].real, BYTES_ARG(c[FOUND].text));
	buf_text(&s->text, "; ");
	return --s->most > 0;
}

static void
rows_as_accepted(void **state)
{
	static const char *const a[] = { "A" };
	struct world *w = *state;
	struct past past = ledger_past(w->ledger);
	struct past_report *list = NULL;
	struct seen all = { .most = 10 }, one = { .most = 1 };
	size_t count = 0;

	set_up(w);
	GOOD(w, past.reports(&list, &count, past.self, w->arena, a, 1, &w->e));
	GOOD(w, past.rows(past.self, &list[1], see, &all, &w->e));
	assert_string_equal(
	    all.text.at, "2: c1 5 525 1.25 2023-02-01; 3: c2 0 25 0 2023-02-01; 4: c3; ");
	GOOD(w, past.rows(past.self, &list[0], see, &one, &w->e));
	assert_string_equal(one.text.at, "2: c1 7 725 1.75 2023-02-01; ");
	buf_free(&all.text);
	buf_free(&one.text);
}

#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, world_setup, world_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = { IN_WORLD(reports_in_force),
		IN_WORLD(rows_as_accepted) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
