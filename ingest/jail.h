#ifndef INGEST_JAIL_H
#define INGEST_JAIL_H

#include "ingest/format.h"
#include "ingest/frame.h"

/*
 * Reads each message in a process of its own that has nothing but the open file and a pipe:
 * no_new_privs, rlimits, seccomp allow-list (KILL), Landlock where the kernel has it, no other
 * descriptors.
 *
 * Readers are forked by a spawner, a process made while the program is small: so a reader costs
 * the same however large the ledger's caches grow, and sees nothing of them.
 */
struct jail;
struct reading;

/* A file's name is as long as file systems allow; longer ones are refused. */
#define JAIL_NAME 1024

struct jail_job {
	int fd;            /* the original, open for reading; stays the caller's */
	bool mail;         /* false: fd is the table file itself */
	struct bytes name; /* of the file; at most JAIL_NAME bytes */
	/*
	 * Report every leaf (giamsat parts); else only what is worth reading as a table:
	 * attachments and nameless parts of a table's type, but no signatures, cards or
	 * pictures in the text.
	 */
	bool all_parts;
	bool tables; /* read tables in the parts; false: only list them */
	/* Nobody asks for the parts' sha256, which takes as long as cutting the text: 64 zeros. */
	bool no_digests;
	bool mapped; /* the reader's own to know: the input is a file's pages */
};

/*
 * Forks the spawner: early, before databases, connections and secrets are there to be copied.
 * hints and dialect may be NULL and are copied; limits must outlive the jail. It gets ready by
 * itself meanwhile; that it could not, the first reading tells.
 */
int jail_new(struct jail **out, const struct table_hints *hints,
    const struct csv_dialect *dialect, const struct limits *limits, struct err *e) MUST_CHECK;
void jail_free(struct jail **j); /* readings that are open go on */

/* Does not wait: the reader begins meanwhile. ERR_LATER: the spawner is gone; it stays so. */
int jail_open(
    struct reading **out, struct jail *j, const struct jail_job *job, struct err *e) MUST_CHECK;
/*
 * The next event; its memory lives until the next call (an envelope's: until jail_close). After
 * EVENT_END there is nothing more. ERR_INPUT: the child crashed, hit a limit or sent nonsense:
 * nothing that came before counts. ERR_LATER: our own machine failed (no process, no memory).
 */
int jail_next(struct event *out, struct reading *r, struct err *e) MUST_CHECK;
void jail_close(struct reading **r); /* ends the child when it is still there */

/* false where the kernel lacks it: "seccomp", "landlock". */
bool jail_has(const char *feature);

#endif
