#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

#include <stddef.h>

/*
 * malloc that never fails: out of memory ends the program (exit 71, EX_OSERR) and cron starts
 * it again. For handles and growing arrays; what belongs to a message lives in its arena.
 */

/* Zeroed; free with free(). */
void *memory_new(size_t size);
/* realloc to count * size with the product checked; new bytes are not zeroed. */
void *memory_resize(void *old, size_t count, size_t size);
/* A copy of the text; NULL gives NULL. */
char *memory_text(const char *text);

/* Asks for large pages where so much (megabytes) is looked at here and there. */
void memory_large_pages(void *at, size_t size);

#endif
