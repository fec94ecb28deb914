/* Why: neither a new program nor a changed campaign may cost a row of what was reported before.
 */
#include "tests/store/ledger_fixture.h"

#include "store/db.h"
#include "store/schema.h"

/* ---- migrations ---- */

static const char *const step_one[] = { "CREATE TABLE a (x INTEGER) STRICT",
	"INSERT INTO a VALUES (1)", NULL };
static const char *const step_two[] = { "ALTER TABLE a ADD COLUMN y INTEGER",
	"UPDATE a SET y = x + 1", NULL };
static const char *const step_bad[] = { "UPDATE a SET x = 99", "UPDATE nothing SET x = 1",
	NULL };

static void
migrations(void **state)
{
	const char *const *const good[] = { step_one, step_two };
	const char *const *const bad[] = { step_one, step_bad };
	char dir[] = "/tmp/giamsat-schema-XXXXXX", command[64];
	struct err e = { 0 };
	struct db db = { 0 };
	int64_t value = 0;
	(void)state;

	assert_non_null(mkdtemp(dir));
	assert_int_equal(db_open(&db, dir, DB_WRITE, 100, &e), OK);
	assert_int_equal(schema_migrate(&db, good, 1, &e), OK);
	assert_int_equal(schema_check(&db, 1, &e), OK);
	assert_int_equal(
	    schema_check(&db, 2, &e), ERR_INPUT); /* a reader of the next program */
	/* One that fails leaves the version and the data that were. */
	assert_int_equal(schema_migrate(&db, bad, 2, &e), ERR_STOP);
	assert_non_null(strstr(e.text, "migration 2"));
	assert_int_equal(db_number(&value, &db, "SELECT x FROM a", &e), OK);
	assert_int_equal(value, 1);
	assert_int_equal(db_number(&value, &db, "PRAGMA user_version", &e), OK);
	assert_int_equal(value, 1);
	assert_int_equal(schema_migrate(&db, good, 2, &e), OK);
	assert_int_equal(schema_migrate(&db, good, 2, &e), OK); /* nothing to do */
	assert_int_equal(db_number(&value, &db, "SELECT y FROM a", &e), OK);
	assert_int_equal(value, 2);
	assert_int_equal(schema_migrate(&db, good, 1, &e), ERR_STOP); /* an older program */
	assert_int_equal(schema_check(&db, 1, &e), ERR_STOP);
	db_close(&db);
	(void)snprintf(command, sizeof(command), "rm -rf '%s'", dir);
	assert_int_equal(system(command), 0);
}

/* ---- forms ---- */

static void
same(struct world *w)
{
	(void)w;
}

static void
new_optional(struct world *w)
{
	w->fields[FIELDS] = (struct field){
		.name = "extra", .type = FIELD_NUMBER, .has_scale = true, .scale = 1
	};
	w->forms[0].field_count = FIELDS + 1;
}

static void
new_required(struct world *w)
{
	new_optional(w);
	w->fields[FIELDS].required = true;
}

static void
other_order(struct world *w)
{
	struct field f = w->fields[POOR];

	w->fields[POOR] = w->fields[COMMUNE];
	w->fields[COMMUNE] = f;
}

static void
gone(struct world *w)
{
	w->forms[0].field_count = FIELDS - 1;
}

static void
other_type(struct world *w)
{
	w->fields[POOR].type = FIELD_STRING;
}

static void
other_scale(struct world *w)
{
	w->fields[RATE].scale = 3;
}

static void
scale_dropped(struct world *w)
{
	w->fields[RATE].has_scale = false;
}

static void
other_table(struct world *w)
{
	w->forms[0].table = "f3";
}

static void
new_form(struct world *w)
{
	w->forms[1].id = "F3";
	w->forms[1].table = "f3";
}

static void
table_of_another(struct world *w)
{
	w->forms[1].id = "F3";
}

static void
table_of_ours(struct world *w)
{
	w->forms[1].id = "F3";
	w->forms[1].table = "message";
}

static void
table_like_rows(struct world *w)
{
	w->forms[1].id = "F3";
	w->forms[1].table = "rows_f1";
}

static void
evil_table(struct world *w)
{
	w->forms[1].id = "F3";
	w->forms[1].table = "x\"; DROP TABLE message; --";
}

static void
evil_column(struct world *w)
{
	new_optional(w);
	w->fields[FIELDS].name = "x\" TEXT); --";
}

