#ifndef RULES_RULEBOOK_H
#define RULES_RULEBOOK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/decimal.h"
#include "base/err.h"
#include "ingest/sender.h"
#include "ingest/table.h"

/*
 * A campaign as the program sees it: a Data Package (v2) whose resources with data are
 * reference tables and whose resources without data are forms; see docs/CAMPAIGN.md for the
 * properties prefixed "giamsat:". Read once, constant afterwards, everything in one arena.
 */

enum language { LANGUAGE_VI, LANGUAGE_EN, LANGUAGES };

/* One text in each language; a missing one is the other's. Never NULL. */
struct words {
	const char *in[LANGUAGES];
};

enum field_type {
	FIELD_STRING,
	FIELD_INTEGER,
	FIELD_NUMBER,
	FIELD_BOOLEAN,
	FIELD_DATE,
	FIELD_YEAR,
	FIELD_ANY
};

struct pattern;       /* rules/pattern.h: a compiled PCRE2 with limits */
struct codelist;      /* rules/codelist.h: codes with titles and aliases */
struct lookup;        /* rules/lookup.h: codes of a reference table */
struct value_type;    /* rules/value_int.h */
struct json_schema;   /* rules/json_schema.h */
struct finder;        /* rules/finder.h */
struct lost_words;    /* rules/lost.h */
struct value;         /* rules/value.h */
struct form_layout;   /* rules/layout_words.h */
struct heading_index; /* rules/heading_index.h */

/* Fields of a form that say for whom or when the row is ("giamsat:is"). */
enum field_is { IS_DATA, IS_UNIT, IS_PERIOD };

struct field {
	const char *name; /* [a-z_][a-z0-9_]* in a campaign's forms (it becomes a column) */
	struct words title;
	const struct bytes *keys; /* matching keys: title first, then aliases */
	size_t key_count;
	/* Headings that name it only below one of its parents, and those ("giamsat:children",
	 * "giamsat:group"). */
	const struct bytes *child_keys, *parent_keys;
	size_t child_count, parent_count;
	/* In what it is counted: "hộ", "%"; may stand below or in brackets behind a heading. */
	const struct bytes *unit_keys;
	size_t unit_count;
	bool no_total; /* a total's figure is no sum of its rows': rates */
	enum field_type type;
	uint8_t scale; /* number: digits after the point that are kept ("giamsat:scale"); 0 with
	                  has_scale false: any */
	bool has_scale;
	bool personal; /* names of private persons: never in logs, nor in other units' mail */
	bool required, unique;
	bool expected; /* the column may not be missing from the table: required, or part of a
	                  key */
	char point, group; /* decimalChar, groupChar; group '\0': none */
	bool percent;      /* its numbers are percents: 28,1 and 28,1 % are one */
	bool bare_number; /* false: what stands before and after the number ("$", "%") is passed
	                     over */
	const char *const *date_formats; /* NULL-terminated; for FIELD_DATE */
	const char *const *true_values, *const *false_values,
					    *const *missing_values; /* NULL-terminated */
	bool has_minimum, has_maximum, has_min_length, has_max_length;
	struct decimal minimum, maximum; /* integer, number, year */
	struct date date_minimum, date_maximum;
	size_t min_length, max_length; /* characters */
	const struct pattern *pattern;
	const struct codelist *codes; /* NULL: any value */
	bool expired;                 /* codes that ended before the period are taken, too */
	char many;                    /* separator of a list of codes; '\0': one code */
	const struct lookup *lookup;  /* NULL: none */
	const struct value *allowed;  /* Table Schema's enum, typed */
	size_t allowed_count;
	bool minimum_excluded, maximum_excluded;
	const char *const *zero_values; /* NULL-terminated; written for 0 */
	const char *fallback; /* value of a blank cell, as written in a file; NULL: none */
	enum field_is is;
	/* What the seven types do not know (Table Schema's time, object, email …); NULL: none.
	 * Forms have formats of strings only. */
	const struct value_type *special;
	const char *format;             /* NULL: the default */
	const char *group_text;         /* a groupChar beyond ASCII; NULL: none */
	const char *separator;          /* between the items of a list */
	const struct json_schema *json; /* what objects and arrays must be; NULL: anything */
	const struct field *item; /* what the items of a list or array are; NULL: anything */
	bool compared; /* unique, enum, part of a key: equal values must be known as such */
	const struct value *low, *high;    /* bounds of times and durations; NULL: none */
	const char *const *allowed_labels; /* of allowed, "" where it has none; NULL: none */
	const char *example;
};

