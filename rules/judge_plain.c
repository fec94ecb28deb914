/* Why: any table with any Table Schema can be checked, and errors are named and placed as
 * Frictionless does. */
#include <stdlib.h>

#include "base/buf.h"
#include "rules/judge_int.h"

static void
say_column(
    struct judge *j, enum say what, uint32_t column, const struct field *f, struct bytes value)
{
	struct place place = { .field = column, .value = value };
	const struct filler number =
	    filler_plain("column", arena_printf(j->arena, "%u", column));

	if (f)
		place.title = f->title;
	findings_say(&j->findings, what, &place, &number, 1);
}

/* ---- the header ---- */

static bool
seen_before(const struct judge *j, uint32_t column)
{
	for (uint32_t i = 0; i < column; i++)
		if (bytes_equal(j->labels[i], j->labels[column]))
			return true;
	return false;
}

static bool
all_blank(const struct judge *j)
{
	for (uint32_t i = 0; i < j->label_count; i++)
		if (j->labels[i].len)
			return false;
	return true;
}

static void
check_labels(struct judge *j)
{
	if (all_blank(j)) {
		const struct place nowhere = { 0 };

		findings_say(&j->findings, SAY_BLANK_HEADER, &nowhere, NULL, 0);
		return;
	}
	for (uint32_t i = 0; i < j->label_count; i++)
		if (j->labels[i].len == 0)
			say_column(j, SAY_BLANK_LABEL, i + 1, NULL, j->labels[i]);
		else if (seen_before(j, i))
			say_column(j, SAY_DUPLICATE_LABEL, i + 1, NULL, j->labels[i]);
}

static void
place_field(struct judge *j, uint32_t column, int field)
{
	j->fields[column - 1] = field;
	j->columns[field] = column;
}

/* Blanks around a label and breaks of its lines do not count. */
static bool
is_name(struct judge *j, uint32_t i, const struct field *f)
{
	struct bytes label = bytes_trim(j->labels[i]);
	char *copy;

	if (bytes_find(label, BYTES("\n")) == label.len)
		return bytes_equal(label, bytes_of(f->name));
	copy = arena_take(j->arena, label.len);
	for (size_t n = 0; n < label.len; n++)
		copy[n] = label.at[n] == '\n' ? ' ' : label.at[n];
	return bytes_equal((struct bytes){ .at = copy, .len = label.len }, bytes_of(f->name));
}

/* Fields and labels meet by position; names must agree. */
static void
match_exact(struct judge *j, bool names)
{
	for (uint32_t i = 0; i < j->form->field_count; i++) {
		const struct field *f = &j->form->fields[i];

		place_field(j, i + 1, (int)i);
		if (!names)
			continue;
		if (i >= j->label_count)
			say_column(j, SAY_MISSING_LABEL, i + 1, f, (struct bytes){ 0 });
		else if (j->labels[i].len && !seen_before(j, i) && !is_name(j, i, f))
			say_column(j, SAY_INCORRECT_LABEL, i + 1, f, j->labels[i]);
	}
	for (uint32_t i = (uint32_t)j->form->field_count; names && i < j->label_count; i++)
		if (j->labels[i].len)
			say_column(j, SAY_EXTRA_LABEL, i + 1, NULL, j->labels[i]);
}

/* Fields are found by name; what is missing is counted as if it stood behind the last column.
 */
static void
match_by_name(struct judge *j)
{
	enum fields_match match = j->form->match;
	uint32_t missing = j->label_count, found = 0;

	for (uint32_t i = 0; i < j->label_count; i++) {
		int field = form_field(j->form, j->labels[i]);

		if (j->labels[i].len == 0)
			continue;
		found += field >= 0;
		if (field >= 0 && !j->columns[field])
			place_field(j, i + 1, field);
		else if (field < 0 && (match == MATCH_EQUAL || match == MATCH_SUPERSET))
			say_column(j, SAY_EXTRA_LABEL, i + 1, NULL, j->labels[i]);
	}
	if (match == MATCH_PARTIAL && found == 0 && j->form->field_count > 0) {
		const struct place nowhere = { 0 };

		findings_say(&j->findings, SAY_UNMATCHED_HEADER, &nowhere, NULL, 0);
	}
	for (size_t i = 0; i < j->form->field_count; i++) {
		const struct field *f = &j->form->fields[i];

		if (j->columns[i] ||
		    (match != MATCH_EQUAL && match != MATCH_SUBSET && !f->expected))
			continue;
		missing++;
		place_field(j, missing, (int)i);
		say_column(j, SAY_MISSING_LABEL, missing, f, (struct bytes){ 0 });
	}
}

