#ifndef REPORTS_YEARLY_INT_H
#define REPORTS_YEARLY_INT_H

#include "reports/template.h"
#include "reports/yearly.h"

/* One of the campaign's tables for a year, the year before beside it. */
int yearly_result(struct yearly_table *out, struct arena *a, const struct letter_context *ctx,
    const struct result_table *t, int year, enum language l, struct err *e) MUST_CHECK;

/* "units": how each unit reported; "reports": the board. Counts of y are filled in. */
void yearly_units(struct yearly_table *out, struct arena *a, const struct letter_context *ctx,
    struct yearly *y, enum language l);
void yearly_reports(struct yearly_table *out, struct arena *a, const struct letter_context *ctx,
    const struct yearly *y, enum language l);

/* A table that grows: rows are cells in order of the columns. */
struct yearly_maker {
	struct arena *a;
	const char **columns, **keys;
	size_t column_count, column_room;
	struct yearly_cell **rows;
	bool *total_row;
	size_t row_count, row_room;
};

void maker_column(struct yearly_maker *m, const char *key, const char *heading);
/* A new row of empty cells; all columns must be there. */
struct yearly_cell *maker_row(struct yearly_maker *m, bool total);
void maker_table(
    struct yearly_table *out, const struct yearly_maker *m, const char *id, struct words title);
struct yearly_cell yearly_text_cell(struct arena *a, const char *text);
struct yearly_cell yearly_count_cell(uint64_t n);

/* a + b exactly; false when the sum needs over 18 digits. */
bool decimal_add(struct decimal *out, struct decimal a, struct decimal b);
/* a / b, times 100 for percent, rounded half away from zero to that scale; false when b is 0 or
 * it needs over 18 digits. */
bool decimal_ratio(
    struct decimal *out, struct decimal a, struct decimal b, bool percent, uint8_t scale);
/* The unit's short name on the last day of the year, its code when nobody knows it. */
const char *yearly_unit(const struct rulebook *r, const char *code, int year, enum language l);

/* Counts of the year, and by which the result can be told again. */
const struct grid *yearly_summary(
    struct arena *a, const struct letter_context *ctx, const struct yearly *y, enum language l);
/* As lines of text. brief: of a table of detail only the totals. */
const struct grid *yearly_grid(
    struct arena *a, const struct yearly_table *t, bool brief, enum language l);

#endif
