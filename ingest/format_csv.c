/*
 * Why: text with separators is what most units send; here it becomes rows of composed UTF-8
 * with Excel's row numbers.
 */
#include <assert.h>
#include <stdlib.h>

#include "base/eight.h"
#include "base/memory.h"
#include "base/text.h"
#include "ingest/charset.h"
#include "ingest/csv_int.h"
#include "ingest/format.h"

/* Decoded at a time, and the beginning by which the separator is guessed. */
#define CHUNK ((size_t)64 << 10)

/* Strange quotes are told this often, then they are many. */
#define WARNINGS 100

struct csv_read {
	const struct limits *limits;
	struct table_sink *sink;
	struct arena *arena; /* of the row */
	struct bytes *cells; /* composed */
	uint32_t room;
	const char *converted; /* name of the encoding; NULL: it was UTF-8 */
	uint64_t rows;
	unsigned warnings;
	bool over; /* a note said that it cannot be read on */
};

static bool
claims(const struct table_input *in)
{
	return !format_seems(in->body);
}

/* Ends the reading with the note already sent; the sink's own failure goes through. */
static int
stop(struct csv_read *c, const char *word, uint32_t row, uint32_t field, struct err *e)
{
	int rc = table_unreadable(c->sink, word, row, field, e);

	if (rc)
		return rc;
	c->over = true;
	return err_set(e, ERR_INPUT, "row %u, field %u: %s", row, field, word);
}

/* Length of the beginning that is printable ASCII: nothing to compose, nothing to refuse. */
static size_t
ascii_run(const char *at, size_t len)
{
	size_t i = 0;

	for (; len - i >= 8; i += 8) {
		uint64_t strange = eight_strange(eight_at(at + i), ' ');

		if (strange)
			return i + eight_first(strange);
	}
	while (i < len && (unsigned char)at[i] >= ' ' && (unsigned char)at[i] < 0x80)
		i++;
	return i;
}

/* All of a record, with what stands between its cells. */
static struct bytes
record_text(const struct row *record)
{
	struct bytes last = record->cells[record->count - 1];
	const char *from = record->cells[0].at;

	return (struct bytes){ .at = from, .len = (size_t)(last.at + last.len - from) };
}

/* *grown: by so many bytes; some letters are longer composed. */
static int
compose_cell(size_t *grown, struct csv_read *c, uint32_t row, uint32_t i, struct err *e)
{
	const char *word = table_control(c->cells[i]);
	size_t before = c->cells[i].len;

	if (word)
		return stop(c, word, row, i + 1, e);
	c->cells[i] = text_nfc(c->arena, c->cells[i]);
	if (c->cells[i].len > c->limits->field_bytes)
		return stop(c, "field", row, i + 1, e);
	*grown += c->cells[i].len > before ? c->cells[i].len - before : 0;
	return OK;
}

static int
check_length(struct csv_read *c, const struct row *record, struct err *e)
{
	size_t total = 0;

	for (uint32_t i = 0; i < record->count; i++)
		total += c->cells[i].len;
	return total > c->limits->row_bytes ? stop(c, "row", record->number, 0, e) : OK;
}

static const char *
end_of(struct bytes cell)
{
	return cell.at + cell.len;
}

/* Cells with anything but printable ASCII are found by a walk over the whole record. */
static int
compose(struct csv_read *c, const struct row *record, struct bytes text, struct err *e)
{
	const struct bytes *cells = record->cells;
	const char *at = text.at;
	size_t grown = 0;
	uint32_t i = 0;
	int rc = OK;

	while (rc == OK) {
		at += ascii_run(at, (size_t)(end_of(text) - at));
		while (i < record->count && end_of(cells[i]) <= at)
			i++;
		if (i == record->count)
			break;
		if (at < cells[i].at) { /* a TAB between two */
			at = cells[i].at;
			continue;
		}
		rc = compose_cell(&grown, c, record->number, i, e);
		at = end_of(cells[i]);
	}
	return rc == OK && grown > 0 ? check_length(c, record, e) : rc;
}

static int
begin(struct csv_read *c, struct err *e)
{
	struct note note = { .kind = NOTE_ENCODING, .text = bytes_of(c->converted) };
	int rc = c->sink->sheet(c->sink->self, BYTES(""), e);

	return rc == OK && c->converted ? c->sink->note(c->sink->self, &note, e) : rc;
}

