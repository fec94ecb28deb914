/*
 * Why: Excel writes its "CSV" with the separator of the country, and nothing in the file says
 * which.
 */
#include <stdlib.h>

#include "base/text.h"
#include "ingest/csv_int.h"

/* The header row of a report stands among its first rows; later ones add nothing. */
#define RECORDS 30

/* In this order when nothing else decides. */
static const char separators[] = { ',', ';', '\t', '|' };

/* What the beginning looks like under one separator. */
struct tally {
	const struct table_hints *hints;
	struct arena *arena;
	size_t hits;              /* cells that are known headings */
	uint32_t widths[RECORDS]; /* of each record */
	size_t records;
};

static int
compare_keys(const void *a, const void *b)
{
	return bytes_compare(*(const struct bytes *)a, *(const struct bytes *)b);
}

static bool
is_known(struct tally *t, struct bytes cell)
{
	struct bytes key;

	/* Figures are no headings, and asking for their key is what would cost most. */
	if (cell.len == 0 || cell.len > 512 || strchr("0123456789-+.,", cell.at[0]) ||
	    !text_valid(cell))
		return false;
	key = text_key(t->arena, cell);
	return bsearch(&key, t->hints->keys, t->hints->count, sizeof(key), compare_keys) !=
	    NULL;
}

static int
count_record(void *self, const struct row *record, struct err *e)
{
	struct tally *t = self;

	if (t->hints)
		for (uint32_t i = 0; i < record->count; i++)
			t->hits += is_known(t, record->cells[i]);
	t->widths[t->records++] = record->count;
	return t->records < RECORDS ? OK : err_set(e, ERR_STOP, "enough");
}

static int
count_stray(void *self, uint32_t row, uint32_t field, struct err *e)
{
	(void)self, (void)row, (void)field, (void)e; /* the reading itself warns */
	return OK;
}

static void
tally(struct tally *t, const struct csv_dialect *how, const struct limits *limits,
    struct bytes window, bool whole)
{
	struct csv_sink sink = { .self = t, .record = count_record, .stray = count_stray };
	AUTO(csv_reader_free) struct csv_reader *r = csv_reader_new(how, 1, limits, &sink);
	struct err e;
	int rc = csv_reader_feed(r, window, &e);

	/*
	 * A window that ends inside its very first record shows at least the beginning of that.
	 */
	if (rc == OK && (whole || t->records == 0))
		rc = csv_reader_end(r, &e);
	(void)rc; /* what is unreadable the reading itself will say */
}

/* How many records have the most frequent width of two columns or more; *width gets it. */
static size_t
agreeing(const struct tally *t, uint32_t *width)
{
	size_t best = 0;

	*width = 1;
	for (size_t i = 0; i < t->records; i++) {
		size_t same = 0;

		if (t->widths[i] < 2)
			continue;
		for (size_t j = 0; j < t->records; j++)
			same += t->widths[j] == t->widths[i];
		if (same > best || (same == best && t->widths[i] > *width)) {
			best = same;
			*width = t->widths[i];
		}
	}
	return best;
}

/* Known headings first, then the larger share of records of one width, then the wider. */
static bool
is_better(const struct tally *a, const struct tally *b)
{
	uint32_t a_width, b_width;
	size_t a_share = agreeing(a, &a_width) * b->records,
	       b_share = agreeing(b, &b_width) * a->records;

	if (a->hits != b->hits)
		return a->hits > b->hits;
	if (a_share != b_share)
		return a_share > b_share;
	return a_width > b_width;
}

static char
guess_separator(const struct csv_dialect *how, const struct table_input *in,
    struct bytes window, bool whole)
{
	AUTO(arena_free) struct arena *arena = arena_new();
	struct tally best = { 0 };
	char found[sizeof(separators)];
	size_t count = 0, chosen = 0;

	for (size_t i = 0; i < sizeof(separators); i++)
		if (memchr(window.at, separators[i], window.len))
			found[count++] = separators[i];
	if (count < 2)
		return count ? found[0] : ',';
	for (size_t i = 0; i < count; i++) {
		struct csv_dialect tried = *how;
		struct tally t = { .hints = in->hints, .arena = arena };

		tried.delimiter = found[i];
		tally(&t, &tried, in->limits, window, whole);
		if (i == 0 || is_better(&t, &best)) {
			best = t;
			chosen = i;
		}
	}
	return found[chosen];
}

/* "sep=;" alone on the first line: Excel obeys it and shows the rest from row 2 on. */
static size_t
directive(char *delimiter, struct bytes window)
{
	size_t len = 5;

	if (window.len < len || !bytes_starts_fold(window, BYTES("sep=")) ||
	    window.at[4] < '\t' || strchr("\r\n\"", window.at[4]))
		return 0;
	if (len < window.len && window.at[len] == '\r')
		len++;
	if (len < window.len && window.at[len] == '\n')
		len++;
	if (len == 5 && len < window.len)
		return 0;
	*delimiter = window.at[4];
	return len;
}

void
csv_guess(struct csv_guess *out, const struct table_input *in, struct bytes window, bool whole)
{
	char delimiter = 0;

	*out = (struct csv_guess){ 0 };
	if (in->dialect)
		out->how = *in->dialect;
	out->skip = directive(&delimiter, window);
	if (!out->how.delimiter)
		out->how.delimiter = delimiter;
	if (!out->how.delimiter)
		out->how.delimiter = guess_separator(&out->how, in, window, whole);
}
