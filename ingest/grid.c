/*
 * Why: XLSX, XLS and ODS of one table must give the same rows, and each could be written by an
 * enemy: so this is done in one place.
 */
#include "ingest/grid.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/memory.h"
#include "base/text.h"
#include "ingest/frame_int.h"
#include "ingest/grid_int.h"

/* Hidden rows and columns are told this often, then they are many. */
#define TOLD 100

/*
 * Columns that a merged cell covers at most. No heading spans more, and a title over a whole
 * row, or a note over half a sheet, would be said 16,384 times.
 */
#define COVERED 256u

/* Where the cell's text lies in the row's buffer. */
struct place {
	uint32_t at, len;
};

struct grid {
	struct table_sink *sink;
	const struct limits *limits;
	struct arena *arena; /* of one cell */
	unsigned sheets;
	bool sheet_hidden; /* and not told yet */
	unsigned rows_told, columns_told;
	uint64_t rows; /* of the sheet */
	bool any_row;
	uint64_t cells, text; /* of the part */
	bool refused;
	struct merges merges;
	bool *hidden; /* columns of the sheet, not told yet */
	/* The row at hand. */
	uint32_t number, times;
	bool row_open, row_hidden;
	struct buf buf;
	struct place *places;
	uint32_t count; /* of places */
	unsigned char *natives;
	struct bytes *out;
};

struct grid *
grid_new(struct table_sink *sink, const struct limits *limits)
{
	struct grid *g = memory_new(sizeof(*g));

	g->sink = sink;
	g->limits = limits;
	g->arena = arena_new();
	g->hidden = memory_new(limits->columns * sizeof(*g->hidden));
	g->places = memory_new(limits->columns * sizeof(*g->places));
	g->natives = memory_new(limits->columns);
	g->out = memory_new(limits->columns * sizeof(*g->out));
	return g;
}

void
grid_free(struct grid **g)
{
	struct grid *old = *g;

	if (!old)
		return;
	merges_free(&old->merges);
	arena_free(&old->arena);
	buf_free(&old->buf);
	free(old->hidden);
	free(old->places);
	free(old->natives);
	free(old->out);
	free(old);
	*g = NULL;
}

bool
grid_refused(const struct grid *g)
{
	return g->refused;
}

int
grid_refuse(struct grid *g, const char *word, uint32_t row, uint32_t field, struct err *e)
{
	int rc = table_unreadable(g->sink, word, row, field, e);

	if (rc)
		return rc;
	g->refused = true;
	return err_set(e, ERR_INPUT, "row %u, field %u: %s", row, field, word);
}

static int
tell(struct grid *g, const char *word, uint32_t row, uint32_t field, struct err *e)
{
	struct note note = {
		.kind = NOTE_INFO, .text = bytes_of(word), .row = row, .field = field
	};

	return g->sink->note(g->sink->self, &note, e);
}

static bool
has_own(const struct grid *g, uint32_t i)
{
	return g->natives[i] == NATIVE_UNCALCULATED ||
	    (g->natives[i] != NATIVE_COVERED && g->out[i].len > 0);
}

/* Neither written nor seen: an empty text at a row's end is the file's own, and stays. */
static bool
is_nothing(const struct grid *g, uint32_t i)
{
	return g->natives[i] == NATIVE_EMPTY ||
	    (g->natives[i] == NATIVE_COVERED && g->out[i].len == 0);
}

/* Puts covered cells over the row; gives how many cells of its own have something in them. */
static uint32_t
cover(struct grid *g, uint32_t own)
{
	for (size_t i = 0; i < g->merges.open_count; i++) {
		struct merge *m = &g->merges.all[g->merges.open[i]];
		uint32_t first = m->cells.first_column - 1, last = m->cells.last_column;

		if (last > first + COVERED)
			last = first + COVERED;
		if (m->cells.first_row == g->number && first < g->count && g->out[first].len) {
			m->len = g->out[first].len;
			m->text = memory_resize(NULL, m->len, 1);
			memcpy(m->text, g->out[first].at, m->len);
		}
		if (m->len == 0 && last > g->count)
			last = g->count;
		for (; g->count < last; g->count++) {
			g->out[g->count] = (struct bytes){ 0 };
			g->natives[g->count] = NATIVE_EMPTY;
		}
		if (m->cells.first_row == g->number)
			first++;
		for (uint32_t k = first; k < last; k++) {
			own -= has_own(g, k);
			g->out[k] = (struct bytes){ .at = m->text, .len = m->len };
			g->natives[k] = NATIVE_COVERED;
		}
		g->cells += last > first ? last - first : 1;
	}
	return own;
}

/* Notes of what is hidden and has something in it. */
static int
tell_hidden(struct grid *g, struct err *e)
{
	bool of_sheet = g->sheet_hidden;
	int rc = OK;

	g->sheet_hidden = false;
	if (of_sheet)
		rc = tell(g, "hidden-sheet", 0, 0, e);
	for (uint32_t i = 0; rc == OK && i < g->count; i++) {
		if (!g->hidden[i] || !has_own(g, i))
			continue;
		g->hidden[i] = false;
		if (g->columns_told++ < TOLD)
			rc = tell(g, "hidden-column", 0, i + 1, e);
	}
	return rc;
}

