/* Why: a district clerk who reads one of these sentences must know which cell to change, and
 * into what. */
#include "rules/findings.h"

#define CELL_VI "Ô {cell} (cột “{title}”): "
#define CELL_EN "Cell {cell} (column “{title}”): "

static const struct say_words all[SAYS] = {
	[SAY_TYPE] = { "type-error", "G10", LEVEL_ERROR,
	    { { CELL_VI "“{value}” không phải là {kind}. Cách ghi đúng, ví dụ: {example}.",
		CELL_EN "“{value}” is not {kind}. Write it like this: {example}." } } },
	[SAY_FORMULA] = { "type-error", "G09", LEVEL_REJECT,
	    { { CELL_VI "có lỗi công thức {value}. Hãy sửa công thức hoặc gõ trực tiếp giá trị "
			"rồi gửi lại.",
		CELL_EN
		"holds the formula error {value}. Mend the formula or type the value." } } },
	[SAY_UNCALCULATED] = { "type-error", "", LEVEL_ERROR,
	    { { CELL_VI
		"có công thức nhưng tệp không lưu kết quả. Hãy mở tệp bằng Excel, nhấn F9 "
		"để tính lại, lưu tệp rồi gửi lại.",
		CELL_EN "holds a formula without its result. Open the file in Excel, press F9, "
			"save it and send it again." } } },
	[SAY_BECAME_DATE] = { "type-error", "G10", LEVEL_ERROR,
	    { { CELL_VI "Excel đã đổi {typed} thành ngày {day}. Hãy định dạng ô là Số (Number) "
			"hoặc Văn bản (Text) rồi gõ lại; ví dụ: {example}.",
		CELL_EN "Excel made {typed} the day {day}. Format the cell as Number or Text "
			"and type the value again, for example: {example}." } } },
	[SAY_BECAME_TIME] = { "type-error", "G10", LEVEL_ERROR,
	    { { CELL_VI
		"Excel đã đổi giá trị thành giờ {value}. Hãy định dạng ô là Số (Number) "
		"hoặc Văn bản (Text) rồi gõ lại; ví dụ: {example}.",
		CELL_EN "Excel made it the time {value}. Format the cell as Number or Text and "
			"type the value again, for example: {example}." } } },
	[SAY_PERCENT] = { "type-error", "G10", LEVEL_ERROR,
	    { { CELL_VI
		"“{value}” là phần trăm, cột này không ghi phần trăm. Cách ghi đúng, ví "
		"dụ: {example}.",
		CELL_EN "“{value}” is a percentage and this column takes none. Write it like "
			"this: {example}." } } },
	[SAY_COVERED] = { "type-error", "G10", LEVEL_ERROR,
	    { { CELL_VI
		"nằm trong ô gộp (merge) có “{value}”; không rõ số liệu này của dòng nào. "
		"Hãy bỏ gộp ô và ghi giá trị cho từng dòng.",
		CELL_EN
		"lies in merged cells with “{value}”; it is not clear whose figure that "
		"is. Unmerge them and fill in each row." } } },
	[SAY_AMBIGUOUS] = { "type-error", "G10", LEVEL_ERROR,
	    { { CELL_VI
		"“{value}” có thể là {whole} hoặc {part}, các ô khác trong cột không cho "
		"biết. Hãy gõ lại không dùng dấu ngăn cách hàng nghìn: {whole}, hoặc làm "
		"tròn {part} theo số chữ số thập phân của cột.",
		CELL_EN "“{value}” may be {whole} or {part}, and the other cells of the column "
			"do not tell. Write {whole} without a mark for thousands, or round "
			"{part}." } } },
	[SAY_MIXED_MARKS] = { "type-error", "G10", LEVEL_REJECT,
	    { { "Cột “{title}”: dấu chấm và dấu phẩy được dùng khi thì ngăn hàng nghìn, khi "
		"thì làm "
		"dấu thập phân. Hãy gõ lại các số của cột không dùng dấu ngăn cách hàng nghìn.",
		"Column “{title}”: points and commas divide thousands in some cells and are "
		"the "
		"decimal mark in others. Write its numbers without marks for thousands." } } },
	[SAY_NO_DAY] = { "type-error", "G10", LEVEL_ERROR,
	    { { CELL_VI
		"“{value}” không có trong lịch. Hãy kiểm tra ngày, tháng; ví dụ: {example}.",
		CELL_EN "“{value}” is in no calendar. Look at day and month; for example: "
			"{example}." } } },
	[SAY_MONTH_FIRST] = { "type-error", "G10", LEVEL_REJECT,
	    { { CELL_VI
		"“{value}” ghi tháng trước ngày. Phải ghi ngày trước, tháng sau: {turned}. "
		"Hãy kiểm tra mọi ngày trong cột.",
		CELL_EN
		"“{value}” has the month first. Write the day first: {turned}, and look "
		"at all days of the column." } } },
	[SAY_LOST_LETTERS] = { "type-error", "G11", LEVEL_ERROR,
	    { { CELL_VI "chữ bị mất dấu do lưu sai bảng mã (“{value}”). Hãy lưu lại dạng XLSX "
			"hoặc “CSV UTF-8”.",
		CELL_EN "letters were lost when the file was saved (“{value}”). Save it as "
			"XLSX or “CSV UTF-8”." } } },
	[SAY_LOST_HEADING] = { "type-error", "G11", LEVEL_REJECT,
	    { { "Ô {cell}: chữ bị mất dấu do lưu sai bảng mã (“{value}”), nên không đọc được "
		"bảng. Hãy "
		"mở tệp gốc, lưu lại dạng XLSX hoặc “CSV UTF-8” rồi gửi lại.",
		"Cell {cell}: letters were lost when the file was saved (“{value}”), so the "
		"table cannot be "
		"read. Open the original, save it as XLSX or “CSV UTF-8” and send it "
		"again." } } },
	[SAY_SCALE] = { "constraint-error", "G10", LEVEL_ERROR,
	    { { CELL_VI "“{value}” có quá {limit} chữ số sau dấu thập phân. Hãy làm tròn, ví "
			"dụ: {example}.",
		CELL_EN "“{value}” has more than {limit} digits after the decimal mark. Round "
			"it, for example: {example}." } } },
	[SAY_LARGE] = { "constraint-error", "G10", LEVEL_ERROR,
	    { { CELL_VI "“{value}” quá lớn (nhiều hơn 15 chữ số). Hãy kiểm tra lại.",
		CELL_EN "“{value}” is too large (over 15 digits)." } } },
	[SAY_MINIMUM] = { "constraint-error", "", LEVEL_ERROR,
	    { { CELL_VI "“{value}” nhỏ hơn mức cho phép; phải từ {limit} trở lên.",
		CELL_EN "“{value}” is too small; it must be at least {limit}." } } },
	[SAY_MAXIMUM] = { "constraint-error", "", LEVEL_ERROR,
	    { { CELL_VI "“{value}” lớn hơn mức cho phép; tối đa là {limit}.",
		CELL_EN "“{value}” is too large; it may be at most {limit}." } } },
	[SAY_NOT_ABOVE] = { "constraint-error", "", LEVEL_ERROR,
	    { { CELL_VI "“{value}” không được; phải lớn hơn {limit}.",
		CELL_EN "“{value}” is too small; it must be more than {limit}." } } },
	[SAY_NOT_BELOW] = { "constraint-error", "", LEVEL_ERROR,
	    { { CELL_VI "“{value}” không được; phải nhỏ hơn {limit}.",
		CELL_EN "“{value}” is too large; it must be less than {limit}." } } },
	[SAY_FEW] = { "constraint-error", "", LEVEL_ERROR,
	    { { CELL_VI "“{value}” có quá ít phần tử; cần ít nhất {limit}.",
		CELL_EN "“{value}” has too few items; at least {limit} are needed." } } },
	[SAY_MANY] = { "constraint-error", "", LEVEL_ERROR,
	    { { CELL_VI "“{value}” có quá nhiều phần tử; tối đa {limit}.",
		CELL_EN "“{value}” has too many items; at most {limit} are allowed." } } },
	[SAY_SHORT] = { "constraint-error", "", LEVEL_ERROR,
	    { { CELL_VI "“{value}” quá ngắn; cần ít nhất {limit} ký tự.",
		CELL_EN "“{value}” is too short; at least {limit} characters are needed." } } },
	[SAY_LONG] = { "constraint-error", "", LEVEL_ERROR,
	    { { CELL_VI "nội dung quá dài; tối đa {limit} ký tự.",
		CELL_EN "the text is too long; at most {limit} characters." } } },
	[SAY_PATTERN] = { "constraint-error", "", LEVEL_ERROR,
	    { { CELL_VI "“{value}” viết không đúng mẫu. Ví dụ đúng: {example}.",
		CELL_EN "“{value}” is not written the right way. For example: {example}." } } },
	[SAY_ENUM] = { "constraint-error", "", LEVEL_ERROR,
	    { { CELL_VI "“{value}” không có trong các giá trị cho phép: {allowed}.",
		CELL_EN "“{value}” is not one of the values allowed: {allowed}." } } },
	[SAY_ITEM] = { "constraint-error", "", LEVEL_ERROR,
	    { { CELL_VI "nội dung bên trong “{value}” không đúng quy định của cột.",
		CELL_EN "what is inside “{value}” breaks the rules of this column." } } },
	[SAY_CODE] = { "constraint-error", "", LEVEL_ERROR,
	    { { CELL_VI "“{value}” không có trong danh mục. Hãy chọn một trong: {allowed}.",
		CELL_EN "“{value}” is not in the list. Choose one of: {allowed}." } } },
	[SAY_CODE_ENDED] = { "constraint-error", "", LEVEL_ERROR,
	    { { CELL_VI
		"“{value}” không còn dùng trong kỳ báo cáo này. Hãy chọn một trong: {allowed}.",
		CELL_EN "“{value}” was no longer in use in this period. Choose one of: "
			"{allowed}." } } },
	[SAY_CODE_NOT_YET] = { "constraint-error", "", LEVEL_ERROR,
	    { { CELL_VI
		"“{value}” chưa được dùng trong kỳ báo cáo này. Hãy chọn một trong: {allowed}.",
		CELL_EN
		"“{value}” was not yet in use in this period. Choose one of: {allowed}." } } },
	[SAY_LOOKUP] = { "foreign-key", "", LEVEL_ERROR,
	    { { CELL_VI "không có mã hoặc tên “{value}” trong danh mục của chiến dịch. Cách "
			"ghi đúng, ví dụ: {example}.",
		CELL_EN "there is no code or name “{value}” in the campaign's list. Write it "
			"like this: {example}." } } },
	[SAY_LOOKUP_NEAR] = { "foreign-key", "", LEVEL_ERROR,
	    { { CELL_VI
		"không có mã hoặc tên “{value}” trong danh mục của chiến dịch. Có phải là: "
		"{candidates}?",
		CELL_EN "there is no code or name “{value}” in the campaign's list. Did you "
			"mean: {candidates}?" } } },
	[SAY_LOOKUP_SUCCEEDED] = { "foreign-key", "", LEVEL_ERROR,
	    { { CELL_VI
		"“{value}” không còn vào ngày cuối kỳ báo cáo (đã sáp nhập hoặc đổi tên). "
		"Hãy báo cáo theo đơn vị mới: {candidates}.",
		CELL_EN "“{value}” was no more on the last day of the period. Report what came "
			"after it: {candidates}." } } },
	[SAY_LOOKUP_ENDED] = { "foreign-key", "", LEVEL_ERROR,
	    { { CELL_VI "“{value}” không có hiệu lực vào ngày cuối kỳ báo cáo (đã sáp nhập, "
			"đổi mã hoặc chưa thành lập). Hãy ghi mã "
			"đang dùng trong kỳ đó.",
		CELL_EN "“{value}” was not valid on the last day of the period. Write the code "
			"that was in use then." } } },
	[SAY_LOOKUP_FOREIGN] = { "foreign-key", "G02", LEVEL_ERROR,
	    { { CELL_VI
		"“{value}” không thuộc đơn vị {unit}. Đơn vị chỉ báo cáo cho địa bàn của mình.",
		CELL_EN
		"“{value}” does not belong to {unit}. A unit reports only for itself." } } },
	[SAY_LOOKUP_AMBIGUOUS] = { "foreign-key", "", LEVEL_ERROR,
	    { { CELL_VI
		"“{value}” có thể là nhiều nơi: {candidates}. Hãy ghi mã hoặc tên đầy đủ.",
		CELL_EN
		"“{value}” could be several places: {candidates}. Write the code or the "
		"full name." } } },
	[SAY_REQUIRED] = { "constraint-error", "", LEVEL_ERROR,
	    { { CELL_VI "chưa điền. Cột này bắt buộc; ví dụ: {example}.",
		CELL_EN
		"is empty. This column must be filled in; for example: {example}." } } },
	[SAY_MARKS] = { "number-marks", "G13", LEVEL_WARNING,
	    { { CELL_VI "“{value}” được hiểu là {parsed}; nếu không đúng hãy sửa.",
		CELL_EN "“{value}” was read as {parsed}; mend it if that is wrong." } } },
	[SAY_PADDED] = { "code-completed", "", LEVEL_INFO,
	    { { CELL_VI "mã “{value}” bị mất số 0 ở đầu; đã hiểu là {parsed}.",
		CELL_EN
		"the code “{value}” lost its leading zero; it was read as {parsed}." } } },
	[SAY_NAME] = { "code-completed", "", LEVEL_INFO,
	    { { CELL_VI "tên “{value}” đã được hiểu là mã {parsed}.",
		CELL_EN "the name “{value}” was read as the code {parsed}." } } },
	[SAY_OLD_NAME] = { "code-completed", "", LEVEL_WARNING,
	    { { CELL_VI
		"“{value}” là tên hoặc mã cũ; đã hiểu là mã {parsed} đang dùng trong kỳ.",
		CELL_EN
		"“{value}” is an old name or code; it was read as {parsed}, which was in "
		"use in the period." } } },
	[SAY_SERIAL] = { "date-completed", "", LEVEL_INFO,
	    { { CELL_VI "số {value} được hiểu là ngày {parsed} (số thứ tự ngày của Excel).",
		CELL_EN
		"the number {value} was read as the day {parsed} (Excel counts days)." } } },
	[SAY_YEAR_OF_DAY] = { "date-completed", "", LEVEL_INFO,
	    { { CELL_VI "ngày {value} được hiểu là năm {parsed}.",
		CELL_EN "the day {value} was read as the year {parsed}." } } },
	[SAY_FILLED_OLD] = { "code-completed", "", LEVEL_WARNING,
	    { { CELL_VI "để trống; “{name}” là tên cũ, đã điền mã {parsed} đang dùng trong kỳ.",
		CELL_EN "was empty; “{name}” is an old name, the code {parsed} in use in the "
			"period was taken." } } },
	[SAY_FILLED] = { "code-completed", "", LEVEL_INFO,
	    { { CELL_VI "để trống; đã điền mã {parsed} theo tên “{name}”.",
		CELL_EN "was empty; the code {parsed} was taken from the name “{name}”." } } },
	[SAY_NAME_DIFFERS] = { "foreign-key", "", LEVEL_ERROR,
	    { { CELL_VI
		"tên “{value}” không khớp với mã {code} cùng dòng. Hãy sửa tên hoặc mã.",
		CELL_EN "the name “{value}” does not go with the code {code} of the same row. "
			"Mend the name or the code." } } },
	[SAY_UNIQUE] = { "unique-error", "", LEVEL_ERROR,
	    { { CELL_VI "“{value}” đã có ở dòng {first}; cột này không được trùng.",
		CELL_EN "“{value}” stands in row {first} already; this column takes each value "
			"once." } } },
	[SAY_UNIQUE_KEY] = { "unique-error", "", LEVEL_ERROR,
	    { { "Dòng {row}: {keys} trùng với dòng {first}; các giá trị này chỉ được có một "
		"lần.",
		"Row {row}: {keys} is the same as in row {first}; together they may stand in "
		"one row only." } } },
	[SAY_PRIMARY_KEY] = { "primary-key", "", LEVEL_ERROR,
	    { { "Dòng {row}: {keys} trùng với dòng {first}. Mỗi dòng phải khác nhau; hãy bỏ "
		"hoặc sửa một dòng.",
		"Row {row}: {keys} is the same as in row {first}. Remove or mend one of "
		"them." } } },
	[SAY_PRIMARY_KEY_EMPTY] = { "primary-key", "", LEVEL_ERROR,
	    { { "Dòng {row}: chưa ghi {keys} (dùng để phân biệt các dòng).",
		"Row {row}: {keys} is empty; it tells the rows apart." } } },
	[SAY_FOREIGN_KEY] = { "foreign-key", "", LEVEL_ERROR,
	    { { "Dòng {row}: giá trị của {keys} không có trong bảng {target}.",
		"Row {row}: the value of {keys} is not in {target}." } } },
	[SAY_BLANK_HEADER] = { "blank-header", "", LEVEL_ERROR,
	    { { "Dòng tiêu đề trống.", "The header is blank." } } },
	[SAY_UNMATCHED_HEADER] = { "unmatched-header", "", LEVEL_ERROR,
	    { { "Không cột nào của bảng có trong biểu.",
		"No column of the table is in the schema." } } },
	[SAY_BLANK_LABEL] = { "blank-label", "", LEVEL_ERROR,
	    { { "Cột {column} không có tiêu đề.", "Column {column} has no heading." } } },
	[SAY_DUPLICATE_LABEL] = { "duplicate-label", "", LEVEL_ERROR,
	    { { "Cột {column}: tiêu đề “{value}” đã có ở cột khác.",
		"Column {column}: the heading “{value}” is there already." } } },
	[SAY_MISSING_LABEL] = { "missing-label", "", LEVEL_ERROR,
	    { { "Thiếu cột “{title}”.", "Column “{title}” is missing." } } },
	[SAY_EXTRA_LABEL] = { "extra-label", "", LEVEL_ERROR,
	    { { "Cột {column} “{value}” không có trong biểu.",
		"Column {column} “{value}” is not in the schema." } } },
	[SAY_INCORRECT_LABEL] = { "incorrect-label", "", LEVEL_ERROR,
	    { { "Cột {column}: tiêu đề là “{value}”, đúng phải là “{title}”.",
		"Column {column}: the heading is “{value}”, it should be “{title}”." } } },
	[SAY_BLANK_ROW] = { "blank-row", "", LEVEL_ERROR,
	    { { "Dòng {row} trống.", "Row {row} is blank." } } },
	[SAY_EXTRA_CELL] = { "extra-cell", "", LEVEL_ERROR,
	    { { "Ô {cell}: dòng {row} có nhiều ô hơn số cột.",
		"Cell {cell}: row {row} has more cells than there are columns." } } },
	[SAY_MISSING_CELL] = { "missing-cell", "", LEVEL_ERROR,
	    { { "Ô {cell} (cột “{title}”): dòng {row} thiếu ô này.",
		"Cell {cell} (column “{title}”): row {row} ends before it." } } },
	[SAY_ENCODING] = { "encoding-error", "G11", LEVEL_REJECT,
	    { { "Không đọc được chữ trong tệp vì sai bảng mã. Hãy lưu lại dạng XLSX hoặc “CSV "
		"UTF-8” rồi gửi lại.",
		"The letters of the file cannot be read: the encoding is wrong. Save it as "
		"XLSX or “CSV UTF-8” and send it again." } } },
	[SAY_SOURCE] = { "source-error", "", LEVEL_REJECT,
	    { { "Không đọc được bảng này: {reason}. {remedy}",
		"This table cannot be read: {reason}. {remedy}" } } },
	[SAY_WARNED] = { "source-warning", "", LEVEL_WARNING,
	    { { "Khi đọc bảng có điều cần lưu ý ({reason}).",
		"Something was odd when the table was read ({reason})." } } },
	[SAY_TOLD] = { "source-info", "", LEVEL_INFO,
	    { { "Khi đọc bảng: {reason}.", "When the table was read: {reason}." } } },
	[SAY_NO_HEADING] = { "no-heading", "G08", LEVEL_REJECT,
	    { { "Không tìm thấy dòng tiêu đề của biểu nào trong 50 dòng đầu (đã thấy: {seen}). "
		"Hãy giữ nguyên dòng tiêu đề của mẫu "
		"biểu: {forms}.",
		"No form's headings were found in the first 50 rows (seen: {seen}). Keep the "
		"headings of the form: {forms}." } } },
	[SAY_NO_FORM] = { "no-form", "G08", LEVEL_REJECT,
	    { { "Tiêu đề các cột không khớp biểu nào (đã thấy: {seen}). Gần nhất là biểu "
		"{form}, còn thiếu: {missing}.",
		"The headings fit no form (seen: {seen}). The nearest is form {form}; it "
		"lacks: {missing}." } } },
	[SAY_MISSING_COLUMN] = { "missing-label", "G08", LEVEL_REJECT,
	    { { "Không tìm thấy cột bắt buộc “{title}” (đã thấy: {seen}). Hãy thêm cột này vào "
		"dòng tiêu đề (dòng {header}).",
		"The required column “{title}” was not found (seen: {seen}). Add it to the "
		"header (row {header})." } } },
	[SAY_TWICE_COLUMN] = { "duplicate-label", "G08", LEVEL_REJECT,
	    { { "Ô {cell}: cột “{title}” có hai lần (cũng ở cột {other}). Hãy bỏ hoặc đổi tên "
		"một cột.",
		"Cell {cell}: column “{title}” is there twice (also in column {other}). Remove "
		"or rename one." } } },
	[SAY_UNKNOWN_COLUMN] = { "extra-label", "G08", LEVEL_WARNING,
	    { { "Ô {cell}: cột “{value}” không có trong biểu và được bỏ qua.",
		"Cell {cell}: column “{value}” is not in the form and is passed over." } } },
	[SAY_NEAR_COLUMN] = { "missing-label", "G08", LEVEL_REJECT,
	    { { "Ô {cell}: tiêu đề “{value}” không có trong biểu – có phải là {candidates}? "
		"Hãy "
		"sửa tiêu đề cho đúng rồi gửi lại.",
		"Cell {cell}: the heading “{value}” is not in the form. Did you mean "
		"{candidates}? Mend it and send the table again." } } },
	[SAY_NEAR_OPTIONAL] = { "extra-label", "G08", LEVEL_ERROR,
	    { { "Ô {cell}: tiêu đề “{value}” không có trong biểu – có phải là {candidates}? "
		"Hãy "
		"sửa tiêu đề, hoặc bỏ cột này, rồi gửi lại.",
		"Cell {cell}: the heading “{value}” is not in the form. Did you mean "
		"{candidates}? Mend it, or remove the column, and send the table again." } } },
	[SAY_UNCLEAR_COLUMN] = { "duplicate-label", "G08", LEVEL_REJECT,
	    { { "Ô {cell}: tiêu đề “{value}” có thể là {candidates}. Hãy ghi đầy đủ tên cột "
		"như "
		"trong mẫu.",
		"Cell {cell}: the heading “{value}” could be {candidates}. Write it out as in "
		"the form." } } },
	[SAY_COLUMN_BY_ORDER] = { "label-by-order", "G08", LEVEL_WARNING,
	    { { "Ô {cell}: tiêu đề “{value}” có nhiều nghĩa; đã hiểu là “{title}”. Nếu không "
		"đúng, hãy ghi đầy đủ tên cột rồi gửi lại.",
		"Cell {cell}: the heading “{value}” has several meanings; it was read as "
		"“{title}”. If that is wrong, write it out and send the table again." } } },
	[SAY_BARE_COLUMN] = { "label-without-marks", "", LEVEL_INFO,
	    { { "Dòng {row}: tiêu đề viết không dấu đã được hiểu theo mẫu: {headings}.",
		"Row {row}: headings typed without accents were read as the form's: "
		"{headings}." } } },
	[SAY_UNTITLED] = { "blank-label", "G08", LEVEL_WARNING,
	    { { "Ô {cell}: có số liệu “{value}” nhưng cột này không có tiêu đề và được bỏ qua.",
		"Cell {cell}: “{value}” stands in a column without a heading, which is passed "
		"over." } } },
	[SAY_UNTITLED_TEXT] = { "blank-label", "G08", LEVEL_INFO,
	    { { "Ô {cell}: nội dung ở cột không có tiêu đề được bỏ qua.",
		"Cell {cell}: what stands in a column without a heading is passed over." } } },
	[SAY_TWO_FORMS] = { "no-form", "G08", LEVEL_REJECT,
	    { { "Dòng {row}: tiêu đề các cột khớp như nhau với biểu {form} và biểu {other}. "
		"Hãy "
		"giữ nguyên dòng tiêu đề của mẫu biểu.",
		"Row {row}: the headings fit form {form} and form {other} alike. Keep the "
		"headings of the form." } } },
	[SAY_NEAR_TABLE] = { "source-warning", "G08", LEVEL_WARNING,
	    { { "Dòng {row} giống tiêu đề của biểu {form}, nhưng bảng ở đó không đủ cột và "
		"không "
		"được đọc.",
		"Row {row} looks like a header of form {form}, but the table there lacks "
		"columns and was not read." } } },
	[SAY_NEAR_SHEET] = { "source-warning", "G08", LEVEL_WARNING,
	    { { "Trang “{name}” giống biểu {form} nhưng không đủ cột (thiếu: {missing}) và "
		"không "
		"được đọc.",
		"The sheet “{name}” looks like form {form} but lacks columns ({missing}) and "
		"was not read." } } },
	[SAY_SHEETS_IGNORED] = { "source-info", "", LEVEL_INFO,
	    { { "Các trang không phải biểu báo cáo, được bỏ qua: {names}.",
		"Sheets that are no form and were passed over: {names}." } } },
	[SAY_FORM_TWICE] = { "form-twice", "G08", LEVEL_REJECT,
	    { { "Tệp có hai bảng cùng là biểu {form}, kỳ {period} ({place} và {other}). Hãy "
		"gộp "
		"thành một bảng hoặc bỏ một bảng rồi gửi lại.",
		"The file has two tables of form {form} for {period} ({place} and {other}). "
		"Make "
		"them one, or remove one, and send it again." } } },
	[SAY_TOTAL] = { "total", "", LEVEL_WARNING,
	    { { CELL_VI "dòng “{label}” ghi {figure} nhưng cộng {rows} dòng được {sum} (chênh "
			"{difference}). Hãy kiểm tra lại.",
		CELL_EN "“{label}” says {figure}, but the {rows} rows add up to {sum} (a "
			"difference of {difference})." } } },
	[SAY_NO_KEY] = { "primary-key", "", LEVEL_ERROR,
	    { { "Dòng {row} (“{value}”) có số liệu nhưng không có mã, và bên dưới không có "
		"dòng "
		"nào để cộng. Hãy ghi mã, hoặc bỏ số liệu ở dòng này.",
		"Row {row} (“{value}”) has figures but no key, and there are no rows below "
		"that "
		"it could be the sum of. Write its code, or remove its figures." } } },
	[SAY_PASSED] = { "row-passed", "", LEVEL_INFO,
	    { { "Dòng {row} (“{value}”) không phải dòng số liệu và được bỏ qua.",
		"Row {row} (“{value}”) is no row of data and was passed over." } } },
	[SAY_PASSED_DOUBTFUL] = { "row-passed", "", LEVEL_WARNING,
	    { { "Dòng {row} (“{value}”) không có mã và không có số liệu nên được bỏ qua. Nếu "
		"đây "
		"là dòng số liệu, hãy ghi đủ rồi gửi lại.",
		"Row {row} (“{value}”) has neither key nor figures and was passed over. If it "
		"is "
		"a row of data, fill it in and send the table again." } } },
	[SAY_NO_ROWS] = { "no-rows", "", LEVEL_REJECT,
	    { { "Dưới dòng tiêu đề không có dòng số liệu nào.",
		"There is no row of data under the header." } } },
	[SAY_CONVERTED] = { "converted", "G12", LEVEL_WARNING,
	    { { "Đã chuyển tệp từ bảng mã {encoding} sang Unicode; hãy kiểm tra lại chữ có "
		"dấu. Lần sau nên lưu dạng XLSX hoặc “CSV "
		"UTF-8”.",
		"The file was converted from {encoding} to Unicode; check the letters with "
		"marks. Next time save it as XLSX or “CSV "
		"UTF-8”." } } },
	[SAY_OTHER_UNIT] = { "other-unit", "G02", LEVEL_REJECT,
	    { { "{where} ghi đơn vị {file_unit} nhưng thư gửi từ {unit}; đơn vị chỉ được báo "
		"cáo cho chính mình.",
		"{where} names {file_unit}, but it was sent by {unit}; a unit reports only for "
		"itself." } } },
	[SAY_ROW_UNIT] = { "other-unit", "G02", LEVEL_REJECT,
	    { { CELL_VI "ghi đơn vị “{value}” nhưng người gửi là {unit}; đơn vị chỉ được báo "
			"cáo cho chính mình.",
		CELL_EN "names the unit “{value}”, but the sender is {unit}; a unit reports "
			"only for itself." } } },
	[SAY_NO_UNIT] = { "no-unit", "G01", LEVEL_REJECT,
	    { { "Không xác định được đơn vị báo cáo. Hãy ghi mã đơn vị trong tên tệp, ví dụ: "
		"{example}.",
		"The reporting unit is not known. Write its code into the file's name, for "
		"example: {example}." } } },
	[SAY_UNIT_ENDED] = { "unit-ended", "G03", LEVEL_REJECT,
	    { { "Đơn vị {unit} không có hiệu lực vào ngày cuối kỳ {period} (từ {valid_from} "
		"đến {valid_to}; kế thừa: {successors}).",
		"The unit {unit} was not valid on the last day of {period} (from {valid_from} "
		"to {valid_to}; successors: "
		"{successors})." } } },
	[SAY_NOT_YOURS] = { "not-due", "G03", LEVEL_REJECT,
	    { { "Đơn vị {unit} không thuộc diện gửi biểu {form}.",
		"The unit {unit} does not send form {form}." } } },
	[SAY_NO_PERIOD] = { "no-period", "G04", LEVEL_REJECT,
	    { { "Không xác định được kỳ báo cáo. Hãy ghi kỳ trong tiêu đề thư hoặc tên tệp, ví "
		"dụ: {example}.",
		"The reporting period is not known. Write it into the subject or the file's "
		"name, for example: {example}." } } },
	[SAY_TWO_PERIODS] = { "two-periods", "G04", LEVEL_REJECT,
	    { { "Kỳ báo cáo không thống nhất: {where} ghi {period}, {other_where} ghi "
		"{other_period}. Hãy sửa cho khớp rồi gửi lại.",
		"The periods differ: {where} says {period}, {other_where} says {other_period}. "
		"Make them one and send again." } } },
	[SAY_ROW_PERIOD] = { "two-periods", "G04", LEVEL_REJECT,
	    { { CELL_VI "ghi kỳ “{value}” nhưng cả biểu là kỳ {period}.",
		CELL_EN "says “{value}”, but the table is for {period}." } } },
	[SAY_PERIOD_KIND] = { "two-periods", "G04", LEVEL_REJECT,
	    { { "Biểu {form} báo cáo theo {kind} nhưng {where} ghi {period}. Hãy ghi kỳ, ví "
		"dụ: {example}.",
		"Form {form} is for {kind}, but {where} says {period}. Write the period, for "
		"example: {example}." } } },
	[SAY_NOT_OPEN] = { "period-closed", "G04", LEVEL_REJECT,
	    { { "Kỳ {period} không thuộc giai đoạn của chiến dịch (bắt đầu {day}).",
		"The period {period} is before the campaign (which begins on {day})." } } },
	[SAY_FUTURE] = { "period-closed", "G04", LEVEL_REJECT,
	    { { "Kỳ {period} chưa bắt đầu (ngày {day}).",
		"The period {period} has not begun (it does on {day})." } } },
	[SAY_LOCKED] = { "period-closed", "G04", LEVEL_REJECT,
	    { { "Kỳ {period} đã khóa sổ ngày {day}. Nếu cần sửa, hãy liên hệ cơ quan điều "
		"phối.",
		"The period {period} was closed on {day}. Ask the coordinator if it must be "
		"corrected." } } },
	[SAY_LATE] = { "late", "G05", LEVEL_WARNING,
	    { { "Nộp muộn {days} ngày so với hạn {day}.",
		"{days} days after the due day {day}." } } },
	[SAY_PROVISIONAL] = { "provisional", "", LEVEL_REJECT,
	    { { "Biểu {form} kỳ {period} đã có số liệu chính thức, nhận ngày {day}. Số liệu "
		"chưa "
		"chính thức (cột “{field}”) không thay thế số liệu chính thức. Nếu cần sửa, "
		"hãy "
		"gửi lại toàn bộ biểu với số liệu chính thức.",
		"Official figures of form {form} for {period} were received on {day}. "
		"Provisional "
		"ones (column “{field}”) do not replace them. To correct them send the whole "
		"form again as official." } } },
	[SAY_PASSPORT_UNPROVEN] = { "passport", "", LEVEL_INFO,
	    { { "Tệp có thông tin biểu mẫu (giamsat.*) nhưng không xác thực được nên không "
		"được dùng; "
		"biểu, đơn vị và kỳ được xác định theo nội dung tệp và thư.",
		"The file's properties (giamsat.*) are not proven and count for nothing; form, "
		"unit and period were found in its contents and the mail." } } },
	[SAY_PASSPORT_RULES] = { "passport", "", LEVEL_INFO,
	    { { "Tệp được lập theo mẫu của phiên bản {file_version}; phiên bản hiện hành là "
		"{version}. Lần sau nên dùng mẫu mới.",
		"The file was made from a template of version {file_version}; the rules are of "
		"version {version}. Take a new template next time." } } },
	[SAY_PASSPORT_NAME] = { "passport", "", LEVEL_WARNING,
	    { { "{where} ghi {other_period}, nhưng mẫu biểu là của kỳ {period}; đã lấy kỳ "
		"{period}. "
		"Nếu không đúng hãy gửi lại mẫu của kỳ đó.",
		"{where} says {other_period}, but the template is for {period}, which was "
		"taken. "
		"If that is wrong, send the template of the other period." } } },
	[SAY_RULE_MISSING] = { "rule", "", LEVEL_ERROR,
	    { { CELL_VI "chưa điền nên không kiểm tra được quy tắc {rule}.",
		CELL_EN "is empty, so rule {rule} cannot be checked." } } },
};

const struct say_words *
say_words(enum say what)
{
	return &all[what];
}
