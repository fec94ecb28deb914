/* Why: what leaves us before a server has proved who it is, and how long a bad one holds us. */
#include <arpa/inet.h>
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
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/wire.h"

#define SECRET "pa55word-nobody-sees"

/* What a server of ours heard, shared with its process. */
struct heard {
	size_t len;
	char text[4096];
};

struct server {
	pid_t pid;
	unsigned port;
	struct heard *heard;
};

static void
server_stop(struct server *s)
{
	if (s->pid > 0) {
		(void)kill(s->pid, SIGKILL); /* it may have ended */
		(void)waitpid(s->pid, NULL, 0);
	}
	if (s->heard)
		(void)munmap(s->heard, sizeof(*s->heard));
	*s = (struct server){ 0 };
}

static int
listen_on(unsigned *port)
{
	struct sockaddr_in at = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof(at);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	assert_int_equal(bind(fd, (const struct sockaddr *)&at, len), 0);
	assert_int_equal(listen(fd, 5), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&at, &len), 0);
	*port = ntohs(at.sin_port);
	return fd;
}

/*
 * A pair in a script: when a line holds the first, the second is sent; '@' is the client's tag.
 */
struct reply {
	const char *to, *answer;
};

static void
say(int fd, const char *text, const char *tag)
{
	for (; *text; text++) {
		const char *piece = *text == '@' && tag ? tag : text;
		size_t len = piece == tag ? strlen(tag) : 1;

		if (write(fd, piece, len) != (ssize_t)len)
			_exit(0);
	}
}

static void
serve(int fd, struct heard *heard, const char *greeting, const struct reply *replies)
{
	char line[512], tag[32];
	size_t len = 0;

	say(fd, greeting, NULL);
	while (read(fd, line + len, 1) == 1) {
		if (heard->len + 1 < sizeof(heard->text))
			heard->text[heard->len++] = line[len];
		if (line[len] != '\n' && len + 2 < sizeof(line)) {
			len++;
			continue;
		}
		line[len + 1] = '\0';
		(void)snprintf(tag, sizeof(tag), "%.*s", (int)strcspn(line, " "), line);
		for (const struct reply *r = replies; r->to; r++)
			if (strstr(line, r->to)) {
				say(fd, r->answer, tag);
				break;
			}
		len = 0;
	}
}

