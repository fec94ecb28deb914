/* Why: people know dates, numbers and periods only in the form they are used to. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "reports/words.h"
#include "rules/unreadable.h"

static const struct {
	const char *period, *vi, *en;
} periods[] = {
	{ "2023", "năm 2023", "year 2023" },
	{ "2023H1", "6 tháng đầu năm 2023", "first half of 2023" },
	{ "2023H2", "6 tháng cuối năm 2023", "second half of 2023" },
	{ "2023Q1", "Quý I năm 2023", "Quarter 1 of 2023" },
	{ "2023Q4", "Quý IV năm 2023", "Quarter 4 of 2023" },
	{ "2023M05", "tháng 5 năm 2023", "May 2023" },
};

static void
test_periods(void **state)
{
	AUTO(arena_free) struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(periods); i++) {
		struct period p;

		assert_true(period_read(&p, bytes_of(periods[i].period)));
		assert_string_equal(words_period(a, p, LANGUAGE_VI), periods[i].vi);
		assert_string_equal(words_period(a, p, LANGUAGE_EN), periods[i].en);
	}
	assert_string_equal(words_period(a, (struct period){ 0 }, LANGUAGE_VI), "");
}

static void
test_understood(void **state)
{
	AUTO(arena_free) struct arena *a = arena_new();
	const struct form form = { .id = "M2", .rows_called = { { "xã", "communes" } } };
	struct period year, quarter, none = { 0 };

	(void)state;
	assert_true(period_read(&year, BYTES("2023")));
	assert_true(period_read(&quarter, BYTES("2023Q4")));
	assert_string_equal(
	    words_understood(a, &form, year, "UBND huyện Bình Gia", 19, LANGUAGE_VI),
	    "Biểu M2, năm 2023, UBND huyện Bình Gia, 19 xã");
	assert_string_equal(words_understood(a, &form, quarter, "Bình Gia", 1234, LANGUAGE_EN),
	    "Form M2, quarter 4 of 2023, Bình Gia, 1,234 communes");
	assert_string_equal(words_understood(a, &form, quarter, "", 0, LANGUAGE_VI),
	    "Biểu M2, quý IV năm 2023, 0 xã");
	assert_string_equal(
	    words_understood(a, &form, none, "", 3, LANGUAGE_VI), "Biểu M2, 3 xã");
	assert_string_equal(words_understood(a, NULL, none, "", 3, LANGUAGE_VI), "3 dòng");
}

static void
test_time(void **state)
{
	AUTO(arena_free) struct arena *a = arena_new();

	(void)state;
	assert_string_equal(
	    words_date(a, (struct date){ 2024, 1, 5 }, LANGUAGE_VI), "05/01/2024");
	assert_string_equal(
	    words_date(a, (struct date){ 2024, 1, 5 }, LANGUAGE_EN), "5 Jan 2024");
	assert_string_equal(words_date(a, (struct date){ 0 }, LANGUAGE_VI), "");
	/* Still the day before in UTC. */
	assert_string_equal(
	    words_moment(a, 1704387600, 25200, LANGUAGE_VI), "00:00 ngày 05/01/2024");
	assert_string_equal(words_moment(a, 1704387600, 0, LANGUAGE_EN), "17:00 on 4 Jan 2024");
}

static const struct {
	int64_t digits;
	uint8_t scale;
	const char *vi, *en;
} numbers[] = {
	{ 123456789, 2, "1.234.567,89", "1,234,567.89" },
	{ 0, 0, "0", "0" },
	{ -1234, 0, "-1.234", "-1,234" },
	{ 5, 2, "0,05", "0.05" },
};

static void
test_numbers(void **state)
{
	AUTO(arena_free) struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(numbers); i++) {
		struct decimal d = { numbers[i].digits, numbers[i].scale };

		assert_string_equal(words_number(a, d, LANGUAGE_VI), numbers[i].vi);
		assert_string_equal(words_number(a, d, LANGUAGE_EN), numbers[i].en);
	}
}

