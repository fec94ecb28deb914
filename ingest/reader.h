#ifndef INGEST_READER_H
#define INGEST_READER_H

#include "ingest/jail.h"

/*
 * What the jailed child does with the input: parts, tables and notes as frames, without the end
 * frame. Pure but for w.
 */
int reader_run(const struct jail_job *job, struct bytes input, struct frame_writer *w,
    struct err *e) MUST_CHECK;

#endif
