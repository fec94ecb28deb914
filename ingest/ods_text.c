/*
 * Why: a cell's text is written like a letter, with paragraphs, counted blanks, remarks and
 * fonts; what counts is what the cell shows.
 */
#include "ingest/ods_int.h"

void
ods_text_free(struct ods_text *t)
{
	buf_free(&t->text);
	buf_free(&t->piece);
}

void
ods_text_begin(struct ods_text *t, const struct legacy *font)
{
	buf_clear(&t->text);
	buf_clear(&t->piece);
	t->fonts[0] = font;
	t->depth = t->skipped = 0;
	t->any = t->wrapped = t->begun = false;
	t->blanks = 0;
}

static const char *
flush(struct ods_text *t)
{
	const struct legacy *font = t->fonts[t->depth];
	struct bytes raw = buf_bytes(&t->piece);
	size_t from = t->text.len;

	if (!font) {
		buf_add(&t->text, raw);
	} else if (raw.len > 0) {
		legacy_decode_text(&t->text, font, raw);
		if (!bytes_equal(bytes_slice(buf_bytes(&t->text), from, t->text.len), raw))
			t->converted = font;
	}
	buf_clear(&t->piece);
	return t->text.len > t->most ? "field" : NULL;
}

/* Things in a paragraph that are not its text: remarks, notes, pictures, how a word is read. */
static bool
is_aside(const char *name)
{
	static const char *const asides[] = { "annotation", "note", "frame", "ruby-text",
		"custom-shape", "rect", "line", "g", "control", "object" };

	for (size_t i = 0; i < COUNT(asides); i++)
		if (strcmp(name, asides[i]) == 0)
			return true;
	return false;
}

/*
 * The blanks that were waiting. By the standard all are one (ODF 1.2 part 1 §6.1.2); but
 * LibreOffice writes and reads spaces as they are, and only what breaks lines is there to make
 * the document readable.
 */
static void
put_blanks(struct ods_text *t, bool last)
{
	if (t->wrapped)
		t->blanks = t->begun && !last;
	for (; t->blanks > 0; t->blanks--)
		buf_char(&t->piece, ' ');
	t->wrapped = false;
}

/* A character that has an element, that many times. */
static const char *
put(struct ods_text *t, char c, uint32_t times)
{
	put_blanks(t, false);
	t->begun = true;
	if (times > t->most)
		return "field";
	for (uint32_t i = 0; i < times; i++)
		buf_char(&t->piece, c);
	return t->piece.len > t->most ? "field" : NULL;
}

static const char *
put_mark(struct ods_text *t, const char *name, const char *const *attributes)
{
	uint32_t times = 1;

	if (strcmp(name, "tab") == 0)
		return put(t, '\t', 1);
	if (strcmp(name, "line-break") == 0)
		return put(t, '\n', 1);
	if (strcmp(name, "s") != 0)
		return NULL;
	return ods_count(&times, xml_attribute(attributes, "c"), UINT32_MAX)
	    ? put(t, ' ', times)
	    : NULL;
}

/* One level deeper, perhaps in another font. */
static const char *
enter(struct ods_text *t, const char *name, const char *const *attributes)
{
	const struct legacy *font = t->fonts[t->depth];
	const char *style = xml_attribute(attributes, "style-name"), *word = NULL;

	if (style)
		ods_styles_font(&font, t->styles,
		    strcmp(name, "p") == 0 ? ODS_PARAGRAPH : ODS_SPAN, bytes_of(style));
	if (t->depth + 1 == ODS_DEPTH)
		return "damaged";
	if (font != t->fonts[t->depth])
		word = flush(t);
	t->fonts[++t->depth] = font;
	return word;
}

const char *
ods_text_start(struct ods_text *t, const char *name, const char *const *attributes)
{
	const char *word;

	if (t->skipped > 0 || (t->depth > 0 && is_aside(name))) {
		t->skipped++;
		return NULL;
	}
	if (t->depth == 0) {
		if (t->any)
			buf_char(&t->text, '\n');
		t->any = true;
		t->wrapped = t->begun = false;
		t->blanks = 0;
	}
	word = enter(t, name, attributes);
	return word ? word : put_mark(t, name, attributes);
}

const char *
ods_text_end(struct ods_text *t)
{
	const char *word = NULL;

	if (t->skipped > 0) {
		t->skipped--;
		return NULL;
	}
	if (t->depth == 1)
		put_blanks(t, true);
	if (t->depth == 1 || t->fonts[t->depth] != t->fonts[t->depth - 1])
		word = flush(t);
	t->depth--;
	return word;
}

static const char *
take_blank(struct ods_text *t, char c)
{
	t->wrapped |= c != ' ';
	return ++t->blanks > t->most ? "field" : NULL;
}

const char *
ods_text_add(struct ods_text *t, struct bytes piece)
{
	const char *word = NULL;

	if (t->skipped > 0 || t->depth == 0)
		return NULL;
	while (!word && piece.len > 0) {
		size_t len = 0;

		while (len < piece.len && !strchr(" \t\r\n", piece.at[len]))
			len++;
		if (len > 0) {
			put_blanks(t, false);
			t->begun = true;
			buf_add(&t->piece, bytes_slice(piece, 0, len));
			word = t->piece.len > t->most ? "field" : NULL;
		} else {
			word = take_blank(t, piece.at[0]);
			len = 1;
		}
		piece = bytes_slice(piece, len, piece.len);
	}
	return word;
}

const char *
ods_text_replace(struct ods_text *t, struct bytes raw)
{
	buf_clear(&t->text);
	buf_clear(&t->piece);
	buf_add(&t->piece, raw);
	t->any = true;
	t->depth = 0;
	return flush(t);
}
