#ifndef STORE_FIGURES_H
#define STORE_FIGURES_H

#include "rules/verdict.h"
#include "store/ledger.h"
#include "store/outbox.h"

/* What reports read from the ledger. Nothing here writes. Everything is given in the caller's
 * arena. */

struct figure_finding {
	enum level level;
	const char *type, *rule, *sheet, *title, *value;
	uint32_t row, column;
	struct words message;
};

enum submission_status {
	SUBMISSION_ACCEPTED,
	SUBMISSION_REFUSED,
	SUBMISSION_DUPLICATE,
	SUBMISSION_SUPERSEDED
};

struct figure_submission {
	int64_t id, message;
	const char *part_name, *sheet, *unit, *form; /* "" unknown */
	char part_digest[65];
	uint64_t part_bytes;
	struct period period;
	enum submission_status status;
	unsigned version;    /* of (unit, form, period), from 1; refused: 0 */
	unsigned try_number; /* which try of this unit for this form and period, from 1; 0
	                        unknown form or period; of a duplicate: of what it repeats */
	int64_t received_s;
	struct date due;
	int late_days; /* 0: in time, or not known when due */
	uint64_t rows, rows_loaded;
	uint64_t errors, warnings;
	int64_t replaces, duplicate_of; /* submission ids; 0 */
	int64_t other_received_s;       /* of the one replaced or repeated */
	const char *unreadable;         /* word; "" */
	const char *encoding;           /* "" */
	struct figure_finding *findings;
	size_t finding_count;
};

struct figure_message {
	int64_t id;
	char digest[65];
	bool mail;
	const char *state; /* "read", "unreadable", "stranger" … */
	const char *reason, *name, *sender, *unit, *subject, *message_id, *references;
	int64_t received_s;
	uint64_t bytes;
	struct figure_submission
	    *submissions; /* in order of parts; also parts that were unreadable (form "") */
	size_t submission_count;
};
int figures_message(struct figure_message **out, struct arena *a, struct ledger *l,
    int64_t message, struct err *e) MUST_CHECK;

/* What a message made doubtful, or settled, of reports that were accepted before and are in
 * force: those that no longer agree first, by unit, form and period; at most max. */
struct figure_doubt {
	const char *unit, *form;
	struct period period;
	bool settled; /* it agrees again */
	struct figure_finding finding;
};
int figures_doubts(struct figure_doubt **out, size_t *count, struct arena *a, struct ledger *l,
    int64_t message, size_t max, struct err *e) MUST_CHECK;

/* What stands against an accepted report since something it was compared with has changed. */
int figures_doubts_open(struct figure_finding **out, size_t *count, struct arena *a,
    struct ledger *l, int64_t submission, struct err *e) MUST_CHECK;

/* The same of all messages after one and up to another, counted by rule; what was settled again
 * among them is not told. */
struct figure_doubt_count {
	const char *unit, *form, *rule;
	struct period period;
	bool settled;
	uint64_t count;
};
int figures_doubt_counts(struct figure_doubt_count **out, size_t *count, struct arena *a,
    struct ledger *l, int64_t after, int64_t to, struct err *e) MUST_CHECK;

/* The board: one row for each unit, form and period of the year that is due or was received. In
 * order unit, form, period. */
struct figure_board {
	const char *unit, *form;
	struct period period;
	bool due_from_unit;
	struct date due;
	unsigned tries, refused; /* submissions; a duplicate is no try */
	int64_t accepted;        /* id of the accepted one in force; 0: none */
	unsigned version;        /* > 1: corrected */
	int late_days;           /* of the first accepted one */
	int64_t received_s;      /* of the first accepted one; 0: none */
};
int figures_board(struct figure_board **out, size_t *count, struct arena *a, struct ledger *l,
    const struct rulebook *r, int year, struct err *e) MUST_CHECK;

/*
 * What is asked of the accepted rows in force of one form and year. Names are fields of the
 * form, or in group the pseudo fields "unit" (the reporting unit) and "period" (as text,
 * "2023Q1"), which win over fields of that name.
 */
struct figure_query {
	const struct form *form;
	int year;
	const char *const *group;
	size_t group_count;
	const char *const *sum; /* whole, year, boolean (true counts 1) or number */
	size_t sum_count;
	const char *const *count; /* distinct values, empty ones not counted */
	size_t count_count;
	const char *where_field; /* NULL: all rows */
	const char *where_is;    /* the value as group shows it; boolean also "true", "false" */
	bool last;               /* only the last accepted period of the year of each unit */
};

/* One group. Without group fields there is one, also when there are no rows. In order of the
 * group's values. */
struct figure_row {
	const char *const *group;  /* values as text: "1234.50" at the field's scale,
	                              "2023-01-31", boolean "1" or "0"; "" empty */
	const struct decimal *sum; /* exact; of a number without scale rounded to six digits
	                              after the point, without zeros at the end */
	const uint64_t *summed;    /* rows that had a value; 0: that sum is empty, not 0 */
	const uint64_t *count;
	uint64_t rows;
};
/*
 * ERR_INPUT: the query names what the form does not have, or a text field as a sum, where_is is
 * no value of its field, a sum has more than 18 digits, or the ledger has no rows of this form
 * yet because no run has seen the campaign as it is now.
 */
int figures_query(struct figure_row **out, size_t *count, struct arena *a, struct ledger *l,
    const struct figure_query *q, struct err *e) MUST_CHECK;

/* Accepted tables in force for periods of the year. */
int figures_accepted(uint64_t *count, struct ledger *l, int year, struct err *e) MUST_CHECK;

/* The messages after one and up to another, oldest first, with their submissions but without
 * findings. */
int figures_arrivals(struct figure_message **out, size_t *count, struct arena *a,
    struct ledger *l, int64_t after, int64_t to, struct err *e) MUST_CHECK;
/* The last message of which it is decided what it is, like all before it; 0: none. */
int figures_decided(int64_t *message, struct ledger *l, struct err *e) MUST_CHECK;
/* The last message before this one that a digest told of; 0: none. A digest's subject_key is
 * the last message it tells of. */
int figures_digested(
    int64_t *message, struct ledger *l, int64_t before, struct err *e) MUST_CHECK;

/*
 * Messages whose tables were judged and whose original is kept, oldest first. Only those
 * received at since_s or later; year and form, where not 0 and "": only those with a submission
 * of it.
 */
int figures_judged(int64_t **ids, size_t *count, struct arena *a, struct ledger *l,
    int64_t since_s, int year, const char *form, struct err *e) MUST_CHECK;
/* No later try of the same unit, form and period came; also true when they are not known. */
int figures_last_try(bool *last, struct ledger *l, const struct figure_submission *s,
    struct err *e) MUST_CHECK;

/* The last runs, newest first. */
int figures_runs(struct run **out, size_t *count, struct arena *a, struct ledger *l, size_t max,
    struct err *e) MUST_CHECK;

#endif
