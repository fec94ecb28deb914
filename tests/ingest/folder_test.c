/* Why: a shared folder is where half-written, linked and oddly named files are met. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/ingest/intake.h"

#define NOW 1704416400
#define OLD (NOW - 1000)

static char root[] = "/tmp/giamsat-folder-XXXXXX";
static struct source_settings settings = {
	.name = "drop", .kind = "folder", .path = root, .stable_s = 600
};
static const struct limits limits = { .mail_bytes = 100 };

/* In a buffer of its own for each of four calls. */
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
	return mkdtemp(root) ? 0 : -1;
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
	struct err e = { 0 };

	notebook_open(n, NOW);
	return source_fetch(&settings, &limits, &n->intake, &e);
}

static bool
settle(const char *key, enum outcome outcome, const char *note)
{
	struct settlement s = { .key = key, .outcome = outcome, .note = bytes_of(note) };
	struct err e = { 0 };
	int rc = source_settle(&settings, &s, 1, &e);

	assert_true(s.done == (rc == OK));
	return s.done;
}

static void
what_is_taken(void **state)
{
	static const struct {
		const char *about, *name, *content;
		int64_t mtime;
		const char *line; /* what must be in the notebook; NULL: nothing of that name */
	} rows[] = {
		{ "a file at rest", "a.csv", "1;2", OLD, "|a.csv||0|1;2\n" },
		{ "an empty one too", "empty.csv", "", OLD, "|empty.csv||0|\n" },
		{ "of a unit", "LS-184/b.csv", "x", OLD, "fetched LS-184/b.csv;1;" },
		{ "its unit", "LS-185/b2.csv", "x", OLD, "|b2.csv|LS-185|0|x\n" },
		{ "just old enough", "edge.csv", "x", NOW - 600, "|edge.csv||0|x\n" },
		{ "still fresh", "fresh.csv", "x", NOW - 599, NULL },
		{ "from tomorrow", "tomorrow.csv", "x", NOW + 86400, NULL },
		{ "being uploaded", "u1.csv.part", "x", OLD, NULL },
		{ "by WinSCP", "u2.csv.filepart", "x", OLD, NULL },
		{ "by a browser", "u3.csv.crdownload", "x", OLD, NULL },
		{ "temporary", "u4.TMP", "x", OLD, NULL },
		{ "Excel's lock", "~$u5.xlsx", "x", OLD, NULL },
		{ "LibreOffice's lock", ".~lock.u6.ods#", "x", OLD, NULL },
		{ "hidden", ".u7", "x", OLD, NULL },
		{ "an editor's copy", "u8.csv~", "x", OLD, NULL },
		{ "done already", "done/u9.csv", "x", OLD, NULL },
		{ "refused already", "refused/u10.csv", "x", OLD, NULL },
		{ "at the limit", "limit.csv",
		    "0123456789012345678901234567890123456789012345678901234567890123456789"
		    "012345678901234567890123456789",
		    OLD, "|limit.csv||0|0123" },
		{ "over the limit", "over.csv",
		    "01234567890123456789012345678901234567890123456789012345678901234567"
		    "890123456789012345678901234567890",
		    OLD, "|too-large|\n" },
		{ "NFD is shown as NFC, and kept in the key", "Ba\xCC\x81o.csv", "x", OLD,
		    "|B\xC3\xA1o.csv||0|x\n" },
		{ "the key of NFD", "Ca\xCC\x81o.csv", "x", OLD, "fetched Ca\xCC\x81o.csv;1;" },
		{ "no UTF-8", "b\xE1o.csv", "x", OLD, "fetched b%E1o.csv;1;" },
		{ "a line break, a separator", "a\nb;%.csv", "x", OLD,
		    "fetched a%0Ab%3B%25.csv;1;" },
	};
	struct notebook n;

	(void)state; /* none */
	for (size_t i = 0; i < COUNT(rows); i++)
		lay(at(rows[i].name), rows[i].content, rows[i].mtime);
	assert_int_equal(fetch(&n), OK);
	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *slash = strrchr(rows[i].name, '/');

		if (rows[i].line ? !notebook_has(&n, rows[i].line)
				 : notebook_has(&n, slash ? slash + 1 : rows[i].name))
			fail_msg("%s: %s", rows[i].about, n.lines.at);
	}
	notebook_close(&n);
}

