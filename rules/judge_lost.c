/*
 * Why: cells are judged by what people see in them, and letters that were lost in a heading or
 * in a column that nobody reads tell as much of the file as those in a cell that is wanted: it
 * was saved wrongly.
 */
#include "base/eight.h"
#include "base/text.h"
#include "rules/judge_int.h"
#include "rules/lost.h"

/* Kept while the header is looked for; more would say no more. */
#define STASH 100

static bool
is_read(const struct judge *j, uint32_t column)
{
	for (size_t i = 0; i < j->form->field_count; i++)
		if (j->columns[i] == column)
			return true;
	return false;
}

static void
say_lost(struct judge *j, enum say what, const struct lost_cell *cell)
{
	const struct row *header = &j->heading.rows[j->heading.best];
	const char *title = j->form && cell->column <= header->count
	    ? arena_text(j->arena, header->cells[cell->column - 1])
	    : "";
	const struct place place = { .row = cell->row,
		.column = cell->column,
		.title = { .in = { title, title } },
		.value = cell->text };

	findings_say(&j->findings, what, &place, NULL, 0);
}

static void
take(struct judge *j, const struct row *row, uint32_t i)
{
	const struct lost_cell cell = {
		.row = row->number, .column = i + 1, .text = row->cells[i]
	};

	if (j->header_done) {
		/* Those that are read are told when their value is. */
		if (!j->refused_whole && !is_read(j, i + 1))
			say_lost(j, SAY_LOST_LETTERS, &cell);
		return;
	}
	if (!j->lost)
		j->lost = arena_array(j->arena, STASH, sizeof(*j->lost));
	if (j->lost_count == STASH)
		return;
	j->lost[j->lost_count] = cell;
	j->lost[j->lost_count++].text = arena_bytes(j->arena, cell.text);
}

/* Figures, codes and words without marks, as most cells are: nothing is hidden or lost. */
static bool
is_clear(struct bytes cell)
{
	const uint64_t question = eight_all('?');
	unsigned char any = 0;
	size_t i = 0;

	for (; cell.len - i >= 8; i += 8) {
		uint64_t word = eight_at(cell.at + i);

		if ((word & EIGHT_HIGH) | eight_equal(word, question))
			return false;
	}
	for (; i < cell.len; i++)
		any |= (unsigned char)((unsigned char)cell.at[i] & 0x80) | (cell.at[i] == '?');
	return any == 0;
}

void
judge_look(struct judge *j, struct row *row)
{
	struct bytes *cells = NULL;

	j->clear = true;
	for (uint32_t i = 0; i < row->count; i++) {
		struct bytes seen;

		if (is_clear(row->cells[i]))
			continue;
		seen = text_visible(j->arena, row->cells[i]);
		if (seen.at != row->cells[i].at && !cells) {
			cells = arena_array(j->arena, row->count, sizeof(*cells));
			memcpy(cells, row->cells, row->count * sizeof(*cells));
			row->cells = cells;
		}
		if (cells)
			cells[i] = seen;
		if (lost_letters(j->book->lost, seen)) {
			j->clear = false;
			take(j, row, i);
		}
	}
}

bool
judge_lost_heading(struct judge *j)
{
	const struct heading_span *found = &j->heading.found;
	bool fits = heading_fits(found);
	uint32_t first = j->lost_count ? j->lost[0].row : 0;

	if (first == 0 ||
	    (fits && first > j->heading.rows[found->first + found->height - 1].number))
		return false;
	/* One of them shows what is wrong with the whole file. */
	say_lost(j, SAY_LOST_HEADING, &j->lost[0]);
	return true;
}

void
judge_lost_end(struct judge *j)
{
	for (size_t i = 0; i < j->lost_count && !j->refused_whole; i++)
		if (!is_read(j, j->lost[i].column))
			say_lost(j, SAY_LOST_LETTERS, &j->lost[i]);
}
