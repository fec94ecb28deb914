/* Why: passwords come in by one door, are seen by as few eyes as possible and are wiped. */
#include "base/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/file.h"

#define COMMAND_S 30

void
secret_wipe(struct secret *s)
{
	explicit_bzero(s, sizeof(*s));
}

int
secret_private(int fd, const char *path, struct err *e)
{
	struct stat st;

	if (fstat(fd, &st) != 0)
		return err_set(
		    e, ERR_STOP, "'%s' cannot be looked at: %s", path, strerror(errno));
	if (!S_ISREG(st.st_mode))
		return err_set(e, ERR_STOP, "'%s' is no regular file", path);
	if (st.st_uid != 0 && st.st_uid != geteuid())
		return err_set(e, ERR_STOP,
		    "'%s' holds a secret but belongs to another user (uid %lu)", path,
		    (unsigned long)st.st_uid);
	if (st.st_mode & 0037)
		return err_set(e, ERR_STOP,
		    "'%s' holds a secret but its mode is %04o; allowed is 0640 or stricter "
		    "(chmod 0640)",
		    path, (unsigned)(st.st_mode & 07777));
	return OK;
}

/* The first line of the text; what names the place in the sentence. */
static int
take_line(struct secret *out, struct bytes text, const char *what, struct err *e)
{
	struct bytes line = { 0 };

	if (text.len)
		(void)bytes_cut(&line, &text, '\n'); /* there is a first piece */
	if (line.len && line.at[line.len - 1] == '\r')
		line.len--;
	if (line.len == 0)
		return err_set(
		    e, ERR_STOP, "%s gives no secret: its first line is empty", what);
	if (line.len >= sizeof(out->text))
		return err_set(e, ERR_STOP, "%s gives a secret of over %zu bytes", what,
		    sizeof(out->text) - 1);
	for (size_t i = 0; i < line.len; i++)
		if ((unsigned char)line.at[i] < 0x20 || line.at[i] == 0x7F)
			return err_set(
			    e, ERR_STOP, "%s gives a secret with a control character", what);
	memcpy(out->text, line.at, line.len);
	out->text[line.len] = '\0';
	out->len = line.len;
	return OK;
}

/*
 * What was read, wiped when it goes out of scope. One byte more than a secret may have, and its
 * line end.
 */
struct reading {
	char at[sizeof(((struct secret *)0)->text) + 2];
	size_t len;
};

static void
reading_wipe(struct reading *r)
{
	explicit_bzero(r, sizeof(*r));
}

static int
load_file(struct secret *out, const char *path, const char *what, struct err *e)
{
	AUTO(file_close) int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	AUTO(reading_wipe) struct reading r = { 0 };
	int rc;

	if (fd < 0)
		return err_set(e, ERR_STOP, "%s cannot be opened: %s", what, strerror(errno));
	if ((rc = secret_private(fd, path, e)) != OK)
		return rc;
	while (r.len < sizeof(r.at)) {
		ssize_t n = read(fd, r.at + r.len, sizeof(r.at) - r.len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_set(
			    e, ERR_STOP, "%s cannot be read: %s", what, strerror(errno));
		if (n == 0)
			break;
		r.len += (size_t)n;
	}
	return take_line(out, (struct bytes){ .at = r.at, .len = r.len }, what, e);
}

static int64_t
now_ms(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t); /* cannot fail for this clock */
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static _Noreturn void
run_shell(const char *command, int out)
{
	int nothing = open("/dev/null", O_RDONLY);

	/* A group of its own, so that all of it ends with it. */
	if (setpgid(0, 0) == 0 && nothing >= 0 && dup2(nothing, STDIN_FILENO) >= 0 &&
	    dup2(out, STDOUT_FILENO) >= 0)
		(void)execl(
		    "/bin/sh", "sh", "-c", command, (char *)NULL); /* returns only to fail */
	_exit(127);
}

/* Until the pipe ends or the time is over; false then. */
static bool
read_until(struct reading *r, int fd, int64_t end_ms)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	char more[256];

	for (;;) {
		int64_t left = end_ms - now_ms();
		bool full = r->len == sizeof(r->at);
		ssize_t n;

		if (left <= 0)
			return false;
		if (poll(&p, 1, (int)left) <= 0)
			continue;
		/*
		 * Beyond the first line it is read on, for a command that would die of a closed
		 * pipe.
		 */
		n = full ? read(fd, more, sizeof(more))
			 : read(fd, r->at + r->len, sizeof(r->at) - r->len);
		if (n == 0 || (n < 0 && errno != EINTR))
			break;
		if (n > 0 && !full)
			r->len += (size_t)n;
	}
	explicit_bzero(more, sizeof(more));
	return true;
}

