/* Why: the judge decides what is loaded and what a clerk is told; each case is one thing a
 * clerk does. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/rules/campaign.h"

#define HEAD "TT|Mã xã|Xã, phường|Tổng số hộ|Hộ nghèo|Tỷ lệ (%)|Nhóm|Ngày|Truyền thông\n"
#define GOOD                                                                                   \
	"1|06067|Xã Tân Thanh|600|60|10,00|Hộ nghèo|15/02/2023|Có\n2|06070|Tân "        \
	"Thành|500|50|10,00||2023-02-16|Không\n"

static const struct {
	const char *about, *subject, *file, *received, *table;
	bool valid;
	const char *findings; /* above info */
} cases[] = {
	{ "a good table", "", "Y_A-181_2023.csv", "", HEAD GOOD, true, "" },
	{ "title lines above, the period in them", "", "a.csv", "",
	    "UBND HUYỆN BÌNH AN\n\nBIỂU Y NĂM 2023\n" HEAD GOOD, true, "" },
	{ "columns in another order, by alias, in capitals", "năm 2023", "a.csv", "",
	    "XÃ, PHƯỜNG|STT|mã xã|Tổng số hộ\nTân Thanh|1|06067|600\nTân Thành|2|06070|500\n",
	    true, "" },
	{ "an unknown column is told and passed over", "năm 2023", "a.csv", "",
	    "Mã xã|Xã, phường|Tổng số hộ|Màu\n06067|Tân Thanh|600|đỏ\n06070|Tân Thành|500|\n",
	    true, "G08@1,4" },
	{ "an expected column is missing", "năm 2023", "a.csv", "",
	    "TT|Mã xã|Xã, phường|Hộ nghèo\n1|06067|Tân Thanh|1\n2|06070|Tân Thành|1\n", false,
	    "G08@0,0" },
	{ "a column twice", "năm 2023", "a.csv", "",
	    "Mã xã|Xã, phường|Tổng số hộ|Tổng số hộ\n06067|Tân Thanh|600|1\n06070|Tân "
	    "Thành|5|1\n",
	    false, "G08@1,4" },
	{ "nothing like a form", "năm 2023", "a.csv", "", "Kính gửi anh\nchị|em\n", false,
	    "G08@0,0" },
	{ "a header without rows", "năm 2023", "a.csv", "", HEAD, false, "no-rows@0,0" },
	{ "blank rows and a row that numbers the columns are passed over", "năm 2023", "a.csv",
	    "", HEAD "(1)|(2)|(3)|(4)|(5)|(6)=5/4|(7)|(8)|(9)\n\n|||\n" GOOD, true, "" },
	{ "the lost zero of a code comes back, the name alone is enough", "năm 2023", "a.csv",
	    "", HEAD "1|6067|Tân Thanh|600|||||\n2||Tan Thành|500|||||\n3||||9|||\n", false,
	    "foreign-key@3,3 constraint-error@4,2 constraint-error@4,3 "
	    "constraint-error@4,4" },
	{ "a name fills the blank code", "năm 2023", "a.csv", "",
	    HEAD "1|6067|Tân Thanh|600|||||\n2||Tân Thành|500|||||\n", true, "" },
	{ "name and code of two communes", "năm 2023", "a.csv", "",
	    HEAD "1|06067|Tân Thành|600|||||\n2|06070|Tân Thành|500|||||\n", false,
	    "foreign-key@2,3" },
	{ "a commune of the neighbour", "năm 2023", "a.csv", "",
	    HEAD GOOD "3|06253|Hòa Bình|9|||||\n", false, "G02@4,2" },
	{ "a commune that had ended", "năm 2023", "a.csv", "",
	    HEAD GOOD "3|06073|Hưng Đạo|9|||||\n", false, "foreign-key@4,2" },
	{ "the same commune when it was", "năm 2022", "a.csv", "",
	    HEAD GOOD "3|06073|Hưng Đạo|9|||||\n", true, "" },
	{ "the same row twice: what is missing is told beside it", "năm 2023", "a.csv", "",
	    HEAD "1|06067|Tân Thanh|600|||||\n2|06067|Tân Thanh|500|||||\n", false,
	    "Y-3@0,0 primary-key@3,2" },
	{ "a commune is missing", "năm 2023", "a.csv", "", HEAD "1|06067|Tân Thanh|600|||||\n",
	    false, "Y-3@0,0" },
	{ "types of every kind", "năm 2023", "a.csv", "",
	    HEAD "1|06067|Tân Thanh|sáu|x|1,234|Hộ gia|31/02/2023|Vâng\n2|06070|Tân "
		 "Thành|500|||||\n",
	    false, "G10@2,4 G10@2,5 G10@2,6 constraint-error@2,7 G10@2,8 G10@2,9" },
	{ "a dash is 0, marks are as written here", "năm 2023", "a.csv", "",
	    HEAD "1|06067|Tân Thanh|12.600|||||\n2|06070|Tân Thành|-|||||\n", true, "" },
	{ "a day in American order refuses it all", "năm 2023", "a.csv", "",
	    HEAD "1|06067|Tân Thanh|5||||05/06/2023|\n2|06070|Tân Thành|5||||12/31/2023|\n",
	    false, "G10@3,8" },
	{ "no marks and two communes of that name", "năm 2023", "a.csv", "",
	    HEAD "1||Tan Thanh|600|||||\n2|06070|Tân Thành|500|||||\n", false,
	    "foreign-key@2,3" },
	{ "28.10 is taken, with a warning", "năm 2023", "a.csv", "",
	    HEAD "1|06067|Tân Thanh|1.000|281|28.10||||\n2|06070|Tân Thành|5|||||\n", true,
	    "G13@2,6" },
	{ "a list of codes with one that had ended", "năm 2023", "a.csv", "",
	    HEAD "1|06067|Tân Thanh|5|||Khác; hộ nghèo||\n2|06070|Tân Thành|5|||khac;cu||\n",
	    false, "constraint-error@3,7" },
	{ "an error of a formula refuses it all", "năm 2023", "a.csv", "",
	    HEAD "1|06067|Tân Thanh|#REF!|||||\n2|06070|Tân Thành|5|||||\n", false, "G09@2,4" },
	{ "letters lost in saving", "năm 2023", "a.csv", "",
	    HEAD "1|06067|Tân Thanh|5|||Hộ ngh?o||\n2|06070|Tân Thành|5|||||\n", false,
	    "G11@2,7" },
	{ "letters lost in the header: nothing is missing, it was saved wrongly", "năm 2023",
	    "a.csv", "", "TT|Mã xã|Xã, ph??ng|T?ng s? h?\n1|06067|Tân Thanh|5\n", false,
	    "G11@1,3" },
	{ "letters lost above the header", "năm 2023", "a.csv", "", "UBND HUY?N A|\n" HEAD GOOD,
	    false, "G11@1,1" },
	{ "letters lost in a column that nobody reads", "năm 2023", "a.csv", "",
	    "Mã xã|Xã, phường|Tổng số hộ|Màu\n06067|Tân Thanh|600|tr?ng\n06070|Tân "
	    "Thành|500|?ỏ\n",
	    false, "G08@1,4 G11@2,4" },
	{ "the same while the header is still looked for", "năm 2023", "a.csv", "",
	    "TT|Mã xã|Xã, phường|Hộ nghèo|Màu\n1|06067|Tân Thanh|1|tr?ng\n2|06070|Tân "
	    "Th?nh|1|\n",
	    false, "G08@0,0 G08@1,5 G11@2,5 G11@3,3" },
	{ "the same below rows that are judged already", "năm 2023", "a.csv", "",
	    "Mã xã|Xã, phường|Tổng số hộ|Hộ nghèo|Tỷ lệ (%)|Nhóm|Ngày|Màu\n"
	    "06067|Tân Thanh|600|||||đỏ\n06070|Tân Thành|500|||||tr?ng\n",
	    false, "G08@1,8 G11@3,8" },
	{ "a question where nobody reads", "năm 2023", "a.csv", "",
	    "Mã xã|Xã, phường|Tổng số hộ|Màu\n06067|Tân Thanh|600|Đã sơn chưa?\n06070|Tân "
	    "Thành|500|\n",
	    true, "G08@1,4" },
	{ "a yes that lost its letter", "năm 2023", "a.csv", "",
	    HEAD "1|06067|Tân Thanh|5||||15/02/2023|C?\n2|06070|Tân Thành|5|||||\n", false,
	    "G11@2,9" },
	{ "what nobody sees", "năm 2023", "a.csv", "",
	    "TT|Mã\u200b xã|\ufeffXã,\u00a0phường|Tổng số\u00ad\u2060 hộ|Hộ nghèo|Tỷ lệ "
	    "(%)|Nhóm|Ngày|Truyền thông\n"
	    "1|\ufeff06\u200b067|Xã\u00a0Tân\u200d "
	    "Thanh|\u00a0600\u200b|6\u20600|10,\u00ad00|Hộ\u00a0"
	    "nghèo|15/\u200b02/2023|C\u200có\n2|06070|Tân Thành|5|||||\n",
	    true, "" },
	{ "a rule fails", "năm 2023", "a.csv", "",
	    HEAD "1|06067|Tân Thanh|5|7||||\n2|06070|Tân Thành|5|||||\n", false, "Y-1@2,5" },
	{ "a rule about a cell with an error stays silent", "năm 2023", "a.csv", "",
	    HEAD "1|06067|Tân Thanh|-5|7||||\n2|06070|Tân Thành|5|||||\n", false,
	    "constraint-error@2,4" },
	{ "a warning of a rule refuses nothing", "năm 2023", "a.csv", "",
	    HEAD "1|06067|Tân Thanh|10|1|11,00|||\n2|06070|Tân Thành|5|||||\n", true,
	    "Y-2@2,6" },
	/* who and when */
	{ "another unit's code in the file's name", "năm 2023", "Y_A-184_2023.csv", "",
	    HEAD GOOD, false, "G02@0,0" },
	{ "another unit's full name in a title line", "năm 2023", "a.csv", "",
	    "UBND huyện Văn Quan\n" HEAD GOOD, false, "G02@0,0" },
	{ "another unit is merely addressed", "năm 2023", "a.csv", "",
	    "Kính gửi: Sở Nội vụ\n" HEAD GOOD, true, "" },
	{ "no period anywhere", "báo cáo", "a.csv", "", HEAD GOOD, false, "G04@0,0" },
	{ "two periods", "năm 2022", "Y_2023.csv", "", HEAD GOOD, false, "G04@0,0" },
	{ "two in one place", "năm 2022, năm 2023", "a.csv", "", HEAD GOOD, false, "G04@0,0" },
	{ "… of which another place tells the one", "năm 2022, năm 2023", "Y_2023.csv", "",
	    HEAD GOOD, true, "" },
	{ "the other is only compared with", "năm 2023, so với năm 2022", "a.csv", "",
	    HEAD GOOD, true, "" },
	{ "nine months are no year", "9 tháng đầu năm 2023", "a.csv", "", HEAD GOOD, false,
	    "G04@0,0" },
	{ "a quarter where a year is wanted", "quý I năm 2023", "a.csv", "", HEAD GOOD, false,
	    "G04@0,0" },
	{ "quarter and year agree on the year", "báo cáo quý IV/2023", "Y_2023.csv", "",
	    HEAD GOOD, true, "" },
	{ "on the due day", "năm 2023", "a.csv", "2024-01-15", HEAD GOOD, true, "" },
	{ "one day late", "năm 2023", "a.csv", "2024-01-16", HEAD GOOD, true, "G05@0,0" },
	{ "before the period begins", "năm 2023", "a.csv", "2022-12-31", HEAD GOOD, false,
	    "G04@0,0" },
	{ "after the lock", "năm 2023", "a.csv", "2025-01-01", HEAD GOOD, false, "G04@0,0" },
	{ "before the campaign", "năm 2020", "a.csv", "", HEAD "1|06070|Tân Thành|5|||||\n",
	    false, "G03@0,0 G04@0,0 foreign-key@2,2" },
	{ "the unit had ended by then", "năm 2025", "a.csv", "",
	    HEAD "1|06070|Tân Thành|5|||||\n", false, "G03@0,0" },
};

