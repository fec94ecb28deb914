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

/* A type or a format beyond the seven types. */
struct value_type {
	const char *type, *format; /* format NULL: any that no other line has */
	/*
	 * The whole text of a cell. false: it is no such value. What lives longer than the text
	 * is taken from the arena.
	 */
	bool (*read)(
	    struct value *out, struct bytes text, const struct field *f, struct arena *a);
	/* The same of a workbook's cell that is no text (as ingest writes it); NULL: none is.
	 */
	bool (*read_native)(struct value *out, struct bytes text, enum native native);
	unsigned constraints;
	struct words kind;
	const char *example;
};

/* value.c: a cell of a plain table as its field says, missing values aside. */
bool value_read_plain(
    struct value *out, struct bytes text, const struct field *f, struct arena *a);

/* value_time.c */
bool date_read_pattern(
    struct value *out, struct bytes text, const struct field *f, struct arena *a);
bool datetime_read(
    struct value *out, struct bytes text, const struct field *f, struct arena *a);
bool time_read(struct value *out, struct bytes text, const struct field *f, struct arena *a);
bool yearmonth_read(
    struct value *out, struct bytes text, const struct field *f, struct arena *a);
bool duration_read(
    struct value *out, struct bytes text, const struct field *f, struct arena *a);
bool date_read_native(struct value *out, struct bytes text, enum native native);
bool datetime_read_native(struct value *out, struct bytes text, enum native native);
bool time_read_native(struct value *out, struct bytes text, enum native native);

/* value_json.c */
bool object_read(struct value *out, struct bytes text, const struct field *f, struct arena *a);
bool array_read(struct value *out, struct bytes text, const struct field *f, struct arena *a);
bool list_read(struct value *out, struct bytes text, const struct field *f, struct arena *a);

/* value_geo.c */
bool geojson_read(struct value *out, struct bytes text, const struct field *f, struct arena *a);
bool topojson_read(
    struct value *out, struct bytes text, const struct field *f, struct arena *a);
bool geopoint_read(
    struct value *out, struct bytes text, const struct field *f, struct arena *a);

/* value_limits.c */
enum fault value_check(const struct value *v, const struct field *f);
enum fault value_check_digits(struct value *v, const struct field *f);

#endif
