/* Why: where mail is delivered to this machine it is read from its maildir. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/step.h"
#include "ingest/folder_int.h"

#define FLUSH_EVERY  200
#define DONE_DEFAULT ".Processed"

static const char *const places[] = { "new", "cur" };

/* A delivered mail; unique is the name without its flags, which is its own for ever
 * (maildir(5)). */
struct delivered {
	struct bytes unique;
	const char *name;
	size_t place;
};

/* The two folders of a maildir as they are now. */
struct maildir {
	int top, dir[COUNT(places)];
	struct names names[COUNT(places)];
	struct delivered *list; /* sorted by unique, each once */
	size_t count;
};

static void
maildir_close(struct maildir *m)
{
	for (size_t i = 0; i < COUNT(places); i++) {
		file_close(&m->dir[i]);
		names_free(&m->names[i]);
	}
	file_close(&m->top);
	free(m->list);
}

static int
compare(const void *a, const void *b)
{
	return bytes_compare(
	    ((const struct delivered *)a)->unique, ((const struct delivered *)b)->unique);
}

static struct bytes
unique_of(const char *name)
{
	struct bytes b = bytes_of(name);

	return bytes_slice(b, 0, bytes_find(b, BYTES(":2,")));
}

static void
collect(struct maildir *m)
{
	size_t n = 0, kept = 0;

	m->list = memory_new((m->names[0].count + m->names[1].count + 1) * sizeof(*m->list));
	for (size_t i = 0; i < COUNT(places); i++)
		for (size_t k = 0; k < m->names[i].count; k++)
			if (m->names[i].list[k][0] != '.')
				m->list[n++] =
				    (struct delivered){ unique_of(m->names[i].list[k]),
					    m->names[i].list[k], i };
	qsort(m->list, n, sizeof(*m->list), compare);
	for (size_t k = 0; k < n; k++)
		if (kept == 0 || compare(&m->list[kept - 1], &m->list[k]) != 0)
			m->list[kept++] = m->list[k];
	m->count = kept;
}