static void
test_cases(void **state)
{
	struct campaign c = { 0 };

	(void)state;
	if (campaign_write(&c, FIELDS_Y, RULES_Y, "strict") != OK)
		fail_msg("%s", c.e.text);
	assert_int_equal(bench_open(&c.bench, c.book, &c.e), OK);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct facts facts = { .sender = rulebook_unit(
					   c.book, BYTES("A-181"), (struct date){ 0 }),
			.subject = bytes_of(cases[i].subject),
			.file_name = bytes_of(cases[i].file),
			.findings_max = 100 };
		struct verdict v;

		if (*cases[i].received)
			assert_true(date_read(
			    &facts.received, bytes_of(cases[i].received), "%Y-%m-%d"));
		bench_clear(c.bench);
		campaign_judge(&v, &c, &facts, cases[i].table);
		if (strcmp(campaign_findings(&v, c.arena, LEVEL_WARNING), cases[i].findings) !=
			0 ||
		    v.valid != cases[i].valid) {
			for (size_t k = 0; k < v.count; k++)
				print_message("  %s\n", v.findings[k].message.in[LANGUAGE_VI]);
			fail_msg("%s: valid %d, \"%s\" instead of \"%s\"", cases[i].about,
			    v.valid, campaign_findings(&v, c.arena, LEVEL_WARNING),
			    cases[i].findings);
		}
		for (size_t k = 0; k < v.count; k++)
			for (enum language l = 0; l < LANGUAGES; l++)
				if (strchr(v.findings[k].message.in[l], '{'))
					fail_msg("%s: a placeholder is left in \"%s\"",
					    cases[i].about, v.findings[k].message.in[l]);
	}
	campaign_remove(&c);
}

