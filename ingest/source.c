/* Why: the rest of the program knows sources only by name; this is the list. */
#include "ingest/source.h"

#include <assert.h>

static const struct source_kind *const kinds[] = {
#define X(name) &source_##name,
	SOURCES
#undef X
};

const struct source_kind *
source_find(const char *kind)
{
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (strcmp(kinds[i]->name, kind) == 0)
			return kinds[i];
	return NULL;
}

int
source_fetch(const struct source_settings *s, const struct limits *limits, struct intake *in,
    struct err *e)
{
	const struct source_kind *kind = source_find(s->kind);
	int rc;

	assert(kind); /* the settings were checked */
	rc = kind->fetch(s, limits, in, e);
	return rc == OK ? OK : err_at(e, "source '%s'", s->name);
}

int
source_settle(
    const struct source_settings *s, struct settlement *list, size_t count, struct err *e)
{
	const struct source_kind *kind = source_find(s->kind);
	int rc;

	assert(kind); /* as above */
	if (count == 0)
		return OK;
	rc = kind->settle(s, list, count, e);
	return rc == OK ? OK : err_at(e, "source '%s'", s->name);
}
