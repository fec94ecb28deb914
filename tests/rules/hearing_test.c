/* Why: one file may hold covers, notes, several forms and several tables; each table gets its
 * own answer, and nothing is lost between them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/rules/laid.h"

/* Files of several tables: "form sheet period rows: findings" of each verdict, then its values.
 */
static const struct {
	const char *about, *file, *verdicts;
} files[] = {
	{ "cover, form, notes, an empty and a hidden sheet",
	    "=== Bìa\nBÁO CÁO\nKính gửi:|Sở Nội vụ\n=== Y\nNĂM 2023\n" SHORT
	    "06067|Tân Thanh|600|60\n=== Sheet3\n=== Danh mục (hidden)\nA|B\n=== HD\nTT|Cột|Ý "
	    "nghĩa\n1|Mã xã|…\n",
	    "Y Y 2023 1 good: source-info@0,0 = 3:- 06067 Tân Thanh 600 60 0 - 0 0 - -" },
	{ "two forms in one workbook, one of them hidden",
	    "=== Y\nNĂM 2023\n" SHORT
	    "06067|Tân Thanh|600|60\n=== Q (hidden)\nQUÝ I NĂM 2023\nMã "
	    "số|Trong quý\n01|5\n",
	    "Y Y 2023 1 good:  = 3:- 06067 Tân Thanh 600 60 0 - 0 0 - -\n"
	    "Q Q 2023Q1 1 good: source-info@0,0 = 3:01 5" },
	{ "a sheet that was meant for a form is refused on its own",
	    "=== Y\nNĂM 2023\n" SHORT
	    "06067|Tân Thanh|600|60\n=== Y2\nNĂM 2022\nTT|Mã xã|Tổng số "
	    "hộ|Ghi chú\n1|06070|5|\n",
	    "Y Y 2023 1 good:  = 3:- 06067 Tân Thanh 600 60 0 - 0 0 - -\n"
	    "Y Y2 2022 1 refused: missing-label@0,0 = " },
	{ "no form at all: one refusal, of the sheet that is nearest",
	    "=== A\nx|y\n=== B\nTT|Ghi chú|a|b|c|d|e\n1|2\n=== C\n1|2|3\n",
	    "- B - 2 refused: no-form@0,0 = " },
	{ "nothing but empty sheets", "=== A\n=== B\n", "- A - 0 refused: no-heading@0,0 = " },
	{ "two forms on one sheet, each with its titles",
	    "NĂM 2023\n" SHORT
	    "06067|Tân Thanh|600|60\nTổng cộng||600|60\n\nBIỂU Q\nQUÝ II NĂM "
	    "2023\nMã số|Trong quý\n(1)|(2)\n01|5\n02|6\nNgười lập\n",
	    "Y  2023 1 good:  = 3:- 06067 Tân Thanh 600 60 0 - 0 0 - -\n"
	    "Q  2023Q2 2 good:  = 10:01 5 11:02 6" },
	{ "the titles above the first table count for all that have none",
	    "NĂM 2023\n" SHORT "06067|Tân Thanh|600|60\n\nPhần hai\nTT|Mã xã|Tên xã|Tổng số "
	    "hộ|Số hộ thoát nghèo\n1|06070|Tân Thành|500|50\n",
	    "Y  2023 1 refused: form-twice@0,0 = \nY  2023 1 refused: form-twice@0,0 = " },
	{ "parents of the second table's headings that nobody knows, one of them alone",
	    "NĂM 2023\n" SHORT
	    "06067|Tân Thanh|600|60\n\nQUÝ II NĂM 2023\nPhần A|Phần B|Phần C|Phần "
	    "D\n|Riêng\nMã số|Trong quý|x|y\n01|5\n",
	    "Y  2023 1 good:  = 3:- 06067 Tân Thanh 600 60 0 - 0 0 - -\n"
	    "Q  2023Q2 1 good: extra-label@8,3 extra-label@8,4 = 9:01 5" },
	{ "one form twice on a sheet, for two years",
	    "NĂM 2023\n" SHORT "06067|Tân Thanh|600|60\n\nNĂM 2022\n" SHORT
	    "06070|Tân Thành|500|50\n",
	    "Y  2023 1 good:  = 3:- 06067 Tân Thanh 600 60 0 - 0 0 - -\n"
	    "Y  2022 1 good:  = 7:- 06070 Tân Thành 500 50 0 - 0 0 - -" },
	{ "one form twice in a workbook, for one year",
	    "=== A\nNĂM 2023\n" SHORT "06067|Tân Thanh|600|60\n=== B\nNĂM 2023\n" SHORT
	    "06067|Tân Thanh|600|60\n",
	    "Y A 2023 1 refused: form-twice@0,0 = \nY B 2023 1 refused: form-twice@0,0 = " },
	{ "three tables within the first rows",
	    "QUÝ I NĂM 2023\nMã số|Trong quý\n01|1\nQUÝ II NĂM 2023\nMã số|Trong "
	    "quý\n01|2\nQUÝ III "
	    "NĂM 2023\nMã số|Trong quý\n01|3\n",
	    "Q  2023Q1 1 good:  = 3:01 1\nQ  2023Q2 1 good:  = 6:01 2\nQ  2023Q3 1 good:  = "
	    "9:01 "
	    "3" },
	{ "a header below a table that is no form is told, not lost",
	    "NĂM 2023\n" SHORT "06067|Tân Thanh|600|60\nTT|Ghi chú|Màu\n1|x|đỏ\n2|y|đen\n",
	    "Y  2023 1 refused: form-twice@0,0 = \n"
	    "Y  2023 2 refused: form-twice@0,0 missing-label@0,0 missing-label@0,0 "
	    "missing-label@0,0 extra-label@4,3 = " },
	{ "a third table right below the second",
	    "NĂM 2023\nTT|Tên xã|Ghi chú|Mã xã\n1|Tân Thành|y|06070\nMã xã|Tổng số hộ|Số hộ "
	    "thoát nghèo\n06067|600|60\nMã số|Trong quý\n01|5\n02|6\n03|7\n",
	    "Y  2023 1 refused: form-twice@0,0 missing-label@0,0 missing-label@0,0 = \n"
	    "Y  2023 1 refused: form-twice@0,0 = \nQ  - 3 refused: no-period@0,0 = " },
	{ "… where the first is too little for a form",
	    "NĂM 2023\nTT|Mã xã\n1|06070\n" SHORT "06067|Tân Thanh|600|60\nMã số|Trong quý\n"
	    "01|5\n",
	    "Y  2023 1 good: source-warning@2,0 = 5:- 06067 Tân Thanh 600 60 0 - 0 0 - -\n"
	    "Q  - 1 refused: no-period@0,0 = " },
	{ "what looks like a header and is none",
	    "NĂM 2023\n" SHORT "06067|Tân Thanh|600|60\nTT|Mã số|a|b\n1|06070|500|50\n",
	    "Y  2023 1 good:  = 3:- 06067 Tân Thanh 600 60 0 - 0 0 - -\n"
	    "-  - 3 refused: no-heading@0,0 = " },
	{ "something like a form above the form",
	    "TT|Mã xã|Ghi chú\n1|2|3\nNĂM 2023\n" SHORT "06067|Tân Thanh|600|60\n",
	    "Y  2023 1 good: source-warning@1,0 = 5:- 06067 Tân Thanh 600 60 0 - 0 0 - -" },
};

