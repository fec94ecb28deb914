/* Why: a sheet is flat and a package is not; here is what leads from one to the other. */
#include <limits.h>
#include <stdlib.h>

#include "rules/rule.h"
#include "rules/workbook_int.h"

#define NAME_MOST 64

/* The next name of the path in name; false: there is none (or one that no property has). */
static bool
next_name(char name[NAME_MOST], const char **path)
{
	size_t len = strcspn(*path, "/");

	if (len == 0 || len >= NAME_MOST)
		return false;
	memcpy(name, *path, len);
	name[len] = '\0';
	*path += len + ((*path)[len] == '/');
	return true;
}

json_t *
path_get(const json_t *object, const char *path)
{
	const json_t *at = object;
	char name[NAME_MOST];

	while (at && next_name(name, &path))
		at = json_object_get(at, name);
	return (json_t *)(uintptr_t)at;
}

json_t *
path_take(json_t *object, const char *path)
{
	char name[NAME_MOST];
	json_t *child, *taken;

	if (!next_name(name, &path) || !(child = json_object_get(object, name)))
		return NULL;
	if (*path) {
		taken = path_take(child, path);
		if (taken && json_object_size(child) == 0)
			json_object_del(object, name);
		return taken;
	}
	taken = json_incref(child);
	json_object_del(object, name);
	return taken;
}

bool
path_put(json_t *object, const char *path, json_t *value)
{
	char name[NAME_MOST];
	json_t *child;

	if (!next_name(name, &path) || !json_is_object(object)) {
		json_decref(value);
		return false;
	}
	child = json_object_get(object, name);
	if (!*path) {
		if (child) {
			json_decref(value);
			return false;
		}
		return json_object_set_new(object, name, value) == 0;
	}
	if (!child) {
		child = json_object();
		json_object_set_new(object, name, child);
	}
	return path_put(child, path, value);
}

/* ---- order ---- */

/* Is path that of the member name below prefix, or of something in it? */
static bool
leads_to(const char *path, const char *prefix, const char *name)
{
	size_t before = strlen(prefix), len = strlen(name);

	if (strncmp(path, prefix, before) != 0)
		return false;
	path += before;
	return strncmp(path, name, len) == 0 && (path[len] == '\0' || path[len] == '/');
}

static bool
column_names(const struct book_column *c, const char *prefix, const char *name)
{
	switch (c->kind) {
	case COLUMN_TITLES:
		return leads_to("title", prefix, name) ||
		    leads_to("giamsat:title", prefix, name);
	case COLUMN_RULE:
		return !*prefix && rule_is_kind(name);
	default:
		return leads_to(c->path, prefix, name);
	}
}

/* Place of the member among all columns; what no column names comes last. Of the two of one
 * column, the plain title comes first. */
static size_t
rank(const char *name, const char *prefix, const struct book_sheet *const *sheets, size_t count)
{
	size_t before = 0;

	for (size_t s = 0; s < count; s++) {
		for (size_t i = 0; i < sheets[s]->column_count; i++)
			if (column_names(&sheets[s]->columns[i], prefix, name))
				return 2 * (before + i) + (strcmp(name, "giamsat:title") == 0);
		before += sheets[s]->column_count;
	}
	return 2 * before;
}

struct ranked {
	const char *name;
	size_t rank, place;
};

static int
compare_ranked(const void *a, const void *b)
{
	const struct ranked *left = a, *right = b;

	if (left->rank != right->rank)
		return left->rank < right->rank ? -1 : 1;
	return left->place < right->place ? -1 : left->place > right->place;
}

/* Are there columns for what is in it? A rule's parameters keep the order they were written in.
 */
static bool
is_known_inside(const char *prefix, const struct book_sheet *const *sheets, size_t count)
{
	for (size_t s = 0; s < count; s++)
		for (size_t i = 0; i < sheets[s]->column_count; i++)
			if (strncmp(sheets[s]->columns[i].path, prefix, strlen(prefix)) == 0)
				return true;
	return false;
}

static json_t *
sorted(const json_t *object, const char *prefix, const struct book_sheet *const *sheets,
    size_t count)
{
	json_t *walked = (json_t *)(uintptr_t)object; /* jansson's walk does not take const */
	size_t n = json_object_size(object), i = 0;
	struct ranked *members = calloc(n + 1, sizeof(*members));
	json_t *out = json_object();

	if (!members || !out)
		abort(); /* out of memory */
	for (void *walk = json_object_iter(walked); walk;
	     walk = json_object_iter_next(walked, walk), i++) {
		const char *name = json_object_iter_key(walk);

		members[i] = (struct ranked){ name, rank(name, prefix, sheets, count), i };
	}
	qsort(members, n, sizeof(*members), compare_ranked);
	for (i = 0; i < n; i++) {
		json_t *value = json_object_get(object, members[i].name);
		char below[NAME_MOST * 3];

		(void)snprintf(below, sizeof(below), "%s%s/", prefix,
		    members[i].name); /* longer ones are in no column */
		if (json_is_object(value) && is_known_inside(below, sheets, count))
			json_object_set_new(
			    out, members[i].name, sorted(value, below, sheets, count));
		else
			json_object_set(out, members[i].name, value);
	}
	free(members);
	return out;
}

json_t *
path_sorted(const json_t *object, const struct book_sheet *const *sheets, size_t count)
{
	return sorted(object, "", sheets, count);
}
