/* Why: one text serves both forms of a letter, so that the plain one never says less than the
 * other. */
#include <stdlib.h>

#include "base/text.h"
#include "reports/html.h"
#include "reports/template.h"

#define LABEL_MOST 30

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
	buf_text(&joined, "  ");
	buf_add(&joined, label);
	buf_printf(&joined, "%*s",
	    (int)(2 + (text_width(label) < width ? width - text_width(label) : 0)), "");
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

/* What kind of block the last line left open, and how it ends. */
enum block { BLOCK_NONE, BLOCK_TEXT, BLOCK_ITEMS, BLOCK_LABELS };

static const char *const block_begins[] = { "", "<p>", "<ul>\n",
	"<table style=\"margin:8px 0\">\n" };
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
	buf_text(out,
	    "\"><head><meta charset=\"utf-8\"></head>\n"
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