struct keyset; /* rules/keyset.h */

enum level { LEVEL_INFO, LEVEL_WARNING, LEVEL_ERROR, LEVEL_REJECT };

struct rule; /* rules/rule.h */

struct foreign_key {
	const char *const *fields; /* names in this form */
	const char *const *target_fields;
	size_t count;
	const char *target; /* resource; "" is the form itself */
	const struct keyset
	    *known; /* rules/keyset.h: the target's keys; NULL for the form itself */
};

/* Fields whose values together stand in one row only; a row in which one is empty does not
 * count (uniqueKeys). */
struct unique_key {
	const char *const *fields; /* names in this form */
	size_t count;
};

enum fields_match { MATCH_EXACT, MATCH_EQUAL, MATCH_SUBSET, MATCH_SUPERSET, MATCH_PARTIAL };

struct form {
	const char *id;    /* "M1" */
	const char *table; /* "m1": [a-z_][a-z0-9_]* */
	struct words title;
	struct words
	    rows_called; /* "xã", "communes"; "dòng", "rows" when the campaign does not say */
	const struct field *fields;
	size_t field_count;
	const struct form_layout *layout; /* NULL: plain Table Schema */
	const char *const *primary_key;   /* names */
	size_t primary_key_count;
	const struct unique_key *unique_keys;
	size_t unique_key_count;
	const struct foreign_key *foreign_keys;
	size_t foreign_key_count;
	const struct rule *const *rules;
	size_t rule_count;
	enum fields_match match;
	enum period_kind period_kind;
	/* A report is official when this field of all its rows holds that code; NULL: nothing
	 * is said, and every report is. */
	const struct field *official;
	const char *official_is;
	bool partial; /* policy: rows without errors are accepted; otherwise one error refuses
	                 the table */
	bool any_fields;   /* no schema at all: the header says what the columns are, only the
	                      structure is judged */
	bool free_layout;  /* header anywhere, by titles and aliases (campaigns); false: plain
	                      Table Schema, header in the first row */
	struct date opens; /* no period that ends before */
	int due_months,
	    due_day; /* due on that day, so many months after the period's last month */
	int lock_months, lock_day; /* closed after it; 0: never */
	const char
	    *digest; /* of what the ledger's table depends on: names, types, scales in order */
};

struct unit {
	const char *code;
	const char *kind;
	struct words name, short_name;
	const struct bytes
	    *keys; /* matching keys: of code, of name_vi, then other names and aliases */
	size_t key_count;
	const char *const *forms; /* ids it owes; NULL-terminated */
	bool owes;                /* false: may report but is not due */
	struct date valid_from, valid_to;
	const char *successors;
	const char *const *row; /* its cells in the reference table "units" */
};

/* A reference table: strings as in its CSV, first row the column names. */
struct reference {
	const char *name; /* [a-z_][a-z0-9_]* */
	const char *const *columns;
	size_t column_count;
	const char *const *const *rows; /* rows[i][column]; "" for empty */
	size_t row_count;
};

/* "giamsat:settings", for rules. */
struct setting {
	const char *name, *value;
	bool is_number;
};

struct rulebook {
	const char *id; /* "vi-nguoi-ngheo" */
	struct words title;
	const char *version;
	const char *directory; /* absolute, where its files lie */
	char digest[65]; /* of datapackage.json and every reference file: the rulebook's version
	                    for the audit */
	const struct form *forms;
	size_t form_count;
	const struct unit *units;
	size_t unit_count;
	const struct reference *references;
	size_t reference_count;
	struct roster roster;
	struct table_hints hints;      /* keys of all titles and aliases; words with marks */
	const struct lost_words *lost; /* those words, to know them without their letters */
	const struct heading_index *headings; /* rules/heading_index.h */
	const struct form_layout *layout;     /* the package's; NULL: plain Table Schema */
	int offset_s;                         /* the campaign's zone, seconds east of UTC */
	const struct setting *settings;
	size_t setting_count;
};

