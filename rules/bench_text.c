/* Why: SQLite's own text functions multiply the lengths of two texts and cannot be stopped
 * within one call; a hostile rule would hold the night for hours with a single instr(). These
 * do the same in linear time, or look at the clock. */
#include "rules/bench_int.h"

#define TRIM_MOST 64         /* characters to be taken off */
#define LOOK      (1u << 16) /* steps of LIKE and GLOB between two looks at the clock */

static bool
over(sqlite3_context *context)
{
	if (!guard_time_is_over(sqlite3_user_data(context)))
		return false;
	sqlite3_result_error_code(context, SQLITE_INTERRUPT);
	return true;
}

/* false: NULL, which makes the result NULL. */
static bool
take(struct bytes *out, sqlite3_value *value)
{
	if (sqlite3_value_type(value) == SQLITE_NULL)
		return false;
	out->at = (const char *)sqlite3_value_text(value);
	out->len = (size_t)sqlite3_value_bytes(value);
	if (!out->at)
		*out = BYTES("");
	return true;
}

/* The character at the front of *rest; a byte that begins none counts as one. */
static struct bytes
character(struct bytes *rest)
{
	struct bytes one = { .at = rest->at, .len = 1 };

	if ((unsigned char)*rest->at >= 0xC0)
		while (one.len < rest->len && ((unsigned char)rest->at[one.len] & 0xC0) == 0x80)
			one.len++;
	*rest = bytes_slice(*rest, one.len, rest->len);
	return one;
}

static void
instr_function(sqlite3_context *context, int count, sqlite3_value **values)
{
	struct bytes text, needle;
	const char *found;
	sqlite3_int64 place = 1;

	(void)count;
	if (over(context) || !take(&text, values[0]) || !take(&needle, values[1]))
		return;
	found = memmem(text.at, text.len, needle.at, needle.len);
	for (const char *at = text.at; found && at < found; at++)
		place += ((unsigned char)*at & 0xC0) != 0x80;
	sqlite3_result_int64(context, found ? place : 0);
}

static void
give(sqlite3_context *context, sqlite3_str *out)
{
	int trouble = sqlite3_str_errcode(out), len = sqlite3_str_length(out);
	char *text = sqlite3_str_finish(out);

	if (trouble != SQLITE_OK) {
		sqlite3_free(text);
		sqlite3_result_error_code(context, trouble);
	} else if (text) {
		sqlite3_result_text(context, text, len, sqlite3_free);
	} else {
		sqlite3_result_text(context, "", 0, SQLITE_STATIC);
	}
}

static void
replace_function(sqlite3_context *context, int count, sqlite3_value **values)
{
	struct bytes text, from, to;
	sqlite3_str *out;
	const char *found;

	(void)count;
	if (over(context) || !take(&text, values[0]) || !take(&from, values[1]) ||
	    !take(&to, values[2]))
		return;
	out = sqlite3_str_new(sqlite3_context_db_handle(context));
	while (from.len && (found = memmem(text.at, text.len, from.at, from.len)) != NULL &&
	    sqlite3_str_errcode(out) == SQLITE_OK) {
		sqlite3_str_append(out, text.at, (int)(found - text.at));
		sqlite3_str_append(out, to.at, (int)to.len);
		text = bytes_slice(text, (size_t)(found - text.at) + from.len, text.len);
	}
	sqlite3_str_append(out, text.at, (int)text.len);
	give(context, out);
}

static bool
is_one_of(struct bytes one, const struct bytes *set, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (bytes_equal(one, set[i]))
			return true;
	return false;
}

enum side { LEFT = 1, RIGHT = 2 };

static void
trim(sqlite3_context *context, int count, sqlite3_value **values, int sides)
{
	struct bytes text, what = BYTES(" "), rest, set[TRIM_MOST];
	size_t n = 0, end;

	if (over(context) || !take(&text, values[0]) || (count > 1 && !take(&what, values[1])))
		return;
	while (what.len > 0 && n < TRIM_MOST)
		set[n++] = character(&what);
	if (what.len > 0) {
		sqlite3_result_error_toobig(context);
		return;
	}
	for (rest = text; (sides & LEFT) && rest.len > 0; text = rest)
		if (!is_one_of(character(&rest), set, n))
			break;
	for (end = text.len; (sides & RIGHT) && end > 0; text.len = end) {
		struct bytes last = text;

		while (end > 0 && ((unsigned char)text.at[--end] & 0xC0) == 0x80)
			continue;
		last = bytes_slice(text, end, text.len);
		if (!is_one_of(last, set, n))
			break;
	}
	sqlite3_result_text(context, text.at, (int)text.len, SQLITE_TRANSIENT);
}

static void
trim_function(sqlite3_context *context, int count, sqlite3_value **values)
{
	trim(context, count, values, LEFT | RIGHT);
}

static void
ltrim_function(sqlite3_context *context, int count, sqlite3_value **values)
{
	trim(context, count, values, LEFT);
}

