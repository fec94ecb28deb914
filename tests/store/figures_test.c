/* Why: every letter and every total is written from these answers. */
#include "tests/store/ledger_fixture.h"

#include <inttypes.h>

/* ---- one message ---- */

static void
message(void **state)
{
	struct world *w = *state;
	static const int poor[] = { 5, 6 };
	static const struct finding findings[] = {
		{ .type = "type-error",
		    .level = LEVEL_ERROR,
		    .rule = "",
		    .sheet = "S",
		    .row = 3,
		    .column = 2,
		    .title = "Hộ nghèo",
		    .value = "nhiều",
		    .message = { { "Không phải số", "No number" } } },
		{ .type = "rule",
		    .level = LEVEL_WARNING,
		    .rule = "M2-06",
		    .sheet = "S",
		    .title = "",
		    .value = "",
		    .message = { { "Lạ", "Odd" } } },
	};
	struct figure_message *m = NULL;
	const struct figure_submission *s;
	int64_t first, bad, repeated, second;

	first = admit(w, NOW,
	    &(struct report){
		.period = quarter(2023, 3), .digest = "x", .poor = poor, .count = 2 });
	bad = admit(w, NOW + 1,
	    &(struct report){ .period = quarter(2023, 3),
		.invalid = true,
		.sheet = "S",
		.poor = poor,
		.count = 2,
		.findings = findings,
		.finding_count = 2 });
	repeated = admit(w, NOW + 2,
	    &(struct report){
		.period = quarter(2023, 3), .digest = "x", .poor = poor, .count = 2 });
	second = admit(w, NOW + 3,
	    &(struct report){ .period = quarter(2023, 3), .poor = poor, .count = 1 });

	FAILS(w, "none", figures_message(&m, w->arena, w->ledger, 99, &w->e), ERR_INPUT,
	    "no message 99");
	GOOD(w, figures_message(&m, w->arena, w->ledger, first, &w->e));
	assert_string_equal(m->sender, "a@x.vn");
	assert_string_equal(m->unit, "A");
	assert_true(m->mail);
	assert_int_equal(m->received_s, NOW);
	assert_int_equal(strlen(m->digest), 64);
	assert_int_equal(m->submission_count, 1);
	s = &m->submissions[0];
	assert_int_equal(s->status, SUBMISSION_SUPERSEDED);
	assert_int_equal(s->version, 1);
	assert_int_equal(s->rows_loaded, 2);
	assert_int_equal(s->late_days, 87);
	assert_int_equal(s->due.day, 15);
	assert_int_equal(s->due.month, 10);
	assert_true(period_equal(s->period, quarter(2023, 3)));
	assert_string_equal(s->part_name, "report.csv");

	GOOD(w, figures_message(&m, w->arena, w->ledger, bad, &w->e));
	s = &m->submissions[0];
	assert_int_equal(s->status, SUBMISSION_REFUSED);
	assert_int_equal(s->version, 0);
	assert_int_equal(s->try_number, 2);
	assert_int_equal(s->errors, 1);
	assert_int_equal(s->warnings, 1);
	assert_int_equal(s->rows_loaded, 0);
	assert_int_equal(s->finding_count, 2);
	assert_string_equal(s->findings[0].message.in[LANGUAGE_VI], "Không phải số");
	assert_string_equal(s->findings[0].message.in[LANGUAGE_EN], "No number");
	assert_string_equal(s->findings[0].value, "nhiều");
	assert_string_equal(s->findings[0].title, "Hộ nghèo");
	assert_string_equal(s->findings[0].type, "type-error");
	assert_string_equal(s->findings[0].sheet, "S");
	assert_int_equal(s->findings[0].row, 3);
	assert_int_equal(s->findings[0].column, 2);
	assert_int_equal(s->findings[0].level, LEVEL_ERROR);
	assert_string_equal(s->findings[1].rule, "M2-06");

	GOOD(w, figures_message(&m, w->arena, w->ledger, repeated, &w->e));
	s = &m->submissions[0];
	assert_int_equal(s->status, SUBMISSION_DUPLICATE);
	assert_int_equal(s->duplicate_of, 1);
	assert_int_equal(s->other_received_s, NOW);
	assert_int_equal(s->try_number, 1);

	GOOD(w, figures_message(&m, w->arena, w->ledger, second, &w->e));
	s = &m->submissions[0];
	assert_int_equal(s->status, SUBMISSION_ACCEPTED);
	assert_int_equal(s->version, 2);
	assert_int_equal(s->replaces, 1);
	assert_int_equal(s->other_received_s, NOW);
	assert_int_equal(s->try_number, 3);
}

