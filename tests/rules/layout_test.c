/* Why: clerks lay one table out in a hundred ways; each must give the same values, or a
 * sentence that says why not. */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/rules/campaign.h"

#define NUMBER                                                                                 \
	"\"type\":\"integer\",\"groupChar\":\".\",\"decimalChar\":\",\",\"giamsat:zero\":[\"-" \
	"\"]"
#define TITLE(name, title) "{\"name\":\"" name "\",\"title\":\"" title "\","
/* Form Y with two groups of columns that have headings in common. */
#define FIELDS                                                                                 \
	TITLE("tt", "TT")                                                                      \
	"\"giamsat:aliases\":[\"STT\"]}," TITLE("code",                                        \
	    "Mã xã") "\"constraints\":{\"required\":true},\"giamsat:lookup\":{"                \
		     "\"resource\":\"communes\",\"column\":\"gso_code\",\"pad\":5,"            \
		     "\"names\":[\"name\",\"aliases\"],\"beside\":\"name\"}}," TITLE("name",   \
			 "Xã, phường") "\"giamsat:aliases\":[\"Tên xã\"]}," TITLE("total",     \
			 "Tổng số hộ") NUMBER                                                  \
	    ",\"constraints\":{\"required\":true,"                                             \
	    "\"maximum\":1000},\"giamsat:units\":[\"hộ\"]}," TITLE(                            \
		"poor_exit", "Số hộ thoát nghèo") NUMBER                                       \
	    ",\"giamsat:group\":\"poor\","                                                     \
	    "\"giamsat:aliases\":[\"Thoát nghèo\"],\"giamsat:units\":[\"hộ\"],"            \
	    "\"constraints\":{\"required\":true}}," TITLE(                                     \
		"poor_more", "Tăng khác (chuyển đến)") NUMBER                                  \
	    ",\"giamsat:group\":\"poor\","                                                     \
	    "\"giamsat:aliases\":[\"Tăng khác\"],\"giamsat:default\":\"0\"}," TITLE(           \
		"poor_rate", "Tỷ lệ hộ nghèo (%)") "\"type\":\"number\",\"giamsat:scale\":2,"  \
						   "\"decimalChar\":\",\",\"groupChar\":\"."   \
						   "\",\"giamsat:total\":false,"               \
						   "\"giamsat:group\":\"poor\",\"giamsat:"     \
						   "units\":[\"%\"],\"giamsat:aliases\":["     \
						   "\"Tỷ lệ hộ nghèo\"]}," TITLE("near_exit",  \
						       "Số hộ thoát cận nghèo") NUMBER         \
	    ",\"giamsat:group\":\"near\","                                                     \
	    "\"giamsat:aliases\":[\"Thoát cận nghèo\"],\"giamsat:children\":[\"Thoát "    \
	    "nghèo\"],"                                                                       \
	    "\"giamsat:default\":\"0\"}," TITLE("near_more", "Tăng khác (cận nghèo)") NUMBER   \
	    ",\"giamsat:group\":\"near\","                                                     \
	    "\"giamsat:children\":[\"Tăng khác\"],\"giamsat:default\":\"0\"}," TITLE(          \
		"day", "Ngày rà soát") "\"type\":\"date\",\"giamsat:formats\":[\"%d/%m/"       \
				       "%Y\"]}," TITLE(                                        \
					   "note", "Ghi chú") "\"giamsat:aliases\":[\"GC\"]}"

#define GROUPS                                                                                           \
	"\"giamsat:layout\":{\"groups\":{\"poor\":[\"Hộ nghèo\",\"Diễn biến hộ nghèo năm\"]," \
	"\"near\":[\"Hộ cận nghèo\",\"Diễn biến hộ cận nghèo năm\"]}},"

/* TT code name total exit more rate exit more day note */
#define HEAD                                                                                                  \
	"TT|Mã xã|Xã, phường|Tổng số hộ|Số hộ thoát nghèo|Tăng khác (chuyển đến)|"   \
	"Tỷ lệ hộ nghèo (%)|Số hộ thoát cận nghèo|Tăng khác (cận nghèo)|Ngày rà soát|" \
	"Ghi chú\n"
#define ROWS                                                                                   \
	"1|06067|Tân Thanh|600|60|1|10,00|7|2|15/02/2023|\n"                                  \
	"2|06070|Tân Thành|500|50|3|10,50|8|4|16/02/2023|x\n"
