/* Why: libcsv cuts fields at full speed, but what surrounds it decides whether row numbers and odd quotes come out right. */
#include "ingest/csv_int.h"

#include <assert.h>
#include <csv.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/memory.h"

/*
 * libcsv knows a delimiter and a quote. Everything else it gets rewritten: bytes that UTF-8 never
 * has (RFC 3629 §1) stand for those that an escape, or a quote in the wrong place, made mere text.
 */
enum stand_in { STAND_DELIMITER = 0xf8, STAND_QUOTE, STAND_CR, STAND_LF, STAND_NO_QUOTE };

/* What libcsv gets at a time: a record that ends the reading is noticed after so many bytes. */
#define SLICE ((size_t)64 << 10)

/* Up to IN_QUOTED libcsv reads on by itself; the others are ours. */
enum state { AT_RECORD, AT_FIELD, IN_FIELD, IN_QUOTED, CLOSED, IN_TAIL, ESCAPED, IN_COMMENT };

struct csv_reader {
	struct csv_parser csv;
	const struct limits *limits;
	struct csv_sink sink;
	struct err *e; /* of the call under way */
	int rc;	       /* not OK: over, callbacks do nothing any more */
	struct csv_trouble trouble;

	/* The record being read. */
	struct buf text;
	size_t *ends;	     /* of each cell in text */
	struct bytes *cells; /* as delivered */
	uint32_t count, room, number;
	bool after_cr;

	/* What stands before libcsv. */
	enum state state, back; /* back: where an escape returns to */
	unsigned char delimiter, quote, escape, comment;
	bool doubled, skip_blanks, rewrites, has_stand_ins;
	struct buf out;
};

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

static void
trouble(struct csv_reader *r, const char *word, uint32_t row, uint32_t field)
{
	r->trouble = (struct csv_trouble){ .word = word, .row = row, .field = field };
	r->rc = err_set(r->e, ERR_INPUT, "row %u, field %u: %s", row, field, word);
}

