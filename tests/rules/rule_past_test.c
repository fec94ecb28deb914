/* Why: kinds of rules that look back must find the right earlier figure, also of a commune that
 * was made of others since, and must not be sure of what nobody can know. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/rules/campaign.h"

/* clang-format off */
#define OLD_UNITS                                                                              \
	"unit_code,gso_code,kind,name_vi,forms,valid_from,valid_to,successors\n"               \
	"A-181,181,huyen,Huyện An,Y;L,2021-01-01,2025-06-30,A-9;A-10\n"                        \
	"A-184,184,huyen,Huyện Văn,Y;L,2021-01-01,2025-06-30,A-9\n"                            \
	"A-9,06067,xa,Xã Thanh,Y;L,2025-07-01,,\n"                                             \
	"A-10,06073,xa,Xã Đạo,Y;L,2025-07-01,,\n"                                              \
	"B-1,b1,xa,Một,Y,2021-01-01,,\nB-2,b2,xa,Hai,Y,2021-01-01,,\nB-3,b3,xa,Ba,Y,2021-01-01,,\n" \
	"B-4,b4,xa,Bốn,Y,2021-01-01,,\nB-5,b5,xa,Năm,Y,2021-01-01,,\nB-6,b6,xa,Sáu,Y,2021-01-01,,\n"
#define OLD_COMMUNES                                                                           \
	"id,code,name,parent,valid_from,valid_to\n"                                            \
	"1-21,06067,Thanh,181,2021-01-01,2025-06-30\n2-21,06070,Thành,181,2021-01-01,2025-06-30\n" \
	"3-21,06253,Bình,184,2021-01-01,2025-06-30\n4-21,06073,Đạo,181,2021-01-01,2025-06-30\n" \
	"1-25,06067,Thanh,06067,2025-07-01,\n4-25,06073,Đạo,06073,2025-07-01,\n"               \
	"5-25,06079,Khác,06079,2025-07-01,\n6-21,06300,Sáu,181,2021-01-01,2025-06-30\n"       \
	"6-25,06301,Bảy,181,2025-07-01,2025-08-31\n7-25,06302,Tám,06073,2025-09-01,\n"
/* 1 of two districts' wholes; 4 of a whole and of a part. */
#define STEPS                                                                                  \
	"from_id,to_id,kind\n1-21,1-25,whole\n3-21,1-25,whole\n4-21,4-25,whole\n"              \
	"2-21,4-25,part\n2-21,5-25,rest\n6-21,6-25,whole\n6-25,7-25,part\n"
#define PACKAGE                                                                                \
	"{\"name\":\"test\",\"resources\":[{\"name\":\"units\",\"path\":\"units.csv\"},"       \
	"{\"name\":\"roster\",\"path\":\"roster.csv\"},"                                       \
	"{\"name\":\"communes\",\"path\":\"communes.csv\"},{\"name\":\"steps\",\"path\":"      \
	"\"codelists.csv\"},"                                                                  \
	"{\"name\":\"y\",\"title\":\"Y\",\"giamsat:form\":{\"id\":\"Y\",\"period\":\"quarter\"," \
	"\"opens\":\"2024-01-01\",\"due\":{\"months\":1,\"day\":15}},\"schema\":{\"fields\":[" \
	"{\"name\":\"code\",\"title\":\"Mã\",\"giamsat:lookup\":{\"resource\":\"communes\","   \
	"\"column\":\"code\",\"names\":[\"name\"],\"succession\":{\"resource\":\"steps\","     \
	"\"id\":\"id\",\"from\":\"from_id\",\"to\":\"to_id\",\"whole\":{\"kind\":\"whole\"}}}}," \
	"{\"name\":\"s\",\"title\":\"Đầu kỳ\",\"type\":\"integer\"},"                          \
	"{\"name\":\"e\",\"title\":\"Cuối kỳ\",\"type\":\"integer\"},"                         \
	"{\"name\":\"n\",\"title\":\"Trong kỳ\",\"type\":\"number\",\"decimalChar\":\",\","    \
	"\"giamsat:scale\":1},"                                                                \
	"{\"name\":\"y\",\"title\":\"Lũy kế\",\"type\":\"number\",\"decimalChar\":\",\","      \
	"\"giamsat:scale\":1},"                                                                \
	"{\"name\":\"done\",\"title\":\"Đã làm\",\"type\":\"boolean\",\"trueValues\":[\"Có\"],"  \
	"\"falseValues\":[\"Không\"]},{\"name\":\"word\",\"title\":\"Kết quả\"}],"             \
	"\"primaryKey\":[\"code\"]},\"giamsat:rules\":["
