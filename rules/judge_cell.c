/* Why: what is wrong with one cell is told with its place, its value and an example of the
 * right way. */
#include "base/buf.h"
#include "base/text.h"
#include "rules/codelist.h"
#include "rules/judge_int.h"
#include "rules/lookup.h"

static const enum say says[] = {
	[FAULT_TYPE] = SAY_TYPE,
	[FAULT_FORMULA] = SAY_FORMULA,
	[FAULT_LOST_LETTERS] = SAY_LOST_LETTERS,
	[FAULT_SCALE] = SAY_SCALE,
	[FAULT_LARGE] = SAY_LARGE,
	[FAULT_MINIMUM] = SAY_MINIMUM,
	[FAULT_MAXIMUM] = SAY_MAXIMUM,
	[FAULT_SHORT] = SAY_SHORT,
	[FAULT_LONG] = SAY_LONG,
	[FAULT_PATTERN] = SAY_PATTERN,
	[FAULT_ENUM] = SAY_ENUM,
	[FAULT_CODE] = SAY_CODE,
	[FAULT_CODE_ENDED] = SAY_CODE_ENDED,
	[FAULT_CODE_NOT_YET] = SAY_CODE_NOT_YET,
	[FAULT_LOOKUP] = SAY_LOOKUP,
	[FAULT_LOOKUP_ENDED] = SAY_LOOKUP_ENDED,
	[FAULT_LOOKUP_FOREIGN] = SAY_LOOKUP_FOREIGN,
	[FAULT_LOOKUP_AMBIGUOUS] = SAY_LOOKUP_AMBIGUOUS,
	[FAULT_REQUIRED] = SAY_REQUIRED,
};

static const struct {
	struct words kind;
	const char *example;
} types[] = {
	[FIELD_STRING] = { { { "nội dung hợp lệ", "a text of this kind" } }, "…" },
	[FIELD_INTEGER] = { { { "số nguyên", "a whole number" } }, "125" },
	[FIELD_NUMBER] = { { { "số", "a number" } }, "28,10" },
	[FIELD_BOOLEAN] = { { { "Có hoặc Không", "yes or no" } }, "Có" },
	[FIELD_DATE] = { { { "ngày hợp lệ", "a day" } }, "15/02/2023" },
	[FIELD_YEAR] = { { { "năm (4 chữ số)", "a year (four digits)" } }, "2023" },
	[FIELD_ANY] = { { { "giá trị hợp lệ", "a value of this kind" } }, "…" },
};

void
judge_prepare(struct judge *j)
{
	size_t count = j->form->field_count;

	j->columns = arena_array(j->arena, count + 1, sizeof(*j->columns));
	j->readings = arena_array(j->arena, count + 1, sizeof(*j->readings));
	j->cells = arena_array(j->arena, count + 1, sizeof(*j->cells));
}

struct words
judge_number_words(struct arena *a, struct decimal d)
{
	int64_t whole;
	bool grouped;
	char vi[40], en[40];

	if (decimal_at(&whole, d, 0)) /* 3,00 is 3 */
		d = (struct decimal){ .digits = whole };
	/* Four digits need no marks and may be a year. */
	grouped = decimal_compare(d, (struct decimal){ .digits = 10000 }) >= 0 ||
	    decimal_compare(d, (struct decimal){ .digits = -10000 }) <= 0;
	decimal_write(vi, d, ',', grouped ? '.' : '\0');
	decimal_write(en, d, '.', grouped ? ',' : '\0');
	return (
	    struct words){ .in = { arena_text(a, bytes_of(vi)), arena_text(a, bytes_of(en)) } };
}

struct words
judge_day_words(struct arena *a, struct date d)
{
	char iso[16];

	if (d.year == 0)
		return (struct words){ .in = { "", "" } };
	date_write(iso, d);
	return (
	    struct words){ .in = { arena_printf(a, "%02u/%02u/%04d", d.day, d.month, d.year),
			       arena_text(a, bytes_of(iso)) } };
}

