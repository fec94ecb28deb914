/* Why: rules are SQL of somebody else; each hostile or mistaken one must fail alone, and in
 * time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include <cmocka.h>

#include "tests/rules/campaign.h"

#define FIELDS                                                                                 \
	"{\"name\":\"code\",\"title\":\"Mã xã\",\"constraints\":{\"required\":true}},"       \
	"{\"name\":\"n\",\"title\":\"Số\",\"type\":\"integer\"},{\"name\":\"m\",\"title\":"  \
	"\"Số khác\",\"type\":\"integer\"}"
#define RULE(kind, sql)                                                                        \
	"{\"id\":\"X-1\",\"level\":\"error\",\"fields\":[\"n\"],\"" kind "\":\"" sql           \
	"\",\"message\":\"x\"}"

static const struct {
	const char *about, *rule, *mistake; /* part of what is said of it */
} refused[] = {
	{ "no SQL", RULE("expr", "n >< 3"), "syntax error" },
	{ "an unknown column", RULE("expr", "poor > 3"), "no such column" },
	{ "two statements", RULE("query", "SELECT row FROM r); DELETE FROM units; --"), "" },
	{ "a write in disguise", RULE("query", "DELETE FROM units RETURNING 1 AS row"), "" },
	{ "attach", RULE("expr", "1); ATTACH 'x' AS y; --"), "" },
	{ "load_extension", RULE("expr", "load_extension('x') IS NULL"), "not authorized" },
	{ "random", RULE("expr", "random() > 0"), "not authorized" },
	{ "a blob of a gigabyte", RULE("expr", "length(randomblob(1000000000)) > 0"),
	    "not authorized" },
	{ "readfile", RULE("expr", "readfile('/etc/passwd') IS NULL"), "no such function" },
	{ "the schema", RULE("query", "SELECT NULL AS row FROM sqlite_schema"), "may not say" },
	{ "a pragma as a table", RULE("query", "SELECT NULL AS row FROM pragma_database_list"),
	    "" },
	{ "how many tables there are",
	    RULE("query", "SELECT count(*) AS row FROM SQLITE_SCHEMA"), "may not say" },
	{ "how many databases there are",
	    RULE("query", "SELECT count(*) AS row FROM pragma_database_list"), "" },
	{ "json_each", RULE("query", "SELECT NULL AS row FROM json_each('[1]')"), "" },
	{ "the rows of other tables", RULE("query", "SELECT row FROM \\\"giamsat rows y\\\""),
	    "may not say" },
	{ "the clock", RULE("expr", "date('now') > '2020'"), "may not say" },
	{ "the clock by a keyword", RULE("expr", "current_date > '2020'"), "not authorized" },
	{ "a parameter", RULE("expr", "n > ?2"), "may not say" },
	{ "a query without a row", RULE("query", "SELECT code FROM r"),
	    "no such column: q.row" },
	{ "a placeholder nobody fills",
	    "{\"id\":\"X-1\",\"level\":\"error\",\"fields\":[\"n\"],\"expr\":\"n > "
	    "1\",\"message\":\"{nn}\"}",
	    "nothing fills {nn}" },
	{ "an unknown field",
	    "{\"id\":\"X-1\",\"level\":\"error\",\"fields\":[\"z\"],\"expr\":\"1\",\"message\":"
	    "\"x\"}",
	    "no field 'z'" },
	{ "no kind",
	    "{\"id\":\"X-1\",\"level\":\"error\",\"fields\":[\"n\"],\"message\":\"x\"}",
	    "neither" },
	{ "an unknown level",
	    "{\"id\":\"X-1\",\"level\":\"bad\",\"fields\":[\"n\"],\"expr\":\"1\",\"message\":"
	    "\"x\"}",
	    "must be reject" },
	{ "too deep",
	    RULE("expr",
		"(((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((("
		"((((((((((((((((((((((((((((((("
		"n+1)+1)+1)+1)+1)+1)+1)+1)+1)+1)+1)+1)+1)+1)+1)+1)+1)+1)+1)+1)+1)+1)+1)+1)+1)+"
		"1)+1)+1)+1)+1)+1)+1)+1)+1)+1)+1)+1)"
		"+1)+1)+1)+1)+1)+1)+1)+1)+1)+1)+1)+1)+1)+1)+1)+1)+1)+1)+1)+1)+1)+1)+1)+1)+1)+1)"
		"+1)+1)+1)+1)+1)+1)+1)+1)+1)+1)+1)+1)"
		"+1)+1)+1)+1)+1)+1)+1)+1)+1)+1)+1)+1)+1)+1)+1)+1)+1)+1)+1)+1)+1)+1)+1)+1)+1)+1)"
		"+1)+1)+1)+1)+1)+1)+1)+1) > 0"),
	    "" },
};

static void
test_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(refused); i++) {
		struct campaign c = { 0 };
		int rc = campaign_write(&c, FIELDS, refused[i].rule, "strict");
		const char *wrong = campaign_refusal(&c, rc, refused[i].mistake);

		if (wrong)
			fail_msg("%s: %s", refused[i].about, wrong);
	}
}

#define TABLE "Mã xã|Số|Số khác\n06067|1|\n06070|0|5\n"

