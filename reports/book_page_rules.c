/* Why: the sentence that a clerk would get is the best description of a rule there is. */
#include "reports/book_page_int.h"
#include "rules/message.h"
#include "rules/rule.h"

/* How something is computed, in titles; NULL: nothing is. */
static const char *
terms_of(const struct rule *r, enum language l)
{
	for (size_t i = 0; i < r->check_count; i++)
		if (r->checks[i].terms.in[l])
			return r->checks[i].terms.in[l];
	return NULL;
}

/*
 * No cell is there to be shown: "…" stands for what the sentence would show, and for what is
 * computed how it is.
 */
static const char *
sentence(const struct page *p, const struct form *f, const struct rule *r, const char *pattern)
{
	const char *terms = terms_of(r, p->language), *text;
	struct bytes rest = bytes_of(pattern), name;
	struct filler fillers[64];
	size_t n = 0;

	while (n < COUNT(fillers) && message_next(&name, &rest)) {
		bool computed =
		    bytes_equal(name, BYTES("terms")) || bytes_equal(name, BYTES("formula"));
		const char *shown = "…";

		if (bytes_equal(name, BYTES("title")) && r->field_count)
			shown = words_in(f->fields[r->fields[0]].title, p->language);
		else if (computed && terms && terms != pattern)
			shown = sentence(p, f, r, terms);
		fillers[n++] = filler_plain(arena_text(p->arena, name), shown);
	}
	text = message_fill(p->arena, pattern, p->language, fillers, n);
	/* Whose row it is leads many a sentence. */
	return strncmp(text, "…: ", sizeof("…: ") - 1) == 0 ? text + sizeof("…: ") - 1 : text;
}

static void
said(const struct page *p, const struct form *f, const struct rule *r)
{
	const char *terms = terms_of(r, p->language);

	buf_text(p->out, "<td>");
	if (r->message.in[p->language]) {
		html_text(p->out, sentence(p, f, r, r->message.in[p->language]));
	} else {
		/* A kind's own words are about one cell; what it asks is said in a sentence. */
		html_text(p->out, words_in(r->kind->help, p->language));
		if (terms) {
			buf_text(p->out, "<br>");
			html_text(p->out, sentence(p, f, r, terms));
		}
	}
	buf_text(p->out, "</td>");
}

static void
columns_of(const struct page *p, const struct form *f, const struct rule *r)
{
	buf_text(p->out, "<td>");
	for (size_t i = 0; i < r->field_count; i++) {
		buf_text(p->out, i > 0 ? "; " : "");
		html_text(p->out, words_in(f->fields[r->fields[i]].title, p->language));
	}
	buf_text(p->out, "</td>");
}

void
page_rules(const struct page *p, const struct form *f)
{
	static const enum page_word heads[] = { PAGE_RULE, PAGE_LEVEL, PAGE_COLUMN, PAGE_SAID };
	static const enum page_word levels[] = { [LEVEL_INFO] = PAGE_INFO,
		[LEVEL_WARNING] = PAGE_WARNING,
		[LEVEL_ERROR] = PAGE_ERROR,
		[LEVEL_REJECT] = PAGE_REJECT };

	if (f->rule_count == 0)
		return;
	buf_text(p->out, "<div class=\"wide\"><table>\n");
	html_element(p->out, "caption",
	    arena_printf(p->arena, "%s %s: %s", page_word(p, PAGE_FORM), f->id,
		page_word(p, PAGE_RULES)));
	page_heading_row(p, heads, COUNT(heads));
	for (size_t i = 0; i < f->rule_count; i++) {
		const struct rule *r = f->rules[i];

		buf_text(p->out, "<tr>");
		html_element(p->out, "th scope=\"row\" class=\"id\"", r->id);
		html_element(p->out, "td", page_word(p, levels[r->level]));
		columns_of(p, f, r);
		said(p, f, r);
		buf_text(p->out, "</tr>\n");
	}
	buf_text(p->out, "</tbody></table></div>\n");
	html_element(p->out, "p", page_word(p, PAGE_WRONG_CELL));
	buf_char(p->out, '\n');
}