#define VALUES(first, second)                                                                  \
	first ":1 06067 Tân Thanh 600 60 1 1000 7 2 2023-02-15 - " second                      \
	      ":2 06070 Tân Thành 500 50 3 1050 8 4 2023-02-16 x"
/* The same below a header of two rows, in a file of text and in a workbook. */
#define TWO_ROWS                                                                                                 \
	"TT|Mã xã|Xã, phường|Tổng số hộ|Hộ nghèo|||Hộ cận nghèo||Ngày rà soát|Ghi chú\n" \
	"||||Thoát nghèo|Tăng khác|Tỷ lệ hộ nghèo|Thoát nghèo|Tăng khác||\n"
#define MERGED                                                                                                          \
	"TT|Mã xã|Xã, phường|Tổng số hộ|Hộ nghèo|~Hộ nghèo|~Hộ nghèo|Hộ cận nghèo|"           \
	"~Hộ cận nghèo|Ngày rà soát|Ghi chú\n"                                                                 \
	"~TT|~Mã xã|~Xã, phường|~Tổng số hộ|Thoát nghèo|Tăng khác|Tỷ lệ hộ nghèo|Thoát nghèo|" \
	"Tăng khác|~Ngày rà soát|~Ghi chú\n"
#define SHORT "Mã xã|Xã, phường|Tổng số hộ|Số hộ thoát nghèo\n"

