/* Why: what became of a letter decides whether it is sent again; a wrong answer loses it or
 * sends it for ever. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/file.h"
#include "reports/post_int.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#define MAIL "Subject: x\r\n\r\n.\r\nbody\r\n"

static char place[64];

static int
make_place(void **state)
{
	(void)state;
	memcpy(place, "/tmp/giamsat-post-XXXXXX", sizeof("/tmp/giamsat-post-XXXXXX"));
	return mkdtemp(place) ? 0 : -1;
}

/* A shell command in which $P is the place. */
static int
run(const char *command)
{
	setenv("P", place, 1);
	return system(command);
}

static int
drop_place(void **state)
{
	(void)state;
	return run("rm -rf \"$P\"");
}

static const char *
under(const char *name)
{
	static char path[256];

	(void)snprintf(path, sizeof(path), "%s/%s", place, name);
	return path;
}

static unsigned
files_in(const char *folder, char *last)
{
	DIR *d = opendir(under(folder));
	unsigned count = 0;

	for (struct dirent *e = d ? readdir(d) : NULL; e; e = readdir(d)) {
		if (e->d_name[0] == '.')
			continue;
		count++;
		if (last)
			memcpy(last, e->d_name, strlen(e->d_name) + 1);
	}
	if (d)
		closedir(d);
	return count;
}

/* ---- maildir ---- */

static struct post *
open_maildir(bool per_recipient)
{
	struct post_settings s = {
		.kind = "maildir", .path = place, .per_recipient = per_recipient
	};
	struct post *p = NULL;
	struct err e;

	assert_null(post_find("maildir")->mistake(&s));
	assert_int_equal(post_maildir.open(&p, &s, &e), OK);
	return p;
}

static void
test_maildir(void **state)
{
	AUTO(arena_free) struct arena *a = arena_new();
	struct post *p = open_maildir(false);
	char answer[256] = "", name[512] = "", path[2048];
	struct err why = { 0 };
	struct bytes got;
	struct err e;

	(void)state;
	assert_int_equal(
	    post_maildir.send(p, "a@b.example", "<1@x>", BYTES(MAIL), answer, &why), SENT_OK);
	assert_int_equal(
	    post_maildir.send(p, "a@b.example", "<1@x>", BYTES(MAIL), answer, &why),
	    SENT_OK); /* again: the same place */
	assert_int_equal(files_in("new", name), 1);
	assert_int_equal(files_in("tmp", NULL), 0);
	assert_int_equal(files_in("cur", NULL), 0);
	(void)snprintf(path, sizeof(path), "%s/new/%s", place, name);
	assert_int_equal(file_read(&got, a, AT_FDCWD, path, 1000, &e), OK);
	assert_true(bytes_equal(got, BYTES(MAIL)));

	/* Somebody read it: it does not come again. */
	(void)snprintf(
	    path, sizeof(path), "mv '%s/new/%s' '%s/cur/%s:2,S'", place, name, place, name);
	assert_int_equal(system(path), 0);
	assert_int_equal(
	    post_maildir.send(p, "a@b.example", "<1@x>", BYTES(MAIL), answer, &why), SENT_OK);
	assert_int_equal(files_in("new", NULL), 0);
	assert_int_equal(
	    post_maildir.send(p, "a@b.example", "<2@x>", BYTES(MAIL), answer, &why), SENT_OK);
	assert_int_equal(files_in("new", NULL), 1);
	post_maildir.close(&p);
	assert_null(p);
}

static const struct {
	const char *about, *recipient, *folder;
	enum sent sent;
} recipients[] = {
	{ "an address", "a@b.example", "a@b.example/new", SENT_OK },
	{ "capitals are the same", "C@B.Example", "c@b.example/new", SENT_OK },
	{ "a slash", "d/../../e@b.example", "d_.._.._e@b.example/new", SENT_OK },
	{ "dots first", "../f@b.example", "_._f@b.example/new", SENT_OK },
	{ "a line end", "a@b.example\r\nx", "a@b.example\r\nx/new", SENT_PERMANENT },
	{ "nobody", "", "/nobody", SENT_PERMANENT },
};

