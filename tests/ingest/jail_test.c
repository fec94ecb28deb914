/* Why: a jail is only as good as the escapes that were tried. */
#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <linux/futex.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/attr.h"
#include "base/file.h"
#include "base/memory.h"
#include "ingest/jail_int.h"

/* Made by a child that got out. */
#define TRACE "jail_test.trace"

static struct limits
short_limits(void)
{
	struct limits limits = LIMITS_DEFAULT;

	limits.read_s = 1;
	limits.read_memory = 64u << 20;
	return limits;
}

static int
file_of(struct bytes text)
{
	int fd = memfd_create("input", MFD_CLOEXEC);
	struct err e;

	assert_true(fd >= 0);
	assert_int_equal(file_write(fd, text, &e), OK);
	return fd;
}

/*
 * --- what hostile children try; a system call that comes back is reported by going on to a
 * clean end
 */

#define CHILD(name)                                                                            \
	static int name(const struct jail_job *job, const struct reader_terms *terms,          \
	    struct bytes input, struct frame_writer *w, struct err *e)
#define UNUSED (void)job, (void)terms, (void)input, (void)w, (void)e

CHILD(opens)
{
	UNUSED;
	(void)!open("/etc/passwd", O_RDONLY);
	return OK;
}

CHILD(creates)
{
	UNUSED;
	(void)!open(TRACE, O_RDWR | O_CREAT, 0600);
	return OK;
}

CHILD(removes)
{
	UNUSED;
	(void)!unlink(TRACE);
	return OK;
}

CHILD(connects)
{
	UNUSED;
	(void)!socket(AF_INET, SOCK_STREAM, 0);
	return OK;
}

CHILD(forks)
{
	UNUSED;
	if (fork() == 0)
		_exit(0);
	return OK;
}

CHILD(executes)
{
	UNUSED;
	execl("/bin/touch", "touch", TRACE, (char *)NULL);
	return OK;
}

CHILD(kills)
{
	UNUSED;
	(void)kill(getppid(), SIGTERM);
	return OK;
}

CHILD(traces)
{
	UNUSED;
	(void)ptrace(PTRACE_ATTACH, getppid(), NULL, NULL);
	return OK;
}

CHILD(makes_code)
{
	UNUSED;
	(void)mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	return OK;
}

CHILD(turns_data_to_code)
{
	void *at = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	UNUSED;
	(void)mprotect(at, 4096, PROT_READ | PROT_EXEC);
	return OK;
}

CHILD(maps_a_file)
{
	UNUSED;
	(void)mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, job->fd, 0);
	return OK;
}

CHILD(writes_to_its_input)
{
	UNUSED;
	(void)!write(job->fd, "x", 1);
	return OK;
}

CHILD(regains_its_dump)
{
	UNUSED;
	(void)prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
	return OK;
}

CHILD(makes_a_signal_handler)
{
	UNUSED;
	(void)signal(SIGXCPU, SIG_IGN);
	return OK;
}

CHILD(loops)
{
	volatile unsigned n = 0;

	UNUSED;
	for (;;)
		n++;
	return OK;
}

CHILD(waits)
{
	uint32_t word = 0;

	UNUSED;
	syscall(SYS_futex, &word, FUTEX_WAIT, 0, NULL, NULL, 0);
	return OK;
}

CHILD(trickles)
{
	struct part_facts part = { 0 };
	int rc;

	UNUSED;
	memset(part.sha256, '0', 64);
	if ((rc = frame_part(w, &part, e)) != OK || (rc = frame_sheet(w, BYTES(""), e)) != OK)
		return rc;
	for (struct row row = { .number = 1 }; rc == OK; row.number++)
		rc = frame_row(w, &row, e);
	return rc;
}

CHILD(eats)
{
	UNUSED;
	for (size_t size = 1 << 20;; size *= 2)
		memset(memory_new(size), 1, size);
	return OK;
}

CHILD(dies)
{
	UNUSED;
	abort();
}

/* Up to a row, sent at once. */
static int
begin_table(struct frame_writer *w, struct err *e)
{
	struct part_facts part = { 0 };
	struct row row = { .number = 1 };
	int rc;

	memset(part.sha256, '0', 64);
	if ((rc = frame_part(w, &part, e)) != OK || (rc = frame_sheet(w, BYTES(""), e)) != OK ||
	    (rc = frame_row(w, &row, e)) != OK)
		return rc;
	return file_write(w->fd, buf_bytes(&w->out), e);
}

