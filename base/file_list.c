/* Why: what lies in a folder of ours is read in one order, whatever order the disk has. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>

#include "base/file.h"

static void
close_folder(DIR **d)
{
	if (*d)
		(void)closedir(*d); /* only read from */
	*d = NULL;
}

static bool
ends_in(const char *name, const char *suffix)
{
	size_t len = strlen(name), end = strlen(suffix);

	return *name != '.' && len > end && strcmp(name + len - end, suffix) == 0;
}

static int
compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

int
file_list(const char ***out, size_t *count, struct arena *a, int dir, const char *folder,
    const char *suffix, size_t most, struct err *e)
{
	int fd = openat(dir, folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	AUTO(close_folder) DIR *d = fd < 0 ? NULL : fdopendir(fd);
	const char **names = arena_array(a, most + 1, sizeof(*names));
	struct dirent *entry;
	size_t n = 0;

	if (!d && errno != ENOENT)
		return err_set(
		    e, ERR_STOP, "folder '%s' cannot be listed: %s", folder, strerror(errno));
	while (d && (errno = 0, entry = readdir(d))) {
		if (!ends_in(entry->d_name, suffix))
			continue;
		if (n == most)
			return err_set(
			    e, ERR_INPUT, "folder '%s' has more than %zu files", folder, most);
		names[n++] = arena_text(a, bytes_of(entry->d_name));
	}
	if (d && errno)
		return err_set(
		    e, ERR_STOP, "folder '%s' cannot be listed: %s", folder, strerror(errno));
	qsort(names, n, sizeof(*names), compare_names);
	*out = names;
	*count = n;
	return OK;
}
