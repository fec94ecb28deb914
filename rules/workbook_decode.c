/* Why: what people type into a cell becomes the property it stands for, or a sentence why not.
 */
#include <stdlib.h>

#include "base/text.h"
#include "rules/workbook_int.h"

static const struct cell_mistake none = { 0 };

static bool
is_wrong(struct cell_mistake *wrong, size_t cell, const char *vi, const char *en)
{
	*wrong = (struct cell_mistake){ cell, vi, en };
	return false;
}

static struct bytes
text_of(const struct workbook_cell *in)
{
	return bytes_of(in->text);
}

static json_t *
cell_number(struct bytes text)
{
	double number = strtod(text.at, NULL);

	/* Whole numbers are whole in JSON, too: a cell knows no difference. */
	if (number > -1e15 && number < 1e15 && !(number - (double)(int64_t)number < 0) &&
	    !(number - (double)(int64_t)number > 0))
		return json_integer((json_int_t)number);
	return json_real(number);
}

/*
 * As people type it into a cell for text: digits, one point or comma. 1.125 and 1,125 are
 * thousands to some and a fraction to others, so they are neither.
 */
json_t *
cell_typed_number(struct arena *a, struct bytes text)
{
	struct bytes rest = text_plain(a, text);
	char *plain = arena_text(a, rest);
	bool starts_with_zero;
	size_t whole, part = 0;

	if (bytes_starts(rest, BYTES("-")))
		rest = bytes_slice(rest, 1, rest.len);
	whole = bytes_digits(rest);
	starts_with_zero = bytes_starts(rest, BYTES("0"));
	if (starts_with_zero && whole > 1)
		return NULL; /* a code */
	rest = bytes_slice(rest, whole, rest.len);
	if (rest.len > 0 && (*rest.at == ',' || *rest.at == '.')) {
		part = bytes_digits(bytes_slice(rest, 1, rest.len));
		rest = bytes_slice(rest, part ? part + 1 : 0, rest.len);
	}
	if (whole == 0 || rest.len > 0 || (part == 3 && whole <= 3 && !starts_with_zero))
		return NULL;
	for (char *c = plain; *c; c++)
		if (*c == ',')
			*c = '.';
	return cell_number(bytes_of(plain));
}

static json_t *
decode_number(struct arena *a, const struct workbook_cell *in, struct cell_mistake *wrong)
{
	json_t *number = NULL;

	if (in->native == NATIVE_NUMBER || in->native == NATIVE_PERCENT)
		return cell_number(text_of(in));
	if (in->native == NATIVE_TEXT)
		number = cell_typed_number(a, text_of(in));
	if (!number)
		(void)is_wrong(wrong, 0, "phải là một số", "must be a number");
	return number;
}

static json_t *
decode_yes(struct arena *a, const struct workbook_cell *in, struct cell_mistake *wrong)
{
	static const char *const yes[] = { "có", "co", "x", "yes", "true", "1", NULL },
				 *const no[] = { "không", "khong", "no", "false", "0", NULL };
	struct bytes key = text_key(a, text_of(in));

	for (const char *const *word = yes; *word; word++)
		if (bytes_equal(key, text_key(a, bytes_of(*word))))
			return json_true();
	for (const char *const *word = no; *word; word++)
		if (bytes_equal(key, text_key(a, bytes_of(*word))))
			return json_false();
	(void)is_wrong(wrong, 0, "chỉ ghi có hoặc không", "must be có (yes) or không (no)");
	return NULL;
}

json_t *
cell_decode_value(const struct workbook_cell *in)
{
	switch (in->native) {
	case NATIVE_NUMBER:
	case NATIVE_PERCENT:
		return cell_number(text_of(in));
	case NATIVE_BOOLEAN:
		return json_boolean(strcmp(in->text, "true") == 0);
	default:
		return json_string(in->text);
	}
}

/* The code of "lỗi (error)", of "lỗi" and of "error"; what is none of them stays as it is. */
static json_t *
decode_choice(
    struct arena *a, const struct workbook_cell *in, const struct cell_choice *choices)
{
	struct bytes key = text_key(a, text_of(in));