CHILD(stops_silently)
{
	UNUSED;
	if (begin_table(w, e) == OK)
		_exit(0);
	return ERR_LATER;
}

CHILD(begins_and_waits)
{
	int rc = begin_table(w, e);

	return rc ? rc : waits(job, terms, input, w, e);
}

CHILD(exits_with_a_code)
{
	UNUSED;
	_exit(3);
}

CHILD(talks_garbage)
{
	UNUSED;
	return file_write(w->fd, BYTES("\x17\0\0\0\1x"), e);
}

CHILD(talks_out_of_order)
{
	struct row row = { .number = 1 };

	UNUSED;
	return frame_row(w, &row, e);
}

CHILD(promises_giants)
{
	UNUSED;
	return file_write(w->fd, BYTES("P\xff\xff\xff\xff"), e);
}

CHILD(goes_on_after_the_end)
{
	int rc = frame_end(w, e);

	UNUSED;
	return rc ? rc : file_write(w->fd, BYTES("E\0\0\0\0"), e);
}

CHILD(dies_after_the_end)
{
	UNUSED;
	if (frame_end(w, e) != OK)
		return ERR_LATER;
	abort();
}

CHILD(refuses)
{
	UNUSED;
	return err_set(e, ERR_INPUT, "300 parts; the limit is 200");
}

CHILD(gives_up)
{
	UNUSED;
	return err_set(e, ERR_LATER, "never heard");
}

static const struct hostile {
	const char *what;
	struct jail_child child;
	const char *why; /* in the sentence; NULL: any */
	/* Needs seccomp or a memory ceiling, which the sanitizers cannot live with. */
	bool filtered;
} hostiles[] = {
	{ "open", { opens }, "forbidden", true },
	{ "create", { creates }, "forbidden", true },
	{ "unlink", { removes }, "forbidden", true },
	{ "socket", { connects }, "forbidden", true },
	{ "fork", { forks }, "forbidden", true },
	{ "execve", { executes }, "forbidden", true },
	{ "kill", { kills }, "forbidden", true },
	{ "ptrace", { traces }, "forbidden", true },
	{ "mmap of code", { makes_code }, "forbidden", true },
	{ "mprotect to code", { turns_data_to_code }, "forbidden", true },
	{ "mmap of a file", { maps_a_file }, "forbidden", true },
	{ "write elsewhere", { writes_to_its_input }, "forbidden", true },
	{ "prctl", { regains_its_dump }, "forbidden", true },
	{ "sigaction", { makes_a_signal_handler }, "forbidden", true },
	{ "endless allocation", { eats }, "memory", true },
	{ "endless loop", { loops }, "the reader was ended", false },
	{ "endless wait", { waits }, "not ready after 1 s", false },
	{ "endless rows", { trickles }, "too many", false },
	{ "abort", { dies }, NULL, false },
	{ "silent death in a table", { stops_silently }, "stopped before its end", false },
	{ "exit code", { exits_with_a_code }, "it failed", false },
	{ "garbage", { talks_garbage }, "does not belong", false },
	{ "wrong order", { talks_out_of_order }, "does not belong", false },
	{ "giant length", { promises_giants }, "more than allowed", false },
	{ "after the end", { goes_on_after_the_end }, "went on after its end", false },
	{ "death after the end", { dies_after_the_end }, NULL, false },
	{ "refusal", { refuses }, "300 parts; the limit is 200", false },
	{ "giving up", { gives_up }, "it failed", false },
};

static struct jail *
jail_of(struct jail_child child, const struct limits *limits)
{
	struct reader_terms terms = { .limits = limits };
	struct jail *jail = NULL;
	struct err e;

	assert_int_equal(jail_start(&jail, &terms, child, &e), OK);
	return jail;
}

static int
read_on(struct reading *r, struct err *e)
{
	struct event event;
	int rc;

	do
		rc = jail_next(&event, r, e);
	while (rc == OK && event.kind != EVENT_END);
	return rc;
}

