/* Why: SQLite is safe only with the right settings and with every answer looked at; both are
 * done here, once. */
#include "store/db.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

/* quick_check looks at every row, about 3 ms for each megabyte: always done up to here, beyond
 * it after a crash. */
enum { CHECK_BYTES = 2 << 20 };

/*
 * mmap stays off, so that a damaged disk is an error code and not SIGBUS; the cache is small,
 * because forking a reader costs by the size of the parent.
 */
static const char settings[] =
    "PRAGMA cache_size = -6144; PRAGMA mmap_size = 0; PRAGMA synchronous = FULL;"
    "PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF;"
    "PRAGMA cell_size_check = ON; PRAGMA journal_size_limit = 16777216;";

#define DAMAGED "the ledger %s is damaged (%s): nothing was changed, restore it from a backup"

int
db_error(struct db *db, int answer, struct err *e)
{
	switch (answer & 0xff) {
	case SQLITE_NOMEM:
		exit(71); /* as base/memory.h: cron starts us again */
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return err_set(e, ERR_LATER,
		    "the ledger %s is held by another program for over %u ms", db->path,
		    db->busy_ms);
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return err_set(e, ERR_STOP, DAMAGED, db->path, sqlite3_errstr(answer));
	case SQLITE_FULL:
		return err_set(e, ERR_STOP, "no room on the disk for the ledger %s", db->path);
	default:
		return err_set(e, ERR_STOP, "the ledger %s: %s", db->path,
		    db->sql ? sqlite3_errmsg(db->sql) : "not open");
	}
}

int
db_execute(struct db *db, const char *sql, struct err *e)
{
	int answer = sqlite3_exec(db->sql, sql, NULL, NULL, NULL);

	return answer == SQLITE_OK ? OK : db_error(db, answer, e);
}

int
db_number(int64_t *out, struct db *db, const char *sql, struct err *e)
{
	sqlite3_stmt *s = NULL;
	int answer = sqlite3_prepare_v2(db->sql, sql, -1, &s, NULL);

	if (answer == SQLITE_OK && (answer = sqlite3_step(s)) == SQLITE_ROW)
		*out = sqlite3_column_int64(s, 0);
	(void)sqlite3_finalize(s); /* repeats the answer of the step */
	return answer == SQLITE_ROW ? OK : db_error(db, answer, e);
}

/* The answer as one line. */
static int
pragma_text(char out[200], struct db *db, const char *sql, struct err *e)
{
	sqlite3_stmt *s = NULL;
	int answer = sqlite3_prepare_v2(db->sql, sql, -1, &s, NULL);

	if (answer == SQLITE_OK && (answer = sqlite3_step(s)) == SQLITE_ROW)
		(void)snprintf(out, 200, "%s",
		    (const char *)sqlite3_column_text(s, 0)); /* its start is enough */
	for (char *c = out; answer == SQLITE_ROW && *c; c++)
		if (*c == '\n')
			*c = ' ';
	(void)sqlite3_finalize(s); /* repeats the answer of the step */
	return answer == SQLITE_ROW ? OK : db_error(db, answer, e);
}

/* Makes the file ourselves, so that it and what SQLite lays beside it (same mode) are private
 * whatever the umask. */
static int
file_ready(const char *state_dir, enum db_use use, struct db *db, struct err *e)
{
	AUTO(file_close) int dir = -1;
	AUTO(file_close) int file = -1;
	int rc, flags = O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
	struct stat st;

	if (use == DB_READ && access(db->path, F_OK) != 0 && errno == ENOENT)
		return err_set(e, ERR_INPUT, "there is no ledger %s yet", db->path);
	if ((rc = file_directory(&dir, state_dir, use == DB_WRITE, e)) != OK)
		return rc;
	file = openat(dir, "ledger.db", flags);
	if (file < 0 && errno == ENOENT && use == DB_WRITE) {
		file = openat(dir, "ledger.db", flags | O_CREAT | O_EXCL, 0600);
		if (file >= 0 && (rc = file_sync(dir, e)) != OK)
			return rc;
	}
	if (file < 0 || fstat(file, &st) != 0)
		return err_set(
		    e, ERR_STOP, "opening the ledger %s: %s", db->path, strerror(errno));
	if (!S_ISREG(st.st_mode))
		return err_set(e, ERR_STOP, "the ledger %s is no regular file", db->path);
	return OK;
}

/* An interrupted first start may have left an empty database without a mark. */
static int
identify(bool *fresh, struct db *db, struct err *e)
{
	int64_t application = 0, version = 0, tables = 0;
	int rc;

	if ((rc = db_number(&application, db, "PRAGMA application_id", e)) != OK ||
	    (rc = db_number(&version, db, "PRAGMA user_version", e)) != OK ||
	    (rc = db_number(&tables, db, "SELECT count(*) FROM sqlite_schema", e)) != OK)
		return rc;
	*fresh = application == 0 && version == 0 && tables == 0;
	if (!*fresh && application != DB_APPLICATION)
		return err_set(e, ERR_STOP,
		    "%s is a database, but no ledger of giamsat: left as it is", db->path);
	return OK;
}

static int
claim(struct db *db, struct err *e)
{
	char sql[64];

	(void)snprintf(
	    sql, sizeof(sql), "PRAGMA application_id = %d", DB_APPLICATION); /* fits */
	return db_execute(db, sql, e);
}

/* Before anything is written. A crash leaves the write-ahead log behind, which a clean end
 * removes or empties. */
