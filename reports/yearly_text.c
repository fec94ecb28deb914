/* Why: the year's result on a screen, for whoever looks before it is sent. */
#include "reports/words.h"
#include "reports/yearly_int.h"

const struct grid *
yearly_summary(
    struct arena *a, const struct letter_context *ctx, const struct yearly *y, enum language l)
{
	const struct {
		enum label label;
		const char *value;
	} lines[] = {
		{ LABEL_YEAR, arena_printf(a, "%d", y->year) },
		{ LABEL_DUE_COUNT, words_count(a, y->due, l) },
		{ LABEL_RECEIVED_COUNT, words_count(a, y->received, l) },
		{ LABEL_ON_TIME_COUNT, words_count(a, y->on_time, l) },
		{ LABEL_CORRECTED_COUNT, words_count(a, y->corrected, l) },
		{ LABEL_MADE, words_moment(a, y->at_s, ctx->rulebook->offset_s, l) },
		{ LABEL_DIGEST, y->digest },
	};
	const char **cells = arena_array(a, 2 * COUNT(lines), sizeof(*cells));
	struct grid *g = arena_take(a, sizeof(*g));

	for (size_t i = 0; i < COUNT(lines); i++) {
		cells[2 * i] = words_label(lines[i].label, l);
		cells[2 * i + 1] = lines[i].value;
	}
	*g = (struct grid){ .columns = 2, .rows = COUNT(lines), .cells = cells };
	return g;
}

void
yearly_text(
    struct buf *out, const struct letter_context *ctx, const struct yearly *y, enum language l)
{
	AUTO(arena_free) struct arena *a = arena_new();

	buf_printf(out, "%s\n\n", words_in(ctx->rulebook->title, l));
	grid_text(out, yearly_summary(a, ctx, y, l));
	for (size_t i = 0; i < y->table_count; i++) {
		buf_printf(out, "\n%s\n\n", words_in(y->tables[i].title, l));
		grid_text(out, yearly_grid(a, &y->tables[i], false, l));
	}
}
