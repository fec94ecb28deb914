#ifndef CRON_PROGRESS_H
#define CRON_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/attr.h"

/* What a person at a terminal sees of a run. Silent (and free) when nobody looks. */
struct progress;

struct progress *progress_new(bool shown, bool terminal);
void progress_free(struct progress **p);
/* Starts a phase: "fetch", said once. */
void progress_phase(struct progress *p, const char *words);
/* One more done of this phase; on a terminal the line is repainted at most ten times a second.
 */
void progress_tick(struct progress *p, uint64_t done, uint64_t of);
/* Ends the phase with what came of it. */
void progress_done(struct progress *p, const char *fmt, ...) FORMAT(2, 3);

#endif
