/*
 * Why: the same figures, as the form has them and as a clerk lays them out, must be loaded
 *alike; and no figure of a total may be wrong without a word.
 *
 *	clerk_test [CLEAN LAID-OUT]	two other files that must give the same rows
 */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/text.h"
#include "ingest/format.h"
#include "rules/heading.h"
#include "rules/hearing.h"

#define CAMPAIGN "rules/vi-nguoi-ngheo"
#define FOLDER   "tests/rules/clerk/"

static const char *clean = FOLDER "M2_LS-189_2023_clean.csv";
static const char *laid_out = FOLDER "M2_LS-189_2023_laid_out.csv";

/* A file as its reader delivers it. */
struct table {
	struct arena *arena;
	struct row *rows;
	size_t count, room;
};

static struct arena *arena;
static struct rulebook *book;
static struct bench *bench;

static int
take_sheet(void *self, struct bytes name, struct err *e)
{
	(void)self, (void)name, (void)e;
	return OK;
}

static int
take_row(void *self, const struct row *row, struct err *e)
{
	struct table *t = self;

	(void)e;
	if (t->count == t->room) {
		size_t room = t->room ? 2 * t->room : 32;
		struct row *more = arena_array(t->arena, room, sizeof(*more));

		if (t->count)
			memcpy(more, t->rows, t->count * sizeof(*more));
		t->rows = more;
		t->room = room;
	}
	row_copy(&t->rows[t->count++], row, t->arena);
	return OK;
}

static int
take_note(void *self, const struct note *note, struct err *e)
{
	(void)self, (void)e;
	assert_int_not_equal(note->kind, NOTE_UNREADABLE);
	return OK;
}

static void
read_file(struct table *t, const char *path)
{
	static const struct limits limits = LIMITS_DEFAULT;
	AUTO(file_close) int dir = -1;
	struct table_input in = { .hints = &book->hints, .limits = &limits };
	struct table_sink sink = {
		.self = t, .sheet = take_sheet, .row = take_row, .note = take_note
	};
	struct err e;

	t->arena = arena;
	assert_int_equal(file_directory(&dir, ".", false, &e), OK);
	assert_int_equal(file_read(&in.body, arena, dir, path, 1 << 20, &e), OK);
	assert_int_equal(format_read(&in, &sink, &e), OK);
}

/* Its verdict; one cell may read otherwise: of row number row (0: none) and column, from 1. */
static struct verdict
judge(const struct table *t, const char *path, uint32_t row, uint32_t column, const char *text)
{
	const char *slash = strrchr(path, '/');
	const struct facts facts = { .file_name = bytes_of(slash ? slash + 1 : path),
		.findings_max = 1000 };
	struct hearing *h;
	struct verdict *list;

	bench_clear(bench);
	h = hearing_new(book, bench, &facts, arena);
	hearing_sheet(h, BYTES(""));
	for (size_t i = 0; i < t->count; i++) {
		struct row changed;

		row_copy(&changed, &t->rows[i], arena);
		if (changed.number == row)
			((struct bytes *)(uintptr_t)changed.cells)[column - 1] =
			    bytes_of(text); /* row_copy's own */
		hearing_row(h, &changed);
	}
	assert_int_equal(hearing_end(&list, h), 1);
	return list[0];
}

static int
compare(const void *x, const void *y)
{
	return strcmp(*(const char *const *)x, *(const char *const *)y);
}

/* "field=value …" of every row but its number, in the order of the lines. */
static const char *
values(const struct verdict *v, const char *not_compared)
{
	AUTO(bench_rows_close) struct bench_rows *rows = NULL;
	AUTO(buf_free) struct buf all = { 0 };
	const char *lines[64];
	const struct cell *cells;
	size_t count = 0;
	uint32_t row;
	struct err e;

	assert_int_equal(bench_rows_open(&rows, bench, v->table, &e), OK);
	while (bench_rows_next(&row, &cells, rows, &e) == OK && row != 0) {
		AUTO(buf_free) struct buf b = { 0 };

		for (size_t i = 0; i < v->form->field_count; i++) {
			const char *name = v->form->fields[i].name;

			if (strstr(not_compared, name))
				continue;
			buf_printf(&b, "%s=", name);
			if (cells[i].kind == CELL_WHOLE)
				buf_printf(&b, "%" PRId64, cells[i].whole);
			else if (cells[i].kind == CELL_TEXT)
				buf_add(&b, cells[i].text);
			buf_char(&b, ' ');
		}
		assert_true(count < COUNT(lines));
		lines[count++] = arena_text(arena, buf_bytes(&b));
	}
	qsort(lines, count, sizeof(*lines), compare);
	for (size_t i = 0; i < count; i++)
		buf_printf(&all, "%s\n", lines[i]);
	return arena_text(arena, buf_bytes(&all));
}

