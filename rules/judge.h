#ifndef RULES_JUDGE_H
#define RULES_JUDGE_H

#include "ingest/frame.h"
#include "rules/bench.h"
#include "rules/passport.h"
#include "rules/past.h"
#include "rules/verdict.h"

/* What is known of a table beside its cells. Pure facts: the judge has no clock. */
struct facts {
	const struct unit *sender; /* whose address sent it; NULL: `check` without mail */
	struct bytes subject, file_name;
	struct bytes archive_name; /* of the file that held it; empty: none did */
	struct date received;      /* day of arrival; year 0: unknown (check): late, future and
	                              closed are not judged */
	const struct passport *passport; /* of the workbook; NULL: none */
	struct bytes passport_key; /* that proves it; empty: none counts. Borrowed for as long
	                              as   the judge works, never copied */
	bool rows_unused; /* nobody takes the rows from the bench; it holds what rules need */
	const struct form *form;     /* NULL: find by heading */
	struct period period;        /* kind NONE: find */
	uint32_t findings_max;       /* 0: the limit of ingest/limits.h */
	const struct past *past;     /* what was accepted before; NULL: unknown, and rules that
	                                read it are not asked */
	const struct layout *layout; /* plain tables; NULL: the header is the first record */
};

/*
 * Judges one table (one sheet): rows in order as they are read, findings out. Cannot fail on
 * data. Who, what and when: form by heading; unit by sender, checked against title lines,
 * subject, file name; period by columns, title lines, subject, file name, cross-checked. A
 * proven passport tells all three; the table itself is checked against it, subject and file
 * name no more.
 */
struct judge;

struct judge *judge_new(const struct rulebook *r, struct bench *b, const struct facts *f,
    struct bytes sheet, struct arena *a);
/*
 * false: the row is no more of this table, but the header of another one. Then this judge takes
 * no more rows; judge_next goes on. A judge alone (check of a plain table) never says so.
 */
bool judge_row(struct judge *j, const struct row *row);
/* No more rows will come; false as above: rows that waited were of another table. */
bool judge_close(struct judge *j);
/* Something the reader had to say about this table; unreadable ones become findings of level
 * reject. */
void judge_note(struct judge *j, const struct note *note);
/* Runs the rules over the whole and gives the verdict. The judge is used up. Of a message's
 * tables those that were closed before (hearing_close) see each other. */
void judge_end(struct verdict *out, struct judge *j);

#endif
