/* Why: SQL does what it was told and not what was meant: 7/2 is 3, and x >= x is always so. */
#include "rules/lint_int.h"

/* The SQL of a rule that is looked at. */
struct reading_sql {
	struct linter *linter;
	const struct form *form;
	const struct rule *rule;
	const struct at *at; /* where the text stands */
	const char *sql;
	const struct sql_token *list;
	size_t count;
};

static struct filler
text_of(const struct reading_sql *s, size_t first, size_t last)
{
	size_t at = s->list[first].at;
	const char *text =
	    arena_printf(s->linter->arena, "%.*s", (int)(s->list[last].end - at), s->sql + at);

	return filler_plain("text", text);
}

static void
say(const struct reading_sql *s, enum lint_kind kind, size_t first, size_t last)
{
	const struct filler filler = text_of(s, first, last);

	lint_at(s->linter, kind, s->at, &filler, 1);
}

/* The form's field that a name means; a query may have given the name another sense. */
static const struct field *
field_at(const struct reading_sql *s, size_t i)
{
	const struct sql_token *t = &s->list[i];
	int field;

	if (t->kind != SQL_NAME ||
	    (t->qualifier.len && !bytes_equal_fold(t->qualifier, BYTES("r"))))
		return NULL;
	for (size_t k = 1; k < s->count; k++)
		if (s->list[k].kind == SQL_NAME && bytes_equal_fold(s->list[k].text, t->text) &&
		    sql_is(&s->list[k - 1], "AS"))
			return NULL;
	field = form_field(s->form, t->text);
	return field < 0 ? NULL : &s->form->fields[field];
}

/* ---- whole numbers divided ---- */

static bool
gives_whole(const struct reading_sql *s, size_t i)
{
	/* Functions that give whole numbers for whole numbers, and words of CASE. */
	static const char *const words[] = { "sum", "count", "abs", "min", "max", "coalesce",
		"ifnull", "nullif", "length", "CASE", "WHEN", "THEN", "ELSE", "END", "AND",
		"OR", "NOT", "NULL", "IS" };
	const struct field *f;

	for (size_t k = 0; k < COUNT(words); k++)
		if (sql_is(&s->list[i], words[k]))
			return true;
	f = field_at(s, i);
	return f &&
	    (f->type == FIELD_INTEGER || f->type == FIELD_YEAR || f->type == FIELD_BOOLEAN);
}

static bool
is_whole(const struct reading_sql *s, size_t first, size_t last)
{
	for (size_t i = first; i <= last; i++) {
		const struct sql_token *t = &s->list[i];

		if (t->kind == SQL_REAL || t->kind == SQL_TEXT)
			return false;
		if (t->kind == SQL_NAME && !gives_whole(s, i))
			return false;
	}
	return true;
}

/* From the last token of an operand to its first; SIZE_MAX: not understood. */
static size_t
operand_begin(const struct reading_sql *s, size_t last)
{
	size_t depth = 0, i = last;

	if (!sql_is(&s->list[last], ")"))
		return s->list[last].kind == SQL_SIGN ? SIZE_MAX : last;
	for (;; i--) {
		if (sql_is(&s->list[i], ")"))
			depth++;
		if (sql_is(&s->list[i], "(") && --depth == 0)
			break;
		if (i == 0)
			return SIZE_MAX;
	}
	/* f(…) */
	return i > 0 && s->list[i - 1].kind == SQL_NAME ? i - 1 : i;
}

static size_t
operand_end(const struct reading_sql *s, size_t first)
{
	size_t depth = 0, i = first;

	if (i >= s->count)
		return SIZE_MAX;
	if (s->list[i].kind == SQL_NAME && i + 1 < s->count && sql_is(&s->list[i + 1], "("))
		i++;
	if (!sql_is(&s->list[i], "("))
		return s->list[i].kind == SQL_SIGN ? SIZE_MAX : i;
	for (; i < s->count; i++) {
		if (sql_is(&s->list[i], "("))
			depth++;
		if (sql_is(&s->list[i], ")") && --depth == 0)
			return i;
	}
	return SIZE_MAX;
}

