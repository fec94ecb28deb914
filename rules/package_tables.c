/* Why: a package says of each of its tables where it lies, how it is written and what it holds:
 * all that is needed to judge it. */
#include <libgen.h>

#include "base/file.h"
#include "rules/rulebook_int.h"

static bool
is_table(const struct at *resource)
{
	const char *type = at_text(resource, "type", ""),
		   *old = at_text(resource, "profile", "");

	return strcmp(type, "table") == 0 || strcmp(old, "tabular-data-resource") == 0 ||
	    at_key(resource, "schema").value != NULL;
}

/* One file below the package; what is elsewhere is not read. */
static const char *
path_of(struct arena *a, const struct at *resource, const char *folder)
{
	size_t count;
	const char *const *paths = at_texts(resource, "path", &count);

	if (count != 1 || *paths[0] == '/' || strstr(paths[0], "..") || strstr(paths[0], "://"))
		return NULL;
	return strcmp(folder, ".") == 0 ? paths[0] : arena_printf(a, "%s/%s", folder, paths[0]);
}

static void
read_how(struct package_table *t, struct builder *b, const struct at *resource)
{
	AUTO(json_close) json_t *dialect = package_object(b, resource, "dialect");
	struct at at = at_key(resource, "dialect");

	t->layout =
	    (struct layout){ .join = " ", .encoding = "", .comment = "", .sheet_name = "" };
	if (dialect) {
		at.value = dialect;
		dialect_of(&t->dialect, &at);
		layout_of(&t->layout, b->d.arena, &at);
	}
	t->layout.encoding = at_text(resource, "encoding", t->layout.encoding);
}

static void
read_table(struct package_table *t, struct builder *b, const struct at *package,
    const struct at *resource, const char *folder)
{
	AUTO(json_close) json_t *schema = package_object(b, resource, "schema");
	struct form *f = plain_book(&t->book, b->d.arena, schema != NULL);
	struct at at = at_key(resource, "schema");

	t->name = at_need_text(resource, "name");
	t->path = path_of(b->d.arena, resource, folder);
	b->book = t->book;
	b->target_count = 0;
	read_how(t, b, resource);
	if (schema) {
		at.value = schema;
		package_read(b, package, schema);
		schema_read(f, b, &at);
		form_foreign_keys(f, b, &at);
	}
	hints_fill(t->book, b->d.arena);
}

int
package_tables(struct package_table **out, size_t *count, struct arena *a, const char *path,
    struct mistakes *m, struct err *e)
{
	struct builder b = { .d = { .arena = a, .mistakes = m }, .dir = -1 };
	const char *folder = dirname(arena_text(a, bytes_of(path)));
	AUTO(json_close) json_t *root = plain_load(&b, path);
	AUTO(file_close) int dir = -1;
	struct package_table *tables;
	struct at at, resources;
	size_t all, n = 0, before = m->count;

	if (!root)
		return err_set(e, ERR_STOP, "'%s' is no Data Package", path);
	if (file_directory(&dir, folder, false, e) != OK)
		return ERR_STOP;
	b.dir = dir;
	at = at_root(&b.d, root);
	resources = at_key(&at, "resources");
	all = at_count(&resources);
	tables = arena_array(a, all + 1, sizeof(*tables));
	for (size_t i = 0; i < all; i++) {
		struct at resource = at_index(&resources, i);

		if (is_table(&resource))
			read_table(&tables[n++], &b, &at, &resource, folder);
	}
	if (m->count > before)
		return err_set(e, ERR_STOP, "%s has %zu mistake%s, the first: %s", path,
		    m->count - before, m->count - before == 1 ? "" : "s", m->text[before]);
	*out = tables;
	*count = n;
	return OK;
}
