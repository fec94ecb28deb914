#ifndef RULES_VALUE_MOMENT_H
#define RULES_VALUE_MOMENT_H

#include "base/bytes.h"
#include "base/date.h"

/* A point in time in parts, as a text names them; what it does not name is as in Python's
 * strptime: 1900-01-01, midnight, no zone. */
struct moment {
	struct date day;
	int hour, minute, second, microsecond;
	bool has_zone;
	int offset_s; /* east of UTC */
	/* while a pattern is read */
	int half;     /* %p: 1 before noon, 2 after it; 0: not named */
	int year_day; /* %j; 0: not named */
};

/*
 * The beginning of *text by a strptime pattern, with the directives of Python's and C's
 * strptime that mean something in the C locale; *text is then what stands behind it. false: it
 * does not fit, or names a day that is in no calendar; *text is left alone.
 */
bool moment_match(struct moment *out, struct bytes *text, const char *pattern);
/* The first directive of the pattern that moment_match does not know; '\0': none. */
char moment_pattern_wrong(const char *pattern);
/* Whole text in the form of XML Schema: "2024-01-26T15:00:00.300-05:00", "15:00:00Z". */
bool moment_read_iso(struct moment *out, struct bytes text);
bool moment_read_clock(struct moment *out, struct bytes text);
/* Whole text in any of the ways people and programs are known to write moments, days and times
 * (format "any"); where day and month could be exchanged the month is first, as dateutil reads.
 */
bool moment_read_any(struct moment *out, struct bytes text);
bool moment_read_any_clock(struct moment *out, struct bytes text);
/* Microseconds since 1970-01-01 00:00 UTC; a moment without zone counts as UTC. */
int64_t moment_us(const struct moment *m);

#endif