/* CAST(… AS INTEGER) around it says that the fraction is not wanted. */
static bool
is_cast(const struct reading_sql *s, size_t i)
{
	size_t depth = 0;

	while (i > 0) {
		i--;
		if (sql_is(&s->list[i], ")"))
			depth++;
		else if (sql_is(&s->list[i], "(") && depth > 0)
			depth--;
		else if (sql_is(&s->list[i], "(") && i > 0 && sql_is(&s->list[i - 1], "CAST"))
			return true;
	}
	return false;
}

static void
look_at_division(const struct reading_sql *s, size_t i)
{
	size_t last = operand_end(s, i + 1), first = i;

	if (i == 0 || last == SIZE_MAX || !is_whole(s, i + 1, last) || is_cast(s, i))
		return;
	/* 100.0 * a / b: all that is multiplied and divided before counts. */
	do {
		size_t from = operand_begin(s, first - 1);

		if (from == SIZE_MAX || !is_whole(s, from, first - 1))
			return;
		first = from;
	} while (first >= 2 &&
	    (sql_is(&s->list[first - 1], "*") || sql_is(&s->list[first - 1], "/") ||
		sql_is(&s->list[first - 1], "%")) &&
	    first-- > 0);
	say(s, LINT_DIVISION, first, last);
}

/* ---- comparisons ---- */

static bool
compares(const struct sql_token *t)
{
	static const char *const signs[] = { "=", "==", "<>", "!=", "<", "<=", ">",
		">=", "IS" };

	for (size_t i = 0; i < COUNT(signs); i++)
		if (sql_is(t, signs[i]))
			return true;
	return false;
}

/* Is what stands there the edge of a comparison: nothing, a bracket, AND …? */
static bool
is_edge(const struct reading_sql *s, size_t i)
{
	static const char *const words[] = { "(", ")", ",", "AND", "OR", "NOT", "WHEN", "THEN",
		"ELSE", "END", "WHERE", "ON", "HAVING", "UNION", "ORDER", "GROUP" };

	for (size_t k = 0; i < s->count && k < COUNT(words); k++)
		if (sql_is(&s->list[i], words[k]))
			return true;
	return i >= s->count; /* also before the first: SIZE_MAX */
}

static void
look_at_self(const struct reading_sql *s, size_t i)
{
	const struct sql_token *left, *right;

	if (i == 0 || i + 1 >= s->count || !compares(&s->list[i]))
		return;
	left = &s->list[i - 1];
	right = &s->list[i + 1];
	if (left->kind == SQL_NAME && right->kind == SQL_NAME &&
	    form_field(s->form, left->text) >= 0 && bytes_equal_fold(left->text, right->text) &&
	    bytes_equal_fold(left->qualifier, right->qualifier) && is_edge(s, i - 2) &&
	    is_edge(s, i + 2))
		say(s, LINT_SELF, i - 1, i + 1);
}

/* Whether "field SIGN number" holds for every value in the field's bounds (1), for none (-1),
 * or for some (0). */
static int
by_bounds(const struct field *f, const char *sign, struct decimal n)
{
	int low = f->has_minimum ? decimal_compare(f->minimum, n) : -2,
	    high = f->has_maximum ? decimal_compare(f->maximum, n) : 2;
	/* Bounds that are no values themselves. */
	bool above = low > 0 || (low == 0 && f->minimum_excluded),
	     below = high < 0 || (high == 0 && f->maximum_excluded);

	if (strcmp(sign, ">") == 0)
		return above ? 1 : high <= 0 ? -1 : 0;
	if (strcmp(sign, ">=") == 0)
		return low >= 0 ? 1 : below ? -1 : 0;
	if (strcmp(sign, "<") == 0)
		return below ? 1 : low >= 0 ? -1 : 0;
	if (strcmp(sign, "<=") == 0)
		return high <= 0 ? 1 : above ? -1 : 0;
	return 0;
}

