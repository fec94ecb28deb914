/* Why: sftp, ftps and WebDAV differ in words only; here they are one far folder. */
#include <stdlib.h>

#include "ingest/remote_int.h"

#define LIST_MOST ((size_t)8 << 20)

/* One transfer; what its callbacks need. */
struct transfer {
	void *self;
	int (*add)(void *self, struct bytes more, struct err *e);
	int rc;
	struct err
	    why; /* of rc; curl has a sentence of its own for a transfer that was stopped */
};

static void
list_free(struct curl_slist **l)
{
	curl_slist_free_all(*l);
	*l = NULL;
}

static void
text_free(char **text)
{
	curl_free(*text);
	*text = NULL;
}

static void
url_free(CURLU **u)
{
	curl_url_cleanup(*u);
	*u = NULL;
}

static void
list_add(struct curl_slist **l, const char *text)
{
	struct curl_slist *more = curl_slist_append(*l, text);

	if (!more)
		abort(); /* out of memory ends the program */
	*l = more;
}

int
remote_open(struct remote *out, const struct source_settings *s, struct err *e)
{
	AUTO(url_free) CURLU *u = curl_url();
	AUTO(text_free) char *path = NULL;
	struct bytes url = bytes_of(s->wire.url);
	int rc;

	if ((rc = wire_open(&out->wire, &s->wire, e)) != OK)
		return rc;
	out->kind = bytes_starts(url, BYTES("sftp://")) ? REMOTE_SFTP
	    : bytes_starts(url, BYTES("ftps://"))       ? REMOTE_FTPS
							: REMOTE_DAV;
	if (!u || curl_url_set(u, CURLUPART_URL, s->wire.url, 0) != CURLUE_OK ||
	    curl_url_get(u, CURLUPART_PATH, &path, CURLU_URLDECODE) != CURLUE_OK)
		return err_set(e, ERR_STOP, "the path of the url cannot be read");
	buf_add(&out->base, url);
	if (url.at[url.len - 1] != '/')
		buf_char(&out->base, '/');
	buf_text(&out->path, path);
	if (out->path.at[out->path.len - 1] != '/')
		buf_char(&out->path, '/');
	return OK;
}

void
remote_close(struct remote *r)
{
	wire_close(&r->wire);
	buf_free(&r->base);
	buf_free(&r->path);
}

static size_t
on_write(char *at, size_t size, size_t count, void *context)
{
	struct transfer *t = context;

	if (t->rc == OK && t->add)
		t->rc =
		    t->add(t->self, (struct bytes){ .at = at, .len = size * count }, &t->why);
	return t->rc == OK ? size * count : 0;
}

/* Everything one transfer sets, set: the handle is used again, so that the login is not
 * repeated. */
struct request {
	const char *name;           /* NULL: the folder itself */
	const char *verb, *body;    /* WebDAV */
	struct curl_slist *headers; /* WebDAV */
	struct curl_slist *before;  /* sftp: commands */
	struct curl_slist *after;   /* ftps: commands, in the folder */
	bool look;                  /* no content */
};

static int
request(struct remote *r, const struct request *q, struct transfer *t, CURLcode *code,
    struct err *e)
{
	CURL *easy = wire_easy(r->wire);
	AUTO(text_free) char *name = q->name ? curl_easy_escape(easy, q->name, 0) : NULL;
	AUTO(buf_free) struct buf url = { 0 };
	CURLcode set = CURLE_OK;
	int rc;

