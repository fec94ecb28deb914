#ifndef CRON_REHEARSE_PAIR_H
#define CRON_REHEARSE_PAIR_H

#include "cron/message_judge.h"
#include "store/figures.h"

/* One table then, in the ledger, and now, as it was judged again. */
struct rehearse_pair {
	const struct figure_submission *then; /* NULL: there was none */
	const struct read_part *part;         /* now; NULL: there is none any more */
	const struct verdict *verdict;        /* NULL: no table could be read */
};

/*
 * All of a message, in the order of the ledger, what is new at the end. The bytes are the same,
 * so a table is the same when its part and sheet are, and among several on a sheet the one that
 * is understood alike, or else the next.
 */
size_t rehearse_pairs(struct rehearse_pair **out, struct arena *a,
    const struct figure_message *then, const struct read_parts *now);

#endif
