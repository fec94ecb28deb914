/* Why: what looks wrong in a rule's SQL is seen in its words and signs; SQLite tells none of
 * them to others. */
#include "rules/lint_int.h"

static bool
is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	    c == '_' || (unsigned char)c >= 0x80;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Past blanks and comments. */
static size_t
skip(const char *sql, size_t i)
{
	for (;;) {
		while (sql[i] == ' ' || sql[i] == '\t' || sql[i] == '\n' || sql[i] == '\r')
			i++;
		if (sql[i] == '-' && sql[i + 1] == '-') {
			while (sql[i] && sql[i] != '\n')
				i++;
		} else if (sql[i] == '/' && sql[i + 1] == '*') {
			const char *end = strstr(sql + i + 2, "*/");

			i = end ? (size_t)(end - sql) + 2 : i + strlen(sql + i);
		} else {
			return i;
		}
	}
}

/* Behind the closing mark; a doubled one is part of the text. */
static size_t
quoted_end(const char *sql, size_t i)
{
	char mark = sql[i++];

	while (sql[i] && (sql[i] != mark || sql[i + 1] == mark))
		i += sql[i] == mark ? 2 : 1;
	return sql[i] ? i + 1 : i;
}

static size_t
number_end(enum sql_kind *kind, const char *sql, size_t i)
{
	*kind = SQL_WHOLE;
	while (is_digit(sql[i]))
		i++;
	if (sql[i] == '.') {
		*kind = SQL_REAL;
		for (i++; is_digit(sql[i]);)
			i++;
	}
	if ((sql[i] == 'e' || sql[i] == 'E') &&
	    (is_digit(sql[i + 1]) ||
		((sql[i + 1] == '+' || sql[i + 1] == '-') && is_digit(sql[i + 2])))) {
		*kind = SQL_REAL;
		for (i += 2; is_digit(sql[i]);)
			i++;
	}
	return i;
}

static size_t
sign_end(const char *sql, size_t i)
{
	static const char *const pairs[] = { "<=", ">=", "<>", "!=", "==", "||", "<<", ">>" };

	for (size_t k = 0; k < COUNT(pairs); k++)
		if (strncmp(sql + i, pairs[k], 2) == 0)
			return i + 2;
	return i + 1;
}

/* The next piece at i, which is no blank and not the end. */
static struct sql_token
next(const char *sql, size_t i)
{
	struct sql_token t = { .at = i, .kind = SQL_SIGN };

	if (sql[i] == '\'') {
		t.kind = SQL_TEXT;
		t.end = quoted_end(sql, i);
	} else if (sql[i] == '"') {
		t.kind = SQL_NAME;
		t.end = quoted_end(sql, i);
	} else if (is_digit(sql[i]) || (sql[i] == '.' && is_digit(sql[i + 1]))) {
		t.end = number_end(&t.kind, sql, i);
	} else if (is_name(sql[i])) {
		t.kind = SQL_NAME;
		for (t.end = i; is_name(sql[t.end]);)
			t.end++;
	} else {
		t.end = sign_end(sql, i);
	}
	t.text = (struct bytes){ .at = sql + i, .len = t.end - i };
	if (sql[i] == '"' && t.text.len >= 2)
		t.text = bytes_slice(t.text, 1, t.text.len - 2);
	return t;
}

size_t
sql_tokens(struct sql_token **out, struct arena *a, const char *sql)
{
	struct sql_token *list = arena_array(a, strlen(sql) + 1, sizeof(*list));
	size_t n = 0;

	for (size_t i = skip(sql, 0); sql[i]; i = skip(sql, list[n - 1].end)) {
		list[n++] = next(sql, i);
		/* r . poor_end is one name. */
		if (n >= 3 && list[n - 1].kind == SQL_NAME && sql_is(&list[n - 2], ".") &&
		    list[n - 3].kind == SQL_NAME) {
			list[n - 3].qualifier = list[n - 3].text;
			list[n - 3].text = list[n - 1].text;
			list[n - 3].end = list[n - 1].end;
			n -= 2;
		}
	}
	*out = list;
	return n;
}

bool
sql_is(const struct sql_token *t, const char *word)
{
	return (t->kind == SQL_NAME || t->kind == SQL_SIGN) &&
	    bytes_equal_fold(t->text, bytes_of(word));
}
