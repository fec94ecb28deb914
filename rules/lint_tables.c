/* Why: tables live longer than rules: what is no more used, overlaps or leads nowhere is found
 * here and not in a report. */
#include <stdlib.h>

#include "rules/codelist.h"
#include "rules/lint_int.h"
#include "rules/lookup.h"
#include "rules/reference.h"

/* ---- what nothing mentions ---- */

static bool
is_word_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	    c == '_' || c == '-';
}

static bool
holds_word(const char *text, const char *word)
{
	size_t len = strlen(word);

	for (const char *at = strstr(text, word); at; at = strstr(at + 1, word))
		if ((at == text || !is_word_char(at[-1])) && !is_word_char(at[len]))
			return true;
	return false;
}

/* How many texts (values, not names of properties) hold the word. */
static size_t
mentions(const json_t *value, const char *word)
{
	json_t *walked = (json_t *)(uintptr_t)value; /* jansson's walk takes no const */
	size_t n = 0;

	if (json_is_string(value))
		return holds_word(json_string_value(value), word);
	for (size_t i = 0; i < json_array_size(value); i++)
		n += mentions(json_array_get(value, i), word);
	for (void *walk = json_object_iter(walked); walk;
	     walk = json_object_iter_next(walked, walk))
		n += mentions(json_object_iter_value(walk), word);
	return n;
}

static void
say_unused(struct linter *l, enum lint_kind kind, const char *place, const char *name)
{
	const struct filler filler = filler_plain("name", arena_text(l->arena, bytes_of(name)));

	if (mentions(l->root.value, name) == 0)
		lint_say(l, kind, place, &filler, 1);
}

/* Names of the object's properties that no text mentions. */
static void
look_at_names(struct linter *l, enum lint_kind kind, const struct at *object)
{
	json_t *walked = (json_t *)(uintptr_t)object->value; /* jansson's walk takes no const */

	for (void *walk = json_object_iter(walked); walk;
	     walk = json_object_iter_next(walked, walk)) {
		struct at child = at_key(object, json_object_iter_key(walk));

		say_unused(l, kind, at_place(&child), child.key);
	}
}

static void
look_at_lists(struct linter *l)
{
	const struct reference *t = rulebook_reference(l->book, "codelists");
	size_t list = t ? reference_column(t, "list") : NO_COLUMN;

	for (size_t i = 0; t && i < t->row_count; i++) {
		const char *name = reference_cell(t->rows[i], list);
		size_t before = 0;

		while (before < i && strcmp(reference_cell(t->rows[before], list), name) != 0)
			before++;
		if (before == i && *name)
			say_unused(l, LINT_UNUSED_LIST,
			    arena_printf(l->arena, "codelists:%zu", i + 2), name);
	}
}

/* Its own resource names it, which does not count. */
static void
look_at_references(struct linter *l)
{
	static const char *const ours[] = { "units", "roster", "codelists", NULL };
	size_t count = at_count(&l->resources);

	for (size_t i = 0; i < count; i++) {
		struct at at = at_index(&l->resources, i), name_at = at_key(&at, "name");
		const char *name = json_string_value(name_at.value);
		const struct filler filler = filler_plain("name", name);

		if (!name || at_key(&at, "giamsat:form").value ||
		    bytes_among(bytes_of(name), ours))
			continue;
		if (mentions(l->root.value, name) <= mentions(at.value, name))
			lint_at(l, LINT_UNUSED_TABLE, &name_at, &filler, 1);
	}
}

void
lint_unused(struct linter *l)
{
	struct at settings = at_key(&l->root, "giamsat:settings");
	struct at layout = at_key(&l->root, "giamsat:layout"),
		  groups = at_key(&layout, "groups");

	look_at_lists(l);
	look_at_references(l);
	look_at_names(l, LINT_UNUSED_SETTING, &settings);
	look_at_names(l, LINT_UNUSED_GROUP, &groups);
	for (size_t i = 0; i < l->form_count; i++) {
		struct at own = at_key(&l->forms[i].resource, "giamsat:layout"),
			  own_groups = at_key(&own, "groups");

		look_at_names(l, LINT_UNUSED_GROUP, &own_groups);
	}
}

