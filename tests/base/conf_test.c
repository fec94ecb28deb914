/* Why: every mistake in the settings must be told at once, at its line, and nothing else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/conf.h"
#include "base/file.h"

struct place {
	char folder[64];
	struct arena *arena;
};

static int
begin(void **state)
{
	struct place *p = calloc(1, sizeof(*p));

	strcpy(p->folder, "/tmp/giamsat-conf-XXXXXX");
	assert_non_null(mkdtemp(p->folder));
	p->arena = arena_new();
	*state = p;
	return 0;
}

static int
end(void **state)
{
	struct place *p = *state;
	char command[128];

	(void)snprintf(command, sizeof(command), "rm -r %s", p->folder);
	arena_free(&p->arena);
	free(p);
	return system(command);
}

static void
put(const struct place *p, const char *name, const char *text)
{
	AUTO(file_close) int dir = -1;
	struct err e;

	assert_int_equal(file_directory(&dir, p->folder, false, &e), OK);
	assert_int_equal(file_save(dir, name, bytes_of(text), 0600, &e), OK);
}

static struct conf *
settings(struct place *p, const char *text)
{
	struct conf *c = NULL;
	struct err e;

	put(p, "giamsat.conf", text);
	if (conf_open(&c, p->arena, arena_printf(p->arena, "%s/giamsat.conf", p->folder), &e) !=
	    OK)
		fail_msg("%s", e.text);
	return c;
}

/* Asks as a program would; what is read is written into out. */
static void
ask(struct conf *c, char *out, size_t room)
{
	static const char *const kinds[] = { "imap", "folder", NULL };
	size_t sources = conf_count(c, "sources");

	(void)snprintf(out, room, "%s %d %lld %d", conf_need_text(c, "name"),
	    conf_flag(c, "quiet", true), (long long)conf_whole(c, "limit", 7, 1, 20000000000),
	    (int)sources);
	for (size_t i = 0; i < sources; i++) {
		char path[64];

		(void)snprintf(path, sizeof(path), "sources.[%zu].kind", i);
		(void)snprintf(out + strlen(out), room - strlen(out), " %d",
		    conf_choice(c, path, kinds, 9));
		(void)snprintf(path, sizeof(path), "sources.[%zu].mailbox", i);
		(void)snprintf(
		    out + strlen(out), room - strlen(out), " %s", conf_text(c, path, "INBOX"));
	}
	if (conf_has(c, "post"))
		(void)snprintf(out + strlen(out), room - strlen(out), " post");
}

static void
asks(void **state)
{
	static const struct {
		const char *about, *text, *read, *mistakes;
	} rows[] = {
		{ "all is well",
		    "name = \"a\"; quiet = false; limit = 12;\n"
		    "sources = ( { kind = \"folder\"; mailbox = \"B\"; }, { kind = \"imap\"; } "
		    ");\n",
		    "a 0 12 2 1 B 0 INBOX", "" },
		{ "more than 32 bits", "name = \"a\"; limit = 10737418240;",
		    "a 1 10737418240 0", "" },
		{ "more than 32 bits, with the L", "name = \"a\"; limit = 10737418240L;",
		    "a 1 10737418240 0", "" },
		{ "the low 32 bits alone would be allowed",
		    "name = \"a\";\nlimit : 5368709120;", "a 1 5368709120 0", "" },
		{ "another's number on the line",
		    "name = \"limit = 5\"; xlimit = 4294967299; limit = 3;", "limit = 5 1 3 0",
		    "1: unknown setting xlimit\n" },
		{ "over 32 bits and over the limit", "name = \"a\"; limit = 30000000000;",
		    "a 1 7 0", "1: limit is 30000000000; allowed is 1 to 20000000000\n" },
		{ "what must be there is missing", "\nquiet = true;\n", " 1 7 0",
		    "1: name is missing\n" },
		{ "what must be there is empty", "\n\nname = \"\";\n", " 1 7 0",
		    "3: name is empty\n" },
		{ "wrong kinds, all of them, in the order of lines",
		    "sources = 1;\nlimit = \"x\";\nquiet = 1;\nname = 5;\n", " 1 7 0",
		    "1: sources must be a list, an array or a group, but is a whole number\n"
		    "2: limit must be a whole number, but is text\n"
		    "3: quiet must be true or false, but is a whole number\n"
		    "4: name must be text in quotes, but is a whole number\n" },
		{ "a number with a point is not whole", "name = \"a\"; limit = 1.5;", "a 1 7 0",
		    "1: limit must be a whole number, but is a number with a point\n" },
		{ "below and above", "name = \"a\";\nlimit = 0;\n", "a 1 7 0",
		    "2: limit is 0; allowed is 1 to 20000000000\n" },
		{ "no such choice", "name = \"a\";\nsources = (\n{\n kind = \"imaps\"; } );\n",
		    "a 1 7 1 9 INBOX",
		    "4: sources.[0].kind is 'imaps'; allowed is one of: imap, folder\n" },
		{ "a typo", "nmae = \"a\";\n", " 1 7 0",
		    "1: name is missing\n1: unknown setting nmae; did you mean name?\n" },
		{ "a typo in a list",
		    "name = \"a\";\nsources = ( { kind = \"imap\";\n mailbx = \"x\"; } );\n",
		    "a 1 7 1 0 INBOX",
		    "3: unknown setting sources.[0].mailbx; did you mean mailbox?\n" },
		{ "unknown, like nothing we know", "name = \"a\";\ncolour = \"red\";\n",
		    "a 1 7 0", "2: unknown setting colour\n" },
		{ "an unknown group is one mistake",
		    "name = \"a\";\nfax = { number = 1; kind = 2; };\n", "a 1 7 0",
		    "2: unknown setting fax\n" },
		{ "a group asked for, its member not",
		    "name = \"a\";\npost = {\n url = \"x\"; };\n", "a 1 7 0 post",
		    "3: unknown setting post.url\n" },
		{ "a wrong sort of text", "name = \"a\xFF\";\n", " 1 7 0",
		    "1: name is no UTF-8 text\n" },
		{ "Vietnamese", "name = \"Lạng Sơn\";\n", "Lạng Sơn 1 7 0", "" },
		{ "a syntax error is the only mistake",
		    "quiet = 1;\nname = = \"a\";\nlimit = 0;\n", " 1 7 0",
		    "2: syntax error\n" },
		{ "the same setting twice", "name = \"a\";\nname = \"b\";\n", " 1 7 0",
		    "2: duplicate setting name\n" },
		{ "text never closed", "name = \"a;\n", " 1 7 0", "2: syntax error\n" },
		{ "empty file", "", " 1 7 0", "1: name is missing\n" },
	};
	struct place *p = *state;

	for (size_t i = 0; i < COUNT(rows); i++) {
		AUTO(conf_close) struct conf *c = settings(p, rows[i].text);
		AUTO(buf_free) struct buf all = { 0 };
		const char *const *mistakes;
		char read[256];
		size_t count;

		ask(c, read, sizeof(read));
		if (strcmp(read, rows[i].read) != 0)
			fail_msg("%s: read '%s'", rows[i].about, read);
		count = conf_mistakes(c, &mistakes);
		buf_text(&all, "");
		for (size_t j = 0; j < count; j++) {
			const char *at = strstr(mistakes[j], "/giamsat.conf:");

			assert_non_null(at);
			buf_printf(&all, "%s\n", at + strlen("/giamsat.conf:"));
		}
		if (strcmp(all.at, rows[i].mistakes) != 0)
			fail_msg("%s: mistakes\n%s", rows[i].about, all.at);
		/* To ask again gives the same again. */
		assert_int_equal(conf_mistakes(c, &mistakes), count);
	}
}

