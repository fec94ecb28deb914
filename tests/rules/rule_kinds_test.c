/* Why: each kind of rule must find what is wrong, say it with the numbers, and leave alone what
 * is only nearly wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <jansson.h>

#include "rules/rule.h"
#include "tests/rules/campaign.h"

#define NAME(n, t) "{\"name\":\"" n "\",\"title\":\"" t "\"}"
#define DAY(n, t)                                                                              \
	"{\"name\":\"" n "\",\"title\":\"" t "\",\"type\":\"date\",\"format\":\"%d/%m/%Y\"}"
#define TYPED(n, t, type) "{\"name\":\"" n "\",\"title\":\"" t "\",\"type\":\"" type "\"}"
/* clang-format off */
#define FIELDS                                                                                 \
	NAME("code", "Mã") "," TYPED("a", "Đầu", "integer") "," TYPED("b", "Thêm", "integer")  \
	"," TYPED("c", "Bớt", "integer") "," TYPED("d", "Cuối", "integer") ","                 \
	"{\"name\":\"rate\",\"title\":\"Tỷ lệ\",\"type\":\"number\",\"giamsat:scale\":2,"        \
	"\"decimalChar\":\",\",\"giamsat:percent\":true},"                                      \
	"{\"name\":\"sum\",\"title\":\"Tiền\",\"type\":\"number\",\"giamsat:scale\":1,"          \
	"\"decimalChar\":\",\"},"                                                               \
	DAY("d1", "Ngày một") "," DAY("d2", "Ngày hai") "," DAY("d3", "Ngày ba") ","           \
	"{\"name\":\"yes\",\"title\":\"Có làm\",\"type\":\"boolean\",\"trueValues\":[\"Có\"],"   \
	"\"falseValues\":[\"Không\"]},"                                                         \
	"{\"name\":\"kind\",\"title\":\"Nhóm\",\"giamsat:codes\":\"kind\"},"                      \
	NAME("note", "Ghi chú") ","                                                            \
	"{\"name\":\"commune\",\"title\":\"Xã\",\"giamsat:lookup\":{\"resource\":\"communes\","  \
	"\"column\":\"gso_code\",\"names\":[\"name\"],\"of\":[{\"parent_code\":"                  \
	"\"unit.gso_code\"}]}}"
/* clang-format on */
#define HEAD                                                                                            \
	"Mã|Đầu|Thêm|Bớt|Cuối|Tỷ lệ|Tiền|Ngày một|Ngày hai|Ngày ba|Có làm|Nhóm|" \
	"Ghi chú|Xã\n"
#define RULE(kind) "{\"id\":\"K\",\"level\":\"error\"," kind "}"

#define BALANCE "\"balance\":{\"field\":\"d\",\"plus\":[\"a\",\"b\"],\"minus\":\"c\"}"
#define PARTS   "\"parts\":{\"whole\":\"d\",\"parts\":[\"a\",\"b\"]}"
#define EQUAL   "\"parts\":{\"whole\":\"d\",\"parts\":[\"a\",\"b\"],\"relation\":\"=\"}"
#define RATIO   "\"ratio\":{\"field\":\"rate\",\"of\":\"a\",\"by\":[\"c\",\"d\"]}"
#define ORDER   "\"order\":{\"fields\":[\"d1\",\"d2\",\"d3\"],\"last\":\"period\"}"
#define BOTH    "\"bothOrNone\":{\"fields\":[\"yes=Có\",\"d1\",\"a>0\"]}"
#define WHEN                                                                                   \
	"\"requiredIf\":{\"fields\":[\"d1\",\"note\"],\"when\":{\"field\":\"kind\",\"is\":["   \
	"\"khac\",\"nguoi_ngheo\"]}}"
#define ONE  "\"onlyOne\":{\"fields\":[\"a\",\"b\",\"note\"]}"
#define LIST "\"inList\":{\"field\":\"note\",\"list\":\"kind\",\"on\":[\"d1\",\"d2\"]}"
#define TABLE                                                                                  \
	"\"inList\":{\"field\":\"note\",\"resource\":\"communes\",\"column\":\"gso_code\"}"
#define OWNS                                                                                   \
	"\"unitOwns\":{\"field\":\"note\",\"resource\":\"communes\",\"column\":\"gso_code\","  \
	"\"of\":{\"parent_code\":\"unit.gso_code\"}}"
