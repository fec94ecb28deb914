/* Why: a cell is text until its field says what it means, and a wrong one must be told, never
 * guessed. */
#include "rules/value_int.h"

#include "base/text.h"
#include "rules/codelist.h"
#include "rules/lookup.h"
#include "rules/lost.h"

static bool
is_formula_error(struct bytes text)
{
	static const char *const errors[] = { "#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?",
		"#NUM!", "#NULL!", "#SPILL!", "#CALC!", NULL };

	return text.len > 3 && text.at[0] == '#' && bytes_among(text, errors);
}

/* Nothing but dashes, of whatever kind, or nothing but dots: "–" is "-", "..." is "…". */
static char
only_sign(struct bytes text)
{
	static const struct {
		char sign;
		struct bytes as;
	} signs[] = {
		{ '-', BYTES_INIT("-") },
		{ '-', BYTES_INIT("\xE2\x80\x90") },
		{ '-', BYTES_INIT("\xE2\x80\x91") },
		{ '-', BYTES_INIT("\xE2\x80\x92") },
		{ '-', BYTES_INIT("\xE2\x80\x93") },
		{ '-', BYTES_INIT("\xE2\x80\x94") },
		{ '-', BYTES_INIT("\xE2\x80\x95") },
		{ '-', BYTES_INIT("\xE2\x88\x92") },
		{ '-', BYTES_INIT("\xEF\xBC\x8D") },
		{ '.', BYTES_INIT("..") }, /* one dot is none */
		{ '.', BYTES_INIT("\xE2\x80\xA6") },
		{ '.', BYTES_INIT("\xE2\x8B\xAF") },
		{ '.', BYTES_INIT(".") },
	};
	struct bytes rest = text;
	char sign = '\0';

	if (bytes_equal(text, BYTES(".")))
		return '\0';
	while (rest.len) {
		size_t i = 0;

		while (i < COUNT(signs) && !bytes_starts(rest, signs[i].as))
			i++;
		if (i == COUNT(signs) || (sign && sign != signs[i].sign))
			return '\0';
		sign = signs[i].sign;
		rest = bytes_slice(rest, signs[i].as.len, rest.len);
	}
	return sign;
}

/* Is it one of these words, or the same sign in another shape? */
static bool
stands_for(struct bytes text, const char *const *list)
{
	char sign;

	if (bytes_among(text, list))
		return true;
	/* All signs begin with one of these bytes, most cells with none. */
	if (!list || text.len == 0 || text.len > 12 || !strchr("-.\xE2\xEF", text.at[0]))
		return false;
	sign = only_sign(text);
	for (; sign && *list; list++)
		if (only_sign(bytes_of(*list)) == sign)
			return true;
	return false;
}

/* ---- types ---- */

static bool
read_date(struct value *out, struct bytes text, const struct field *f)
{
	*out = (struct value){ .kind = VALUE_DATE };
	for (const char *const *format = f->date_formats; format && *format; format++)
		if (date_read(&out->date, text, *format))
			return true;
	return false;
}

static bool
read_year(struct value *out, struct bytes text)
{
	*out = (struct value){ .kind = VALUE_NUMBER };
	if (text.len != 4)
		return false;
	for (size_t i = 0; i < 4; i++) {
		if (text.at[i] < '0' || text.at[i] > '9')
			return false;
		out->number.digits = out->number.digits * 10 + (text.at[i] - '0');
	}
	return true;
}

bool
value_read_plain(struct value *out, struct bytes text, const struct field *f, struct arena *a)
{
	if (f->special)
		return f->special->read(out, text, f, a);
	switch (f->type) {
	case FIELD_INTEGER:
	case FIELD_NUMBER:
		return number_read_plain(out, text, f);
	case FIELD_BOOLEAN:
		return boolean_read(out, text, f, NULL);
	case FIELD_DATE:
		return read_date(out, text, f);
	case FIELD_YEAR:
		return read_year(out, text);
	case FIELD_STRING:
	case FIELD_ANY:
		break;
	}
	*out = (struct value){ .kind = VALUE_TEXT, .text = text };
	return true;
}

/* ---- codes ---- */

static enum fault
read_code(struct bytes *out, enum remark *remark, struct bytes text, const struct field *f,
    const struct cell_context *c)
{
	static const enum fault faults[] = { [CODE_FOUND] = FAULT_NONE,
		[CODE_PADDED] = FAULT_NONE,
		[CODE_UNKNOWN] = FAULT_CODE,
		[CODE_ENDED] = FAULT_CODE_ENDED,
		[CODE_NOT_YET] = FAULT_CODE_NOT_YET };
	struct date first = f->expired ? (struct date){ 0 } : period_first(c->period);
	const struct code *code = NULL;
	enum code_found found =
	    codelist_find(&code, c->arena, f->codes, text, first, period_last(c->period));

	if (found == CODE_FOUND || found == CODE_PADDED)
		*out = bytes_of(code->code);
	if (found == CODE_PADDED)
		*remark = REMARK_PADDED;
	return faults[found];
}

