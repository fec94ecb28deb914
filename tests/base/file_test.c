/*
 * Why: what is written durably, and what is refused when read, is decided by the file module.
 */
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "tests/base/place.h"

static void
save(const struct place *p, const char *name, const char *text)
{
	struct err e;

	if (file_save(p->dir, name, bytes_of(text), 0600, &e) != OK)
		fail_msg("%s", e.text);
}

static void
holds(const struct place *p, const char *name, const char *text)
{
	struct bytes got;
	struct err e;

	if (file_read(&got, p->arena, p->dir, name, 1000, &e) != OK)
		fail_msg("%s", e.text);
	assert_string_equal(got.at, text);
	assert_int_equal(got.len, strlen(text));
}

/* Files in the folder whose name holds the piece. */
static int
count(const struct place *p, const char *piece)
{
	char command[256];
	FILE *list;
	int n = -1;

	(void)snprintf(
	    command, sizeof(command), "ls -a %s | grep -c -- '%s'", p->folder, piece);
	list = popen(command, "r");
	assert_non_null(list);
	assert_int_equal(fscanf(list, "%d", &n), 1);
	(void)pclose(list);
	return n;
}

static void
saves(void **state)
{
	struct place *p = *state;
	struct stat st;
	struct err e;

	save(p, "a", "first");
	save(p, "a", "second");
	holds(p, "a", "second");
	save(p, "empty", "");
	holds(p, "empty", "");
	assert_int_equal(file_save(p->dir, "open", BYTES("x"), 0644, &e), OK);
	assert_int_equal(fstatat(p->dir, "open", &st, 0), 0);
	assert_int_equal(st.st_mode & 07777, 0644); /* whatever the umask */
	assert_int_equal(count(p, "tmp"), 0);
	/* With a path of its own. */
	assert_int_equal(file_save(AT_FDCWD, arena_printf(p->arena, "%s/b", p->folder),
			     BYTES("b"), 0600, &e),
	    OK);
	holds(p, "b", "b");
	assert_int_equal(file_save(p->dir, "no/such/place", BYTES("b"), 0600, &e), ERR_STOP);
	assert_non_null(strstr(e.text, "no/such/place"));
	/* The old one of a dead run with our number is in the way. */
	save(p, arena_printf(p->arena, "c.tmp-%ld", (long)getpid()), "left over");
	save(p, "c", "new");
	holds(p, "c", "new");
}

