/* Why: how a plain CSV is written may be said beside it; the standard and Frictionless write
 * that differently. */
#include <fcntl.h>

#include "base/file.h"
#include "rules/rulebook_int.h"

#define FILE_MOST ((size_t)1 << 20)

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

/* The place of a property: Frictionless keeps the marks of CSV in "csv"; where that is, the
 * other place is not looked at. */
static struct at
marks(const struct at *root)
{
	struct at csv = at_key(root, "csv");

	return json_is_object(csv.value) ? csv : *root;
}

/* What ends a record: the usual ends of lines, which are found anyway, or a mark of one's own.
 */
static char
line_end(const struct at *at)
{
	const char *text = at_text(at, "lineTerminator", "\n");

	if (strcmp(text, "\r\n") == 0 || strcmp(text, "\n") == 0 || strcmp(text, "\r") == 0)
		return '\0';
	return character(at, "lineTerminator");
}

void
dialect_of(struct csv_dialect *out, const struct at *root)
{
	struct at at = marks(root), quote = at_key(&at, "quoteChar"),
		  comment = at_key(root, "commentChar");
	const struct at *comment_at = comment.value ? root : &at;
	const char *text = at_text(comment_at, "commentChar", "");

	*out = (struct csv_dialect){ 0 };
	out->delimiter = character(&at, "delimiter");
	out->line_end = line_end(&at);
	if (out->line_end && !out->delimiter) /* what is found out is found by lines */
		out->delimiter = ',';
	out->quote_none = json_is_null(quote.value) ||
	    (json_is_string(quote.value) && !json_string_length(quote.value));
	out->quote = out->quote_none ? '\0' : character(&at, "quoteChar");
	out->escape = character(&at, "escapeChar");
	out->double_quote_off = !at_flag(&at, "doubleQuote", true);
	out->skip_initial_space = at_flag(&at, "skipInitialSpace", false);
	/* Longer ones are known by the first cell, which has them whole. */
	if (text[0] && !text[1] && (unsigned char)text[0] < 0x80)
		out->comment = text[0];
}

int
dialect_read(struct csv_dialect *out, struct arena *a, const char *path, struct mistakes *m,
    struct err *e)
{
	struct descriptor d = { .arena = a, .mistakes = m, .file = path };
	AUTO(json_close) json_t *root = NULL;
	size_t before = m->count;

	root = load(&d, e);
	if (root) {
		struct at at = at_root(&d, root);

		dialect_of(out, &at);
	}
	return finish(&d, before, e);
}

static const uint32_t *
row_numbers(size_t *count, struct arena *a, const struct at *root, const char *key)
{
	struct at rows = at_key(root, key);
	size_t all = at_count(&rows);
	uint32_t *numbers = arena_array(a, all + 1, sizeof(*numbers));

	*count = 0;
	for (size_t i = 0; i < all; i++) {
		struct at item = at_index(&rows, i);
		json_int_t n = json_integer_value(item.value);

		if (n < 1 || n > UINT32_MAX - 1)
			at_mistake(&item, "a row number is wanted here");
		else
			numbers[(*count)++] = (uint32_t)n;
	}
	return numbers;
}

/* Of JSON and of databases nothing is read; their properties are passed over, as the standard
 * asks, when they are what they should be. */
static void
check_others(const struct at *root)
{
	const char *type = at_text(root, "itemType", "array");
	struct at child = at_key(root, "itemType");
	size_t count;

	(void)at_text(root, "property", "");
	(void)at_texts(root, "itemKeys", &count);
	(void)at_text(root, "table", "");
	if (strcmp(type, "array") != 0 && strcmp(type, "object") != 0)
		at_mistake(&child, "must be array or object");
}

void
layout_of(struct layout *out, struct arena *a, const struct at *root)
{
	struct at at = marks(root), comment = at_key(root, "commentChar");
	struct at sheet = at_key(root, "sheetNumber");
	size_t count;

	*out = (struct layout){ .join = at_text(root, "headerJoin", " "),
		.encoding = at_text(root, "encoding", "") };
	out->no_header = !at_flag(root, "header", true) || !at_flag(&at, "header", true);
	out->header_rows = row_numbers(&count, a, root, "headerRows");
	out->header_row_count = count;
	out->comment_rows = row_numbers(&count, a, root, "commentRows");
	out->comment_row_count = count;
	out->comment = at_text(comment.value ? root : &at, "commentChar", "");
	out->null_sequence = at_text(&at, "nullSequence", NULL);
	out->sheet_name = at_text(root, "sheetName", "");
	if (sheet.value)
		out->sheet_number = (uint32_t)at_whole(root, "sheetNumber", 1, 1, 10000);
	check_others(root);
}

int
layout_read(
    struct layout *out, struct arena *a, const char *path, struct mistakes *m, struct err *e)
{
	struct descriptor d = { .arena = a, .mistakes = m, .file = path };
	AUTO(json_close) json_t *root = NULL;
	size_t before = m->count;

	root = load(&d, e);
	if (root) {
		struct at at = at_root(&d, root);

		layout_of(out, a, &at);
	}
	return finish(&d, before, e);
}
