/* Why: whatever bytes come, what the child says of them must be what its parent takes. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/memory.h"
#include "ingest/reader.h"
#include "tests/fuzz/fuzz.h"

/* Small, so that a mistake of a few bytes passes a ceiling, and nothing takes long. */
static const struct limits small = {
	.mail_bytes = 1u << 20,
	.part_bytes = 1u << 20,
	.parts = 50,
	.depth = 8,
	.header_bytes = 16u << 10,
	.row_bytes = 4096,
	.field_bytes = 1024,
	.columns = 64,
	.rows = 1000,
	.unpacked_entry_bytes = 1u << 20,
	.unpacked_bytes = 2u << 20,
	.unpacked_files_bytes = 1u << 20,
	.xml_work = 8u << 20,
	.book_cells = 20000,
	.book_text = 4u << 20,
	.zip_entries = 20,
	.book_entries = 50,
	.read_s = 60,
	.read_memory = 512u << 20,
	.tables = 100,
	.findings = 100,
};

static void
refuse(const char *what, const char *why)
{
	fprintf(stderr, "%s: %s\n", what, why);
	abort();
}

static void
believe(int fd, bool mail, bool refused)
{
	AUTO(frame_reader_free) struct frame_reader *r = frame_reader_new(mail, &small);
	size_t len = (size_t)lseek(fd, 0, SEEK_END), used, need;
	char *all = memory_new(len + 1);
	struct bytes rest = { .at = all, .len = len };
	struct event event = { .kind = EVENT_PART_END };
	struct err e = { 0 };

	if (pread(fd, all, len, 0) != (ssize_t)len)
		refuse("frames", "cannot be read back");
	while (rest.len > 0) {
		if (frame_read(&event, &used, &need, r, rest, &e) != OK)
			refuse("the parent", e.text);
		if (used == 0)
			refuse("the parent", "a frame is cut short");
		rest = bytes_slice(rest, used, rest.len);
	}
	if (!refused && event.kind != EVENT_END)
		refuse("the child", "did not come to its end");
	free(all);
}

void
fuzz_read(struct bytes input, bool mail, const char *name)
{
	static int fd = -1;
	struct reader_terms terms = { .limits = &small };
	struct jail_job job = { .mail = mail, .name = bytes_of(name), .tables = true };
	struct frame_writer w = { 0 };
	struct err e = { 0 };
	int rc;

	if (input.len > small.mail_bytes)
		return;
	if (fd < 0)
		fd = memfd_create("frames", MFD_CLOEXEC);
	if (ftruncate(fd, 0) != 0 || lseek(fd, 0, SEEK_SET) != 0)
		refuse("memfd", "cannot be emptied");
	w.fd = fd;
	rc = reader_run(&job, &terms, input, &w, &e);
	if (rc == OK && frame_end(&w, &e) != OK)
		refuse("the child", e.text);
	if (rc != OK && rc != ERR_INPUT)
		refuse("the child", e.text);
	buf_free(&w.out);
	believe(fd, mail, rc != OK);
}
