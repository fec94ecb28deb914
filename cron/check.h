#ifndef CRON_CHECK_H
#define CRON_CHECK_H

#include "base/secret.h"
#include "cron/command.h"
#include "ingest/jail.h"
#include "rules/judge.h"

/* What `giamsat check` is made of. */

/* A rulebook with what judging by it needs. */
struct court {
	const struct rulebook *rulebook; /* NULL: not held */
	struct bench *bench;
	struct jail *jail;
};

/* What files are judged by. */
struct checking {
	struct options *o;
	struct limits limits;
	struct court campaign;
	struct court plain;      /* structure only: for a table that is none of the default
	                            campaign's forms */
	const struct form *form; /* --form */
	const struct csv_dialect *dialect;
	const struct layout *layout;
	const struct past *past; /* of --before; NULL: nothing is known of what was before */
	enum language language;
	struct secret_place passport; /* of the campaign's settings */
	struct secret *passport_key;  /* NULL: no passport counts */
	bool schema;                  /* --schema: no campaign at all */
	bool campaign_named; /* -C, --form or a campaign here: then every table must be one of
	                        its forms */
};

/* One file, or one of those that it holds, and what was found in it. */
struct checked {
	const char *path; /* "reports.zip/M2.csv" for what reports.zip holds */
	struct bytes name;
	struct bytes archive;    /* name of what holds it; empty */
	struct hearing *hearing; /* until all of the file is read */
	struct verdict *verdicts;
	size_t count;
	const char *unreadable; /* word of the reader; NULL */
	bool holds;             /* files, which follow */
};

/* All that came out of a file named on the command line. */
struct checked_list {
	struct arena *arena;
	struct checked *files;
	size_t count;
};

/*
 * Reads and judges the file by one rulebook. *code is the exit code when it fails; ERR_INPUT:
 * not readable within the limits.
 */
int check_read(struct checked_list *out, const struct checking *k, const struct court *by,
    const char *path, int *code, struct err *e) MUST_CHECK;

/* command_check.c: the file by what k says; the exit code. */
int check_file(const char *path, const struct checking *k);
/* The worse of two exit codes: a missing file before an unreadable one before findings. */
int check_worse(int left, int right);
int court_open(struct court *out, const struct checking *k, const struct rulebook *r,
    struct err *e) MUST_CHECK;
void court_close(struct court *x);

/*
 * command_package.c: files by the tables of the Data Package at path: each by the table named
 * resource or, where that is NULL, by the one whose path it is; without files every table of
 * the package. The exit code.
 */
int check_package(const struct checking *k, const char *path, const char *resource,
    const char *const *files, size_t count);

bool check_is_valid(const struct checked *c);
void check_show(const struct checked *c, const struct checking *k, struct arena *a);

#endif