static void
changed(void **state)
{
	static const struct {
		const char *about;
		void (*change)(struct world *w);
		int code;
		const char *word;
	} rows[] = {
		{ "nothing", same, OK, "" },
		{ "a new optional column", new_optional, OK, "" },
		{ "columns in another order", other_order, OK, "" },
		{ "a new form", new_form, OK, "" },
		{ "a new required column", new_required, ERR_INPUT,
		    "'extra' is new and required" },
		{ "a column gone", gone, ERR_INPUT, "'period' is gone" },
		{ "another type", other_type, ERR_INPUT,
		    "'poor' was of type integer and is of type string" },
		{ "another scale", other_scale, ERR_INPUT, "'rate' had scale 2 and has 3" },
		{ "no scale any more", scale_dropped, ERR_INPUT,
		    "'rate' had scale 2 and has -1" },
		{ "another table", other_table, ERR_INPUT, "table was 'f1'" },
		{ "a table of another form", table_of_another, ERR_INPUT, "'f2' already" },
		{ "a table of the ledger's own", table_of_ours, ERR_INPUT,
		    "'message' already" },
		{ "a table like a row table", table_like_rows, ERR_INPUT, "'rows_f1' already" },
		{ "SQL as a table", evil_table, ERR_INPUT, "cannot be called" },
		{ "SQL as a column", evil_column, ERR_INPUT, "cannot be called" },
	};
	static const int poor[] = { 4 };
	(void)state;

	for (size_t i = 0; i < COUNT(rows); i++) {
		void *own = NULL;
		struct world *w;
		int rc;

		assert_int_equal(world_setup(&own), 0);
		w = own;
		(void)admit(w, NOW,
		    &(struct report){ .period = quarter(2023, 3), .poor = poor, .count = 1 });
		ledger_close(&w->ledger);
		bench_close(&w->bench);
		w->forms[0].digest = w->forms[1].digest = i == 0 ? "1" : "2";
		rows[i].change(w);
		memset(&w->e, 0, sizeof(w->e));
		rc = ledger_open(&w->ledger, w->dir, &w->book, &w->e);
		if (rc != rows[i].code || !strstr(w->e.text, rows[i].word))
			fail_msg("%s: %d '%s'", rows[i].about, rc, w->e.text);
		assert_int_equal(
		    peek(w, "SELECT sum(poor) FROM f1"), 4); /* whatever happened */
		assert_string_equal(peek_text(w, "SELECT digest FROM form_shape"),
		    rc == OK && i > 0 ? "2" : "1");
		assert_int_equal(world_teardown(&own), 0);
	}
}

/* Old rows have nothing in the new column, new ones do, and the view shows both. */
static void
grown(void **state)
{
	struct world *w = *state;
	static const int poor[] = { 4 };
	struct cell cells[FIELDS + 1] = { 0 };
	AUTO(entry_drop) struct entry *entry = NULL;
	struct part_facts facts = { .sha256 = "x" };
	struct verdict v = { .form = &w->forms[0],
		.unit = &w->units[0],
		.period = quarter(2023, 4),
		.valid = true,
		.sheet = "" };
	struct entry_part part = { .facts = &facts, .verdicts = &v, .count = 1 };

	(void)admit(
	    w, NOW, &(struct report){ .period = quarter(2023, 3), .poor = poor, .count = 1 });
	ledger_close(&w->ledger);
	bench_close(&w->bench);
	new_optional(w);
	other_order(w);
	w->forms[0].digest = "2";
	world_open(w);
	GOOD(w, bench_open(&w->bench, &w->book, &w->e));
	GOOD(w, bench_table(&v.table, w->bench, &w->forms[0], &w->e));
	cells[0] = whole(6); /* poor and commune have changed places */
	cells[1] = text("c1");
	cells[FIELDS] = whole(15);
	GOOD(w, bench_add(w->bench, v.table, 2, cells, &w->e));
	GOOD(w, entry_begin(&entry, w->ledger, arrive_new(w, NOW), w->run.id, NOW, &w->e));
	GOOD(w,
	    entry_part(
		entry, &part, w->bench, &w->accepted, &w->refused, &w->duplicates, &w->e));
	GOOD(w, entry_state(entry, MESSAGE_READ, NULL, &w->e));
	GOOD(w, entry_commit(&entry, &w->e));
	assert_string_equal(peek_text(w,
				"SELECT group_concat(period || ' ' || commune || ' ' || poor "
				"|| ' ' || coalesce(extra, '-'), ', ')"
				" FROM (SELECT * FROM f1 ORDER BY period)"),
	    "2023Q3 c1 4 -, 2023Q4 c1 6 1.5");
}

static void
own_names(void **state)
{
	static const struct {
		const char *name, *column;
	} rows[] = {
		{ "poor", "poor" },
		{ "unit", "unit_" },
		{ "unit_", "unit__" },
		{ "row", "row_" },
		{ "rows", "rows" },
		{ "period__", "period___" },
		{ "submission", "submission_" },
		{ "_unit", "_unit" },
		{ "_", "_" },
	};
	char column[SHAPE_NAME];
	(void)state;

	for (size_t i = 0; i < COUNT(rows); i++)
		assert_string_equal(
		    shape_column(column, &(struct field){ .name = rows[i].name }),
		    rows[i].column);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(migrations),
		cmocka_unit_test(changed),
		cmocka_unit_test_setup_teardown(grown, world_setup, world_teardown),
		cmocka_unit_test(own_names) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
