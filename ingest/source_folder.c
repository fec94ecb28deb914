/* Why: reports are also dropped into a shared folder, by anybody and any program. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "ingest/folder_int.h"

#define FLUSH_EVERY 200

struct scan {
	const struct source_settings *settings;
	const struct limits *limits;
	struct intake *intake;
	struct arena *arena;
	struct buf key;
	size_t taken;
	unsigned wrong; /* entries that could not be looked at */
	struct err first;
};

void
folder_key(struct buf *out, const char *unit, const char *name, const struct stat *st)
{
	buf_clear(out);
	if (unit) {
		name_encode(out, bytes_of(unit));
		buf_char(out, '/');
	}
	name_encode(out, bytes_of(name));
	buf_printf(out, ";%lld;%lld;%llu", (long long)st->st_size, (long long)mtime_ns(st),
	    (unsigned long long)st->st_ino);
}

static void
count_wrong(struct scan *s, const char *name, const char *why)
{
	AUTO(buf_free) struct buf shown = { 0 };

	name_encode(&shown, bytes_of(name));
	if (s->wrong++ == 0)
		(void)err_set(
		    &s->first, ERR_LATER, "'%s': %s", shown.at, why); /* said at the end */
}

static int
refuse(struct scan *s, const struct arrival *a, const char *reason, struct err *e)
{
	return s->intake->refuse(s->intake->self, s->settings->name, a, reason, BYTES(""), e);
}

/* A link or something special has no bytes of its own; a second name could lie outside the
 * folder. */
static bool
plain(const struct stat *st)
{
	return S_ISREG(st->st_mode) && st->st_nlink == 1;
}

/* The entry was looked at without following it; the file is opened and must be the very same.
 */
static int
take_file(struct scan *s, int dir, const char *name, const struct stat *seen,
    const struct arrival *a, struct err *e)
{
	AUTO(file_close)
	int fd = openat(dir, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	struct stat st;

	if (fd < 0 && errno != ENOENT && errno != ELOOP)
		count_wrong(s, name, strerror(errno));
	if (fd < 0 || fstat(fd, &st) != 0)
		return OK;
	/* Exchanged between the look and the opening: the next run sees what it has become. */
	if (!plain(&st) || st.st_ino != seen->st_ino || st.st_size != seen->st_size ||
	    mtime_ns(&st) != mtime_ns(seen))
		return OK;
	return file_take(s->settings, s->intake, fd, &st, a, e);
}

static int
take_entry(struct scan *s, int dir, const char *unit, const char *name, const struct stat *st,
    struct err *e)
{
	struct arrival a = {
		.name = name_shown(s->arena, name),
		.unit = unit ? name_shown(s->arena, unit) : BYTES(""),
		.bytes = S_ISREG(st->st_mode) ? (uint64_t)st->st_size : 0,
		.received_s = st->st_mtim.tv_sec,
	};
	int rc;

	/* Somebody may still be writing it. */
	if (name_temporary(name) ||
	    st->st_mtim.tv_sec + (int64_t)s->settings->stable_s > s->intake->now_s)
		return OK;
	folder_key(&s->key, unit, name, st);
	a.key = s->key.at;
	if (s->intake->known(s->intake->self, s->settings->name, a.key))
		return OK;
	if (!plain(st))
		rc = refuse(s, &a, "not-a-file", e);
	else if (a.bytes > s->limits->mail_bytes)
		rc = refuse(s, &a, "too-large", e);
	else
		rc = take_file(s, dir, name, st, &a, e);
	if (rc == OK && ++s->taken % FLUSH_EVERY == 0)
		rc = s->intake->flush(s->intake->self, e);
	return rc;
}

static bool
our_own(const char *name)
{
	return strcmp(name, FOLDER_DONE) == 0 || strcmp(name, FOLDER_REFUSED) == 0;
}

static int scan_unit(struct scan *s, int top, const char *unit, struct err *e);

static int
scan_entries(struct scan *s, int dir, const char *unit, struct names *names, struct err *e)
{
	int rc = OK;

	for (size_t i = 0; i < names->count && rc == OK; i++) {
		const char *name = names->list[i];
		struct stat st;

		/* In a unit's folder too these names are taken, so that nobody mistakes them
		 * for ours. */
		if (name[0] == '.' || our_own(name) ||
		    fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) != 0)
			continue;
		if (!S_ISDIR(st.st_mode))
			rc = take_entry(s, dir, unit, name, &st, e);
		else if (!unit)
			rc = scan_unit(s, dir, name, e);
	}
	return rc;
}

static int
scan_unit(struct scan *s, int top, const char *unit, struct err *e)
{
	AUTO(names_free) struct names names = { 0 };
	AUTO(file_close)
	int dir = openat(top, unit, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

	if (dir < 0 || names_read(&names, dir) != 0) {
		count_wrong(s, unit, strerror(errno));
		return OK;
	}
	return scan_entries(s, dir, unit, &names, e);
}

static void
scan_close(struct scan *s)
{
	arena_free(&s->arena);
	buf_free(&s->key);
}

static int
fetch(const struct source_settings *settings, const struct limits *limits, struct intake *in,
    struct err *e)
{
	AUTO(scan_close)
	struct scan s = {
		.settings = settings, .limits = limits, .intake = in, .arena = arena_new()
	};
	AUTO(names_free) struct names names = { 0 };
	AUTO(file_close) int dir = -1;
	int rc;

	if ((rc = file_directory(&dir, settings->path, false, e)) != OK)
		return rc;
	if (names_read(&names, dir) != 0)
		return err_set(e, ERR_LATER, "folder '%s' cannot be listed: %s", settings->path,
		    strerror(errno));
	if ((rc = scan_entries(&s, dir, NULL, &names, e)) != OK ||
	    (rc = in->flush(in->self, e)) != OK)
		return rc;
	if (s.wrong)
		return err_set(e, ERR_LATER, "folder '%s': %u entries cannot be read; %s",
		    settings->path, s.wrong, s.first.text);
	return OK;
}

static const char *
mistake(const struct source_settings *s)
{
	return s->path ? NULL : "a folder source needs a path";
}

const struct source_kind source_folder = {
	.name = "folder",
	.fetch = fetch,
	.settle = folder_settle,
	.mistake = mistake,
};
