/* Why: file servers describe a folder in lines meant for people. */
#include <stdlib.h>

#include "base/memory.h"
#include "ingest/remote_int.h"

void
remote_list_free(struct remote_list *l)
{
	arena_free(&l->arena);
	free(l->files);
	*l = (struct remote_list){ 0 };
}

/* A run of non-blanks off the front, with the blanks before it. */
static struct bytes
word(struct bytes *line)
{
	size_t from = 0, to;
	struct bytes w;

	while (from < line->len && line->at[from] == ' ')
		from++;
	for (to = from; to < line->len && line->at[to] != ' ';)
		to++;
	w = bytes_slice(*line, from, to - from);
	*line = bytes_slice(*line, to, line->len);
	return w;
}

static bool
whole_number(uint64_t *out, struct bytes b)
{
	uint64_t n = 0;

	if (b.len == 0 || b.len > 18)
		return false;
	for (size_t i = 0; i < b.len; i++) {
		if (b.at[i] < '0' || b.at[i] > '9')
			return false;
		n = n * 10 + (uint64_t)(b.at[i] - '0');
	}
	*out = n;
	return true;
}

static bool
is_month(struct bytes b)
{
	static const char months[] = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec";

	return b.len == 3 && bytes_find(bytes_of(months), b) % 4 == 0;
}

/* "Nov 23 12:00 " or "Nov 23  2023 " at the front; then exactly one blank before the name. */
static bool
skip_date(struct bytes *rest)
{
	struct bytes month = word(rest), day = word(rest), time = word(rest);
	uint64_t n;

	if (!is_month(month) || !whole_number(&n, day) || n < 1 || n > 31 || rest->len < 2 ||
	    rest->at[0] != ' ')
		return false;
	*rest = bytes_slice(*rest, 1, rest->len);
	return time.len == 4 ? whole_number(&n, time) : time.len == 5 && time.at[2] == ':';
}

/* The place is found by the date, since names of owners and groups may hold blanks. */
static bool
read_line(struct remote_file *out, struct bytes *name, struct bytes line)
{
	struct bytes rest = line;
	bool found = false;

	(void)word(&rest); /* the mode; its first letter was looked at */
	while (rest.len && !found) {
		struct bytes after;

		found = whole_number(&out->size, word(&rest));
		after = rest;
		found = found && skip_date(&after);
		if (found)
			rest = after;
	}
	*name = rest;
	return found;
}

static bool
usable(struct bytes name)
{
	for (size_t i = 0; i < name.len; i++)
		if ((unsigned char)name.at[i] < 0x20 || name.at[i] == 0x7F ||
		    name.at[i] == '/' || name.at[i] == '\\')
			return false;
	return name.len > 0 && name.len <= 255 && name.at[0] != ' ';
}

static void
take_line(struct remote_list *out, struct bytes line)
{
	struct remote_file f = { .mtime_s = -1 };
	struct bytes name;

	if (line.len == 0 || bytes_starts(line, BYTES("total ")) ||
	    strchr("dlpsbcD", line.at[0]))
		return;
	if (line.at[0] != '-' || !read_line(&f, &name, line) || !usable(name)) {
		out->odd++;
		return;
	}
	f.name = arena_text(out->arena, name);
	out->files = memory_resize(out->files, out->count + 1, sizeof(*out->files));
	out->files[out->count++] = f;
}

void
remote_read_ls(struct remote_list *out, struct bytes text)
{
	struct bytes line;

	if (!out->arena)
		out->arena = arena_new();
	while (text.at && bytes_cut(&line, &text, '\n')) {
		if (line.len && line.at[line.len - 1] == '\r')
			line.len--;
		take_line(out, line);
	}
}
