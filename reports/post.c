/* Why: settings name a way to send letters, and the rest of the program need not know which
 * ways there are. */
#include "reports/post.h"

#include <string.h>

static const struct post_kind *const kinds[] = {
#define X(name) &post_##name,
	POSTS
#undef X
};

const struct post_kind *
post_find(const char *kind)
{
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (kind && strcmp(kinds[i]->name, kind) == 0)
			return kinds[i];
	return NULL;
}
