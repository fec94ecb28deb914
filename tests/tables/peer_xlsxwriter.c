/* Why: what libxlsxwriter writes must be read like any other's workbook.
 *
 *     peer_xlsxwriter FILE constant|usual < CELLS
 *
 * A line of CELLS is "row TAB column TAB kind TAB value TAB number format"; row and column from
 * 0, kind is text, number, boolean or merge (value: the last column of the row). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <xlsxwriter.h>

static lxw_error
write_cell(lxw_workbook *book, lxw_worksheet *sheet, char *const *field)
{
	lxw_row_t row = (lxw_row_t)strtoul(field[0], NULL, 10);
	lxw_col_t column = (lxw_col_t)strtoul(field[1], NULL, 10);
	lxw_format *format = NULL;

	if (*field[4]) {
		format = workbook_add_format(book);
		format_set_num_format(format, field[4]);
	}
	if (strcmp(field[2], "number") == 0)
		return worksheet_write_number(
		    sheet, row, column, strtod(field[3], NULL), format);
	if (strcmp(field[2], "boolean") == 0)
		return worksheet_write_boolean(
		    sheet, row, column, strcmp(field[3], "true") == 0, format);
	if (strcmp(field[2], "merge") == 0)
		return worksheet_merge_range(sheet, row, column, row,
		    (lxw_col_t)strtoul(field[3], NULL, 10), "", format);
	/* A line break travels as a vertical tab. */
	for (char *at = field[3]; (at = strchr(at, '\v')); at++)
		*at = '\n';
	return worksheet_write_string(sheet, row, column, field[3], format);
}

int
main(int argc, char **argv)
{
	lxw_workbook_options options = { .constant_memory = argc > 2 &&
		    strcmp(argv[2], "constant") == 0 };
	lxw_workbook *book = argc > 2 ? workbook_new_opt(argv[1], &options) : NULL;
	lxw_worksheet *sheet = book ? workbook_add_worksheet(book, "Bảng") : NULL;
	char line[4096];

	while (sheet && fgets(line, sizeof(line), stdin)) {
		char *field[5], *rest = line;

		line[strcspn(line, "\n")] = '\0';
		for (size_t i = 0; i < 5; i++)
			if (!(field[i] = strsep(&rest, "\t")))
				return 2;
		if (write_cell(book, sheet, field) != LXW_NO_ERROR)
			return 1;
	}
	return sheet && workbook_close(book) == LXW_NO_ERROR ? 0 : 1;
}
