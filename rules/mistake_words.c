/* Why: rulebooks are told in English what is wrong with them, but who made one in a spreadsheet
 * may read Vietnamese only.
 */
#include "rules/mistake_words.h"

#include <string.h>

#include "base/buf.h"

/* "*" stands for what is told of this rulebook; each "*" of the Vietnamese is the next of the
 * English. The first that fits counts. */
static const struct {
	const char *en, *vi;
} sentences[] = {
	/* tables and columns */
	{ "is missing", "còn thiếu; hãy ghi" },
	{ "the form has no field '*'",
	    "biểu không có cột “*”; xem cột “Mã cột” của trang Cột" },
	{ "the form has no such field",
	    "biểu không có cột này; xem cột “Mã cột” của trang Cột" },
	{ "form * has no such field", "biểu * không có cột này; xem trang Cột" },
	{ "form * has no field '*'", "biểu * không có cột “*”; xem trang Cột" },
	{ "there is no field '*'", "không có cột “*”; xem cột “Mã cột” của trang Cột" },
	{ "there are two fields '*'", "mã cột “*” có ở hai dòng của biểu này; hãy đổi một mã" },
	{ "title or alias '*' is also one of field *",
	    "tiêu đề hoặc tên gọi khác “*” cũng là của cột *; hãy đổi một trong hai" },
	{ "'*' is no name for a table or column: *",
	    "“*” không dùng làm mã được: chỉ dùng chữ thường không dấu, chữ số và _, bắt đầu "
	    "bằng "
	    "chữ, ví dụ poor_end" },
	{ "'*' is a word of SQL or of the rules; choose another name",
	    "“*” là từ riêng của SQL hoặc của quy tắc; hãy chọn tên khác" },
	{ "'*' is no type",
	    "“*” không phải là kiểu; hãy chọn trong danh sách, ví dụ string, integer" },
	{ "is for fields of type *", "chỉ dùng cho cột kiểu *" },
	{ "has no meaning for this type", "không dùng cho kiểu của cột này; hãy để trống" },
	{ "has no meaning without giamsat:group", "chỉ dùng khi cột thuộc một nhóm cột" },
	{ "there is no group '*' in the form's giamsat:layout",
	    "trang Biểu không có nhóm cột “*”" },
	{ "decimalChar and groupChar are the same",
	    "dấu thập phân và dấu nghìn không được giống nhau" },
	{ "'*' is no value of the field's type", "“*” không đúng kiểu của cột" },
	{ "'*' is no good value of this field",
	    "“*” không phải là giá trị hợp lệ của cột này" },
	{ "codelists has no list '*'", "trang Danh mục không có danh mục “*”" },
	{ "codelists has no such list", "trang Danh mục không có danh mục này" },
	{ "there is no reference table '*'",
	    "không có bảng tra cứu “*”; xem trang Bảng tra cứu" },
	{ "there is no such reference table",
	    "không có bảng tra cứu này; xem trang Bảng tra cứu" },
	{ "* has no column '*'", "bảng * không có cột “*”" },
	{ "the name of a column is wanted here", "ở đây cần tên một cột của bảng tra cứu" },
	{ "form '*' or its table '*' is there twice",
	    "biểu “*” hoặc tên bảng “*” đã có; mỗi biểu, mỗi bảng một tên" },
	{ "column * is missing", "thiếu cột *" },
	{ "* is no day like 2025-06-30: '*'", "*: “*” không phải là ngày; ghi như 2025-06-30" },
	{ "is twice in the list *", "mã này có hai lần trong danh mục *" },
	/* the calendar */
	{ "'*' is no day; write it as 2025-06-30",
	    "“*” không phải là ngày; ghi như 2025-06-30 (năm-tháng-ngày)" },
	{ "must be year, half, quarter or month",
	    "phải là năm, nửa năm, quý hoặc tháng: hãy chọn "
	    "trong danh sách" },
	{ "must be strict or partial",
	    "phải là strict hoặc partial: hãy chọn trong danh sách" },
	{ "the form would lock before it is due",
	    "biểu khóa sổ trước hạn nộp; hãy lùi ngày khóa sổ" },
	{ "a whole number from * to * is wanted here", "ở đây cần một số nguyên từ * đến *" },
	{ "a whole number is wanted here", "ở đây cần một số nguyên" },
	{ "a number from * to * is wanted here", "ở đây cần một số từ * đến *" },
	{ "a number is wanted here",
	    "ở đây cần một số, không có dấu nghìn, ví dụ 1000 hoặc 0,6" },
	{ "a number is wanted here, of a field of numbers",
	    "ở đây cần một số, và cột phải là cột số" },
	{ "true or false is wanted here", "ở đây cần true (có) hoặc false (không)" },
	{ "a text is wanted here", "ở đây cần một chữ, không phải danh sách" },
	{ "a list is wanted here", "ở đây cần một danh sách, cách nhau bằng dấu chấm phẩy" },
	{ "has over * bytes", "dài quá * byte" },
	{ "giamsat knows no such property here", "chương trình không biết thuộc tính này" },
	{ "must be one of: *", "phải là một trong: *" },
	/* rules */
	{ "must be reject, error, warning or info",
	    "phải là lỗi (error), cảnh báo (warning), thông tin (info) hoặc từ chối (reject): "
	    "hãy "
	    "chọn trong danh sách" },
	{ "must be skip, zero or error",
	    "phải là bỏ qua dòng (skip), coi là 0 (zero) hoặc là lỗi (error): hãy chọn trong "
	    "danh sách" },
	{ "must be cell, row, table, period, form or unit",
	    "phạm vi này không có: hãy chọn trong "
	    "danh sách hoặc để trống" },
	{ "a rule with \"*\" has scope \"*\"",
	    "quy tắc loại * có phạm vi *; hãy ghi như vậy hoặc để trống" },
	{ "a rule with \"*\" judges rows", "quy tắc loại * xét từng dòng; hãy để trống ô này" },
	{ "has neither of the kinds *",
	    "chưa ghi loại quy tắc hoặc tham số: chọn một loại ở cột “Loại quy "
	    "tắc” và ghi cột “Tham số”; trang Hướng dẫn có ví dụ của từng loại" },
	{ "a rule has one kind; it is \"*\" already",
	    "mỗi quy tắc có một loại; quy tắc này đã là *" },
	{ "\"*\" says which fields it is about",
	    "loại * tự nói về cột nào; hãy để trống ô này" },
	{ "a rule for rows names the fields it reads",
	    "hãy ghi mã các cột mà quy tắc đọc ở “Cột liên quan”, cách nhau bằng dấu chấm "
	    "phẩy" },
	{ "there are two rules '*'", "quy tắc “*” có hai lần trong biểu này; hãy đổi một mã" },
	{ "\"*\" has no such parameter; it has: *",
	    "loại * không có tham số này; các tham số: *" },
	{ "the name of a field is wanted here", "ở đây cần mã của một cột" },
	{ "names no field", "chưa ghi mã cột nào" },
	{ "'*' is named twice", "“*” được ghi hai lần" },
	{ "'*' holds no numbers", "cột “*” không phải là cột số" },
	{ "'*' holds no days", "cột “*” không phải là cột ngày" },
	{ "'*' holds neither numbers nor yes and no",
	    "cột “*” không phải là cột số hay có/không" },
	{ "'*' holds neither numbers nor days", "cột “*” không phải là cột số hay cột ngày" },
	{ "'*' cannot be compared with '*'", "không so sánh được cột “*” với cột “*”" },
	{ "'*' is of another type than '*'", "cột “*” khác kiểu với cột “*”" },
	{ "'*' is no code of '*'", "“*” không phải là mã của cột “*”" },
	{ "'*' is no value of '*'", "“*” không phải là giá trị của cột “*”" },
	{ "there is no such form", "không có biểu này; xem trang Biểu" },
	{ "there is no form '*'", "không có biểu “*”; xem trang Biểu" },
	{ "is the rule's own form", "là chính biểu của quy tắc; ở đây cần một biểu khác" },
	{ "one field alone has no order", "cần ít nhất hai cột để so thứ tự" },
	{ "at least two fields are wanted here", "ở đây cần ít nhất hai cột" },
	{ "says neither \"list\" nor \"resource\"",
	    "thiếu list (danh mục) hoặc resource (bảng tra cứu)" },
	{ "an object of parameters is wanted here",
	    "ở đây cần các tham số, mỗi dòng: tên = giá trị" },
	{ "nothing fills {*} in its message",
	    "không có gì để thay {*} trong thông báo; chỉ dùng mã cột của "
	    "biểu và các chỗ thay của loại quy tắc" },
	{ "has an object or list where a value is wanted", "ở đây cần một giá trị" },
	/* SQL */
	{ "near \"*\": syntax error", "câu SQL sai cú pháp ở gần “*”" },
	{ "no such column: *", "câu SQL nhắc đến cột “*”, nhưng không có cột này" },
	{ "no such table: *", "câu SQL nhắc đến bảng “*”, nhưng không có bảng này" },
	{ "no such function: *", "câu SQL dùng hàm “*”, nhưng không có hàm này" },
	{ "ambiguous column name: *", "câu SQL không rõ cột “*” là của bảng nào" },
	{ "incomplete input", "câu SQL chưa hết; có lẽ thiếu một dấu ngoặc" },
	{ "unrecognized token: *", "câu SQL có chỗ không đọc được: *" },
	/* what tries the rulebook */
	{ "there is no rule '*'", "không có quy tắc “*”" },
	{ "there is no unit '*'", "không có đơn vị “*”" },
};

