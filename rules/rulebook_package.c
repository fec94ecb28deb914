/* Why: a table's keys may lead to other tables of its package, each written and described in
 * its own way. */
#include "base/buf.h"
#include "base/file.h"
#include "rules/reference.h"
#include "rules/rulebook_int.h"

#define FILE_MOST ((size_t)64 << 20)

/* A file of the package and no other: what leaves its folder or the machine is not read. */
static bool
read_file(struct bytes *body, struct builder *b, const struct at *at, const char *path)
{
	struct err e;

	if (!*path || *path == '/' || strstr(path, "..") || strstr(path, "://")) {
		at_mistake(at, "'%.80s' is no file of the package's folder", path);
		return false;
	}
	if (file_read(body, b->d.arena, b->dir, path, FILE_MOST, &e) == OK)
		return true;
	mistake_add(b->d.arena, b->d.mistakes, "%s", e.text);
	return false;
}

json_t *
package_object(struct builder *b, const struct at *up, const char *key)
{
	struct at at = at_key(up, key);
	struct descriptor d = b->d;
	struct bytes body;

	if (json_is_object(at.value))
		return json_incref((json_t *)(uintptr_t)at.value);
	d.file = at_text(up, key, NULL);
	if (!d.file || !read_file(&body, b, &at, d.file))
		return NULL;
	return descriptor_parse(&d, body);
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

/* Files of one table follow each other as if they were one (Data Resource, path). */
static bool
join_files(struct bytes *body, struct builder *b, const struct at *at, const char *const *paths)
{
	AUTO(buf_free) struct buf all = { 0 };
	struct bytes one;

	for (; *paths; paths++) {
		if (!read_file(&one, b, at, *paths))
			return false;
		buf_add(&all, one);
		if (one.len && one.at[one.len - 1] != '\n')
			buf_char(&all, '\n');
	}
	*body = arena_bytes(b->d.arena, buf_bytes(&all));
	return true;
}

/* Of a table that is only looked into, what libcsv knows is read. */
static void
read_how(struct csv_dialect *how, struct builder *b, const struct at *resource)
{
	AUTO(json_close) json_t *dialect = package_object(b, resource, "dialect");
	struct at at = at_key(resource, "dialect");
	struct layout layout;

	*how = (struct csv_dialect){ 0 };
	if (!dialect)
		return;
	at.value = dialect;
	dialect_of(how, &at);
	layout_of(&layout, b->d.arena, &at);
	if (how->quote_none || how->escape || how->double_quote_off ||
	    how->skip_initial_space || how->line_end || layout.no_header ||
	    layout.header_row_count || layout.comment_row_count || *layout.comment ||
	    layout.null_sequence)
		at_mistake(&at,
		    "of a table that a key leads to, only delimiter and quoteChar may be said");
}

static void
read_table(struct reference *out, struct builder *b, const struct at *at)
{
	struct at data = at_key(at, "data"), path = at_key(at, "path");
	const char *name = at_text(at, "name", "");
	const char *const *paths;
	struct csv_dialect how;
	struct bytes body;
	size_t count;

	*out = (struct reference){ .name = name };
	if (json_is_array(data.value)) {
		read_inline(out, b, &data);
		return;
	}
	read_how(&how, b, at);
	if (json_is_string(data.value)) {
		body = bytes_of(at_text(at, "data", ""));
		(void)reference_read_plain(
		    out, b->d.arena, name, name, body, &how, b->d.mistakes); /* kept */
		return;
	}
	if (data.value)
		at_mistake(&data, "a list of rows or a CSV text is wanted here");
	paths = at_texts(at, "path", &count);
	if (count > 0 && join_files(&body, b, &path, paths))
		(void)reference_read_plain(out, b->d.arena, name, paths[0], body, &how,
		    b->d.mistakes); /* mistakes are kept */
}

static void
read_target(struct form *out, struct builder *b, const struct at *resource)
{
	AUTO(json_close) json_t *schema = package_object(b, resource, "schema");
	struct at at = at_key(resource, "schema");

	if (!schema)
		return;
	at.value = schema;
	*out = (struct form){ .id = at_text(resource, "name", ""), .table = "plain" };
	schema_read(out, b, &at);
	b->target_count++;
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

void
package_read(struct builder *b, const struct at *package, const json_t *schema)
{
	struct at resources = at_key(package, "resources");
	size_t count = at_count(&resources);
	struct reference *tables = arena_array(b->d.arena, count + 1, sizeof(*tables));
	struct form *targets = arena_array(b->d.arena, count + 1, sizeof(*targets));

	b->book->references = tables;
	b->targets = targets;
	for (size_t i = 0; i < count; i++) {
		struct at resource = at_index(&resources, i);

		if (!is_wanted(schema, at_text(&resource, "name", "")))
			continue;
		read_table(&tables[b->book->reference_count++], b, &resource);
		read_target(&targets[b->target_count], b, &resource);
	}
}
