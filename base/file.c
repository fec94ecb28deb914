/*
 * Why: a power cut at any instruction leaves the old file or the new one, and a test can trip
 * each point.
 */
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/step.h"

#define TEMPORARY  ".tmp-"
#define MOVE_TRIES 1000

void
file_close(int *fd)
{
	if (*fd < 0)
		return;
	(void)close(*fd); /* what had to last was synced before */
	*fd = -1;
}

/* Regular and not over the ceiling. */
static int
check(uint64_t *size, int fd, size_t ceiling, struct err *e)
{
	struct stat st;

	if (fstat(fd, &st) != 0)
		return err_set(e, ERR_STOP, "cannot be looked at: %s", strerror(errno));
	if (!S_ISREG(st.st_mode))
		return err_set(e, ERR_INPUT, "is no regular file");
	if ((uint64_t)st.st_size > ceiling)
		return err_set(e, ERR_INPUT, "has %lld bytes; the limit is %zu",
		    (long long)st.st_size, ceiling);
	*size = (uint64_t)st.st_size;
	return OK;
}

/* Up to room bytes, fewer only at the end of the file. */
static int
read_whole(size_t *got, int fd, char *at, size_t room, struct err *e)
{
	size_t len = 0;

	while (len < room) {
		ssize_t n = read(fd, at + len, room - len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_set(e, ERR_STOP, "cannot be read: %s", strerror(errno));
		if (n == 0)
			break;
		len += (size_t)n;
	}
	*got = len;
	return OK;
}

int
file_read(struct bytes *out, struct arena *a, int dir, const char *name, size_t ceiling,
    struct err *e)
{
	/* O_NONBLOCK: a FIFO must not hold us; O_NOFOLLOW: a link is no regular file. */
	AUTO(file_close)
	int fd = openat(dir, name, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC);
	uint64_t size;
	size_t got = 0;
	char *at;
	int rc;

	if (fd < 0 && errno == ELOOP)
		return err_set(e, ERR_INPUT, "file '%s': is no regular file", name);
	if (fd < 0)
		return err_set(
		    e, ERR_STOP, "file '%s' cannot be opened: %s", name, strerror(errno));
	if ((rc = check(&size, fd, ceiling, e)) != OK)
		return err_at(e, "file '%s'", name);
	at = arena_take(a, (size_t)size + 1);
	if ((rc = read_whole(&got, fd, at, (size_t)size + 1, e)) != OK)
		return err_at(e, "file '%s'", name);
	if (got > size)
		return err_set(e, ERR_INPUT, "file '%s': grew while it was read", name);
	at[got] = '\0';
	*out = (struct bytes){ .at = at, .len = got };
	return OK;
}

/* write(2), or the failure a test asks for there. */
static ssize_t
step_write(int fd, struct bytes b)
{
	int fault = STEP_FAULT("file.write");

	STEP("file.write");
	if (fault) {
		errno = fault;
		return -1;
	}
	return write(fd, b.at, b.len);
}

int
file_write(int fd, struct bytes b, struct err *e)
{
	while (b.len) {
		ssize_t n = step_write(fd, b);

		if (n < 0 && errno != EINTR)
			return err_set(e, ERR_STOP, "cannot be written: %s", strerror(errno));
		if (n > 0)
			b = bytes_slice(b, (size_t)n, b.len);
	}
	return OK;
}

static int
step_fsync(int fd, const char *step)
{
	int fault = STEP_FAULT(step);

	(void)step; /* only the flavour with steps looks at it */
	STEP(step);
	if (fault) {
		errno = fault;
		return -1;
	}
	return fsync(fd);
}

static int
sync_as(int fd, const char *step, struct err *e)
{
	int rc;

	do
		rc = step_fsync(fd, step);
	while (rc != 0 && errno == EINTR);
	if (rc != 0)
		return err_set(e, ERR_STOP, "cannot be synced to disk: %s", strerror(errno));
	return OK;
}

int
file_sync(int fd, struct err *e)
{
	return sync_as(fd, "file.sync", e);
}

/* The directory that holds name, which may have a path of its own. */
static int
sync_parent(int dir, const char *name, struct err *e)
{
	const char *slash = strrchr(name, '/');
	AUTO(file_close) int fd = -1;
	char path[PATH_MAX] = ".";

	if (!slash && dir >= 0)
		return sync_as(dir, "file.dirsync", e);
	if (slash && (size_t)(slash - name) + 2 > sizeof(path))
		return err_set(e, ERR_STOP, "the name is too long");
	if (slash) {
		size_t len = (size_t)(slash - name) + (slash == name ? 1 : 0);

		memcpy(path, name, len);
		path[len] = '\0';
	}
	fd = openat(dir, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return err_set(
		    e, ERR_STOP, "folder '%s' cannot be opened: %s", path, strerror(errno));
	return sync_as(fd, "file.dirsync", e);
}

int
file_directory(int *out, const char *path, bool make, struct err *e)
{
	char part[PATH_MAX];
	size_t len = strlen(path);
	int fd;

	if (len == 0 || len >= sizeof(part))
		return err_set(
		    e, ERR_STOP, "folder '%.64s': the name has %zu bytes", path, len);
	for (size_t i = 1; make && i <= len; i++) {
		if (path[i] != '/' && path[i] != '\0')
			continue;
		memcpy(part, path, i);
		part[i] = '\0';
		if (mkdir(part, 0700) == 0) {
			/* It is there for good only once the folder it stands in says so. */
			int rc = sync_parent(AT_FDCWD, part, e);

			if (rc != OK)
				return rc;
		} else if (errno != EEXIST) {
			return err_set(e, ERR_STOP, "folder '%s' cannot be made: %s", part,
			    strerror(errno));
		}
	}
	fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return err_set(
		    e, ERR_STOP, "folder '%s' cannot be opened: %s", path, strerror(errno));
	*out = fd;
	return OK;
}

/* renameat2, or the failure a test asks for there. */
static int
step_rename(int from_dir, const char *from, int to_dir, const char *to, unsigned flags)
{
	int fault = STEP_FAULT("file.rename");

	STEP("file.rename");
	if (fault) {
		errno = fault;
		return -1;
	}
	return renameat2(from_dir, from, to_dir, to, flags);
}

/* A new file of ours; one of that name is left over from a dead run with our process id. */
static int
temporary_open(int *out, int dir, const char *name, mode_t mode, struct err *e)
{
	const int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
	AUTO(file_close) int fd = openat(dir, name, flags, mode);

	if (fd < 0 && errno == EEXIST && unlinkat(dir, name, 0) == 0)
		fd = openat(dir, name, flags, mode);
	/* The mode is what was asked for, whatever the umask. */
	if (fd < 0 || fchmod(fd, mode) != 0)
		return err_set(
		    e, ERR_STOP, "file '%s' cannot be made: %s", name, strerror(errno));
	*out = fd;
	fd = -1;
	return OK;
}

static int
save_as(int dir, const char *temporary, const char *name, struct bytes b, mode_t mode,
    struct err *e)
{
	AUTO(file_close) int fd = -1;
	int rc;

	if ((rc = temporary_open(&fd, dir, temporary, mode, e)) != OK ||
	    (rc = file_write(fd, b, e)) != OK || (rc = file_sync(fd, e)) != OK)
		return rc;
	if (step_rename(dir, temporary, dir, name, 0) != 0)
		return err_set(e, ERR_STOP, "cannot be put in place: %s", strerror(errno));
	return sync_parent(dir, name, e);
}

int
file_save(int dir, const char *name, struct bytes b, mode_t mode, struct err *e)
{
	char temporary[PATH_MAX];
	int len, rc;

	len =
	    snprintf(temporary, sizeof(temporary), "%s" TEMPORARY "%ld", name, (long)getpid());
	if (len < 0 || (size_t)len >= sizeof(temporary))
		return err_set(e, ERR_STOP, "file '%.64s': the name is too long", name);
	rc = save_as(dir, temporary, name, b, mode, e);
	if (rc == OK)
		return OK;
	(void)unlinkat(
	    dir, temporary, 0); /* mostly there; what stays is swept by the next run */
	return err_at(e, "file '%s'", name);
}

/*
 * Moves without replacing; EEXIST when the place is taken. Some file systems (NFS) cannot do
 * that by rename: there a second link is made and the first one removed.
 */
static int
move_once(int from_dir, const char *from, int to_dir, const char *to)
{
	if (step_rename(from_dir, from, to_dir, to, RENAME_NOREPLACE) == 0)
		return 0;
	if (errno != EINVAL && errno != ENOSYS)
		return -1;
	if (linkat(from_dir, from, to_dir, to, 0) != 0)
		return -1;
	return unlinkat(from_dir, from, 0);
}

int
file_move(int from_dir, const char *from, int to_dir, const char *to, char *out, struct err *e)
{
	char place[NAME_MAX + 1];
	int len = snprintf(place, sizeof(place), "%s", to), rc;

	for (int i = 1; len > 0 && (size_t)len < sizeof(place); i++) {
		if (move_once(from_dir, from, to_dir, place) == 0) {
			if ((rc = sync_parent(to_dir, place, e)) != OK ||
			    (rc = sync_parent(from_dir, from, e)) != OK)
				return err_at(e, "file '%s', moved to '%s'", from, place);
			if (out)
				memcpy(out, place, (size_t)len + 1);
			return OK;
		}
		if (errno != EEXIST || i == MOVE_TRIES)
			return err_set(e, errno == ENOENT ? ERR_LATER : ERR_STOP,
			    "file '%s' cannot be moved to '%s': %s", from, place,
			    strerror(errno));
		len = snprintf(place, sizeof(place), "%s.%d", to, i);
	}
	return err_set(
	    e, ERR_STOP, "file '%s' cannot be moved: the new name is too long", from);
}

/* Ends in ".tmp-" and digits, as file_save names them. */
static bool
is_temporary(const char *name)
{
	const char *mark = strstr(name, TEMPORARY), *digits;

	if (!mark)
		return false;
	digits = mark + sizeof(TEMPORARY) - 1;
	return *digits && digits[strspn(digits, "0123456789")] == '\0';
}

static void
directory_close(DIR **d)
{
	if (*d)
		(void)closedir(*d); /* only read from */
	*d = NULL;
}

int
file_sweep(int dir, struct err *e)
{
	/* Opened anew: a duplicate would share its place in the list with the caller's. */
	AUTO(file_close) int fd = openat(dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	AUTO(directory_close) DIR *list = fd < 0 ? NULL : fdopendir(fd);
	bool swept = false;
	struct dirent *entry;

	if (!list)
		return err_set(e, ERR_STOP, "folder cannot be listed: %s", strerror(errno));
	fd = -1; /* the list's from here on */
	while ((errno = 0, entry = readdir(list))) {
		if (!is_temporary(entry->d_name))
			continue;
		if (unlinkat(dir, entry->d_name, 0) != 0)
			return err_set(e, ERR_STOP, "left-over '%s' cannot be removed: %s",
			    entry->d_name, strerror(errno));
		swept = true;
	}
	if (errno)
		return err_set(e, ERR_STOP, "folder cannot be listed: %s", strerror(errno));
	return swept ? sync_as(dir, "file.dirsync", e) : OK;
}

int
file_map(struct bytes *out, int fd, size_t ceiling, struct err *e)
{
	uint64_t size;
	void *at;
	int rc;

	if ((rc = check(&size, fd, ceiling, e)) != OK)
		return err_at(e, "file");
	if (size == 0) {
		*out = (struct bytes){ 0 };
		return OK;
	}
	at = mmap(NULL, (size_t)size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (at == MAP_FAILED)
		return err_set(e, ERR_STOP, "file cannot be mapped: %s", strerror(errno));
	*out = (struct bytes){ .at = at, .len = (size_t)size };
	return OK;
}
