/* Why: the campaign says as data which sums, counts and rates the year's result shows; here
 * they are worked out. */
#include <assert.h>
#include <stdlib.h>

#include "reports/yearly_facts_int.h"

/* ---- the question ---- */

static size_t
name_at(const char **names, size_t *count, const char *name)
{
	size_t i = 0;

	while (i < *count && strcmp(names[i], name) != 0)
		i++;
	if (i == *count) {
		assert(*count < NAMES_MOST);
		names[(*count)++] = name;
	}
	return i;
}

void
question_make(struct question *q, const struct result_table *t)
{
	const struct field *fields = t->form->fields;
	bool units = t->latest >= 0;

	*q = (struct question){ .t = t,
		.across = NAMES_MOST,
		.unit = NAMES_MOST,
		.latest = NAMES_MOST,
		.period = NAMES_MOST,
		.where = NAMES_MOST };
	for (size_t i = 0; i < t->group_count; i++)
		(void)name_at(q->names, &q->name_count,
		    t->groups[i].name); /* groups keep their places: no two are alike */
	if (t->across)
		q->across = name_at(q->names, &q->name_count, t->across->name);
	for (size_t i = 0; i < t->measure_count; i++) {
		const struct result_measure *m = &t->measures[i];
		const char *name = fields[m->field].name;

		units = units || m->distinct;
		q->measure_at[i] = m->distinct ? name_at(q->names, &q->name_count, name)
					       : name_at(q->sums, &q->sum_count, name);
		q->measure_where[i] = m->where.field < 0
		    ? NAMES_MOST
		    : name_at(q->names, &q->name_count, fields[m->where.field].name);
	}
	if (t->where.field >= 0)
		q->where = name_at(q->names, &q->name_count, fields[t->where.field].name);
	if (t->latest >= 0) {
		q->latest = name_at(q->names, &q->name_count, fields[t->latest].name);
		q->period = name_at(q->names, &q->name_count, "period");
	}
	if (units)
		q->unit = name_at(q->names, &q->name_count, "unit");
}

static bool
where_holds(const struct result_where *w, const char *value)
{
	struct decimal number;

	if (w->is)
		return strcmp(value, w->is) == 0;
	return decimal_read(&number, bytes_of(value), '.', '\0') &&
	    decimal_compare(number, w->above) > 0;
}

/* ---- the facts ---- */

/* Places in names, in the order in which they count. */
struct order {
	const size_t *keys;
	size_t count;
};

static int
by_keys(const void *left, const void *right, void *context)
{
	const struct figure_row *a = *(const struct figure_row *const *)left,
				*b = *(const struct figure_row *const *)right;
	const struct order *by = context;
	int order = 0;

	for (size_t i = 0; i < by->count && order == 0; i++)
		order = strcmp(a->group[by->keys[i]], b->group[by->keys[i]]);
	return order;
}

bool
rows_agree(const struct figure_row *a, const struct figure_row *b, size_t key)
{
	return strcmp(a->group[key], b->group[key]) == 0;
}

/* Of rows of one unit with one value only those of the last period stay. */
static void
keep_latest(struct facts *f)
{
	const struct question *q = f->q;
	const size_t keys[] = { q->unit, q->latest, q->period };
	size_t kept = 0;

	qsort_r(
	    f->rows, f->count, sizeof(*f->rows), by_keys, &(struct order){ keys, COUNT(keys) });
	for (size_t i = 0; i < f->count;) {
		size_t end = i, first;

		while (end < f->count && rows_agree(f->rows[i], f->rows[end], q->unit) &&
		    rows_agree(f->rows[i], f->rows[end], q->latest))
			end++;
		first = end - 1;
		while (first > i && rows_agree(f->rows[first - 1], f->rows[end - 1], q->period))
			first--;
		while (first < end)
			f->rows[kept++] = f->rows[first++];
		i = end;
	}
	f->count = kept;
}

