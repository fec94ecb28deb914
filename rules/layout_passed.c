/* Why: lines that are no data may be the titles of a next table, and where data follows it must
 * be told that they were passed over. */
#include "base/buf.h"
#include "base/text.h"
#include "rules/identity.h"
#include "rules/layout_int.h"

/* Cells of such a row that are kept, and bytes of all those rows. */
enum { CELLS_MOST = 64, BLOCK = 64 << 10 };

static void
forget(struct passed *p)
{
	p->count = 0;
	p->used = 0;
}

static void *
take(struct passed *p, size_t size)
{
	void *at = p->block + p->used;

	p->used += (size + 15) / 16 * 16;
	return at;
}

static void
keep(struct judge *j, const struct row *row)
{
	struct passed *p = &j->lay->passed;
	uint32_t count = row->count < CELLS_MOST ? row->count : CELLS_MOST;
	size_t size = count * sizeof(struct bytes) + 64;
	struct bytes *cells;
	unsigned char *natives;

	for (uint32_t i = 0; i < count; i++)
		size += row->cells[i].len + 16;
	size += count;
	if (size > BLOCK)
		return; /* no title */
	if (!p->block)
		p->block = arena_take(j->arena, BLOCK);
	/* The nearest are titles of what follows, the others are a footer. */
	if (p->count == PASSED_ROWS || p->used + size > BLOCK)
		forget(p);
	cells = take(p, count * sizeof(*cells));
	natives = take(p, count);
	for (uint32_t i = 0; i < count; i++) {
		struct bytes text = row->cells[i];
		char *copy = take(p, text.len);

		if (text.len)
			memcpy(copy, text.at, text.len);
		cells[i] = (struct bytes){ .at = copy, .len = text.len };
		natives[i] = (unsigned char)row_native(row, i);
	}
	p->rows[p->count++] = (struct row){ .number = row->number,
		.count = count,
		.cells = cells,
		.natives = row->natives ? natives : NULL };
}

void
passed_say(struct judge *j, enum say what, uint32_t row, struct bytes text)
{
	const struct place place = { .row = row, .value = text };

	findings_say(&j->findings, what, &place, NULL, 0);
}

void
passed_add(struct judge *j, const struct row *row, enum row_kind kind)
{
	struct passed *p = &j->lay->passed;

	keep(j, row);
	if (kind != ROW_PASSED && kind != ROW_BELOW)
		return;
	if (p->told_count == PASSED_TOLD || p->told_all == PASSED_TOLD)
		return; /* enough to see what is meant */
	for (uint32_t i = 0; i < row->count; i++) {
		struct bytes text = row_text(row, i);

		if (text.len == 0)
			continue;
		p->told[p->told_count].row = row->number;
		p->told[p->told_count].doubtful = kind == ROW_BELOW;
		p->told[p->told_count++].text = findings_value(j->arena, text);
		p->told_all++;
		return;
	}
}

void
passed_by_data(struct judge *j)
{
	struct passed *p = &j->lay->passed;

	if (p->count == 0 && p->told_count == 0)
		return;
	for (size_t i = 0; i < p->told_count; i++) {
		enum say what = p->told[i].doubtful ? SAY_PASSED_DOUBTFUL : SAY_PASSED;

		passed_say(j, what, p->told[i].row, bytes_of(p->told[i].text));
	}
	p->told_count = 0;
	forget(p);
}

/* The rows as title lines. */
static struct said
said_by(struct judge *j)
{
	AUTO(buf_free) struct buf lines = { 0 };
	const struct passed *p = &j->lay->passed;
	struct said said = { .lines = true };

	for (size_t i = 0; i < p->count; i++) {
		for (uint32_t k = 0; k < p->rows[i].count; k++)
			if (p->rows[i].cells[k].len) {
				buf_add(&lines, p->rows[i].cells[k]);
				buf_char(&lines, ' ');
			}
		buf_char(&lines, '\n');
	}
	if (lines.len)
		said.text = arena_bytes(bench_scratch(j->bench), buf_bytes(&lines));
	return said;
}

bool
passed_names_period(struct judge *j)
{
	const struct said said = said_by(j);
	struct period_result result;

	return said.text.len &&
	    identity_period(&result, bench_scratch(j->bench), &said, 1, j->form->period_kind) !=
	    PERIOD_NOT_SAID;
}

bool
passed_names_another(struct judge *j)
{
	const struct said said = said_by(j);
	struct period_result result;

	if (said.text.len == 0)
		return false;
	if (identity_period(&result, bench_scratch(j->bench), &said, 1, j->form->period_kind) ==
		PERIOD_FOUND &&
	    !period_equal(result.period, j->period))
		return true;
	return j->unit &&
	    identity_other_unit(j->book, bench_scratch(j->bench), &said, j->unit) != NULL;
}