struct words
judge_unit_words(const struct unit *u)
{
	return u ? u->name : (struct words){ .in = { "?", "?" } };
}

struct words
judge_value_words(struct arena *a, const struct value *v, const struct field *f)
{
	struct words w = { .in = { "", "" } };

	switch (v->kind) {
	case VALUE_EMPTY:
		return w;
	case VALUE_BOOLEAN:
		return v->flag ? (struct words){ .in = { "Có", "yes" } }
			       : (struct words){ .in = { "Không", "no" } };
	case VALUE_NUMBER:
		return judge_number_words(a, v->number);
	case VALUE_REAL:
		w.in[LANGUAGE_VI] = w.in[LANGUAGE_EN] = arena_printf(a, "%g", v->real);
		return w;
	case VALUE_DATE:
		return judge_day_words(a, v->date);
	case VALUE_TEXT:
		break;
	}
	for (enum language l = 0; l < LANGUAGES; l++) {
		w.in[l] = f->codes ? codelist_title(f->codes, v->text, l) : NULL;
		if (!w.in[l])
			w.in[l] = findings_value(a, v->text);
	}
	return w;
}

/* The first titles of the list that are valid in the period, enough to see what is meant. */
static struct words
allowed_codes(struct judge *j, const struct field *f)
{
	struct date first = period_first(j->period), last = period_last(j->period);
	struct words w;

	for (enum language l = 0; l < LANGUAGES; l++) {
		AUTO(buf_free) struct buf list = { 0 };
		size_t shown = 0;

		for (size_t i = 0; i < f->codes->count; i++) {
			const struct code *c = &f->codes->codes[i];

			if ((first.year && c->valid_to.year &&
				date_compare(c->valid_to, first) < 0) ||
			    (last.year && c->valid_from.year &&
				date_compare(last, c->valid_from) < 0))
				continue;
			if (shown++ == 12) {
				buf_text(&list, "; …");
				break;
			}
			buf_printf(&list, "%s%s", shown > 1 ? "; " : "", words_in(c->title, l));
		}
		w.in[l] = arena_text(j->arena, buf_bytes(&list));
	}
	return w;
}

static struct words
allowed_values(struct judge *j, const struct field *f)
{
	struct words w;

	if (f->codes)
		return allowed_codes(j, f);
	for (enum language l = 0; l < LANGUAGES; l++) {
		AUTO(buf_free) struct buf list = { 0 };

		for (size_t i = 0; i < f->allowed_count && i < 12; i++) {
			struct words one = judge_value_words(j->arena, &f->allowed[i], f);

			buf_printf(&list, "%s%s", i ? "; " : "", words_in(one, l));
		}
		if (f->allowed_count > 12)
			buf_text(&list, "; …");
		w.in[l] = arena_text(j->arena, buf_bytes(&list));
	}
	return w;
}

static struct words
limit_words(struct judge *j, const struct field *f, enum fault fault)
{
	bool least = fault == FAULT_MINIMUM;
	const char *text = "";

	switch (fault) {
	case FAULT_MINIMUM:
	case FAULT_MAXIMUM:
		if (f->type == FIELD_DATE)
			return judge_day_words(
			    j->arena, least ? f->date_minimum : f->date_maximum);
		return judge_number_words(j->arena, least ? f->minimum : f->maximum);
	case FAULT_SHORT:
		text = arena_printf(j->arena, "%zu", f->min_length);
		break;
	case FAULT_LONG:
		text = arena_printf(j->arena, "%zu", f->max_length);
		break;
	case FAULT_SCALE:
		text = arena_printf(j->arena, "%u", f->scale);
		break;
	default:
		break;
	}
	return (struct words){ .in = { text, text } };
}

