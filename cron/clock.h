#ifndef CRON_CLOCK_H
#define CRON_CLOCK_H

#include <stdint.h>

/* Milliseconds that never jump: for budgets and progress, not for dates. */
int64_t clock_ms(void);

#endif