#define SUM                                                                                    \
	"\"sumOfRows\":{\"fields\":[\"a\",\"sum\"],\"row\":\"note = 'all'\",\"of\":\"note IS " \
	"NULL\""
#define ALL   "\"complete\":{\"field\":\"commune\"}"
#define TWICE "\"noNearDuplicates\":{\"name\":\"note\",\"fields\":[\"a\"],\"code\":\"code\"}"
#define STAR  "\"order\":{\"fields\":[\"d1\",\"d2\",\"d3\"],\"against\":\"first\"}"

static const struct {
	const char *about, *rule, *rows;
	const char *findings; /* "rule@row,column" */
	const char *says;     /* in the first one's words; NULL: not looked at */
} asked[] = {
	{ "balance", RULE(BALANCE), "x|119|2|25|95\n", "K@2,5",
	    "Ô E2 (cột “Cuối”): ghi 95, khác Đầu + Thêm − Bớt = 119 + 2 − 25 = 96 "
	    "(chênh 1)." },
	{ "it balances", RULE(BALANCE), "x|119|2|25|96\n", "", NULL },
	{ "missing: the row is passed over", RULE(BALANCE), "x|119||25|95\n", "", NULL },
	{ "missing: counts as 0", RULE("\"missing\":\"zero\"," BALANCE), "x|119||25|95\n",
	    "K@2,5",
	    "Ô E2 (cột “Cuối”): ghi 95, khác Đầu + Thêm − Bớt = 119 + 0 − 25 = 94 "
	    "(chênh 1)." },
	{ "missing: is an error", RULE("\"missing\":\"error\"," BALANCE),
	    "x|119||25|94\ny|1|1|1|1\n", "K@2,3", NULL },
	{ "within the tolerance",
	    RULE("\"balance\":{\"field\":\"d\",\"plus\":\"a\",\"tolerance\":2}"),
	    "x|1|||3\ny|1|||4\n", "K@3,5", NULL },
	{ "tenths add up", RULE("\"balance\":{\"field\":\"sum\",\"plus\":[\"rate\"]}"),
	    "x|||||0,30|0,3\ny|||||0,30|0,4\n", "K@3,7",
	    "Ô G3 (cột “Tiền”): ghi 0,4, khác Tỷ lệ = 0,30 (chênh 0,1)." },
	{ "large numbers as people write them", RULE(BALANCE), "x|1200000|1|0|1200000\n",
	    "K@2,5",
	    "Ô E2 (cột “Cuối”): ghi 1.200.000, khác Đầu + Thêm − Bớt = 1.200.000 + 1 − 0 "
	    "= 1.200.001 (chênh 1)." },
	{ "an error in a cell silences its row", RULE(BALANCE), "x|119|z|25|95\ny|1|1|0|1\n",
	    "G10@2,3 K@3,5", NULL },
	{ "where: just some rows", RULE("\"where\":\"r.note IS NULL\"," BALANCE),
	    "x|1|1|0|1||||||||đã rõ\ny|1|1|0|1\n", "K@3,5", NULL },
	{ "its own words",
	    RULE(BALANCE ",\"message\":\"{code}: {d} # {formula} ({title}, {example})\""),
	    "x|119|2|25|95\n", "K@2,5", "x: 95 # 119 + 2 − 25 = 96 (Cuối, )" },

	{ "parts", RULE(PARTS), "x|5|6||10\n", "K@2,2",
	    "Ô B2 (cột “Đầu”): Đầu + Thêm = 5 + 6 = 11, vượt “Cuối” 10 (hơn 1)." },
	{ "parts that are all", RULE(PARTS), "x|5|5||10\n", "", NULL },
	{ "parts without one", RULE(PARTS), "x|50|||10\n", "", NULL },
	{ "parts without one, as 0", RULE("\"missing\":\"zero\"," PARTS), "x|50|||10\n",
	    "K@2,2", NULL },
	{ "parts that should be all", RULE(EQUAL), "x|5|4||10\ny|5|5||10\n", "K@2,2",
	    "Ô B2 (cột “Đầu”): Đầu + Thêm = 5 + 4 = 9, khác “Cuối” 10 (chênh 1)." },

	{ "ratio", RULE(RATIO), "x|1||1|2|33,35\n", "K@2,6",
	    "Ô F2 (cột “Tỷ lệ”): ghi 33,35, tính lại 100 × Đầu / (Bớt + Cuối) = "
	    "100 × 1 / (1 + 2) = 33,33 (chênh 0,02)." },
	{ "a ratio that was cut", RULE(RATIO), "x|2||1|2|66,66\n", "", NULL },
	{ "a ratio of nothing", RULE(RATIO), "x|2||0|0|66,66\ny|2|||3|1\n", "", NULL },
	{ "no percent",
	    RULE("\"ratio\":{\"field\":\"sum\",\"of\":\"a\",\"by\":\"d\",\"scale\":1,"
		 "\"tolerance\":0}"),
	    "x|1|||4||0,2\ny|1|||4||0,3\n", "K@2,7", NULL },

	{ "order", RULE(ORDER), "x|||||||03/02/2023|02/02/2023|\n", "K@2,9",
	    "Ô I2 (cột “Ngày hai”): ngày 02/02/2023 phải sau “Ngày một” (03/02/2023)." },
	{ "the same day", RULE(ORDER), "x|||||||02/02/2023|02/02/2023|31/12/2023\n", "", NULL },
	{ "the one between is not there", RULE(ORDER), "x|||||||02/02/2023||01/02/2023\n",
	    "K@2,10",
	    "Ô J2 (cột “Ngày ba”): ngày 01/02/2023 phải sau “Ngày một” (02/02/2023)." },
	{ "after the period", RULE(ORDER), "x|||||||02/02/2023||01/01/2024\n", "K@2,10",
	    "Ô J2 (cột “Ngày ba”): ngày 01/01/2024 sau ngày cuối kỳ báo cáo (31/12/2023)." },
	{ "all that is wrong", RULE(ORDER), "x|||||||03/02/2024|02/02/2024|01/01/2024\n",
	    "K@2,8 K@2,9 K@2,9 K@2,10 K@2,10", NULL },
	{ "each against the first", RULE(STAR), "x|||||||02/02/2023|04/02/2023|03/02/2023\n",
	    "", NULL },
	{ "one before the first", RULE(STAR), "x|||||||02/02/2023|04/02/2023|01/02/2023\n",
	    "K@2,10", NULL },
	{ "numbers in order", RULE("\"order\":{\"fields\":[\"a\",\"b\",\"d\"]}"),
	    "x|1|2||3\ny|5|4||4\n", "K@3,3",
	    "Ô C3 (cột “Thêm”): ghi 4, không được nhỏ hơn “Đầu” 5." },
	{ "strictly", RULE("\"order\":{\"fields\":[\"a\",\"b\"],\"strict\":true}"),
	    "x|1|1\ny|1|2\n", "K@2,3", NULL },

	{ "one without the others", RULE(BOTH), "x|0||||||||| Có\n", "K@2,8",
	    "Ô H2 (cột “Ngày một”): không khớp với “Có làm”: phải có đủ “Có làm” = Có, “Ngày "
	    "một” và “Đầu” > 0, hoặc không có mục nào." },
	{ "the others without the one", RULE(BOTH), "x|1||||||02/02/2023|||Không\n", "K@2,11",
	    NULL },
	{ "all of them, and none", RULE(BOTH),
	    "x|1||||||02/02/2023|||Có\ny|0|||||||||Không\nz|1\n", "K@4,11", NULL },

	{ "needed", RULE(WHEN), "x|||||||||||Khác\n", "K@2,8 K@2,13",
	    "Ô H2 (cột “Ngày một”): phải ghi vì “Nhóm” = Khác hoặc Người nghèo, hộ nghèo." },
	{ "needed and there, and not needed", RULE(WHEN), "x|||||||02/02/2023||||Khác|rõ\ny\n",
	    "", NULL },
	{ "needed above a number",
	    RULE("\"requiredIf\":{\"fields\":\"b\",\"when\":{\"field\":\"a\",\"above\":0}}"),
	    "x|0\ny|1\nz|\n", "K@3,3", "Ô C3 (cột “Thêm”): phải ghi vì “Đầu” > 0." },
	{ "needed beside anything",
	    RULE("\"requiredIf\":{\"fields\":\"b\",\"when\":{\"field\":\"a\"}}"), "x|0\ny|\n",
	    "K@2,3", "Ô C2 (cột “Thêm”): phải ghi vì “Đầu”." },

	{ "two for one", RULE(ONE), "x|1||||||||||| rõ\n", "K@2,13",
	    "Ô M2 (cột “Ghi chú”): “Đầu” đã ghi rồi; chỉ ghi một trong các cột “Đầu”, “Thêm”, "
	    "“Ghi chú”." },
	{ "one, and none", RULE(ONE), "x|1\ny||||5\n", "", NULL },
	{ "none where one is needed",
	    RULE("\"onlyOne\":{\"fields\":[\"a\",\"b\"],\"needed\":true}"), "x|1\ny||||5\n",
	    "K@3,2", "Ô B3 (cột “Đầu”): phải ghi một trong các cột “Đầu”, “Thêm”." },

	{ "in no list", RULE(LIST), "x||||||||||||lạ\ny|\n", "K@2,13",
	    "Ô M2 (cột “Ghi chú”): “lạ” không có trong danh mục." },
	{ "ended on the day", RULE(LIST), "x||||||||01/01/2023||||cu\n", "K@2,13",
	    "Ô M2 (cột “Ghi chú”): “cu” không có hiệu lực vào ngày 01/01/2023 (hiệu lực từ … "
	    "đến 31/12/2022)." },
	{ "valid on its last day; the first day counts", RULE(LIST),
	    "x|||||||31/12/2022|01/01/2023||||cu\n", "", NULL },
	{ "no day: the period's last", RULE(LIST), "x||||||||||||cu\ny||||||||||||khac\n",
	    "K@2,13", NULL },
	{ "in no table, and ended", RULE(TABLE),
	    "x||||||||||||06067\ny||||||||||||06073\nz||||||||||||1\n", "K@3,13 K@4,13", NULL },
	{ "the field's own list", RULE("\"inList\":{\"field\":\"kind\",\"on\":\"d1\"}"),
	    "x|||||||01/01/2023||||Khác\n", "", NULL },

	{ "another unit's", RULE(OWNS), "x||||||||||||06253\n", "K@2,13",
	    "Ô M2 (cột “Ghi chú”): “06253” không thuộc UBND huyện Bình An trong kỳ này." },
	{ "its own, and nothing", RULE(OWNS), "x||||||||||||06070\ny|\n", "", NULL },
	{ "its own once", RULE(OWNS), "x||||||||||||06073\n", "K@2,13", NULL },

	{ "a sum of rows", RULE(SUM "}"), "x|1|||||0,5\ny|2|||||0,5\nz|4|||||1,0||||||all\n",
	    "K@4,2", "Ô B4 (cột “Đầu”): ghi 4, cộng các dòng (2, 3): 1 + 2 = 3 (chênh 1)." },
	{ "a sum with one missing", RULE(SUM "}"), "x|1\ny||5\nz|4|||||||||||all\n", "", NULL },
	{ "a sum with one missing, as 0", RULE("\"missing\":\"zero\"," SUM "}"),
	    "x|1\ny||5\nz|4|||||||||||all\n", "K@4,2", NULL },
	{ "a sum with one wrong", RULE("\"missing\":\"zero\"," SUM "}"),
	    "x|1\ny|b\nz|4|||||||||||all\n", "G10@3,2", NULL },
	{ "at most", RULE(SUM ",\"relation\":\"<=\"}"),
	    "x|1\ny|2\nz|4|||||||||||all\nu|2|||||||||||all\n", "K@5,2",
	    "Ô B5 (cột “Đầu”): ghi 2, nhưng cộng các dòng (2, 3) vượt số này: 1 + 2 = 3 (hơn "
	    "1)." },
	{ "at least", RULE(SUM ",\"relation\":\">=\"}"),
	    "x|1\ny|2\nz|4|||||||||||all\nu|2|||||||||||all\n", "K@4,2", NULL },
	{ "not all rows are there", RULE(SUM ",\"count\":3}"), "x|1\ny|2\nz|4|||||||||||all\n",
	    "", NULL },
	{ "a sum of each group", RULE(SUM ",\"key\":\"kind\"}"),
	    "x|1||||||||||Khác\ny|2\nz|1||||||||||Khác|all\nu|1|||||||||||all\n", "K@5,2",
	    NULL },

	{ "one is missing", RULE(ALL), "x|||||||||||||06067\n", "K@0,0",
	    "Thiếu 1 dòng: Xã Tân Thành (06070)." },
	{ "all are there", RULE(ALL), "x|||||||||||||06067\ny|||||||||||||06070\n", "", NULL },
	{ "one is there twice", RULE(ALL),
	    "x|||||||||||||06067\ny|||||||||||||06070\nz|||||||||||||06067\n", "K@4,14",
	    "Ô N4 (cột “Xã”): “06067” đã có ở dòng 2; mỗi mã chỉ một dòng." },
	{ "one may be what cannot be read", RULE(ALL),
	    "x|||||||||||||06067\ny|||||||||||||0607\n", "foreign-key@3,14", NULL },
	{ "one is there twice beside what cannot be read", RULE(ALL),
	    "x|||||||||||||06067\ny|||||||||||||0607\nz|||||||||||||06067\n",
	    "foreign-key@3,14 K@4,14", NULL },

	{ "one name twice", RULE(TWICE),
	    "x|1|||||||||||Nuôi gà\ny|2|||||||||||Nuôi gà\nz|1|||||||||||nuôi  GÀ.\n", "K@4,13",
	    "Ô M4 (cột “Ghi chú”): “nuôi  GÀ.” giống “Nuôi gà” ở dòng 2 (x). Nếu là một, hãy "
	    "bỏ "
	    "một dòng." },
	{ "no names", RULE(TWICE), "x|1\ny|1\nz||||||||||||a\nu||||||||||||a\n", "", NULL },
};

