/*
 * Why: libconfig 1.5 cuts a number to 32 bits unless it ends in L, and says nothing: 5 GiB
 * becomes 1 GiB.
 */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/conf_int.h"

static void
file_drop(FILE **f)
{
	if (*f)
		(void)fclose(*f); /* only read from */
}

static void
line_drop(char **line)
{
	free(*line);
}

/* The number after "name =" in the line; false when there is none. */
static bool
number_after(int64_t *out, const char *line, const char *name)
{
	size_t len = strlen(name);
	const char *at = line;
	char *end;

	for (; (at = strstr(at, name)); at += len) {
		const char *value = at + len + strspn(at + len, " \t");

		if ((at > line && (isalnum((unsigned char)at[-1]) || strchr("_-*", at[-1]))) ||
		    (*value != '=' && *value != ':'))
			continue;
		errno = 0;
		*out = strtoll(value + 1, &end, 10);
		if (end > value + 1 && errno == 0)
			return true;
	}
	return false;
}

int64_t
conf_number(const struct conf *c, const config_setting_t *s)
{
	const char *file = config_setting_source_file(s), *name = config_setting_name(s);
	AUTO(file_drop) FILE *f = NULL;
	AUTO(line_drop) char *line = NULL;
	int64_t value = config_setting_get_int64(s), written;
	size_t room = 0;

	if (config_setting_type(s) == CONFIG_TYPE_INT64 || !name)
		return value;
	f = fopen(file ? file : c->file, "re");
	for (unsigned n = 0; f && n < config_setting_source_line(s); n++)
		if (getline(&line, &room, f) < 0)
			return value;
	/* It is the same number if it is the same in its low 32 bits. */
	if (line && number_after(&written, line, name) && (uint32_t)written == (uint32_t)value)
		return written;
	return value;
}
