/* What commands share: how they fail and how they take words. */
#include "cron/command.h"

#include <stdarg.h>
#include <string.h>

int
command_failed(const struct err *e, int exit_for_stop)
{
	fprintf(stderr, "giamsat: %s\n", e->text);
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
