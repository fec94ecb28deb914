/* Why: before any figure counts it must be certain whose it is, for when, and whether it may
 * still come. */
#include "base/buf.h"
#include "base/text.h"
#include "rules/identity.h"
#include "rules/judge_int.h"
#include "rules/period_words.h"

static const struct words where_passport = { { "Mẫu biểu (thuộc tính tệp)", "the template" } };
static const struct words where_column = { { "Cột kỳ báo cáo", "the period's column" } };
static const struct words where_title = { { "Các dòng đầu biểu", "the title lines" } };
static const struct words where_subject = { { "Tiêu đề thư", "the subject" } };
static const struct words where_file = { { "Tên tệp", "the file's name" } };
static const struct words where_archive = { { "Tên tệp nén", "the archive's name" } };
static const struct words where_sheet = { { "Tên trang tính", "the sheet's name" } };

static void
say(struct judge *j, enum say what, const struct filler *more, size_t count)
{
	const struct place nowhere = { 0 };

	findings_say(&j->findings, what, &nowhere, more, count);
}

/* Rows above the header, one line each. */
static struct bytes
title_lines(struct judge *j)
{
	AUTO(buf_free) struct buf lines = { 0 };

	for (size_t i = 0; i < j->heading.best; i++) {
		const struct row *row = &j->heading.rows[i];

		for (uint32_t k = 0; k < row->count; k++)
			if (row->cells[k].len) {
				buf_add(&lines, row->cells[k]);
				buf_char(&lines, ' ');
			}
		buf_char(&lines, '\n');
	}
	return lines.len ? arena_bytes(j->arena, buf_bytes(&lines)) : (struct bytes){ 0 };
}

/* Where unit and period may be named, in the order in which they count; *own: so many of them
 * lie in the table itself. */
static size_t
collect(struct said *out, size_t *own, struct judge *j, struct bytes column_period)
{
	const struct said all[] = {
		{ where_column, column_period, false },
		{ where_title, title_lines(j), true },
		{ where_sheet, j->sheet, false },
		{ where_subject, j->facts.subject, false },
		{ where_file, j->facts.file_name, false },
		{ where_archive, j->facts.archive_name, false },
	};
	size_t n = 0;

	for (size_t i = 0; i < COUNT(all); i++) {
		if (all[i].text.len)
			out[n++] = all[i];
		if (i == 2)
			*own = n;
	}
	return n;
}

/* ---- the unit ---- */

static const char *
some_code(const struct judge *j)
{
	return j->book->unit_count ? j->book->units[0].code : "";
}

static void
say_other_unit(struct judge *j, struct words where, const struct unit *other)
{
	const struct filler more[] = {
		{ .name = "where", .text = where },
		{ .name = "file_unit", .text = judge_unit_words(other) },
		{ .name = "unit", .text = judge_unit_words(j->unit) },
	};

	say(j, SAY_OTHER_UNIT, more, COUNT(more));
	j->of_other_unit = true;
}

/* true: the unit is settled, and is not who sent it. */
static bool
has_others_papers(struct judge *j)
{
	j->unit = j->facts.sender;
	if (!j->papers.good)
		return false;
	if (!j->unit)
		j->unit = j->papers.unit;
	if (strcmp(j->unit->code, j->papers.unit->code) == 0)
		return false;
	say_other_unit(j, where_passport, j->papers.unit);
	return true;
}

static void
find_unit(struct judge *j, const struct said *said, size_t count)
{
	if (has_others_papers(j))
		return;
	for (size_t i = 0; i < count && !j->facts.sender && !j->unit; i++)
		j->unit = identity_unit(j->book, j->arena, &said[i]);
	if (!j->unit) {
		const struct filler more = filler_plain(
		    "example", arena_printf(j->arena, "%s_%s.csv", j->form->id, some_code(j)));

		say(j, SAY_NO_UNIT, &more, 1);
		return;
	}
	for (size_t i = 0; i < count; i++) {
		const struct unit *other =
		    identity_other_unit(j->book, j->arena, &said[i], j->unit);

		if (!other)
			continue;
		say_other_unit(j, said[i].where, other);
		return;
	}
}

static bool
sends_form(const struct unit *u, const struct form *f)
{
	for (const char *const *id = u->forms; *id; id++)
		if (strcmp(*id, f->id) == 0)
			return true;
	return false;
}