static void
test_maildir_per_recipient(void **state)
{
	struct post *p = open_maildir(true);

	(void)state;
	for (size_t i = 0; i < COUNT(recipients); i++) {
		char answer[256];
		struct err why = { 0 };
		enum sent sent = post_maildir.send(
		    p, recipients[i].recipient, "<1@x>", BYTES(MAIL), answer, &why);
		bool there = files_in(recipients[i].folder, NULL) == 1;

		/* What ingest holds for no address at all may be refused, too; nothing may land
		 * elsewhere. */
		if (sent != recipients[i].sent && sent != SENT_PERMANENT)
			fail_msg("%s: %d", recipients[i].about, (int)sent);
		if (there != (sent == SENT_OK))
			fail_msg("%s: not in %s", recipients[i].about, recipients[i].folder);
	}
	post_maildir.close(&p);
}

static void
test_maildir_not_writable(void **state)
{
	struct post *p = open_maildir(false);
	char answer[256] = "";
	struct err why = { 0 };

	(void)state;
	assert_int_equal(run("rm -rf \"$P\"; : > \"$P\""), 0); /* the folder is a file now */
	assert_int_equal(
	    post_maildir.send(p, "a@b.example", "<1@x>", BYTES(MAIL), answer, &why), SENT_AWAY);
	assert_true(answer[0] != '\0');
	post_maildir.close(&p);
	assert_int_equal(run("rm -f \"$P\"; mkdir \"$P\""), 0);
}

static void
test_settings(void **state)
{
	(void)state;
	assert_null(post_find("pigeon"));
	assert_null(post_find(NULL));
	assert_non_null(post_maildir.mistake(&(struct post_settings){ .path = "relative" }));
	assert_non_null(post_maildir.mistake(&(struct post_settings){ 0 }));
	assert_non_null(
	    post_smtp.mistake(&(struct post_settings){ .wire = { .url = "https://x" } }));
	assert_non_null(post_smtp.mistake(&(struct post_settings){ 0 }));
	assert_null(
	    post_smtp.mistake(&(struct post_settings){ .wire = { .url = "smtps://x" } }));
}

/* ---- smtp: what a code means ---- */

static const struct {
	const char *about;
	CURLcode code;
	long status;
	bool whole;
	enum sent sent;
} outcomes[] = {
	{ "taken", CURLE_OK, 250, true, SENT_OK },
	{ "recipient refused", CURLE_SEND_ERROR, 550, false, SENT_PERMANENT },
	{ "recipient busy", CURLE_SEND_ERROR, 450, false, SENT_TEMPORARY },
	{ "refused after the dot", CURLE_WEIRD_SERVER_REPLY, 554, true, SENT_PERMANENT },
	{ "busy after the dot", CURLE_WEIRD_SERVER_REPLY, 451, true, SENT_TEMPORARY },
	{ "no service by the greeting says nothing of the letter", CURLE_WEIRD_SERVER_REPLY,
	    554, false, SENT_TEMPORARY },
	{ "going down", CURLE_WEIRD_SERVER_REPLY, 421, false, SENT_TEMPORARY },
	{ "login wanted", CURLE_SEND_ERROR, 530, false, SENT_TEMPORARY },
	{ "login refused", CURLE_LOGIN_DENIED, 535, false, SENT_TEMPORARY },
	{ "nobody there", CURLE_COULDNT_CONNECT, 0, false, SENT_TEMPORARY },
	{ "wrong certificate", CURLE_PEER_FAILED_VERIFICATION, 0, false, SENT_TEMPORARY },
	{ "broken before the end of the letter", CURLE_RECV_ERROR, 354, false, SENT_TEMPORARY },
	{ "broken after it", CURLE_RECV_ERROR, 354, true, SENT_UNKNOWN },
	{ "no answer to the dot", CURLE_OPERATION_TIMEDOUT, 354, true, SENT_UNKNOWN },
	{ "broken while the dot was sent", CURLE_SEND_ERROR, 354, true, SENT_UNKNOWN },
	{ "broken while sending", CURLE_SEND_ERROR, 354, false, SENT_TEMPORARY },
	{ "a code of another kind, after it", CURLE_GOT_NOTHING, 550, true, SENT_UNKNOWN },
};

