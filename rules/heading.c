/* Why: clerks put titles above, swap columns and rename them; the form is known by its
 * headings, wherever they stand. */
#include "rules/heading.h"

#include "base/buf.h"
#include "base/text.h"
#include "rules/finder.h"

#define FORMS_MOST 64

static const unsigned char *
natives_copy(const struct row *row, struct arena *a)
{
	const struct bytes all = { (const char *)row->natives, row->count };

	return row->natives ? (const unsigned char *)arena_text(a, all) : NULL;
}

static void
keep(struct heading *h, const struct row *row, struct arena *a)
{
	struct bytes *cells = arena_array(a, row->count + 1u, sizeof(*cells));

	for (uint32_t i = 0; i < row->count; i++)
		cells[i] = arena_bytes(a, row->cells[i]);
	h->rows[h->count++] = (struct row){ .number = row->number,
		.count = row->count,
		.cells = cells,
		.natives = natives_copy(row, a) };
}

/* How many headings of each form the row has. */
struct tally {
	unsigned matched[FORMS_MOST], expected[FORMS_MOST];
};

static void
count_cell(struct tally *t, const struct rulebook *r, struct bytes cell, struct arena *a)
{
	const struct finder_entry *entry;
	size_t found = finder_find(&entry, r->headings, text_key(a, cell));

	for (size_t i = 0; i < found; i++) {
		size_t form = entry[i].row >> 16, field = entry[i].row & 0xFFFF;

		if (form >= FORMS_MOST)
			continue;
		t->matched[form]++;
		t->expected[form] += r->forms[form].fields[field].expected;
	}
}

static unsigned
expected_of(const struct form *f)
{
	unsigned n = 0;

	for (size_t i = 0; i < f->field_count; i++)
		n += f->fields[i].expected;
	return n;
}

static void
compare(
    struct heading *h, const struct tally *t, const struct rulebook *r, const struct form *only)
{
	for (size_t i = 0; i < r->form_count && i < FORMS_MOST; i++) {
		if ((only && only != &r->forms[i]) || t->matched[i] < 2)
			continue;
		if (h->form &&
		    (t->matched[i] < h->matched ||
			(t->matched[i] == h->matched && t->expected[i] <= h->expected)))
			continue;
		h->form = &r->forms[i];
		h->matched = t->matched[i];
		h->expected = t->expected[i];
		h->best = h->count - 1;
	}
}

bool
heading_add(struct heading *h, const struct rulebook *r, const struct form *only,
    const struct row *row, struct arena *a)
{
	struct tally t = { 0 };

	keep(h, row, a);
	for (uint32_t i = 0; i < row->count; i++)
		if (row->cells[i].len)
			count_cell(&t, r, row->cells[i], a);
	compare(h, &t, r, only);
	return h->count == HEADING_ROWS ||
	    (h->form && h->best == h->count - 1 && h->expected >= expected_of(h->form));
}

bool
heading_fits(const struct heading *h)
{
	unsigned filled = 0;
	const struct row *row = &h->rows[h->best];

	if (!h->form)
		return false;
	for (uint32_t i = 0; i < row->count; i++)
		filled += row->cells[i].len > 0;
	return h->matched * 2 >= filled || h->expected * 2 >= expected_of(h->form);
}

int
heading_field(
    const struct rulebook *r, const struct form *f, struct bytes title, struct arena *a)
{
	const struct finder_entry *entry;
	size_t found = finder_find(&entry, r->headings, text_key(a, title));

	for (size_t i = 0; i < found; i++)
		if (&r->forms[entry[i].row >> 16] == f)
			return (int)(entry[i].row & 0xFFFF);
	return -1;
}

const char *
heading_seen(const struct row *row, struct arena *a)
{
	AUTO(buf_free) struct buf list = { 0 };
	unsigned shown = 0;

	for (uint32_t i = 0; i < row->count; i++) {
		struct bytes cell = text_trim(row->cells[i]), head = text_head(cell, 60);

		if (cell.len == 0)
			continue;
		if (shown++ == 12) {
			buf_text(&list, ", …");
			break;
		}
		buf_printf(&list, "%s“%.*s%s”", shown > 1 ? ", " : "", BYTES_ARG(head),
		    head.len < cell.len ? "…" : "");
	}
	return arena_text(a, buf_bytes(&list));
}
