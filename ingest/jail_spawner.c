/*
 * Why: what is forked for every message must be small and know nothing, and the program is
 * neither.
 */
#include "ingest/jail_int.h"

#include <errno.h>
#include <iconv.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "ingest/mime.h"

struct spawner {
	pid_t parent;
	const struct reader_terms *terms;
	struct jail_child child;
	struct sock_fprog filter;
	uint64_t space;
};

/*
 * While one is open its table stays loaded, and a reader opens it again without a file. They
 * are never closed: the process lives for them.
 */
static void
load_encodings(void)
{
	const char *const *names = mime_charsets();

	for (size_t i = 0; names[i]; i++)
		(void)iconv_open("UTF-8",
		    names[i]); /* what the system lacks is missing in the readers, too */
}

static int
compare_bytes(const void *a, const void *b)
{
	return memcmp(a, b, 1);
}

/*
 * What libc looks up once, in a file or by a call that readers have not: the zone of time, in
 * which libzip puts dates that nobody asks for, and the size of memory, by which qsort decides
 * how to sort what is more than 1 KiB.
 */
static void
load_libc(void)
{
	char some[2048] = { 0 };

	(void)setenv("TZ", "UTC0", 1); /* fails only without memory, as tzset then does */
	tzset();
	qsort(some, sizeof(some), 1, compare_bytes);
}

/* The parent may have died before the wish was known. */
static bool
dies_with(pid_t parent)
{
	return prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) == 0 && getppid() == parent;
}

static int
get_ready(struct spawner *s, struct err *e)
{
	int rc;

	load_encodings();
	load_libc();
	if ((rc = jail_seccomp_make(&s->filter, e)) != OK)
		return rc;
	s->space = jail_space();
	return jail_lock(e);
}

static bool
greet(pid_t child, const char *why)
{
	struct jail_greeting hello = { .child = child };

	snprintf(hello.why, sizeof(hello.why), "%.*s", (int)sizeof(hello.why) - 1, why);
	return write(JAIL_OUT, &hello, sizeof(hello)) == sizeof(hello);
}

/* In the reader. Its exit code, when it gets so far. */
static int
live(const struct spawner *s, const struct jail_job *job)
{
	const struct limits *limits = s->terms->limits;
	struct frame_writer w = { .fd = JAIL_OUT };
	struct jail_job own = *job;
	struct bytes input;
	struct err e;
	int rc;

	own.mapped = true;
	if (!dies_with(s->parent) || !greet(getpid(), ""))
		return JAIL_UNREADY;
	rc = file_map(&input, JAIL_IN, limits->mail_bytes, &e);
	if (rc == ERR_INPUT)
		return frame_refusal(&w, e.text, &e) ? EXIT_FAILURE : 0;
	if (rc || jail_lock_reader(limits, s->space + input.len, &s->filter, &e) != OK)
		return JAIL_UNREADY;
	rc = s->child.run(&own, s->terms, input, &w, &e);
	if (rc == OK)
		rc = frame_end(&w, &e);
	else if (rc == ERR_INPUT)
		rc = frame_refusal(&w, e.text, &e);
	return rc ? EXIT_FAILURE : 0;
}

/*
 * A fork whose child is the parent's, as the spawner is: so the parent waits for it and ends it
 * as its own, and no number of a process is ever used after its end. No function of libc gives
 * CLONE_PARENT without a stack.
 */
static pid_t
fork_for_parent(void)
{
	unsigned long flags = CLONE_PARENT | SIGCHLD;

#ifdef __s390__ /* the one among Debian's machines with these two the other way round */
	return (pid_t)syscall(SYS_clone, NULL, flags, NULL, NULL, NULL);
#else
	return (pid_t)syscall(SYS_clone, flags, NULL, NULL, NULL, NULL);
#endif
}

static void
start_reader(const struct spawner *s, const struct jail_job *job)
{
	pid_t pid = fork_for_parent();

	if (pid == 0)
		_exit(live(s, job));
	/* Should it not be heard, the pipe's end says enough. */
	if (pid < 0)
		(void)greet(0, strerror(errno));
}

int
jail_spawner(
    int socket, pid_t parent, const struct reader_terms *terms, struct jail_child child)
{
	struct spawner s = { .parent = parent, .terms = terms, .child = child };
	struct jail_job job;
	char name[JAIL_NAME];
	struct err e;
	int rc;

	if (!dies_with(parent) || jail_strip(socket, &e) != OK)
		return JAIL_UNREADY;
	rc = get_ready(&s, &e);
	while (jail_request_take(&job, name, JAIL_SOCKET)) {
		if (rc == OK)
			start_reader(&s, &job);
		else
			(void)greet(0, e.text);
		close(JAIL_IN);
		close(JAIL_OUT);
	}
	return 0;
}
