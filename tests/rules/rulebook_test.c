/* Why: a rule owner's slip must be told with its place before the night, not guessed in it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/text.h"
#include "tests/rules/campaign.h"

#define CODE "{\"name\":\"code\",\"title\":\"Mã xã\",\"constraints\":{\"required\":true}}"

static const struct {
	const char *about, *fields, *mistake;
} wrong[] = {
	{ "an unknown type", CODE ",{\"name\":\"n\",\"type\":\"intger\"}",
	    "/fields/1/type: 'intger' is no type" },
	{ "a type not for forms", CODE ",{\"name\":\"n\",\"type\":\"geopoint\"}",
	    "not for forms" },
	{ "a name that is SQL", CODE ",{\"name\":\"group\"}", "'group' is a word of SQL" },
	{ "a name with capitals", CODE ",{\"name\":\"Poor\"}",
	    "no name for a table or column" },
	{ "a name twice", CODE "," CODE, "two fields 'code'" },
	{ "a heading that leads to two fields",
	    CODE ",{\"name\":\"n\",\"giamsat:aliases\":[\"MÃ  XÃ\"]}",
	    "is also one of field code" },
	{ "an unknown property of ours", CODE ",{\"name\":\"n\",\"giamsat:alias\":[]}",
	    "giamsat:alias: giamsat knows no such" },
	{ "a group that is not there", CODE ",{\"name\":\"n\",\"giamsat:group\":\"x\"}",
	    "no group 'x'" },
	{ "children of no group", CODE ",{\"name\":\"n\",\"giamsat:children\":[\"Hộ\"]}",
	    "no meaning without giamsat:group" },
	{ "an unknown list", CODE ",{\"name\":\"n\",\"giamsat:codes\":\"colours\"}",
	    "no list 'colours'" },
	{ "an unknown reference",
	    CODE ",{\"name\":\"n\",\"giamsat:lookup\":{\"resource\":\"x\",\"column\":\"y\"}}",
	    "no reference table 'x'" },
	{ "an unknown column of it",
	    CODE
	    ",{\"name\":\"n\",\"giamsat:lookup\":{\"resource\":\"communes\",\"column\":\"y\"}}",
	    "communes has no column 'y'" },
	{ "a pattern that is none",
	    CODE ",{\"name\":\"n\",\"constraints\":{\"pattern\":\"[\"}}",
	    "missing terminating" },
	{ "a bound of another type",
	    CODE ",{\"name\":\"n\",\"type\":\"integer\",\"constraints\":{\"minimum\":\"x\"}}",
	    "no value of the field's type" },
	{ "a default that does not fit",
	    CODE ",{\"name\":\"n\",\"type\":\"integer\",\"giamsat:default\":\"x\"}",
	    "no good value" },
	{ "marks that are the same",
	    CODE ",{\"name\":\"n\",\"type\":\"number\",\"groupChar\":\".\"}", "are the same" },
	{ "no field for the key", "{\"name\":\"n\"}", "there is no field 'code'" },
	{ "not JSON at all", CODE ",{", "datapackage.json:1:" },
};

static void
test_wrong(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(wrong); i++) {
		struct campaign c = { 0 };
		int rc = campaign_write(&c, wrong[i].fields, "", "strict");
		const char *wrong_one = campaign_refusal(&c, rc, wrong[i].mistake);

		if (wrong_one)
			fail_msg("%s: %s", wrong[i].about, wrong_one);
	}
}

static const struct {
	const char *about, *fields, *more, *mistake;
} wrong_layouts[] = {
	{ "two fields by one heading below one parent",
	    CODE ",{\"name\":\"x\",\"giamsat:group\":\"g\",\"giamsat:children\":[\"Hộ\"]},"
		 "{\"name\":\"y\",\"giamsat:group\":\"g\",\"giamsat:children\":[\"HỘ\"]}",
	    "\"giamsat:layout\":{\"groups\":{\"g\":[\"Nhóm\"]}},", "below the same parent" },
	{ "… of which one is its title",
	    CODE ",{\"name\":\"x\",\"title\":\"Hộ\",\"giamsat:group\":\"g\"},"
		 "{\"name\":\"y\",\"giamsat:group\":\"g\",\"giamsat:children\":[\"Hộ\"]}",
	    "\"giamsat:layout\":{\"groups\":{\"g\":[\"Nhóm\"]}},", "below the same parent" },
	{ "a level that is none", CODE, "\"giamsat:layout\":{\"totalLevel\":\"loud\"},",
	    "must be info, warning" },
	{ "an unknown property", CODE, "\"giamsat:layout\":{\"total\":[]},",
	    "giamsat:layout/total: giamsat knows no such" },
	{ "a word without letters", CODE, "\"giamsat:layout\":{\"totals\":[\"*\"]},",
	    "has no letter" },
	{ "no object", CODE, "\"giamsat:layout\":[],", "an object is wanted" },
};

static void
test_wrong_layouts(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(wrong_layouts); i++) {
		struct campaign c = { 0 };
		int rc = campaign_write_more(
		    &c, wrong_layouts[i].fields, "", "strict", wrong_layouts[i].more);
		const char *wrong_one = campaign_refusal(&c, rc, wrong_layouts[i].mistake);

		if (wrong_one)
			fail_msg("%s: %s", wrong_layouts[i].about, wrong_one);
	}
}

static bool
is_hint(const struct rulebook *r, struct bytes key)
{
	for (size_t i = 0; i < r->hints.count; i++)
		if (bytes_equal(r->hints.keys[i], key))
			return true;
	return false;
}

static void
test_good(void **state)
{
	struct campaign c = { 0 };
	const struct form *f;
	struct period p;
	char day[16];

	(void)state;
	if (campaign_write(&c, FIELDS_Y, RULES_Y, "strict") != OK)
		fail_msg("%s", c.e.text);
	f = rulebook_form(c.book, BYTES("y"));
	assert_non_null(f);
	assert_int_equal(c.book->offset_s, 7 * 3600);
	assert_int_equal(f->rule_count, 3);
	assert_string_equal(words_in(f->fields[4].title, LANGUAGE_EN), "Poor");
	assert_true(f->fields[1].expected);
	assert_false(f->fields[4].expected);
	assert_true(period_read(&p, BYTES("2023")));
	date_write(day, form_due(f, p));
	assert_string_equal(day, "2024-01-15");
	date_write(day, form_locks(f, p));
	assert_string_equal(day, "2024-12-31");
	/* validity decides who is who and who owes */
	assert_non_null(rulebook_unit(c.book, BYTES("A-181"), (struct date){ 2025, 6, 30 }));
	assert_null(rulebook_unit(c.book, BYTES("A-181"), (struct date){ 2025, 7, 1 }));
	assert_true(unit_owes(rulebook_unit(c.book, BYTES("A-181"), (struct date){ 0 }), f, p));
	assert_false(unit_owes(rulebook_unit(c.book, BYTES("A-3"), (struct date){ 0 }), f, p));
	assert_false(unit_owes(rulebook_unit(c.book, BYTES("A-9"), (struct date){ 0 }), f, p));
	assert_int_equal(strlen(c.book->digest), 64);
	for (size_t i = 1; i < c.book->hints.count; i++)
		assert_true(
		    bytes_compare(c.book->hints.keys[i - 1], c.book->hints.keys[i]) < 0);
	/* so that the separator is found under headings typed without marks, too */
	for (size_t i = 0; i < f->fields[4].key_count; i++) {
		assert_true(is_hint(c.book, f->fields[4].keys[i]));
		assert_true(is_hint(c.book, text_bare_key(c.arena, f->fields[4].keys[i])));
	}
	campaign_remove(&c);
}