static void
show(const struct verdict *v)
{
	for (size_t i = 0; i < v->count; i++)
		if (v->findings[i].level > LEVEL_INFO)
			print_message("  %s\n", v->findings[i].message.in[LANGUAGE_VI]);
}

static void
test_alike(void **state)
{
	struct table one = { 0 }, other = { 0 };
	struct verdict v, w;
	const char *wanted;

	(void)state;
	read_file(&one, clean);
	read_file(&other, laid_out);
	v = judge(&one, clean, 0, 0, NULL);
	assert_true(v.valid);
	/* A clerk may count anew in each section, and leave "Xã" out. */
	wanted = values(&v, "row_no commune_name");
	w = judge(&other, laid_out, 0, 0, NULL);
	show(&w);
	assert_true(w.valid);
	assert_int_equal(w.by_level[LEVEL_WARNING], 0);
	assert_true(v.unit == w.unit);
	assert_int_equal(v.rows, w.rows);
	assert_string_equal(values(&w, "row_no commune_name"), wanted);
}

/* The file's totals, and which of their columns add up. */
static const uint32_t totals[] = { 13, 14, 17, 32, 33 };
static const uint32_t rates[] = { 15, 23 };

static bool
is_rate(uint32_t column)
{
	for (size_t i = 0; i < COUNT(rates); i++)
		if (rates[i] == column)
			return true;
	return false;
}

/* One figure of one total is wrong by one: told at its cell, and nowhere else. */
static void
wrong_by_one(const struct table *t, const struct row *row, uint32_t column)
{
	struct bytes cell = row->cells[column - 1];
	AUTO(buf_free) struct buf digits = { 0 };
	struct verdict v;
	long figure;

	for (size_t i = 0; i < cell.len; i++)
		if (cell.at[i] >= '0' && cell.at[i] <= '9')
			buf_char(&digits, cell.at[i]);
	figure = strtol(digits.at, NULL, 10) + 1;
	v = judge(t, laid_out, row->number, column, arena_printf(arena, "%ld", figure));
	if (v.by_level[LEVEL_ERROR] != !is_rate(column) || v.valid != is_rate(column)) {
		show(&v);
		fail_msg("row %u, column %u", row->number, column);
	}
	for (size_t i = 0; i < v.count; i++)
		if (v.findings[i].level == LEVEL_ERROR &&
		    (strcmp(v.findings[i].type, "total") != 0 ||
			v.findings[i].row != row->number || v.findings[i].column != column))
			fail_msg("row %u, column %u: told at %u, %u", row->number, column,
			    v.findings[i].row, v.findings[i].column);
}

static void
test_totals(void **state)
{
	struct table t = { 0 };
	unsigned tried = 0;

	(void)state;
	read_file(&t, laid_out);
	for (size_t i = 0; i < t.count; i++)
		for (size_t k = 0; k < COUNT(totals); k++)
			for (uint32_t c = 5; t.rows[i].number == totals[k] && c < 25; c++)
				if (t.rows[i].cells[c - 1].len) {
					wrong_by_one(&t, &t.rows[i], c);
					tried++;
				}
	assert_int_equal(tried, COUNT(totals) * 20);
}

/* Each heading with one letter less: the column is not taken for another, nor lost. */
static void
test_headings(void **state)
{
	struct table t = { 0 };
	struct verdict v;
	unsigned tried = 0;

	(void)state;
	read_file(&t, clean);
	for (uint32_t c = 2; c <= t.rows[0].count; c++) {
		struct bytes title = t.rows[0].cells[c - 1];

		if (title.len < 12)
			continue; /* too short to be alike */
		v = judge(&t, clean, 1, c, arena_text(arena, text_head(title, title.len - 1)));
		if (title.at[title.len - 1] == ')')
			continue; /* a bracket says nothing */
		if (v.valid) {
			show(&v);
			fail_msg("column %u", c);
		}
		tried++;
	}
	assert_true(tried > 15);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_alike),
		cmocka_unit_test(test_totals),
		cmocka_unit_test(test_headings),
	};
	struct mistakes mistakes;
	struct err e;
	int failed;

	arena = arena_new();
	if (rulebook_open(&book, arena, CAMPAIGN, &mistakes, &e) != OK ||
	    bench_open(&bench, book, &e) != OK)
		return 1;
	if (argc == 3) {
		const struct CMUnitTest alike[] = { cmocka_unit_test(test_alike) };

		clean = argv[1];
		laid_out = argv[2];
		failed = cmocka_run_group_tests(alike, NULL, NULL);
	} else {
		failed = cmocka_run_group_tests(tests, NULL, NULL);
	}
	bench_close(&bench);
	arena_free(&arena);
	return failed;
}
