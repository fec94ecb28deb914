#ifndef RULES_HEARING_H
#define RULES_HEARING_H

#include "rules/judge.h"

/*
 * Judges one part of a message, a file: its sheets, and on each sheet its tables, in the order
 * in which they are read. Sheets that are no form are passed over and told with the first table
 * that is one; where none is, there is one refusal, of the sheet that looked most like a form.
 * Two tables that report the same are both refused. Plain tables (check --schema) are judged
 * sheet by sheet. Cannot fail on data.
 */
struct hearing;

/* facts of the part; findings_max counts for all its tables together. */
struct hearing *hearing_new(
    const struct rulebook *r, struct bench *b, const struct facts *f, struct arena *a);
void hearing_sheet(struct hearing *h, struct bytes name);
/* After a sheet. */
void hearing_row(struct hearing *h, const struct row *row);
/* false: the note is about no sheet: the part itself could not be read. */
bool hearing_note(struct hearing *h, const struct note *note);
/*
 * The part has ended. Verdicts come when all parts of the message have: only then rules are
 * asked that compare a table with others, so that neither the order of the sheets nor that of
 * the files counts. Says how many findings there are so far. May be left out for one part
 * alone.
 */
size_t hearing_close(struct hearing *h);
/* The verdicts, in the arena; none when there was no sheet. The hearing is used up. */
size_t hearing_end(struct verdict **out, struct hearing *h);

#endif
