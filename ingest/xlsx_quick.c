/*
 * Why: a million cells look alike but for what is in them; taking them for any XML costs more
 * than all the rest of their reading.
 */
#include <stdlib.h>

#include "base/memory.h"
#include "base/text.h"
#include "ingest/xlsx_sheet_int.h"

struct quick_cell {
	struct cell_start start;
	struct bytes value;
	bool has_value, has_formula, is_inline;
};

/* A row is looked through wholly before anything of it counts. */
struct quick_row {
	struct row_start start;
	struct quick_cell *cells;
	size_t count, room;
};

/* What of the text is not looked at yet. */
struct cursor {
	const char *at, *end;
};

void
quick_row_free(struct quick_row **q)
{
	if (!*q)
		return;
	free((*q)->cells);
	free(*q);
	*q = NULL;
}

static bool
take(struct cursor *c, struct bytes literal)
{
	if ((size_t)(c->end - c->at) < literal.len ||
	    memcmp(c->at, literal.at, literal.len) != 0)
		return false;
	c->at += literal.len;
	return true;
}

/* A value up to its closing quote: what XML would change or refuse is not taken. */
static bool
take_quoted(struct bytes *value, struct cursor *c)
{
	const char *from = c->at, *at = from;

	while (at < c->end && *at != '"' && *at >= ' ' && *at != '<' && *at != '&')
		at++;
	*value = (struct bytes){ .at = from, .len = (size_t)(at - from) };
	if (at == c->end || *at != '"')
		return false;
	c->at = at + 1;
	return true;
}

static bool
is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == ':' || c == '_';
}

static bool
take_attribute(struct bytes *name, struct bytes *value, struct cursor *c)
{
	const char *at = c->at + 1, *from = at;

	while (at < c->end && (is_name(*at) || (at > from && *at >= '0' && *at <= '9')))
		at++;
	*name = (struct bytes){ .at = from, .len = (size_t)(at - from) };
	if (at == from || c->end - at < 3 || at[0] != '=' || at[1] != '"')
		return false;
	c->at = at + 2;
	return take_quoted(value, c);
}

/* One that we know goes to its place, once. */
static bool
put(struct bytes *place, struct bytes value)
{
	bool first = !place->at;

	*place = value;
	return first;
}

static struct bytes *
row_place(struct row_start *start, struct bytes name)
{
	return bytes_equal(name, BYTES("r"))     ? &start->number
	    : bytes_equal(name, BYTES("ht"))     ? &start->height
	    : bytes_equal(name, BYTES("hidden")) ? &start->hidden
						 : NULL;
}

/* Excel adds "x14ac:dyDescent" and its like; where one of our names has a prefix, it is XML's.
 */
static bool
take_row_start(struct row_start *start, struct cursor *c)
{
	struct bytes name, value;

	*start = (struct row_start){ 0 };
	while (c->at < c->end && *c->at == ' ') {
		struct bytes *place;
		size_t colon;

		if (!take_attribute(&name, &value, c))
			return false;
		colon = bytes_find(name, BYTES(":"));
		if (colon < name.len &&
		    row_place(start, bytes_slice(name, colon + 1, name.len)))
			return false;
		place = row_place(start, name);
		if (place && !put(place, value))
			return false;
	}
	return true;
}

static bool
take_cell_start(struct cell_start *start, struct cursor *c)
{
	*start = (struct cell_start){ 0 };
	while (c->end - c->at > 4 && c->at[0] == ' ') {
		char name = c->at[1];
		struct bytes value,
		    *place = name == 'r' ? &start->place
		    : name == 's'        ? &start->style
		    : name == 't'        ? &start->type
					 : NULL;

		if (!place || c->at[2] != '=' || c->at[3] != '"')
			return false;
		c->at += 4;
		if (!take_quoted(&value, c) || !put(place, value))
			return false;
	}
	return true;
}

/*
 * Text up to the next tag, without entities and line ends that XML would change, and UTF-8
 * throughout.
 */
static bool
take_text(struct bytes *text, struct cursor *c)
{
	const char *from = c->at, *at = from;
	unsigned char high = 0;

	for (; at < c->end && *at != '<'; at++) {
		high |= (unsigned char)*at;
		if (((unsigned char)*at < ' ' && *at != '\n' && *at != '\t') || *at == '&' ||
		    *at == '>')
			return false;
	}
	*text = (struct bytes){ .at = from, .len = (size_t)(at - from) };
	c->at = at;
	return high < 0x80 || text_valid(*text);
}

