/*
 * Why: hostile bytes are read by a process that can do nothing but say what it found, and the
 * parent outlives it.
 */
#include "ingest/jail_int.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/pidfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/memory.h"

#define PIPE_BYTES (1 << 20)
/* What the parent takes from the pipe at a time. */
#define READ_BYTES ((size_t)256 << 10)

struct reading {
	pid_t child; /* 0: not known yet, or reaped */
	int pipe;
	unsigned read_s;
	int64_t left_ns; /* of read_s; runs only while the parent waits */
	struct frame_reader *frames;
	struct buf got;
	size_t from; /* where the next frame begins in got */
	bool over;
};

bool
jail_has(const char *feature)
{
	if (strcmp(feature, "seccomp") == 0)
		return jail_has_seccomp();
	return strcmp(feature, "landlock") == 0 && jail_has_landlock();
}

int
jail_start(
    struct jail **out, const struct reader_terms *terms, struct jail_child child, struct err *e)
{
	pid_t parent = getpid(), pid;
	int ends[2];

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
		return err_set(e, ERR_LATER, "no socket for readers: %s", strerror(errno));
	pid = fork();
	if (pid == 0)
		_exit(jail_spawner(ends[1], parent, terms, child));
	file_close(&ends[1]);
	if (pid < 0) {
		err_set(e, ERR_LATER, "no process for readers: %s", strerror(errno));
		file_close(&ends[0]);
		return ERR_LATER;
	}
	*out = memory_new(sizeof(**out));
	**out = (struct jail){ .spawner = pid, .socket = ends[0], .limits = terms->limits };
	return OK;
}

int
jail_new(struct jail **out, const struct table_hints *hints, const struct csv_dialect *dialect,
    const struct limits *limits, struct err *e)
{
	struct reader_terms terms = { .hints = hints, .dialect = dialect, .limits = limits };

	return jail_start(out, &terms, (struct jail_child){ .run = reader_run }, e);
}

/* Ends a child if need be and gives its status as waitpid does; -1: it is none of ours. */
static int
reap(pid_t *child, bool end)
{
	int status = -1;

	/* Fails only when it is dead already, which is as well. */
	if (end)
		(void)kill(*child, SIGKILL);
	while (waitpid(*child, &status, 0) < 0 && errno == EINTR)
		;
	*child = 0;
	return status;
}

void
jail_free(struct jail **j)
{
	if (!*j)
		return;
	file_close(&(*j)->socket);
	(void)reap(&(*j)->spawner, true); /* it has nothing to finish */
	free(*j);
	*j = NULL;
}

static void
reading_free(struct reading **r)
{
	file_close(&(*r)->pipe);
	frame_reader_free(&(*r)->frames);
	buf_free(&(*r)->got);
	free(*r);
	*r = NULL;
}

int
jail_open(struct reading **out, struct jail *j, const struct jail_job *job, struct err *e)
{
	struct reading *r;
	int ends[2], rc;

	if (pipe2(ends, O_CLOEXEC) != 0)
		return err_set(e, ERR_LATER, "no pipe for a reader: %s", strerror(errno));
	(void)fcntl(ends[1], F_SETPIPE_SZ, PIPE_BYTES); /* a smaller one is only slower */
	rc = jail_request_send(j->socket, job, ends[1], e);
	file_close(&ends[1]);
	if (rc) {
		file_close(&ends[0]);
		return rc;
	}
	r = memory_new(sizeof(*r));
	r->pipe = ends[0];
	r->read_s = j->limits->read_s;
	r->left_ns = (int64_t)r->read_s * 1000000000;
	r->frames = frame_reader_new(job->mail, j->limits);
	*out = r;
	return OK;
}

static int64_t
now_ns(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now); /* always there on Linux */
	return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* Waits until fd can be read, on the child's account; false when that is used up. */
static bool
wait_for(struct reading *r, int fd)
{
	struct pollfd ready = { .fd = fd, .events = POLLIN };

	while (r->left_ns > 0) {
		int64_t since = now_ns(), wait_ms = r->left_ns / 1000000 + 1;
		int rc = poll(&ready, 1, wait_ms > 3600000 ? 3600000 : (int)wait_ms);

		r->left_ns -= now_ns() - since;
		if (rc > 0)
			return true;
	}
	return false;
}

static int
ended(struct err *e, const char *how)
{
	return err_set(e, ERR_INPUT, "the reader was ended (%s)", how);
}

static int
out_of_time(struct reading *r, struct err *e)
{
	(void)reap(&r->child, true); /* how it died is known */
	return err_set(e, ERR_INPUT, "the reader was ended (not ready after %u s)", r->read_s);
}

