/* Why: everything about a campaign is data in a folder; here it becomes one constant thing in
 * memory. */
#include "rules/rulebook.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/file.h"
#include "rules/bench_int.h"
#include "rules/reference.h"
#include "rules/rulebook_int.h"

#define DESCRIPTOR_FILE "datapackage.json"
#define FILE_MOST       ((size_t)64 << 20) /* bytes of a reference table */
/* Of the description, which takes ten to thirty times as much memory while it is read. */
#define DESCRIPTION_MOST ((size_t)8 << 20)
#define RESOURCES_MOST   1000

/* Every file counts in the digest with its name and length, so that no two campaigns share one.
 */
static void
digest_file(struct digest *d, const char *name, struct bytes body)
{
	char head[300];
	int len = snprintf(head, sizeof(head), "%.250s:%zu:", name, body.len);

	digest_add(d, (struct bytes){ .at = head, .len = (size_t)len });
	digest_add(d, body);
}

bool
rulebook_inside(const char *path)
{
	return *path && *path != '/' && !strstr(path, "..") && !strstr(path, "://");
}

static void
check_schema_of(const struct reference *table, const struct at *resource)
{
	struct at schema = at_key(resource, "schema"), fields = at_key(&schema, "fields");
	size_t count = json_is_object(schema.value) ? at_count(&fields) : 0;

	if (count > 0 && count != table->column_count)
		at_mistake(&fields, "has %zu fields, %s has %zu columns", count, table->name,
		    table->column_count);
	for (size_t i = 0; i < count && i < table->column_count; i++) {
		struct at field = at_index(&fields, i);
		const char *name = at_text(&field, "name", "");

		if (strcmp(name, table->columns[i]) != 0)
			at_mistake(&field, "is '%.60s', the file's column is '%.60s'", name,
			    table->columns[i]);
	}
}

static void
read_reference(
    struct reference *out, struct builder *b, struct digest *d, const struct at *resource)
{
	const char *name = at_need_text(resource, "name"),
		   *path = at_need_text(resource, "path");
	struct at at = at_key(resource, "path"), name_at = at_key(resource, "name");
	struct bytes body;
	struct err e;

	*out = (struct reference){ .name = name };
	if (!*name || !at_identifier(&name_at, name) || !*path)
		return;
	if (!rulebook_inside(path)) {
		at_mistake(&at, "must be a file in the campaign's folder");
		return;
	}
	if (file_read_beneath(&body, b->d.arena, b->dir, path, FILE_MOST, &e) != OK) {
		at_mistake(&at, "%s", e.text);
		return;
	}
	digest_file(d, path, body);
	if (!reference_read(out, b->d.arena, name, path, body, b->d.mistakes))
		return;
	for (size_t i = 0; i < out->column_count; i++)
		(void)at_identifier(&at, out->columns[i]); /* the mistake is kept */
	check_schema_of(out, resource);
}

static void
read_references(struct builder *b, struct digest *d, const struct at *resources)
{
	size_t count = at_count(resources);
	struct reference *tables = arena_array(b->d.arena, count + 1, sizeof(*tables));

	b->book->references = tables;
	for (size_t i = 0; i < count; i++) {
		struct at at = at_index(resources, i);

		if (at_key(&at, "giamsat:form").value)
			continue;
		read_reference(&tables[b->book->reference_count], b, d, &at);
		for (size_t k = 0; k < b->book->reference_count; k++)
			if (strcmp(tables[k].name, tables[b->book->reference_count].name) == 0)
				at_mistake(
				    &at, "there are two resources '%.60s'", tables[k].name);
		if (tables[b->book->reference_count].column_count)
			b->book->reference_count++;
	}
}

static void
read_forms(struct builder *b, const struct at *resources)
{
	static const char *const known[] = { "form", "title", "layout", "rules", "rows_called",
		NULL };
	size_t count = at_count(resources);
	struct form *forms = arena_array(b->d.arena, count + 1, sizeof(*forms));
	struct rulebook *r = b->book;

	r->forms = forms;
	for (size_t i = 0; i < count; i++) {
		struct at at = at_index(resources, i), schema = at_key(&at, "schema");
		struct form *f = &forms[r->form_count];

		at_only(&at, known);
		if (!at_key(&at, "giamsat:form").value)
			continue;
		form_read(f, b, &at);
		form_foreign_keys(f, b, &schema);
		if (rulebook_form(r, bytes_of(f->id)) || rulebook_reference(r, f->table))
			at_mistake(&at, "form '%.60s' or its table '%.60s' is there twice",
			    f->id, f->table);
		r->form_count++;
	}
	/* Rules may name other forms: they are read when all are known. */
	for (size_t i = 0, k = 0; i < count && k < r->form_count; i++) {
		struct at at = at_index(resources, i);

		if (at_key(&at, "giamsat:form").value)
			rules_read(&forms[k++], b, &at);
	}
	if (r->form_count == 0)
		at_mistake(resources, "has no form (a resource with \"giamsat:form\")");
}

static void
read_settings(struct builder *b, const struct at *root)
{
	struct at at = at_key(root, "giamsat:settings");
	json_t *object = (json_t *)(uintptr_t)at.value; /* jansson's walk does not take const */
	struct setting *settings =
	    arena_array(b->d.arena, json_object_size(at.value) + 1, sizeof(*settings));
	size_t n = 0;

	for (void *walk = json_object_iter(object); walk;
	     walk = json_object_iter_next(object, walk)) {
		struct at item = at_key(&at, json_object_iter_key(walk));

		settings[n].name = arena_text(b->d.arena, bytes_of(item.key));
		settings[n].value = at_scalar(&item);
		settings[n].is_number = json_is_number(item.value);
		n++;
	}
	b->book->settings = settings;
	b->book->setting_count = n;
}

