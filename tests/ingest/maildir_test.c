/* Why: a maildir is shared with mail programs that rename what we read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/ingest/intake.h"

#define NOW 1704416400

static char root[] = "/tmp/giamsat-maildir-XXXXXX";
static struct source_settings settings = {
	.name = "mail", .kind = "maildir", .path = root, .stable_s = 600
};
static const struct limits limits = { .mail_bytes = 60, .header_bytes = 30 };

static const char *
at(const char *name)
{
	static char path[4][4096];
	static unsigned turn;

	turn = (turn + 1) % COUNT(path);
	(void)snprintf(path[turn], sizeof(path[turn]), "%s/%s", root, name);
	return path[turn];
}

static int
set_up(void **state)
{
	(void)state; /* none */
	memcpy(root + sizeof(root) - 7, "XXXXXX", 6);
	settings.done = settings.failed = NULL;
	return mkdtemp(root) && mkdir(at("new"), 0700) == 0 && mkdir(at("cur"), 0700) == 0 ? 0
											   : -1;
}

static int
tear_down(void **state)
{
	(void)state; /* none */
	remove_tree(root);
	return 0;
}

static int
fetch(struct notebook *n)
{
	notebook_open(n, NOW);
	return source_fetch(&settings, &limits, &n->intake, &(struct err){ 0 });
}

static void
what_is_taken(void **state)
{
	struct notebook n;

	(void)state; /* none */
	lay(at("new/1.a.host"), "Subject: a\n\nnew", NOW);
	lay(at("cur/2.b.host,S=9:2,RS"), "Subject: b\n\ncur", NOW);
	lay(at("new/.hidden"), "x", NOW);
	lay(at("tmp/3.c.host"), "being delivered", NOW);
	lay(at("cur/1.a.host:2,S"), "Subject: a\n\nseen in both at once", NOW);
	lay(at("new/4.d.host"),
	    "Subject: big\n\n0123456789012345678901234567890123456789012345678", NOW);
	lay(at("new/5.e.host"),
	    "Subject: a header that is longer than may be\n\n0123456789012345678901234", NOW);
	assert_int_equal(symlink("/etc/passwd", at("new/6.f.host")), 0);
	assert_int_equal(fetch(&n), OK);
	assert_true(notebook_has(&n, "fetched 1.a.host|||1|Subject: a\n\n"));
	assert_true(notebook_has(&n, "fetched 2.b.host,S=9|||1|Subject: b\n\ncur\n"));
	assert_true(notebook_has(&n, "refused 4.d.host|too-large|Subject: big\n\n\n"));
	assert_true(
	    notebook_has(&n, "refused 5.e.host|too-large|Subject: a header that is long\n"));
	assert_true(notebook_has(&n, "refused 6.f.host|not-a-file|\n"));
	assert_false(notebook_has(&n, "hidden"));
	assert_false(notebook_has(&n, "delivered"));
	notebook_close(&n);
}

static void
known_by_its_unique_name(void **state)
{
	struct notebook n;

	(void)state; /* none */
	lay(at("cur/1.a.host:2,S"), "Subject: a\n\n", NOW);
	notebook_open(&n, NOW);
	buf_text(&n.known, "1.a.host\n");
	assert_int_equal(source_fetch(&settings, &limits, &n.intake, &(struct err){ 0 }), OK);
	assert_int_equal(n.lines.len, 0);
	notebook_close(&n);
}

