/* Why: clerks write "Hộ nghèo", the ledger keeps "nguoi_ngheo"; a list says which is which, and
 * since when. */
#include "rules/codelist.h"

#include "base/text.h"
#include "rules/reference.h"

static void
add_name(struct codelist *c, struct arena *a, struct bytes name, uint32_t row)
{
	finder_add(&c->names, a, text_key(a, name), row);
	finder_add(&c->exact, a, name, row);
}

/* The digits that each code has; 0 when one is no number or is of another length. */
static unsigned
width_of(const struct codelist *c)
{
	size_t width = c->count ? strlen(c->codes[0].code) : 0;

	for (size_t i = 0; i < c->count; i++)
		if (strlen(c->codes[i].code) != width ||
		    strspn(c->codes[i].code, "0123456789") != width)
			return 0;
	return (unsigned)width;
}

const struct codelist *
codelist_new(struct arena *a, const struct reference *table, const char *name)
{
	size_t list = reference_column(table, "list"), code = reference_column(table, "code");
	size_t title = reference_column(table, "title_vi"),
	       english = reference_column(table, "title_en");
	size_t aliases = reference_column(table, "aliases");
	struct codelist *c = arena_take(a, sizeof(*c));
	struct code *codes = arena_array(a, table->row_count + 1, sizeof(*codes));

	c->name = name;
	c->codes = codes;
	for (size_t i = 0; i < table->row_count; i++) {
		const char *const *row = table->rows[i];
		struct code *next = &codes[c->count];
		uint32_t at = (uint32_t)c->count;
		struct bytes rest, alias;

		if (strcmp(reference_cell(row, list), name) != 0)
			continue;
		next->code = reference_cell(row, code);
		next->title.in[LANGUAGE_VI] = reference_cell(row, title);
		if (!*next->title.in[LANGUAGE_VI])
			next->title.in[LANGUAGE_VI] = next->code;
		next->title.in[LANGUAGE_EN] = reference_cell(row, english);
		if (!*next->title.in[LANGUAGE_EN])
			next->title.in[LANGUAGE_EN] = next->title.in[LANGUAGE_VI];
		reference_validity(&next->valid_from, &next->valid_to, table, row);
		add_name(c, a, bytes_of(next->code), at);
		add_name(c, a, bytes_of(next->title.in[LANGUAGE_VI]), at);
		add_name(c, a, bytes_of(next->title.in[LANGUAGE_EN]), at);
		rest = bytes_of(reference_cell(row, aliases));
		while (bytes_cut(&alias, &rest, ';'))
			add_name(c, a, alias, at);
		c->count++;
	}
	c->pad = width_of(c);
	finder_sort(&c->names);
	finder_sort(&c->exact);
	return c->count ? c : NULL;
}

/* Of the codes that carry the name: one that is valid on some day. */
static enum code_found
choose(const struct code **out, const struct codelist *c, const struct finder_entry *entry,
    size_t found, struct date first, struct date last)
{
	enum code_found result = CODE_UNKNOWN;

	for (size_t i = 0; i < found; i++) {
		const struct code *code = &c->codes[entry[i].row];

		*out = code;
		if (code->valid_to.year && first.year &&
		    date_compare(code->valid_to, first) < 0) {
			result = CODE_ENDED;
			continue;
		}
		if (code->valid_from.year && last.year &&
		    date_compare(last, code->valid_from) < 0) {
			result = CODE_NOT_YET;
			continue;
		}
		return CODE_FOUND;
	}
	return result;
}

/* "1" of two digits is "01"; empty: it is no number that lost zeros. */
static struct bytes
padded(struct arena *a, struct bytes text, unsigned pad)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.at[i] < '0' || text.at[i] > '9')
			return (struct bytes){ 0 };
	if (text.len == 0 || text.len >= pad)
		return (struct bytes){ 0 };
	return bytes_of(arena_printf(a, "%0*d%.*s", (int)(pad - text.len), 0, BYTES_ARG(text)));
}

enum code_found
codelist_find(const struct code **out, struct arena *a, const struct codelist *c,
    struct bytes text, struct date first, struct date last)
{
	const struct finder_entry *entry;
	size_t found = finder_find(&entry, &c->exact, text);
	enum code_found result;

	if (found && choose(out, c, entry, found, first, last) == CODE_FOUND)
		return CODE_FOUND;
	found = finder_find(&entry, &c->names, text_key(a, text));
	if (found || c->pad == 0)
		return choose(out, c, entry, found, first, last);
	found = finder_find(&entry, &c->exact, padded(a, text, c->pad));
	result = choose(out, c, entry, found, first, last);
	return result == CODE_FOUND ? CODE_PADDED : result;
}

const char *
codelist_title(const struct codelist *c, struct bytes code, enum language l)
{
	for (size_t i = 0; i < c->count; i++)
		if (bytes_equal(bytes_of(c->codes[i].code), code))
			return words_in(c->codes[i].title, l);
	return NULL;
}
