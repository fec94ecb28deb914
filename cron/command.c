/* What commands share: how they fail and how they take words. */
#include "cron/command.h"

#include <assert.h>
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

int
command_failed(const struct err *e, int exit_for_stop)
{
	fprintf(stderr, "giamsat: %s\n", e->text);
	return command_exit(e, exit_for_stop);
}

int
command_exit(const struct err *e, int exit_for_stop)
{
	switch (e->code) {
	case ERR_LATER:
		return EXIT_LATER;
	case ERR_INPUT:
		return EXIT_UNREADABLE;
	default:
		return exit_for_stop;
	}
}

int
command_misused(const struct options *o, const char *fmt, ...)
{
	va_list list;

	fprintf(stderr, "giamsat %s: ", o->argv[0]);
	va_start(list, fmt);
	vfprintf(stderr, fmt, list);
	va_end(list);
	fprintf(stderr, "; see giamsat %s --help\n", o->argv[0]);
	return EXIT_WRONG_USE;
}

bool
command_value(const char **value, const struct options *o, int *i, const char *name)
{
	const char *word = o->argv[*i];
	size_t len = strlen(name);

	if (strncmp(word, name, len) != 0)
		return false;
	if (word[len] == '=' && name[1] == '-') {
		*value = word + len + 1;
		return true;
	}
	if (word[len] != '\0')
		return false;
	*value = NULL;
	if (*i + 1 < o->argc)
		*value = o->argv[++*i];
	return true;
}

int
command_year(const char *word)
{
	char *end;

	errno = 0;
	long year = strtol(word, &end, 10);
	return errno == 0 && end != word && *end == '\0' && year >= 1900 && year <= 9999
	    ? (int)year
	    : 0;
}

json_t *
command_text(struct arena *a, struct bytes text)
{
	AUTO(buf_free) struct buf quoted = { 0 };

	if (text_valid(text))
		return json_stringn(text.at != NULL ? text.at : "", text.len);
	text_quote(&quoted, text, text.len * 4);
	struct bytes kept = arena_bytes(a, buf_bytes(&quoted));
	return json_stringn(kept.at, kept.len);
}

void
command_json(json_t *line)
{
	/* Only text that is no UTF-8 makes a line fail, and command_text sees to that. */
	assert(line != NULL);
	json_dumpf(line, stdout, JSON_COMPACT);
	putchar('\n');
	json_decref(line);
}
