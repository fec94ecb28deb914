/* Why: the rulebook by which mail is judged changes only whole and tested; until then the last
 * good one stays. */
#include "store/books.h"

#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/step.h"

#define STAGED  "new"
#define CURRENT "in-force"
#define REFUSED "refused"

struct books {
	struct arena *arena;
	const char *path; /* STATE/rules */
	int dir;
	const char *digest; /* in force; NULL: none */
	const char *refused_digest, *refused_why;
};

/* "64 hexadecimal digits", and what follows the line; NULL when the file is not there or is
 * none of ours. */
static const char *
read_digest(const char **rest, struct books *b, const char *name)
{
	struct bytes body;
	struct err e;
	char *text;

	if (file_read(&body, b->arena, b->dir, name, 1 << 16, &e) != OK || body.len < 65 ||
	    body.at[64] != '\n' || strspn(body.at, "0123456789abcdef") != 64)
		return NULL;
	text = arena_text(b->arena, body);
	text[64] = '\0';
	*rest = text + 65;
	return text;
}

int
books_open(struct books **out, struct arena *a, const char *state, bool make, struct err *e)
{
	struct books *b = arena_take(a, sizeof(*b));
	const char *rest;
	int rc;

	b->arena = a;
	b->dir = -1;
	b->path = arena_printf(a, "%s/rules", state);
	*out = NULL;
	if (!make && access(b->path, F_OK) != 0)
		return OK;
	if ((rc = file_directory(&b->dir, b->path, make, e)) != OK)
		return rc;
	b->digest = read_digest(&rest, b, CURRENT);
	b->refused_digest = read_digest(&b->refused_why, b, REFUSED);
	*out = b;
	return OK;
}

void
books_close(struct books **b)
{
	if (*b)
		file_close(&(*b)->dir);
	*b = NULL;
}

const char *
books_digest(const struct books *b)
{
	return b->digest;
}

static const char *
folder_of(const struct books *b, const char *digest)
{
	return arena_printf(b->arena, "%s/%s", b->path, digest);
}

const char *
books_in_force(const struct books *b)
{
	return b->digest ? folder_of(b, b->digest) : NULL;
}

/* ---- copies ---- */

/* Nothing depends on what is removed. */
static void
remove_tree(const char *path)
{
	char *paths[] = { (char *)(uintptr_t)path, NULL }; /* fts takes no const */
	FTS *tree = fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR, NULL);

	for (FTSENT *entry = tree ? fts_read(tree) : NULL; entry; entry = fts_read(tree)) {
		if (entry->fts_info == FTS_DP)
			(void)rmdir(entry->fts_accpath); /* what stays is in nobody's way */
		else if (entry->fts_info != FTS_D)
			(void)unlink(entry->fts_accpath);
	}
	if (tree)
		(void)fts_close(tree); /* only read from */
}

static int
write_file(const char *folder, const struct book_file *f, struct arena *a, struct err *e)
{
	const char *slash = strrchr(f->name, '/');
	const char *inner = slash
	    ? arena_printf(a, "%s/%.*s", folder, (int)(slash - f->name), f->name)
	    : folder;
	AUTO(file_close) int dir = -1;
	int rc;

	if ((rc = file_directory(&dir, inner, true, e)) != OK)
		return rc;
	return file_save(dir, slash ? slash + 1 : f->name, f->body, 0600, e);
}

int
books_stage(const char **folder, struct books *b, const struct book_files *files, struct err *e)
{
	const char *staged = folder_of(b, STAGED), *kept = folder_of(b, files->digest);
	int rc;

	/* A copy that bears its digest is whole: it got that name when it was. */
	*folder = kept;
	if (access(kept, F_OK) == 0)
		return OK;
	remove_tree(staged);
	for (size_t i = 0; i < files->count; i++)
		if ((rc = write_file(staged, &files->list[i], b->arena, e)) != OK)
			return rc;
	*folder = staged;
	return OK;
}

/* All but the one in force and the one before it. */
static void
remove_older(const struct books *b, const char *before)
{
	const char **names;
	size_t count;
	struct err e;

	if (file_list(&names, &count, b->arena, b->dir, ".", "", 10000, &e) != OK)
		return; /* they take room, nothing else */
	for (size_t i = 0; i < count; i++)
		if (strlen(names[i]) == 64 && strcmp(names[i], b->digest) != 0 &&
		    (!before || strcmp(names[i], before) != 0))
			remove_tree(folder_of(b, names[i]));
}

int
books_take(struct books *b, const struct book_files *files, struct err *e)
{
	const char *kept = folder_of(b, files->digest), *before = b->digest;
	const char *line = arena_printf(b->arena, "%s\n", files->digest);
	int rc;

	STEP("books.rename");
	if (access(kept, F_OK) != 0 && renameat(b->dir, STAGED, b->dir, files->digest) != 0)
		return err_set(e, ERR_STOP, "'%s' cannot be renamed: %s", folder_of(b, STAGED),
		    strerror(errno));
	if ((rc = file_sync(b->dir, e)) != OK ||
	    (rc = file_save(b->dir, CURRENT, bytes_of(line), 0600, e)) != OK)
		return rc;
	b->digest = arena_text(b->arena, bytes_of(files->digest));
	remove_older(b, before);
	return OK;
}

int
books_refuse(struct books *b, const struct book_files *files, const char *why, struct err *e)
{
	const char *text = arena_printf(b->arena, "%s\n%s", files->digest, why);

	remove_tree(folder_of(b, STAGED));
	b->refused_digest = arena_text(b->arena, bytes_of(files->digest));
	b->refused_why = why;
	return file_save(b->dir, REFUSED, bytes_of(text), 0600, e);
}

const char *
books_refused(const struct books *b, const struct book_files *files)
{
	return b->refused_digest && strcmp(b->refused_digest, files->digest) == 0
	    ? b->refused_why
	    : NULL;
}
