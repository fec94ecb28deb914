/* Why: the rows and columns of one of the campaign's tables, with names for codes, totals, and
 * what changed in a year. */
#include <stdlib.h>

#include "reports/words.h"
#include "reports/yearly_facts_int.h"

#define DETAIL_ROWS 40 /* a letter shows longer tables by their totals */

/* ---- the year before ---- */

/* Its rows that agree in the first depth groups. */
static struct range
range_before(const struct facts *before, const struct figure_row *like, size_t depth)
{
	struct range r = { .facts = before };

	for (size_t i = 0; i < before->count; i++) {
		bool agrees = true;

		for (size_t k = 0; k < depth; k++)
			agrees = agrees && rows_agree(like, before->rows[i], k);
		if (!agrees)
			continue;
		if (r.to == 0)
			r.from = i;
		r.to = i + 1;
	}
	return r;
}

/* Whether both years have rows of the same units: a total that lacks one cannot be compared. */
static bool
same_units(const struct facts *a, const struct facts *b)
{
	const struct question *q = a->q;
	size_t unit = 0, i = 0, j = 0;

	while (unit < q->t->group_count && strcmp(q->t->groups[unit].name, "unit") != 0)
		unit++;
	if (unit != 0)
		return true; /* units are not what the table is first about */
	while (i < a->count && j < b->count) {
		const char *name = a->rows[i]->group[0];

		if (strcmp(name, b->rows[j]->group[0]) != 0)
			return false;
		while (i < a->count && strcmp(a->rows[i]->group[0], name) == 0)
			i++;
		while (j < b->count && strcmp(b->rows[j]->group[0], name) == 0)
			j++;
	}
	return i == a->count && j == b->count;
}

static int
change(struct yearly_cell *out, const struct range *before, const struct yearly_cell *now,
    struct arena *a, const struct result_column *of, struct err *e)
{
	struct yearly_cell then;
	int rc;

	*out = (struct yearly_cell){ .kind = YEARLY_EMPTY };
	if (before->to == before->from || now->kind != YEARLY_NUMBER)
		return OK;
	if ((rc = column_value(&then, before, a, of, e)) != OK)
		return rc;
	if (then.kind != YEARLY_NUMBER)
		return OK;
	then.number.digits = -then.number.digits;
	if (decimal_add(&out->number, now->number, then.number))
		out->kind = YEARLY_NUMBER;
	return OK;
}

/* ---- the table ---- */

struct making {
	struct yearly_maker maker;
	const struct letter_context *ctx;
	const struct result_table *t;
	int year;
	enum language l;
	struct facts now, before;
	bool comparable; /* totals of both years */
	const char **across;
	size_t across_count;
};

static bool
row_is_valid(const struct result_titles *t, const char *const *row, int year)
{
	struct date end = { .year = (int16_t)year, .month = 12, .day = 31 }, from = { 0 },
		    to = { 0 };

	if (t->valid_from >= 0)
		(void)date_read(
		    &from, bytes_of(row[t->valid_from]), "%Y-%m-%d"); /* empty: open */
	if (t->valid_to >= 0)
		(void)date_read(&to, bytes_of(row[t->valid_to]), "%Y-%m-%d");
	return date_within(end, from, to);
}

/* The name of a code; "" when it has none. What ended in the course of the year keeps its last
 * name. */
static const char *
title_of(const struct making *m, const struct result_group *g, const char *code)
{
	const struct result_titles *t = &g->titles;
	const char *found = "";

	if (g->field < 0)
		return strcmp(g->name, "unit") == 0
		    ? yearly_unit(m->ctx->rulebook, code, m->year, m->l)
		    : "";
	for (size_t i = 0; t->reference && i < t->reference->row_count; i++) {
		const char *const *row = t->reference->rows[i];

		if (strcmp(row[t->key], code) != 0 ||
		    (t->where >= 0 && strcmp(row[t->where], t->where_is) != 0))
			continue;
		found = row[t->title[m->l]];
		if (row_is_valid(t, row, m->year))
			return found;
	}
	return found;
}

