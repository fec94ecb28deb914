#ifndef RULES_RESULTS_H
#define RULES_RESULTS_H

#include "rules/rulebook.h"

/*
 * What the yearly result shows, as data: "giamsat:results" of datapackage.json, a list of tables:
 *
 *	{ "id": "poverty", "title": {"vi": …, "en": …}, "form": "M2",
 *	  "group": ["unit", "commune_code"],          names of fields, or "unit" and "period"
 *	  "across": "unit",                           optional: one column for each value of it instead of a group
 *	  "where": {"field": "result", "is": "da_khen"},   optional
 *	  "last": true,                               optional: only the year's last accepted period of each unit (lists that go on)
 *	  "columns": [ {"sum": "poor_end", "title": …}, {"count": "model_code", "title": …},   count: distinct values
 *	               {"ratio": ["poor_end", "households_total"], "percent": true, "scale": 2, "title": …},
 *	               {"change": 0, "title": …} ],   change: column 0 minus the same of the year before
 *	  "totals": true }
 */
enum result_kind { RESULT_SUM, RESULT_COUNT, RESULT_RATIO, RESULT_CHANGE };

struct result_column {
	enum result_kind kind;
	struct words title;
	int field, over;  /* sum and count: field; ratio: field / over */
	size_t of;	  /* change: index of a column before it */
	bool percent;
	uint8_t scale;	  /* digits after the point in what is shown */
};

struct result_table {
	const char *id;
	struct words title;
	const struct form *form;
	const char *const *group;
	size_t group_count;
	const char *across; /* NULL */
	int where_field;    /* -1 */
	const char *where_is;
	bool last, totals;
	const struct result_column *columns;
	size_t column_count;
};

struct results {
	const struct result_table *tables;
	size_t count;
	int due_months, due_day; /* the night owes the result of a year that day, so many months after December */
};

/* From the same datapackage.json; mistakes as rulebook_open tells them. Absent: no tables. */
int results_open(struct results **out, struct arena *a, const struct rulebook *r, struct mistakes *m, struct err *e) MUST_CHECK;

#endif