static int
read_through(const struct jail_job *job, struct jail_child child, const struct limits *limits,
    struct err *e)
{
	AUTO(jail_free) struct jail *jail = jail_of(child, limits);
	AUTO(jail_close) struct reading *r = NULL;
	int rc = jail_open(&r, jail, job, e);

	return rc ? rc : read_on(r, e);
}
static void
nobody_gets_out(void **state)
{
	AUTO(file_close) int fd = file_of(BYTES("a,b\n"));
	struct limits limits = short_limits();
	struct jail_job job = { .fd = fd };

	(void)state;
	limits.rows = 100000;
	(void)unlink(TRACE); /* of a run before */
	for (size_t i = 0; i < COUNT(hostiles); i++) {
		struct err e = { 0 };

#ifdef GIAMSAT_SANITIZED
		if (hostiles[i].filtered)
			continue;
#endif
		if (read_through(&job, hostiles[i].child, &limits, &e) != ERR_INPUT)
			fail_msg("%s: code %d, %s", hostiles[i].what, e.code, e.text);
		if (hostiles[i].why && !strstr(e.text, hostiles[i].why))
			fail_msg("%s: %s", hostiles[i].what, e.text);
	}
	assert_int_equal(access(TRACE, F_OK), -1);
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1); /* no child, dead or alive, is left */
	assert_int_equal(errno, ECHILD);
}

/* A spawner or reader that inherited another descriptor would keep this pipe open. */
static void
other_descriptors_are_closed(void **state)
{
	AUTO(file_close) int fd = file_of(BYTES("a,b\n"));
	struct limits limits = short_limits();
	struct jail_job job = { .fd = fd };
	AUTO(jail_free) struct jail *jail = NULL;
	AUTO(jail_close) struct reading *r = NULL;
	struct event event;
	struct err e;
	int ends[2];
	char c;

	(void)state;
	assert_int_equal(
	    pipe(ends), 0); /* not close-on-exec, and below and above the child's own */
	jail = jail_of((struct jail_child){ waits }, &limits);
	assert_int_equal(jail_open(&r, jail, &job, &e), OK);
	close(ends[1]);
	assert_int_equal(read(ends[0], &c, 1), 0); /* returns while the child still waits */
	close(ends[0]);
	assert_int_equal(jail_next(&event, r, &e), ERR_INPUT);
	assert_non_null(strstr(e.text, "not ready"));
}

/* The second lock, alone: the first would end the process before the second is asked. */
static void
landlock_closes_files(void **state)
{
	int status;
	pid_t pid;

	(void)state;
	if (!jail_has("landlock"))
		skip(); /* this kernel has none */
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		struct err e;
		bool locked =
		    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && jail_landlock(&e) == OK;

		_exit(locked && open("/etc/passwd", O_RDONLY) < 0 && errno == EACCES ? 0 : 1);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

/*
 * The parent dies while its locked reader waits: the orphans, spawner and reader, handed to
 * this test, are found dead. The reader was killed; the spawner may first have seen that nobody
 * is left at its socket, which the kernel closes before it sends the signal.
 */
static void
no_child_outlives_its_parent(void **state)
{
	AUTO(file_close) int fd = file_of(BYTES("a,b\n"));
	struct limits limits = LIMITS_DEFAULT;
	struct jail_job job = { .fd = fd };
	int status, killed = 0;
	pid_t pid;

	(void)state;
	assert_int_equal(prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0), 0);
	(void)alarm(20); /* should an orphan live for ever, this test does not */
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		struct jail *jail = jail_of((struct jail_child){ begins_and_waits }, &limits);
		struct reading *r = NULL;
		struct event event;
		struct err e;
		int rc = jail_open(&r, jail, &job, &e);

		_exit(rc ? rc : jail_next(&event, r, &e));
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	for (int i = 0; i < 2; i++) {
		bool was_killed;

		assert_true(waitpid(-1, &status, 0) > 0);
		was_killed = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
		killed += was_killed;
		assert_true(was_killed || (WIFEXITED(status) && WEXITSTATUS(status) == 0));
	}
	assert_true(killed >= 1);
	assert_int_equal(waitpid(-1, &status, 0), -1);
	(void)alarm(0);
}

/*
 * The spawner dies while a reader waits: that reading is not disturbed, the next one is told.
 * Would the reader hold the spawner's socket, the request would lie there unheard.
 */
