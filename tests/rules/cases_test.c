/* Why: a case that cannot fail would let any rule through; each way of failing is shown here.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "rules/cases.h"
#include "tests/rules/campaign.h"

/* A good table of form Y of Bình An, two rows; others change it. */
#define GOOD                                                                                   \
	"{\"name\":\"good\",\"form\":\"Y\",\"unit\":\"A-181\",\"period\":\"2023\","            \
	"\"rows\":[{\"code\":\"06067\",\"name\":\"Xã Tân Thanh\"},"                          \
	"{\"code\":\"06070\",\"name\":\"Xã Tân Thành\"}],"                                  \
	"\"set\":[{\"row\":\"*\",\"households\":\"1.000\",\"poor\":200}],"                     \
	"\"expect\":[],\"misses\":[\"Y-1\",\"Y-3\"]}"

static void
cases_file(const struct campaign *c, const char *text)
{
	char path[128];

	(void)snprintf(path, sizeof(path), "%s/cases", c->directory);
	(void)mkdir(path, 0700); /* there already, the second time */
	campaign_file(c, "cases/a.json", text);
}

static void
cases_remove(struct campaign *c)
{
	char path[128];

	(void)snprintf(path, sizeof(path), "%s/cases/a.json", c->directory);
	(void)unlink(path);
	(void)snprintf(path, sizeof(path), "%s/cases", c->directory);
	(void)rmdir(path);
	campaign_remove(c);
}

static void
begin(struct campaign *c)
{
	if (campaign_write(c, FIELDS_Y, RULES_Y, "strict") != OK)
		fail_msg("%s", c->mistakes.text[0]);
	assert_int_equal(bench_open(&c->bench, c->book, &c->e), OK);
}

static const struct {
	const char *about, *made, *missing, *surplus, *fired;
} judged[] = {
	{ "what passes and says so", "\"expect\":[]", "", "", "" },
	{ "a finding that is expected",
	    "\"set\":[{\"row\":2,\"poor\":\"1001\"}],\"expect\":[\"Y-1@2/poor\"]", "", "", "" },
	{ "with its words",
	    "\"set\":[{\"row\":2,\"poor\":\"1001\"}],\"expect\":[{\"finding\":\"Y-1@2/poor\","
	    "\"says\":\"là 1 (E3\"}]",
	    "", "", "" },
	{ "with other words",
	    "\"set\":[{\"row\":2,\"poor\":\"1001\"}],\"expect\":[{\"finding\":\"Y-1@2/poor\","
	    "\"says\":\"1.002\"}]",
	    "Y-1@2/poor “1.002”", "Y-1@2/poor", "" },
	{ "a finding that is not expected",
	    "\"set\":[{\"row\":1,\"poor\":\"1001\"}],\"expect\":[]", "", "Y-1@1/poor", "" },
	{ "one in another row",
	    "\"set\":[{\"row\":1,\"poor\":\"1001\"}],\"expect\":[\"Y-1@2/poor\"]", "Y-1@2/poor",
	    "Y-1@1/poor", "" },
	{ "expected twice, found once",
	    "\"set\":[{\"row\":1,\"poor\":\"1001\"}],\"expect\":[\"Y-1@1/poor\",\"Y-1@1/"
	    "poor\"]",
	    "Y-1@1/poor", "", "" },
	{ "a near miss that is none",
	    "\"set\":[{\"row\":1,\"poor\":\"1001\"}],\"misses\":[\"Y-1\"]", "", "", "Y-1" },
	{ "what the judge says itself goes by its type",
	    "\"set\":[{\"row\":1,\"poor\":\"x\"}],\"expect\":[\"type-error@1/poor\"]", "", "",
	    "" },
	{ "a finding of the table", "\"remove\":[2],\"expect\":[\"Y-3\"]", "", "", "" },
	{ "rows are counted as they are sent",
	    "\"remove\":[1],\"add\":[{\"code\":\"06067\",\"name\":\"Xã Tân "
	    "Thanh\",\"households\":\"5\",\"poor\":\"6\"}],\"expect\":[\"Y-1@2/poor\"]",
	    "", "", "" },
	{ "a column that is not there", "\"without\":[\"households\"],\"expect\":[]", "",
	    "missing-label", "" },
	{ "the day of arrival", "\"received\":\"2024-01-20\",\"expect\":[]", "", "late", "" },
	{ "infos are no findings", "\"set\":[{\"row\":1,\"code\":\"6067\"}],\"expect\":[]", "",
	    "", "" },
};

static const char *
joined(struct arena *a, const char *const *texts, size_t count)
{
	AUTO(buf_free) struct buf b = { 0 };

	for (size_t i = 0; i < count; i++)
		buf_printf(&b, "%s%s", i ? ", " : "", texts[i]);
	return b.len ? arena_text(a, buf_bytes(&b)) : "";
}

