#ifndef STORE_SCHEMA_H
#define STORE_SCHEMA_H

#include "rules/rulebook.h"
#include "store/db.h"

/*
 * The ledger's form over the years: migration n (from 1) takes a ledger from version n - 1 to
 * n. What was released is never edited; a change is one more list of statements at the end.
 * Each list ends with NULL.
 */
extern const char *const *const schema_migrations[];
extern const size_t schema_version; /* how many there are */

/* Applies what is missing, each in a transaction of its own. ERR_STOP: the ledger is of a newer
 * program. */
int schema_migrate(struct db *db, const char *const *const *migrations, size_t count,
    struct err *e) MUST_CHECK;
/* For a reader, who changes nothing. ERR_STOP as above; ERR_INPUT: older, the next run brings
 * it up. */
int schema_check(struct db *db, size_t count, struct err *e) MUST_CHECK;

/*
 * Fits the row tables and views to the campaign's forms. New forms and new optional columns are
 * made. ERR_STOP, with nothing changed: a column is gone, has another type or scale, or is new
 * and required, or a name cannot be used.
 */
int shape_fit(struct db *db, const struct rulebook *r, struct err *e) MUST_CHECK;
/* Would it? Nothing is changed. */
int shape_check(struct db *db, const struct rulebook *r, struct err *e) MUST_CHECK;

/* Is there a column for the field? Before a run has seen the campaign as it is now there may be
 * none. */
int shape_has(bool *out, struct db *db, const struct form *f, const struct field *field,
    struct err *e) MUST_CHECK;

/*
 * The column in which a field lies. The ledger's own column names get a "_" when a form has a
 * field of that name. Valid until the next call with the same buffer.
 */
#define SHAPE_NAME 80
const char *shape_column(char out[SHAPE_NAME], const struct field *f);
/*
 * The key of a row table: one number, so that new rows are appended and none is there twice,
 * half again as fast as a key of two columns. No field can have its name. A row dies never, so
 * its submission needs no foreign key.
 */
#define SHAPE_KEY       "\"submission:row\""
#define SHAPE_ROWS_OF_S "r." SHAPE_KEY " BETWEEN s.id << 32 AND s.id << 32 | 0xffffffff"
static inline int64_t
shape_key(int64_t submission, uint32_t row)
{
	return submission << 32 | row;
}

/* The prepared INSERT of one row of the form: its key, then the fields in their order. Belongs
 * to the caller. */
int shape_insert(
    sqlite3_stmt **out, struct db *db, const struct form *f, struct err *e) MUST_CHECK;
/* Stored as a whole number: digits * 10^scale. */
bool shape_is_whole(const struct field *f);

#endif
