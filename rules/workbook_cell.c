/* Why: a property and its cell are the same thing in two forms; how one becomes the other
 * depends on nothing but the kind of the column. */
#include <math.h>
#include <stdlib.h>

#include "base/text.h"
#include "rules/workbook_int.h"

#define EXACT 1e15 /* spreadsheets show and keep 15 digits */

static const char yes_vi[] = "có", no_vi[] = "không";

size_t
cell_width(const struct book_column *c)
{
	switch (c->kind) {
	case COLUMN_PLACE:
		return 0;
	case COLUMN_WORDS:
	case COLUMN_TITLES:
	case COLUMN_RULE:
		return 2;
	default:
		return 1;
	}
}

/* ---- what a cell can hold ---- */

/* "_x000D_" is how workbooks write a control character. */
static bool
has_escape(struct bytes b)
{
	for (size_t i = bytes_find(b, BYTES("_x")); i < b.len;
	     i += 2 + bytes_find(bytes_slice(b, i + 2, b.len), BYTES("_x")))
		if (i + 6 < b.len && b.at[i + 6] == '_')
			return true;
	return false;
}

bool
cell_holds(struct arena *a, struct bytes text)
{
	size_t units = 0;

	if (text.len == 0 || bytes_trim(text).len != text.len || !text_valid(text) ||
	    has_escape(text) || text_nfc(a, text).at != text.at)
		return false;
	for (struct bytes rest = text; rest.len > 0;) {
		uint32_t rune;

		rest = bytes_slice(rest, text_rune(&rune, rest), rest.len);
		units += rune >= 0x10000 ? 2 : 1;
		if ((rune < ' ' && rune != '\n' && rune != '\t') || rune == 0x7f ||
		    rune == 0xfffe || rune == 0xffff)
			return false;
	}
	return units <= WORKBOOK_TEXT;
}

static struct bytes
string_of(const json_t *value)
{
	return (
	    struct bytes){ .at = json_string_value(value), .len = json_string_length(value) };
}

static bool
put_text(struct workbook_cell *out, struct arena *a, struct bytes text)
{
	if (!cell_holds(a, text))
		return false;
	*out = (struct workbook_cell){ NATIVE_TEXT, arena_text(a, text) };
	return true;
}

static bool
put_string(struct workbook_cell *out, struct arena *a, const json_t *value)
{
	return json_is_string(value) && put_text(out, a, string_of(value));
}

/* NULL: it has no such text; a string that stands for the property otherwise. */
static bool
put_lines(struct workbook_cell *out, struct arena *a, const char *text)
{
	return text && put_text(out, a, bytes_of(text));
}

static bool
put_number(struct workbook_cell *out, struct arena *a, const json_t *value)
{
	char text[DESCRIPTOR_NUMBER], written[DESCRIPTOR_NUMBER];
	double number = json_number_value(value), back;

	if (!json_is_number(value) || fabs(number) >= EXACT)
		return false;
	descriptor_number(text, value);
	(void)snprintf(written, sizeof(written), "%.16G", number); /* so the workbook has it */
	back = strtod(written, NULL);
	if (back < number || back > number)
		return false;
	*out = (struct workbook_cell){ NATIVE_NUMBER, arena_text(a, bytes_of(text)) };
	return true;
}

static bool
put_yes(struct workbook_cell *out, const json_t *value)
{
	if (json_is_boolean(value))
		*out =
		    (struct workbook_cell){ NATIVE_TEXT, json_is_true(value) ? yes_vi : no_vi };
	return json_is_boolean(value);
}

static bool
put_value(struct workbook_cell *out, struct arena *a, const json_t *value)
{
	if (json_is_boolean(value))
		*out = (struct workbook_cell){ NATIVE_BOOLEAN,
			json_is_true(value) ? "true" : "false" };
	return json_is_boolean(value) || put_number(out, a, value) || put_string(out, a, value);
}

