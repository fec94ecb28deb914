#ifndef INGEST_JAIL_H
#define INGEST_JAIL_H

#include "ingest/format.h"
#include "ingest/frame.h"

/*
 * Reads one message in a forked child that has nothing but the open file and a pipe:
 * no_new_privs, rlimits, seccomp allow-list (KILL), Landlock where the kernel has it, no other
 * descriptors.
 */
struct jail_job {
	int fd;			/* the original, open for reading; stays the caller's */
	bool mail;		/* false: fd is the table file itself */
	struct bytes name;	/* of the file */
	/*
	 * Report every leaf (giamsat parts); else only what is worth reading as a table:
	 * attachments and nameless parts of a table's type, but no signatures, cards or pictures
	 * in the text.
	 */
	bool all_parts;
	bool tables;		/* read tables in the parts; false: only list them */
	const struct table_hints *hints;
	const struct csv_dialect *dialect;
	const struct limits *limits;
};

struct reading;

/* Loads what children need from libraries (iconv tables) before the first fork. */
void jail_prepare(void);
int jail_open(struct reading **out, const struct jail_job *job, struct err *e) MUST_CHECK;
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