	buf_add(&url, buf_bytes(&r->base));
	if (name)
		buf_text(&url, name);
	set |= curl_easy_setopt(easy, CURLOPT_URL, url.at);
	set |= curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_write);
	set |= curl_easy_setopt(easy, CURLOPT_WRITEDATA, t);
	set |= curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, NULL);
	set |= curl_easy_setopt(easy, CURLOPT_FILETIME, 1L);
	set |= curl_easy_setopt(easy, CURLOPT_QUOTE, q->before);
	set |= curl_easy_setopt(easy, CURLOPT_POSTQUOTE, q->after);
	if (r->kind == REMOTE_DAV) {
		set |= curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
		if (q->body) {
			set |= curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE, -1L);
			set |= curl_easy_setopt(easy, CURLOPT_POSTFIELDS, q->body);
		}
		set |= curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, q->verb);
		set |= curl_easy_setopt(easy, CURLOPT_HTTPHEADER, q->headers);
	}
	set |= curl_easy_setopt(easy, CURLOPT_NOBODY, q->look ? 1L : 0L);
	if (set != CURLE_OK)
		return err_set(e, ERR_STOP, "libcurl refuses a setting");
	rc = wire_perform(r->wire, code, e);
	if (t->rc == OK)
		return rc;
	*e = t->why;
	return t->rc;
}

static int
add_to_buf(void *self, struct bytes more, struct err *e)
{
	struct buf *b = self;

	if (b->len + more.len > LIST_MOST)
		return err_set(e, ERR_LATER, "the list of the folder is too long");
	buf_add(b, more);
	return OK;
}

int
remote_list(struct remote_list *out, struct remote *r, struct err *e)
{
	static const char ask[] =
	    "<?xml version=\"1.0\" encoding=\"utf-8\"?><propfind xmlns=\"DAV:\"><prop>"
	    "<resourcetype/><getcontentlength/><getlastmodified/></prop></propfind>";
	AUTO(buf_free) struct buf text = { 0 };
	AUTO(list_free) struct curl_slist *headers = NULL;
	struct transfer t = { .self = &text, .add = add_to_buf };
	struct request q = { 0 };
	int rc;

	if (r->kind == REMOTE_DAV) {
		list_add(&headers, "Depth: 1");
		list_add(&headers, "Content-Type: application/xml");
		q = (struct request){ .verb = "PROPFIND", .body = ask, .headers = headers };
	}
	if ((rc = request(r, &q, &t, NULL, e)) != OK)
		return err_at(e, "listing the folder");
	if (r->kind == REMOTE_DAV)
		return remote_read_dav(out, buf_bytes(&text), e);
	remote_read_ls(out, buf_bytes(&text));
	return OK;
}

/* The server answered, and there is no such file. */
static bool
gone(struct remote *r, CURLcode code)
{
	long status = 0;

	if (code == CURLE_REMOTE_FILE_NOT_FOUND || code == CURLE_FTP_COULDNT_RETR_FILE)
		return true;
	(void)curl_easy_getinfo(
	    wire_easy(r->wire), CURLINFO_RESPONSE_CODE, &status); /* 0 if none */
	return code == CURLE_HTTP_RETURNED_ERROR && (status == 404 || status == 410);
}

int
remote_look(bool *there, struct remote_file *f, struct remote *r, struct err *e)
{
	struct transfer t = { 0 };
	struct request q = { .name = f->name, .look = true };
	CURL *easy = wire_easy(r->wire);
	curl_off_t size = -1, mtime = -1;
	CURLcode code = CURLE_OK;
	int rc = request(r, &q, &t, &code, e);

	*there = false;
	if (rc != OK)
		return gone(r, code) ? OK : rc;
	*there = true;
	if (curl_easy_getinfo(easy, CURLINFO_FILETIME_T, &mtime) == CURLE_OK && mtime >= 0)
		f->mtime_s = mtime;
	if (r->kind != REMOTE_SFTP &&
	    curl_easy_getinfo(easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &size) == CURLE_OK &&
	    size >= 0)
		f->size = (uint64_t)size;
	return OK;
}

int
remote_get(struct remote *r, const char *name, void *self,
    int (*add)(void *self, struct bytes more, struct err *e), struct err *e)
{
	struct transfer t = { .self = self, .add = add };
	struct request q = { .name = name };

	return request(r, &q, &t, NULL, e);
}