static int
check(struct db *db, bool crashed, struct err *e)
{
	struct stat st;
	char told[200];
	int rc;

	if (stat(db->path, &st) != 0)
		return err_set(e, ERR_STOP, "the ledger %s: %s", db->path, strerror(errno));
	if (!crashed && st.st_size > CHECK_BYTES)
		return OK;
	if ((rc = pragma_text(told, db, "PRAGMA quick_check(1)", e)) == OK &&
	    strcmp(told, "ok") != 0)
		return err_set(e, ERR_STOP, DAMAGED, db->path, told);
	return rc;
}

static int
use_log(struct db *db, struct err *e)
{
	char mode[200];
	int rc = pragma_text(mode, db, "PRAGMA journal_mode = WAL", e);

	if (rc == OK && strcmp(mode, "wal") != 0)
		return err_set(e, ERR_STOP,
		    "the ledger %s cannot have a write-ahead log where it lies (a network "
		    "disk?)",
		    db->path);
	return rc;
}

static bool
left_over(const struct db *db)
{
	char wal[PATH_MAX + 8];
	struct stat st;

	(void)snprintf(wal, sizeof(wal), "%s-wal", db->path); /* fits */
	return stat(wal, &st) == 0 && st.st_size > 0;
}

static int
connect_to(struct db *db, enum db_use use, struct err *e)
{
	bool unmerged = left_over(db);
	bool fresh = false, crashed = use == DB_WRITE && unmerged;
	int rc,
	    answer = sqlite3_open_v2(
		db->path, &db->sql, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);

	if (answer != SQLITE_OK)
		return db_error(db, answer, e);
	(void)sqlite3_extended_result_codes(db->sql, 1); /* cannot fail on an open database */
	(void)sqlite3_busy_timeout(db->sql, (int)db->busy_ms); /* likewise */
	(void)sqlite3_db_config(db->sql, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	(void)sqlite3_db_config(db->sql, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	(void)sqlite3_db_config(db->sql, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	if ((rc = db_execute(db, settings, e)) != OK || (rc = identify(&fresh, db, e)) != OK ||
	    (rc = check(db, crashed, e)) != OK)
		return rc;
	if (use == DB_READ) {
		/* What a killed run left in the log is the next run's to look at: who only
		 * looks changes no byte of the ledger. */
		(void)sqlite3_db_config(
		    db->sql, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, unmerged, NULL);
		return db_execute(db, "PRAGMA query_only = ON", e);
	}
	if (fresh && (rc = claim(db, e)) != OK)
		return rc;
	return use_log(db, e);
}

int
db_open(struct db *out, const char *state_dir, enum db_use use, unsigned busy_ms, struct err *e)
{
	struct db db = { .busy_ms = busy_ms };
	int rc, len = snprintf(db.path, sizeof(db.path), "%s/ledger.db", state_dir);

	if (len < 0 || (size_t)len >= sizeof(db.path))
		return err_set(e, ERR_STOP, "the path of the state directory is too long");
	if ((rc = file_ready(state_dir, use, &db, e)) != OK)
		return rc;
	if ((rc = connect_to(&db, use, e)) != OK) {
		db_close(&db);
		return rc;
	}
	*out = db;
	return OK;
}

void
db_close(struct db *db)
{
	for (size_t i = 0; i < STATEMENT_COUNT; i++) {
		(void)sqlite3_finalize(db->prepared[i]); /* its last answer was looked at */
		db->prepared[i] = NULL;
	}
	(void)sqlite3_close(db->sql); /* everything is committed or rolled back; a failed last
	                                 checkpoint is made up for at opening */
	db->sql = NULL;
}

static int
run(struct db *db, enum statement which, struct err *e)
{
	AUTO(query_end) struct query q = { 0 };

	query_begin(&q, db, which);
	return query_run(&q, e);
}

int
db_group_begin(struct db *db, struct err *e)
{
	int rc = run(db, STATEMENT_BEGIN, e);

	db->in_group = rc == OK;
	return rc;
}

int
db_group_commit(struct db *db, struct err *e)
{
	struct db *open = db;

	if (!db->in_group)
		return OK;
	db->in_group = false;
	return db_commit(&open, e);
}

void
db_group_drop(struct db *db)
{
	struct db *open = db;

	if (!db->in_group)
		return;
	db->in_group = false;
	db_drop(&open);
}

int
db_begin(struct db **open, struct db *db, struct err *e)
{
	int rc = run(db, db->in_group ? STATEMENT_MARK : STATEMENT_BEGIN, e);

	if (rc == OK)
		*open = db;
	return rc;
}

int
db_commit(struct db **open, struct err *e)
{
	int rc = run(*open, (*open)->in_group ? STATEMENT_MARK_RELEASE : STATEMENT_COMMIT, e);

	if (rc == OK)
		*open = NULL;
	else
		db_drop(open);
	return rc;
}

/* Undoes to where the transaction began; the mark itself goes, too. */
static int
undo(struct db *db, struct err *e)
{
	int rc;

	if (!db->in_group)
		return run(db, STATEMENT_ROLLBACK, e);
	if ((rc = run(db, STATEMENT_MARK_ROLLBACK, e)) != OK)
		return rc;
	return run(db, STATEMENT_MARK_RELEASE, e);
}

void
db_drop(struct db **open)
{
	struct err ignored;

	/* Some errors (disk full) have rolled back by themselves; what cannot be rolled back
	 * now is at the next opening. */
	if (*open && !sqlite3_get_autocommit((*open)->sql) && undo(*open, &ignored) != OK) {
		(void)sqlite3_exec((*open)->sql, "ROLLBACK", NULL, NULL, NULL);
		(*open)->in_group = false;
	}
	*open = NULL;
}
