/* Why: the words of a letter belong to the campaign, so they lie in files with places that the
 * program fills. */

#include <stdlib.h>

#include "base/memory.h"
#include "base/text.h"
#include "reports/slots_int.h"

#define DEPTH_MOST 8
#define NAME_MOST  40

/* ---- the text as marks and what stands between ---- */

enum mark_kind { MARK_LITERAL, MARK_VALUE, MARK_LIST, MARK_IF, MARK_UNLESS, MARK_END };

struct mark {
	enum mark_kind kind;
	struct bytes text; /* literal or name */
	size_t end;        /* opening: index of its MARK_END */
	unsigned line;
};

struct marks {
	struct mark *at;
	size_t count, room;
};

static void
marks_free(struct marks *m)
{
	free(m->at);
	*m = (struct marks){ 0 };
}

static void
marks_add(struct marks *m, enum mark_kind kind, struct bytes text, unsigned line)
{
	if (kind == MARK_LITERAL && text.len == 0)
		return;
	if (m->count == m->room) {
		m->room = m->room ? 2 * m->room : 64;
		m->at = memory_resize(m->at, m->room, sizeof(*m->at));
	}
	m->at[m->count++] = (struct mark){ .kind = kind, .text = text, .line = line };
}

static enum mark_kind
kind_of(char c)
{
	return c == '#' ? MARK_LIST
	    : c == '?'  ? MARK_IF
	    : c == '!'  ? MARK_UNLESS
	    : c == '/'  ? MARK_END
			: MARK_VALUE;
}

static bool
is_name(struct bytes b)
{
	for (size_t i = 0; i < b.len; i++)
		if (!(b.at[i] == '_' || (b.at[i] >= 'a' && b.at[i] <= 'z') ||
			(b.at[i] >= '0' && b.at[i] <= '9')))
			return false;
	return b.len > 0 && b.len <= NAME_MOST;
}

/* Whether the mark from start to end (after its brace) is all its line holds. */
static bool
alone(struct bytes text, size_t start, size_t end)
{
	return (start == 0 || text.at[start - 1] == '\n') &&
	    (end == text.len || text.at[end] == '\n');
}

static int
marks_read(struct marks *m, struct bytes text, struct err *e)
{
	size_t at = 0, literal = 0;
	unsigned line = 1;

	while (at < text.len) {
		struct bytes rest = bytes_slice(text, at, text.len), name;
		size_t close = bytes_find(rest, BYTES("}")), start = at;
		enum mark_kind kind;

		line += text.at[at] == '\n';
		if (text.at[at] != '{') {
			at++;
			continue;
		}
		marks_add(m, MARK_LITERAL, bytes_slice(text, literal, at - literal), line);
		if (bytes_starts(rest, BYTES("{{"))) {
			marks_add(m, MARK_LITERAL, BYTES("{"), line);
			literal = at += 2;
			continue;
		}
		if (close == rest.len)
			return err_set(e, ERR_STOP, "line %u: \"{\" without \"}\"", line);
		kind = kind_of(rest.at[1]);
		name = kind == MARK_VALUE ? bytes_slice(rest, 1, close - 1)
					  : bytes_slice(rest, 2, close - 2);
		if (!is_name(name))
			return err_set(e, ERR_STOP, "line %u: {%.*s} is no place to fill", line,
			    BYTES_ARG(bytes_slice(name, 0, NAME_MOST)));
		marks_add(m, kind, name, line);
		at += close + 1;
		if (kind != MARK_VALUE && alone(text, start, at) && at < text.len) {
			at++;
			line++;
		}
		literal = at;
	}
	marks_add(m, MARK_LITERAL, bytes_slice(text, literal, text.len), line);
	return OK;
}

/* Finds for each opening mark its end. */
static int
marks_match(struct marks *m, struct err *e)
{
	size_t open[DEPTH_MOST], depth = 0;

	for (size_t i = 0; i < m->count; i++) {
		struct mark *mark = &m->at[i];

		if (mark->kind == MARK_END) {
			if (depth == 0 || !bytes_equal(m->at[open[depth - 1]].text, mark->text))
				return err_set(e, ERR_STOP, "line %u: {/%.*s} ends nothing",
				    mark->line, BYTES_ARG(mark->text));
			m->at[open[--depth]].end = i;
		} else if (mark->kind != MARK_LITERAL && mark->kind != MARK_VALUE) {
			if (depth == DEPTH_MOST)
				return err_set(e, ERR_STOP,
				    "line %u: too many blocks inside one another", mark->line);
			open[depth++] = i;
		}
	}
	if (depth > 0)
		return err_set(e, ERR_STOP, "line %u: {%.*s} has no end",
		    m->at[open[depth - 1]].line, BYTES_ARG(m->at[open[depth - 1]].text));
	return OK;
}

