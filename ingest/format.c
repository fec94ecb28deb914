/*
 * Why: one call reads a part whatever it is, and every kind of table is found by asking a list.
 */
#include "ingest/format.h"

#include <stdint.h>
#include <sys/mman.h>

#define X(name) &format_##name,
static const struct format *const formats[] = { FORMATS };
#undef X

void
table_passed(const struct table_input *in, const char *at)
{
	size_t len = (size_t)(at - in->body.at) / TABLE_SLICE * TABLE_SLICE;

	/* Where that fails they stay. A file begins at a page's beginning; so does each slice.
	 */
	if (in->mapped && len > 0)
		(void)madvise((void *)(uintptr_t)in->body.at, len, MADV_DONTNEED);
}

static const struct format *
format_of(const struct table_input *in)
{
	for (size_t i = 0; i < COUNT(formats); i++)
		if (formats[i]->claims(in))
			return formats[i];
	return NULL;
}

bool
format_claims(const struct table_input *in)
{
	return format_of(in) != NULL;
}

int
format_read(const struct table_input *in, struct table_sink *sink, struct err *e)
{
	const struct format *format = format_of(in);
	const char *word;

	if (format)
		return format->read(in, sink, e);
	word = format_seems(in->body);
	return table_unreadable(sink, word ? word : "binary", 0, 0, e);
}
