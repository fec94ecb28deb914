/* Why: several things in one cell are written as people write them: a; b; c, and name = value
 * on each line. */
#include "base/buf.h"
#include "rules/workbook_int.h"

#define NAME_LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.:-"

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* ---- a; b; c ---- */

static bool
needs_quotes(struct bytes item)
{
	struct bytes trimmed = bytes_trim(item);

	return item.len == 0 || trimmed.len != item.len || memchr(item.at, ';', item.len) ||
	    memchr(item.at, '"', item.len) || memchr(item.at, '\n', item.len);
}

static void
put_item(struct buf *out, struct bytes item)
{
	if (!needs_quotes(item)) {
		buf_add(out, item);
		return;
	}
	buf_char(out, '"');
	for (size_t i = 0; i < item.len; i++) {
		if (item.at[i] == '"')
			buf_char(out, '"');
		buf_char(out, item.at[i]);
	}
	buf_char(out, '"');
}

static bool
put_list(struct buf *out, const json_t *list)
{
	if (!json_is_array(list) || json_array_size(list) == 0)
		return false;
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *item = json_array_get(list, i);

		if (!json_is_string(item))
			return false;
		buf_text(out, i ? "; " : "");
		put_item(out,
		    (struct bytes){
			.at = json_string_value(item), .len = json_string_length(item) });
	}
	return true;
}

/* From the quote on; what follows it up to the separator counts, too: nobody wrote it for
 * nothing.
 */
static void
take_quoted(struct buf *item, struct bytes *rest)
{
	size_t i = 1;

	for (; i < rest->len; i++) {
		if (rest->at[i] == '"' && i + 1 < rest->len && rest->at[i + 1] == '"')
			i++;
		else if (rest->at[i] == '"')
			break;
		buf_char(item, rest->at[i]);
	}
	*rest = bytes_slice(*rest, i + 1, rest->len);
}

/* Items up to the end of the line, or of the text where a line's end is a separator, too. */
static json_t *
take_list(struct bytes *rest, bool one_line)
{
	json_t *list = json_array();

	while (rest->len > 0) {
		AUTO(buf_free) struct buf item = { 0 };
		bool quoted = false;
		size_t len = 0;

		while (rest->len > 0 && is_blank(*rest->at))
			*rest = bytes_slice(*rest, 1, rest->len);
		if (rest->len > 0 && *rest->at == '"') {
			quoted = true;
			take_quoted(&item, rest);
		}
		while (len < rest->len && rest->at[len] != ';' && rest->at[len] != '\n')
			len++;
		buf_add(&item, bytes_trim(bytes_slice(*rest, 0, len)));
		if (quoted || item.len > 0)
			json_array_append_new(
			    list, json_stringn(item.at ? item.at : "", item.len));
		if (one_line && len < rest->len && rest->at[len] == '\n') {
			*rest = bytes_slice(*rest, len, rest->len);
			break;
		}
		*rest = bytes_slice(*rest, len + 1, rest->len);
	}
	return list;
}

const char *
lines_of_list(struct arena *a, const json_t *list)
{
	AUTO(buf_free) struct buf out = { 0 };

	return put_list(&out, list) ? arena_text(a, buf_bytes(&out)) : NULL;
}

json_t *
lines_list(struct bytes text)
{
	return take_list(&text, false);
}

/* ---- lists on lines ---- */

const char *
lines_of_rows(struct arena *a, const json_t *rows)
{
	AUTO(buf_free) struct buf out = { 0 };

	if (!json_is_array(rows) || json_array_size(rows) == 0)
		return NULL;
	for (size_t i = 0; i < json_array_size(rows); i++) {
		buf_text(&out, i ? "\n" : "");
		if (!put_list(&out, json_array_get(rows, i)))
			return NULL;
	}
	return arena_text(a, buf_bytes(&out));
}

json_t *
lines_rows(struct bytes text)
{
	json_t *rows = json_array();

	while (text.len > 0) {
		json_t *list = take_list(&text, true);

		if (json_array_size(list) > 0)
			json_array_append_new(rows, list);
		else
			json_decref(list);
		text = bytes_slice(text, 1, text.len);
	}
	return rows;
}

/* ---- name = value ---- */

bool
lines_name(const char *name)
{
	return *name && strspn(name, NAME_LETTERS) == strlen(name);
}

/* May it stand behind "name ="? Its further lines must begin with a blank, or they would be
 * names.
 */
bool
lines_value(const char *text)
{
	struct bytes b = bytes_of(text);

	if (b.len == 0 || bytes_trim(b).len != b.len)
		return false;
	for (size_t i = 0; i + 1 < b.len; i++)
		if (b.at[i] == '\n' && !is_blank(b.at[i + 1]))
			return false;
	return true;
}

const char *
lines_of_object(struct arena *a, const json_t *object, bool lists)
{
	json_t *walked = (json_t *)(uintptr_t)object; /* jansson's walk does not take const */
	AUTO(buf_free) struct buf out = { 0 };

	if (!json_is_object(object) || json_object_size(object) == 0)
		return NULL;
	for (void *walk = json_object_iter(walked); walk;
	     walk = json_object_iter_next(walked, walk)) {
		const char *name = json_object_iter_key(walk);
		const json_t *value = json_object_iter_value(walk);
		AUTO(buf_free) struct buf text = { 0 };

		if (!lines_name(name))
			return NULL;
		if (lists ? !put_list(&text, value)
			  : !json_is_string(value) || !lines_value(json_string_value(value)))
			return NULL;
		if (lists && memchr(text.at, '\n', text.len))
			return NULL;
		buf_printf(&out, "%s%s = ", out.len ? "\n" : "", name);
		buf_text(&out, lists ? text.at : json_string_value(value));
	}
	return arena_text(a, buf_bytes(&out));
}

bool
lines_next(struct bytes *name, struct bytes *value, struct bytes *rest)
{
	struct bytes line;
	size_t end = 0, sign;

	while (rest->len > 0 && (is_blank(*rest->at) || *rest->at == '\n'))
		*rest = bytes_slice(*rest, 1, rest->len);
	while (end < rest->len &&
	    (rest->at[end] != '\n' || (end + 1 < rest->len && is_blank(rest->at[end + 1]))))
		end++;
	line = bytes_slice(*rest, 0, end);
	*rest = bytes_slice(*rest, end, rest->len);
	sign = bytes_find(line, BYTES("="));
	*name = bytes_trim(bytes_slice(line, 0, sign));
	*value = bytes_trim(bytes_slice(line, sign + 1, line.len));
	return line.len > 0;
}

json_t *
lines_object(struct arena *a, struct bytes text, bool lists)
{
	json_t *object = json_object();
	struct bytes name, value;

	while (lines_next(&name, &value, &text)) {
		const char *key = arena_text(a, name);

		if (!lines_name(key) || value.len == 0 || json_object_get(object, key)) {
			json_decref(object);
			return NULL;
		}
		json_object_set_new(
		    object, key, lists ? lines_list(value) : json_stringn(value.at, value.len));
	}
	return object;
}
