/* Why: every connection is set up here, so that none can be less safe than another. */
#include "base/wire.h"

#include <assert.h>
#include <errno.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/wire_int.h"

/* A transfer slower than this for command_s makes no progress. */
#define LEAST_BYTES_A_S 64L

/*
 * Curl keeps copies of the password in memory of its own; all of that is wiped when it is given
 * back. realloc would leave the old place as it was, so it is done by hand.
 */
static void
wiping_free(void *p)
{
	if (p)
		explicit_bzero(p, malloc_usable_size(p));
	free(p);
}

static void *
wiping_realloc(void *old, size_t size)
{
	size_t had = old ? malloc_usable_size(old) : 0;
	void *p = malloc(size ? size : 1);

	if (!p)
		return NULL;
	if (old)
		memcpy(p, old, had < size ? had : size);
	wiping_free(old);
	return p;
}

/* Options are set one after the other; the first refusal counts. */
struct setup {
	CURL *easy;
	CURLcode code;
};

static void
set_number(struct setup *s, CURLoption option, long value)
{
	if (s->code == CURLE_OK)
		s->code = curl_easy_setopt(s->easy, option, value);
}

/* NULL is a value too. Curl copies the text. */
static void
set_text(struct setup *s, CURLoption option, const char *value)
{
	if (s->code == CURLE_OK)
		s->code = curl_easy_setopt(s->easy, option, value);
}

static bool
clean(const char *text)
{
	for (; text && *text; text++)
		if ((unsigned char)*text < 0x20 || *text == 0x7F)
			return false;
	return true;
}

static bool
allowed(const char *scheme)
{
	static const char *const schemes[] = { "imaps", "imap", "smtps", "smtp", "sftp", "ftps",
		"https" };

	for (size_t i = 0; i < COUNT(schemes); i++)
		if (strcmp(schemes[i], scheme) == 0)
			return true;
	return false;
}

/* The parts of a URL; all by curl's allocator. */
struct url {
	CURLU *handle;
	char *scheme, *host, *port, *user;
};

static void
url_drop(struct url *u)
{
	curl_free(u->scheme);
	curl_free(u->host);
	curl_free(u->port);
	curl_free(u->user);
	curl_url_cleanup(u->handle);
	*u = (struct url){ 0 };
}

/*
 * A URL in the settings may hold a password by mistake, so it is quoted only when it is sound.
 */
static int
url_read(struct url *u, const char *text, struct err *e)
{
	CURLUcode code;

	u->handle = curl_url();
	if (!u->handle)
		return err_set(e, ERR_STOP, "URL: out of memory");
	code = curl_url_set(u->handle, CURLUPART_URL, text ? text : "", 0);
	if (code == CURLUE_OK)
		code = curl_url_get(u->handle, CURLUPART_SCHEME, &u->scheme, 0);
	if (code == CURLUE_OK)
		code = curl_url_get(u->handle, CURLUPART_HOST, &u->host, 0);
	if (code == CURLUE_OK && !allowed(u->scheme))
		return err_set(e, ERR_STOP,
		    "URL of host '%s': '%s' is not allowed; imaps, imap, smtps, smtp, sftp, "
		    "ftps and https are",
		    u->host, u->scheme);
	if (code == CURLUE_OK)
		code = curl_url_get(u->handle, CURLUPART_PORT, &u->port, CURLU_DEFAULT_PORT);
	if (code != CURLUE_OK || !clean(text))
		return err_set(e, ERR_STOP, "the URL is not well-formed: %s",
		    code ? curl_url_strerror(code) : "control character");
	if (curl_url_get(u->handle, CURLUPART_USER, &u->user, 0) == CURLUE_OK)
		return err_set(e, ERR_STOP,
		    "URL of host '%s': user and password have settings of their own and no "
		    "place in it",
		    u->host);
	return OK;
}

/* Ends a transfer that grows over the limit, also when the size was not told beforehand. */
static int
watch_size(
    void *context, curl_off_t total, curl_off_t now, curl_off_t upload_total, curl_off_t upload)
{
	struct wire *w = context;

	(void)total; /* what the server says */
	(void)upload_total;
	(void)upload; /* ours */
	if (now < 0 || (uint64_t)now <= w->bytes_max)
		return 0;
	w->too_much = true;
	return 1;
}