/* ---- the board ---- */

static const char *
board(struct world *w, int year)
{
	struct figure_board *rows = NULL;
	struct buf text = { 0 };
	const char *out;
	size_t count = 0;

	GOOD(w, figures_board(&rows, &count, w->arena, w->ledger, &w->book, year, &w->e));
	for (size_t i = 0; i < count; i++) {
		char period[16], due[16];

		period_write(period, rows[i].period);
		date_write(due, rows[i].due);
		buf_printf(&text,
		    "%s %s %s %s %s tries %u refused %u accepted %d version %u late %d\n",
		    rows[i].unit, rows[i].form, period, rows[i].due_from_unit ? "due" : "may",
		    due, rows[i].tries, rows[i].refused, rows[i].accepted != 0, rows[i].version,
		    rows[i].late_days);
	}
	out = arena_text(w->arena, buf_bytes(&text));
	buf_free(&text);
	return out;
}

static void
boards(void **state)
{
	struct world *w = *state;
	static const int poor[] = { 1 };

	(void)admit(w, INT64_C(1697389200),
	    &(struct report){
		.period = quarter(2023, 3), .digest = "x", .poor = poor, .count = 1 });
	(void)admit(w, NOW,
	    &(struct report){
		.period = quarter(2023, 3), .digest = "x", .poor = poor, .count = 1 });
	(void)admit(
	    w, NOW, &(struct report){ .period = quarter(2023, 3), .poor = poor, .count = 1 });
	(void)admit(w, NOW,
	    &(struct report){
		.period = quarter(2023, 4), .invalid = true, .poor = poor, .count = 1 });
	(void)admit(w, NOW,
	    &(struct report){
		.unit = 2, .period = quarter(2023, 1), .poor = poor, .count = 1 });
	assert_string_equal(board(w, 2023),
	    "A F1 2023Q1 due 2023-04-15 tries 0 refused 0 accepted 0 version 0 late 0\n"
	    "A F1 2023Q2 due 2023-07-15 tries 0 refused 0 accepted 0 version 0 late 0\n"
	    "A F1 2023Q3 due 2023-10-15 tries 2 refused 0 accepted 1 version 2 late 1\n"
	    "A F1 2023Q4 due 2024-01-15 tries 1 refused 1 accepted 0 version 0 late 0\n"
	    "A F2 2023 due 2024-01-15 tries 0 refused 0 accepted 0 version 0 late 0\n"
	    "B F1 2023Q1 due 2023-04-15 tries 0 refused 0 accepted 0 version 0 late 0\n"
	    "B F1 2023Q2 due 2023-07-15 tries 0 refused 0 accepted 0 version 0 late 0\n"
	    "B F1 2023Q3 due 2023-10-15 tries 0 refused 0 accepted 0 version 0 late 0\n"
	    "B F1 2023Q4 due 2024-01-15 tries 0 refused 0 accepted 0 version 0 late 0\n"
	    "C F1 2023Q1 may 2023-04-15 tries 1 refused 0 accepted 1 version 1 late 270\n");
	/* A unit whose validity ends within the year, and its successor of the same code. */
	w->units[0].forms = w->units[1].forms;
	w->units[0].valid_to = (struct date){ 2024, 6, 30 };
	w->units[1] = w->units[0];
	w->units[1].valid_from = (struct date){ 2024, 7, 1 };
	w->units[1].valid_to = (struct date){ 2024, 9, 30 };
	assert_string_equal(board(w, 2024),
	    "A F1 2024Q1 due 2024-04-15 tries 0 refused 0 accepted 0 version 0 late 0\n"
	    "A F1 2024Q2 due 2024-07-15 tries 0 refused 0 accepted 0 version 0 late 0\n"
	    "A F1 2024Q3 due 2024-10-15 tries 0 refused 0 accepted 0 version 0 late 0\n");
}