static void
no_plain_file(void **state)
{
	struct timespec old[2] = { { .tv_sec = OLD }, { .tv_sec = OLD } };
	static const char *const names[] = { "link", "fifo", "second", "first", "unit" };
	struct notebook n;

	(void)state; /* none */
	lay(at("first"), "x", OLD);
	assert_int_equal(link(at("first"), at("second")), 0);
	assert_int_equal(symlink("/etc/passwd", at("link")), 0);
	assert_int_equal(symlink("/etc", at("unit")), 0);
	assert_int_equal(mkfifo(at("fifo"), 0644), 0);
	for (size_t i = 0; i < COUNT(names); i++)
		assert_int_equal(
		    utimensat(AT_FDCWD, at(names[i]), old, AT_SYMLINK_NOFOLLOW), 0);
	assert_int_equal(fetch(&n), OK);
	assert_false(notebook_has(&n, "fetched"));
	for (size_t i = 0; i < COUNT(names); i++) {
		char *key = notebook_key(&n, "refused", names[i]);

		assert_non_null(key);
		assert_true(settle(key, OUTCOME_REFUSED, "no"));
		free(key);
	}
	/* The entry itself went aside: no copy of what it pointed to. */
	assert_int_equal(access(at("link"), F_OK), -1);
	assert_int_equal(readlink(at("refused/link"), (char[8]){ 0 }, 8), 8);
	assert_string_equal(content_of(at("refused/link.txt")), "no");
	assert_string_equal(content_of(at("refused/fifo.txt")), "no");
	notebook_close(&n);
}

/* Written to by its owner while it is read. */
static void
append(void)
{
	FILE *f = fopen(at("grows.csv"), "ab");

	(void)fputs("more", f);
	(void)fclose(f);
}

static void
rewrite(void)
{
	lay(at("grows.csv"), "another", OLD + 1);
}

static void
changed_while_read(void **state)
{
	static void (*const ways[])(void) = { append, rewrite };
	struct err e = { 0 };
	struct notebook n;

	(void)state; /* none */
	for (size_t i = 0; i < COUNT(ways); i++) {
		lay(at("grows.csv"), "content", OLD);
		notebook_open(&n, NOW);
		n.meanwhile = ways[i];
		assert_int_equal(source_fetch(&settings, &limits, &n.intake, &e), OK);
		assert_true(notebook_has(&n, "partial grows.csv"));
		assert_false(notebook_has(&n, "fetched"));
		notebook_close(&n);
	}
}

static void
a_key_is_a_version(void **state)
{
	struct notebook n, again;
	char *first, *second;

	(void)state; /* none */
	lay(at("a.csv"), "one", OLD);
	assert_int_equal(fetch(&n), OK);
	first = notebook_key(&n, "fetched", "a.csv");
	notebook_open(&again, NOW);
	buf_printf(&again.known, "%s\n", first);
	assert_int_equal(
	    source_fetch(&settings, &limits, &again.intake, &(struct err){ 0 }), OK);
	assert_false(notebook_has(&again, "a.csv"));
	notebook_close(&again);

	lay(at("new"), "two", OLD); /* same size, same time, another file */
	assert_int_equal(rename(at("new"), at("a.csv")), 0);
	assert_int_equal(fetch(&again), OK);
	second = notebook_key(&again, "fetched", "a.csv");
	assert_string_not_equal(first, second);
	/* The replaced one's receipt must not carry the new one away. */
	assert_true(settle(first, OUTCOME_ACCEPTED, "receipt"));
	assert_string_equal(content_of(at("a.csv")), "two");
	assert_string_equal(content_of(at("done/a.csv.txt")), "-");
	free(first);
	free(second);
	notebook_close(&n);
	notebook_close(&again);
}