/* What a rule says, with what stands in its row. */
static void
test_words(void **state)
{
	struct campaign c = { 0 };
	struct verdict v;
	struct facts facts = { .subject = BYTES("A-181 năm 2023") };

	(void)state;
	assert_int_equal(campaign_write(&c, FIELDS_Y, RULES_Y, "strict"), OK);
	assert_int_equal(bench_open(&c.bench, c.book, &c.e), OK);
	campaign_judge(&v, &c, &facts,
	    HEAD "1|06067|Xã Tân Thanh|600|12345||||\n2|06070|Tân Thành|500|||||\n3|abc|Tân "
		 "Thành|5|||||\n");
	assert_int_equal(v.count, 2);
	assert_string_equal(v.findings[0].message.in[LANGUAGE_VI],
	    "Xã Tân Thanh: 12.345 hơn 600 là 11.745 (E2, Hộ nghèo, 12.345).");
	assert_string_equal(v.findings[0].message.in[LANGUAGE_EN], "11,745");
	assert_string_equal(v.findings[0].value, "12,345"); /* as the field writes it */
	assert_string_equal(v.findings[1].message.in[LANGUAGE_VI],
	    "Ô B4 (cột “Mã xã”): không có mã hoặc tên “abc” trong danh mục của chiến dịch. "
	    "Cách ghi đúng, ví dụ: 06067.");
	assert_string_equal(v.unit->code, "A-181"); /* told by the subject alone */
	assert_int_equal(v.period.year, 2023);
	campaign_remove(&c);
}