static void
without_a_spawner_nothing_is_read(void **state)
{
	AUTO(file_close) int fd = file_of(BYTES("a,b\n"));
	struct limits limits = short_limits();
	struct jail_job job = { .fd = fd };
	AUTO(jail_free)
	struct jail *jail = jail_of((struct jail_child){ begins_and_waits }, &limits);
	AUTO(jail_close) struct reading *first = NULL;
	AUTO(jail_close) struct reading *second = NULL;
	struct event event;
	siginfo_t dead;
	struct err e;

	(void)state;
	assert_int_equal(jail_open(&first, jail, &job, &e), OK);
	assert_int_equal(jail_next(&event, first, &e), OK);
	assert_int_equal(kill(jail->spawner, SIGKILL), 0);
	assert_int_equal(waitid(P_PID, (id_t)jail->spawner, &dead, WEXITED | WNOWAIT), 0);
	assert_int_equal(jail_open(&second, jail, &job, &e), ERR_LATER);
	assert_null(second);
	assert_non_null(strstr(e.text, "is gone"));
	assert_int_equal(read_on(first, &e), ERR_INPUT); /* as slow as it would have been */
	assert_non_null(strstr(e.text, "not ready"));
}

/* It dies after the request was sent, before any reader came of it. */
static void
a_request_unheard_is_later(void **state)
{
	AUTO(file_close) int fd = file_of(BYTES("a,b\n"));
	struct limits limits = short_limits();
	AUTO(jail_free) struct jail *jail = jail_of((struct jail_child){ refuses }, &limits);
	AUTO(jail_close) struct reading *heard = NULL;
	AUTO(jail_close) struct reading *unheard = NULL;
	struct err e;

	(void)state;
	assert_int_equal(jail_open(&heard, jail, &(struct jail_job){ .fd = fd }, &e), OK);
	assert_int_equal(read_on(heard, &e), ERR_INPUT);
	assert_int_equal(kill(jail->spawner, SIGSTOP), 0);
	assert_int_equal(jail_open(&unheard, jail, &(struct jail_job){ .fd = fd }, &e), OK);
	assert_int_equal(kill(jail->spawner, SIGKILL), 0);
	assert_int_equal(read_on(unheard, &e), ERR_LATER);
	assert_non_null(strstr(e.text, "is gone"));
}

static void
heed_nothing(int signal_number)
{
	(void)signal_number;
}

/* What ends the whole group by a terminal's or a manager's wish is the parent's to heed. */
static void
the_parent_alone_heeds_signals(void **state)
{
	AUTO(file_close) int fd = file_of(BYTES("a,b\n"));
	struct limits limits = short_limits();
	struct jail_job job = { .fd = fd };
	AUTO(jail_close) struct reading *r = NULL;
	AUTO(jail_free) struct jail *jail = NULL;
	static const int signals[] = { SIGHUP, SIGINT, SIGTERM };
	struct event event;
	struct err e;

	(void)state;
	/* Whoever runs the test hears nothing; fails for a session's leader, who is alone. */
	(void)setpgid(0, 0);
	for (size_t i = 0; i < COUNT(signals); i++)
		(void)signal(signals[i], heed_nothing);
	jail = jail_of((struct jail_child){ begins_and_waits }, &limits);
	assert_int_equal(jail_open(&r, jail, &job, &e), OK);
	assert_int_equal(jail_next(&event, r, &e), OK);
	for (size_t i = 0; i < COUNT(signals); i++)
		assert_int_equal(kill(0, signals[i]), 0);
	assert_int_equal(read_on(r, &e), ERR_INPUT);
	assert_non_null(strstr(e.text, "not ready"));
	jail_close(&r);
	assert_int_equal(jail_open(&r, jail, &job, &e), OK);
	assert_int_equal(jail_next(&event, r, &e), OK);
	for (size_t i = 0; i < COUNT(signals); i++)
		(void)signal(signals[i], SIG_DFL);
}