static void
set_common(struct setup *s, struct wire *w, const struct wire_settings *ws, const char *scheme)
{
	curl_off_t most = w->bytes_max > INT64_MAX ? INT64_MAX : (curl_off_t)w->bytes_max;

	set_text(s, CURLOPT_URL, ws->url);
	set_text(s, CURLOPT_PROTOCOLS_STR, scheme);
	set_text(s, CURLOPT_REDIR_PROTOCOLS_STR, scheme);
	set_number(s, CURLOPT_FOLLOWLOCATION, 0);
	set_number(s, CURLOPT_DISALLOW_USERNAME_IN_URL, 1);
	set_number(s, CURLOPT_NOSIGNAL, 1);
	set_number(s, CURLOPT_NETRC, CURL_NETRC_IGNORED);
	/* Set, even if to nothing, so that the environment's proxies are not taken. */
	set_text(s, CURLOPT_PROXY, ws->proxy ? ws->proxy : "");
	set_text(s, CURLOPT_NOPROXY, "");
	set_number(s, CURLOPT_TCP_KEEPALIVE, 1);
	set_number(s, CURLOPT_CONNECTTIMEOUT, (long)ws->connect_s);
	set_number(s, CURLOPT_SERVER_RESPONSE_TIMEOUT, (long)ws->command_s);
	set_number(s, CURLOPT_LOW_SPEED_LIMIT, LEAST_BYTES_A_S);
	set_number(s, CURLOPT_LOW_SPEED_TIME, (long)ws->command_s);
	set_number(s, CURLOPT_FAILONERROR, 1);
	set_number(s, CURLOPT_NOPROGRESS, 0);
	if (s->code == CURLE_OK)
		s->code = curl_easy_setopt(s->easy, CURLOPT_MAXFILESIZE_LARGE, most);
	if (s->code == CURLE_OK)
		s->code = curl_easy_setopt(s->easy, CURLOPT_ERRORBUFFER, w->detail);
	if (s->code == CURLE_OK)
		s->code = curl_easy_setopt(s->easy, CURLOPT_XFERINFOFUNCTION, watch_size);
	if (s->code == CURLE_OK)
		s->code = curl_easy_setopt(s->easy, CURLOPT_XFERINFODATA, w);
}

static void
set_tls(struct setup *s, const struct wire_settings *ws)
{
	set_number(s, CURLOPT_SSL_VERIFYPEER, 1);
	set_number(s, CURLOPT_SSL_VERIFYHOST, 2);
	set_number(s, CURLOPT_PROXY_SSL_VERIFYPEER, 1);
	set_number(s, CURLOPT_PROXY_SSL_VERIFYHOST, 2);
	set_number(s, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2);
	set_number(s, CURLOPT_USE_SSL, CURLUSESSL_ALL);
	if (ws->ca_file) { /* these authorities and not the system's besides */
		set_text(s, CURLOPT_CAINFO, ws->ca_file);
		set_text(s, CURLOPT_CAPATH, NULL);
	}
}

static void
set_ssh(struct setup *s, struct wire *w, const struct wire_settings *ws)
{
	struct bytes key = bytes_of(ws->host_key);

	if (bytes_starts(key, BYTES("SHA256:"))) /* as ssh-keygen -l shows it */
		key = bytes_slice(key, 7, key.len);
	set_text(s, CURLOPT_SSH_HOST_PUBLIC_KEY_SHA256, key.at);
	if (ws->key_file) {
		set_number(s, CURLOPT_SSH_AUTH_TYPES, CURLSSH_AUTH_PUBLICKEY);
		set_text(s, CURLOPT_SSH_PRIVATE_KEYFILE, ws->key_file);
		set_text(s, CURLOPT_KEYPASSWD, w->secret.text);
	} else {
		set_number(
		    s, CURLOPT_SSH_AUTH_TYPES, CURLSSH_AUTH_PASSWORD | CURLSSH_AUTH_KEYBOARD);
	}
}

static void
set_login(struct setup *s, struct wire *w, const struct wire_settings *ws)
{
	if (!ws->user)
		return;
	set_text(s, CURLOPT_USERNAME, ws->user);
	if (ws->xoauth2) {
		set_text(s, CURLOPT_XOAUTH2_BEARER, w->secret.text);
		set_text(s, CURLOPT_LOGIN_OPTIONS, "AUTH=XOAUTH2");
		set_number(s, CURLOPT_SASL_IR, 1);
		set_number(s, CURLOPT_HTTPAUTH, (long)CURLAUTH_BEARER);
	} else if (!ws->key_file) {
		set_text(s, CURLOPT_PASSWORD, w->secret.text);
	}
}

