/* A Data Package describes its tables; `giamsat check --package` judges them by what it says.
 */
#include <sys/stat.h>

#include "cron/check.h"

static bool
is_same_file(const char *left, const char *right)
{
	struct stat x, y;

	return left != NULL && stat(left, &x) == 0 && stat(right, &y) == 0 &&
	    x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

static int
judge(const struct checking *k, const struct package_table *t, const char *path)
{
	struct checking one = *k;
	struct csv_dialect dialect = t->dialect;
	struct err e = { 0 };
	int code;

	dialect.comments_kept = true; /* the judge tells them from blank rows */
	if (k->dialect == NULL) {
		one.dialect = &dialect;
		one.layout = &t->layout;
	}
	if (court_open(&one.campaign, &one, t->book, &e) != OK)
		code = command_failed(&e, EXIT_OURS);
	else
		code = check_file(path, &one);
	court_close(&one.campaign);
	return code;
}

/* Every table, or the one that is named. */
static int
judge_all(const struct checking *k, const struct package_table *tables, size_t count,
    const char *resource)
{
	int code = EXIT_WELL;

	for (size_t i = 0; i < count; i++) {
		const struct package_table *t = &tables[i];

		if (resource != NULL && strcmp(t->name, resource) != 0)
			continue;
		if (t->path != NULL) {
			code = check_worse(code, judge(k, t, t->path));
			continue;
		}
		fprintf(stderr,
		    "giamsat: resource '%s' is no single file of the package's folder and was "
		    "not judged\n",
		    t->name);
		code = check_worse(code, EXIT_UNREADABLE);
	}
	return code;
}

static const struct package_table *
table_of(
    const struct package_table *tables, size_t count, const char *resource, const char *path)
{
	for (size_t i = 0; i < count; i++)
		if (resource != NULL ? strcmp(tables[i].name, resource) == 0
				     : is_same_file(tables[i].path, path))
			return &tables[i];
	return NULL;
}

int
check_package(const struct checking *k, const char *path, const char *resource,
    const char *const *files, size_t count)
{
	struct package_table *tables;
	struct mistakes m = { 0 };
	struct err e = { 0 };
	size_t table_count;
	int code = EXIT_WELL;

	if (package_tables(&tables, &table_count, k->o->arena, path, &m, &e) != OK) {
		for (size_t i = 0; i < m.count; i++)
			fprintf(stderr, "%s\n", m.text[i]);
		return command_failed(&e, EXIT_SETTINGS);
	}
	if (resource != NULL && table_of(tables, table_count, resource, NULL) == NULL) {
		(void)err_set(&e, ERR_STOP, "'%s' has no table '%s'", path, resource);
		return command_failed(&e, EXIT_SETTINGS);
	}
	if (count == 0)
		return judge_all(k, tables, table_count, resource);
	for (size_t i = 0; i < count; i++) {
		const struct package_table *t =
		    table_of(tables, table_count, resource, files[i]);

		if (t != NULL) {
			code = check_worse(code, judge(k, t, files[i]));
			continue;
		}
		fprintf(stderr,
		    "giamsat: '%s' has no table with the path '%s'; name one by --resource\n",
		    path, files[i]);
		code = check_worse(code, EXIT_MISSING);
	}
	return code;
}
