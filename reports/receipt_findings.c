/* Why: what is to be mended is read cell by cell, in the order of the sheet, and not twice. */
#include <stdlib.h>

#include "reports/receipt_int.h"
#include "reports/words.h"
#include "rules/findings_fold.h"

static int
by_place(const void *left, const void *right)
{
	const struct figure_finding *a = *(const struct figure_finding *const *)left;
	const struct figure_finding *b = *(const struct figure_finding *const *)right;

	if (a->row != b->row)
		return a->row < b->row ? -1 : 1;
	if (a->column != b->column)
		return a->column < b->column ? -1 : 1;
	return a < b ? -1 : a > b; /* as they were found */
}

/* Those of a table from one level to another, in order. */
static size_t
gather_findings(const struct figure_finding ***out, struct arena *a,
    const struct figure_submission *s, enum level from, enum level to)
{
	const struct figure_finding **list =
	    arena_array(a, s->finding_count + 1, sizeof(const struct figure_finding *));
	size_t count = 0;

	for (size_t i = 0; i < s->finding_count; i++)
		if (s->findings[i].level >= from && s->findings[i].level <= to)
			list[count++] = &s->findings[i];
	qsort(list, count, sizeof(*list), by_place);
	*out = list;
	return count;
}

static size_t
fold_findings(struct fold **out, struct arena *a, const struct figure_finding *const *list,
    size_t count, enum language l)
{
	struct fold_item *items = arena_array(a, count + 1, sizeof(*items));

	for (size_t i = 0; i < count; i++)
		items[i] = (struct fold_item){ .row = list[i]->row,
			.column = list[i]->column,
			.level = list[i]->level,
			.rule = list[i]->rule,
			.value = list[i]->value,
			.message = words_in(list[i]->message, l) };
	return findings_fold(out, a, items, count);
}

static const char *
folded_place(
    struct arena *a, const struct fold *fold, const struct figure_finding *f, enum language l)
{
	if (!fold->cells)
		return words_cell(a, f->row, f->column, l);
	if (f->column)
		return fold->cells;
	return arena_printf(a, l == LANGUAGE_EN ? "rows %s" : "dòng %s", fold->cells);
}

const struct grid *
receipt_findings(const struct draft *d, const struct figure_submission *s, enum level from,
    enum level to, enum label what, size_t *left, size_t *told)
{
	struct arena *a = d->a;
	enum language l = d->language;
	const struct figure_finding **list;
	struct fold *folds;
	size_t count = gather_findings(&list, a, s, from, to);
	const char **heads = arena_array(a, 4, sizeof(*heads)), **cells;
	struct grid *g = arena_take(a, sizeof(*g));

	count = fold_findings(&folds, a, list, count, l);
	count = count > *left ? *left : count;
	*left -= count;
	*told = 0;
	cells = arena_array(a, 4 * count + 1, sizeof(*cells));
	for (size_t i = 0; i < count; i++) {
		const struct figure_finding *f = list[folds[i].first];

		cells[4 * i] = folded_place(a, &folds[i], f, l);
		cells[4 * i + 1] = shown(a, bytes_of(f->title));
		cells[4 * i + 2] = words_quoted(a, f->value, l);
		cells[4 * i + 3] = shown(a, bytes_of(folds[i].message));
		*told += folds[i].count;
	}
	heads[0] = words_label(LABEL_CELL, l);
	heads[1] = words_label(LABEL_COLUMN, l);
	heads[2] = words_label(LABEL_VALUE, l);
	heads[3] = words_label(what, l);
	*g = (struct grid){
		.heads = heads, .columns = 4, .rows = count, .cells = cells, .listed = true
	};
	return g;
}