/* ---- validity of codes ---- */

/* One row of a table whose code counts from day to day. */
struct valid_row {
	const char *list, *code;
	struct date from, to; /* year 0: open */
	size_t row;
};

static int
compare_rows(const void *a, const void *b)
{
	const struct valid_row *x = a, *y = b;
	int order = strcmp(x->list, y->list);

	if (order == 0)
		order = strcmp(x->code, y->code);
	if (order == 0)
		order = date_compare(x->from, y->from);
	return order ? order : (x->row < y->row ? -1 : x->row > y->row);
}

static const char *
day_text(struct linter *l, struct date d)
{
	char text[16];

	date_write(text, d);
	return arena_text(l->arena, bytes_of(text));
}

static void
compare_neighbours(struct linter *l, const struct reference *t, const struct valid_row *x,
    const struct valid_row *y)
{
	const char *place = arena_printf(l->arena, "%s:%zu", t->name, y->row + 2);
	struct date next = { 0 };

	if (x->to.year)
		next = date_of_days(date_days(x->to) + 1);
	if (!x->to.year || !y->from.year || date_compare(y->from, next) < 0) {
		const struct filler fillers[] = { filler_plain("name", y->code),
			filler_plain("other", arena_printf(l->arena, "%zu", x->row + 2)) };

		lint_say(l, LINT_OVERLAP, place, fillers, COUNT(fillers));
	} else if (date_compare(y->from, next) > 0) {
		const struct filler fillers[] = { filler_plain("name", y->code),
			filler_plain("from", day_text(l, next)),
			filler_plain("to", day_text(l, date_of_days(date_days(y->from) - 1))) };

		lint_say(l, LINT_GAP, place, fillers, COUNT(fillers));
	}
}

/* list NO_COLUMN: all rows are of one list. */
static void
look_at_validity(struct linter *l, const struct reference *t, size_t list, size_t code)
{
	struct valid_row *rows = arena_array(l->arena, t->row_count + 1, sizeof(*rows));

	if (code == NO_COLUMN)
		return;
	for (size_t i = 0; i < t->row_count; i++) {
		rows[i] = (struct valid_row){ .list = reference_cell(t->rows[i], list),
			.code = reference_cell(t->rows[i], code),
			.row = i };
		reference_validity(&rows[i].from, &rows[i].to, t, t->rows[i]);
	}
	qsort(rows, t->row_count, sizeof(*rows), compare_rows);
	for (size_t i = 1; i < t->row_count; i++)
		if (*rows[i].code && strcmp(rows[i].code, rows[i - 1].code) == 0 &&
		    strcmp(rows[i].list, rows[i - 1].list) == 0)
			compare_neighbours(l, t, &rows[i - 1], &rows[i]);
}

/* Each table once, by the first field that looks codes up in it. */
static void
look_at_lookups(struct linter *l)
{
	const struct reference **seen =
	    arena_array(l->arena, l->book->reference_count + 1, sizeof(*seen));
	size_t count = 0;

	for (size_t i = 0; i < l->form_count; i++)
		for (size_t k = 0; k < l->forms[i].form->field_count; k++) {
			const struct lookup *look = l->forms[i].form->fields[k].lookup;
			size_t n = 0;

			while (look && n < count && seen[n] != look->table)
				n++;
			if (!look || n < count)
				continue;
			seen[count++] = look->table;
			look_at_validity(l, look->table, NO_COLUMN, look->column);
		}
}

