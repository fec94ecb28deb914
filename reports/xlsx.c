/* Why: libxlsxwriter writes files and nothing else, and what we write goes into letters. */
#include "reports/xlsx.h"

#include <sys/mman.h>
#include <sys/stat.h>

#include "base/file.h"

#define FILE_MOST (256u << 20)

void
xlsx_drop(lxw_workbook **book)
{
	if (*book)
		(void)workbook_close(*book); /* given up: what it wrote is not read */
	*book = NULL;
}

int
xlsx_finish(lxw_workbook **book, const char *what, struct err *e)
{
	lxw_workbook *finished = *book;
	lxw_error code;

	*book = NULL;
	code = workbook_close(finished);
	return code == LXW_NO_ERROR
	    ? OK
	    : err_set(e, ERR_STOP, "%s cannot be written: %s", what, lxw_strerror(code));
}

int
xlsx_collect(struct buf *out, const char *what,
    int (*write)(const char *path, void *self, struct err *e), void *self, struct err *e)
{
	AUTO(arena_free) struct arena *a = arena_new();
	AUTO(file_close) int fd = memfd_create("giamsat-workbook", MFD_CLOEXEC);
	struct stat st;
	struct bytes bytes;
	int rc;

	if (fd < 0)
		return err_set(e, ERR_STOP, "no memory file for %s", what);
	if ((rc = write(arena_printf(a, "/proc/self/fd/%d", fd), self, e)) != OK)
		return rc;
	if (fstat(fd, &st) != 0 || st.st_size <= 0)
		return err_set(e, ERR_STOP, "%s came out empty", what);
	if ((rc = file_map(&bytes, fd, FILE_MOST, e)) != OK)
		return err_at(e, "%s", what);
	buf_add(out, bytes);
	(void)munmap((void *)(uintptr_t)bytes.at, bytes.len); /* nothing to do when it fails */
	return OK;
}