/* ---- sums ---- */

/* "A|2023Q3 3 rows: sums 11, 11.75 counts 3\n" */
static const char *
shown(struct world *w, const struct figure_query *q)
{
	struct figure_row *rows = NULL;
	struct buf text = { 0 };
	const char *out;
	size_t count = 0;

	GOOD(w, figures_query(&rows, &count, w->arena, w->ledger, q, &w->e));
	for (size_t i = 0; i < count; i++) {
		for (size_t k = 0; k < q->group_count; k++)
			buf_printf(&text, "%s%s", rows[i].group[k],
			    k + 1 < q->group_count ? "|" : ": ");
		buf_printf(&text, "%" PRIu64 " rows", rows[i].rows);
		for (size_t k = 0; k < q->sum_count; k++) {
			char number[40];

			decimal_write(number, rows[i].sum[k], '.', '\0');
			buf_printf(&text, " %s/%" PRIu64, number, rows[i].summed[k]);
		}
		for (size_t k = 0; k < q->count_count; k++)
			buf_printf(&text, " #%" PRIu64, rows[i].count[k]);
		buf_char(&text, '\n');
	}
	out = arena_text(w->arena, buf_bytes(&text));
	buf_free(&text);
	return out;
}

static void
fill(struct world *w)
{
	static const int one[] = { 100 }, q1[] = { 1, 2, 3 }, q2[] = { 4, -1 }, b[] = { 10 };

	(void)admit(w, NOW,
	    &(struct report){ .period = quarter(2023, 1),
		.poor = one,
		.count = 1 }); /* superseded by the next */
	(void)admit(
	    w, NOW, &(struct report){ .period = quarter(2023, 1), .poor = q1, .count = 3 });
	(void)admit(
	    w, NOW, &(struct report){ .period = quarter(2023, 2), .poor = q2, .count = 2 });
	(void)admit(w, NOW,
	    &(struct report){
		.period = quarter(2023, 3), .poor = one, .count = 1, .invalid = true });
	(void)admit(w, NOW,
	    &(struct report){ .unit = 1, .period = quarter(2023, 1), .poor = b, .count = 1 });
	(void)admit(
	    w, NOW, &(struct report){ .period = quarter(2022, 4), .poor = one, .count = 1 });
}

