/* Why: rules compare a report with what was accepted before; of that exactly what the form's
 * rules read is laid on the bench, and nothing for forms whose rules read none of it. */
#include <stdlib.h>

#include "base/buf.h"
#include "base/memory.h"
#include "rules/bench_int.h"

#define AGES_MOST    12     /* of history */
#define ROWS_MOST    500000 /* that are loaded for one table's rules */
#define REPORTS_MOST 4000   /* lines of the table reports */

/* ---- tables of the same message ---- */

void
bench_heard(struct bench *b, int table, const struct past_report *report)
{
	if (b->heard_count == b->heard_room) {
		b->heard_room = b->heard_room ? 2 * b->heard_room : 16;
		b->heard = memory_resize(b->heard, b->heard_room, sizeof(*b->heard));
	}
	b->heard[b->heard_count] = *report;
	b->heard[b->heard_count++].id = -table; /* a past's own are above 0 */
}

/* ---- loading ---- */

struct loading {
	struct bench *bench;
	const struct bench_when *when;
	struct arena *arena;
	struct past_report *list; /* of the unit and those before it, with the message's own */
	size_t count, rows;
	const char *why;
	/* the report whose rows come */
	sqlite3_stmt *insert;
	const struct past_report *report;
	unsigned age;
	enum past_table which;
};

static sqlite3_stmt *
insert_of(struct bench *b, const struct form *f, enum past_table which)
{
	struct past_rows *rows = &b->forms[bench_form_index(b, f)].past[which];
	size_t columns = 1 + f->field_count + bench_past_has(f, "unit_code") +
	    bench_past_has(f, "period") + (which == PAST_HISTORY && bench_past_has(f, "age"));
	AUTO(buf_free) struct buf sql = { 0 };

	rows->used = true;
	if (rows->insert)
		return rows->insert;
	buf_printf(
	    &sql, "INSERT INTO \"giamsat %s %s\" VALUES (?", bench_past_names[which], f->table);
	for (size_t i = 1; i < columns; i++)
		buf_text(&sql, ", ?");
	buf_char(&sql, ')');
	/* Our own table: it can only fail for want of time. */
	(void)sqlite3_prepare_v3(
	    b->db, sql.at, -1, SQLITE_PREPARE_PERSISTENT, &rows->insert, NULL);
	return rows->insert;
}

static bool
take_row(void *at, uint32_t row, const struct cell *cells)
{
	static const struct cell empty = { .kind = CELL_EMPTY };
	struct loading *l = at;
	const struct form *f = l->report->form;
	char period[16];
	int place = 0, rc;

	period_write(period, l->report->period);
	if (bench_past_has(f, "unit_code"))
		(void)sqlite3_bind_text(l->insert, ++place, l->report->unit, -1, SQLITE_STATIC);
	if (bench_past_has(f, "period"))
		(void)sqlite3_bind_text(l->insert, ++place, period, -1, SQLITE_STATIC);
	if (l->which == PAST_HISTORY && bench_past_has(f, "age"))
		(void)sqlite3_bind_int64(l->insert, ++place, l->age);
	(void)sqlite3_bind_int64(l->insert, ++place, row);
	for (size_t i = 0; i < f->field_count; i++)
		bench_bind(l->insert, ++place,
		    l->which == PAST_PEERS && f->fields[i].personal ? &empty : &cells[i],
		    &f->fields[i]);
	rc = sqlite3_step(l->insert);
	(void)sqlite3_reset(l->insert);
	if (++l->rows > ROWS_MOST)
		l->why = "there are too many rows of earlier reports";
	else if (rc != SQLITE_DONE)
		l->why = bench_trouble(rc);
	else if (guard_time_is_over(l->bench))
		l->why = bench_trouble(SQLITE_INTERRUPT);
	return !l->why;
}

static int
rows_of_message(struct loading *l, struct err *e)
{
	AUTO(bench_rows_close) struct bench_rows *rows = NULL;
	const struct cell *cells;
	uint32_t row = 0;
	int rc = bench_rows_open(&rows, l->bench, (int)-l->report->id, e);

	while (rc == OK && (rc = bench_rows_next(&row, &cells, rows, e)) == OK && row)
		if (!take_row(l, row, cells))
			break;
	return rc;
}

