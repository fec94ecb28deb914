/* Why: a rule owner wants all mistakes of a campaign at once, each with its place, in a
 * sentence. */
#include "rules/descriptor.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/buf.h"

/* Bytes of a text for people: each finding repeats it, in both languages. */
#define WORDS_MOST 4000
/* Of any other; the longest is SQL. */
#define TEXT_MOST 200000
/* Nobody mends more at once. */
#define MISTAKES_MOST 1000

static void
keep_mistake(struct arena *a, struct mistakes *m, const char *text)
{
	if (m->count == MISTAKES_MOST)
		return;
	m->text = arena_more(a, m->text, m->count, sizeof(*m->text));
	m->text[m->count++] = text;
}

void
mistake_add(struct arena *a, struct mistakes *m, const char *fmt, ...)
{
	AUTO(buf_free) struct buf b = { 0 };
	char line[1024];
	va_list args;

	va_start(args, fmt);
	(void)vsnprintf(line, sizeof(line), fmt, args); /* longer sentences are cut */
	va_end(args);
	buf_text(&b, line);
	keep_mistake(a, m, arena_text(a, buf_bytes(&b)));
}

static void
point(struct buf *out, const struct at *at)
{
	if (!at->up)
		return;
	point(out, at->up);
	if (at->key)
		buf_printf(out, "/%s", at->key);
	else
		buf_printf(out, "/%zu", at->index);
}

const char *
at_place(const struct at *at)
{
	AUTO(buf_free) struct buf b = { 0 };

	buf_printf(&b, "%s:", at->d->file);
	point(&b, at);
	return arena_text(at->d->arena, buf_bytes(&b));
}

void
at_mistake(const struct at *at, const char *fmt, ...)
{
	char line[1024];
	va_list args;

	va_start(args, fmt);
	(void)vsnprintf(line, sizeof(line), fmt, args); /* longer sentences are cut */
	va_end(args);
	keep_mistake(at->d->arena, at->d->mistakes,
	    arena_printf(at->d->arena, "%s: %s", at_place(at), line));
}

json_t *
descriptor_parse(struct descriptor *d, struct bytes b)
{
	json_error_t wrong;
	struct bytes bom = BYTES("\xEF\xBB\xBF");
	json_t *root;

	if (bytes_starts(b, bom))
		b = bytes_slice(b, bom.len, b.len);
	root = json_loadb(b.at ? b.at : "", b.len, JSON_REJECT_DUPLICATES, &wrong);
	if (!root)
		mistake_add(d->arena, d->mistakes, "%s:%d:%d: %s", d->file, wrong.line,
		    wrong.column, wrong.text);
	return root;
}

struct at
at_root(struct descriptor *d, const json_t *value)
{
	return (struct at){ .d = d, .value = value };
}

struct at
at_key(const struct at *up, const char *key)
{
	return (struct at){
		.d = up->d, .up = up, .key = key, .value = json_object_get(up->value, key)
	};
}

struct at
at_index(const struct at *up, size_t index)
{
	return (struct at){
		.d = up->d, .up = up, .index = index, .value = json_array_get(up->value, index)
	};
}

static bool
absent(const struct at *at)
{
	return !at->value || json_is_null(at->value);
}

static const char *
copy(const struct at *at)
{
	struct bytes b = { .at = json_string_value(at->value),
		.len = json_string_length(at->value) };

	return arena_text(at->d->arena, b);
}

const char *
at_text(const struct at *at, const char *key, const char *fallback)
{
	struct at child = at_key(at, key);

	if (absent(&child))
		return fallback;
	if (!json_is_string(child.value)) {
		at_mistake(&child, "a text is wanted here");
		return fallback;
	}
	if (json_string_length(child.value) > TEXT_MOST) {
		at_mistake(&child, "has over %d bytes", TEXT_MOST);
		return fallback;
	}
	return copy(&child);
}

const char *
at_need_text(const struct at *at, const char *key)
{
	const char *text = at_text(at, key, NULL);
	struct at child = at_key(at, key);

	if (text && *text)
		return text;
	if (absent(&child) || text)
		at_mistake(&child, "is missing");
	return "";
}

bool
at_flag(const struct at *at, const char *key, bool fallback)
{
	struct at child = at_key(at, key);

	if (absent(&child))
		return fallback;
	if (!json_is_boolean(child.value)) {
		at_mistake(&child, "true or false is wanted here");
		return fallback;
	}
	return json_is_true(child.value);
}