static bool
has_titles(const struct result_group *g)
{
	return g->titles.reference || (g->field < 0 && strcmp(g->name, "unit") == 0);
}

static const char *
group_heading(const struct making *m, const struct result_group *g)
{
	if (g->field >= 0)
		return words_in(m->t->form->fields[g->field].title, m->l);
	return words_label(strcmp(g->name, "unit") == 0 ? LABEL_UNIT_CODE : LABEL_PERIOD, m->l);
}

static void
group_columns(struct making *m)
{
	struct arena *a = m->maker.a;

	for (size_t i = 0; i < m->t->group_count; i++) {
		const struct result_group *g = &m->t->groups[i];

		maker_column(&m->maker, g->name, group_heading(m, g));
		if (has_titles(g))
			maker_column(&m->maker, arena_printf(a, "%s_title", g->name),
			    words_label(g->field < 0 ? LABEL_UNIT : LABEL_NAME, m->l));
	}
}

static void
across_columns(struct making *m, const char *value, const char *heading)
{
	struct arena *a = m->maker.a;

	for (size_t c = 0; c < m->t->column_count; c++) {
		const struct result_column *column = &m->t->columns[c];

		maker_column(&m->maker,
		    arena_printf(a, "%s_%s", column->id, value ? value : "total"),
		    m->t->column_count == 1
			? heading
			: arena_printf(a, "%s: %s", heading, words_in(column->title, m->l)));
	}
}

static void
all_columns(struct making *m)
{
	group_columns(m);
	if (!m->t->across) {
		for (size_t c = 0; c < m->t->column_count; c++)
			maker_column(&m->maker, m->t->columns[c].id,
			    words_in(m->t->columns[c].title, m->l));
		return;
	}
	for (size_t i = 0; i < m->across_count; i++) {
		const char *title = title_of(m, m->t->across, m->across[i]);

		across_columns(m, m->across[i], title[0] ? title : m->across[i]);
	}
	if (m->t->totals)
		across_columns(m, NULL, words_label(LABEL_TOTAL, m->l));
}

