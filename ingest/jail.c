/*
 * Why: hostile bytes are read by a process that can do nothing but say what it found, and the
 * parent outlives it.
 */
#include "ingest/jail_int.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/memory.h"
#include "ingest/mime.h"
#include "ingest/reader.h"

#define PIPE_BYTES (1 << 20)
/* What the parent takes from the pipe at a time. */
#define READ_BYTES ((size_t)256 << 10)

struct reading {
	pid_t child; /* 0: reaped */
	int pipe;
	unsigned read_s;
	int64_t left_ns; /* of read_s; runs only while the parent waits */
	struct frame_reader *frames;
	struct buf got;
	size_t from; /* where the next frame begins in got */
	bool over;
};

void
jail_prepare(void)
{
	/*
	 * While one is open its table stays loaded, and the jailed child opens it again without
	 * a file. What libc has loaded belongs to the process, so this list does, too.
	 */
	static iconv_t kept[64];
	const char *const *names = mime_charsets();

	for (size_t i = 0; names[i]; i++) {
		assert(i < COUNT(kept));
		if (!kept[i])
			kept[i] = iconv_open("UTF-8",
			    names[i]); /* what the system lacks is missing in the child, too */
	}
}

bool
jail_has(const char *feature)
{
	if (strcmp(feature, "seccomp") == 0)
		return jail_has_seccomp();
	return strcmp(feature, "landlock") == 0 && jail_has_landlock();
}

/* In the child. Its exit code, when it gets so far. */
static int
live(const struct jail_job *job, struct jail_child child, int out, pid_t parent)
{
	struct frame_writer w = { .fd = out };
	struct bytes input;
	struct err e;
	int rc;

	/* The parent may have died before the wish was known. */
	if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0 || getppid() != parent)
		return JAIL_UNREADY;
	rc = file_map(&input, job->fd, job->limits->mail_bytes, &e);
	if (rc == ERR_INPUT)
		return frame_refusal(&w, e.text, &e) ? EXIT_FAILURE : 0;
	if (rc || jail_lock(job->fd, out, job->limits, &e) != OK)
		return JAIL_UNREADY;
	rc = child.run(job, input, &w, &e);
	if (rc == OK)
		rc = frame_end(&w, &e);
	else if (rc == ERR_INPUT)
		rc = frame_refusal(&w, e.text, &e);
	return rc ? EXIT_FAILURE : 0;
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
jail_run(
    struct reading **out, const struct jail_job *job, struct jail_child child, struct err *e)
{
	pid_t parent = getpid(), pid;
	struct reading *r;
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) != 0)
		return err_set(e, ERR_LATER, "no pipe for a reader: %s", strerror(errno));
	(void)fcntl(ends[1], F_SETPIPE_SZ, PIPE_BYTES); /* a smaller one is only slower */
	pid = fork();
	if (pid == 0)
		_exit(live(job, child, ends[1], parent));
	file_close(&ends[1]);
	if (pid < 0) {
		err_set(e, ERR_LATER, "no process for a reader: %s", strerror(errno));
		file_close(&ends[0]);
		return ERR_LATER;
	}
	r = memory_new(sizeof(*r));
	r->child = pid;
	r->pipe = ends[0];
	r->read_s = job->limits->read_s;
	r->left_ns = (int64_t)r->read_s * 1000000000;
	r->frames = frame_reader_new(job->mail, job->limits);
	*out = r;
	return OK;
}

int
jail_open(struct reading **out, const struct jail_job *job, struct err *e)
{
	return jail_run(out, job, (struct jail_child){ .run = reader_run }, e);
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

/* Ends the child if need be and gives its status as waitpid does. */
static int
reap(struct reading *r, bool end)
{
	int status = 0;

	if (end)
		(void)kill(r->child,
		    SIGKILL); /* fails only when it is dead already, which is as well */
	while (waitpid(r->child, &status, 0) < 0 && errno == EINTR)
		;
	r->child = 0;
	return status;
}

static int
out_of_time(struct reading *r, struct err *e)
{
	(void)reap(r, true); /* how it died is known */
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
	status = reap(r, watch < 0);
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
	do {
		if (!wait_for(r, r->pipe))
			return out_of_time(r, e);
		len = read(r->pipe, buf_reserve(&r->got, room), room);
	} while (len < 0 && (errno == EINTR || errno == EAGAIN));
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
	rc = next(out, r, e);
	r->over = rc || out->kind == EVENT_END;
	return rc;
}

void
jail_close(struct reading **r)
{
	if (!*r)
		return;
	if ((*r)->child)
		(void)reap(*r, true); /* nothing of it counts any more */
	reading_free(r);
}
