/* Why: what may now be refused must stand where its owner reads first, and nothing may be said
 * of what is the same. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "rules/diff.h"
#include "tests/rules/campaign.h"

#define CODE    "{\"name\":\"code\",\"title\":\"Mã xã\",\"constraints\":{\"required\":true}}"
#define N(more) CODE ",{\"name\":\"n\",\"title\":\"Số\",\"type\":\"integer\"" more "}"
#define RULE(level, sql, message)                                                              \
	"{\"id\":\"X-1\",\"level\":\"" level "\",\"fields\":[\"n\"],\"expr\":\"" sql           \
	"\",\"message\":\"" message "\"}"
#define BOUNDS(text) N(",\"constraints\":{" text "}")

static const struct {
	const char *about;
	const char *fields[2], *rules[2], *policies[2]; /* the second NULL: the same */
	const char *want;                               /* "group kind about", one line each */
} pairs[] = {
	{ "nothing", { N("") }, { RULE("error", "n > 1", "{n}") }, { "strict" }, "" },
	{ "a column less", { N(""), CODE }, { "" }, { "strict" }, "0 field-removed n\n" },
	{ "a column more", { CODE, N("") }, { "" }, { "strict" }, "2 field-added n\n" },
	{ "a column more that must be there", { CODE, BOUNDS("\"required\":true") }, { "" },
	    { "strict" }, "0 field-added-needed n\n" },
	{ "required", { N(""), BOUNDS("\"required\":true") }, { "" }, { "strict" },
	    "0 field-required n\n" },
	{ "no more required", { BOUNDS("\"required\":true"), N("") }, { "" }, { "strict" },
	    "2 field-optional n\n" },
	{ "a minimum", { N(""), BOUNDS("\"minimum\":1") }, { "" }, { "strict" },
	    "0 field-narrower n\n" },
	{ "a lower minimum", { BOUNDS("\"minimum\":1"), BOUNDS("\"minimum\":0") }, { "" },
	    { "strict" }, "2 field-wider n\n" },
	{ "a lower maximum", { BOUNDS("\"maximum\":9"), BOUNDS("\"maximum\":8") }, { "" },
	    { "strict" }, "0 field-narrower n\n" },
	{ "no maximum", { BOUNDS("\"maximum\":9"), N("") }, { "" }, { "strict" },
	    "2 field-wider n\n" },
	{ "an enum that grew", { BOUNDS("\"enum\":[1]"), BOUNDS("\"enum\":[2,1]") }, { "" },
	    { "strict" }, "2 field-wider n\n" },
	{ "an enum that lost one", { BOUNDS("\"enum\":[1,2]"), BOUNDS("\"enum\":[1,3]") },
	    { "" }, { "strict" }, "0 field-narrower n\n" },
	{ "another type",
	    { N(""), CODE ",{\"name\":\"n\",\"title\":\"Số\",\"type\":\"date\"}" }, { "" },
	    { "strict" }, "0 field-type n\n" },
	{ "another title, the old one an alias",
	    { N(""),
		CODE ",{\"name\":\"n\",\"title\":\"Số hộ\",\"giamsat:aliases\":[\"Số\"],"
		     "\"type\":\"integer\"}" },
	    { "" }, { "strict" }, "3 field-title n\n" },
	{ "another title alone",
	    { N(""), CODE ",{\"name\":\"n\",\"title\":\"Số hộ\",\"type\":\"integer\"}" },
	    { "" }, { "strict" }, "0 field-heading n\n3 field-title n\n" },
	{ "how blanks are read", { N(""), N(",\"giamsat:zero\":[\"-\"]") }, { "" },
	    { "strict" }, "0 field-constraint n\n" },
	{ "a new rule", { N("") }, { "", RULE("error", "n > 1", "{n}") }, { "strict" },
	    "0 rule-added X-1\n" },
	{ "a new warning", { N("") }, { "", RULE("warning", "n > 1", "{n}") }, { "strict" },
	    "4 rule-added-mild X-1\n" },
	{ "a rule less", { N("") }, { RULE("error", "n > 1", "{n}"), "" }, { "strict" },
	    "2 rule-removed X-1\n" },
	{ "a harder level", { N("") },
	    { RULE("warning", "n > 1", "{n}"), RULE("error", "n > 1", "{n}") }, { "strict" },
	    "0 rule-harder X-1\n" },
	{ "a milder level", { N("") },
	    { RULE("error", "n > 1", "{n}"), RULE("info", "n > 1", "{n}") }, { "strict" },
	    "2 rule-milder X-1\n" },
	{ "another condition", { N("") },
	    { RULE("error", "n > 1", "{n}"), RULE("error", "n > 2", "{n}") }, { "strict" },
	    "0 rule-condition X-1\n" },
	{ "another message", { N("") },
	    { RULE("error", "n > 1", "{n}"), RULE("error", "n > 1", "{n}!") }, { "strict" },
	    "3 rule-message X-1\n" },
	{ "strict", { N("") }, { "" }, { "partial", "strict" }, "0 form-strict \n" },
	{ "partial", { N("") }, { "" }, { "strict", "partial" }, "2 form-partial \n" },
};