/* The exit status, or -1 when the time was over and all of it was killed. */
static int
wait_until(pid_t child, bool in_time, int64_t end_ms)
{
	const struct timespec nap = { .tv_nsec = 5000000 };
	pid_t got = 0;
	int status;

	while (in_time && (got = waitpid(child, &status, WNOHANG)) == 0 && now_ms() < end_ms)
		(void)nanosleep(&nap, NULL); /* shorter is as good */
	if (got == child)
		return status;
	(void)kill(-child, SIGKILL); /* it may just have ended, or not yet have a group */
	(void)kill(child, SIGKILL);
	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	return -1;
}

static int
load_command(struct secret *out, const struct secret_place *place, struct err *e)
{
	unsigned seconds = place->command_s ? place->command_s : COMMAND_S;
	int64_t end_ms = now_ms() + (int64_t)seconds * 1000;
	AUTO(reading_wipe) struct reading r = { 0 };
	AUTO(file_close) int from = -1;
	AUTO(file_close) int to = -1;
	int ends[2], status;
	pid_t child;

	if (pipe2(ends, O_CLOEXEC) != 0)
		return err_set(
		    e, ERR_STOP, "the password command cannot be run: %s", strerror(errno));
	from = ends[0];
	to = ends[1];
	child = fork();
	if (child < 0)
		return err_set(
		    e, ERR_STOP, "the password command cannot be run: %s", strerror(errno));
	if (child == 0)
		run_shell(place->command, to);
	file_close(&to);
	status = wait_until(child, read_until(&r, from, end_ms), end_ms);
	/* The command itself may hold a secret, so the sentence names only its kind. */
	if (status == -1)
		return err_set(
		    e, ERR_STOP, "the password command was not done after %u s", seconds);
	if (WIFSIGNALED(status))
		return err_set(e, ERR_STOP, "the password command was ended by signal %d",
		    WTERMSIG(status));
	if (WEXITSTATUS(status) != 0)
		return err_set(e, ERR_STOP, "the password command failed with status %d",
		    WEXITSTATUS(status));
	return take_line(
	    out, (struct bytes){ .at = r.at, .len = r.len }, "the password command", e);
}

static int
load_credential(struct secret *out, const char *name, struct err *e)
{
	const char *folder = getenv("CREDENTIALS_DIRECTORY");
	char path[PATH_MAX], what[PATH_MAX + 32];
	int len;

	if (!folder || !*folder)
		return err_set(e, ERR_STOP,
		    "credential '%s': there is no $CREDENTIALS_DIRECTORY (LoadCredential= in "
		    "the service)",
		    name);
	/* A name, never a path out of the folder. */
	if (!*name || *name == '.' || strchr(name, '/'))
		return err_set(
		    e, ERR_STOP, "credential '%s': this is no name of a credential", name);
	len = snprintf(path, sizeof(path), "%s/%s", folder, name);
	if (len < 0 || (size_t)len >= sizeof(path))
		return err_set(e, ERR_STOP, "credential '%.64s': the name is too long", name);
	(void)snprintf(what, sizeof(what), "credential '%s'", name); /* shorter than the path */
	return load_file(out, path, what, e);
}

static int
load(struct secret *out, const struct secret_place *place, struct err *e)
{
	char what[PATH_MAX + 32];

	if (place->text)
		return take_line(out, bytes_of(place->text), "the password in the settings", e);
	if (place->file) {
		(void)snprintf(
		    what, sizeof(what), "password file '%s'", place->file); /* or cut */
		return load_file(out, place->file, what, e);
	}
	if (place->command)
		return load_command(out, place, e);
	return load_credential(out, place->credential, e);
}

int
secret_load(struct secret *out, const struct secret_place *place, struct err *e)
{
	struct secret s = { .len = 0 };
	int rc = OK;

	if (place->text || place->file || place->command || place->credential)
		rc = load(&s, place, e);
	if (rc == OK)
		*out = s;
	secret_wipe(&s);
	return rc;
}

const char *
secret_hold(const char *text)
{
	size_t len = text ? strlen(text) + 1 : 0;
	char *held;

	if (!text)
		return NULL;
	held = mmap(NULL, len, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (held == MAP_FAILED)
		return text;                       /* no worse than before */
	(void)madvise(held, len, MADV_WIPEONFORK); /* since Linux 4.14 */
	(void)madvise(held, len, MADV_DONTDUMP);
	memcpy(held, text, len);
	explicit_bzero((void *)(uintptr_t)text, len - 1);
	return held;
}

struct secret *
secret_new(void)
{
	struct secret *s =
	    mmap(NULL, sizeof(*s), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (s == MAP_FAILED)
		abort(); /* out of memory */
	(void)madvise(
	    s, sizeof(*s), MADV_WIPEONFORK); /* each is a second wall, not the first */
	(void)madvise(s, sizeof(*s), MADV_DONTDUMP);
	(void)mlock(s, sizeof(*s));
	return s;
}

void
secret_free(struct secret **s)
{
	if (!*s)
		return;
	secret_wipe(*s);
	(void)munmap(*s, sizeof(**s)); /* a mapping of ours */
	*s = NULL;
}

void
secret_wipe_freed(bool on)
{
	(void)mallopt(M_PERTURB, on ? 0x5a : 0); /* fails for no value */
}