enum { STARS = 4 };

/* What stands at the stars; false where the sentence is another one. */
static bool
fits(struct bytes caught[STARS], struct bytes sentence, const char *pattern)
{
	struct bytes rest = bytes_of(pattern);

	for (size_t n = 0;; n++) {
		size_t star = bytes_find(rest, BYTES("*"));
		struct bytes plain = bytes_slice(rest, 0, star);
		size_t at = n == 0 ? 0 : bytes_find(sentence, plain);

		if (star == rest.len && n > 0) /* the last words end the sentence */
			at =
			    sentence.len >= plain.len ? sentence.len - plain.len : sentence.len;
		if (!bytes_starts(bytes_slice(sentence, at, sentence.len), plain) ||
		    (n == 0 && at > 0))
			return false;
		if (n > 0)
			caught[n - 1] = bytes_slice(sentence, 0, at);
		sentence = bytes_slice(sentence, at + plain.len, sentence.len);
		if (star == rest.len)
			return sentence.len == 0;
		if (n == STARS)
			return false;
		rest = bytes_slice(rest, star + 1, rest.len);
	}
}

const char *
mistake_words(struct arena *a, struct bytes sentence)
{
	struct bytes caught[STARS];

	for (size_t i = 0; i < COUNT(sentences); i++) {
		AUTO(buf_free) struct buf out = { 0 };
		size_t n = 0;

		if (!fits(caught, sentence, sentences[i].en))
			continue;
		for (const char *c = sentences[i].vi; *c; c++)
			if (*c == '*')
				buf_add(&out, caught[n++]);
			else
				buf_char(&out, *c);
		return arena_text(a, buf_bytes(&out));
	}
	return arena_text(a, sentence);
}
