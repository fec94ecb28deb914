#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/arena.h"
#include "base/err.h"

/*
 * Files, read with a ceiling and written so that a power cut leaves the old or the new one:
 * written beside their place, fsynced, renamed, the directory fsynced. All durable I/O is
 * write(2), never stdio, and each point is a STEP. dir may be AT_FDCWD. What a disk refuses is
 * ERR_STOP.
 */

void file_close(int *fd); /* for AUTO; -1 is nothing, leaves -1 */
/* A directory for the *at calls, made with its parents (mode 0700) when missing and make is
 * true. */
int file_directory(int *out, const char *path, bool make, struct err *e) MUST_CHECK;
/* Whole file in arena a, followed by one NUL. ERR_INPUT when it is over the ceiling or no
 * regular file (a link is none); ERR_STOP otherwise. */
int file_read(struct bytes *out, struct arena *a, int dir, const char *name, size_t ceiling,
    struct err *e) MUST_CHECK;
/* The same, below dir and through no link; the caller has refused "/…" and "..". */
int file_read_beneath(struct bytes *out, struct arena *a, int dir, const char *path,
    size_t ceiling, struct err *e) MUST_CHECK;
/* Takes b whole, also over EINTR and short writes. */
int file_write(int fd, struct bytes b, struct err *e) MUST_CHECK;
/* fsync; EINTR repeated. */
int file_sync(int fd, struct err *e) MUST_CHECK;
/* Writes name.tmp-PID, syncs, renames to name, syncs dir. An old file is replaced. */
int file_save(int dir, const char *name, struct bytes b, mode_t mode, struct err *e) MUST_CHECK;
/*
 * Moves and syncs both directories. Never replaces: adds ".1", ".2" … before giving up; final
 * name in out when not NULL (256 bytes). ERR_LATER when from is gone. The two directories are
 * on one file system.
 */
int file_move(int from_dir, const char *from, int to_dir, const char *to, char *out,
    struct err *e) MUST_CHECK;
/* Removes our own temporaries (".tmp-") that a dead run left in dir. */
int file_sweep(int dir, struct err *e) MUST_CHECK;
/*
 * Names in a folder below dir that end in suffix, sorted; those that begin with a point are left
 * out, and a folder that is not there has none. ERR_INPUT when there are more than most.
 */
int file_list(const char ***out, size_t *count, struct arena *a, int dir, const char *folder,
    const char *suffix, size_t most, struct err *e) MUST_CHECK;
/* Read-only map of fd; nothing is mapped for an empty file. Unmap with munmap. ERR_INPUT over
 * the ceiling. */
int file_map(struct bytes *out, int fd, size_t ceiling, struct err *e) MUST_CHECK;

#endif