const char *
cell_label(struct arena *a, const struct cell_choice *choice)
{
	return arena_printf(a, "%s (%s)", choice->vi, choice->code);
}

static bool
put_choice(struct workbook_cell *out, struct arena *a, const json_t *value,
    const struct book_column *c)
{
	for (const struct cell_choice *k = c->choices; k && k->code; k++)
		if (json_is_string(value) && strcmp(json_string_value(value), k->code) == 0)
			return put_text(out, a, bytes_of(cell_label(a, k)));
	return put_string(out, a, value);
}

const char *
cell_json(struct arena *a, const json_t *value)
{
	AUTO(buf_free) struct buf out = { 0 };
	char *ascii;
	const char *text;

	descriptor_write_line(&out, value);
	if (cell_holds(a, buf_bytes(&out)))
		return arena_text(a, buf_bytes(&out));
	/* What a cell would give back otherwise than it is, is escaped. */
	ascii = json_dumps(value, JSON_ENSURE_ASCII | JSON_ENCODE_ANY);
	text = arena_text(a, bytes_of(ascii));
	free(ascii);
	return text;
}

/* Both cells, one of them, or none where it is neither a text nor {"vi": …, "en": …}. */
static bool
put_words(struct workbook_cell out[2], struct arena *a, const json_t *value)
{
	const json_t *vi = json_object_get(value, "vi"), *en = json_object_get(value, "en");

	if (json_is_string(value))
		return put_string(&out[0], a, value);
	if (!en || json_object_size(value) != (vi ? 2 : 1))
		return false;
	if ((!vi || put_string(&out[0], a, vi)) && put_string(&out[1], a, en))
		return true;
	out[0] = out[1] = (struct workbook_cell){ NATIVE_EMPTY, "" };
	return false;
}

/* ---- to cells ---- */

static void
drop(json_t *object, const char *path)
{
	json_t *taken = path_take(object, path);

	json_decref(taken);
}

static void
encode_titles(struct workbook_cell out[2], struct arena *a, json_t *object)
{
	const json_t *title = json_object_get(object, "title"),
		     *both = json_object_get(object, "giamsat:title");

	if (!put_string(&out[0], a, title))
		return;
	if (both && json_equal(json_object_get(both, "vi"), title) && put_words(out, a, both))
		json_object_del(object, "giamsat:title");
	json_object_del(object, "title");
}

static bool
encode(struct workbook_cell *out, struct arena *a, const json_t *value,
    const struct book_column *c)
{
	switch (c->kind) {
	case COLUMN_TEXT:
		return put_choice(out, a, value, c);
	case COLUMN_WORDS:
		return put_words(out, a, value);
	case COLUMN_LIST:
		return put_lines(out, a, lines_of_list(a, value));
	case COLUMN_ROWS:
		return put_lines(out, a, lines_of_rows(a, value));
	case COLUMN_NUMBER:
		return put_number(out, a, value);
	case COLUMN_YES:
		return put_yes(out, value);
	case COLUMN_VALUE:
		return put_value(out, a, value);
	case COLUMN_LINES:
	case COLUMN_LISTS:
		return put_lines(out, a, lines_of_object(a, value, c->kind == COLUMN_LISTS));
	case COLUMN_JSON:
		return put_text(out, a, bytes_of(cell_json(a, value)));
	case COLUMN_TITLES:
	case COLUMN_RULE:
	case COLUMN_PLACE:
		break;
	}
	return false;
}

void
cell_encode(
    struct workbook_cell *out, struct arena *a, json_t *object, const struct book_column *c)
{
	const json_t *value;

	if (c->kind == COLUMN_TITLES)
		encode_titles(out, a, object);
	else if (c->kind == COLUMN_RULE)
		rule_encode(out, a, object);
	else if ((value = path_get(object, c->path)) && encode(out, a, value, c))
		drop(object, c->path);
}

bool
cell_encode_value(struct workbook_cell *out, struct arena *a, const json_t *value)
{
	return put_value(out, a, value);
}
