/* Why: any Table Schema may be asked about any table; a rulebook of one plain form lets the
 * same judge answer. */
#include <fcntl.h>
#include <libgen.h>

#include "base/digest.h"
#include "base/file.h"
#include "rules/reference.h"
#include "rules/rulebook_int.h"

#define FILE_MOST ((size_t)64 << 20)

json_t *
plain_load(struct builder *b, const char *path)
{
	struct bytes body;
	struct err e;

	b->d.file = path;
	if (file_read(&body, b->d.arena, AT_FDCWD, path, FILE_MOST, &e) != OK) {
		mistake_add(b->d.arena, b->d.mistakes, "%s", e.text);
		return NULL;
	}
	return descriptor_parse(&b->d, body);
}

static void
read_package(struct builder *b, const char *path, const json_t *schema)
{
	AUTO(json_close) json_t *root = plain_load(b, path);
	AUTO(file_close) int dir = -1;
	struct at at;
	struct err e;

	if (!root)
		return;
	at = at_root(&b->d, root);
	if (file_directory(&dir, dirname(arena_text(b->d.arena, bytes_of(path))), false, &e) !=
	    OK) {
		mistake_add(b->d.arena, b->d.mistakes, "%s", e.text);
		return;
	}
	b->dir = dir;
	package_read(b, &at, schema);
	b->dir = -1;
}

struct form *
plain_book(struct rulebook **out, struct arena *a, bool has_schema)
{
	struct rulebook *r = arena_take(a, sizeof(*r));
	struct form *f = arena_take(a, sizeof(*f));

	*r = (struct rulebook){ .id = "",
		.title = { { "", "" } },
		.version = "",
		.directory = "",
		.forms = f,
		.form_count = 1 };
	*f = (struct form){ .id = "",
		.table = "plain",
		.title = { { "", "" } },
		.any_fields = !has_schema,
		.digest = "" };
	*out = r;
	return f;
}

int
rulebook_of_schema(struct rulebook **out, struct arena *a, const char *schema,
    const char *package, struct mistakes *m, struct err *e)
{
	struct rulebook *r;
	struct form *f = plain_book(&r, a, schema != NULL);
	struct builder b = { .d = { .arena = a, .mistakes = m }, .book = r, .dir = -1 };
	AUTO(json_close) json_t *root = NULL;
	size_t before = m->count;

	digest_of(r->digest, bytes_of(schema));
	if (schema)
		root = plain_load(&b, schema);
	if (root && package)
		read_package(&b, package, root);
	if (root) {
		struct at at;

		b.d.file = schema;
		at = at_root(&b.d, root);
		schema_read(f, &b, &at);
		form_foreign_keys(f, &b, &at);
	}
	hints_fill(r, a);
	if (m->count > before)
		return err_set(e, ERR_STOP, "%s has %zu mistakes, the first: %s", schema,
		    m->count - before, m->text[before]);
	*out = r;
	return OK;
}