#define REST                                                                                   \
	"]},{\"name\":\"l\",\"title\":\"L\",\"giamsat:form\":{\"id\":\"L\",\"period\":\"quarter\"," \
	"\"due\":{\"months\":1,\"day\":15}},\"schema\":{\"fields\":["                          \
	"{\"name\":\"item\",\"title\":\"Mô hình\",\"constraints\":{\"required\":true}},"       \
	"{\"name\":\"day\",\"title\":\"Ngày\",\"type\":\"date\",\"format\":\"%d/%m/%Y\"}],"    \
	"\"primaryKey\":[\"item\"]}}]}"
/* clang-format on */

#define Y          "Mã|Đầu kỳ|Cuối kỳ|Trong kỳ|Lũy kế|Đã làm|Kết quả\n"
#define L          "Mô hình|Ngày\n"
#define RULE(kind) "{\"id\":\"K\",\"level\":\"error\"," kind "}"
#define SAME       RULE("\"sameAsPrevious\":{\"field\":\"s\",\"previous\":\"e\"}")
#define BY_ROW                                                                                 \
	RULE("\"sameAsPrevious\":{\"field\":\"s\",\"previous\":\"e\",\"succession\":false}")
#define WORD                                                                                   \
	RULE("\"sameAsPrevious\":{\"field\":\"word\",\"previous\":\"word\",\"succession\":"    \
	     "false}")
#define FALLS  RULE("\"neverFalls\":{\"fields\":[\"e\",\"done\"]}")
#define GROWS  RULE("\"cumulative\":{\"total\":\"y\",\"part\":\"n\"}")
#define EVER   RULE("\"cumulative\":{\"total\":\"y\",\"part\":\"n\",\"restarts\":\"never\"}")
#define WITHIN RULE("\"changeWithin\":{\"field\":\"e\",\"percent\":20,\"above\":50}")
#define FAR    RULE("\"outlier\":{\"field\":\"e\",\"times\":5,\"above\":50,\"periods\":4}")
#define PEERS  RULE("\"outlier\":{\"field\":\"e\",\"peers\":true}")
#define COUNTS                                                                                 \
	RULE("\"countMatches\":{\"field\":\"e\",\"row\":\"code = "                             \
	     "'06067'\",\"form\":\"L\",\"where\":\"item <> 'x'\",\"on\":\"day\"}")

struct report {
	const char *unit, *period, *table;
};

