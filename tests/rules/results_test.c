/* Why: a mistake in what the year's result shall show must be found when the campaign is
 * written, not when the year is over. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "rules/results.h"

static char place[64];

static const struct field fields[] = {
	{ .name = "commune_code", .type = FIELD_STRING },
	{ .name = "poor", .type = FIELD_INTEGER },
	{ .name = "households", .type = FIELD_INTEGER },
	{ .name = "person", .type = FIELD_STRING, .personal = true },
	{ .name = "introduced", .type = FIELD_BOOLEAN },
};
static const struct form form = {
	.id = "M2", .table = "m2", .fields = fields, .field_count = COUNT(fields)
};

static const char *const communes_columns[] = { "gso_code", "name", "name_en", "valid_from",
	"valid_to" };
static const struct reference communes = {
	.name = "communes", .columns = communes_columns, .column_count = COUNT(communes_columns)
};

static struct rulebook
rulebook_example(void)
{
	return (struct rulebook){ .directory = place,
		.forms = &form,
		.form_count = 1,
		.references = &communes,
		.reference_count = 1 };
}

static int
make_place(void **state)
{
	(void)state;
	memcpy(place, "/tmp/giamsat-results-XXXXXX", sizeof("/tmp/giamsat-results-XXXXXX"));
	return mkdtemp(place) ? 0 : -1;
}

static int
drop_place(void **state)
{
	char path[128];

	(void)state;
	(void)snprintf(path, sizeof(path), "%s/datapackage.json", place);
	(void)unlink(path);
	return rmdir(place);
}

static int
open_text(
    struct results **out, struct arena *a, const char *text, struct mistakes *m, struct err *e)
{
	struct rulebook r = rulebook_example();
	char path[128];
	FILE *f;

	(void)snprintf(path, sizeof(path), "%s/datapackage.json", place);
	f = fopen(path, "w");
	assert_non_null(f);
	fputs(text, f);
	assert_int_equal(fclose(f), 0);
	return results_open(out, a, &r, m, e);
}

#define TABLE(rest)                                                                            \
	"{\"giamsat:results\": {\"tables\": [{\"id\": \"t\", \"title\": \"T\", \"form\": "     \
	"\"M2\", " rest "}]}}"
#define COLUMNS(columns) TABLE("\"group\": [\"unit\"], \"columns\": [" columns "]")
#define SUM              "{\"id\": \"poor\", \"title\": \"P\", \"sum\": \"poor\"}"
#define T                "/giamsat:results/tables/0"

static const struct {
	const char *about, *text,
	    *mistake; /* first mistake after "datapackage.json:"; NULL: none */
} cases[] = {
	{ "none at all", "{}", NULL },
	{ "one column", COLUMNS(SUM), NULL },
	{ "not an object", "{\"giamsat:results\": []}", "/giamsat:results: must be an object" },
	{ "tables missing", "{\"giamsat:results\": {}}",
	    "/giamsat:results/tables: must be a list" },
	{ "misspelt", "{\"giamsat:results\": {\"tabels\": [], \"tables\": []}}",
	    "/giamsat:results/tabels: unknown property" },
	{ "due out of range",
	    "{\"giamsat:results\": {\"due\": {\"months\": 13}, \"tables\": []}}",
	    "/giamsat:results/due/months: must be a whole number from 1 to 12" },
	{ "unknown form",
	    "{\"giamsat:results\": {\"tables\": [{\"id\": \"t\", \"title\": \"T\", \"form\": "
	    "\"M9\"}]}}",
	    T "/form: there is no form \"M9\"" },
	{ "no title",
	    "{\"giamsat:results\": {\"tables\": [{\"id\": \"t\", \"form\": \"M9\"}]}}",
	    T ": \"title\" must be a text, or one for \"vi\" and \"en\"" },
	{ "group by an unknown field", TABLE("\"group\": [\"x\"], \"columns\": [" SUM "]"),
	    T ": form M2 has no field \"x\"" },
	{ "group by names of persons", TABLE("\"group\": [\"person\"], \"columns\": [" SUM "]"),
	    T ": \"person\" holds names of persons and cannot be shown" },
	{ "group twice", TABLE("\"group\": [\"unit\", \"unit\"], \"columns\": [" SUM "]"),
	    T "/group: \"unit\" is there twice" },
	{ "group and across",
	    TABLE("\"group\": [\"unit\"], \"across\": \"unit\", \"columns\": [" SUM "]"),
	    T "/across: \"unit\" is in \"group\", too" },
	{ "no group", TABLE("\"group\": [], \"columns\": [" SUM "]"),
	    T "/group: must be a list of one to 8 names" },
	{ "no columns", COLUMNS(""), T "/columns: must be a list of one to 32 columns" },
	{ "sum of text",
	    COLUMNS("{\"id\": \"c\", \"title\": \"C\", \"sum\": \"commune_code\"}"),
	    T "/columns/0: \"commune_code\" holds no numbers" },
	{ "sum and count",
	    COLUMNS(
		"{\"id\": \"c\", \"title\": \"C\", \"sum\": \"poor\", \"count\": \"poor\"}"),
	    T "/columns/0: needs just one of \"sum\", \"count\", \"ratio\", \"change\"" },
	{ "the same id", COLUMNS(SUM ", " SUM), T "/columns/1/id: \"poor\" is there already" },
	{ "ratio of one", COLUMNS("{\"id\": \"r\", \"title\": \"R\", \"ratio\": [\"poor\"]}"),
	    T "/columns/0/ratio: must be a list of two names" },
	{ "change of what comes later",
	    COLUMNS("{\"id\": \"c\", \"title\": \"C\", \"change\": \"poor\"}, " SUM),
	    T "/columns/0/change: \"poor\" is no sum, count or ratio before it" },
	{ "where a ratio",
	    COLUMNS("{\"id\": \"r\", \"title\": \"R\", \"ratio\": [\"poor\", \"households\"],"
		    " \"where\": {\"field\": \"introduced\", \"is\": true}}"),
	    T "/columns/0/where: belongs to a sum or a count" },
	{ "where without a value",
	    COLUMNS("{\"id\": \"c\", \"title\": \"C\", \"sum\": \"poor\", \"where\": "
		    "{\"field\": \"introduced\"}}"),
	    T "/columns/0/where: needs \"is\" (a text, a whole number, true or false) or "
	      "\"above\" (a whole number)" },
	{ "above a text",
	    COLUMNS("{\"id\": \"c\", \"title\": \"C\", \"sum\": \"poor\", \"where\": "
		    "{\"field\": \"commune_code\", \"above\": 1}}"),
	    T "/columns/0/where: \"above\" needs a field of numbers" },
	{ "titles from nowhere",
	    TABLE("\"group\": [\"commune_code\"], \"titles\": {\"commune_code\": "
		  "{\"resource\": \"x\", \"key\": \"k\", \"title\": \"t\"}},"
		  " \"columns\": [" SUM "]"),
	    T "/titles/commune_code: there is no resource \"x\" with data" },
	{ "titles from an unknown column",
	    TABLE("\"group\": [\"commune_code\"], \"titles\": {\"commune_code\":"
		  " {\"resource\": \"communes\", \"key\": \"code\", \"title\": \"name\"}}, "
		  "\"columns\": [" SUM "]"),
	    T "/titles/commune_code: resource \"communes\" has no column \"code\"" },
	{ "titles nobody uses",
	    TABLE("\"group\": [\"unit\"], \"titles\": {\"commune_code\":"
		  " {\"resource\": \"communes\", \"key\": \"gso_code\", \"title\": \"name\"}}, "
		  "\"columns\": [" SUM "]"),
	    T "/titles/commune_code: the table is not grouped by it" },
	{ "across with a change",
	    TABLE("\"group\": [\"commune_code\"], \"across\": \"unit\", \"columns\": [" SUM
		  ", {\"id\": \"c\", \"title\": \"C\", \"change\": \"poor\"}]"),
	    T "/columns: a table with \"across\" shows no changes" },
};

