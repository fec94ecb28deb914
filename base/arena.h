#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/attr.h"
#include "base/bytes.h"

/* Memory that lives and goes together: one per message, one per run. Out of memory ends the
 * program. */
struct arena;

struct arena *arena_new(void);
void arena_free(struct arena **a);
/* Zeroed, aligned for any type. Never NULL. */
void *arena_take(struct arena *a, size_t size);
/* count * size with the product checked. */
void *arena_array(struct arena *a, size_t count, size_t size);
/*
 * The list of count items with room for one more: itself, or a copy that is twice as long. Only
 * for lists that this alone made, from a count of 0 on.
 */
void *arena_more(struct arena *a, void *list, size_t count, size_t size);
/* A NUL-terminated copy. */
char *arena_text(struct arena *a, struct bytes b);
/* A copy; one NUL follows it in memory. */
struct bytes arena_bytes(struct arena *a, struct bytes b);
char *arena_printf(struct arena *a, const char *fmt, ...) FORMAT(2, 3);
/* Forgets everything taken but keeps up to 4 MiB of the memory for the next message. */
void arena_reset(struct arena *a);
/* Bytes handed out since new or reset. */
size_t arena_used(const struct arena *a);

#endif
