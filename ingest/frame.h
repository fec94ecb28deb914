#ifndef INGEST_FRAME_H
#define INGEST_FRAME_H

#include "ingest/message.h"
#include "ingest/table.h"

/*
 * What the reader child tells its parent, one way, over a pipe: frames of type (1 byte), length (4, little endian),
 * payload. The parent believes none of it: lengths, counts, order, UTF-8 and ceilings are checked again.
 *
 *	envelope?  ( part ( sheet row* | note )* part-end )*  end
 */
enum event_kind { EVENT_ENVELOPE, EVENT_PART, EVENT_SHEET, EVENT_ROW, EVENT_NOTE, EVENT_PART_END, EVENT_END };

struct part_facts {
	struct bytes name, type;
	uint64_t bytes;
	char sha256[65];
	bool is_inline;
	bool attachment;
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

#endif
