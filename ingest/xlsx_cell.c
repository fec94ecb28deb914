/* Why: what a cell shows hangs on its type, its style, its font and whether it was ever
 * calculated. */
#include "ingest/legacy_int.h"
#include "ingest/xlsx_sheet_int.h"

static const char *
style_of(struct xlsx_style *out, const struct sheet_read *s)
{
	const struct xlsx_styles *styles = &s->book->styles;

	*out = (struct xlsx_style){ 0 };
	if (s->style < styles->count)
		*out = styles->list[s->style];
	/* Without its style a day would be a number. Style 0 is what cells without one have. */
	return s->style < styles->count || s->style == 0 ? NULL : "damaged";
}

static const char *
take_number(enum native *native, struct bytes *text, struct sheet_read *s)
{
	struct bytes written = s->value;
	struct xlsx_style style;
	const char *word = style_of(&style, s);
	double value;

	if (word)
		return word;
	if (style.shown <= SHOWN_PERCENT) {
		*native = style.shown == SHOWN_PERCENT ? NATIVE_PERCENT : NATIVE_NUMBER;
		return xlsx_decimal(text, s->room, written) ? NULL : "damaged";
	}
	if (!xlsx_double(&value, written))
		return "damaged";
	*native = serial_text(s->room, value, style.shown, s->book->workbook.from_1904);
	*text = bytes_of(s->room);
	return NULL;
}

/* The receipt says which letters were not what they seemed. */
static int
tell_font(struct xlsx_book *book, const struct legacy *font, struct err *e)
{
	struct note note = { .kind = NOTE_ENCODING, .text = bytes_of(font->name) };

	if (book->font_told)
		return OK;
	book->font_told = true;
	return book->sink->note(book->sink->self, &note, e);
}

static const char *
take_text(struct bytes *text, struct bytes raw, struct sheet_read *s)
{
	struct xlsx_style style;
	const char *word = style_of(&style, s);
	bool changed = false;

	if (word)
		return word;
	*text = xlsx_text_of_cell(&s->scratch, raw, style.legacy, &changed);
	if (!text->at)
		text->at = "";
	if (!changed)
		return NULL;
	s->rc = tell_font(s->book, style.legacy, s->e);
	return s->rc ? "refused" : NULL;
}

static const char *
take_shared(struct bytes *text, struct sheet_read *s)
{
	const struct xlsx_strings *strings = &s->book->strings;
	struct bytes raw;
	uint32_t i;

	if (!xlsx_number(&i, s->value, UINT32_MAX) || !xlsx_string(&raw, strings, i))
		return "damaged";
	return take_text(text, raw, s);
}

static const char *
take_boolean(struct bytes *text, struct bytes written)
{
	bool yes = bytes_equal(written, BYTES("1")) || bytes_equal(written, BYTES("true"));
	bool no = bytes_equal(written, BYTES("0")) || bytes_equal(written, BYTES("false"));

	*text = yes ? BYTES("true") : BYTES("false");
	return yes || no ? NULL : "damaged";
}

/*
 * A formula whose value is not there, or is the nought that stands until Excel calculates: who
 * wrote the file did not.
 */
static bool
is_uncalculated(const struct sheet_read *s)
{
	bool number = s->type == CELL_NUMBER;

	if (!s->has_formula)
		return false;
	if (!s->has_value || (s->value.len == 0 && s->type != CELL_FORMULA_TEXT))
		return true;
	return number && s->book->workbook.to_calculate && bytes_equal(s->value, BYTES("0"));
}

/* A formula's text may hold escapes, as strings do. */
static const char *
take_formula_text(struct bytes *text, struct sheet_read *s)
{
	AUTO(buf_free) struct buf plain = { 0 };
	const char *word;

	if (bytes_find(s->value, BYTES("_x")) == s->value.len)
		return take_text(text, s->value, s);
	buf_add(&plain, s->value);
	xlsx_unescape(&plain, 0);
	word = take_text(text, buf_bytes(&plain), s);
	if (!word && text->at == plain.at) { /* it must outlive this call */
		buf_clear(&s->scratch);
		buf_add(&s->scratch, *text);
		*text = buf_bytes(&s->scratch);
	}
	return word;
}

static const char *
take_inline(struct bytes *text, struct sheet_read *s)
{
	if (s->text.converted) {
		s->rc = tell_font(s->book, s->text.converted, s->e);
		if (s->rc)
			return "refused";
	}
	return take_text(text, buf_bytes(&s->text.text), s);
}

const char *
xlsx_cell(enum native *native, struct bytes *text, struct sheet_read *s)
{
	*text = (struct bytes){ 0 };
	*native = NATIVE_TEXT;
	if (is_uncalculated(s)) {
		*native = NATIVE_UNCALCULATED;
		*text = BYTES("");
		return NULL;
	}
	if (s->type == CELL_FORMULA_TEXT)
		return take_formula_text(text, s);
	if (s->type == CELL_INLINE)
		return take_inline(text, s);
	s->value = bytes_trim(s->value);
	if (s->value.len == 0)
		return NULL;
	switch (s->type) {
	case CELL_NUMBER:
		return take_number(native, text, s);
	case CELL_SHARED:
		return take_shared(text, s);
	case CELL_BOOLEAN:
		*native = NATIVE_BOOLEAN;
		return take_boolean(text, s->value);
	case CELL_ERROR:
		*native = NATIVE_ERROR;
		*text = s->value;
		return NULL;
	case CELL_MOMENT:
		return xlsx_moment(native, text, s->value) ? NULL : "damaged";
	case CELL_FORMULA_TEXT:
	case CELL_INLINE:
	case CELL_UNKNOWN:
		break;
	}
	return "damaged";
}
