/* Why: what was dropped and judged goes aside with its receipt, so that the folder shows what
 * is still to come. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/step.h"
#include "base/text.h"
#include "ingest/folder_int.h"

/* After this many of the same name somebody should clear up. */
#define SAME_NAME_MOST 1000
/* Leaves room in a file name for numbers, ".txt" and the temporary's ending. */
#define RECEIPT_NAME_MOST 220

/* What a key says. */
struct identity {
	struct buf unit, name; /* unit empty: directly in the folder */
	int64_t size, mtime_ns;
	uint64_t inode;
};

static void
identity_free(struct identity *id)
{
	buf_free(&id->unit);
	buf_free(&id->name);
}

/* One part of a path, and no way out of the folder. */
static bool
one_name(const struct buf *b)
{
	return b->len > 0 && b->len <= NAME_MAX && strlen(b->at) == b->len &&
	    !strchr(b->at, '/') && strcmp(b->at, ".") != 0 && strcmp(b->at, "..") != 0;
}

static bool
identity_read(struct identity *id, const char *key)
{
	struct bytes rest = bytes_of(key), path, unit;
	long long size, mtime;
	unsigned long long inode;
	int end = -1;

	if (!bytes_cut(&path, &rest, ';') || !rest.at ||
	    sscanf(rest.at, "%lld;%lld;%llu%n", &size, &mtime, &inode, &end) != 3 ||
	    rest.at[end] != '\0')
		return false;
	id->size = size;
	id->mtime_ns = mtime;
	id->inode = inode;
	if (bytes_find(path, BYTES("/")) < path.len &&
	    (!bytes_cut(&unit, &path, '/') || !name_decode(&id->unit, unit) ||
		!one_name(&id->unit)))
		return false;
	return name_decode(&id->name, path) && one_name(&id->name);
}

static bool
is_there(int dir, const char *name, const struct identity *id)
{
	struct stat st;

	return fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) == 0 && st.st_size == id->size &&
	    mtime_ns(&st) == id->mtime_ns && st.st_ino == id->inode;
}

/* A folder below dir, never through a link; made like dir when missing. */
static int
below(int *out, int dir, const char *name, struct err *e)
{
	const int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
	AUTO(file_close) int fd = openat(dir, name, flags);
	struct stat st;
	bool made = false;
	int rc;

	if (fd < 0 && errno == ENOENT && fstat(dir, &st) == 0 &&
	    mkdirat(dir, name, 0700) == 0) {
		fd = openat(dir, name, flags);
		made = true;
	}
	/* Who may read the folder may read what lies in it. */
	if (fd < 0 || (made && fchmod(fd, st.st_mode & 07777) != 0))
		return err_set(
		    e, ERR_LATER, "folder '%s' cannot be used: %s", name, strerror(errno));
	if (made && (rc = file_sync(dir, e)) != OK)
		return err_at(e, "folder '%s'", name);
	*out = fd;
	fd = -1;
	return OK;
}

/* true when the file has just these bytes. */
static bool
holds(int dir, const char *name, struct bytes note)
{
	AUTO(arena_free) struct arena *a = arena_new();
	struct bytes b;

	return file_read(&b, a, dir, name, note.len, &(struct err){ 0 }) == OK &&
	    bytes_equal(b, note);
}

/* "<name>.txt"; if a report of that name lies there already, "<name>.1.txt" … Writing it again
 * changes nothing. */
static int
lay_receipt(int dir, const char *name, struct bytes note, struct err *e)
{
	struct bytes head = text_head(bytes_of(name), RECEIPT_NAME_MOST);
	char receipt[NAME_MAX + 1];
	struct stat st;

	for (int i = 0; i < SAME_NAME_MOST; i++) {
		if (i == 0)
			(void)snprintf(receipt, sizeof(receipt), "%.*s.txt", BYTES_ARG(head));
		else
			(void)snprintf(
			    receipt, sizeof(receipt), "%.*s.%d.txt", BYTES_ARG(head), i);
		if (fstatat(dir, receipt, &st, AT_SYMLINK_NOFOLLOW) != 0) {
			if (errno != ENOENT || fstat(dir, &st) != 0)
				return err_set(
				    e, ERR_LATER, "receipt '%s': %s", receipt, strerror(errno));
			return file_save(dir, receipt, note, (st.st_mode & 0066) | 0600, e);
		}
		if (holds(dir, receipt, note))
			return OK;
	}
	return err_set(e, ERR_LATER, "receipt '%s': too many of that name", receipt);
}

