/* Why: a clerk who filled a column down wrongly has one thing to mend, not forty. */
#include "rules/findings_fold.h"

#include <stdio.h>

#include "base/buf.h"
#include "rules/findings.h"
#include "rules/keyset.h"

#define RANGES_MOST 8

/* Where its own cell's or row's name stood, whichever it was. */
#define CELL_MARK "\x01"
#define ROW_MARK  "\x02"

struct group {
	uint32_t from, to; /* the range at hand */
	size_t ranges;
	const char *done; /* those before it; "" */
	const char *pattern;
};

static bool
word_char(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* The name as a word of its own, at the beginning of the rest of the text. */
static bool
stands_here(const char *text, const char *at, const char *name)
{
	size_t len = strlen(name);

	return len > 0 && strncmp(at, name, len) == 0 && !word_char(at[len]) &&
	    (at == text || !word_char(at[-1]));
}

static bool
follows_row(const char *text, const char *at)
{
	static const char *const words[] = { "òng ", "ow " };

	for (size_t i = 0; i < COUNT(words); i++) {
		size_t len = strlen(words[i]);

		if ((size_t)(at - text) >= len && strncmp(at - len, words[i], len) == 0)
			return true;
	}
	return false;
}

/* The words with marks for what names its own place. */
static const char *
pattern_of(struct arena *a, const struct fold_item *item)
{
	AUTO(buf_free) struct buf out = { 0 };
	char cell[16] = "", row[16] = "";

	if (item->row && item->column)
		cell_name(cell, item->row, item->column);
	if (item->row)
		(void)snprintf(row, sizeof(row), "%u", item->row);
	for (const char *at = item->message; *at;) {
		if (stands_here(item->message, at, cell)) {
			buf_text(&out, CELL_MARK);
			at += strlen(cell);
		} else if (stands_here(item->message, at, row) &&
		    follows_row(item->message, at)) {
			buf_text(&out, ROW_MARK);
			at += strlen(row);
		} else {
			buf_char(&out, *at++);
		}
	}
	return out.len ? arena_text(a, buf_bytes(&out)) : "";
}

/* ---- ranges ---- */

static const char *
range_words(struct arena *a, uint32_t from, uint32_t to, uint32_t column)
{
	char first[16], last[16];

	if (column == 0)
		return from == to ? arena_printf(a, "%u", from)
				  : arena_printf(a, "%u–%u", from, to);
	cell_name(first, from, column);
	cell_name(last, to, column);
	return from == to ? arena_text(a, bytes_of(first))
			  : arena_printf(a, "%s:%s", first, last);
}

static const char *
ranges_of(struct arena *a, const struct group *g, uint32_t column)
{
	if (g->ranges > RANGES_MOST)
		return arena_printf(a, "%s, …", g->done);
	return arena_printf(
	    a, "%s%s%s", g->done, *g->done ? ", " : "", range_words(a, g->from, g->to, column));
}

static void
add_row(struct group *g, struct arena *a, uint32_t row, uint32_t column)
{
	if (g->ranges > 0 && (row == g->to || row == g->to + 1)) {
		g->to = row;
		return;
	}
	if (g->ranges > 0 && g->ranges <= RANGES_MOST)
		g->done = ranges_of(a, g, column);
	g->ranges++;
	g->from = g->to = row;
}

/* ---- groups ---- */

/* The marks become the ranges: of cells, or of rows. */
static const char *
fill(struct arena *a, const struct group *g, uint32_t column)
{
	AUTO(buf_free) struct buf out = { 0 };
	const char *cells = ranges_of(a, g, column);

	for (const char *at = g->pattern; *at; at++)
		if (*at == CELL_MARK[0] || *at == ROW_MARK[0])
			buf_text(&out, cells);
		else
			buf_char(&out, *at);
	return out.len ? arena_text(a, buf_bytes(&out)) : "";
}

static struct bytes
key_of(struct arena *a, const struct fold_item *item, const char *pattern)
{
	return bytes_of(arena_printf(a, "%d\n%u\n%s\n%s\n%s", (int)item->level, item->column,
	    item->rule, item->value, pattern));
}

size_t
findings_fold(struct fold **out, struct arena *a, const struct fold_item *items, size_t count)
{
	struct keyset *known = keyset_new(a);
	struct group *groups = arena_array(a, count + 1, sizeof(*groups));
	struct fold *folds = arena_array(a, count + 1, sizeof(*folds));
	size_t n = 0;

	for (size_t i = 0; i < count; i++) {
		const char *pattern = pattern_of(a, &items[i]);
		uint32_t at = keyset_add(known, key_of(a, &items[i], pattern), (uint32_t)n + 1);

		if (at == 0) {
			folds[n] = (struct fold){ .first = i, .message = items[i].message };
			groups[n++] = (struct group){ .done = "", .pattern = pattern };
			at = (uint32_t)n;
		}
		folds[at - 1].count++;
		add_row(&groups[at - 1], a, items[i].row, items[i].column);
	}
	for (size_t i = 0; i < n; i++) {
		const struct fold_item *item = &items[folds[i].first];

		if (folds[i].count == 1 || item->row == 0)
			continue;
		folds[i].cells = ranges_of(a, &groups[i], item->column);
		folds[i].message = fill(a, &groups[i], item->column);
	}
	*out = folds;
	return n;
}
