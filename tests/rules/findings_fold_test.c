/* Why: what is told once must be the same for each row that it names, and name all of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "rules/findings_fold.h"

#define SAME(row)                                                                              \
	{                                                                                      \
		row, 4, LEVEL_ERROR, "G10", "x",                                               \
		    "Ô D" #row " (cột “Số”): “x” không phải là số."          \
	}
#define ROW(row)                                                                               \
	{                                                                                      \
		row, 0, LEVEL_ERROR, "", "", "Dòng " #row ": chưa ghi mã, xem D71."          \
	}

static const struct {
	const char *about;
	struct fold_item items[24];
	const char *folded; /* "cells message" of each; "-": it stands as it was */
} cases[] = {
	{ "one", { SAME(7) }, "- Ô D7 (cột “Số”): “x” không phải là số." },
	{ "neighbours", { SAME(7), SAME(8), SAME(9) },
	    "D7:D9 Ô D7:D9 (cột “Số”): “x” không phải là số." },
	{ "with a gap", { SAME(7), SAME(8), SAME(10), SAME(12), SAME(13) },
	    "D7:D8, D10, D12:D13 Ô D7:D8, D10, D12:D13 (cột “Số”): “x” không phải là số." },
	{ "too many gaps to name",
	    { SAME(1), SAME(3), SAME(5), SAME(7), SAME(9), SAME(11), SAME(13), SAME(15),
		SAME(17), SAME(19) },
	    "D1, D3, D5, D7, D9, D11, D13, D15, … Ô D1, D3, D5, D7, D9, D11, D13, D15, … (cột "
	    "“Số”): “x” không phải là số." },
	{ "rows", { ROW(7), ROW(8) }, "7–8 Dòng 7–8: chưa ghi mã, xem D71." },
	{ "another value",
	    { SAME(7), { 8, 4, LEVEL_ERROR, "G10", "y", "Ô D8 (cột “Số”): sai." } },
	    "- Ô D7 (cột “Số”): “x” không phải là số.; - Ô D8 (cột “Số”): sai." },
	{ "another level",
	    { { 7, 4, LEVEL_ERROR, "A", "", "D7" }, { 8, 4, LEVEL_WARNING, "A", "", "D8" } },
	    "- D7; - D8" },
	{ "another rule, and another column",
	    { { 7, 4, LEVEL_ERROR, "A", "", "D7" }, { 8, 4, LEVEL_ERROR, "B", "", "D8" },
		{ 9, 5, LEVEL_ERROR, "A", "", "E9" } },
	    "- D7; - D8; - E9" },
	{ "other numbers in the words",
	    { { 7, 4, LEVEL_ERROR, "A", "", "D7: 1 + 2" },
		{ 8, 4, LEVEL_ERROR, "A", "", "D8: 1 + 3" } },
	    "- D7: 1 + 2; - D8: 1 + 3" },
	{ "another row than its own",
	    { { 7, 4, LEVEL_ERROR, "A", "", "D7 như dòng 5" },
		{ 8, 4, LEVEL_ERROR, "A", "", "D8 như dòng 5" } },
	    "D7:D8 D7:D8 như dòng 5" },
	{ "a figure that is its row's number",
	    { { 7, 4, LEVEL_ERROR, "A", "", "D7: 7" },
		{ 8, 4, LEVEL_ERROR, "A", "", "D8: 8" } },
	    "- D7: 7; - D8: 8" },
	{ "the table as a whole",
	    { { 0, 0, LEVEL_ERROR, "A", "", "x" }, { 0, 0, LEVEL_ERROR, "B", "", "x" } },
	    "- x; - x" },
	{ "others between",
	    { SAME(7), { 7, 5, LEVEL_ERROR, "B", "", "E7" }, SAME(8),
		{ 8, 5, LEVEL_ERROR, "B", "", "E8" } },
	    "D7:D8 Ô D7:D8 (cột “Số”): “x” không phải là số.; E7:E8 E7:E8" },
};

static void
folds(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO(arena_free) struct arena *a = arena_new();
		AUTO(buf_free) struct buf b = { 0 };
		struct fold *list;
		size_t count = 0;

		while (count < COUNT(cases[i].items) && cases[i].items[count].message)
			count++;
		count = findings_fold(&list, a, cases[i].items, count);
		for (size_t k = 0; k < count; k++)
			buf_printf(&b, "%s%s %s", k ? "; " : "",
			    list[k].cells ? list[k].cells : "-", list[k].message);
		if (strcmp(b.at, cases[i].folded) != 0)
			fail_msg("%s:\n got      %s\n expected %s", cases[i].about, b.at,
			    cases[i].folded);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(folds) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