void
lint_validity(struct linter *l)
{
	const struct reference *codes = rulebook_reference(l->book, "codelists"),
			       *units = rulebook_reference(l->book, "units");

	if (codes)
		look_at_validity(
		    l, codes, reference_column(codes, "list"), reference_column(codes, "code"));
	if (units)
		look_at_validity(l, units, NO_COLUMN, reference_column(units, "unit_code"));
	look_at_lookups(l);
}

/* ---- units ---- */

static void
look_at_successors(struct linter *l, size_t row)
{
	const struct unit *u = &l->book->units[row];
	struct bytes rest = bytes_of(u->successors), one;
	const char *place = arena_printf(l->arena, "units:%zu", row + 2);

	while (rest.at && bytes_cut(&one, &rest, ';')) {
		/* "LS-SYT[bảo trợ xã hội]": what of its work went there. */
		one = bytes_trim(bytes_slice(one, 0, bytes_find(one, BYTES("["))));
		const struct filler fillers[] = { filler_plain(
		    "name", arena_text(l->arena, one)) };

		if (one.len && !rulebook_unit(l->book, one, (struct date){ 0 }))
			lint_say(l, LINT_SUCCESSOR, place, fillers, COUNT(fillers));
	}
}

static bool
has_value(const struct reference *t, size_t column, const char *value)
{
	for (size_t i = 0; i < t->row_count; i++)
		if (strcmp(reference_cell(t->rows[i], column), value) == 0)
			return true;
	return false;
}

/* What a table of succession leads from and to must be there. */
static void
look_at_succession(struct linter *l, const struct lookup *look)
{
	const struct lookup_succession *s = &look->succession;
	const size_t ends[] = { s->from, s->to };

	for (size_t i = 0; i < s->table->row_count; i++)
		for (size_t k = 0; k < COUNT(ends); k++) {
			const char *id = reference_cell(s->table->rows[i], ends[k]);
			const char *place =
			    arena_printf(l->arena, "%s:%zu", s->table->name, i + 2);
			const struct filler fillers[] = { filler_plain("name", id),
				filler_plain("table", look->table->name) };

			if (*id && !has_value(look->table, s->id, id))
				lint_say(l, LINT_SUCCESSION, place, fillers, COUNT(fillers));
		}
}

static bool
has_address(const struct linter *l, const struct unit *u)
{
	for (size_t i = 0; i < l->book->roster.count; i++)
		if (bytes_equal(l->book->roster.contacts[i].unit, bytes_of(u->code)))
			return true;
	return false;
}

/* One line for all: a roster may be empty until the campaign begins. */
static void
look_at_addresses(struct linter *l)
{
	AUTO(buf_free) struct buf list = { 0 };
	size_t count = 0;

	for (size_t i = 0; i < l->book->unit_count; i++) {
		const struct unit *u = &l->book->units[i];

		/* Units that have ended write no more. */
		if (!u->owes || u->valid_to.year || !*u->forms || has_address(l, u))
			continue;
		if (++count <= 5)
			buf_printf(&list, "%s%s", count > 1 ? ", " : "", u->code);
	}
	if (count > 5)
		buf_text(&list, ", …");
	const struct filler fillers[] = { filler_plain(
					      "count", arena_printf(l->arena, "%zu", count)),
		filler_plain("list", list.at) };

	if (count > 0)
		lint_say(l, LINT_NO_ADDRESS, "roster", fillers, COUNT(fillers));
}

void
lint_units(struct linter *l)
{
	const struct reference *seen = NULL;

	for (size_t i = 0; i < l->book->unit_count; i++)
		look_at_successors(l, i);
	for (size_t i = 0; i < l->form_count; i++)
		for (size_t k = 0; k < l->forms[i].form->field_count; k++) {
			const struct lookup *look = l->forms[i].form->fields[k].lookup;

			if (!look || !look->succession.table || look->succession.table == seen)
				continue;
			seen = look->succession.table;
			look_at_succession(l, look);
		}
	look_at_addresses(l);
}