static void
rtrim_function(sqlite3_context *context, int count, sqlite3_value **values)
{
	trim(context, count, values, RIGHT);
}

/* ---- LIKE and GLOB ---- */

struct matching {
	bool glob;
	struct bytes escape; /* of LIKE; .len 0: none */
};

/* "[a-z]", "[^0-9]", with the bracket gone; false: it does not hold the character, or never
 * ends. */
static bool
in_brackets(struct bytes *pattern, struct bytes one)
{
	bool turned = bytes_starts(*pattern, BYTES("^")), found = false, first = true;

	if (turned)
		(void)character(pattern);
	while (pattern->len > 0) {
		struct bytes low = character(pattern), high = low;

		if (!first && bytes_equal(low, BYTES("]")))
			return found != turned;
		first = false;
		if (pattern->len > 1 && pattern->at[0] == '-' && pattern->at[1] != ']') {
			(void)character(pattern);
			high = character(pattern);
		}
		/* UTF-8 sorts as the characters do. */
		found =
		    found || (bytes_compare(low, one) <= 0 && bytes_compare(one, high) <= 0);
	}
	return false;
}

/* Does the pattern's first piece, which is no wildcard for many, match the character? */
static bool
step(const struct matching *m, struct bytes *pattern, struct bytes one)
{
	struct bytes piece = character(pattern);

	if (m->glob) {
		if (bytes_equal(piece, BYTES("?")))
			return true;
		return bytes_equal(piece, BYTES("[")) ? in_brackets(pattern, one)
						      : bytes_equal(piece, one);
	}
	if (m->escape.len && bytes_equal(piece, m->escape))
		return pattern->len > 0 && bytes_equal_fold(character(pattern), one);
	return bytes_equal(piece, BYTES("_")) || bytes_equal_fold(piece, one);
}

static bool
many_next(const struct matching *m, struct bytes pattern)
{
	return pattern.len > 0 && pattern.at[0] == (m->glob ? '*' : '%') &&
	    !(m->escape.len == 1 && pattern.at[0] == m->escape.at[0]);
}

/* Only the last wildcard for many is ever tried again: no worse than the product of lengths. */
static bool
matches(bool *late, const struct matching *m, struct bytes pattern, struct bytes text,
    sqlite3_context *context)
{
	struct bytes again = { 0 }, from = { 0 };
	uint32_t steps = 0;

	while (text.len > 0 || pattern.len > 0) {
		struct bytes next = text, tried = pattern;

		if (++steps % LOOK == 0 && (*late = over(context)))
			return false;
		if (many_next(m, pattern)) {
			again = pattern = bytes_slice(pattern, 1, pattern.len);
			from = text;
			if (again.len == 0)
				return true;
			continue;
		}
		if (text.len > 0 && pattern.len > 0 && step(m, &tried, character(&next))) {
			text = next;
			pattern = tried;
			continue;
		}
		if (!again.at || from.len == 0)
			return false;
		(void)character(&from);
		text = from;
		pattern = again;
	}
	return true;
}

static void
match_function(sqlite3_context *context, int count, sqlite3_value **values, bool glob)
{
	struct matching m = { .glob = glob };
	struct bytes pattern, text;
	bool late = false, found;

	if (over(context) || !take(&pattern, values[0]) || !take(&text, values[1]) ||
	    (count > 2 && !take(&m.escape, values[2])))
		return;
	if (pattern.len > (size_t)sqlite3_limit(sqlite3_context_db_handle(context),
			      SQLITE_LIMIT_LIKE_PATTERN_LENGTH, -1)) {
		sqlite3_result_error_toobig(context);
		return;
	}
	found = matches(&late, &m, pattern, text, context);
	if (!late)
		sqlite3_result_int(context, found);
}

static void
like_function(sqlite3_context *context, int count, sqlite3_value **values)
{
	match_function(context, count, values, false);
}

static void
glob_function(sqlite3_context *context, int count, sqlite3_value **values)
{
	match_function(context, count, values, true);
}

void
guard_text_functions(struct bench *b)
{
	static const struct {
		const char *name;
		int count;
		void (*call)(sqlite3_context *context, int count, sqlite3_value **values);
	} functions[] = {
		{ "glob", 2, glob_function },
		{ "instr", 2, instr_function },
		{ "like", 2, like_function },
		{ "like", 3, like_function },
		{ "ltrim", 1, ltrim_function },
		{ "ltrim", 2, ltrim_function },
		{ "replace", 3, replace_function },
		{ "rtrim", 1, rtrim_function },
		{ "rtrim", 2, rtrim_function },
		{ "trim", 1, trim_function },
		{ "trim", 2, trim_function },
	};

	for (size_t i = 0; i < COUNT(functions); i++)
		(void)sqlite3_create_function(b->db, functions[i].name, functions[i].count,
		    SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, b, functions[i].call,
		    NULL, NULL); /* fails only out of memory: then SQLite's own remains */
}
