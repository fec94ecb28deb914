/* Why: in a header of several rows a parent's text stands once, above the first of its
 * children; here every column gets the texts that count for it. */
#include "rules/heading.h"

/* What one cell of the header holds. */
enum place {
	PLACE_BLANK,
	PLACE_OWN,   /* a text of its own */
	PLACE_RIGHT, /* under a merge that begins to its left */
	PLACE_DOWN   /* under one that begins above it */
};

struct heading_grid {
	const struct heading *h;
	size_t first, height;
	uint32_t width;
	unsigned char *places[HEADING_HEIGHT];
	uint32_t *anchors[HEADING_HEIGHT]; /* column + 1 whose text counts here; 0: none */
	bool merged[HEADING_HEIGHT];       /* the row says by merges how far parents reach */
};

static struct bytes
text_at(const struct heading_grid *g, size_t level, uint32_t column)
{
	const struct heading_row *row = &g->h->searched[g->first + level];

	return column < row->width ? row->texts[column].text : (struct bytes){ 0 };
}

static enum place
place_at(const struct heading_grid *g, size_t level, uint32_t column)
{
	const struct row *row = &g->h->rows[g->first + level];
	struct bytes text = text_at(g, level, column);

	if (text.len == 0)
		return PLACE_BLANK;
	if (row_native(row, column) != NATIVE_COVERED)
		return PLACE_OWN;
	if (level > 0 && bytes_equal(text, text_at(g, level - 1, column)))
		return PLACE_DOWN;
	if (column > 0 && bytes_equal(text, text_at(g, level, column - 1)) &&
	    g->places[level][column - 1] != PLACE_DOWN)
		return PLACE_RIGHT;
	return PLACE_DOWN; /* of a merge that begins above the span */
}

static void
place_row(struct heading_grid *g, size_t level, struct arena *a)
{
	g->places[level] = arena_array(a, g->width + 1u, 1);
	g->anchors[level] = arena_array(a, g->width + 1u, sizeof(uint32_t));
	for (uint32_t c = 0; c < g->width; c++) {
		enum place place = place_at(g, level, c);

		g->places[level][c] = (unsigned char)place;
		if (place == PLACE_OWN)
			g->anchors[level][c] = c + 1;
		else if (place == PLACE_RIGHT)
			g->anchors[level][c] = g->anchors[level][c - 1];
		g->merged[level] = g->merged[level] || place == PLACE_RIGHT;
	}
}

static bool
has_child(const struct heading_grid *g, size_t level, uint32_t column)
{
	for (size_t below = level + 1; below < g->height; below++)
		if (g->places[below][column] == PLACE_OWN)
			return true;
	return false;
}

/* A blank cell above a child belongs to the parent at its left: a file of text knows no
 * merges. */
static void
fill_row(struct heading_grid *g, size_t level)
{
	uint32_t *anchors = g->anchors[level];

	for (uint32_t c = 1; c < g->width; c++) {
		uint32_t left = anchors[c - 1];
		bool below_one =
		    level == 0 || g->anchors[level - 1][c] == g->anchors[level - 1][c - 1];

		if (g->places[level][c] == PLACE_BLANK && left && below_one &&
		    !g->merged[level] && has_child(g, level, c) &&
		    has_child(g, level, left - 1))
			anchors[c] = left;
	}
}

struct heading_grid *
heading_grid_new(const struct heading *h, size_t first, size_t height, struct arena *a)
{
	struct heading_grid *g = arena_take(a, sizeof(*g));

	g->h = h;
	g->first = first;
	g->height = height;
	for (size_t level = 0; level < height; level++)
		if (h->searched[first + level].width > g->width)
			g->width = h->searched[first + level].width;
	for (size_t level = 0; level < height; level++)
		place_row(g, level, a);
	for (size_t level = 0; level + 1 < height; level++)
		fill_row(g, level);
	return g;
}

uint32_t
heading_grid_width(const struct heading_grid *g)
{
	return g->width;
}

bool
heading_grid_path(struct heading_path *out, const struct heading_grid *g, uint32_t column)
{
	*out = (struct heading_path){ 0 };
	for (size_t level = 0; level < g->height; level++) {
		uint32_t anchor = g->anchors[level][column];
		const struct heading_text *text;

		if (anchor == 0)
			continue;
		out->filled = out->filled || g->places[level][column] == PLACE_BLANK;
		if (g->places[level][column] == PLACE_OWN)
			out->row = g->h->rows[g->first + level].number;
		text = &g->h->searched[g->first + level].texts[anchor - 1];
		if (out->depth && bytes_equal(text->text, out->parts[out->depth - 1]->text))
			continue;
		out->parts[out->depth++] = text;
	}
	return out->row > 0;
}
