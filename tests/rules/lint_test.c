/* Why: a lint that cries wolf is switched off; each kind is shown where it must speak and where
 * it must not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "rules/lint.h"
#include "tests/rules/campaign.h"

#define FIELDS                                                                                  \
	"{\"name\":\"code\",\"title\":\"Mã xã\",\"constraints\":{\"required\":true}},"        \
	"{\"name\":\"n\",\"title\":\"Số\",\"type\":\"integer\",\"constraints\":{\"minimum\":" \
	"0,\"maximum\":100}},"                                                                  \
	"{\"name\":\"m\",\"title\":\"Số khác\",\"type\":\"integer\"},"                       \
	"{\"name\":\"x\",\"title\":\"Tỷ lệ\",\"type\":\"number\"}"
#define EXPR(sql)                                                                              \
	"{\"id\":\"X-1\",\"level\":\"error\",\"fields\":[\"n\"],\"expr\":\"" sql               \
	"\",\"message\":\"{n}\"}"
#define QUERY(sql)                                                                             \
	"{\"id\":\"X-1\",\"level\":\"error\",\"fields\":[\"n\"],\"query\":\"" sql              \
	"\",\"message\":\"{n}\"}"
#define AT "datapackage.json:/resources/3/"

static const struct {
	const char *about, *fields, *rules, *want; /* kinds and places, one line each */
} looks[] = {
	{ "nothing", FIELDS, EXPR("n <= m"), "" },
	/* ---- divisions ---- */
	{ "two whole fields", FIELDS, EXPR("x = n / m"),
	    "division " AT "giamsat:rules/0/expr\n" },
	{ "a whole number", FIELDS, EXPR("x < n / 2"),
	    "division " AT "giamsat:rules/0/expr\n" },
	{ "in brackets", FIELDS, EXPR("x < 100 * (n + 1) / nullif(r.m, 0)"),
	    "division " AT "giamsat:rules/0/expr\n" },
	{ "of sums, in a query", FIELDS,
	    QUERY("SELECT NULL AS row FROM r GROUP BY code HAVING sum(n) / count(*) > 3"),
	    "division " AT "giamsat:rules/0/query\n" },
	{ "by a fraction", FIELDS, EXPR("x < n / 2.0"), "" },
	{ "with 1.0 before it", FIELDS, EXPR("x < 1.0 * n / m"), "" },
	{ "with 100.0 far before it", FIELDS, EXPR("x < 100.0 * (n + 2) * m / nullif(m, 0)"),
	    "" },
	{ "of a number with a fraction", FIELDS, EXPR("x / n < 5"), "" },
	{ "cast on purpose", FIELDS, EXPR("x < CAST(n / 2 AS INTEGER)"), "" },
	{ "cast to REAL", FIELDS, EXPR("x < CAST(n AS REAL) / m"), "" },
	{ "in a text", FIELDS, EXPR("code <> 'n / m'"), "" },
	{ "in a comment", FIELDS, EXPR("n <= m /* n / m */"), "" },
	{ "of what a query computed", FIELDS,
	    QUERY("SELECT row FROM (SELECT row, 1.0 * n AS n FROM r) WHERE n / 2 > 3"), "" },
	/* ---- comparisons ---- */
	{ "a column with itself", FIELDS, EXPR("n = r.m OR m >= m"),
	    "self " AT "giamsat:rules/0/expr\nnever " AT "giamsat:rules/0\n" },
	{ "a part of a sum", FIELDS, EXPR("n + m = m + x"), "" },
	{ "two tables' column", FIELDS,
	    QUERY("SELECT a.row AS row FROM r a, r b WHERE a.code = b.code AND a.n < b.n"),
	    "" },
	{ "what the bounds say", FIELDS, EXPR("n >= 0"),
	    "implied " AT "giamsat:rules/0/expr\nnever " AT "giamsat:rules/0\n" },
	{ "what the bounds say, beside another", FIELDS, EXPR("n <= 100 AND n < m"),
	    "implied " AT "giamsat:rules/0/expr\n" },
	{ "what the bounds deny", FIELDS, EXPR("n > 100"),
	    "contradicted " AT "giamsat:rules/0/expr\nalways " AT "giamsat:rules/0\n" },
	{ "what the bounds leave open", FIELDS, EXPR("n > 0 AND n < 100"), "" },
	{ "a bound in an OR", FIELDS, EXPR("n >= 0 OR m = 1"),
	    "never " AT "giamsat:rules/0\n" },
	{ "what is computed", FIELDS, EXPR("n - m >= 0"), "" },
	/* ---- never, always ---- */
	{ "a constant", FIELDS, EXPR("1"), "never " AT "giamsat:rules/0\n" },
	{ "a constant that is false", FIELDS, EXPR("1 = 2"), "always " AT "giamsat:rules/0\n" },
	{ "an empty query", FIELDS, QUERY("SELECT row FROM r WHERE n > 5 AND n < 5"),
	    "never " AT "giamsat:rules/0\n" },
	{ "a query that always finds", FIELDS, QUERY("SELECT NULL AS row"),
	    "always " AT "giamsat:rules/0\n" },
	{ "a balance", FIELDS, EXPR("n = m + 1"), "" },
	/* ---- messages ---- */
	{ "a message that shows nothing", FIELDS,
	    "{\"id\":\"X-1\",\"level\":\"error\",\"fields\":[\"n\"],\"expr\":\"n <= m\","
	    "\"message\":\"sai {{n}\"}",
	    "bare-message " AT "giamsat:rules/0/message\n" },
	{ "a message that shows the cell", FIELDS,
	    "{\"id\":\"X-1\",\"level\":\"error\",\"fields\":[\"n\"],\"expr\":\"n <= m\","
	    "\"message\":\"{cell} sai\"}",
	    "" },
	{ "a value that is not shown", FIELDS,
	    "{\"id\":\"X-1\",\"level\":\"error\",\"fields\":[\"n\"],\"expr\":\"n <= m\","
	    "\"values\":{\"over\":\"n - m\",\"seen\":\"m\"},\"message\":{\"vi\":\"{n} "
	    "{seen}\",\"en\":\"{n}\"}}",
	    "value " AT "giamsat:rules/0/values/over\n" },
	{ "one language beside two", FIELDS,
	    EXPR("n <= m") ",{\"id\":\"X-2\",\"level\":\"error\",\"fields\":[\"n\"],\"expr\":"
			   "\"n < m\",\"message\":{\"vi\":\"{n}\",\"en\":\"{n}\"}}",
	    "one-language " AT "giamsat:rules/0/message\n" },
	/* ---- fields ---- */
	{ "an empty range",
	    FIELDS ",{\"name\":\"y\",\"title\":\"Y\",\"type\":\"integer\",\"constraints\":{"
		   "\"minimum\":5,\"maximum\":4}}",
	    "", "range " AT "schema/fields/4/constraints\n" },
	{ "a range of one",
	    FIELDS ",{\"name\":\"y\",\"title\":\"Y\",\"type\":\"integer\",\"constraints\":{"
		   "\"minimum\":5,\"maximum\":5}}",
	    "", "" },
	{ "an empty range of days",
	    FIELDS ",{\"name\":\"y\",\"title\":\"Y\",\"type\":\"date\",\"constraints\":{"
		   "\"minimum\":\"2024-01-02\",\"maximum\":\"2024-01-01\"}}",
	    "", "range " AT "schema/fields/4/constraints\n" },
	{ "no length",
	    FIELDS ",{\"name\":\"y\",\"title\":\"Y\",\"constraints\":{\"minLength\":3,"
		   "\"maxLength\":2}}",
	    "", "range " AT "schema/fields/4/constraints\n" },
	{ "a value that its pattern refuses",
	    FIELDS ",{\"name\":\"y\",\"title\":\"Y\",\"constraints\":{\"enum\":[\"a\",\"bb\"],"
		   "\"pattern\":\"[a-z]\"}}",
	    "", "enum " AT "schema/fields/4/constraints/enum/1\n" },
	{ "an example that the field refuses",
	    FIELDS ",{\"name\":\"y\",\"title\":\"Y\",\"example\":\"12\",\"constraints\":{"
		   "\"pattern\":\"[a-z]+\"}}",
	    "", "example " AT "schema/fields/4/example\n" },
	{ "a good example",
	    FIELDS ",{\"name\":\"y\",\"title\":\"Y\",\"type\":\"number\",\"decimalChar\":\",\","
		   "\"groupChar\":\".\",\"giamsat:scale\":2,\"example\":\"1.234,50\"}",
	    "", "" },
};

