/* Why: one name may be that of several places, of one that is no more, or of a neighbour's;
 * only the one that is meant for sure is taken, and the others are named. */
#include "rules/lookup.h"
#include "rules/reference.h"

#define ROWS_MOST    8 /* of candidates that are named */
#define CHANGES_MOST 6 /* of one place, one after another */

/* Rows with different codes, in the order they were found. */
struct rows {
	const char *const *row[ROWS_MOST];
	size_t count;
	bool more;
};

static bool
owned_by(const struct lookup_owner *o, const char *const *row, const struct unit *unit)
{
	for (size_t i = 0; i < o->count; i++) {
		const char *wanted = unit->row[o->pairs[i].unit_column];

		if (*wanted && strcmp(wanted, row[o->pairs[i].table_column]) != 0)
			return false;
	}
	return true;
}

static bool
belongs(const struct lookup_choice *c, const char *const *row)
{
	const struct lookup *l = c->lookup;

	if (!c->unit || !c->unit->row || l->owner_count == 0)
		return true;
	for (size_t i = 0; i < l->owner_count; i++)
		if (owned_by(&l->owners[i], row, c->unit))
			return true;
	return false;
}

static bool
is_valid(const struct lookup_choice *c, const char *const *row)
{
	struct date from, to;

	if (c->day.year == 0)
		return true;
	reference_validity(&from, &to, c->lookup->table, row);
	return date_within(c->day, from, to);
}

static void
add_row(struct rows *rows, const struct lookup *l, const char *const *row)
{
	for (size_t i = 0; i < rows->count; i++)
		if (strcmp(rows->row[i][l->column], row[l->column]) == 0)
			return;
	if (rows->count < ROWS_MOST)
		rows->row[rows->count++] = row;
	else
		rows->more = true;
}

/* ---- what came after ---- */

static const char *const *
row_of_id(const struct lookup *l, const char *id)
{
	for (size_t i = 0; i < l->table->row_count; i++)
		if (strcmp(l->table->rows[i][l->succession.id], id) == 0)
			return l->table->rows[i];
	return NULL;
}

static bool
went_wholly(const struct lookup_succession *s, const char *const *step)
{
	return s->kind == NO_COLUMN || strcmp(step[s->kind], s->whole) == 0;
}

/* Nothing else became this, and it was not there before: it is the old one under a new name. */
static bool
is_renamed(const struct lookup *l, const char *const *old, const char *const *row)
{
	const struct lookup_succession *s = &l->succession;
	struct date from, to, until;
	size_t count = 0;

	reference_validity(&from, &until, l->table, old);
	reference_validity(&from, &to, l->table, row);
	for (size_t i = 0; i < s->table->row_count; i++)
		count += strcmp(s->table->rows[i][s->to], row[s->id]) == 0;
	return count == 1 && from.year && until.year && date_compare(until, from) < 0;
}

/* Those that are there on the day; *whole: each step took all of it, as the field wants it. */
static void
add_successors(struct rows *rows, bool *whole, const struct lookup_choice *c,
    const char *const *old, unsigned depth)
{
	const struct lookup *l = c->lookup;
	const struct lookup_succession *s = &l->succession;

	for (size_t i = 0; s->table && depth < CHANGES_MOST && i < s->table->row_count; i++) {
		const char *const *step = s->table->rows[i];
		const char *const *row;

		if (strcmp(step[s->from], old[s->id]) != 0 ||
		    !(row = row_of_id(l, step[s->to])))
			continue;
		*whole = *whole && went_wholly(s, step) && (!l->key || is_renamed(l, old, row));
		if (!is_valid(c, row))
			add_successors(rows, whole, c, row, depth + 1);
		else if (belongs(c, row))
			add_row(rows, l, row);
	}
}

/* ---- what is meant ---- */

static const char *
name_of(const struct lookup *l, const char *const *row, struct arena *a)
{
	struct bytes rest, name = { 0 };

	if (!l->by->columns[0])
		return "";
	rest = bytes_of(reference_cell(row, reference_column(l->table, l->by->columns[0])));
	(void)bytes_cut(&name, &rest, ';'); /* the first; there is one */
	return arena_printf(a, " %.*s", BYTES_ARG(name));
}

static const char *
list_rows(const struct rows *rows, const struct lookup_choice *c)
{
	const char *list = NULL;

	for (size_t i = 0; i < rows->count; i++) {
		const char *const *row = rows->row[i];

		list = arena_printf(c->arena, "%s%s%s%s", list ? list : "", list ? "; " : "",
		    row[c->lookup->column], name_of(c->lookup, row, c->arena));
	}
	return rows->more ? arena_printf(c->arena, "%s; …", list) : list;
}

const char *
lookup_list(const struct lookup_choice *c, const struct finder_entry *entry, size_t count)
{
	struct rows rows = { 0 };

	for (size_t i = 0; i < count; i++) {
		const char *const *row = c->lookup->table->rows[entry[i].row];

		if (is_valid(c, row) && belongs(c, row))
			add_row(&rows, c->lookup, row);
	}
	return list_rows(&rows, c);
}

static bool
is_other_kind(const struct lookup *l, const struct finder_entry *entry, unsigned kind)
{
	unsigned own = l->by->kinds[entry->row];

	return kind && own && kind != own;
}

/* Nothing that is named so is there; one may have come after it. */
static void
choose_later(struct lookup_answer *out, const struct lookup_choice *c,
    const struct finder_entry *entry, size_t count, unsigned kind)
{
	const struct lookup *l = c->lookup;
	struct rows later = { 0 };
	bool whole = true;

	for (size_t i = 0; i < count; i++) {
		const char *const *row = l->table->rows[entry[i].row];

		if (!is_other_kind(l, &entry[i], kind) && !is_valid(c, row))
			add_successors(&later, &whole, c, row, 0);
	}
	if (later.count == 1 && whole) {
		out->result = LOOKUP_FOUND;
		out->way = WAY_OLD;
		out->code = later.row[0][l->column];
	} else if (later.count > 0) {
		out->result = LOOKUP_ENDED;
		out->candidates = list_rows(&later, c);
	}
}

void
lookup_choose(struct lookup_answer *out, const struct lookup_choice *c,
    const struct finder_entry *entry, size_t count, unsigned kind)
{
	const struct lookup *l = c->lookup;
	struct rows meant = { 0 }, near = { 0 };

	out->result = LOOKUP_UNKNOWN;
	for (size_t i = 0; i < count; i++) {
		const char *const *row = l->table->rows[entry[i].row];
		bool good = is_valid(c, row), ours = belongs(c, row);

		if (is_other_kind(l, &entry[i], kind)) {
			if (good && ours)
				add_row(&near, l, row);
		} else if (good && ours) {
			add_row(&meant, l, row);
		} else if (ours) {
			out->result = LOOKUP_ENDED;
		} else if (out->result != LOOKUP_ENDED) {
			out->result = LOOKUP_FOREIGN;
		}
	}
	if (meant.count == 1) {
		out->result = LOOKUP_FOUND;
		out->code = meant.row[0][l->column];
		return;
	}
	if (meant.count > 1) {
		out->result = LOOKUP_AMBIGUOUS;
		out->candidates = list_rows(&meant, c);
		return;
	}
	choose_later(out, c, entry, count, kind);
	if (out->result == LOOKUP_UNKNOWN)
		out->candidates = list_rows(&near, c);
}
