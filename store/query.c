/* Why: binding and reading by position, without a place for numbers that do not match or
 * answers nobody looks at. */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "store/db.h"

void
query_begin(struct query *q, struct db *db, enum statement which)
{
	sqlite3_stmt **s = &db->prepared[which];
	int answer = SQLITE_OK;

	if (!*s)
		answer = sqlite3_prepare_v3(
		    db->sql, statements[which], -1, SQLITE_PREPARE_PERSISTENT, s, NULL);
	*q = (struct query){ .db = db, .statement = *s, .answer = answer };
}

void
query_use(struct query *q, struct db *db, sqlite3_stmt *statement)
{
	*q = (struct query){ .db = db, .statement = statement };
}

void
query_end(struct query *q)
{
	if (q->statement)
		(void)sqlite3_reset(q->statement); /* repeats the answer of the last step */
	q->statement = NULL;
}

static void
note(struct query *q, int answer)
{
	if (q->answer == SQLITE_OK)
		q->answer = answer;
}

/* An unprepared statement is told by the next step. */
static bool
usable(const struct query *q)
{
	return q->statement && q->answer == SQLITE_OK;
}

void
query_put_whole(struct query *q, int64_t value)
{
	if (usable(q))
		note(q, sqlite3_bind_int64(q->statement, ++q->in, value));
}

void
query_put_real(struct query *q, double value)
{
	if (usable(q))
		note(q, sqlite3_bind_double(q->statement, ++q->in, value));
}

void
query_put_null(struct query *q)
{
	if (usable(q))
		note(q, sqlite3_bind_null(q->statement, ++q->in));
}

void
query_put_id(struct query *q, int64_t id)
{
	if (id)
		query_put_whole(q, id);
	else
		query_put_null(q);
}

void
query_put_text(struct query *q, const char *text)
{
	if (text)
		query_put_bytes(q, bytes_of(text));
	else
		query_put_null(q);
}

void
query_put_bytes(struct query *q, struct bytes text)
{
	if (usable(q))
		note(q,
		    sqlite3_bind_text64(q->statement, ++q->in, text.at ? text.at : "", text.len,
			SQLITE_STATIC, SQLITE_UTF8));
}

void
query_put_blob(struct query *q, struct bytes blob)
{
	if (blob.len == 0)
		query_put_null(q);
	else if (usable(q))
		note(q,
		    sqlite3_bind_blob64(
			q->statement, ++q->in, blob.at, blob.len, SQLITE_STATIC));
}

int
query_next(bool *row, struct query *q, struct err *e)
{
	if (usable(q)) {
		assert(q->in == sqlite3_bind_parameter_count(q->statement));
		q->answer = sqlite3_step(q->statement);
		q->out = 0;
	}
	*row = q->answer == SQLITE_ROW;
	if (q->answer != SQLITE_ROW && q->answer != SQLITE_DONE)
		return db_error(q->db, q->answer, e);
	q->answer = SQLITE_OK;
	return OK;
}

int
query_run(struct query *q, struct err *e)
{
	bool row = false;
	int rc = query_next(&row, q, e);

	assert(rc != OK || !row);
	return rc;
}

int64_t
query_whole(struct query *q)
{
	return sqlite3_column_int64(q->statement, q->out++);
}

static struct bytes
column(struct query *q)
{
	/* The blob form neither converts nor cuts at a NUL. */
	const char *at = sqlite3_column_blob(q->statement, q->out);

	return (struct bytes){ .at = at,
		.len = (size_t)sqlite3_column_bytes(q->statement, q->out++) };
}

const char *
query_text(struct query *q, struct arena *a)
{
	return arena_text(a, column(q));
}

const char *
query_maybe(struct query *q, struct arena *a)
{
	bool null = sqlite3_column_type(q->statement, q->out) == SQLITE_NULL;
	struct bytes text = column(q);

	return null ? NULL : arena_text(a, text);
}

struct bytes
query_blob(struct query *q, struct arena *a)
{
	struct bytes blob = column(q);

	return blob.len == 0 ? (struct bytes){ 0 } : arena_bytes(a, blob);
}

void
query_digest(char out[65], struct query *q)
{
	struct bytes text = column(q);
	size_t len = text.len < 64 ? text.len : 64;

	if (len)
		memcpy(out, text.at, len);
	out[len] = '\0';
}