/* Under "partial" good rows are kept; the bench gives back just them, whole numbers scaled. */
static void
test_partial(void **state)
{
	struct campaign c = { 0 };
	struct verdict v;
	struct facts facts = { .subject = BYTES("A-181 năm 2023") };
	struct bench_rows *rows;
	const struct cell *cells;
	uint32_t row;

	(void)state;
	assert_int_equal(campaign_write(&c, FIELDS_Y, RULES_Y, "partial"), OK);
	assert_int_equal(bench_open(&c.bench, c.book, &c.e), OK);
	campaign_judge(&v, &c, &facts,
	    HEAD "1|06067|Tân Thanh|600|60|10,05|Hộ nghèo;Khác|15/02/2023|Có\n2|06070|Tân "
		 "Thành|5|7||||\n3|06253|x|1|||||\n");
	assert_true(v.valid);
	assert_int_equal(v.rows, 3);
	assert_int_equal(v.rows_good, 1);
	assert_int_equal(bench_rows_open(&rows, c.bench, v.table, &c.e), OK);
	assert_int_equal(bench_rows_next(&row, &cells, rows, &c.e), OK);
	assert_int_equal(row, 2);
	assert_true(bytes_equal(cells[1].text, BYTES("06067")));
	assert_int_equal(cells[3].whole, 600);
	assert_int_equal(cells[5].kind, CELL_WHOLE);
	assert_int_equal(cells[5].whole, 1005);
	assert_true(bytes_equal(cells[6].text, BYTES("nguoi_ngheo;khac")));
	assert_true(bytes_equal(cells[7].text, BYTES("2023-02-15")));
	assert_int_equal(cells[8].whole, 1);
	assert_int_equal(bench_rows_next(&row, &cells, rows, &c.e), OK);
	assert_int_equal(row, 0);
	bench_rows_close(&rows);
	campaign_remove(&c);
}

/* Cells of a workbook: what each is counts before what it shows, and is told as people see it.
 */
