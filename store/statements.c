/* Why: what the program can ask of the ledger or do to it is a closed list that can be read in
 * one sitting. */
#include "store/statements.h"

#define MESSAGE_COLUMNS                                                                        \
	"id, digest, mail, state, reason, name, sender, coalesce(nullif(unit, ''), "           \
	"told_unit), subject,"                                                                 \
	" message_id, thread, received_s, bytes"
#define SUBMISSION_COLUMNS                                                                     \
	"s.id, s.message, s.part_name, s.sheet, s.unit, s.form, s.part_digest, s.part_bytes, " \
	"s.period,"                                                                            \
	" s.status, s.version, s.try, s.received_s, s.due, s.late_days, s.rows, "              \
	"s.rows_loaded, s.errors,"                                                             \
	" s.warnings, s.supersedes, s.duplicate_of, o.received_s, s.unreadable, s.encoding"
#define LETTER_COLUMNS                                                                         \
	"id, kind, message, subject_key, recipient, language, message_id, owed_s, tries, "     \
	"bytes"

const char *const statements[STATEMENT_COUNT] = {
	[STATEMENT_BEGIN] = "BEGIN IMMEDIATE",
	[STATEMENT_COMMIT] = "COMMIT",
	[STATEMENT_ROLLBACK] = "ROLLBACK",
	[STATEMENT_MARK] = "SAVEPOINT one",
	[STATEMENT_MARK_RELEASE] = "RELEASE one",
	[STATEMENT_MARK_ROLLBACK] = "ROLLBACK TO one",

	[STATEMENT_RUN_BEGIN] = "INSERT INTO run (began_s, version, rules) VALUES (?, ?, ?)",
	[STATEMENT_RUN_END] = "UPDATE run SET ended_s = ?, fetched = ?, accepted = ?, refused "
			      "= ?, unreadable = ?, stranger = ?,"
			      " automatic = ?, duplicate = ?, quarantined = ?, settled = ?, "
			      "sent = ?, unsent = ?, source_errors = ?,"
			      " exit_code = ? WHERE id = ?",

	[STATEMENT_PLACE_KNOWN] = "SELECT 1 FROM place WHERE source = ? AND key = ?",
	[STATEMENT_MESSAGE_FIND] = "SELECT id FROM message WHERE digest = ?",
	[STATEMENT_MESSAGE_NEW] = "INSERT INTO message (digest, bytes, mail, name, told_unit, "
				  "received_s, fetched_s, run, refused_word)"
				  " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
	[STATEMENT_PLACE_NEW] =
	    "INSERT INTO place (source, key, message, run) VALUES (?, ?, ?, ?)",

	/* A message lies in one place at least; the first one tells where it came from. */
	[STATEMENT_UNREAD] =
	    "SELECT m.id, m.digest, m.mail, p.source, m.name, m.told_unit, m.bytes, "
	    "m.received_s, m.attempts,"
	    " m.refused_word FROM message m JOIN place p ON p.id ="
	    " (SELECT min(id) FROM place WHERE message = m.id)"
	    " WHERE m.state = 'new' AND m.attempts < ? ORDER BY m.received_s, m.id LIMIT ?",
	[STATEMENT_ATTEMPT_RETURN] = "UPDATE message SET attempts = attempts - 1 WHERE id = ? "
				     "AND state = 'new' AND attempts > 0",
	[STATEMENT_ATTEMPT] = "UPDATE message SET attempts = attempts + 1 WHERE id = ?",
	[STATEMENT_SPENT] = "UPDATE message SET state = 'quarantined', reason = 'reading it "
			    "failed ' || attempts || ' times',"
			    " decided_s = ? WHERE state = 'new' AND attempts >= ? RETURNING id",

	[STATEMENT_UNSETTLED] =
	    "SELECT p.id, p.message, p.key, m.taken FROM place p JOIN message m ON m.id = "
	    "p.message"
	    " WHERE p.source = ? AND p.settled_s IS NULL AND m.state <> 'new' ORDER BY p.id",
	[STATEMENT_SETTLED] =
	    "UPDATE place SET settled_s = ? WHERE id = ? AND settled_s IS NULL",
	[STATEMENT_QUARANTINE] = "SELECT m.id, m.digest, p.source, p.key, m.reason, m.sender, "
				 "m.subject, m.bytes, m.received_s,"
				 " m.decided_s FROM message m JOIN place p ON p.id = (SELECT "
				 "min(id) FROM place WHERE message = m.id)"
				 " WHERE m.state = 'quarantined' ORDER BY m.id",
	[STATEMENT_RELEASE] = "UPDATE message SET state = 'new', attempts = 0, released = "
			      "released + 1, reason = '', decided_s = NULL"
			      " WHERE id = ? AND state = 'quarantined'",
	/* A dropped file moves to where it then belongs, with its new note; a mail stays where
	   it was put. */
	[STATEMENT_UNSETTLE] = "UPDATE place SET settled_s = NULL WHERE message = (SELECT id "
			       "FROM message WHERE id = ? AND mail = 0)",
	[STATEMENT_GIVE_UP] =
	    "UPDATE message SET state = 'dropped' WHERE id = ? AND state = 'quarantined'",

	[STATEMENT_MESSAGE_UNDECIDED] =
	    "SELECT digest, received_s, released FROM message WHERE id = ? AND state = 'new'",
	[STATEMENT_MESSAGE_SENDER] = "UPDATE message SET sender = ?, unit = ?, subject = ?, "
				     "message_id = ?, thread = ?, written_s = ?"
				     " WHERE id = ?",
	[STATEMENT_MESSAGE_STATE] = "UPDATE message SET state = ?, reason = ?, decided_s = ?, "
				    "decided_run = ? WHERE id = ?",
	[STATEMENT_MESSAGE_TAKEN] = "UPDATE message SET taken = 1 WHERE id = ?",
	[STATEMENT_REPLIES] = "SELECT count(*) FROM outbox WHERE recipient = ? AND owed_s > ? "
			      "AND kind = 'receipt'",
	[STATEMENT_OWE] = "INSERT INTO outbox (kind, message, subject_key, recipient, "
			  "language, message_id, owed_s)"
			  " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (kind, subject_key, "
			  "recipient) DO NOTHING",

	[STATEMENT_DUPLICATE_OF] =
	    "SELECT id, try FROM submission WHERE unit = ? AND form = ? AND period = ? AND "
	    "part_digest = ?"
	    " AND sheet = ? AND status IN ('accepted', 'superseded') ORDER BY id DESC LIMIT 1",
	[STATEMENT_IN_FORCE] =
	    "SELECT id, version FROM submission WHERE form = ? AND period_year = ? AND unit = ?"
	    " AND period_number = ? AND period = ? AND status = 'accepted'",
	[STATEMENT_SUPERSEDE] = "UPDATE submission SET status = 'superseded' WHERE id = ?",
	[STATEMENT_TRIES] = "SELECT count(*) FROM submission WHERE unit = ? AND form = ? AND "
			    "period = ? AND status <> 'duplicate'",
	[STATEMENT_SUBMISSION_NEW] =
	    "INSERT INTO submission (message, part_name, part_digest, part_bytes, sheet, unit, "
	    "form, period,"
	    " period_year, period_number, status, version, try, supersedes, duplicate_of, "
	    "rows, rows_loaded,"
	    " errors, warnings, received_s, due, late_days, unreadable, encoding, rules, "
	    "header_row, columns, reading)"
	    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, "
	    "?, ?, ?,"
	    " (SELECT released FROM message WHERE id = ?1))",
	[STATEMENT_SUBMISSION_LOADED] = "UPDATE submission SET rows_loaded = ? WHERE id = ?",
	[STATEMENT_FINDING_NEW] =
	    "INSERT INTO finding (submission, number, type, level, rule, sheet, row, column, "
	    "title, value,"
	    " message_vi, message_en) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",

	[STATEMENT_AGAIN_OF] = "SELECT sheet, columns FROM submission WHERE id = ?",
	[STATEMENT_AGAIN_TOLD] = "SELECT rule, row, column, message_vi FROM finding WHERE "
				 "submission = ? AND level > 0 AND rule <> ''",
	[STATEMENT_DOUBT_OPEN] = "SELECT id, rule, row, column, message_vi FROM doubt WHERE "
				 "submission = ? AND settled_by IS NULL ORDER BY id",
	[STATEMENT_DOUBT_NEW] =
	    "INSERT INTO doubt (submission, message, noted_s, rule, level, sheet, row, column, "
	    "title, value, message_vi, message_en) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	[STATEMENT_DOUBT_SETTLE] =
	    "UPDATE doubt SET settled_by = ?, settled_s = ? WHERE id = ?",
	[STATEMENT_DOUBT_SETTLE_ALL] =
	    "UPDATE doubt SET settled_by = ?, settled_s = ? WHERE submission = ? AND "
	    "settled_by IS NULL",
	/* What became of a report that was corrected since is told no more. */
	[STATEMENT_FIGURE_DOUBTS] =
	    "SELECT s.unit, s.form, s.period, d.settled_by IS NOT NULL AND d.settled_by = ?1, "
	    "d.level, d.rule, d.sheet, d.title, d.value, d.row, d.column, d.message_vi, "
	    "d.message_en FROM doubt d JOIN submission s ON s.id = d.submission WHERE "
	    "(d.message = ?1 OR d.settled_by = ?1) AND s.status = 'accepted' ORDER BY 4, "
	    "s.unit, s.form, s.period_year, s.period_number, d.id LIMIT ?2",
	[STATEMENT_FIGURE_DOUBT_COUNTS] =
	    "SELECT unit, form, period, settled, rule, count(*) FROM (SELECT s.unit AS unit, "
	    "s.form AS form, s.period AS period, 0 AS settled, d.rule AS rule FROM doubt d "
	    "JOIN "
	    "submission s ON s.id = d.submission WHERE d.message > ?1 AND d.message <= ?2 AND "
	    "s.status = 'accepted' AND d.settled_by IS NULL UNION ALL SELECT s.unit, s.form, "
	    "s.period, 1, d.rule FROM doubt d JOIN submission s ON s.id = d.submission WHERE "
	    "d.settled_by > ?1 AND d.settled_by <= ?2 AND d.message <= ?1 AND s.status = "
	    "'accepted') GROUP BY unit, form, period, settled, rule ORDER BY settled, unit, "
	    "form, period, rule LIMIT 1000",

	[STATEMENT_FIGURE_DOUBTS_OPEN] =
	    "SELECT level, rule, sheet, title, value, row, column, message_vi, message_en FROM "
	    "doubt WHERE submission = ? AND settled_by IS NULL ORDER BY id",

	/* The newest first: what is beyond the ceiling is the oldest. */
	[STATEMENT_PAST_OF_UNIT] =
	    "SELECT id, form, unit, period, received_s FROM submission WHERE unit = ? AND "
	    "status = 'accepted' ORDER BY period_year DESC, period_number DESC, id LIMIT ?",
	[STATEMENT_PAST_OF_PERIOD] =
	    "SELECT id, form, unit, period, received_s FROM submission WHERE form = ? AND "
	    "period_year = ? AND period = ? AND status = 'accepted' ORDER BY unit LIMIT ?",

	[STATEMENT_OUTBOX_NEXT] =
	    "SELECT " LETTER_COLUMNS
	    " FROM outbox WHERE done_s IS NULL AND id > ? AND recipient <> ''"
	    " AND tried_run IS NOT ? ORDER BY id LIMIT 1",
	[STATEMENT_OUTBOX_NOTE] =
	    "SELECT " LETTER_COLUMNS
	    " FROM outbox WHERE message = ? AND recipient = '' AND done_s IS NULL",
	[STATEMENT_OUTBOX_COMPOSE] = "UPDATE outbox SET subject = ?, bytes = ?, state = "
				     "'composed' WHERE id = ? AND bytes IS NULL",
	[STATEMENT_OUTBOX_TRYING] =
	    "UPDATE outbox SET state = 'unknown', tries = tries + 1, tried_run = ?"
	    " WHERE id = ? AND done_s IS NULL AND bytes IS NOT NULL",
	[STATEMENT_OUTBOX_DONE] = "UPDATE outbox SET state = ?, answer = ?, done_s = ? WHERE "
				  "id = ? AND done_s IS NULL",
	[STATEMENT_OUTBOX_WAITING] =
	    "SELECT count(*) FROM outbox WHERE done_s IS NULL AND recipient <> ''",

	[STATEMENT_SHAPE] = "SELECT table_name, digest FROM form_shape WHERE form = ?",
	[STATEMENT_SHAPE_COLUMNS] =
	    "SELECT name, kind, scale FROM form_column WHERE form = ? ORDER BY position",
	[STATEMENT_SHAPE_COLUMN] = "SELECT 1 FROM form_column WHERE form = ? AND name = ?",
	[STATEMENT_SHAPE_TAKEN] = "SELECT 1 FROM sqlite_schema WHERE name = ?",
	[STATEMENT_SHAPE_SET] =
	    "INSERT INTO form_shape (form, table_name, digest) VALUES (?, ?, ?)"
	    " ON CONFLICT (form) DO UPDATE SET digest = excluded.digest",
	[STATEMENT_SHAPE_COLUMN_NEW] =
	    "INSERT INTO form_column (form, position, name, kind, scale)"
	    " SELECT ?1, count(*), ?2, ?3, ?4 FROM form_column WHERE form = ?1",

	[STATEMENT_FIGURE_RUNS] = "SELECT id, began_s, ended_s, version, rules, fetched, "
				  "accepted, refused, unreadable, stranger, automatic,"
				  " duplicate, quarantined, settled, sent, unsent, "
				  "source_errors, exit_code FROM run ORDER BY id DESC LIMIT ?",
	[STATEMENT_FIGURE_ACCEPTED] =
	    "SELECT count(*) FROM submission WHERE period_year = ? AND status = 'accepted'",
	[STATEMENT_FIGURE_MESSAGE] = "SELECT " MESSAGE_COLUMNS " FROM message WHERE id = ?",
	/* Up to the first that is still to be decided: what is not judged yet is told when it
	   is. */
	[STATEMENT_FIGURE_DECIDED] = "SELECT coalesce((SELECT min(id) - 1 FROM message WHERE "
				     "state = 'new'), (SELECT max(id) FROM message), 0)",
	[STATEMENT_FIGURE_ARRIVALS] =
	    "SELECT " MESSAGE_COLUMNS
	    " FROM message WHERE id > ? AND id <= ? ORDER BY received_s, id",
	[STATEMENT_FIGURE_DIGESTED] =
	    "SELECT coalesce(max(CAST(subject_key AS INTEGER)), 0) FROM outbox"
	    " WHERE kind = 'digest' AND CAST(subject_key AS INTEGER) < ?",
	[STATEMENT_FIGURE_JUDGED] =
	    "SELECT m.id FROM message m WHERE m.state IN ('read', 'unreadable') AND "
	    "m.refused_word IS NULL AND m.received_s >= ?1"
	    " AND ((?2 = 0 AND ?3 = '') OR EXISTS (SELECT 1 FROM submission s WHERE s.message "
	    "= m.id"
	    " AND (?2 = 0 OR s.period_year = ?2) AND (?3 = '' OR s.form = ?3)))"
	    " ORDER BY m.received_s, m.id",
	[STATEMENT_FIGURE_LATER_TRY] =
	    "SELECT 1 FROM submission WHERE unit = ? AND form = ? AND period = ? AND try > ?"
	    " AND status <> 'duplicate' LIMIT 1",
	[STATEMENT_FIGURE_SUBMISSIONS] =
	    "SELECT " SUBMISSION_COLUMNS " FROM submission s LEFT JOIN submission o"
	    " ON o.id = coalesce(s.supersedes, s.duplicate_of) WHERE s.message = ?"
	    " AND s.reading = (SELECT released FROM message WHERE id = s.message) ORDER BY "
	    "s.id",
	[STATEMENT_FIGURE_FINDINGS] = "SELECT level, type, rule, sheet, title, value, row, "
				      "column, message_vi, message_en FROM finding"
				      " WHERE submission = ? ORDER BY number",
	/* The first accepted one says how late, the one in force which version counts. */
	[STATEMENT_FIGURE_BOARD] =
	    "SELECT unit, form, period, sum(status <> 'duplicate'), sum(status = 'refused'),"
	    " max(CASE WHEN status = 'accepted' THEN id END), max(CASE WHEN status = "
	    "'accepted' THEN version END),"
	    " max(CASE WHEN version = 1 THEN late_days END), max(CASE WHEN version = 1 THEN "
	    "received_s END)"
	    " FROM submission WHERE period_year = ? AND unit <> '' AND form <> '' AND period "
	    "<> ''"
	    " GROUP BY unit, form, period_number, period ORDER BY unit, form, period_number, "
	    "period",
};
