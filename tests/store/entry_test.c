/* Why: a report that counts twice, or not at all, is the one mistake nobody forgives. */
#include "tests/store/ledger_fixture.h"

static const int three[] = { 5, 0, -1 }, two[] = { 7, 9 };

/* What is said of the reports of a unit for a period, oldest first: "1 superseded, 2 accepted".
 */
static const char *
chain(struct world *w)
{
	return peek_text(w,
	    "SELECT coalesce(group_concat(version || ' ' || status, ', '), '')"
	    " FROM (SELECT * FROM submission ORDER BY id)");
}

static void
versions(void **state)
{
	static const struct {
		const char *about;
		struct report report;
		unsigned accepted, refused, duplicates;
		int64_t try;
		const char *chain; /* of all submissions so far */
	} rows[] = {
		{ "first",
		    { .period = { PERIOD_QUARTER, 2023, 3 },
			.digest = "x",
			.poor = three,
			.count = 3 },
		    1, 0, 0, 1, "1 accepted" },
		{ "same bytes again",
		    { .period = { PERIOD_QUARTER, 2023, 3 },
			.digest = "x",
			.poor = three,
			.count = 3 },
		    0, 0, 1, 1, "1 accepted, 0 duplicate" },
		{ "refused",
		    { .period = { PERIOD_QUARTER, 2023, 3 },
			.invalid = true,
			.poor = two,
			.count = 2 },
		    0, 1, 0, 2, "1 accepted, 0 duplicate, 0 refused" },
		{ "corrected",
		    { .period = { PERIOD_QUARTER, 2023, 3 },
			.digest = "y",
			.poor = two,
			.count = 2 },
		    1, 0, 0, 3, "1 superseded, 0 duplicate, 0 refused, 2 accepted" },
		{ "the first bytes once more do not undo the correction",
		    { .period = { PERIOD_QUARTER, 2023, 3 },
			.digest = "x",
			.poor = three,
			.count = 3 },
		    0, 0, 1, 1,
		    "1 superseded, 0 duplicate, 0 refused, 2 accepted, 0 duplicate" },
		{ "same bytes for another period",
		    { .period = { PERIOD_QUARTER, 2023, 4 },
			.digest = "y",
			.poor = two,
			.count = 2 },
		    1, 0, 0, 1,
		    "1 superseded, 0 duplicate, 0 refused, 2 accepted, 0 duplicate, 1 "
		    "accepted" },
		{ "same bytes of another unit",
		    { .unit = 1,
			.period = { PERIOD_QUARTER, 2023, 4 },
			.digest = "y",
			.poor = two,
			.count = 2 },
		    1, 0, 0, 1,
		    "1 superseded, 0 duplicate, 0 refused, 2 accepted, 0 duplicate, 1 "
		    "accepted, 1 accepted" },
		{ "the next sheet of the same workbook",
		    { .form = 1,
			.period = { PERIOD_YEAR, 2023, 0 },
			.digest = "y",
			.sheet = "2",
			.poor = two,
			.count = 2 },
		    1, 0, 0, 1,
		    "1 superseded, 0 duplicate, 0 refused, 2 accepted, 0 duplicate, 1 "
		    "accepted, 1 accepted, 1 accepted" },
	};
	struct world *w = *state;

	for (size_t i = 0; i < COUNT(rows); i++) {
		w->accepted = w->refused = w->duplicates = 0;
		(void)admit(w, NOW, &rows[i].report);
		if (w->accepted != rows[i].accepted || w->refused != rows[i].refused ||
		    w->duplicates != rows[i].duplicates ||
		    peek(w, "SELECT try FROM submission ORDER BY id DESC") != rows[i].try)
			fail_msg("%s", rows[i].about);
		if (strcmp(chain(w), rows[i].chain) != 0)
			fail_msg("%s: %s", rows[i].about, chain(w));
	}
	/* What was superseded keeps its rows; duplicates and refused ones never had any. */
	assert_int_equal(peek(w, "SELECT count(*) FROM rows_f1"), 3 + 2 + 2 + 2);
	assert_int_equal(peek(w, "SELECT rows_loaded FROM submission WHERE id = 1"), 3);
	assert_int_equal(peek(w, "SELECT supersedes FROM submission WHERE id = 4"), 1);
	assert_int_equal(peek(w, "SELECT duplicate_of FROM submission WHERE id = 5"), 1);
	assert_string_equal(peek_text(w, "SELECT columns FROM submission WHERE id = 1"),
	    "{\"commune\":1,\"poor\":2,\"rate\":3,\"media\":5,\"found\":6,\"period\":7}");
	assert_string_equal(peek_text(w, "SELECT rules FROM submission WHERE id = 1"), "d1");
}

