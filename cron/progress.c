/* Progress for a person at a terminal: one line a phase, repainted in place. */
#include "cron/progress.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "cron/clock.h"

struct progress {
	bool shown, terminal;
	const char *phase;
	int64_t began_ms, painted_ms;
};

struct progress *
progress_new(bool shown, bool terminal)
{
	struct progress *p = calloc(1, sizeof(*p));

	if (p == NULL)
		abort();
	p->shown = shown;
	p->terminal = terminal;
	return p;
}

void
progress_free(struct progress **p)
{
	free(*p);
	*p = NULL;
}

void
progress_phase(struct progress *p, const char *words)
{
	p->phase = words;
	p->began_ms = clock_ms();
	p->painted_ms = 0;
}

void
progress_tick(struct progress *p, uint64_t done, uint64_t of)
{
	if (!p->shown || !p->terminal)
		return;
	int64_t now = clock_ms();
	if (now - p->painted_ms < 100)
		return;
	p->painted_ms = now;
	if (of > 0)
		printf("\r\033[K  %-8s %" PRIu64 " / %" PRIu64, p->phase, done, of);
	else
		printf("\r\033[K  %-8s %" PRIu64, p->phase, done);
	fflush(stdout);
}

void
progress_done(struct progress *p, const char *fmt, ...)
{
	va_list list;

	if (!p->shown)
		return;
	if (p->terminal)
		printf("\r\033[K  \033[32m✓\033[0m %-8s ", p->phase);
	else
		printf("  %-8s ", p->phase);
	va_start(list, fmt);
	vprintf(fmt, list);
	va_end(list);
	printf("  (%.2f s)\n", (double)(clock_ms() - p->began_ms) / 1000.0);
	fflush(stdout);
}