void
judge_mark_bad(struct judge *j, int field, uint32_t row)
{
	if (j->bad_count == j->bad_room) {
		size_t room = j->bad_room ? j->bad_room * 2 : 32;
		struct bad_cell *more = arena_array(j->arena, room, sizeof(*more));

		if (j->bad_count)
			memcpy(more, j->bad, j->bad_count * sizeof(*more));
		j->bad = more;
		j->bad_room = room;
	}
	j->bad[j->bad_count++] = (struct bad_cell){ .row = row, .field = field };
}

bool
judge_is_bad(const struct judge *j, int field, uint32_t row)
{
	size_t low = 0, high = j->bad_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (j->bad[middle].row < row)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < j->bad_count && j->bad[low].row == row; low++)
		if (j->bad[low].field == field)
			return true;
	return false;
}

bool
judge_field_is_bad(const struct judge *j, int field)
{
	for (size_t i = 0; i < j->bad_count; i++)
		if (j->bad[i].field == field)
			return true;
	return false;
}

void
judge_say_cell(struct judge *j, enum say what, int field, struct bytes text, uint32_t row,
    const struct filler *more, size_t count)
{
	const struct field *f = &j->form->fields[field];
	const struct place place = {
		.row = row, .column = j->columns[field], .title = f->title, .value = text
	};

	findings_say(&j->findings, what, &place, more, count);
	if (say_words(what)->level >= LEVEL_ERROR) {
		judge_mark_bad(j, field, row);
		j->row_bad = true;
	}
}

static void
say_fault(struct judge *j, int field, struct bytes text, uint32_t row,
    const struct cell_reading *cell)
{
	const struct field *f = &j->form->fields[field];
	const char *example = f->example && *f->example ? f->example : types[f->type].example;
	bool lists = f->codes || f->allowed_count;
	struct filler more[6];
	size_t n = 0;

	/* Beyond the ceiling the words are not needed. */
	if (j->findings.count < j->findings.most || cell->fault == FAULT_FORMULA) {
		more[n++] = (struct filler){ .name = "kind", .text = types[f->type].kind };
		more[n++] = filler_plain("example", example);
		more[n++] =
		    (struct filler){ .name = "limit", .text = limit_words(j, f, cell->fault) };
		more[n++] =
		    (struct filler){ .name = "unit", .text = judge_unit_words(j->unit) };
		if (lists)
			more[n++] =
			    (struct filler){ .name = "allowed", .text = allowed_values(j, f) };
	}
	if (cell->detail)
		text = bytes_of(cell->detail);
	judge_say_cell(j, says[cell->fault], field, text, row, more, n);
}

static void
say_remark(struct judge *j, int field, struct bytes text, uint32_t row,
    const struct cell_reading *cell)
{
	static const enum say remarks[] = { [REMARK_MARKS] = SAY_MARKS,
		[REMARK_PADDED] = SAY_PADDED,
		[REMARK_NAME] = SAY_NAME };
	const struct filler more = { .name = "parsed",
		.text = judge_value_words(j->arena, &cell->value, &j->form->fields[field]) };

	judge_say_cell(j, remarks[cell->remark], field, text, row, &more, 1);
}

void
judge_cell(struct judge *j, int field, struct bytes text, uint32_t row)
{
	const struct field *f = &j->form->fields[field];
	const struct cell_context context = { .arena = j->arena,
		.lenient = j->form->free_layout,
		.unit = j->unit,
		.period = j->period,
		.lost = j->book->lost };
	struct cell_reading *cell = &j->readings[field];
	/* A blank code that a name beside it may fill is no fault yet. */
	bool may_wait = f->lookup && f->lookup->beside >= 0;

	value_read(cell, text, f, &context);
	if (cell->fault == FAULT_NONE && cell->value.kind == VALUE_EMPTY && f->required &&
	    !may_wait)
		cell->fault = FAULT_REQUIRED;
	if (cell->fault != FAULT_NONE)
		say_fault(j, field, text, row, cell);
	else if (cell->remark != REMARK_NONE)
		say_remark(j, field, text, row, cell);
}