static const struct {
	const char *about, *units, *mistake;
} wrong_units[] = {
	{ "a row too short", UNITS "A-5,x\r\n", "units.csv:6: has 2 cells" },
	{ "a day that is none",
	    "unit_code,kind,name_vi,forms,valid_from,valid_to\nA-5,x,Y,Q,2021-13-01,\n",
	    "no day" },
	{ "an end before the beginning",
	    "unit_code,kind,name_vi,forms,valid_from,valid_to\nA-5,x,Y,Q,2022-01-01,2021-01-"
	    "01\n",
	    "valid_to is before" },
	{ "a form that is not there",
	    "unit_code,kind,name_vi,forms,valid_from,valid_to\nA-5,x,Y,Z,2022-01-01,\n",
	    "no form 'Z'" },
	{ "a column is missing", "unit_code,kind,name_vi,valid_from,valid_to\nA-5,x,Y,,\n",
	    "column forms is missing" },
	{ "not UTF-8", "unit_code,kind,name_vi,forms,valid_from,valid_to\nA-5,x,\xE0y,Q,,\n",
	    "not UTF-8" },
	{ "nothing", "", "is empty" },
};

static void
test_wrong_units(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(wrong_units); i++) {
		struct campaign c = { 0 };
		bool found = false;

		(void)campaign_write(&c, CODE, "", "strict"); /* only the files count */
		campaign_file(&c, "units.csv", wrong_units[i].units);
		if (rulebook_open(&c.book, c.arena, c.directory, &c.mistakes, &c.e) == OK)
			fail_msg("%s: was taken", wrong_units[i].about);
		for (size_t k = 0; k < c.mistakes.count; k++)
			found = found || strstr(c.mistakes.text[k], wrong_units[i].mistake);
		if (!found)
			fail_msg("%s: %s", wrong_units[i].about, c.mistakes.text[0]);
		campaign_remove(&c);
	}
}

/* A deployment's own roster takes the place of the campaign's. */
static void
test_roster(void **state)
{
	struct campaign c = { 0 };
	char path[128];

	(void)state;
	assert_int_equal(campaign_write(&c, CODE, "", "strict"), OK);
	assert_int_equal(c.book->roster.count, 0);
	campaign_file(&c, "roster.csv",
	    "address,unit_code,role,language,valid_from,valid_to,name\na@b.vn,A-181,unit,vi,"
	    "2023-01-01,,An\n");
	(void)snprintf(path, sizeof(path), "%s/roster.csv", c.directory);
	assert_int_equal(rulebook_roster(c.book, c.arena, path, &c.mistakes, &c.e), OK);
	assert_int_equal(c.book->roster.count, 1);
	assert_true(bytes_equal(c.book->roster.contacts[0].unit, BYTES("A-181")));
	assert_int_equal(c.book->roster.contacts[0].valid_from.year, 2023);
	campaign_file(&c, "roster.csv", "address,unit_code\na@b.vn,A-1\n");
	assert_int_equal(rulebook_roster(c.book, c.arena, path, &c.mistakes, &c.e), ERR_STOP);
	assert_non_null(strstr(c.mistakes.text[0], "there is no unit 'A-1'"));
	(void)unlink(path);
	campaign_remove(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_wrong),
		cmocka_unit_test(test_wrong_layouts),
		cmocka_unit_test(test_good),
		cmocka_unit_test(test_wrong_units),
		cmocka_unit_test(test_roster),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
