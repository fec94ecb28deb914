#ifndef INGEST_CSV_CUTTER_INT_H
#define INGEST_CSV_CUTTER_INT_H

#include <csv.h>

#include "base/buf.h"
#include "ingest/csv_int.h"

/*
 * libcsv knows a delimiter and a quote. Everything else it gets rewritten: bytes that UTF-8
 * never has (RFC 3629 §1) stand for those that an escape, or a quote in the wrong place, made
 * mere text.
 */
enum csv_stand_in { STAND_DELIMITER = 0xf8, STAND_QUOTE, STAND_CR, STAND_LF, STAND_NO_QUOTE };

/* Fields and records as libcsv cuts them out of text that is quoted regularly. */
struct csv_cutter {
	struct csv_parser csv;
	const struct limits *limits;
	struct csv_sink sink;
	struct err *e; /* of the call under way */
	int rc;        /* not OK: over, nothing is cut any more */
	struct csv_trouble trouble;
	unsigned char delimiter, quote;
	bool has_stand_ins;       /* since something was rewritten */
	unsigned char stops[256]; /* csv_plain.c's */

	/* The record under way; number is of the one before. */
	struct buf text;
	size_t *ends;        /* of each cell in text */
	struct bytes *cells; /* as delivered */
	uint32_t count, room, number;
	bool after_cr; /* an LF now belongs to that CR */
};

void csv_cutter_open(struct csv_cutter *c, unsigned char delimiter, unsigned char quote,
    uint32_t first, const struct limits *limits, const struct csv_sink *sink);
void csv_cutter_close(struct csv_cutter *c);
/* What happened is in c->rc. */
void csv_cutter_give(struct csv_cutter *c, struct bytes piece);
void csv_cutter_end(struct csv_cutter *c);
/* Ends it at the field under way. */
void csv_cutter_fail(struct csv_cutter *c, const char *word);
/* Room for more cells. */
void csv_cutter_grow(struct csv_cutter *c);
/* The cells of a record are there and it ends with this byte: delivers it, unless it is none.
 */
void csv_cutter_record(struct csv_cutter *c, int end);

/*
 * csv_plain.c: cuts the whole records at the beginning of piece, where a record begins, up to
 * one that holds a quote or is cut short, and gives their length. Cells point into the piece.
 */
size_t csv_plain_cut(struct csv_cutter *c, struct bytes piece);
void csv_plain_stops(unsigned char stops[256], unsigned char delimiter, unsigned char quote);

#endif
