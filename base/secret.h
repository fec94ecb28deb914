#ifndef BASE_SECRET_H
#define BASE_SECRET_H

#include <stddef.h>

#include <stdbool.h>

#include "base/err.h"

/*
 * Where a password or token is to be had. At most one is set. Loaded only for the phase that
 * needs it and wiped (explicit_bzero) right after; never in argv, environment or logs.
 */
struct secret_place {
	const char *text;    /* in the settings themselves: the file's mode must then be 0640 or
	                        stricter */
	const char *file;    /* first line of a file; mode as above */
	const char *command; /* first line of what /bin/sh -c prints, in command_s at most */
	const char *credential; /* name under $CREDENTIALS_DIRECTORY (systemd LoadCredential) */
	unsigned command_s;     /* 0: 30 */
};

struct secret {
	char text[4096];
	size_t len;
};

/* ERR_STOP with the place named, never its content. No place set: OK and len 0. */
int secret_load(struct secret *out, const struct secret_place *place, struct err *e) MUST_CHECK;
void secret_wipe(struct secret *s);
/* ERR_STOP unless it is a regular file of ours or root's that others cannot read and the group
 * cannot write. */
int secret_private(int fd, const char *path, struct err *e) MUST_CHECK;

/*
 * Takes a password that stands in a setting (memory that may be written) to a place of its own,
 * which no forked process has (MADV_WIPEONFORK), and wipes it where it was. The result lives as
 * long as the process. NULL gives NULL.
 */
const char *secret_hold(const char *text);
/*
 * Room for one that is needed for longer than a moment: no forked process has it, no core dump
 * shows it, no swap keeps it where the system allows that. secret_free wipes it.
 */
struct secret *secret_new(void);
void secret_free(struct secret **s);
/* While on, whatever is given back to malloc is overwritten: for readers of settings, whose
 * libraries do not wipe. */
void secret_wipe_freed(bool on);

#endif