static void
settled(void **state)
{
	char *keys[4];
	struct notebook n;

	(void)state; /* none */
	lay(at("LS-1/a.csv"), "unit's", OLD);
	lay(at("a.csv"), "own", OLD);
	lay(at("bad.csv"), "bad", OLD);
	lay(at("a.csv.txt"), "named like a receipt", OLD);
	assert_int_equal(fetch(&n), OK);
	keys[0] = notebook_key(&n, "fetched", "unit's");
	keys[1] = notebook_key(&n, "fetched", "own");
	keys[2] = notebook_key(&n, "fetched", "|bad");
	keys[3] = notebook_key(&n, "fetched", "named like");
	/* Twice: the second time everything is done already. */
	for (int twice = 0; twice < 2; twice++) {
		assert_true(settle(keys[3], OUTCOME_ACCEPTED, "receipt of the named"));
		assert_true(settle(keys[0], OUTCOME_ACCEPTED, "unit's receipt"));
		assert_true(settle(keys[1], OUTCOME_ACCEPTED, "own receipt"));
		assert_true(settle(keys[2], OUTCOME_REFUSED, ""));
		assert_string_equal(content_of(at("done/LS-1/a.csv")), "unit's");
		assert_string_equal(content_of(at("done/LS-1/a.csv.txt")), "unit's receipt");
		assert_string_equal(content_of(at("done/a.csv")), "own");
		assert_string_equal(content_of(at("done/a.csv.txt")), "named like a receipt");
		assert_string_equal(content_of(at("done/a.csv.1.txt")), "own receipt");
		assert_string_equal(
		    content_of(at("done/a.csv.txt.txt")), "receipt of the named");
		assert_string_equal(content_of(at("done/a.csv.2.txt")), "-");
		assert_string_equal(content_of(at("refused/bad.csv")), "bad");
		assert_string_equal(content_of(at("refused/bad.csv.txt")), "-");
		assert_int_equal(access(at("a.csv"), F_OK), -1);
	}
	/* Killed between the move and the receipt. */
	assert_int_equal(unlink(at("done/LS-1/a.csv.txt")), 0);
	assert_true(settle(keys[0], OUTCOME_ACCEPTED, "unit's receipt"));
	assert_string_equal(content_of(at("done/LS-1/a.csv.txt")), "unit's receipt");
	/* Another of the same name gets a number, and so does its receipt. */
	lay(at("a.csv"), "second", OLD);
	notebook_close(&n);
	assert_int_equal(fetch(&n), OK);
	free(keys[1]);
	keys[1] = notebook_key(&n, "fetched", "second");
	assert_true(settle(keys[1], OUTCOME_ACCEPTED, "second receipt"));
	assert_string_equal(content_of(at("done/a.csv")), "own");
	assert_string_equal(content_of(at("done/a.csv.1")), "second");
	assert_string_equal(content_of(at("done/a.csv.1.txt")), "own receipt");
	assert_string_equal(content_of(at("done/a.csv.1.1.txt")), "second receipt");
	for (size_t i = 0; i < COUNT(keys); i++)
		free(keys[i]);
	notebook_close(&n);
}

static void
keys_lead_nowhere(void **state)
{
	static const struct {
		const char *about, *key;
	} rows[] = {
		{ "no numbers", "a.csv" },
		{ "out by a name", "%2E%2E%2Fa.csv;1;2;3" },
		{ "out by a unit", "../a.csv;1;2;3" },
		{ "out by an encoded unit", "%2E%2E/a.csv;1;2;3" },
		{ "no name", ";1;2;3" },
		{ "NUL", "a%00b;1;2;3" },
		{ "a broken code", "a%4;1;2;3" },
		{ "more after it", "a;1;2;3;4" },
		{ "gone", "a.csv;1;2;3" },
		{ "the unit gone", "LS-9/a.csv;1;2;3" },
	};

	(void)state; /* none */
	lay(at("a.csv"), "x", OLD);
	for (size_t i = 0; i < COUNT(rows); i++)
		if (!settle(rows[i].key, OUTCOME_ACCEPTED, "receipt"))
			fail_msg("%s", rows[i].about);
	assert_string_equal(content_of(at("a.csv")), "x");
}

static void
aside_is_no_link(void **state)
{
	struct notebook n;
	char *key;

	(void)state; /* none */
	lay(at("a.csv"), "x", OLD);
	assert_int_equal(fetch(&n), OK);
	key = notebook_key(&n, "fetched", "a.csv");
	assert_int_equal(symlink("/tmp", at("done")), 0);
	assert_false(settle(key, OUTCOME_ACCEPTED, "receipt"));
	assert_string_equal(content_of(at("a.csv")), "x");
	free(key);
	notebook_close(&n);
}

static void
nothing_there(void **state)
{
	struct source_settings gone = settings;
	struct notebook n;

	(void)state; /* none */
	gone.path = "/nonexistent/giamsat";
	notebook_open(&n, NOW);
	assert_int_not_equal(source_fetch(&gone, &limits, &n.intake, &(struct err){ 0 }), OK);
	notebook_close(&n);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(what_is_taken, set_up, tear_down),
		cmocka_unit_test_setup_teardown(no_plain_file, set_up, tear_down),
		cmocka_unit_test_setup_teardown(changed_while_read, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_key_is_a_version, set_up, tear_down),
		cmocka_unit_test_setup_teardown(settled, set_up, tear_down),
		cmocka_unit_test_setup_teardown(keys_lead_nowhere, set_up, tear_down),
		cmocka_unit_test_setup_teardown(aside_is_no_link, set_up, tear_down),
		cmocka_unit_test_setup_teardown(nothing_there, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
