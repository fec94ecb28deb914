/* Why: tables stand in letters, notes and on screens, and must be readable in each. */
#include "base/text.h"
#include "reports/html.h"
#include "reports/template.h"

#define WIDTH        76
#define GRID_WIDEST  132 /* a wider table is written as records: nobody can read it folded */
#define GRID_COLUMNS 64
#define HEAD_WIDEST  9

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
grid_line(
    struct buf *out, const struct grid *g, const struct bytes *cells, const size_t *widths)
{
	AUTO(buf_free) struct buf line = { 0 };

	for (size_t c = 0; c < g->columns; c++) {
		size_t pad = widths[c] - text_width(cells[c]);

		spaces(&line, 2);
		if (g->right && g->right[c])
			spaces(&line, pad);
		buf_add(&line, cells[c]);
		if (!(g->right && g->right[c]) && c + 1 < g->columns)
			spaces(&line, pad);
	}
	while (line.len > 0 && line.at[line.len - 1] == ' ')
		line.len--;
	buf_add(out, buf_bytes(&line));
	buf_char(out, '\n');
}

/* Takes as many words off the front of *rest as fit, at least one. */
static struct bytes
take_words(struct bytes *rest, size_t width)
{
	struct bytes text = *rest, after = text, word, taken = { text.at, 0 };

	while (after.at && bytes_cut(&word, &after, ' ')) {
		struct bytes more = { text.at, (size_t)(word.at - text.at) + word.len };

		if (taken.len > 0 && text_width(more) > width)
			break;
		taken = more;
	}
	*rest = bytes_trim(bytes_slice(text, taken.len, text.len));
	return taken;
}

/* Headings over several lines, so that they do not make the columns wider than their figures.
 */
static void
grid_heads(struct buf *out, const struct grid *g, const size_t *widths, size_t total)
{
	struct bytes rest[GRID_COLUMNS], line[GRID_COLUMNS];
	bool more = true;

	for (size_t c = 0; c < g->columns; c++)
		rest[c] = bytes_of(g->heads[c]);
	while (more) {
		more = false;
		for (size_t c = 0; c < g->columns; c++) {
			line[c] = take_words(&rest[c], widths[c]);
			more = more || rest[c].len > 0;
		}
		grid_line(out, g, line, widths);
	}
	spaces(out, 2);
	for (size_t i = 2; i < total; i++)
		buf_char(out, '-');
	buf_char(out, '\n');
}

static size_t
head_width(const char *head)
{
	struct bytes rest = bytes_of(head);
	size_t widest = text_width(rest);

	if (widest <= HEAD_WIDEST)
		return widest;
	for (widest = HEAD_WIDEST; rest.len > 0;) {
		size_t width = text_width(take_words(&rest, HEAD_WIDEST));

		widest = width > widest ? width : widest;
	}
	return widest;
}

void
grid_text(struct buf *out, const struct grid *g)
{
	size_t widths[GRID_COLUMNS] = { 0 }, total = 0;

	if (g->listed) {
		grid_listed(out, g);
		return;
	}
	for (size_t c = 0; c < g->columns && c < GRID_COLUMNS; c++) {
		if (g->heads)
			widths[c] = head_width(g->heads[c]);
		for (size_t r = 0; r < g->rows; r++) {
			size_t width = text_width(bytes_of(cell(g, r, c)));

			widths[c] = width > widths[c] ? width : widths[c];
		}
		total += widths[c] + 2;
	}
	if (total > GRID_WIDEST || g->columns > GRID_COLUMNS) {
		grid_records(out, g);
		return;
	}
	if (g->heads)
		grid_heads(out, g, widths, total);
	for (size_t r = 0; r < g->rows; r++) {
		struct bytes line[GRID_COLUMNS];

		for (size_t c = 0; c < g->columns; c++)
			line[c] = bytes_of(cell(g, r, c));
		grid_line(out, g, line, widths);
	}
}

/* ---- HTML ---- */

#define CELL "border:1px solid #bbb;padding:3px 6px;vertical-align:top"

void
grid_html(struct buf *out, const struct grid *g)
{
	buf_text(out, "<table style=\"border-collapse:collapse;margin:8px 0\">\n");
	if (g->heads) {
		buf_text(out, "<tr>");
		for (size_t c = 0; c < g->columns; c++) {
			buf_text(
			    out, "<th style=\"" CELL ";background:#eee;text-align:left\">");
			html_escape(out, bytes_of(g->heads[c]));
			buf_text(out, "</th>");
		}
		buf_text(out, "</tr>\n");
	}
	for (size_t r = 0; r < g->rows; r++) {
		buf_text(out,
		    g->strong && g->strong[r] ? "<tr style=\"font-weight:bold\">" : "<tr>");
		for (size_t c = 0; c < g->columns; c++) {
			buf_printf(out, "<td style=\"" CELL "%s\">",
			    g->right && g->right[c] ? ";text-align:right" : "");
			html_escape(out, bytes_of(cell(g, r, c)));
			buf_text(out, "</td>");
		}
		buf_text(out, "</tr>\n");
	}
	buf_text(out, "</table>\n");
}
