/* Why: some units drop their reports on a file server of somebody else's. */
#include <stdio.h>
#include <stdlib.h>

#include "base/date.h"
#include "base/step.h"
#include "ingest/remote_int.h"

#define FLUSH_EVERY 200

struct taking {
	const struct source_settings *settings;
	const struct limits *limits;
	struct intake *intake;
	struct remote remote;
	struct remote_list list;
	struct buf key;
	uint64_t got;
	bool ours; /* the intake said no: that ends the fetch */
};

/* A file that cannot be had must not keep the others; a server that fails so often is given up.
 */
#define WRONG_MOST 8

static void
taking_close(struct taking *t)
{
	remote_close(&t->remote);
	remote_list_free(&t->list);
	buf_free(&t->key);
}

/* "name;size;mtime": another file of the same name has another key. */
static void
remote_key(struct buf *out, const struct remote_file *f)
{
	buf_clear(out);
	name_encode(out, bytes_of(f->name));
	buf_printf(out, ";%llu;%lld", (unsigned long long)f->size, (long long)f->mtime_s);
}

static int
on_bytes(void *self, struct bytes more, struct err *e)
{
	struct taking *t = self;
	int rc;

	t->got += more.len;
	if (t->got > t->limits->mail_bytes)
		return err_set(e, ERR_LATER, "it grew over the limit while it was fetched");
	rc = t->intake->add(t->intake->self, more, e);
	t->ours = t->ours || rc != OK;
	return rc;
}

static int
bring(struct taking *t, const struct remote_file *f, const struct arrival *a, struct err *e)
{
	struct remote_file after = *f;
	bool there = false, whole;
	int rc, ended, looked;

	rc = t->intake->begin(t->intake->self, t->settings->name, a, e);
	t->ours = rc != OK && rc != ERR_INPUT;
	if (rc != OK)
		return rc == ERR_INPUT ? OK : rc;
	t->got = 0;
	rc = remote_get(&t->remote, f->name, t, on_bytes, e);
	looked = rc == OK ? remote_look(&there, &after, &t->remote, e) : rc;
	/* Written to meanwhile: taken when it has come to rest. */
	whole = rc == OK && looked == OK && there && t->got == f->size &&
	    after.size == f->size && after.mtime_s == f->mtime_s;
	ended = t->intake->end(t->intake->self, whole, looked == OK ? e : &(struct err){ 0 });
	t->ours = t->ours || ended != OK;
	if (looked != OK || ended != OK)
		return looked != OK ? looked : ended;
	if (whole)
		STEP("source.fetched");
	return OK;
}

static int
take(struct taking *t, struct remote_file *f, struct err *e)
{
	struct arrival a = { 0 };
	bool there = true;
	int rc;

	if (name_temporary(f->name))
		return OK;
	/* Lists tell times to the minute or the year; a file is known by the second. */
	if (t->remote.kind != REMOTE_DAV && (rc = remote_look(&there, f, &t->remote, e)) != OK)
		return rc;
	if (!there)
		return OK;
	if (f->mtime_s < 0)
		return err_set(
		    e, ERR_LATER, "the server does not tell when it was last written");
	if (f->mtime_s + (int64_t)t->settings->stable_s > t->intake->now_s)
		return OK;
	remote_key(&t->key, f);
	if (t->intake->known(t->intake->self, t->settings->name, t->key.at))
		return OK;
	a = (struct arrival){
		.key = t->key.at,
		.name = name_shown(t->list.arena, f->name),
		.bytes = f->size,
		.received_s = f->mtime_s,
	};
	if (f->size <= t->limits->mail_bytes)
		return bring(t, f, &a, e);
	rc = t->intake->refuse(
	    t->intake->self, t->settings->name, &a, "too-large", BYTES(""), e);
	t->ours = rc != OK;
	return rc;
}

static int
compare(const void *a, const void *b)
{
	return strcmp(
	    ((const struct remote_file *)a)->name, ((const struct remote_file *)b)->name);
}

static int
take_all(struct taking *t, struct err *e)
{
	struct err one = { 0 };
	unsigned wrong = 0;
	int rc, first = OK;

	for (size_t i = 0; i < t->list.count && wrong < WRONG_MOST; i++) {
		rc = take(t, &t->list.files[i], &one);
		wrong += rc != OK;
		if (rc != OK && (first == OK || t->ours))
			first = err_set(e, rc, "'%s': %s", t->list.files[i].name, one.text);
		if (t->ours)
			return first;
		if ((i + 1) % FLUSH_EVERY == 0 &&
		    (rc = t->intake->flush(t->intake->self, &one)) != OK)
			return err_set(e, rc, "%s", one.text);
	}
	return first;
}

