/* What a reader that hostile bytes have taken over may say to its parent. */
#include <stdlib.h>

#include "base/text.h"
#include "ingest/frame.h"
#include "tests/fuzz/fuzz.h"

static void
must_be_text(struct bytes b)
{
	if (!text_valid(b))
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *at, size_t len)
{
	static const struct limits usual = LIMITS_DEFAULT;
	bool mail = len > 0 && at[0] & 1;
	AUTO(frame_reader_free) struct frame_reader *r = frame_reader_new(mail, &usual);
	struct bytes rest = { .at = (const char *)at + (len > 0), .len = len - (len > 0) };
	struct event event;
	struct err e;
	size_t used = 1, need;

	while (used > 0 && frame_read(&event, &used, &need, r, rest, &e) == OK) {
		if (used > 0 && event.kind == EVENT_ROW)
			for (uint32_t i = 0; i < event.row.count; i++)
				must_be_text(event.row.cells[i]);
		if (used > 0 && event.kind == EVENT_PART)
			must_be_text(event.part.name);
		rest = bytes_slice(rest, used, rest.len);
	}
	return 0;
}