	for (const struct cell_choice *k = choices; k && k->code; k++)
		if (bytes_equal(key, text_key(a, bytes_of(cell_label(a, k)))) ||
		    bytes_equal(key, text_key(a, bytes_of(k->code))) ||
		    bytes_equal(key, text_key(a, bytes_of(k->vi))))
			return json_string(k->code);
	return json_string(in->text);
}

json_t *
cell_parse_json(struct bytes text)
{
	json_error_t error;

	return json_loadb(text.at, text.len, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, &error);
}

static json_t *
decode_json(const struct workbook_cell *in, struct cell_mistake *wrong)
{
	json_t *value = cell_parse_json(text_of(in));

	if (!value)
		(void)is_wrong(wrong, 0, "không phải là JSON", "is no JSON");
	return value;
}

static json_t *
decode_lines(
    struct arena *a, const struct workbook_cell *in, bool lists, struct cell_mistake *wrong)
{
	json_t *object = lines_object(a, text_of(in), lists);

	if (!object)
		(void)is_wrong(wrong, 0, "mỗi dòng phải là: tên = giá trị, mỗi tên một lần",
		    "each line must be: name = value, each name once");
	return object;
}

static json_t *
decode_one(struct arena *a, const struct workbook_cell *in, const struct book_column *c,
    struct cell_mistake *wrong)
{
	switch (c->kind) {
	case COLUMN_LIST:
		return lines_list(text_of(in));
	case COLUMN_ROWS:
		return lines_rows(text_of(in));
	case COLUMN_NUMBER:
		return decode_number(a, in, wrong);
	case COLUMN_YES:
		return decode_yes(a, in, wrong);
	case COLUMN_VALUE:
		return cell_decode_value(in);
	case COLUMN_LINES:
	case COLUMN_LISTS:
		return decode_lines(a, in, c->kind == COLUMN_LISTS, wrong);
	case COLUMN_JSON:
		return decode_json(in, wrong);
	default:
		return decode_choice(a, in, c->choices);
	}
}

/* NULL: both are empty. */
static json_t *
decode_words(const struct workbook_cell in[2])
{
	if (!*in[1].text)
		return *in[0].text ? json_string(in[0].text) : NULL;
	if (!*in[0].text)
		return json_pack("{s:s}", "en", in[1].text);
	return json_pack("{s:s, s:s}", "vi", in[0].text, "en", in[1].text);
}

static bool
put(json_t *object, const char *path, json_t *value, struct cell_mistake *wrong)
{
	return path_put(object, path, value) ||
	    is_wrong(wrong, 0, "đã có trong cột “Thuộc tính khác”, chỉ ghi ở một nơi",
		"stands in the column of other properties, too; write it once");
}

static bool
decode_titles(json_t *object, const struct workbook_cell in[2], struct cell_mistake *wrong)
{
	if (*in[0].text && !put(object, "title", json_string(in[0].text), wrong))
		return false;
	return !*in[1].text || put(object, "giamsat:title", decode_words(in), wrong);
}

bool
cell_decode(json_t *object, struct arena *a, const struct workbook_cell *in,
    const struct book_column *c, struct cell_mistake *wrong)
{
	json_t *value;

	*wrong = none;
	for (size_t i = 0; i < cell_width(c); i++)
		if (in[i].native == NATIVE_ERROR || in[i].native == NATIVE_UNCALCULATED)
			return is_wrong(wrong, i,
			    "là công thức bị lỗi hoặc chưa được tính; hãy ghi giá trị thay cho "
			    "công thức",
			    "is an error, or a formula that was never calculated");
	if (c->kind == COLUMN_RULE)
		return rule_decode(object, a, in, wrong);
	if (c->kind == COLUMN_TITLES)
		return decode_titles(object, in, wrong);
	if (c->kind == COLUMN_WORDS)
		return (value = decode_words(in)) == NULL || put(object, c->path, value, wrong);
	if (!*in->text)
		return true;
	value = decode_one(a, in, c, wrong);
	return value && put(object, c->path, value, wrong);
}
