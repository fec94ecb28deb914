/* Why: what was sent to us is kept byte for byte, and is on the disk before anyone is told that
 * we have it. */
#include "store/originals.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/step.h"

/*
 * All is written first, then all is synced, then all is renamed, then each folder is synced
 * once: the first sync carries most of the rest with it. Descriptors stay open until their
 * sync, so that an error of the disk is told to us.
 */
enum { OPEN_MAX_FILES = 128 };

struct kept {
	char digest[DIGEST_HEX];
	unsigned serial; /* of the temporary; 0: it has its final name, only the folder is to be
	                    synced */
	int fd;          /* -1: synced */
};

struct originals {
	int dir;
	bool swept; /* we write: what a dead run left is gone */
	unsigned serial;
	int fd; /* of the one that was begun; -1 */
	struct digest digest;
	uint64_t bytes;
	bool made;         /* a folder, since the last flush */
	struct kept *kept; /* since the last flush */
	size_t count, room, unsynced;
};

static void
temporary_name(char out[64], unsigned serial)
{
	(void)snprintf(out, 64, "%u.tmp-%ld", serial, (long)getpid()); /* fits */
}

/* "ab/abcdef…" */
static void
final_name(char out[DIGEST_HEX + 3], const char *digest)
{
	(void)snprintf(out, DIGEST_HEX + 3, "%.2s/%.64s", digest, digest); /* fits */
}

int
originals_open(struct originals **out, const char *state_dir, struct err *e)
{
	AUTO(originals_close) struct originals *o = memory_new(sizeof(*o));
	AUTO(file_close) int parent = -1;
	char path[PATH_MAX];
	int rc, len = snprintf(path, sizeof(path), "%s/originals", state_dir);

	o->dir = o->fd = -1;
	if (len < 0 || (size_t)len >= sizeof(path))
		return err_set(e, ERR_STOP, "the path of the state directory is too long");
	if (access(path, F_OK) != 0 &&
	    ((rc = file_directory(&o->dir, path, true, e)) != OK ||
		(rc = file_directory(&parent, state_dir, false, e)) != OK ||
		(rc = file_sync(parent, e)) != OK))
		return rc;
	if (o->dir < 0 && (rc = file_directory(&o->dir, path, false, e)) != OK)
		return rc;
	*out = o;
	o = NULL;
	return OK;
}

void
originals_close(struct originals **out)
{
	struct originals *o = *out;
	char name[64];

	if (!o)
		return;
	originals_abandon(o);
	for (size_t i = 0; i < o->count; i++) {
		file_close(&o->kept[i].fd);
		temporary_name(name, o->kept[i].serial);
		if (o->kept[i].serial != 0)
			(void)unlinkat(o->dir, name,
			    0); /* it was not flushed; otherwise the next run sweeps it */
	}
	file_close(&o->dir);
	free(o->kept);
	free(o);
	*out = NULL;
}

/* Only a writer sweeps, and there is one at a time: a command that looks must not take a
 * running night's files away. */
static int
sweep(struct originals *o, struct err *e)
{
	int rc;

	if (o->swept)
		return OK;
	if ((rc = file_sweep(o->dir, e)) == OK)
		o->swept = true;
	return rc;
}

