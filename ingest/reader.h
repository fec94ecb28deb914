#ifndef INGEST_READER_H
#define INGEST_READER_H

#include "ingest/jail.h"

/* What all readings of a jail have in common. */
struct reader_terms {
	const struct table_hints *hints;   /* may be NULL */
	const struct csv_dialect *dialect; /* may be NULL */
	const struct limits *limits;
};

/*
 * What the jailed child does with the input: parts, tables and notes as frames, without the end
 * frame. Pure but for w.
 */
int reader_run(const struct jail_job *job, const struct reader_terms *terms, struct bytes input,
    struct frame_writer *w, struct err *e) MUST_CHECK;

#endif
