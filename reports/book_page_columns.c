/* Why: what a column may hold stands in a dozen properties; a clerk wants one sentence. */
#include "reports/book_page_int.h"
#include "rules/codelist.h"
#include "rules/descriptor.h"
#include "rules/lookup.h"
#include "rules/value.h"

/* Parts of a sentence, as they are found. */
struct parts {
	const struct page *page;
	size_t count;
};

static void
add(struct parts *s, const char *text)
{
	buf_text(s->page->out, s->count++ > 0 ? "; " : "");
	html_text(s->page->out, text);
}

static const char *
joined(const struct page *p, const json_t *list, const char *between)
{
	AUTO(buf_free) struct buf b = { 0 };

	if (json_is_string(list))
		return json_string_value(list);
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *one = json_array_get(list, i);

		if (json_is_string(one))
			buf_printf(&b, "%s%s", b.len ? between : "", json_string_value(one));
		else if (json_is_integer(one))
			buf_printf(&b, "%s%lld", b.len ? between : "",
			    (long long)json_integer_value(one));
	}
	return b.len ? arena_text(p->arena, buf_bytes(&b)) : "";
}

/* A text, or one of each language. */
static const char *
text_in(const struct page *p, const json_t *value)
{
	static const char *const tags[] = { "vi", "en" };
	const char *text = json_string_value(value);

	if (!text)
		text = json_string_value(json_object_get(value, tags[p->language]));
	if (!text)
		text = json_string_value(json_object_get(value, tags[1 - p->language]));
	return text ? text : "";
}

/* ---- what it is ---- */

static enum page_word
type_word(const struct field *f)
{
	switch (f->type) {
	case FIELD_INTEGER:
		return PAGE_WHOLE;
	case FIELD_NUMBER:
		return f->percent ? PAGE_PERCENT : PAGE_DECIMAL;
	case FIELD_BOOLEAN:
		return PAGE_BOOLEAN;
	case FIELD_DATE:
		return PAGE_DATE;
	case FIELD_YEAR:
		return PAGE_YEAR;
	default:
		return PAGE_TEXT;
	}
}

/* The others are but other ways to write it. */
static const char *
first_of(const json_t *list)
{
	const char *alone = json_string_value(list);

	return alone ? alone : json_string_value(json_array_get(list, 0));
}

/* Headings are in the campaign's own language, whatever the page's is. */
static void
also_called(const struct page *p, const struct field *f, const json_t *json)
{
	const char *also = joined(p, json_object_get(json, "giamsat:aliases"), "”, “");
	const char *title = words_in(f->title, LANGUAGE_VI);
	bool other = strcmp(title, words_in(f->title, p->language)) != 0;

	if (!*also && !other)
		return;
	buf_text(p->out, "<br><span class=\"also\">");
	html_text(p->out, page_word(p, PAGE_ALSO));
	buf_text(p->out, ": <span lang=\"vi\">");
	html_text(p->out,
	    arena_printf(
		p->arena, "“%s%s%s”", other ? title : "", other && *also ? "”, “" : "", also));
	buf_text(p->out, "</span></span>");
}

static void
meaning(const struct page *p, const struct field *f, const json_t *json)
{
	struct parts s = { .page = p };
	const char *description = text_in(p, json_object_get(json, "description"));
	const char *unit = first_of(json_object_get(json, "giamsat:units"));

	buf_text(p->out, "<td>");
	if (*description)
		add(&s, description);
	if (f->is != IS_DATA)
		add(&s, page_word(p, f->is == IS_UNIT ? PAGE_OWN_UNIT : PAGE_OWN_PERIOD));
	else
		add(&s, page_word(p, type_word(f)));
	if (unit)
		add(&s, page_fill(p, PAGE_COUNTED, unit, NULL, NULL));
	also_called(p, f, json);
	buf_text(p->out, "</td>");
}

/* ---- what is taken ---- */

static const char *
number_text(const struct page *p, bool has, struct decimal n, bool is_date, struct date d)
{
	char text[40];

	if (!has)
		return NULL;
	if (is_date)
		return page_day(p, d);
	decimal_write(text, n, p->language == LANGUAGE_VI ? ',' : '.',
	    p->language == LANGUAGE_VI ? '.' : ',');
	return arena_text(p->arena, bytes_of(text));
}

static void
add_range(struct parts *s, enum page_word both, enum page_word least, enum page_word most,
    const char *low, const char *high)
{
	if (low || high)
		add(s,
		    page_fill(s->page,
			low && high ? both
			    : low   ? least
				    : most,
			NULL, low, high));
}

static const char *
length_text(const struct page *p, bool has, size_t n)
{
	return has ? arena_printf(p->arena, "%zu", n) : NULL;
}

