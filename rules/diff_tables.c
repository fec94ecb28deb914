/* Why: a code that ends refuses reports as surely as a rule does, and nobody compares tables of
 * hundreds of rows by eye. */
#include <stdlib.h>

#include "rules/diff_int.h"
#include "rules/lookup.h"
#include "rules/reference.h"

#define NAMED_MOST 8 /* rows that are named; the others are counted */

/* A row by what tells it from others: list, code, and since when it counts. */
struct keyed_row {
	const char *key;
	struct bytes label; /* for people: the key without the day */
	const char *const *cells;
	size_t row;
};

struct keyed_table {
	const struct reference *table;
	struct keyed_row *rows; /* by key */
	size_t count;
	size_t name; /* column with a name; NO_COLUMN */
};

struct table_pair {
	struct differ *differ;
	struct keyed_table before, after;
};

/* Names of rows as they are gathered. */
struct named {
	struct buf list;
	size_t count;
};

static void
free_named(struct named *n)
{
	buf_free(&n->list);
}

/* ---- rows by key ---- */

static int
compare_keys(const void *a, const void *b)
{
	const struct keyed_row *x = a, *y = b;
	int order = strcmp(x->key, y->key);

	return order ? order : (x->row < y->row ? -1 : x->row > y->row);
}

/* The column that codes are looked up by; NO_COLUMN where none are. */
static size_t
code_column(const struct rulebook *r, const struct reference *t)
{
	for (size_t i = 0; i < r->form_count; i++)
		for (size_t k = 0; k < r->forms[i].field_count; k++) {
			const struct lookup *l = r->forms[i].fields[k].lookup;

			if (l && strcmp(l->table->name, t->name) == 0)
				return reference_column(t, l->table->columns[l->column]);
		}
	if (strcmp(t->name, "codelists") == 0)
		return reference_column(t, "code");
	return strcmp(t->name, "units") == 0 ? reference_column(t, "unit_code") : NO_COLUMN;
}

static size_t
name_column(const struct reference *t)
{
	static const char *const names[] = { "name_vi", "title_vi", "name", "title" };
	size_t column = NO_COLUMN;

	for (size_t i = 0; i < COUNT(names) && column == NO_COLUMN; i++)
		column = reference_column(t, names[i]);
	return column;
}

/* Of a table without codes a row is what stands in it. */
static const char *
whole_row(struct arena *a, const struct reference *t, size_t row)
{
	AUTO(buf_free) struct buf b = { 0 };

	for (size_t i = 0; i < t->column_count; i++)
		buf_printf(&b, "%s\n", t->rows[row][i]);
	return arena_text(a, buf_bytes(&b));
}

/* The second of a key is the second in both tables; the order of keys stays. */
static void
number_equals(struct keyed_table *t, struct arena *a)
{
	size_t first = 0;

	for (size_t i = 1; i < t->count; i++) {
		if (strcmp(t->rows[i].key, t->rows[first].key) != 0)
			first = i;
		else
			t->rows[i].key =
			    arena_printf(a, "%s\n%06zu", t->rows[first].key, i - first);
	}
}

static void
key_rows(struct keyed_table *out, struct arena *a, const struct rulebook *r,
    const struct reference *t)
{
	size_t code = code_column(r, t), list = reference_column(t, "list"),
	       from = reference_column(t, "valid_from");

	*out = (struct keyed_table){ .table = t, .name = name_column(t) };
	out->rows = arena_array(a, t->row_count + 1, sizeof(*out->rows));
	for (size_t i = 0; i < t->row_count; i++) {
		struct keyed_row *row = &out->rows[out->count++];
		const char *group = reference_cell(t->rows[i], list);

		row->cells = t->rows[i];
		row->row = i;
		row->label = bytes_of(arena_printf(a, "%s%s%s", group, *group ? ":" : "",
		    reference_cell(t->rows[i], code == NO_COLUMN ? 0 : code)));
		row->key = code == NO_COLUMN ? whole_row(a, t, i)
					     : arena_printf(a, "%s\n%s", row->label.at,
						   reference_cell(t->rows[i], from));
	}
	qsort(out->rows, out->count, sizeof(*out->rows), compare_keys);
	number_equals(out, a);
}

