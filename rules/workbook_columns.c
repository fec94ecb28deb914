/* Why: which property of a package stands in which column of which sheet; a new one is one line
 * here. */
#include "rules/workbook_int.h"

#define PLACE(path)                                                                            \
	{                                                                                      \
		path, COLUMN_PLACE, NULL, NULL, NULL, NULL, 0, NULL, 0                         \
	}
#define COLUMNS(list) .columns = (list), .column_count = COUNT(list)

const char workbook_guide[] = "Hướng dẫn";
const char workbook_other_vi[] = "Thuộc tính khác (JSON)",
	   workbook_other_en[] = "Other properties (JSON)";

static const struct cell_choice policies[] = {
	{ "strict", "chặt: một lỗi thì không nhận cả biểu" },
	{ "partial", "nhận các dòng đúng" },
	{ NULL, NULL },
};

static const struct cell_choice periods[] = {
	{ "year", "năm" },
	{ "half", "sáu tháng" },
	{ "quarter", "quý" },
	{ "month", "tháng" },
	{ NULL, NULL },
};

static const struct cell_choice levels[] = {
	{ "reject", "trả lại cả biểu" },
	{ "error", "lỗi" },
	{ "warning", "cảnh báo" },
	{ "info", "để biết" },
	{ NULL, NULL },
};

static const struct cell_choice missing[] = {
	{ "skip", "bỏ qua dòng" },
	{ "zero", "coi là 0" },
	{ "error", "báo lỗi" },
	{ NULL, NULL },
};

static const struct cell_choice scopes[] = {
	{ "cell", "ô" },
	{ "row", "dòng" },
	{ "table", "bảng" },
	{ "period", "kỳ" },
	{ "form", "biểu" },
	{ "unit", "đơn vị" },
	{ NULL, NULL },
};

static const struct book_column campaign[] = {
	{ "$schema", COLUMN_TEXT, "Chuẩn", "Profile", "Để nguyên.", "Leave as it is.", 12, NULL,
	    0 },
	{ "name", COLUMN_TEXT, "Mã chiến dịch", "Id", "Chữ thường không dấu, số, . _ -",
	    "a-z 0-9 . _ -", 18, NULL, 0 },
	{ "title", COLUMN_TITLES, "Tên", "Title", "", "", 50, NULL, 0 },
	{ "version", COLUMN_TEXT, "Phiên bản", "Version", "", "", 12, NULL, 0 },
	{ "giamsat:utcOffset", COLUMN_TEXT, "Múi giờ", "UTC offset", "Ví dụ +07:00",
	    "Such as +07:00", 12, NULL, 0 },
	PLACE("giamsat:settings"),
	{ "giamsat:layout/totals", COLUMN_LIST, "Từ chỉ dòng tổng", "Words of totals",
	    "Cách nhau bằng dấu chấm phẩy; * thay cho các từ tiếp theo.",
	    "Separated by semicolons; * stands for further words.", 40, NULL, 0 },
	{ "giamsat:layout/totalLevel", COLUMN_TEXT, "Dòng tổng sai là", "A wrong total is", "",
	    "", 18, levels, 0 },
	{ "giamsat:layout/sections", COLUMN_LIST, "Tên các mục", "Words of sections", "", "",
	    40, NULL, 0 },
	{ "giamsat:layout/outside", COLUMN_LIST, "Từ ngoài bảng", "Words outside the table",
	    "Chữ ký, nơi nhận, tiêu ngữ …", "Signatures, letter-heads …", 40, NULL, 0 },
	{ "giamsat:layout/groups", COLUMN_LISTS, "Nhóm cột", "Groups of columns",
	    "Mỗi dòng: tên = tiêu đề; tiêu đề", "Each line: name = heading; heading", 40, NULL,
	    0 },
	{ "giamsat:results/due/months", COLUMN_NUMBER, "Kết quả năm: số tháng",
	    "Yearly result due: months",
	    "Lập kết quả năm sau khi năm kết thúc bao nhiêu tháng.",
	    "So many months after the year's end.", 12, NULL, 0 },
	{ "giamsat:results/due/day", COLUMN_NUMBER, "Kết quả năm: ngày",
	    "Yearly result due: day", "", "", 12, NULL, 0 },
	PLACE("giamsat:results/tables"),
	PLACE("resources"),
};

static const struct book_column settings[] = {
	{ "", COLUMN_VALUE, "Giá trị", "Value", "Số hoặc chữ mà quy tắc đọc ở bảng settings.",
	    "Numbers and texts that rules read from settings.", 30, NULL, 0 },
};

