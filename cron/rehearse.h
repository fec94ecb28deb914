#ifndef CRON_REHEARSE_H
#define CRON_REHEARSE_H

#include "cron/command.h"
#include "cron/message_judge.h"
#include "cron/progress.h"
#include "cron/settings.h"
#include "store/figures.h"

/*
 * What `giamsat rehearse` is made of: every stored original is judged again by other rules, and
 * what is found out is compared with what the ledger says of it.
 */

/* What may become of a report; the word is for machines. */
#define CHANGES                                                                                \
	X(FAILS, "fails", "Đã nhận, nay sẽ bị từ chối", "Accepted, would now be refused")      \
	X(PASSES, "passes", "Bị từ chối, nay sẽ được nhận", "Refused, would now be accepted")  \
	X(UNDERSTOOD, "understood", "Được hiểu là của đơn vị, biểu hoặc kỳ khác",              \
	    "Understood as of another unit, form or period")                                   \
	X(ROWS, "rows", "Vẫn được nhận, nhưng nạp số dòng khác",                               \
	    "Still accepted, with another number of rows")                                     \
	X(GONE, "gone", "Không còn được đọc thành bảng", "No longer read as a table")          \
	X(NEW, "new", "Trước đây chưa được đọc thành bảng", "Not read as a table before")

enum change {
#define X(name, word, vi, en) CHANGE_##name,
	CHANGES
#undef X
	    CHANGE_NONE
};

struct rehearsal {
	const struct options *o;
	const struct settings *settings;
	struct rulebook *rulebook; /* the new rules */
	enum language language;
	bool all;           /* also superseded reports and tries that another one followed */
	const char *form;   /* "": any */
	int year;           /* 0: any */
	const int64_t *ids; /* of the messages, oldest first */
	size_t count;
	unsigned jobs;
	struct progress *progress;

	/* What comes of it. */
	json_t *changed; /* each as told by --json, with "index" and "table" to sort by */
	/*
	 * Of changes by their words; "unchanged", among them "doubted", which the ledger knows
	 * to disagree with what came after; what was not compared: "duplicates" and, without
	 * --all, "superseded", "earlier_tries".
	 */
	json_t *counts;
	json_t *rules; /* {"M2-01": {"fails": 1, …, "warnings_then": 2, "warnings_now": 3}} */
	json_t *failed;    /* {"M2-01": why it could not be asked} */
	size_t done, lost; /* messages; lost: which could not be judged, told as it happens */
};

/* What was found out about one message then and now. */
struct rehearsed {
	const struct rehearsal *rehearsal;
	struct arena *arena;
	const struct figure_message *then;
	const bool *last_try; /* of its submissions */
	/* NULL: the reader ended badly, for the reason given. */
	const struct message_judged *now;
	const char *reason;
};

/*
 * {"changed": […], "counts": {…}, "rules": {…}, "failed": {…}}: as the members of the rehearsal
 * of these names, of one message.
 */
json_t *rehearse_compare(const struct rehearsed *m);

/* Judges them all in r->jobs processes; no ledger may be open. */
int rehearse_all(struct rehearsal *r, struct err *e) MUST_CHECK;

void rehearse_show(struct rehearsal *r);

#endif