int
facts_read(struct facts *f, struct arena *a, const struct letter_context *ctx,
    const struct question *q, int year, struct err *e)
{
	struct figure_query query = { .form = q->t->form,
		.year = year,
		.group = q->names,
		.group_count = q->name_count,
		.sum = q->sums,
		.sum_count = q->sum_count };
	struct figure_row *rows;
	size_t count, kept = 0, keys[NAMES_MOST];
	int rc;

	if ((rc = figures_query(&rows, &count, a, ctx->ledger, &query, e)) != OK)
		return err_at(e, "result %s of %d", q->t->id, year);
	*f = (struct facts){ .q = q,
		.rows = arena_array(a, count + 1, sizeof(const struct figure_row *)),
		.count = count };
	for (size_t i = 0; i < count; i++)
		f->rows[i] = &rows[i];
	if (q->latest < NAMES_MOST)
		keep_latest(f);
	for (size_t i = 0; i < f->count; i++)
		if (q->where == NAMES_MOST ||
		    where_holds(&q->t->where, f->rows[i]->group[q->where]))
			f->rows[kept++] = f->rows[i];
	f->count = kept;
	for (size_t i = 0; i < q->name_count; i++)
		keys[i] = i;
	qsort_r(f->rows, f->count, sizeof(*f->rows), by_keys,
	    &(struct order){ keys, q->name_count });
	return OK;
}

/* ---- measures ---- */

struct pair {
	const char *unit, *value;
};

static int
by_pair(const void *left, const void *right)
{
	const struct pair *a = left, *b = right;
	int order = strcmp(a->unit, b->unit);

	return order ? order : strcmp(a->value, b->value);
}

static bool
in_range(const struct range *r, size_t row, size_t measure)
{
	const struct question *q = r->facts->q;
	const char *const *group = r->facts->rows[row]->group;
	size_t where = q->measure_where[measure];

	if (r->across && strcmp(group[q->across], r->across) != 0)
		return false;
	return where == NAMES_MOST || where_holds(&q->t->measures[measure].where, group[where]);
}

static struct yearly_cell
count_distinct(const struct range *r, struct arena *a, size_t measure)
{
	const struct question *q = r->facts->q;
	struct pair *pairs = arena_array(a, r->to - r->from + 1, sizeof(*pairs));
	size_t count = 0;
	uint64_t distinct = 0;

	for (size_t i = r->from; i < r->to; i++) {
		const char *const *group = r->facts->rows[i]->group;

		if (in_range(r, i, measure) && group[q->measure_at[measure]][0] != '\0')
			pairs[count++] =
			    (struct pair){ group[q->unit], group[q->measure_at[measure]] };
	}
	qsort(pairs, count, sizeof(*pairs), by_pair);
	for (size_t i = 0; i < count; i++)
		distinct += i == 0 || by_pair(&pairs[i - 1], &pairs[i]) != 0;
	return yearly_count_cell(distinct);
}

/* Zeros at the end say nothing. */
static struct decimal
trimmed(struct decimal d)
{
	while (d.scale > 0 && d.digits % 10 == 0) {
		d.digits /= 10;
		d.scale--;
	}
	return d;
}

static int
measure(struct yearly_cell *out, const struct range *r, struct arena *a, size_t index,
    struct err *e)
{
	const struct question *q = r->facts->q;
	size_t at = q->measure_at[index];

	*out = (struct yearly_cell){ .kind = YEARLY_EMPTY };
	if (q->t->measures[index].distinct) {
		*out = count_distinct(r, a, index);
		return OK;
	}
	for (size_t i = r->from; i < r->to; i++) {
		const struct figure_row *row = r->facts->rows[i];

		if (!in_range(r, i, index) || row->summed[at] == 0)
			continue;
		out->kind = YEARLY_NUMBER;
		if (!decimal_add(&out->number, out->number, row->sum[at]))
			return err_set(e, ERR_INPUT,
			    "result %s: a sum of \"%s\" has over 18 digits", q->t->id,
			    q->sums[at]);
	}
	out->number = trimmed(out->number);
	return OK;
}

int
column_value(struct yearly_cell *out, const struct range *r, struct arena *a,
    const struct result_column *c, struct err *e)
{
	struct yearly_cell over, under;
	int rc;

	if (c->kind == RESULT_SUM || c->kind == RESULT_COUNT)
		return measure(out, r, a, c->measure, e);
	if ((rc = measure(&over, r, a, c->measure, e)) != OK ||
	    (rc = measure(&under, r, a, c->over, e)) != OK)
		return rc;
	*out = (struct yearly_cell){ .kind = YEARLY_EMPTY };
	if (over.kind == YEARLY_NUMBER && under.kind == YEARLY_NUMBER &&
	    decimal_ratio(&out->number, over.number, under.number, c->percent, c->scale))
		out->kind = YEARLY_NUMBER;
	return OK;
}