static void
load_report(struct loading *l, const struct past_report *r, enum past_table which, unsigned age)
{
	const struct past *past = l->when->past;
	struct err e;
	int rc;

	if (l->why)
		return;
	l->report = r;
	l->which = which;
	l->age = age;
	l->insert = insert_of(l->bench, r->form, which);
	if (!l->insert) {
		l->why = bench_trouble(SQLITE_INTERRUPT);
		return;
	}
	rc = r->id < 0 ? rows_of_message(l, &e) : past->rows(past->self, r, take_row, l, &e);
	if (rc != OK)
		l->why = "earlier reports could not be read";
}

static bool
is_own(const struct loading *l, const struct past_report *r)
{
	return r->form == l->when->form && strcmp(r->unit, l->when->unit->code) == 0 &&
	    period_equal(r->period, l->when->period);
}

static bool
is_same(const struct past_report *a, const struct past_report *b)
{
	return a->form == b->form && strcmp(a->unit, b->unit) == 0 &&
	    period_equal(a->period, b->period);
}

/* What the message brings takes the place of what is in force. */
static void
add_heard(struct loading *l, const struct lineage *line)
{
	struct bench *b = l->bench;

	for (size_t i = 0; i < b->heard_count; i++) {
		const struct past_report *h = &b->heard[i];
		bool mine = false;
		size_t k = 0;

		for (size_t n = 0; n < line->count; n++)
			mine = mine || strcmp(line->units[n], h->unit) == 0;
		if (!mine || -h->id == l->when->table)
			continue;
		while (k < l->count && !is_same(&l->list[k], h))
			k++;
		l->list[k] = *h;
		l->count += k == l->count;
	}
}

static void
find_reports(struct loading *l)
{
	const struct past *past = l->when->past;
	struct lineage line = past_lineage(l->arena, l->bench->book, l->when->unit->code);
	struct past_report *list = NULL;
	struct err e;
	size_t count = 0;

	if (past &&
	    past->reports(&list, &count, past->self, l->arena, line.units, line.count, &e) !=
		OK)
		l->why = "earlier reports could not be read";
	l->list = arena_array(l->arena, count + l->bench->heard_count + 1, sizeof(*l->list));
	if (count)
		memcpy(l->list, list, count * sizeof(*list));
	l->count = count;
	for (size_t i = 0; i < count; i++)
		if (is_own(l, &list[i]) && l->when->in_force)
			*l->when->in_force = list[i];
	add_heard(l, &line);
}

static void
load_earlier(struct loading *l, const bool *needs)
{
	struct past_aged *found;
	size_t count = past_before(&found, l->arena, l->bench->book, l->when->form,
	    l->when->unit->code, l->when->period, l->list, l->count, AGES_MOST);

	for (size_t i = 0; i < count; i++) {
		if (needs[PAST_PREV] && found[i].age == 1)
			load_report(l, found[i].report, PAST_PREV, 1);
		if (needs[PAST_HISTORY])
			load_report(l, found[i].report, PAST_HISTORY, found[i].age);
	}
}

static void
load_peers(struct loading *l)
{
	const struct past *past = l->when->past;
	struct past_report *list = NULL;
	size_t count = 0;
	struct err e;

	if (past->peers(
		&list, &count, past->self, l->arena, l->when->form, l->when->period, &e) != OK)
		l->why = "other units' reports could not be read";
	for (size_t i = 0; i < count; i++)
		if (strcmp(list[i].unit, l->when->unit->code) != 0)
			load_report(l, &list[i], PAST_PEERS, 0);
}

/* Periods of different length belong together when they end on one day. */
static bool
load_other(struct loading *l, const struct form *f)
{
	bool found = false;

	for (size_t i = 0; i < l->count; i++) {
		const struct past_report *r = &l->list[i];

		if (r->form != f || strcmp(r->unit, l->when->unit->code) != 0 ||
		    date_compare(period_last(r->period), period_last(l->when->period)) != 0)
			continue;
		load_report(l, r, PAST_OTHER, 0);
		found = true;
	}
	return found;
}

