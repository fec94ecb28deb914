#ifndef STORE_ORIGINALS_H
#define STORE_ORIGINALS_H

#include "base/digest.h"
#include "base/err.h"

/*
 * Received bytes as they came, content-addressed: originals/ab/abcdef…, written beside,
 * fsynced, renamed, the folder fsynced. A batch shares its folder fsyncs: originals_flush makes
 * everything since the last flush durable; nothing may be recorded in the ledger before. What a
 * crash left is swept at the first originals_begin, so that one who only reads takes nothing
 * from a run that is writing.
 */
struct originals;

int originals_open(struct originals **out, const char *state_dir, struct err *e) MUST_CHECK;
void originals_close(struct originals **o);
int originals_begin(struct originals *o, struct err *e) MUST_CHECK;
int originals_add(struct originals *o, struct bytes more, struct err *e) MUST_CHECK;
/* Ends what was begun; digest and length out. Keeps nothing new when those bytes are there
 * already. */
int originals_end(
    char digest[DIGEST_HEX], uint64_t *bytes, struct originals *o, struct err *e) MUST_CHECK;
void originals_abandon(struct originals *o);
int originals_flush(struct originals *o, struct err *e) MUST_CHECK;
/* Open for reading; the caller closes. ERR_LATER when it cannot be opened: that message's
 * trouble, not the night's. */
int originals_read(int *fd, struct originals *o, const char *digest, struct err *e) MUST_CHECK;

#endif
