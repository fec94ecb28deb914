/* Files named on the command line go through the same jail as mail. */
#include "cron/reading.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"

struct bytes
reading_name(struct arena *a, const char *path)
{
	const char *slash = strrchr(path, '/');
	struct bytes name = bytes_of(slash != NULL ? slash + 1 : path);

	return text_valid(name) ? text_nfc(a, name) : BYTES("");
}

int
reading_open_file(struct reading **out, int *fd, const char *path, struct jail *jail,
    struct jail_job *job, int *exit_code, struct err *e)
{
	struct stat st;
	int rc;

	*exit_code = EXIT_MISSING;
	*fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (*fd < 0)
		return err_set(e, ERR_INPUT, "cannot open '%s': %s", path, strerror(errno));
	*exit_code = EXIT_UNREADABLE;
	if (fstat(*fd, &st) != 0 || !S_ISREG(st.st_mode))
		return err_set(e, ERR_INPUT, "'%s' is no regular file", path);
	job->fd = *fd;
	if ((rc = jail_open(out, jail, job, e)) != OK)
		*exit_code = EXIT_LATER;
	return rc;
}
