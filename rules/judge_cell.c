/* Why: what is wrong with one cell is told with its place, its value and an example of the
 * right way. */
#include "base/text.h"
#include "rules/judge_int.h"
#include "rules/lookup.h"

static const enum say says[] = {
	[FAULT_TYPE] = SAY_TYPE,
	[FAULT_FORMULA] = SAY_FORMULA,
	[FAULT_UNCALCULATED] = SAY_UNCALCULATED,
	[FAULT_BECAME_DATE] = SAY_BECAME_DATE,
	[FAULT_BECAME_TIME] = SAY_BECAME_TIME,
	[FAULT_PERCENT] = SAY_PERCENT,
	[FAULT_COVERED] = SAY_COVERED,
	[FAULT_AMBIGUOUS] = SAY_AMBIGUOUS,
	[FAULT_NO_DAY] = SAY_NO_DAY,
	[FAULT_MONTH_FIRST] = SAY_MONTH_FIRST,
	[FAULT_LOST_LETTERS] = SAY_LOST_LETTERS,
	[FAULT_SCALE] = SAY_SCALE,
	[FAULT_LARGE] = SAY_LARGE,
	[FAULT_MINIMUM] = SAY_MINIMUM,
	[FAULT_MAXIMUM] = SAY_MAXIMUM,
	[FAULT_SHORT] = SAY_SHORT,
	[FAULT_LONG] = SAY_LONG,
	[FAULT_PATTERN] = SAY_PATTERN,
	[FAULT_ENUM] = SAY_ENUM,
	[FAULT_ITEM] = SAY_ITEM,
	[FAULT_CODE] = SAY_CODE,
	[FAULT_CODE_ENDED] = SAY_CODE_ENDED,
	[FAULT_CODE_NOT_YET] = SAY_CODE_NOT_YET,
	[FAULT_LOOKUP] = SAY_LOOKUP,
	[FAULT_LOOKUP_NEAR] = SAY_LOOKUP_NEAR,
	[FAULT_LOOKUP_ENDED] = SAY_LOOKUP_ENDED,
	[FAULT_LOOKUP_SUCCEEDED] = SAY_LOOKUP_SUCCEEDED,
	[FAULT_LOOKUP_FOREIGN] = SAY_LOOKUP_FOREIGN,
	[FAULT_LOOKUP_AMBIGUOUS] = SAY_LOOKUP_AMBIGUOUS,
	[FAULT_REQUIRED] = SAY_REQUIRED,
};

/* A bound that is excluded, and a length that counts items, are told as what they are. */
static enum say
say_of(enum fault fault, const struct field *f)
{
	bool items = f->special && !(value_type_constraints(f) & CONSTRAINT_PATTERN);

	switch (fault) {
	case FAULT_MINIMUM:
		return f->minimum_excluded ? SAY_NOT_ABOVE : SAY_MINIMUM;
	case FAULT_MAXIMUM:
		return f->maximum_excluded ? SAY_NOT_BELOW : SAY_MAXIMUM;
	case FAULT_SHORT:
		return items ? SAY_FEW : SAY_SHORT;
	case FAULT_LONG:
		return items ? SAY_MANY : SAY_LONG;
	default:
		return says[fault];
	}
}

void
judge_prepare(struct judge *j)
{
	size_t count = j->form->field_count;

	j->columns = arena_array(j->arena, count + 1, sizeof(*j->columns));
	j->readings = arena_array(j->arena, count + 1, sizeof(*j->readings));
	j->cells = arena_array(j->arena, count + 1, sizeof(*j->cells));
	j->days = arena_array(j->arena, count + 1, sizeof(*j->days));
	if (j->form->free_layout)
		j->glances = glance_new(j->arena, j->form);
	for (size_t i = 0; i < count; i++)
		value_patterns_begin(&j->form->fields[i]);
}

void
judge_patterns(struct judge *j)
{
	for (size_t i = 0; j->form && i < j->form->field_count; i++) {
		const struct field *f = &j->form->fields[i];
		const char *why = value_patterns_trouble(f);

		if (why)
			judge_fail(
			    j, arena_printf(j->arena, "pattern of '%.60s'", f->name), why);
	}
}

