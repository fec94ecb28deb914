/* Why: a workbook shows one value over many cells; what each row then says must be settled
 * before it is read. */
#include "rules/layout_int.h"

static void
make_room(struct merges *m, uint32_t count, struct arena *a)
{
	if (count <= m->room)
		return;
	m->room = count * 2; /* doubled, so all of it together is little */
	m->cells = arena_array(a, m->room, sizeof(*m->cells));
	m->natives = arena_array(a, m->room, 1);
	m->above_cells = arena_array(a, m->room, sizeof(*m->cells));
	m->above_natives = arena_array(a, m->room, 1);
	m->above = (struct row){ 0 };
}

/* A copy for the row below, whose merges may begin here. */
static void
remember(struct merges *m, const struct row *row, struct arena *a)
{
	size_t all = 0, used = 0;

	for (uint32_t i = 0; i < row->count; i++)
		all += row->cells[i].len;
	if (all > m->text_room) {
		m->text_room = all * 2;
		m->text = arena_take(a, m->text_room);
	}
	for (uint32_t i = 0; i < row->count; i++) {
		struct bytes cell = row->cells[i];

		m->above_cells[i] = (struct bytes){ .at = m->text + used, .len = cell.len };
		if (cell.len)
			memcpy(m->text + used, cell.at, cell.len);
		used += cell.len;
		m->above_natives[i] = (unsigned char)row_native(row, i);
	}
	m->above = (struct row){ .number = row->number,
		.count = row->count,
		.cells = m->above_cells,
		.natives = m->above_natives };
}

/* Does the merge over this cell begin above it (else at its left)? */
static bool
is_from_above(const struct merges *m, const struct row *row, uint32_t i)
{
	struct bytes text = row->cells[i];

	if (i < m->above.count && row->number == m->above.number + 1 && text.len &&
	    bytes_equal(m->above.cells[i], text))
		return true;
	return i == 0 || !bytes_equal(row->cells[i - 1], text);
}

static bool
holds_number(const struct judge *j, uint32_t column)
{
	for (size_t i = 0; i < j->form->field_count; i++)
		if (j->columns[i] == column)
			return j->form->fields[i].type == FIELD_INTEGER ||
			    j->form->fields[i].type == FIELD_NUMBER;
	return false;
}

static void
take_apart(struct judge *j, const struct row *row, uint32_t i)
{
	struct merges *m = &j->lay->merges;
	bool from_above = is_from_above(m, row, i);

	if (holds_number(j, i + 1)) /* its value will be told, where the row is data */
		return;
	if (!from_above)
		m->cells[i] = (struct bytes){ 0 };
	m->natives[i] = from_above && i < m->above.count ? m->above.natives[i] : NATIVE_TEXT;
}

const struct row *
merges_apart(struct judge *j, const struct row *row)
{
	struct merges *m = &j->lay->merges;
	const struct row *out = row;

	if (!row->natives || row->count == 0)
		return row;
	make_room(m, row->count, j->arena);
	if (memchr(row->natives, NATIVE_COVERED, row->count)) {
		memcpy(m->cells, row->cells, row->count * sizeof(*m->cells));
		memcpy(m->natives, row->natives, row->count);
		for (uint32_t i = 0; i < row->count; i++)
			if (row_native(row, i) == NATIVE_COVERED)
				take_apart(j, row, i);
		m->apart = (struct row){ .number = row->number,
			.count = row->count,
			.cells = m->cells,
			.natives = m->natives };
		out = &m->apart;
	}
	remember(m, out, j->arena);
	return out;
}