static const struct {
	const char *about, *rule, *findings;
} asked[] = {
	{ "true is good", RULE("expr", "n >= 0"), "" },
	{ "false is told at the first field", RULE("expr", "n = 1"), "X-1@3,2" },
	{ "unknown counts as good", RULE("expr", "n > m"), "X-1@3,2" },
	{ "skip: a field that is empty",
	    "{\"id\":\"X-1\",\"level\":\"error\",\"fields\":[\"m\"],\"expr\":\"m IS "
	    "NULL\",\"message\":\"x\"}",
	    "X-1@3,3" },
	{ "zero: it counts as 0",
	    "{\"id\":\"X-1\",\"level\":\"error\",\"fields\":[\"m\"],\"missing\":\"zero\","
	    "\"expr\":\"m > 0\",\"message\":\"x\"}",
	    "X-1@2,3" },
	{ "error: it is told",
	    "{\"id\":\"X-1\",\"level\":\"error\",\"fields\":[\"n\",\"m\"],\"missing\":"
	    "\"error\",\"expr\":\"n < m\",\"message\":\"x\"}",
	    "X-1@2,3" },
	{ "a comment at the end", RULE("expr", "n = 1 -- one"), "X-1@3,2" },
	{ "r in a subquery is this table", RULE("expr", "n = (SELECT max(r.n) FROM r)"),
	    "X-1@3,2" },
	{ "a query with WITH",
	    RULE("query",
		"WITH a AS (SELECT * FROM r) SELECT row, 'm' AS field FROM a WHERE m = 5"),
	    "X-1@3,3" },
	{ "a finding about the table",
	    RULE("query", "SELECT NULL AS row WHERE (SELECT count(*) FROM r) = 2"), "X-1@0,0" },
	{ "reference tables, settings and facts",
	    RULE("query",
		"SELECT NULL AS row FROM facts f, settings s, communes c WHERE f.unit_code = "
		"'A-181' AND f.gso_code = '181' "
		"AND period = '2023' AND period_first = '2023-01-01' AND period_last = "
		"'2023-12-31' AND received IS NULL AND "
		"s.name = 'days' AND s.value = 30 AND c.gso_code = '06067'"),
	    "X-1@0,0" },
	{ "the matching key",
	    RULE("query",
		"SELECT row FROM r WHERE key('Hoà BÌNH') = key('hòa  bình') AND n = 0"),
	    "X-1@3,0" },
};

static void
test_asked(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(asked); i++) {
		struct campaign c = { 0 };
		struct facts facts = { .subject = BYTES("A-181 năm 2023") };
		struct verdict v;

		if (campaign_write(&c, FIELDS, asked[i].rule, "strict") != OK)
			fail_msg("%s: %s", asked[i].about, c.e.text);
		assert_int_equal(bench_open(&c.bench, c.book, &c.e), OK);
		campaign_judge(&v, &c, &facts, TABLE);
		assert_int_equal(v.failed_count, 0);
		if (strcmp(campaign_findings(&v, c.arena, LEVEL_WARNING), asked[i].findings) !=
		    0)
			fail_msg("%s: %s", asked[i].about,
			    campaign_findings(&v, c.arena, LEVEL_WARNING));
		campaign_remove(&c);
	}
}

static const char *const slow[] = {
	RULE("query",
	    "WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM t) SELECT NULL AS "
	    "row FROM t WHERE x < 0"),
	RULE("query",
	    "WITH RECURSIVE t(x) AS (SELECT 'a' UNION ALL SELECT x || x FROM t) SELECT NULL AS "
	    "row FROM t WHERE x = 'b'"),
};

/* The endless rule ends and refuses nothing; the one after it is asked. */
static void
test_slow(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(slow); i++) {
		struct campaign c = { 0 };
		struct facts facts = { .subject = BYTES("A-181 năm 2023") };
		AUTO(buf_free) struct buf rules = { 0 };
		struct timespec before, after;
		struct verdict v;

		buf_printf(&rules,
		    "%s,{\"id\":\"X-2\",\"level\":\"error\",\"fields\":[\"n\"],\"expr\":\"n = "
		    "1\",\"message\":\"x\"}",
		    slow[i]);
		if (campaign_write(&c, FIELDS, rules.at, "strict") != OK)
			fail_msg("%s", c.e.text);
		assert_int_equal(bench_open(&c.bench, c.book, &c.e), OK);
		clock_gettime(CLOCK_MONOTONIC, &before);
		campaign_judge(&v, &c, &facts, TABLE);
		clock_gettime(CLOCK_MONOTONIC, &after);
		assert_true(after.tv_sec - before.tv_sec <= 4);
		assert_int_equal(v.failed_count, 1);
		assert_string_equal(v.failed[0].rule, "X-1");
		assert_string_equal(campaign_findings(&v, c.arena, LEVEL_WARNING), "X-2@3,2");
		campaign_remove(&c);
	}
}

/* Tables of one message lie beside each other and see only themselves; the next message finds
 * none. */
static void
test_tables(void **state)
{
	struct campaign c = { 0 };
	struct facts facts = { .subject = BYTES("A-181 năm 2023") };
	struct verdict first, second;

	(void)state;
	assert_int_equal(
	    campaign_write(&c, FIELDS, RULE("expr", "n <> (SELECT count(*) FROM r)"), "strict"),
	    OK);
	assert_int_equal(bench_open(&c.bench, c.book, &c.e), OK);
	campaign_judge(&first, &c, &facts, "Mã xã|Số\na|1\nb|2\n");
	campaign_judge(&second, &c, &facts, "Mã xã|Số\na|1\nb|2\nc|3\n");
	assert_string_equal(campaign_findings(&first, c.arena, LEVEL_ERROR), "X-1@3,2");
	assert_string_equal(campaign_findings(&second, c.arena, LEVEL_ERROR), "X-1@4,2");
	assert_true(first.table != second.table);
	bench_clear(c.bench);
	campaign_judge(&first, &c, &facts, "Mã xã|Số\na|1\n");
	assert_int_equal(first.table, 1);
	assert_string_equal(campaign_findings(&first, c.arena, LEVEL_ERROR), "X-1@2,2");
	campaign_remove(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_asked),
		cmocka_unit_test(test_slow),
		cmocka_unit_test(test_tables),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