int64_t
at_whole(const struct at *at, const char *key, int64_t fallback, int64_t min, int64_t max)
{
	struct at child = at_key(at, key);
	json_int_t n;

	if (absent(&child))
		return fallback;
	n = json_integer_value(child.value);
	if (!json_is_integer(child.value) || n < min || n > max) {
		at_mistake(&child, "a whole number from %lld to %lld is wanted here",
		    (long long)min, (long long)max);
		return fallback;
	}
	return n;
}

struct date
at_day(const struct at *at, const char *key)
{
	const char *text = at_text(at, key, NULL);
	struct at child = at_key(at, key);
	struct date d = { 0 };

	if (text && !date_read(&d, bytes_of(text), "%Y-%m-%d"))
		at_mistake(&child, "'%s' is no day; write it as 2025-06-30", text);
	return d;
}

const char *const *
at_texts(const struct at *at, const char *key, size_t *count)
{
	struct at list = at_key(at, key);

	return at_these(&list, count);
}

const char *const *
at_these(const struct at *list, size_t *count)
{
	const char **texts;
	size_t n, kept = 0;

	*count = 0;
	if (absent(list))
		return NULL;
	if (json_is_string(list->value)) {
		texts = arena_array(list->d->arena, 2, sizeof(*texts));
		texts[0] = copy(list);
		*count = 1;
		return texts;
	}
	n = at_count(list);
	texts = arena_array(list->d->arena, n + 1, sizeof(*texts));
	for (size_t i = 0; i < n; i++) {
		struct at item = at_index(list, i);

		/* Table Schema v2 lets missing values be {"value": …, "label": …}. */
		if (json_is_object(item.value))
			item.value = json_object_get(item.value, "value");
		if (json_is_string(item.value))
			texts[kept++] = copy(&item);
		else
			at_mistake(&item, "a text is wanted here");
	}
	*count = kept;
	return texts;
}

static struct words
not_long(const struct at *at, struct words w, struct words fallback)
{
	for (enum language l = 0; l < LANGUAGES; l++)
		if (strlen(w.in[l]) > WORDS_MOST) {
			at_mistake(at, "has over %d bytes", WORDS_MOST);
			return fallback;
		}
	return w;
}

struct words
at_words(const struct at *at, const char *key, struct words fallback)
{
	struct at child = at_key(at, key);
	const char *vi, *en;

	if (absent(&child))
		return fallback;
	if (json_is_string(child.value)) {
		vi = copy(&child);
		return not_long(&child, (struct words){ .in = { vi, vi } }, fallback);
	}
	if (!json_is_object(child.value)) {
		at_mistake(&child, "a text or {\"vi\": …, \"en\": …} is wanted here");
		return fallback;
	}
	vi = at_text(&child, "vi", NULL);
	en = at_text(&child, "en", NULL);
	if (!vi && !en) {
		at_mistake(&child, "has neither \"vi\" nor \"en\"");
		return fallback;
	}
	return not_long(
	    &child, (struct words){ .in = { vi ? vi : en, en ? en : vi } }, fallback);
}

size_t
at_count(const struct at *at)
{
	if (absent(at))
		return 0;
	if (json_is_array(at->value))
		return json_array_size(at->value);
	at_mistake(at, "a list is wanted here");
	return 0;
}

void
descriptor_number(char out[DESCRIPTOR_NUMBER], const json_t *number)
{
	double real = json_real_value(number);

	if (json_is_integer(number)) {
		(void)snprintf(out, DESCRIPTOR_NUMBER, "%lld",
		    (long long)json_integer_value(number)); /* 20 characters */
		return;
	}
	if (real < 1e15 && real > -1e15 && !(real - floor(real) > 0)) {
		(void)snprintf(out, DESCRIPTOR_NUMBER, "%.0f", real); /* 16 at most */
		return;
	}
	for (int digits = 1; digits <= 17; digits++) {
		(void)snprintf(out, DESCRIPTOR_NUMBER, "%.*g", digits, real); /* 24 at most */
		if (strtod(out, NULL) >= real && strtod(out, NULL) <= real)
			break;
	}
}

const char *
at_scalar(const struct at *at)
{
	switch (at->value ? json_typeof(at->value) : JSON_NULL) {
	case JSON_STRING:
		return copy(at);
	case JSON_INTEGER:
	case JSON_REAL: {
		char text[DESCRIPTOR_NUMBER];

		descriptor_number(text, at->value);
		return arena_text(at->d->arena, bytes_of(text));
	}
	case JSON_TRUE:
		return "true";
	case JSON_FALSE:
		return "false";
	case JSON_OBJECT:
	case JSON_ARRAY:
		at_mistake(at, "a text, number or truth value is wanted here");
		return "";
	default:
		return "";
	}
}
