#ifndef INGEST_CSV_INT_H
#define INGEST_CSV_INT_H

#include "ingest/format.h"

/*
 * What records go to: one cell at least, each after the other in one piece of memory. Cells are
 * as written: not yet composed, and they may hold control bytes.
 */
struct csv_sink {
	void *self;
	int (*record)(void *self, const struct row *record, struct err *e);
	/* Text after a closing quote, as in "a"b: read as Excel shows it (ab). */
	int (*stray)(void *self, uint32_t row, uint32_t field, struct err *e);
};

/* Where and why a text cannot be read on. */
struct csv_trouble {
	const char *word; /* of NOTE_UNREADABLE */
	uint32_t row, field;
};

struct csv_reader;

/*
 * The dialect must say its delimiter. Records are numbered from first on; blank ones are
 * counted and not delivered.
 */
struct csv_reader *csv_reader_new(const struct csv_dialect *how, uint32_t first,
    const struct limits *limits, const struct csv_sink *sink);
void csv_reader_free(struct csv_reader **r);
/*
 * More of the text: valid UTF-8 but for NUL. ERR_INPUT with a trouble: unreadable; others are
 * the sink's.
 */
int csv_reader_feed(struct csv_reader *r, struct bytes piece, struct err *e) MUST_CHECK;
int csv_reader_end(struct csv_reader *r, struct err *e) MUST_CHECK;
/* NULL: none. */
const struct csv_trouble *csv_reader_trouble(const struct csv_reader *r);

/* How a text seems to be written, by its beginning. */
struct csv_guess {
	struct csv_dialect how;
	size_t skip; /* bytes of Excel's "sep=;" line with its end; 0: none */
};

/* window: the beginning of the text without its mark; whole: there is no more. */
void csv_guess(
    struct csv_guess *out, const struct table_input *in, struct bytes window, bool whole);

#endif
