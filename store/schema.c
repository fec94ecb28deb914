/* Why: a ledger lives for years and through many versions of the program; here stands how it
 * came to its present form. */
#include "store/schema.h"

#include <stdio.h>

#include "base/step.h"

/* 1: the ledger as it began. */
static const char *const first[] = {
	/* One start of the program. */
	"CREATE TABLE run ("
	" id INTEGER PRIMARY KEY,"
	" began_s INTEGER NOT NULL,"
	" ended_s INTEGER," /* NULL: it did not come to its end */
	" version TEXT NOT NULL,"
	" rules TEXT NOT NULL," /* digest of the rulebook */
	" fetched INTEGER NOT NULL DEFAULT 0, accepted INTEGER NOT NULL DEFAULT 0,"
	" refused INTEGER NOT NULL DEFAULT 0, unreadable INTEGER NOT NULL DEFAULT 0,"
	" stranger INTEGER NOT NULL DEFAULT 0, automatic INTEGER NOT NULL DEFAULT 0,"
	" duplicate INTEGER NOT NULL DEFAULT 0, quarantined INTEGER NOT NULL DEFAULT 0,"
	" settled INTEGER NOT NULL DEFAULT 0, sent INTEGER NOT NULL DEFAULT 0,"
	" unsent INTEGER NOT NULL DEFAULT 0, source_errors INTEGER NOT NULL DEFAULT 0,"
	" exit_code INTEGER"
	") STRICT;",

	/* What arrived: one row for each different sequence of bytes, in however many places it
	   lay. */
	"CREATE TABLE message ("
	" id INTEGER PRIMARY KEY,"
	" digest TEXT NOT NULL UNIQUE CHECK (length(digest) = 64),"
	" bytes INTEGER NOT NULL,"
	" mail INTEGER NOT NULL CHECK (mail IN (0, 1)),"
	" name TEXT NOT NULL,"      /* of a dropped file */
	" told_unit TEXT NOT NULL," /* by the folder it lay in */
	" received_s INTEGER NOT NULL,"
	" fetched_s INTEGER NOT NULL,"
	" run INTEGER REFERENCES run,"
	" refused_word TEXT," /* never fetched: why */
	" attempts INTEGER NOT NULL DEFAULT 0,"
	" released INTEGER NOT NULL DEFAULT 0," /* times it was let out of quarantine to be read
	                                           again */
	" state TEXT NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'read', 'unreadable', "
	"'stranger',"
	"  'unproven', 'ambiguous', 'automatic', 'ours', 'too-large', 'quarantined', "
	"'dropped')),"
	" reason TEXT NOT NULL DEFAULT '',"
	" taken INTEGER NOT NULL DEFAULT 0 CHECK (taken IN (0, 1))," /* something of it was
	                                                                accepted, now or before
	                                                              */
	" decided_s INTEGER,"
	" decided_run INTEGER REFERENCES run,"
	" sender TEXT, unit TEXT, subject TEXT, message_id TEXT, thread TEXT," /* thread:
	                                                                          References */
	" written_s INTEGER"                                                   /* its Date */
	") STRICT;"
	"CREATE INDEX message_new ON message (received_s, id) WHERE state = 'new';"
	"CREATE INDEX message_quarantined ON message (id) WHERE state = 'quarantined';"
	"CREATE TRIGGER message_stays BEFORE DELETE ON message"
	" BEGIN SELECT RAISE(ABORT, 'messages are never deleted'); END;",

	/* Where it lay: an IMAP UID, a file in a folder. A place is taken in once and settled
	   once. */
	"CREATE TABLE place ("
	" id INTEGER PRIMARY KEY,"
	" source TEXT NOT NULL,"
	" key TEXT NOT NULL,"
	" message INTEGER NOT NULL REFERENCES message,"
	" run INTEGER REFERENCES run,"
	" settled_s INTEGER,"
	" UNIQUE (source, key)"
	") STRICT;"
	"CREATE INDEX place_unsettled ON place (source, id) WHERE settled_s IS NULL;"
	"CREATE INDEX place_message ON place (message);",

	/* One table (a sheet of a part) and what became of it; a part without any table is one
	   row without a form. */
	"CREATE TABLE submission ("
	" id INTEGER PRIMARY KEY,"
	" message INTEGER NOT NULL REFERENCES message,"
	" reading INTEGER NOT NULL," /* which reading of it: message.released then */
	" part_name TEXT NOT NULL, part_digest TEXT NOT NULL, part_bytes INTEGER NOT NULL,"
	" sheet TEXT NOT NULL,"
	" unit TEXT NOT NULL, form TEXT NOT NULL, period TEXT NOT NULL," /* '' unknown */
	" period_year INTEGER NOT NULL, period_number INTEGER NOT NULL,"
	" status TEXT NOT NULL CHECK (status IN ('accepted', 'refused', 'duplicate', "
	"'superseded')),"
	" version INTEGER NOT NULL," /* of unit, form and period, from 1; 0: never in force */
	" try INTEGER NOT NULL,"     /* of unit, form and period, from 1 */
	" supersedes INTEGER REFERENCES submission,"
	" duplicate_of INTEGER REFERENCES submission,"
	" rows INTEGER NOT NULL, rows_loaded INTEGER NOT NULL,"
	" errors INTEGER NOT NULL, warnings INTEGER NOT NULL,"
	" received_s INTEGER NOT NULL,"
	" due TEXT," /* a date */
	" late_days INTEGER NOT NULL,"
	" unreadable TEXT NOT NULL, encoding TEXT NOT NULL,"
	" rules TEXT NOT NULL," /* digest of the rulebook that judged it */
	" header_row INTEGER NOT NULL,"
	" columns TEXT" /* JSON: field to column of the file, so that a figure leads back to its
	                   cell */
	") STRICT;"
	"CREATE INDEX submission_message ON submission (message);"
	/* One voice for each unit, form and period, kept by the database itself. */
	"CREATE UNIQUE INDEX submission_in_force ON submission"
	" (form, period_year, unit, period_number, period) WHERE status = 'accepted';"
	"CREATE INDEX submission_report ON submission (unit, form, period);"
	"CREATE INDEX submission_year ON submission (period_year);"
	"CREATE TRIGGER submission_stays BEFORE DELETE ON submission"
	" BEGIN SELECT RAISE(ABORT, 'submissions are never deleted'); END;",

	/* What was said about it, in the order it is told. */
	"CREATE TABLE finding ("
	" submission INTEGER NOT NULL REFERENCES submission,"
	" number INTEGER NOT NULL,"
	" type TEXT NOT NULL, level INTEGER NOT NULL, rule TEXT NOT NULL,"
	" sheet TEXT NOT NULL, row INTEGER NOT NULL, column INTEGER NOT NULL,"
	" title TEXT NOT NULL, value TEXT NOT NULL,"
	" message_vi TEXT NOT NULL, message_en TEXT NOT NULL,"
	" PRIMARY KEY (submission, number)"
	") STRICT, WITHOUT ROWID;",

	/* Letters owed, and those gone. */
	"CREATE TABLE outbox ("
	" id INTEGER PRIMARY KEY,"
	" kind TEXT NOT NULL CHECK (kind IN ('receipt', 'yearly', 'digest')),"
	" message INTEGER REFERENCES message,"
	" subject_key TEXT NOT NULL," /* with kind and recipient: what may be owed only once */
	" recipient TEXT NOT NULL,"   /* '' is a note beside a dropped file */
	" language TEXT NOT NULL,"
	" message_id TEXT NOT NULL,"
	" state TEXT NOT NULL DEFAULT 'owed'"
	"  CHECK (state IN ('owed', 'composed', 'sent', 'refused', 'unknown')),"
	" owed_s INTEGER NOT NULL,"
	" subject TEXT, bytes BLOB,"
	" tries INTEGER NOT NULL DEFAULT 0,"
	" tried_run INTEGER,"
	" answer TEXT,"
	" done_s INTEGER," /* sent or refused for good */
	" UNIQUE (kind, subject_key, recipient)"
	") STRICT;"
	"CREATE INDEX outbox_waiting ON outbox (id) WHERE done_s IS NULL;"
	"CREATE INDEX outbox_recipient ON outbox (recipient, owed_s);"
	"CREATE INDEX outbox_message ON outbox (message);",

	/* The columns of each form's row table, to tell a compatible change of the campaign
	   from another. */
	"CREATE TABLE form_shape ("
	" form TEXT PRIMARY KEY, table_name TEXT NOT NULL UNIQUE, digest TEXT NOT NULL"
	") STRICT, WITHOUT ROWID;"
	"CREATE TABLE form_column ("
	" form TEXT NOT NULL REFERENCES form_shape,"
	" position INTEGER NOT NULL," /* as made, not as in the form */
	" name TEXT NOT NULL, kind TEXT NOT NULL,"
	" scale INTEGER NOT NULL," /* digits after the point; -1: any, or no number */
	" PRIMARY KEY (form, position), UNIQUE (form, name)"
	") STRICT, WITHOUT ROWID;",
	NULL,
};