/* A run that died after the move and before the receipt left the file there, perhaps under a
 * numbered name. */
static bool
find_moved(char moved[NAME_MAX + 1], int dir, const struct identity *id)
{
	struct stat st;

	for (int i = 0; i < SAME_NAME_MOST; i++) {
		int len = i == 0 ? snprintf(moved, NAME_MAX + 1, "%s", id->name.at)
				 : snprintf(moved, NAME_MAX + 1, "%s.%d", id->name.at, i);

		if (len > NAME_MAX || fstatat(dir, moved, &st, AT_SYMLINK_NOFOLLOW) != 0)
			return false;
		if (is_there(dir, moved, id))
			return true;
	}
	return false;
}

/* from -1: the unit's folder is gone. other: where it lies if it was settled before with
 * another outcome; -1: nowhere. */
static int
settle_from(
    int from, int to, int other, const struct identity *id, struct bytes note, struct err *e)
{
	char moved[NAME_MAX + 1];
	int rc;

	if (from >= 0 && is_there(from, id->name.at, id)) {
		if ((rc = file_move(from, id->name.at, to, id->name.at, moved, e)) != OK)
			return rc;
		STEP("source.moved");
	} else if (other >= 0 && find_moved(moved, other, id)) {
		/* Refused first, then released from quarantine and read. */
		if ((rc = file_move(other, moved, to, id->name.at, moved, e)) != OK)
			return rc;
		STEP("source.moved");
	} else if (!find_moved(moved, to, id)) {
		return OK; /* replaced or taken away by somebody: theirs */
	} else if ((rc = file_sweep(to, e)) != OK) {
		return rc; /* what was to become its receipt when that run died */
	}
	return note.len ? lay_receipt(to, moved, note, e) : OK;
}

/* A folder below dir when it is there; -1 when not. */
static int
below_if_there(int dir, const char *name)
{
	return dir < 0 ? -1
		       : openat(dir, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

static int
settle_one(int top, struct settlement *s, struct err *e)
{
	AUTO(identity_free) struct identity id = { 0 };
	AUTO(file_close) int unit = -1, aside = -1, to = -1;
	AUTO(file_close) int across = -1, other = -1;
	bool in_unit, accepted = s->outcome == OUTCOME_ACCEPTED;
	int rc;

	/* Not one of ours: nothing that could be found, ever. */
	if (!identity_read(&id, s->key))
		return OK;
	in_unit = id.unit.len > 0;
	if (in_unit)
		unit = below_if_there(top, id.unit.at);
	across = below_if_there(top, accepted ? FOLDER_REFUSED : FOLDER_DONE);
	if (in_unit)
		other = below_if_there(across, id.unit.at);
	if ((rc = below(&aside, top, accepted ? FOLDER_DONE : FOLDER_REFUSED, e)) != OK ||
	    (in_unit && (rc = below(&to, aside, id.unit.at, e)) != OK))
		return rc;
	rc = settle_from(in_unit ? unit : top, in_unit ? to : aside, in_unit ? other : across,
	    &id, s->note, e);
	return rc == OK ? OK : err_at(e, "'%s'", s->key);
}

int
folder_settle(const struct source_settings *settings, struct settlement *list, size_t count,
    struct err *e)
{
	AUTO(file_close) int top = -1;
	struct err one = { 0 };
	int rc, first = OK;

	if ((rc = file_directory(&top, settings->path, false, e)) != OK)
		return rc;
	for (size_t i = 0; i < count; i++) {
		rc = settle_one(top, &list[i], first == OK ? e : &one);
		list[i].done = rc == OK;
		if (rc == OK)
			STEP("source.settled");
		else if (first == OK)
			first = rc;
	}
	return first;
}