static const struct book_column tables[] = {
	{ "name", COLUMN_TEXT, "Tên bảng", "Name",
	    "Tên dùng trong quy tắc; mỗi bảng có một trang tính.",
	    "As rules name it; each table has a sheet.", 22, NULL, 0 },
	{ "title", COLUMN_TITLES, "Tên gọi", "Title", "", "", 40, NULL, 0 },
	{ "path", COLUMN_TEXT, "Tệp", "File", "Tệp .csv trong thư mục của chiến dịch",
	    "A .csv in the campaign's folder", 26, NULL, 0 },
	{ "format", COLUMN_TEXT, "Định dạng", "Format", "", "", 10, NULL, 0 },
	{ "mediatype", COLUMN_TEXT, "Loại nội dung", "Media type", "", "", 12, NULL, 0 },
	{ "encoding", COLUMN_TEXT, "Bảng mã", "Encoding", "", "", 10, NULL, 0 },
	{ "schema", COLUMN_YES, "Tự mô tả các cột", "Describes its columns",
	    "có: mô tả bảng cho phần mềm khác theo các cột của trang tính",
	    "yes: for other programs, by the sheet's columns", 12, NULL, 0 },
};

static const struct book_column forms[] = {
	PLACE("name"),
	PLACE("title"),
	PLACE("giamsat:title"),
	PLACE("giamsat:rows_called"),
	{ "giamsat:form/id", COLUMN_TEXT, "Biểu", "Form", "Ký hiệu mà mọi người gọi: M1",
	    "As people say it: M1", 10, NULL, 0 },
	{ "name", COLUMN_TEXT, "Tên bảng", "Table", "Tên của bảng trong quy tắc: m1",
	    "The table's name in rules: m1", 14, NULL, 0 },
	{ "title", COLUMN_TITLES, "Tên biểu", "Title", "", "", 50, NULL, 0 },
	{ "giamsat:rows_called", COLUMN_WORDS, "Mỗi dòng là", "A row is called",
	    "Ví dụ: xã, chỉ tiêu", "Such as: communes", 18, NULL, 0 },
	PLACE("giamsat:layout"),
	PLACE("schema/fields"),
	{ "schema/primaryKey", COLUMN_LIST, "Cột khóa", "Key columns",
	    "Mã các cột làm cho mỗi dòng là duy nhất", "Columns that make a row unique", 24,
	    NULL, PICK_FIELD },
	{ "schema/missingValues", COLUMN_LIST, "Coi là trống", "Read as empty",
	    "\"\" là ô trống", "\"\" is the empty cell", 18, NULL, 0 },
	{ "schema/foreignKeys", COLUMN_JSON, "Khóa ngoài (JSON)", "Foreign keys (JSON)", "", "",
	    24, NULL, 0 },
	{ "giamsat:layout/totals", COLUMN_LIST, "Từ chỉ dòng tổng", "Words of totals",
	    "Trống: như trang Chiến dịch", "Empty: as on the campaign's sheet", 24, NULL, 0 },
	{ "giamsat:layout/totalLevel", COLUMN_TEXT, "Dòng tổng sai là", "A wrong total is", "",
	    "", 18, levels, 0 },
	{ "giamsat:layout/sections", COLUMN_LIST, "Tên các mục", "Words of sections", "", "",
	    24, NULL, 0 },
	{ "giamsat:layout/outside", COLUMN_LIST, "Từ ngoài bảng", "Words outside the table", "",
	    "", 24, NULL, 0 },
	{ "giamsat:layout/groups", COLUMN_LISTS, "Nhóm cột", "Groups of columns",
	    "Mỗi dòng: tên = tiêu đề; tiêu đề", "Each line: name = heading; heading", 50, NULL,
	    0 },
	PLACE("giamsat:rules"),
};

