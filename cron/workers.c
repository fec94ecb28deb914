/* Why: originals are judged independently of one another, so every core can have its share, and
 * what one process dies of does not end the rest. */
#include "cron/workers.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"

enum { ANSWER_MAX = 64 << 20, IDLE = 0 };

/* What the processes share. */
struct board {
	_Atomic size_t next;            /* item that nobody has taken yet */
	_Atomic size_t at[WORKERS_MAX]; /* item + 1 that a worker is at; IDLE */
};

/* What stands before each answer. */
struct answer_head {
	uint64_t index;
	uint32_t len; /* of the answer, or of the sentence that says why there is none */
	int32_t code; /* OK, ERR_* */
};

struct worker {
	pid_t pid; /* 0: it is not there */
	int fd;    /* its answers; -1 */
	struct buf heard;
};

struct crew {
	const struct work *work;
	size_t count;
	struct board *board;
	struct worker list[WORKERS_MAX];
	unsigned jobs;
};

/* ---- in the worker ---- */

static bool
say(int fd, size_t index, int code, struct bytes text)
{
	struct answer_head head = { .index = index, .len = (uint32_t)text.len, .code = code };
	struct bytes front = { .at = (const char *)&head, .len = sizeof(head) };
	struct err e;

	return file_write(fd, front, &e) == OK && file_write(fd, text, &e) == OK;
}

static bool
do_item(const struct work *w, void *self, size_t index, int fd)
{
	AUTO(buf_free) struct buf answer = { 0 };
	struct err e = { 0 };
	int rc = w->item(&answer, self, index, &e);

	if (rc == OK && answer.len > ANSWER_MAX)
		rc = err_set(&e, ERR_INPUT, "there is too much to say about it");
	return say(fd, index, rc, rc == OK ? buf_bytes(&answer) : bytes_of(e.text)) &&
	    rc != ERR_STOP;
}