static void
settled(void **state)
{
	static const struct {
		const char *about, *done, *failed, *accepted_to, *refused_to;
	} rows[] = {
		{ "both by default", NULL, NULL, ".Processed/cur/1.a:2,S",
		    ".Processed/cur/2.b:2,F" },
		{ "to their own", ".Done", ".Refused", ".Done/cur/1.a:2,S",
		    ".Refused/cur/2.b:2,F" },
		{ "named without the dot", "Done2", "No", ".Done2/cur/1.a:2,S",
		    ".No/cur/2.b:2,F" },
	};

	(void)state; /* none */
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct settlement list[] = {
			{ .key = "1.a", .outcome = OUTCOME_ACCEPTED },
			{ .key = "2.b", .outcome = OUTCOME_REFUSED },
			{ .key = "3.gone", .outcome = OUTCOME_ACCEPTED },
			{ .key = "..%2F..%2Fx", .outcome = OUTCOME_ACCEPTED },
		};

		lay(at("new/1.a"), "a", NOW);
		lay(at("cur/2.b:2,F"), "b", NOW);
		settings.done = rows[i].done;
		settings.failed = rows[i].failed;
		for (int twice = 0; twice < 2; twice++) {
			assert_int_equal(
			    source_settle(&settings, list, COUNT(list), &(struct err){ 0 }),
			    OK);
			for (size_t k = 0; k < COUNT(list); k++)
				assert_true(list[k].done);
			if (strcmp(content_of(at(rows[i].accepted_to)), "a") != 0 ||
			    strcmp(content_of(at(rows[i].refused_to)), "b") != 0)
				fail_msg("%s", rows[i].about);
		}
		assert_int_equal(access(at("new/1.a"), F_OK), -1);
	}
	assert_int_equal(access(at(".Done/maildirfolder"), F_OK), 0);
	assert_int_equal(access(at(".Done/new"), F_OK), 0);
	assert_int_equal(access(at(".Done/tmp"), F_OK), 0);
}

static void
mistakes(void **state)
{
	static const struct {
		const char *about;
		struct source_settings s;
		bool right;
	} rows[] = {
		{ "enough", { .kind = "maildir", .path = "/x" }, true },
		{ "no path", { .kind = "maildir" }, false },
		{ "a path for a folder", { .kind = "maildir", .path = "/x", .done = "../y" },
		    false },
		{ "only dots", { .kind = "maildir", .path = "/x", .failed = ".." }, false },
		{ "no name", { .kind = "maildir", .path = "/x", .done = "" }, false },
		{ "folder without a path", { .kind = "folder" }, false },
		{ "imap",
		    { .kind = "imap",
			.mailbox = "INBOX",
			.wire = { .url = "imaps://h", .user = "u" } },
		    true },
		{ "imap without user",
		    { .kind = "imap", .mailbox = "INBOX", .wire = { .url = "imaps://h" } },
		    false },
		{ "imap by http",
		    { .kind = "imap",
			.mailbox = "INBOX",
			.wire = { .url = "http://h", .user = "u" } },
		    false },
		{ "done where it is read",
		    { .kind = "imap",
			.mailbox = "A",
			.done = "A",
			.wire = { .url = "imaps://h", .user = "u" } },
		    false },
		{ "a line break in a mailbox",
		    { .kind = "imap",
			.mailbox = "A\r\nB",
			.wire = { .url = "imaps://h", .user = "u" } },
		    false },
		{ "remote", { .kind = "remote", .wire = { .url = "sftp://h/in" } }, true },
		{ "remote in the clear", { .kind = "remote", .wire = { .url = "ftp://h/in" } },
		    false },
		{ "remote with a query",
		    { .kind = "remote", .wire = { .url = "https://h/in?a" } }, false },
		{ "done outside",
		    { .kind = "remote", .done = "../x", .wire = { .url = "sftp://h/in" } },
		    false },
	};

	(void)state; /* none */
	assert_null(source_find("pop3"));
	for (size_t i = 0; i < COUNT(rows); i++)
		if ((source_find(rows[i].s.kind)->mistake(&rows[i].s) == NULL) != rows[i].right)
			fail_msg("%s", rows[i].about);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_is_taken, set_up, tear_down),
		cmocka_unit_test_setup_teardown(known_by_its_unique_name, set_up, tear_down),
		cmocka_unit_test_setup_teardown(settled, set_up, tear_down),
		cmocka_unit_test(mistakes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
