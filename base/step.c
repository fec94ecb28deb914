/* Why: a test can end or trip the program at any point where a power cut would hurt. */
#include "base/step.h"

#ifdef GIAMSAT_STEPS

#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What GIAMSAT_STEP asks for. */
struct wish {
	char name[64];
	unsigned long nth;
	int errnum; /* 0: kill */
};

static int
errno_of(const char *text)
{
	for (int n = 1; n < 134; n++) {
		const char *name = strerrorname_np(n);

		if (name && strcmp(name, text) == 0)
			return n;
	}
	return atoi(text);
}

static bool
wish_read(struct wish *w)
{
	const char *text = getenv("GIAMSAT_STEP"), *colon = text ? strchr(text, ':') : NULL;
	char *rest;

	if (!colon || (size_t)(colon - text) >= sizeof(w->name))
		return false;
	*w = (struct wish){ 0 };
	memcpy(w->name, text, (size_t)(colon - text));
	w->nth = strtoul(colon + 1, &rest, 10);
	if (*rest == ':')
		w->errnum = errno_of(rest + 1);
	return true;
}

/* Counts only what the wish is about, so that kills and faults do not count each other. */
static bool
due(const char *name, bool fault, int *errnum)
{
	static unsigned long count;
	struct wish w;

	if (!wish_read(&w) || strcmp(w.name, name) != 0 || (w.errnum != 0) != fault)
		return false;
	*errnum = w.errnum;
	return ++count == w.nth;
}

/* One write(2) a line: the next thing may be the end of the process. */
static void
note(const char *name)
{
	const char *path = getenv("GIAMSAT_STEP_LOG");
	char line[80];
	int fd, len;

	if (!path)
		return;
	fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	if (fd < 0)
		return;
	len = snprintf(line, sizeof(line), "%s\n", name);
	if (len > 0 && write(fd, line, (size_t)len) != len)
		abort(); /* a test that counts on the log must not go on without it */
	(void)close(fd); /* nothing can be done about it */
}

void
step_reached(const char *name)
{
	int errnum;

	note(name);
	if (due(name, false, &errnum))
		(void)raise(SIGKILL); /* does not return */
}

int
step_fault(const char *name)
{
	int errnum = 0;

	return due(name, true, &errnum) ? errnum : 0;
}

#else
/* ISO C wants a declaration in every file. */
struct step_nothing;
#endif
