/* Why: the rulebook tells a mistake by its place in a file; who works in a spreadsheet needs
 * sheet and cell. */
#include <stdlib.h>

#include "rules/mistake_words.h"
#include "rules/workbook_take_int.h"

#define DESCRIPTOR_FILE BYTES("datapackage.json:")

/* Does the pointer lead to path, into it, or to an object that path leads through? Gives how
 * much of them is the same; 0: no. */
static size_t
match(struct bytes pointer, const char *path)
{
	struct bytes p = bytes_of(path);
	size_t same = 0;

	if (p.len == 0)
		return 0;
	while (same < p.len && same < pointer.len && p.at[same] == pointer.at[same])
		same++;
	if ((same == p.len || p.at[same] == '/') &&
	    (same == pointer.len || pointer.at[same] == '/'))
		return same;
	return 0;
}

static size_t
match_column(struct bytes pointer, const struct book_column *c)
{
	struct bytes first;

	if (c->kind == COLUMN_TITLES)
		return match(pointer, "title") + match(pointer, "giamsat:title");
	if (c->kind != COLUMN_RULE)
		return match(pointer, c->path);
	first = bytes_slice(pointer, 0, bytes_find(pointer, BYTES("/")));
	return rule_names_kind(first) ? first.len : 0;
}

/* Which cell of a column that has two. */
static size_t
part_of(struct bytes pointer, const struct book_column *c)
{
	if (c->kind == COLUMN_RULE)
		return 1;
	return cell_width(c) == 2 && pointer.len > 3 &&
	    bytes_equal(bytes_slice(pointer, pointer.len - 3, 3), BYTES("/en"));
}

/* The sheet's column for what the pointer leads to below its object, from 1; 0: none has it. */
static uint32_t
find_column(
    size_t *best, const struct workbook_places *p, enum book_sheets id, struct bytes pointer)
{
	const struct book_sheet *sheet = &book_sheets[id];
	size_t at = sheet->key_vi ? 1 : 0;
	uint32_t found = 0;

	for (size_t c = 0; c < sheet->column_count; c++) {
		size_t same = match_column(pointer, &sheet->columns[c]);

		if (cell_width(&sheet->columns[c]) > 0 && same > *best) {
			*best = same;
			found =
			    p->sheets[id].columns[at + part_of(pointer, &sheet->columns[c])];
			found = found ? found : 1;
		}
		at += cell_width(&sheet->columns[c]);
	}
	return found;
}

/* A row of names and values, where the pointer leads to one. */
static const char *
find_pair(struct arena *a, const struct workbook_places *p, struct bytes pointer)
{
	const struct taken_sheet *s = &p->sheets[SHEET_SETTINGS];
	struct bytes list = bytes_of(book_sheets[SHEET_SETTINGS].list);

	if (!s->sheet || !bytes_starts(pointer, list))
		return NULL;
	pointer = bytes_slice(pointer, list.len + 1, pointer.len);
	for (size_t i = 0; i < s->sheet->row_count; i++) {
		const struct workbook_row *row = &s->sheet->rows[i];

		if (row->number >= WORKBOOK_DATA &&
		    bytes_equal(
			bytes_of(workbook_cell_at(a, row, s->columns[0] - 1).text), pointer))
			return place_name(a, s->sheet->name, row->number, s->columns[1]);
	}
	return s->sheet->name;
}

static const char *
place_in(struct arena *a, const struct workbook_places *p, enum book_sheets id,
    const struct taken *object, struct bytes pointer)
{
	size_t best = 0;
	uint32_t column = find_column(&best, p, id, pointer), row = object->row;
	const char *sheet = p->sheets[id].sheet->name;

	for (size_t i = 0; i < SHEETS; i++) {
		uint32_t other;

		if (!object->same_row[i])
			continue;
		other = find_column(&best, p, i, pointer);
		if (other) {
			column = other;
			row = object->same_row[i];
			sheet = p->sheets[i].sheet->name;
		}
	}
	if (!column && pointer.len > 0 && p->sheets[id].rest != NOWHERE)
		column = p->sheets[id].columns[p->sheets[id].rest];
	return place_name(a, sheet, row, column);
}

static const char *
place_of_pointer(struct arena *a, const struct workbook_places *p, struct bytes pointer)
{
	const struct taken *best = NULL;
	enum book_sheets of = SHEET_CAMPAIGN;
	const char *pair;
	size_t len = 0;

	for (size_t id = 0; id < SHEETS; id++)
		for (size_t i = 0; i < p->sheets[id].count; i++) {
			const struct taken *object = &p->sheets[id].objects[i];
			struct bytes own = bytes_of(object->pointer);

			if (!bytes_starts(pointer, own) ||
			    (own.len < pointer.len && pointer.at[own.len] != '/') ||
			    (best && own.len < len))
				continue;
			best = object;
			of = id;
			len = own.len;
		}
	if (!best)
		return NULL;
	pointer = bytes_slice(pointer, len + 1, pointer.len);
	pair = of == SHEET_CAMPAIGN ? find_pair(a, p, pointer) : NULL;
	return pair ? pair : place_in(a, p, of, best, pointer);
}

