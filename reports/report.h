#ifndef REPORTS_REPORT_H
#define REPORTS_REPORT_H

#include "reports/letter.h"
#include "reports/mime_write.h"
#include "reports/template.h"

/* What a letter says. To add a kind: one file that defines report_NAME, and X(NAME) here. */
#define REPORTS X(receipt) X(digest) X(yearly)

/* Everything in it lives in the letter's arena but the buffers. */
struct draft {
	struct arena *a;
	const struct letter_context *ctx;
	const struct letter *letter;
	enum language language;
	bool note; /* plain text only */
	const char *subject;
	struct buf text, html;
	struct buf file; /* attached when not empty */
	const char *file_name, *file_type;
	const char *verdict;                  /* one word for programs; NULL none */
	const char *in_reply_to, *references; /* "" none */
};

struct report {
	enum letter_kind kind;
	const char *const *texts; /* names of the texts it may use, NULL-terminated */
	const char *const *names; /* what these may ask for, NULL-terminated */
	int (*compose)(struct draft *d, struct err *e);
};

#define X(name) extern const struct report report_##name;
REPORTS
#undef X

/*
 * Fills the campaign's text of that name into subject, text and html. ERR_STOP naming the file
 * when it is missing or asks for what s does not have. Slots that every text may use
 * (SLOTS_OF_ALL) are added here.
 */
int draft_fill(struct draft *d, const char *text, struct slots *s, struct err *e) MUST_CHECK;
#define SLOTS_OF_ALL "campaign", "help_name", "help_phone", "own_address", "own_name"

#endif