/* 2: accepted reports that no longer agree with what they were compared with. */
static const char *const second[] = {
	"CREATE TABLE doubt ("
	" id INTEGER PRIMARY KEY,"
	" submission INTEGER NOT NULL REFERENCES submission," /* the report in question */
	" message INTEGER NOT NULL REFERENCES message,"       /* what it brought began it */
	" noted_s INTEGER NOT NULL,"
	" rule TEXT NOT NULL, level INTEGER NOT NULL,"
	" sheet TEXT NOT NULL, row INTEGER NOT NULL, column INTEGER NOT NULL,"
	" title TEXT NOT NULL, value TEXT NOT NULL,"
	" message_vi TEXT NOT NULL, message_en TEXT NOT NULL,"
	" settled_by INTEGER REFERENCES message," /* what it brought ended it; NULL: it stands
	                                           */
	" settled_s INTEGER"
	") STRICT;"
	"CREATE INDEX doubt_open ON doubt (submission) WHERE settled_by IS NULL;"
	"CREATE INDEX doubt_message ON doubt (message);"
	"CREATE INDEX doubt_settled ON doubt (settled_by) WHERE settled_by IS NOT NULL;",
	NULL,
};

const char *const *const schema_migrations[] = { first, second };
const size_t schema_version = COUNT(schema_migrations);