/* "+07:00" */
static int
read_offset(const struct at *root)
{
	const char *text = at_text(root, "giamsat:utcOffset", "+00:00");
	struct at at = at_key(root, "giamsat:utcOffset");
	int hours, minutes, used = 0;
	char sign;

	if (sscanf(text, "%c%2d:%2d%n", &sign, &hours, &minutes, &used) != 3 || text[used] ||
	    (sign != '+' && sign != '-') || hours > 14 || hours < 0 || minutes > 59 ||
	    minutes < 0) {
		at_mistake(&at, "must be like \"+07:00\"");
		return 0;
	}
	return (sign == '-' ? -1 : 1) * (hours * 3600 + minutes * 60);
}

static void
check_unit_forms(struct builder *b)
{
	const struct rulebook *r = b->book;

	for (size_t i = 0; i < r->unit_count; i++)
		for (const char *const *id = r->units[i].forms; *id; id++)
			if (!rulebook_form(r, bytes_of(*id)))
				mistake_add(b->d.arena, b->d.mistakes,
				    "units:%zu: there is no form '%.60s'", i + 2, *id);
}

/* What most forms have in common. */
static void
read_layout(struct builder *b, const struct at *root)
{
	struct form_layout *layout = arena_take(b->d.arena, sizeof(*layout));

	layout->total_level = LEVEL_WARNING;
	form_layout_read(layout, root);
	b->book->layout = layout;
}

static void
read_package(struct builder *b, struct digest *d, const struct at *root)
{
	static const char *const known[] = { "title", "utcOffset", "settings", "layout",
		"results", NULL };
	struct at resources = at_key(root, "resources");
	struct rulebook *r = b->book;
	const char *title;

	at_only(root, known);
	if (at_count(&resources) > RESOURCES_MOST) {
		at_mistake(&resources, "has over %d resources", RESOURCES_MOST);
		return;
	}
	r->id = at_need_text(root, "name");
	title = at_text(root, "title", r->id);
	r->title = at_words(root, "giamsat:title", (struct words){ .in = { title, title } });
	r->version = at_text(root, "version", "");
	r->offset_s = read_offset(root);
	read_settings(b, root);
	read_layout(b, root);
	read_references(b, d, &resources);
	reference_units(r, b->d.arena, b->d.mistakes);
	reference_roster(r, b->d.arena, b->d.mistakes);
	read_forms(b, &resources);
	check_unit_forms(b);
	hints_fill(r, b->d.arena);
}

static int
result(struct rulebook **out, struct rulebook *r, const struct mistakes *m, const char *what,
    struct err *e)
{
	if (m->count > 0)
		return err_set(e, ERR_STOP, "%s has %zu mistake%s, the first: %s", what,
		    m->count, m->count == 1 ? "" : "s", m->text[0]);
	*out = r;
	return OK;
}

int
rulebook_open(struct rulebook **out, struct arena *a, const char *directory, struct mistakes *m,
    struct err *e)
{
	AUTO(file_close) int dir = -1;
	AUTO(json_close) json_t *root = NULL;
	struct rulebook *r = arena_take(a, sizeof(*r));
	struct builder b = { .d = { .arena = a, .mistakes = m, .file = DESCRIPTOR_FILE },
		.book = r };
	struct digest digest;
	struct bytes body;
	char *absolute;
	int rc;

	*m = (struct mistakes){ 0 };
	if ((rc = file_directory(&dir, directory, false, e)) != OK ||
	    (rc = file_read(&body, a, dir, DESCRIPTOR_FILE, DESCRIPTION_MOST, e)) != OK) {
		mistake_add(a, m, "%s: %s", directory, e->text);
		return err_set(e, ERR_STOP, "%s", m->text[0]);
	}
	absolute = realpath(directory, NULL);
	r->directory = arena_text(a, bytes_of(absolute ? absolute : directory));
	free(absolute);
	b.dir = dir;
	digest_begin(&digest);
	digest_file(&digest, DESCRIPTOR_FILE, body);
	root = descriptor_parse(&b.d, body);
	if (root) {
		struct at at = at_root(&b.d, root);

		read_package(&b, &digest, &at);
	}
	digest_end(r->digest, &digest);
	if (m->count == 0)
		bench_rehearse(r, a,
		    m); /* every rule is prepared once, so that its mistakes are found now */
	return result(out, r, m, directory, e);
}

int
rulebook_roster(
    struct rulebook *r, struct arena *a, const char *path, struct mistakes *m, struct err *e)
{
	struct reference *tables = arena_array(a, r->reference_count + 1, sizeof(*tables)),
			 *roster = NULL;
	AUTO(file_close) int dir = -1;
	struct bytes body;
	size_t before = m->count;
	int rc;

	if ((rc = file_directory(&dir, ".", false, e)) != OK ||
	    (rc = file_read(&body, a, dir, path, FILE_MOST, e)) != OK) {
		mistake_add(a, m, "%s", e->text);
		return ERR_STOP;
	}
	for (size_t i = 0; i < r->reference_count; i++) {
		tables[i] = r->references[i];
		if (strcmp(tables[i].name, "roster") == 0)
			roster = &tables[i];
	}
	if (!roster)
		roster = &tables[r->reference_count++];
	r->references = tables;
	if (reference_read(roster, a, "roster", path, body, m))
		reference_roster(r, a, m);
	if (m->count > before)
		return err_set(e, ERR_STOP, "%s has %zu mistakes, the first: %s", path,
		    m->count - before, m->text[before]);
	return OK;
}
