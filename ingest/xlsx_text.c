/*
 * Why: one cell's text can be written in several fonts, and each of them can mean other letters
 * by the same ones.
 */
#include "base/text.h"
#include "ingest/xlsx_int.h"
#include "ingest/xml.h"

/*
 * Around what is in a font of its own: it is done, whatever the cell's font. No other text has
 * them, as XML allows neither.
 */
#define DONE_BEGIN '\1'
#define DONE_END   '\2'
/* Stands for an escaped one of these: refused like any other control character. */
#define OTHER_CONTROL 3

void
xlsx_text_begin(struct xlsx_text *t)
{
	buf_clear(&t->text);
	t->in_text = t->in_run = t->has_font = false;
	t->phonetic = 0;
}

const char *
xlsx_text_start(struct xlsx_text *t, const char *name, const char *const *attributes)
{
	const char *value;

	if (t->phonetic > 0 || strcmp(name, "rPh") == 0) {
		t->phonetic++;
	} else if (strcmp(name, "t") == 0) {
		t->in_text = true;
		if (t->has_font)
			buf_char(&t->text, DONE_BEGIN);
		t->from = t->text.len;
	} else if (strcmp(name, "r") == 0) {
		t->in_run = true;
		t->has_font = false;
	} else if (t->in_run && strcmp(name, "rFont") == 0 &&
	    (value = xml_attribute(attributes, "val")) != NULL) {
		t->has_font = true;
		t->font = legacy_of_font(bytes_of(value));
	}
	return NULL;
}

/* The run's text in its own font. */
static void
convert_run(struct xlsx_text *t)
{
	AUTO(buf_free) struct buf out = { 0 };
	struct bytes raw = bytes_slice(buf_bytes(&t->text), t->from, t->text.len);

	if (t->font) {
		legacy_decode_text(&out, t->font, raw);
		if (!bytes_equal(buf_bytes(&out), raw))
			t->converted = t->font;
		t->text.len = t->from;
		buf_add(&t->text, buf_bytes(&out));
	}
	buf_char(&t->text, DONE_END);
}

const char *
xlsx_text_end(struct xlsx_text *t, const char *name)
{
	if (t->phonetic > 0) {
		t->phonetic--;
	} else if (strcmp(name, "t") == 0 && t->in_text) {
		t->in_text = false;
		xlsx_unescape(&t->text, t->from);
		if (t->has_font)
			convert_run(t);
	} else if (strcmp(name, "r") == 0) {
		t->in_run = t->has_font = false;
	}
	return t->text.len > t->most ? "field" : NULL;
}

const char *
xlsx_text_add(struct xlsx_text *t, struct bytes piece)
{
	if (t->in_text && t->phonetic == 0)
		buf_add(&t->text, piece);
	return t->text.len > t->most ? "field" : NULL;
}

/* The value of "_x000D_" at the front; -1: it is none. */
static int32_t
escaped(struct bytes text)
{
	int32_t value = 0;

	if (text.len < 7 || text.at[0] != '_' || text.at[1] != 'x' || text.at[6] != '_')
		return -1;
	for (size_t i = 2; i < 6; i++) {
		char c = text.at[i], letter = (char)(c | 0x20);

		if (c >= '0' && c <= '9')
			value = value << 4 | (c - '0');
		else if (letter >= 'a' && letter <= 'f')
			value = value << 4 | (letter - 'a' + 10);
		else
			return -1;
	}
	return value;
}

/* The character at the front, of one escape or of two that are a pair; its length. */
static size_t
take_escape(uint32_t *rune, struct bytes text)
{
	int32_t value = escaped(text), other;

	if (value < 0)
		return 0;
	*rune = (uint32_t)value;
	if (value == DONE_BEGIN || value == DONE_END)
		*rune = OTHER_CONTROL;
	if (value < 0xd800 || value > 0xdfff)
		return 7;
	other = escaped(bytes_slice(text, 7, 7));
	if (value > 0xdbff || other < 0xdc00 || other > 0xdfff) {
		*rune = 0xfffd;
		return 7;
	}
	*rune = 0x10000 + ((uint32_t)(value - 0xd800) << 10) + (uint32_t)(other - 0xdc00);
	return 14;
}

void
xlsx_unescape(struct buf *b, size_t from)
{
	struct bytes text = bytes_slice(buf_bytes(b), from, b->len);
	size_t first = bytes_find(text, BYTES("_x"));
	AUTO(buf_free) struct buf out = { 0 };

	if (first == text.len)
		return;
	buf_add(&out, bytes_slice(text, 0, first));
	text = bytes_slice(text, first, text.len);
	while (text.len > 0) {
		uint32_t rune;
		size_t len = take_escape(&rune, text);

		if (len > 0)
			text_put(&out, rune);
		else
			buf_char(&out, text.at[0]);
		text = bytes_slice(text, len ? len : 1, text.len);
	}
	b->len = from;
	buf_add(b, buf_bytes(&out));
}

static void
convert_piece(struct buf *out, struct bytes piece, const struct legacy *font, bool *changed)
{
	size_t from = out->len;

	if (!font) {
		buf_add(out, piece);
		return;
	}
	legacy_decode_text(out, font, piece);
	*changed |= !bytes_equal(bytes_slice(buf_bytes(out), from, out->len), piece);
}

struct bytes
xlsx_text_of_cell(struct buf *out, struct bytes raw, const struct legacy *font, bool *changed)
{
	if (!font && (raw.len == 0 || !memchr(raw.at, DONE_BEGIN, raw.len)))
		return raw;
	buf_clear(out);
	while (raw.len > 0) {
		size_t before = bytes_find(raw, BYTES("\1"));
		struct bytes done = bytes_slice(raw, before + 1, raw.len);

		convert_piece(out, bytes_slice(raw, 0, before), font, changed);
		done = bytes_slice(done, 0, bytes_find(done, BYTES("\2")));
		buf_add(out, done);
		raw = bytes_slice(raw, before + done.len + 2, raw.len);
	}
	return buf_bytes(out);
}
