/* Why: the period of a report is read from what people write; a wrong guess would load it into
 * another quarter. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "rules/period_text.h"

static const struct {
	const char *text, *periods; /* plain ones with '?' */
} rows[] = {
	{ "2023Q1", "2023Q1" },
	{ "M1_LS-181_2023Q1.csv", "2023Q1" },
	{ "M2_LS-181_2023Y_nhu_thuc_te.csv", "2023" },
	{ "Q1-2023", "2023Q1" },
	{ "Q1/2023", "2023Q1" },
	{ "Q1.2023", "2023Q1" },
	{ "2023-Q1", "2023Q1" },
	{ "Báo cáo quý I năm 2023", "2023Q1" },
	{ "QUÝ IV NĂM 2023", "2023Q4" },
	{ "quy 2 nam 2023", "2023Q2" },
	{ "quý 1/2023", "2023Q1" },
	{ "quý III-2023", "2023Q3" },
	{ "năm 2023 quý II", "2023Q2" },
	{ "Năm 2023, báo cáo quý II", "2023 2023Q2" },
	{ "first quarter 2023", "2023Q1" },
	{ "the 3rd quarter of 2023", "2023Q3" },
	{ "quarter of 2023", "2023?" },
	{ "Attendance September 2026", "2026M09" },
	{ "Attendance, Sept. 2026", "2026M09" },
	{ "ATT_Dec_2026.csv", "2026M12" },
	{ "June of 2026", "2026M06" },
	{ "September 14, 2026", "" },
	{ "14 September 2026", "" },
	{ "September and October 2026", "" },
	{ "Jan-Feb 2026", "" },
	{ "Số máy 2026", "2026M05?" },
	{ "the mayor in 2026", "2026?" },
	{ "quarter 3 of 2023", "2023Q3" },
	{ "năm 2023", "2023" },
	{ "2023Y", "2023" },
	{ "BaoCao 2023.xlsx", "2023?" },
	{ "M2_LS-181_2023.csv", "2023?" },
	{ "6 tháng đầu năm 2023", "2023H1" },
	{ "sáu tháng cuối năm 2023", "2023H2" },
	{ "second half of 2023", "2023H2" },
	{ "2023H2", "2023H2" },
	{ "tháng 5/2023", "2023M05" },
	{ "tháng 12 năm 2023", "2023M12" },
	{ "2023M05", "2023M05" },
	{ "Lạng Sơn, ngày 05 tháng 12 năm 2023", "" },
	{ "Báo cáo số 612/BC-UBND ngày 05/12/2023", "" },
	{ "05/12/2023", "" },
	{ "giai đoạn 2021 - 2025", "" },
	{ "quý I năm 2023 giai đoạn 2021-2025", "2023Q1" },
	{ "quý I năm 2023 so với quý IV năm 2022", "2023Q1" },
	{ "quý I năm 2023 (so với cùng kỳ năm 2022)", "2023Q1" },
	{ "Báo cáo quý I so với quý IV năm 2022", "" },
	/* as people write it */
	{ "quý I/2023", "2023Q1" },
	{ "Quý 1 năm 2023", "2023Q1" },
	{ "Quý I.2023", "2023Q1" },
	{ "QI/2023", "2023Q1" },
	{ "QIV-2023", "2023Q4" },
	{ "Q.II/2023", "2023Q2" },
	{ "Q 3/2023", "2023Q3" },
	{ "Q12023", "2023Q1" },
	{ "QuyI2023", "2023Q1" },
	{ "Quy1_2023", "2023Q1" },
	{ "quý một năm 2023", "2023Q1" },
	{ "Quý hai/2023", "2023Q2" },
	{ "quý ba năm 2023", "2023Q3" },
	{ "quý tư năm 2023", "2023Q4" },
	{ "quý bốn năm 2023", "2023Q4" },
	{ "Qúy III năm 2023", "2023Q3" },
	{ "Qui II/2023", "2023Q2" },
	{ "quy I nam 2023", "2023Q1" },
	{ "QUY I NAM2023", "2023Q1" },
	{ "quy\xCC\x81 I na\xCC\x86m 2023", "2023Q1" },
	{ "Ｑ１／２０２３", "2023Q1" },
	{ "quý Ⅳ năm 2023", "2023Q4" },
	{ "quý\xC2\xA0I\xC2\xA0năm\xC2\xA0"
	  "2023",
	    "2023Q1" },
	{ "I/2023", "2023Q1" },
	{ "IV - 2023", "2023Q4" },
	{ "Ⅱ/2023", "2023Q2" },
	{ "Phụ lục I/2023", "2023?" },
	{ "1/2023", "" },
	{ "quý I và II năm 2023", "" },
	{ "quý I, II, III năm 2023", "" },
	{ "quý I và quý II năm 2023", "" },
	{ "quý I đến quý III năm 2023", "" },
	{ "Q1-Q2/2023", "" },
	{ "quý 0/2023", "" },
	{ "quý V/2023", "2023?" },
	{ "T5/2023", "2023M05" },
	{ "T12-2023", "2023M12" },
	{ "Th5/2023", "2023M05" },
	{ "thang5/2023", "2023M05" },
	{ "T13/2023", "2023?" },
	{ "6 thang dau nam 2023", "2023H1" },
	{ "6 tháng cuối năm 2023", "2023H2" },
	{ "06 tháng đầu năm 2023", "2023H1" },
	{ "3 tháng đầu năm 2023", "" },
	{ "9 tháng đầu năm 2023", "" },
	{ "9 tháng năm 2023", "" },
	{ "chín tháng năm 2023", "" },
	{ "6 tháng năm 2023", "" },
	{ "NĂM2023", "2023" },
	{ "Năm: 2023", "2023" },
	{ "31 tháng 12 năm 2023", "" },
	{ "ngày    tháng    năm 2024", "" },
	{ "ngày ... tháng 01 năm 2024", "" },
	{ "ngày … tháng … năm 2024", "" },
	{ "tháng mười hai năm 2023", "" },
	{ "tháng năm năm 2023", "" },
	{ "2023-05-12", "" },
	{ "quý 5 năm 2023", "2023" },
	{ "tháng 13/2023", "" },
	{ "2023Q5", "" },
	{ "số 12345", "" },
	{ "", "" },
};

static void
reads(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		AUTO(arena_free) struct arena *a = arena_new();
		struct named_period found[8];
		size_t count = period_texts(found, COUNT(found), a, bytes_of(rows[i].text));
		char list[200] = "";

		for (size_t k = 0; k < count; k++) {
			char one[16];
			size_t len = strlen(list);

			period_write(one, found[k].period);
			(void)snprintf(list + len, sizeof(list) - len, "%s%s%s", k ? " " : "",
			    one, found[k].plain ? "?" : "");
		}
		if (strcmp(list, rows[i].periods) != 0)
			fail_msg("%s: \"%s\" instead of \"%s\"", rows[i].text, list,
			    rows[i].periods);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(reads) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