/* ---- filling ---- */

/* Values of an item stand before those around it. */
struct scope {
	const struct slots *slots;
	const struct scope *outer;
};

static const struct slot *
scope_find(const struct scope *s, struct bytes name)
{
	const struct slot *slot = NULL;

	for (; s && !slot; s = s->outer)
		slot = slot_find(s->slots, name);
	return slot;
}

static void
add_grid(struct filled *out, struct arena *a, const struct grid *g)
{
	const struct grid **grown;

	if (!g || g->rows == 0)
		return;
	grown = arena_array(a, out->grid_count + 1, sizeof(const struct grid *));
	if (out->grid_count > 0)
		memcpy(grown, out->grids, out->grid_count * sizeof(const struct grid *));
	/* No value and no text can hold the control byte, so only this is a grid's line. */
	buf_printf(&out->text, "\x01%zu", out->grid_count);
	grown[out->grid_count++] = g;
	out->grids = grown;
}

static int
fill(struct filled *out, struct arena *a, const struct marks *m, size_t from, size_t to,
    const struct scope *scope, struct err *e)
{
	int rc = OK;

	for (size_t i = from; i < to && rc == OK; i++) {
		const struct mark *mark = &m->at[i];
		const struct slot *slot = NULL;

		if (mark->kind == MARK_LITERAL) {
			buf_add(&out->text, mark->text);
			continue;
		}
		slot = scope_find(scope, mark->text);
		if (!slot)
			return err_set(e, ERR_STOP, "line %u: nothing is called {%.*s}",
			    mark->line, BYTES_ARG(mark->text));
		if (mark->kind == MARK_VALUE) {
			if (slot->kind == SLOT_TEXT)
				buf_text(&out->text, slot->text);
			else if (slot->kind == SLOT_GRID)
				add_grid(out, a, slot->grid);
			else
				return err_set(e, ERR_STOP, "line %u: {%.*s} is no value",
				    mark->line, BYTES_ARG(mark->text));
			continue;
		}
		if (mark->kind == MARK_LIST) {
			if (slot->kind != SLOT_LIST)
				return err_set(e, ERR_STOP, "line %u: {#%.*s} is no list",
				    mark->line, BYTES_ARG(mark->text));
			for (const struct slots *item = slot->items; item && rc == OK;
			     item = item->next)
				rc = fill(out, a, m, i + 1, mark->end,
				    &(struct scope){ item, scope }, e);
		} else if (slot_is(slot) == (mark->kind == MARK_IF)) {
			rc = fill(out, a, m, i + 1, mark->end, scope, e);
		}
		i = mark->end;
	}
	return rc;
}

void
filled_free(struct filled *f)
{
	buf_free(&f->text);
	*f = (struct filled){ 0 };
}

/* A text that holds what only a grid's line may hold is refused. */
static int
marks_open(struct marks *m, struct bytes text, struct err *e)
{
	int rc;

	if (!text_valid(text))
		return err_set(e, ERR_STOP, "it is no UTF-8 text");
	for (size_t i = 0; i < text.len; i++)
		if ((unsigned char)text.at[i] < 0x20 && text.at[i] != '\n' &&
		    text.at[i] != '\t')
			return err_set(e, ERR_STOP, "it holds a control byte");
	if ((rc = marks_read(m, text, e)) != OK)
		return rc;
	return marks_match(m, e);
}

int
template_fill(struct filled *out, struct arena *a, struct bytes text, const struct slots *s,
    struct err *e)
{
	AUTO(marks_free) struct marks m = { 0 };
	int rc;

	if ((rc = marks_open(&m, text, e)) != OK)
		return rc;
	return fill(out, a, &m, 0, m.count, &(struct scope){ s, NULL }, e);
}

int
template_check(struct bytes text, struct arena *a, const char *const *names, struct err *e)
{
	AUTO(marks_free) struct marks m = { 0 };
	int rc;

	if ((rc = marks_open(&m, text, e)) != OK)
		return rc;
	for (size_t i = 0; i < m.count; i++) {
		const char *name = arena_text(a, m.at[i].text);
		size_t known = 0;

		if (m.at[i].kind == MARK_LITERAL)
			continue;
		while (names[known] && strcmp(names[known], name) != 0)
			known++;
		if (!names[known])
			return err_set(
			    e, ERR_STOP, "line %u: nothing is called {%s}", m.at[i].line, name);
	}
	return OK;
}
