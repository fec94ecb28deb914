/*
 * Why: a reader that hostile bytes have taken over must find no system call that leads
 * anywhere.
 */
#include "ingest/jail_int.h"

#include <errno.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"

bool
jail_has_seccomp(void)
{
	uint32_t action = SECCOMP_RET_KILL_PROCESS;

	return syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0u, &action) == 0;
}

#ifdef GIAMSAT_SANITIZED

/*
 * The sanitizers open files and read their own memory map when they report: no filter in this
 * flavour.
 */
int
jail_seccomp_make(struct sock_fprog *out, struct err *e)
{
	(void)out;
	(void)e;
	return OK;
}

int
jail_seccomp_load(const struct sock_fprog *filter, struct err *e)
{
	(void)filter;
	(void)e;
	return OK;
}

#else

/*
 * What malloc, iconv and the libraries of formats need once everything is loaded; nothing takes
 * a path or a process.
 */
static const int plain_calls[] = {
	SCMP_SYS(brk),
	SCMP_SYS(munmap),
	SCMP_SYS(madvise),
	SCMP_SYS(futex),         /* locks of libc */
	SCMP_SYS(getrandom),     /* hash salts */
	SCMP_SYS(clock_gettime), /* where the vDSO does not do it */
	SCMP_SYS(getpid),
	SCMP_SYS(rt_sigreturn),
	SCMP_SYS(exit_group),
};

/* Returns 0, or the negative errno of the first rule that could not be added. */
static int
add_rules(scmp_filter_ctx filter)
{
	/*
	 * The standard error is closed by now; "out of memory" finds that out and ends as it
	 * should.
	 */
	struct scmp_arg_cmp to_nobody = SCMP_A0_32(SCMP_CMP_EQ, STDERR_FILENO);
	struct scmp_arg_cmp to_pipe = SCMP_A0_32(SCMP_CMP_EQ, JAIL_OUT);
	struct scmp_arg_cmp no_code = SCMP_A2_32(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);
	struct scmp_arg_cmp of_no_file =
	    SCMP_A3_32(SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS, MAP_ANONYMOUS);
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < COUNT(plain_calls); i++)
		rc = seccomp_rule_add_exact_array(
		    filter, SCMP_ACT_ALLOW, plain_calls[i], 0, NULL);
	if (rc == 0)
		rc =
		    seccomp_rule_add_exact(filter, SCMP_ACT_ALLOW, SCMP_SYS(write), 1, to_pipe);
	if (rc == 0)
		rc = seccomp_rule_add_exact(
		    filter, SCMP_ACT_ALLOW, SCMP_SYS(write), 1, to_nobody);
	if (rc == 0)
		rc = seccomp_rule_add_exact(
		    filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 2, no_code, of_no_file);
	if (rc == 0)
		rc = seccomp_rule_add_exact(
		    filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, no_code);
	if (rc == 0)
		rc = seccomp_rule_add_exact(filter, SCMP_ACT_ALLOW, SCMP_SYS(mremap), 0);
	return rc;
}

static void
filter_free(scmp_filter_ctx *filter)
{
	if (*filter)
		seccomp_release(*filter);
	*filter = NULL;
}

/* The kernel's own form of the filter. */
static int
export_rules(struct sock_fprog *out, scmp_filter_ctx filter, struct err *e)
{
	AUTO(file_close) int fd = memfd_create("filter", MFD_CLOEXEC);
	struct stat st;
	int rc = fd < 0 ? -errno : seccomp_export_bpf(filter, fd);

	if (rc != 0 || fstat(fd, &st) != 0)
		return err_set(e, ERR_LATER, "seccomp: %s", strerror(rc ? -rc : errno));
	out->len = (unsigned short)((size_t)st.st_size / sizeof(*out->filter));
	out->filter = memory_new((size_t)st.st_size); /* lives as long as the process */
	if (pread(fd, out->filter, (size_t)st.st_size, 0) != st.st_size)
		return err_set(e, ERR_LATER, "seccomp: %s", strerror(errno));
	return OK;
}

int
jail_seccomp_make(struct sock_fprog *out, struct err *e)
{
	AUTO(filter_free) scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
	int rc;

	if (!filter)
		return err_set(e, ERR_LATER, "seccomp: no filter can be made");
	rc = add_rules(filter);
	if (rc != 0)
		return err_set(e, ERR_LATER, "seccomp: %s", strerror(-rc));
	return export_rules(out, filter, e);
}

int
jail_seccomp_load(const struct sock_fprog *filter, struct err *e)
{
	if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0u, filter) != 0)
		return err_set(e, ERR_LATER, "seccomp: %s", strerror(errno));
	return OK;
}

#endif
