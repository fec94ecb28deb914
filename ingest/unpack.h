#ifndef INGEST_UNPACK_H
#define INGEST_UNPACK_H

#include "base/arena.h"
#include "base/bytes.h"
#include "base/err.h"
#include "ingest/limits.h"

/*
 * Files that hold files. To add a kind: a file that defines container_NAME, a signature of
 * format_seems with that name as its word, and X(NAME) here. Pure, and run in the jail.
 */
#define CONTAINERS X(zip) X(gzip) X(tnef)

/* A file out of a container. */
struct unpacked {
	struct bytes name; /* UTF-8 NFC without controls or folders, may be empty; data */
	struct bytes type; /* MIME type, lower case: as declared, else by the name; may be empty
	                    */
	struct bytes body;
	uint64_t bytes;         /* of the body; of an unreadable one as listed, 0: not known */
	bool embedded;          /* a picture that the text shows */
	const char *unreadable; /* a word of NOTE_UNREADABLE: there is no body; NULL */
};

struct unpack_sink {
	void *self;
	/* What it says lives until it returns. Not OK ends the unpacking with that code. */
	int (*file)(void *self, const struct unpacked *file, struct err *e);
	/* The container as a whole, or what follows in it, cannot be read. */
	int (*trouble)(void *self, const char *word, struct err *e);
};

struct unpack_input {
	struct bytes body, name;
	const struct limits *limits;
	uint64_t *left; /* bytes that may still be unpacked of this message; counted down */
};

struct container {
	const char *name; /* what format_seems calls it */
	/*
	 * What a mail program wraps attachments in without its user knowing: what it holds was
	 * attached itself.
	 */
	bool is_wrapping;
	/* ERR_* only from the sink. */
	int (*unpack)(
	    const struct unpack_input *in, const struct unpack_sink *sink, struct err *e);
};

#define X(name) extern const struct container container_##name;
CONTAINERS
#undef X

/* NULL: it holds no files. */
const struct container *container_of(struct bytes body);

/* ---- for containers ---- */

/* Names are cut to so many bytes, as those of a mail's parts are. */
#define UNPACK_NAME ((size_t)1024)

/* Behind the last slash of either kind. */
struct bytes unpack_base_name(struct bytes path);
/* By the name's ending, as mail programs call it; "application/octet-stream". */
struct bytes unpack_type(struct bytes name);

#endif
