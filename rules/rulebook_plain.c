/* Why: any Table Schema may be asked about any table; a rulebook of one plain form lets the
 * same judge answer. */
#include <fcntl.h>
#include <libgen.h>

#include "base/digest.h"
#include "base/file.h"
#include "rules/reference.h"
#include "rules/rulebook_int.h"

#define FILE_MOST ((size_t)64 << 20)

static void
close_json(json_t **root)
{
	json_decref(*root);
}

static json_t *
load(struct builder *b, const char *path)
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

/* Rows written in the descriptor itself: lists, or objects by the names of the first. */
static void
read_inline(struct reference *out, struct builder *b, const struct at *data)
{
	size_t count = at_count(data);
	const char **columns;
	const char *const **rows =
	    arena_array(b->d.arena, count + 1, sizeof(const char *const *));
	struct at first = at_index(data, 0);
	bool objects = json_is_object(first.value);
	size_t width = objects ? json_object_size(first.value) : at_count(&first), n = 0;

	columns = arena_array(b->d.arena, width + 1, sizeof(*columns));
	if (objects) {
		json_t *walked =
		    (json_t *)(uintptr_t)first.value; /* jansson's walk does not take const */

		for (void *walk = json_object_iter(walked); walk;
		     walk = json_object_iter_next(walked, walk))
			columns[n++] =
			    arena_text(b->d.arena, bytes_of(json_object_iter_key(walk)));
	}
	for (size_t c = 0; !objects && c < width; c++) {
		struct at cell = at_index(&first, c);

		columns[c] = at_scalar(&cell);
	}
	for (size_t i = objects ? 0 : 1; i < count; i++) {
		struct at at = at_index(data, i);
		const char **row = arena_array(b->d.arena, width + 1, sizeof(*row));

		for (size_t c = 0; c < width; c++) {
			struct at cell = objects ? at_key(&at, columns[c]) : at_index(&at, c);

			row[c] = at_scalar(&cell);
		}
		rows[out->row_count++] = row;
	}
	out->columns = columns;
	out->column_count = width;
	out->rows = rows;
}

static void
read_resource(struct reference *out, struct builder *b, const struct at *at)
{
	struct at data = at_key(at, "data");
	const char *path = at_text(at, "path", "");
	struct bytes body;
	struct err e;

	*out = (struct reference){ .name = at_text(at, "name", "") };
	if (data.value) {
		read_inline(out, b, &data);
		return;
	}
	if (!*path || *path == '/' || strstr(path, "..") || strstr(path, "://"))
		return;
	if (file_read(&body, b->d.arena, b->dir, path, FILE_MOST, &e) != OK)
		mistake_add(b->d.arena, b->d.mistakes, "%s", e.text);
	else
		(void)reference_read(out, b->d.arena, out->name, path, body,
		    b->d.mistakes); /* mistakes are kept */
}

/* Only the tables that a foreign key asks for: others may be of any kind. */
static bool
is_wanted(const json_t *schema, const char *name)
{
	const json_t *keys = json_object_get(schema, "foreignKeys");

	for (size_t i = 0; i < json_array_size(keys); i++) {
		const json_t *reference = json_object_get(json_array_get(keys, i), "reference");
		const char *resource =
		    json_string_value(json_object_get(reference, "resource"));

		if (resource && *resource && strcmp(resource, name) == 0)
			return true;
	}
	return false;
}

static void
read_package(struct builder *b, const char *path, const json_t *schema)
{
	AUTO(close_json) json_t *root = load(b, path);
	AUTO(file_close) int dir = -1;
	struct reference *tables;
	struct at at, resources;
	struct err e;
	size_t count;

	if (!root)
		return;
	at = at_root(&b->d, root);
	resources = at_key(&at, "resources");
	count = at_count(&resources);
	tables = arena_array(b->d.arena, count + 1, sizeof(*tables));
	b->book->references = tables;
	if (file_directory(&dir, dirname(arena_text(b->d.arena, bytes_of(path))), false, &e) !=
	    OK) {
		mistake_add(b->d.arena, b->d.mistakes, "%s", e.text);
		return;
	}
	b->dir = dir;
	for (size_t i = 0; i < count; i++) {
		struct at resource = at_index(&resources, i);

		if (is_wanted(schema, at_text(&resource, "name", "")))
			read_resource(&tables[b->book->reference_count++], b, &resource);
	}
}

int
rulebook_of_schema(struct rulebook **out, struct arena *a, const char *schema,
    const char *package, struct mistakes *m, struct err *e)
{
	struct rulebook *r = arena_take(a, sizeof(*r));
	struct form *f = arena_take(a, sizeof(*f));
	struct builder b = { .d = { .arena = a, .mistakes = m }, .book = r, .dir = -1 };
	AUTO(close_json) json_t *root = NULL;
	size_t before = m->count;

	*r = (struct rulebook){ .id = "",
		.title = { { "", "" } },
		.version = "",
		.directory = "",
		.forms = f,
		.form_count = 1 };
	*f = (struct form){ .id = "",
		.table = "plain",
		.title = { { "", "" } },
		.any_fields = schema == NULL,
		.digest = "" };
	digest_of(r->digest, bytes_of(schema));
	if (schema)
		root = load(&b, schema);
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
