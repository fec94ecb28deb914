/* Why: what rules compare with (units, communes, codes) stands in plain CSV files that an
 * official can edit. */
#include <csv.h>
#include <stdlib.h>

#include "base/text.h"
#include "rules/descriptor.h"
#include "rules/reference.h"

/* Rows of a table: each takes memory of ours and once more of the bench's. */
#define ROWS_MOST 500000

/* A table while libcsv gives its cells. */
struct reading {
	struct arena *arena;
	struct reference *out;
	const char **row;   /* the one at hand; NULL before its first cell */
	size_t cell;        /* next cell in it */
	const char **first; /* names, while they are read */
	const char *const **rows;
	size_t line; /* records seen, the heading included */
	const char *file;
	struct mistakes *mistakes;
	const struct csv_dialect *how; /* a plain table's; NULL: a campaign's */
	bool wrong;
};

static int
never_space(unsigned char c)
{
	(void)c;
	return 0;
}

static void
take_name(struct reading *r, struct bytes cell)
{
	r->first = arena_more(r->arena, r->first, r->out->column_count, sizeof(*r->first));
	r->first[r->out->column_count++] = arena_text(r->arena, cell);
	r->out->columns = r->first;
}

static void
take_cell(void *at, size_t len, void *self)
{
	struct reading *r = self;
	struct bytes cell = { .at = at, .len = len };

	if (r->out->row_count == ROWS_MOST) /* told when the row ends */
		return;
	if (!text_valid(cell)) {
		mistake_add(r->arena, r->mistakes, "%s:%zu: not UTF-8", r->file, r->line + 1);
		r->wrong = true;
		cell.len = 0;
	}
	cell = text_nfc(r->arena, r->how ? cell : bytes_trim(cell));
	if (r->line == 0) {
		take_name(r, cell);
		return;
	}
	if (!r->row) {
		r->row = arena_array(r->arena, r->out->column_count + 1, sizeof(*r->row));
		for (size_t i = 0; i < r->out->column_count; i++)
			r->row[i] = "";
	}
	if (r->cell < r->out->column_count && cell.len)
		r->row[r->cell] = arena_text(r->arena, cell);
	r->cell++;
}

static void
keep_row(struct reading *r)
{
	r->rows = arena_more(r->arena, r->rows, r->out->row_count, sizeof(*r->rows));
	r->rows[r->out->row_count++] = r->row;
	r->out->rows = r->rows;
}

static void
take_end(int ended, void *self)
{
	struct reading *r = self;

	(void)ended;
	r->line++;
	if (r->line == 1)
		return;
	if (r->out->row_count == ROWS_MOST) {
		if (!r->wrong)
			mistake_add(r->arena, r->mistakes, "%s:%zu: has over %d rows", r->file,
			    r->line, ROWS_MOST);
		r->wrong = true;
		return;
	}
	if (r->how && !r->row) /* a blank line */
		return;
	if (!r->how && r->cell != r->out->column_count) {
		mistake_add(r->arena, r->mistakes,
		    "%s:%zu: has %zu cells, the first row has %zu", r->file, r->line, r->cell,
		    r->out->column_count);
		r->wrong = true;
	} else {
		keep_row(r);
	}
	r->row = NULL;
	r->cell = 0;
}

static void
close_csv(struct csv_parser *p)
{
	csv_free(p);
}

static bool
parse(struct reading *r, struct bytes body)
{
	AUTO(close_csv) struct csv_parser p = { 0 };

	if (csv_init(&p, CSV_STRICT | CSV_STRICT_FINI) != 0)
		abort(); /* out of memory */
	csv_set_space_func(&p, never_space);
	if (r->how && r->how->delimiter)
		csv_set_delim(&p, (unsigned char)r->how->delimiter);
	if (r->how && r->how->quote)
		csv_set_quote(&p, (unsigned char)r->how->quote);
	if (csv_parse(&p, body.at, body.len, take_cell, take_end, r) != body.len ||
	    csv_fini(&p, take_cell, take_end, r) != 0) {
		mistake_add(r->arena, r->mistakes, "%s:%zu: %s", r->file, r->line + 1,
		    csv_strerror(csv_error(&p)));
		return false;
	}
	return !r->wrong;
}

/* Whatever the table, its validity must be days: rules and look-ups rely on it. */
static void
check_days(struct reading *r, const char *column)
{
	size_t place = reference_column(r->out, column);
	struct date day;

	for (size_t i = 0; place != NO_COLUMN && i < r->out->row_count; i++) {
		const char *text = r->out->rows[i][place];

		if (*text && !date_read(&day, bytes_of(text), "%Y-%m-%d"))
			mistake_add(r->arena, r->mistakes,
			    "%s:%zu: %s is no day like 2025-06-30: '%.40s'", r->file, i + 2,
			    column, text);
	}
}

static bool
read_body(struct reading *r, struct bytes body)
{
	struct bytes bom = BYTES("\xEF\xBB\xBF");

	if (bytes_starts(body, bom))
		body = bytes_slice(body, bom.len, body.len);
	if (!parse(r, body))
		return false;
	if (r->out->column_count == 0) {
		mistake_add(r->arena, r->mistakes,
		    "%s: is empty; the first row must name the columns", r->file);
		return false;
	}
	return true;
}

bool
reference_read(struct reference *out, struct arena *a, const char *name, const char *file,
    struct bytes body, struct mistakes *m)
{
	struct reading r = { .arena = a, .out = out, .file = file, .mistakes = m };

	*out = (struct reference){ .name = name };
	if (!read_body(&r, body))
		return false;
	check_days(&r, "valid_from");
	check_days(&r, "valid_to");
	return true;
}

bool
reference_read_plain(struct reference *out, struct arena *a, const char *name, const char *file,
    struct bytes body, const struct csv_dialect *how, struct mistakes *m)
{
	struct reading r = { .arena = a, .out = out, .file = file, .mistakes = m, .how = how };

	*out = (struct reference){ .name = name };
	return read_body(&r, body);
}

size_t
reference_column(const struct reference *r, const char *name)
{
	for (size_t i = 0; i < r->column_count; i++)
		if (strcmp(r->columns[i], name) == 0)
			return i;
	return NO_COLUMN;
}

void
reference_validity(
    struct date *from, struct date *to, const struct reference *r, const char *const *row)
{
	const char *first = reference_cell(row, reference_column(r, "valid_from"));
	const char *last = reference_cell(row, reference_column(r, "valid_to"));

	*from = *to = (struct date){ 0 };
	(void)date_read(from, bytes_of(first),
	    "%Y-%m-%d"); /* that they are days was seen when the table was read */
	(void)date_read(to, bytes_of(last), "%Y-%m-%d");
}
