/*
 * Why: everything that the spawner and each reader give up before the first hostile byte is
 * looked at, in order.
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

/*
 * What a terminal, cron or systemd sends to all of us is for the parent to heed: it finishes
 * the message at hand, for which it needs the reader.
 */
static void
leave_signals_to_parent(void)
{
	static const int ignored[] = { SIGHUP, SIGINT, SIGTERM, SIGPIPE };
	static const int plain[] = { SIGCHLD, SIGXCPU };

	for (size_t i = 0; i < COUNT(ignored); i++)
		(void)signal(ignored[i], SIG_IGN); /* fails for no signal of the lists */
	for (size_t i = 0; i < COUNT(plain); i++)
		(void)signal(plain[i], SIG_DFL);
}

int
jail_strip(int socket, struct err *e)
{
#ifdef GIAMSAT_SANITIZED
	/* The sanitizers report on the standard error. */
	const unsigned low_end = STDOUT_FILENO;
#else
	const unsigned low_end = JAIL_SOCKET - 1;
#endif

	leave_signals_to_parent();
	if (dup2(socket, JAIL_SOCKET) < 0)
		return err_set(e, ERR_LATER, "dup2: %s", strerror(errno));
	if (close_range(0, low_end, 0) != 0 || close_range(JAIL_SOCKET + 1, ~0u, 0) != 0)
		return err_set(e, ERR_LATER, "close_range: %s", strerror(errno));
	return OK;
}

uint64_t
jail_space(void)
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
jail_lock(struct err *e)
{
	int rc = set_flags(e);

	return rc ? rc : jail_landlock(e);
}

int
jail_lock_reader(
    const struct limits *limits, uint64_t space, const struct sock_fprog *filter, struct err *e)
{
	int rc;

	close(JAIL_SOCKET);
	rc = set_limits(limits, space, e);
	return rc ? rc : jail_seccomp_load(filter, e);
}