/* One message with two tables of the same form and period: the later one counts. */
static void
twice_in_one(void **state)
{
	struct world *w = *state;
	AUTO(entry_drop) struct entry *entry = NULL;
	int64_t id = arrive_new(w, NOW);

	GOOD(w, entry_begin(&entry, w->ledger, id, w->run.id, NOW, &w->e));
	entry_report(w, entry,
	    &(struct report){
		.period = quarter(2023, 3), .digest = "x", .poor = three, .count = 3 });
	entry_report(w, entry,
	    &(struct report){
		.period = quarter(2023, 3), .digest = "x", .poor = three, .count = 3 });
	entry_report(w, entry,
	    &(struct report){
		.period = quarter(2023, 3), .digest = "y", .poor = two, .count = 2 });
	GOOD(w, entry_state(entry, MESSAGE_READ, NULL, &w->e));
	GOOD(w, entry_commit(&entry, &w->e));
	assert_null(entry);
	assert_string_equal(chain(w), "1 superseded, 0 duplicate, 2 accepted");
}

static void
rows_as_published(void **state)
{
	struct world *w = *state;

	(void)admit(
	    w, NOW, &(struct report){ .period = quarter(2023, 3), .poor = three, .count = 3 });
	(void)admit(
	    w, NOW, &(struct report){ .period = quarter(2023, 3), .poor = two, .count = 2 });
	assert_int_equal(peek(w, "SELECT count(*) FROM f1"), 2); /* only what is in force */
	assert_string_equal(peek_text(w,
				"SELECT unit || ' ' || period || ' ' || row || ' ' || commune "
				"|| ' ' || poor || ' ' || rate || ' '"
				" || share || ' ' || media || ' ' || found || ' ' || period_ "
				"FROM f1 ORDER BY row"),
	    "A 2023Q3 2 c1 7 7.25 1.75 1 2023-02-01 theirs");
	assert_string_equal(peek_text(w,
				"SELECT typeof(poor) || ' ' || typeof(rate) || ' ' || "
				"typeof(share) || ' ' || typeof(media) || ' '"
				" || typeof(found) FROM rows_f1"),
	    "integer integer real integer text");
	assert_int_equal(
	    peek(w, "SELECT rate FROM rows_f1 WHERE submission = 1 AND row = 2"), 525);
	assert_string_equal(
	    peek_text(w, "SELECT poor FROM rows_f1 WHERE submission = 1 AND row = 4"), "NULL");
}

static void
late(void **state)
{
	static const struct {
		const char *about;
		int64_t received_s;
		int64_t late_days;
	} rows[] = {
		/* Due 2023-10-15, in the zone +07:00. */
		{ "long before", INT64_C(1696118400), 0 },
		{ "2023-10-15T23:59:59+07:00", INT64_C(1697389199), 0 },
		{ "2023-10-16T00:00:00+07:00", INT64_C(1697389200), 1 },
		{ "2024-01-10T08:00:00+07:00", NOW, 87 },
	};
	struct world *w = *state;

	for (size_t i = 0; i < COUNT(rows); i++) {
		int64_t id = admit(w, rows[i].received_s,
		    &(struct report){ .period = quarter(2023, 3), .poor = two, .count = 2 });
		const char *of = arena_printf(w->arena,
		    "SELECT late_days FROM submission WHERE message = %lld", (long long)id);

		if (peek(w, of) != rows[i].late_days)
			fail_msg("%s: %lld", rows[i].about, (long long)peek(w, of));
	}
	assert_string_equal(peek_text(w, "SELECT due FROM submission"), "2023-10-15");
}