static const struct {
	const char *about, *table;
	const char *findings; /* all of them */
	const char *values;   /* of the first verdict; NULL: it must not be valid */
} cases[] = {
	/* where the table stands */
	{ "as the form has it", HEAD ROWS, "", VALUES("2", "3") },
	{ "national motto, unit, form and titles above",
	    "UBND HUYỆN BÌNH AN|||CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
	    "Số: 12/BC|||Độc lập - Tự do - Hạnh phúc\n\n|||Biểu số 02\nBIỂU Y\n||\n" HEAD ROWS,
	    "", VALUES("8", "9") },
	{ "blank columns before and between",
	    "||TT|Mã xã||Xã, phường|Tổng số hộ|Số hộ thoát nghèo\n"
	    "||1|06067||Tân Thanh|600|60\n",
	    "", "2:1 06067 Tân Thanh 600 60 0 - 0 0 - -" },
	{ "blank rows below the header and between rows",
	    HEAD "||||\n\n1|06067|Tân Thanh|600|60|1|10,00|7|2|15/02/2023|\n||||||||||\n"
		 "2|06070|Tân Thành|500|50|3|10,50|8|4|16/02/2023|x\n",
	    "", VALUES("4", "6") },
	{ "columns in another order",
	    "Số hộ thoát nghèo|Tăng khác|Tổng số hộ|Tên xã|Mã xã\n60|1|600|Tân Thanh|06067\n",
	    "label-by-order@1,2", "2:- 06067 Tân Thanh 600 60 1 - 0 0 - -" },
	{ "a heading alone and its likeness in another order",
	    "Tăng khác (cận nghèo)|Số hộ thoát nghèo|Tăng khác|Tổng số hộ|Mã xã|STT\n"
	    "2|60|1|600|06067|1\n",
	    "", "2:1 06067 - 600 60 1 - 0 2 - -" },
	{ "further columns are told", "Mã xã|Màu|Tổng số hộ|Thoát nghèo\n06067|đỏ|6|1\n",
	    "extra-label@1,2 label-by-order@1,4", "2:- 06067 - 6 1 0 - 0 0 - -" },
	/* headers of several rows */
	{ "two rows, blank cells to the right of a parent", TWO_ROWS ROWS, "",
	    VALUES("3", "4") },
	{ "two rows, merged", MERGED ROWS, "", VALUES("3", "4") },
	{ "two rows, a title merged above both",
	    "BIỂU Y|~BIỂU Y|~BIỂU Y|~BIỂU Y|~BIỂU Y|~BIỂU Y|~BIỂU Y|~BIỂU Y|~BIỂU Y|~BIỂU Y|"
	    "~BIỂU Y\n" MERGED ROWS,
	    "", VALUES("4", "5") },
	{ "titles of one row in the lower one",
	    "||||Hộ nghèo|||Hộ cận nghèo|||\nTT|Mã xã|Xã, phường|Tổng số hộ|Thoát nghèo|Tăng "
	    "khác|Tỷ lệ hộ nghèo|Thoát nghèo|Tăng khác|Ngày rà soát|Ghi chú\n" ROWS,
	    "", VALUES("3", "4") },
	{ "the year in a parent, numbers before headings",
	    "1. TT|2. Mã xã|3. Xã, phường|4. Tổng số hộ|Diễn biến hộ nghèo năm 2023|||Diễn "
	    "biến "
	    "hộ cận nghèo năm 2023||(10) Ngày rà soát|Ghi chú\n||||5. Thoát nghèo|6. Tăng "
	    "khác|7. "
	    "Tỷ lệ hộ nghèo|8. Thoát nghèo|9. Tăng khác||\n" ROWS,
	    "", VALUES("3", "4") },
	{ "three rows",
	    "TT|Địa bàn||Tổng số hộ|Kết quả rà soát|||||Ngày rà soát|Ghi chú\n"
	    "|Mã xã|Xã, phường||Hộ nghèo|||Hộ cận nghèo|||\n"
	    "||||Thoát nghèo|Tăng khác|Tỷ lệ hộ nghèo|Thoát nghèo|Tăng khác||\n" ROWS,
	    "", VALUES("4", "5") },
	{ "three rows, merged",
	    "TT|Địa bàn|~Địa bàn|Tổng số hộ|Kết quả|~Kết quả|~Kết quả|~Kết quả|~Kết quả|Ngày "
	    "rà "
	    "soát|Ghi chú\n"
	    "~TT|Mã xã|Xã, phường|~Tổng số hộ|Hộ nghèo|~Hộ nghèo|~Hộ nghèo|Hộ cận nghèo|~Hộ "
	    "cận "
	    "nghèo|~Ngày rà soát|~Ghi chú\n"
	    "~TT|~Mã xã|~Xã, phường|~Tổng số hộ|Thoát nghèo|Tăng khác|Tỷ lệ hộ nghèo|Thoát "
	    "nghèo|"
	    "Tăng khác|~Ngày rà soát|~Ghi chú\n" ROWS,
	    "", VALUES("4", "5") },
	{ "parent and child together are the title",
	    "Mã xã|Tổng|Số hộ thoát||Tỷ lệ\n|số hộ|nghèo|cận nghèo|hộ nghèo (%)\n"
	    "06067|600|60|7|10\n",
	    "", "3:- 06067 - 600 60 0 1000 7 0 - -" },
	{ "a row of units below the titles",
	    "Mã xã|Tổng số hộ|Số hộ thoát nghèo|Tỷ lệ hộ nghèo\n|(hộ)|hộ|%\n06067|600|60|10\n",
	    "", "3:- 06067 - 600 60 0 1000 0 0 - -" },
	{ "parents nobody knows: what the order leaves open is told",
	    "TT|Mã xã|Xã, phường|Tổng số hộ|Nhóm một|||Nhóm hai||Ngày rà soát|Ghi chú\n"
	    "||||Thoát nghèo|Tăng khác|Tỷ lệ hộ nghèo|Thoát cận nghèo|Tăng khác||\n" ROWS,
	    "label-by-order@2,6 label-by-order@2,9", VALUES("3", "4") },
	{ "a heading below the parent of others is not taken for its own",
	    "Mã xã|Tổng số hộ|Số hộ thoát nghèo|Hộ nghèo|\n|||Tăng khác|Thoát cận nghèo\n"
	    "06067|600|60|1|7\n",
	    "", "3:- 06067 - 600 60 1 - 7 0 - -" },
	{ "… and where the order speaks against it, neither",
	    "Mã xã|Tổng số hộ|Hộ cận nghèo||Hộ nghèo|\n||Tăng khác|Thoát nghèo|Tỷ lệ hộ nghèo|"
	    "Thoát cận nghèo\n06067|600|1|7|10|3\n",
	    "missing-label@0,0 duplicate-label@2,6", NULL },
	/* one heading, several fields */
	{ "one heading twice, in order",
	    "Mã xã|Tổng số hộ|Số hộ thoát nghèo|Tăng khác|Tỷ lệ hộ nghèo (%)|Số hộ thoát cận "
	    "nghèo|Tăng khác|Ghi chú\n06067|600|60|1|10,00|7|2|x\n",
	    "label-by-order@1,4 label-by-order@1,7", "2:- 06067 - 600 60 1 1000 7 2 - x" },
	{ "one heading twice, in no order",
	    "Tăng khác|Ghi chú|Số hộ thoát cận nghèo|Tổng số hộ|Số hộ thoát nghèo|Mã xã|Tăng "
	    "khác\n1|x|7|600|60|06067|2\n",
	    "duplicate-label@1,1 duplicate-label@1,7", NULL },
	{ "one field in two columns",
	    "Mã xã|Tổng số hộ|Số hộ thoát nghèo|Tổng số hộ (hộ)\n"
	    "06067|600|60|600\n",
	    "duplicate-label@1,4", NULL },
	/* how headings are written */
	{ "units, footnotes, formulas, line breaks and a broken word",
	    "Mã xã*|Xã,\rphường¹|Tổng số hộ (hộ)|Số hộ thoát ng-\rhèo (5)|Tỷ lệ hộ nghèo (%) "
	    "(6=5/4*100)\n06067|Tân Thanh|600|60|10\n",
	    "", "2:- 06067 Tân Thanh 600 60 0 1000 0 0 - -" },
	{ "no accents at all",
	    "TT|MA XA|Xa, phuong|Tong so ho|So ho thoat ngheo (ho)\n1|06067|Tân Thanh|600|60\n",
	    "label-without-marks@1,0", "2:1 06067 Tân Thanh 600 60 0 - 0 0 - -" },
	{ "half of the accents: asked, not guessed",
	    "Mã xã|Tổng số hộ|Số hộ thoat ngheo\n06067|600|60\n", "missing-label@1,3", NULL },
	{ "a slip in a column that need not be there: asked as well",
	    "Mã xã|Tổng số hộ|Số hộ thoát nghèo|Ngày ra soát\n06067|600|60|1/1/2023\n",
	    "extra-label@1,4", NULL },
	{ "another unit is another figure",
	    "Mã xã|Tổng số hộ|Số hộ thoát nghèo (người)\n06067|600|60\n", "missing-label@1,3",
	    NULL },
	{ "another year is another figure",
	    "Mã xã|Tổng số hộ|Số hộ thoát nghèo 2022\n06067|600|60\n", "missing-label@1,3",
	    NULL },
	{ "nothing like it", "Mã xã|Tổng số hộ|Ghi chú|Vượt khó\n06067|600|x|60\n",
	    "missing-label@0,0 extra-label@1,4", NULL },
	{ "figures and texts below no heading are told, each column once",
	    "Mã xã||Tổng số hộ|Số hộ thoát nghèo\n06067|9|600|60|a\n06070|9|500|50||b\n",
	    "blank-label@2,2 blank-label@2,5",
	    "2:- 06067 - 600 60 0 - 0 0 - - 3:- 06070 - 500 50 0 - 0 0 - -" },
	/* numbers of the columns */
	{ "(1) (2) (3)", HEAD "(1)|(2)|(3)|(4)|(5)|(6)|(7)|(8)|(9)|(10)|(11)\n" ROWS, "",
	    VALUES("3", "4") },
	{ "A B 1 2 3=1/2", HEAD "A|B|C|1|2|3|4=2/1*100|5|6|7|8\n" ROWS, "", VALUES("3", "4") },
	{ "with blanks and without the first", HEAD "\n|||\n|(1)||(2)=(3)+(4)|(3)||(4)\n" ROWS,
	    "", VALUES("5", "6") },
	{ "one column taken out of them", HEAD "1|2|3|4|5|6|7|8|10|11|12\n" ROWS, "",
	    VALUES("3", "4") },
	{ "a row of data is none of these", SHORT "06067|Tân Thanh|2|3\n", "",
	    "2:- 06067 Tân Thanh 2 3 0 - 0 0 - -" },
	/* sections */
	{ "sections by mark and by word",
	    SHORT "I|Vùng thấp\n06067|Tân Thanh|600|60\nII. Vùng cao\n|Nông "
		  "thôn\n06070|Tân Thành|500|50\n",
	    "",
	    "3:- 06067 Tân Thanh 600 60 0 - 0 0 - - 6:- 06070 Tân Thành 500 50 0 - 0 0 - -" },
	{ "a section with its sums", SHORT "I|Vùng thấp|600|60\n06067|Tân Thanh|600|60\n", "",
	    "3:- 06067 Tân Thanh 600 60 0 - 0 0 - -" },
	{ "sections inside sections, sums on top of each",
	    SHORT "A|Huyện|1.100|110\nI|Vùng thấp|600|60\n06067|Tân Thanh|600|60\nII|Vùng "
		  "cao|500|50\n06070|Tân Thành|500|50\n",
	    "",
	    "4:- 06067 Tân Thanh 600 60 0 - 0 0 - - 6:- 06070 Tân Thành 500 50 0 - 0 0 - -" },
	{ "… of which one is wrong",
	    SHORT "A|Huyện|1.101|110\nI|Vùng thấp|600|60\n06067|Tân Thanh|600|60\nII|Vùng "
		  "cao|500|51\n06070|Tân Thành|500|50\n",
	    "total@2,3 total@5,4",
	    "4:- 06067 Tân Thanh 600 60 0 - 0 0 - - 6:- 06070 Tân Thành 500 50 0 - 0 0 - -" },
	{ "a section's figures without rows may be a row without its code",
	    SHORT "06067|Tân Thanh|600|60\nI|Xã Mới|500|50\n", "primary-key@3,0", NULL },
	{ "dashes in a section's row are no figures",
	    SHORT "I|Vùng thấp|-|-\n06067|Tân Thanh|600|60\n", "",
	    "3:- 06067 Tân Thanh 600 60 0 - 0 0 - -" },
	/* totals: the last and the first, of sections and of the table */
	{ "a total that is right", HEAD ROWS "|Tổng cộng||1.100|110|4|10,23|15|6||\n", "",
	    VALUES("2", "3") },
	{ "one that is wrong in two figures; rates do not add up",
	    HEAD ROWS "||Tổng cộng huyện|1.101|110|4|99|15|-||\n", "total@4,4 total@4,9",
	    VALUES("2", "3") },
	{ "in the first row", HEAD "|Toàn huyện||1.100|110|4|10,23|15|7||\n" ROWS, "total@2,9",
	    VALUES("3", "4") },
	{ "in the key's own column", SHORT "06067|Tân Thanh|6|1\nCộng||7|1\n", "total@3,3",
	    "2:- 06067 Tân Thanh 6 1 0 - 0 0 - -" },
	{ "merged over the columns of the name",
	    HEAD ROWS "Tổng cộng|~Tổng cộng|~Tổng cộng|1.100|110|4|10,23|15|6||\n", "",
	    VALUES("2", "3") },
	{ "of each section, and of all",
	    SHORT "I|Vùng thấp\n06067|Tân Thanh|600|60\nCộng||600|60\nII|Vùng "
		  "cao\n06070|Tân Thành|500|50\nCộng||500|51\nTổng cộng||1.100|110\n",
	    "total@7,4",
	    "3:- 06067 Tân Thanh 600 60 0 - 0 0 - - 6:- 06070 Tân Thành 500 50 0 - 0 0 - -" },
	{ "of a page, and of all",
	    SHORT "06067|Tân Thanh|600|60\nCộng||600|60\n" SHORT
		  "06070|Tân Thành|500|50\nCộng||500|50\nTổng cộng||1.100|111\n",
	    "total@7,4",
	    "2:- 06067 Tân Thanh 600 60 0 - 0 0 - - 5:- 06070 Tân Thành 500 50 0 - 0 0 - -" },
	{ "above a figure that cannot be read nothing is compared",
	    SHORT "06067|Tân Thanh|600|60\n06070|Tân Thành|x|50\nTổng cộng||5|111\n",
	    "type-error@3,3 total@4,4", NULL },
	{ "a commune named like a total is a commune, by code and by name",
	    SHORT "06070|Tân Thành|500|50\n|Tân Thành|600|60\n",
	    "primary-key@3,1 code-completed@3,1", NULL },
	{ "figures without a key are told", SHORT "06067|Tân Thanh|600|60\n||500|50\n",
	    "constraint-error@3,1", NULL },
	{ "… and so are those of a name nobody knows",
	    SHORT "06067|Tân Thanh|600|60\n|Xã Mới|500|50\n", "foreign-key@3,2", NULL },
	/* what stands below */
	{ "signatures and notes",
	    HEAD ROWS "\n|||||||Bình An, ngày 05 tháng 12 năm 2023\n|Người lập biểu|||||||TM. "
		      "UBND\n|(Ký tên)||||||(Ký tên)\n\n|Nguyễn Văn A||||||Trần Văn B\nGhi "
		      "chú: số liệu đến 31/12/2023\nNơi nhận:|- Như trên\n",
	    "", VALUES("2", "3") },
	{ "the date of the signature in a column of figures",
	    SHORT "06067|Tân Thanh|600|60\n||Bình An, ngày 05 tháng 12 năm 2023|\n||TM. "
		  "UBND|\n",
	    "", "2:- 06067 Tân Thanh 600 60 0 - 0 0 - -" },
	{ "a figure below the signatures is told",
	    SHORT "06067|Tân Thanh|600|60\n|Người lập biểu||\n||12|\n",
	    "constraint-error@4,1 constraint-error@4,4", NULL },
	{ "numbers that wait for their rows", HEAD ROWS "3||||||||||\n4||||||||||\n", "",
	    VALUES("2", "3") },
	{ "a number and a name nobody knows", HEAD ROWS "3||Xã Mới||||||||\n", "row-passed@4,0",
	    VALUES("2", "3") },
	{ "a name that is known is a row, be it blank",
	    SHORT "06067|Tân Thanh|600|60\n|Tân Thành||\n",
	    "code-completed@3,1 constraint-error@3,3 constraint-error@3,4", NULL },
	{ "texts of a row that lacks all that counts", HEAD ROWS "||Xã Mới||||||||gì đó\n",
	    "foreign-key@4,3 constraint-error@4,4 constraint-error@4,5", NULL },
	{ "a line of text between rows is told, at the end it is not",
	    SHORT "06067|Tân Thanh|600|60\nXã vùng cao:\n06070|Tân Thành|500|50\nHết.\n",
	    "row-passed@3,0",
	    "2:- 06067 Tân Thanh 600 60 0 - 0 0 - - 4:- 06070 Tân Thành 500 50 0 - 0 0 - -" },
	{ "signatures between rows",
	    SHORT "06067|Tân Thanh|600|60\n|Người lập|TM. UBND\n|Nguyễn Văn A|Trần Văn "
		  "B\n06070|Tân Thành|500|50\n",
	    "row-passed@4,0",
	    "2:- 06067 Tân Thanh 600 60 0 - 0 0 - - 5:- 06070 Tân Thành 500 50 0 - 0 0 - -" },
	/* the same header again */
	{ "on every page, with its numbers",
	    TWO_ROWS "1|2|3|4|5|6|7|8|9|10|11\n"
		     "1|06067|Tân Thanh|600|60|1|10,00|7|2|15/02/2023|\n" TWO_ROWS
		     "1|2|3|4|5|6|7|8|9|10|11\n"
		     "2|06070|Tân Thành|500|50|3|10,50|8|4|16/02/2023|x\n",
	    "", VALUES("4", "8") },
	{ "its numbers alone",
	    HEAD "1|2|3|4|5|6|7|8|9|10|11\n1|06067|Tân Thanh|600|60|1|10,00|7|2|15/02/2023|\n"
		 "1|2|3|4|5|6|7|8|9|10|11\n"
		 "2|06070|Tân Thành|500|50|3|10,50|8|4|16/02/2023|x\n",
	    "", VALUES("3", "5") },
	{ "with the titles of the page",
	    "UBND HUYỆN BÌNH AN\nNĂM 2023\n" SHORT
	    "06067|Tân Thanh|600|60\nUBND HUYỆN BÌNH AN\nNĂM 2023\n" SHORT
	    "06070|Tân Thành|500|50\n",
	    "",
	    "4:- 06067 Tân Thanh 600 60 0 - 0 0 - - 8:- 06070 Tân Thành 500 50 0 - 0 0 - -" },
	/* merged cells of data */
	{ "a text over several rows is each row's",
	    HEAD "1|06067|Tân Thanh|600|60|1|10,00|7|2|15/02/2023|chung\n"
		 "2|06070|Tân Thành|500|50|3|10,50|8|4|~15/02/2023|~chung\n",
	    "",
	    "2:1 06067 Tân Thanh 600 60 1 1000 7 2 2023-02-15 chung "
	    "3:2 06070 Tân Thành 500 50 3 1050 8 4 2023-02-15 chung" },
	{ "a figure over several rows is nobody's",
	    SHORT "06067|Tân Thanh|600|60\n06070|Tân Thành|~600|50\n", "merged-cell@3,3",
	    NULL },
	{ "a figure over two columns neither",
	    SHORT "06067|Tân Thanh|600|~600\n06070|Tân Thành|500|50\n", "merged-cell@2,4",
	    NULL },
	{ "a text over two columns is the first one's",
	    SHORT "06067|~06067|600|60\n06070|Tân Thành|500|50\n", "",
	    "2:- 06067 - 600 60 0 - 0 0 - - 3:- 06070 Tân Thành 500 50 0 - 0 0 - -" },
	{ "a text over rows and columns",
	    HEAD "1|06067|Tân Thanh|600|60|1|10,00|7|2|15/02/2023|x\n"
		 "2|06070|Tân Thành|500|50|3|10,50|8|4|x|~x\n",
	    "type-error@3,10", NULL },
};