/* Mistakes found while reading, all at once:
 * "datapackage.json:/resources/3/schema/fields/2/type: sentence". */
struct mistakes {
	const char **text;
	size_t count;
};

/*
 * Reads the campaign in directory. OK with mistakes->count 0: usable. ERR_STOP: not usable; the
 * sentence says how many mistakes and mistakes holds each.
 */
int rulebook_open(struct rulebook **out, struct arena *a, const char *directory,
    struct mistakes *m, struct err *e) MUST_CHECK;
/*
 * Puts the roster of a deployment, a CSV at path, in the place of the campaign's own; before
 * the night begins. ERR_STOP and mistakes (added to) when it is not usable.
 */
int rulebook_roster(struct rulebook *r, struct arena *a, const char *path, struct mistakes *m,
    struct err *e) MUST_CHECK;
/*
 * A rulebook of one form made from any Table Schema file (free_layout false) for `check
 * --schema`, its foreign keys from the Data Package descriptor package (may be NULL). schema
 * NULL: only the structure of a table is judged.
 */
int rulebook_of_schema(struct rulebook **out, struct arena *a, const char *schema,
    const char *package, struct mistakes *m, struct err *e) MUST_CHECK;
/* A Table Dialect descriptor, as the standard or Frictionless ("csv": {…}) writes it. */
int dialect_read(struct csv_dialect *out, struct arena *a, const char *path, struct mistakes *m,
    struct err *e) MUST_CHECK;

/* Where a plain table's header stands, from the same descriptor: facts.layout of the judge. */
struct layout {
	bool no_header;
	const uint32_t *header_rows; /* records from 1; none: the first */
	size_t header_row_count;
	const char *join; /* between the parts of a label of several rows */
	const char
	    *encoding; /* as declared, "" unknown: anything else read is an encoding-error */
	const uint32_t *comment_rows; /* records from 1 that are no data */
	size_t comment_row_count;
	const char *comment; /* rows whose first cell begins so are none either; "": none */
	const char *null_sequence; /* a cell that is just this is empty; NULL: none */
	const char *sheet_name;    /* of a workbook; "": by number */
	uint32_t sheet_number;     /* from 1; 0: any */
};
int layout_read(struct layout *out, struct arena *a, const char *path, struct mistakes *m,
    struct err *e) MUST_CHECK;

/* A table of a Data Package by its own schema, dialect and encoding. */
struct package_table {
	const char *name;
	const char
	    *path; /* as it opens from here; NULL: no single file of the package's folder */
	struct rulebook *book;
	struct csv_dialect dialect;
	struct layout layout;
};
/*
 * All resources of the package at path that are tables: those with a schema and those whose
 * type is "table". ERR_STOP and mistakes (added to) when the package is not usable.
 */
int package_tables(struct package_table **out, size_t *count, struct arena *a, const char *path,
    struct mistakes *m, struct err *e) MUST_CHECK;

const struct form *rulebook_form(const struct rulebook *r, struct bytes id);
/* The unit of this code that is valid on the day (any when day.year is 0); NULL: none. */
const struct unit *rulebook_unit(const struct rulebook *r, struct bytes code, struct date day);
const struct reference *rulebook_reference(const struct rulebook *r, const char *name);
int form_field(const struct form *f, struct bytes name); /* -1: none */
struct date form_due(const struct form *f, struct period p);
/* Last day on which the period takes reports; year 0: never closes. */
struct date form_locks(const struct form *f, struct period p);
/* Does this unit have to send this form for this period? */
bool unit_owes(const struct unit *u, const struct form *f, struct period p);
const char *words_in(struct words w, enum language l);
enum language language_of(struct bytes tag, enum language fallback);

#endif
