/* Why: findings name periods as the clerk does, in either language, wherever they name one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "rules/period_words.h"

static const struct {
	const char *period, *vi, *en;
} cases[] = {
	{ "2023", "năm 2023", "year 2023" },
	{ "2023H1", "6 tháng đầu năm 2023", "first half of 2023" },
	{ "2023H2", "6 tháng cuối năm 2023", "second half of 2023" },
	{ "2023Q1", "quý I năm 2023", "quarter 1 of 2023" },
	{ "2023Q4", "quý IV năm 2023", "quarter 4 of 2023" },
	{ "2023M05", "tháng 5 năm 2023", "May 2023" },
	{ "", "", "" },
};

static void
test_words(void **state)
{
	AUTO(arena_free) struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct period p = { 0 };

		if (cases[i].period[0])
			assert_true(period_read(&p, bytes_of(cases[i].period)));
		struct words w = period_words(a, p);

		assert_string_equal(w.in[LANGUAGE_VI], cases[i].vi);
		assert_string_equal(w.in[LANGUAGE_EN], cases[i].en);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_words) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
