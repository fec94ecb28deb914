#ifndef CRON_LOCK_H
#define CRON_LOCK_H

#include "base/err.h"

/*
 * One run at a time: a lock on state_dir/lock, held by the open descriptor and so gone with the
 * process, however it ends. *fd is -1 when another run holds it (OK, no error). Release with
 * file_close.
 */
int lock_take(int *fd, const char *state_dir, struct err *e) MUST_CHECK;

#endif