static void
test_outcomes(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(outcomes); i++)
		if (smtp_outcome(outcomes[i].code, outcomes[i].status, outcomes[i].whole) !=
		    outcomes[i].sent)
			fail_msg("%s", outcomes[i].about);
}

/* ---- smtp: against a server ---- */

struct server {
	pid_t pid;
	int in;
	unsigned port;
};

static bool
tools_are_there(void)
{
	return system("command -v python3 >/dev/null && command -v openssl >/dev/null") == 0;
}

static void
server_start(struct server *s)
{
	int in[2], out[2];
	char port[16] = "", cert[300], key[300], log[300];
	ssize_t got;

	(void)snprintf(cert, sizeof(cert), "%s/cert.pem", place);
	(void)snprintf(key, sizeof(key), "%s/key.pem", place);
	(void)snprintf(log, sizeof(log), "%s/log", place);
	assert_int_equal(run("openssl req -x509 -newkey ec -pkeyopt "
			     "ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost "
			     "-addext subjectAltName=DNS:localhost -keyout \"$P/key.pem\" -out "
			     "\"$P/cert.pem\" 2>/dev/null"),
	    0);
	assert_int_equal(pipe(in), 0);
	assert_int_equal(pipe(out), 0);
	s->pid = fork();
	assert_true(s->pid >= 0);
	if (s->pid == 0) {
		dup2(in[0], 0);
		dup2(out[1], 1);
		close(in[1]);
		execlp("python3", "python3", "tests/reports/smtp_server.py", cert, key, log,
		    (char *)NULL);
		_exit(127);
	}
	close(in[0]);
	close(out[1]);
	s->in = in[1];
	got = read(out[0], port, sizeof(port) - 1);
	close(out[0]);
	assert_true(got > 0);
	s->port = (unsigned)strtoul(port, NULL, 10);
}

static void
server_stop(struct server *s)
{
	int status;

	close(s->in);
	assert_int_equal(waitpid(s->pid, &status, 0), s->pid);
}

static struct bytes
log_read(struct arena *a)
{
	struct bytes log;
	struct err e;

	assert_int_equal(file_read(&log, a, AT_FDCWD, under("log"), 1 << 20, &e), OK);
	return log;
}

static unsigned
count_of(struct bytes text, const char *needle)
{
	unsigned count = 0;
	size_t at;

	while ((at = bytes_find(text, bytes_of(needle))) < text.len) {
		count++;
		text = bytes_slice(text, at + 1, text.len);
	}
	return count;
}

static int
open_smtp(struct post **p, const struct server *s, const char *ca)
{
	char url[64];
	struct post_settings settings = { .kind = "smtp",
		.wire = { .url = url,
		    .ca_file = ca,
		    .connect_s = 5,
		    .command_s = 5,
		    .bytes_max = 1 << 20 } };
	struct err e;

	(void)snprintf(url, sizeof(url), "smtps://localhost:%u", s->port);
	return post_smtp.open(p, &settings, &e);
}

static const struct {
	const char *about, *recipient;
	enum sent sent;
	const char *answer;
} letters[] = {
	{ "taken", "ok@b.example", SENT_OK, "250 2.0.0 queued as 42" },
	{ "taken over the same connection", "ok2@b.example", SENT_OK,
	    "250 2.0.0 queued as 42" },
	{ "busy", "busy@b.example", SENT_TEMPORARY, "450 4.2.1 busy" },
	{ "unknown user", "unknown@b.example", SENT_PERMANENT, "550 5.1.1 no such user" },
	{ "login wanted", "login@b.example", SENT_AWAY, "530 5.7.0 Authentication required" },
	{ "busy after the dot", "later@b.example", SENT_TEMPORARY, "451 4.3.0 try later" },
	{ "refused after the dot", "spam@b.example", SENT_PERMANENT,
	    "554 5.7.1 refused as spam" },
	{ "gone at DATA", "dropdata@b.example", SENT_TEMPORARY, NULL },
	{ "gone after the dot", "dropdot@b.example", SENT_UNKNOWN, NULL },
	{ "after all that, still taken", "ok3@b.example", SENT_OK, "250 2.0.0 queued as 42" },
};

