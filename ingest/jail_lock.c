/*
 * Why: everything a reader process gives up before it looks at the first hostile byte, in
 * order.
 */
#include "ingest/jail_int.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/file.h"

/* Signals that the parent may handle in its own way. */
static void
forget_handlers(void)
{
	static const int signals[] = { SIGHUP, SIGINT, SIGTERM, SIGPIPE, SIGCHLD, SIGXCPU };

	for (size_t i = 0; i < COUNT(signals); i++)
		(void)signal(signals[i], SIG_DFL); /* fails for no signal of the list */
}

static int
close_others(int in, int out, struct err *e)
{
	unsigned low = (unsigned)(in < out ? in : out), high = (unsigned)(in < out ? out : in);
	unsigned first = 0;

#ifdef GIAMSAT_SANITIZED
	first = 3; /* the sanitizers report on the standard error */
#endif
	if ((low > first && close_range(first, low - 1, 0) != 0) ||
	    (high > low + 1 &&
		close_range(low + 1 > first ? low + 1 : first, high - 1, 0) != 0) ||
	    close_range(high + 1 > first ? high + 1 : first, ~0u, 0) != 0)
		return err_set(e, ERR_LATER, "close_range: %s", strerror(errno));
	return OK;
}

/* Address space in use: what was inherited, and the input, are not the sender's doing. */
static uint64_t
space_now(void)
{
	AUTO(file_close) int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
	char text[64];
	ssize_t len = fd < 0 ? -1 : read(fd, text, sizeof(text) - 1);

	if (len <= 0)
		return 0;
	text[len] = '\0';
	return strtoull(text, NULL, 10) * (uint64_t)sysconf(_SC_PAGESIZE);
}

static int
limit(int what, uint64_t soft, uint64_t hard, struct err *e)
{
	struct rlimit most = { .rlim_cur = soft, .rlim_max = hard };

	if (setrlimit((__rlimit_resource_t)what, &most) != 0)
		return err_set(e, ERR_LATER, "setrlimit: %s", strerror(errno));
	return OK;
}

static int
set_limits(const struct limits *limits, uint64_t space, struct err *e)
{
	int rc;

#ifdef GIAMSAT_SANITIZED /* the sanitizers map terabytes of shadow, and write a report */
	(void)space;
#else
	space += limits->read_memory;
	if ((rc = limit(RLIMIT_AS, space, space, e)) != OK ||
	    (rc = limit(RLIMIT_NOFILE, 0, 0, e)) != OK ||
	    (rc = limit(RLIMIT_FSIZE, 0, 0, e)) != OK)
		return rc;
#endif
	if ((rc = limit(RLIMIT_CPU, limits->read_s, (uint64_t)limits->read_s + 1, e)) != OK ||
	    (rc = limit(RLIMIT_CORE, 0, 0, e)) != OK)
		return rc;
	return limit(RLIMIT_NPROC, 0, 0, e);
}

static int
set_flags(struct err *e)
{
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
	    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
		return err_set(e, ERR_LATER, "prctl: %s", strerror(errno));
	return OK;
}

int
jail_lock(int in, int out, const struct limits *limits, struct err *e)
{
	uint64_t space = space_now();
	int rc;

	forget_handlers();
	/* Landlock still needs a descriptor of its own, so the limits come after it. */
	if ((rc = close_others(in, out, e)) != OK || (rc = set_flags(e)) != OK ||
	    (rc = jail_landlock(e)) != OK || (rc = set_limits(limits, space, e)) != OK)
		return rc;
	return jail_seccomp(out, e);
}
