/* Why: what stands between the operators of a condition: the row's fields, numbers, texts, and
 * a few functions. */
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <strings.h>

#include "base/buf.h"
#include "rules/formula_int.h"

struct formula *
formula_make(struct formula_reader *r, enum formula_op op, enum formula_sort sort, size_t args)
{
	struct formula *f = arena_take(r->arena, sizeof(*f));

	r->parts++;
	*f = (struct formula){ .op = op, .sort = sort, .field = -1 };
	if (args)
		f->args = arena_array(r->arena, args, sizeof(const struct formula *));
	return f;
}

/* ---- words ---- */

static void
skip_blanks(struct formula_reader *r)
{
	while (isspace((unsigned char)*r->at))
		r->at++;
}

static bool
is_name_char(char c)
{
	return isalnum((unsigned char)c) || c == '_' || (unsigned char)c >= 0x80 || c == '$';
}

static size_t
word_length(const char *at)
{
	size_t len = 0;

	while (is_name_char(at[len]))
		len++;
	return len;
}

bool
formula_word(struct formula_reader *r, const char *word)
{
	size_t len = strlen(word);

	skip_blanks(r);
	if (word_length(r->at) != len || strncasecmp(r->at, word, len) != 0)
		return false;
	r->at += len;
	return true;
}

/* "--" and a slash with a star begin comments; "<>", "<<" and ">>" are signs of their own. */
static bool
begins_another(const char *at)
{
	return strncmp(at, "--", 2) == 0 || strncmp(at, "/*", 2) == 0 ||
	    strncmp(at, "<>", 2) == 0 || strncmp(at, "<<", 2) == 0 || strncmp(at, ">>", 2) == 0;
}

bool
formula_sign(struct formula_reader *r, const char *sign)
{
	size_t len = strlen(sign);

	skip_blanks(r);
	if (strncmp(r->at, sign, len) != 0)
		return false;
	if (len == 1 && begins_another(r->at))
		return false;
	r->at += len;
	return true;
}

/* ---- leaves ---- */

static node *
read_number(struct formula_reader *r)
{
	struct formula *f;
	char *end;
	size_t digits = strspn(r->at, "0123456789");
	double real = strtod(r->at, &end);

	if ((size_t)(end - r->at) > 17 || tolower((unsigned char)r->at[1]) == 'x' ||
	    is_name_char(*end) || (digits == (size_t)(end - r->at) && digits > 15))
		return NULL;
	f = formula_make(
	    r, digits == (size_t)(end - r->at) ? OP_WHOLE : OP_REAL, SORT_NUMBER, 0);
	f->real = real;
	f->whole = f->op == OP_WHOLE ? (int64_t)real : 0;
	/* Halves and quarters have but one double; of other fractions SQLite may take the next.
	 */
	f->rough = fabs(real) > 1e12 || floor(real * 1024) < real * 1024;
	r->at = end;
	return f;
}

static node *
read_text(struct formula_reader *r)
{
	AUTO(buf_free) struct buf text = { 0 };
	struct formula *f;

	for (r->at++; *r->at && (*r->at != '\'' || r->at[1] == '\''); r->at++) {
		r->at += *r->at == '\'';
		buf_char(&text, *r->at);
	}
	if (*r->at != '\'')
		return NULL;
	r->at++;
	f = formula_make(r, OP_TEXT, SORT_TEXT, 0);
	f->text = arena_bytes(r->arena, buf_bytes(&text));
	return f;
}

static const double tens[] = { 1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9 };

static node *
read_field(struct formula_reader *r, struct bytes name)
{
	struct formula *f;
	const struct field *field;

	for (size_t i = 0; i < r->form->field_count; i++) {
		field = &r->form->fields[i];
		if (!bytes_equal_fold(bytes_of(field->name), name))
			continue;
		f = formula_make(r, OP_FIELD,
		    field->type == FIELD_STRING || field->type == FIELD_DATE ||
			    field->type == FIELD_ANY
			? SORT_TEXT
			: SORT_NUMBER,
		    0);
		f->field = (int)i;
		f->zeroed = r->zeroed && r->zeroed[i];
		if (field->type == FIELD_NUMBER)
			f->divisor = tens[field->scale < COUNT(tens) ? field->scale : 0];
		/* An empty text that is read as 0 is a number among texts. */
		return f->zeroed && f->sort == SORT_TEXT ? NULL : f;
	}
	return NULL;
}

/* ---- functions ---- */

