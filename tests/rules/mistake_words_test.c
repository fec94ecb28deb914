/* Why: a coordinator reads what is wrong with the rulebook in Vietnamese; a sentence that nobody
 * has written comes as it is, never cut or mixed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "rules/mistake_words.h"

static const struct {
	const char *en, *vi;
} cases[] = {
	{ "is missing", "còn thiếu; hãy ghi" },
	{ "the form has no field 'poor_ende'",
	    "biểu không có cột “poor_ende”; xem cột “Mã cột” của trang Cột" },
	{ "form M2 has no field 'a'", "biểu M2 không có cột “a”; xem trang Cột" },
	{ "a whole number from 1 to 31 is wanted here", "ở đây cần một số nguyên từ 1 đến 31" },
	{ "\"balance\" has no such parameter; it has: field, plus",
	    "loại balance không có tham số này; các tham số: field, plus" },
	{ "near \"\"\": syntax error", "câu SQL sai cú pháp ở gần “\"”" },
	{ "there are two fields 'is missing'",
	    "mã cột “is missing” có ở hai dòng của biểu này; hãy đổi một mã" },
	{ "is missing here", "is missing here" },
	{ "it is missing", "it is missing" },
	{ "the form has no field 'x' or so", "the form has no field 'x' or so" },
	{ "", "" },
};

static void
test_words(void **state)
{
	AUTO(arena_free) struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++)
		assert_string_equal(mistake_words(a, bytes_of(cases[i].en)), cases[i].vi);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_words) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
