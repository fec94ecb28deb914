/* Why: a folder is read in one order everywhere, whatever the file system's. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/memory.h"
#include "ingest/folder_int.h"

static int
compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void
close_list(DIR **d)
{
	if (*d)
		(void)closedir(*d); /* only read from */
	*d = NULL;
}

int
names_read(struct names *out, int dir)
{
	/* Opened anew: a duplicate would share its place in the list with the caller's. */
	int fd = openat(dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	AUTO(close_list) DIR *d = fd < 0 ? NULL : fdopendir(fd);
	struct dirent *entry;
	size_t room = 0;

	if (!d)
		return -1; /* fdopendir of a directory fails for want of memory only */
	while ((errno = 0, entry = readdir(d))) {
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		if (out->count == room) {
			room = room ? room * 2 : 64;
			out->list = memory_resize(out->list, room, sizeof(*out->list));
		}
		out->list[out->count++] = memory_text(entry->d_name);
	}
	if (errno)
		return -1;
	if (out->count)
		qsort(out->list, out->count, sizeof(*out->list), compare);
	return 0;
}

void
names_free(struct names *n)
{
	for (size_t i = 0; i < n->count; i++)
		free(n->list[i]);
	free(n->list);
	*n = (struct names){ 0 };
}
