#ifndef INGEST_FRAME_INT_H
#define INGEST_FRAME_INT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"

/*
 * How frames lie on the pipe. Numbers are little endian; a text is its length (4 bytes) and its
 * bytes. A row is its number (4 bytes), the count of cells and the length of each as LEB128,
 * then all cells' bytes in one piece, so that the parent can check them as one text. A typed
 * row has one byte for each cell's enum native between lengths and text. A line is a row whose
 * text is one piece of a file: a separator of one byte stands between cells, and means nothing.
 */
enum frame_type {
	FRAME_ENVELOPE = 'M',
	FRAME_PART = 'P',
	FRAME_SHEET = 'S',
	FRAME_ROW = 'R',
	FRAME_TYPED_ROW = 'T',
	FRAME_LINE = 'L',
	FRAME_NOTE = 'N',
	FRAME_PART_END = 'p',
	FRAME_END = 'E',
	FRAME_REFUSAL = 'X',
};

#define FRAME_HEAD 5

/* Of a part. */
enum frame_part_flag {
	FRAME_INLINE = 1 << 0,
	FRAME_ATTACHMENT = 1 << 1,
	FRAME_HOLDS = 1 << 2,
	FRAME_HELD = 1 << 3,
	FRAME_PART_FLAGS = (1 << 4) - 1,
};

/* Ceilings that no setting changes. */
#define FRAME_SENTENCE ((size_t)2048)
#define FRAME_WORD     ((size_t)64)
#define FRAME_PROPERTY ((size_t)512)
#define FRAME_NAME     ((size_t)1024)
#define FRAME_NOTES    1024u
#define FRAME_SHEETS   4096u

/*
 * What of a payload was not taken yet; short, and empty, once more was asked for than is there.
 */
struct frame_cursor {
	struct bytes rest;
	bool is_short;
};

struct bytes frame_take(struct frame_cursor *c, size_t len);
uint64_t frame_take_number(struct frame_cursor *c, size_t width);
uint32_t frame_take_u32(struct frame_cursor *c);
struct bytes frame_take_text(struct frame_cursor *c);
/* LEB128 of at most 32 bits; more than that is as bad as too few bytes. */
uint32_t frame_take_short(struct frame_cursor *c);

/* Text that may stand in a line of a letter or a log: nothing in it can start another one. */
bool frame_plain(struct bytes text);
bool frame_plain_ascii(struct bytes text);
/* What notes have for a text, and parts for a digest. */
bool frame_word(struct bytes text);
bool frame_property(struct bytes text);
bool frame_digest(struct bytes text);

#endif
