/* Why: nobody reads a manual before opening a workbook, so its first sheet is one. */
#include "reports/workbook_xlsx_int.h"
#include "rules/rule.h"

static const struct {
	const char *vi, *en;
} lines[] = {
	{ "Tệp này chứa toàn bộ chiến dịch: biểu, cột, quy tắc, câu thông báo, danh mục, lịch. "
	  "Sửa ở "
	  "đây rồi nạp lại bằng lệnh: giamsat -C THƯ_MỤC rules import TỆP.xlsx",
	    "This workbook holds the whole campaign: forms, columns, rules, messages, code "
	    "lists, "
	    "calendar. Change it, then: giamsat -C FOLDER rules import FILE.xlsx" },
	{ "Khi nạp, chỗ sai được báo kèm trang tính và ô (ví dụ Quy tắc!D17); còn một chỗ sai "
	  "thì "
	  "không có gì được ghi: sửa hết rồi nạp lại.",
	    "Mistakes are told with sheet and cell (Quy tắc!D17); while there is one, nothing "
	    "is "
	    "written: mend all, and import again." },
	{ "Mỗi dòng là một biểu, một cột, một quy tắc … Thêm: ghi vào dòng trống dưới cùng "
	  "hoặc chèn một "
	  "dòng. Bỏ: xóa cả dòng. Thứ tự các dòng là thứ tự trong chiến dịch.",
	    "Each row is a form, a column, a rule … To add one, fill in an empty row or insert "
	    "one; to "
	    "take one away, delete the row. The order of rows counts." },
	{ "Không sửa hai dòng tiêu đề, không đổi tên trang tính. Có thể xếp lại cột, ẩn cột, "
	  "thêm trang "
	  "ghi chú của riêng mình (trang đó không được đọc).",
	    "Leave the two rows of headings and the names of sheets as they are. Columns may "
	    "be moved "
	    "or hidden; sheets of your own are not read." },
	{ "Nhiều giá trị trong một ô cách nhau bằng dấu chấm phẩy: Tổng số hộ; Số hộ dân cư. "
	  "Giá trị có "
	  "dấu chấm phẩy hoặc để trống đặt trong dấu nháy kép: \"a; b\"; \"\"",
	    "Several values in one cell are separated by semicolons. One that has a semicolon "
	    "in it, or "
	    "is empty, stands in quotes: \"a; b\"; \"\"" },
	{ "Dấu chấm phẩy sau một giá trị duy nhất (parts = poor_end;) nghĩa là danh sách một "
	  "phần tử; có hay "
	  "không đều được.",
	    "A semicolon behind a single value (parts = poor_end;) makes it a list of one; "
	    "with or "
	    "without it, it means the same." },
	{ "Số ghi như mọi ô số của Excel (0,6 hoặc 0.6 tùy máy). Trong ô Tham số ghi liền, "
	  "không có dấu "
	  "nghìn: 1000 hoặc 0,6.",
	    "Numbers are numbers as everywhere in a spreadsheet. In parameters they have no "
	    "mark of "
	    "thousands: 1000, 0.6." },
	{ "Sau khi nạp: giamsat rules check tìm chỗ đáng ngờ, giamsat rules test chạy các "
	  "trường hợp thử, "
	  "giamsat rehearse chấm lại mọi báo cáo đã nhận theo quy tắc mới.",
	    "Afterwards: giamsat rules check looks for what is odd, giamsat rules test judges "
	    "the cases, "
	    "giamsat rehearse judges all that was received again by the new rules." },
	{ "Mã có số 0 ở đầu (06067) được giữ nguyên vì các ô đã định dạng là chữ.",
	    "Codes keep leading zeros (06067): cells are formatted as text." },
	{ "Cột “Thuộc tính khác (JSON)” giữ những gì chưa có cột riêng; nếu không rõ thì để "
	  "nguyên.",
	    "“Other properties (JSON)” keeps what has no column of its own; leave it as it is "
	    "when in "
	    "doubt." },
	{ "Trong thông báo, {mã_cột} được thay bằng số liệu của đơn vị; {expected}, {formula}, "
	  "{difference} … bằng con số do quy tắc tính.",
	    "In messages {column} becomes the unit's figure; {expected}, {formula}, "
	    "{difference} … "
	    "what the rule computed." },
};

enum { HEAD, VI, EN, EXAMPLE, WIDTH };

static const double widths[WIDTH] = { [HEAD] = 22, [VI] = 64, [EN] = 64, [EXAMPLE] = 60 };

static void
put(struct book_writer *w, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
    const char *text, lxw_format *f)
{
	(void)w;
	if (text && *text)
		(void)worksheet_write_string(sheet, row, column, text, f); /* within bounds */
}

