/* Why: libetpan knows the grammar but neither deadlines nor ceilings; here its bytes come
 * through base/wire, watched. */
#include <stdlib.h>

#include "base/memory.h"
#include "base/text.h"
#include "ingest/imap_int.h"

#define STREAM_BUFFER 16384

/* curl has logged in; this greeting tells libetpan so (RFC 3501 §7.1.4). */
static const char greeting[] = "* PREAUTH ready\r\n";
static const char search[] = "* SEARCH ";

/*
 * Follows the lines and literals of the answer (RFC 3501 §4.3) far enough to know how long each
 * is; libetpan believes any length, and lets numbers over 32 bits wrap round.
 */
struct imap_guard {
	uint64_t literal_most, talk_most;
	uint64_t literal_left, talk;
	uint64_t number; /* in braces, or a UID in a SEARCH line */
	enum { NONE, DIGITS, CLOSED } brace;
	size_t column; /* in the line, as far as it is "* SEARCH " */
	bool is_search;
	size_t greeted; /* bytes of the greeting given */
	bool closing, broken;
	struct err why; /* of broken */
};

static int
guard_fail(struct imap_guard *g, const char *what)
{
	g->broken = true;
	return err_set(&g->why, ERR_LATER, "%s", what);
}

static int
guard_digit(struct imap_guard *g, char c)
{
	if (g->brace == CLOSED) {
		g->brace = NONE;
		g->number = 0;
	}
	/* Past 32 bits it need not grow any more. */
	if (g->number <= UINT32_MAX)
		g->number = g->number * 10 + (uint64_t)(c - '0');
	if (g->is_search && g->number > UINT32_MAX)
		return guard_fail(g, "the server gave a UID that has over 32 bits");
	return OK;
}

static int
guard_line_end(struct imap_guard *g)
{
	bool literal = g->brace == CLOSED;

	if (literal && g->number > g->literal_most)
		return guard_fail(g, "the server announced more bytes than it may send");
	if (literal)
		g->literal_left = g->number;
	g->brace = NONE;
	g->number = 0;
	g->column = 0;
	g->is_search = false;
	return OK;
}

/* Blanks are no end of it: libetpan is as tolerant. */
static void
guard_brace(struct imap_guard *g, char c)
{
	if (g->brace != NONE && (c == ' ' || c == '+' || c == '\r'))
		return;
	g->brace = c == '{' ? DIGITS : c == '}' && g->brace == DIGITS ? CLOSED : NONE;
	if (g->brace != CLOSED)
		g->number = 0;
}

static int
guard_char(struct imap_guard *g, char c)
{
	if (++g->talk > g->talk_most)
		return guard_fail(g, "the server talks without end");
	if (c == '\n')
		return guard_line_end(g);
	if (g->column < sizeof(search) - 1)
		g->column = c == search[g->column] ? g->column + 1 : sizeof(search);
	if (g->column == sizeof(search) - 1)
		g->is_search = true;
	if (c >= '0' && c <= '9')
		return guard_digit(g, c);
	guard_brace(g, c);
	return OK;
}

static int
guard_bytes(struct imap_guard *g, struct bytes b)
{
	for (size_t i = 0; i < b.len;) {
		uint64_t skip = b.len - i < g->literal_left ? b.len - i : g->literal_left;

		g->literal_left -= skip;
		i += skip;
		if (i < b.len && guard_char(g, b.at[i++]) != OK)
			return g->why.code;
	}
	return OK;
}

/* -1 also at the end of file: 0 would make libetpan 1.9.4 ask for ever inside a literal. */
static ssize_t
low_read(mailstream_low *low, void *at, size_t room)
{
	struct imap *i = low->data;
	struct imap_guard *g = i->guard;
	struct bytes hello = bytes_slice(BYTES(greeting), g->greeted, room);
	size_t got = 0;

	if (g->broken || g->closing || room == 0)
		return -1;
	if (hello.len) {
		memcpy(at, hello.at, hello.len);
		g->greeted += hello.len;
		return (ssize_t)hello.len;
	}
	if (wire_receive(i->wire, at, room, &got, &g->why) != OK) {
		g->broken = true;
		return -1;
	}
	return guard_bytes(g, (struct bytes){ .at = at, .len = got }) == OK ? (ssize_t)got : -1;
}