/* "row:tt code name …" of the rows that may be loaded. */
static const char *
values(struct campaign *c, const struct verdict *v)
{
	AUTO(buf_free) struct buf b = { 0 };
	AUTO(bench_rows_close) struct bench_rows *rows = NULL;
	const struct cell *cells;
	uint32_t row;

	assert_int_equal(bench_rows_open(&rows, c->bench, v->table, &c->e), OK);
	for (;;) {
		assert_int_equal(bench_rows_next(&row, &cells, rows, &c->e), OK);
		if (row == 0)
			break;
		buf_printf(&b, "%s%" PRIu32 ":", b.len ? " " : "", row);
		for (size_t i = 0; i < v->form->field_count; i++) {
			const struct cell *x = &cells[i];

			if (i)
				buf_char(&b, ' ');
			if (x->kind == CELL_WHOLE)
				buf_printf(&b, "%" PRId64, x->whole);
			else if (x->kind == CELL_TEXT)
				buf_add(&b, x->text);
			else
				buf_char(&b, '-');
		}
	}
	return b.len ? arena_text(c->arena, buf_bytes(&b)) : "";
}

/* "type@row,column" of each finding. */
static const char *
findings(struct campaign *c, const struct verdict *v)
{
	AUTO(buf_free) struct buf b = { 0 };

	for (size_t i = 0; i < v->count; i++)
		buf_printf(&b, "%s%s@%u,%u", b.len ? " " : "", v->findings[i].type,
		    v->findings[i].row, v->findings[i].column);
	return b.len ? arena_text(c->arena, buf_bytes(&b)) : "";
}