static void
test_mistakes(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		AUTO(arena_free) struct arena *a = arena_new();
		struct mistakes m = { 0 };
		struct results *r = NULL;
		struct err e = { .text = "" };
		int rc = open_text(&r, a, cases[i].text, &m, &e);

		if (!cases[i].mistake) {
			if (rc != OK || m.count > 0 || !r)
				fail_msg(
				    "%s: %s", cases[i].about, m.count ? m.text[0] : e.text);
			continue;
		}
		if (rc != ERR_STOP || m.count == 0 ||
		    strncmp(m.text[0], "datapackage.json:", 17) != 0 ||
		    strcmp(m.text[0] + 17, cases[i].mistake) != 0)
			fail_msg("%s: %s", cases[i].about, m.count ? m.text[0] : e.text);
	}
}

static void
test_all_mistakes_at_once(void **state)
{
	AUTO(arena_free) struct arena *a = arena_new();
	struct mistakes m = { 0 };
	struct results *r = NULL;
	struct err e;

	(void)state;
	m.text = (const char *[]){ "before" };
	m.count = 1;
	assert_int_equal(open_text(&r, a, COLUMNS("{}, {\"id\": 1}"), &m, &e), ERR_STOP);
	assert_true(m.count > 4);
	assert_string_equal(m.text[0], "before");
	assert_null(r);
}