static void
put_back(struct csv_reader *r, char *at, size_t len)
{
	for (size_t i = 0; i < len; i++)
		switch ((unsigned char)at[i]) {
		case STAND_DELIMITER:
			at[i] = (char)r->delimiter;
			break;
		case STAND_QUOTE:
			at[i] = (char)r->quote;
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
	struct csv_reader *r = self;
	const struct limits *limits = r->limits;

	if (r->rc)
		return;
	if (r->count == limits->columns) {
		trouble(r, "columns", r->number + 1, r->count + 1);
		return;
	}
	if (len > limits->field_bytes) {
		trouble(r, "field", r->number + 1, r->count + 1);
		return;
	}
	if (len > limits->row_bytes - r->text.len) {
		trouble(r, "row", r->number + 1, r->count + 1);
		return;
	}
	if (r->count == r->room) {
		r->room = r->room ? 2 * r->room : 32;
		r->ends = memory_resize(r->ends, r->room, sizeof(*r->ends));
		r->cells = memory_resize(r->cells, r->room, sizeof(*r->cells));
	}
	buf_add(&r->text, (struct bytes){ .at = at, .len = len });
	if (r->has_stand_ins)
		put_back(r, r->text.at + r->text.len - len, len);
	r->ends[r->count++] = r->text.len;
	r->after_cr = false;
}

static void
on_record(int end, void *self)
{
	struct csv_reader *r = self;
	struct row record = { .cells = r->cells };
	size_t from = 0;

	if (r->rc)
		return;
	if (end == '\n' && r->after_cr) { /* the second half of a CRLF */
		r->after_cr = false;
		return;
	}
	r->after_cr = end == '\r';
	if (r->number == UINT32_MAX - 1) {
		trouble(r, "rows", r->number, 0);
		return;
	}
	record.number = ++r->number;
	record.count = r->count;
	if (r->count == 0)
		return;
	for (uint32_t i = 0; i < r->count; i++) {
		r->cells[i] = (struct bytes){ .at = r->text.at + from, .len = r->ends[i] - from };
		from = r->ends[i];
	}
	r->rc = r->sink.record(r->sink.self, &record, r->e);
	buf_clear(&r->text);
	r->count = 0;
}

struct csv_reader *
csv_reader_new(const struct csv_dialect *how, uint32_t first, const struct limits *limits,
    const struct csv_sink *sink)
{
	struct csv_reader *r = memory_new(sizeof(*r));

	assert(how->delimiter);
	r->limits = limits;
	r->sink = *sink;
	r->number = first - 1;
	r->delimiter = (unsigned char)how->delimiter;
	r->quote = (unsigned char)(how->quote ? how->quote : '"');
	if (how->quote_none)
		r->quote = STAND_NO_QUOTE;
	r->comment = (unsigned char)how->comment;
	r->doubled = !how->double_quote_off;
	r->skip_blanks = how->skip_initial_space;
	/* A quote that escapes quotes is nothing but a doubled quote. */
	if ((unsigned char)how->escape == r->quote)
		r->doubled = true;
	else
		r->escape = (unsigned char)how->escape;
	r->rewrites = r->escape || r->comment || r->skip_blanks || !r->doubled;

	/* Every CR and LF outside quotes is told: only so are blank lines counted. */
	if (csv_init(&r->csv, CSV_REPALL_NL) != 0)
		abort(); /* it cannot fail with a parser to set up */
	csv_set_delim(&r->csv, r->delimiter);
	csv_set_quote(&r->csv, r->quote);
	csv_set_space_func(&r->csv, no_blank);
	csv_set_realloc_func(&r->csv, only_once);
	/* One byte more for the closing quote, which it stores first, and one that tells "too long" from "just fits". */
	csv_set_blk_size(&r->csv, limits->field_bytes + 2);
	return r;
}

void
csv_reader_free(struct csv_reader **r)
{
	if (!*r)
		return;
	csv_free(&(*r)->csv);
	buf_free(&(*r)->text);
	buf_free(&(*r)->out);
	free((*r)->ends);
	free((*r)->cells);
	free(*r);
	*r = NULL;
}

const struct csv_trouble *
csv_reader_trouble(const struct csv_reader *r)
{
	return r->trouble.word ? &r->trouble : NULL;
}

static void
give(struct csv_reader *r, struct bytes piece)
{
	if (piece.len == 0 || r->rc)
		return;
	if (csv_parse(&r->csv, piece.at, piece.len, on_field, on_record, r) != piece.len && !r->rc)
		trouble(r, "field", r->number + 1, r->count + 1);
}

static void
flush(struct csv_reader *r)
{
	give(r, buf_bytes(&r->out));
	buf_clear(&r->out);
}

static bool
ends_record(unsigned char c)
{
	return c == '\n' || c == '\r';
}

static bool
ends_field(const struct csv_reader *r, unsigned char c)
{
	return c == r->delimiter || ends_record(c);
}

static void
put(struct csv_reader *r, unsigned char c)
{
	buf_char(&r->out, (char)c);
}

/* A byte that means nothing but itself. */
static void
put_literal(struct csv_reader *r, unsigned char c)
{
	int stand_in = c == r->delimiter ? STAND_DELIMITER :
	    c == r->quote		 ? STAND_QUOTE :
	    c == '\r'			 ? STAND_CR :
	    c == '\n'			 ? STAND_LF :
					   0;

	put(r, stand_in ? (unsigned char)stand_in : c);
	if (stand_in)
		r->has_stand_ins = true;
}

static void
put_end(struct csv_reader *r, unsigned char c)
{
	put(r, c);
	r->state = c == r->delimiter ? AT_FIELD : AT_RECORD;
}

static void
escape(struct csv_reader *r)
{
	r->back = r->state;
	r->state = ESCAPED;
}

static void
step_field(struct csv_reader *r, unsigned char c)
{
	r->state = IN_FIELD;
	if (r->escape && c == r->escape)
		escape(r);
	else if (ends_field(r, c))
		put_end(r, c);
	else
		put(r, c); /* a quote in here is text for libcsv, too */
}

static void
step_start(struct csv_reader *r, unsigned char c)
{
	if (r->comment && c == r->comment && r->state == AT_RECORD) {
		flush(r);
		r->after_cr = false; /* an LF after it ends the comment */
		r->state = IN_COMMENT;
	} else if (r->skip_blanks && c == ' ') {
		r->state = AT_FIELD;
	} else if (c == r->quote) {
		put(r, c);
		r->state = IN_QUOTED;
	} else {
		step_field(r, c);
	}
}

static void
step_tail(struct csv_reader *r, unsigned char c)
{
	r->state = IN_TAIL;
	if (r->escape && c == r->escape) {
		escape(r);
	} else if (ends_field(r, c)) {
		put(r, r->quote); /* the closing quote was kept back until here */
		put_end(r, c);
	} else {
		put_literal(r, c);
	}
}

static void
step_quoted(struct csv_reader *r, unsigned char c)
{
	if (r->escape && c == r->escape)
		escape(r);
	else if (c == r->quote)
		r->state = CLOSED;
	else
		put(r, c);
}

static void
step_closed(struct csv_reader *r, unsigned char c)
{
	if (c == r->quote && r->doubled) {
		put(r, c);
		put(r, c);
		r->state = IN_QUOTED;
		return;
	}
	if (!ends_field(r, c)) {
		flush(r);
		if (!r->rc)
			r->rc = r->sink.stray(r->sink.self, r->number + 1, r->count + 1, r->e);
	}
	step_tail(r, c);
}

/* One byte by the rules that Excel and Python's csv module share. */
static void
step(struct csv_reader *r, unsigned char c)
{
	switch (r->state) {
	case AT_RECORD:
	case AT_FIELD:
		step_start(r, c);
		break;
	case IN_FIELD:
		step_field(r, c);
		break;
	case IN_QUOTED:
		step_quoted(r, c);
		break;
	case CLOSED:
		step_closed(r, c);
		break;
	case IN_TAIL:
		step_tail(r, c);
		break;
	case ESCAPED:
		put_literal(r, c);
		r->state = r->back;
		break;
	case IN_COMMENT:
		if (ends_record(c))
			put_end(r, c);
		break;
	}
}

/*
 * Length of the beginning that libcsv reads rightly as it stands, and the state after it. That is
 * nearly always all: it goes from quote to quote and looks at their neighbours.
 */
static size_t
regular(struct csv_reader *r, const unsigned char *at, size_t len)
{
	bool quoted = r->state == IN_QUOTED, starts = r->state == AT_RECORD || r->state == AT_FIELD;
	size_t i = 0;

	while (i < len) {
		const unsigned char *found = memchr(at + i, r->quote, len - i);
		size_t q = found ? (size_t)(found - at) : len;

		i = q;
		if (q == len)
			break;
		if (!quoted) {
			quoted = q > 0 ? ends_field(r, at[q - 1]) : starts;
			i = q + 1;
			continue;
		}
		if (q + 1 == len || !(at[q + 1] == r->quote || ends_field(r, at[q + 1])))
			break; /* what follows decides, or is out of place: byte by byte */
		quoted = at[q + 1] == r->quote;
		i = quoted ? q + 2 : q + 1;
	}
	if (quoted)
		r->state = IN_QUOTED;
	else if (i > 0)
		r->state = at[i - 1] == r->delimiter ? AT_FIELD :
		    ends_record(at[i - 1])	     ? AT_RECORD :
						       IN_FIELD;
	return i;
}

int
csv_reader_feed(struct csv_reader *r, struct bytes piece, struct err *e)
{
	const unsigned char *at = (const unsigned char *)piece.at;
	size_t i = 0;

	r->e = e;
	while (i < piece.len && !r->rc) {
		if (!r->rewrites && r->state <= IN_QUOTED) {
			size_t rest = piece.len - i, n = regular(r, at + i, rest < SLICE ? rest : SLICE);

			flush(r);
			give(r, (struct bytes){ .at = piece.at + i, .len = n });
			i += n;
			if (n > 0)
				continue;
		}
		step(r, at[i++]);
		if (r->out.len >= SLICE)
			flush(r);
	}
	flush(r);
	return r->rc;
}

int
csv_reader_end(struct csv_reader *r, struct err *e)
{
	r->e = e;
	if (r->state == ESCAPED) { /* an escape with nothing to escape is text */
		put_literal(r, r->escape);
		r->state = r->back;
	}
	if (r->state == CLOSED || r->state == IN_TAIL)
		put(r, r->quote);
	flush(r);
	if (!r->rc && r->state == IN_QUOTED)
		trouble(r, "quote", r->number + 1, r->count + 1);
	if (!r->rc)
		(void)csv_fini(&r->csv, on_field, on_record, r); /* fails in strict mode only */
	return r->rc;
}
