#ifndef RULES_VALUE_INT_H
#define RULES_VALUE_INT_H

#include "rules/value.h"

/* value_amount.c: a number as people write it. */
struct amount {
	struct decimal number;
	char point, group; /* the marks it has for sure; group also ' ' or '\''; '\0': none */
	char
	    doubt; /* its one mark, which may be either: number is then what it is without it */
	struct bytes unit; /* what stands behind it: "%", "hộ"; no digits in it */
};
/*
 * Whole text of text_plain: "1.234,5", "1 234", "(12)", "- 3", "45 %". false: no number, or one
 * of over 18 digits, or marks that make no sense.
 */
bool amount_read(struct amount *out, struct bytes text);

/* value_number.c: under an integer or number field; sets value, remark, doubt, point or fault.
 */
void number_read(
    struct cell_reading *out, struct bytes text, const struct field *f, struct arena *a);
bool number_read_plain(struct value *out, struct bytes text, const struct field *f);

/* value_boolean.c: as the field says, or, with an arena, as people write. */
bool boolean_read(
    struct value *out, struct bytes text, const struct field *f, struct arena *lenient);

/* value_date.c: a day as people write it, under a date field. */
void date_read_written(struct cell_reading *out, struct bytes text, const struct field *f,
    const struct cell_context *c);
/* A number where a day belongs, when Excel would show a day of our time for it. */
bool date_read_serial(struct cell_reading *out, struct bytes digits);
/* "2023", "năm 2023" */
bool year_read(struct value *out, struct bytes text, struct arena *a);

/* value_native.c: true when the cell is read or at fault; false: *text is what is left to read
 * as text. */
bool native_read(struct cell_reading *out, struct bytes *text, enum native native,
    const struct field *f, const struct cell_context *c);
bool native_read_plain(
    struct cell_reading *out, struct bytes *text, enum native native, const struct field *f);

/* value_check.c: does a type beyond the seven take such a cell? */
bool value_check_takes(const struct field *f, enum native native, struct bytes text);

/* value_limits.c */
enum fault value_check(const struct value *v, const struct field *f);
enum fault value_check_digits(struct value *v, const struct field *f);

#endif
