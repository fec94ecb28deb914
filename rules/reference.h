#ifndef RULES_REFERENCE_H
#define RULES_REFERENCE_H

#include "rules/rulebook.h"

/* Reads a CSV of a campaign (UTF-8, comma, first row the names). false after mistakes, which
 * name the file. */
bool reference_read(struct reference *out, struct arena *a, const char *name, const char *file,
    struct bytes body, struct mistakes *m);
/*
 * The same of any package's table: by its dialect (delimiter and quote), cells as they are,
 * rows may be shorter than the first.
 */
bool reference_read_plain(struct reference *out, struct arena *a, const char *name,
    const char *file, struct bytes body, const struct csv_dialect *how, struct mistakes *m);
#define NO_COLUMN SIZE_MAX
/* NO_COLUMN when the table has none of that name. */
size_t reference_column(const struct reference *r, const char *name);
/* "" for NO_COLUMN. */
static inline const char *
reference_cell(const char *const *row, size_t column)
{
	return column == NO_COLUMN ? "" : row[column];
}
/* From the columns valid_from and valid_to; year 0 where there is none. */
void reference_validity(
    struct date *from, struct date *to, const struct reference *r, const char *const *row);

/* Fills units and roster of the rulebook from its reference tables; mistakes name file and row.
 */
void reference_units(struct rulebook *r, struct arena *a, struct mistakes *m);
void reference_roster(struct rulebook *r, struct arena *a, struct mistakes *m);

#endif
