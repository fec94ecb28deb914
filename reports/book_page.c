/* Why: a clerk who may look up what a column means and what will be said about it sends a right
 * report the first time. */
#include "reports/book_page.h"

#include "reports/book_page_int.h"
#include "reports/words.h"
#include "rules/descriptor.h"
#include "rules/message.h"

static const struct words words[] = {
#define X(id, vi, en) [PAGE_##id] = { .in = { [LANGUAGE_VI] = vi, [LANGUAGE_EN] = en } },
	PAGE_WORDS
#undef X
};

/* Black on white or nearly so, no colour that says anything alone; on paper A4, rows whole. */
static const char style[] =
    "body{font:1rem/1.5 'Noto Sans','DejaVu Sans',Arial,sans-serif;color:#111;background:#fff;"
    "max-width:70rem;margin:0 auto;padding:1rem}"
    "h1{font-size:1.6rem;margin:.5rem 0}h2{font-size:1.3rem;margin:2rem 0 "
    ".5rem;border-bottom:2px "
    "solid #444}h3{font-size:1.1rem}"
    "table{border-collapse:collapse;width:100%;margin:1rem 0;font-size:.9rem}"
    "caption{text-align:left;font-weight:bold;padding:.3rem 0}"
    "th,td{border:1px solid #767676;padding:.3rem .5rem;text-align:left;vertical-align:top;"
    "overflow-wrap:break-word}"
    "thead th{background:#eee;overflow-wrap:normal}th.id{white-space:nowrap}tbody "
    "th{font-weight:600;background:#f7f7f7}"
    "a{color:#00457c}code{font-family:'DejaVu Sans Mono',monospace}"
    ".also{color:#444}.wide{overflow-x:auto}"
    /* A word a line is harder to read than a table that is pushed aside. */
    "@media screen and (max-width:40rem){.wide table{min-width:40rem}}"
    "@page{size:A4;margin:15mm 12mm}"
    "@media print{body{max-width:none;padding:0;font-size:9.5pt}h2{break-before:page}"
    "h2.first{break-before:auto}nav{break-after:page}tr,caption{break-inside:avoid}caption{"
    "break-after:avoid}thead{"
    "display:"
    "table-header-group}a{color:inherit;text-decoration:none}.wide{overflow:visible}}";

const char *
page_word(const struct page *p, enum page_word word)
{
	return words_in(words[word], p->language);
}

const char *
page_fill(const struct page *p, enum page_word word, const char *list, const char *low,
    const char *high)
{
	const struct filler fillers[] = { filler_plain("list", list ? list : ""),
		filler_plain("n", list ? list : ""), filler_plain("low", low ? low : ""),
		filler_plain("high", high ? high : "") };

	return message_fill(p->arena, page_word(p, word), p->language, fillers, COUNT(fillers));
}

const char *
page_day(const struct page *p, struct date d)
{
	return words_date(p->arena, d, p->language);
}

void
page_heading_row(const struct page *p, const enum page_word *heads, size_t count)
{
	buf_text(p->out, "<thead><tr>");
	for (size_t i = 0; i < count; i++)
		html_element(p->out, "th scope=\"col\"", page_word(p, heads[i]));
	buf_text(p->out, "</tr></thead>\n<tbody>\n");
}

/* ---- the page ---- */

static void
link_to(const struct page *p, const char *prefix, const char *id, const char *text)
{
	buf_text(p->out, "<li><a href=\"#");
	html_id(p->out, prefix, id);
	buf_text(p->out, "\">");
	html_text(p->out, text);
	buf_text(p->out, "</a></li>\n");
}

static void
contents(const struct page *p)
{
	buf_text(p->out, "<nav aria-labelledby=\"contents\">\n");
	html_element(p->out, "h2 id=\"contents\" class=\"first\"", page_word(p, PAGE_CONTENTS));
	buf_text(p->out, "\n<ul>\n");
	for (size_t i = 0; i < p->book->form_count; i++)
		link_to(p, "form-", p->book->forms[i].id,
		    words_in(p->book->forms[i].title, p->language));
	link_to(p, "due", "",
	    page_fill(p, PAGE_DUE_DAYS, arena_printf(p->arena, "%d", p->year), NULL, NULL));
	link_to(p, "lists", "", page_word(p, PAGE_LISTS));
	link_to(p, "units", "", page_word(p, PAGE_UNITS));
	buf_text(p->out, "</ul>\n</nav>\n");
}

static void
form_section(const struct page *p, const struct form *f)
{
	static const enum page_word each[] = { PAGE_EACH_YEAR, PAGE_EACH_YEAR, PAGE_EACH_HALF,
		PAGE_EACH_QUARTER, PAGE_EACH_MONTH };
	const json_t *resource = descriptor_form(p->root, f->id);

	buf_text(p->out, "<section>\n<h2 id=\"");
	html_id(p->out, "form-", f->id);
	buf_text(p->out, "\">");
	html_text(p->out, words_in(f->title, p->language));
	buf_text(p->out, "</h2>\n<p>");
	html_text(p->out, page_word(p, each[f->period_kind]));
	buf_char(p->out, ' ');
	html_text(p->out, page_word(p, f->partial ? PAGE_PARTIAL : PAGE_STRICT));
	buf_char(p->out, ' ');
	html_text(p->out, page_word(p, PAGE_ANY_ORDER));
	buf_text(p->out, "</p>\n");
	page_columns(p, f, resource);
	page_rules(p, f);
	buf_text(p->out, "</section>\n");
}

static void
page_body(const struct page *p)
{
	const char *title = words_in(p->book->title, p->language);

	buf_printf(p->out,
	    "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
	    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>",
	    words_language(p->language));
	html_text(p->out, page_word(p, PAGE_SUBTITLE));
	buf_text(p->out, ": ");
	html_text(p->out, title);
	buf_printf(p->out, "</title>\n<style>%s</style>\n</head>\n<body>\n<main>\n<h1>", style);
	html_text(p->out, title);
	buf_text(p->out, "</h1>\n<p>");
	html_text(p->out, page_word(p, PAGE_SUBTITLE));
	if (*p->book->version) {
		buf_printf(p->out, ". %s ", page_word(p, PAGE_VERSION));
		html_text(p->out, p->book->version);
	}
	buf_text(p->out, ".</p>\n");
	contents(p);
	for (size_t i = 0; i < p->book->form_count; i++)
		form_section(p, &p->book->forms[i]);
	page_days(p);
	page_lists(p);
	page_units(p);
	buf_text(p->out, "</main>\n</body>\n</html>\n");
}

int
book_page(struct buf *out, struct arena *a, const struct rulebook *r, int year, enum language l,
    struct err *e)
{
	AUTO(json_close) json_t *root = NULL;
	struct mistakes m = { 0 };
	struct descriptor d = { .arena = a, .mistakes = &m };
	struct page p = { .out = out, .arena = a, .book = r, .year = year, .language = l };
	int rc;

	if ((rc = descriptor_again(&root, &d, r, e)) != OK)
		return rc;
	p.root = root;
	page_body(&p);
	return OK;
}
