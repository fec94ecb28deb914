#ifndef RULES_DIFF_H
#define RULES_DIFF_H

#include "rules/rulebook.h"

/*
 * What differs between two rulebooks, in words, by what it means to those who report. Forms are
 * the same by id, fields by name, rules by id, rows of tables by their code.
 */
enum change_group {
	CHANGE_REFUSES, /* what was accepted may now be refused */
	CHANGE_ASKS,    /* more to send, or on another day */
	CHANGE_ACCEPTS, /* what was refused may now be accepted */
	CHANGE_WORDS,   /* titles, messages */
	CHANGE_OTHER,
	CHANGE_GROUPS
};

#define CHANGES                                                                                \
	X(FORM_REMOVED, REFUSES, "Biểu {form} không còn.", "Form {form} is gone.")             \
	X(FORM_ADDED, ASKS, "Biểu mới {form}: {new}.", "New form {form}: {new}.")              \
	X(FORM_TITLE, WORDS, "Biểu {form}: tên “{old}” thành “{new}”.",                        \
	    "Form {form}: title “{old}” is now “{new}”.")                                      \
	X(FORM_PERIOD, REFUSES, "Biểu {form}: kỳ báo cáo “{old}” thành “{new}”.",              \
	    "Form {form}: its period was {old}, is {new}.")                                    \
	X(FORM_DUE, ASKS, "Biểu {form}: hạn nộp {old} thành {new} (kỳ {period}).",             \
	    "Form {form}: due on {old}, now on {new} (for {period}).")                         \
	X(FORM_LOCKS, REFUSES, "Biểu {form}: khoá sổ {old} thành {new} (kỳ {period}).",        \
	    "Form {form}: closed after {old}, now after {new} (for {period}).")                \
	X(FORM_OPENS, REFUSES, "Biểu {form}: nhận kỳ từ ngày {old}, nay từ {new}.",            \
	    "Form {form}: took periods from {old}, now from {new}.")                           \
	X(FORM_STRICT, REFUSES, "Biểu {form}: nay một lỗi là trả lại cả bảng.",                \
	    "Form {form}: one error now refuses the table.")                                   \
	X(FORM_PARTIAL, ACCEPTS, "Biểu {form}: nay nhận các dòng không có lỗi.",               \
	    "Form {form}: rows without errors are now taken.")                                 \
	X(FORM_KEY, REFUSES, "Biểu {form}: khoá “{old}” thành “{new}”.",                       \
	    "Form {form}: its key was “{old}”, is “{new}”.")                                   \
	X(FORM_LAYOUT, OTHER, "Biểu {form}: đổi cách nhận ra bố cục bảng.",                    \
	    "Form {form}: how its layout is recognised has changed.")                          \
	X(FIELD_REMOVED, REFUSES, "{form}, cột “{field}”: không còn; cột này nay là cột lạ.",  \
	    "{form}, column “{field}”: is gone, and unknown where it is still sent.")          \
	X(FIELD_ADDED, ACCEPTS, "{form}, cột mới “{field}” (không bắt buộc).",                 \
	    "{form}, new column “{field}” (may be missing).")                                  \
	X(FIELD_ADDED_NEEDED, REFUSES, "{form}, cột mới “{field}”: phải có.",                  \
	    "{form}, new column “{field}”: must be there.")                                    \
	X(FIELD_TYPE, REFUSES, "{form}, cột “{field}”: kiểu {old} thành {new}.",               \
	    "{form}, column “{field}”: type {old} is now {new}.")                              \
	X(FIELD_REQUIRED, REFUSES, "{form}, cột “{field}”: nay bắt buộc.",                     \
	    "{form}, column “{field}”: is now required.")                                      \
	X(FIELD_OPTIONAL, ACCEPTS, "{form}, cột “{field}”: không còn bắt buộc.",               \
	    "{form}, column “{field}”: is no longer required.")                                \
	X(FIELD_NARROWER, REFUSES, "{form}, cột “{field}”: {what} {old} thành {new}.",         \
	    "{form}, column “{field}”: {what} was {old}, is {new}.")                           \
	X(FIELD_WIDER, ACCEPTS, "{form}, cột “{field}”: {what} {old} thành {new}.",            \
	    "{form}, column “{field}”: {what} was {old}, is {new}.")                           \
	X(FIELD_CODES, REFUSES, "{form}, cột “{field}”: danh mục {old} thành {new}.",          \
	    "{form}, column “{field}”: codes of {old}, now of {new}.")                         \
	X(FIELD_CONSTRAINT, REFUSES, "{form}, cột “{field}”: {what} thay đổi.",                \
	    "{form}, column “{field}”: its {what} has changed.")                               \
	X(FIELD_HEADING, REFUSES, "{form}, cột “{field}”: không còn nhận tiêu đề “{old}”.",    \
	    "{form}, column “{field}”: the heading “{old}” is no longer known.")               \
	X(FIELD_TITLE, WORDS, "{form}, cột “{old}”: tên mới “{new}”.",                         \
	    "{form}, column “{old}”: is now called “{new}”.")                                  \
	X(RULE_ADDED, REFUSES, "{form}, quy tắc mới {rule} ({level}): {new}",                  \
	    "{form}, new rule {rule} ({level}): {new}")                                        \
	X(RULE_ADDED_MILD, OTHER, "{form}, quy tắc mới {rule} ({level}): {new}",               \
	    "{form}, new rule {rule} ({level}): {new}")                                        \
	X(RULE_REMOVED, ACCEPTS, "{form}, quy tắc {rule} ({level}) không còn: {old}",          \
	    "{form}, rule {rule} ({level}) is gone: {old}")                                    \
	X(RULE_HARDER, REFUSES, "{form}, quy tắc {rule}: mức {old} thành {new}.",              \
	    "{form}, rule {rule}: level {old} is now {new}.")                                  \
	X(RULE_MILDER, ACCEPTS, "{form}, quy tắc {rule}: mức {old} thành {new}.",              \
	    "{form}, rule {rule}: level {old} is now {new}.")                                  \
	X(RULE_CONDITION, REFUSES,                                                             \
	    "{form}, quy tắc {rule} ({level}): điều kiện {old} thành {new}.",                  \
	    "{form}, rule {rule} ({level}): its condition was {old}, is {new}.")               \
	X(RULE_CONDITION_MILD, OTHER,                                                          \
	    "{form}, quy tắc {rule} ({level}): điều kiện {old} thành {new}.",                  \
	    "{form}, rule {rule} ({level}): its condition was {old}, is {new}.")               \
	X(RULE_MESSAGE, WORDS, "{form}, quy tắc {rule}: câu báo “{old}” thành “{new}”.",       \
	    "{form}, rule {rule}: its message “{old}” is now “{new}”.")                        \
	X(SETTING, REFUSES, "Thiết lập {what}: {old} thành {new}.",                            \
	    "Setting {what}: was {old}, is {new}.")                                            \
	X(UNIT_REMOVED, REFUSES, "Đơn vị không còn: {what}.", "Units that are gone: {what}.")  \
	X(UNIT_ENDED, REFUSES, "Đơn vị kết thúc sớm hơn: {what}.",                             \
	    "Units that end earlier: {what}.")                                                 \
	X(UNIT_ADDED, ASKS, "Đơn vị mới: {what}.", "New units: {what}.")                       \
	X(UNIT_FORMS, ASKS, "Đơn vị phải nộp biểu khác trước: {what}.",                        \
	    "Units that owe other forms: {what}.")                                             \
	X(UNIT_RENAMED, WORDS, "Đơn vị đổi tên: {what}.", "Units renamed: {what}.")            \
	X(CODE_REMOVED, REFUSES, "Bảng {table}: bỏ {what}.", "Table {table}: without {what}.") \
	X(CODE_ENDED, REFUSES, "Bảng {table}: kết thúc sớm hơn {what}.",                       \
	    "Table {table}: these end earlier: {what}.")                                       \
	X(CODE_ADDED, ACCEPTS, "Bảng {table}: thêm {what}.", "Table {table}: new {what}.")     \
	X(CODE_CHANGED, WORDS, "Bảng {table}: sửa {what}.", "Table {table}: changed {what}.")  \
	X(TABLE_REMOVED, OTHER, "Bảng {table} không còn.", "Table {table} is gone.")           \
	X(TABLE_ADDED, OTHER, "Bảng mới {table}.", "New table {table}.")                       \
	X(PACKAGE, OTHER, "Thay đổi {what}.", "Changed: {what}.")                              \
	X(VERSION, OTHER, "Phiên bản {old} thành {new}.", "Version {old} is now {new}.")

enum change_kind {
#define X(id, group, vi, en) CHANGED_##id,
	CHANGES
#undef X
};

struct change {
	enum change_kind kind;
	enum change_group group;
	const char *name;  /* "field-required": for machines */
	const char *form;  /* "" */
	const char *about; /* field, rule, table or setting; "" */
	struct words text;
};

struct changes {
	const struct change *list; /* by group, then in the order of the rulebooks */
	size_t count;
};

/* Reads both datapackage.json once more, for what a rulebook does not keep. */
int rulebook_diff(struct changes *out, struct arena *a, const struct rulebook *before,
    const struct rulebook *after, struct err *e) MUST_CHECK;
struct words change_group_words(enum change_group group);

#endif