static const struct book_column calendar[] = {
	PLACE("giamsat:form/id"),
	{ "giamsat:form/period", COLUMN_TEXT, "Kỳ", "Period", "", "", 20, periods, 0 },
	{ "giamsat:form/opens", COLUMN_TEXT, "Bắt đầu từ", "Opens",
	    "Không nhận kỳ kết thúc trước ngày này: 2021-01-01",
	    "No period that ends before this day: 2021-01-01", 14, NULL, 0 },
	{ "giamsat:form/due/months", COLUMN_NUMBER, "Hạn nộp: số tháng", "Due: months",
	    "Sau tháng cuối của kỳ bao nhiêu tháng", "Months after the period's last month", 12,
	    NULL, 0 },
	{ "giamsat:form/due/day", COLUMN_NUMBER, "Hạn nộp: ngày", "Due: day",
	    "Ngày trong tháng đó", "Day of that month", 12, NULL, 0 },
	{ "giamsat:form/locks/months", COLUMN_NUMBER, "Khóa sổ: số tháng", "Locks: months",
	    "Trống: không bao giờ khóa", "Empty: never", 12, NULL, 0 },
	{ "giamsat:form/locks/day", COLUMN_NUMBER, "Khóa sổ: ngày", "Locks: day", "", "", 12,
	    NULL, 0 },
	{ "giamsat:form/policy", COLUMN_TEXT, "Cách nhận", "Policy", "", "", 40, policies, 0 },
	{ "giamsat:form/official/field", COLUMN_TEXT, "Cột ghi loại số liệu",
	    "Official: column", "Cột cho biết số liệu là chính thức hay tạm tính",
	    "The column that tells official figures from provisional ones", 20, NULL,
	    PICK_FIELD },
	{ "giamsat:form/official/is", COLUMN_TEXT, "Là chính thức khi ghi", "Official: value",
	    "", "", 20, NULL, 0 },
};

static const struct book_column rules[] = {
	{ "id", COLUMN_TEXT, "Quy tắc", "Rule", "Duy nhất trong biểu: M2-01",
	    "Unique in the form: M2-01", 10, NULL, 0 },
	{ "level", COLUMN_TEXT, "Mức", "Level", "", "", 20, levels, 0 },
	{ "scope", COLUMN_TEXT, "Phạm vi", "Scope", "Có thể để trống", "May be left out", 14,
	    scopes, 0 },
	{ "fields", COLUMN_LIST, "Cột liên quan", "Columns it reads",
	    "Mã các cột, cách nhau bằng dấu chấm phẩy; lỗi hiện ở cột đầu tiên",
	    "Separated by semicolons; the finding is shown at the first", 28, NULL,
	    PICK_FIELD },
	{ "missing", COLUMN_TEXT, "Khi ô trống", "When empty", "", "", 16, missing, 0 },
	{ "where", COLUMN_TEXT, "Chỉ xét dòng mà", "Only rows where",
	    "Điều kiện SQL trên dòng; trống: mọi dòng", "SQL over the row; empty: all", 24,
	    NULL, 0 },
	{ "", COLUMN_RULE, "Loại quy tắc", "Kind", "", "", 22, NULL, 0 },
	{ "values", COLUMN_LINES, "Giá trị thêm cho thông báo", "Further values",
	    "Mỗi dòng: tên = biểu thức SQL; dùng trong thông báo là {tên}",
	    "Each line: name = SQL; {name} in the message", 30, NULL, 0 },
	{ "message", COLUMN_WORDS, "Thông báo", "Message",
	    "Câu gửi cho đơn vị; {tên_cột} được thay bằng số liệu",
	    "The sentence for the unit; {column} becomes its value", 60, NULL, 0 },
};

static const struct book_column results[] = {
	{ "id", COLUMN_TEXT, "Mã bảng kết quả", "Table", "", "", 20, NULL, 0 },
	{ "form", COLUMN_TEXT, "Biểu", "Form", "", "", 8, NULL, PICK_FORM },
	{ "title", COLUMN_WORDS, "Tên bảng", "Title", "", "", 50, NULL, 0 },
	{ "group", COLUMN_LIST, "Một dòng cho mỗi", "A row for each", "", "", 22, NULL, 0 },
	{ "across", COLUMN_TEXT, "Một cột cho mỗi", "A column for each", "", "", 16, NULL, 0 },
	{ "titles", COLUMN_JSON, "Tên các dòng (JSON)", "Rows' titles (JSON)", "", "", 40, NULL,
	    0 },
	{ "latest", COLUMN_TEXT, "Lấy số mới nhất theo", "Latest by", "", "", 18, NULL, 0 },
	{ "where", COLUMN_JSON, "Chỉ tính dòng (JSON)", "Only rows (JSON)", "", "", 30, NULL,
	    0 },
	PLACE("columns"),
	{ "totals", COLUMN_YES, "Có dòng tổng", "Totals", "", "", 10, NULL, 0 },
};

