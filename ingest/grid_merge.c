/* Why: a heading over three columns or a district beside nine communes is one cell in the file.
 */
#include "ingest/grid_int.h"

#include <stdlib.h>

#include "base/memory.h"

/* Of one sheet: half a million is more than any report has. */
#define MOST ((size_t)1 << 19)

static void
close_merge(struct merge *m)
{
	free(m->text);
	m->text = NULL;
	m->len = 0;
}

void
merges_clear(struct merges *m)
{
	for (size_t i = 0; i < m->open_count; i++)
		close_merge(&m->all[m->open[i]]);
	m->count = m->next = m->open_count = 0;
	m->sorted = true;
}

void
merges_free(struct merges *m)
{
	merges_clear(m);
	free(m->all);
	free(m->open);
	*m = (struct merges){ 0 };
}

bool
merges_add(struct merges *m, struct grid_range cells)
{
	if (m->count == MOST)
		return false;
	if (m->count == m->room) {
		m->room = m->room ? 2 * m->room : 64;
		m->all = memory_resize(m->all, m->room, sizeof(*m->all));
	}
	if (m->count > m->next && cells.first_row < m->all[m->count - 1].cells.first_row)
		m->sorted = false;
	m->all[m->count++] = (struct merge){ .cells = cells };
	return true;
}

static int
compare(const void *a, const void *b)
{
	const struct merge *x = a, *y = b;

	return (x->cells.first_row > y->cells.first_row) -
	    (x->cells.first_row < y->cells.first_row);
}

static void
open_merge(struct merges *m, size_t i)
{
	if (m->open_count == m->open_room) {
		m->open_room = m->open_room ? 2 * m->open_room : 16;
		m->open = memory_resize(m->open, m->open_room, sizeof(*m->open));
	}
	m->open[m->open_count++] = i;
}

bool
merges_move(struct merges *m, uint32_t row, size_t most)
{
	size_t kept = 0;

	if (!m->sorted)
		qsort(m->all + m->next, m->count - m->next, sizeof(*m->all), compare);
	m->sorted = true;
	for (; m->next < m->count && m->all[m->next].cells.first_row <= row; m->next++)
		open_merge(m, m->next);
	for (size_t i = 0; i < m->open_count; i++) {
		struct merge *merge = &m->all[m->open[i]];

		if (merge->cells.last_row < row)
			close_merge(merge);
		else
			m->open[kept++] = m->open[i];
	}
	m->open_count = kept;
	return kept <= most;
}
