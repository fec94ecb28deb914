#ifndef INGEST_JAIL_INT_H
#define INGEST_JAIL_INT_H

#include "ingest/jail.h"

/* What a child runs once it is locked in. ERR_INPUT: the sentence becomes a refusal. */
struct jail_child {
	int (*run)(const struct jail_job *job, struct bytes input, struct frame_writer *w,
	    struct err *e);
};

/* jail_open with any child: tests put hostile ones in. */
int jail_run(struct reading **out, const struct jail_job *job, struct jail_child child,
    struct err *e) MUST_CHECK;

/* The child's exit codes besides 0: it could not be locked in, so nothing was read. */
#define JAIL_UNREADY   69 /* EX_UNAVAILABLE */
#define JAIL_NO_MEMORY 71 /* as base/memory.h says */

/*
 * Locks the calling process in for good: only writing to out and memory are left. Not OK: the
 * reason is in e, and the process must end.
 */
int jail_lock(int in, int out, const struct limits *limits, struct err *e) MUST_CHECK;

/* Its parts. Landlock that the kernel lacks is OK; seccomp that it lacks is not. */
int jail_landlock(struct err *e) MUST_CHECK;
bool jail_has_landlock(void);
int jail_seccomp(int out, struct err *e) MUST_CHECK;
bool jail_has_seccomp(void);

#endif