static int
by_text(const void *left, const void *right)
{
	return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static void
across_values(struct making *m)
{
	size_t count = 0;

	m->across = arena_array(m->maker.a, m->now.count + 1, sizeof(*m->across));
	for (size_t i = 0; m->t->across && i < m->now.count; i++)
		m->across[i] = m->now.rows[i]->group[m->now.q->across];
	if (!m->t->across)
		return;
	qsort(m->across, m->now.count, sizeof(*m->across), by_text);
	for (size_t i = 0; i < m->now.count; i++)
		if (count == 0 || strcmp(m->across[count - 1], m->across[i]) != 0)
			m->across[count++] = m->across[i];
	m->across_count = count;
}

/* Codes and names of the first depth groups; what is summed up says so in the next. Returns
 * where the values begin. */
static size_t
group_cells(
    struct making *m, struct yearly_cell *row, const struct figure_row *of, size_t depth)
{
	struct arena *a = m->maker.a;
	struct period period;
	size_t at = 0;

	for (size_t i = 0; i < m->t->group_count; i++) {
		const struct result_group *g = &m->t->groups[i];
		const char *code = i < depth ? of->group[i] : "", *text = code;

		if (i == depth)
			text = words_label(depth == 0 ? LABEL_TOTAL : LABEL_SUBTOTAL, m->l);
		else if (strcmp(g->name, "period") == 0 && period_read(&period, bytes_of(code)))
			text = words_period(a, period, m->l);
		row[at++] = yearly_text_cell(a, text);
		if (has_titles(g))
			row[at++] = yearly_text_cell(a, i < depth ? title_of(m, g, code) : "");
	}
	return at;
}

static int
plain_cells(struct making *m, struct yearly_cell *row, const struct range *now, size_t depth,
    struct err *e)
{
	struct range before = range_before(&m->before, m->now.rows[now->from], depth);
	int rc;

	if (depth == 0 && !m->comparable)
		before.to = before.from;
	for (size_t c = 0; c < m->t->column_count; c++) {
		const struct result_column *column = &m->t->columns[c];

		rc = column->kind == RESULT_CHANGE
		    ? change(&row[c], &before, &row[column->of], m->maker.a,
			  &m->t->columns[column->of], e)
		    : column_value(&row[c], now, m->maker.a, column, e);
		if (rc != OK)
			return rc;
	}
	return OK;
}

/* One row for the range, whose rows agree in the first depth groups. */
static int
add_row(struct making *m, size_t from, size_t to, size_t depth, struct err *e)
{
	struct yearly_cell *row = maker_row(&m->maker, depth < m->t->group_count);
	struct range r = { .facts = &m->now, .from = from, .to = to };
	size_t at = group_cells(m, row, m->now.rows[from], depth);
	int rc = OK;

	if (!m->t->across)
		return plain_cells(m, row + at, &r, depth, e);
	for (size_t i = 0; i <= m->across_count && rc == OK; i++) {
		r.across = i < m->across_count ? m->across[i] : NULL;
		for (size_t c = 0;
		     c < m->t->column_count && rc == OK && (r.across || m->t->totals); c++)
			rc = column_value(&row[at++], &r, m->maker.a, &m->t->columns[c], e);
	}
	return rc;
}

/* Where the rows end that agree with this one in the first depth groups. */
static size_t
end_of(const struct facts *f, size_t from, size_t depth)
{
	size_t to = from + 1;

	for (; to < f->count; to++)
		for (size_t k = 0; k < depth; k++)
			if (!rows_agree(f->rows[from], f->rows[to], k))
				return to;
	return to;
}

/*
 * A row that sums indicators of different sorts would mean nothing, so a table with "across"
 * has only a column of totals.
 */
static int
all_rows(struct making *m, struct err *e)
{
	const struct facts *f = &m->now;
	bool totals = m->t->totals && !m->t->across;
	size_t first = 0, to;
	int rc;

	for (size_t from = 0; from < f->count; from = to) {
		to = end_of(f, from, m->t->group_count);
		if ((rc = add_row(m, from, to, m->t->group_count, e)) != OK)
			return rc;
		if (!totals || m->t->group_count < 2 || end_of(f, first, 1) != to)
			continue;
		if ((rc = add_row(m, first, to, 1, e)) != OK)
			return rc;
		first = to;
	}
	return totals && f->count > 0 ? add_row(m, 0, f->count, 0, e) : OK;
}

static bool
shows_changes(const struct result_table *t)
{
	for (size_t i = 0; i < t->column_count; i++)
		if (t->columns[i].kind == RESULT_CHANGE)
			return true;
	return false;
}

int
yearly_result(struct yearly_table *out, struct arena *a, const struct letter_context *ctx,
    const struct result_table *t, int year, enum language l, struct err *e)
{
	struct making m = { .maker = { .a = a }, .ctx = ctx, .t = t, .year = year, .l = l };
	struct question q;
	int rc;

	question_make(&q, t);
	m.before.q = &q;
	if ((rc = facts_read(&m.now, a, ctx, &q, year, e)) != OK ||
	    (shows_changes(t) && (rc = facts_read(&m.before, a, ctx, &q, year - 1, e)) != OK))
		return rc;
	m.comparable = same_units(&m.now, &m.before);
	across_values(&m);
	all_columns(&m);
	if ((rc = all_rows(&m, e)) != OK)
		return rc;
	maker_table(out, &m.maker, t->id, t->title);
	out->detail = t->totals && !t->across && out->row_count > DETAIL_ROWS;
	return OK;
}
