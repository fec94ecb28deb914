/* Why: a row of texts alone is a row of data that lacks its figures, or it stands above the
 * headings of the next table; the row below it tells. */
#include "rules/layout_int.h"

static void *
take(struct held *h, size_t size)
{
	void *at = h->block + h->used;

	h->used += (size + 15) / 16 * 16;
	return at;
}

static size_t
size_of(const struct row *row)
{
	size_t size = row->count * (sizeof(struct bytes) + 1) + 64;

	for (uint32_t i = 0; i < row->count; i++)
		size += row->cells[i].len + 16;
	return size;
}

bool
held_add(struct judge *j, const struct row *row, enum row_kind kind)
{
	struct held *h = &j->lay->held;
	size_t size = size_of(row);
	struct bytes *cells;
	unsigned char *natives;

	if (h->count == 0)
		h->used = 0;
	if (h->count == HELD_ROWS || (h->count > 0 && h->used + size > h->room))
		return false;
	if (size > h->room) {
		h->room = size * 2 * HELD_ROWS; /* doubled, so all of it together is little */
		h->block = arena_take(j->arena, h->room);
	}
	cells = take(h, row->count * sizeof(*cells));
	natives = take(h, row->count);
	for (uint32_t i = 0; i < row->count; i++) {
		struct bytes text = row->cells[i];
		char *copy = take(h, text.len);

		if (text.len)
			memcpy(copy, text.at, text.len);
		cells[i] = (struct bytes){ .at = copy, .len = text.len };
		natives[i] = (unsigned char)row_native(row, i);
	}
	h->kinds[h->count] = kind;
	h->rows[h->count++] = (struct row){ .number = row->number,
		.count = row->count,
		.cells = cells,
		.natives = row->natives ? natives : NULL };
	return true;
}
