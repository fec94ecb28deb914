/* Why: letters can be laid into a folder, where another program takes them, or a person or a
 * test reads them. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/digest.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/step.h"
#include "ingest/message.h"
#include "reports/post.h"

#define NAME_DIGITS 32

struct post {
	char *path;
	bool per_recipient;
};

static void
maildir_close(struct post **p)
{
	if (!*p)
		return;
	free((*p)->path);
	free(*p);
	*p = NULL;
}

static int
maildir_open(struct post **out, const struct post_settings *s, struct err *e)
{
	AUTO(maildir_close) struct post *p = memory_new(sizeof(*p));
	AUTO(file_close) int dir = -1;
	int rc;

	if ((rc = file_directory(&dir, s->path, true, e)) != OK)
		return rc;
	p->path = memory_text(s->path);
	p->per_recipient = s->per_recipient;
	*out = p;
	p = NULL;
	return OK;
}

static void
close_directory(DIR **d)
{
	if (*d)
		(void)closedir(*d); /* only read from */
	*d = NULL;
}

/* Read already: a mail program moves it to cur/ and adds flags to its name. */
static bool
was_read(int cur, const char *name)
{
	int again = openat(cur, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	AUTO(close_directory) DIR *d = again < 0 ? NULL : fdopendir(again);

	for (struct dirent *entry = d ? readdir(d) : NULL; entry; entry = readdir(d))
		if (bytes_starts(bytes_of(entry->d_name), bytes_of(name)))
			return true;
	return false;
}

/* tmp/ → fsync → new/. The name follows from the Message-ID, so a letter laid down again takes
 * its own place. */
static int
lay(int tmp, int new, const char *name, struct bytes mail, struct err *e)
{
	AUTO(file_close)
	int fd = openat(tmp, name, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
	int rc;

	if (fd < 0)
		return err_set(e, ERR_STOP, "'%s' cannot be made: %s", name, strerror(errno));
	if ((rc = file_write(fd, mail, e)) != OK || (rc = file_sync(fd, e)) != OK)
		return rc;
	STEP("maildir.rename");
	if (renameat(tmp, name, new, name) != 0)
		return err_set(
		    e, ERR_STOP, "'%s' cannot be moved to new: %s", name, strerror(errno));
	return file_sync(new, e);
}

/* The address is safe for a command already; a folder's name is lower case and has neither
 * slash nor leading dot. */
static void
folder_of(struct buf *out, const struct post *p, const char *recipient)
{
	buf_text(out, p->path);
	if (!p->per_recipient)
		return;
	buf_char(out, '/');
	for (size_t i = 0; recipient[i]; i++) {
		char c = recipient[i];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		buf_char(out, c == '/' || (c == '.' && i == 0) ? '_' : c);
	}
}

static int
deliver(const struct post *p, const char *recipient, const char *name, struct bytes mail,
    struct err *e)
{
	static const char *const parts[] = { "tmp", "new", "cur" };
	AUTO(file_close) int tmp = -1;
	AUTO(file_close) int new = -1;
	AUTO(file_close) int cur = -1;
	int *const dirs[] = { &tmp, &new, &cur };
	AUTO(buf_free) struct buf folder = { 0 };
	int rc;

	folder_of(&folder, p, recipient);
	for (size_t i = 0; i < COUNT(parts); i++) {
		AUTO(buf_free) struct buf path = { 0 };

		buf_printf(&path, "%s/%s", folder.at, parts[i]);
		if ((rc = file_directory(dirs[i], path.at, true, e)) != OK)
			return rc;
	}
	return was_read(cur, name) ? OK : lay(tmp, new, name, mail, e);
}

static enum sent
maildir_send(struct post *p, const char *recipient, const char *message_id, struct bytes mail,
    char answer[256], struct err *e)
{
	char digest[DIGEST_HEX], name[NAME_DIGITS + sizeof(".giamsat")];

	if (!address_safe(bytes_of(recipient))) {
		memcpy(answer, "not an address", sizeof("not an address"));
		return SENT_PERMANENT;
	}
	digest_of(digest, bytes_of(message_id));
	(void)snprintf(
	    name, sizeof(name), "%.*s.giamsat", NAME_DIGITS, digest); /* fits by its size */
	if (deliver(p, recipient, name, mail, e) != OK) {
		(void)snprintf(answer, 256, "%.255s", e->text); /* cut when longer */
		/* A recipient's own folder is that letter's trouble, the top is everybody's. */
		return p->per_recipient && access(p->path, W_OK | X_OK) == 0 ? SENT_TEMPORARY
									     : SENT_AWAY;
	}
	(void)snprintf(answer, 256, "new/%s", name);
	return SENT_OK;
}

static const char *
maildir_mistake(const struct post_settings *s)
{
	return s->path && s->path[0] == '/' ? NULL : "post of kind \"maildir\" needs a path";
}

const struct post_kind post_maildir = { .name = "maildir",
	.open = maildir_open,
	.send = maildir_send,
	.close = maildir_close,
	.mistake = maildir_mistake };