/* Whom to write to now: by name, and by code where nobody is called so. */
static struct words
successor_words(const struct judge *j)
{
	struct bytes rest = bytes_of(j->unit->successors), code;
	struct words all = { { "", "" } };

	while (rest.len > 0 && bytes_cut(&code, &rest, ';')) {
		const struct unit *u =
		    rulebook_unit(j->book, bytes_trim(code), (struct date){ 0 });

		for (enum language l = 0; l < LANGUAGES; l++)
			all.in[l] =
			    arena_printf(j->arena, "%s%s%s", all.in[l], *all.in[l] ? ", " : "",
				u ? words_in(u->name, l) : arena_text(j->arena, code));
	}
	return *all.in[0] ? all : (struct words){ { "–", "–" } };
}

/* The unit as it was on the period's last day. */
static void
check_unit(struct judge *j)
{
	const struct unit *then =
	    rulebook_unit(j->book, bytes_of(j->unit->code), period_last(j->period));

	if (!then) {
		const struct filler more[] = {
			{ .name = "unit", .text = judge_unit_words(j->unit) },
			{ .name = "period", .text = period_words(j->arena, j->period) },
			{ .name = "valid_from",
			    .text = judge_day_words(j->arena, j->unit->valid_from) },
			{ .name = "valid_to",
			    .text = judge_day_words(j->arena, j->unit->valid_to) },
			{ .name = "successors", .text = successor_words(j) },
		};

		say(j, SAY_UNIT_ENDED, more, COUNT(more));
		return;
	}
	j->unit = then;
	if (!sends_form(then, j->form)) {
		const struct filler more[] = { { .name = "unit",
						   .text = judge_unit_words(then) },
			filler_plain("form", j->form->id) };

		say(j, SAY_NOT_YOURS, more, COUNT(more));
	}
}

/* ---- the period ---- */

static struct words
kind_words(enum period_kind kind)
{
	static const struct words words[] = { [PERIOD_NONE] = { { "kỳ", "a period" } },
		[PERIOD_YEAR] = { { "năm", "a year" } },
		[PERIOD_HALF] = { { "6 tháng", "half a year" } },
		[PERIOD_QUARTER] = { { "quý", "a quarter" } },
		[PERIOD_MONTH] = { { "tháng", "a month" } } };

	return words[kind];
}

static struct words
example_words(const struct judge *j)
{
	static const struct words words[] = { [PERIOD_NONE] = { { "2023", "2023" } },
		[PERIOD_YEAR] = { { "“năm 2023” hoặc 2023", "“2023”" } },
		[PERIOD_HALF] = { { "“6 tháng đầu năm 2023” hoặc 2023H1", "“2023H1”" } },
		[PERIOD_QUARTER] = { { "“quý I năm 2023” hoặc 2023Q1", "“2023Q1”" } },
		[PERIOD_MONTH] = { { "“tháng 5/2023” hoặc 2023M05", "“2023M05”" } } };

	return words[j->form->period_kind];
}

static void
take_period(struct judge *j, const struct said *said, size_t count)
{
	struct period_result result;
	enum period_found found =
	    identity_period(&result, j->arena, said, count, j->form->period_kind);
	const struct words other = period_words(j->arena, result.other);
	const struct filler more[] = {
		{ .name = "period",
		    .text = found == PERIOD_OTHER_KIND
			? other
			: period_words(j->arena, result.period) },
		{ .name = "where",
		    .text = found == PERIOD_OTHER_KIND ? result.other_where : result.where },
		{ .name = "other_period", .text = other },
		{ .name = "other_where", .text = result.other_where },
		{ .name = "example", .text = example_words(j) },
		{ .name = "kind", .text = kind_words(j->form->period_kind) },
		filler_plain("form", j->form->id),
	};

	switch (found) {
	case PERIOD_FOUND:
		j->period = result.period;
		break;
	case PERIOD_NOT_SAID:
		say(j, SAY_NO_PERIOD, more, COUNT(more));
		break;
	case PERIOD_DIFFERS:
		say(j, SAY_TWO_PERIODS, more, COUNT(more));
		break;
	case PERIOD_OTHER_KIND:
		say(j, SAY_PERIOD_KIND, more, COUNT(more));
		break;
	}
}

/* What the file or the mail is called does not count beside papers, but may show that the wrong
 * template was taken. */
static void
compare_names(struct judge *j, const struct said *papers, const struct said *said, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct said both[] = { *papers, said[i] };
		struct period_result result;

		if (identity_period(&result, j->arena, both, 2, j->form->period_kind) !=
		    PERIOD_DIFFERS)
			continue;
		const struct filler more[] = { { .name = "where", .text = said[i].where },
			{ .name = "period", .text = period_words(j->arena, j->period) },
			{ .name = "other_period",
			    .text = period_words(j->arena, result.other) } };

		say(j, SAY_PASSPORT_NAME, more, COUNT(more));
	}
}