static void
test_smtp(void **state)
{
	AUTO(arena_free) struct arena *a = arena_new();
	struct server server = { 0 };
	struct post *p = NULL;
	char answer[256], cert[300];
	struct err why = { 0 };
	struct bytes log;
	unsigned before;

	(void)state;
	if (!tools_are_there()) {
		puts("# SKIP python3 or openssl is not installed");
		skip();
	}
	server_start(&server);
	(void)snprintf(cert, sizeof(cert), "%s/cert.pem", place);
	assert_int_equal(open_smtp(&p, &server, cert), OK);
	for (size_t i = 0; i < COUNT(letters); i++) {
		enum sent sent =
		    post_smtp.send(p, letters[i].recipient, "<1@x>", BYTES(MAIL), answer, &why);

		if (sent != letters[i].sent)
			fail_msg("%s: %d (%s)", letters[i].about, (int)sent, answer);
		if (letters[i].answer && strcmp(answer, letters[i].answer) != 0)
			fail_msg("%s: said \"%s\"", letters[i].about, answer);
		if (i == 1)
			assert_int_equal(count_of(log_read(a), "CONNECT"), 1);
	}
	log = log_read(a);
	assert_int_equal(count_of(log, "MAIL FROM:<>"), COUNT(letters));
	assert_int_equal(
	    count_of(log, "RCPT TO:"), COUNT(letters));             /* one recipient for each */
	assert_true(count_of(log, "\r\n..\r\nbody\r\n.\r\n") >= 3); /* the dot was stuffed */

	/* Nothing at all is said for an address that could be a command. */
	before = count_of(log, "\n");
	assert_int_equal(post_smtp.send(p, "a@b.example>\r\nRCPT TO:<c@d.example", "<1@x>",
			     BYTES(MAIL), answer, &why),
	    SENT_PERMANENT);
	assert_int_equal(
	    post_smtp.send(p, "a@b.example\nDATA", "<1@x>", BYTES(MAIL), answer, &why),
	    SENT_PERMANENT);
	assert_int_equal(
	    post_smtp.send(p, "<>", "<1@x>", BYTES(MAIL), answer, &why), SENT_PERMANENT);
	assert_int_equal(count_of(log_read(a), "\n"), before);
	post_smtp.close(&p);
	server_stop(&server);
}

static void
test_smtp_unproven_server(void **state)
{
	AUTO(arena_free) struct arena *a = arena_new();
	struct server server = { 0 };
	struct post *p = NULL;
	char answer[256];
	struct err why = { 0 };
	struct stat st;

	(void)state;
	if (!tools_are_there()) {
		puts("# SKIP python3 or openssl is not installed");
		skip();
	}
	(void)unlink(under("log"));
	server_start(&server);
	assert_int_equal(
	    open_smtp(&p, &server, NULL), OK); /* the system's authorities do not know it */
	assert_int_equal(
	    post_smtp.send(p, "ok@b.example", "<1@x>", BYTES(MAIL), answer, &why), SENT_AWAY);
	assert_true(answer[0] != '\0');
	assert_true(stat(under("log"), &st) == 0 && st.st_size == 0); /* not a word was said */
	post_smtp.close(&p);
	server_stop(&server);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_maildir),
		cmocka_unit_test(test_maildir_per_recipient),
		cmocka_unit_test(test_maildir_not_writable),
		cmocka_unit_test(test_settings),
		cmocka_unit_test(test_outcomes),
		cmocka_unit_test(test_smtp),
		cmocka_unit_test(test_smtp_unproven_server),
	};

	return cmocka_run_group_tests_name("post", tests, make_place, drop_place);
}