static void
each_case_is_judged(void **state)
{
	struct campaign c;

	(void)state;
	begin(&c);
	for (size_t i = 0; i < COUNT(judged); i++) {
		struct rule_cases cases;
		struct case_result r;
		const char *text = arena_printf(c.arena,
		    "[" GOOD ",{\"name\":\"b\",\"base\":\"good\",%s}]", judged[i].made);

		cases_file(&c, text);
		c.mistakes.count = 0;
		if (cases_read(&cases, c.arena, c.book, &c.mistakes, &c.e) != OK)
			fail_msg("%s: %s", judged[i].about, c.mistakes.text[0]);
		assert_int_equal(cases.count, 2);
		case_run(&r, &cases.list[0], c.book, c.bench, c.arena);
		if (!r.passed)
			fail_msg("%s: the good one fails: %s", judged[i].about,
			    joined(c.arena, r.surplus, r.surplus_count));
		case_run(&r, &cases.list[1], c.book, c.bench, c.arena);
		const char *got[] = { joined(c.arena, r.missing, r.missing_count),
			joined(c.arena, r.surplus, r.surplus_count),
			joined(c.arena, r.fired, r.fired_count) };
		const char *want[] = { judged[i].missing, judged[i].surplus, judged[i].fired };
		bool passes = !*want[0] && !*want[1] && !*want[2];

		for (size_t k = 0; k < COUNT(got); k++)
			if (strcmp(got[k], want[k]) != 0)
				fail_msg("%s: %zu: '%s', not '%s'", judged[i].about, k, got[k],
				    want[k]);
		if (r.passed != passes)
			fail_msg("%s: passed %d", judged[i].about, r.passed);
	}
	cases_remove(&c);
}

static const struct {
	const char *about, *text, *mistake;
} wrong[] = {
	{ "no JSON", "[", "cases/a.json:1" },
	{ "no list", "{}", "a list is wanted" },
	{ "no name", "[{\"form\":\"Y\"}]", "cases/a.json:/0/name: is missing" },
	{ "two of a name", "[" GOOD "," GOOD "]", "there are two cases 'good'" },
	{ "an unknown form",
	    "[{\"name\":\"a\",\"form\":\"Z\",\"unit\":\"A-181\",\"period\":"
	    "\"2023\",\"expect\":[]}]",
	    "/0/form: there is no form 'Z'" },
	{ "an unknown unit",
	    "[{\"name\":\"a\",\"form\":\"Y\",\"unit\":\"A-1\",\"period\":"
	    "\"2023\",\"expect\":[]}]",
	    "/0/unit: there is no unit 'A-1'" },
	{ "no period", "[{\"name\":\"a\",\"form\":\"Y\",\"unit\":\"A-181\",\"expect\":[]}]",
	    "/0/period: is missing" },
	{ "a wrong period",
	    "[{\"name\":\"a\",\"form\":\"Y\",\"unit\":\"A-181\",\"period\":"
	    "\"23\",\"expect\":[]}]",
	    "'23' is no period" },
	{ "an unknown field",
	    "[{\"name\":\"a\",\"form\":\"Y\",\"unit\":\"A-181\",\"period\":"
	    "\"2023\",\"rows\":[{\"pour\":1}],\"expect\":[]}]",
	    "/0/rows/0/pour: form Y has no field 'pour'" },
	{ "an unknown property", "[" GOOD ",{\"name\":\"b\",\"base\":\"good\",\"expects\":[]}]",
	    "/1/expects: a case has no such property" },
	{ "an unknown base", "[{\"name\":\"b\",\"base\":\"bad\",\"expect\":[]}]",
	    "there is no case 'bad'" },
	{ "a circle",
	    "[{\"name\":\"a\",\"base\":\"b\",\"expect\":[]},{\"name\":\"b\",\"base\":\"a\","
	    "\"expect\":[]}]",
	    "in a circle" },
	{ "a row that is not there",
	    "[" GOOD ",{\"name\":\"b\",\"base\":\"good\",\"set\":[{\"row\":3}],\"expect\":[]}]",
	    "a row from 1 to 2" },
	{ "an unknown rule",
	    "[" GOOD ",{\"name\":\"b\",\"base\":\"good\",\"misses\":[\"Y-9\"]}]",
	    "there is no rule 'Y-9'" },
	{ "what checks nothing", "[" GOOD ",{\"name\":\"b\",\"base\":\"good\"}]",
	    "/1: has neither" },
};

static void
mistakes_are_told(void **state)
{
	struct campaign c;

	(void)state;
	begin(&c);
	for (size_t i = 0; i < COUNT(wrong); i++) {
		struct rule_cases cases;
		bool told = false;

		cases_file(&c, wrong[i].text);
		c.mistakes.count = 0;
		if (cases_read(&cases, c.arena, c.book, &c.mistakes, &c.e) != ERR_STOP)
			fail_msg("%s: taken", wrong[i].about);
		for (size_t k = 0; k < c.mistakes.count; k++)
			told = told || strstr(c.mistakes.text[k], wrong[i].mistake);
		if (!told)
			fail_msg("%s: '%s'", wrong[i].about, c.mistakes.text[0]);
	}
	cases_remove(&c);
}

