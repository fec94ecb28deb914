#ifndef CRON_INFORCE_H
#define CRON_INFORCE_H

#include "cron/settings.h"

/* The rulebook by which is judged: the campaign's when it passes its exam, else the last that
 * did. */
struct inforce {
	struct rulebook *book;
	struct results *results;
	const char *told; /* why it is not the one in the campaign's folder; NULL: it is */
};

/*
 * Looks at the campaign's rulebook when its files changed since the last look: mistakes, lint
 * of level error, cases. One that passes becomes the one in force (take: the run's lock is
 * held; otherwise it is only used). ERR_STOP: it does not pass and there was none before; all
 * its mistakes went to standard error.
 */
int inforce_open(struct inforce *out, const struct settings *s, struct arena *a, bool take,
    struct err *e) MUST_CHECK;
/* The same for commands that take nothing; why it is another one goes to standard error. */
int inforce_read(
    struct inforce *out, const struct settings *s, struct arena *a, struct err *e) MUST_CHECK;

#endif