/* The order of admission decides, whatever the mails' dates. */
static void
order(void **state)
{
	struct world *w = *state;

	(void)admit(
	    w, NOW, &(struct report){ .period = quarter(2023, 3), .poor = three, .count = 3 });
	(void)admit(w, NOW - 86400,
	    &(struct report){ .period = quarter(2023, 3), .poor = two, .count = 2 });
	assert_int_equal(peek(w, "SELECT count(*) FROM f1"), 2);
}

/* Not committed is as if it had never been. */
static void
rollback(void **state)
{
	struct world *w = *state;
	struct entry *entry = NULL;
	int64_t id = arrive_new(w, NOW);
	struct sender who = sender_a();
	bool owed = false;

	GOOD(w, entry_begin(&entry, w->ledger, id, w->run.id, NOW, &w->e));
	GOOD(w, entry_sender(entry, NULL, &who, &w->e));
	entry_report(
	    w, entry, &(struct report){ .period = quarter(2023, 3), .poor = two, .count = 2 });
	GOOD(w, entry_state(entry, MESSAGE_READ, NULL, &w->e));
	GOOD(w,
	    entry_owe_receipt(&owed, entry, BYTES("a@x.vn"), BYTES("vi"), "own.vn", 20, &w->e));
	assert_true(owed);
	entry_drop(&entry);
	assert_null(entry);
	entry_drop(&entry);
	assert_int_equal(peek(w, "SELECT count(*) FROM submission"), 0);
	assert_int_equal(peek(w, "SELECT count(*) FROM rows_f1"), 0);
	assert_int_equal(peek(w, "SELECT count(*) FROM outbox"), 0);
	assert_string_equal(
	    peek_text(w, "SELECT state || coalesce(sender, '-') FROM message"), "new-");
	/* and it can be done anew */
	GOOD(w, entry_begin(&entry, w->ledger, id, w->run.id, NOW, &w->e));
	GOOD(w, entry_state(entry, MESSAGE_UNREADABLE, "crash", &w->e));
	GOOD(w, entry_commit(&entry, &w->e));
	FAILS(w, "twice", entry_begin(&entry, w->ledger, id, w->run.id, NOW, &w->e), ERR_INPUT,
	    "waits to be read");
	FAILS(w, "none", entry_begin(&entry, w->ledger, id + 7, w->run.id, NOW, &w->e),
	    ERR_INPUT, "waits to be read");
}

static void
states(void **state)
{
	static const struct {
		enum message_state state;
		const char *word;
	} rows[] = {
		{ MESSAGE_READ, "read" },
		{ MESSAGE_UNREADABLE, "unreadable" },
		{ MESSAGE_STRANGER, "stranger" },
		{ MESSAGE_UNPROVEN, "unproven" },
		{ MESSAGE_AMBIGUOUS, "ambiguous" },
		{ MESSAGE_AUTOMATIC, "automatic" },
		{ MESSAGE_OURS, "ours" },
		{ MESSAGE_TOO_LARGE, "too-large" },
	};
	struct world *w = *state;
	const struct envelope env = { .subject = BYTES("Báo cáo"),
		.message_id = BYTES("<1@x>"),
		.references = BYTES("<0@x>"),
		.date_s = 5 };
	const struct sender who = { .kind = SENDER_STRANGER, .address = BYTES("s@y.vn") };

	for (size_t i = 0; i < COUNT(rows); i++) {
		AUTO(entry_drop) struct entry *entry = NULL;
		int64_t id = arrive_new(w, NOW);
		struct figure_message *m = NULL;

		GOOD(w, entry_begin(&entry, w->ledger, id, 0, NOW, &w->e));
		GOOD(w, entry_sender(entry, &env, &who, &w->e));
		GOOD(w, entry_state(entry, rows[i].state, "why", &w->e));
		GOOD(w, entry_commit(&entry, &w->e));
		GOOD(w, figures_message(&m, w->arena, w->ledger, id, &w->e));
		assert_string_equal(m->state, rows[i].word);
		assert_string_equal(m->reason, "why");
		assert_string_equal(m->sender, "s@y.vn");
		assert_string_equal(m->subject, "Báo cáo");
		assert_string_equal(m->message_id, "<1@x>");
		assert_string_equal(m->references, "<0@x>");
		assert_string_equal(m->unit, "");
		assert_int_equal(m->submission_count, 0);
	}
}