/* The campaign of these tests has a list, a setting and units that nothing uses. */
static bool
is_background(const struct lint *l)
{
	return l->kind == LINT_UNUSED_LIST || l->kind == LINT_UNUSED_SETTING ||
	    l->kind == LINT_UNUSED_TABLE || l->kind == LINT_NO_ADDRESS;
}

/* addresses: units without one count, too. */
static const char *
told(struct campaign *c, bool addresses)
{
	AUTO(buf_free) struct buf b = { 0 };
	struct rule_cases none = { 0 };
	struct lints lints;

	if (lint_rulebook(&lints, c->arena, c->book, &none, &c->e) != OK)
		fail_msg("%s", c->e.text);
	for (size_t i = 0; i < lints.count; i++)
		if (!is_background(&lints.list[i]) ||
		    (addresses && lints.list[i].kind == LINT_NO_ADDRESS))
			buf_printf(&b, "%s %s\n", lints.list[i].name, lints.list[i].place);
	return b.len ? arena_text(c->arena, buf_bytes(&b)) : "";
}

static void
each_look_speaks_when_it_must(void **state)
{
	int failures = 0;

	(void)state;
	for (size_t i = 0; i < COUNT(looks); i++) {
		struct campaign c;

		if (campaign_write(&c, looks[i].fields, looks[i].rules, "strict") != OK)
			fail_msg("%s: %s", looks[i].about, c.mistakes.text[0]);
		const char *got = told(&c, false);

		if (strcmp(got, looks[i].want) != 0)
			failures++,
			    print_error(
				"%s: '%s', not '%s'\n", looks[i].about, got, looks[i].want);
		campaign_remove(&c);
	}
	assert_int_equal(failures, 0);
}

