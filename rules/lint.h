#ifndef RULES_LINT_H
#define RULES_LINT_H

#include "rules/cases.h"

/*
 * What looks wrong in a rulebook that can be read: not whether it is one (rulebook_open says
 * that), but what its writer hardly meant. A finding of level error makes it unusable: some
 * report could never be accepted.
 */
#define LINTS                                                                                                      \
	X(RANGE, ERROR,                                                                                            \
	    "khoảng cho phép rỗng: {low} lớn hơn {high}; không giá trị nào được nhận",                             \
	    "the range is empty: {low} is above {high}; no value is ever taken")                                   \
	X(ENUM, WARNING,                                                                                           \
	    "giá trị “{value}” của enum không qua được các ràng buộc khác của cột",                                \
	    "“{value}” of the enum does not satisfy the field's other constraints")                                \
	X(EXAMPLE, WARNING, "ví dụ “{value}” không qua được ràng buộc của chính cột này",                          \
	    "the example “{value}” does not satisfy the field's own constraints")                                  \
	X(DUE, WARNING, "hạn nộp {due} không sau ngày cuối kỳ {last}",                                             \
	    "due on {due}, which is not after the period's last day {last}")                                       \
	X(DIVISION, WARNING,                                                                                       \
	    "“{text}” chia hai số nguyên và bỏ phần lẻ (7/2 = 3); viết 1.0 * trước",                               \
	    "“{text}” divides whole numbers and drops the fraction (7/2 is 3); write 1.0 * "                   \
	    "before it")                                                                                           \
	X(SELF, WARNING, "“{text}” so một cột với chính nó",                                                       \
	    "“{text}” compares a column with itself")                                                              \
	X(IMPLIED, WARNING, "“{text}” luôn đúng vì ràng buộc của cột đã nói thế",                                  \
	    "“{text}” is always true: the field's own bounds say so already")                                      \
	X(CONTRADICTED, WARNING, "“{text}” không bao giờ đúng vì trái với ràng buộc của cột",                      \
	    "“{text}” is never true: the field's own bounds say otherwise")                                        \
	X(NEVER, WARNING,                                                                                          \
	    "quy tắc {rule} không báo gì ở mọi dòng thử nghiệm, và chưa có trường hợp nào " \
	    "làm nó báo",                                                                                          \
	    "rule {rule} finds nothing in any of the rows tried, and no case makes it fire")                       \
	X(ALWAYS, WARNING,                                                                                         \
	    "quy tắc {rule} báo lỗi ở mọi dòng thử nghiệm, và chưa có trường hợp nào qua "  \
	    "được",                                                                                                \
	    "rule {rule} fires on all rows tried, and no case passes it")                                          \
	X(UNASKED, WARNING, "không hỏi được quy tắc {rule}: {reason}",                                             \
	    "rule {rule} could not be asked: {reason}")                                                            \
	X(BARE_MESSAGE, WARNING,                                                                                   \
	    "câu báo lỗi không nói ở đâu và giá trị gì: chưa có {{cell}, {{value} hay tên "      \
	    "cột nào",                                                                                             \
	    "the message says neither where nor what: it has no {{cell}, {{value} or field")                       \
	X(VALUE, WARNING, "giá trị “{name}” không có trong câu báo lỗi nào",                                       \
	    "the value “{name}” is shown in no message")                                                           \
	X(ONE_LANGUAGE, WARNING, "chỉ có một ngôn ngữ; các chỗ khác có cả hai",                                    \
	    "is in one language only; others are in both")                                                         \
	X(UNUSED_LIST, INFO, "danh mục “{name}” không được dùng ở đâu",                                            \
	    "the list “{name}” is used nowhere")                                                                   \
	X(UNUSED_SETTING, INFO, "không quy tắc nào đọc thiết lập “{name}”",                                        \
	    "no rule reads the setting “{name}”")                                                                  \
	X(UNUSED_GROUP, INFO, "nhóm “{name}” không có cột nào",                                                    \
	    "no field is in the group “{name}”")                                                                   \
	X(UNUSED_TABLE, INFO, "bảng “{name}” không được dùng ở đâu",                                               \
	    "the table “{name}” is used nowhere")                                                                  \
	X(SUCCESSOR, WARNING, "đơn vị kế thừa “{name}” không có trong danh sách đơn vị",                           \
	    "there is no unit “{name}” to succeed it")                                                             \
	X(SUCCESSION, WARNING, "“{name}” không có trong bảng “{table}”",                                           \
	    "there is no “{name}” in table “{table}”")                                                             \
	X(OVERLAP, WARNING, "“{name}” có hiệu lực chồng lên dòng {other}",                                         \
	    "“{name}” is valid at the same time as in row {other}")                                                \
	X(GAP, INFO, "“{name}” không có hiệu lực từ {from} đến {to}",                                              \
	    "“{name}” is not valid from {from} to {to}")                                                           \
	X(NO_ADDRESS, INFO,                                                                                        \
	    "{count} đơn vị phải báo cáo chưa có địa chỉ trong danh sách người gửi: {list}",                       \
	    "{count} units that owe reports have no address in the roster: {list}")

enum lint_kind {
#define X(id, level, vi, en) LINT_##id,
	LINTS
#undef X
};

struct lint {
	enum lint_kind kind;
	enum level level;
	const char *name;  /* "division": for machines */
	const char *place; /* "datapackage.json:/resources/6/giamsat:rules/3/expr" */
	struct words text;
};

struct lints {
	const struct lint *list;
	size_t count;
	size_t by_level[4];
};

/* Reads the rulebook's datapackage.json once more, for the places. */
int lint_rulebook(struct lints *out, struct arena *a, const struct rulebook *r,
    const struct rule_cases *cases, struct err *e) MUST_CHECK;

#endif
