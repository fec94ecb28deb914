#ifndef INGEST_FRAME_H
#define INGEST_FRAME_H

#include "base/buf.h"
#include "ingest/limits.h"
#include "ingest/message.h"
#include "ingest/table.h"

/*
 * What the reader child tells its parent, one way, over a pipe: frames of type (1 byte), length
 * (4, little endian), payload. The parent believes none of it: lengths, counts, order, UTF-8
 * and ceilings are checked again.
 *
 *	envelope?  ( part ( note | sheet ( row | note )* )* part-end )*  end
 *
 * A mail begins with its envelope, a bare file has none. A part that holds others (a ZIP, a
 * winmail.dat) comes first and is followed by those it holds; it has no sheets, but a note when
 * it cannot be opened. A part without a name that is no attachment is a mail's own text, with a
 * note of what it offers instead of a table. Instead of any frame may come a refusal, which
 * ends it all.
 */
enum event_kind {
	EVENT_ENVELOPE,
	EVENT_PART,
	EVENT_SHEET,
	EVENT_ROW,
	EVENT_NOTE,
	EVENT_PART_END,
	EVENT_END,
};

struct part_facts {
	struct bytes name, type;
	uint64_t bytes;
	char sha256[65];
	bool is_inline;
	bool attachment;
	bool holds;   /* files; those that are named within it follow it */
	bool is_held; /* by the last one that holds files */
};

struct event {
	enum event_kind kind;
	union {
		struct envelope envelope;
		struct part_facts part;
		struct bytes sheet;
		struct row row;
		struct note note;
	};
};

/*
 * The child's side. Gathers frames and writes them in large pieces; ERR_LATER: the parent is
 * gone.
 */
struct frame_writer {
	int fd;
	struct buf out;
};

int frame_envelope(
    struct frame_writer *w, const struct envelope *env, struct err *e) MUST_CHECK;
int frame_part(struct frame_writer *w, const struct part_facts *part, struct err *e) MUST_CHECK;
int frame_sheet(struct frame_writer *w, struct bytes name, struct err *e) MUST_CHECK;
int frame_row(struct frame_writer *w, const struct row *row, struct err *e) MUST_CHECK;
int frame_note(struct frame_writer *w, const struct note *note, struct err *e) MUST_CHECK;
int frame_part_end(struct frame_writer *w, struct err *e) MUST_CHECK;
/*
 * The last frame; both send what was gathered. A refusal is the sentence why nothing of this
 * message is to be read.
 */
int frame_end(struct frame_writer *w, struct err *e) MUST_CHECK;
int frame_refusal(struct frame_writer *w, const char *sentence, struct err *e) MUST_CHECK;

/* The parent's side: pure. */
struct frame_reader;

struct frame_reader *frame_reader_new(bool mail, const struct limits *limits);
void frame_reader_free(struct frame_reader **r);
/*
 * The frame at the start of bytes; *used is its length, 0 when bytes do not hold it wholly yet
 * (*need, always more than bytes.len, says how many would). The event borrows from bytes and,
 * until the next call, from r; an envelope until r is freed. ERR_INPUT: nonsense, a ceiling
 * passed, or the refusal's sentence; nothing may follow.
 */
int frame_read(struct event *out, size_t *used, size_t *need, struct frame_reader *r,
    struct bytes bytes, struct err *e) MUST_CHECK;

#endif