/* What is asked for must make sense before anybody is called. */
static int
check(const struct wire_settings *ws, const struct wire *w, bool ssh, struct err *e)
{
	if (!clean(ws->user))
		return err_set(
		    e, ERR_STOP, "%s: the user name holds a control character", w->place);
	if (ssh && (!ws->host_key || !*ws->host_key))
		return err_set(e, ERR_STOP,
		    "%s: the host key is missing (SHA-256 in base64, as ssh-keygen -l shows "
		    "it)",
		    w->place);
	if (ssh && !ws->user)
		return err_set(e, ERR_STOP, "%s: the user is missing", w->place);
	if (ssh && ws->key_file && access(ws->key_file, R_OK) != 0)
		return err_set(e, ERR_STOP, "%s: key file '%s' cannot be read: %s", w->place,
		    ws->key_file, strerror(errno));
	if (ws->user && !(ssh && ws->key_file) && w->secret.len == 0)
		return err_set(
		    e, ERR_STOP, "%s: the password of '%s' is missing", w->place, ws->user);
	return OK;
}

static int
set_up(struct wire *w, const struct wire_settings *ws, struct err *e)
{
	AUTO(url_drop) struct url u = { 0 };
	struct setup s = { 0 };
	bool ssh;
	int rc;

	if ((rc = url_read(&u, ws->url, e)) != OK)
		return rc;
	ssh = strcmp(u.scheme, "sftp") == 0;
	(void)snprintf(
	    w->place, sizeof(w->place), "%s://%s:%s", u.scheme, u.host, u.port); /* or cut */
	if ((rc = secret_load(&w->secret, &ws->password, e)) != OK)
		return err_at(e, "%s", w->place);
	if ((rc = check(ws, w, ssh, e)) != OK)
		return rc;
	s.easy = w->easy = curl_easy_init();
	if (!s.easy)
		return err_set(e, ERR_STOP, "%s: libcurl cannot be used", w->place);
	set_common(&s, w, ws, u.scheme);
	set_tls(&s, ws);
	set_login(&s, w, ws);
	if (ssh)
		set_ssh(&s, w, ws);
	if (s.code != CURLE_OK)
		return wire_fail(w, s.code, e);
	return OK;
}

int
wire_open(struct wire **out, const struct wire_settings *s, struct err *e)
{
	AUTO(wire_close) struct wire *w = NULL;
	int rc;

	assert(s->connect_s > 0 && s->command_s > 0 && s->bytes_max > 0);
	/*
	 * Counted by curl: the first call sets the allocator, the last wire_close gives it
	 * back.
	 */
	if (curl_global_init_mem(CURL_GLOBAL_DEFAULT, malloc, wiping_free, wiping_realloc,
		strdup, calloc) != CURLE_OK)
		return err_set(e, ERR_STOP, "libcurl cannot be used");
	w = memory_new(sizeof(*w));
	w->connect_s = s->connect_s;
	w->command_s = s->command_s;
	w->bytes_max = s->bytes_max;
	if ((rc = set_up(w, s, e)) != OK)
		return rc;
	*out = w;
	w = NULL;
	return OK;
}

void
wire_close(struct wire **w)
{
	if (!*w)
		return;
	curl_easy_cleanup((*w)->easy);
	curl_global_cleanup();
	explicit_bzero(*w, sizeof(**w));
	free(*w);
	*w = NULL;
}

CURL *
wire_easy(struct wire *w)
{
	return w->easy;
}

int
wire_perform(struct wire *w, CURLcode *code, struct err *e)
{
	CURLcode result;

	w->detail[0] = '\0';
	w->too_much = false;
	result = curl_easy_perform(w->easy);
	if (code)
		*code = result;
	return result == CURLE_OK ? OK : wire_fail(w, result, e);
}

int
wire_connect(struct wire *w, struct err *e)
{
	struct setup s = { .easy = w->easy };
	int rc;

	set_number(&s, CURLOPT_CONNECT_ONLY, 1);
	/*
	 * CONNECTTIMEOUT alone ends before the login; this one covers it too, and not the pipe.
	 */
	set_number(&s, CURLOPT_TIMEOUT, (long)w->connect_s);
	if (s.code != CURLE_OK)
		return wire_fail(w, s.code, e);
	if ((rc = wire_perform(w, NULL, e)) != OK)
		return rc;
	wire_command(w);
	return OK;
}
