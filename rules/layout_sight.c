/* Why: a row that is none of data at first sight may be a total, a section, a signature, or
 * data that lacks something; which one decides whether it is heard. */
#include "base/text.h"
#include "rules/layout_int.h"
#include "rules/lookup.h"

/* A row's first texts: where its name stands. */
#define FIRST_TEXTS 3
/* A section's row has a mark and a name, perhaps a remark. */
#define SECTION_TEXTS 3
/* A total's row has a name and figures, perhaps a remark. */
#define TOTAL_TEXTS 3
/* Cells of a line that stands outside the table: signatures, letter-heads. */
#define OUTSIDE_TEXTS 4
/* … and of one that seems to, because the rows before it ended with a blank one or a total. */
#define BELOW_TEXTS 3

/* What stands in the row. */
struct sight {
	struct bytes first[FIRST_TEXTS]; /* its first texts */
	unsigned filled, texts;          /* cells; those that are no figure nor a dash */
	unsigned figures;                /* in columns of figures and days */
	struct bytes key;
	bool key_reads;  /* the key can be one */
	bool key_strong; /* … and nothing else */
	bool named;      /* a name beside it leads to a key */
};

bool
rows_typed(const struct field *f)
{
	return f->type == FIELD_INTEGER || f->type == FIELD_NUMBER || f->type == FIELD_DATE ||
	    f->type == FIELD_YEAR;
}

struct bytes
rows_text(const struct judge *j, const struct row *row, int field)
{
	return j->columns[field] ? row_text(row, j->columns[field] - 1) : (struct bytes){ 0 };
}

void
rows_read_cell(struct cell_reading *out, struct judge *j, int field, const struct row *row)
{
	const struct cell_context context = { .arena = bench_scratch(j->bench),
		.lenient = true,
		.unit = j->unit,
		.period = j->period };
	uint32_t column = j->columns[field];

	if (column && column <= row->count)
		value_read(out, row->cells[column - 1], row_native(row, column - 1),
		    &j->form->fields[field], &context);
	else
		*out = (struct cell_reading){ 0 };
}

/* ---- looking ---- */

/* A key of another time or unit is wrong, but it is a key. */
static bool
is_no_key(enum fault fault)
{
	switch (fault) {
	case FAULT_NONE:
	case FAULT_LOOKUP_NEAR:
	case FAULT_LOOKUP_ENDED:
	case FAULT_LOOKUP_SUCCEEDED:
	case FAULT_LOOKUP_FOREIGN:
	case FAULT_LOOKUP_AMBIGUOUS:
	case FAULT_CODE_ENDED:
	case FAULT_CODE_NOT_YET:
		return false;
	default:
		return true;
	}
}

/* Where any text may be a key, only one that looks like a code is one for sure. */
static bool
is_limited(const struct field *f)
{
	return f->lookup || f->codes || f->pattern || f->allowed_count || rows_typed(f);
}

static void
see_key(struct sight *s, struct judge *j, const struct row *row, int field)
{
	const struct field *f = &j->form->fields[field];
	struct bytes key = rows_text(j, row, field), name = { 0 };
	struct cell_reading reading;
	struct lookup_answer answer = { .result = LOOKUP_UNKNOWN };
	bool alone;

	if (key.len && !is_line(key)) {
		if (s->key.len == 0)
			s->key = key;
		rows_read_cell(&reading, j, field, row);
		if (!is_no_key(reading.fault)) {
			s->key_reads = true;
			/* Patterns fit much: "STT" is a heading, "Q4-2024" alone below the
			 * table a period. */
			alone = s->filled == 1 && j->lay->end != END_NOT;
			s->key_strong = s->key_strong || (is_limited(f) && !f->pattern) ||
			    (looks_like_code(key) && !alone);
		}
	}
	if (f->lookup && f->lookup->beside >= 0)
		name = rows_text(j, row, f->lookup->beside);
	if (name.len)
		lookup_find(&answer, bench_scratch(j->bench), f->lookup, name, j->unit,
		    period_last(j->period));
	if (answer.result != LOOKUP_UNKNOWN || answer.candidates)
		s->named = true;
}

static void
see(struct sight *s, struct judge *j, const struct row *row)
{
	*s = (struct sight){ 0 };
	for (uint32_t i = 0; i < row->count; i++) {
		struct bytes text = row_text(row, i);

		if (text.len == 0 || is_line(text) || row_native(row, i) == NATIVE_COVERED)
			continue;
		s->filled++;
		if (is_figure(text))
			continue;
		if (s->texts < FIRST_TEXTS)
			s->first[s->texts] = text;
		s->texts++;
	}
	for (size_t i = 0; i < j->form->field_count; i++)
		if (rows_typed(&j->form->fields[i]) && begins_figure(rows_text(j, row, (int)i)))
			s->figures++;
	for (size_t i = 0; i < j->lay->key_count; i++)
		see_key(s, j, row, j->lay->keys[i]);
}

