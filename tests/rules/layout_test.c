/* Why: clerks lay one table out in a hundred ways; each must give the same values, or a
 * sentence that says why not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/rules/laid.h"

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
	{ "a title of one group below the merged parent of another",
	    "Mã xã|Tổng số hộ|Hộ nghèo|~Hộ nghèo|~Hộ nghèo|Ghi chú\n~Mã xã|~Tổng số hộ|Thoát "
	    "nghèo|Thoát cận nghèo|Tỷ lệ hộ nghèo|~Ghi chú\n06067|600|60|7|10|\n",
	    "duplicate-label@2,4", NULL },
	{ "a title without children is no parent",
	    "Mã xã|Tổng số hộ|Số hộ thoát nghèo|Hộ cận nghèo||Ghi chú\n||||Tăng "
	    "khác|\n06067|600|60|9|1|\n",
	    "extra-label@1,4 label-by-order@2,5", "3:- 06067 - 600 60 1 - 0 0 - -" },
	{ "in any order the parents above decide",
	    "||Hộ cận nghèo||Hộ nghèo||\nGhi chú|Mã xã|Thoát nghèo|Tăng khác|Tăng khác|Thoát "
	    "nghèo|Tổng số hộ\nx|06067|7|2|1|60|600\n",
	    "", "3:- 06067 - 600 60 1 - 7 2 - x" },
	/* one heading, several fields */
	{ "one heading twice, in order",
	    "Mã xã|Tổng số hộ|Số hộ thoát nghèo|Tăng khác|Tỷ lệ hộ nghèo (%)|Số hộ thoát cận "
	    "nghèo|Tăng khác|Ghi chú\n06067|600|60|1|10,00|7|2|x\n",
	    "label-by-order@1,4 label-by-order@1,7", "2:- 06067 - 600 60 1 1000 7 2 - x" },
	{ "a child without its parent: told in order, else refused",
	    "Mã xã|Tổng số hộ|Số hộ thoát nghèo|Mức giảm|Ghi chú\n06067|600|60|5|x\n",
	    "label-by-order@1,4", "2:- 06067 - 600 60 0 - 5 0 - x" },
	{ "…", "Mức giảm|Ghi chú|Tổng số hộ|Số hộ thoát nghèo|Mã xã\n5|x|600|60|06067\n",
	    "duplicate-label@1,1", NULL },
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
	{ "… not even the first one", HEAD "1|06067|3|4|5|6|7|8|9||\n", "foreign-key@2,3",
	    NULL },
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
	{ "a total that shows how its column writes thousands",
	    "Mã xã|Tổng số hộ|Số hộ thoát nghèo|Số hộ thoát cận nghèo\n06067|600|60|540,000\n"
	    "06070|500|50|540,000\nTổng cộng|1100|110|1,080,000\n",
	    "number-marks@2,4 number-marks@3,4",
	    "2:- 06067 - 600 60 0 - 540000 0 - - 3:- 06070 - 500 50 0 - 540000 0 - -" },
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
	{ "a line of text between rows is told once, at the end it is not",
	    SHORT "06067|Tân Thanh|600|60\nXã vùng cao:\n06070|Tân Thành|500|50\n06073|Hưng "
		  "Đạo|7|1\nHết.\n",
	    "row-passed@3,0 foreign-key@5,1", NULL },
	{ "signatures between rows",
	    SHORT "06067|Tân Thanh|600|60\n|Người lập|TM. UBND\n|Nguyễn Văn A|Trần Văn "
		  "B\n06070|Tân Thành|500|50\n",
	    "row-passed@4,0",
	    "2:- 06067 Tân Thanh 600 60 0 - 0 0 - - 5:- 06070 Tân Thành 500 50 0 - 0 0 - -" },
	{ "names below a blank row", HEAD ROWS "\n|Nông Thị X||||Hoàng Văn Y\n", "",
	    VALUES("2", "3") },
	{ "… and without one they are texts of a row",
	    HEAD ROWS "|||Nông Thị X|||||||Hoàng Văn Y\n",
	    "constraint-error@4,2 type-error@4,4 constraint-error@4,5", NULL },
	{ "words of totals, sections and signatures among those of a row",
	    HEAD ROWS "a||Xã Mới|9|1|Toàn huyện||||b|c\nI||Xã Mới|||||||b|c\nGhi chú||Xã "
		      "Mới|x||y|||||a\n",
	    "foreign-key@4,3 type-error@4,6 type-error@4,10 foreign-key@5,3 "
	    "constraint-error@5,4 constraint-error@5,5 type-error@5,10 foreign-key@6,3 "
	    "type-error@6,4 constraint-error@6,5 type-error@6,6",
	    NULL },
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
	    SHORT "06067|Tân Thanh|600|60\n06070|Tân Thành|~600|50\n", "type-error@3,3", NULL },
	{ "a figure over two columns neither",
	    SHORT "06067|Tân Thanh|600|~600\n06070|Tân Thành|500|50\n", "type-error@2,4",
	    NULL },
	{ "a text over two columns is the first one's",
	    SHORT "06067|~06067|600|60\n06070|Tân Thành|500|50\n", "",
	    "2:- 06067 - 600 60 0 - 0 0 - - 3:- 06070 Tân Thành 500 50 0 - 0 0 - -" },
	{ "a text over rows and columns",
	    HEAD "1|06067|Tân Thanh|600|60|1|10,00|7|2|15/02/2023|x\n"
		 "2|06070|Tân Thành|500|50|3|10,50|8|4|x|~x\n",
	    "type-error@3,10", NULL },
};