static void
queries(void **state)
{
	struct world *w = *state;
	const struct form *f = &w->forms[0];
	const struct {
		const char *about;
		struct figure_query query;
		const char *shown;
	} rows[] = {
		{ "all of a year",
		    { .form = f,
			.year = 2023,
			.sum = (const char *const[]){ "poor" },
			.sum_count = 1 },
		    "6 rows 20/5\n" },
		{ "another year",
		    { .form = f,
			.year = 2022,
			.sum = (const char *const[]){ "poor" },
			.sum_count = 1 },
		    "1 rows 100/1\n" },
		{ "a year without rows",
		    { .form = f,
			.year = 2021,
			.sum = (const char *const[]){ "poor" },
			.sum_count = 1 },
		    "0 rows 0/0\n" },
		{ "groups of a year without rows",
		    { .form = f,
			.year = 2021,
			.group = (const char *const[]){ "unit" },
			.group_count = 1 },
		    "" },
		{ "another form",
		    { .form = &w->forms[1],
			.year = 2023,
			.group = (const char *const[]){ "unit" },
			.group_count = 1 },
		    "" },
		{ "by unit",
		    { .form = f,
			.year = 2023,
			.group = (const char *const[]){ "unit" },
			.group_count = 1,
			.sum = (const char *const[]){ "poor", "rate", "share", "media" },
			.sum_count = 4 },
		    "A: 5 rows 10/4 11.00/4 2.5/4 2/4\nB: 1 rows 10/1 10.25/1 2.5/1 0/1\n" },
		{ "by unit and period",
		    { .form = f,
			.year = 2023,
			.group = (const char *const[]){ "unit", "period" },
			.group_count = 2,
			.sum = (const char *const[]){ "poor" },
			.sum_count = 1 },
		    "A|2023Q1: 3 rows 6/3\nA|2023Q2: 2 rows 4/1\nB|2023Q1: 1 rows 10/1\n" },
		{ "by a scaled number, empty first",
		    { .form = f,
			.year = 2023,
			.group = (const char *const[]){ "rate" },
			.group_count = 1 },
		    ": 1 rows\n1.25: 1 rows\n2.25: 1 rows\n3.25: 1 rows\n4.25: 1 rows\n10.25: "
		    "1 rows\n" },
		{ "by boolean and number",
		    { .form = f,
			.year = 2023,
			.group = (const char *const[]){ "media", "share" },
			.group_count = 2,
			.last = true },
		    "|: 1 rows\n0|1: 1 rows\n0|2.5: 1 rows\n" },
		{ "distinct values",
		    { .form = f,
			.year = 2023,
			.count = (const char *const[]){ "commune", "media", "found" },
			.count_count = 3 },
		    "6 rows #3 #2 #1\n" },
		{ "only the last period of each unit",
		    { .form = f,
			.year = 2023,
			.last = true,
			.group = (const char *const[]){ "unit" },
			.group_count = 1,
			.sum = (const char *const[]){ "poor" },
			.sum_count = 1 },
		    "A: 2 rows 4/1\nB: 1 rows 10/1\n" },
		{ "where text",
		    { .form = f, .year = 2023, .where_field = "commune", .where_is = "c1" },
		    "3 rows\n" },
		{ "where whole",
		    { .form = f, .year = 2023, .where_field = "poor", .where_is = "3" },
		    "1 rows\n" },
		{ "where scaled",
		    { .form = f, .year = 2023, .where_field = "rate", .where_is = "3.25" },
		    "1 rows\n" },
		{ "where real",
		    { .form = f, .year = 2023, .where_field = "share", .where_is = "0.75" },
		    "1 rows\n" },
		{ "where true",
		    { .form = f, .year = 2023, .where_field = "media", .where_is = "true" },
		    "2 rows\n" },
		{ "where 0",
		    { .form = f, .year = 2023, .where_field = "media", .where_is = "0" },
		    "3 rows\n" },
		{ "where date",
		    { .form = f,
			.year = 2023,
			.where_field = "found",
			.where_is = "2023-02-01" },
		    "5 rows\n" },
		{ "where SQL",
		    { .form = f,
			.year = 2023,
			.where_field = "commune",
			.where_is = "c1' OR '1'='1" },
		    "0 rows\n" },
		{ "where their own period",
		    { .form = f, .year = 2023, .where_field = "period", .where_is = "theirs" },
		    "5 rows\n" },
	};

	fill(w);
	for (size_t i = 0; i < COUNT(rows); i++)
		if (strcmp(shown(w, &rows[i].query), rows[i].shown) != 0)
			fail_msg("%s:\n%s", rows[i].about, shown(w, &rows[i].query));
}

