/* Why: whoever sent a file that nobody can read must learn from the answer what to do instead.
 */
#include "rules/unreadable.h"

#define WORDS(vi, en)                                                                          \
	{                                                                                      \
		.in = { [LANGUAGE_VI] = vi, [LANGUAGE_EN] = en }                               \
	}

#define SAVE_VI                                                                                                    \
	"Mở bằng Excel hoặc WPS, chọn “Lưu thành” (Save As), kiểu “CSV UTF-8 (*.csv)”, rồi " \
	"gửi lại."
#define SAVE_EN                                                                                \
	"Open it in Excel or WPS, choose Save As, type “CSV UTF-8 (*.csv)”, and send it "  \
	"again."
#define FILE_VI "Gửi lại tệp số liệu gốc ở dạng “CSV UTF-8 (*.csv)”."
#define FILE_EN "Send the file with the figures itself, as “CSV UTF-8 (*.csv)”."

static const struct {
	const char *word;
	struct words why, remedy;
} reasons[] = {
	{ "empty", WORDS("tệp trống", "the file is empty"),
	    WORDS("Kiểm tra tệp có số liệu và đã được lưu trước khi đính kèm.",
		"See that the file has figures in it and was saved before it was attached.") },
	{ "binary", WORDS("tệp không phải bảng số liệu", "the file is no table"),
	    WORDS(FILE_VI, FILE_EN) },
	{ "pdf", WORDS("tệp PDF", "a PDF file"), WORDS(FILE_VI, FILE_EN) },
	{ "image", WORDS("ảnh chụp hoặc phim", "a picture or film"), WORDS(FILE_VI, FILE_EN) },
	{ "word", WORDS("tệp văn bản Word", "a text document"),
	    WORDS("Chép bảng số liệu sang Excel, lưu dạng “CSV UTF-8 (*.csv)”, rồi gửi lại.",
		"Copy the table into Excel, save it as “CSV UTF-8 (*.csv)”, and send it "
		"again.") },
	{ "xlsx", WORDS("tệp Excel (.xlsx)", "an Excel workbook (.xlsx)"),
	    WORDS(SAVE_VI, SAVE_EN) },
	{ "xls", WORDS("tệp Excel 97-2003 (.xls)", "an Excel 97-2003 workbook (.xls)"),
	    WORDS(SAVE_VI, SAVE_EN) },
	{ "ods", WORDS("bảng tính OpenDocument (.ods)", "an OpenDocument sheet (.ods)"),
	    WORDS(SAVE_VI, SAVE_EN) },
	{ "encrypted", WORDS("tệp đặt mật khẩu", "a file with a password"),
	    WORDS("Bỏ mật khẩu của tệp, lưu dạng “CSV UTF-8 (*.csv)”, rồi gửi lại.",
		"Remove the password, save the file as “CSV UTF-8 (*.csv)”, and send it "
		"again.") },
	{ "zip", WORDS("tệp nén (.zip)", "a compressed file (.zip)"),
	    WORDS("Giải nén và đính kèm trực tiếp tệp CSV.",
		"Unpack it and attach the CSV file itself.") },
	{ "archive", WORDS("tệp nén", "a compressed file"),
	    WORDS("Giải nén và đính kèm trực tiếp tệp CSV.",
		"Unpack it and attach the CSV file itself.") },
	{ "html", WORDS("trang web (HTML)", "a web page (HTML)"), WORDS(SAVE_VI, SAVE_EN) },
	{ "xml", WORDS("tệp XML", "an XML file"), WORDS(SAVE_VI, SAVE_EN) },
	{ "encoding",
	    WORDS("không nhận ra bảng mã, hoặc một số chữ có dấu đã mất khi lưu",
		"the encoding is unknown, or accented letters were lost when it was saved"),
	    WORDS("Mở tệp Excel gốc và lưu lại dạng “CSV UTF-8 (*.csv)” (không chọn “CSV "
		  "(Comma delimited)”).",
		"Open the original workbook and save it as “CSV UTF-8 (*.csv)”, not as “CSV "
		"(Comma delimited)”.") },
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
	    WORDS("Đính kèm tệp số liệu dạng “CSV UTF-8 (*.csv)”, rồi gửi lại.",
		"Attach the file with the figures as “CSV UTF-8 (*.csv)” and send it again.") },
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
	return strcmp(word, "image") == 0 || strcmp(word, "empty") == 0 ||
	    strcmp(word, "html") == 0;
}
