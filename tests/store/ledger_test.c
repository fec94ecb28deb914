/* Why: a ledger opened wrongly loses years; what arrived must be read once and its place told
 * once. */
#include "tests/store/ledger_fixture.h"

#include <fcntl.h>

#include "store/db.h"

static void
spoil(struct world *w, off_t at, const char *bytes, size_t len)
{
	char path[96];
	int fd;

	(void)snprintf(path, sizeof(path), "%s/ledger.db", w->dir);
	fd = open(path, O_WRONLY);
	assert_true(fd >= 0);
	assert_int_equal(pwrite(fd, bytes, len, at), (ssize_t)len);
	(void)close(fd);
}

static void
cut(struct world *w)
{
	char path[96];

	(void)snprintf(path, sizeof(path), "%s/ledger.db", w->dir);
	assert_int_equal(truncate(path, 4096 * 3), 0);
}

static void
no_database(struct world *w)
{
	spoil(w, 0, "This is a letter, not a ledger.", 32);
}

/* The second page is the root of the first table. */
static void
bad_page(struct world *w)
{
	spoil(w, 4096, "\xff\xff\xff\xff\xff\xff\xff\xff", 8);
}

static void
foreign(struct world *w)
{
	poke(w, "PRAGMA application_id = 7");
}

static void
unmarked(struct world *w)
{
	poke(w, "PRAGMA application_id = 0");
}

static void
newer(struct world *w)
{
	poke(w, "PRAGMA user_version = 99");
}

static void
unchanged(struct world *w)
{
	(void)w;
}

static void
opens(void **state)
{
	static const struct {
		const char *about;
		void (*harm)(struct world *w);
		int code;
		const char *word;
	} rows[] = {
		{ "as it was left", unchanged, OK, "" },
		{ "no database at all", no_database, ERR_STOP, "damaged" },
		{ "a page overwritten", bad_page, ERR_STOP, "damaged" },
		{ "the end cut off", cut, ERR_STOP, "damaged" },
		{ "of another program", foreign, ERR_STOP, "no ledger of giamsat" },
		{ "a database without a mark", unmarked, ERR_STOP, "no ledger of giamsat" },
		{ "of a newer program", newer, ERR_STOP, "version 99" },
	};
	(void)state;

	for (size_t i = 0; i < COUNT(rows); i++) {
		void *own = NULL;
		struct world *w;
		int rc;

		assert_int_equal(world_setup(&own), 0);
		w = own;
		ledger_close(&w->ledger);
		rows[i].harm(w);
		memset(&w->e, 0, sizeof(w->e));
		rc = ledger_open(&w->ledger, w->dir, &w->book, &w->e);
		if (rc != rows[i].code || (rc == OK) != (w->ledger != NULL) ||
		    !strstr(w->e.text, rows[i].word))
			fail_msg("%s: %d '%s'", rows[i].about, rc, w->e.text);
		memset(&w->e, 0, sizeof(w->e));
		if (rc != OK)
			FAILS(w, rows[i].about,
			    ledger_open_reading(&w->ledger, w->dir, &w->book, &w->e), ERR_STOP,
			    rows[i].word);
		assert_int_equal(world_teardown(&own), 0);
	}
}

static void
settings(void **state)
{
	struct world *w = *state;
	struct db db = { 0 };
	struct stat st;
	static const char *const files[] = { "ledger.db", "ledger.db-wal", "ledger.db-shm" };
	static const struct {
		const char *sql;
		int64_t value;
	} rows[] = {
		{ "PRAGMA synchronous", 2 },
		{ "PRAGMA foreign_keys", 1 },
		{ "PRAGMA application_id", DB_APPLICATION },
		{ "PRAGMA user_version", 2 },
		{ "PRAGMA mmap_size", 0 },
		{ "PRAGMA trusted_schema", 0 },
		{ "PRAGMA busy_timeout", 100 },
		{ "SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND type = "
		  "'table' AND NOT strict"
		  " AND name NOT LIKE 'sqlite_%'",
		    0 },
	};

	GOOD(w, db_open(&db, w->dir, DB_WRITE, 100, &w->e));
	for (size_t i = 0; i < COUNT(rows); i++) {
		int64_t value = -1;

		GOOD(w, db_number(&value, &db, rows[i].sql, &w->e));
		if (value != rows[i].value)
			fail_msg("%s: %lld", rows[i].sql, (long long)value);
	}
	db_close(&db);
	assert_string_equal(peek_text(w, "PRAGMA journal_mode"), "wal");
	for (size_t i = 0; i < COUNT(files); i++) {
		char path[128];

		(void)snprintf(path, sizeof(path), "%s/%s", w->dir, files[i]);
		assert_int_equal(stat(path, &st), 0);
		assert_int_equal(st.st_mode & 0777, 0600);
	}
}