static const char *
table_title(const struct page *p, const char *name)
{
	const json_t *resources = json_object_get(p->root, "resources");
	const char *text = "";

	for (size_t i = 0; i < json_array_size(resources); i++) {
		const json_t *one = json_array_get(resources, i);
		const char *other = json_string_value(json_object_get(one, "name"));

		if (!other || strcmp(other, name) != 0)
			continue;
		text = text_in(p, json_object_get(one, "giamsat:title"));
		if (!*text)
			text = text_in(p, json_object_get(one, "title"));
	}
	return *text ? text : name;
}

static void
add_list(struct parts *s, const struct field *f)
{
	const struct page *p = s->page;
	char many[2] = { f->many, '\0' };

	if (f->codes) {
		add(s, page_fill(p, f->many ? PAGE_CODES_OF : PAGE_CODE_OF, many, NULL, NULL));
		buf_text(p->out, " <a href=\"#");
		html_id(p->out, "list-", f->codes->name);
		buf_text(p->out, "\">");
		html_text(p->out, f->codes->name);
		buf_text(p->out, "</a>");
	}
	if (f->lookup)
		add(s,
		    page_fill(
			p, PAGE_LOOKED_UP, table_title(p, f->lookup->table->name), NULL, NULL));
}

static void
allowed(const struct page *p, const struct field *f, const json_t *json)
{
	struct parts s = { .page = p };
	const json_t *constraints = json_object_get(json, "constraints");
	const char *one_of = joined(p, json_object_get(constraints, "enum"), ", ");
	const char *pattern = json_string_value(json_object_get(constraints, "pattern"));
	const char *zero = joined(p, json_object_get(json, "giamsat:zero"), "”, “");
	bool day = f->type == FIELD_DATE;

	buf_text(p->out, "<td>");
	add_list(&s, f);
	if (*one_of)
		add(&s, page_fill(p, PAGE_ONE_OF, one_of, NULL, NULL));
	add_range(&s, PAGE_FROM_TO, PAGE_FROM, PAGE_TO,
	    number_text(p, f->has_minimum, f->minimum, day, f->date_minimum),
	    number_text(p, f->has_maximum, f->maximum, day, f->date_maximum));
	if (f->has_scale && f->type == FIELD_NUMBER)
		add(&s,
		    page_fill(
			p, PAGE_PLACES, arena_printf(p->arena, "%d", f->scale), NULL, NULL));
	add_range(&s, PAGE_LENGTH, PAGE_LENGTH_LEAST, PAGE_LENGTH_MOST,
	    length_text(p, f->has_min_length, f->min_length),
	    length_text(p, f->has_max_length, f->max_length));
	if (pattern)
		add(&s, page_fill(p, PAGE_PATTERN, pattern, NULL, NULL));
	if (f->unique)
		add(&s, page_word(p, PAGE_UNIQUE));
	if (*zero)
		add(&s, page_fill(p, PAGE_ZERO, zero, NULL, NULL));
	if (f->fallback)
		add(&s,
		    page_fill(p, PAGE_BLANK,
			f->codes && codelist_title(f->codes, bytes_of(f->fallback), p->language)
			    ? codelist_title(f->codes, bytes_of(f->fallback), p->language)
			    : f->fallback,
			NULL, NULL));
	buf_text(p->out, "</td>");
}

/* What stands above the column in a header of several rows; NULL: nothing has to. */
static const char *
group_title(const json_t *resource, const json_t *json)
{
	const char *name = json_string_value(json_object_get(json, "giamsat:group"));
	const json_t *layout = json_object_get(resource, "giamsat:layout");
	const json_t *heads =
	    json_object_get(json_object_get(layout, "groups"), name ? name : "");

	return first_of(heads);
}

void
page_columns(const struct page *p, const struct form *f, const json_t *resource)
{
	static const enum page_word heads[] = { PAGE_NUMBER, PAGE_COLUMN, PAGE_MEANING,
		PAGE_ALLOWED, PAGE_NEEDED, PAGE_EXAMPLE };

	buf_text(p->out, "<div class=\"wide\"><table>\n");
	html_element(p->out, "caption",
	    arena_printf(p->arena, "%s %s: %s", page_word(p, PAGE_FORM), f->id,
		page_word(p, PAGE_COLUMNS)));
	page_heading_row(p, heads, COUNT(heads));
	for (size_t i = 0; i < f->field_count; i++) {
		const struct field *field = &f->fields[i];
		const json_t *json = descriptor_field(resource, field->name);
		const char *group = group_title(resource, json);

		buf_printf(p->out, "<tr><td>%zu</td><th scope=\"row\">", i + 1);
		if (group && strcmp(group, words_in(field->title, LANGUAGE_VI)) != 0) {
			html_text(p->out, group);
			buf_text(p->out, " – ");
		}
		html_text(p->out, words_in(field->title, p->language));
		buf_text(p->out, "</th>");
		meaning(p, field, json);
		allowed(p, field, json);
		html_element(p->out, "td", field->required ? page_word(p, PAGE_YES) : "");
		html_element(p->out, "td", field->example ? field->example : "");
		buf_text(p->out, "</tr>\n");
	}
	buf_text(p->out, "</tbody></table></div>\n");
}
