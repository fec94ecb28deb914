/* Why: one text serves both forms of a letter, so that the plain one never says less than the other. */
#include <stdlib.h>

#include "base/text.h"
#include "reports/template.h"

#define WIDTH	    76
#define GRID_WIDEST 120 /* a wider table is written as records: nobody can read it folded */
#define LABEL_MOST  30

static void
spaces(struct buf *out, size_t count)
{
	while (count-- > 0)
		buf_char(out, ' ');
}

void
wrap_text(struct buf *out, struct bytes text, size_t indent)
{
	struct bytes rest = text, word;
	size_t column = 0, lead = 0;

	while (lead < text.len && text.at[lead] == ' ')
		lead++;
	spaces(out, lead);
	column = lead;
	rest = bytes_slice(text, lead, text.len);
	for (bool first = true; rest.at && bytes_cut(&word, &rest, ' '); first = false) {
		size_t width = text_width(word);

		if (!first && column + 1 + width > WIDTH && column > indent) {
			buf_char(out, '\n');
			spaces(out, indent);
			column = indent;
		} else if (!first) {
			buf_char(out, ' ');
			column++;
		}
		buf_add(out, word);
		column += width;
	}
	buf_char(out, '\n');
}

/* ---- grids as plain text ---- */

static const char *
cell(const struct grid *g, size_t row, size_t column)
{
	return g->cells[row * g->columns + column];
}

static void
grid_listed(struct buf *out, const struct grid *g)
{
	for (size_t r = 0; r < g->rows; r++) {
		AUTO(buf_free) struct buf line = { 0 };
		const char *last = cell(g, r, g->columns - 1);

		for (size_t c = 0; c + 1 < g->columns; c++) {
			if (cell(g, r, c)[0] == '\0')
				continue;
			buf_text(&line, line.len == 0 ? "  " : " · ");
			buf_text(&line, cell(g, r, c));
		}
		if (line.len > 0)
			wrap_text(out, buf_bytes(&line), 4);
		buf_clear(&line);
		buf_printf(&line, "      %s", last);
		wrap_text(out, buf_bytes(&line), 6);
	}
}

static void
grid_records(struct buf *out, const struct grid *g)
{
	for (size_t r = 0; r < g->rows; r++) {
		AUTO(buf_free) struct buf line = { 0 };
		size_t begun = 0;

		for (size_t c = 0; c < g->columns; c++) {
			if (cell(g, r, c)[0] == '\0')
				continue;
			buf_text(&line, begun++ == 0 ? "  " : "; ");
			if (g->heads)
				buf_printf(&line, "%s: ", g->heads[c]);
			buf_text(&line, cell(g, r, c));
		}
		wrap_text(out, buf_bytes(&line), 6);
	}
}

static void
grid_line(struct buf *out, const struct grid *g, const char *const *cells, const size_t *widths)
{
	AUTO(buf_free) struct buf line = { 0 };

	for (size_t c = 0; c < g->columns; c++) {
		size_t pad = widths[c] - text_width(bytes_of(cells[c]));

		spaces(&line, 2);
		if (g->right && g->right[c])
			spaces(&line, pad);
		buf_text(&line, cells[c]);
		if (!(g->right && g->right[c]) && c + 1 < g->columns)
			spaces(&line, pad);
	}
	while (line.len > 0 && line.at[line.len - 1] == ' ')
		line.len--;
	buf_add(out, buf_bytes(&line));
	buf_char(out, '\n');
}

void
grid_text(struct buf *out, const struct grid *g)
{
	size_t widths[64] = { 0 }, total = 0;

	if (g->listed) {
		grid_listed(out, g);
		return;
	}
	for (size_t c = 0; c < g->columns && c < 64; c++) {
		if (g->heads)
			widths[c] = text_width(bytes_of(g->heads[c]));
		for (size_t r = 0; r < g->rows; r++) {
			size_t width = text_width(bytes_of(cell(g, r, c)));

			widths[c] = width > widths[c] ? width : widths[c];
		}
		total += widths[c] + 2;
	}
	if (total > GRID_WIDEST || g->columns > 64) {
		grid_records(out, g);
		return;
	}
	if (g->heads) {
		grid_line(out, g, g->heads, widths);
		spaces(out, 2);
		for (size_t i = 2; i < total; i++)
			buf_char(out, '-');
		buf_char(out, '\n');
	}
	for (size_t r = 0; r < g->rows; r++)
		grid_line(out, g, &g->cells[r * g->columns], widths);
}

/* ---- lines ---- */

/* The grid that this line stands for; NULL: it is a line. */
static const struct grid *
grid_of(const struct filled *f, struct bytes line)
{
	size_t index;

	line = bytes_trim(line);
	if (line.len < 2 || line.at[0] != '\x01')
		return NULL;
	index = strtoul(line.at + 1, NULL, 10); /* a line end or the text's NUL follows */
	return index < f->grid_count ? f->grids[index] : NULL;
}

static bool
is_label(struct bytes line)
{
	return bytes_find(line, BYTES("\t")) < line.len;
}

static bool
is_item(struct bytes line)
{
	return bytes_starts(line, BYTES("- "));
}

static void
label_cut(struct bytes *label, struct bytes *value, struct bytes line)
{
	size_t tab = bytes_find(line, BYTES("\t"));

	*label = bytes_trim(bytes_slice(line, 0, tab));
	*value = bytes_trim(bytes_slice(line, tab, line.len));
}