/* Many at once, told apart, and closed in any order, also before anything was heard of them. */
static void
readings_are_told_apart(void **state)
{
	static const char *const texts[] = { "a,b\n", "a,b\n1,2\n", "a,b\n1,2\n3,4\n" };
	struct limits limits = LIMITS_DEFAULT;
	AUTO(jail_free) struct jail *jail = NULL;
	struct reading *r[2 * COUNT(texts)];
	struct err e;

	(void)state;
	assert_int_equal(jail_new(&jail, NULL, NULL, &limits, &e), OK);
	for (size_t i = 0; i < COUNT(r); i++) {
		AUTO(file_close) int fd = file_of(bytes_of(texts[i / 2]));
		struct jail_job job = { .fd = fd, .tables = true };

		assert_int_equal(jail_open(&r[i], jail, &job, &e), OK);
	}
	for (size_t i = COUNT(r); i-- > 0;) {
		size_t rows = 0;
		struct event event = { .kind = EVENT_PART };

		while (i % 2 == 0 && event.kind != EVENT_END) {
			assert_int_equal(jail_next(&event, r[i], &e), OK);
			rows += event.kind == EVENT_ROW;
		}
		assert_int_equal(rows, i % 2 == 0 ? i / 2 + 1 : 0);
		jail_close(&r[i]);
	}
	jail_free(&jail);
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
}

static void
a_name_over_the_ceiling_is_refused(void **state)
{
	AUTO(file_close) int fd = file_of(BYTES("a,b\n"));
	static char name[JAIL_NAME + 1];
	struct limits limits = LIMITS_DEFAULT;
	AUTO(jail_free) struct jail *jail = NULL;
	AUTO(jail_close) struct reading *r = NULL;
	struct jail_job job = { .fd = fd, .name = { .at = name, .len = sizeof(name) } };
	struct err e;

	(void)state;
	memset(name, 'n', sizeof(name));
	assert_int_equal(jail_new(&jail, NULL, NULL, &limits, &e), OK);
	assert_int_equal(jail_open(&r, jail, &job, &e), ERR_INPUT);
	assert_null(r);
	job.name.len--;
	assert_int_equal(jail_open(&r, jail, &job, &e), OK);
	assert_int_equal(read_on(r, &e), OK);
}

CHILD(converts)
{
	char in[] = "\xd2", out[8], *from = in, *to = out;
	size_t left = 1, room = sizeof(out);
	iconv_t cd = iconv_open("UTF-8", "CP1258");

	UNUSED;
	if (cd == (iconv_t)-1 || iconv(cd, &from, &left, &to, &room) == (size_t)-1 ||
	    iconv_close(cd) != 0)
		return err_set(e, ERR_INPUT, "no conversion");
	return OK;
}

static void
prepared_encodings_work_inside(void **state)
{
	AUTO(file_close) int fd = file_of(BYTES("a,b\n"));
	struct limits limits = short_limits();
	struct jail_job job = { .fd = fd };
	struct err e = { 0 };

	(void)state;
	if (read_through(&job, (struct jail_child){ converts }, &limits, &e) != OK)
		fail_msg("%s", e.text);
}

static int
compare_numbers(const void *a, const void *b)
{
	int one = *(const int *)a, other = *(const int *)b;

	return (one > other) - (one < other);
}

CHILD(sorts)
{
	int numbers[4096];

	UNUSED;
	for (int i = 0; i < 4096; i++)
		numbers[i] = i * 7 % 4096;
	qsort(numbers, COUNT(numbers), sizeof(numbers[0]), compare_numbers);
	return numbers[4095] == 4095 ? OK : err_set(e, ERR_INPUT, "not sorted");
}

CHILD(dates)
{
	struct tm day = { .tm_year = 123, .tm_mday = 2 };

	UNUSED;
	return mktime(&day) == 1672617600 ? OK : err_set(e, ERR_INPUT, "no date in UTC");
}

/* What libraries of formats call, and libc does by a file or a system call the first time. */
static void
prepared_calls_work_inside(void **state)
{
	static const struct jail_child children[] = { { sorts }, { dates } };
	AUTO(file_close) int fd = file_of(BYTES("a,b\n"));
	struct limits limits = short_limits();
	struct jail_job job = { .fd = fd };

	(void)state;
	for (size_t i = 0; i < COUNT(children); i++) {
		struct err e = { 0 };

		if (read_through(&job, children[i], &limits, &e) != OK)
			fail_msg("%s", e.text);
	}
}

/* --- the real reader */

