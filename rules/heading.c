/* Why: clerks put titles above, swap columns and rename them; the form is known by its
 * headings, wherever they stand. */
#include "rules/heading.h"

#include "base/buf.h"
#include "base/text.h"

/* A row begins a header when one of so many first texts is known. */
#define FIRST_TEXTS 3

static const unsigned char *
natives_copy(const struct row *row, struct arena *a)
{
	const struct bytes all = { (const char *)row->natives, row->count };

	return row->natives ? (const unsigned char *)arena_text(a, all) : NULL;
}

void
row_copy(struct row *out, const struct row *row, struct arena *a)
{
	struct bytes *cells = arena_array(a, row->count + 1u, sizeof(*cells));

	for (uint32_t i = 0; i < row->count; i++)
		cells[i] = arena_bytes(a, row->cells[i]);
	*out = (struct row){ .number = row->number,
		.count = row->count,
		.cells = cells,
		.natives = natives_copy(row, a) };
}

static void
keep(struct heading *h, const struct rulebook *r, const struct row *row, struct arena *a)
{
	const struct bytes *cells;
	struct heading_row *searched = &h->searched[h->count];

	searched->width = row->count < HEADING_COLUMNS ? row->count : HEADING_COLUMNS;
	searched->texts = arena_array(a, searched->width + 1u, sizeof(*searched->texts));
	row_copy(&h->rows[h->count], row, a);
	cells = h->rows[h->count].cells;
	for (uint32_t i = 0; i < searched->width; i++) {
		heading_text_read(&searched->texts[i], a, cells[i], r->headings->longest);
		searched->known =
		    searched->known || heading_index_knows(r->headings, &searched->texts[i]);
	}
	h->count++;
}

/* ---- a span ---- */

/* What each form has in it; fields are counted once. */
struct tally {
	unsigned matched[HEADING_FORMS], expected[HEADING_FORMS];
	bool *seen[HEADING_FORMS]; /* by field */
};

static void
count_choice(struct tally *t, const struct form *f, size_t form, const struct heading_choice *c,
    struct arena *a)
{
	if (!t->seen[form])
		t->seen[form] = arena_array(a, f->field_count + 1, sizeof(bool));
	for (unsigned i = 0; i < c->count; i++) {
		int field = c->fields[i];

		if (t->seen[form][field])
			continue;
		t->seen[form][field] = true;
		t->matched[form]++;
		t->expected[form] += f->fields[field].expected;
		return;
	}
}

static unsigned
tally_span(struct tally *t, const struct rulebook *r, const struct heading_grid *g,
    const struct form *only, struct arena *a)
{
	size_t forms = r->form_count < HEADING_FORMS ? r->form_count : HEADING_FORMS;
	unsigned titled = 0;

	for (uint32_t c = 0; c < heading_grid_width(g); c++) {
		struct heading_path path;
		struct heading_options options;
		struct heading_choice choice;

		if (!heading_grid_path(&path, g, c))
			continue;
		titled++;
		heading_options_find(&options, r, &path, a);
		for (size_t i = 0; options.count && i < forms; i++) {
			if (only && only != &r->forms[i])
				continue;
			heading_choose(&choice, &options, i);
			if (choice.count)
				count_choice(t, &r->forms[i], i, &choice, a);
		}
	}
	return titled;
}

static unsigned
expected_of(const struct form *f)
{
	unsigned n = 0;

	for (size_t i = 0; i < f->field_count; i++)
		n += f->fields[i].expected;
	return n;
}

static bool
is_complete(const struct heading_span *s)
{
	return s->form && s->expected >= expected_of(s->form);
}

/* More headings, then more of those that must be there. */
static int
compare(const struct heading_span *x, const struct heading_span *y)
{
	if (x->matched != y->matched)
		return x->matched > y->matched ? 1 : -1;
	if (is_complete(x) != is_complete(y))
		return is_complete(x) ? 1 : -1;
	return x->expected != y->expected ? (x->expected > y->expected ? 1 : -1) : 0;
}

static void
count_open(
    struct heading_span *s, const struct heading *h, const struct rulebook *r, struct arena *a)
{
	struct heading_column *columns;
	size_t count = heading_assign(&columns, h, s, r, a);

