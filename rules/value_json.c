/* Why: a cell may hold a whole list or object; how long it is and what it equals counts, not
 * how it is written. */
#include <stdlib.h>

#include "rules/json.h"
#include "rules/json_schema.h"
#include "rules/value_int.h"

/* Text that is the same for equal ones, where that matters. */
static struct bytes
canonical(const json_t *value, struct bytes text, const struct field *f, struct arena *a)
{
	char *dump;

	if (!f->compared)
		return text;
	dump = json_dumps(value, JSON_COMPACT | JSON_SORT_KEYS | JSON_ENCODE_ANY);
	if (!dump)
		abort(); /* out of memory */
	text = arena_bytes(a, bytes_of(dump));
	free(dump);
	return text;
}

bool
object_read(struct value *out, struct bytes text, const struct field *f, struct arena *a)
{
	AUTO(json_close)
	json_t *value = json_loadb(text.at ? text.at : "", text.len, JSON_DECODE_ANY, NULL);

	if (!json_is_object(value))
		return false;
	*out = (struct value){ .kind = VALUE_ITEMS,
		.flag = f->json && !json_schema_fits(f->json, value),
		.items = json_object_size(value),
		.text = canonical(value, text, f, a) };
	return true;
}

/* ---- items with a field of their own ---- */

/* A number of JSON, as text that the field would read. */
static struct bytes
number_text(const json_t *item, struct arena *a)
{
	if (json_is_integer(item))
		return bytes_of(arena_printf(a, "%lld", (long long)json_integer_value(item)));
	return bytes_of(arena_printf(a, "%.17g", json_real_value(item)));
}

/* An item that is not a text must be what the field's own type is in JSON. */
static bool
native_item(struct value *out, const json_t *item, const struct field *f, struct arena *a)
{
	struct field plain = *f;

	plain.point = '.';
	plain.group = '\0';
	plain.group_text = NULL;
	if (json_is_boolean(item) && f->type == FIELD_BOOLEAN && !f->special) {
		*out = (struct value){ .kind = VALUE_BOOLEAN, .flag = json_is_true(item) };
		return true;
	}
	if (json_is_number(item) && !f->special &&
	    (f->type == FIELD_NUMBER || f->type == FIELD_INTEGER || f->type == FIELD_YEAR))
		return value_read_plain(out, number_text(item, a), &plain, a);
	*out = (struct value){ .kind = VALUE_TEXT };
	return f->type == FIELD_ANY && !f->special;
}

/* false: it is none of the field's type. *broken: it is, but breaks a constraint. */
static bool
check_item(bool *broken, const json_t *item, const struct field *f, struct arena *a)
{
	struct bytes text = { .at = json_string_value(item), .len = json_string_length(item) };
	bool missing = json_is_null(item) ||
	    (json_is_string(item) && bytes_among(text, f->missing_values));
	struct value v = { 0 };

	if (missing) {
		*broken = *broken || f->required;
		return true;
	}
	if (!(json_is_string(item) ? value_read_plain(&v, text, f, a)
				   : native_item(&v, item, f, a)))
		return false;
	*broken = *broken || value_check(&v, f) != FAULT_NONE;
	return true;
}

bool
array_read(struct value *out, struct bytes text, const struct field *f, struct arena *a)
{
	AUTO(json_close)
	json_t *value = json_loadb(text.at ? text.at : "", text.len, JSON_DECODE_ANY, NULL);
	bool broken;

	if (!json_is_array(value))
		return false;
	broken = f->json && !json_schema_fits(f->json, value);
	for (size_t i = 0; f->item && i < json_array_size(value); i++)
		if (!check_item(&broken, json_array_get(value, i), f->item, a))
			return false;
	*out = (struct value){ .kind = VALUE_ITEMS,
		.flag = broken,
		.items = json_array_size(value),
		.text = canonical(value, text, f, a) };
	return true;
}

/* ---- lists ---- */

/* The item as it is written the shortest way, the same for equal ones. */
static void
add_item(struct buf *out, const struct value *v)
{
	char text[40];

	switch (v->kind) {
	case VALUE_NUMBER: {
		struct decimal d = v->number;

		for (; d.scale > 0 && d.digits % 10 == 0; d.scale--)
			d.digits /= 10;
		decimal_write(text, d, '.', '\0');
		buf_text(out, text);
		break;
	}
	case VALUE_REAL:
		buf_printf(out, "%.17g", v->real);
		break;
	case VALUE_BOOLEAN:
		buf_text(out, v->flag ? "true" : "false");
		break;
	case VALUE_DATE:
		date_write(text, v->date);
		buf_text(out, text);
		break;
	case VALUE_MOMENT:
		buf_printf(out, "%lld", (long long)v->number.digits);
		break;
	case VALUE_EMPTY:
	case VALUE_TEXT:
	case VALUE_DURATION:
	case VALUE_ITEMS:
		buf_add(out, v->text);
		break;
	}
}

/* "1,2,3": every item is of the item's type in its default form. */
bool
list_read(struct value *out, struct bytes text, const struct field *f, struct arena *a)
{
	struct bytes separator = bytes_of(f->separator), rest = text;
	AUTO(buf_free) struct buf key = { 0 };
	size_t count = 0;
	bool more = true;

	while (more) {
		size_t end = bytes_find(rest, separator);
		struct value v;

		more = end < rest.len;
		if (!value_read_plain(&v, bytes_slice(rest, 0, end), f->item, a))
			return false;
		if (f->compared && count > 0)
			buf_add(&key, separator);
		if (f->compared)
			add_item(&key, &v);
		count++;
		rest = bytes_slice(rest, end + separator.len, rest.len);
	}
	*out = (struct value){ .kind = VALUE_ITEMS,
		.items = count,
		.text = f->compared ? arena_bytes(a, buf_bytes(&key)) : text };
	return true;
}
