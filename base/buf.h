#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "base/attr.h"
#include "base/bytes.h"

/*
 * Bytes that grow. All zero is an empty one: struct buf b = { 0 }. A NUL follows the bytes once
 * something was added. Out of memory ends the program; callers keep their own ceilings.
 */
struct buf {
	char *at;
	size_t len, room;
};

void buf_free(struct buf *b); /* for AUTO(buf_free) struct buf b = { 0 } */
void buf_add(struct buf *b, struct bytes more);
void buf_text(struct buf *b, const char *text);
void buf_char(struct buf *b, char c);
void buf_printf(struct buf *b, const char *fmt, ...) FORMAT(2, 3);
/* Room for more bytes at the end; the caller then adds to b->len what it wrote. */
char *buf_reserve(struct buf *b, size_t more);
void buf_clear(struct buf *b); /* len 0, memory kept */
static inline struct bytes
buf_bytes(const struct buf *b)
{
	return (struct bytes){ .at = b->at, .len = b->len };
}

#endif