/* A disk that is full: the old file stays, and nothing is left beside it. */
static void
full(void **state)
{
	struct place *p = *state;
	int status;
	pid_t child;

	save(p, "a", "old");
	child = fork();
	if (child == 0) {
		char large[8192] = { 0 };
		struct err e;
		int rc;

		(void)signal(SIGXFSZ, SIG_IGN);
		(void)setrlimit(RLIMIT_FSIZE, &(struct rlimit){ 4096, 4096 });
		rc = file_save(p->dir, "a", (struct bytes){ large, sizeof(large) }, 0600, &e);
		_exit(rc == ERR_STOP && strstr(e.text, "cannot be written") ? 0 : 1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	holds(p, "a", "old");
	assert_int_equal(count(p, "tmp"), 0);
}

static void
reads(void **state)
{
	struct place *p = *state;
	static const struct {
		const char *about, *name;
		size_t ceiling;
		int rc;
	} rows[] = {
		{ "just at the ceiling", "five", 5, OK },
		{ "over the ceiling", "five", 4, ERR_INPUT },
		{ "a link", "link", 100, ERR_INPUT },
		{ "a FIFO, which must not hold us", "fifo", 100, ERR_INPUT },
		{ "a folder", "folder", 100, ERR_INPUT },
		{ "missing", "missing", 100, ERR_STOP },
	};

	save(p, "five", "12345");
	assert_int_equal(symlinkat("five", p->dir, "link"), 0);
	assert_int_equal(mkfifoat(p->dir, "fifo", 0600), 0);
	assert_int_equal(mkdirat(p->dir, "folder", 0700), 0);
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct bytes got = BYTES("kept");
		struct err e = { 0 };
		int rc = file_read(&got, p->arena, p->dir, rows[i].name, rows[i].ceiling, &e);

		if (rc != rows[i].rc ||
		    !bytes_equal(got, rc == OK ? BYTES("12345") : BYTES("kept")))
			fail_msg("%s: %d %s", rows[i].about, rc, e.text);
		if (rc != OK && !strstr(e.text, rows[i].name))
			fail_msg("%s: the sentence names no file: %s", rows[i].about, e.text);
	}
}

static void
moves(void **state)
{
	struct place *p = *state;
	AUTO(file_close) int done = -1;
	char name[256];
	struct err e;

	assert_int_equal(
	    file_directory(&done, arena_printf(p->arena, "%s/x/done", p->folder), true, &e),
	    OK);
	for (int i = 0; i < 3; i++) {
		save(p, "a", i == 0 ? "0" : i == 1 ? "1" : "2");
		assert_int_equal(file_move(p->dir, "a", done, "a", name, &e), OK);
		assert_string_equal(name, i == 0 ? "a" : i == 1 ? "a.1" : "a.2");
	}
	holds(p, "x/done/a", "0");
	holds(p, "x/done/a.2", "2");
	assert_int_equal(file_move(p->dir, "a", done, "a", NULL, &e), ERR_LATER);
	assert_non_null(strstr(e.text, "'a'"));
}

static void
directories(void **state)
{
	struct place *p = *state;
	AUTO(file_close) int fd = -1;
	AUTO(file_close) int none = -1;
	char *path = arena_printf(p->arena, "%s/one/two//three/", p->folder);
	struct stat st;
	struct err e;

	assert_int_equal(file_directory(&fd, path, false, &e), ERR_STOP);
	assert_int_equal(fd, -1);
	assert_int_equal(file_directory(&fd, path, true, &e), OK);
	assert_int_equal(fstat(fd, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0700);
	file_close(&fd);
	assert_int_equal(file_directory(&fd, path, true, &e), OK);
	save(p, "file", "");
	assert_int_equal(
	    file_directory(&none, arena_printf(p->arena, "%s/file/x", p->folder), true, &e),
	    ERR_STOP);
}

static void
sweeps(void **state)
{
	static const char *const gone[] = { "a.tmp-1", "b.c.tmp-99999" };
	static const char *const kept[] = { "a", "a.tmp", "a.tmp-", "a.tmp-1x", "tmp-1" };
	struct place *p = *state;
	struct err e;

	for (size_t i = 0; i < COUNT(gone); i++)
		save(p, gone[i], "");
	for (size_t i = 0; i < COUNT(kept); i++)
		save(p, kept[i], "");
	assert_int_equal(file_sweep(p->dir, &e), OK);
	for (size_t i = 0; i < COUNT(gone); i++)
		assert_int_not_equal(faccessat(p->dir, gone[i], F_OK, 0), 0);
	for (size_t i = 0; i < COUNT(kept); i++)
		holds(p, kept[i], "");
	assert_int_equal(file_sweep(p->dir, &e), OK); /* the descriptor is as good as before */
}

static void
maps(void **state)
{
	struct place *p = *state;
	AUTO(file_close) int fd = -1;
	AUTO(file_close) int empty = -1;
	struct bytes got = BYTES("kept");
	struct err e;

	save(p, "five", "12345");
	save(p, "empty", "");
	fd = openat(p->dir, "five", O_RDONLY);
	empty = openat(p->dir, "empty", O_RDONLY);
	assert_int_equal(file_map(&got, fd, 4, &e), ERR_INPUT);
	assert_int_equal(got.len, 4);
	assert_int_equal(file_map(&got, p->dir, 100000, &e), ERR_INPUT);
	assert_int_equal(file_map(&got, fd, 5, &e), OK);
	assert_int_equal(got.len, 5);
	assert_memory_equal(got.at, "12345", 5);
	assert_int_equal(munmap((void *)(uintptr_t)got.at, got.len), 0);
	assert_int_equal(file_map(&got, empty, 5, &e), OK);
	assert_int_equal(got.len, 0);
}

#ifdef GIAMSAT_STEPS
/*
 * The flavour with steps: each point can be made to fail, and killed at each the old file stays
 * whole.
 */
static void
steps(void **state)
{
	static const struct {
		const char *about, *wish, *left;
		bool dies;
		int rc;
	} rows[] = {
		{ "write fails", "file.write:1:ENOSPC", "old", false, ERR_STOP },
		{ "write is interrupted", "file.write:1:EINTR", "new", false, OK },
		{ "sync fails", "file.sync:1:EIO", "old", false, ERR_STOP },
		{ "sync is interrupted", "file.sync:1:EINTR", "new", false, OK },
		{ "rename fails", "file.rename:1:5", "old", false, ERR_STOP },
		{ "sync of the folder fails", "file.dirsync:1:EIO", "new", false, ERR_STOP },
		{ "killed before the write", "file.write:1", "old", true, 0 },
		{ "killed before the sync", "file.sync:1", "old", true, 0 },
		{ "killed before the rename", "file.rename:1", "old", true, 0 },
		{ "killed before the sync of the folder", "file.dirsync:1", "new", true, 0 },
		{ "the second of one write", "file.write:2:EIO", "new", false, OK },
	};
	struct place *p = *state;

	for (size_t i = 0; i < COUNT(rows); i++) {
		int status;
		pid_t child;

		save(p, "a", "old");
		child = fork();
		if (child == 0) {
			struct err e;

			(void)setenv("GIAMSAT_STEP", rows[i].wish, 1);
			_exit(file_save(p->dir, "a", BYTES("new"), 0600, &e));
		}
		assert_int_equal(waitpid(child, &status, 0), child);
		if (WIFSIGNALED(status) != rows[i].dies ||
		    (!rows[i].dies && WEXITSTATUS(status) != rows[i].rc))
			fail_msg("%s: status %x", rows[i].about, status);
		holds(p, "a", rows[i].left);
	}
}
#endif

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(saves, begin, end),
		cmocka_unit_test_setup_teardown(full, begin, end),
		cmocka_unit_test_setup_teardown(reads, begin, end),
		cmocka_unit_test_setup_teardown(moves, begin, end),
		cmocka_unit_test_setup_teardown(directories, begin, end),
		cmocka_unit_test_setup_teardown(sweeps, begin, end),
		cmocka_unit_test_setup_teardown(maps, begin, end),
#ifdef GIAMSAT_STEPS
		cmocka_unit_test_setup_teardown(steps, begin, end),
#endif
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
