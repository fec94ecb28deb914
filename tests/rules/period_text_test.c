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
	{ "first quarter 2023", "2023?" },
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
	{ "quý I năm 2023 so với quý IV năm 2022", "2023Q1 2022Q4" },
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