	for (size_t i = 0; i < count; i++) {
		s->open += columns[i].how == HEADED_UNCLEAR || columns[i].how == HEADED_TWICE;
		s->told += columns[i].how == HEADED_BY_ORDER;
	}
}

/* A row above that settles something is part of the header, one that settles nothing is none.
 */
static bool
is_better(struct heading_span *s, struct heading *h, const struct rulebook *r, struct arena *a)
{
	int order = h->found.form ? compare(s, &h->found) : 1;

	if (order < 0)
		return false;
	count_open(s, h, r, a);
	return order > 0 || s->open < h->found.open ||
	    (s->open == h->found.open && s->told < h->found.told);
}

static struct heading_span
best_form(const struct tally *t, const struct rulebook *r)
{
	struct heading_span best = { 0 };

	for (size_t i = 0; i < r->form_count && i < HEADING_FORMS; i++) {
		const struct heading_span one = { .form = &r->forms[i],
			.matched = t->matched[i],
			.expected = t->expected[i] };
		int order = compare(&one, &best);

		if (one.matched < 2)
			continue;
		if (!best.form || order > 0)
			best = one;
		else if (order == 0)
			best.rival = one.form;
	}
	return best;
}

bool
heading_fits(const struct heading_span *s)
{
	return s->form &&
	    (s->matched * 2 >= s->titled || s->expected * 2 >= expected_of(s->form));
}

/* … so well that rows further down need not be asked. */
static bool
settles(const struct heading_span *s)
{
	return is_complete(s) ||
	    (heading_fits(s) && s->matched >= 3 && s->expected * 2 >= expected_of(s->form));
}

static void
try_span(struct heading *h, const struct rulebook *r, const struct form *only, size_t height,
    struct arena *a)
{
	size_t first = h->count - height;
	const struct heading_grid *g = heading_grid_new(h, first, height, a);
	struct tally t = { 0 };
	unsigned titled = tally_span(&t, r, g, only, a);
	struct heading_span s = best_form(&t, r);

	s.titled = titled;
	s.first = first;
	s.height = height;
	if (!s.form || !is_better(&s, h, r, a))
		return;
	if (h->found.form && heading_fits(&h->found) &&
	    h->found.first + h->found.height <= first)
		h->passed = h->found;
	if (h->passed.form && h->passed.first + h->passed.height > first)
		h->passed.form = NULL; /* it was a part of this one */
	h->found = s;
	h->best = first;
}

bool
heading_add(struct heading *h, const struct rulebook *r, const struct form *only,
    const struct row *row, struct arena *a)
{
	keep(h, r, row, a);
	if (h->searched[h->count - 1].known)
		for (size_t height = 1; height <= HEADING_HEIGHT && height <= h->count;
		     height++)
			try_span(h, r, only, height, a);
	return h->count == HEADING_ROWS ||
	    (settles(&h->found) &&
		h->count >= h->found.first + h->found.height + HEADING_BEYOND);
}

/* ---- rows ---- */

bool
heading_begins(const struct rulebook *r, const struct row *row, struct arena *a)
{
	unsigned texts = 0, known = 0;

	for (uint32_t i = 0; i < row->count && i < HEADING_COLUMNS; i++) {
		struct heading_text t;

		if (row_native(row, i) == NATIVE_COVERED || text_trim(row->cells[i]).len == 0)
			continue;
		texts++;
		heading_text_read(&t, a, row->cells[i], r->headings->longest);
		known += heading_index_knows(r->headings, &t);
		if (texts >= FIRST_TEXTS && known == 0)
			return false;
	}
	return known >= 2 && known * 2 >= texts;
}

const char *
heading_seen(const struct row *row, struct arena *a)
{
	AUTO(buf_free) struct buf list = { 0 };
	unsigned shown = 0;

	for (uint32_t i = 0; i < row->count; i++) {
		struct bytes cell = text_trim(row->cells[i]), head = text_head(cell, 60);

		if (cell.len == 0 || row_native(row, i) == NATIVE_COVERED)
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
