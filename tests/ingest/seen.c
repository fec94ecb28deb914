/*
 * seen [-q] FILE: prints what the reader of tables says of it, as tests/ingest/seen.h writes
 * it; with -q without rows.
 */
#include "tests/ingest/seen.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "ingest/format.h"

static int
pass_row(void *self, const struct row *row, struct err *e)
{
	(void)self, (void)row, (void)e;
	return OK;
}

int
main(int argc, char **argv)
{
	static const struct limits limits = LIMITS_DEFAULT;
	struct table_input in = { .limits = &limits };
	struct buf out = { 0 };
	struct table_sink sink = seen_sink(&out);
	struct stat st;
	struct err e;
	int fd = argc > 1 ? open(argv[argc - 1], O_RDONLY) : -1;

	if (fd < 0 || fstat(fd, &st) != 0 || st.st_size == 0)
		return 66;
	if (argc > 2)
		sink.row = pass_row;
	in.body.len = (size_t)st.st_size;
	in.body.at = mmap(NULL, in.body.len, PROT_READ, MAP_PRIVATE, fd, 0);
	if (in.body.at == MAP_FAILED || format_read(&in, &sink, &e) != OK)
		return 70;
	fwrite(out.at, 1, out.len, stdout);
	buf_free(&out);
	return 0;
}