static struct server
server_start(const char *greeting, const struct reply *replies)
{
	struct server s = { .pid = 0 };
	int fd = listen_on(&s.port);

	s.heard = mmap(
	    NULL, sizeof(*s.heard), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	assert_ptr_not_equal(s.heard, MAP_FAILED);
	s.pid = fork();
	if (s.pid == 0) {
		int client = accept(fd, NULL, NULL);

		serve(client, s.heard, greeting, replies);
		_exit(0);
	}
	(void)close(fd); /* the child has it */
	return s;
}

static struct wire_settings
settings(const char *url)
{
	return (struct wire_settings){
		.url = url,
		.user = "giamsat",
		.password.text = SECRET,
		.connect_s = 5,
		.command_s = 5,
		.bytes_max = 100000,
	};
}

static void
no_secret(const char *about, const struct err *e)
{
	if (strstr(e->text, SECRET))
		fail_msg("%s: the secret is in '%s'", about, e->text);
}

static void
refused_settings(void **state)
{
	static const struct {
		const char *about;
		struct wire_settings s;
		const char *says;
	} rows[] = {
		{ "no URL", { .url = NULL }, "URL" },
		{ "plain http", { .url = "http://h.example/" }, "not allowed" },
		{ "plain ftp", { .url = "ftp://h.example/" }, "not allowed" },
		{ "a file", { .url = "file:///etc/passwd" }, "" },
		{ "gopher", { .url = "gopher://h.example" }, "not allowed" },
		{ "password in the URL", { .url = "imaps://u:" SECRET "@h.example" },
		    "no place" },
		{ "user in the URL", { .url = "imaps://u@h.example" }, "no place" },
		{ "line end in the URL", { .url = "imaps://h.example/\r\nA1 LOGOUT" },
		    "well-formed" },
		{ "bad port", { .url = "imaps://h.example:99999/" SECRET }, "well-formed" },
		{ "no password", { .url = "imaps://h.example", .user = "u" }, "password" },
		{ "line end in the user",
		    { .url = "imaps://h.example", .user = "u\r\nx", .password.text = "x" },
		    "control" },
		{ "sftp without host key",
		    { .url = "sftp://h.example/", .user = "u", .password.text = SECRET },
		    "host key" },
		{ "sftp with an empty host key",
		    { .url = "sftp://h.example/",
			.user = "u",
			.password.text = SECRET,
			.host_key = "" },
		    "host key" },
		{ "sftp without user", { .url = "sftp://h.example/", .host_key = "x" },
		    "user" },
		{ "sftp, no such key file",
		    { .url = "sftp://h.example/",
			.user = "u",
			.host_key = "x",
			.key_file = "/nonexistent" },
		    "/nonexistent" },
		{ "no such password file",
		    { .url = "imaps://h.example",
			.user = "u",
			.password.file = "/nonexistent" },
		    "/nonexistent" },
	};

	(void)state; /* none */
	for (size_t i = 0; i < COUNT(rows); i++) {
		AUTO(wire_close) struct wire *w = NULL;
		struct wire_settings s = rows[i].s;
		struct err e = { 0 };

		s.connect_s = s.command_s = 5;
		s.bytes_max = 1000;
		if (wire_open(&w, &s, &e) != ERR_STOP || w || !strstr(e.text, rows[i].says))
			fail_msg("%s: '%s'", rows[i].about, e.text);
		no_secret(rows[i].about, &e);
	}
}

static void
before_login(void **state)
{
	static const struct reply imap_plain[] = {
		{ "CAPABILITY", "* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n@ OK done\r\n" },
		{ "LOGOUT", "@ OK bye\r\n" },
		{ NULL, NULL },
	};
	static const struct reply imap_refuses[] = {
		{ "CAPABILITY", "* CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN\r\n@ OK done\r\n" },
		{ "STARTTLS", "@ NO not today\r\n" },
		{ NULL, NULL },
	};
	static const struct reply imap_injects[] = {
		{ "CAPABILITY", "* CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN\r\n@ OK done\r\n" },
		{ "STARTTLS", "@ OK go\r\n@ OK injected\r\n" },
		{ NULL, NULL },
	};
	static const struct reply smtp_plain[] = {
		{ "EHLO", "250-h\r\n250 AUTH PLAIN LOGIN\r\n" },
		{ "HELO", "250 h\r\n" },
		{ NULL, NULL },
	};
	static const struct reply nothing[] = { { NULL, NULL } };
	static const struct {
		const char *about, *scheme, *greeting;
		const struct reply *replies;
		int rc; /* 0: any but OK */
	} rows[] = {
		{ "imap without STARTTLS", "imap", "* OK hello\r\n", imap_plain, ERR_STOP },
		{ "imap that refuses STARTTLS", "imap", "* OK hello\r\n", imap_refuses,
		    ERR_STOP },
		{ "imap that logs us in unasked", "imap", "* PREAUTH hello\r\n", imap_plain,
		    ERR_STOP },
		{ "imap that injects after STARTTLS", "imap", "* OK hello\r\n", imap_injects,
		    0 },
		{ "imap that says BYE", "imap", "* BYE busy\r\n", nothing, 0 },
		{ "smtp without STARTTLS", "smtp", "220 h\r\n", smtp_plain, ERR_STOP },
		/* The client hangs up on the greeting; whether its first bytes are still heard
		   is chance. */
		{ "imaps that speaks plain text", "imaps", "* OK hello\r\n", nothing, 0 },
		{ "sftp that is none", "sftp", "hello\r\n", nothing, 0 },
	};

	(void)state; /* none */
	for (size_t i = 0; i < COUNT(rows); i++) {
		AUTO(server_stop)
		struct server server = server_start(rows[i].greeting, rows[i].replies);
		AUTO(wire_close) struct wire *w = NULL;
		struct wire_settings s;
		char url[64];
		struct err e = { 0 };
		int rc;

		(void)snprintf(
		    url, sizeof(url), "%s://127.0.0.1:%u", rows[i].scheme, server.port);
		s = settings(url);
		s.connect_s = 1;
		s.host_key = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
		assert_int_equal(wire_open(&w, &s, &e), OK);
		rc = wire_connect(w, &e);
		if (rc == OK || (rows[i].rc && rc != rows[i].rc) || !strstr(e.text, url))
			fail_msg("%s: %d '%s'", rows[i].about, rc, e.text);
		no_secret(rows[i].about, &e);
		if (strstr(server.heard->text, "LOGIN") || strstr(server.heard->text, "AUTH") ||
		    strstr(server.heard->text, SECRET) || strstr(server.heard->text, "MAIL"))
			fail_msg("%s: it heard '%s'", rows[i].about, server.heard->text);
		/* The row means something only if there was a talk. */
		if (rows[i].replies != nothing && server.heard->len == 0)
			fail_msg("%s: it heard nothing", rows[i].about);
	}
}

static double
seconds(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t); /* cannot fail for this clock */
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void
nobody_there(void **state)
{
	static const struct reply nothing[] = { { NULL, NULL } };
	AUTO(server_stop) struct server server = server_start("", nothing);
	AUTO(wire_close) struct wire *silent = NULL;
	AUTO(wire_close) struct wire *closed = NULL;
	struct wire_settings s;
	CURLcode code = CURLE_OK;
	double begin = seconds();
	unsigned port;
	char url[64];
	struct err e;

	(void)state; /* none */
	(void)snprintf(url, sizeof(url), "imap://127.0.0.1:%u", server.port);
	s = settings(url);
	s.connect_s = 1;
	assert_int_equal(wire_open(&silent, &s, &e), OK);
	assert_int_equal(wire_connect(silent, &e), ERR_LATER);
	assert_non_null(strstr(e.text, "no answer in time"));
	assert_true(seconds() - begin < 4);

	(void)close(listen_on(&port)); /* a port that is free */
	(void)snprintf(url, sizeof(url), "smtp://127.0.0.1:%u", port);
	assert_int_equal(wire_open(&closed, &s, &e), OK);
	assert_int_equal(wire_perform(closed, &code, &e), ERR_LATER);
	assert_int_equal(code, CURLE_COULDNT_CONNECT);
	assert_non_null(strstr(e.text, "nothing answers there"));
}

/* The environment of a cron job or of a curious user must not send us elsewhere. */
static void
environment(void **state)
{
	static const struct reply nothing[] = { { NULL, NULL } };
	AUTO(server_stop) struct server trap = server_start("", nothing);
	AUTO(wire_close) struct wire *w = NULL;
	struct wire_settings s;
	char proxy[64], url[64];
	unsigned port;
	struct err e;

	(void)state; /* none */
	(void)snprintf(proxy, sizeof(proxy), "http://127.0.0.1:%u", trap.port);
	(void)close(listen_on(&port)); /* a port that is free */
	(void)snprintf(url, sizeof(url), "https://127.0.0.1:%u", port);
	s = settings(url);
	(void)setenv("https_proxy", proxy, 1);
	(void)setenv("ALL_PROXY", proxy, 1);
	assert_int_equal(wire_open(&w, &s, &e), OK);
	assert_int_equal(wire_perform(w, NULL, &e), ERR_LATER);
	assert_int_equal(trap.heard->len, 0);
	assert_non_null(strstr(e.text, "nothing answers there"));
	wire_close(&w);
	/* And a proxy of the settings is used. */
	(void)unsetenv("https_proxy");
	(void)unsetenv("ALL_PROXY");
	s.proxy = proxy;
	s.connect_s = 1;
	assert_int_equal(wire_open(&w, &s, &e), OK);
	assert_int_equal(wire_perform(w, NULL, &e), ERR_LATER);
	assert_non_null(strstr(trap.heard->text, "CONNECT 127.0.0.1"));
	assert_null(strstr(trap.heard->text, SECRET));
}

/*
 * openssl s_server: what we write to it reaches the client, what the client sends we can read.
 */
struct tls {
	char folder[64], certificate[96];
	unsigned port;
	pid_t pid;
	int to, from;
};

static int
tls_begin(void **state)
{
	struct tls *t = calloc(1, sizeof(*t));
	char command[512];

	strcpy(t->folder, "/tmp/giamsat-wire-XXXXXX");
	assert_non_null(mkdtemp(t->folder));
	(void)snprintf(t->certificate, sizeof(t->certificate), "%s/certificate", t->folder);
	(void)snprintf(command, sizeof(command),
	    "openssl req -x509 -newkey rsa:2048 -nodes -keyout %s/key -out %s/certificate "
	    "-days 2 "
	    "-subj /CN=localhost -addext subjectAltName=DNS:localhost >/dev/null 2>&1",
	    t->folder, t->folder);
	t->to = t->from = -1;
	if (system(command) != 0)
		t->certificate[0] = '\0';
	*state = t;
	return 0;
}

static void
tls_stop(struct tls *t)
{
	if (t->pid > 0) {
		(void)kill(t->pid, SIGKILL); /* it may have ended */
		(void)waitpid(t->pid, NULL, 0);
	}
	t->pid = 0;
	file_close(&t->to);
	file_close(&t->from);
}

static int
tls_end(void **state)
{
	struct tls *t = *state;
	char command[128];

	tls_stop(t);
	(void)snprintf(command, sizeof(command), "rm -r %s", t->folder);
	free(t);
	return system(command);
}

static void
tls_start(struct tls *t)
{
	char port[16], key[96];
	int in[2], out[2], ready;
	char line[64] = "";
	size_t len = 0;

	if (!t->certificate[0]) {
		print_message("no openssl here to play the server\n");
		skip();
	}
	tls_stop(t);
	(void)close(listen_on(&t->port)); /* a port that is free */
	(void)snprintf(port, sizeof(port), "%u", t->port);
	(void)snprintf(key, sizeof(key), "%s/key", t->folder);
	assert_int_equal(pipe2(in, O_CLOEXEC), 0);
	assert_int_equal(pipe2(out, O_CLOEXEC), 0);
	t->pid = fork();
	if (t->pid == 0) {
		(void)dup2(in[0], 0);
		(void)dup2(out[1], 1);
		(void)dup2(open("/dev/null", O_WRONLY), 2);
		(void)execlp("openssl", "openssl", "s_server", "-accept", port, "-cert",
		    t->certificate, "-key", key, "-naccept", "1", "-no_ticket", (char *)NULL);
		_exit(127);
	}
	(void)close(in[0]);
	(void)close(out[1]);
	t->to = in[1];
	t->from = out[0];
	/* It says ACCEPT when it listens. */
	for (ready = 0;
	     !ready && len + 1 < sizeof(line) && read(t->from, line + len, 1) == 1;) {
		line[++len] = '\0';
		ready = strstr(line, "ACCEPT\n") != NULL;
	}
	assert_true(ready);
}

static struct wire_settings
tls_settings(const struct tls *t, char url[64])
{
	struct wire_settings s;

	(void)snprintf(url, 64, "https://localhost:%u", t->port);
	s = settings(url);
	s.ca_file = t->certificate;
	s.command_s = 1;
	return s;
}

static void
verified(void **state)
{
	static const struct {
		const char *about, *host;
		bool ca;
		int rc;
	} rows[] = {
		{ "the right name and authority", "localhost", true, OK },
		{ "another name", "127.0.0.1", true, ERR_STOP },
		{ "an unknown authority", "localhost", false, ERR_STOP },
	};
	struct tls *t = *state;

	for (size_t i = 0; i < COUNT(rows); i++) {
		AUTO(wire_close) struct wire *w = NULL;
		struct wire_settings s;
		char url[64];
		struct err e = { 0 };

		tls_start(t);
		s = tls_settings(t, url);
		(void)snprintf(url, sizeof(url), "https://%s:%u", rows[i].host, t->port);
		if (!rows[i].ca)
			s.ca_file = NULL;
		assert_int_equal(wire_open(&w, &s, &e), OK);
		if (wire_connect(w, &e) != rows[i].rc)
			fail_msg("%s: '%s'", rows[i].about, e.text);
		no_secret(rows[i].about, &e);
	}
}

static struct wire *
tls_connect(struct tls *t, unsigned command_s, uint64_t bytes_max)
{
	struct wire *w = NULL;
	struct wire_settings s;
	char url[64];
	struct err e;

	tls_start(t);
	s = tls_settings(t, url);
	s.command_s = command_s;
	s.bytes_max = bytes_max;
	assert_int_equal(wire_open(&w, &s, &e), OK);
	if (wire_connect(w, &e) != OK)
		fail_msg("%s", e.text);
	return w;
}

static void
pipe_talks(void **state)
{
	struct tls *t = *state;
	AUTO(wire_close) struct wire *w = tls_connect(t, 5, 1000000);
	AUTO(buf_free) struct buf large = { 0 };
	AUTO(buf_free) struct buf got = { 0 };
	pid_t reader;
	struct err e;
	size_t n;
	int status;

	assert_int_equal(write(t->to, "hello\n", 6), 6);
	while (got.len < 6) {
		assert_int_equal(wire_receive(w, buf_reserve(&got, 100), 100, &n, &e), OK);
		got.len += n;
	}
	assert_memory_equal(got.at, "hello\n", 6);
	/* More than any buffer between holds. */
	for (int i = 0; i < 40000; i++)
		buf_printf(&large, "line %d\n", i);
	reader = fork();
	if (reader == 0) {
		size_t len = 0;
		char c[4096], tail[12] = "";
		ssize_t more;

		(void)usleep(200000); /* so that the sender has to wait */
		while (!strstr(tail, "39999\n") && (more = read(t->from, c, 1)) > 0) {
			memmove(tail, tail + 1, 10);
			tail[10] = c[0];
			for (int i = 0; i < 10; i++)
				if (!tail[i])
					tail[i] = ' ';
			len++;
		}
		_exit(len >= large.len ? 0 : 1);
	}
	wire_command(w);
	if (wire_send(w, buf_bytes(&large), &e) != OK)
		fail_msg("%s", e.text);
	assert_int_equal(waitpid(reader, &status, 0), reader);
	assert_int_equal(status, 0);
}

static void
pipe_closed(void **state)
{
	struct tls *t = *state;
	AUTO(wire_close) struct wire *w = tls_connect(t, 5, 1000);
	char at[16];
	struct err e;
	size_t n = 77;

	tls_stop(t);
	assert_int_equal(wire_receive(w, at, sizeof(at), &n, &e), ERR_LATER);
	assert_int_equal(n, 77);
}

static void
pipe_stalls(void **state)
{
	AUTO(wire_close) struct wire *w = tls_connect(*state, 1, 1000);
	double begin = seconds();
	char at[16];
	struct err e;
	size_t n;

	assert_int_equal(wire_receive(w, at, sizeof(at), &n, &e), ERR_LATER);
	assert_non_null(strstr(e.text, "not done within 1 s"));
	assert_true(seconds() - begin >= 0.9 && seconds() - begin < 4);
	/* The next command has a clock of its own. */
	wire_command(w);
	begin = seconds();
	assert_int_equal(wire_receive(w, at, sizeof(at), &n, &e), ERR_LATER);
	assert_true(seconds() - begin >= 0.9);
}

/* Writes the text to the server every pause_ms until it is killed. */
static pid_t
speaker(struct tls *t, const char *text, unsigned pause_ms)
{
	pid_t pid = fork();

	if (pid == 0) {
		while (write(t->to, text, strlen(text)) > 0)
			(void)usleep(pause_ms * 1000);
		_exit(0);
	}
	return pid;
}

/* Until it fails; the bytes that came. */
static size_t
drain(struct wire *w, struct err *e)
{
	char at[4096];
	size_t n = 0, all = 0;

	while (wire_receive(w, at, sizeof(at), &n, e) == OK)
		all += n;
	return all;
}

static void
pipe_drips(void **state)
{
	struct tls *t = *state;
	AUTO(wire_close) struct wire *w = tls_connect(t, 3, 100000);
	pid_t pid = speaker(t, "x\n", 150);
	double begin = seconds();
	struct err e;

	(void)drain(w, &e); /* how much came does not matter */
	(void)kill(pid, SIGKILL);
	(void)waitpid(pid, NULL, 0);
	if (!strstr(e.text, "drips"))
		fail_msg("%s", e.text);
	assert_true(seconds() - begin < 2.8); /* before the command's time is over */
}

static void
pipe_floods(void **state)
{
	struct tls *t = *state;
	AUTO(wire_close) struct wire *w = tls_connect(t, 5, 20000);
	char large[1001];
	struct err e;
	pid_t pid;

	memset(large, 'x', 1000);
	large[999] = '\n';
	large[1000] = '\0';
	pid = speaker(t, large, 0);
	assert_true(drain(w, &e) <= 20000);
	(void)kill(pid, SIGKILL);
	(void)waitpid(pid, NULL, 0);
	if (!strstr(e.text, "over 20000 bytes"))
		fail_msg("%s", e.text);
}

/* A line that moves bytes well is not cut off by the command's time alone. */
static void
pipe_steady(void **state)
{
	struct tls *t = *state;
	AUTO(wire_close) struct wire *w = tls_connect(t, 1, 100000000);
	AUTO(buf_free) struct buf large = { 0 };
	double begin = seconds();
	struct err e;
	char at[4096];
	size_t n;
	pid_t pid;

	for (int i = 0; i < 4096; i++)
		buf_text(&large, "0123456\n");
	pid = speaker(t, large.at, 100); /* ten times the rate that is asked for */
	while (seconds() - begin < 2)
		if (wire_receive(w, at, sizeof(at), &n, &e) != OK)
			fail_msg("after %.1f s: %s", seconds() - begin, e.text);
	(void)kill(pid, SIGKILL);
	(void)waitpid(pid, NULL, 0);
}

static size_t
count_bytes(char *at, size_t size, size_t items, void *context)
{
	(void)at; /* only counted */
	*(size_t *)context += size * items;
	return size * items;
}

static void
transfers_bounded(void **state)
{
	static const struct {
		const char *about, *answer;
		int rc;
		const char *says;
	} rows[] = {
		{ "small enough", "HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello", OK, "" },
		{ "said to be too large",
		    "HTTP/1.0 200 OK\r\nContent-Length: 500000\r\n\r\nhello", ERR_LATER,
		    "size limit" },
		{ "login refused", "HTTP/1.0 401 No " SECRET "\r\nContent-Length: 0\r\n\r\n",
		    ERR_STOP, "login is refused" },
		{ "not there", "HTTP/1.0 404 No\r\nContent-Length: 0\r\n\r\n", ERR_LATER,
		    "404" },
		{ "elsewhere",
		    "HTTP/1.0 302 Go\r\nLocation: http://127.0.0.1/\r\nContent-Length: "
		    "0\r\n\r\n",
		    OK, "" },
		{ "no size said, never ends", NULL, ERR_LATER, "size limit" },
		{ "stalls", "HTTP/1.0 200 OK\r\nContent-Length: 500\r\n\r\nhello", ERR_LATER,
		    "in time" },
	};
	struct tls *t = *state;

	for (size_t i = 0; i < COUNT(rows); i++) {
		AUTO(wire_close) struct wire *w = NULL;
		struct wire_settings s;
		size_t received = 0;
		pid_t pid;
		char url[64], large[4001];
		struct err e = { 0 };
		int rc;

		tls_start(t);
		s = tls_settings(t, url);
		assert_int_equal(wire_open(&w, &s, &e), OK);
		(void)curl_easy_setopt(wire_easy(w), CURLOPT_WRITEFUNCTION, count_bytes);
		(void)curl_easy_setopt(wire_easy(w), CURLOPT_WRITEDATA, &received);
		memset(large, 'x', 4000);
		large[3999] = '\n';
		large[4000] = '\0';
		pid = fork();
		if (pid == 0) {
			const char *answer =
			    rows[i].answer ? rows[i].answer : "HTTP/1.0 200 OK\r\n\r\n";

			(void)usleep(
			    300000); /* s_server passes on what comes after the handshake */
			if (write(t->to, answer, strlen(answer)) < 0)
				_exit(1);
			while (!rows[i].answer && write(t->to, large, 4000) > 0)
				;
			_exit(0);
		}
		rc = wire_perform(w, NULL, &e);
		(void)kill(pid, SIGKILL);
		(void)waitpid(pid, NULL, 0);
		if (rc != rows[i].rc || !strstr(e.text, rows[i].says))
			fail_msg("%s: %d '%s'", rows[i].about, rc, e.text);
		no_secret(rows[i].about, &e);
		/* Curl looks at the size after each round of reading, 1.6 MB at most. */
		if (received > s.bytes_max + 2000000)
			fail_msg("%s: %zu bytes were taken", rows[i].about, received);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(refused_settings),
		cmocka_unit_test(before_login),
		cmocka_unit_test(nobody_there),
		cmocka_unit_test(environment),
		cmocka_unit_test(verified),
		cmocka_unit_test(pipe_talks),
		cmocka_unit_test(pipe_closed),
		cmocka_unit_test(pipe_stalls),
		cmocka_unit_test(pipe_drips),
		cmocka_unit_test(pipe_floods),
		cmocka_unit_test(pipe_steady),
		cmocka_unit_test(transfers_bounded),
	};

	(void)signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests(tests, tls_begin, tls_end);
}
