#ifndef RULES_RESULTS_H
#define RULES_RESULTS_H

#include "rules/rulebook.h"

/*
 * What the yearly result shows, as data: "giamsat:results" of datapackage.json.
 *
 *	{ "due": {"months": 1, "day": 31},            the night owes a year's result that day,
 *so many months after December "tables": [ { "id": "poverty", "title": {"vi": …, "en": …},
 *"form": "M2", "group": ["unit", "commune_code"],        names of fields, or "unit" and
 *"period": one row for each combination "across": "unit",                         optional: one
 *column for each value of it "titles": {"commune_code": {"resource": "communes", "key":
 *"gso_code", "title": "name", "where": {"list": "x"}}}, optional: names of codes, from a
 *reference table (the row valid at the year's end) "where": {"field": "result", "is":
 *"da_khen"},         optional: only these rows; or {"field": …, "above": 0} "latest":
 *"model_code",                   optional: of rows of one unit that agree in it only those of
 *the year's last period (lists that go on from period to period); before "where" "columns": [
 *{"id": "x", "sum": "poor_end", "title": …},
 *	                 {"id": "y", "count": "model_code", "where": …, "title": …}, distinct
 *values, those of two units apart
 *	                 {"id": "z", "ratio": ["poor_end", "households_total"], "percent": true,
 *"scale": 2, "title": …}, ids of columns before it, or names of fields (their sums)
 *	                 {"id": "w", "change": "z", "title": …} ],   a column before it minus
 *the same of the year before "totals": true } ] }                      a row for each value of
 *the first of several groups, and one for all
 */
enum result_kind { RESULT_SUM, RESULT_COUNT, RESULT_RATIO, RESULT_CHANGE };

struct result_where {
	int field;      /* -1: every row */
	const char *is; /* as the ledger gives it as text; NULL: the number is above */
	struct decimal above;
};

/* What is added up from the rows; columns show measures. */
struct result_measure {
	int field;
	bool distinct; /* count of distinct values; otherwise their sum */
	struct result_where where;
};

struct result_column {
	const char *id;
	enum result_kind kind;
	struct words title;
	size_t measure, over; /* sum, count: measure; ratio: measure / over */
	size_t of;            /* change: index of a column before it */
	bool percent;
	uint8_t scale; /* ratio: digits after the point in what is shown */
};

/* Where the names of codes stand; reference NULL: the code is shown alone. */
struct result_titles {
	const struct reference *reference;
	int key, title[LANGUAGES]; /* columns of it */
	int where;                 /* -1: none */
	const char *where_is;
	int valid_from, valid_to; /* -1: it has no validity */
};

struct result_group {
	const char *name; /* of a field, or "unit", "period" */
	int field;        /* -1: "unit", "period" */
	struct result_titles titles;
};

struct result_table {
	const char *id;
	struct words title;
	const struct form *form;
	const struct result_group *groups;
	size_t group_count;
	const struct result_group *across; /* NULL */
	struct result_where where;
	int latest; /* field; -1: all rows */
	bool totals;
	const struct result_measure *measures;
	size_t measure_count;
	const struct result_column *columns;
	size_t column_count;
};

struct results {
	const struct result_table *tables;
	size_t count;
	int due_months, due_day; /* 1 and 31 unless said otherwise */
};

/*
 * From the same datapackage.json; mistakes are added to m as rulebook_open tells them, and make
 * it ERR_STOP. Absent: no tables. Fields with names of persons cannot be shown.
 */
int results_open(struct results **out, struct arena *a, const struct rulebook *r,
    struct mistakes *m, struct err *e) MUST_CHECK;

#endif
