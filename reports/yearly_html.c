/* Why: the year's result as one page that can be opened, printed or pasted, with nothing from
 * elsewhere in it. */
#include "reports/words.h"
#include "reports/yearly_int.h"

static void
heading(struct buf *out, int level, const char *text)
{
	buf_printf(out, "<h%d>", level);
	html_escape(out, bytes_of(text));
	buf_printf(out, "</h%d>\n", level);
}

void
yearly_html(
    struct buf *out, const struct letter_context *ctx, const struct yearly *y, enum language l)
{
	AUTO(arena_free) struct arena *a = arena_new();
	const char *title = words_in(ctx->rulebook->title, l);

	buf_printf(out,
	    "<!DOCTYPE html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\"><title>",
	    words_language(l));
	html_escape(out, bytes_of(title));
	buf_printf(out,
	    " %d</title></head>\n<body "
	    "style=\"font-family:Arial,sans-serif;font-size:14px\">\n",
	    y->year);
	heading(out, 1, title);
	grid_html(out, yearly_summary(a, ctx, y, l));
	for (size_t i = 0; i < y->table_count; i++) {
		heading(out, 2, words_in(y->tables[i].title, l));
		grid_html(out, yearly_grid(a, &y->tables[i], false, l));
	}
	buf_text(out, "</body></html>\n");
}
