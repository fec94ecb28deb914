/* Why: text and bytes of unknown length are gathered in one growing place. */
#include "base/buf.h"

#include <assert.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"

void
buf_free(struct buf *b)
{
	free(b->at);
	*b = (struct buf){ 0 };
}

char *
buf_reserve(struct buf *b, size_t more)
{
	size_t need = more < SIZE_MAX / 2 - b->len ? b->len + more + 1 : SIZE_MAX;

	if (need > b->room) {
		size_t room = b->room ? b->room : 64;

		while (room < need && room <= SIZE_MAX / 2)
			room *= 2;
		if (room < need)
			room = need; /* no memory for this: ends in memory_resize */
		b->at = memory_resize(b->at, room, 1);
		b->room = room;
	}
	return b->at + b->len;
}

void
buf_add(struct buf *b, struct bytes more)
{
	char *end = buf_reserve(b, more.len);

	if (more.len)
		memcpy(end, more.at, more.len);
	b->len += more.len;
	b->at[b->len] = '\0';
}

void
buf_text(struct buf *b, const char *text)
{
	buf_add(b, bytes_of(text));
}

void
buf_char(struct buf *b, char c)
{
	*buf_reserve(b, 1) = c;
	b->at[++b->len] = '\0';
}

void
buf_printf(struct buf *b, const char *fmt, ...)
{
	va_list args;
	size_t room;
	int len;

	(void)buf_reserve(b, 64); /* for its side effect: most pieces then fit at once */
	room = b->room - b->len;
	va_start(args, fmt);
	len = vsnprintf(b->at + b->len, room, fmt, args);
	va_end(args);
	assert(len >= 0);
	if ((size_t)len >= room) {
		(void)buf_reserve(b, (size_t)len); /* as above */
		va_start(args, fmt);
		(void)vsnprintf(
		    b->at + b->len, (size_t)len + 1, fmt, args); /* the length is known */
		va_end(args);
	}
	b->len += (size_t)len;
}

void
buf_clear(struct buf *b)
{
	b->len = 0;
	if (b->at)
		b->at[0] = '\0';
}