struct story {
	struct buf text;
	uint64_t rows;
};

static void
tell(struct story *s, const struct event *event)
{
	switch (event->kind) {
	case EVENT_ENVELOPE:
		buf_printf(&s->text, "envelope %.*s\n", BYTES_ARG(event->envelope.subject));
		break;
	case EVENT_PART:
		buf_printf(&s->text, "part %.*s %.*s\n", BYTES_ARG(event->part.name),
		    BYTES_ARG(event->part.type));
		break;
	case EVENT_SHEET:
		buf_text(&s->text, "sheet\n");
		break;
	case EVENT_ROW:
		buf_printf(&s->text, "row %u %u\n", event->row.number, event->row.count);
		s->rows++;
		break;
	case EVENT_NOTE:
		buf_printf(&s->text, "note %.*s\n", BYTES_ARG(event->note.text));
		break;
	case EVENT_PART_END:
		buf_text(&s->text, ".\n");
		break;
	case EVENT_END:
		buf_text(&s->text, "end\n");
		break;
	}
}

static int
follow(struct story *s, const struct jail_job *job, const struct limits *limits, struct err *e)
{
	AUTO(jail_free) struct jail *jail = NULL;
	AUTO(jail_close) struct reading *r = NULL;
	struct event event;
	int rc = jail_new(&jail, NULL, NULL, limits, e);

	if (rc == OK)
		rc = jail_open(&r, jail, job, e);

	do {
		if (rc == OK)
			rc = jail_next(&event, r, e);
		if (rc == OK)
			tell(s, &event);
	} while (rc == OK && event.kind != EVENT_END);
	return rc;
}

#define PART(header, body) "--x\r\n" header "\r\n\r\n" body "\r\n"

static const char mail[] =
    "From: a@b.vn\r\nSubject: S\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; "
    "boundary=x\r\n\r\n" PART("Content-Type: text/plain", "Kính gửi, a, b")
	PART("Content-Type: text/csv; name=m1.csv\r\nContent-Disposition: attachment; "
	     "filename=m1.csv",
	    "a,b\r\n1,2") PART("Content-Type: text/csv", "c;d")
	    PART("Content-Type: image/png; name=logo.png\r\nContent-Disposition: inline; "
		 "filename=logo.png",
		"PNG") PART("Content-Type: image/gif; name=scan.gif\r\nContent-Disposition: "
			    "attachment; filename=scan.gif",
		"GIF89a")
		PART("Content-Type: application/pkcs7-signature; "
		     "name=smime.p7s\r\nContent-Disposition: attachment; filename=smime.p7s",
		    "0") "--x--\r\n";

static const struct {
	const char *what, *text;
	bool mail, all_parts, tables;
	const char *story;
} stories[] = {
	{ "a file", "a,b\n\n1,2\n", false, false, true,
	    "part f \nsheet\nrow 1 2\nrow 3 2\n.\nend\n" },
	{ "an empty file", "", false, false, true, "part f \nnote empty\n.\nend\n" },
	{ "a file, only listed", "a,b\n", false, false, false, "part f \n.\nend\n" },
	{ "a mail", mail, true, false, true,
	    "envelope S\npart m1.csv text/csv\nsheet\nrow 1 2\nrow 2 2\n.\npart  "
	    "text/csv\nsheet\nrow 1 2\n.\n"
	    "part scan.gif image/gif\nnote image\n.\nend\n" },
	{ "its parts", mail, true, true, false,
	    "envelope S\npart  text/plain\n.\npart m1.csv text/csv\n.\npart  text/csv\n.\npart "
	    "logo.png image/png\n.\n"
	    "part scan.gif image/gif\n.\npart smime.p7s "
	    "application/pkcs7-signature\n.\nend\n" },
	{ "a mail of nothing", "", true, false, true, "envelope \nend\n" },
};

static void
the_reader_tells_all(void **state)
{
	struct limits limits = LIMITS_DEFAULT;

	(void)state;
	for (size_t i = 0; i < COUNT(stories); i++) {
		AUTO(file_close) int fd = file_of(bytes_of(stories[i].text));
		struct jail_job job = { .fd = fd,
			.mail = stories[i].mail,
			.name = BYTES("f"),
			.all_parts = stories[i].all_parts,
			.tables = stories[i].tables };
		struct story s = { 0 };
		struct err e = { 0 };

		if (follow(&s, &job, &limits, &e) != OK)
			fail_msg("%s: %s", stories[i].what, e.text);
		if (strcmp(s.text.at, stories[i].story) != 0)
			fail_msg("%s: got\n%s", stories[i].what, s.text.at);
		buf_free(&s.text);
	}
}

