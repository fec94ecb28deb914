#ifndef REPORTS_WORDS_H
#define REPORTS_WORDS_H

#include "base/arena.h"
#include "base/date.h"
#include "base/decimal.h"
#include "rules/rulebook.h"

/*
 * Words for people that belong to no campaign: how dates, numbers and cells are written, column
 * headings of our tables, and what to do about a file that could not be read. Sentences of
 * letters lie in the campaign's texts.
 */

const char *words_language(enum language l); /* "vi" */
const char *words_period(
    struct arena *a, struct period p, enum language l); /* "Quý I năm 2023"; "" none */
const char *words_date(
    struct arena *a, struct date d, enum language l); /* "31/12/2023"; "" none */
const char *words_moment(
    struct arena *a, int64_t at_s, int offset_s, enum language l); /* "08:05 ngày 31/12/2023" */
const char *words_clock(struct arena *a, int64_t at_s, int offset_s);      /* "08:05" */
const char *words_bytes(struct arena *a, uint64_t bytes, enum language l); /* "18 KB" */
const char *words_number(
    struct arena *a, struct decimal d, enum language l); /* "1.234.567,89" */
const char *words_count(struct arena *a, uint64_t n, enum language l);
/*
 * What a table was understood to be: "Biểu M2, năm 2023, UBND huyện Bình Gia, 19 xã"; parts
 * that are not known (form NULL, period of no kind, unit "") are left out.
 */
const char *words_understood(struct arena *a, const struct form *form, struct period period,
    const char *unit, uint64_t rows, enum language l);
/* "D17"; a row, a column or the table as a whole when one or both are 0. */
const char *words_cell(struct arena *a, uint32_t row, uint32_t column, enum language l);
const char *words_quoted(
    struct arena *a, const char *text, enum language l); /* “text”; "" for "" */

#define LABELS                                                                                 \
	X(CELL, "Ô", "Cell")                                                                   \
	X(COLUMN, "Cột", "Column")                                                             \
	X(VALUE, "Giá trị đã ghi", "Value")                                                    \
	X(WRONG, "Nội dung cần sửa", "What is wrong")                                          \
	X(NOTE, "Nội dung lưu ý", "Note")                                                      \
	X(FILE, "Tệp", "File")                                                                 \
	X(UNIT, "Đơn vị", "Unit")                                                              \
	X(UNIT_CODE, "Mã đơn vị", "Unit code")                                                 \
	X(FORM, "Biểu", "Form")                                                                \
	X(PERIOD, "Kỳ báo cáo", "Period")                                                      \
	X(NAME, "Tên", "Name")                                                                 \
	X(DUE, "Hạn nộp", "Due")                                                               \
	X(RECEIVED, "Ngày nhận", "Received")                                                   \
	X(LATE_DAYS, "Muộn (ngày)", "Days late")                                               \
	X(VERSION, "Lần", "Version")                                                           \
	X(TRIES, "Số lần gửi", "Tries")                                                        \
	X(REFUSED, "Bị trả lại", "Refused")                                                    \
	X(STATE, "Tình trạng", "State")                                                        \
	X(ACCEPTED, "Đã nhận", "Accepted")                                                     \
	X(ACCEPTED_LATE, "Đã nhận, muộn", "Accepted, late")                                    \
	X(CORRECTED, "Đã nhận, có sửa", "Accepted, corrected")                                 \
	X(OPEN, "Chưa đạt", "Not accepted")                                                    \
	X(MISSING, "Chưa nộp", "Missing")                                                      \
	X(VOLUNTARY, "không bắt buộc", "not due")                                              \
	X(TOTAL, "Tổng cộng", "Total")                                                         \
	X(SUBTOTAL, "Cộng", "Subtotal")                                                        \
	X(REASON, "Lý do", "Reason")                                                           \
	X(SENDER, "Người gửi", "Sender")                                                       \
	X(SUMMARY, "Tóm tắt", "Summary")                                                       \
	X(BOARD, "Tình hình nộp báo cáo", "Reports received")                                  \
	X(DUE_COUNT, "Phải nộp", "Due")                                                        \
	X(RECEIVED_COUNT, "Đã nhận hợp lệ", "Received and valid")                              \
	X(ON_TIME_COUNT, "Đúng hạn", "On time")                                                \
	X(CORRECTED_COUNT, "Đã sửa sau khi nhận", "Corrected later")                           \
	X(MADE, "Lập lúc", "Made")                                                             \
	X(DIGEST, "Mã kiểm tra", "Digest")                                                     \
	X(YEAR, "Năm", "Year")                                                                 \
	X(UNITS, "Tình hình nộp báo cáo theo đơn vị", "Reports by unit")                       \
	X(RECEIVED_RATE, "Tỷ lệ (%)", "Accepted (%)")                                          \
	X(LATE_COUNT, "Muộn", "Late")                                                          \
	X(CHANGED_COUNT, "Có sửa", "Corrected")                                                \
	X(REPORT, "Báo cáo", "Report")                                                         \
	X(RULE, "Quy tắc", "Rule")                                                             \
	X(DISAGREES, "Không còn khớp", "No longer agrees")                                     \
	X(AGREES, "Đã khớp lại", "Agrees again")

enum label {
#define X(id, vi, en) LABEL_##id,
	LABELS
#undef X
};

const char *words_label(enum label label, enum language l);
struct words words_both(enum label label);
/* For a message's state of the ledger ("stranger", "unreadable" …); the word itself when
 * unknown. */
const char *words_state(const char *state, enum language l);

#endif
