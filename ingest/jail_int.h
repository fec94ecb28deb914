#ifndef INGEST_JAIL_INT_H
#define INGEST_JAIL_INT_H

#include <linux/filter.h>
#include <sys/types.h>

#include "ingest/reader.h"

struct jail {
	pid_t spawner;
	int socket;
	const struct limits *limits;
};

/* What a reader runs once it is locked in. ERR_INPUT: the sentence becomes a refusal. */
struct jail_child {
	int (*run)(const struct jail_job *job, const struct reader_terms *terms,
	    struct bytes input, struct frame_writer *w, struct err *e);
};

/* jail_new with any child: tests put hostile ones in. */
int jail_start(struct jail **out, const struct reader_terms *terms, struct jail_child child,
    struct err *e) MUST_CHECK;

/* ---- the spawner and its readers ---- */

/* Where a reader finds its input and its pipe, and the spawner its socket. */
enum { JAIL_IN = 0, JAIL_OUT = 1, JAIL_SOCKET = 3 };

/*
 * What the spawner does with its life, and its exit code: ends when nobody is left at the
 * socket's other end. parent is whose children the readers become.
 */
int jail_spawner(
    int socket, pid_t parent, const struct reader_terms *terms, struct jail_child child);

/* Exit codes of both besides 0: it could not be locked in, so nothing was read. */
#define JAIL_UNREADY   69 /* EX_UNAVAILABLE */
#define JAIL_NO_MEMORY 71 /* as base/memory.h says */

/*
 * The first thing a reader says, ahead of all frames and of any look at its input.
 */
struct jail_greeting {
	pid_t child;   /* 0: there is none */
	char why[256]; /* then the sentence why */
};

/* The socket's one kind of message. out is the end of the pipe that the reader writes to. */
int jail_request_send(
    int socket, const struct jail_job *job, int out, struct err *e) MUST_CHECK;
/*
 * The job's name lies in name. The two descriptors become JAIL_IN and JAIL_OUT, which must be
 * free; false: nobody will ask again.
 */
bool jail_request_take(struct jail_job *out, char name[JAIL_NAME], int socket);

/* ---- what the spawner gives up for itself and its readers ---- */

/* Signals, and all descriptors but the socket, which becomes JAIL_SOCKET. */
int jail_strip(int socket, struct err *e) MUST_CHECK;
/* Privileges and files; nothing can be opened from then on. */
int jail_lock(struct err *e) MUST_CHECK;
/* Its part. Landlock that the kernel lacks is OK; seccomp that it lacks is not. */
int jail_landlock(struct err *e) MUST_CHECK;
bool jail_has_landlock(void);

/* ---- and what a reader gives up besides: only writing to JAIL_OUT and memory are left ---- */

/* space is the address space that it may have beside limits->read_memory. */
int jail_lock_reader(const struct limits *limits, uint64_t space,
    const struct sock_fprog *filter, struct err *e) MUST_CHECK;
/* The address space in use now: it is not the sender's doing. */
uint64_t jail_space(void);

/* Made once, for it takes longer than all else that a reader does before it reads. */
int jail_seccomp_make(struct sock_fprog *out, struct err *e) MUST_CHECK;
int jail_seccomp_load(const struct sock_fprog *filter, struct err *e) MUST_CHECK;
bool jail_has_seccomp(void);

#endif
