/*
 * Why: a hostile or dying server must not hold a connection longer, or send more, than one
 * command may.
 */
#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <time.h>

#include "base/wire_int.h"

/* A command that moves bytes well gets a millisecond more for each 32 of them (32 KB/s). */
#define BYTES_A_MS 32
/* Under this rate over the window, if anything came at all, the server is dripping. */
#define DRIP_BYTES_A_S 64
#define DRIP_WINDOW_MS 30000

static int64_t
now_ms(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t); /* cannot fail for this clock */
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void
wire_command(struct wire *w)
{
	w->begin_ms = now_ms();
	w->received = w->moved = w->window_had = 0;
	w->waited_ms = 0;
}

static int64_t
window_ms(const struct wire *w)
{
	int64_t half = (int64_t)w->command_s * 500;

	return half < DRIP_WINDOW_MS ? half : DRIP_WINDOW_MS;
}

/*
 * The least rate counts only time spent waiting, so that our own pauses are not held against
 * the server; one that sends nothing at all is thinking, and has the command's time for that.
 */
static int
check_rate(struct wire *w, struct err *e)
{
	uint64_t came = w->received - w->window_had;

	if (w->waited_ms < window_ms(w))
		return OK;
	if (came > 0 && came * 1000 < (uint64_t)w->waited_ms * DRIP_BYTES_A_S)
		return err_set(e, ERR_LATER, "%s: the server drips: %llu bytes in %lld s",
		    w->place, (unsigned long long)came, (long long)w->waited_ms / 1000);
	w->waited_ms = 0;
	w->window_had = w->received;
	return OK;
}

/* Until the socket is ready; ERR_LATER when the command's time is over or the server drips. */
static int
wait_for(struct wire *w, short events, struct err *e)
{
	struct pollfd p = { .fd = -1, .events = events };
	int64_t before = now_ms(), left, window;
	curl_socket_t socket = CURL_SOCKET_BAD;

	left = w->begin_ms + (int64_t)w->command_s * 1000 + (int64_t)(w->moved / BYTES_A_MS) -
	    before;
	if (left <= 0)
		return err_set(e, ERR_LATER, "%s: the command was not done within %u s",
		    w->place, w->command_s);
	if (curl_easy_getinfo(w->easy, CURLINFO_ACTIVESOCKET, &socket) != CURLE_OK ||
	    socket == CURL_SOCKET_BAD)
		return err_set(e, ERR_LATER, "%s: the connection is gone", w->place);
	p.fd = socket;
	window = window_ms(w) - w->waited_ms;
	if (window < 1)
		window = 1;
	if (poll(&p, 1, (int)(left < window ? left : window)) < 0 && errno != EINTR)
		return err_set(
		    e, ERR_LATER, "%s: waiting failed: %s", w->place, strerror(errno));
	w->waited_ms += now_ms() - before;
	return check_rate(w, e);
}

int
wire_receive(struct wire *w, char *at, size_t room, size_t *got, struct err *e)
{
	CURLcode code;
	size_t n = 0;
	int rc;

	assert(room > 0);
	/* Asked first and waited for only then: TLS may hold bytes that poll does not see. */
	while ((code = curl_easy_recv(w->easy, at, room, &n)) == CURLE_AGAIN)
		if ((rc = wait_for(w, POLLIN, e)) != OK)
			return rc;
	if (code != CURLE_OK)
		return wire_fail(w, code, e);
	if (n == 0)
		return err_set(e, ERR_LATER, "%s: the server closed the connection", w->place);
	w->received += n;
	w->moved += n;
	if (w->received > w->bytes_max)
		return err_set(e, ERR_LATER,
		    "%s: the server sent over %llu bytes for one command", w->place,
		    (unsigned long long)w->bytes_max);
	*got = n;
	return OK;
}

int
wire_send(struct wire *w, struct bytes b, struct err *e)
{
	while (b.len) {
		size_t n = 0;
		CURLcode code = curl_easy_send(w->easy, b.at, b.len, &n);
		int rc;

		if (code == CURLE_AGAIN) {
			if ((rc = wait_for(w, POLLOUT, e)) != OK)
				return rc;
			continue;
		}
		if (code != CURLE_OK)
			return wire_fail(w, code, e);
		w->moved += n;
		b = bytes_slice(b, n, b.len);
	}
	return OK;
}