static void
unreadable_part(void **state)
{
	struct world *w = *state;
	AUTO(entry_drop) struct entry *entry = NULL;
	int64_t id = arrive_new(w, NOW);
	struct sender who = sender_a();
	struct part_facts facts = { .name = BYTES("ảnh.png"), .bytes = 7 };
	struct entry_part part = { .facts = &facts, .unreadable = "image" };
	struct figure_message *m = NULL;

	digest_of(facts.sha256, BYTES("image"));
	GOOD(w, entry_begin(&entry, w->ledger, id, w->run.id, NOW, &w->e));
	GOOD(w, entry_sender(entry, NULL, &who, &w->e));
	GOOD(w,
	    entry_part(
		entry, &part, w->bench, &w->accepted, &w->refused, &w->duplicates, &w->e));
	GOOD(w, entry_state(entry, MESSAGE_UNREADABLE, NULL, &w->e));
	GOOD(w, entry_commit(&entry, &w->e));
	assert_int_equal(w->refused, 1);
	GOOD(w, figures_message(&m, w->arena, w->ledger, id, &w->e));
	assert_int_equal(m->submission_count, 1);
	assert_string_equal(m->unit, "A");
	assert_string_equal(m->submissions[0].unit, "A");
	assert_string_equal(m->submissions[0].form, "");
	assert_string_equal(m->submissions[0].unreadable, "image");
	assert_string_equal(m->submissions[0].part_name, "ảnh.png");
	assert_int_equal(m->submissions[0].period.kind, PERIOD_NONE);
	assert_int_equal(m->submissions[0].status, SUBMISSION_REFUSED);
	assert_int_equal(m->submissions[0].try_number, 0);
}

/* ---- receipts ---- */

static bool
owe(struct world *w, const char *address, int64_t now_s, unsigned limit)
{
	AUTO(entry_drop) struct entry *entry = NULL;
	bool owed = false;

	GOOD(w, entry_begin(&entry, w->ledger, arrive_new(w, now_s), w->run.id, now_s, &w->e));
	GOOD(w, entry_state(entry, MESSAGE_READ, NULL, &w->e));
	GOOD(w,
	    entry_owe_receipt(
		&owed, entry, bytes_of(address), BYTES("vi"), "own.vn", limit, &w->e));
	GOOD(w, entry_commit(&entry, &w->e));
	return owed;
}

static void
cap(void **state)
{
	static const struct {
		const char *about, *address;
		int64_t after_s;
		bool owed;
	} rows[] = {
		{ "first", "a@x.vn", 0, true },
		{ "second", "a@x.vn", 60, true },
		{ "third of two", "a@x.vn", 120, false },
		{ "another address", "b@x.vn", 120, true },
		{ "within a day of the first", "a@x.vn", 86399, false },
		{ "a day after the first", "a@x.vn", 86400, true },
		{ "and full again", "a@x.vn", 86401, false },
		{ "a note beside a file", "", 1, true },
		{ "notes have no cap", "", 2, true },
		{ "none", "", 3, true },
	};
	struct world *w = *state;

	for (size_t i = 0; i < COUNT(rows); i++)
		if (owe(w, rows[i].address, NOW + rows[i].after_s, 2) != rows[i].owed)
			fail_msg("%s", rows[i].about);
}