static int
take_record(void *self, const struct row *record, struct err *e)
{
	struct csv_read *c = self;
	struct bytes text = record_text(record);
	struct row row = *record;
	int rc = OK;

	if (c->rows == 0)
		rc = begin(c, e);
	if (rc)
		return rc;
	if (++c->rows > c->limits->rows)
		return stop(c, "rows", record->number, 0, e);
	if (ascii_run(text.at, text.len) == text.len)
		return c->sink->row(c->sink->self, record, e);
	if (record->count > c->room) {
		c->room = record->count;
		c->cells = memory_resize(c->cells, c->room, sizeof(*c->cells));
	}
	memcpy(c->cells, record->cells, record->count * sizeof(*c->cells));
	row.cells = c->cells;
	rc = compose(c, record, text, e);
	if (rc == OK)
		rc = c->sink->row(c->sink->self, &row, e);
	if (arena_used(c->arena) > 0)
		arena_reset(c->arena);
	return rc;
}

static int
take_stray(void *self, uint32_t row, uint32_t field, struct err *e)
{
	struct csv_read *c = self;
	struct note note = {
		.kind = NOTE_WARNING, .text = BYTES("quote"), .row = row, .field = field
	};

	if (c->warnings == WARNINGS)
		return OK;
	c->warnings++;
	return c->sink->note(c->sink->self, &note, e);
}

/* The text after its window, decoded piece by piece where it is not UTF-8. */
static int
feed_rest(struct csv_reader *r, const struct table_input *in, const struct charset *charset,
    struct bytes rest, struct err *e)
{
	AUTO(buf_free) struct buf piece = { 0 };
	int rc = OK;

	while (!charset->decode && rc == OK && rest.len > 0) {
		struct bytes part = bytes_slice(rest, 0, TABLE_SLICE);

		rc = csv_reader_feed(r, part, e);
		rest = bytes_slice(rest, part.len, rest.len);
		if (rc == OK && rest.len > 0)
			table_passed(in, rest.at);
	}
	while (rc == OK && rest.len > 0) {
		size_t used;

		buf_clear(&piece);
		used = charset->decode(&piece, bytes_slice(rest, 0, CHUNK));
		assert(used > 0);
		rest = bytes_slice(rest, used, rest.len);
		rc = csv_reader_feed(r, buf_bytes(&piece), e);
	}
	return rc;
}

static int
read_text(struct csv_read *c, const struct table_input *in, const struct charset *charset,
    struct bytes body, struct err *e)
{
	struct csv_sink sink = { .self = c, .record = take_record, .stray = take_stray };
	AUTO(csv_reader_free) struct csv_reader *r = NULL;
	AUTO(buf_free) struct buf decoded = { 0 };
	struct bytes window = text_head(body, CHUNK);
	const struct csv_trouble *trouble;
	struct csv_guess guess;
	size_t used = window.len;
	int rc;

	if (charset->decode) {
		used = charset->decode(&decoded, bytes_slice(body, 0, CHUNK));
		window = buf_bytes(&decoded);
	}
	csv_guess(&guess, in, window, used == body.len);
	r = csv_reader_new(&guess.how, guess.skip ? 2 : 1, in->limits, &sink);
	rc = csv_reader_feed(r, bytes_slice(window, guess.skip, window.len), e);
	if (rc == OK)
		rc = feed_rest(r, in, charset, bytes_slice(body, used, body.len), e);
	if (rc == OK)
		rc = csv_reader_end(r, e);
	trouble = csv_reader_trouble(r);
	if (trouble)
		return table_unreadable(
		    c->sink, trouble->word, trouble->row, trouble->field, e);
	if (rc)
		return c->over ? OK : rc;
	return c->rows ? OK : table_unreadable(c->sink, "empty", 0, 0, e);
}

static int
read_csv(const struct table_input *in, struct table_sink *sink, struct err *e)
{
	AUTO(arena_free) struct arena *arena = arena_new();
	struct csv_read c = { .limits = in->limits, .sink = sink, .arena = arena };
	const struct charset *charset = charset_find(in);
	struct bytes body = in->body;
	int rc;

	if (!charset)
		return table_unreadable(sink, "encoding", 0, 0, e);
	if (charset->decode)
		c.converted = charset->name;
	if (bytes_starts(body, charset->mark))
		body = bytes_slice(body, charset->mark.len, body.len);
	rc = read_text(&c, in, charset, body, e);
	free(c.cells);
	return rc;
}

const struct format format_csv = { .name = "csv", .claims = claims, .read = read_csv };
