/* Why: how a plain CSV is written may be said beside it; the standard and Frictionless write
 * that differently. */
#include <fcntl.h>

#include "base/file.h"
#include "rules/rulebook_int.h"

#define FILE_MOST ((size_t)1 << 20)

static void
close_json(json_t **root)
{
	json_decref(*root);
}

/* The file at path as JSON; NULL after a mistake. */
static json_t *
load(struct descriptor *d, struct err *e)
{
	struct bytes body;

	if (file_read(&body, d->arena, AT_FDCWD, d->file, FILE_MOST, e) != OK) {
		mistake_add(d->arena, d->mistakes, "%s", e->text);
		return NULL;
	}
	return descriptor_parse(d, body);
}

static int
finish(const struct descriptor *d, size_t before, struct err *e)
{
	size_t count = d->mistakes->count - before;

	if (count == 0)
		return OK;
	return err_set(e, ERR_STOP, "%s has %zu mistake%s, the first: %s", d->file, count,
	    count == 1 ? "" : "s", d->mistakes->text[before]);
}

/* A single ASCII character; "\t" and the like as JSON knows them. */
static char
character(const struct at *at, const char *key)
{
	struct at child = at_key(at, key);
	const char *text = at_text(at, key, "");

	if (*text && (text[1] || (unsigned char)*text >= 0x80)) {
		at_mistake(&child, "one ASCII character is wanted here");
		return '\0';
	}
	return *text;
}

static void
read_dialect(struct csv_dialect *out, const struct at *root)
{
	/* Frictionless keeps the marks of CSV apart; where they are, the other place is not
	 * looked at. */
	struct at csv = at_key(root, "csv"), quote, comment;
	const struct at *at = json_is_object(csv.value) ? &csv : root;

	*out = (struct csv_dialect){ 0 };
	out->delimiter = character(at, "delimiter");
	quote = at_key(at, "quoteChar");
	out->quote_none = json_is_null(quote.value) ||
	    (json_is_string(quote.value) && !json_string_length(quote.value));
	out->quote = out->quote_none ? '\0' : character(at, "quoteChar");
	out->escape = character(at, "escapeChar");
	out->double_quote_off = !at_flag(at, "doubleQuote", true);
	out->skip_initial_space = at_flag(at, "skipInitialSpace", false);
	comment = at_key(root, "commentChar");
	out->comment = character(comment.value ? root : at, "commentChar");
}

int
dialect_read(struct csv_dialect *out, struct arena *a, const char *path, struct mistakes *m,
    struct err *e)
{
	struct descriptor d = { .arena = a, .mistakes = m, .file = path };
	AUTO(close_json) json_t *root = NULL;
	size_t before = m->count;

	root = load(&d, e);
	if (root) {
		struct at at = at_root(&d, root);

		read_dialect(out, &at);
	}
	return finish(&d, before, e);
}

static void
read_layout(struct layout *out, struct arena *a, const struct at *root)
{
	struct at rows = at_key(root, "headerRows"), csv = at_key(root, "csv");
	size_t count = at_count(&rows);
	uint32_t *numbers = arena_array(a, count + 1, sizeof(*numbers));

	*out = (struct layout){ .join = at_text(root, "headerJoin", " "),
		.encoding = at_text(root, "encoding", "") };
	out->no_header = !at_flag(root, "header", true) || !at_flag(&csv, "header", true);
	for (size_t i = 0; i < count; i++) {
		struct at item = at_index(&rows, i);
		json_int_t n = json_integer_value(item.value);

		if (n < 1 || n > 1000)
			at_mistake(&item, "a row number is wanted here");
		else
			numbers[out->header_row_count++] = (uint32_t)n;
	}
	out->header_rows = numbers;
}

int
layout_read(
    struct layout *out, struct arena *a, const char *path, struct mistakes *m, struct err *e)
{
	struct descriptor d = { .arena = a, .mistakes = m, .file = path };
	AUTO(close_json) json_t *root = NULL;
	size_t before = m->count;

	root = load(&d, e);
	if (root) {
		struct at at = at_root(&d, root);

		read_layout(out, a, &at);
	}
	return finish(&d, before, e);
}
