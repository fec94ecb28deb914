/* Why: whoever sent a file that nobody can read must learn from the answer what to do instead.
 */
#include "rules/unreadable.h"

#define WORDS(vi, en)                                                                          \
	{                                                                                      \
		.in = { [LANGUAGE_VI] = vi, [LANGUAGE_EN] = en }                               \
	}

#define SAVE_VI                                                                                             \
	"Mở tệp bằng Excel hoặc WPS, chọn “Lưu thành” (Save As), kiểu “Excel Workbook " \
	"(*.xlsx)” hoặc “CSV UTF-8 (*.csv)”, rồi gửi lại."
#define SAVE_EN                                                                                  \
	"Open it in Excel or WPS, choose Save As, type “Excel Workbook (*.xlsx)” or “CSV " \
	"UTF-8 (*.csv)”, and send it again."
#define FILE_VI "Gửi lại chính tệp số liệu gốc: Excel (.xlsx, .xls) hoặc “CSV UTF-8 (*.csv)”."
#define FILE_EN                                                                                \
	"Send the file with the figures itself: Excel (.xlsx, .xls) or “CSV UTF-8 (*.csv)”."
#define UNPACK_VI "Giải nén và đính kèm trực tiếp tệp Excel hoặc CSV, hoặc nén lại thành .zip."
#define UNPACK_EN                                                                              \
	"Unpack it and attach the Excel or CSV file itself, or pack it again as a .zip."
#define TABLE_VI "Chép bảng số liệu sang Excel, lưu dạng .xlsx, rồi đính kèm tệp đó vào thư."
#define TABLE_EN "Copy the table into Excel, save it as .xlsx and attach that file."

#define DOWNLOAD_VI                                                                                                        \
	"Hệ thống không mở đường dẫn. Tải tệp Excel về máy, rồi đính kèm chính tệp đó vào " \
	"thư."
#define DOWNLOAD_EN                                                                            \
	"Links are not followed. Download the Excel file and attach the file itself."

/* A file in somebody's cloud: those who send it see it beside their letter. */
#define LINK(word, name)                                                                       \
	{                                                                                      \
		"link" word,                                                                   \
		    WORDS("trong thư có đường dẫn tới " name                                   \
			  ", nhưng không có bảng số liệu đính kèm",                            \
			"the letter has a link to " name " but no attached table"),            \
		    WORDS(DOWNLOAD_VI, DOWNLOAD_EN)                                            \
	}