static const struct {
	const char *about, *rule;
	struct report before[8];
	struct report now;
	const char *findings; /* rule@row,column, an error unless ? is behind it */
	const char *says;     /* the first; NULL: not looked at */
} cases[] = {
	{ "it begins with what was", SAME, { { "A-181", "2024Q1", Y "06067|1|5" } },
	    { "A-181", "2024Q2", Y "06067|5|6" }, "", NULL },
	{ "it does not", SAME, { { "A-181", "2024Q1", Y "06067|1|5\n06070|1|7" } },
	    { "A-181", "2024Q2", Y "06067|5|6\n06070|6|6" }, "K@3,2",
	    "Ô B3 (cột “Đầu kỳ”): ghi 6, khác “Cuối kỳ” của báo cáo kỳ quý I năm 2024: 7 (chênh 1)." },
	{ "nothing is said of an empty one", SAME, { { "A-181", "2024Q1", Y "06067|1|5" } },
	    { "A-181", "2024Q2", Y "06067||6" }, "", NULL },
	{ "an empty one is an error, also of a row that was not there",
	    RULE("\"missing\":\"error\",\"sameAsPrevious\":{\"field\":\"s\",\"previous\":"
		 "\"e\",\"succession\":false}"),
	    { { "A-181", "2024Q1", Y "06067|1|5" } },
	    { "A-181", "2024Q2", Y "06067||6\n06070||6" }, "K@2,2 K@3,2", NULL },
	{ "an error in it silences the rule", SAME, { { "A-181", "2024Q1", Y "06067|1|5" } },
	    { "A-181", "2024Q2", Y "06067|x|6" }, "G10@2,2", NULL },
	{ "the form had not begun", SAME, { { 0 } }, { "A-181", "2024Q1", Y "06067|5|6" }, "",
	    NULL },
	{ "no report before", SAME, { { 0 } }, { "A-181", "2024Q2", Y "06067|5|6" }, "K@0,0?",
	    "“Đầu kỳ”: chưa có báo cáo được chấp nhận của kỳ trước (đến ngày 31/03/2024) nên "
	    "không đối chiếu được; đề nghị xác nhận." },
	{ "a period was left out: nothing is known of it", SAME,
	    { { "A-181", "2024Q1", Y "06067|1|5" } }, { "A-181", "2024Q3", Y "06067|6|6" },
	    "K@0,0?", NULL },
	{ "a row that was not there", SAME, { { "A-181", "2024Q1", Y "06067|1|5" } },
	    { "A-181", "2024Q2", Y "06067|5|6\n06070|3|3" }, "K@3,2?",
	    "Ô B3 (cột “Đầu kỳ”): không đối chiếu được vì kỳ trước không có số của Thành; đề "
	    "nghị xác nhận số 3." },
	{ "wholes of two districts add up", SAME,
	    { { "A-181", "2025Q2", Y "06067|1|5\n06070|1|7\n06073|1|2" },
		{ "A-184", "2025Q2", Y "06253|1|10" } },
	    { "A-9", "2025Q3", Y "06067|15|15" }, "", NULL },
	{ "and when they do not", SAME,
	    { { "A-181", "2025Q2", Y "06067|1|5\n06070|1|7\n06073|1|2" },
		{ "A-184", "2025Q2", Y "06253|1|10" } },
	    { "A-9", "2025Q3", Y "06067|14|14" }, "K@2,2",
	    "Ô B2 (cột “Đầu kỳ”): ghi 14, khác “Cuối kỳ” của báo cáo kỳ quý II năm 2025: Thanh 5 + "
	    "Bình 10 = 15 "
	    "(chênh 1)." },
	{ "one of the districts did not report", SAME,
	    { { "A-181", "2025Q2", Y "06067|1|5\n06070|1|7\n06073|1|2" } },
	    { "A-9", "2025Q3", Y "06067|15|15" }, "K@2,2?",
	    "Ô B2 (cột “Đầu kỳ”): không đối chiếu được vì kỳ trước không có số của Bình; đề "
	    "nghị xác nhận số 15." },
	{ "a part of another one came", SAME,
	    { { "A-181", "2025Q2", Y "06067|1|5\n06070|1|7\n06073|1|2" } },
	    { "A-10", "2025Q3", Y "06073|4|4" }, "K@2,2?",
	    "Ô B2 (cột “Đầu kỳ”): không đối chiếu được với kỳ trước vì Thành đã chia tách; đề "
	    "nghị xác nhận số 4." },
	{ "what came wholly was divided later", SAME, { { "A-181", "2025Q2", Y "06300|1|9" } },
	    { "A-10", "2025Q3", Y "06302|8|8" }, "K@2,2?",
	    "Ô B2 (cột “Đầu kỳ”): không đối chiếu được với kỳ trước vì Sáu đã chia tách; đề "
	    "nghị "
	    "xác nhận số 8." },
	{ "row by row", BY_ROW, { { "A-181", "2024Q1", Y "06067|1|5" } },
	    { "A-181", "2024Q2", Y "06067|6|6\n06070|3|3" }, "K@2,2",
	    "Ô B2 (cột “Đầu kỳ”): ghi 6, khác “Cuối kỳ” của báo cáo kỳ quý I năm 2024: 5." },
	{ "words may not change", WORD,
	    { { "A-181", "2024Q1", Y "06067|1||||| a\n06070|1|||||b" } },
	    { "A-181", "2024Q2", Y "06067|1|||||a\n06070|1|||||c" }, "K@3,7",
	    "Ô G3 (cột “Kết quả”): ghi c, khác “Kết quả” của báo cáo kỳ quý I năm 2024: b." },

	{ "it fell", FALLS, { { "A-181", "2024Q1", Y "06067||5" } },
	    { "A-181", "2024Q3", Y "06067||4" }, "K@2,3",
	    "Ô C2 (cột “Cuối kỳ”): giảm từ 5 (kỳ quý I năm 2024) xuống 4; số này không thể giảm." },
	{ "a yes that was taken back", FALLS, { { "A-181", "2024Q1", Y "06067|||||Có" } },
	    { "A-181", "2024Q2", Y "06067|||||Không" }, "K@2,6",
	    "Ô F2 (cột “Đã làm”): giảm từ Có (kỳ quý I năm 2024) xuống Không; số này không thể giảm." },
	{ "it stayed or rose, or is new", FALLS,
	    { { "A-181", "2024Q1", Y "06067||5|||Không" } },
	    { "A-181", "2024Q2", Y "06067||5|||Có\n06070||1" }, "", NULL },
	{ "who came before does not count", FALLS,
	    { { "A-184", "2025Q2", Y "06253||5" }, { "A-181", "2025Q2", Y "06067||9" } },
	    { "A-9", "2025Q3", Y "06067||4" }, "", NULL },
	{ "unless it should", RULE("\"neverFalls\":{\"fields\":\"e\",\"predecessors\":true}"),
	    { { "A-181", "2025Q2", Y "06067||9" } }, { "A-9", "2025Q3", Y "06067||4" }, "K@2,3",
	    NULL },

	{ "so far", GROWS, { { "A-181", "2024Q1", Y "06067|||1,5|1,5" } },
	    { "A-181", "2024Q2", Y "06067|||2,0|3,5" }, "", NULL },
	{ "so far, and wrong", GROWS, { { "A-181", "2024Q1", Y "06067|||1,5|1,5" } },
	    { "A-181", "2024Q2", Y "06067|||2,0|3,0" }, "K@2,5",
	    "Ô E2 (cột “Lũy kế”): ghi 3, khác kỳ trước cộng “Trong kỳ”: 1,5 + 2 = 3,5 "
	    "(chênh 0,5)." },
	{ "it begins again with the year", GROWS,
	    { { "A-181", "2024Q4", Y "06067|||9,0|9,0" } },
	    { "A-181", "2025Q1", Y "06067|||2,0|2,0\n06070|||2,0|3,0" }, "K@3,5",
	    "Ô E3 (cột “Lũy kế”): ghi 3, khác kỳ trước cộng “Trong kỳ”: 2 (chênh 1)." },
	{ "or goes on", EVER, { { "A-181", "2024Q4", Y "06067|||9,0|9,0" } },
	    { "A-181", "2025Q1", Y "06067|||2,0|2,0" }, "K@2,5", NULL },
	{ "a row that is new begins at 0", GROWS,
	    { { "A-181", "2024Q1", Y "06067|||1,5|1,5" } },
	    { "A-181", "2024Q2", Y "06067|||2,0|3,5\n06070|||1,0|2,0" }, "K@3,5", NULL },
	{ "the report between is missing", GROWS,
	    { { "A-181", "2024Q1", Y "06067|||1,5|1,5" } },
	    { "A-181", "2024Q3", Y "06067|||2,0|9,5" }, "K@0,0?", NULL },

	{ "too much of a change", WITHIN, { { "A-181", "2024Q1", Y "06067||100" } },
	    { "A-181", "2024Q2", Y "06067||79" }, "K@2,3",
	    "Ô C2 (cột “Cuối kỳ”): ghi 79, kỳ quý I năm 2024 là 100: thay đổi 21 %, quá 20 %. Hãy kiểm "
	    "tra lại." },
	{ "just as much as it may, and little ones", WITHIN,
	    { { "A-181", "2024Q1", Y "06067||100\n06070||10\n06073||0" } },
	    { "A-181", "2024Q2", Y "06067||120\n06070||50\n06073||500" }, "", NULL },

	{ "far above what was", FAR,
	    { { "A-181", "2024Q1", Y "06067||10" }, { "A-181", "2024Q2", Y "06067||12" },
		{ "A-181", "2024Q3", Y "06067||11" }, { "A-181", "2024Q4", Y "06067||900" } },
	    { "A-181", "2025Q1", Y "06067||58" }, "K@2,3",
	    "Ô C2 (cột “Cuối kỳ”): ghi 58, cao bất thường so với 4 kỳ trước (trung vị 11,5). "
	    "Hãy "
	    "kiểm tra lại." },
	{ "not quite, and too little to tell", FAR,
	    { { "A-181", "2024Q1", Y "06067||10\n06070||1" },
		{ "A-181", "2024Q2", Y "06067||12\n06070||1" },
		{ "A-181", "2024Q3", Y "06067||11\n06070||1" } },
	    { "A-181", "2024Q4", Y "06067||55\n06070||50\n06073||999" }, "", NULL },
	{ "far from the others", PEERS,
	    { { "B-2", "2024Q1", Y "06067||10" }, { "B-3", "2024Q1", Y "06067||12" },
		{ "B-4", "2024Q1", Y "06067||11" }, { "B-5", "2024Q1", Y "06067||13" },
		{ "B-6", "2024Q1", Y "06067||9" } },
	    { "B-1", "2024Q1", Y "06067||17\n06070||16" }, "K@2,3",
	    "Ô C2 (cột “Cuối kỳ”): ghi 17, khác xa các đơn vị khác (5 số, trung vị 11). Hãy "
	    "kiểm "
	    "tra lại." },
	{ "too few others", PEERS,
	    { { "B-2", "2024Q1", Y "06067||10" }, { "B-3", "2024Q1", Y "06067||12" },
		{ "B-4", "2024Q1", Y "06067||11" }, { "B-5", "2024Q1", Y "06067||13" } },
	    { "B-1", "2024Q1", Y "06067||99" }, "", NULL },

	{ "the list is longer", COUNTS,
	    { { "A-181", "2024Q1",
		L "a|01/01/2024\nb|31/03/2024\nc|01/04/2024\nx|01/02/2024" } },
	    { "A-181", "2024Q1", Y "06067||1\n06070||9" }, "K@2,3",
	    "Ô C2 (cột “Cuối kỳ”): ghi 1 nhưng biểu L của kỳ này có 2 (chênh 1)." },
	{ "just as long", COUNTS,
	    { { "A-181", "2024Q1",
		L "a|01/01/2024\nb|31/03/2024\nc|01/04/2024\nx|01/02/2024" } },
	    { "A-181", "2024Q1", Y "06067||2" }, "", NULL },
	{ "no list yet", COUNTS, { { "A-181", "2023Q4", L "a|01/01/2024" } },
	    { "A-181", "2024Q1", Y "06067||2" }, "", NULL },
};