/* In quotes, as libcurl's sftp commands want names (curl's own escapes for quote and
 * backslash). */
static void
add_quoted(struct buf *out, const char *a, const char *b, const char *c)
{
	const char *const parts[] = { a, b, c };

	buf_text(out, " \"");
	for (size_t i = 0; i < COUNT(parts); i++)
		for (const char *at = parts[i]; *at; at++) {
			if (*at == '"' || *at == '\\')
				buf_char(out, '\\');
			buf_char(out, *at);
		}
	buf_char(out, '"');
}

static int
aside_sftp(
    struct remote *r, const char *name, const char *folder, const char *new_name, struct err *e)
{
	AUTO(list_free) struct curl_slist *commands = NULL;
	AUTO(buf_free) struct buf command = { 0 }, below = { 0 };
	struct transfer t = { 0 };
	struct request q = { .look = true };

	buf_text(&command, folder ? "*mkdir" : "rm");
	add_quoted(&command, r->path.at, folder ? folder : name, "");
	list_add(&commands, command.at);
	if (folder) {
		buf_printf(&below, "%s/", folder);
		buf_clear(&command);
		buf_text(&command, "rename");
		add_quoted(&command, r->path.at, name, "");
		add_quoted(&command, r->path.at, below.at, new_name);
		list_add(&commands, command.at);
	}
	q.before = commands;
	return request(r, &q, &t, NULL, e);
}

static int
aside_ftps(
    struct remote *r, const char *name, const char *folder, const char *new_name, struct err *e)
{
	AUTO(list_free) struct curl_slist *commands = NULL;
	AUTO(buf_free) struct buf command = { 0 };
	struct transfer t = { 0 };
	struct request q = { .look = true };

	buf_printf(&command, folder ? "*MKD %s" : "DELE %s", folder ? folder : name);
	list_add(&commands, command.at);
	if (folder) {
		buf_clear(&command);
		buf_printf(&command, "RNFR %s", name);
		list_add(&commands, command.at);
		buf_clear(&command);
		buf_printf(&command, "RNTO %s/%s", folder, new_name);
		list_add(&commands, command.at);
	}
	q.after = commands;
	return request(r, &q, &t, NULL, e);
}

static int
aside_dav(
    struct remote *r, const char *name, const char *folder, const char *new_name, struct err *e)
{
	CURL *easy = wire_easy(r->wire);
	AUTO(list_free) struct curl_slist *headers = NULL;
	AUTO(buf_free) struct buf target = { 0 };
	AUTO(text_free)
	char *to = folder ? curl_easy_escape(easy, folder, 0) : NULL,
	     *as = new_name ? curl_easy_escape(easy, new_name, 0) : NULL;
	struct transfer t = { 0 };
	struct request make = { .name = folder, .verb = "MKCOL" },
		       move = { .name = name, .verb = "DELETE" };
	CURLcode code = CURLE_OK;
	long status = 0;
	int rc;

	if (folder) {
		rc = request(r, &make, &t, &code, e);
		(void)curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status); /* 0 if none */
		if (rc != OK && status != 405) /* RFC 4918 §9.3.1: it is there already */
			return rc;
		buf_printf(&target, "Destination: %s%s/%s", r->base.at, to, as);
		list_add(&headers, target.at);
		list_add(&headers, "Overwrite: F");
		move = (struct request){ .name = name, .verb = "MOVE", .headers = headers };
	}
	return request(r, &move, &t, NULL, e);
}

int
remote_put_aside(
    struct remote *r, const char *name, const char *folder, const char *new_name, struct err *e)
{
	switch (r->kind) {
	case REMOTE_SFTP:
		return aside_sftp(r, name, folder, new_name, e);
	case REMOTE_FTPS:
		return aside_ftps(r, name, folder, new_name, e);
	default:
		return aside_dav(r, name, folder, new_name, e);
	}
}
