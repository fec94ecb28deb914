#ifndef STORE_FIGURES_H
#define STORE_FIGURES_H

#include "rules/verdict.h"
#include "store/ledger.h"
#include "store/outbox.h"

/* What reports read from the ledger. Nothing here writes. Everything is given in the caller's arena. */

struct figure_finding {
	enum level level;
	const char *type, *rule, *sheet, *title, *value;
	uint32_t row, column;
	struct words message;
};

enum submission_status { SUBMISSION_ACCEPTED, SUBMISSION_REFUSED, SUBMISSION_DUPLICATE, SUBMISSION_SUPERSEDED };

struct figure_submission {
	int64_t id, message;
	const char *part_name, *sheet, *unit, *form; /* "" unknown */
	char part_digest[65];
	uint64_t part_bytes;
	struct period period;
	enum submission_status status;
	unsigned version;	/* of (unit, form, period), from 1; refused: 0 */
	unsigned try_number;	/* which try of this unit for this form and period, from 1; 0 unknown form or period */
	int64_t received_s;
	struct date due;
	int late_days;		/* > 0: late */
	uint64_t rows, rows_loaded;
	uint64_t errors, warnings;
	int64_t replaces, duplicate_of; /* submission ids; 0 */
	int64_t other_received_s; /* of the one replaced or repeated */
	const char *unreadable;	/* word; "" */
	const char *encoding;	/* "" */
	struct figure_finding *findings;
	size_t finding_count;
};

struct figure_message {
	int64_t id;
	char digest[65];
	bool mail;
	const char *state;	/* "read", "unreadable", "stranger" … */
	const char *reason, *name, *sender, *unit, *subject, *message_id, *references;
	int64_t received_s;
	uint64_t bytes;
	struct figure_submission *submissions; /* in order of parts; also parts that were unreadable (form "") */
	size_t submission_count;
};
int figures_message(struct figure_message **out, struct arena *a, struct ledger *l, int64_t message, struct err *e) MUST_CHECK;

/* The board: one row for each unit, form and period of the year that is due or was received. In order unit, form, period. */
struct figure_board {
	const char *unit, *form;
	struct period period;
	bool due_from_unit;
	struct date due;
	unsigned tries, refused; /* submissions */
	int64_t accepted;	/* id of the accepted one in force; 0: none */
	unsigned version;	/* > 1: corrected */
	int late_days;		/* of the first accepted one */
	int64_t received_s;
};
int figures_board(struct figure_board **out, size_t *count, struct arena *a, struct ledger *l, const struct rulebook *r, int year, struct err *e) MUST_CHECK;

/*
 * Sums of accepted rows in force for one form and year, grouped by columns of its table ("unit" is the reporting unit,
 * "period" the period as text). group and sum name fields of the form; names are checked against it.
 */
struct figure_sum {
	const char *const *group; /* values as text, in order of the request */
	const struct decimal *sum;
	uint64_t rows;
};
int figures_sums(struct figure_sum **out, size_t *count, struct arena *a, struct ledger *l, const struct form *f, int year,
    const char *const *group, size_t group_count, const char *const *sum, size_t sum_count, struct err *e) MUST_CHECK;

/* Counts of messages by state in a year, for letters to coordinators: strangers, unreadable … */
struct figure_count {
	const char *what;
	uint64_t count;
};
int figures_messages(struct figure_count **out, size_t *count, struct arena *a, struct ledger *l, int64_t from_s, int64_t to_s, struct err *e) MUST_CHECK;

struct figure_run;
/* The last runs, newest first. */
int figures_runs(struct run **out, size_t *count, struct arena *a, struct ledger *l, size_t max, struct err *e) MUST_CHECK;

#endif