static void
own_mistakes(void **state)
{
	struct conf *c = settings(*state, "a = 1;\npost = {\n url = \"x\";\n};\n");
	const char *const *mistakes;
	const char *url = conf_text(c, "post.url", NULL);

	assert_int_equal(conf_whole(c, "a", 0, 0, 9), 1);
	conf_mistake(c, "post.url", "%s is no %s", url, "URL");
	conf_mistake(c, "post.password.file", "is missing");
	conf_mistake(c, "a", "odd");
	conf_mistake(c, "nothing", "whole file");
	assert_int_equal(conf_mistakes(c, &mistakes), 4);
	assert_non_null(strstr(mistakes[0], "giamsat.conf:1: odd"));
	assert_non_null(strstr(mistakes[1], "giamsat.conf:1: whole file"));
	assert_non_null(strstr(mistakes[2], "giamsat.conf:2: is missing"));
	assert_non_null(strstr(mistakes[3], "giamsat.conf:3: x is no URL"));
	/* Strings and mistakes are the arena's and outlive the settings. */
	conf_close(&c);
	assert_null(c);
	assert_string_equal(url, "x");
	assert_non_null(strstr(mistakes[0], "odd"));
}

static void
paths(void **state)
{
	struct place *p = *state;
	AUTO(conf_close) struct conf *c = settings(p, "a = \"data/x\"; b = \"/etc/y\"; c = 3;");
	const char *const *mistakes;

	assert_string_equal(
	    conf_path(c, "a", NULL), arena_printf(p->arena, "%s/data/x", p->folder));
	assert_string_equal(conf_path(c, "b", NULL), "/etc/y");
	assert_string_equal(conf_path(c, "d", "e"), arena_printf(p->arena, "%s/e", p->folder));
	assert_null(conf_path(c, "d", NULL));
	assert_null(conf_path(c, "c", NULL));
	assert_int_equal(conf_mistakes(c, &mistakes), 1);
}

static void
relative(void **state)
{
	struct place *p = *state;
	AUTO(conf_close) struct conf *c = NULL;
	struct err e;

	put(p, "giamsat.conf", "a = \"x\";");
	assert_int_equal(chdir(p->folder), 0);
	assert_int_equal(conf_open(&c, p->arena, "giamsat.conf", &e), OK);
	assert_string_equal(conf_path(c, "a", NULL), arena_printf(p->arena, "%s/x", p->folder));
	assert_int_equal(chdir("/"), 0);
}

static void
included(void **state)
{
	struct place *p = *state;
	AUTO(conf_close) struct conf *c = NULL;
	const char *const *mistakes;

	put(p, "more.conf", "\n\nfax = 1;\n");
	c = settings(p, "@include \"more.conf\"\na = 1;\n");
	assert_int_equal(conf_whole(c, "a", 0, 0, 9), 1);
	assert_int_equal(conf_mistakes(c, &mistakes), 1);
	assert_non_null(strstr(mistakes[0], "more.conf:3: unknown setting fax"));
}

static void
unreadable(void **state)
{
	struct place *p = *state;
	AUTO(conf_close) struct conf *c = NULL;
	struct err e;

	assert_int_equal(conf_open(&c, p->arena, "/nonexistent/giamsat.conf", &e), ERR_STOP);
	assert_non_null(strstr(e.text, "No such file"));
	assert_int_equal(conf_open(&c, p->arena, p->folder, &e), ERR_STOP);
	assert_null(c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(asks, begin, end),
		cmocka_unit_test_setup_teardown(own_mistakes, begin, end),
		cmocka_unit_test_setup_teardown(paths, begin, end),
		cmocka_unit_test_setup_teardown(relative, begin, end),
		cmocka_unit_test_setup_teardown(included, begin, end),
		cmocka_unit_test_setup_teardown(unreadable, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
