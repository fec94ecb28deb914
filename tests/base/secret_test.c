/*
 * Why: a secret comes from one of four places or the run stops, and no sentence ever holds it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/secret.h"
#include "tests/base/place.h"

static void
files(void **state)
{
	static const struct {
		const char *about;
		struct bytes content;
		mode_t mode;
		const char *secret; /* NULL: refused */
		const char *says;
	} rows[] = {
		{ "one line", BYTES_INIT("s3cret\n"), 0600, "s3cret", NULL },
		{ "no line end", BYTES_INIT("s3cret"), 0640, "s3cret", NULL },
		{ "Windows line end", BYTES_INIT("s3cret\r\n"), 0400, "s3cret", NULL },
		{ "only the first line", BYTES_INIT("s3cret\nother\n"), 0600, "s3cret", NULL },
		{ "blanks belong to it", BYTES_INIT(" s3 cret \n"), 0600, " s3 cret ", NULL },
		{ "others may read it", BYTES_INIT("s3cret\n"), 0644, NULL, "0644" },
		{ "the group may write it", BYTES_INIT("s3cret\n"), 0660, NULL, "0660" },
		{ "empty", BYTES_INIT(""), 0600, NULL, "empty" },
		{ "empty first line", BYTES_INIT("\ns3cret\n"), 0600, NULL, "empty" },
		{ "NUL", BYTES_INIT("s3\0cret\n"), 0600, NULL, "control" },
		{ "TAB", BYTES_INIT("s3\tcret\n"), 0600, NULL, "control" },
	};
	struct place *p = *state;
	char *path = arena_printf(p->arena, "%s/password", p->folder);

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct secret s = { .len = 0 };
		struct err e = { 0 };
		int rc;

		assert_int_equal(
		    file_save(p->dir, "password", rows[i].content, rows[i].mode, &e), OK);
		rc = secret_load(&s, &(struct secret_place){ .file = path }, &e);
		if (rc != (rows[i].secret ? OK : ERR_STOP) ||
		    strcmp(s.text, rows[i].secret ? rows[i].secret : "") != 0 ||
		    s.len != strlen(s.text))
			fail_msg("%s: %d '%s' %s", rows[i].about, rc, s.text, e.text);
		if (rc != OK &&
		    (!strstr(e.text, path) || !strstr(e.text, rows[i].says) ||
			strstr(e.text, "cret\n") || strstr(e.text, "s3cret")))
			fail_msg("%s: says '%s'", rows[i].about, e.text);
	}
}

static void
long_ones(void **state)
{
	struct place *p = *state;
	char *path = arena_printf(p->arena, "%s/password", p->folder);
	struct secret s;
	struct err e;

	for (size_t len = sizeof(s.text) - 2; len < sizeof(s.text) + 2; len++) {
		char *text = arena_take(p->arena, len + 2);

		memset(text, 'x', len);
		text[len] = '\n';
		assert_int_equal(file_save(p->dir, "password", bytes_of(text), 0600, &e), OK);
		assert_int_equal(secret_load(&s, &(struct secret_place){ .file = path }, &e),
		    len < sizeof(s.text) ? OK : ERR_STOP);
	}
}

static void
commands(void **state)
{
	static const struct {
		const char *about, *command, *secret, *says;
	} rows[] = {
		{ "prints it", "echo s3cret", "s3cret", NULL },
		{ "prints more than is wanted", "echo s3cret; seq 100000", "s3cret", NULL },
		{ "fails", "echo s3cret; exit 3", NULL, "status 3" },
		{ "is killed", "echo s3cret; kill -9 $$", NULL, "signal 9" },
		{ "prints nothing", "true", NULL, "empty" },
		{ "does not exist", "/nonexistent/s3cret 2>/dev/null", NULL, "status 127" },
		{ "never ends", "echo s3cret; exec sleep 60", NULL, "1 s" },
		{ "leaves something behind that never ends", "echo s3cret; sleep 60 &", NULL,
		    "1 s" },
		{ "reads nothing from us", "cat; echo s3cret", "s3cret", NULL },
	};

	(void)state; /* the folder is not used */
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct secret_place place = { .command = rows[i].command,
			.command_s =
			    rows[i].says && strcmp(rows[i].says, "1 s") == 0 ? 1 : 20 };
		struct secret s = { .len = 0 };
		time_t begin_s = time(NULL);
		struct err e = { 0 };
		int rc = secret_load(&s, &place, &e);

		if (rc != (rows[i].secret ? OK : ERR_STOP) ||
		    strcmp(s.text, rows[i].secret ? rows[i].secret : "") != 0)
			fail_msg("%s: %d '%s' %s", rows[i].about, rc, s.text, e.text);
		if (rc != OK && (!strstr(e.text, rows[i].says) || strstr(e.text, "s3cret")))
			fail_msg("%s: says '%s'", rows[i].about, e.text);
		if (time(NULL) - begin_s > 10)
			fail_msg("%s: took too long", rows[i].about);
	}
}

