/* Why: days, codes and who reports what are asked for most, so they stand at the end, by
 * themselves. */
#include "reports/book_page_int.h"
#include "reports/words.h"
#include "rules/codelist.h"

static void
section(const struct page *p, const char *id, const char *title)
{
	buf_printf(p->out, "<section>\n<h2 id=\"%s\">", id);
	html_text(p->out, title);
	buf_text(p->out, "</h2>\n");
}

/* ---- days ---- */

static void
form_days(const struct page *p, const struct form *f)
{
	struct period period =
	    period_of(f->period_kind, (struct date){ (int16_t)p->year, 1, 1 });

	for (; period.year == p->year; period = period_next(period)) {
		struct date locks = form_locks(f, period);

		buf_text(p->out, "<tr>");
		html_element(p->out, "th scope=\"row\"", f->id);
		html_element(p->out, "td", words_period(p->arena, period, p->language));
		html_element(p->out, "td", page_day(p, form_due(f, period)));
		html_element(p->out, "td", locks.year ? page_day(p, locks) : "–");
		buf_text(p->out, "</tr>\n");
	}
}

void
page_days(const struct page *p)
{
	static const enum page_word heads[] = { PAGE_FORM, PAGE_PERIOD, PAGE_DUE, PAGE_LOCKS };
	const char *title =
	    page_fill(p, PAGE_DUE_DAYS, arena_printf(p->arena, "%d", p->year), NULL, NULL);

	section(p, "due", title);
	buf_text(p->out, "<table>\n");
	html_element(p->out, "caption", title);
	page_heading_row(p, heads, COUNT(heads));
	for (size_t i = 0; i < p->book->form_count; i++)
		form_days(p, &p->book->forms[i]);
	buf_text(p->out, "</tbody></table>\n</section>\n");
}

/* ---- codes ---- */

static const char *
validity(const struct page *p, struct date from, struct date to)
{
	const char *since = from.year ? page_day(p, from) : NULL,
		   *until = to.year ? page_day(p, to) : NULL;

	if (since && until)
		return page_fill(p, PAGE_FROM_TO, NULL, since, until);
	if (since || until)
		return page_fill(p, since ? PAGE_SINCE : PAGE_UNTIL, NULL, since, until);
	return "";
}

static void
list_table(const struct page *p, const struct codelist *list)
{
	static const enum page_word heads[] = { PAGE_CODE, PAGE_TITLE, PAGE_VALID };

	buf_text(p->out, "<table id=\"");
	html_id(p->out, "list-", list->name);
	buf_text(p->out, "\">\n");
	html_element(p->out, "caption",
	    arena_printf(p->arena, "%s %s", page_word(p, PAGE_LIST), list->name));
	page_heading_row(p, heads, COUNT(heads));
	for (size_t i = 0; i < list->count; i++) {
		const struct code *c = &list->codes[i];

		buf_text(p->out, "<tr>");
		html_element(p->out, "th scope=\"row\"", c->code);
		html_element(p->out, "td", words_in(c->title, p->language));
		html_element(p->out, "td", validity(p, c->valid_from, c->valid_to));
		buf_text(p->out, "</tr>\n");
	}
	buf_text(p->out, "</tbody></table>\n");
}

/* Is this field the first of the rulebook that takes its list? */
static bool
is_first(const struct page *p, size_t form, size_t field)
{
	const struct codelist *list = p->book->forms[form].fields[field].codes;

	for (size_t i = 0; i <= form; i++)
		for (size_t k = 0; k < p->book->forms[i].field_count; k++) {
			const struct codelist *other = p->book->forms[i].fields[k].codes;

			if (i == form && k == field)
				return true;
			if (other && strcmp(other->name, list->name) == 0)
				return false;
		}
	return true;
}

void
page_lists(const struct page *p)
{
	section(p, "lists", page_word(p, PAGE_LISTS));
	for (size_t i = 0; i < p->book->form_count; i++)
		for (size_t k = 0; k < p->book->forms[i].field_count; k++)
			if (p->book->forms[i].fields[k].codes && is_first(p, i, k))
				list_table(p, p->book->forms[i].fields[k].codes);
	buf_text(p->out, "</section>\n");
}

/* ---- units ---- */

static const char *
forms_of(const struct page *p, const struct unit *u)
{
	AUTO(buf_free) struct buf b = { 0 };

	for (const char *const *id = u->forms; *id; id++)
		buf_printf(&b, "%s%s", b.len ? ", " : "", *id);
	if (b.len && !u->owes)
		buf_printf(&b, " (%s)", page_word(p, PAGE_VOLUNTARY));
	return b.len ? arena_text(p->arena, buf_bytes(&b)) : "–";
}

void
page_units(const struct page *p)
{
	static const enum page_word heads[] = { PAGE_CODE, PAGE_UNIT, PAGE_FORMS, PAGE_VALID };

	section(p, "units", page_word(p, PAGE_UNITS));
	buf_text(p->out, "<table>\n");
	html_element(p->out, "caption", page_word(p, PAGE_UNITS));
	page_heading_row(p, heads, COUNT(heads));
	for (size_t i = 0; i < p->book->unit_count; i++) {
		const struct unit *u = &p->book->units[i];

		buf_text(p->out, "<tr>");
		html_element(p->out, "th scope=\"row\"", u->code);
		html_element(p->out, "td", words_in(u->name, p->language));
		html_element(p->out, "td", forms_of(p, u));
		html_element(p->out, "td", validity(p, u->valid_from, u->valid_to));
		buf_text(p->out, "</tr>\n");
	}
	buf_text(p->out, "</tbody></table>\n</section>\n");
}