static enum fault
read_codes(struct cell_reading *out, struct bytes text, const struct field *f,
    const struct cell_context *c)
{
	AUTO(buf_free) struct buf joined = { 0 };
	struct bytes rest = text, piece, code = { 0 };
	enum fault fault;

	if (!f->many) {
		fault = read_code(&code, &out->remark, text, f, c);
		if (fault == FAULT_NONE)
			out->value = (struct value){ .kind = VALUE_TEXT, .text = code };
		return fault;
	}
	while (bytes_cut(&piece, &rest, f->many)) {
		piece = text_trim(piece);
		if (piece.len == 0)
			continue;
		fault = read_code(&code, &out->remark, piece, f, c);
		if (fault) {
			out->detail = arena_text(c->arena, piece);
			return fault;
		}
		if (joined.len)
			buf_char(&joined, f->many);
		buf_add(&joined, code);
	}
	out->value = (struct value){ .kind = VALUE_TEXT,
		.text = arena_bytes(c->arena, buf_bytes(&joined)) };
	return FAULT_NONE;
}

static enum fault
read_lookup(struct cell_reading *out, struct bytes text, const struct field *f,
    const struct cell_context *c)
{
	static const enum remark remarks[] = { [WAY_CODE] = REMARK_NONE,
		[WAY_PADDED] = REMARK_PADDED,
		[WAY_NAME] = REMARK_NAME,
		[WAY_OLD] = REMARK_OLD };
	struct lookup_answer answer;

	lookup_find(&answer, c->arena, f->lookup, text, c->unit, period_last(c->period));
	out->candidates = answer.candidates;
	switch (answer.result) {
	case LOOKUP_FOUND:
		out->value =
		    (struct value){ .kind = VALUE_TEXT, .text = bytes_of(answer.code) };
		out->remark = remarks[answer.way];
		return FAULT_NONE;
	case LOOKUP_UNKNOWN:
		return answer.candidates ? FAULT_LOOKUP_NEAR : FAULT_LOOKUP;
	case LOOKUP_ENDED:
		return answer.candidates ? FAULT_LOOKUP_SUCCEEDED : FAULT_LOOKUP_ENDED;
	case LOOKUP_FOREIGN:
		return FAULT_LOOKUP_FOREIGN;
	case LOOKUP_AMBIGUOUS:
		break;
	}
	return FAULT_LOOKUP_AMBIGUOUS;
}

/* ---- one cell ---- */

/* As a clerk writes: sets value or fault. */
static void
read_written(struct cell_reading *out, struct bytes text, const struct field *f,
    const struct cell_context *c)
{
	switch (f->type) {
	case FIELD_INTEGER:
	case FIELD_NUMBER:
		number_read(out, text, f, c->arena);
		break;
	case FIELD_BOOLEAN:
		if (!boolean_read(&out->value, text, f, c->arena))
			out->fault = FAULT_TYPE;
		break;
	case FIELD_DATE:
		date_read_written(out, text, f, c);
		break;
	case FIELD_YEAR:
		if (!year_read(&out->value, text, c->arena))
			out->fault = FAULT_TYPE;
		break;
	case FIELD_STRING:
	case FIELD_ANY:
		/* Of the special types forms have the formats of strings. */
		out->value = (struct value){ .kind = VALUE_TEXT, .text = text };
		if (f->special && !f->special->read(&out->value, text, f, c->arena))
			out->fault = FAULT_TYPE;
		break;
	}
}

static void
read_lenient(struct cell_reading *out, struct bytes text, const struct field *f,
    const struct cell_context *c)
{
	if (is_formula_error(text)) {
		out->fault = FAULT_FORMULA;
	} else if (f->codes) {
		out->fault = read_codes(out, text, f, c);
	} else if (f->lookup) {
		out->fault = read_lookup(out, text, f, c);
	} else {
		read_written(out, text, f, c);
	}
	if (out->fault != FAULT_FORMULA &&
	    (out->fault != FAULT_NONE || out->value.kind == VALUE_TEXT) &&
	    lost_letters(c->lost, text))
		out->fault = FAULT_LOST_LETTERS;
}

static void
read_cell(struct cell_reading *out, struct bytes text, enum native native,
    const struct field *f, const struct cell_context *c)
{
	if (!c->lenient) {
		if (native_read_plain(out, &text, native, f) ||
		    bytes_among(text, f->missing_values))
			return;
		if (!value_read_plain(&out->value, text, f, c->arena))
			out->fault = FAULT_TYPE;
		return;
	}
	text = text_trim(text);
	if (native_read(out, &text, native, f, c))
		return;
	if (text.len == 0 && f->fallback)
		text = bytes_of(f->fallback);
	/* A dash may be 0 in one column and nothing in the others. */
	if (text.len && stands_for(text, f->zero_values))
		out->value = (struct value){ .kind = VALUE_NUMBER };
	else if (text.len && !stands_for(text, f->missing_values))
		read_lenient(out, text, f, c);
}

void
value_read(struct cell_reading *out, struct bytes text, enum native native,
    const struct field *f, const struct cell_context *c)
{
	*out = (struct cell_reading){ 0 };
	read_cell(out, text, native, f, c);
	if (out->fault == FAULT_NONE && c->lenient && !out->doubt)
		out->fault = value_check_digits(&out->value, f);
	if (out->fault != FAULT_NONE)
		out->value = (struct value){ 0 };
	else if (out->value.kind != VALUE_EMPTY && !out->doubt)
		out->fault = value_check(&out->value, f);
}