static const struct {
	const char *word;
	struct words why, remedy;
} reasons[] = {
	{ "empty", WORDS("tệp trống", "the file is empty"),
	    WORDS("Kiểm tra tệp có số liệu và đã được lưu trước khi đính kèm.",
		"See that the file has figures in it and was saved before it was attached.") },
	{ "binary", WORDS("tệp không phải bảng số liệu", "the file is no table"),
	    WORDS(FILE_VI, FILE_EN) },
	{ "no-sheet",
	    WORDS("tệp không có trang mà mô tả bảng (dialect) nêu",
		"the workbook has no sheet of that name or number"),
	    WORDS("Kiểm tra tên hoặc số thứ tự của trang.",
		"Look at the sheet's name or number.") },
	{ "pdf", WORDS("tệp PDF, không phải bảng tính", "a PDF file, which is no spreadsheet"),
	    WORDS("Hệ thống không lấy được số liệu từ tệp PDF. Hãy gửi tệp Excel gốc mà từ "
		  "đó đã in ra PDF.",
		"Figures cannot be taken from a PDF. Send the Excel file that it was made "
		"from.") },
	{ "image", WORDS("ảnh chụp, bản quét hoặc phim", "a picture, a scan or a film"),
	    WORDS("Hệ thống không đọc được số liệu trong ảnh. Hãy gửi tệp Excel gốc.",
		"Figures in pictures cannot be read. Send the Excel file itself.") },
	{ "word", WORDS("tệp văn bản (Word)", "a text document (Word)"),
	    WORDS(TABLE_VI, TABLE_EN) },
	{ "slides", WORDS("tệp trình chiếu (PowerPoint)", "a presentation (PowerPoint)"),
	    WORDS(TABLE_VI, TABLE_EN) },
	{ "xlsx", WORDS("tệp Excel (.xlsx)", "an Excel workbook (.xlsx)"),
	    WORDS(SAVE_VI, SAVE_EN) },
	{ "xlsb", WORDS("tệp Excel nhị phân (.xlsb)", "a binary Excel workbook (.xlsb)"),
	    WORDS(SAVE_VI, SAVE_EN) },
	{ "xls",
	    WORDS("tệp của bản Excel quá cũ (trước Excel 5.0)",
		"a workbook of an Excel older than 5.0"),
	    WORDS(SAVE_VI, SAVE_EN) },
	{ "ods", WORDS("bảng tính OpenDocument (.ods)", "an OpenDocument sheet (.ods)"),
	    WORDS(SAVE_VI, SAVE_EN) },
	{ "numbers", WORDS("tệp Numbers của Apple", "a file of Apple's Numbers"),
	    WORDS("Trong Numbers, chọn “Tệp” → “Xuất sang” → “Excel…”, rồi gửi tệp .xlsx.",
		"In Numbers choose File → Export To → Excel…, and send the .xlsx file.") },
	{ "encrypted", WORDS("tệp đặt mật khẩu", "a file with a password"),
	    WORDS("Bỏ mật khẩu của tệp (hoặc của tệp nén), lưu lại, rồi gửi lại.",
		"Remove the password of the file, or of the archive, save it and send it "
		"again.") },
	{ "archive",
	    WORDS(
		"tệp nén kiểu khác .zip (RAR, 7z …)", "an archive that is no .zip (RAR, 7z …)"),
	    WORDS(UNPACK_VI, UNPACK_EN) },
	{ "nested", WORDS("tệp nén nằm trong tệp nén", "an archive within an archive"),
	    WORDS("Giải nén và đính kèm trực tiếp tệp Excel hoặc CSV, hoặc chỉ nén một lần.",
		"Unpack it and attach the Excel or CSV file itself, or pack it only once.") },
	{ "no-files", WORDS("tệp nén không chứa tệp nào", "an archive with no file in it"),
	    WORDS("Nén lại tệp số liệu, hoặc đính kèm trực tiếp tệp đó.",
		"Pack the file with the figures again, or attach it itself.") },
	{ "html",
	    WORDS("trang web (HTML), dù tên tệp có thể là .xls",
		"a web page (HTML), though its name may end with .xls"),
	    WORDS(SAVE_VI, SAVE_EN) },
	{ "mht", WORDS("trang web lưu thành một tệp (.mht)", "a web page in one file (.mht)"),
	    WORDS(SAVE_VI, SAVE_EN) },
	{ "xml-sheet",
	    WORDS("bảng tính dạng XML (XML Spreadsheet 2003)",
		"a spreadsheet as XML (XML Spreadsheet 2003)"),
	    WORDS(SAVE_VI, SAVE_EN) },
	{ "xml", WORDS("tệp XML", "an XML file"), WORDS(SAVE_VI, SAVE_EN) },
	{ "mail", WORDS("thư điện tử lưu thành tệp", "a mail saved as a file"),
	    WORDS("Mở thư đó, lưu tệp Excel đính kèm về máy, rồi gửi chính tệp Excel.",
		"Open that mail, save the attached Excel file and send the file itself.") },
	{ "shortcut",
	    WORDS("lối tắt (shortcut), không phải tệp số liệu",
		"a shortcut, not the file it points to"),
	    WORDS("Mở lối tắt để tìm tệp Excel gốc, rồi gửi chính tệp đó.",
		"Open it to find the Excel file, and send that file.") },
	{ "lock",
	    WORDS("tệp tạm của Excel (tên bắt đầu bằng ~$)",
		"a temporary file of Excel (its name begins with ~$)"),
	    WORDS("Đóng Excel, rồi gửi tệp cùng tên không có “~$”.",
		"Close Excel and send the file of that name without “~$”.") },
	{ "link",
	    WORDS("tệp không nằm trong thư, chỉ có đường dẫn tới nó",
		"the file is not in the letter, only a link to it"),
	    WORDS(DOWNLOAD_VI, DOWNLOAD_EN) },
	LINK("-google", "Google Drive"),
	LINK("-onedrive", "OneDrive, SharePoint"),
	LINK("-dropbox", "Dropbox"),
	LINK("-icloud", "iCloud"),
	LINK("-zalo", "Zalo"),
	LINK("-fshare", "Fshare"),
	LINK("-mega", "Mega"),
	LINK("-wetransfer", "WeTransfer"),
	LINK("-box", "Box"),
	LINK("-mediafire", "MediaFire"),
	{ "pasted",
	    WORDS("bảng số liệu nằm trong nội dung thư, không phải tệp đính kèm",
		"the table stands in the letter itself, not in an attached file"),
	    WORDS(TABLE_VI, TABLE_EN) },
	{ "encoding",
	    WORDS("không nhận ra bảng mã, hoặc một số chữ có dấu đã mất khi lưu",
		"the encoding is unknown, or accented letters were lost when it was saved"),
	    WORDS("Mở tệp Excel gốc và gửi chính tệp đó, hoặc lưu lại dạng “CSV UTF-8 (*.csv)” "
		  "(không chọn “CSV (Comma delimited)”).",
		"Send the original workbook itself, or save it as “CSV UTF-8 (*.csv)”, not as "
		"“CSV (Comma delimited)”.") },
	{ "nul", WORDS("tệp hỏng (có ký tự rỗng)", "the file is damaged (it holds NUL bytes)"),
	    WORDS(SAVE_VI, SAVE_EN) },
	{ "control",
	    WORDS("tệp hỏng (có ký tự điều khiển)",
		"the file is damaged (it holds control characters)"),
	    WORDS(SAVE_VI, SAVE_EN) },
	{ "quote",
	    WORDS("dấu ngoặc kép mở mà không đóng",
		"a quotation mark is opened and never closed"),
	    WORDS(SAVE_VI, SAVE_EN) },
	{ "columns", WORDS("quá nhiều cột", "too many columns"),
	    WORDS("Chỉ giữ các cột của biểu, rồi gửi lại.",
		"Keep only the columns of the form and send it again.") },
	{ "field", WORDS("một ô quá dài", "a cell is too long"),
	    WORDS("Rút ngắn nội dung của ô, rồi gửi lại.",
		"Shorten what the cell holds and send it again.") },
	{ "row", WORDS("một dòng quá dài", "a row is too long"),
	    WORDS("Kiểm tra dấu ngoặc kép và nội dung các ô của dòng, rồi gửi lại.",
		"Look at the quotation marks and cells of that row and send it again.") },
	{ "rows", WORDS("quá nhiều dòng", "too many rows"),
	    WORDS("Xóa các dòng trống ở cuối bảng, hoặc chia thành nhiều tệp.",
		"Delete empty rows at the end, or send several files.") },
	{ "no-table", WORDS("trong thư không có bảng số liệu", "there is no table in the mail"),
	    WORDS("Đính kèm tệp số liệu, Excel (.xlsx, .xls) hoặc “CSV UTF-8 (*.csv)”, rồi gửi "
		  "lại.",
		"Attach the file with the figures, Excel (.xlsx, .xls) or “CSV UTF-8 "
		"(*.csv)”, and send it again.") },
	{ "too-large", WORDS("tệp quá lớn", "the file is too large"),
	    WORDS("Chỉ gửi bảng số liệu, không kèm ảnh hay tệp khác.",
		"Send only the table, without pictures or other files.") },
	{ "damaged", WORDS("tệp hỏng hoặc bị cắt cụt", "the file is damaged or was cut short"),
	    WORDS("Mở lại tệp trên máy, lưu lại, rồi gửi lại.",
		"Open the file once more, save it and send it again.") },
	{ "entries", WORDS("tệp nén chứa quá nhiều tệp", "too many files in one archive"),
	    WORDS("Chỉ gửi tệp số liệu.", "Send only the file with the figures.") },
	{ "method",
	    WORDS(
		"tệp nén theo cách không đọc được", "it is packed in a way nobody here reads"),
	    WORDS("Giải nén và đính kèm trực tiếp tệp số liệu.",
		"Unpack it and attach the file with the figures itself.") },
	{ "not-a-file", WORDS("không phải tệp thường", "it is no regular file"),
	    WORDS(FILE_VI, FILE_EN) },
	/* Whatever else a reader may say. */
	{ "", WORDS("hệ thống không đọc được tệp", "the file could not be read"),
	    WORDS(SAVE_VI, SAVE_EN) },
};

static size_t
find(const char *word)
{
	size_t i = 0;

	while (i + 1 < COUNT(reasons) && strcmp(reasons[i].word, word) != 0)
		i++;
	return i;
}

struct words
unreadable_why(const char *word)
{
	return reasons[find(word)].why;
}

struct words
unreadable_remedy(const char *word)
{
	return reasons[find(word)].remedy;
}

bool
unreadable_is_ornament(const char *word)
{
	static const char *const words[] = { "image", "empty", "html", "lock" };

	for (size_t i = 0; i < COUNT(words); i++)
		if (strcmp(word, words[i]) == 0)
			return true;
	return false;
}
