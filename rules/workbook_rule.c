/* Why: a declarative rule's parameters are an object; in a cell they are lines that anybody can
 * read and change: percent = 60. */
#include "base/buf.h"
#include "rules/rule.h"
#include "rules/workbook_int.h"

static const struct rule_kind *
kind_of(struct bytes name)
{
	size_t count;
	const struct rule_kind *const *kinds = rule_kinds(&count);

	for (size_t i = 0; i < count; i++)
		if (bytes_equal_fold(bytes_of(kinds[i]->name), name))
			return kinds[i];
	return NULL;
}

bool
rule_names_kind(struct bytes name)
{
	const struct rule_kind *kind = kind_of(name);

	return kind && bytes_equal(name, bytes_of(kind->name));
}

bool
rule_is_kind(const char *name)
{
	return rule_names_kind(bytes_of(name));
}

const char *const *
rule_choices(struct arena *a)
{
	size_t count;
	const struct rule_kind *const *kinds = rule_kinds(&count);
	const char **names = arena_array(a, count + 1, sizeof(*names));

	for (size_t i = 0; i < count; i++)
		names[i] = kinds[i]->name;
	return names;
}

static const struct rule_param *
param_of(const struct rule_kind *kind, const char *name)
{
	for (const struct rule_param *p = kind->params; p->name; p++)
		if (strcmp(p->name, name) == 0)
			return p;
	return NULL;
}

/* ---- what stands behind the sign ---- */

/* What would be read as thousands by some is written with one digit more: 1.1250. */
static const char *
line_number(struct arena *a, const json_t *number)
{
	char text[DESCRIPTOR_NUMBER];
	const char *point;

	descriptor_number(text, number);
	point = strchr(text, '.');
	if (point && point - text == 1 && *text == '0')
		point = NULL; /* 0.125 is no thousands */
	return arena_printf(
	    a, "%s%s", text, point && bytes_digits(bytes_of(point + 1)) == 3 ? "0" : "");
}

/* A whole value that is written as JSON; NULL: it is not. */
static json_t *
json_value(struct bytes text)
{
	return text.len > 0 && strchr("\"[{", *text.at) ? cell_parse_json(text) : NULL;
}

static json_t *
plain_value(struct arena *a, struct bytes text)
{
	json_t *number = cell_typed_number(a, text);

	if (number)
		return number;
	if (bytes_equal(text, BYTES("có")) || bytes_equal(text, BYTES("true")))
		return json_true();
	if (bytes_equal(text, BYTES("không")) || bytes_equal(text, BYTES("false")))
		return json_false();
	return json_stringn(text.at, text.len);
}

/* What a line says of a parameter of this type; type NULL: nothing is known of it. */
static json_t *
line_value(struct arena *a, struct bytes text, const struct rule_param *p)
{
	json_t *value = json_value(text);
	bool several = memchr(text.at, ';', text.len);

	if (value)
		return value;
	switch (p ? p->type : PARAM_NUMBER) {
	case PARAM_FIELD:
	case PARAM_CHOICE:
	case PARAM_SQL:
	case PARAM_RESOURCE:
	case PARAM_COLUMN:
	case PARAM_CODELIST:
		return json_stringn(text.at, text.len);
	case PARAM_FIELDS:
	case PARAM_TERMS:
		return several ? lines_list(text) : json_stringn(text.at, text.len);
	default:
		return several ? lines_list(text) : plain_value(a, text);
	}
}

static const char *
try_line(struct arena *a, const json_t *value)
{
	switch (json_typeof(value)) {
	case JSON_STRING:
		return json_string_value(value);
	case JSON_INTEGER:
	case JSON_REAL:
		return line_number(a, value);
	case JSON_TRUE:
		return "có";
	case JSON_FALSE:
		return "không";
	case JSON_ARRAY:
		return lines_of_list(a, value);
	default:
		return NULL;
	}
}

static bool
reads_back(struct arena *a, const char *text, const json_t *value, const struct rule_param *p)
{
	json_t *back = lines_value(text) ? line_value(a, bytes_of(text), p) : NULL;
	bool same = json_equal(back, value);

	json_decref(back);
	return same;
}

/* As people would write it when that is read back as the same value, or as JSON; NULL: neither.
 */
static const char *
line_of(struct arena *a, const json_t *value, const struct rule_param *p)
{
	const char *text = try_line(a, value);

	if (text && json_is_array(value) && json_array_size(value) == 1)
		text = arena_printf(a, "%s;", text); /* or it would be the text alone */
	if (text && reads_back(a, text, value, p))
		return text;
	text = cell_json(a, value);
	return reads_back(a, text, value, p) ? text : NULL;
}

