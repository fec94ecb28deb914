/* Reading a body as the jailed reader does, for tests that compare what is said of it. */
#ifndef TESTS_INGEST_READ_AS_H
#define TESTS_INGEST_READ_AS_H

#include "ingest/format.h"
#include "tests/ingest/seen.h"

/* What seen.h makes of it, in the place of what was in out. */
static inline void
read_body(struct buf *out, struct bytes body)
{
	static const struct limits usual = LIMITS_DEFAULT;
	struct table_sink sink = seen_sink(out);
	struct table_input in = { .body = body, .limits = &usual };
	struct err e;

	buf_clear(out);
	buf_text(out, "");
	assert_int_equal(format_read(&in, &sink, &e), OK);
}

static inline void
gives(const char *what, struct bytes body, const char *expected)
{
	AUTO(buf_free) struct buf out = { 0 };

	read_body(&out, body);
	if (strcmp(out.at, expected) != 0)
		fail_msg("%s: got\n%s", what, out.at);
}

#endif
