/* Why: libcsv cuts fields at full speed but has four traps; they are all closed here. */
#include "ingest/csv_cutter_int.h"

#include <stdlib.h>

#include "base/memory.h"

/* libcsv drops what it takes for blanks; cells are delivered as they were written. */
static int
no_blank(unsigned char c)
{
	(void)c;
	return 0;
}

/* The first piece of memory is all a field may have: growing it fails, which libcsv reports. */
static void *
only_once(void *old, size_t size)
{
	return old ? NULL : malloc(size);
}

void
csv_cutter_fail(struct csv_cutter *c, const char *word)
{
	struct csv_trouble here = { .word = word, .row = c->number + 1, .field = c->count + 1 };

	c->trouble = here;
	c->rc = err_set(c->e, ERR_INPUT, "row %u, field %u: %s", here.row, here.field, word);
}

void
csv_cutter_grow(struct csv_cutter *c)
{
	c->room = c->room ? 2 * c->room : 32;
	c->ends = memory_resize(c->ends, c->room, sizeof(*c->ends));
	c->cells = memory_resize(c->cells, c->room, sizeof(*c->cells));
}

static void
put_back(struct csv_cutter *c, char *at, size_t len)
{
	for (size_t i = 0; i < len; i++)
		switch ((unsigned char)at[i]) {
		case STAND_DELIMITER:
			at[i] = (char)c->delimiter;
			break;
		case STAND_QUOTE:
			at[i] = (char)c->quote;
			break;
		case STAND_CR:
			at[i] = '\r';
			break;
		case STAND_LF:
			at[i] = '\n';
			break;
		}
}

static void
on_field(void *at, size_t len, void *self)
{
	struct csv_cutter *c = self;
	const struct limits *limits = c->limits;

	if (c->rc)
		return;
	if (c->count == limits->columns) {
		csv_cutter_fail(c, "columns");
		return;
	}
	if (len > limits->field_bytes) {
		csv_cutter_fail(c, "field");
		return;
	}
	if (len > limits->row_bytes - c->text.len) {
		csv_cutter_fail(c, "row");
		return;
	}
	if (c->count == c->room)
		csv_cutter_grow(c);
	buf_add(&c->text, (struct bytes){ .at = at, .len = len });
	if (c->has_stand_ins)
		put_back(c, c->text.at + c->text.len - len, len);
	c->ends[c->count++] = c->text.len;
	c->after_cr = false;
}

void
csv_cutter_record(struct csv_cutter *c, int end)
{
	struct row record = { .cells = c->cells };

	if (end == '\n' && c->after_cr) { /* the second half of a CRLF */
		c->after_cr = false;
		return;
	}
	c->after_cr = end == '\r';
	if (c->number == UINT32_MAX - 1) {
		csv_cutter_fail(c, "rows");
		return;
	}
	record.number = ++c->number;
	record.count = c->count;
	if (c->count > 0)
		c->rc = c->sink.record(c->sink.self, &record, c->e);
	c->count = 0;
}

static void
on_record(int end, void *self)
{
	struct csv_cutter *c = self;
	size_t from = 0;

	if (c->rc)
		return;
	for (uint32_t i = 0; i < c->count; i++) {
		c->cells[i] =
		    (struct bytes){ .at = c->text.at + from, .len = c->ends[i] - from };
		from = c->ends[i];
	}
	csv_cutter_record(c, end);
	buf_clear(&c->text);
}

void
csv_cutter_open(struct csv_cutter *c, unsigned char delimiter, unsigned char quote,
    uint32_t first, const struct limits *limits, const struct csv_sink *sink)
{
	*c = (struct csv_cutter){ .limits = limits,
		.sink = *sink,
		.delimiter = delimiter,
		.quote = quote,
		.number = first - 1 };
	csv_plain_stops(c->stops, delimiter, quote);
	/* Every CR and LF outside quotes is told: only so are blank lines counted. */
	if (csv_init(&c->csv, CSV_REPALL_NL) != 0)
		abort(); /* it cannot fail with a parser to set up */
	csv_set_delim(&c->csv, delimiter);
	csv_set_quote(&c->csv, quote);
	csv_set_space_func(&c->csv, no_blank);
	csv_set_realloc_func(&c->csv, only_once);
	/*
	 * One byte more for the closing quote, which it stores first, and one that tells "too
	 * long" from "just fits".
	 */
	csv_set_blk_size(&c->csv, limits->field_bytes + 2);
}

void
csv_cutter_close(struct csv_cutter *c)
{
	csv_free(&c->csv);
	buf_free(&c->text);
	free(c->ends);
	free(c->cells);
}

void
csv_cutter_give(struct csv_cutter *c, struct bytes piece)
{
	if (piece.len == 0 || c->rc)
		return;
	if (csv_parse(&c->csv, piece.at, piece.len, on_field, on_record, c) != piece.len &&
	    !c->rc)
		csv_cutter_fail(c, "field"); /* its only piece of memory is full */
}

void
csv_cutter_end(struct csv_cutter *c)
{
	if (!c->rc)
		(void)csv_fini(&c->csv, on_field, on_record, c); /* fails in strict mode only */
}
