/* Why: a letter that only tells where the table is must be answered by what to do instead. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/attr.h"
#include "base/buf.h"
#include "ingest/prose.h"

#define CELL(text) "<td style='border:1'><b>" text "</b></td>"

/* clang-format off */
static const struct {
	const char *what, *text;
	bool html;
	const char *word;
} cases[] = {
	{ "a letter", "Kính gửi Sở Nội vụ.\r\nXin gửi báo cáo.\r\n", false, NULL },
	{ "nothing", "", false, NULL },
	{ "Google Drive", "Xem https://drive.google.com/file/d/1a/view?usp=sharing nhé", false, "link-google" },
	{ "a sheet of Google", "https://docs.google.com/spreadsheets/d/1a/edit", false, "link-google" },
	{ "without its scheme", "drive.google.com/open?id=1", false, "link-google" },
	{ "in capitals", "HTTPS://DRIVE.GOOGLE.COM/FILE/D/1", false, "link-google" },
	{ "OneDrive", "https://1drv.ms/x/s!Ab", false, "link-onedrive" },
	{ "SharePoint", "<a href=\"https://langson-my.sharepoint.com/:x:/g/personal/a\">M2.xlsx</a>", true, "link-onedrive" },
	{ "Dropbox", "https://www.dropbox.com/s/1/M2.xlsx?dl=0", false, "link-dropbox" },
	{ "iCloud", "https://www.icloud.com/iclouddrive/0a#M2", false, "link-icloud" },
	{ "a file in Zalo", "https://f12-zpc.zdn.vn/123/M2.xlsx", false, "link-zalo" },
	{ "a number in Zalo is a signature", "Zalo: https://zalo.me/0912345678", false, NULL },
	{ "Fshare", "https://www.fshare.vn/file/ABC", false, "link-fshare" },
	{ "Mega", "https://mega.nz/file/a#b", false, "link-mega" },
	{ "WeTransfer", "https://we.tl/t-abc", false, "link-wetransfer" },
	{ "Box", "https://app.box.com/s/abc", false, "link-box" },
	{ "MediaFire", "https://www.mediafire.com/file/a/M2.xlsx/file", false, "link-mediafire" },
	{ "within a filter's link", "https://apc01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fdrive.google.com%2Ffile%2Fd%2F1&data=x", false, "link-google" },
	{ "a host that only ends so", "https://notdropbox.com/s/1", false, NULL },
	{ "a host that only begins so", "https://dropbox.com.evil.example/s/1", false, NULL },
	{ "the host alone is an advertisement", "Sent by <https://www.dropbox.com/>", false, NULL },
	{ "another page", "https://langson.gov.vn/bao-cao", false, NULL },
	{ "a table in the text", "STT\tXã\tHộ nghèo\r\n1\tHưng Đạo\t12\r\n2\tVĩnh Yên\t30\r\n3\tHoa Thám\t4\r\n", false, "pasted" },
	{ "two lines of it", "1\tHưng Đạo\t12\r\n2\tVĩnh Yên\t30\r\n", false, NULL },
	{ "a quoted one", "> 1\tHưng Đạo\t12\r\n> 2\tVĩnh Yên\t30\r\n> 3\tHoa Thám\t4\r\n", false, NULL },
	{ "a table in the page",
	    "<table><tr>" CELL("1") CELL("Hưng Đạo") CELL("12") CELL("4,5%") "</tr><tr>" CELL("2") CELL("Vĩnh Yên")
	    CELL("1.230") CELL("-3") "</tr></table>", true, "pasted" },
	{ "a signature in a table",
	    "<table><tr>" CELL("UBND huyện") CELL("ĐT: 0205 3") "</tr><tr>" CELL("Số 12") CELL("2024") "</tr></table>", true, NULL },
	{ "a link counts before a table",
	    "1\t2\t3\n1\t2\t3\n1\t2\t3\nhttps://mega.nz/file/a", false, "link-mega" },
};
/* clang-format on */

static void
letters_are_understood(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *word = prose_offers(bytes_of(cases[i].text), cases[i].html);

		if (word == NULL ? cases[i].word != NULL
				 : !cases[i].word || strcmp(word, cases[i].word) != 0)
			fail_msg("%s: %s", cases[i].what, word ? word : "nothing");
	}
}

/* Cells that never end must not be looked through again and again. */
static void
long_letters_take_no_longer(void **state)
{
	AUTO(buf_free) struct buf text = { 0 };

	(void)state;
	while (text.len < PROSE_MOST)
		buf_text(&text, "<td");
	assert_null(prose_offers(buf_bytes(&text), true));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(letters_are_understood),
		cmocka_unit_test(long_letters_take_no_longer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
