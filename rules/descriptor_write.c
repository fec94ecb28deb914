/* Why: a package that a program writes is read and compared by people, so it is laid out as
 * they would, and one package has one form. */
#include "base/text.h"
#include "rules/descriptor.h"
#include "rules/rule.h"

#define WIDTH  120
#define INDENT 2

/* Down to this depth (the package, its resources) each member has a line of its own. */
#define SPREAD_DEPTH 3

static const struct rule_kind *const kinds[] = {
#define X(name) &rule_##name,
	RULES
#undef X
};

struct writer {
	struct buf *out;
	size_t line; /* where the line at hand begins */
};

static void
put_string(struct buf *out, const char *text, size_t len)
{
	static const char letters[] = "\"\\\b\f\n\r\t", stand[] = "\"\\bfnrt";

	buf_char(out, '"');
	for (size_t i = 0; i < len; i++) {
		const char *special = text[i] ? strchr(letters, text[i]) : NULL;

		if (special)
			buf_printf(out, "\\%c", stand[special - letters]);
		else if ((unsigned char)text[i] < ' ')
			buf_printf(out, "\\u%04x", (unsigned)text[i]);
		else
			buf_char(out, text[i]);
	}
	buf_char(out, '"');
}

static void
put_number(struct buf *out, const json_t *value)
{
	char text[DESCRIPTOR_NUMBER];

	descriptor_number(text, value);
	buf_text(out, text);
}

static void put_inline(struct buf *out, const json_t *value);

static void
put_key(struct buf *out, const char *key)
{
	put_string(out, key, strlen(key));
	buf_text(out, ": ");
}

static void
put_members_inline(struct buf *out, const json_t *object)
{
	json_t *walked = (json_t *)(uintptr_t)object; /* jansson's walk does not take const */
	const char *separator = "";

	buf_char(out, '{');
	for (void *walk = json_object_iter(walked); walk;
	     walk = json_object_iter_next(walked, walk)) {
		buf_text(out, separator);
		put_key(out, json_object_iter_key(walk));
		put_inline(out, json_object_iter_value(walk));
		separator = ", ";
	}
	buf_char(out, '}');
}

static void
put_inline(struct buf *out, const json_t *value)
{
	switch (json_typeof(value)) {
	case JSON_OBJECT:
		put_members_inline(out, value);
		break;
	case JSON_ARRAY:
		buf_char(out, '[');
		for (size_t i = 0; i < json_array_size(value); i++) {
			buf_text(out, i ? ", " : "");
			put_inline(out, json_array_get(value, i));
		}
		buf_char(out, ']');
		break;
	case JSON_STRING:
		put_string(out, json_string_value(value), json_string_length(value));
		break;
	case JSON_INTEGER:
	case JSON_REAL:
		put_number(out, value);
		break;
	case JSON_TRUE:
		buf_text(out, "true");
		break;
	case JSON_FALSE:
		buf_text(out, "false");
		break;
	case JSON_NULL:
		buf_text(out, "null");
		break;
	}
}

static void
new_line(struct writer *w, int depth)
{
	buf_char(w->out, '\n');
	w->line = w->out->len;
	buf_printf(w->out, "%*s", depth * INDENT, "");
}

static size_t
column(const struct writer *w)
{
	return text_width(bytes_slice(buf_bytes(w->out), w->line, w->out->len));
}

/* What people look for in a list and in a rule begins a line. */
static bool
has_own_line(const char *key, const json_t *value, int depth)
{
	if (!key)
		return json_is_object(value) || json_is_array(value);
	if (depth <= SPREAD_DEPTH || strcmp(key, "values") == 0 || strcmp(key, "message") == 0)
		return true;
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (strcmp(kinds[i]->name, key) == 0)
			return !json_is_array(value);
	return false;
}

static void put_value(struct writer *w, const json_t *value, int depth);

/*
 * One member or item: on the line at hand while it fits there whole, on its own otherwise.
 * *broken: the one before it took several lines, so none may follow on its last.
 */
static void
put_item(struct writer *w, const char *key, const json_t *value, int depth, bool first,
    bool last, bool *broken)
{
	AUTO(buf_free) struct buf whole = { 0 };
	size_t width;

	if (key)
		put_key(&whole, key);
	put_inline(&whole, value);
	width = text_width(buf_bytes(&whole)) + !last;
	if (first || *broken || has_own_line(key, value, depth) ||
	    column(w) + 1 + width > WIDTH)
		new_line(w, depth);
	else
		buf_char(w->out, ' ');
	*broken = column(w) + width > WIDTH && (json_is_object(value) || json_is_array(value));
	if (!*broken) {
		buf_add(w->out, buf_bytes(&whole));
	} else {
		if (key)
			put_key(w->out, key);
		put_value(w, value, depth);
	}
	if (!last)
		buf_char(w->out, ',');
}

static void
put_value(struct writer *w, const json_t *value, int depth)
{
	json_t *walked = (json_t *)(uintptr_t)value; /* jansson's walk does not take const */
	bool broken = false, object = json_is_object(value);
	size_t count = object ? json_object_size(value) : json_array_size(value), i = 0;

	buf_char(w->out, object ? '{' : '[');
	if (object)
		for (void *walk = json_object_iter(walked); walk;
		     walk = json_object_iter_next(walked, walk), i++)
			put_item(w, json_object_iter_key(walk), json_object_iter_value(walk),
			    depth + 1, i == 0, i + 1 == count, &broken);
	for (; i < count; i++)
		put_item(w, NULL, json_array_get(value, i), depth + 1, i == 0, i + 1 == count,
		    &broken);
	if (count > 0)
		new_line(w, depth);
	buf_char(w->out, object ? '}' : ']');
}

void
descriptor_write(struct buf *out, const json_t *package)
{
	struct writer w = { .out = out, .line = out->len };

	put_value(&w, package, 0);
	buf_char(out, '\n');
}

void
descriptor_write_line(struct buf *out, const json_t *value)
{
	put_inline(out, value);
}
