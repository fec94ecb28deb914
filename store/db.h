#ifndef STORE_DB_H
#define STORE_DB_H

#include <limits.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "store/statements.h"

/* "gias": stands in the header of every ledger and of nothing else. */
#define DB_APPLICATION 0x67696173

/* The open database with the catalogue's statements, each prepared when it is first used. */
struct db {
	sqlite3 *sql;
	sqlite3_stmt *prepared[STATEMENT_COUNT];
	unsigned busy_ms;
	bool in_group;
	char path[PATH_MAX];
};

enum db_use { DB_WRITE, DB_READ };

/*
 * Opens the ledger file name in state_dir (DB_WRITE makes both, private to this user) and
 * checks what it is. ERR_STOP: it is damaged, or no ledger. ERR_INPUT: DB_READ, and there is
 * none. ERR_LATER: held by another program for longer than busy_ms.
 */
int db_open(struct db *out, const char *state_dir, enum db_use use, unsigned busy_ms,
    struct err *e) MUST_CHECK;
void db_close(struct db *db);

/* What SQLite answered, as our code and sentence. SQLITE_OK does not occur here. */
int db_error(struct db *db, int answer, struct err *e);
/* Schema changes and the like, whose text is not in the catalogue. */
int db_execute(struct db *db, const char *sql, struct err *e) MUST_CHECK;
/* A PRAGMA that answers one number. */
int db_number(int64_t *out, struct db *db, const char *sql, struct err *e) MUST_CHECK;

/*
 * Between db_group_begin and db_group_commit transactions still are all or nothing each
 * (savepoints), but only the group's commit waits for the disk. Nothing outside the ledger may
 * follow from one before that.
 *
 * A transaction holds the write lock from its first moment. *open is the handle for
 * AUTO(db_drop), which rolls back.
 */
int db_group_begin(struct db *db, struct err *e) MUST_CHECK;
/* Makes the transactions of the group durable together. On failure all of them are undone. */
int db_group_commit(struct db *db, struct err *e) MUST_CHECK;
/* Undoes what the group holds so far; nothing when there is no group. */
void db_group_drop(struct db *db);
int db_begin(struct db **open, struct db *db, struct err *e) MUST_CHECK;
int db_commit(struct db **open, struct err *e) MUST_CHECK;
void db_drop(struct db **open);

/*
 * One use of a statement: values in, rows out, both in order of their places. A mistake on the
 * way sticks and is told by the next step. Text and bytes must live until query_end.
 */
struct query {
	struct db *db;
	sqlite3_stmt *statement;
	int answer, in, out;
};

void query_begin(struct query *q, struct db *db, enum statement which);
/* The same with a statement that is not of the catalogue and belongs to the caller. */
void query_use(struct query *q, struct db *db, sqlite3_stmt *statement);
void query_end(struct query *q); /* for AUTO */

void query_put_whole(struct query *q, int64_t value);
void query_put_real(struct query *q, double value);
void query_put_null(struct query *q);
void query_put_id(struct query *q, int64_t id);           /* 0 as NULL */
void query_put_text(struct query *q, const char *text);   /* NULL as NULL */
void query_put_bytes(struct query *q, struct bytes text); /* as text, never NULL */
void query_put_blob(struct query *q, struct bytes blob);  /* empty as NULL */

/* *row: there is one, to be taken with query_whole … below. */
int query_next(bool *row, struct query *q, struct err *e) MUST_CHECK;
/* For statements that answer no rows. */
int query_run(struct query *q, struct err *e) MUST_CHECK;

int64_t query_whole(struct query *q);                      /* NULL as 0 */
const char *query_text(struct query *q, struct arena *a);  /* NULL as "" */
const char *query_maybe(struct query *q, struct arena *a); /* NULL as NULL */
struct bytes query_blob(struct query *q, struct arena *a);
void query_digest(char out[65], struct query *q);

#endif