bool
rows_key_reads(struct judge *j, const struct row *row)
{
	struct sight s = { 0 };

	for (size_t i = 0; i < j->lay->key_count; i++)
		if (is_limited(&j->form->fields[j->lay->keys[i]]))
			see_key(&s, j, row, j->lay->keys[i]);
	return s.key_reads;
}

/* ---- deciding ---- */

/* The first of the row's first texts that the list has. */
static struct bytes
listed(const struct sight *s, const struct layout_words *words, struct arena *a)
{
	for (unsigned i = 0; i < FIRST_TEXTS && i < s->texts; i++)
		if (s->first[i].len <= 200 && layout_has(words, text_key(a, s->first[i])))
			return s->first[i];
	return (struct bytes){ 0 };
}

/* "Cộng IV": the total of a section may name it by its mark. */
static struct bytes
total_label(const struct sight *s, struct judge *j)
{
	const struct layout_words *words = &j->form->layout->totals;
	struct bytes label = listed(s, words, bench_scratch(j->bench)), rest;

	for (unsigned i = 0; i < FIRST_TEXTS && i < s->texts && label.len == 0; i++) {
		struct bytes text = s->first[i];
		size_t blank = text.len;

		while (blank > 0 && text.at[blank - 1] != ' ')
			blank--;
		if (blank > 1 && text.len <= 200 &&
		    mark_of(bytes_slice(text, blank, text.len), &rest) != MARK_NONE &&
		    layout_has(
			words, text_key(bench_scratch(j->bench), bytes_slice(text, 0, blank))))
			label = text;
	}
	return label;
}

/* A cross says yes, but after IX it is a number. */
static bool
is_cross(const struct judge *j, struct bytes text)
{
	return text.len == 1 && (text.at[0] | 0x20) == 'x' && j->lay->mark != MARK_ROMAN;
}

/* "I | Khu vực thành thị", "I. Khu vực thành thị", in any order of columns; an arabic number is
 * a row's. */
static bool
is_section(struct judge *j, const struct sight *s)
{
	struct bytes name = listed(s, &j->form->layout->sections, bench_scratch(j->bench)),
		     rest;
	enum mark mark = MARK_NONE;

	if (s->texts > SECTION_TEXTS)
		return false;
	for (unsigned i = 0; i < s->texts && mark == MARK_NONE; i++) {
		if (is_cross(j, s->first[i]))
			continue;
		mark = mark_of(s->first[i], &rest);
		if (mark != MARK_NONE && name.len == 0)
			name = rest.len ? rest : s->first[i == 0 ? 1 : 0];
	}
	if (name.len == 0)
		return false;
	j->lay->mark = mark;
	j->lay->label = name;
	j->lay->figures = s->figures > 0;
	return true;
}

static bool
is_outside(struct judge *j, const struct sight *s)
{
	return s->figures == 0 && !s->named && !s->key_strong && s->filled <= OUTSIDE_TEXTS &&
	    listed(s, &j->form->layout->outside, bench_scratch(j->bench)).len > 0;
}

static bool
is_below(const struct judge *j, const struct sight *s)
{
	return j->lay->end == END_CERTAIN ||
	    (j->lay->end == END_LIKELY && s->filled <= BELOW_TEXTS && s->filled == s->texts);
}

/* Neither figure nor key: what a line of text is. */
static enum row_kind
kind_of_text(struct judge *j, const struct sight *s)
{
	if (s->filled == 1)
		return ROW_PASSED; /* also a number that waits for its row */
	if (is_below(j, s))
		return ROW_BELOW;
	if (s->filled == 2 && s->texts == 1 && s->key.len == 0) {
		j->lay->label = s->first[0];
		return ROW_DOUBTFUL;
	}
	/* A row that lacks all that counts, so that its errors are told; or the parents above
	 * the next table's headings. */
	return ROW_HELD;
}

enum row_kind
rows_kind_of_other(struct judge *j, const struct row *row)
{
	struct bytes label;
	struct sight s;

	see(&s, j, row);
	if (is_outside(j, &s))
		return ROW_OUTSIDE;
	if (s.key_strong || s.named)
		return ROW_DATA;
	label = s.texts <= TOTAL_TEXTS ? total_label(&s, j) : (struct bytes){ 0 };
	if (label.len && (s.key.len == 0 || bytes_equal(label, s.key))) {
		j->lay->label = label;
		return ROW_TOTAL;
	}
	/* Figures in a section's row are the sums of its rows. */
	if (!looks_like_code(s.key) && is_section(j, &s))
		return ROW_SECTION;
	if (s.figures > 0)
		return ROW_DATA; /* without a key, if need be: that is told */
	/* A key that may be any text is one beside others, but not below the table. */
	if (s.key_reads && s.filled > 1 && !is_below(j, &s))
		return ROW_HELD;
	return kind_of_text(j, &s);
}