bool
formula_same_sort(node *const *args, size_t count, enum formula_sort *sort)
{
	*sort = SORT_NONE;
	for (size_t i = 0; i < count; i++) {
		if (args[i]->sort == SORT_NONE)
			continue;
		if (*sort != SORT_NONE && args[i]->sort != *sort)
			return false;
		*sort = args[i]->sort;
	}
	return true;
}

/* "x, y, z)": false: not understood. */
bool
formula_args(struct formula_reader *r, node **args, size_t *count)
{
	for (*count = 0; *count < FORMULA_ARGS;) {
		args[*count] = formula_all(r);
		if (!args[(*count)++])
			return false;
		if (formula_sign(r, ")"))
			return true;
		if (!formula_sign(r, ","))
			return false;
	}
	return false;
}

node *
formula_make_many(struct formula_reader *r, enum formula_op op, node *const *args, size_t count)
{
	enum formula_sort sort;
	struct formula *f;

	if (!formula_same_sort(args, count, &sort))
		return NULL;
	f = formula_make(r, op, op == OP_IN ? SORT_NUMBER : sort, count);
	memcpy(f->args, args, count * sizeof(*args));
	f->count = count;
	return f;
}

static node *
read_function(struct formula_reader *r, struct bytes name)
{
	static const struct {
		const char *name;
		enum formula_op op;
		size_t least, most;
		bool numbers;
	} known[] = {
		{ "abs", OP_ABS, 1, 1, true },
		{ "coalesce", OP_COALESCE, 2, FORMULA_ARGS, false },
		{ "ifnull", OP_COALESCE, 2, 2, false },
		{ "nullif", OP_NULLIF, 2, 2, false },
		{ "min", OP_MIN, 2, FORMULA_ARGS, true },
		{ "max", OP_MAX, 2, FORMULA_ARGS, true },
		{ "round", OP_ROUND, 1, 2, true },
	};
	node *args[FORMULA_ARGS], *f;
	size_t i = 0, count;

	while (i < COUNT(known) && !bytes_equal_fold(bytes_of(known[i].name), name))
		i++;
	if (i == COUNT(known) || !formula_args(r, args, &count) || count < known[i].least ||
	    count > known[i].most)
		return NULL;
	/* The places of a rounding are written, not computed. */
	if (known[i].op == OP_ROUND && count == 2 &&
	    (args[1]->op != OP_WHOLE || args[1]->whole > 9))
		return NULL;
	f = formula_make_many(r, known[i].op, args, count);
	return f && known[i].numbers && f->sort != SORT_NUMBER ? NULL : f;
}

static node *
read_case(struct formula_reader *r)
{
	node *args[FORMULA_ARGS + 1], *values[FORMULA_ARGS];
	size_t count = 0, value_count = 0;
	enum formula_sort sort;
	struct formula *f;

	while (count + 2 < FORMULA_ARGS && formula_word(r, "when")) {
		args[count] = formula_all(r);
		if (!args[count] || args[count++]->sort == SORT_TEXT ||
		    !formula_word(r, "then"))
			return NULL;
		args[count] = values[value_count++] = formula_all(r);
		if (!args[count++])
			return NULL;
	}
	args[count] =
	    formula_word(r, "else") ? formula_all(r) : formula_make(r, OP_NULL, SORT_NONE, 0);
	if (count == 0 || !args[count])
		return NULL;
	values[value_count++] = args[count++];
	if (!formula_word(r, "end") || !formula_same_sort(values, value_count, &sort))
		return NULL;
	f = formula_make(r, OP_CASE, sort, count);
	memcpy(f->args, args, count * sizeof(*args));
	f->count = count;
	return f;
}

/* ---- names ---- */

static node *
read_named(struct formula_reader *r)
{
	struct bytes name = { .at = r->at, .len = word_length(r->at) };

	if (formula_word(r, "case"))
		return read_case(r);
	if (formula_word(r, "null"))
		return formula_make(r, OP_NULL, SORT_NONE, 0);
	r->at += name.len;
	if (formula_sign(r, "("))
		return read_function(r, name);
	if (bytes_equal_fold(name, BYTES("r")) && *r->at == '.') {
		r->at++;
		name = (struct bytes){ .at = r->at, .len = word_length(r->at) };
		r->at += name.len;
	}
	return read_field(r, name);
}

node *
formula_leaf(struct formula_reader *r)
{
	if (isdigit((unsigned char)*r->at))
		return read_number(r);
	if (*r->at == '\'')
		return read_text(r);
	return is_name_char(*r->at) ? read_named(r) : NULL;
}
