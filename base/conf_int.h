#ifndef BASE_CONF_INT_H
#define BASE_CONF_INT_H

#include <libconfig.h>

#include "base/conf.h"

struct mistake {
	const char *file;
	unsigned line;
	size_t order; /* of arrival, to keep it within a line */
	const char *text;
};

/*
 * A path that was asked for and is not there: what an unknown setting may have been meant to
 * be.
 */
struct asked {
	struct asked *next;
	const char *path;
};

struct conf {
	config_t config; /* a setting's hook is set when it was asked for */
	struct arena *arena;
	const char *file, *folder;
	bool broken; /* by a syntax error */
	struct mistake *mistakes;
	size_t count;
	struct asked *absent;
};

/* at NULL: the whole file. text lives in the arena. */
void conf_add(struct conf *c, const config_setting_t *at, const char *text);

/* The whole number as it is written in the file. */
int64_t conf_number(const struct conf *c, const config_setting_t *s);

#endif