static const char *
verdicts_text(struct campaign *c, const struct verdict *list, size_t count)
{
	AUTO(buf_free) struct buf b = { 0 };

	for (size_t i = 0; i < count; i++) {
		const struct verdict *v = &list[i];
		char period[16] = "-";

		if (v->period.kind != PERIOD_NONE)
			period_write(period, v->period);
		buf_printf(&b, "%s%s %s %s %" PRIu64 " %s: %s = %s", i ? "\n" : "",
		    v->form ? v->form->id : "-", v->sheet, period, v->rows,
		    v->valid ? "good" : "refused", laid_findings(c, v),
		    v->valid ? laid_values(c, v) : "");
	}
	return b.len ? arena_text(c->arena, buf_bytes(&b)) : "";
}

static void
test_files(void **state)
{
	struct campaign c = { 0 };
	unsigned wrong = 0;

	(void)state;
	laid_open(&c);
	for (size_t i = 0; i < COUNT(files); i++) {
		struct facts facts = { .subject = BYTES("A-181"), .findings_max = 100 };
		struct verdict *list;
		const char *read;
		size_t count;

		bench_clear(c.bench);
		count = campaign_hear(&list, &c, &facts, files[i].file);
		read = verdicts_text(&c, list, count);
		if (strcmp(read, files[i].verdicts) == 0)
			continue;
		wrong++;
		print_message("%s:\n", files[i].about);
		for (size_t k = 0; k < count; k++)
			laid_show(&list[k]);
		print_message("read\n%s\nwanted\n%s\n", read, files[i].verdicts);
	}
	campaign_remove(&c);
	if (wrong)
		fail_msg("%u of %zu files", wrong, COUNT(files));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
