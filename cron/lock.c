/* The lock that keeps two runs apart. */
#include "cron/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/file.h"

int
lock_take(int *fd, const char *state_dir, struct err *e)
{
	AUTO(file_close) int dir = -1;
	int rc;

	if ((rc = file_directory(&dir, state_dir, true, e)) != OK)
		return rc;
	/* O_CLOEXEC and the jail's closing of all descriptors keep children from holding it on.
	 */
	int lock = openat(dir, "lock", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (lock < 0)
		return err_set(
		    e, ERR_STOP, "cannot open %s/lock: %s", state_dir, strerror(errno));
	if (flock(lock, LOCK_EX | LOCK_NB) != 0) {
		int why = errno;

		close(lock);
		if (why != EWOULDBLOCK)
			return err_set(
			    e, ERR_STOP, "cannot lock %s/lock: %s", state_dir, strerror(why));
		lock = -1;
	}
	*fd = lock;
	return OK;
}
