#ifndef REPORTS_BOOK_WORDS_H
#define REPORTS_BOOK_WORDS_H

#include "rules/message.h"

/*
 * What is said to those who write a rulebook about it: how its cases came out, what looks
 * wrong, what differs from another one. Sentences with {placeholders} in both languages.
 */
#define BOOK_WORDS                                                                             \
	/* rules test */                                                                       \
	X(CASE_FAILED, "{place} “{name}” ({form}, {unit}, {period}): sai",                     \
	    "{place} “{name}” ({form}, {unit}, {period}): fails")                              \
	X(CASE_MISSING, "  không thấy: {what}", "  not found: {what}")                         \
	X(CASE_SURPLUS, "  không mong đợi: {what}: {message}",                                 \
	    "  not expected: {what}: {message}")                                               \
	X(CASE_FIRED, "  đáng lẽ không được báo: {what}", "  should not have fired: {what}")   \
	X(CASE_RULE, "  không hỏi được quy tắc {what}: {message}",                             \
	    "  rule {what} could not be asked: {message}")                                     \
	X(CASE_SPOILED, "  không được nhận: {what}", "  is not accepted: {what}")              \
	X(CASE_NO_TABLE, "  không đọc được thành bảng nào", "  it is no table at all")         \
	X(CASES_TOLD, "{cases} trường hợp, {failed} sai; {rules} quy tắc.",                    \
	    "{cases} cases, {failed} failed; {rules} rules.")                                  \
	X(CASES_UNFIRED, "Chưa có trường hợp vi phạm: {list}.", "No case breaks: {list}.")     \
	X(CASES_UNMISSED, "Chưa có trường hợp suýt vi phạm (“misses”): {list}.",               \
	    "No near miss (“misses”) of: {list}.")

enum book_word {
#define X(id, vi, en) BOOK_##id,
	BOOK_WORDS
#undef X
};

/* The sentence with its placeholders filled, in the arena. */
const char *book_say(struct arena *a, enum book_word word, enum language l,
    const struct filler *fillers, size_t count);

#endif
