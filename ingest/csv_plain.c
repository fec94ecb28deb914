/*
 * Why: most records hold no quote, and those are cut where they lie, without libcsv's copy of
 * every byte.
 */
#include "base/eight.h"
#include "base/memory.h"
#include "ingest/csv_cutter_int.h"

/* What ends a run of text. */
enum stop { STOP_NONE, STOP_DELIMITER, STOP_LINE, STOP_QUOTE };

void
csv_plain_stops(unsigned char stops[256], unsigned char delimiter, unsigned char quote)
{
	memset(stops, STOP_NONE, 256);
	stops[quote] = STOP_QUOTE;
	stops['\r'] = stops['\n'] = STOP_LINE;
	stops[delimiter] = STOP_DELIMITER;
}

static bool
add_cell(struct csv_cutter *c, const unsigned char *from, const unsigned char *to, size_t taken)
{
	size_t len = (size_t)(to - from);

	if (c->count == c->limits->columns)
		csv_cutter_fail(c, "columns");
	else if (len > c->limits->field_bytes)
		csv_cutter_fail(c, "field");
	else if (len > c->limits->row_bytes - taken)
		csv_cutter_fail(c, "row");
	if (c->rc)
		return false;
	if (c->count == c->room)
		csv_cutter_grow(c);
	c->cells[c->count++] = (struct bytes){ .at = (const char *)from, .len = len };
	return true;
}

/* What at is moved on to, or STOP_NONE at the end. */
static inline enum stop
next_stop(const unsigned char **at, const unsigned char *end, const struct csv_cutter *c)
{
	const uint64_t delimiters = eight_all(c->delimiter), quotes = eight_all(c->quote),
		       returns = eight_all('\r'), feeds = eight_all('\n');

	for (; end - *at >= 8; *at += 8) {
		uint64_t word = eight_at(*at),
			 stops = eight_equal(word, delimiters) | eight_equal(word, quotes) |
		    eight_equal(word, returns) | eight_equal(word, feeds);

		if (stops) {
			*at += eight_first(stops);
			return c->stops[**at];
		}
	}
	while (*at < end && c->stops[**at] == STOP_NONE)
		++*at;
	return *at < end ? c->stops[**at] : STOP_NONE;
}

size_t
csv_plain_cut(struct csv_cutter *c, struct bytes piece)
{
	const unsigned char *begin = (const unsigned char *)piece.at, *end = begin + piece.len;
	const unsigned char *at = begin, *cell = begin, *done = begin;
	size_t taken = 0; /* bytes of the record's cells */
	enum stop stop;

	while ((stop = next_stop(&at, end, c)) != STOP_NONE && stop != STOP_QUOTE) {
		/* Nothing before a line's end: a blank line, or the second half of a CRLF. */
		if (stop == STOP_DELIMITER || c->count > 0 || at > cell) {
			if (!add_cell(c, cell, at, taken))
				return (size_t)(done - begin);
			taken += (size_t)(at - cell);
			c->after_cr = false;
		}
		cell = ++at;
		if (stop == STOP_DELIMITER)
			continue;
		csv_cutter_record(c, at[-1]);
		if (c->rc)
			return (size_t)(at - begin);
		done = at;
		taken = 0;
	}
	c->count = 0; /* the record that is not whole is libcsv's */
	return (size_t)(done - begin);
}
