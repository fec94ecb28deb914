/* Why: each letter leaves once if the world allows, again with the same bytes if it does not,
 * and never by another name. */
#include "tests/store/ledger_fixture.h"

static const char *
state_of(struct world *w)
{
	return peek_text(w,
	    "SELECT state || ' ' || tries || ' ' || (done_s IS NOT NULL) FROM outbox ORDER BY "
	    "id LIMIT 1");
}

static struct letter *
next_letter(struct world *w, int64_t run, int64_t after)
{
	struct letter *letter = NULL;

	GOOD(w, outbox_next(&letter, w->arena, w->ledger, run, after, &w->e));
	return letter;
}

static bool
owe(struct world *w, enum letter_kind kind, const char *key, const char *recipient)
{
	bool fresh = false;

	GOOD(
	    w, outbox_owe(&fresh, w->ledger, kind, key, recipient, "vi", "own.vn", NOW, &w->e));
	return fresh;
}

static void
owed_once(void **state)
{
	static const struct {
		const char *about;
		enum letter_kind kind;
		const char *key, *recipient;
		bool fresh;
	} rows[] = {
		{ "first", LETTER_YEARLY, "2023", "a@x.vn", true },
		{ "again", LETTER_YEARLY, "2023", "a@x.vn", false },
		{ "another year", LETTER_YEARLY, "2024", "a@x.vn", true },
		{ "another recipient", LETTER_YEARLY, "2023", "b@x.vn", true },
		{ "another kind", LETTER_DIGEST, "2023", "a@x.vn", true },
	};
	struct world *w = *state;
	int64_t new = 0;

	for (size_t i = 0; i < COUNT(rows); i++) {
		if (owe(w, rows[i].kind, rows[i].key, rows[i].recipient) != rows[i].fresh)
			fail_msg("%s", rows[i].about);
		new += rows[i].fresh;
	}
	assert_int_equal(peek(w, "SELECT count(DISTINCT message_id) FROM outbox"), new);
}

static void
outcomes(void **state)
{
	static const struct {
		const char *about;
		enum sent outcome;
		const char *then; /* state, tries, done */
		bool again;       /* in the next run */
	} rows[] = {
		{ "gone", SENT_OK, "sent 1 1", false },
		{ "not now", SENT_TEMPORARY, "composed 1 0", true },
		{ "never", SENT_PERMANENT, "refused 1 1", false },
		{ "no answer", SENT_UNKNOWN, "unknown 1 0", true },
	};
	(void)state;

	for (size_t i = 0; i < COUNT(rows); i++) {
		void *own = NULL;
		struct world *w;
		struct letter *letter, *later;
		uint64_t waiting = 9;

		assert_int_equal(world_setup(&own), 0);
		w = own;
		assert_true(owe(w, LETTER_DIGEST, "2024-01-10", "a@x.vn"));
		letter = next_letter(w, 1, 0);
		assert_non_null(letter);
		assert_int_equal(letter->bytes.len, 0);
		assert_int_equal(letter->kind, LETTER_DIGEST);
		assert_string_equal(letter->subject_key, "2024-01-10");
		FAILS(w, "not composed", outbox_trying(w->ledger, letter->id, 1, &w->e),
		    ERR_STOP, "cannot be sent");
		GOOD(w,
		    outbox_compose(
			w->ledger, letter->id, "subject", BYTES("mail\0bytes"), &w->e));
		FAILS(w, "composed twice",
		    outbox_compose(w->ledger, letter->id, "s", BYTES("other"), &w->e), ERR_STOP,
		    "cannot be composed");
		GOOD(w, outbox_trying(w->ledger, letter->id, 1, &w->e));
		/* A crash here leaves it unknown; it was tried this run. */
		assert_string_equal(state_of(w), "unknown 1 0");
		assert_null(next_letter(w, 1, 0));
		GOOD(w,
		    outbox_done(
			w->ledger, letter->id, rows[i].outcome, "250 OK", NOW + 9, &w->e));
		if (strcmp(state_of(w), rows[i].then) != 0)
			fail_msg("%s: %s", rows[i].about, state_of(w));
		assert_null(next_letter(w, 1, 0));
		GOOD(w, outbox_waiting(&waiting, w->ledger, &w->e));
		assert_int_equal(waiting, rows[i].again);
		later = next_letter(w, 2, 0);
		if ((later != NULL) != rows[i].again)
			fail_msg("%s: next run", rows[i].about);
		if (later) {
			assert_int_equal(later->bytes.len, 10);
			assert_memory_equal(later->bytes.at, "mail\0bytes", 10);
			assert_string_equal(later->message_id, letter->message_id);
			assert_int_equal(later->tries, 1);
			assert_null(next_letter(w, 2, later->id));
		} else {
			FAILS(w, "done twice",
			    outbox_done(w->ledger, letter->id, SENT_OK, "", NOW, &w->e),
			    ERR_STOP, "cannot be done");
		}
		assert_int_equal(world_teardown(&own), 0);
	}
}

static void
oldest_first(void **state)
{
	struct world *w = *state;
	struct letter *first, *second;

	(void)owe(w, LETTER_YEARLY, "2023", "b@x.vn");
	(void)owe(w, LETTER_YEARLY, "2023", "a@x.vn");
	first = next_letter(w, 1, 0);
	second = next_letter(w, 1, first->id);
	assert_string_equal(first->recipient, "b@x.vn");
	assert_string_equal(second->recipient, "a@x.vn");
	assert_null(next_letter(w, 1, second->id));
}

/* A note beside a file is no mail: the settling takes it. */
static void
note(void **state)
{
	struct world *w = *state;
	AUTO(entry_drop) struct entry *entry = NULL;
	struct letter *letter = NULL;
	int64_t id = arrive_new(w, NOW);
	uint64_t waiting = 9;
	bool owed = false;

	GOOD(w, entry_begin(&entry, w->ledger, id, w->run.id, NOW, &w->e));
	GOOD(w, entry_state(entry, MESSAGE_READ, NULL, &w->e));
	GOOD(w, entry_owe_receipt(&owed, entry, BYTES(""), BYTES("vi"), "own.vn", 0, &w->e));
	assert_true(owed);
	GOOD(w, entry_commit(&entry, &w->e));
	assert_null(next_letter(w, 1, 0));
	GOOD(w, outbox_waiting(&waiting, w->ledger, &w->e));
	assert_int_equal(waiting, 0);
	GOOD(w, outbox_note(&letter, w->arena, w->ledger, id + 1, &w->e));
	assert_null(letter);
	GOOD(w, outbox_note(&letter, w->arena, w->ledger, id, &w->e));
	assert_non_null(letter);
	assert_int_equal(letter->message, id);
	GOOD(w, outbox_compose(w->ledger, letter->id, "s", BYTES("text"), &w->e));
	GOOD(
	    w, outbox_done(w->ledger, letter->id, SENT_OK, "laid beside the file", NOW, &w->e));
	GOOD(w, outbox_note(&letter, w->arena, w->ledger, id, &w->e));
	assert_null(letter);
}

int
main(void)
{
#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, world_setup, world_teardown)
	const struct CMUnitTest tests[] = { IN_WORLD(owed_once), cmocka_unit_test(outcomes),
		IN_WORLD(oldest_first), IN_WORLD(note) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
