/*
 * Why: what surrounds a quote decides whether a field is read as Excel shows it, and libcsv
 * does not look there.
 */
#include "ingest/csv_int.h"

#include <assert.h>
#include <stdlib.h>

#include "base/memory.h"
#include "ingest/csv_cutter_int.h"

/* What libcsv gets at a time: a record that ends the reading is noticed after so many bytes. */
#define SLICE ((size_t)64 << 10)

/* Up to IN_QUOTED libcsv reads on by itself; the others are ours. */
enum state { AT_RECORD, AT_FIELD, IN_FIELD, IN_QUOTED, CLOSED, IN_TAIL, ESCAPED, IN_COMMENT };

struct csv_reader {
	struct csv_cutter cutter;
	enum state state, back; /* back: where an escape returns to */
	unsigned char delimiter, quote, escape, comment, line_end;
	bool doubled, skip_blanks, comments_kept, rewrites;
	struct buf out; /* rewritten, on its way to the cutter */
};

struct csv_reader *
csv_reader_new(const struct csv_dialect *how, uint32_t first, const struct limits *limits,
    const struct csv_sink *sink)
{
	struct csv_reader *r = memory_new(sizeof(*r));

	assert(how->delimiter);
	r->delimiter = (unsigned char)how->delimiter;
	r->quote = (unsigned char)(how->quote ? how->quote : '"');
	if (how->quote_none)
		r->quote = STAND_NO_QUOTE;
	r->comment = (unsigned char)how->comment;
	r->comments_kept = how->comments_kept;
	r->line_end = (unsigned char)how->line_end;
	r->doubled = !how->double_quote_off;
	r->skip_blanks = how->skip_initial_space;
	/* A quote that escapes quotes is nothing but a doubled quote. */
	if ((unsigned char)how->escape == r->quote)
		r->doubled = true;
	else
		r->escape = (unsigned char)how->escape;
	r->rewrites = r->escape || r->comment || r->skip_blanks || !r->doubled || r->line_end;
	csv_cutter_open(&r->cutter, r->delimiter, r->quote, first, limits, sink);
	return r;
}

void
csv_reader_free(struct csv_reader **r)
{
	if (!*r)
		return;
	csv_cutter_close(&(*r)->cutter);
	buf_free(&(*r)->out);
	free(*r);
	*r = NULL;
}

const struct csv_trouble *
csv_reader_trouble(const struct csv_reader *r)
{
	return r->cutter.trouble.word ? &r->cutter.trouble : NULL;
}

static void
flush(struct csv_reader *r)
{
	csv_cutter_give(&r->cutter, buf_bytes(&r->out));
	buf_clear(&r->out);
}

static bool
is_line_end(unsigned char c)
{
	return c == '\n' || c == '\r';
}

static bool
ends_record(const struct csv_reader *r, unsigned char c)
{
	return r->line_end ? c == r->line_end : is_line_end(c);
}

static bool
ends_field(const struct csv_reader *r, unsigned char c)
{
	return c == r->delimiter || ends_record(r, c);
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
	int stand_in = c == r->delimiter ? STAND_DELIMITER
	    : c == r->quote              ? STAND_QUOTE
	    : c == '\r'                  ? STAND_CR
	    : c == '\n'                  ? STAND_LF
					 : 0;

	put(r, stand_in ? (unsigned char)stand_in : c);
	if (stand_in)
		r->cutter.has_stand_ins = true;
}

static void
put_end(struct csv_reader *r, unsigned char c)
{
	put(r, r->line_end && c != r->delimiter ? '\n' : c);
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
	else if (is_line_end(c)) /* where another mark ends records */
		put_literal(r, c);
	else
		put(r, c); /* a quote in here is text for libcsv, too */
}

static void
step_start(struct csv_reader *r, unsigned char c)
{
	if (r->comment && c == r->comment && r->state == AT_RECORD) {
		flush(r);
		r->cutter.after_cr = false; /* an LF after it ends the comment */
		r->state = IN_COMMENT;
		if (r->comments_kept)
			put(r, c);
	} else if (r->line_end && r->state == AT_RECORD && is_line_end(c)) {
		return; /* behind the mark that ended the record */
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
		struct csv_cutter *cut = &r->cutter;

		flush(r);
		if (!cut->rc)
			cut->rc = cut->sink.stray(
			    cut->sink.self, cut->number + 1, cut->count + 1, cut->e);
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
		if (ends_record(r, c))
			put_end(r, c);
		else if (r->comments_kept)
			put_literal(r, c);
		break;
	}
}

/*
 * Length of the beginning that libcsv reads rightly as it stands, and the state after it. That
 * is nearly always all: it goes from quote to quote and looks at their neighbours.
 */
static size_t
regular(struct csv_reader *r, const unsigned char *at, size_t len)
{
	bool quoted = r->state == IN_QUOTED,
	     starts = r->state == AT_RECORD || r->state == AT_FIELD;
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
		r->state = at[i - 1] == r->delimiter ? AT_FIELD
		    : is_line_end(at[i - 1])         ? AT_RECORD
						     : IN_FIELD;
	return i;
}

/*
 * About as long as the record under way: up to the first line's end that no quote seems to
 * keep inside. A wrong guess costs nothing but time.
 */
static size_t
record_length(const struct csv_reader *r, const unsigned char *at, size_t len)
{
	bool quoted = r->state == IN_QUOTED;

	for (size_t i = 0; i < len; i++) {
		if (at[i] == r->quote)
			quoted = !quoted;
		else if (!quoted && is_line_end(at[i]))
			return i + 1;
	}
	return len;
}

/* What needs no rewriting; how much of it was taken. */
static size_t
feed_regular(struct csv_reader *r, const unsigned char *at, size_t len)
{
	struct bytes piece = { .at = (const char *)at, .len = len < SLICE ? len : SLICE };
	size_t n;

	flush(r);
	n = r->state == AT_RECORD ? csv_plain_cut(&r->cutter, piece) : 0;
	if (n > 0 || r->cutter.rc)
		return n;
	n = regular(r, at, record_length(r, at, piece.len));
	csv_cutter_give(&r->cutter, bytes_slice(piece, 0, n));
	return n;
}

int
csv_reader_feed(struct csv_reader *r, struct bytes piece, struct err *e)
{
	const unsigned char *at = (const unsigned char *)piece.at;
	size_t i = 0;

	r->cutter.e = e;
	while (i < piece.len && !r->cutter.rc) {
		if (!r->rewrites && r->state <= IN_QUOTED) {
			size_t n = feed_regular(r, at + i, piece.len - i);

			i += n;
			if (n > 0 || r->cutter.rc)
				continue;
		}
		step(r, at[i++]);
		if (r->out.len >= SLICE)
			flush(r);
	}
	flush(r);
	return r->cutter.rc;
}

int
csv_reader_end(struct csv_reader *r, struct err *e)
{
	r->cutter.e = e;
	if (r->state == ESCAPED) { /* an escape with nothing to escape is text */
		put_literal(r, r->escape);
		r->state = r->back;
	}
	if (r->state == CLOSED || r->state == IN_TAIL)
		put(r, r->quote);
	flush(r);
	if (!r->cutter.rc && r->state == IN_QUOTED)
		csv_cutter_fail(&r->cutter, "quote");
	csv_cutter_end(&r->cutter);
	return r->cutter.rc;
}
