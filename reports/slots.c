/* Why: what fills a text is mostly foreign, so it is cleaned at the one place where it goes in.
 */
#include <stdarg.h>
#include <stdio.h>

#include "base/text.h"
#include "reports/slots_int.h"

struct slots *
slots_new(struct arena *a)
{
	struct slots *s = arena_take(a, sizeof(*s));

	s->a = a;
	return s;
}

static struct slot *
find(const struct slots *s, struct bytes name)
{
	struct slot *at = s->first;

	while (at && !bytes_equal(bytes_of(at->name), name))
		at = at->next;
	return at;
}

static struct slot *
slot_new(struct slots *s, const char *name, enum slot_kind kind)
{
	struct slot *slot = find(s, bytes_of(name));

	if (!slot) {
		slot = arena_take(s->a, sizeof(*slot));
		slot->next = s->first;
		slot->name = name;
		s->first = slot;
	}
	slot->kind = kind;
	return slot;
}

static bool
may_show(uint32_t rune)
{
	return rune >= 0x20 && !(rune >= 0x7f && rune < 0xa0) &&
	    !(rune >= 0x202a && rune <= 0x202e) && !(rune >= 0x2066 && rune <= 0x2069) &&
	    rune != 0x200e && rune != 0x200f && rune != 0x2028 && rune != 0x2029 &&
	    rune != 0xfeff;
}

const char *
shown(struct arena *a, struct bytes text)
{
	AUTO(buf_free) struct buf out = { 0 };
	uint32_t rune;

	while (text.len > 0) {
		size_t step = 1;

		while (step < 4 && step < text.len &&
		    ((unsigned char)text.at[step] & 0xc0) == 0x80)
			step++;
		if (!text_valid(bytes_slice(text, 0, step))) {
			buf_char(&out, '?');
		} else {
			step = text_rune(&rune, text);
			if (may_show(rune))
				buf_add(&out, bytes_slice(text, 0, step));
			else if (rune < 0x20)
				buf_char(&out, ' ');
		}
		text = bytes_slice(text, step, text.len);
	}
	return arena_text(a, buf_bytes(&out));
}

void
slot_text(struct slots *s, const char *name, const char *value)
{
	slot_new(s, name, SLOT_TEXT)->text = shown(s->a, bytes_of(value ? value : ""));
}

void
slot_printf(struct slots *s, const char *name, const char *fmt, ...)
{
	char text[1024];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap); /* a longer one is cut */
	va_end(ap);
	slot_text(s, name, text);
}

void
slot_flag(struct slots *s, const char *name, bool set)
{
	slot_new(s, name, SLOT_FLAG)->set = set;
}

void
slot_grid(struct slots *s, const char *name, const struct grid *g)
{
	slot_new(s, name, SLOT_GRID)->grid = g;
}

void
slot_list(struct slots *s, const char *name)
{
	(void)slot_new(s, name, SLOT_LIST); /* items may be there or come later */
}

struct slots *
slot_item(struct slots *s, const char *name)
{
	struct slot *list = slot_new(s, name, SLOT_LIST);
	struct slots *item = slots_new(s->a);

	if (list->last)
		list->last->next = item;
	else
		list->items = item;
	list->last = item;
	return item;
}

const struct slot *
slot_find(const struct slots *s, struct bytes name)
{
	return find(s, name);
}

bool
slot_is(const struct slot *slot)
{
	switch (slot->kind) {
	case SLOT_TEXT:
		return slot->text[0] != '\0';
	case SLOT_FLAG:
		return slot->set;
	case SLOT_GRID:
		return slot->grid != NULL && slot->grid->rows > 0;
	case SLOT_LIST:
		return slot->items != NULL;
	}
	return false;
}