static const struct {
	const char *about, *rule,
	    *mistake; /* its place in the rule, and part of what is said */
} refused[] = {
	{ "an unknown parameter",
	    RULE("\"balance\":{\"field\":\"d\",\"plus\":\"a\",\"les\":\"b\"}"),
	    "/0/balance/les: \"balance\" has no such parameter; it has: field, plus" },
	{ "an unknown field", RULE("\"balance\":{\"field\":\"d\",\"plus\":[\"a\",\"z\"]}"),
	    "/0/balance/plus/1: the form has no field 'z'" },
	{ "a missing parameter", RULE("\"balance\":{\"field\":\"d\"}"),
	    "/0/balance/plus: is missing" },
	{ "a text is no number", RULE("\"balance\":{\"field\":\"note\",\"plus\":\"a\"}"),
	    "/0/balance/field: 'note' holds no numbers" },
	{ "a number is no field", RULE("\"balance\":{\"field\":1,\"plus\":\"a\"}"),
	    "/0/balance/field: the name of a field" },
	{ "a list is no field", RULE("\"balance\":{\"field\":[\"d\"],\"plus\":\"a\"}"),
	    "/0/balance/field: the name of a field" },
	{ "no fields", RULE("\"balance\":{\"field\":\"d\",\"plus\":[]}"),
	    "/0/balance/plus: names no field" },
	{ "a field twice", RULE("\"balance\":{\"field\":\"d\",\"plus\":[\"a\",\"a\"]}"),
	    "/0/balance/plus/1: 'a' is named twice" },
	{ "a tolerance below 0",
	    RULE("\"balance\":{\"field\":\"d\",\"plus\":\"a\",\"tolerance\":-1}"),
	    "/0/balance/tolerance: a number from 0" },
	{ "a tolerance in words",
	    RULE("\"balance\":{\"field\":\"d\",\"plus\":\"a\",\"tolerance\":\"1\"}"),
	    "/0/balance/tolerance: a number" },
	{ "parameters that are none", RULE("\"balance\":\"d = a\""),
	    "/0/balance: an object of parameters" },
	{ "two kinds", RULE(BALANCE "," PARTS), "it is \"balance\" already" },
	{ "a property that is none", RULE(BALANCE ",\"mesage\":\"x\""),
	    "/0/mesage: rules have no such property" },
	{ "fields twice over", RULE(BALANCE ",\"fields\":[\"a\"]"),
	    "/0/fields: \"balance\" says" },
	{ "a scope it has not", RULE(BALANCE ",\"scope\":\"table\""),
	    "/0/scope: a rule with \"balance\" has scope \"row\"" },
	{ "SQL that is none in where", RULE(BALANCE ",\"where\":\"note >< 1\""),
	    "syntax error" },
	{ "the clock in where", RULE(BALANCE ",\"where\":\"note < date('now')\""),
	    "may not say" },
	{ "a relation that is none",
	    RULE("\"parts\":{\"whole\":\"d\",\"parts\":\"a\",\"relation\":\">\"}"),
	    "/0/parts/relation: must be one of: <= =" },
	{ "half a place",
	    RULE("\"ratio\":{\"field\":\"rate\",\"of\":\"a\",\"by\":\"d\",\"scale\":1.5}"),
	    "/0/ratio/scale: a whole number" },
	{ "days and numbers in one order", RULE("\"order\":{\"fields\":[\"d1\",\"a\"]}"),
	    "/0/order/fields/1: 'a' cannot be compared with 'd1'" },
	{ "one alone", RULE("\"order\":{\"fields\":[\"d1\"]}"),
	    "/0/order/fields: one field alone" },
	{ "numbers and the period",
	    RULE("\"order\":{\"fields\":[\"a\",\"b\"],\"last\":\"period\"}"),
	    "/0/order/fields: only days" },
	{ "zero is no day", RULE("\"missing\":\"zero\"," ORDER),
	    "/0/missing: zero is no value" },
	{ "a value that is none", RULE("\"bothOrNone\":{\"fields\":[\"yes=maybe\",\"d1\"]}"),
	    "/0/bothOrNone/fields/0: 'maybe' is no value of 'yes'" },
	{ "a code that is none", RULE("\"bothOrNone\":{\"fields\":[\"kind=z\",\"d1\"]}"),
	    "/0/bothOrNone/fields/0: 'z' is no code of 'kind'" },
	{ "one for both", RULE("\"bothOrNone\":{\"fields\":[\"d1\"]}"),
	    "/0/bothOrNone/fields: at least two" },
	{ "more than a text", RULE("\"bothOrNone\":{\"fields\":[\"note>1\",\"d1\"]}"),
	    "/0/bothOrNone/fields/0: 'note' holds no numbers" },
	{ "missing where emptiness is asked", RULE("\"missing\":\"skip\"," BOTH),
	    "/0/missing: has no sense" },
	{ "when of nothing", RULE("\"requiredIf\":{\"fields\":\"a\",\"when\":{\"is\":[1]}}"),
	    "/0/requiredIf/when/field: is missing" },
	{ "when with more than it can say",
	    RULE("\"requiredIf\":{\"fields\":\"a\",\"when\":{\"field\":\"b\",\"below\":1}}"),
	    "/0/requiredIf/when: {\"field\"" },
	{ "when of a value that is none",
	    RULE("\"requiredIf\":{\"fields\":\"a\",\"when\":{\"field\":\"b\",\"is\":[\"x\"]}}"),
	    "/0/requiredIf/when/is/0: 'x' is no value of 'b'" },
	{ "only one number", RULE("\"onlyOne\":{\"fields\":3}"),
	    "/0/onlyOne/fields: the name of a field" },
	{ "no list", RULE("\"inList\":{\"field\":\"note\",\"list\":\"nothing\"}"),
	    "/0/inList/list: codelists has no such list" },
	{ "neither list nor table", RULE("\"inList\":{\"field\":\"note\"}"),
	    "/0/inList: says neither" },
	{ "no table",
	    RULE("\"inList\":{\"field\":\"note\",\"resource\":\"z\",\"column\":\"z\"}"),
	    "/0/inList/resource: there is no such reference table" },
	{ "no column",
	    RULE("\"inList\":{\"field\":\"note\",\"resource\":\"communes\",\"column\":\"z\"}"),
	    "/0/inList/column: communes has no column 'z'" },
	{ "a number is no day", RULE("\"inList\":{\"field\":\"kind\",\"on\":\"a\"}"),
	    "/0/inList/on: 'a' holds no days" },
	{ "nobody owns",
	    RULE("\"unitOwns\":{\"field\":\"note\",\"resource\":\"communes\",\"column\":\"gso_"
		 "code\"}"),
	    "/0/unitOwns/of: is missing" },
	{ "owned by what units have not",
	    RULE("\"unitOwns\":{\"field\":\"commune\",\"of\":{\"parent_code\":\"unit.z\"}}"),
	    "/0/unitOwns/of/parent_code: units has no column 'z'" },
	{ "complete of nothing", RULE("\"complete\":{\"field\":\"note\"}"),
	    "/0/complete/resource: is missing" },
	{ "a sum of texts",
	    RULE("\"sumOfRows\":{\"fields\":\"note\",\"row\":\"1\",\"of\":\"1\"}"),
	    "/0/sumOfRows/fields: 'note' holds no numbers" },
	{ "a sum by SQL that is none",
	    RULE("\"sumOfRows\":{\"fields\":\"a\",\"row\":\"x ><\",\"of\":\"1\"}"),
	    "syntax error" },
	{ "a sum by the clock",
	    RULE("\"sumOfRows\":{\"fields\":\"a\",\"row\":\"'now'\",\"of\":\"1\"}"),
	    "/0/sumOfRows/row: a rule may not say" },
	{ "no name to be near to", RULE("\"noNearDuplicates\":{\"fields\":\"a\"}"),
	    "/0/noNearDuplicates/name: is missing" },
	{ "a placeholder nobody fills", RULE(BALANCE ",\"message\":\"{previous}\""),
	    "nothing fills {previous}" },
};

