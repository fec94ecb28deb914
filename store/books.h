#ifndef STORE_BOOKS_H
#define STORE_BOOKS_H

#include "rules/rulebook_files.h"

/*
 * The rulebook in force, as a copy of all its files in the state folder: what the campaign's
 * folder holds may be half edited or wrong, and mail goes on being judged.
 *
 *     STATE/rules/DIGEST/…   the copies: the one in force and the one before
 *     STATE/rules/in-force   the digest of the one in force
 *     STATE/rules/refused    digest of the last that was refused, and why
 */
struct books;

/* make false: *out is NULL when the state folder has none yet. Lives in the arena. */
int books_open(struct books **out, struct arena *a, const char *state, bool make,
    struct err *e) MUST_CHECK;
void books_close(struct books **b);

/* Its folder and digest; NULL when none is in force. */
const char *books_in_force(const struct books *b);
const char *books_digest(const struct books *b);
/* A copy of these files, to be looked at and then taken or refused. */
int books_stage(const char **folder, struct books *b, const struct book_files *files,
    struct err *e) MUST_CHECK;
/* What was staged is in force from here on; all of it is on disk before, and it or the old one
 * is in force whenever the power goes. */
int books_take(struct books *b, const struct book_files *files, struct err *e) MUST_CHECK;
/* It is not to be looked at again, and this is why. */
int books_refuse(
    struct books *b, const struct book_files *files, const char *why, struct err *e) MUST_CHECK;
/* Why these files were refused before; NULL: they were not. */
const char *books_refused(const struct books *b, const struct book_files *files);

#endif
