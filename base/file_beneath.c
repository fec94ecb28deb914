/* Why: a folder that somebody sent may hold a link out of it, also where a folder should be. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>

#include "base/file.h"

int
file_read_beneath(struct bytes *out, struct arena *a, int dir, const char *path, size_t ceiling,
    struct err *e)
{
	AUTO(file_close) int within = -1;
	struct bytes rest = bytes_of(path), step;

	while (rest.at && bytes_cut(&step, &rest, '/') && rest.at) {
		const char *name = arena_text(a, step);
		int next = openat(within < 0 ? dir : within, *name ? name : ".",
		    O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		if (next < 0)
			return err_set(e, ERR_INPUT, "file '%s': '%s' is no folder: %s", path,
			    name, strerror(errno));
		file_close(&within);
		within = next;
	}
	return file_read(out, a, within < 0 ? dir : within, arena_text(a, step), ceiling, e);
}
