/* Why: out of memory is handled in one place, by ending; everybody else may rely on memory. */
#include "base/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
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

void
memory_large_pages(void *at, size_t size)
{
	const uintptr_t page = (uintptr_t)2 << 20;
	uintptr_t first = ((uintptr_t)at + page - 1) & ~(page - 1);
	uintptr_t end = ((uintptr_t)at + size) & ~(page - 1);

	if (end > first) /* a kernel without them goes on with small ones */
		(void)madvise((char *)at + (first - (uintptr_t)at), end - first, MADV_HUGEPAGE);
}
