/* What came out of a container as one text. */
#ifndef TESTS_INGEST_UNPACKED_H
#define TESTS_INGEST_UNPACKED_H

#include "base/buf.h"
#include "ingest/unpack.h"

/* "name=body;", "name!word;", "!word" of the container; "~" in front of what the text shows. */
static inline int
unpacked_file(void *self, const struct unpacked *file, struct err *e)
{
	struct buf *out = self;

	(void)e;
	buf_printf(out, "%s%.*s", file->embedded ? "~" : "", BYTES_ARG(file->name));
	if (file->unreadable)
		buf_printf(out, "!%s;", file->unreadable);
	else
		buf_printf(out, "=%.*s;", BYTES_ARG(file->body));
	return OK;
}

static inline int
unpacked_trouble(void *self, const char *word, struct err *e)
{
	(void)e;
	buf_printf(self, "!%s", word);
	return OK;
}

static inline void
unpacked_tell(struct buf *out, struct bytes body, const char *name, const struct limits *limits,
    uint64_t *left)
{
	const struct container *c = container_of(body);
	const struct unpack_sink sink = {
		.self = out, .file = unpacked_file, .trouble = unpacked_trouble
	};
	const struct unpack_input in = {
		.body = body, .name = bytes_of(name), .limits = limits, .left = left
	};
	struct err e;

	buf_text(out, "");
	if (!c || c->unpack(&in, &sink, &e) != OK)
		buf_text(out, "?");
}

#endif