static int
maildir_open(struct maildir *m, const char *path, struct err *e)
{
	int rc;

	if ((rc = file_directory(&m->top, path, false, e)) != OK)
		return rc;
	for (size_t i = 0; i < COUNT(places); i++) {
		m->dir[i] = openat(m->top, places[i], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		if (m->dir[i] < 0 || names_read(&m->names[i], m->dir[i]) != 0)
			return err_set(e, ERR_STOP,
			    "maildir '%s': folder '%s' cannot be read: %s", path, places[i],
			    strerror(errno));
	}
	collect(m);
	return OK;
}

/* The header section as far as it fits, to answer the sender. */
static struct bytes
header_of(struct buf *b, int fd, size_t most)
{
	struct bytes all;
	size_t unix_end, mail_end;
	ssize_t n = pread(fd, buf_reserve(b, most), most, 0);

	b->len = n > 0 ? (size_t)n : 0; /* unreadable: an empty header is known of it */
	all = buf_bytes(b);
	unix_end = bytes_find(all, BYTES("\n\n"));
	mail_end = bytes_find(all, BYTES("\r\n\r\n"));
	return bytes_slice(all, 0, unix_end < mail_end ? unix_end + 2 : mail_end + 4);
}

static int
take(const struct source_settings *s, const struct limits *limits, struct intake *in, int dir,
    const struct delivered *d, struct err *e)
{
	AUTO(file_close)
	int fd =
	    openat(dir, d->name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	AUTO(buf_free) struct buf key = { 0 }, header = { 0 };
	struct arrival a = { .mail = true };
	struct stat st;

	name_encode(&key, d->unique);
	a.key = key.at;
	if (in->known(in->self, s->name, a.key))
		return OK;
	if (fd < 0 &&
	    errno != ELOOP) /* renamed by a mail program meanwhile, or not ours to read */
		return errno == ENOENT
		    ? OK
		    : err_set(e, ERR_INPUT, "'%s': %s", a.key, strerror(errno));
	if (fd < 0 || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
		return in->refuse(in->self, s->name, &a, "not-a-file", BYTES(""), e);
	a.bytes = (uint64_t)st.st_size;
	a.received_s = st.st_mtim.tv_sec;
	if (a.bytes > limits->mail_bytes)
		return in->refuse(in->self, s->name, &a, "too-large",
		    header_of(&header, fd, limits->header_bytes), e);
	return file_take(s, in, fd, &st, &a, e);
}

static int
fetch(const struct source_settings *s, const struct limits *limits, struct intake *in,
    struct err *e)
{
	AUTO(maildir_close) struct maildir m = { .top = -1, .dir = { -1, -1 } };
	struct err one = { 0 }, first = { 0 };
	int rc;

	if ((rc = maildir_open(&m, s->path, e)) != OK)
		return rc;
	for (size_t i = 0; i < m.count; i++) {
		rc = take(s, limits, in, m.dir[m.list[i].place], &m.list[i], &one);
		if (rc == ERR_INPUT && first.code == OK)
			first = one;
		if (rc != OK && rc != ERR_INPUT)
			return err_set(e, rc, "%s", one.text);
		if ((i + 1) % FLUSH_EVERY == 0 && (rc = in->flush(in->self, e)) != OK)
			return rc;
	}
	if ((rc = in->flush(in->self, e)) != OK)
		return rc;
	if (first.code != OK)
		return err_set(e, ERR_LATER, "maildir '%s': a mail cannot be read; %s", s->path,
		    first.text);
	return OK;
}

/* A subfolder's cur/, made by the rules of Maildir++: with new/, tmp/ and its mark. */
static int
subfolder(int *out, const char *path, const char *name, struct err *e)
{
	static const char *const parts[] = { "cur", "new", "tmp" };
	AUTO(file_close) int mark = -1;
	char full[PATH_MAX];
	int rc;

	for (size_t i = COUNT(parts); i-- > 0;) { /* cur last: it is the one that stays open */
		int len = snprintf(full, sizeof(full), "%s/%s%s/%s", path,
		    name[0] == '.' ? "" : ".", name, parts[i]);

		if (len < 0 || (size_t)len >= sizeof(full))
			return err_set(e, ERR_STOP, "maildir '%s': the name is too long", path);
		file_close(out);
		if ((rc = file_directory(out, full, true, e)) != OK)
			return rc;
	}
	mark = openat(*out, "../maildirfolder", O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	if (mark < 0)
		return err_set(e, ERR_STOP, "maildir '%s': cannot be written to: %s", full,
		    strerror(errno));
	return OK;
}

/* What was in new/ counts as seen now; what a person has flagged keeps its flags. */
static int
settle_one(struct maildir *m, const struct delivered *d, int to, struct err *e)
{
	AUTO(buf_free) struct buf name = { 0 };

	buf_text(&name, d->name);
	if (unique_of(d->name).len == name.len)
		buf_text(&name, ":2,S");
	return file_move(m->dir[d->place], d->name, to, name.at, NULL, e);
}

static const struct delivered *
find(const struct maildir *m, const char *key)
{
	AUTO(buf_free) struct buf unique = { 0 };
	struct delivered wanted;

	if (!name_decode(&unique, bytes_of(key)))
		return NULL;
	wanted = (struct delivered){ .unique = buf_bytes(&unique) };
	return bsearch(&wanted, m->list, m->count, sizeof(*m->list), compare);
}

static int
settle(const struct source_settings *s, struct settlement *list, size_t count, struct err *e)
{
	AUTO(maildir_close) struct maildir m = { .top = -1, .dir = { -1, -1 } };
	AUTO(file_close) int done = -1, failed = -1;
	const char *accepted = s->done ? s->done : DONE_DEFAULT;
	struct err one = { 0 };
	int rc, first = OK;

	if ((rc = maildir_open(&m, s->path, e)) != OK ||
	    (rc = subfolder(&done, s->path, accepted, e)) != OK ||
	    (rc = subfolder(&failed, s->path, s->failed ? s->failed : accepted, e)) != OK)
		return rc;
	for (size_t i = 0; i < count; i++) {
		const struct delivered *d = find(&m, list[i].key);

		rc = d ? settle_one(&m, d, list[i].outcome == OUTCOME_ACCEPTED ? done : failed,
			     first ? &one : e)
		       : OK;
		list[i].done = rc == OK;
		if (rc == OK)
			STEP("source.settled");
		else if (first == OK)
			first = rc;
	}
	return first;
}

static const char *
mistake(const struct source_settings *s)
{
	const char *const folders[] = { s->done, s->failed };

	if (!s->path)
		return "a maildir source needs a path";
	for (size_t i = 0; i < COUNT(folders); i++)
		if (folders[i] &&
		    (strchr(folders[i], '/') || folders[i][strspn(folders[i], ".")] == '\0'))
			return "done and failed must be names of folders in the maildir, such "
			       "as '.Processed'";
	return NULL;
}

const struct source_kind source_maildir = {
	.name = "maildir",
	.fetch = fetch,
	.settle = settle,
	.mistake = mistake,
};