static ssize_t
low_write(mailstream_low *low, const void *at, size_t len)
{
	struct imap *i = low->data;

	if (i->guard->broken)
		return -1;
	if (wire_send(i->wire, (struct bytes){ .at = at, .len = len }, &i->guard->why) != OK) {
		i->guard->broken = true;
		return -1;
	}
	return (ssize_t)len;
}

static int
low_close(mailstream_low *low)
{
	(void)low; /* imap_close ends the connection */
	return 0;
}

static int
low_descriptor(mailstream_low *low)
{
	(void)low; /* nobody but the wire may wait on it */
	return -1;
}

static void
low_free(mailstream_low *low)
{
	free(low);
}

static void
low_cancel(mailstream_low *low)
{
	(void)low; /* one thread: nobody calls */
}

static struct mailstream_cancel *
low_get_cancel(mailstream_low *low)
{
	(void)low; /* as above */
	return NULL;
}

static mailstream_low_driver driver = {
	.mailstream_read = low_read,
	.mailstream_write = low_write,
	.mailstream_close = low_close,
	.mailstream_get_fd = low_descriptor,
	.mailstream_free = low_free,
	.mailstream_cancel = low_cancel,
	.mailstream_get_cancel = low_get_cancel,
};

void
imap_begin(struct imap *i, uint64_t literal, uint64_t talk)
{
	i->guard->literal_most = literal;
	i->guard->talk_most = talk;
	i->guard->talk = 0;
	wire_command(i->wire);
}

/* After these we no longer know where in its answer the server is. */
static const char *
lost(int r)
{
	switch (r) {
	case MAILIMAP_ERROR_STREAM:
	case MAILIMAP_ERROR_PARSE:
	case MAILIMAP_ERROR_PROTOCOL:
	case MAILIMAP_ERROR_MEMORY:
		return "the server's answer makes no sense";
	case MAILIMAP_ERROR_FATAL:
		return "the server said BYE";
	default:
		return NULL;
	}
}

void
imap_give_up(struct imap *i)
{
	(void)guard_fail(i->guard, "the connection was given up"); /* kept in the guard */
}

int
imap_result(struct imap *i, int r, const char *what, struct err *e)
{
	AUTO(buf_free) struct buf words = { 0 };

	if (r == MAILIMAP_NO_ERROR)
		return OK;
	if (!i->guard->broken && lost(r))
		(void)guard_fail(i->guard, lost(r)); /* kept in the guard, and said below */
	if (i->guard->broken)
		return err_set(
		    e, i->guard->why.code, "cannot %s: %s", what, i->guard->why.text);
	text_quote(&words, bytes_of(i->session->imap_response), 200);
	return err_set(
	    e, ERR_LATER, "cannot %s: the server says '%s'", what, words.len ? words.at : "no");
}

static int
start(struct imap *i, struct err *e)
{
	mailstream_low *low;
	mailstream *stream;
	int r;

	i->session = mailimap_new(0, NULL);
	low = mailstream_low_new(i, &driver);
	stream = low ? mailstream_new(low, STREAM_BUFFER) : NULL;
	if (!i->session || !stream)
		return err_set(e, ERR_STOP, "libetpan cannot be used: out of memory");
	imap_begin(i, IMAP_LITERAL, IMAP_TALK);
	r = mailimap_connect(i->session, stream);
	if (r != MAILIMAP_NO_ERROR_AUTHENTICATED)
		return imap_result(
		    i, r == MAILIMAP_NO_ERROR ? MAILIMAP_ERROR_PROTOCOL : r, "begin", e);
	return OK;
}

int
imap_open(struct imap **out, const struct source_settings *s, struct err *e)
{
	AUTO(imap_close) struct imap *i = memory_new(sizeof(*i));
	int rc;

	i->guard = memory_new(sizeof(*i->guard));
	i->place = s->name;
	if ((rc = wire_open(&i->wire, &s->wire, e)) != OK ||
	    (rc = wire_connect(i->wire, e)) != OK || (rc = start(i, e)) != OK)
		return rc;
	*out = i;
	i = NULL;
	return OK;
}

void
imap_close(struct imap **i)
{
	if (!*i)
		return;
	/* mailimap_free says LOGOUT; the answer is worth no round trip, so reading fails from
	 * here on. */
	(*i)->guard->closing = true;
	if ((*i)->session) {
		if ((*i)->wire)
			wire_command((*i)->wire);
		mailimap_free((*i)->session);
	}
	wire_close(&(*i)->wire);
	free((*i)->guard);
	free(*i);
	*i = NULL;
}