static const struct {
	const char *about, *rule, *mistake;
} refused[] = {
	{ "words do not add up",
	    RULE("\"sameAsPrevious\":{\"field\":\"word\",\"previous\":\"word\"}"),
	    "/0/sameAsPrevious/previous: only numbers add up" },
	{ "of another type", RULE("\"sameAsPrevious\":{\"field\":\"s\",\"previous\":\"n\"}"),
	    "/0/sameAsPrevious/previous: 'n' is of another type" },
	{ "no succession",
	    RULE("\"sameAsPrevious\":{\"field\":\"s\",\"previous\":\"e\",\"key\":\"word\","
		 "\"succession\":true}"),
	    "/0/sameAsPrevious/succession: the key is not" },
	{ "words do not fall", RULE("\"neverFalls\":{\"fields\":\"word\"}"),
	    "/0/neverFalls/fields: 'word' holds neither" },
	{ "an unknown beginning",
	    RULE("\"cumulative\":{\"total\":\"y\",\"part\":\"n\",\"restarts\":\"month\"}"),
	    "/0/cumulative/restarts: must be one of: year never" },
	{ "no percentage", RULE("\"changeWithin\":{\"field\":\"e\"}"),
	    "/0/changeWithin/percent: is missing" },
	{ "history and peers at once",
	    RULE("\"outlier\":{\"field\":\"e\",\"peers\":true,\"times\":5}"),
	    "/0/outlier/times: is for a figure's own history" },
	{ "z without peers", RULE("\"outlier\":{\"field\":\"e\",\"z\":3}"),
	    "/0/outlier/z: is for" },
	{ "more periods than are kept", RULE("\"outlier\":{\"field\":\"e\",\"periods\":13}"),
	    "/0/outlier/periods: a number from 1 to 12" },
	{ "a count of no form", RULE("\"countMatches\":{\"field\":\"e\",\"form\":\"Z\"}"),
	    "/0/countMatches/form: there is no such form" },
	{ "a count of itself", RULE("\"countMatches\":{\"field\":\"e\",\"form\":\"Y\"}"),
	    "/0/countMatches/form: is the rule's own form" },
	{ "a day the other form has not",
	    RULE("\"countMatches\":{\"field\":\"e\",\"form\":\"L\",\"on\":\"item\"}"),
	    "/0/countMatches/on: 'item' holds no days" },
	{ "a condition of what the other form has not",
	    RULE("\"countMatches\":{\"field\":\"e\",\"form\":\"L\",\"where\":\"zz = 1\"}"),
	    "no such column: zz" },
};