static void
test_syntax(void **state)
{
	AUTO(arena_free) struct arena *a = arena_new();
	struct mistakes m = { 0 };
	struct results *r = NULL;
	struct err e;

	(void)state;
	assert_int_equal(open_text(&r, a, "{\n\"a\": }", &m, &e), ERR_STOP);
	assert_non_null(strstr(e.text, "datapackage.json:2:"));
}

static void
test_what_is_read(void **state)
{
	AUTO(arena_free) struct arena *a = arena_new();
	struct mistakes m = { 0 };
	struct results *r = NULL;
	struct err e;
	const struct result_table *t;

	(void)state;
	assert_int_equal(open_text(&r, a,
			     "{\"giamsat:results\": {\"due\": {\"months\": 2, \"day\": 15}, "
			     "\"tables\": [{\"id\": \"t\","
			     " \"title\": {\"vi\": \"Bảng\", \"en\": \"Table\"}, \"form\": "
			     "\"M2\", \"group\": [\"unit\", \"commune_code\"],"
			     " \"titles\": {\"commune_code\": {\"resource\": \"communes\", "
			     "\"key\": \"gso_code\","
			     "   \"title\": {\"vi\": \"name\", \"en\": \"name_en\"}}},"
			     " \"latest\": \"commune_code\", \"where\": {\"field\": \"poor\", "
			     "\"above\": 3}, \"totals\": true,"
			     " \"columns\": [" SUM
			     ", {\"id\": \"n\", \"title\": \"N\", \"count\": \"commune_code\","
			     "   \"where\": {\"field\": \"introduced\", \"is\": true}},"
			     " {\"id\": \"r\", \"title\": \"R\", \"ratio\": [\"poor\", "
			     "\"households\"], \"percent\": true, \"scale\": 2},"
			     " {\"id\": \"d\", \"title\": \"D\", \"change\": \"r\"}]}]}}",
			     &m, &e),
	    OK);
	assert_int_equal(r->due_months, 2);
	assert_int_equal(r->due_day, 15);
	assert_int_equal(r->count, 1);
	t = &r->tables[0];
	assert_string_equal(t->title.in[LANGUAGE_EN], "Table");
	assert_int_equal(t->group_count, 2);
	assert_int_equal(t->groups[0].field, -1);
	assert_int_equal(t->groups[1].titles.title[LANGUAGE_EN], 2);
	assert_int_equal(t->groups[1].titles.valid_to, 4);
	assert_int_equal(t->latest, 0);
	assert_int_equal(t->where.field, 1);
	assert_int_equal(t->where.above.digits, 3);
	assert_int_equal(t->measure_count, 3); /* poor is one measure, shown and divided */
	assert_string_equal(t->measures[1].where.is, "1");
	assert_int_equal(t->columns[2].measure, t->columns[0].measure);
	assert_int_equal(t->columns[3].of, 2);
	assert_true(t->totals);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_mistakes),
		cmocka_unit_test(test_all_mistakes_at_once),
		cmocka_unit_test(test_syntax),
		cmocka_unit_test(test_what_is_read),
	};

	return cmocka_run_group_tests_name("results", tests, make_place, drop_place);
}