/* Column of the table that the sentence begins with, from 1. */
static uint32_t
column_named(const struct taken_table *table, struct bytes sentence)
{
	for (size_t c = 0; c < table->column_count; c++) {
		struct bytes name = bytes_of(table->columns[c]);

		if (bytes_starts(sentence, name) && name.len < sentence.len &&
		    sentence.at[name.len] == ' ')
			return (uint32_t)c + 1;
	}
	return 1;
}

/* "units.csv:12: …", "units:12: …", "units.csv: …" */
static const char *
place_in_table(
    struct arena *a, const struct workbook_places *p, struct bytes file, struct bytes *rest)
{
	for (size_t i = 0; i < p->table_count; i++) {
		const struct taken_table *table = &p->tables[i];
		size_t digits = bytes_digits(*rest);
		size_t line = digits && digits < 9 ? (size_t)atol(rest->at) : 0;
		uint32_t row = 2;

		if (!bytes_equal(file, bytes_of(table->path)) &&
		    !bytes_equal(file, bytes_of(table->name)))
			continue;
		if (!digits || digits >= rest->len || rest->at[digits] != ':')
			return table->sheet->name;
		*rest = bytes_trim(bytes_slice(*rest, digits + 1, rest->len));
		if (line >= 2 && line - 2 < table->row_count)
			row = table->rows[line - 2];
		return place_name(a, table->sheet->name, row, column_named(table, *rest));
	}
	return NULL;
}

/* "form M2, rule M2-09: …", as the bench says it of a rule that it could not prepare. */
static const char *
place_of_rule(struct arena *a, const struct workbook_places *p, struct bytes form,
    struct bytes rule, struct bytes sentence)
{
	bool message = bytes_find(sentence, BYTES("its message")) < sentence.len;
	uint32_t column = message
	    ? taken_column(&p->sheets[SHEET_RULES], SHEET_RULES, "message", 0)
	    : taken_column(&p->sheets[SHEET_RULES], SHEET_RULES, "", 1);
	const struct taken_sheet *s = &p->sheets[SHEET_RULES];

	for (size_t i = 0; s->sheet && i < s->sheet->row_count; i++) {
		const struct workbook_row *row = &s->sheet->rows[i];
		struct bytes cells[2] = { { 0 }, { 0 } };

		/* The form, and the rule's id right behind it. */
		for (size_t c = 0; c < 2; c++)
			if (s->columns[c])
				cells[c] =
				    bytes_of(workbook_cell_at(a, row, s->columns[c] - 1).text);
		if (bytes_equal(cells[0], form) && bytes_equal(cells[1], rule))
			return place_name(a, s->sheet->name, row->number, column);
	}
	return NULL;
}

/* "field: " of "…/giamsat:rules/4/balance/field/…", as one cell holds all parameters of a rule;
 * "" of another place. */
static const char *
parameter_of(struct arena *a, struct bytes pointer)
{
	struct bytes part,
	    rest = bytes_slice(
		pointer, bytes_find(pointer, BYTES("/giamsat:rules/")), pointer.len);

	for (int i = 0; i < 4; i++) /* "", the list, the rule's number, its kind */
		if (!bytes_cut(&part, &rest, '/'))
			return "";
	if (!rule_names_kind(part) || !bytes_cut(&part, &rest, '/'))
		return "";
	return arena_printf(a, "%.*s: ", BYTES_ARG(part));
}

const char *
workbook_mistake(
    struct arena *a, const struct workbook_package *p, const char *mistake, enum language l)
{
	struct bytes rest = bytes_of(mistake), pointer;
	const char *place = NULL, *parameter = "";

	if (bytes_starts(rest, DESCRIPTOR_FILE)) {
		/* No name of a property has ": " in it. */
		rest = bytes_slice(rest, DESCRIPTOR_FILE.len, rest.len);
		pointer = bytes_slice(rest, 0, bytes_find(rest, BYTES(": ")));
		rest = bytes_slice(rest, pointer.len + 2, rest.len);
		place = place_of_pointer(a, p->places, pointer);
		parameter = parameter_of(a, pointer);
	} else if (bytes_starts(rest, BYTES("form "))) {
		struct bytes form =
		    bytes_slice(rest, 5, bytes_find(rest, BYTES(", rule ")) - 5);
		struct bytes rule = bytes_slice(rest, 5 + form.len + 7, rest.len);

		rule.len = bytes_find(rule, BYTES(": "));
		rest = bytes_slice(rest, 5 + form.len + 7 + rule.len + 2, rest.len);
		place = place_of_rule(a, p->places, form, rule, rest);
	} else {
		pointer = bytes_slice(rest, 0, bytes_find(rest, BYTES(":")));
		rest = bytes_slice(rest, pointer.len + 1, rest.len);
		place = place_in_table(a, p->places, pointer, &rest);
		if (!place)
			place = place_of_text(a, p, pointer);
	}
	if (!place)
		return mistake;
	rest = bytes_trim(rest);
	return arena_printf(a, "%s: %s%s", place, parameter,
	    l == LANGUAGE_EN ? arena_text(a, rest) : mistake_words(a, rest));
}