static void
fit(lxw_worksheet *sheet, lxw_row_t row, const char *vi, const char *en, const char *example)
{
	unsigned high = 0;

	height_add(&high, vi, widths[VI]);
	height_add(&high, en, widths[EN]);
	height_add(&high, example, widths[EXAMPLE]);
	height_set(sheet, row, high);
}

static void
section(struct book_writer *w, lxw_worksheet *sheet, lxw_row_t row, const char *head,
    const char *vi, const char *en, const char *example)
{
	put(w, sheet, row, HEAD, head, w->section);
	put(w, sheet, row, VI, vi, w->section);
	put(w, sheet, row, EN, en, w->section);
	put(w, sheet, row, EXAMPLE, example, w->section);
}

/* Below what the kind does, each parameter on a line. */
static const char *
parameters(struct book_writer *w, const struct rule_kind *kind, enum language l)
{
	AUTO(buf_free) struct buf out = { 0 };

	buf_text(&out, words_in(kind->help, l));
	for (const struct rule_param *p = kind->params; p && p->name; p++)
		buf_printf(&out, "\n• %s%s: %s", p->name,
		    p->required ? (l == LANGUAGE_VI ? " (bắt buộc)" : " (required)") : "",
		    words_in(p->help, l));
	return arena_text(w->arena, buf_bytes(&out));
}

static lxw_row_t
kinds(struct book_writer *w, lxw_worksheet *sheet, lxw_row_t row)
{
	size_t count;
	const struct rule_kind *const *all = rule_kinds(&count);

	section(w, sheet, row++, "Loại quy tắc", "Kiểm tra gì, các tham số",
	    "What it checks, and its parameters", "Ví dụ của ô Tham số (Example)");
	for (size_t i = 0; i < count; i++, row++) {
		put(w, sheet, row, HEAD, all[i]->name, w->text);
		put(w, sheet, row, VI, parameters(w, all[i], LANGUAGE_VI), w->wrapped);
		put(w, sheet, row, EN, parameters(w, all[i], LANGUAGE_EN), w->wrapped);
		put(w, sheet, row, EXAMPLE, workbook_example(w->arena, all[i]), w->example);
		fit(sheet, row, parameters(w, all[i], LANGUAGE_VI),
		    parameters(w, all[i], LANGUAGE_EN), workbook_example(w->arena, all[i]));
	}
	return row;
}

static lxw_row_t
sheets(struct book_writer *w, lxw_worksheet *sheet, lxw_row_t row)
{
	section(w, sheet, row++, "Trang tính", "Chứa gì", "What it holds", "");
	for (size_t i = 0; i < w->from->count; i++, row++) {
		const struct workbook_sheet *s = &w->from->sheets[i];
		const char *link = arena_printf(w->arena, "internal:'%s'!A1", s->name);

		(void)worksheet_write_url(
		    sheet, row, HEAD, link, NULL); /* the text alone stays when it fails */
		put(w, sheet, row, HEAD, s->name, w->text);
		put(w, sheet, row, VI, s->help.in[LANGUAGE_VI], w->wrapped);
		put(w, sheet, row, EN, s->help.in[LANGUAGE_EN], w->wrapped);
		fit(sheet, row, s->help.in[LANGUAGE_VI], s->help.in[LANGUAGE_EN], "");
	}
	return row;
}

int
book_guide(struct book_writer *w, struct err *e)
{
	lxw_worksheet *sheet = workbook_add_worksheet(w->book, workbook_guide);
	lxw_row_t row = 0;

	if (!sheet)
		return err_set(e, ERR_STOP, "the first sheet cannot be made");
	for (lxw_col_t c = 0; c < WIDTH; c++)
		(void)worksheet_set_column(sheet, c, c, widths[c], NULL); /* within bounds */
	put(w, sheet, row++, HEAD, words_in(w->from->title, LANGUAGE_VI), w->title);
	section(w, sheet, ++row, "Cách dùng", "Hướng dẫn", "How to use it", "");
	for (size_t i = 0; i < COUNT(lines); i++) {
		put(w, sheet, ++row, HEAD, arena_printf(w->arena, "%zu", i + 1), w->text);
		put(w, sheet, row, VI, lines[i].vi, w->wrapped);
		put(w, sheet, row, EN, lines[i].en, w->wrapped);
		fit(sheet, row, lines[i].vi, lines[i].en, "");
	}
	row = sheets(w, sheet, row + 2);
	(void)kinds(w, sheet, row + 1);
	worksheet_set_landscape(sheet);
	worksheet_set_paper(sheet, 9); /* A4 */
	worksheet_fit_to_pages(sheet, 1, 0);
	return OK;
}