static const char *
or_same(const char *const both[2])
{
	return both[1] ? both[1] : both[0];
}

static const char *
told(struct campaign *a, const struct campaign *b)
{
	AUTO(buf_free) struct buf out = { 0 };
	struct changes changes;

	if (rulebook_diff(&changes, a->arena, a->book, b->book, &a->e) != OK)
		fail_msg("%s", a->e.text);
	for (size_t i = 0; i < changes.count; i++)
		buf_printf(&out, "%d %s %s\n", (int)changes.list[i].group, changes.list[i].name,
		    changes.list[i].about);
	return out.len ? arena_text(a->arena, buf_bytes(&out)) : "";
}

static void
each_change_is_told(void **state)
{
	int failures = 0;

	(void)state;
	for (size_t i = 0; i < COUNT(pairs); i++) {
		struct campaign a, b;

		if (campaign_write(
			&a, pairs[i].fields[0], pairs[i].rules[0], pairs[i].policies[0]) != OK)
			fail_msg("%s: %s", pairs[i].about, a.mistakes.text[0]);
		if (campaign_write(&b, or_same(pairs[i].fields), or_same(pairs[i].rules),
			or_same(pairs[i].policies)) != OK)
			fail_msg("%s: %s", pairs[i].about, b.mistakes.text[0]);
		const char *got = told(&a, &b);

		if (strcmp(got, pairs[i].want) != 0) {
			print_error("%s: '%s', not '%s'\n", pairs[i].about, got, pairs[i].want);
			failures++;
		}
		campaign_remove(&b);
		campaign_remove(&a);
	}
	assert_int_equal(failures, 0);
}

static const struct {
	const char *about, *units, *want;
} tables[] = {
	{ "a unit that ends",
	    "unit_code,kind,name_vi,forms,valid_from,valid_to\nA,x,Xã "
	    "A,Y,2021-01-01,2024-12-31\n"
	    "B,x,Xã B,Y,2021-01-01,\n",
	    "0 unit-ended units\n" },
	{ "one less, one more",
	    "unit_code,kind,name_vi,forms,valid_from,valid_to\nA,x,Xã A,Y,2021-01-01,\n"
	    "C,x,Xã C,Y,2021-01-01,\n",
	    "0 unit-removed units\n1 unit-added units\n" },
	{ "another form, another name",
	    "unit_code,kind,name_vi,forms,valid_from,valid_to\nA,x,Xã A,Y;Q,2021-01-01,\n"
	    "B,x,Phường B,Y,2021-01-01,\n",
	    "1 unit-forms units\n3 unit-renamed units\n" },
};

static void
each_row_is_told(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(tables); i++) {
		struct campaign a, b;
		struct campaign *both[] = { &a, &b };

		for (size_t k = 0; k < COUNT(both); k++) {
			if (campaign_write(both[k], N(""), "", "strict") != OK)
				fail_msg("%s", both[k]->mistakes.text[0]);
			campaign_file(both[k], "units.csv",
			    k ? tables[i].units
			      : "unit_code,kind,name_vi,forms,valid_from,valid_to\n"
				"A,x,Xã A,Y,2021-01-01,\nB,x,Xã B,Y,2021-01-01,\n");
			if (rulebook_open(&both[k]->book, both[k]->arena, both[k]->directory,
				&both[k]->mistakes, &both[k]->e) != OK)
				fail_msg("%s", both[k]->mistakes.text[0]);
		}
		const char *got = told(&a, &b);

		if (strcmp(got, tables[i].want) != 0)
			fail_msg("%s: '%s', not '%s'", tables[i].about, got, tables[i].want);
		campaign_remove(&b);
		campaign_remove(&a);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_change_is_told),
		cmocka_unit_test(each_row_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