/* Widest label of the lines from here on that belong together. */
static size_t
labels_width(struct bytes rest)
{
	struct bytes line, label, value;
	size_t widest = 0;

	while (rest.at && bytes_cut(&line, &rest, '\n') && is_label(line)) {
		size_t width;

		label_cut(&label, &value, line);
		width = text_width(label);
		widest = width > widest ? width : widest;
	}
	return widest > LABEL_MOST ? LABEL_MOST : widest;
}

static void
label_text(struct buf *out, struct bytes line, size_t width)
{
	AUTO(buf_free) struct buf joined = { 0 };
	struct bytes label, value;

	label_cut(&label, &value, line);
	spaces(&joined, 2);
	buf_add(&joined, label);
	spaces(&joined, 2 + (text_width(label) < width ? width - text_width(label) : 0));
	buf_add(&joined, value);
	wrap_text(out, buf_bytes(&joined), width + 4);
}

void
layout_text(struct buf *out, const struct filled *f)
{
	struct bytes rest = buf_bytes(&f->text), line, after = rest;
	size_t width = 0;
	bool labels = false;

	while (rest.at && bytes_cut(&line, &rest, '\n')) {
		const struct grid *g = grid_of(f, line);

		if (g) {
			grid_text(out, g);
		} else if (is_label(line)) {
			if (!labels)
				width = labels_width(after);
			label_text(out, line, width);
		} else if (rest.at || line.len > 0) {
			wrap_text(out, line, is_item(line) ? 2 : 0);
		}
		labels = !g && is_label(line);
		after = rest;
	}
}

/* ---- HTML ---- */

void
html_escape(struct buf *out, struct bytes text)
{
	for (size_t i = 0; i < text.len; i++) {
		switch (text.at[i]) {
		case '<':
			buf_text(out, "&lt;");
			break;
		case '>':
			buf_text(out, "&gt;");
			break;
		case '&':
			buf_text(out, "&amp;");
			break;
		case '"':
			buf_text(out, "&quot;");
			break;
		case '\'':
			buf_text(out, "&#39;");
			break;
		default:
			buf_char(out, text.at[i]);
		}
	}
}

#define CELL "border:1px solid #bbb;padding:3px 6px;vertical-align:top"

void
grid_html(struct buf *out, const struct grid *g)
{
	buf_text(out, "<table style=\"border-collapse:collapse;margin:8px 0\">\n");
	if (g->heads) {
		buf_text(out, "<tr>");
		for (size_t c = 0; c < g->columns; c++) {
			buf_text(out, "<th style=\"" CELL ";background:#eee;text-align:left\">");
			html_escape(out, bytes_of(g->heads[c]));
			buf_text(out, "</th>");
		}
		buf_text(out, "</tr>\n");
	}
	for (size_t r = 0; r < g->rows; r++) {
		buf_text(out, g->strong && g->strong[r] ? "<tr style=\"font-weight:bold\">" : "<tr>");
		for (size_t c = 0; c < g->columns; c++) {
			buf_printf(out, "<td style=\"" CELL "%s\">", g->right && g->right[c] ? ";text-align:right" : "");
			html_escape(out, bytes_of(cell(g, r, c)));
			buf_text(out, "</td>");
		}
		buf_text(out, "</tr>\n");
	}
	buf_text(out, "</table>\n");
}

/* What kind of block the last line left open, and how it ends. */
enum block { BLOCK_NONE, BLOCK_TEXT, BLOCK_ITEMS, BLOCK_LABELS };

static const char *const block_begins[] = { "", "<p>", "<ul>\n", "<table style=\"margin:8px 0\">\n" };
static const char *const block_ends[] = { "", "</p>\n", "</ul>\n", "</table>\n" };

static void
block_turn(struct buf *out, enum block *now, enum block next)
{
	if (*now == next) {
		if (next == BLOCK_TEXT)
			buf_text(out, "<br>\n");
		return;
	}
	buf_text(out, block_ends[*now]);
	buf_text(out, block_begins[next]);
	*now = next;
}

static void
line_html(struct buf *out, enum block *now, struct bytes line)
{
	struct bytes label, value;

	if (is_label(line)) {
		block_turn(out, now, BLOCK_LABELS);
		label_cut(&label, &value, line);
		buf_text(out, "<tr><td style=\"padding:1px 12px 1px 0;vertical-align:top\">");
		html_escape(out, label);
		buf_text(out, "</td><td style=\"vertical-align:top\"><b>");
		html_escape(out, value);
		buf_text(out, "</b></td></tr>\n");
	} else if (is_item(line)) {
		block_turn(out, now, BLOCK_ITEMS);
		buf_text(out, "<li>");
		html_escape(out, bytes_slice(line, 2, line.len));
		buf_text(out, "</li>\n");
	} else {
		block_turn(out, now, BLOCK_TEXT);
		html_escape(out, bytes_trim(line));
	}
}

void
layout_html(struct buf *out, const struct filled *f, const char *language)
{
	struct bytes rest = buf_bytes(&f->text), line;
	enum block now = BLOCK_NONE;

	buf_text(out, "<!DOCTYPE html>\n<html lang=\"");
	html_escape(out, bytes_of(language));
	buf_text(out, "\"><head><meta charset=\"utf-8\"></head>\n"
		      "<body style=\"font-family:Arial,sans-serif;font-size:14px;line-height:1.4\">\n");
	while (rest.at && bytes_cut(&line, &rest, '\n')) {
		const struct grid *g = grid_of(f, line);

		if (g || bytes_trim(line).len == 0) {
			block_turn(out, &now, BLOCK_NONE);
			if (g)
				grid_html(out, g);
			continue;
		}
		line_html(out, &now, line);
	}
	block_turn(out, &now, BLOCK_NONE);
	buf_text(out, "</body></html>\n");
}
