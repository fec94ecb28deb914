/* What a reader of workbooks says, as one text that a test can compare. */
#ifndef TESTS_INGEST_SEEN_H
#define TESTS_INGEST_SEEN_H

#include <stdio.h>

#include "base/buf.h"
#include "ingest/table.h"

/*
 * "= name" a sheet; "1[a][b]" a row, before each text what it is: "#" number, "%" percent, "@"
 * date, "&" time, "|" boolean, "!" error, "?" never calculated, "^" covered; "! word row:field"
 * unreadable, ". word row:field" an information, "$ name=value" a property, "~ word row:field"
 * a warning, "> word row:field" an encoding.
 */
static inline int
seen_sheet(void *self, struct bytes name, struct err *e)
{
	(void)e;
	buf_printf(self, "= %.*s\n", BYTES_ARG(name));
	return OK;
}

static inline int
seen_row(void *self, const struct row *row, struct err *e)
{
	static const char marks[] = "\0#%@&|!?^";

	(void)e;
	buf_printf(self, "%u", row->number);
	for (uint32_t i = 0; i < row->count; i++) {
		char mark[2] = { marks[row_native(row, i)], '\0' };

		buf_printf(self, "[%s%.*s]", mark, BYTES_ARG(row->cells[i]));
	}
	buf_char(self, '\n');
	return OK;
}

static inline int
seen_note(void *self, const struct note *note, struct err *e)
{
	(void)e;
	if (note->kind == NOTE_PROPERTY)
		buf_printf(self, "$ %.*s\n", BYTES_ARG(note->text));
	else
		buf_printf(self, "%c %.*s %u:%u\n", ">!~."[note->kind], BYTES_ARG(note->text),
		    note -> row, note -> field);
	return OK;
}

static inline struct table_sink
seen_sink(struct buf *out)
{
	return (struct table_sink){
		.self = out, .sheet = seen_sheet, .row = seen_row, .note = seen_note
	};
}

#endif