static void
queries_refused(void **state)
{
	struct world *w = *state;
	struct form other = w->forms[0], later = w->forms[0];
	const struct {
		const char *about;
		struct figure_query query;
		const char *word;
	} rows[] = {
		{ "group",
		    { .form = w->forms,
			.group = (const char *const[]){ "x\", (SELECT 1)" },
			.group_count = 1 },
		    "no column" },
		{ "sum",
		    { .form = w->forms,
			.sum = (const char *const[]){ "none" },
			.sum_count = 1 },
		    "no column 'none'" },
		{ "sum of text",
		    { .form = w->forms,
			.sum = (const char *const[]){ "commune" },
			.sum_count = 1 },
		    "has no sum" },
		{ "sum of dates",
		    { .form = w->forms,
			.sum = (const char *const[]){ "found" },
			.sum_count = 1 },
		    "has no sum" },
		{ "sum of a pseudo field",
		    { .form = w->forms,
			.sum = (const char *const[]){ "unit" },
			.sum_count = 1 },
		    "no column" },
		{ "count",
		    { .form = w->forms,
			.count = (const char *const[]){ "none" },
			.count_count = 1 },
		    "no column" },
		{ "where", { .form = w->forms, .where_field = "none", .where_is = "1" },
		    "no column" },
		{ "where is no number",
		    { .form = w->forms, .where_field = "poor", .where_is = "many" },
		    "no value of column 'poor'" },
		{ "where is too fine",
		    { .form = w->forms, .where_field = "rate", .where_is = "1.255" },
		    "no value of column 'rate'" },
		{ "where is nothing", { .form = w->forms, .where_field = "poor" }, "no value" },
		{ "a form the ledger has not seen", { .form = &other }, "next run" },
		{ "a column it has not seen",
		    { .form = &later,
			.group = (const char *const[]){ "extra" },
			.group_count = 1 },
		    "next run" },
	};
	struct figure_row *out = NULL;
	size_t count = 0;

	other.table = "unseen";
	w->fields[FIELDS] = (struct field){ .name = "extra", .type = FIELD_STRING };
	later.field_count = FIELDS + 1;
	for (size_t i = 0; i < COUNT(rows); i++)
		FAILS(w, rows[i].about,
		    figures_query(&out, &count, w->arena, w->ledger, &rows[i].query, &w->e),
		    ERR_INPUT, rows[i].word);
	assert_null(out);
}

/* Whole numbers up to the edge of what a decimal holds, and an error, no rounding, beyond it.
 */
static void
large_sums(void **state)
{
	struct world *w = *state;
	static const struct {
		const char *about;
		int64_t each;
		int rows;
		const char *sum; /* NULL: refused */
	} rows[] = {
		{ "beyond what a double holds", INT64_C(9007199254740993), 3,
		    "27021597764222979" },
		{ "the edge", INT64_C(333333333333333333), 3, "999999999999999999" },
		{ "over 18 digits", INT64_C(500000000000000000), 2, NULL },
		{ "over 64 bits", INT64_C(999999999999999999), 10, NULL },
	};

	for (size_t i = 0; i < COUNT(rows); i++) {
		AUTO(entry_drop) struct entry *entry = NULL;
		struct part_facts facts = { .sha256 = "x" };
		struct verdict v = { .form = w->forms,
			.unit = w->units,
			.period = quarter(2010 + (int)i, 1),
			.valid = true,
			.sheet = "" };
		struct entry_part part = { .facts = &facts, .verdicts = &v, .count = 1 };
		struct figure_query q = { .form = w->forms,
			.year = 2010 + (int)i,
			.sum = (const char *const[]){ "poor" },
			.sum_count = 1 };
		struct figure_row *out = NULL;
		size_t count = 0;

		bench_clear(w->bench);
		GOOD(w, bench_table(&v.table, w->bench, w->forms, &w->e));
		for (int k = 0; k < rows[i].rows; k++) {
			struct cell cells[FIELDS + 1] = { [POOR] = whole(rows[i].each) };

			GOOD(w, bench_add(w->bench, v.table, (uint32_t)k + 2, cells, &w->e));
		}
		GOOD(w,
		    entry_begin(&entry, w->ledger, arrive_new(w, NOW), w->run.id, NOW, &w->e));
		GOOD(w,
		    entry_part(entry, &part, w->bench, &w->accepted, &w->refused,
			&w->duplicates, &w->e));
		GOOD(w, entry_state(entry, MESSAGE_READ, NULL, &w->e));
		GOOD(w, entry_commit(&entry, &w->e));
		if (rows[i].sum) {
			char number[40];

			GOOD(w, figures_query(&out, &count, w->arena, w->ledger, &q, &w->e));
			decimal_write(number, out[0].sum[0], '.', '\0');
			assert_string_equal(number, rows[i].sum);
		} else {
			FAILS(w, rows[i].about,
			    figures_query(&out, &count, w->arena, w->ledger, &q, &w->e),
			    ERR_INPUT, "18 digits");
		}
	}
}

