#ifndef TESTS_STORE_LEDGER_FIXTURE_H
#define TESTS_STORE_LEDGER_FIXTURE_H

/* A small campaign built by hand, a state directory of its own, and short ways to make messages arrive and be admitted. */

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "base/buf.h"
#include "base/digest.h"
#include "store/entry.h"
#include "store/figures.h"
#include "store/ledger.h"
#include "store/originals.h"
#include "store/outbox.h"

/* 2024-01-10T01:00:00Z; the campaign's zone is +07:00. */
#define NOW INT64_C(1704848400)

enum { COMMUNE, POOR, RATE, SHARE, MEDIA, FOUND, PERIOD_FIELD, FIELDS };

struct world {
	char dir[64];
	struct arena *arena;
	struct field fields[FIELDS + 1];
	struct form forms[2];
	struct unit units[3];
	struct rulebook book;
	struct ledger *ledger;
	struct bench *bench;
	struct run run;
	struct err e;
	unsigned serial; /* of messages made */
	unsigned accepted, refused, duplicates;
};

#define GOOD(w, call)                                                                   \
	do {                                                                            \
		if ((call) != OK)                                                       \
			fail_msg("%s:%d: %s: %s", __FILE__, __LINE__, #call, (w)->e.text); \
	} while (0)

static inline void
world_campaign(struct world *w)
{
	static const char *const both[] = { "F1", "F2", NULL }, *const one[] = { "F1", NULL };
	static const struct field fields[] = {
		[COMMUNE] = { .name = "commune", .type = FIELD_STRING, .required = true },
		[POOR] = { .name = "poor", .type = FIELD_INTEGER },
		[RATE] = { .name = "rate", .type = FIELD_NUMBER, .has_scale = true, .scale = 2 },
		[SHARE] = { .name = "share", .type = FIELD_NUMBER },
		[MEDIA] = { .name = "media", .type = FIELD_BOOLEAN },
		[FOUND] = { .name = "found", .type = FIELD_DATE },
		[PERIOD_FIELD] = { .name = "period", .type = FIELD_STRING }, /* a name that the ledger uses itself */
	};

	memcpy(w->fields, fields, sizeof(fields));
	for (size_t i = 0; i < 2; i++)
		w->forms[i] = (struct form){ .id = i ? "F2" : "F1", .table = i ? "f2" : "f1", .fields = w->fields,
			.field_count = FIELDS, .period_kind = i ? PERIOD_YEAR : PERIOD_QUARTER, .free_layout = true,
			.due_months = 1, .due_day = 15, .digest = "1" };
	w->units[0] = (struct unit){ .code = "A", .forms = both, .owes = true };
	w->units[1] = (struct unit){ .code = "B", .forms = one, .owes = true };
	w->units[2] = (struct unit){ .code = "C", .forms = both, .owes = false };
	w->book = (struct rulebook){ .id = "test", .version = "1", .directory = "/", .digest = "d1", .forms = w->forms,
		.form_count = 2, .units = w->units, .unit_count = 3, .offset_s = 7 * 3600 };
}

static inline void
world_open(struct world *w)
{
	GOOD(w, ledger_open(&w->ledger, w->dir, &w->book, &w->e));
}

static inline int
world_setup(void **state)
{
	struct world *w = calloc(1, sizeof(*w));

	if (!w)
		return -1;
	(void)snprintf(w->dir, sizeof(w->dir), "/tmp/giamsat-store-XXXXXX");
	if (!mkdtemp(w->dir))
		return -1;
	w->arena = arena_new();
	world_campaign(w);
	world_open(w);
	GOOD(w, bench_open(&w->bench, &w->book, &w->e));
	w->run = (struct run){ .began_s = NOW, .version = "1", .rules = "d1" };
	GOOD(w, ledger_run_begin(&w->run, w->ledger, &w->e));
	*state = w;
	return 0;
}

static inline int
world_teardown(void **state)
{
	struct world *w = *state;
	char command[128];

	bench_close(&w->bench);
	ledger_close(&w->ledger);
	arena_free(&w->arena);
	(void)snprintf(command, sizeof(command), "rm -rf '%s'", w->dir);
	if (system(command) != 0)
		return -1;
	free(w);
	return 0;
}

/* What a person would see with sqlite3: one number, or one text, from the ledger's file. */
static inline int64_t
peek(struct world *w, const char *sql)
{
	char path[96];
	sqlite3 *db = NULL;
	sqlite3_stmt *s = NULL;
	int64_t value;

	(void)snprintf(path, sizeof(path), "%s/ledger.db", w->dir);
	assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
	if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(db));
	assert_int_equal(sqlite3_step(s), SQLITE_ROW);
	value = sqlite3_column_int64(s, 0);
	(void)sqlite3_finalize(s);
	(void)sqlite3_close(db);
	return value;
}

static inline const char *
peek_text(struct world *w, const char *sql)
{
	char path[96];
	sqlite3 *db = NULL;
	sqlite3_stmt *s = NULL;
	const char *text;

	(void)snprintf(path, sizeof(path), "%s/ledger.db", w->dir);
	assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
	if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(db));
	assert_int_equal(sqlite3_step(s), SQLITE_ROW);
	text = sqlite3_column_type(s, 0) == SQLITE_NULL ?
	    "NULL" : arena_text(w->arena, bytes_of((const char *)sqlite3_column_text(s, 0)));
	(void)sqlite3_finalize(s);
	(void)sqlite3_close(db);
	return text;
}

