/* Why: every way of showing the year's result reads the same tables, built up here row by row.
 */
#include <assert.h>

#include "reports/words.h"
#include "reports/yearly_int.h"

void
maker_column(struct yearly_maker *m, const char *key, const char *heading)
{
	assert(m->row_count == 0);
	if (m->column_count == m->column_room) {
		size_t room = 2 * m->column_room + 16;
		const char **columns = arena_array(m->a, room, sizeof(*columns)),
			   **keys = arena_array(m->a, room, sizeof(*keys));

		if (m->column_count > 0) {
			memcpy(columns, m->columns, m->column_count * sizeof(*columns));
			memcpy(keys, m->keys, m->column_count * sizeof(*keys));
		}
		m->columns = columns;
		m->keys = keys;
		m->column_room = room;
	}
	m->columns[m->column_count] = heading;
	m->keys[m->column_count++] = key;
}

struct yearly_cell *
maker_row(struct yearly_maker *m, bool total)
{
	if (m->row_count == m->row_room) {
		size_t room = 2 * m->row_room + 16;
		struct yearly_cell **rows =
		    arena_array(m->a, room, sizeof(struct yearly_cell *));
		bool *totals = arena_array(m->a, room, sizeof(*totals));

		if (m->row_count > 0) {
			memcpy(rows, m->rows, m->row_count * sizeof(struct yearly_cell *));
			memcpy(totals, m->total_row, m->row_count * sizeof(*totals));
		}
		m->rows = rows;
		m->total_row = totals;
		m->row_room = room;
	}
	m->rows[m->row_count] = arena_array(m->a, m->column_count, sizeof(struct yearly_cell));
	m->total_row[m->row_count] = total;
	return m->rows[m->row_count++];
}

void
maker_table(
    struct yearly_table *out, const struct yearly_maker *m, const char *id, struct words title)
{
	*out = (struct yearly_table){ .id = id,
		.title = title,
		.columns = m->columns,
		.keys = m->keys,
		.column_count = m->column_count,
		.rows = m->rows,
		.row_count = m->row_count,
		.total_row = m->total_row };
}

struct yearly_cell
yearly_text_cell(struct arena *a, const char *text)
{
	if (text[0] == '\0')
		return (struct yearly_cell){ .kind = YEARLY_EMPTY };
	return (struct yearly_cell){ .kind = YEARLY_TEXT, .text = shown(a, bytes_of(text)) };
}

struct yearly_cell
yearly_count_cell(uint64_t n)
{
	return (
	    struct yearly_cell){ .kind = YEARLY_NUMBER, .number = { .digits = (int64_t)n } };
}

const char *
yearly_unit(const struct rulebook *r, const char *code, int year, enum language l)
{
	struct date end = { .year = (int16_t)year, .month = 12, .day = 31 };
	const struct unit *u = rulebook_unit(r, bytes_of(code), end);
	const char *name;

	if (!u)
		u = rulebook_unit(r, bytes_of(code),
		    (struct date){ 0 }); /* ended in the course of the year */
	if (!u)
		return code;
	name = words_in(u->short_name, l);
	return name[0] ? name : words_in(u->name, l);
}

const struct grid *
yearly_grid(struct arena *a, const struct yearly_table *t, bool brief, enum language l)
{
	struct grid *g = arena_take(a, sizeof(*g));
	const char **cells = arena_array(a, t->row_count * t->column_count + 1, sizeof(*cells));
	bool *strong = arena_array(a, t->row_count + 1, sizeof(*strong));
	bool *right = arena_array(a, t->column_count + 1, sizeof(*right));
	size_t rows = 0;

	for (size_t r = 0; r < t->row_count; r++) {
		if (brief && t->detail && !t->total_row[r])
			continue;
		for (size_t c = 0; c < t->column_count; c++) {
			const struct yearly_cell *cell = &t->rows[r][c];

			cells[rows * t->column_count + c] = cell->kind == YEARLY_NUMBER
			    ? words_number(a, cell->number, l)
			    : cell->kind == YEARLY_TEXT ? cell->text
							: "";
			right[c] = right[c] || cell->kind == YEARLY_NUMBER;
		}
		strong[rows++] = t->total_row[r];
	}
	*g = (struct grid){ .heads = t->columns,
		.columns = t->column_count,
		.rows = rows,
		.cells = cells,
		.right = right,
		.strong = strong };
	return g;
}
