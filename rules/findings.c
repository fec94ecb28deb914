/* Why: all that is wrong is told at once and in order, but a table of nonsense must not fill a
 * letter. */
#include "rules/findings.h"

#include <assert.h>
#include <stdlib.h>

#include "base/text.h"

#define VALUE_CHARACTERS 200

const char *
findings_value(struct arena *a, struct bytes value)
{
	size_t at = 0, characters = 0;
	uint32_t rune;

	if (value.len <= VALUE_CHARACTERS)
		return arena_text(a, value);
	for (; at < value.len && characters < VALUE_CHARACTERS; characters++)
		at += text_rune(&rune, bytes_slice(value, at, value.len));
	return arena_printf(a, "%.*s%s", (int)at, value.at, at < value.len ? "…" : "");
}

/* Rejects are few and decide: one takes the place of the last that is none. */
static struct finding *
place_for(struct findings *f, enum level level)
{
	if (f->count < f->most) {
		f->list = arena_more(f->arena, f->list, f->count, sizeof(*f->list));
		return &f->list[f->count++];
	}
	for (size_t i = f->count; level == LEVEL_REJECT && i > 0; i--)
		if (f->list[i - 1].level != LEVEL_REJECT)
			return &f->list[i - 1];
	return NULL;
}

void
findings_add(struct findings *f, const struct finding *one)
{
	struct finding *place = place_for(f, one->level);

	f->by_level[one->level]++;
	if (place)
		*place = *one;
}

size_t
findings_place(struct filler *out, struct arena *a, const struct place *p)
{
	char cell[16] = "";
	size_t n = 0;

	if (p->row && p->column)
		cell_name(cell, p->row, p->column);
	out[n++] = filler_plain("cell", arena_text(a, bytes_of(cell)));
	out[n++] = filler_plain("row", p->row ? arena_printf(a, "%u", p->row) : "");
	out[n++] = filler_plain("column", p->column ? arena_printf(a, "%u", p->column) : "");
	out[n++] = (struct filler){ .name = "title", .text = p->title };
	if (!p->title.in[LANGUAGE_VI])
		out[n - 1] = filler_plain("title", "");
	out[n++] = filler_plain("value", findings_value(a, p->value));
	return n;
}

void
findings_say(struct findings *f, enum say what, const struct place *p,
    const struct filler *more, size_t count)
{
	findings_say_at(f, what, say_words(what)->level, p, more, count);
}

void
findings_say_at(struct findings *f, enum say what, enum level level, const struct place *p,
    const struct filler *more, size_t count)
{
	const struct say_words *say = say_words(what);
	struct filler fillers[16];
	struct finding one = {
		.type = say->type, .rule = say->rule, .level = level, .sheet = f->sheet
	};
	size_t n;

	if (f->count >= f->most && level != LEVEL_REJECT) {
		f->by_level[level]++;
		return;
	}
	/* The first of a name wins: the caller's own stand before those of the place. */
	assert(count + 5 <= COUNT(fillers));
	for (n = 0; n < count; n++)
		fillers[n] = more[n];
	n += findings_place(fillers + n, f->arena, p);
	one.row = p->row;
	one.column = p->column;
	one.field = p->field ? p->field : p->column;
	one.title = p->title.in[LANGUAGE_VI] ? p->title.in[LANGUAGE_VI] : "";
	one.value = fillers[n - 1].text.in[LANGUAGE_VI];
	one.message = message_words(f->arena, say->words, fillers, n);
	findings_add(f, &one);
}

static int
compare(const void *a, const void *b)
{
	const struct finding *x = a, *y = b;

	if (x->row != y->row)
		return x->row < y->row ? -1 : 1;
	if (x->column != y->column)
		return x->column < y->column ? -1 : 1;
	if (x->level != y->level)
		return x->level > y->level ? -1 : 1;
	return strcmp(x->rule, y->rule);
}

void
findings_sort(struct findings *f)
{
	if (f->count)
		qsort(f->list, f->count, sizeof(*f->list), compare);
}
