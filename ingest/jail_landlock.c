/*
 * Why: should the list of system calls ever be too wide, the file system and the network are
 * closed a second time.
 */
#include "ingest/jail_int.h"

#include <errno.h>
#include <linux/landlock.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* struct landlock_ruleset_attr as the kernel has grown it; older kernels take its beginning. */
struct ruleset {
	uint64_t fs;     /* ABI 1 */
	uint64_t net;    /* ABI 4: bind, connect */
	uint64_t scoped; /* ABI 6: abstract sockets, signals */
};

/* Access rights on files by ABI: 13 bits, then refer, truncate, (net in 4), ioctl. */
static uint64_t
file_rights(long abi)
{
	unsigned bits = abi >= 5 ? 16 : abi >= 3 ? 15 : abi == 2 ? 14 : 13;

	return (UINT64_C(1) << bits) - 1;
}

static long
abi_version(void)
{
	return syscall(
	    SYS_landlock_create_ruleset, NULL, (size_t)0, LANDLOCK_CREATE_RULESET_VERSION);
}

bool
jail_has_landlock(void)
{
	return abi_version() > 0;
}

int
jail_landlock(struct err *e)
{
	long abi = abi_version(), fd;
	struct ruleset rules = { .fs = file_rights(abi), .net = 3, .scoped = 3 };
	size_t size = abi >= 6 ? sizeof(rules)
	    : abi >= 4         ? 2 * sizeof(uint64_t)
			       : sizeof(uint64_t);

	if (abi <= 0)
		return OK;
	/* A ruleset with no rule allows nothing of what it handles. */
	fd = syscall(SYS_landlock_create_ruleset, &rules, size, 0u);
	if (fd < 0 || syscall(SYS_landlock_restrict_self, (int)fd, 0u) != 0)
		return err_set(e, ERR_LATER, "Landlock: %s", strerror(errno));
	close((int)fd);
	return OK;
}