static void
unused_things_are_named(void **state)
{
	struct campaign c;
	struct rule_cases none = { 0 };
	struct lints lints;
	bool list = false, table = false, setting = false;

	(void)state;
	assert_int_equal(campaign_write(&c, FIELDS, "", "strict"), OK);
	assert_int_equal(lint_rulebook(&lints, c.arena, c.book, &none, &c.e), OK);
	for (size_t i = 0; i < lints.count; i++) {
		list = list || strcmp(lints.list[i].place, "codelists:2") == 0;
		table = table ||
		    strcmp(lints.list[i].place, "datapackage.json:/resources/1/name") == 0;
		setting = setting ||
		    strcmp(lints.list[i].place, "datapackage.json:/giamsat:settings/days") == 0;
	}
	assert_true(list && table && setting);
	campaign_remove(&c);
	/* … and not where a rule reads them. */
	assert_int_equal(
	    campaign_write(&c, FIELDS_Y,
		QUERY("SELECT NULL AS row FROM communes, settings WHERE name = 'days'"),
		"strict"),
	    ERR_STOP); /* the form of Y has no n */
	campaign_remove(&c);
	assert_int_equal(campaign_write(&c, FIELDS_Y,
			     "{\"id\":\"X-1\",\"level\":\"error\",\"fields\":[\"poor\"],"
			     "\"expr\":\"poor < (SELECT value FROM settings WHERE name = "
			     "'days')\",\"message\":\"{poor}\"}",
			     "strict"),
	    OK);
	assert_int_equal(lint_rulebook(&lints, c.arena, c.book, &none, &c.e), OK);
	for (size_t i = 0; i < lints.count; i++)
		if (lints.list[i].kind != LINT_NO_ADDRESS && lints.list[i].kind != LINT_GAP)
			assert_int_not_equal(lints.list[i].level, LEVEL_INFO);
	campaign_remove(&c);
}

#define HEAD_UNITS "unit_code,kind,name_vi,forms,valid_from,valid_to,successors\n"
#define HEAD_CODES "list,code,title_vi,title_en,aliases,valid_from,valid_to\n"

static const struct {
	const char *about, *file, *text,
	    *want; /* kinds and places that are not there without it */
} tables[] = {
	{ "all is well", "units.csv",
	    HEAD_UNITS "A,x,Xã A,Y,2021-01-01,2022-12-31,B\n"
		       "B,x,Xã B,Y,2023-01-01,,\n",
	    "no-address roster\n" },
	{ "a successor that is not there", "units.csv",
	    HEAD_UNITS "A,x,Xã A,Y,2021-01-01,2022-12-31,C\n", "successor units:2\n" },
	{ "a successor with a remark", "units.csv",
	    HEAD_UNITS "A,x,Xã A,Y,2021-01-01,2022-12-31,B[một phần];A\n"
		       "B,x,Xã B,,2023-01-01,,\n",
	    "" },
	{ "a unit that is twice", "units.csv",
	    HEAD_UNITS "A,x,Xã A,,2021-01-01,2022-12-31,\nA,x,Xã A,,2022-12-31,,\n",
	    "overlap units:3\n" },
	{ "… on the next day", "units.csv",
	    HEAD_UNITS "A,x,Xã A,,2021-01-01,2022-12-31,\nA,x,Xã A,,2023-01-01,,\n", "" },
	{ "… some days later", "units.csv",
	    HEAD_UNITS "A,x,Xã A,,2023-02-01,,\nA,x,Xã A,,2021-01-01,2022-12-31,\n",
	    "gap units:2\n" },
	{ "a code that is twice", "codelists.csv",
	    HEAD_CODES "kind,a,A,,,,2022-12-31\nkind,a,A,,,,\nother,a,A,,,,\n",
	    "overlap codelists:3\n" },
};

static void
tables_are_looked_at(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(tables); i++) {
		struct campaign c;

		assert_int_equal(campaign_write(&c, FIELDS, "", "strict"), OK);
		campaign_file(&c, "units.csv", HEAD_UNITS "A,x,Xã A,,2021-01-01,,\n");
		campaign_file(&c, tables[i].file, tables[i].text);
		if (rulebook_open(&c.book, c.arena, c.directory, &c.mistakes, &c.e) != OK)
			fail_msg("%s: %s", tables[i].about, c.mistakes.text[0]);
		const char *got = told(&c, true);

		if (strcmp(got, tables[i].want) != 0)
			fail_msg("%s: '%s', not '%s'", tables[i].about, got, tables[i].want);
		campaign_remove(&c);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_look_speaks_when_it_must),
		cmocka_unit_test(unused_things_are_named),
		cmocka_unit_test(tables_are_looked_at),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