static const struct book_column result_columns[] = {
	{ "id", COLUMN_TEXT, "Mã cột", "Column", "", "", 20, NULL, 0 },
	{ "sum", COLUMN_TEXT, "Cộng cột", "Sum of", "", "", 20, NULL, 0 },
	{ "count", COLUMN_TEXT, "Đếm cột", "Count of", "", "", 16, NULL, 0 },
	{ "ratio", COLUMN_LIST, "Tỷ lệ (tử; mẫu)", "Ratio of", "", "", 28, NULL, 0 },
	{ "change", COLUMN_TEXT, "So với năm trước của", "Change of", "", "", 20, NULL, 0 },
	{ "percent", COLUMN_YES, "Phần trăm", "Percent", "", "", 10, NULL, 0 },
	{ "scale", COLUMN_NUMBER, "Số chữ số lẻ", "Digits after the point", "", "", 10, NULL,
	    0 },
	{ "where", COLUMN_JSON, "Chỉ tính dòng (JSON)", "Only rows (JSON)", "", "", 40, NULL,
	    0 },
	{ "title", COLUMN_WORDS, "Tên cột", "Title", "", "", 36, NULL, 0 },
};

static bool
is_form(const json_t *resource)
{
	return json_object_get(resource, "giamsat:form") != NULL;
}

static bool
is_table(const json_t *resource)
{
	return !is_form(resource);
}

const struct book_sheet book_sheets[SHEETS] = {
	[SHEET_CAMPAIGN] = { "Chiến dịch", "Campaign",
	    "Tên, phiên bản, múi giờ; những từ chung cho mọi biểu",
	    "Name, version, time zone; words that count for all forms", SHAPE_ROOT,
	    COLUMNS(campaign) },
	[SHEET_SETTINGS] = { "Cài đặt", "Settings",
	    "Những con số mà quy tắc dùng, ví dụ số ngày được phép",
	    "Figures that rules use, such as numbers of days", SHAPE_MAP,
	    .list = "giamsat:settings", .key_vi = "Tên", .key_en = "Name", COLUMNS(settings) },
	[SHEET_FORMS] = { "Biểu", "Forms", "Các biểu mà đơn vị phải gửi",
	    "What units must send", SHAPE_LIST, .list = "resources", .takes = is_form,
	    .lists = PICK_FORM, COLUMNS(forms) },
	[SHEET_CALENDAR] = { "Lịch", "Calendar",
	    "Kỳ báo cáo, hạn nộp, ngày khóa sổ của từng biểu",
	    "Period, due day and closing of each form", SHAPE_SAME, SHEET_FORMS,
	    .key = "giamsat:form/id", .key_vi = "Biểu", .key_en = "Form", .key_pick = PICK_FORM,
	    COLUMNS(calendar) },
	[SHEET_FIELDS] = { "Cột", "Columns", "Các cột của từng biểu, theo thứ tự",
	    "The columns of each form, in their order", SHAPE_LIST, SHEET_FORMS,
	    .list = "schema/fields", .key = "giamsat:form/id", .key_vi = "Biểu",
	    .key_en = "Form", .key_pick = PICK_FORM, .lists = PICK_FIELD,
	    .columns = book_fields, .column_count = BOOK_FIELDS },
	[SHEET_RULES] = { "Quy tắc", "Rules", "Quy tắc kiểm tra và câu thông báo cho đơn vị",
	    "What is checked, and what units are told", SHAPE_LIST, SHEET_FORMS,
	    .list = "giamsat:rules", .key = "giamsat:form/id", .key_vi = "Biểu",
	    .key_en = "Form", .key_pick = PICK_FORM, COLUMNS(rules) },
	[SHEET_RESULTS] = { "Bảng kết quả", "Result tables", "Các bảng của kết quả năm",
	    "Tables of the yearly result", SHAPE_LIST, .list = "giamsat:results/tables",
	    COLUMNS(results) },
	[SHEET_RESULT_COLUMNS] = { "Cột kết quả", "Result columns", "Các cột của kết quả năm",
	    "Columns of the yearly result", SHAPE_LIST, SHEET_RESULTS, .list = "columns",
	    .key = "id", .key_vi = "Bảng kết quả", .key_en = "Result table",
	    COLUMNS(result_columns) },
	[SHEET_TABLES] = { "Bảng tra cứu", "Reference tables",
	    "Danh sách các bảng mà quy tắc tra cứu; mỗi bảng có một trang riêng",
	    "Tables that rules look things up in; each has a sheet of its own", SHAPE_LIST,
	    .list = "resources", .takes = is_table, .lists = PICK_TABLE, COLUMNS(tables) },
};