/* Each statement of the catalogue fits the schema, also those a test never needs. */
static void
catalogue(void **state)
{
	struct world *w = *state;
	struct db db = { 0 };

	GOOD(w, db_open(&db, w->dir, DB_WRITE, 100, &w->e));
	for (enum statement i = 0; i < STATEMENT_COUNT; i++) {
		struct query q;

		query_begin(&q, &db, i);
		if (!q.statement)
			fail_msg("statement %d: %s", (int)i, sqlite3_errmsg(db.sql));
		query_end(&q);
	}
	db_close(&db);
}

static void
busy(void **state)
{
	struct world *w = *state;
	struct db db = { 0 };
	AUTO(db_drop) struct db *open = NULL;
	sqlite3 *other = NULL;

	GOOD(w, db_open(&db, w->dir, DB_WRITE, 50, &w->e));
	assert_int_equal(sqlite3_open(db.path, &other), SQLITE_OK);
	assert_int_equal(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
	FAILS(w, "held", db_begin(&open, &db, &w->e), ERR_LATER, "held by another program");
	assert_int_equal(sqlite3_exec(other, "ROLLBACK", NULL, NULL, NULL), SQLITE_OK);
	GOOD(w, db_begin(&open, &db, &w->e));
	db_drop(&open);
	(void)sqlite3_close(other);
	db_close(&db);
}

static void
reading(void **state)
{
	struct world *w = *state;
	struct ledger *reader = NULL;
	bool fresh;

	FAILS(w, "none yet",
	    ledger_open_reading(&reader, "/tmp/giamsat-nowhere", &w->book, &w->e), ERR_INPUT,
	    "no ledger");
	assert_int_equal(access("/tmp/giamsat-nowhere", F_OK), -1);
	GOOD(w, ledger_open_reading(&reader, w->dir, &w->book, &w->e));
	assert_false(ledger_knows(reader, "box", "1"));
	FAILS(w, "a reader writes",
	    outbox_owe(&fresh, reader, LETTER_DIGEST, "d", "a@x.vn", "vi", "x.vn", NOW, &w->e),
	    ERR_STOP, "readonly");
	(void)arrive(w, "1", "one", NOW, NULL);
	assert_true(ledger_knows(reader, "box", "1"));
	ledger_close(&reader);
}

/* ---- what arrived ---- */

static void
places(void **state)
{
	struct world *w = *state;
	static const struct {
		const char *about, *key, *bytes;
		bool fresh;
		int64_t messages, places;
	} rows[] = {
		{ "new", "1", "one", true, 1, 1 },
		{ "another", "2", "two", true, 2, 2 },
		{ "delivered twice", "3", "one", false, 2, 3 },
		{ "the same place again", "1", "one", false, 2, 3 },
		{ "the same place with other bytes", "1", "three", false, 2, 3 },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		bool fresh = !rows[i].fresh;
		struct arrived a = { .source = "box",
			.key = rows[i].key,
			.bytes = 3,
			.received_s = NOW,
			.fetched_s = NOW };

		digest_of(a.digest, bytes_of(rows[i].bytes));
		GOOD(w, ledger_arrived(w->ledger, w->run.id, &a, 1, &fresh, &w->e));
		if (fresh != rows[i].fresh ||
		    peek(w, "SELECT count(*) FROM message") != rows[i].messages ||
		    peek(w, "SELECT count(*) FROM place") != rows[i].places)
			fail_msg("%s", rows[i].about);
		assert_true(ledger_knows(w->ledger, "box", rows[i].key));
		assert_false(ledger_knows(w->ledger, "other box", rows[i].key));
	}
	assert_false(ledger_knows(w->ledger, "box", "4"));
}

static void
batch_is_whole(void **state)
{
	struct world *w = *state;
	struct arrived list[2] = { { .source = "box", .key = "1", .received_s = NOW },
		{ .source = "box", .key = "2" } };

	digest_of(list[0].digest, BYTES("one"));
	(void)snprintf(list[1].digest, sizeof(list[1].digest), "not a digest");
	FAILS(w, "bad digest", ledger_arrived(w->ledger, w->run.id, list, 2, NULL, &w->e),
	    ERR_STOP, "CHECK");
	assert_false(ledger_knows(w->ledger, "box", "1"));
}

static void
unread_order(void **state)
{
	struct world *w = *state;
	struct unread *list = NULL;
	struct arrived refused = { .source = "box",
		.key = "big",
		.bytes = 99,
		.mail = true,
		.name = "n.csv",
		.unit = "A",
		.received_s = NOW - 500,
		.refused_word = "too-large" };
	size_t count = 9;
	int64_t young, old;

	young = arrive_new(w, NOW);
	old = arrive_new(w, NOW - 100);
	digest_of(refused.digest, BYTES("head"));
	GOOD(w, ledger_arrived(w->ledger, w->run.id, &refused, 1, NULL, &w->e));
	GOOD(w, ledger_unread(&list, &count, w->arena, w->ledger, SIZE_MAX, 3, &w->e));
	assert_int_equal(count, 3);
	assert_string_equal(list[0].refused_word, "too-large");
	assert_string_equal(list[0].digest, refused.digest);
	assert_string_equal(list[0].name, "n.csv");
	assert_string_equal(list[0].unit, "A");
	assert_string_equal(list[0].source, "box");
	assert_int_equal(list[0].bytes, 99);
	assert_true(list[0].mail);
	assert_int_equal(list[1].id, old);
	assert_null(list[1].refused_word);
	assert_int_equal(list[2].id, young);
	assert_int_equal(list[2].received_s, NOW);
	GOOD(w, ledger_unread(&list, &count, w->arena, w->ledger, 2, 3, &w->e));
	assert_int_equal(count, 2);
}

static void
quarantine(void **state)
{
	struct world *w = *state;
	int64_t id = arrive_new(w, NOW), *ids = NULL;
	struct unread *list = NULL;
	struct quarantined *held = NULL;
	struct unsettled *places_of = NULL;
	size_t count = 9;

	for (unsigned i = 0; i < 3; i++) {
		GOOD(w, ledger_unread(&list, &count, w->arena, w->ledger, 10, 3, &w->e));
		assert_int_equal(count, 1);
		assert_int_equal(list[0].attempts, i);
		GOOD(w,
		    ledger_quarantine_spent(&ids, &count, w->arena, w->ledger, 3, NOW, &w->e));
		assert_int_equal(count, 0);
		GOOD(w, ledger_attempt(w->ledger, &id, 1, &w->e));
	}
	GOOD(w, ledger_unread(&list, &count, w->arena, w->ledger, 10, 3, &w->e));
	assert_int_equal(count, 0);
	GOOD(w, ledger_unsettled(&places_of, &count, w->arena, w->ledger, "box", &w->e));
	assert_int_equal(count, 0);
	GOOD(w, ledger_quarantine_spent(&ids, &count, w->arena, w->ledger, 3, NOW + 5, &w->e));
	assert_int_equal(count, 1);
	assert_int_equal(ids[0], id);
	GOOD(w, ledger_quarantine(&held, &count, w->arena, w->ledger, &w->e));
	assert_int_equal(count, 1);
	assert_int_equal(held[0].id, id);
	assert_int_equal(held[0].since_s, NOW + 5);
	assert_string_equal(held[0].source, "box");
	assert_string_equal(held[0].key, "key 1");
	assert_string_equal(held[0].reason, "reading it failed 3 times");
	/* Decided, so its place may be told; as refused. */
	GOOD(w, ledger_unsettled(&places_of, &count, w->arena, w->ledger, "box", &w->e));
	assert_int_equal(count, 1);
	assert_true(places_of[0].refused);

	FAILS(w, "no such", ledger_release(w->ledger, id + 1, &w->e), ERR_INPUT, "quarantine");
	GOOD(w, ledger_release(w->ledger, id, &w->e));
	FAILS(
	    w, "released already", ledger_drop(w->ledger, id, &w->e), ERR_INPUT, "quarantine");
	GOOD(w, ledger_unread(&list, &count, w->arena, w->ledger, 10, 3, &w->e));
	assert_int_equal(count, 1);
	assert_int_equal(list[0].attempts, 0);
	GOOD(w, ledger_attempt(w->ledger, &id, 1, &w->e));
	GOOD(w, ledger_quarantine_spent(&ids, &count, w->arena, w->ledger, 1, NOW, &w->e));
	GOOD(w, ledger_drop(w->ledger, id, &w->e));
	GOOD(w, ledger_quarantine(&held, &count, w->arena, w->ledger, &w->e));
	assert_int_equal(count, 0);
	GOOD(w, ledger_unread(&list, &count, w->arena, w->ledger, 10, 3, &w->e));
	assert_int_equal(count, 0);
	assert_string_equal(peek_text(w, "SELECT state FROM message"), "dropped");
}

static void
settling(void **state)
{
	struct world *w = *state;
	struct unsettled *list = NULL;
	size_t count = 9;
	int64_t good, bad, place;
	static const int poor[] = { 1 };

	good = admit(
	    w, NOW, &(struct report){ .period = quarter(2023, 4), .poor = poor, .count = 1 });
	bad = admit(w, NOW,
	    &(struct report){
		.period = quarter(2023, 3), .poor = poor, .count = 1, .invalid = true });
	(void)arrive_new(w, NOW); /* unread: not to be touched yet */
	GOOD(w, ledger_unsettled(&list, &count, w->arena, w->ledger, "box", &w->e));
	assert_int_equal(count, 2);
	assert_int_equal(list[0].message, good);
	assert_false(list[0].refused);
	assert_string_equal(list[0].key, "key 1");
	assert_int_equal(list[1].message, bad);
	assert_true(list[1].refused);
	place = list[0].id;
	GOOD(w, ledger_settled(w->ledger, &place, 1, NOW, &w->e));
	GOOD(w, ledger_unsettled(&list, &count, w->arena, w->ledger, "box", &w->e));
	assert_int_equal(count, 1);
	/* The same mail turns up again elsewhere: nothing to read, but that place is to be told
	 * too. */
	(void)arrive(w, "key 99", "bytes 1", NOW, NULL);
	GOOD(w, ledger_unsettled(&list, &count, w->arena, w->ledger, "box", &w->e));
	assert_int_equal(count, 2);
	assert_int_equal(list[1].message, good);
	assert_false(list[1].refused);
	GOOD(w, ledger_unsettled(&list, &count, w->arena, w->ledger, "other", &w->e));
	assert_int_equal(count, 0);
}

static void
runs(void **state)
{
	struct world *w = *state;
	struct run *list = NULL, second = { .began_s = NOW + 1, .version = "2", .rules = "d2" };
	size_t count = 9;

	w->run.accepted = 3;
	w->run.source_errors = 2;
	w->run.ended_s = NOW + 60;
	w->run.exit_code = 75;
	GOOD(w, ledger_run_end(&w->run, w->ledger, &w->e));
	GOOD(w, ledger_run_begin(&second, w->ledger, &w->e));
	GOOD(w, figures_runs(&list, &count, w->arena, w->ledger, SIZE_MAX, &w->e));
	assert_int_equal(count, 2);
	assert_string_equal(list[0].version, "2");
	assert_int_equal(list[0].ended_s, 0);
	assert_int_equal(list[1].accepted, 3);
	assert_int_equal(list[1].source_errors, 2);
	assert_int_equal(list[1].ended_s, NOW + 60);
	assert_int_equal(list[1].exit_code, 75);
	GOOD(w, figures_runs(&list, &count, w->arena, w->ledger, 1, &w->e));
	assert_int_equal(count, 1);
}

int
main(void)
{
#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, world_setup, world_teardown)
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(opens),
		IN_WORLD(settings),
		IN_WORLD(catalogue),
		IN_WORLD(busy),
		IN_WORLD(reading),
		IN_WORLD(places),
		IN_WORLD(batch_is_whole),
		IN_WORLD(unread_order),
		IN_WORLD(quarantine),
		IN_WORLD(settling),
		IN_WORLD(runs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
