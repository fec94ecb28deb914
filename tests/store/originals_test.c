/* Why: the original is the only proof of what was sent; it must be there, whole, once. */
#include "tests/store/ledger_fixture.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/resource.h>

struct shelf {
	char dir[64];
	struct originals *o;
	struct err e;
};

static int
shelf_setup(void **state)
{
	struct shelf *s = calloc(1, sizeof(*s));

	if (!s)
		return -1;
	(void)snprintf(s->dir, sizeof(s->dir), "/tmp/giamsat-originals-XXXXXX");
	if (!mkdtemp(s->dir))
		return -1;
	GOOD(s, originals_open(&s->o, s->dir, &s->e));
	*state = s;
	return 0;
}

static int
shelf_teardown(void **state)
{
	struct shelf *s = *state;
	char command[128];

	originals_close(&s->o);
	(void)snprintf(command, sizeof(command), "rm -rf '%s'", s->dir);
	if (system(command) != 0)
		return -1;
	free(s);
	return 0;
}

static void
put(char digest[DIGEST_HEX], struct shelf *s, const char *first, const char *second)
{
	uint64_t bytes = 0;

	GOOD(s, originals_begin(s->o, &s->e));
	GOOD(s, originals_add(s->o, bytes_of(first), &s->e));
	GOOD(s, originals_add(s->o, bytes_of(second), &s->e));
	GOOD(s, originals_end(digest, &bytes, s->o, &s->e));
	assert_int_equal(bytes, strlen(first) + strlen(second));
}

/* Files of this kind at the top of originals/. */
static int
temporaries(const struct shelf *s)
{
	char path[96];
	DIR *d;
	int count = 0;

	(void)snprintf(path, sizeof(path), "%s/originals", s->dir);
	d = opendir(path);
	assert_non_null(d);
	for (struct dirent *entry; (entry = readdir(d));)
		count += strstr(entry->d_name, ".tmp-") != NULL;
	(void)closedir(d);
	return count;
}

static void
holds(struct shelf *s, const char *digest, const char *wanted)
{
	char got[256], path[200];
	struct stat st;
	int fd = -1;
	ssize_t n;

	GOOD(s, originals_read(&fd, s->o, digest, &s->e));
	n = read(fd, got, sizeof(got));
	(void)close(fd);
	assert_int_equal(n, (ssize_t)strlen(wanted));
	assert_memory_equal(got, wanted, (size_t)n);
	(void)snprintf(path, sizeof(path), "%s/originals/%.2s/%s", s->dir, digest, digest);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(st.st_nlink, 1);
}

static void
kept(void **state)
{
	struct shelf *s = *state;
	char one[DIGEST_HEX], two[DIGEST_HEX], again[DIGEST_HEX], empty[DIGEST_HEX],
	    wanted[DIGEST_HEX];
	int fd = -1;

	put(one, s, "hello ", "world");
	put(two, s, "another", "");
	put(again, s, "hello", " world");
	put(empty, s, "", "");
	digest_of(wanted, BYTES("hello world"));
	assert_string_equal(one, wanted);
	assert_string_equal(again, wanted);
	FAILS(s, "not before the flush", originals_read(&fd, s->o, one, &s->e), ERR_LATER, one);
	assert_int_equal(temporaries(s), 3); /* the repetition has left nothing */
	GOOD(s, originals_flush(s->o, &s->e));
	assert_int_equal(temporaries(s), 0);
	holds(s, one, "hello world");
	holds(s, two, "another");
	holds(s, empty, "");
	GOOD(s, originals_flush(s->o, &s->e)); /* nothing to do */
	put(again, s, "hello world", "");
	assert_int_equal(temporaries(s), 0);
	GOOD(s, originals_flush(s->o, &s->e));
	holds(s, one, "hello world");
}

static void
more_than_are_open(void **state)
{
	struct shelf *s = *state;
	char digests[300][DIGEST_HEX], text[300][16];
	struct rlimit was, few;

	assert_int_equal(getrlimit(RLIMIT_NOFILE, &was), 0);
	few = was;
	few.rlim_cur = 160;
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &few), 0);
	for (size_t i = 0; i < 300; i++) {
		(void)snprintf(text[i], sizeof(text[i]), "mail %zu", i);
		put(digests[i], s, text[i], "");
	}
	GOOD(s, originals_flush(s->o, &s->e));
	for (size_t i = 0; i < 300; i++)
		holds(s, digests[i], text[i]);
	assert_int_equal(temporaries(s), 0);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &was), 0);
}

static void
abandoned(void **state)
{
	struct shelf *s = *state;
	char digest[DIGEST_HEX];

	GOOD(s, originals_begin(s->o, &s->e));
	GOOD(s, originals_add(s->o, BYTES("half a ma"), &s->e));
	assert_int_equal(temporaries(s), 1);
	originals_abandon(s->o);
	originals_abandon(s->o);
	assert_int_equal(temporaries(s), 0);
	put(digest, s, "not flushed", "");
	originals_close(&s->o);
	assert_int_equal(temporaries(s), 0);
	GOOD(s, originals_open(&s->o, s->dir, &s->e));
	int fd = -1;
	FAILS(s, "never there", originals_read(&fd, s->o, digest, &s->e), ERR_LATER,
	    "cannot be read");
}

/* What a dead run left goes when the next one writes, and not when somebody only looks. */
static void
swept(void **state)
{
	struct shelf *s = *state;
	struct originals *reader = NULL;
	char path[128], digest[DIGEST_HEX];
	int fd;

	(void)snprintf(path, sizeof(path), "%s/originals/17.tmp-1", s->dir);
	fd = open(path, O_CREAT | O_WRONLY, 0600);
	assert_true(fd >= 0);
	(void)close(fd);
	GOOD(s, originals_open(&reader, s->dir, &s->e));
	originals_close(&reader);
	assert_int_equal(temporaries(s), 1);
	put(digest, s, "x", "");
	assert_int_equal(access(path, F_OK), -1);
}

/* A file of the right name and a wrong length is no original. */
static void
wreck_replaced(void **state)
{
	struct shelf *s = *state;
	char digest[DIGEST_HEX], path[200];

	put(digest, s, "whole", "");
	GOOD(s, originals_flush(s->o, &s->e));
	(void)snprintf(path, sizeof(path), "%s/originals/%.2s/%s", s->dir, digest, digest);
	assert_int_equal(truncate(path, 2), 0);
	put(digest, s, "whole", "");
	GOOD(s, originals_flush(s->o, &s->e));
	holds(s, digest, "whole");
}

int
main(void)
{
#define ON_SHELF(test) cmocka_unit_test_setup_teardown(test, shelf_setup, shelf_teardown)
	const struct CMUnitTest tests[] = { ON_SHELF(kept), ON_SHELF(more_than_are_open),
		ON_SHELF(abandoned), ON_SHELF(swept), ON_SHELF(wreck_replaced) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
