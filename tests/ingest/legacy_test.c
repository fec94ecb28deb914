/* Why: one letter decoded wrong is a name spelled wrong in every result of the year. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/attr.h"
#include "ingest/legacy.h"

/* What is in the workbook, under which font, and what people see. */
static void
cells_are_read_as_their_font_shows_them(void **state)
{
	static const struct {
		const char *about, *font, *in, *out;
	} rows[] = {
		{ "ABC", ".VnTime", "TØnh L¹ng S¬n: hé nghÌo, hé cËn nghÌo - V× ng­êi nghÌo",
		    "Tỉnh Lạng Sơn: hộ nghèo, hộ cận nghèo - Vì người nghèo" },
		{ "VNI", "VNI-Times",
		    "Tænh Laïng Sôn: hoä ngheøo, hoä caän ngheøo - Vì ngöôøi ngheøo",
		    "Tỉnh Lạng Sơn: hộ nghèo, hộ cận nghèo - Vì người nghèo" },
		{ "a font of capitals", ".VnTimeH", "TØnh L¹ng S¬n", "TỈNH LẠNG SƠN" },
		{ "another", ".VnArialH", "®Õn", "ĐẾN" },
		{ "capitals of VNI", "VNI-Helve", "TÆNH LAÏNG SÔN ÑOÀ", "TỈNH LẠNG SƠN ĐỒ" },
		{ "VNI in another case", "vni-times", "hoä", "hộ" },
		{ "figures", ".VnTime", "12,5", "12,5" },
		{ "nothing", ".VnTime", "", "" },
		{ "Unicode beside the font", ".VnTime", "Xã Hưng Đạo", "Xã Hưng Đạo" },
		{ "Unicode of letters that ABC does not have", ".VnTime", "Tân Thành",
		    "Tân Thành" },
		{ "Unicode under VNI", "VNI-Times", "nghèo", "nghèo" },
		{ "decomposed Unicode", ".VnTime", "ho\xcc\xa3\xcc\x82", "hộ" },
		{ "dashes and quotes", ".VnTime", "“hé” – hé", "“hộ” – hộ" },
	};

	(void)state; /* none */
	for (size_t i = 0; i < COUNT(rows); i++) {
		AUTO(buf_free) struct buf out = { 0 };
		const struct legacy *l = legacy_of_font(bytes_of(rows[i].font));

		assert_non_null(l);
		buf_text(&out, "<");
		legacy_decode_text(&out, l, bytes_of(rows[i].in));
		if (strcmp(out.at + 1, rows[i].out) != 0)
			fail_msg("%s: %s", rows[i].about, out.at);
	}
}

static void
fonts_of_unicode_are_none(void **state)
{
	static const char *const names[] = { "Times New Roman", "Arial", "Calibri", "Vn", "VNI",
		"", "Wingdings", "Tahoma" };

	(void)state; /* none */
	for (size_t i = 0; i < COUNT(names); i++)
		assert_null(legacy_of_font(bytes_of(names[i])));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cells_are_read_as_their_font_shows_them),
		cmocka_unit_test(fonts_of_unicode_are_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
