#ifndef CRON_WORKERS_H
#define CRON_WORKERS_H

#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

/*
 * Items 0, 1, 2 … shared among processes: whoever is done takes the next. One that dies costs
 * the item it was at; another takes its place.
 */
struct work {
	void *given; /* what open, answer and lost are told */
	/* In the worker, once: what it needs of its own; *self is closed also when this fails,
	 * which ends the whole work. */
	int (*open)(void **self, void *given, struct err *e);
	/* In the worker: the answer to one item, at most 64 MiB. ERR_STOP ends the whole work,
	 * other errors lose the item. */
	int (*item)(struct buf *answer, void *self, size_t index, struct err *e);
	/* In the worker, at its end. */
	void (*close)(void *self);
	/* In the parent, in the order in which they come. */
	void (*answer)(void *given, size_t index, struct bytes text);
	void (*lost)(void *given, size_t index, const struct err *why);
};

enum { WORKERS_MAX = 64 };

/*
 * Works on all items with so many processes, at most WORKERS_MAX, which end with this one.
 * Nothing of the caller may be open that a forked process must not use: databases, connections.
 * ERR_STOP: as told above, or no process can be had.
 */
int workers_run(const struct work *w, unsigned jobs, size_t count, struct err *e) MUST_CHECK;

#endif
