/*
 * Why: a sheet tells its merges behind its cells, and some programs write cells as they come to
 * them: it is walked twice, and sorted where it must be.
 */
#include "ingest/xls_int.h"

#include <stdlib.h>

#include "base/memory.h"

#define ROWS 65536

/* A record of cells. */
struct place {
	uint32_t row, at;
};

struct walk {
	struct grid *g;
	struct ole_stream *stream;
	const struct xls_sheet *sheet;
	size_t at;
	unsigned depth;            /* charts stand within sheets */
	unsigned char *hidden;     /* one bit a row */
	struct place *cells;       /* where they stand, once they are not in order */
	size_t count, room, taken; /* of cells */
	uint32_t last_row;
	bool mixed; /* rows are not in order */
};

/* The sheet's next record, without those of charts in it; false: its end, or it is cut. */
static bool
next_record(struct xls_record *out, struct walk *w)
{
	do {
		if (w->at >= w->sheet->end || !xls_record_at(out, w->stream, w->at))
			return false;
		if (w->at == w->sheet->at && out->type != XLS_BOF)
			return false;
		w->at = out->next;
		w->depth += out->type == XLS_BOF;
		w->depth -= out->type == XLS_EOF;
		if (w->depth == 0)
			return false;
	} while (w->depth > 1 || out->type == XLS_BOF || out->type == XLS_EOF);
	return true;
}

static int
take_merges(struct walk *w, const struct xls_record *r, struct err *e)
{
	size_t count = r->body.len < 2 ? 0 : ole_u16(r->body, 0);
	int rc = OK;

	if (r->body.len < 2 + 8 * count)
		return grid_refuse(w->g, "damaged", 0, 0, e);
	for (size_t i = 0; rc == OK && i < count; i++) {
		struct grid_range cells = {
			.first_row = ole_u16(r->body, 2 + 8 * i) + 1,
			.last_row = ole_u16(r->body, 4 + 8 * i) + 1,
			.first_column = ole_u16(r->body, 6 + 8 * i) + 1,
			.last_column = ole_u16(r->body, 8 + 8 * i) + 1,
		};

		rc = grid_merge(w->g, cells, e);
	}
	return rc;
}

static void
add_place(struct walk *w, uint32_t row, size_t at)
{
	if (w->count == w->room) {
		w->room = w->room ? 2 * w->room : 1024;
		w->cells = memory_resize(w->cells, w->room, sizeof(*w->cells));
	}
	w->cells[w->count++] = (struct place){ .row = row, .at = (uint32_t)at };
}

static int
look_at(struct walk *w, const struct xls_record *r, struct err *e)
{
	if (r->type == XLS_MERGEDCELLS)
		return take_merges(w, r, e);
	if (r->type == XLS_COLINFO && r->body.len >= 10 &&
	    (ole_u16(r->body, 8) & 1 || ole_u16(r->body, 4) == 0))
		grid_hide_columns(w->g, ole_u16(r->body, 0) + 1, ole_u16(r->body, 2) + 1);
	if (r->type == XLS_ROW && r->body.len >= 14 && ole_u16(r->body, 12) & 0x20)
		w->hidden[ole_u16(r->body, 0) / 8] |=
		    (unsigned char)(1u << ole_u16(r->body, 0) % 8);
	if (xls_is_cell(r->type)) {
		uint32_t row;

		if (r->body.len < 6)
			return grid_refuse(w->g, "damaged", 0, 0, e);
		row = ole_u16(r->body, 0);
		w->mixed |= row < w->last_row;
		w->last_row = row;
	}
	return OK;
}

static int
by_row(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	if (x->row != y->row)
		return x->row < y->row ? -1 : 1;
	return (x->at > y->at) - (x->at < y->at);
}

static void
sort(struct walk *w)
{
	struct xls_record r;

	w->at = w->sheet->at;
	w->depth = 0;
	while (next_record(&r, w))
		if (xls_is_cell(r.type))
			add_place(w, ole_u16(r.body, 0), r.at);
	qsort(w->cells, w->count, sizeof(*w->cells), by_row);
}

/* The next record of cells, row by row. */
static bool
next_cells(struct xls_record *out, struct walk *w)
{
	if (w->mixed)
		return w->taken < w->count &&
		    xls_record_at(out, w->stream, w->cells[w->taken++].at);
	while (next_record(out, w))
		if (xls_is_cell(out->type))
			return true;
	return false;
}

static int
survey(struct walk *w, struct err *e)
{
	struct xls_record r;
	int rc = OK;

	while (rc == OK && next_record(&r, w))
		rc = look_at(w, &r, e);
	if (rc)
		return rc;
	/* Without its end nobody knows what else there was, nor what is merged. */
	return w->depth == 0 && w->at > w->sheet->at ? OK
						     : grid_refuse(w->g, "damaged", 0, 0, e);
}

static int
read_cells(struct walk *w, struct xls_book *book, struct err *e)
{
	struct xls_record r;
	uint32_t row = ROWS;
	int rc = OK;

	if (w->mixed)
		sort(w);
	w->at = w->sheet->at;
	w->depth = 0;
	while (rc == OK && next_cells(&r, w)) {
		unsigned this = ole_u16(r.body, 0);

		if (this != row)
			rc = grid_row(w->g, this + 1, w->hidden[this / 8] >> this % 8 & 1, e);
		row = this;
		if (rc == OK)
			rc = xls_cell_read(w->g, book, &r, e);
	}
	return rc;
}

int
xls_sheet_read(
    struct grid *g, struct xls_book *book, const struct xls_sheet *sheet, struct err *e)
{
	struct walk w = { .g = g, .stream = book->stream, .sheet = sheet, .at = sheet->at };
	int rc = grid_sheet(g, sheet->name, sheet->hidden, e);

	w.hidden = memory_new(ROWS / 8);
	if (rc == OK)
		rc = survey(&w, e);
	if (rc == OK)
		rc = read_cells(&w, book, e);
	free(w.hidden);
	free(w.cells);
	return rc;
}