/* The same after a crash in the middle as without: the id comes from the bytes that are
 * answered. */
static void
receipt_id(void **state)
{
	struct world *w = *state;
	char digest[DIGEST_HEX], seed[128], id[DIGEST_HEX];
	struct letter *letter = NULL;

	assert_true(owe(w, "a@x.vn", NOW, 20));
	digest_of(digest, BYTES("bytes 1"));
	(void)snprintf(seed, sizeof(seed), "%s.receipt.1", digest);
	digest_of(id, bytes_of(seed));
	GOOD(w, outbox_next(&letter, w->arena, w->ledger, w->run.id, 0, &w->e));
	assert_non_null(letter);
	assert_string_equal(letter->message_id, arena_printf(w->arena, "<%.32s@own.vn>", id));
	assert_string_equal(letter->recipient, "a@x.vn");
	assert_string_equal(letter->language, "vi");
	assert_int_equal(letter->kind, LETTER_RECEIPT);
	assert_int_equal(letter->owed_s, NOW);
}

/* Known bytes at another place: nothing to read, so nobody is answered twice. */
static void
delivered_twice(void **state)
{
	struct world *w = *state;
	struct unread *list = NULL;
	size_t count = 9;
	bool fresh = true;

	assert_true(owe(w, "a@x.vn", NOW, 20));
	(void)arrive(w, "elsewhere", "bytes 1", NOW, &fresh);
	assert_false(fresh);
	GOOD(w, ledger_unread(&list, &count, w->arena, w->ledger, 10, 3, &w->e));
	assert_int_equal(count, 0);
	assert_int_equal(peek(w, "SELECT count(*) FROM outbox"), 1);
}

/* The ledger refuses by itself what must never happen. */
static void
guarded(void **state)
{
	struct world *w = *state;
	char path[96], *told = NULL;
	sqlite3 *db = NULL;
	static const struct {
		const char *about, *sql, *word;
	} rows[] = {
		{ "two in force",
		    "INSERT INTO submission SELECT 99, message, reading, part_name, "
		    "part_digest, part_bytes, sheet, unit, form, period,"
		    " period_year, period_number, status, 9, try, NULL, NULL, rows, "
		    "rows_loaded, errors, warnings, received_s, due,"
		    " late_days, unreadable, encoding, rules, header_row, columns FROM "
		    "submission",
		    "UNIQUE" },
		{ "a submission deleted", "DELETE FROM submission", "never deleted" },
		{ "a message deleted", "DELETE FROM message", "never deleted" },
		{ "text among numbers", "UPDATE rows_f1 SET poor = 'many'", "TEXT" },
		{ "an unknown state", "UPDATE message SET state = 'lost'", "CHECK" },
	};

	(void)admit(
	    w, NOW, &(struct report){ .period = quarter(2023, 3), .poor = two, .count = 2 });
	(void)snprintf(path, sizeof(path), "%s/ledger.db", w->dir);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	for (size_t i = 0; i < COUNT(rows); i++) {
		if (sqlite3_exec(db, rows[i].sql, NULL, NULL, &told) == SQLITE_OK ||
		    !strstr(told, rows[i].word))
			fail_msg("%s: %s", rows[i].about, told ? told : "went through");
		sqlite3_free(told);
		told = NULL;
	}
	(void)sqlite3_close(db);
}

int
main(void)
{
#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, world_setup, world_teardown)
	const struct CMUnitTest tests[] = {
		IN_WORLD(versions),
		IN_WORLD(twice_in_one),
		IN_WORLD(rows_as_published),
		IN_WORLD(late),
		IN_WORLD(order),
		IN_WORLD(rollback),
		IN_WORLD(states),
		IN_WORLD(unreadable_part),
		IN_WORLD(cap),
		IN_WORLD(receipt_id),
		IN_WORLD(delivered_twice),
		IN_WORLD(guarded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