static int
version_read(int64_t *out, struct db *db, size_t newest, struct err *e)
{
	int rc = db_number(out, db, "PRAGMA user_version", e);

	if (rc == OK && (*out < 0 || (uint64_t)*out > newest))
		return err_set(e, ERR_STOP,
		    "the ledger %s is of version %lld; this program knows up to %zu. "
		    "Install the newer program again",
		    db->path, (long long)*out, newest);
	return rc;
}

static int
migrate_one(bool *again, struct db *db, const char *const *const *migrations, size_t count,
    struct err *e)
{
	AUTO(db_drop) struct db *open = NULL;
	char pragma[64];
	int64_t version = 0;
	int rc;

	/* Read under the write lock: another start of the program may be doing the same. */
	if ((rc = db_begin(&open, db, e)) != OK ||
	    (rc = version_read(&version, db, count, e)) != OK)
		return rc;
	*again = (uint64_t)version < count;
	if (!*again)
		return OK;
	(void)snprintf(pragma, sizeof(pragma), "PRAGMA user_version = %lld",
	    (long long)version + 1); /* fits */
	for (const char *const *sql = migrations[version]; rc == OK && *sql; sql++)
		rc = db_execute(db, *sql, e);
	STEP("schema.migrate");
	if (rc != OK || (rc = db_execute(db, pragma, e)) != OK ||
	    (rc = db_commit(&open, e)) != OK)
		return err_at(e, "migration %lld of the ledger", (long long)version + 1);
	STEP("schema.migrated");
	return OK;
}

int
schema_migrate(struct db *db, const char *const *const *migrations, size_t count, struct err *e)
{
	int64_t version = 0;
	int rc = version_read(&version, db, count, e);
	bool again = rc == OK && (uint64_t)version < count;

	while (rc == OK && again)
		rc = migrate_one(&again, db, migrations, count, e);
	return rc;
}

int
schema_check(struct db *db, size_t count, struct err *e)
{
	int64_t version = 0;
	int rc = version_read(&version, db, count, e);

	if (rc == OK && (uint64_t)version < count)
		return err_set(e, ERR_INPUT,
		    "the ledger %s is of version %lld, the next run brings it to %zu", db->path,
		    (long long)version, count);
	return rc;
}
