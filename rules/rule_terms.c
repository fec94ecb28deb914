/* Why: people say “if the result is commended” of a cell; here such conditions are read, become
 * SQL, and are said again in the words of the form. */
#include "rules/codelist.h"
#include "rules/rule_int.h"

/* One condition: its SQL and how people say it. */
struct term {
	const char *sql;
	struct words words;
};

static bool
among(const char *const *list, const char *text)
{
	for (; list && *list; list++)
		if (strcmp(*list, text) == 0)
			return true;
	return false;
}

static struct words
both(const char *text)
{
	return (struct words){ .in = { text, text } };
}

/* Codes are written as they are stored, so that no title's change changes a rule. */
static bool
read_code(struct term *out, struct arena *a, const struct field *f, const char *text,
    const struct at *at)
{
	for (size_t i = 0; f->codes && i < f->codes->count; i++)
		if (strcmp(f->codes->codes[i].code, text) == 0)
			out->words = f->codes->codes[i].title;
	if (f->codes && !out->words.in[0]) {
		at_mistake(at, "'%.60s' is no code of '%s'", text, f->name);
		return false;
	}
	if (!f->codes)
		out->words = both(text);
	out->sql = quoted_sql(a, text);
	return true;
}

/* A value of the field, as a literal. */
static bool
read_value(struct term *out, struct arena *a, const struct field *f, const char *text,
    const struct at *at)
{
	struct decimal number;
	struct date day;
	bool yes = among(f->true_values, text) || strcmp(text, "true") == 0;

	out->words = both(text);
	out->sql = text;
	switch (f->type) {
	case FIELD_BOOLEAN:
		out->sql = yes ? "1" : "0";
		out->words = yes ? (struct words){ { "Có", "yes" } }
				 : (struct words){ { "Không", "no" } };
		if (yes || among(f->false_values, text) || strcmp(text, "false") == 0)
			return true;
		break;
	case FIELD_INTEGER:
	case FIELD_NUMBER:
	case FIELD_YEAR:
		if (decimal_read(&number, bytes_of(text), '.', '\0'))
			return true;
		break;
	case FIELD_DATE:
		out->sql = quoted_sql(a, text);
		if (date_read(&day, bytes_of(text), "%Y-%m-%d"))
			return true;
		break;
	default:
		out->words = both(NULL);
		return read_code(out, a, f, text, at);
	}
	at_mistake(at, "'%.60s' is no value of '%s'", text, f->name);
	return false;
}

static struct words
titled(struct arena *a, const struct field *f, const char *sign, struct words value)
{
	struct words w;

	for (enum language l = 0; l < LANGUAGES; l++)
		w.in[l] = arena_printf(
		    a, "“%s”%s%s", words_in(f->title, l), sign, words_in(value, l));
	return w;
}

/* "field", "field=value", "field>number" */
static int
read_term(struct term *out, struct arena *a, const struct form *f, const struct at *at)
{
	const char *text = json_string_value(at->value);
	size_t len = text ? strcspn(text, "=>") : 0;
	int field = text ? form_field(f, (struct bytes){ .at = text, .len = len }) : -1;
	struct term value = { 0 };
	const struct field *of;

	if (field < 0) {
		at_mistake(at, "the form has no field '%.*s'", (int)(len < 60 ? len : 60),
		    text ? text : "");
		return -1;
	}
	of = &f->fields[field];
	if (!text[len]) {
		out->sql = arena_printf(a, "r.%s IS NOT NULL", of->name);
		out->words = titled(a, of, "", both(""));
		return field;
	}
	if (text[len] == '>' && of->type != FIELD_INTEGER && of->type != FIELD_NUMBER &&
	    of->type != FIELD_YEAR) {
		at_mistake(at, "'%s' holds no numbers", of->name);
		return -1;
	}
	if (!read_value(&value, a, of, arena_text(a, bytes_of(text + len + 1)), at))
		return -1;
	out->sql = arena_printf(a, "coalesce(r.%s %c %s, 0)", of->name, text[len], value.sql);
	out->words = titled(a, of, text[len] == '=' ? " = " : " > ", value.words);
	return field;
}

static void
make_room(struct rule_arg *arg, struct arena *a, size_t count)
{
	arg->fields = arena_array(a, count + 1, sizeof(*arg->fields));
	arg->conditions = arena_array(a, count + 1, sizeof(const char *));
	arg->titles = arena_array(a, count + 1, sizeof(*arg->titles));
}

