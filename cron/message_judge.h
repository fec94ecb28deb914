#ifndef CRON_MESSAGE_JUDGE_H
#define CRON_MESSAGE_JUDGE_H

#include "base/secret.h"
#include "cron/message_parts.h"
#include "ingest/jail.h"
#include "rules/past.h"
#include "store/ledger.h"
#include "store/originals.h"

/* What messages are judged by: the rules in force on a night, others in a rehearsal. */
struct message_court {
	const struct rulebook *rulebook;
	const struct sender_policy *policy;
	const struct limits *limits;
	struct bench *bench;
	const struct secret *passport_key; /* NULL: no passport counts */
	const struct past *past;           /* NULL: nothing is known of what was before */
	bool sender_known; /* unread.unit says of a mail, too, whose it is: the roster is not
	                      asked */
};

/* What was found out about one message. */
struct message_judged {
	const struct unread *unread;
	struct envelope envelope;
	struct sender sender;
	const struct unit *unit; /* that reports; NULL: none */
	struct date day;         /* of arrival, in the campaign's zone */
	struct read_parts parts;
};

/*
 * The original's reader begins; of what was too large only its header is read. *fd belongs to
 * the reading and is closed after it, also when this fails (-1: it is not open).
 */
int message_open(struct reading **out, int *fd, struct jail *jail, struct originals *originals,
    const struct unread *unread, struct err *e) MUST_CHECK;

/*
 * Reads all that the reader says and judges its tables; everything is in arena a, the rows of
 * the verdicts stand on the bench until the next message. reading NULL: the original was never
 * fetched, and only what is known of it beside is told. ERR_INPUT: the reader ended badly;
 * parts and rows are not to be believed, who wrote it is. *out is filled also then.
 */
int message_judge(struct message_judged *out, const struct message_court *court,
    struct arena *a, const struct unread *unread, struct reading *reading,
    struct err *e) MUST_CHECK;

/*
 * Data is taken from a registered and, where asked, proven sender; from a folder, from whoever
 * may write there, but a folder named like no unit is a slip of the hand, and not for another
 * unit's data.
 */
bool message_may_report(const struct message_judged *m);

#endif