static int
open_campaign(struct campaign *c, const char *rule)
{
	AUTO(buf_free) struct buf b = { 0 };

	campaign_begin(c);
	buf_printf(&b, "%s%s%s", PACKAGE, rule, REST);
	campaign_file(c, "units.csv", OLD_UNITS);
	campaign_file(c, "communes.csv", OLD_COMMUNES);
	campaign_file(c, "codelists.csv", STEPS);
	campaign_file(
	    c, "roster.csv", "address,unit_code,role,language,valid_from,valid_to,name\n");
	campaign_file(c, "datapackage.json", b.at);
	return rulebook_open(&c->book, c->arena, c->directory, &c->mistakes, &c->e);
}

static struct facts
facts_of(const struct campaign *c, const struct report *r, const struct past *past)
{
	struct facts f = { .past = past };

	if (!period_read(&f.period, bytes_of(r->period)))
		abort();
	f.sender = rulebook_unit(c->book, bytes_of(r->unit), (struct date){ 0 });
	f.form = rulebook_form(c->book, strstr(r->table, "Mô hình") ? BYTES("L") : BYTES("Y"));
	return f;
}

static const char *
found_of(const struct verdict *v, struct arena *a)
{
	AUTO(buf_free) struct buf b = { 0 };

	for (size_t i = 0; i < v->count; i++)
		if (v->findings[i].level >= LEVEL_WARNING)
			buf_printf(&b, "%s%s@%u,%u%s", b.len ? " " : "", v->findings[i].rule,
			    v->findings[i].row, v->findings[i].column,
			    v->findings[i].level == LEVEL_WARNING ? "?" : "");
	return b.len ? arena_text(a, buf_bytes(&b)) : "";
}