static const struct {
	uint64_t bytes;
	const char *vi;
} sizes[] = {
	{ 0, "0 byte" },
	{ 1023, "1023 byte" },
	{ 18432, "18 KB" },
	{ 18900, "18 KB" },
	{ 1258291, "1,2 MB" },
	{ 52428800, "50,0 MB" },
};

static void
test_sizes(void **state)
{
	AUTO(arena_free) struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(sizes); i++)
		assert_string_equal(words_bytes(a, sizes[i].bytes, LANGUAGE_VI), sizes[i].vi);
	assert_string_equal(words_bytes(a, 1258291, LANGUAGE_EN), "1.2 MB");
}

static const struct {
	uint32_t row, column;
	const char *vi, *en;
} cells[] = {
	{ 17, 4, "D17", "D17" },
	{ 1, 28, "AB1", "AB1" },
	{ 17, 0, "dòng 17", "row 17" },
	{ 0, 28, "cột AB", "column AB" },
	{ 0, 0, "cả bảng", "table" },
};

static void
test_cells(void **state)
{
	AUTO(arena_free) struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(cells); i++) {
		assert_string_equal(
		    words_cell(a, cells[i].row, cells[i].column, LANGUAGE_VI), cells[i].vi);
		assert_string_equal(
		    words_cell(a, cells[i].row, cells[i].column, LANGUAGE_EN), cells[i].en);
	}
}

static void
test_every_label_in_every_language(void **state)
{
	(void)state;
	for (int l = 0; l < LANGUAGES; l++) {
#define X(id, vi, en) assert_true(words_label(LABEL_##id, (enum language)l)[0] != '\0');
		LABELS
#undef X
	}
}

static void
test_reasons(void **state)
{
	/* The words of ingest/table.h and of the formats' readers, and one that nobody has said
	 * yet. */
	static const char *const reasons[] = { "empty", "binary", "pdf", "image", "word",
		"slides", "xlsx", "xlsb", "xls", "ods", "numbers", "html", "mht", "xml-sheet",
		"xml", "mail", "shortcut", "lock", "archive", "nested", "no-files", "encrypted",
		"damaged", "entries", "method", "link", "link-google", "link-onedrive",
		"link-dropbox", "link-icloud", "link-zalo", "link-fshare", "link-mega",
		"link-wetransfer", "link-box", "link-mediafire", "pasted", "encoding", "nul",
		"control", "quote", "columns", "field", "row", "rows", "no-table",
		"too-large" };

	(void)state;
	for (int l = 0; l < LANGUAGES; l++) {
		const char *other = words_in(unreadable_why("some new word"), (enum language)l);

		assert_true(other[0] != '\0' &&
		    words_in(unreadable_remedy("some new word"), (enum language)l)[0] != '\0');
		for (size_t i = 0; i < COUNT(reasons); i++) {
			assert_string_not_equal(
			    words_in(unreadable_why(reasons[i]), (enum language)l), other);
			assert_true(words_in(unreadable_remedy(reasons[i]),
					(enum language)l)[0] != '\0');
		}
	}
	assert_true(unreadable_is_ornament("image"));
	assert_false(unreadable_is_ornament("xlsx"));
}

static void
test_states(void **state)
{
	(void)state;
	assert_string_equal(words_state("stranger", LANGUAGE_EN), "Sender not registered");
	assert_string_equal(words_state("something", LANGUAGE_EN), "something");
}

static void
test_quoted(void **state)
{
	AUTO(arena_free) struct arena *a = arena_new();

	(void)state;
	assert_string_equal(words_quoted(a, "1\n2", LANGUAGE_VI), "“1 2”");
	assert_string_equal(words_quoted(a, "", LANGUAGE_VI), "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_periods),
		cmocka_unit_test(test_understood),
		cmocka_unit_test(test_time),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_sizes),
		cmocka_unit_test(test_cells),
		cmocka_unit_test(test_every_label_in_every_language),
		cmocka_unit_test(test_reasons),
		cmocka_unit_test(test_states),
		cmocka_unit_test(test_quoted),
	};

	return cmocka_run_group_tests_name("words", tests, NULL, NULL);
}