/* What is wrong with how a case came out; NULL: nothing. */
static const char *
ask(struct campaign *c, size_t i)
{
	struct facts facts = { .subject = BYTES("A-181 năm 2023") };
	AUTO(buf_free) struct buf table = { 0 };
	struct verdict v;
	const char *found;

	if (campaign_write(c, FIELDS, asked[i].rule, "strict") != OK)
		return c->e.text;
	assert_int_equal(bench_open(&c->bench, c->book, &c->e), OK);
	buf_text(&table, HEAD);
	buf_text(&table, asked[i].rows);
	campaign_judge(&v, c, &facts, table.at);
	if (v.failed_count)
		return v.failed[0].reason;
	found = campaign_findings(&v, c->arena, LEVEL_WARNING);
	if (strcmp(found, asked[i].findings) != 0)
		return found;
	return asked[i].says ? campaign_unlike(&v, asked[i].says) : NULL;
}

static void
test_asked(void **state)
{
	bool failed = false;

	(void)state;
	for (size_t i = 0; i < COUNT(asked); i++) {
		struct campaign c = { 0 };
		const char *wrong = ask(&c, i);

		if (wrong)
			print_error("%s: %s\n", asked[i].about, wrong);
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
		int rc = campaign_write(&c, FIELDS, refused[i].rule, "strict");
		const char *wrong = campaign_refusal(&c, rc, refused[i].mistake);

		if (wrong)
			fail_msg("%s: %s", refused[i].about, wrong);
	}
}

