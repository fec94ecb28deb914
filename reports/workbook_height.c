/* Why: LibreOffice trusts a workbook's row heights, so that a row without one shows the first
 * line of a wrapped text, and the rest lies over the rows below.
 */
#include "base/text.h"
#include "reports/workbook_xlsx_int.h"

#define LINE_HEIGHT 15.0
#define MOST_HEIGHT 405.0 /* Excel's limit is 409 */

/* Fewer characters than the column has digits' widths: words break early, other fonts are
 * wider. */
static unsigned
lines_of(struct bytes text, double width)
{
	size_t fit = width * 0.9 < 1 ? 1 : (size_t)(width * 0.9);
	struct bytes line;
	unsigned lines = 0;

	while (bytes_cut(&line, &text, '\n')) {
		size_t length = text_length(line);

		lines += length <= fit ? 1 : (unsigned)((length + fit - 1) / fit);
	}
	return lines;
}

void
height_add(unsigned *lines, const char *text, double width)
{
	unsigned n = text && *text ? lines_of(bytes_of(text), width) : 0;

	if (n > *lines)
		*lines = n;
}

void
height_set(lxw_worksheet *sheet, lxw_row_t row, unsigned lines)
{
	double height = lines * LINE_HEIGHT;

	if (lines > 1)
		(void)worksheet_set_row(sheet, row, /* within bounds */
		    height > MOST_HEIGHT ? MOST_HEIGHT : height, NULL);
}
