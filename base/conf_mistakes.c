/* Why: settings nobody asked for are mostly typos; they are found after all asking is done. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/conf_int.h"

#define NAME_MOST 64

/* "sources.[2].password" */
static void
path_of(struct buf *out, const config_setting_t *s)
{
	const char *name = config_setting_name(s);

	if (config_setting_is_root(s))
		return;
	path_of(out, config_setting_parent(s));
	if (out->len)
		buf_char(out, '.');
	if (name)
		buf_text(out, name);
	else
		buf_printf(out, "[%d]", config_setting_index(s));
}

static size_t
least(size_t a, size_t b, size_t c)
{
	size_t smaller = a < b ? a : b;

	return smaller < c ? smaller : c;
}

/* Edits (insert, remove, replace) between two names, row by row of the usual table. */
static size_t
distance(const char *a, const char *b)
{
	size_t row[NAME_MOST + 1], a_len = strlen(a), b_len = strlen(b);

	if (a_len > NAME_MOST || b_len > NAME_MOST)
		return NAME_MOST;
	for (size_t j = 0; j <= b_len; j++)
		row[j] = j;
	for (size_t i = 1; i <= a_len; i++) {
		size_t corner = row[0];

		row[0] = i;
		for (size_t j = 1; j <= b_len; j++) {
			size_t above = row[j];

			row[j] =
			    least(above + 1, row[j - 1] + 1, corner + (a[i - 1] != b[j - 1]));
			corner = above;
		}
	}
	return row[b_len];
}

/* The absent setting of the same parent that is spelt almost like it, or NULL. */
static const char *
meant(const struct conf *c, const char *path)
{
	const char *dot = strrchr(path, '.'), *name = dot ? dot + 1 : path, *best = NULL;
	size_t parent = (size_t)(name - path), best_distance = strlen(name) < 4 ? 2 : 3;

	for (const struct asked *a = c->absent; a; a = a->next) {
		size_t edits;

		if (strncmp(a->path, path, parent) != 0 || strchr(a->path + parent, '.'))
			continue;
		edits = distance(a->path + parent, name);
		if (edits >= best_distance)
			continue;
		best = a->path + parent;
		best_distance = edits;
	}
	return best;
}

static bool
asked_within(const config_setting_t *s)
{
	if (config_setting_get_hook(s))
		return true;
	for (int i = 0; config_setting_is_aggregate(s) && i < config_setting_length(s); i++)
		if (asked_within(config_setting_get_elem(s, (unsigned)i)))
			return true;
	return false;
}

/* One mistake for each topmost setting of which nothing was asked for. */
static void
add_unknown(struct conf *c, const config_setting_t *s)
{
	AUTO(buf_free) struct buf path = { 0 };
	const char *better;

	if (config_setting_is_root(s) || asked_within(s)) {
		for (int i = 0; config_setting_is_aggregate(s) && i < config_setting_length(s);
		     i++)
			add_unknown(c, config_setting_get_elem(s, (unsigned)i));
		return;
	}
	path_of(&path, s);
	better = meant(c, path.at);
	if (better)
		conf_add(c, s,
		    arena_printf(
			c->arena, "unknown setting %s; did you mean %s?", path.at, better));
	else
		conf_add(c, s, arena_printf(c->arena, "unknown setting %s", path.at));
}

static int
by_line(const void *left, const void *right)
{
	const struct mistake *a = left, *b = right;
	int files = strcmp(a->file, b->file);

	if (files != 0)
		return files;
	if (a->line != b->line)
		return a->line < b->line ? -1 : 1;
	return a->order < b->order ? -1 : 1;
}

size_t
conf_mistakes(struct conf *c, const char *const **out)
{
	size_t own = c->count, count;
	const char **texts;
	struct mistake *all;

	if (!c->broken)
		add_unknown(c, config_root_setting(&c->config));
	count = c->count;
	all = arena_array(c->arena, count, sizeof(*all));
	if (count)
		memcpy(all, c->mistakes, count * sizeof(*all));
	c->count = own; /* what is unknown now may still be asked for */
	if (count)
		qsort(all, count, sizeof(*all), by_line);
	texts = arena_array(c->arena, count, sizeof(*texts));
	for (size_t i = 0; i < count; i++)
		texts[i] =
		    arena_printf(c->arena, "%s:%u: %s", all[i].file, all[i].line, all[i].text);
	*out = texts;
	return count;
}