/* Without a schema the header says what the columns are. */
static void
fields_of_labels(struct judge *j)
{
	struct form *f = arena_take(j->arena, sizeof(*f));
	struct field *fields = arena_array(j->arena, j->label_count + 1, sizeof(*fields));
	static const char *const missing[] = { "", NULL };

	*f = *j->form;
	for (uint32_t i = 0; i < j->label_count; i++) {
		const char *name = arena_text(j->arena, j->labels[i]);

		fields[i] = (struct field){ .name = name,
			.title = { .in = { name, name } },
			.type = FIELD_ANY,
			.missing_values = missing };
	}
	f->fields = fields;
	f->field_count = j->label_count;
	j->form = f;
}

static void
begin_table(struct judge *j, bool names)
{
	size_t widest;

	if (j->form->any_fields)
		fields_of_labels(j);
	judge_prepare(j);
	widest = j->form->field_count + j->label_count;
	j->fields = arena_array(j->arena, widest + 1, sizeof(*j->fields));
	for (size_t i = 0; i <= widest; i++)
		j->fields[i] = -1;
	j->column_count = j->label_count;
	if (names)
		check_labels(j);
	if (j->form->any_fields || j->form->match == MATCH_EXACT || !names)
		match_exact(j, names && !j->form->any_fields && !all_blank(j));
	else
		match_by_name(j);
	if (!names)
		j->column_count = (uint32_t)j->form->field_count;
	j->header_done = true;
}

/* Labels of several rows are joined; what merely repeats the row above is not. */
static void
join_labels(struct judge *j, const struct row *row)
{
	const char *join =
	    j->facts.layout && j->facts.layout->join ? j->facts.layout->join : " ";
	uint32_t count = row->count > j->label_count ? row->count : j->label_count;
	struct bytes *labels = arena_array(j->arena, count + 1, sizeof(*labels));

	for (uint32_t i = 0; i < count; i++) {
		struct bytes old = i < j->label_count ? j->labels[i] : (struct bytes){ 0 };
		struct bytes more = i < row->count ? row->cells[i] : (struct bytes){ 0 };

		if (old.len && more.len && !bytes_equal(old, more))
			labels[i] = bytes_of(arena_printf(
			    j->arena, "%.*s%s%.*s", BYTES_ARG(old), join, BYTES_ARG(more)));
		else
			labels[i] = old.len ? old : arena_bytes(j->arena, more);
	}
	j->labels = labels;
	j->label_count = count;
}

/* true: the row belongs to the header or stands above it. */
static bool
takes_header(struct judge *j, const struct row *row)
{
	const struct layout *layout = j->facts.layout;
	uint32_t last = 0;

	if (layout && layout->no_header) {
		j->label_count = row->count;
		j->labels = arena_array(j->arena, row->count + 1, sizeof(*j->labels));
		begin_table(j, false);
		return false;
	}
	if (!layout || layout->header_row_count == 0) {
		join_labels(j, row);
		j->header_row = row->number;
		begin_table(j, true);
		return true;
	}
	for (size_t i = 0; i < layout->header_row_count; i++) {
		if (layout->header_rows[i] == row->number)
			join_labels(j, row);
		if (layout->header_rows[i] > last)
			last = layout->header_rows[i];
	}
	if (row->number < last)
		return true;
	j->header_row = last;
	begin_table(j, true);
	return row->number == last;
}

/* ---- rows ---- */

/* The reader counts blank records and does not deliver them. */
static void
say_gap(struct judge *j, uint32_t from, uint32_t to)
{
	for (uint32_t row = from; row < to; row++) {
		const struct place place = { .row = row };

		if (judge_is_comment_row(j, row))
			continue;
		j->rows++;
		j->rows_bad++;
		if (j->findings.count >= j->findings.most)
			j->findings.by_level[LEVEL_ERROR]++;
		else
			findings_say(&j->findings, SAY_BLANK_ROW, &place, NULL, 0);
	}
}

static void
say_extra(struct judge *j, const struct row *row, uint32_t i)
{
	const struct place place = {
		.row = row->number, .column = i + 1, .value = row->cells[i]
	};

	findings_say(&j->findings, SAY_EXTRA_CELL, &place, NULL, 0);
	j->row_bad = true;
}