/* What is wrong with how a case came out; NULL: nothing. */
static const char *
ask(struct campaign *c, size_t i)
{
	struct past_kept *k;
	struct facts f;
	struct verdict v;

	if (open_campaign(c, cases[i].rule) != OK ||
	    bench_open(&c->bench, c->book, &c->e) != OK)
		return c->e.text;
	k = past_kept_new(c->arena);
	for (size_t n = 0; n < COUNT(cases[i].before) && cases[i].before[n].unit; n++) {
		f = facts_of(c, &cases[i].before[n], NULL);
		campaign_judge(&v, c, &f, cases[i].before[n].table);
		if (!v.valid)
			return found_of(&v, c->arena);
		if (past_kept_add(k, &v, (struct date){ 2024, 1, 15 }, c->bench, &c->e) != OK)
			return c->e.text;
		bench_clear(c->bench);
	}
	f = facts_of(c, &cases[i].now, past_kept_past(k));
	campaign_judge(&v, c, &f, cases[i].now.table);
	if (v.failed_count)
		return v.failed[0].reason;
	if (strcmp(found_of(&v, c->arena), cases[i].findings) != 0)
		return arena_printf(c->arena, "%s %s", found_of(&v, c->arena),
		    v.count ? words_in(v.findings[0].message, LANGUAGE_VI) : "");
	return cases[i].says ? campaign_unlike(&v, cases[i].says) : NULL;
}

static void
test_asked(void **state)
{
	bool failed = false;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct campaign c = { 0 };
		const char *wrong = ask(&c, i);

		if (wrong)
			print_error("%s: %s\n", cases[i].about, wrong);
		failed = failed || wrong;
		campaign_remove(&c);
	}
	assert_false(failed);
}

static void
test_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(refused); i++) {
		struct campaign c = { 0 };
		int rc = open_campaign(&c, refused[i].rule);
		const char *wrong = campaign_refusal(&c, rc, refused[i].mistake);

		if (wrong)
			fail_msg("%s: %s", refused[i].about, wrong);
	}
}

/* Where nothing is known of the past no rule that needs it is asked. */
static void
test_unknown(void **state)
{
	static const struct report now = { "A-181", "2024Q2", Y "06067|5|6" };
	struct campaign c = { 0 };
	struct facts f;
	struct verdict v;

	(void)state;
	assert_int_equal(open_campaign(&c, SAME), OK);
	assert_int_equal(bench_open(&c.bench, c.book, &c.e), OK);
	f = facts_of(&c, &now, NULL);
	campaign_judge(&v, &c, &f, now.table);
	assert_string_equal(found_of(&v, c.arena), "");
	assert_int_equal(v.failed_count, 0);
	campaign_remove(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_asked),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_unknown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