/* ---- parameters ---- */

static bool
put_lines(struct buf *out, struct arena *a, const json_t *object, const char *prefix,
    const struct rule_kind *kind)
{
	json_t *walked = (json_t *)(uintptr_t)object; /* jansson's walk does not take const */

	for (void *walk = json_object_iter(walked); walk;
	     walk = json_object_iter_next(walked, walk)) {
		const char *name = json_object_iter_key(walk);
		const json_t *value = json_object_iter_value(walk);
		const struct rule_param *p = *prefix ? NULL : param_of(kind, name);
		const char *line;

		if (!lines_name(name) || strchr(name, '.'))
			return false;
		if (json_object_size(value) > 0) {
			if (!put_lines(
				out, a, value, arena_printf(a, "%s%s.", prefix, name), kind))
				return false;
			continue;
		}
		line = line_of(a, value, p);
		if (!line)
			return false;
		buf_printf(out, "%s%s%s = ", out->len ? "\n" : "", prefix, name);
		buf_text(out, line);
	}
	return true;
}

/* Is there exactly one, so that the two cells say all? */
static const struct rule_kind *
only_kind(const json_t *rule)
{
	size_t count;
	const struct rule_kind *const *kinds = rule_kinds(&count);
	const struct rule_kind *only = NULL;

	for (size_t i = 0; i < count; i++)
		if (json_object_get(rule, kinds[i]->name)) {
			if (only)
				return NULL;
			only = kinds[i];
		}
	return only;
}

void
rule_encode(struct workbook_cell out[2], struct arena *a, json_t *rule)
{
	const struct rule_kind *kind = only_kind(rule);
	const json_t *value = kind ? json_object_get(rule, kind->name) : NULL;
	AUTO(buf_free) struct buf text = { 0 };

	if (json_is_string(value) && kind->params == NULL)
		buf_text(&text, json_string_value(value));
	else if (!kind || !kind->params || json_object_size(value) == 0 ||
	    !put_lines(&text, a, value, "", kind))
		return;
	if (!cell_holds(a, buf_bytes(&text)))
		return;
	out[0] = (struct workbook_cell){ NATIVE_TEXT, kind->name };
	out[1] = (struct workbook_cell){ NATIVE_TEXT, arena_text(a, buf_bytes(&text)) };
	json_object_del(rule, kind->name);
}

const char *
workbook_example(struct arena *a, const struct rule_kind *kind)
{
	struct workbook_cell cells[2] = { { NATIVE_EMPTY, "" }, { NATIVE_EMPTY, "" } };
	json_t *rule = json_object();

	json_object_set_new(rule, kind->name, cell_parse_json(bytes_of(kind->example)));
	rule_encode(cells, a, rule);
	json_decref(rule);
	return cells[1].text;
}

static bool
is_wrong(struct cell_mistake *wrong, size_t cell, const char *vi, const char *en)
{
	*wrong = (struct cell_mistake){ cell, vi, en };
	return false;
}

static json_t *
take_lines(struct arena *a, struct bytes text, const struct rule_kind *kind)
{
	json_t *object = json_object();
	struct bytes name, value;

	while (lines_next(&name, &value, &text)) {
		char *path = arena_text(a, name);
		const struct rule_param *p = param_of(kind, path);

		for (char *c = path; *c; c++)
			if (*c == '.')
				*c = '/';
		if (!lines_name(arena_text(a, name)) || value.len == 0 ||
		    !path_put(object, path, line_value(a, value, p))) {
			json_decref(object);
			return NULL;
		}
	}
	return object;
}

bool
rule_decode(
    json_t *rule, struct arena *a, const struct workbook_cell in[2], struct cell_mistake *wrong)
{
	const struct rule_kind *kind;
	json_t *value;

	if (!*in[0].text && !*in[1].text)
		return true;
	kind = kind_of(bytes_of(in[0].text));
	if (!kind)
		return is_wrong(wrong, 0, "không có loại quy tắc này; chọn trong danh sách",
		    "is no kind of rules; choose one of the list");
	if (json_object_get(rule, kind->name))
		return is_wrong(wrong, 0,
		    "đã có trong cột “Thuộc tính khác”, chỉ ghi ở một nơi",
		    "stands in the column of other properties, too; write it once");
	value =
	    kind->params ? take_lines(a, bytes_of(in[1].text), kind) : json_string(in[1].text);
	if (!value)
		return is_wrong(wrong, 1, "mỗi dòng phải là: tên = giá trị, mỗi tên một lần",
		    "each line must be: name = value, each name once");
	return json_object_set_new(rule, kind->name, value) == 0;
}