static bool
take_formula(struct cursor *c)
{
	struct bytes name, value;

	while (c->at < c->end && *c->at == ' ')
		if (!take_attribute(&name, &value, c))
			return false;
	if (take(c, BYTES("/>")))
		return true;
	return take(c, BYTES(">")) && take_text(&value, c) && take(c, BYTES("</f>"));
}

static bool
take_value(struct quick_cell *cell, struct cursor *c)
{
	cell->has_value = true;
	return take(c, BYTES("/>")) ||
	    (take(c, BYTES(">")) && take_text(&cell->value, c) && take(c, BYTES("</v>")));
}

/* A text in one piece; what has fonts is for the parser. */
static bool
take_inline(struct quick_cell *cell, struct cursor *c)
{
	cell->has_value = cell->is_inline = true;
	if (take(c, BYTES("<t/></is>")))
		return true;
	if (!take(c, BYTES("<t>")) && !take(c, BYTES("<t xml:space=\"preserve\">")))
		return false;
	return take_text(&cell->value, c) && take(c, BYTES("</t></is>"));
}

static bool
take_cell(struct quick_cell *cell, struct cursor *c)
{
	*cell = (struct quick_cell){ .has_value = false };
	if (!take_cell_start(&cell->start, c))
		return false;
	if (take(c, BYTES("/>")))
		return true;
	if (!take(c, BYTES(">")))
		return false;
	cell->has_formula = take(c, BYTES("<f"));
	if (cell->has_formula && !take_formula(c))
		return false;
	if (take(c, BYTES("<v")) && !take_value(cell, c))
		return false;
	if (!cell->has_value && take(c, BYTES("<is>")) && !take_inline(cell, c))
		return false;
	return take(c, BYTES("</c>"));
}

/* false: not in the usual way, or its end is not there yet. */
static bool
take_row(size_t *len, struct quick_row *q, struct bytes text)
{
	struct cursor c = { .at = text.at, .end = text.at + text.len };

	q->count = 0;
	if (!take(&c, BYTES("<row")) || !take_row_start(&q->start, &c))
		return false;
	*len = (size_t)(c.at - text.at) + 2;
	if (take(&c, BYTES("/>")))
		return true;
	if (!take(&c, BYTES(">")))
		return false;
	while (take(&c, BYTES("<c"))) {
		if (q->count == q->room) {
			q->room = q->room ? 2 * q->room : 32;
			q->cells = memory_resize(q->cells, q->room, sizeof(*q->cells));
		}
		if (!take_cell(&q->cells[q->count++], &c))
			return false;
	}
	if (!take(&c, BYTES("</row>")))
		return false;
	*len = (size_t)(c.at - text.at);
	return true;
}

static const char *
give_cell(struct sheet_read *s, const struct quick_cell *cell)
{
	const char *word = sheet_cell(s, &cell->start);

	if (word)
		return word;
	s->has_value = cell->has_value;
	s->has_formula = cell->has_formula;
	s->value = cell->is_inline ? (struct bytes){ 0 } : cell->value;
	if (cell->is_inline) {
		static const char *const none[] = { NULL };

		xlsx_text_begin(&s->text);
		/* Whether it is too long is seen with each. */
		word = xlsx_text_start(&s->text, "t", none);
		word = word ? word : xlsx_text_add(&s->text, cell->value);
		word = word ? word : xlsx_text_end(&s->text, "t");
	} else if (cell->value.len > s->text.most) {
		word = "field";
	}
	return word ? sheet_refuse(s, word) : sheet_cell_end(s);
}

bool
quick_row_take(size_t *len, const char **word, struct quick_row **q, struct sheet_read *s,
    struct bytes text)
{
	if (!*q)
		*q = memory_new(sizeof(**q));
	if (!take_row(len, *q, text))
		return false;
	*word = sheet_row(s, &(*q)->start);
	for (size_t i = 0; !*word && i < (*q)->count; i++)
		*word = give_cell(s, &(*q)->cells[i]);
	return true;
}