void
judge_mark_bad(struct judge *j, int field, uint32_t row)
{
	j->bad = arena_more(j->arena, j->bad, j->bad_count, sizeof(*j->bad));
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
		if (j->bad[i].field == field && !j->bad[i].repeats)
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

/* What the spreadsheet took it for, and what may have been typed: 3-5 became 03/05/2023. */
static size_t
became_fillers(struct filler *more, struct judge *j, struct bytes text)
{
	struct date day = { 0 };

	(void)date_read(&day, bytes_slice(text, 0, 10), "%Y-%m-%d"); /* a time is no day */
	more[0] = (struct filler){ .name = "day", .text = judge_day_words(j->arena, day) };
	more[1] = filler_plain(
	    "typed", arena_printf(j->arena, "%u-%u", (unsigned)day.day, (unsigned)day.month));
	return 2;
}

/* The day that a month written first was meant to be: 12/31/2023 is 31/12/2023. */
static size_t
turned_fillers(struct filler *more, struct judge *j, struct bytes text)
{
	struct bytes rest = text_bare_key(j->arena, text), first = { 0 }, second = { 0 };

	if (rest.at && bytes_cut(&first, &rest, ' ') && rest.at)
		(void)bytes_cut(&second, &rest, ' '); /* the fault says that both are there */
	more[0] = filler_plain("turned",
	    arena_printf(j->arena, "%.*s/%.*s/%.*s", BYTES_ARG(second), BYTES_ARG(first),
		BYTES_ARG(rest)));
	return 1;
}

static size_t
fault_fillers(struct filler *more, struct judge *j, const struct field *f, struct bytes text,
    const struct cell_reading *cell)
{
	const char *example = f->example && *f->example ? f->example : value_type_example(f);
	size_t n = 0;

	more[n++] = (struct filler){ .name = "kind", .text = value_type_words(f) };
	more[n++] = filler_plain("example", example);
	more[n++] =
	    (struct filler){ .name = "limit", .text = judge_limit_words(j, f, cell->fault) };
	more[n++] = (struct filler){ .name = "unit", .text = judge_unit_words(j->unit) };
	if (f->codes || f->allowed_count)
		more[n++] =
		    (struct filler){ .name = "allowed", .text = judge_allowed_words(j, f) };
	if (cell->candidates)
		more[n++] = filler_plain("candidates", cell->candidates);
	if (cell->fault == FAULT_BECAME_DATE)
		n += became_fillers(more + n, j, text);
	if (cell->fault == FAULT_MONTH_FIRST)
		n += turned_fillers(more + n, j, text);
	return n;
}

void
judge_say_fault(struct judge *j, int field, struct bytes text, enum native native, uint32_t row,
    const struct cell_reading *cell)
{
	struct filler more[10];
	size_t n = 0;

	/* Beyond the ceiling the words are not needed. */
	if (j->findings.count < j->findings.most ||
	    say_words(say_of(cell->fault, &j->form->fields[field]))->level == LEVEL_REJECT)
		n = fault_fillers(more, j, &j->form->fields[field], text, cell);
	if (cell->detail)
		text = bytes_of(cell->detail);
	else if (j->form->free_layout)
		text = value_shown(j->arena, text, native);
	judge_say_cell(
	    j, say_of(cell->fault, &j->form->fields[field]), field, text, row, more, n);
}

void
judge_say_remark(struct judge *j, int field, struct bytes text, uint32_t row,
    const struct cell_reading *cell)
{
	static const enum say remarks[] = { [REMARK_MARKS] = SAY_MARKS,
		[REMARK_PADDED] = SAY_PADDED,
		[REMARK_NAME] = SAY_NAME,
		[REMARK_OLD] = SAY_OLD_NAME,
		[REMARK_SERIAL] = SAY_SERIAL,
		[REMARK_YEAR] = SAY_YEAR_OF_DAY };
	const struct filler more = { .name = "parsed",
		.text = judge_value_words(j->arena, &cell->value, &j->form->fields[field]) };

	judge_say_cell(j, remarks[cell->remark], field, text, row, &more, 1);
}

void
judge_cell(struct judge *j, int field, struct bytes text, enum native native, uint32_t row)
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

	if (native == NATIVE_TEXT && j->glances &&
	    glance_read(cell, text, field, j->glances, j->clear)) {
		if (cell->point)
			judge_point(j, field, cell->point);
		return;
	}
	value_read(cell, text, native, f, &context);
	if (context.lenient && (cell->doubt || cell->point) && judge_doubt(j, field, text, row))
		return;
	if (cell->fault == FAULT_NONE && cell->value.kind == VALUE_EMPTY && f->required &&
	    !may_wait)
		cell->fault = FAULT_REQUIRED;
	if (cell->fault != FAULT_NONE)
		judge_say_fault(j, field, text, native, row, cell);
	else if (cell->remark != REMARK_NONE)
		judge_say_remark(j, field, value_shown(j->arena, text, native), row, cell);
}
