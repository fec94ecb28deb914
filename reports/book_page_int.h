#ifndef REPORTS_BOOK_PAGE_INT_H
#define REPORTS_BOOK_PAGE_INT_H

#include <jansson.h>

#include "reports/book_page.h"
#include "reports/html.h"

#define PAGE_WORDS                                                                             \
	X(SUBTITLE, "Hướng dẫn ghi biểu", "How to fill in the forms")                          \
	X(VERSION, "Phiên bản", "Version")                                                     \
	X(CONTENTS, "Mục lục", "Contents")                                                     \
	X(FORM, "Biểu", "Form")                                                                \
	X(COLUMNS, "Các cột", "Columns")                                                       \
	X(RULES, "Khi nào hệ thống báo", "When something is said")                             \
	X(NUMBER, "Số", "No.")                                                                 \
	X(COLUMN, "Cột", "Column")                                                             \
	X(MEANING, "Nội dung, cách ghi", "What it is, how to write it")                        \
	X(ALLOWED, "Được nhận", "What is taken")                                               \
	X(NEEDED, "Bắt buộc", "Required")                                                      \
	X(EXAMPLE, "Ví dụ", "Example")                                                         \
	X(YES, "có", "yes")                                                                    \
	X(RULE, "Quy tắc", "Rule")                                                             \
	X(LEVEL, "Mức", "Level")                                                               \
	X(SAID, "Báo khi", "Said when")                                                        \
	X(REJECT, "trả lại cả bảng", "the table is refused")                                   \
	X(ERROR, "lỗi, phải sửa", "error, to be corrected")                                    \
	X(WARNING, "xem lại", "to be looked at")                                               \
	X(INFO, "để biết", "for information")                                                  \
	X(STRICT, "Một lỗi là cả bảng bị trả lại để sửa.",                                     \
	    "One error, and the whole table is sent back to be corrected.")                    \
	X(PARTIAL, "Các dòng không có lỗi được nhận.", "Rows without errors are taken.")       \
	X(EACH_YEAR, "Nộp mỗi năm một lần.", "Once a year.")                                   \
	X(EACH_HALF, "Nộp sáu tháng một lần.", "Twice a year.")                                \
	X(EACH_QUARTER, "Nộp mỗi quý một lần.", "Each quarter.")                               \
	X(EACH_MONTH, "Nộp mỗi tháng một lần.", "Each month.")                                 \
	X(ANY_ORDER,                                                                           \
	    "Thứ tự các cột và các dòng đầu trang để tự do; hệ thống tìm cột theo tiêu đề.",   \
	    "Columns may stand in any order below any letter-head; they are found by their "   \
	    "headings.")                                                                       \
	X(ALSO, "Cũng nhận tiêu đề", "Also called")                                            \
	X(TEXT, "chữ", "text")                                                                 \
	X(WHOLE, "số nguyên", "whole number")                                                  \
	X(DECIMAL, "số", "number")                                                             \
	X(PERCENT, "số phần trăm", "percentage")                                               \
	X(PLACES, "nhiều nhất {n} chữ số thập phân", "at most {n} decimal places")             \
	X(BOOLEAN, "có hoặc không", "yes or no")                                               \
	X(DATE, "ngày, tháng, năm", "day, month, year")                                        \
	X(YEAR, "năm", "year")                                                                 \
	X(COUNTED, "đơn vị tính: {list}", "counted in: {list}")                                \
	X(CODE_OF, "mã hoặc tên trong danh mục", "a code or title of the list")                \
	X(CODES_OF, "một hoặc nhiều mã, tên trong danh mục, cách nhau bằng “{list}”",          \
	    "one or several codes or titles, separated by “{list}”, of the list")              \
	X(LOOKED_UP, "mã hoặc tên có trong bảng {list}, còn hiệu lực vào cuối kỳ",             \
	    "a code or name of the table {list} that is valid at the end of the period")       \
	X(ONE_OF, "một trong: {list}", "one of: {list}")                                       \
	X(FROM_TO, "từ {low} đến {high}", "from {low} to {high}")                              \
	X(FROM, "từ {low} trở lên", "{low} or more")                                           \
	X(TO, "đến {high}", "{high} or less")                                                  \
	X(LENGTH, "từ {low} đến {high} ký tự", "{low} to {high} characters")                   \
	X(LENGTH_MOST, "nhiều nhất {high} ký tự", "at most {high} characters")                 \
	X(LENGTH_LEAST, "ít nhất {low} ký tự", "at least {low} characters")                    \
	X(PATTERN, "đúng mẫu {list}", "of the pattern {list}")                                 \
	X(UNIQUE, "không lặp lại trong bảng", "no value twice in the table")                   \
	X(ZERO, "“{list}” được hiểu là 0", "“{list}” is read as 0")                            \
	X(BLANK, "để trống được hiểu là {list}", "a blank is read as {list}")                  \
	X(OWN_UNIT, "tên hoặc mã của đơn vị gửi", "name or code of the sending unit")          \
	X(OWN_PERIOD, "kỳ báo cáo", "the reported period")                                     \
	X(WRONG_CELL, "Ngoài ra, mỗi ô phải đúng như mô tả ở bảng các cột.",                   \
	    "And each cell must be as the table of columns says.")                             \
	X(DUE_DAYS, "Hạn nộp năm {list}", "Due days of {list}")                                \
	X(PERIOD, "Kỳ", "Period")                                                              \
	X(DUE, "Hạn nộp", "Due")                                                               \
	X(LOCKS, "Khoá sổ sau ngày", "Closed after")                                           \
	X(LISTS, "Danh mục mã", "Codes")                                                       \
	X(LIST, "Danh mục", "List")                                                            \
	X(CODE, "Mã", "Code")                                                                  \
	X(TITLE, "Tên", "Title")                                                               \
	X(VALID, "Hiệu lực", "Valid")                                                          \
	X(SINCE, "từ {low}", "since {low}")                                                    \
	X(UNTIL, "đến {high}", "until {high}")                                                 \
	X(UNITS, "Đơn vị báo cáo", "Who reports")                                              \
	X(UNIT, "Đơn vị", "Unit")                                                              \
	X(FORMS, "Biểu phải nộp", "Forms due")                                                 \
	X(VOLUNTARY, "không bắt buộc", "not due")

enum page_word {
#define X(id, vi, en) PAGE_##id,
	PAGE_WORDS
#undef X
};

struct page {
	struct buf *out;
	struct arena *arena;
	const struct rulebook *book;
	const json_t *root; /* datapackage.json, for what judging does not need */
	int year;
	enum language language;
};

const char *page_word(const struct page *p, enum page_word word);
/* The same with {list}, {low}, {high}, {n} filled in; NULL: "". */
const char *page_fill(const struct page *p, enum page_word word, const char *list,
    const char *low, const char *high);
void page_heading_row(const struct page *p, const enum page_word *words, size_t count);
const char *page_day(const struct page *p, struct date d);

void page_columns(const struct page *p, const struct form *f, const json_t *resource);
void page_rules(const struct page *p, const struct form *f);
void page_days(const struct page *p);
void page_lists(const struct page *p);
void page_units(const struct page *p);

#endif