static bool
has_param(const struct rule_kind *k, const char *name)
{
	for (size_t p = 0; k->params && k->params[p].name; p++)
		if (strcmp(k->params[p].name, name) == 0)
			return true;
	return false;
}

/* What lists of kinds and parameters are made of is there, in both languages. */
static void
test_declared(void **state)
{
	size_t count;
	const struct rule_kind *const *kinds = rule_kinds(&count);

	(void)state;
	for (size_t i = 0; i < count; i++) {
		const struct rule_kind *k = kinds[i];

		json_t *example;

		assert_true(k->name && k->help.in[0] && k->help.in[1] && k->example);
		example = json_loads(k->example, JSON_DECODE_ANY, NULL);
		if (!example || json_is_object(example) != (k->params != NULL))
			fail_msg("%s: its example is none", k->name);
		for (void *walk = json_object_iter(example); walk;
		     walk = json_object_iter_next(example, walk))
			if (!has_param(k, json_object_iter_key(walk)))
				fail_msg("%s: its example has '%s'", k->name,
				    json_object_iter_key(walk));
		json_decref(example);
		assert_true(k->checks || (k->query && !k->params));
		for (size_t p = 0; k->params && k->params[p].name; p++)
			if (!k->params[p].help.in[0] || !k->params[p].help.in[1] ||
			    (k->params[p].type == PARAM_CHOICE) !=
				(k->params[p].choices != NULL))
				fail_msg("%s.%s", k->name, k->params[p].name);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_asked),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_declared),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