static int
send_row(struct grid *g, size_t text, struct err *e)
{
	struct row row = { .count = g->count, .cells = g->out, .natives = g->natives };
	int rc = tell_hidden(g, e);

	for (uint32_t i = 0; rc == OK && i < g->times; i++) {
		row.number = g->number + i;
		g->cells += g->count;
		g->text += text;
		if (row.number > g->limits->rows || ++g->rows > g->limits->rows)
			return grid_refuse(g, "rows", row.number, 0, e);
		if (g->cells > g->limits->book_cells || g->text > g->limits->book_text)
			return grid_refuse(g, "too-large", row.number, 0, e);
		if (g->row_hidden && g->rows_told++ < TOLD)
			rc = tell(g, "hidden-row", row.number, 0, e);
		if (rc == OK)
			rc = g->sink->row(g->sink->self, &row, e);
	}
	g->any_row = true;
	return rc;
}

static int
finish_row(struct grid *g, struct err *e)
{
	uint32_t own = 0;
	size_t text = 0;

	if (!g->row_open)
		return OK;
	g->row_open = false;
	if (!merges_move(&g->merges, g->number, g->limits->columns))
		return grid_refuse(g, "damaged", g->number, 0, e);
	for (uint32_t i = 0; i < g->count; i++) {
		g->out[i] = bytes_slice(buf_bytes(&g->buf), g->places[i].at, g->places[i].len);
		own += has_own(g, i);
	}
	if (own > 0)
		own = cover(g, own);
	/* Covering is work, also where nothing comes of it. */
	if (g->cells > g->limits->book_cells)
		return grid_refuse(g, "too-large", g->number, 0, e);
	if (own == 0)
		return OK;
	while (is_nothing(g, g->count - 1))
		g->count--;
	for (uint32_t i = 0; i < g->count; i++)
		text += g->out[i].len;
	if (text > g->limits->row_bytes)
		return grid_refuse(g, "row", g->number, 0, e);
	return send_row(g, text, e);
}

int
grid_sheet(struct grid *g, struct bytes name, bool hidden, struct err *e)
{
	int rc = finish_row(g, e);

	if (rc)
		return rc;
	if (++g->sheets > FRAME_SHEETS)
		return grid_refuse(g, "too-large", 0, 0, e);
	merges_clear(&g->merges);
	memset(g->hidden, 0, g->limits->columns * sizeof(*g->hidden));
	g->rows = g->number = 0;
	g->times = 1;
	g->sheet_hidden = hidden;
	arena_reset(g->arena);
	name = text_head(text_nfc(g->arena, name), FRAME_NAME);
	return g->sink->sheet(g->sink->self, frame_plain(name) ? name : BYTES(""), e);
}

int
grid_row(struct grid *g, uint32_t number, bool hidden, struct err *e)
{
	int rc = finish_row(g, e);

	if (rc)
		return rc;
	if (number < g->number + g->times)
		return grid_refuse(g, "damaged", number, 0, e);
	if (number > g->limits->rows)
		return grid_refuse(g, "rows", number, 0, e);
	g->number = number;
	g->times = 1;
	g->row_hidden = hidden;
	g->row_open = true;
	g->count = 0;
	buf_clear(&g->buf);
	return OK;
}

static bool
is_ascii(struct bytes text)
{
	unsigned char all = 0;

	for (size_t i = 0; i < text.len; i++)
		all |= (unsigned char)text.at[i];
	return all < 0x80;
}

int
grid_cell(struct grid *g, uint32_t column, enum native native, struct bytes text, struct err *e)
{
	const char *word = table_control(text);

	if (column > g->limits->columns)
		return grid_refuse(g, "columns", g->number, column, e);
	if (word)
		return grid_refuse(g, word, g->number, column, e);
	if (!is_ascii(text)) {
		arena_reset(g->arena);
		text = text_nfc(g->arena, text);
	}
	if (text.len > g->limits->field_bytes)
		return grid_refuse(g, "field", g->number, column, e);
	/* A column told twice leaves its first text behind: as large a row is none, either. */
	if (g->buf.len + text.len > g->limits->row_bytes)
		return grid_refuse(g, "row", g->number, 0, e);
	for (; g->count < column; g->count++) {
		g->places[g->count] = (struct place){ 0 };
		g->natives[g->count] = NATIVE_EMPTY;
	}
	g->places[column - 1] =
	    (struct place){ .at = (uint32_t)g->buf.len, .len = (uint32_t)text.len };
	g->natives[column - 1] = (unsigned char)native;
	buf_add(&g->buf, text);
	return OK;
}

void
grid_repeat(struct grid *g, uint32_t times)
{
	g->times = times;
}

int
grid_end(struct grid *g, struct err *e)
{
	int rc = finish_row(g, e);

	if (rc || g->any_row)
		return rc;
	return grid_refuse(g, "empty", 0, 0, e);
}

void
grid_hide_columns(struct grid *g, uint32_t first, uint32_t last)
{
	for (uint32_t i = first; i <= last && i <= g->limits->columns; i++)
		g->hidden[i - 1] = true;
}

int
grid_merge(struct grid *g, struct grid_range cells, struct err *e)
{
	if (cells.first_row < 1 || cells.first_column < 1 || cells.last_row < cells.first_row ||
	    cells.last_column < cells.first_column)
		return grid_refuse(g, "damaged", cells.first_row, cells.first_column, e);
	if (cells.last_column > g->limits->columns)
		return grid_refuse(g, "columns", cells.first_row, cells.last_column, e);
	return merges_add(&g->merges, cells)
	    ? OK
	    : grid_refuse(g, "too-large", cells.first_row, cells.first_column, e);
}
