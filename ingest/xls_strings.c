/*
 * Why: a workbook keeps each text once, in one long record; a list of where they begin would be
 * larger than the file, so only each sixteenth is marked.
 */
#include "ingest/xls_int.h"

#include <stdlib.h>

#include "base/memory.h"

#define STRIDE 8

struct xls_mark {
	uint32_t at, left;
};

void
xls_strings_free(struct xls_strings *s)
{
	free(s->marks);
	*s = (struct xls_strings){ 0 };
}

static void
mark(struct xls_strings *s, const struct xls_cursor *c)
{
	size_t i = s->count / STRIDE;

	if (i == s->room) {
		s->room = s->room ? 2 * s->room : 64;
		s->marks = memory_resize(s->marks, s->room, sizeof(*s->marks));
	}
	s->marks[i] = (struct xls_mark){ .at = (uint32_t)c->at, .left = (uint32_t)c->left };
}

const char *
xls_strings_read(struct xls_strings *s, struct ole_stream *stream, const struct xls_record *sst)
{
	struct xls_cursor c = xls_cursor_in(stream, sst, 4);
	unsigned count;

	s->stream = stream;
	/* The count is the file's word: how far it is true shows as the texts are walked. */
	if (s->count > 0 || !xls_take_number(&count, &c, 4))
		return "damaged";
	for (; s->count < count; s->count++) {
		if (s->count % STRIDE == 0)
			mark(s, &c);
		if (!xls_text_take(NULL, &c, 2))
			return "damaged";
	}
	return NULL;
}

bool
xls_strings_text(struct xls_text *t, const struct xls_strings *s, unsigned i)
{
	struct xls_cursor c;

	if (i >= s->count)
		return false;
	c = (struct xls_cursor){ .stream = s->stream,
		.at = s->marks[i / STRIDE].at,
		.left = s->marks[i / STRIDE].left };
	for (unsigned skip = i % STRIDE; skip > 0; skip--)
		if (!xls_text_take(NULL, &c, 2))
			return false;
	return xls_text_take(t, &c, 2);
}
