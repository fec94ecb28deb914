/* Why: what a Table Dialect says of rows and cells holds for workbooks as for CSV: some rows
 * are comments, some texts mean nothing. */
#include "rules/judge_int.h"

static bool
is_listed(const struct layout *l, uint32_t number)
{
	for (size_t i = 0; i < l->comment_row_count; i++)
		if (l->comment_rows[i] == number)
			return true;
	return false;
}

bool
judge_is_comment_row(const struct judge *j, uint32_t number)
{
	return j->facts.layout && is_listed(j->facts.layout, number);
}

bool
judge_is_comment(const struct judge *j, const struct row *row)
{
	const struct layout *l = j->facts.layout;

	return l &&
	    (is_listed(l, row->number) ||
		(l->comment && *l->comment && row->count > 0 &&
		    bytes_starts(row->cells[0], bytes_of(l->comment))));
}

bool
judge_is_null(const struct judge *j, struct bytes cell)
{
	const struct layout *l = j->facts.layout;

	return l && l->null_sequence && bytes_equal(cell, bytes_of(l->null_sequence));
}

static bool
is_missing(const struct judge *j, const struct row *row, uint32_t i)
{
	int field = i < j->column_count ? j->fields[i] : -1;
	struct bytes cell = row->cells[i];
	enum native native = row_native(row, i);

	if (native == NATIVE_EMPTY || native == NATIVE_COVERED || judge_is_null(j, cell))
		return true;
	if (field < 0 || native != NATIVE_TEXT)
		return cell.len == 0;
	return bytes_among(cell, j->form->fields[field].missing_values);
}

bool
judge_is_blank(const struct judge *j, const struct row *row)
{
	uint32_t count = row->count < j->column_count ? row->count : j->column_count;

	for (uint32_t i = 0; i < count; i++)
		if (!is_missing(j, row, i))
			return false;
	for (uint32_t i = count; j->column_count == 0 && i < row->count; i++)
		if (row->cells[i].len)
			return false;
	return true;
}