static int
fetch(const struct source_settings *s, const struct limits *limits, struct intake *in,
    struct err *e)
{
	AUTO(taking_close) struct taking t = { .settings = s, .limits = limits, .intake = in };
	int rc;

	if ((rc = remote_open(&t.remote, s, e)) != OK ||
	    (rc = remote_list(&t.list, &t.remote, e)) != OK)
		return rc;
	if (t.list.count)
		qsort(t.list.files, t.list.count, sizeof(*t.list.files), compare);
	if ((rc = take_all(&t, e)) != OK || (rc = in->flush(in->self, e)) != OK)
		return rc;
	if (t.list.odd)
		return err_set(e, ERR_LATER,
		    "%u entries of the folder's list are not understood", t.list.odd);
	return OK;
}

/* Never the name of another: the moment of the version stands before it. */
static void
new_name(struct buf *out, const struct remote_file *f)
{
	char moment[32];

	moment_write(moment, f->mtime_s, 0);
	for (const char *c = moment; *c && *c != '+' && *c != 'Z'; c++)
		if (*c != '-' && *c != ':')
			buf_char(out, *c);
	buf_printf(out, "Z %s", f->name);
}

static bool
key_read(struct remote_file *f, struct buf *name, const char *key)
{
	struct bytes rest = bytes_of(key), piece;
	unsigned long long size;
	long long mtime;
	int end = -1;

	if (!bytes_cut(&piece, &rest, ';') || !rest.at || !name_decode(name, piece) ||
	    name->len == 0 || strlen(name->at) != name->len || strpbrk(name->at, "/\r\n") ||
	    sscanf(rest.at, "%llu;%lld%n", &size, &mtime, &end) != 2 || rest.at[end] != '\0')
		return false;
	*f = (struct remote_file){ .name = name->at, .size = size, .mtime_s = mtime };
	return true;
}

static int
settle_one(struct remote *r, const char *folder, const char *key, struct err *e)
{
	AUTO(buf_free) struct buf name = { 0 }, to = { 0 };
	struct remote_file f, now;
	bool there = false;
	int rc;

	if (!key_read(&f, &name, key))
		return OK; /* not one of ours: nothing that could be found, ever */
	now = f;
	if ((rc = remote_look(&there, &now, r, e)) != OK)
		return rc;
	/* Gone, or another version that is fetched by itself. */
	if (!there || now.size != f.size || now.mtime_s != f.mtime_s)
		return OK;
	new_name(&to, &f);
	return remote_put_aside(r, f.name, folder, folder ? to.at : NULL, e);
}

static int
settle(const struct source_settings *s, struct settlement *list, size_t count, struct err *e)
{
	AUTO(remote_close) struct remote r = { 0 };
	struct err one = { 0 };
	unsigned wrong = 0;
	int rc, first = OK;

	if ((rc = remote_open(&r, s, e)) != OK)
		return rc;
	for (size_t i = 0; i < count && wrong < WRONG_MOST; i++) {
		const char *folder =
		    list[i].outcome == OUTCOME_REFUSED && s->failed ? s->failed : s->done;

		rc = settle_one(&r, folder, list[i].key, first == OK ? e : &one);
		list[i].done = rc == OK;
		if (rc == OK)
			STEP("source.settled");
		else if (first == OK)
			first = err_at(e, "'%s'", list[i].key);
		wrong += rc != OK;
	}
	return first;
}

static bool
plain_folder(const char *name)
{
	if (!name)
		return true;
	for (const char *c = name; *c; c++)
		if ((unsigned char)*c < 0x20 || *c == '/' || *c == '\\' || *c == 0x7F)
			return false;
	return *name && *name != '.' && *name != ' ';
}

static const char *
mistake(const struct source_settings *s)
{
	static const char *const schemes[] = { "sftp://", "ftps://", "https://" };
	bool found = false;

	for (size_t i = 0; i < COUNT(schemes); i++)
		found = found ||
		    (s->wire.url && bytes_starts(bytes_of(s->wire.url), bytes_of(schemes[i])));
	if (!found)
		return "a remote source needs a url that begins with sftp://, ftps:// or "
		       "https://";
	if (strpbrk(s->wire.url, "?#"))
		return "the url of a remote source is a folder's, without ? and #";
	if (!plain_folder(s->done) || !plain_folder(s->failed))
		return "done and failed must be names of folders inside the remote folder";
	return NULL;
}

const struct source_kind source_remote = {
	.name = "remote",
	.fetch = fetch,
	.settle = settle,
	.mistake = mistake,
};