int
originals_begin(struct originals *o, struct err *e)
{
	char name[64];
	int rc;

	originals_abandon(o);
	if ((rc = sweep(o, e)) != OK)
		return rc;
	temporary_name(name, ++o->serial);
	o->fd =
	    openat(o->dir, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (o->fd < 0)
		return err_set(e, ERR_STOP, "an original cannot be begun: %s", strerror(errno));
	digest_begin(&o->digest);
	o->bytes = 0;
	return OK;
}

int
originals_add(struct originals *o, struct bytes more, struct err *e)
{
	int rc;

	STEP("originals.write");
	if ((rc = file_write(o->fd, more, e)) != OK)
		return err_at(e, "an original");
	digest_add(&o->digest, more);
	o->bytes += more.len;
	return OK;
}

void
originals_abandon(struct originals *o)
{
	char name[64];

	if (o->fd < 0)
		return;
	file_close(&o->fd);
	temporary_name(name, o->serial);
	(void)unlinkat(o->dir, name, 0); /* otherwise it is swept at the next start */
}

/* Of the same length, or it is a wreck of an old disk error and gives way. */
static bool
is_there(const struct originals *o, const char *digest)
{
	char name[DIGEST_HEX + 3];
	struct stat st;

	for (size_t i = 0; i < o->count; i++)
		if (strcmp(o->kept[i].digest, digest) == 0)
			return true;
	final_name(name, digest);
	return fstatat(o->dir, name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(st.st_mode) &&
	    (uint64_t)st.st_size == o->bytes;
}

static int
sync_files(struct originals *o, struct err *e)
{
	int rc;

	for (size_t i = 0; i < o->count && o->unsynced > 0; i++) {
		if (o->kept[i].fd < 0)
			continue;
		STEP("originals.sync");
		if ((rc = file_sync(o->kept[i].fd, e)) != OK)
			return err_at(e, "an original");
		file_close(&o->kept[i].fd);
		o->unsynced--;
	}
	return OK;
}

int
originals_end(char digest[DIGEST_HEX], uint64_t *bytes, struct originals *o, struct err *e)
{
	struct kept *k;

	if (o->count == o->room) {
		o->room = o->room ? 2 * o->room : 256;
		o->kept = memory_resize(o->kept, o->room, sizeof(*o->kept));
	}
	k = &o->kept[o->count];
	*k = (struct kept){ .fd = -1 };
	digest_end(k->digest, &o->digest);
	if (is_there(o, k->digest)) {
		originals_abandon(o);
	} else {
		k->serial = o->serial;
		k->fd = o->fd;
		o->fd = -1;
		o->unsynced++;
	}
	o->count++;
	memcpy(digest, k->digest, DIGEST_HEX);
	*bytes = o->bytes;
	return o->unsynced < OPEN_MAX_FILES ? OK : sync_files(o, e);
}

static int
rename_one(struct originals *o, struct kept *k, struct err *e)
{
	char from[64], to[DIGEST_HEX + 3], folder[3] = { k->digest[0], k->digest[1], '\0' };
	int fault = STEP_FAULT("originals.rename");

	temporary_name(from, k->serial);
	final_name(to, k->digest);
	STEP("originals.rename");
	if (mkdirat(o->dir, folder, 0700) == 0)
		o->made = true;
	else if (errno != EEXIST)
		return err_set(e, ERR_STOP, "the folder originals/%s cannot be made: %s",
		    folder, strerror(errno));
	if (fault)
		errno = fault;
	if (fault || renameat(o->dir, from, o->dir, to) != 0)
		return err_set(e, ERR_STOP, "an original cannot be moved to originals/%s: %s",
		    to, strerror(errno));
	k->serial = 0;
	return OK;
}

static int
sync_folder(const struct originals *o, const char *name, struct err *e)
{
	AUTO(file_close) int fd = openat(o->dir, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int rc;

	if (fd < 0)
		return err_set(e, ERR_STOP, "the folder originals/%s cannot be opened: %s",
		    name, strerror(errno));
	STEP("originals.dirsync");
	if ((rc = file_sync(fd, e)) != OK)
		return err_at(e, "the folder originals/%s", name);
	return OK;
}

/* Also the folders of bytes that were there: the run that moved them may have died before it
 * synced. */
static int
sync_folders(const struct originals *o, struct err *e)
{
	bool done[256] = { false };
	int rc;

	for (size_t i = 0; i < o->count; i++) {
		char folder[3] = { o->kept[i].digest[0], o->kept[i].digest[1], '\0' };
		unsigned long which = strtoul(folder, NULL, 16);

		if (done[which])
			continue;
		if ((rc = sync_folder(o, folder, e)) != OK)
			return rc;
		done[which] = true;
	}
	return o->made ? sync_folder(o, ".", e) : OK;
}

int
originals_flush(struct originals *o, struct err *e)
{
	int rc;

	if ((rc = sync_files(o, e)) != OK)
		return rc;
	for (size_t i = 0; i < o->count; i++)
		if (o->kept[i].serial != 0 && (rc = rename_one(o, &o->kept[i], e)) != OK)
			return rc;
	if ((rc = sync_folders(o, e)) != OK)
		return rc;
	o->count = 0;
	o->made = false;
	STEP("originals.flushed");
	return OK;
}

int
originals_read(int *fd, struct originals *o, const char *digest, struct err *e)
{
	char name[DIGEST_HEX + 3];
	int file;

	final_name(name, digest);
	file = openat(o->dir, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	if (file < 0)
		return err_set(e, ERR_LATER, "the original %.64s cannot be read: %s", digest,
		    strerror(errno));
	*fd = file;
	return OK;
}