static void
credentials(void **state)
{
	static const struct {
		const char *about, *name;
		int rc;
	} rows[] = {
		{ "there", "mail", OK },
		{ "not there", "other", ERR_STOP },
		{ "a way out of the folder", "../mail", ERR_STOP },
		{ "the folder itself", ".", ERR_STOP },
		{ "no name", "", ERR_STOP },
	};
	struct place *p = *state;
	struct secret s;
	struct err e;

	assert_int_equal(file_save(p->dir, "mail", BYTES("s3cret"), 0400, &e), OK);
	(void)unsetenv("CREDENTIALS_DIRECTORY");
	assert_int_equal(
	    secret_load(&s, &(struct secret_place){ .credential = "mail" }, &e), ERR_STOP);
	assert_non_null(strstr(e.text, "CREDENTIALS_DIRECTORY"));
	(void)setenv("CREDENTIALS_DIRECTORY", p->folder, 1);
	for (size_t i = 0; i < COUNT(rows); i++) {
		secret_wipe(&s);
		if (secret_load(&s, &(struct secret_place){ .credential = rows[i].name }, &e) !=
			rows[i].rc ||
		    strcmp(s.text, rows[i].rc == OK ? "s3cret" : "") != 0)
			fail_msg("%s", rows[i].about);
	}
	(void)unsetenv("CREDENTIALS_DIRECTORY");
}

/* What is held longer is in no forked process. */
static void
rooms(void **state)
{
	struct secret *s = secret_new();
	struct err e;
	int status;
	pid_t child;

	(void)state; /* the folder is not used */
	assert_int_equal(s->len, 0);
	assert_int_equal(secret_load(s, &(struct secret_place){ .text = "s3cret" }, &e), OK);
	assert_string_equal(s->text, "s3cret");
	child = fork();
	assert_true(child >= 0);
	if (child == 0)
		_exit(s->len == 0 && s->text[0] == '\0' ? 0 : 1);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	assert_string_equal(s->text, "s3cret");
	secret_free(&s);
	assert_null(s);
	secret_free(&s);
}

static void
others(void **state)
{
	static const char zero[sizeof(struct secret)];
	struct secret s;
	struct err e;

	(void)state; /* the folder is not used */
	memset(&s, 'x', sizeof(s));
	assert_int_equal(secret_load(&s, &(struct secret_place){ 0 }, &e), OK);
	assert_int_equal(s.len, 0);
	assert_int_equal(
	    secret_load(&s, &(struct secret_place){ .text = "in the settings" }, &e), OK);
	assert_string_equal(s.text, "in the settings");
	secret_wipe(&s);
	assert_memory_equal(&s, zero, sizeof(s));
	assert_int_equal(
	    secret_load(&s, &(struct secret_place){ .file = "/dev/null" }, &e), ERR_STOP);
	assert_int_equal(
	    secret_load(&s, &(struct secret_place){ .file = "/nonexistent" }, &e), ERR_STOP);
	assert_memory_equal(&s, zero, sizeof(s));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(files, begin, end),
		cmocka_unit_test_setup_teardown(long_ones, begin, end),
		cmocka_unit_test_setup_teardown(commands, begin, end),
		cmocka_unit_test_setup_teardown(credentials, begin, end),
		cmocka_unit_test_setup_teardown(rooms, begin, end),
		cmocka_unit_test_setup_teardown(others, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