/*
 * A sheet has as many columns as its longest row; its other rows are no shorter for ending
 * earlier. Without a schema what stands beside the header lacks its label.
 */
static void
check_sheet_length(struct judge *j, const struct row *row, uint32_t widest)
{
	for (uint32_t i = widest; i < row->count; i++) {
		if (j->form->any_fields)
			say_column(j, SAY_BLANK_LABEL, i + 1, NULL, (struct bytes){ 0 });
		else if (row_native(row, i) != NATIVE_EMPTY)
			say_extra(j, row, i);
	}
	if (j->form->any_fields && row->count > j->column_count)
		j->column_count = row->count;
}

static void
check_length(struct judge *j, const struct row *row)
{
	uint32_t widest = (uint32_t)j->form->field_count;

	if (widest < j->column_count)
		widest = j->column_count;
	if (row->natives) {
		check_sheet_length(j, row, widest);
		return;
	}
	for (uint32_t i = widest; i < row->count; i++)
		say_extra(j, row, i);
	for (uint32_t i = row->count; i < j->column_count; i++) {
		struct place place = { .row = row->number, .column = i + 1 };

		if (j->fields[i] >= 0)
			place.title = j->form->fields[j->fields[i]].title;
		findings_say(&j->findings, SAY_MISSING_CELL, &place, NULL, 0);
		j->row_bad = true;
	}
}

static void
judge_data(struct judge *j, const struct row *row)
{
	const struct place place = { .row = row->number };

	j->rows++;
	j->row_bad = false;
	if (judge_is_blank(j, row)) {
		findings_say(&j->findings, SAY_BLANK_ROW, &place, NULL, 0);
		j->rows_bad++;
		return;
	}
	check_length(j, row);
	for (size_t i = 0; i < j->form->field_count; i++) {
		uint32_t column = j->columns[i];

		j->readings[i] = (struct cell_reading){ 0 };
		if (column && column <= row->count && judge_is_null(j, row->cells[column - 1]))
			judge_cell(j, (int)i, BYTES(""), NATIVE_EMPTY, row->number);
		else if (column && column <= row->count)
			judge_cell(j, (int)i, row->cells[column - 1],
			    row_native(row, column - 1), row->number);
		else if (column && row->natives && column <= j->column_count)
			judge_cell(j, (int)i, BYTES(""), NATIVE_EMPTY, row->number);
	}
	judge_keys_begin(j);
	judge_keys(j, row->number);
	j->rows_bad += j->row_bad;
}

/* The row without what merged cells only show there. */
static struct row
uncovered(struct judge *j, const struct row *row)
{
	struct row own = *row;
	uint32_t covered = 0;

	for (uint32_t i = 0; i < row->count; i++)
		covered += row_native(row, i) == NATIVE_COVERED;
	if (covered == 0)
		return own;
	if (row->count > j->own_room) {
		j->own_cells = arena_array(j->arena, row->count, sizeof(*j->own_cells));
		j->own_natives = arena_take(j->arena, row->count);
		j->own_room = row->count;
	}
	for (uint32_t i = 0; i < row->count; i++) {
		bool is = row_native(row, i) == NATIVE_COVERED;

		j->own_cells[i] = is ? (struct bytes){ 0 } : row->cells[i];
		j->own_natives[i] = is ? NATIVE_EMPTY : row->natives[i];
	}
	own.cells = j->own_cells;
	own.natives = j->own_natives;
	return own;
}

void
plain_row(struct judge *j, const struct row *row)
{
	const struct row own = uncovered(j, row);
	bool comment = judge_is_comment(j, &own);
	uint32_t before = j->last_row;

	j->last_row = row->number;
	if (!j->header_done && (comment || takes_header(j, &own)))
		return;
	if (row->number > before + 1)
		say_gap(j, before + 1, row->number);
	if (!comment)
		judge_data(j, &own);
}

/* What was read in another encoding than the declared one means nothing. */
static void
refuse_encoding(struct judge *j)
{
	const struct place nowhere = { 0 };

	j->findings = (struct findings){
		.arena = j->arena, .sheet = j->findings.sheet, .most = j->findings.most
	};
	findings_say(&j->findings, SAY_ENCODING, &nowhere, NULL, 0);
}

void
plain_end(struct judge *j)
{
	if (j->header_done)
		judge_keys_end(j);
	if (j->encoding_wrong)
		refuse_encoding(j);
}
