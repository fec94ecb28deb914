/* Why: communes merge, codes lose their zeros and names lose their marks, yet each row must
 * find its own commune. */
#include "rules/lookup.h"

#include "base/text.h"
#include "rules/reference.h"

void
lookup_names_fill(struct lookup_names *n, struct arena *a, const struct reference *table)
{
	size_t code = reference_column(table, n->column);

	for (size_t i = 0; i < table->row_count; i++)
		finder_add(
		    &n->codes, a, bytes_of(reference_cell(table->rows[i], code)), (uint32_t)i);
	for (const char *const *c = n->columns; *c; c++) {
		size_t column = reference_column(table, *c);

		for (size_t i = 0; i < table->row_count; i++) {
			struct bytes rest = bytes_of(reference_cell(table->rows[i], column)),
				     name;

			while (bytes_cut(&name, &rest, ';')) {
				finder_add(&n->names, a, text_key(a, name), (uint32_t)i);
				finder_add(&n->bare, a, text_bare_key(a, name), (uint32_t)i);
				finder_add(&n->exact, a, bytes_trim(name), (uint32_t)i);
			}
		}
	}
	finder_sort(&n->codes);
	finder_sort(&n->names);
	finder_sort(&n->bare);
	finder_sort(&n->exact);
}

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
belongs(const struct lookup *l, const char *const *row, const struct unit *unit)
{
	if (!unit || !unit->row || l->owner_count == 0)
		return true;
	for (size_t i = 0; i < l->owner_count; i++)
		if (owned_by(&l->owners[i], row, unit))
			return true;
	return false;
}

static bool
valid(const struct lookup *l, const char *const *row, struct date day)
{
	struct date from, to;

	if (day.year == 0)
		return true;
	reference_validity(&from, &to, l->table, row);
	return date_within(day, from, to);
}

/* Of the rows that carry the key: the one code among those that are valid and belong. */
static enum lookup_result
choose(const char **code, const struct lookup *l, const struct finder_entry *entry,
    size_t count, const struct unit *unit, struct date day)
{
	enum lookup_result result = LOOKUP_UNKNOWN;
	const char *found = NULL;

	for (size_t i = 0; i < count; i++) {
		const char *const *row = l->table->rows[entry[i].row];
		bool good = valid(l, row, day), ours = belongs(l, row, unit);

		if (good && ours) {
			if (found && strcmp(found, row[l->column]) != 0)
				return LOOKUP_AMBIGUOUS;
			found = row[l->column];
		} else if (ours) {
			result = LOOKUP_ENDED;
		} else if (result != LOOKUP_ENDED) {
			result = LOOKUP_FOREIGN;
		}
	}
	if (!found)
		return result;
	*code = found;
	return LOOKUP_FOUND;
}

/* "6067" of five digits is "06067"; anything else stays. */
static struct bytes
padded(struct arena *a, struct bytes text, unsigned pad)
{
	char *more;

	for (size_t i = 0; i < text.len; i++)
		if (text.at[i] < '0' || text.at[i] > '9')
			return text;
	if (text.len == 0 || text.len >= pad)
		return text;
	more = arena_take(a, pad + 1);
	memset(more, '0', pad - text.len);
	memcpy(more + pad - text.len, text.at, text.len);
	return (struct bytes){ .at = more, .len = pad };
}

enum lookup_result
lookup_find(const char **code, enum lookup_way *way, struct arena *a, const struct lookup *l,
    struct bytes text, const struct unit *unit, struct date day)
{
	struct bytes whole = padded(a, text, l->pad), key, bare;
	const struct finder_entry *entry;
	size_t count = finder_find(&entry, &l->by->codes, whole);

	*way = whole.len == text.len ? WAY_CODE : WAY_PADDED;
	if (count)
		return choose(code, l, entry, count, unit, day);
	*way = WAY_NAME;
	key = text_key(a, text);
	count = finder_find(&entry, &l->by->names, key);
	if (count)
		return choose(code, l, entry, count, unit, day);
	/* Marks that are written count: Tân Thanh without them is not Tân Thành. */
	bare = text_bare_key(a, text);
	if (!bytes_equal(bare, key))
		return LOOKUP_UNKNOWN;
	count = finder_find(&entry, &l->by->bare, bare);
	return choose(code, l, entry, count, unit, day);
}

static bool
leads_to(const struct lookup *l, const struct finder *f, struct bytes key, const char *code)
{
	const struct finder_entry *entry;
	size_t count = finder_find(&entry, f, key);

	for (size_t i = 0; i < count; i++)
		if (strcmp(l->table->rows[entry[i].row][l->column], code) == 0)
			return true;
	return false;
}

bool
lookup_is_named(struct arena *a, const struct lookup *l, const char *code, struct bytes name)
{
	struct bytes key, bare;

	if (leads_to(l, &l->by->exact, name, code))
		return true;
	key = text_key(a, name);
	bare = text_bare_key(a, name);
	return leads_to(l, &l->by->names, key, code) ||
	    (bytes_equal(key, bare) && leads_to(l, &l->by->bare, bare, code));
}