/* Its exit code; everything it holds ends with the process. */
static int
live(const struct crew *c, unsigned number, pid_t parent, int fd)
{
	_Atomic size_t *at = &c->board->at[number];
	struct err e = { 0 };
	void *self = NULL;
	bool well = true;
	size_t index;

	(void)prctl(
	    PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0); /* fails for no signal but a wrong one */
	if (getppid() != parent)
		return EXIT_FAILURE;
	if (c->work->open(&self, c->work->given, &e) != OK) {
		(void)say(fd, 0, ERR_STOP, bytes_of(e.text)); /* heard, or nobody is there */
		well = false;
	}
	while (well && (index = atomic_fetch_add(&c->board->next, 1)) < c->count) {
		atomic_store(at, index + 1);
		well = do_item(c->work, self, index, fd);
		atomic_store(at, IDLE);
	}
	c->work->close(self);
	return well ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* ---- in the parent ---- */

static int
start(struct crew *c, unsigned number, struct err *e)
{
	struct worker *x = &c->list[number];
	pid_t parent = getpid();
	int ends[2];

	if (pipe(ends) != 0)
		return err_set(e, ERR_STOP, "no pipe for a worker: %s", strerror(errno));
	atomic_store(&c->board->at[number], IDLE);
	x->pid = fork();
	if (x->pid == 0) {
		close(ends[0]);
		_exit(live(c, number, parent, ends[1]));
	}
	close(ends[1]);
	x->fd = ends[0];
	if (x->pid < 0) {
		x->pid = 0;
		return err_set(e, ERR_STOP, "no process for a worker: %s", strerror(errno));
	}
	return OK;
}

/* Also one that is still at work. */
static int
end(struct worker *x)
{
	int status = 0;

	file_close(&x->fd);
	buf_free(&x->heard);
	if (x->pid > 0)
		while (waitpid(x->pid, &status, 0) < 0 && errno == EINTR)
			;
	x->pid = 0;
	return status;
}

/* Whole answers are taken out of what was heard. */
static int
take_answers(
    const struct work *w, struct worker *x, unsigned number, struct board *b, struct err *e)
{
	struct answer_head head;
	size_t used = 0;

	while (x->heard.len - used >= sizeof(head)) {
		memcpy(&head, x->heard.at + used, sizeof(head));
		if (x->heard.len - used - sizeof(head) < head.len)
			break;
		struct bytes text = { .at = x->heard.at + used + sizeof(head),
			.len = head.len };

		used += sizeof(head) + head.len;
		if (head.code == OK) {
			w->answer(w->given, head.index, text);
		} else {
			err_set(e, head.code, "%.*s", BYTES_ARG(text));
			if (head.code == ERR_STOP)
				return ERR_STOP;
			w->lost(w->given, head.index, e);
		}
		/* Heard: should it die now, this item is not lost. */
		size_t told = head.index + 1;
		atomic_compare_exchange_strong(&b->at[number], &told, IDLE);
	}
	memmove(x->heard.at, x->heard.at + used, x->heard.len - used);
	x->heard.len -= used;
	return OK;
}

/* Its pipe ended: it has done its share, or it died. */
static int
worker_ended(struct crew *c, unsigned number, struct err *e)
{
	struct err why = { 0 };
	int status = end(&c->list[number]);
	size_t at = atomic_load(&c->board->at[number]);

	if (status == 0)
		return OK;
	err_set(&why, ERR_LATER, "the process that judged it ended (%s %d)",
	    WIFSIGNALED(status) ? "signal" : "exit",
	    WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
	if (at == IDLE)
		return err_set(e, ERR_STOP, "a worker ended before it had begun");
	c->work->lost(c->work->given, at - 1, &why);
	return atomic_load(&c->board->next) < c->count ? start(c, number, e) : OK;
}

static int
hear(struct crew *c, unsigned number, struct err *e)
{
	struct worker *x = &c->list[number];
	ssize_t n = read(x->fd, buf_reserve(&x->heard, 64 << 10), 64 << 10);

	if (n < 0)
		return errno == EINTR
		    ? OK
		    : err_set(e, ERR_STOP, "a worker's pipe: %s", strerror(errno));
	if (n == 0)
		return worker_ended(c, number, e);
	x->heard.len += (size_t)n;
	return take_answers(c->work, x, number, c->board, e);
}

static int
hear_all(struct crew *c, struct err *e)
{
	struct pollfd wait[WORKERS_MAX];
	unsigned there;
	int rc = OK;

	do {
		there = 0;
		for (unsigned i = 0; i < c->jobs; i++) {
			wait[i] = (struct pollfd){ .fd = c->list[i].fd, .events = POLLIN };
			there += c->list[i].fd >= 0;
		}
		if (there > 0 && poll(wait, c->jobs, -1) < 0 && errno != EINTR)
			return err_set(e, ERR_STOP, "poll: %s", strerror(errno));
		for (unsigned i = 0; rc == OK && there > 0 && i < c->jobs; i++)
			if (wait[i].revents != 0)
				rc = hear(c, i, e);
	} while (rc == OK && there > 0);
	return rc;
}

int
workers_run(const struct work *w, unsigned jobs, size_t count, struct err *e)
{
	struct crew c = { .work = w, .count = count };
	int rc = OK;

	c.board = mmap(
	    NULL, sizeof(*c.board), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (c.board == MAP_FAILED)
		return err_set(e, ERR_STOP, "no memory for workers: %s", strerror(errno));
	for (unsigned i = 0; i < WORKERS_MAX; i++)
		c.list[i].fd = -1;
	while (rc == OK && c.jobs < jobs && c.jobs < WORKERS_MAX && c.jobs < count)
		rc = start(&c, c.jobs++, e);
	if (rc == OK)
		rc = hear_all(&c, e);
	for (unsigned i = 0; i < c.jobs; i++) {
		if (c.list[i].pid > 0)
			(void)kill(c.list[i].pid, SIGKILL); /* it may have ended already */
		(void)end(&c.list[i]);
	}
	(void)munmap(c.board, sizeof(*c.board));
	return rc;
}
