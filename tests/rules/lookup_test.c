/* Why: the commune a clerk means is found under whatever name he gives it, and never another.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "rules/lookup.h"
#include "rules/value.h"
#include "tests/rules/campaign.h"

#define TABLE_UNITS                                                                            \
	"unit_code,gso_code,kind,name_vi,forms,valid_from,valid_to\n"                          \
	"A,181,huyen,UBND huyện A,P,2021-01-01,\n"                                           \
	"B,184,huyen,UBND huyện B,P,2021-01-01,\n"                                           \
	"S,,so,Sở Nội vụ,P,2021-01-01,\n"

#define TABLE_COMMUNES                                                                         \
	"id,gso_code,name,aliases,parent_code,valid_from,valid_to\n"                           \
	"1,00101,Thị trấn Bình Gia,,181,2021-01-01,\n"                                    \
	"2,00102,Xã Bình Gia,,181,2021-01-01,\n"                                             \
	"3,00103,Xã Tân Thanh,,181,2021-01-01,\n"                                            \
	"4,00104,Xã Tân Thành,,181,2021-01-01,\n"                                           \
	"5,00105,Xã Hưng Đạo,Hưng Đạo cũ,181,2021-01-01,\n"                          \
	"6,00201,Xã Hòa Bình,,184,2021-01-01,\n"                                            \
	"7,00202,Xã Hưng Đạo,,184,2021-01-01,\n"                                          \
	"8,00106,Phường Hoàng Văn Thụ,,181,2021-01-01,\n"                               \
	"9,00107,Xã Vĩnh Tiến,,181,2021-01-01,2022-12-31\n"                                \
	"10,00108,Xã Khánh Long,,181,2021-01-01,\n"                                          \
	"11,00109,Xã Đại Đồng,,181,2021-01-01,2022-12-31\n"                             \
	"12,00110,Xã Đội Cấn,,181,2021-01-01,\n"                                         \
	"13,00111,Xã Cũ Tên,,181,2021-01-01,2022-12-31\n"                                   \
	"14,00112,Xã Mới Tên,,181,2023-01-01,\n"                                           \
	"15,00113,Xã Hết Hẳn,,181,2021-01-01,2022-12-31\n"                                \
	"16,00114,Xã Xá Lượng,,181,2021-01-01,\n"                                         \
	"17,00115,Xã Đầu Tiên,,181,2021-01-01,2021-12-31\n"                               \
	"18,00116,Xã Giữa Chừng,,181,2022-01-01,2022-12-31\n"                             \
	"19,00203,Xã Láng Giềng,,184,2023-01-01,\n"                                        \
	"20,00117,Xã Sang Huyện,,181,2021-01-01,2022-12-31\n"

#define TABLE_SUCCESSION                                                                       \
	"from_id,to_id,kind\n9,10,whole\n11,1,part\n11,12,rest\n13,14,whole\n17,18,whole\n"    \
	"18,10,whole\n20,19,whole\n"

#define TABLE_LISTS                                                                            \
	"list,code,title_vi,aliases,valid_from,valid_to\n"                                     \
	"line,01,Trồng trọt,,,\nline,02,Chăn nuôi,,,\nline,13,Khác,,,\n"                \
	"free,1,Một,,,\nfree,02,Hai,,,\n"

#define LOOKUP                                                                                  \
	"\"giamsat:lookup\":{\"resource\":\"communes\",\"column\":\"gso_code\",\"pad\":5,"      \
	"\"names\":[\"name\",\"aliases\"],\"prefixes\":[[\"xã\",\"x\"],[\"phường\",\"p\"]," \
	"[\"thị trấn\",\"tt\",\"t.t\"]],\"of\":{\"parent_code\":\"unit.gso_code\"},"        \
	"\"succession\":{\"resource\":\"succession\",\"id\":\"id\",\"from\":\"from_id\","       \
	"\"to\":\"to_id\",\"whole\":{\"kind\":\"whole\"}}}"

#define PACKAGE                                                                                \
	"{\"name\":\"t\",\"resources\":[{\"name\":\"units\",\"path\":\"units.csv\"},"          \
	"{\"name\":\"communes\",\"path\":\"communes.csv\"},"                                   \
	"{\"name\":\"succession\",\"path\":\"succession.csv\"},"                               \
	"{\"name\":\"codelists\",\"path\":\"codelists.csv\"},"                                 \
	"{\"name\":\"p\",\"giamsat:form\":{\"id\":\"P\",\"period\":\"year\",\"due\":{}},"      \
	"\"schema\":{\"fields\":[{\"name\":\"code\",\"type\":\"string\"," LOOKUP "},"          \
	"{\"name\":\"place\",\"type\":\"string\"," LOOKUP "},"                                 \
	"{\"name\":\"line\",\"type\":\"string\",\"giamsat:codes\":\"line\"},"                  \
	"{\"name\":\"free\",\"type\":\"string\",\"giamsat:codes\":\"free\"}],"                 \
	"\"primaryKey\":[\"code\"]}}]}"

enum { CODE, PLACE, LINE, FREE };

static const struct {
	const char *about, *unit;
	int field;
	const char *text, *gives; /* code, remark; or !fault: candidates */
} cases[] = {
	{ "the code", "A", CODE, "00103", "00103" },
	{ "lost zeros", "A", CODE, "103", "00103 padded" },
	{ "a blank around it", "A", CODE,
	    "\xC2\xA0"
	    "00103 ",
	    "00103" },
	{ "Excel's mark of a text", "A", CODE, "'00103", "00103" },
	{ "full width", "A", CODE, "００１０３", "00103" },
	{ "no such code", "A", CODE, "00999", "!unknown" },
	{ "the name", "A", CODE, "Xã Tân Thanh", "00103 name" },
	{ "without its prefix", "A", CODE, "Tân Thanh", "00103 name" },
	{ "the prefix cut short", "A", CODE, "X. Tân Thanh", "00103 name" },
	{ "the prefix without marks", "A", CODE, "xa Tân Thanh", "00103 name" },
	{ "in capitals, decomposed", "A", CODE, "XÃ TÂN THA\xCC\x80NH", "00104 name" },
	{ "no marks: two are called so", "A", CODE, "Tan Thanh",
	    "!ambiguous: 00103 Xã Tân Thanh; 00104 Xã Tân Thành" },
	{ "no marks, with the prefix", "A", CODE, "xa tan thanh",
	    "!ambiguous: 00103 Xã Tân Thanh; 00104 Xã Tân Thành" },
	{ "no marks, and one is called so", "A", CODE, "hung dao", "00105 name" },
	{ "half the marks are no name", "A", CODE, "Tan Thành",
	    "!near: 00103 Xã Tân Thanh; 00104 Xã Tân Thành" },
	{ "another tone", "A", CODE, "Tấn Thanh",
	    "!near: 00103 Xã Tân Thanh; 00104 Xã Tân Thành" },
	{ "town and commune of one name", "A", CODE, "Bình Gia",
	    "!ambiguous: 00101 Thị trấn Bình Gia; 00102 Xã Bình Gia" },
	{ "the town", "A", CODE, "TT. Bình Gia", "00101 name" },
	{ "the town, in full", "A", CODE, "Thị trấn Bình Gia", "00101 name" },
	{ "the town, T.T", "A", CODE, "T.T Bình Gia", "00101 name" },
	{ "the commune", "A", CODE, "X.Bình Gia", "00102 name" },
	{ "a ward", "A", CODE, "P. Hoàng Văn Thụ", "00106 name" },
	{ "the wrong prefix", "A", CODE, "Thị trấn Tân Thanh", "!near: 00103 Xã Tân Thanh" },
	{ "a name that begins like a prefix", "A", CODE, "Xá Lượng", "00114 name" },
	{ "an alias", "A", CODE, "Hưng Đạo cũ", "00105 name" },
	{ "both districts have one: one's own", "A", CODE, "Hưng Đạo", "00105 name" },
	{ "… of the other", "B", CODE, "Hưng Đạo", "00202 name" },
	{ "a department has none of its own", "S", CODE, "Hưng Đạo",
	    "!ambiguous: 00105 Xã Hưng Đạo; 00202 Xã Hưng Đạo" },
	{ "the neighbour's", "A", CODE, "Hòa Bình", "!foreign" },
	{ "the neighbour's, tone elsewhere", "B", CODE, "Hoà Bình", "00201 name" },
	{ "the neighbour's code", "A", CODE, "00201", "!foreign" },
	{ "ended, nothing after it", "A", CODE, "Hết Hẳn", "!ended" },
	{ "merged into another: not in a key", "A", CODE, "Vĩnh Tiến",
	    "!succeeded: 00108 Xã Khánh Long" },
	{ "… but as a place", "A", PLACE, "Vĩnh Tiến", "00108 old" },
	{ "… by its old code", "A", PLACE, "107", "00108 old" },
	{ "split: nobody knows where", "A", PLACE, "Đại Đồng",
	    "!succeeded: 00101 Thị trấn Bình Gia; 00110 Xã Đội Cấn" },
	{ "renamed: even in a key", "A", CODE, "Cũ Tên", "00112 old" },
	{ "two changes", "A", PLACE, "Đầu Tiên", "00108 old" },
	{ "went to the neighbour", "A", PLACE, "Sang Huyện", "!ended" },
	{ "a code of a list", "A", LINE, "02", "02" },
	{ "one that lost its zero", "A", LINE, "2", "02 padded" },
	{ "one that has none", "A", LINE, "13", "13" },
	{ "none of the list", "A", LINE, "3", "!code" },
	{ "by title", "A", LINE, "chăn nuôi", "02" },
	{ "codes of several lengths", "A", FREE, "1", "1" },
	{ "… are not padded", "A", FREE, "2", "!code" },
};