/* Another program changes the closed ledger. */
static inline void
poke(struct world *w, const char *sql)
{
	char path[96];
	sqlite3 *db = NULL;

	(void)snprintf(path, sizeof(path), "%s/ledger.db", w->dir);
	assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL), SQLITE_OK);
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(db));
	(void)sqlite3_close(db);
}

/* A message with these bytes at this place; the message's id (of the earlier one when the bytes are known). */
static inline int64_t
arrive(struct world *w, const char *key, const char *bytes, int64_t received_s, bool *fresh)
{
	struct arrived a = { .source = "box", .key = key, .bytes = strlen(bytes), .mail = true, .name = "", .unit = "",
		.received_s = received_s, .fetched_s = NOW };

	digest_of(a.digest, bytes_of(bytes));
	GOOD(w, ledger_arrived(w->ledger, w->run.id, &a, 1, fresh, &w->e));
	return peek(w, arena_printf(w->arena, "SELECT id FROM message WHERE digest = '%s'", a.digest));
}

/* A new message of its own. */
static inline int64_t
arrive_new(struct world *w, int64_t received_s)
{
	w->serial++;
	return arrive(w, arena_printf(w->arena, "key %u", w->serial), arena_printf(w->arena, "bytes %u", w->serial),
	    received_s, NULL);
}

static inline struct period
quarter(int year, int number)
{
	return (struct period){ .kind = PERIOD_QUARTER, .year = (int16_t)year, .number = (uint8_t)number };
}

static inline struct cell
whole(int64_t value)
{
	return (struct cell){ .kind = CELL_WHOLE, .whole = value };
}

static inline struct cell
text(const char *value)
{
	return (struct cell){ .kind = CELL_TEXT, .text = bytes_of(value) };
}

/* One table of these rows on the bench, each with a commune c1, c2 … and this many poor households (< 0: empty). */
static inline int
lay_out(struct world *w, const struct form *f, const int *poor, size_t count)
{
	int table = -1;

	GOOD(w, bench_table(&table, w->bench, f, &w->e));
	for (size_t i = 0; i < count; i++) {
		struct cell cells[FIELDS + 1] = { 0 };

		cells[COMMUNE] = text(arena_printf(w->arena, "c%zu", i + 1));
		if (poor[i] >= 0) {
			cells[POOR] = whole(poor[i]);
			cells[RATE] = whole(poor[i] * 100 + 25);
			cells[SHARE] = (struct cell){ .kind = CELL_REAL, .real = poor[i] / 4.0 };
			cells[MEDIA] = whole(poor[i] % 2);
			cells[FOUND] = text("2023-02-01");
			cells[PERIOD_FIELD] = text("theirs");
		}
		GOOD(w, bench_add(w->bench, table, (uint32_t)i + 2, cells, &w->e));
	}
	return table;
}

/* One report in the making. */
struct report {
	int form, unit;
	struct period period;
	bool invalid;
	const char *sheet;   /* NULL: "" */
	const char *digest;  /* of the part; NULL: one of its own */
	const int *poor;
	size_t count;
	const struct finding *findings;
	size_t finding_count;
};

static inline void
entry_report(struct world *w, struct entry *entry, const struct report *r)
{
	static const uint32_t columns[FIELDS + 1] = { 1, 2, 3, 0, 5, 6, 7 };
	const struct form *f = &w->forms[r->form];
	struct verdict v = { .form = f, .unit = &w->units[r->unit], .period = r->period, .valid = !r->invalid,
		.sheet = r->sheet ? r->sheet : "", .header_row = 1, .rows = r->count, .rows_good = r->count,
		.columns = columns, .findings = arena_array(w->arena, r->finding_count + 1, sizeof(struct finding)),
		.count = r->finding_count };
	struct part_facts facts = { .name = BYTES("report.csv"), .bytes = 100 };
	struct entry_part part = { .facts = &facts, .verdicts = &v, .count = 1 };

	for (size_t i = 0; i < r->finding_count; i++) {
		v.findings[i] = r->findings[i];
		v.by_level[r->findings[i].level]++;
	}
	digest_of(facts.sha256, bytes_of(r->digest ? r->digest : arena_printf(w->arena, "part %u", ++w->serial)));
	bench_clear(w->bench);
	v.table = lay_out(w, f, r->poor, r->count);
	GOOD(w, entry_part(entry, &part, w->bench, &w->accepted, &w->refused, &w->duplicates, &w->e));
}

static inline struct sender
sender_a(void)
{
	static const struct contact contact = { .address = { "a@x.vn", 6 }, .unit = { "A", 1 } };

	return (struct sender){ .kind = SENDER_UNIT, .address = contact.address, .contact = &contact, .reason = "" };
}

/* A whole message with one report, received and admitted; its id. */
static inline int64_t
admit(struct world *w, int64_t received_s, const struct report *r)
{
	AUTO(entry_drop) struct entry *entry = NULL;
	int64_t id = arrive_new(w, received_s);
	struct sender who = sender_a();

	GOOD(w, entry_begin(&entry, w->ledger, id, w->run.id, NOW, &w->e));
	GOOD(w, entry_sender(entry, NULL, &who, &w->e));
	entry_report(w, entry, r);
	GOOD(w, entry_state(entry, MESSAGE_READ, NULL, &w->e));
	GOOD(w, entry_commit(&entry, &w->e));
	return id;
}

/* Without its error text, for calls that must fail with code, naming word. */
#define FAILS(w, about, call, with, word)                                                        \
	do {                                                                                     \
		if ((call) != (with) || !strstr((w)->e.text, (word)))                            \
			fail_msg("%s: code %d, '%s'", (about), (w)->e.code, (w)->e.text);        \
	} while (0)

#endif
