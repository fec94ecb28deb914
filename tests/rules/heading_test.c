/* Why: what may be left away from a heading without changing what it says is little; every case
 * here is a figure that would be read wrong otherwise. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/text.h"
#include "rules/heading_text.h"
#include "rules/layout_int.h"

static const struct {
	const char *about, *text;
	const char *keys; /* those after its own; "key (unit)" */
} texts[] = {
	{ "nothing to leave away", "Số hộ nghèo", "" },
	{ "a number before it", "3. Số hộ", "Số hộ" },
	{ "… in brackets", "(3) Số hộ", "Số hộ" },
	{ "… of parts", "1.2 Số hộ", "Số hộ" },
	{ "… roman", "IV. Số hộ", "Số hộ" },
	{ "… a letter", "a) Số hộ", "Số hộ" },
	{ "… with a dash", "12 - Số hộ", "Số hộ" },
	{ "a number that is part of it", "6 tháng đầu năm", "" },
	{ "a year is part of it", "2022: Số hộ", "" },
	{ "a year in brackets, too", "(2022) Số hộ", "" },
	{ "a word is no letter", "Tỷ lệ", "" },
	{ "footnotes", "Số hộ (1)*", "Số hộ" },
	{ "a raised number", "Số hộ¹", "Số hộ" },
	{ "a formula", "Số hộ (4=2+3)", "Số hộ" },
	{ "a year behind it", "Số hộ (2023)", "Số hộ (2023)" },
	{ "years behind it", "Lũy kế (2021-2025)", "Lũy kế (2021 2025)" },
	{ "thousands are a unit", "Tiền (1.000)", "Tiền (1 000)" },
	{ "a unit", "Tiền thưởng (đồng)", "Tiền thưởng (đồng)" },
	{ "a unit and a footnote", "2. Tiền (đồng)(*)", "Tiền đồng|Tiền (đồng)" },
	{ "a word broken at the line's end", "Số hộ thoát ng-\nhèo", "Số hộ thoát nghèo" },
	{ "a dash between words", "Kinh tế -\nxã hội", "" },
	{ "brackets alone", "(hộ)", "" },
};

static void
test_texts(void **state)
{
	AUTO(arena_free) struct arena *a = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		struct heading_text t;
		AUTO(buf_free) struct buf found = { 0 }, wanted = { 0 };
		struct bytes rest = bytes_of(texts[i].keys), one;

		heading_text_read(&t, a, bytes_of(texts[i].text), 200);
		assert_true(bytes_equal(t.keys[0].key, text_key(a, bytes_of(texts[i].text))));
		for (size_t k = 1; k < t.key_count; k++)
			buf_printf(&found, "%.*s%.*s|", BYTES_ARG(t.keys[k].key),
			    BYTES_ARG(t.keys[k].unit));
		while (rest.len && bytes_cut(&one, &rest, '|')) {
			size_t open = bytes_find(one, BYTES("("));
			bool unit = open < one.len && one.at[one.len - 1] == ')';
			struct bytes key = text_key(a, unit ? bytes_slice(one, 0, open) : one);

			buf_add(&wanted, key);
			if (unit)
				buf_add(&wanted, text_key(a, bytes_slice(one, open, one.len)));
			buf_char(&wanted, '|');
		}
		if (!bytes_equal(buf_bytes(&found), buf_bytes(&wanted)))
			fail_msg("%s: \"%.*s\" instead of \"%.*s\"", texts[i].about,
			    (int)found.len, found.at ? found.at : "", (int)wanted.len,
			    wanted.at ? wanted.at : "");
	}
}

static const struct {
	const char *row;
	bool numbers;
} numberings[] = {
	{ "1|2|3", true },
	{ "(1)|(2)", true },
	{ "1|2", false }, /* may be data */
	{ "[1]|[2]|[3]", true },
	{ "A|B|1|2|3", true },
	{ "a|b|(1)|(2)|(3)=(1)+(2)", true },
	{ "|1||2|3|", true },
	{ "1.|2.|3.", true },
	{ "-1-|-2-|-3-", true },
	{ "1|2|3=2/1*100%", true },
	{ "2|3|4", false }, /* begins elsewhere */
	{ "1|2|4", false },
	{ "1|2|3|4|5|6|8|9|10|11", true }, /* a column was taken out */
	{ "1|3|5|7|9|11|13|15", false },
	{ "1|06067|Tân Thanh|600", false },
	{ "1|2|ba", false },
	{ "A|B|C", false }, /* sections have letters, too */
	{ "1|2|A", false },
	{ "1|2|3 hộ", false },
	{ "1|2|3=hai", false },
	{ "3|2|1", false },
	{ "1|1|1", false },
};

static void
test_numbers(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(numberings); i++) {
		struct bytes cells[32], rest = bytes_of(numberings[i].row);
		struct row row = { .number = 1, .cells = cells };

		while (bytes_cut(&cells[row.count], &rest, '|'))
			row.count++;
		if (numbers_columns(&row) != numberings[i].numbers)
			fail_msg("%s", numberings[i].row);
	}
}

static const struct {
	const char *text;
	enum mark mark;
	const char *rest;
} marks[] = {
	{ "I", MARK_ROMAN, "" },
	{ "IX", MARK_ROMAN, "" },
	{ "II. Khu vực", MARK_ROMAN, "Khu vực" },
	{ "III - Khu vực", MARK_ROMAN, "Khu vực" },
	{ "A", MARK_UPPER, "" },
	{ "B) Tập thể", MARK_UPPER, "Tập thể" },
	{ "b) Tập thể", MARK_LOWER, "Tập thể" },
	{ "b", MARK_NONE, "" }, /* may be anything */
	{ "An", MARK_NONE, "" },
	{ "Vi Văn A", MARK_NONE, "" },
	{ "I Văn A", MARK_NONE, "" },
	{ "1. Khu vực", MARK_NONE, "" },
	{ "Đồng Mỏ", MARK_NONE, "" },
	{ "", MARK_NONE, "" },
};

static void
test_marks(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(marks); i++) {
		struct bytes rest;
		enum mark mark = mark_of(bytes_of(marks[i].text), &rest);

		if (mark != marks[i].mark || !bytes_equal(rest, bytes_of(marks[i].rest)))
			fail_msg("%s: %d, \"%.*s\"", marks[i].text, mark, BYTES_ARG(rest));
	}
}

static void
test_figures(void **state)
{
	static const char *const figures[] = { "0", "-", "1.234,5", "28,1%", "31/12/2023",
		"12 345", "–", "…", "..." };
	static const char *const others[] = { "", "x", "12 hộ", "ngày 5", "--", "." };

	(void)state;
	for (size_t i = 0; i < COUNT(figures); i++)
		if (!is_figure(bytes_of(figures[i])))
			fail_msg("%s is a figure", figures[i]);
	for (size_t i = 0; i < COUNT(others); i++)
		if (is_figure(bytes_of(others[i])))
			fail_msg("%s is none", others[i]);
	assert_true(begins_figure(BYTES("12 hộ")));
	assert_true(begins_figure(BYTES("(12)")));
	assert_false(begins_figure(BYTES("Bình An, ngày 05 tháng 12 năm 2023")));
	assert_true(is_line(BYTES("_____")));
	assert_false(is_line(BYTES("-")));
	assert_false(is_line(BYTES("...")));
	assert_true(looks_like_code(BYTES("BG-2023-01")));
	assert_false(looks_like_code(BYTES("Quý 1")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_marks),
		cmocka_unit_test(test_figures),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
