/* Why: who reports, what, since when, and from which address, comes from two tables of the
 * campaign. */
#include "base/text.h"
#include "rules/descriptor.h"
#include "rules/reference.h"

static bool
is_word(const char *text, const char *const *words)
{
	for (; *words; words++)
		if (bytes_equal_fold(bytes_of(text), bytes_of(*words)))
			return true;
	return false;
}

/* A table of the campaign with what is needed to say where a mistake is. */
struct source {
	const struct reference *table;
	struct arena *arena;
	struct mistakes *mistakes;
};

static void
complain(const struct source *s, size_t row, const char *what, const char *value)
{
	/* +2: rows count from 1, and the first names the columns. */
	mistake_add(
	    s->arena, s->mistakes, "%s:%zu: %s '%.80s'", s->table->name, row + 2, what, value);
}

static bool
need(const struct source *s, const char *const *columns)
{
	bool all = true;

	for (; *columns; columns++)
		if (reference_column(s->table, *columns) == NO_COLUMN) {
			mistake_add(s->arena, s->mistakes, "%s: column %s is missing",
			    s->table->name, *columns);
			all = false;
		}
	return all;
}

static const char *
cell(const struct source *s, size_t row, const char *column)
{
	return reference_cell(s->table->rows[row], reference_column(s->table, column));
}

static void
read_validity(struct date *from, struct date *to, const struct source *s, size_t row)
{
	reference_validity(from, to, s->table, s->table->rows[row]);
	if (from->year && to->year && date_compare(*to, *from) < 0)
		complain(s, row, "valid_to is before valid_from:", cell(s, row, "valid_to"));
}

static size_t
pieces(const char *list)
{
	size_t n = 1;

	for (; *list; list++)
		n += *list == ';';
	return n;
}

static void
add_key(struct unit *u, struct bytes *keys, struct arena *a, struct bytes name)
{
	struct bytes key = text_key(a, name);

	if (key.len == 0)
		return;
	for (size_t i = 0; i < u->key_count; i++)
		if (bytes_equal(keys[i], key))
			return;
	keys[u->key_count++] = key;
}

static void
read_keys(struct unit *u, const struct source *s, size_t row)
{
	const char *aliases = cell(s, row, "aliases");
	struct bytes *keys = arena_array(s->arena, pieces(aliases) + 5, sizeof(*keys));
	struct bytes rest = bytes_of(aliases), alias;

	add_key(u, keys, s->arena, bytes_of(u->code));
	for (enum language l = 0; l < LANGUAGES; l++)
		add_key(u, keys, s->arena, bytes_of(u->name.in[l]));
	for (enum language l = 0; l < LANGUAGES; l++)
		add_key(u, keys, s->arena, bytes_of(u->short_name.in[l]));
	while (bytes_cut(&alias, &rest, ';'))
		add_key(u, keys, s->arena, alias);
	u->keys = keys;
}

static void
read_forms(struct unit *u, const struct source *s, size_t row)
{
	const char *list = cell(s, row, "forms");
	const char **forms = arena_array(s->arena, pieces(list) + 1, sizeof(*forms));
	struct bytes rest = bytes_of(list), form;
	size_t n = 0;

	while (bytes_cut(&form, &rest, ';')) {
		form = bytes_trim(form);
		if (form.len)
			forms[n++] = arena_text(s->arena, form);
	}
	u->forms = forms;
}

static bool
read_owes(const struct source *s, size_t row)
{
	static const char *const yes[] = { "", "x", "yes", "1", "true", "có", NULL };
	static const char *const no[] = { "no", "0", "false", "không", NULL };
	const char *owes = cell(s, row, "owes");

	if (!is_word(owes, yes) && !is_word(owes, no))
		complain(s, row, "owes must be yes or no, not", owes);
	return !is_word(owes, no);
}

static void
read_unit(struct unit *u, const struct source *s, size_t row)
{
	const char *english = cell(s, row, "name_en"), *brief = cell(s, row, "short_name");

	u->code = cell(s, row, "unit_code");
	u->kind = cell(s, row, "kind");
	u->name.in[LANGUAGE_VI] = cell(s, row, "name_vi");
	u->name.in[LANGUAGE_EN] = *english ? english : u->name.in[LANGUAGE_VI];
	u->short_name = u->name;
	if (*brief)
		u->short_name = (struct words){ .in = { brief, *english ? english : brief } };
	u->successors = cell(s, row, "successors");
	u->owes = read_owes(s, row);
	u->row = s->table->rows[row];
	read_validity(&u->valid_from, &u->valid_to, s, row);
	read_forms(u, s, row);
	read_keys(u, s, row);
	if (!*u->code || !*u->name.in[LANGUAGE_VI])
		complain(s, row, "unit_code or name_vi is empty:", u->code);
}

void
reference_units(struct rulebook *r, struct arena *a, struct mistakes *m)
{
	static const char *const needed[] = { "unit_code", "kind", "name_vi", "forms",
		"valid_from", "valid_to", NULL };
	struct source s = {
		.table = rulebook_reference(r, "units"), .arena = a, .mistakes = m
	};
	struct unit *units;

	if (!s.table) {
		mistake_add(
		    a, m, "datapackage.json:/resources: there is no resource \"units\"");
		return;
	}
	if (!need(&s, needed))
		return;
	units = arena_array(a, s.table->row_count + 1, sizeof(*units));
	for (size_t i = 0; i < s.table->row_count; i++)
		read_unit(&units[i], &s, i);
	r->units = units;
	r->unit_count = s.table->row_count;
}

static void
read_contact(struct contact *c, const struct source *s, size_t row, const struct rulebook *r)
{
	static const char *const roles[] = { "unit", "coordinator", "administrator", NULL };

	c->address = bytes_of(cell(s, row, "address"));
	c->unit = bytes_of(cell(s, row, "unit_code"));
	c->role = bytes_of(cell(s, row, "role"));
	c->language = bytes_of(cell(s, row, "language"));
	if (c->role.len == 0)
		c->role = BYTES("unit");
	read_validity(&c->valid_from, &c->valid_to, s, row);
	if (c->address.len < 3 || bytes_find(c->address, BYTES("@")) == c->address.len)
		complain(s, row, "is no mail address:", cell(s, row, "address"));
	if (!is_word(cell(s, row, "role")[0] ? cell(s, row, "role") : "unit", roles))
		complain(s, row, "role must be unit, coordinator or administrator, not",
		    cell(s, row, "role"));
	if (c->unit.len && !rulebook_unit(r, c->unit, (struct date){ 0 }))
		complain(s, row, "there is no unit", cell(s, row, "unit_code"));
	if (c->unit.len == 0 && bytes_equal_fold(c->role, BYTES("unit")))
		complain(s, row,
		    "an address of role unit needs a unit_code:", cell(s, row, "address"));
}

void
reference_roster(struct rulebook *r, struct arena *a, struct mistakes *m)
{
	static const char *const needed[] = { "address", "unit_code", NULL };
	struct source s = {
		.table = rulebook_reference(r, "roster"), .arena = a, .mistakes = m
	};
	struct contact *contacts;

	if (!s.table || !need(&s, needed))
		return;
	contacts = arena_array(a, s.table->row_count + 1, sizeof(*contacts));
	for (size_t i = 0; i < s.table->row_count; i++)
		read_contact(&contacts[i], &s, i, r);
	r->roster = (struct roster){ .contacts = contacts, .count = s.table->row_count };
}
