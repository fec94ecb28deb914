#ifndef INGEST_SOURCE_H
#define INGEST_SOURCE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/err.h"
#include "base/wire.h"
#include "ingest/limits.h"

/*
 * A place reports come from. Two phases, each with a connection of its own: source_fetch brings
 * what is new and changes nothing there; after the commit source_settle marks or moves. To add
 * a kind: one file that defines source_NAME, and one X(NAME) here.
 */
#define SOURCES X(imap) X(maildir) X(folder) X(remote)

struct source_settings {
	const char *name;          /* unique; stands in the ledger and in messages */
	const char *kind;          /* one of SOURCES */
	struct wire_settings wire; /* imap, remote */
	const char
	    *path; /* maildir, folder: directory (absolute); remote: unused, the URL has it */
	const char *mailbox; /* imap: what to read, "INBOX" */
	const char *done; /* imap: folder for processed mail, NULL: only flag $Giamsat; remote:
	                     folder on the far side, NULL: delete */
	const char
	    *failed; /* imap: folder for refused and unreadable mail, NULL: same as done */
	unsigned stable_s; /* folder, remote: a file counts when size and mtime have not changed
	                      for so long */
};

/* One thing that waits at a source. key is the source's own and says which, for ever (imap:
 * "mailbox;uidvalidity;uid"). */
struct arrival {
	const char *key;
	bool mail;          /* false: a bare file, of that name and for that unit */
	struct bytes name;  /* file name, UTF-8 NFC; empty for a mail */
	struct bytes unit;  /* folder/UNIT/file; empty when not told */
	uint64_t bytes;     /* size as announced; 0 unknown */
	int64_t received_s; /* INTERNALDATE, mtime */
};

/* Where fetched bytes go: filled in by the night. Every begin is followed by one end. */
struct intake {
	void *self;
	int64_t now_s;
	/* Already in the ledger: not fetched again. */
	bool (*known)(void *self, const char *source, const char *key);
	/* ERR_INPUT: not this one (budget used up); go on. Others end the fetch. */
	int (*begin)(void *self, const char *source, const struct arrival *a, struct err *e);
	int (*add)(void *self, struct bytes more, struct err *e);
	/* whole false: what came is discarded and will be fetched again another night. */
	int (*end)(void *self, bool whole, struct err *e);
	/* Seen but not to be read ever (too large, a link …): recorded with the reason (a word
	 * of enum below), answered if possible. header: what is known of its mail header (may
	 * be empty). */
	int (*refuse)(void *self, const char *source, const struct arrival *a,
	    const char *reason, struct bytes header, struct err *e);
	/* A batch is complete: now it may be made durable together. */
	int (*flush)(void *self, struct err *e);
};

enum outcome { OUTCOME_ACCEPTED, OUTCOME_REFUSED };

struct settlement {
	const char *key;
	enum outcome outcome;
	struct bytes note; /* folder: text of the receipt to lay beside the file; empty: none */
	bool done;         /* set by source_settle; false: try another night */
};

struct source_kind {
	const char *name;
	int (*fetch)(const struct source_settings *s, const struct limits *limits,
	    struct intake *in, struct err *e);
	int (*settle)(const struct source_settings *s, struct settlement *list, size_t count,
	    struct err *e);
	/* Says whether the settings are right for this kind: a sentence, or NULL. */
	const char *(*mistake)(const struct source_settings *s);
};

#define X(name) extern const struct source_kind source_##name;
SOURCES
#undef X

/* NULL: no such kind. */
const struct source_kind *source_find(const char *kind);
int source_fetch(const struct source_settings *s, const struct limits *limits,
    struct intake *in, struct err *e) MUST_CHECK;
/* Idempotent: settling what is settled, or gone, is done. Errors concern this source alone. */
int source_settle(const struct source_settings *s, struct settlement *list, size_t count,
    struct err *e) MUST_CHECK;

#endif
