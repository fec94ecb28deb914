/* Why: every reader of tables says in one way where a cell is and that a part is unreadable. */
#include "ingest/table.h"

#include <stdio.h>

void
cell_name(char out[16], uint32_t row, uint32_t column)
{
	char letters[8];
	size_t at = sizeof(letters) - 1;

	letters[at] = '\0';
	/* Digits from 1 to 26: there is no letter for nothing, so AA follows Z. */
	for (uint32_t rest = column; rest > 0; rest = (rest - 1) / 26)
		letters[--at] = (char)('A' + (rest - 1) % 26);
	snprintf(out, 16, "%s%u", letters + at, row);
}

enum native
row_native(const struct row *row, uint32_t i)
{
	return row->natives ? (enum native)row->natives[i] : NATIVE_TEXT;
}

int
table_unreadable(
    struct table_sink *sink, const char *word, uint32_t row, uint32_t field, struct err *e)
{
	struct note note = {
		.kind = NOTE_UNREADABLE, .text = bytes_of(word), .row = row, .field = field
	};

	return sink->note(sink->self, &note, e);
}

const char *
table_control(struct bytes text)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.at[i];

		if (c < ' ' && c != '\t' && c != '\n' && c != '\r')
			return c ? "control" : "nul";
	}
	return NULL;
}