static void
test_natives(void **state)
{
	static const struct bytes head[] = { BYTES_INIT("Mã xã"), BYTES_INIT("Xã, phường"),
		BYTES_INIT("Tổng số hộ"), BYTES_INIT("Hộ nghèo"), BYTES_INIT("Tỷ lệ (%)"),
		BYTES_INIT("Ngày"), BYTES_INIT("Truyền thông") };
	static const struct bytes cells[][7] = {
		{ BYTES_INIT("6067"), BYTES_INIT("Tân Thanh"), BYTES_INIT("1000"),
		    BYTES_INIT("281"), BYTES_INIT("28.099999999999998"), BYTES_INIT("45291"),
		    BYTES_INIT("true") },
		{ BYTES_INIT("6070"), BYTES_INIT("Tân Thành"), BYTES_INIT("2023-05-03"),
		    BYTES_INIT(""), BYTES_INIT("0.281"), BYTES_INIT("2023-12-31"),
		    BYTES_INIT("#REF!") },
	};
	static const unsigned char natives[][7] = {
		{ NATIVE_NUMBER, NATIVE_TEXT, NATIVE_NUMBER, NATIVE_NUMBER, NATIVE_NUMBER,
		    NATIVE_NUMBER, NATIVE_BOOLEAN },
		{ NATIVE_NUMBER, NATIVE_COVERED, NATIVE_DATE, NATIVE_UNCALCULATED,
		    NATIVE_PERCENT, NATIVE_DATE, NATIVE_ERROR },
	};
	static const char *const said[] = {
		"Ô A2 (cột “Mã xã”): mã “6067” bị mất số 0 ở đầu; đã hiểu là 06067.",
		"Ô F2 (cột “Ngày”): số 45291 được hiểu là ngày 31/12/2023 (số thứ tự ngày của "
		"Excel).",
		"Ô A3 (cột “Mã xã”): mã “6070” bị mất số 0 ở đầu; đã hiểu là 06070.",
		"Ô C3 (cột “Tổng số hộ”): Excel đã đổi 3-5 thành ngày 03/05/2023. Hãy định "
		"dạng ô "
		"là Số (Number) hoặc Văn bản (Text) rồi gõ lại; ví dụ: 125.",
		"Ô D3 (cột “Hộ nghèo”): có công thức nhưng tệp không lưu kết quả. Hãy mở tệp "
		"bằng "
		"Excel, nhấn F9 để tính lại, lưu tệp rồi gửi lại.",
		"Ô E3 (cột “Tỷ lệ (%)”): “28,1%” là phần trăm, cột này không ghi phần trăm. "
		"Cách "
		"ghi đúng, ví dụ: 28,10.",
		"Ô G3 (cột “Truyền thông”): có lỗi công thức #REF!. Hãy sửa công thức hoặc gõ "
		"trực "
		"tiếp giá trị rồi gửi lại.",
	};
	struct facts facts = { .subject = BYTES("A-181 năm 2023"), .findings_max = 100 };
	struct campaign c = { 0 };
	struct verdict v;
	struct judge *j;

	(void)state;
	assert_int_equal(campaign_write(&c, FIELDS_Y, RULES_Y, "strict"), OK);
	assert_int_equal(bench_open(&c.bench, c.book, &c.e), OK);
	j = judge_new(c.book, c.bench, &facts, BYTES("Sheet1"), c.arena);
	judge_row(j, &(struct row){ .number = 1, .count = COUNT(head), .cells = head });
	for (uint32_t i = 0; i < COUNT(cells); i++)
		judge_row(j,
		    &(struct row){ .number = i + 2,
			.count = COUNT(head),
			.cells = cells[i],
			.natives = natives[i] });
	judge_end(&v, j);
	for (size_t i = 0; v.count != COUNT(said) && i < v.count; i++)
		print_error("%s\n", v.findings[i].message.in[LANGUAGE_VI]);
	assert_int_equal(v.count, COUNT(said));
	for (size_t i = 0; i < COUNT(said); i++)
		assert_string_equal(v.findings[i].message.in[LANGUAGE_VI], said[i]);
	campaign_remove(&c);
}

/* A table of nonsense: the ceiling holds, the rest is counted, a reject is never lost. */
static void
test_ceiling(void **state)
{
	struct campaign c = { 0 };
	struct verdict v;
	struct facts facts = { .subject = BYTES("A-181 năm 2023"), .findings_max = 5 };
	AUTO(buf_free) struct buf table = { 0 };

	(void)state;
	assert_int_equal(campaign_write(&c, FIELDS_Y, RULES_Y, "strict"), OK);
	assert_int_equal(bench_open(&c.bench, c.book, &c.e), OK);
	buf_text(&table, HEAD);
	for (int i = 0; i < 100; i++)
		buf_text(&table, "1|06067|Tân Thanh|x|||||\n");
	buf_text(&table, "1|06067|Tân Thanh|#N/A|||||\n");
	campaign_judge(&v, &c, &facts, table.at);
	assert_int_equal(v.count, 5);
	assert_int_equal(v.by_level[LEVEL_ERROR], 100 + 100); /* the type, and the key again */
	assert_int_equal(v.by_level[LEVEL_REJECT], 1);
	assert_string_equal(v.findings[4].value, "#N/A");
	campaign_remove(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_partial),
		cmocka_unit_test(test_natives),
		cmocka_unit_test(test_ceiling),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
