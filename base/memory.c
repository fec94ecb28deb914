/* Why: out of memory is handled in one place, by ending; everybody else may rely on memory. */
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

static _Noreturn void
end(void)
{
	static const char why[] = "giamsat: out of memory\n";
	ssize_t ignored = write(STDERR_FILENO, why, sizeof(why) - 1);

	(void)ignored; /* the program ends with or without its last words */
	_exit(EX_OSERR);
}

void *
memory_new(size_t size)
{
	void *p = calloc(1, size ? size : 1);

	if (!p)
		end();
	return p;
}

void *
memory_resize(void *old, size_t count, size_t size)
{
	void *p = reallocarray(old, count ? count : 1, size ? size : 1);

	if (!p)
		end();
	return p;
}

char *
memory_text(const char *text)
{
	char *copy;

	if (!text)
		return NULL;
	copy = strdup(text);
	if (!copy)
		end();
	return copy;
}
