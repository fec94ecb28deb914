#ifndef TESTS_INGEST_INTAKE_H
#define TESTS_INGEST_INTAKE_H

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "ingest/source.h"

/* An intake in memory: one line for each thing that came, and keys that are known already. */
struct notebook {
	struct buf
	    lines; /* "fetched KEY NAME UNIT BYTES\n", "partial …", "refused KEY REASON\n" */
	struct buf now;
	struct buf known; /* keys, one a line */
	struct intake intake;
	unsigned flushes;
	/* Called between begin and the first add; may change what is being read. */
	void (*meanwhile)(void);
};

static inline bool
notebook_known(void *self, const char *source, const char *key)
{
	struct notebook *n = self;
	AUTO(buf_free) struct buf line = { 0 };

	(void)source; /* one only */
	buf_printf(&line, "%s\n", key);
	return n->known.len &&
	    bytes_find(buf_bytes(&n->known), buf_bytes(&line)) < n->known.len;
}

static inline int
notebook_begin(void *self, const char *source, const struct arrival *a, struct err *e)
{
	struct notebook *n = self;

	(void)source; /* one only */
	(void)e;
	buf_clear(&n->now);
	buf_printf(&n->now, "%s|%.*s|%.*s|%d|", a->key, BYTES_ARG(a->name), BYTES_ARG(a->unit),
	    a->mail);
	if (n->meanwhile)
		n->meanwhile();
	return OK;
}

static inline int
notebook_add(void *self, struct bytes more, struct err *e)
{
	(void)e; /* cannot fail */
	buf_add(&((struct notebook *)self)->now, more);
	return OK;
}

static inline int
notebook_end(void *self, bool whole, struct err *e)
{
	struct notebook *n = self;

	(void)e; /* cannot fail */
	buf_printf(&n->lines, "%s %s\n", whole ? "fetched" : "partial", n->now.at);
	return OK;
}

static inline int
notebook_refuse(void *self, const char *source, const struct arrival *a, const char *reason,
    struct bytes header, struct err *e)
{
	struct notebook *n = self;

	(void)source; /* one only */
	(void)e;
	buf_printf(&n->lines, "refused %s|%s|%.*s\n", a->key, reason, BYTES_ARG(header));
	return OK;
}

static inline int
notebook_flush(void *self, struct err *e)
{
	(void)e; /* cannot fail */
	((struct notebook *)self)->flushes++;
	return OK;
}

static inline void
notebook_open(struct notebook *n, int64_t now_s)
{
	*n = (struct notebook){ 0 };
	n->intake = (struct intake){ n, now_s, notebook_known, notebook_begin, notebook_add,
		notebook_end, notebook_refuse, notebook_flush };
}

static inline void
notebook_close(struct notebook *n)
{
	buf_free(&n->lines);
	buf_free(&n->now);
	buf_free(&n->known);
}

/* The lines' key in turn, without the rest: the nth whose line begins with word. NULL: none. By
 * malloc. */
static inline char *
notebook_key(const struct notebook *n, const char *word, const char *part)
{
	struct bytes line, rest = buf_bytes(&n->lines), key;

	while (rest.at && bytes_cut(&line, &rest, '\n')) {
		if (!bytes_starts(line, bytes_of(word)) ||
		    bytes_find(line, bytes_of(part)) == line.len)
			continue;
		line = bytes_slice(line, strlen(word) + 1, line.len);
		if (bytes_cut(&key, &line, '|'))
			return strndup(key.at, key.len);
	}
	return NULL;
}

static inline bool
notebook_has(const struct notebook *n, const char *text)
{
	return n->lines.len && bytes_find(buf_bytes(&n->lines), bytes_of(text)) < n->lines.len;
}

/* A file with these bytes, as old as that; its folder is made. */
static inline void
lay(const char *path, const char *content, int64_t mtime_s)
{
	struct timespec times[2] = { { .tv_sec = mtime_s }, { .tv_sec = mtime_s } };
	char folder[4096];
	FILE *f;

	(void)snprintf(folder, sizeof(folder), "%s", path);
	*strrchr(folder, '/') = '\0';
	if (access(folder, F_OK) != 0 && mkdir(folder, 0755) != 0)
		abort();
	f = fopen(path, "wb");
	if (!f || fputs(content, f) < 0 || fclose(f) != 0 ||
	    utimensat(AT_FDCWD, path, times, AT_SYMLINK_NOFOLLOW) != 0)
		abort();
}

/* What the file holds, or "-" when there is none; in a buffer that the next call reuses. */
static inline const char *
content_of(const char *path)
{
	static char content[4096];
	FILE *f = fopen(path, "rb");

	if (!f)
		return "-";
	content[fread(content, 1, sizeof(content) - 1, f)] = '\0';
	(void)fclose(f);
	return content;
}

static inline void
remove_tree(const char *path)
{
	char command[4200];

	(void)snprintf(command, sizeof(command), "rm -rf '%s'", path);
	if (system(command) != 0)
		abort();
}

#endif