static const struct keyed_row *
find_row(const struct keyed_table *t, const char *key)
{
	size_t low = 0, high = t->count;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (strcmp(t->rows[middle].key, key) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < t->count && strcmp(t->rows[low].key, key) == 0 ? &t->rows[low] : NULL;
}

/* ---- what is told ---- */

static void
name_row(struct named *n, const struct keyed_table *t, const struct keyed_row *row)
{
	const char *name = reference_cell(row->cells, t->name);

	if (++n->count > NAMED_MOST)
		return;
	buf_printf(&n->list, "%s%.*s%s%s%s", n->count > 1 ? ", " : "", BYTES_ARG(row->label),
	    *name ? " (" : "", name, *name ? ")" : "");
}

static void
say(const struct table_pair *p, enum change_kind kind, struct named *n)
{
	const char *table = p->after.table->name;
	/* Addresses are nobody's business who reads what has changed. */
	bool secret = strcmp(table, "roster") == 0;
	const char *what;

	if (n->count == 0)
		return;
	if (secret)
		what = arena_printf(p->differ->arena, "%zu", n->count);
	else if (n->count > NAMED_MOST)
		what = arena_printf(
		    p->differ->arena, "%zu: %.*s, …", n->count, BYTES_ARG(buf_bytes(&n->list)));
	else
		what = arena_text(p->differ->arena, buf_bytes(&n->list));
	const struct filler fillers[] = { filler_plain("table", table),
		filler_plain("what", what) };

	diff_say(p->differ, kind, "", table, fillers, COUNT(fillers));
}

static const char *
cell_of(const struct keyed_table *t, const struct keyed_row *row, const char *column)
{
	return reference_cell(row->cells, reference_column(t->table, column));
}

static bool
differs(const struct table_pair *p, const struct keyed_row *old, const struct keyed_row *new,
    const char *column)
{
	return strcmp(cell_of(&p->before, old, column), cell_of(&p->after, new, column)) != 0;
}

/* Valid for less long than before. */
static bool
ends_earlier(
    const struct table_pair *p, const struct keyed_row *old, const struct keyed_row *new)
{
	struct date from, before, after;

	reference_validity(&from, &before, p->before.table, old->cells);
	reference_validity(&from, &after, p->after.table, new->cells);
	return after.year && (!before.year || date_compare(after, before) < 0);
}

static bool
is_changed(const struct table_pair *p, const struct keyed_row *old, const struct keyed_row *new)
{
	for (size_t i = 0; i < p->after.table->column_count; i++)
		if (differs(p, old, new, p->after.table->columns[i]))
			return true;
	return p->before.table->column_count != p->after.table->column_count;
}

/* ---- tables ---- */

/* Kinds of what is removed, ended, new; then of what else differs. */
struct table_kinds {
	enum change_kind removed, ended, added;
	void (*changed)(const struct table_pair *p, struct named *named,
	    const struct keyed_row *old, const struct keyed_row *new);
	enum change_kind changes[2]; /* named[0], named[1] of changed */
};

static void
compare_rows(const struct table_pair *p, const struct table_kinds *kinds)
{
	AUTO(free_named) struct named gone = { 0 };
	AUTO(free_named) struct named ended = { 0 };
	AUTO(free_named) struct named added = { 0 };
	struct named changed[2] = { 0 };

	for (size_t i = 0; i < p->before.count; i++) {
		const struct keyed_row *old = &p->before.rows[i],
				       *new = find_row(&p->after, old->key);

		if (!new)
			name_row(&gone, &p->before, old);
		else if (ends_earlier(p, old, new))
			name_row(&ended, &p->after, new);
		else if (is_changed(p, old, new))
			kinds->changed(p, changed, old, new);
	}
	for (size_t i = 0; i < p->after.count; i++)
		if (!find_row(&p->before, p->after.rows[i].key))
			name_row(&added, &p->after, &p->after.rows[i]);
	say(p, kinds->removed, &gone);
	say(p, kinds->ended, &ended);
	say(p, kinds->added, &added);
	for (size_t i = 0; i < COUNT(changed); i++) {
		say(p, kinds->changes[i], &changed[i]);
		free_named(&changed[i]);
	}
}

static void
any_change(const struct table_pair *p, struct named *named, const struct keyed_row *old,
    const struct keyed_row *new)
{
	(void)old;
	name_row(&named[0], &p->after, new);
}

/* What a unit owes is another matter than what it is called. */
static void
unit_change(const struct table_pair *p, struct named *named, const struct keyed_row *old,
    const struct keyed_row *new)
{
	bool owes = differs(p, old, new, "forms") || differs(p, old, new, "owes");

	name_row(&named[owes ? 0 : 1], &p->after, new);
}

static void
compare_tables(struct differ *d, const struct reference *old, const struct reference *new,
    const struct table_kinds *kinds)
{
	struct table_pair p = { .differ = d };

	key_rows(&p.before, d->arena, d->before, old);
	key_rows(&p.after, d->arena, d->after, new);
	compare_rows(&p, kinds);
}

void
diff_units(struct differ *d)
{
	static const struct table_kinds kinds = { .removed = CHANGED_UNIT_REMOVED,
		.ended = CHANGED_UNIT_ENDED,
		.added = CHANGED_UNIT_ADDED,
		.changed = unit_change,
		.changes = { CHANGED_UNIT_FORMS, CHANGED_UNIT_RENAMED } };
	const struct reference *old = rulebook_reference(d->before, "units"),
			       *new = rulebook_reference(d->after, "units");

	if (old && new)
		compare_tables(d, old, new, &kinds);
}

void
diff_tables(struct differ *d)
{
	static const struct table_kinds kinds = { .removed = CHANGED_CODE_REMOVED,
		.ended = CHANGED_CODE_ENDED,
		.added = CHANGED_CODE_ADDED,
		.changed = any_change,
		.changes = { CHANGED_CODE_CHANGED, CHANGED_CODE_CHANGED } };

	for (size_t i = 0; i < d->before->reference_count; i++) {
		const struct reference *old = &d->before->references[i],
				       *new = rulebook_reference(d->after, old->name);
		const struct filler filler = filler_plain("table", old->name);

		if (strcmp(old->name, "units") == 0)
			continue;
		if (new)
			compare_tables(d, old, new, &kinds);
		else
			diff_say(d, CHANGED_TABLE_REMOVED, "", old->name, &filler, 1);
	}
	for (size_t i = 0; i < d->after->reference_count; i++) {
		const char *name = d->after->references[i].name;
		const struct filler filler = filler_plain("table", name);

		if (!rulebook_reference(d->before, name))
			diff_say(d, CHANGED_TABLE_ADDED, "", name, &filler, 1);
	}
}