/* Room is there. */
static void
keep(struct rule_arg *arg, int field, const struct term *t)
{
	((int *)(uintptr_t)arg->fields)[arg->count] = field; /* ours, and still being read */
	((const char **)(uintptr_t)arg->conditions)[arg->count] = t->sql;
	((struct words *)(uintptr_t)arg->titles)[arg->count++] = t->words;
}

void
rule_terms_read(
    struct rule_arg *arg, struct arena *a, const struct form *f, const struct at *at)
{
	size_t count = at_count(at);

	make_room(arg, a, count);
	if (json_is_array(at->value) && count < 2)
		at_mistake(at, "at least two fields are wanted here");
	for (size_t i = 0; i < count; i++) {
		struct at item = at_index(at, i);
		struct term t = { 0 };
		int field = read_term(&t, a, f, &item);

		if (field >= 0)
			keep(arg, field, &t);
	}
}

/* ---- when ---- */

/* "is": one value or several. */
static void
read_is(struct term *out, struct arena *a, const struct field *f, const struct at *at)
{
	bool alone = !json_is_array(at->value);
	size_t count = alone ? 1 : json_array_size(at->value);
	AUTO(buf_free) struct buf sql = { 0 };
	struct words list = both("");

	buf_printf(&sql, "coalesce(r.%s IN (", f->name);
	for (size_t i = 0; i < count; i++) {
		struct at item = alone ? *at : at_index(at, i);
		struct term value = { 0 };

		if (!read_value(&value, a, f, at_scalar(&item), &item))
			return;
		buf_printf(&sql, "%s%s", i ? ", " : "", value.sql);
		for (enum language l = 0; l < LANGUAGES; l++)
			list.in[l] = arena_printf(a, "%s%s%s", list.in[l],
			    i == 0              ? ""
				: i + 1 < count ? ", "
				: l             ? " or "
						: " hoặc ",
			    words_in(value.words, l));
	}
	if (count == 0)
		at_mistake(at, "names no value");
	buf_text(&sql, "), 0)");
	out->sql = arena_text(a, buf_bytes(&sql));
	out->words = titled(a, f, " = ", list);
}

static void
read_above(struct term *out, struct arena *a, const struct field *f, const struct at *at)
{
	struct term value = { 0 };

	if (!json_is_number(at->value) ||
	    (f->type != FIELD_INTEGER && f->type != FIELD_NUMBER && f->type != FIELD_YEAR)) {
		at_mistake(at, "a number is wanted here, of a field of numbers");
		return;
	}
	if (!read_value(&value, a, f, at_scalar(at), at))
		return;
	out->sql = arena_printf(a, "coalesce(r.%s > %s, 0)", f->name, value.sql);
	out->words = titled(a, f, " > ", value.words);
}

void
rule_when_read(struct rule_arg *arg, struct arena *a, const struct form *f, const struct at *at)
{
	struct at name = at_key(at, "field"), is = at_key(at, "is"),
		  above = at_key(at, "above");
	struct term t = { 0 };
	int field;

	make_room(arg, a, 1);
	field = form_field(f, bytes_of(at_need_text(at, "field")));
	if (field < 0) {
		at_mistake(&name, "the form has no such field");
		return;
	}
	if (json_object_size(at->value) != (is.value || above.value ? 2u : 1u)) {
		at_mistake(at,
		    "{\"field\": …, \"is\": [values]} or {\"field\": …, \"above\": "
		    "number} is wanted here");
		return;
	}
	if (is.value)
		read_is(&t, a, &f->fields[field], &is);
	else if (above.value)
		read_above(&t, a, &f->fields[field], &above);
	else {
		t.sql = arena_printf(a, "r.%s IS NOT NULL", f->fields[field].name);
		t.words = titled(a, &f->fields[field], "", both(""));
	}
	if (t.sql)
		keep(arg, field, &t);
}

struct words
rule_terms_titles(struct arena *a, const struct rule_arg *arg, struct words between)
{
	struct words w;

	for (enum language l = 0; l < LANGUAGES; l++) {
		AUTO(buf_free) struct buf out = { 0 };

		for (size_t i = 0; i < arg->count; i++) {
			if (i > 0)
				buf_text(&out, i + 1 < arg->count ? ", " : between.in[l]);
			buf_text(&out, words_in(arg->titles[i], l));
		}
		w.in[l] = arena_text(a, buf_bytes(&out));
	}
	return w;
}