static void
test_cases(void **state)
{
	struct campaign c = { 0 };
	unsigned wrong = 0;

	(void)state;
	laid_open(&c);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct facts facts = { .subject = BYTES("A-181 năm 2023"),
			.findings_max = 100 };
		const char *found, *read;
		struct verdict v;

		bench_clear(c.bench);
		campaign_judge(&v, &c, &facts, cases[i].table);
		found = laid_findings(&c, &v);
		read = v.valid ? laid_values(&c, &v) : NULL;
		if (strcmp(found, cases[i].findings) == 0 && !read == !cases[i].values &&
		    (!read || strcmp(read, cases[i].values) == 0))
			continue;
		wrong++;
		print_message("%s:\n", cases[i].about);
		laid_show(&v);
		print_message("  found  \"%s\"\n  wanted \"%s\"\n", found, cases[i].findings);
		print_message("  read   \"%s\"\n  wanted \"%s\"\n", read ? read : "(refused)",
		    cases[i].values ? cases[i].values : "(refused)");
	}
	campaign_remove(&c);
	if (wrong)
		fail_msg("%u of %zu layouts", wrong, COUNT(cases));
}

/* The sentence says which rows were added up: those that the total is nearest to. */
static void
test_words(void **state)
{
	struct campaign c = { 0 };
	struct facts facts = { .subject = BYTES("A-181 năm 2023"), .findings_max = 100 };
	struct verdict v;

	(void)state;
	laid_open(&c);
	campaign_judge(&v, &c, &facts,
	    SHORT "I|Vùng thấp\n06067|Tân Thanh|600|60\nII|Vùng cao\n06070|Tân Thành|500|50\n"
		  "Tổng cộng||1.099|111\n");
	assert_int_equal(v.count, 2);
	assert_string_equal(v.findings[0].message.in[LANGUAGE_VI],
	    "Ô C6 (cột “Tổng số hộ”): dòng “Tổng cộng” ghi 1099 nhưng cộng 2 dòng được 1100 "
	    "(chênh -1). Hãy kiểm tra lại.");
	assert_string_equal(v.findings[1].message.in[LANGUAGE_EN],
	    "Cell D6 (column “Số hộ thoát nghèo”): “Tổng cộng” says 111, but the 2 rows add up "
	    "to "
	    "110 (a difference of 1).");
	bench_clear(c.bench);
	campaign_judge(&v, &c, &facts, "Mã xã|Tổng số hộ|Số hộ thoat ngheo\n06067|600|60\n");
	assert_string_equal(v.findings[0].message.in[LANGUAGE_VI],
	    "Ô C1: tiêu đề “Số hộ thoat ngheo” không có trong biểu – có phải là “Số hộ thoát "
	    "nghèo”? Hãy sửa tiêu đề cho đúng rồi gửi lại.");
	campaign_remove(&c);
}

/* 1|2|3 below the header may be the first row of data. */
static void
test_numbers(void **state)
{
	static const char fields[] =
	    "{\"name\":\"code\",\"title\":\"Số\",\"type\":\"integer\"},"
	    "{\"name\":\"x\",\"title\":\"Nam\",\"type\":\"integer\"},"
	    "{\"name\":\"y\",\"title\":\"Nữ\",\"type\":\"integer\"}";
	struct campaign c = { 0 };
	struct facts facts = { .subject = BYTES("A-181 năm 2023"), .findings_max = 100 };
	struct verdict v;

	(void)state;
	assert_int_equal(campaign_write(&c, fields, "", "strict"), OK);
	assert_int_equal(bench_open(&c.bench, c.book, &c.e), OK);
	campaign_judge(&v, &c, &facts, "Số|Nam|Nữ\n1|2|3\n2|5|6\n");
	assert_string_equal(laid_values(&c, &v), "2:1 2 3 3:2 5 6");
	campaign_remove(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
