#ifndef CRON_COMMAND_H
#define CRON_COMMAND_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/err.h"

/* A command of the program. To add one: a file that defines command_NAME, and X(NAME) here. */
/* clang-format off: one a line */
#define COMMANDS \
	X(run) \
	X(check) \
	X(rows) \
	X(parts) \
	X(report) \
	X(status) \
	X(init) \
	X(quarantine) \
	X(rules) \
	X(rehearse)
/* clang-format on */

/* sysexits(3): what cron, systemd and scripts are told. */
enum {
	EXIT_WELL = 0,
	EXIT_FINDINGS = 1, /* check: a finding of level error or reject */
	EXIT_WRONG_USE = 64,
	EXIT_UNREADABLE = 65, /* input that cannot be read as what it should be */
	EXIT_MISSING = 66,    /* a file that is not there */
	EXIT_OURS = 70,
	EXIT_LATER = 75, /* try again later; also: another run is at work */
	EXIT_SETTINGS = 78,
};

/* What every command is told. */
struct options {
	const char *program;  /* argv[0] */
	const char *campaign; /* -C DIR, NULL: not given */
	bool json;
	bool verbose;
	bool colour;         /* standard output is a terminal and NO_COLOR is not set */
	int64_t now_s;       /* --now, else the clock once at the start */
	struct arena *arena; /* the run's */
	int argc;            /* the command's own words, argv[0] is its name */
	char **argv;
};

struct command {
	const char *name;
	const char *summary; /* one line for --help */
	const char *usage; /* whole text of `giamsat NAME --help`; what it is made of follows */
	int (*run)(struct options *o); /* NULL: only what it is made of runs */
	const struct command *const
	    *parts; /* NULL-terminated, as in `rules check`; NULL: none */
};

#define X(name) extern const struct command command_##name;
COMMANDS
#undef X

/* Prints "giamsat: sentence" to standard error and returns the exit code that fits (ERR_LATER
 * 75, ERR_STOP given). */
int command_failed(const struct err *e, int exit_for_stop);
/* The same code without a word. */
int command_exit(const struct err *e, int exit_for_stop);
/* "giamsat NAME: what" and a hint at --help; EXIT_WRONG_USE. */
int command_misused(const struct options *o, const char *fmt, ...) FORMAT(2, 3);
/*
 * Takes "--name VALUE" or "--name=VALUE" at argv[*i]; *value then points to it and *i stands on
 * the last word used. false: argv[*i] is another word. A missing value gives *value NULL and
 * true.
 */
bool command_value(const char **value, const struct options *o, int *i, const char *name);

/* A year such as "2023", all of the word; 0: it is none. */
int command_year(const char *word);

/* Text from outside as JSON: what is no UTF-8 stands as \\xNN, for JSON has no bytes. */
json_t *command_text(struct arena *a, struct bytes text);
/* Prints one line and takes the reference. */
void command_json(json_t *line);

#endif