/* Far more than the pipe holds; the file alone is larger than the reader's memory. */
static void
large_files_stream(void **state)
{
	AUTO(buf_free) struct buf text = { 0 };
	struct limits limits = LIMITS_DEFAULT;
	struct story s = { 0 };
	struct err e = { 0 };
	int fd;

	(void)state;
	limits.read_memory = 16u << 20;
	for (uint32_t i = 0; i < 400000; i++)
		buf_text(&text, "LS-181,06067,\"Xã Hưng Đạo\",974,935,241,44,0,3\r\n");
	assert_true(text.len > limits.read_memory);
	fd = file_of(buf_bytes(&text));
	assert_int_equal(
	    follow(&s, &(struct jail_job){ .fd = fd, .tables = true }, &limits, &e), OK);
	assert_int_equal(s.rows, 400000);
	buf_free(&s.text);
	file_close(&fd);
}

static void
a_file_over_the_ceiling_is_refused(void **state)
{
	AUTO(file_close) int fd = file_of(BYTES("a,b\n1,2\n"));
	struct limits limits = LIMITS_DEFAULT;
	struct story s = { 0 };
	struct err e = { 0 };

	(void)state;
	limits.mail_bytes = 7;
	assert_int_equal(
	    follow(&s, &(struct jail_job){ .fd = fd, .tables = true }, &limits, &e), ERR_INPUT);
	assert_non_null(strstr(e.text, "7"));
	assert_null(s.text.at);
}

/* Closed in the middle: the child, which waits for room in the pipe, goes with it. */
static void
closing_early_leaves_nothing(void **state)
{
	AUTO(buf_free) struct buf text = { 0 };
	struct limits limits = LIMITS_DEFAULT;
	struct jail *jail = NULL;
	struct reading *r = NULL;
	struct event event;
	struct err e;
	int fd, before, after;

	(void)state;
	for (uint32_t i = 0; i < 500000; i++)
		buf_text(&text, "1,2,3,4,5,6,7,8\r\n");
	fd = file_of(buf_bytes(&text));
	before = dup(fd);
	close(before);
	assert_int_equal(jail_new(&jail, NULL, NULL, &limits, &e), OK);
	assert_int_equal(
	    jail_open(&r, jail, &(struct jail_job){ .fd = fd, .tables = true }, &e), OK);
	for (int i = 0; i < 10; i++)
		assert_int_equal(jail_next(&event, r, &e), OK);
	jail_close(&r);
	assert_null(r);
	jail_close(&r);
	jail_free(&jail);
	assert_null(jail);
	jail_free(&jail);
	after = dup(fd);
	assert_int_equal(before, after); /* the lowest free descriptor is the same again */
	close(after);
	file_close(&fd);
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
}

static void
the_kernel_has_what_we_say(void **state)
{
	(void)state;
	assert_true(jail_has("seccomp"));
	assert_false(jail_has("magic"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nobody_gets_out),
		cmocka_unit_test(other_descriptors_are_closed),
		cmocka_unit_test(landlock_closes_files),
		cmocka_unit_test(no_child_outlives_its_parent),
		cmocka_unit_test(without_a_spawner_nothing_is_read),
		cmocka_unit_test(a_request_unheard_is_later),
		cmocka_unit_test(the_parent_alone_heeds_signals),
		cmocka_unit_test(readings_are_told_apart),
		cmocka_unit_test(a_name_over_the_ceiling_is_refused),
		cmocka_unit_test(prepared_encodings_work_inside),
		cmocka_unit_test(prepared_calls_work_inside),
		cmocka_unit_test(the_reader_tells_all),
		cmocka_unit_test(large_files_stream),
		cmocka_unit_test(a_file_over_the_ceiling_is_refused),
		cmocka_unit_test(closing_early_leaves_nothing),
		cmocka_unit_test(the_kernel_has_what_we_say),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