/* The same figures by adding up in C what was handed in, over a year of odd reports. */
static void
as_added_up(void **state)
{
	struct world *w = *state;
	int64_t sum[2][4] = { { 0 } }, total = 0;
	uint64_t rows_of[2][4] = { { 0 } };
	struct figure_query q = { .form = w->forms,
		.year = 2023,
		.group = (const char *const[]){ "unit", "period" },
		.group_count = 2,
		.sum = (const char *const[]){ "poor", "rate" },
		.sum_count = 2 };
	struct figure_row *out = NULL;
	unsigned seed = 7;
	size_t count = 0;

	for (int i = 0; i < 60; i++) {
		struct report r = { .unit = i % 2,
			.period = quarter(2023, i / 2 % 4 + 1),
			.invalid = i % 5 == 4,
			.count = (size_t)(i % 7) };
		int poor[7];
		int64_t added = 0;

		for (size_t k = 0; k < r.count; k++) {
			seed = seed * 1103515245 + 12345;
			poor[k] = (int)(seed >> 16) % 1000;
			added += poor[k];
		}
		r.poor = poor;
		(void)admit(w, NOW, &r);
		if (!r.invalid) {
			sum[r.unit][r.period.number - 1] = added;
			rows_of[r.unit][r.period.number - 1] = r.count;
		}
	}
	GOOD(w, figures_query(&out, &count, w->arena, w->ledger, &q, &w->e));
	for (size_t i = 0; i < count; i++) {
		size_t unit = out[i].group[0][0] == 'B',
		       number = (size_t)(out[i].group[1][5] - '1');

		assert_int_equal(out[i].sum[0].digits, sum[unit][number]);
		assert_int_equal(out[i].sum[1].digits,
		    sum[unit][number] * 100 + 25 * (int64_t)rows_of[unit][number]);
		assert_int_equal(out[i].rows, rows_of[unit][number]);
		total += out[i].sum[0].digits;
	}
	for (size_t i = 0; i < 8; i++)
		total -= sum[i / 4][i % 4];
	assert_int_equal(total, 0);
	assert_true(count > 4);
}

static void
counts(void **state)
{
	struct world *w = *state;
	uint64_t accepted = 9;
	int64_t decided = 0, told = 9;
	bool fresh = false;

	fill(w);
	GOOD(w, figures_decided(&decided, w->ledger, &w->e));
	assert_int_equal(decided, 6);
	/* From the first that waits to be read on, nothing is decided as a whole. */
	(void)arrive_new(w, NOW);
	GOOD(w, figures_decided(&decided, w->ledger, &w->e));
	assert_int_equal(decided, 6);
	GOOD(w, figures_digested(&told, w->ledger, INT64_MAX, &w->e));
	assert_int_equal(told, 0);
	GOOD(w,
	    outbox_owe(&fresh, w->ledger, LETTER_DIGEST, "4", "c@x.example", "vi", "x.example",
		NOW, &w->e));
	GOOD(w, figures_digested(&told, w->ledger, INT64_MAX, &w->e));
	assert_int_equal(told, 4);
	GOOD(w, figures_digested(&told, w->ledger, 4, &w->e));
	assert_int_equal(told, 0);
	GOOD(w, figures_accepted(&accepted, w->ledger, 2023, &w->e));
	assert_int_equal(accepted, 3);
	GOOD(w, figures_accepted(&accepted, w->ledger, 2021, &w->e));
	assert_int_equal(accepted, 0);
}

int
main(void)
{
#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, world_setup, world_teardown)
	const struct CMUnitTest tests[] = { IN_WORLD(message), IN_WORLD(boards),
		IN_WORLD(queries), IN_WORLD(queries_refused), IN_WORLD(large_sums),
		IN_WORLD(as_added_up), IN_WORLD(counts) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
