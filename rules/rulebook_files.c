/* Why: a rulebook that is to stay in force must be kept whole, by a copy of just its files. */
#include "rules/rulebook_files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "base/file.h"
#include "rules/rulebook_int.h"

#define DESCRIPTOR_FILE "datapackage.json"
#define FILE_MOST       ((size_t)64 << 20)
#define FILES_MOST      2000

struct file_reader {
	struct arena *arena;
	int dir;
	struct book_file *list;
	size_t count;
};

static int
take(struct file_reader *r, const char *name, struct err *e)
{
	struct book_file *f = &r->list[r->count];
	int rc;

	for (size_t i = 0; i < r->count; i++)
		if (strcmp(r->list[i].name, name) == 0)
			return OK;
	if (faccessat(r->dir, name, F_OK, AT_SYMLINK_NOFOLLOW) != 0 && errno == ENOENT)
		return OK;
	if (r->count == FILES_MOST)
		return err_set(e, ERR_INPUT, "a rulebook has at most %d files", FILES_MOST);
	if ((rc = file_read(&f->body, r->arena, r->dir, name, FILE_MOST, e)) != OK)
		return rc;
	f->name = arena_text(r->arena, bytes_of(name));
	r->count++;
	return OK;
}

/* What is no JSON names no tables. */
static int
take_tables(struct file_reader *r, struct bytes body, struct err *e)
{
	AUTO(json_close) json_t *root = json_loadb(body.at, body.len, 0, NULL);
	const json_t *resources = json_object_get(root, "resources");
	int rc = OK;

	for (size_t i = 0; rc == OK && i < json_array_size(resources); i++) {
		const char *path =
		    json_string_value(json_object_get(json_array_get(resources, i), "path"));

		if (path && rulebook_inside(path))
			rc = take(r, path, e);
	}
	return rc;
}

static int
take_folder(struct file_reader *r, const char *folder, const char *suffix, struct err *e)
{
	const char **names;
	size_t count;
	int rc = file_list(&names, &count, r->arena, r->dir, folder, suffix, FILES_MOST, e);

	for (size_t i = 0; rc == OK && i < count; i++)
		rc = take(r, arena_printf(r->arena, "%s/%s", folder, names[i]), e);
	return rc;
}

static void
digest_all(struct book_files *out)
{
	struct digest d;

	digest_begin(&d);
	for (size_t i = 0; i < out->count; i++) {
		char length[32];
		int len = snprintf(length, sizeof(length), ":%zu:", out->list[i].body.len);

		digest_add(&d, bytes_of(out->list[i].name));
		digest_add(&d, (struct bytes){ .at = length, .len = (size_t)len });
		digest_add(&d, out->list[i].body);
	}
	digest_end(out->digest, &d);
}

int
book_files_read(struct book_files *out, struct arena *a, const char *folder, struct err *e)
{
	struct file_reader r = { .arena = a, .dir = -1 };
	AUTO(file_close) int dir = -1;
	int rc;

	if ((rc = file_directory(&dir, folder, false, e)) != OK)
		return rc;
	r.dir = dir;
	r.list = arena_array(a, FILES_MOST, sizeof(*r.list));
	if ((rc = take(&r, DESCRIPTOR_FILE, e)) != OK)
		return rc;
	if (r.count == 0)
		return err_set(e, ERR_STOP, "there is no %s in '%s'", DESCRIPTOR_FILE, folder);
	if ((rc = take_tables(&r, r.list[0].body, e)) != OK ||
	    (rc = take_folder(&r, "texts/vi", ".txt", e)) != OK ||
	    (rc = take_folder(&r, "texts/en", ".txt", e)) != OK ||
	    (rc = take_folder(&r, "cases", ".json", e)) != OK)
		return rc;
	*out = (struct book_files){ .list = r.list, .count = r.count };
	digest_all(out);
	return OK;
}
