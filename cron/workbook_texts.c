/* The words of letters are files; a workbook of the campaign holds them, too. */
#include "cron/workbook_texts.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"

#define TEXT_MOST ((size_t)1 << 20)

static void
close_list(DIR **d)
{
	if (*d)
		(void)closedir(*d); /* only read from */
	*d = NULL;
}

struct texts {
	struct workbook_text *list;
	size_t count;
};

static struct workbook_text *
text_named(struct texts *t, struct arena *a, const char *name)
{
	for (size_t i = 0; i < t->count; i++)
		if (strcmp(t->list[i].name, name) == 0)
			return &t->list[i];
	t->list = arena_more(a, t->list, t->count, sizeof(*t->list));
	t->list[t->count].name = name;
	return &t->list[t->count++];
}

static int
read_language(
    struct texts *t, struct arena *a, const char *folder, enum language l, struct err *e)
{
	/* The folder of the language is that of any of its texts. */
	const char *path = workbook_text_path(a, "x", l);
	AUTO(close_list)
	DIR *list =
	    opendir(arena_printf(a, "%s/%.*s", folder, (int)(strrchr(path, '/') - path), path));
	const struct dirent *entry;
	int rc = OK;

	while (rc == OK && list && (entry = readdir(list)) != NULL) {
		size_t len = strlen(entry->d_name);
		const char *name;

		if (len < 5 || strcmp(entry->d_name + len - 4, ".txt") != 0)
			continue;
		name = arena_printf(a, "%.*s", (int)len - 4, entry->d_name);
		rc = file_read(&text_named(t, a, name)->body[l], a, AT_FDCWD,
		    arena_printf(a, "%s/%s", folder, workbook_text_path(a, name, l)), TEXT_MOST,
		    e);
	}
	return rc;
}

static int
compare_names(const void *left, const void *right)
{
	const struct workbook_text *a = left, *b = right;

	return strcmp(a->name, b->name);
}

int
workbook_texts_read(struct workbook_text **out, size_t *count, struct arena *a,
    const char *folder, struct err *e)
{
	struct texts t = { 0 };
	int rc = OK;

	for (enum language l = 0; rc == OK && l < LANGUAGES; l++)
		rc = read_language(&t, a, folder, l, e);
	if (rc != OK)
		return rc;
	if (t.count > 0)
		qsort(t.list, t.count, sizeof(*t.list), compare_names);
	*out = t.list;
	*count = t.count;
	return OK;
}
