/*
 * Why: what is read from one message is taken piece by piece and forgotten at once, without a
 * free for each.
 */
#include "base/arena.h"

#include <assert.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"

#define BLOCK_FIRST ((size_t)16 << 10)
#define BLOCK_MOST  ((size_t)1 << 20)
#define LARGE       ((size_t)4 << 20)
#define MORE_FIRST  ((size_t)16)

/*
 * What a reset keeps. One huge mail must not make the process large for the rest of the night:
 * a fork costs by the size of the parent. The sanitized flavour keeps nothing, so that a use
 * after reset is seen.
 */
#ifdef GIAMSAT_SANITIZED
#define KEEP ((size_t)0)
#else
#define KEEP ((size_t)4 << 20)
#endif

struct block {
	struct block *next;
	size_t room, used;
	bool zeroed; /* what is not used yet */
	alignas(max_align_t) char data[];
};

struct arena {
	struct block *full;  /* used up, or made for one large piece */
	struct block *spare; /* empty, kept by a reset */
	struct block *now;
	size_t used;
	size_t next_room;
};

struct arena *
arena_new(void)
{
	struct arena *a = memory_new(sizeof(*a));

	a->next_room = BLOCK_FIRST;
	return a;
}

static void
blocks_free(struct block *b)
{
	struct block *next;

	for (; b; b = next) {
		next = b->next;
		free(b);
	}
}

void
arena_free(struct arena **a)
{
	if (!*a)
		return;
	blocks_free((*a)->full);
	blocks_free((*a)->spare);
	blocks_free((*a)->now);
	free(*a);
	*a = NULL;
}

static struct block *
block_new(size_t room)
{
	bool large = room >= LARGE; /* fresh from the kernel: zeroed for nothing */
	struct block *b =
	    large ? memory_new(sizeof(*b) + room) : memory_resize(NULL, 1, sizeof(*b) + room);

	if (large)
		memory_large_pages(b, sizeof(*b) + room);
	*b = (struct block){ .room = room, .zeroed = large };
	return b;
}

/* The first kept block that is large enough, or NULL. */
static struct block *
spare_take(struct arena *a, size_t size)
{
	for (struct block **at = &a->spare; *at; at = &(*at)->next) {
		struct block *b = *at;

		if (b->room >= size) {
			*at = b->next;
			b->next = NULL;
			return b;
		}
	}
	return NULL;
}

/*
 * A block with room for size; a large piece gets one to itself and the current one stays in
 * use.
 */
static struct block *
block_for(struct arena *a, size_t size)
{
	struct block *b;

	if (a->now && a->now->room - a->now->used >= size)
		return a->now;
	b = spare_take(a, size);
	if (!b && size > BLOCK_MOST / 4) {
		b = block_new(size);
		b->next = a->full;
		a->full = b;
		return b;
	}
	if (!b) {
		while (a->next_room < size)
			a->next_room *= 2;
		b = block_new(a->next_room);
		if (a->next_room < BLOCK_MOST)
			a->next_room *= 2;
	}
	if (a->now) {
		a->now->next = a->full;
		a->full = a->now;
	}
	a->now = b;
	return b;
}

/* Zeroed only where *zeroed says so; NULL: no matter. */
static void *
take(struct arena *a, size_t size, bool *zeroed)
{
	const size_t align = alignof(max_align_t);
	struct block *b;
	void *p;

	if (size > SIZE_MAX / 2)
		size = SIZE_MAX / 2; /* no memory for this: ends in memory_resize */
	size = (size + align - 1) / align * align;
	b = block_for(a, size);
	p = b->data + b->used;
	b->used += size;
	a->used += size;
	if (zeroed)
		*zeroed = b->zeroed;
	return p;
}

void *
arena_take(struct arena *a, size_t size)
{
	bool zeroed;
	void *p = take(a, size, &zeroed);

	return zeroed ? p : memset(p, 0, size);
}

void *
arena_array(struct arena *a, size_t count, size_t size)
{
	if (size && count > SIZE_MAX / 2 / size)
		return take(a, SIZE_MAX, NULL); /* ends the program */
	return arena_take(a, count * size);
}

void *
arena_more(struct arena *a, void *list, size_t count, size_t size)
{
	void *more;

	if (count != 0 && (count < MORE_FIRST || (count & (count - 1)) != 0))
		return list;
	more = arena_array(a, count ? 2 * count : MORE_FIRST, size);
	if (count)
		memcpy(more, list, count * size);
	return more;
}

char *
arena_text(struct arena *a, struct bytes b)
{
	char *p = take(a, b.len + 1, NULL);

	if (b.len)
		memcpy(p, b.at, b.len);
	p[b.len] = '\0';
	return p;
}

struct bytes
arena_bytes(struct arena *a, struct bytes b)
{
	return (struct bytes){ .at = arena_text(a, b), .len = b.len };
}

char *
arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list args;
	char *p;
	int len;

	va_start(args, fmt);
	len = vsnprintf(NULL, 0, fmt, args);
	va_end(args);
	assert(len >= 0);
	p = take(a, (size_t)len + 1, NULL);
	va_start(args, fmt);
	(void)vsnprintf(p, (size_t)len + 1, fmt, args); /* the length is known */
	va_end(args);
	return p;
}

/*
 * Moves the blocks of a list to the spare ones while kept stays under KEEP; frees the others.
 */
static size_t
keep(struct arena *a, struct block *b, size_t kept)
{
	struct block *next;

	for (; b; b = next) {
		next = b->next;
		if (b->room > KEEP || kept > KEEP - b->room) {
			free(b);
			continue;
		}
		kept += b->room;
		b->used = 0;
		b->zeroed = false;
		b->next = a->spare;
		a->spare = b;
	}
	return kept;
}

void
arena_reset(struct arena *a)
{
	struct block *now = a->now, *spare = a->spare, *full = a->full;
	size_t kept;

	a->now = a->spare = a->full = NULL;
	a->used = 0;
	kept = keep(a, now, 0);
	kept = keep(a, spare, kept);
	(void)keep(a, full, kept); /* the sum is of no further use */
}

size_t
arena_used(const struct arena *a)
{
	return a->used;
}