static void
load_lines(struct loading *l)
{
	struct bench *b = l->bench;
	char period[16], last[16], received[16];
	int rc;

	if (!b->reports_insert)
		(void)sqlite3_prepare_v3(b->db,
		    "INSERT INTO \"giamsat reports\" VALUES (?, ?, ?, ?, ?, ?)", -1,
		    SQLITE_PREPARE_PERSISTENT, &b->reports_insert, NULL);
	if (!b->reports_insert)
		l->why = bench_trouble(SQLITE_INTERRUPT);
	b->reports_used = true;
	if (l->count > REPORTS_MOST)
		l->why = "there are too many earlier reports";
	for (size_t i = 0; i < l->count && !l->why; i++) {
		const struct past_report *r = &l->list[i];

		if (is_own(l, r))
			continue;
		period_write(period, r->period);
		date_write(last, period_last(r->period));
		date_write(received, r->received);
		bench_bind_text(b->reports_insert, 1, r->form->id);
		bench_bind_text(b->reports_insert, 2, r->unit);
		bench_bind_text(b->reports_insert, 3, period);
		bench_bind_text(b->reports_insert, 4, last);
		bench_bind_text(b->reports_insert, 5, r->received.year ? received : NULL);
		(void)sqlite3_bind_int(b->reports_insert, 6, r->official);
		rc = sqlite3_step(b->reports_insert);
		if (rc != SQLITE_DONE)
			l->why = bench_trouble(rc);
		(void)sqlite3_reset(b->reports_insert);
	}
}

/* ---- the whole ---- */

static void
clear_one(struct bench *b, struct past_rows *rows, const char *which, const char *table)
{
	AUTO(buf_free) struct buf sql = { 0 };
	struct err e;

	if (!rows->used)
		return;
	buf_printf(&sql, "DELETE FROM \"giamsat %s %s\"", which, table);
	if (bench_run(b, sql.at, &e) != OK)
		abort(); /* a private database of ours */
	rows->used = false;
}

void
bench_past_clear(struct bench *b)
{
	struct err e;

	for (size_t i = 0; i < b->book->form_count; i++)
		for (enum past_table k = PAST_PREV; k <= PAST_OTHER; k++)
			clear_one(b, &b->forms[i].past[k], bench_past_names[k],
			    b->book->forms[i].table);
	if (b->reports_used && bench_run(b, "DELETE FROM \"giamsat reports\"", &e) != OK)
		abort();
	b->reports_used = false;
}

/* Each of them on its own: what is too much of one does not silence the rules about another. */
static void
load_all(struct loading *l, const bool *needs)
{
	struct bench *b = l->bench;
	const char *none = l->why;

	for (size_t i = 0; i < PAST_OTHER + b->book->form_count; i++) {
		bool found = true;

		if (!needs[i])
			continue;
		l->why = none;
		guard_start_clock(b);
		if (i == PAST_PREV || i == PAST_HISTORY) {
			bool only[PAST_OTHER] = {
				[PAST_PREV] = i == PAST_PREV, [PAST_HISTORY] = i == PAST_HISTORY
			};

			if (l->when->past)
				load_earlier(l, only);
		} else if (i == PAST_PEERS && l->when->past) {
			load_peers(l);
		} else if (i == PAST_REPORTS && l->when->past) {
			load_lines(l);
		} else if (i >= PAST_OTHER) {
			found = load_other(l, &b->book->forms[i - PAST_OTHER]);
		}
		b->unknown_why[i] = l->why;
		b->known[i] = !l->why && (l->when->past || (i >= PAST_OTHER && found));
	}
}

void
bench_past(struct bench *b, const struct bench_when *w)
{
	AUTO(arena_free) struct arena *a = NULL;
	const struct bench_form *bf = &b->forms[bench_form_index(b, w->form)];
	size_t count = PAST_OTHER + b->book->form_count;
	bool needs_any = w->in_force != NULL;
	struct loading l = { .bench = b, .when = w };
	bool *needs;

	bench_past_clear(b);
	a = l.arena = arena_new();
	needs = arena_array(a, count, sizeof(*needs));
	for (size_t k = 0; k < w->form->rule_count; k++)
		for (size_t i = 0; i < count; i++)
			needs[i] = needs[i] || bf->needs[k][i];
	for (size_t i = 0; i < count; i++) {
		needs_any = needs_any || needs[i];
		b->known[i] = false;
		b->unknown_why[i] = NULL;
	}
	if (!needs_any || !w->unit || w->period.kind == PERIOD_NONE)
		return;
	find_reports(&l);
	load_all(&l, needs);
	guard_stop_clock(b);
}
