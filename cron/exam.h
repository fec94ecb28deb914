#ifndef CRON_EXAM_H
#define CRON_EXAM_H

#include "cron/settings.h"
#include "rules/cases.h"
#include "rules/lint.h"

/* A rulebook looked at as a whole, before mail is judged by it. */
struct exam {
	struct rulebook *book; /* NULL: it could not be read */
	struct results *results;
	struct rule_cases cases;
	struct mistakes mistakes; /* of everything that was read */
	struct lints lints;       /* none when there are mistakes */
};

/*
 * Reads the rulebook in folder with the results, texts and cases that belong to it, and lints
 * it. roster: a deployment's own, or NULL. ERR_STOP: mistakes holds at least one, of all that
 * could be read; otherwise the world is in the way (ERR_LATER).
 */
int exam_open(struct exam *out, struct arena *a, const char *folder, const char *roster,
    struct err *e) MUST_CHECK;

/* Judges all cases: how many fail, and what is wrong with the first, in language l (NULL: none
 * fails). */
int exam_cases(const char **first, size_t *failed, const struct exam *x, enum language l,
    struct arena *a, struct err *e) MUST_CHECK;

#endif