static void
find_period(struct judge *j, const struct said *said, size_t count, size_t own)
{
	bool papers = judge_passport_covers(j) && j->papers.period.kind == j->form->period_kind;
	struct said first[6];
	char text[16];

	if (j->facts.period.kind != PERIOD_NONE) {
		j->period = j->facts.period;
		return;
	}
	if (!papers) {
		take_period(j, said, count);
		return;
	}
	period_write(text, j->papers.period);
	first[0] = (struct said){ .where = where_passport,
		.text = bytes_of(j->form->period_kind == PERIOD_YEAR
			? arena_printf(j->arena, "%sY", text)
			: arena_text(j->arena, bytes_of(text))) };
	memcpy(first + 1, said, own * sizeof(*said));
	take_period(j, first, own + 1);
	if (j->period.kind != PERIOD_NONE)
		compare_names(j, first, said + own, count - own);
}

static void
say_day(struct judge *j, enum say what, struct date day, int64_t days)
{
	const char *number = arena_printf(j->arena, "%lld", (long long)days);

	const struct filler more[] = { { .name = "period",
					   .text = period_words(j->arena, j->period) },
		{ .name = "day", .text = judge_day_words(j->arena, day) },
		filler_plain("days", number) };

	say(j, what, more, COUNT(more));
}

/* Is the period open on the day of arrival? */
static void
check_calendar(struct judge *j)
{
	struct date received = j->facts.received, first = period_first(j->period),
		    due = form_due(j->form, j->period);
	struct date locks = form_locks(j->form, j->period);

	if (j->form->opens.year && date_compare(period_last(j->period), j->form->opens) < 0)
		say_day(j, SAY_NOT_OPEN, j->form->opens, 0);
	if (received.year == 0)
		return;
	if (date_compare(received, first) < 0)
		say_day(j, SAY_FUTURE, first, 0);
	else if (locks.year && date_compare(locks, received) < 0)
		say_day(j, SAY_LOCKED, locks, 0);
	else if (date_compare(due, received) < 0)
		say_day(j, SAY_LATE, due, date_days(received) - date_days(due));
}

void
judge_identity(struct judge *j, struct bytes column_period)
{
	struct said said[6];
	size_t own = 0, count = collect(said, &own, j, column_period);

	j->identified = true;
	judge_passport_say(j);
	find_unit(j, said, judge_passport_covers(j) ? own : count);
	find_period(j, said, count, own);
	if (j->period.kind == PERIOD_NONE)
		return;
	check_calendar(j);
	if (j->unit)
		check_unit(j);
}

struct bytes
judge_identity_text(struct judge *j, struct bytes text, enum native native)
{
	enum period_kind kind = j->form->period_kind;
	struct date day;
	char period[16];

	if (native != NATIVE_DATE)
		return text;
	/* 2/2023 may have been a quarter before it became a day of February. */
	if ((kind != PERIOD_YEAR && kind != PERIOD_MONTH) ||
	    !date_read(&day, bytes_slice(text, 0, 10), "%Y-%m-%d"))
		return value_shown(j->arena, text, native);
	period_write(period, period_of(kind, day));
	return bytes_of(arena_text(j->arena, bytes_of(period)));
}

void
judge_identity_cell(
    struct judge *j, const struct field *f, struct bytes text, uint32_t row, uint32_t column)
{
	const struct place place = {
		.row = row, .column = column, .title = f->title, .value = text
	};
	const struct filler more[] = { { .name = "unit", .text = judge_unit_words(j->unit) },
		{ .name = "period", .text = period_words(j->arena, j->period) } };
	const struct said said = { .text = text };

	text = text_trim(text);
	if (text.len == 0)
		return;
	if (f->is == IS_UNIT && j->unit) {
		struct bytes key = text_key(j->arena, text);

		for (size_t i = 0; i < j->unit->key_count; i++)
			if (bytes_equal(j->unit->keys[i], key))
				return;
		findings_say(&j->findings, SAY_ROW_UNIT, &place, more, COUNT(more));
	} else if (f->is == IS_PERIOD && j->period.kind != PERIOD_NONE) {
		struct period_result result;

		if (identity_period(&result, j->arena, &said, 1, j->form->period_kind) ==
			PERIOD_FOUND &&
		    period_equal(result.period, j->period))
			return;
		findings_say(&j->findings, SAY_ROW_PERIOD, &place, more, COUNT(more));
	}
}
