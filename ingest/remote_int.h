#ifndef INGEST_REMOTE_INT_H
#define INGEST_REMOTE_INT_H

#include "ingest/source_int.h"

/* A file in a far folder, as the server tells it. */
struct remote_file {
	const char *name;
	uint64_t size;
	int64_t mtime_s; /* -1: not told */
};

struct remote_list {
	struct arena *arena; /* of the names */
	struct remote_file *files;
	size_t count;
	unsigned odd; /* lines that say nothing we understand */
};

void remote_list_free(struct remote_list *l);

/*
 * What sftp and ftps servers print like `ls -l`. Only lines that are beyond doubt regular files
 * are taken; their times are too coarse and left at -1. Folders, links and names that begin
 * with a blank or hold a slash or control character are passed over.
 */
void remote_read_ls(struct remote_list *out, struct bytes text);
/* A WebDAV answer (RFC 4918 §9.1). ERR_LATER: not well-formed, or of no end. */
int remote_read_dav(struct remote_list *out, struct bytes xml, struct err *e) MUST_CHECK;

/* The far folder over one connection. */
struct remote {
	struct wire *wire;
	enum { REMOTE_SFTP, REMOTE_FTPS, REMOTE_DAV } kind;
	struct buf base; /* URL of the folder, with a slash at its end */
	struct buf path; /* its path on the server, decoded, with a slash at its end */
};

int remote_open(struct remote *out, const struct source_settings *s, struct err *e) MUST_CHECK;
void remote_close(struct remote *r);

int remote_list(struct remote_list *out, struct remote *r, struct err *e) MUST_CHECK;
/* Asks for the file again: *there false when it is gone. Fills size and mtime_s where the
 * server tells them. */
int remote_look(bool *there, struct remote_file *f, struct remote *r, struct err *e) MUST_CHECK;
/* add: not OK stops the transfer with that code. */
int remote_get(struct remote *r, const char *name, void *self,
    int (*add)(void *self, struct bytes more, struct err *e), struct err *e) MUST_CHECK;
/* Into a folder below (made when missing) under another name; folder NULL: removed. */
int remote_put_aside(struct remote *r, const char *name, const char *folder,
    const char *new_name, struct err *e) MUST_CHECK;

#endif