/*
 * The pipe is at its end, so the child is as good as gone: what became of it? OK only for a
 * clean exit.
 */
static int
exit_reason(struct reading *r, struct err *e)
{
	AUTO(file_close) int watch = pidfd_open(r->child, 0);
	int status;

	/*
	 * It can have closed the pipe and live on; without a descriptor to wait on it is ended
	 * at once.
	 */
	if (watch >= 0 && !wait_for(r, watch))
		return out_of_time(r, e);
	status = reap(&r->child, watch < 0);
	if (status == -1)
		return err_set(e, ERR_LATER, "how the reader ended is not known");
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS)
		return ended(e, "it tried what is forbidden");
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
		return ended(e, "it used up its time");
	if (WIFSIGNALED(status))
		return ended(e, strsignal(WTERMSIG(status)));
	if (WEXITSTATUS(status) == JAIL_UNREADY)
		return err_set(e, ERR_LATER, "the reader could not be locked in");
	if (WEXITSTATUS(status) == JAIL_NO_MEMORY)
		return ended(e, "it used up its memory");
	return WEXITSTATUS(status) == 0 ? OK : ended(e, "it failed");
}

/* As read; ETIME: nothing came in time. */
static ssize_t
hear(struct reading *r, void *at, size_t room)
{
	ssize_t len;

	do {
		if (!wait_for(r, r->pipe)) {
			errno = ETIME;
			return -1;
		}
		len = read(r->pipe, at, room);
	} while (len < 0 && (errno == EINTR || errno == EAGAIN));
	return len;
}

/* Gets to know the child by its greeting. */
static int
meet(struct reading *r, struct err *e)
{
	struct jail_greeting hello;
	ssize_t len = hear(r, &hello, sizeof(hello)); /* so short a write comes whole */

	if (len < 0)
		return err_set(e, ERR_LATER, "no reader came: %s", strerror(errno));
	if (len != sizeof(hello))
		return err_set(
		    e, ERR_LATER, "no reader came: the process that starts them is gone");
	if (!hello.child)
		return err_set(e, ERR_LATER, "no process for a reader: %.*s",
		    (int)sizeof(hello.why), hello.why);
	r->child = hello.child;
	return OK;
}

/* Puts more of the pipe behind what is there; *more is false at its end. */
static int
fill(bool *more, struct reading *r, size_t need, struct err *e)
{
	size_t rest = r->got.len - r->from, room = need > READ_BYTES ? need : READ_BYTES;
	ssize_t len;

	if (r->from > 0)
		memmove(r->got.at, r->got.at + r->from, rest);
	r->got.len = rest;
	r->from = 0;
	len = hear(r, buf_reserve(&r->got, room), room);
	if (len < 0 && errno == ETIME)
		return out_of_time(r, e);
	if (len < 0)
		return err_set(e, ERR_LATER, "the pipe of a reader: %s", strerror(errno));
	r->got.len += (size_t)len;
	*more = len > 0;
	return OK;
}

/* After the end frame nothing may come, and the child must go in peace. */
static int
finish(struct reading *r, struct err *e)
{
	bool more = r->from < r->got.len;
	int rc = more ? OK : fill(&more, r, 0, e);

	if (rc)
		return rc;
	return more ? ended(e, "it went on after its end") : exit_reason(r, e);
}

static int
next(struct event *out, struct reading *r, struct err *e)
{
	bool more = true;

	for (;;) {
		struct bytes rest = bytes_slice(buf_bytes(&r->got), r->from, r->got.len);
		size_t used, need;
		int rc = frame_read(out, &used, &need, r->frames, rest, e);

		if (rc)
			return rc;
		if (used > 0) {
			r->from += used;
			return out->kind == EVENT_END ? finish(r, e) : OK;
		}
		rc = fill(&more, r, need, e);
		if (rc)
			return rc;
		if (!more) {
			rc = exit_reason(r, e);
			return rc ? rc : ended(e, "it stopped before its end");
		}
	}
}

int
jail_next(struct event *out, struct reading *r, struct err *e)
{
	int rc;

	if (r->over)
		return ended(e, "it was read to its end");
	rc = r->child ? OK : meet(r, e);
	if (rc == OK)
		rc = next(out, r, e);
	r->over = rc || out->kind == EVENT_END;
	return rc;
}

void
jail_close(struct reading **r)
{
	struct err e;

	if (!*r)
		return;
	/* Nothing of it counts any more, but who it is must be known to end it. */
	if ((*r)->child || (!(*r)->over && meet(*r, &e) == OK))
		(void)reap(&(*r)->child, true);
	reading_free(r);
}