/* Alone between ANDs at the top: what it says the whole expression says. */
static void
look_at_bounds(const struct reading_sql *s, size_t i, size_t first, size_t last)
{
	const struct field *f;
	struct decimal n;
	char sign[3] = "";
	int said;

	if (last != first + 2 || i != first + 1 || s->list[last].kind == SQL_SIGN ||
	    (s->list[last].kind != SQL_WHOLE && s->list[last].kind != SQL_REAL) ||
	    s->list[i].text.len >= sizeof(sign) || !(f = field_at(s, first)) ||
	    (f->type != FIELD_INTEGER && f->type != FIELD_NUMBER && f->type != FIELD_YEAR) ||
	    !decimal_read(&n, s->list[last].text, '.', '\0'))
		return;
	/* A blank that is read as 0 may lie outside of the bounds. */
	if (s->rule->missing != MISSING_SKIP && f->has_minimum && f->minimum.digits > 0)
		return;
	memcpy(sign, s->list[i].text.at, s->list[i].text.len);
	said = by_bounds(f, sign, n);
	if (said != 0)
		say(s, said > 0 ? LINT_IMPLIED : LINT_CONTRADICTED, first, last);
}

/* Parts of a row's expression that stand between ANDs outside of all brackets. */
static void
look_at_parts(const struct reading_sql *s)
{
	size_t depth = 0, first = 0;

	for (size_t i = 0; i < s->count; i++)
		if (sql_is(&s->list[i], "OR") || sql_is(&s->list[i], "BETWEEN") ||
		    sql_is(&s->list[i], "CASE") || sql_is(&s->list[i], "NOT"))
			return;
	for (size_t i = 0; i <= s->count; i++) {
		if (i < s->count && sql_is(&s->list[i], "("))
			depth++;
		if (i < s->count && sql_is(&s->list[i], ")") && depth > 0)
			depth--;
		if (depth > 0 || (i < s->count && !sql_is(&s->list[i], "AND")))
			continue;
		if (i >= first + 3)
			look_at_bounds(s, first + 1, first, i - 1);
		first = i + 1;
	}
}

/* ---- the texts of a rule ---- */

static void
look_at_text(struct linter *l, const struct form *f, const struct rule *r, const struct at *at,
    bool is_condition)
{
	struct reading_sql s = {
		.linter = l, .form = f, .rule = r, .at = at, .sql = json_string_value(at->value)
	};
	struct sql_token *list;

	if (!s.sql)
		return;
	s.count = sql_tokens(&list, l->arena, s.sql);
	s.list = list;
	for (size_t i = 0; i < s.count; i++) {
		if (sql_is(&list[i], "/"))
			look_at_division(&s, i);
		look_at_self(&s, i);
	}
	if (is_condition)
		look_at_parts(&s);
}

static void
look_at_rule(struct linter *l, const struct lint_form *f, const struct at *at)
{
	const struct rule *r = lint_rule(f, at);
	struct at values = at_key(at, "values");
	json_t *walked = (json_t *)(uintptr_t)values.value; /* jansson's walk takes no const */
	static const char *const texts[] = { "expr", "query", "where" };

	if (!r)
		return;
	for (size_t i = 0; i < COUNT(texts); i++) {
		struct at text = at_key(at, texts[i]);

		look_at_text(l, f->form, r, &text, i == 0);
	}
	for (void *walk = json_object_iter(walked); walk;
	     walk = json_object_iter_next(walked, walk)) {
		struct at value = at_key(&values, json_object_iter_key(walk));

		look_at_text(l, f->form, r, &value, false);
	}
}

void
lint_sql(struct linter *l)
{
	for (size_t i = 0; i < l->form_count; i++) {
		size_t count = at_count(&l->forms[i].rules);

		for (size_t k = 0; k < count; k++) {
			struct at at = at_index(&l->forms[i].rules, k);

			look_at_rule(l, &l->forms[i], &at);
		}
	}
}