static void
rules_without_cases_are_known(void **state)
{
	struct campaign c;
	struct rule_cases cases;
	size_t count;

	(void)state;
	begin(&c);
	cases_file(&c,
	    "[" GOOD ",{\"name\":\"b\",\"base\":\"good\",\"set\":[{\"row\":1,\"poor\":\"1001\""
	    "}],\"expect\":[\"Y-1@1/poor\"]}]");
	assert_int_equal(cases_read(&cases, c.arena, c.book, &c.mistakes, &c.e), OK);
	const struct rule_coverage *all = cases_coverage(&count, &cases, c.book, c.arena);

	assert_int_equal(count, 3);
	assert_true(all[0].fired && all[0].missed);
	assert_true(!all[1].fired && !all[1].missed);
	assert_true(!all[2].fired && all[2].missed);
	cases_remove(&c);
}

#define RULE_PAST                                                                              \
	",{\"id\":\"Y-P\",\"level\":\"error\",\"fields\":[\"poor\"],\"expr\":\"poor >= "       \
	"coalesce((SELECT max(p.poor) FROM prev p WHERE p.code = r.code), "                    \
	"0)\",\"message\":\"{poor}\"}"
#define BEFORE(more)                                                                           \
	"\"period\":\"2024\","                                                                 \
	"\"before\":[{\"base\":\"good\",\"period\":\"2023\"" more "}]"

static const struct {
	const char *about, *made, *surplus, *spoiled; /* spoiled: a part of it; "" none */
} beside[] = {
	{ "nothing before", "\"expect\":[]", "", "" },
	{ "the same before", BEFORE("") ",\"expect\":[]", "", "" },
	{ "more before", BEFORE(",\"set\":[{\"row\":1,\"poor\":201}]") ",\"expect\":[]",
	    "Y-P@1/poor", "" },
	{ "more before, and expected",
	    BEFORE(",\"set\":[{\"row\":1,\"poor\":201}]") ",\"expect\":[\"Y-P@1/poor\"]", "",
	    "" },
	{ "more after",
	    "\"before\":[{\"base\":\"good\",\"period\":\"2024\",\"set\":[{\"row\":1,"
	    "\"poor\":201}]}],\"expect\":[]",
	    "", "" },
	{ "what was not accepted before",
	    BEFORE(",\"set\":[{\"row\":1,\"poor\":\"x\"}]") ",\"expect\":[]", "",
	    "before 1: " },
	{ "another form with it",
	    "\"with\":[{\"form\":\"Q\",\"period\":\"2023Q4\",\"rows\":[{\"line\":\"1\","
	    "\"value\":2}]}],\"expect\":[]",
	    "", "" },
	{ "another form that is wrong",
	    "\"with\":[{\"form\":\"Q\",\"period\":\"2023Q4\",\"rows\":[{\"line\":\"1\","
	    "\"value\":\"x\"}]}],\"expect\":[]",
	    "", "with 1: " },
};

static void
reports_beside_it_count(void **state)
{
	struct campaign c;

	(void)state;
	if (campaign_write(&c, FIELDS_Y, RULES_Y RULE_PAST, "strict") != OK)
		fail_msg("%s", c.mistakes.text[0]);
	assert_int_equal(bench_open(&c.bench, c.book, &c.e), OK);
	for (size_t i = 0; i < COUNT(beside); i++) {
		struct rule_cases cases;
		struct case_result r;

		cases_file(&c,
		    arena_printf(c.arena, "[" GOOD ",{\"name\":\"b\",\"base\":\"good\",%s}]",
			beside[i].made));
		c.mistakes.count = 0;
		if (cases_read(&cases, c.arena, c.book, &c.mistakes, &c.e) != OK)
			fail_msg("%s: %s", beside[i].about, c.mistakes.text[0]);
		case_run(&r, &cases.list[1], c.book, c.bench, c.arena);
		const char *got = joined(c.arena, r.surplus, r.surplus_count);

		if (strcmp(got, beside[i].surplus) != 0 || r.missing_count > 0)
			fail_msg("%s: '%s', not '%s'", beside[i].about, got, beside[i].surplus);
		if (*beside[i].spoiled ? !r.spoiled || !strstr(r.spoiled, beside[i].spoiled)
				       : r.spoiled != NULL)
			fail_msg(
			    "%s: spoiled '%s'", beside[i].about, r.spoiled ? r.spoiled : "");
		if (r.passed != (!*beside[i].surplus && !*beside[i].spoiled))
			fail_msg("%s: passed %d", beside[i].about, r.passed);
	}
	cases_remove(&c);
}

static void
no_folder_is_no_cases(void **state)
{
	struct campaign c;
	struct rule_cases cases;

	(void)state;
	begin(&c);
	assert_int_equal(cases_read(&cases, c.arena, c.book, &c.mistakes, &c.e), OK);
	assert_int_equal(cases.count, 0);
	campaign_remove(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_case_is_judged),
		cmocka_unit_test(mistakes_are_told),
		cmocka_unit_test(rules_without_cases_are_known),
		cmocka_unit_test(reports_beside_it_count),
		cmocka_unit_test(no_folder_is_no_cases),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