static const char *
read_case(struct campaign *c, size_t i)
{
	static const char *const remarks[] = { [REMARK_NONE] = "",
		[REMARK_PADDED] = " padded",
		[REMARK_NAME] = " name",
		[REMARK_OLD] = " old" };
	static const char *const faults[] = { [FAULT_CODE] = "!code",
		[FAULT_LOOKUP] = "!unknown",
		[FAULT_LOOKUP_NEAR] = "!near: ",
		[FAULT_LOOKUP_ENDED] = "!ended",
		[FAULT_LOOKUP_SUCCEEDED] = "!succeeded: ",
		[FAULT_LOOKUP_FOREIGN] = "!foreign",
		[FAULT_LOOKUP_AMBIGUOUS] = "!ambiguous: " };
	const struct cell_context context = { .arena = c->arena,
		.lenient = true,
		.unit = rulebook_unit(c->book, bytes_of(cases[i].unit), (struct date){ 0 }),
		.period = { .kind = PERIOD_YEAR, .year = 2023 } };
	struct cell_reading r;

	value_read(&r, bytes_of(cases[i].text), NATIVE_TEXT,
	    &c->book->forms[0].fields[cases[i].field], &context);
	if (r.fault != FAULT_NONE)
		return arena_printf(
		    c->arena, "%s%s", faults[r.fault], r.candidates ? r.candidates : "");
	return arena_printf(c->arena, "%.*s%s", BYTES_ARG(r.value.text), remarks[r.remark]);
}

static void
finds_what_is_meant(void **state)
{
	struct campaign c = { 0 };
	size_t failed = 0;

	(void)state;
	campaign_begin(&c);
	campaign_file(&c, "units.csv", TABLE_UNITS);
	campaign_file(&c, "communes.csv", TABLE_COMMUNES);
	campaign_file(&c, "succession.csv", TABLE_SUCCESSION);
	campaign_file(&c, "codelists.csv", TABLE_LISTS);
	campaign_file(&c, "datapackage.json", PACKAGE);
	if (rulebook_open(&c.book, c.arena, c.directory, &c.mistakes, &c.e) != OK)
		fail_msg("%s", c.e.text);
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *got = read_case(&c, i);

		if (strcmp(got, cases[i].gives) == 0)
			continue;
		failed++;
		print_error("%s: '%s' gives %s\n", cases[i].about, cases[i].text, got);
	}
	(void)unlink(arena_printf(c.arena, "%s/succession.csv", c.directory));
	campaign_remove(&c);
	assert_int_equal(failed, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(finds_what_is_meant) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