static void
show(const struct verdict *v)
{
	for (size_t i = 0; i < v->count; i++)
		print_message("  %s\n", v->findings[i].message.in[LANGUAGE_VI]);
}

static void
open_campaign(struct campaign *c)
{
	if (campaign_write_more(c, FIELDS, "", "strict", GROUPS) != OK)
		fail_msg("%s", c->e.text);
	assert_int_equal(bench_open(&c->bench, c->book, &c->e), OK);
}

static void
test_cases(void **state)
{
	struct campaign c = { 0 };
	unsigned wrong = 0;

	(void)state;
	open_campaign(&c);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct facts facts = { .subject = BYTES("A-181 năm 2023"),
			.findings_max = 100 };
		const char *found, *read;
		struct verdict v;

		bench_clear(c.bench);
		campaign_judge(&v, &c, &facts, cases[i].table);
		found = findings(&c, &v);
		read = v.valid ? values(&c, &v) : NULL;
		if (strcmp(found, cases[i].findings) == 0 && !read == !cases[i].values &&
		    (!read || strcmp(read, cases[i].values) == 0))
			continue;
		wrong++;
		print_message("%s:\n", cases[i].about);
		show(&v);
		print_message("  found  \"%s\"\n  wanted \"%s\"\n", found, cases[i].findings);
		print_message("  read   \"%s\"\n  wanted \"%s\"\n", read ? read : "(refused)",
		    cases[i].values ? cases[i].values : "(refused)");
	}
	campaign_remove(&c);
	if (wrong)
		fail_msg("%u of %zu layouts", wrong, COUNT(cases));
}

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
		    v->valid ? "good" : "refused", findings(c, v),
		    v->valid ? values(c, v) : "");
	}
	return b.len ? arena_text(c->arena, buf_bytes(&b)) : "";
}

static void
test_files(void **state)
{
	struct campaign c = { 0 };
	unsigned wrong = 0;

	(void)state;
	open_campaign(&c);
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
			show(&list[k]);
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
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
