/* Why: a template's papers decide what is loaded for whom; forged ones must decide nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "rules/passport.h"
#include "tests/rules/campaign.h"

#define MAC     "50aa07cf62d126c714fa1261e9718b9280241d120044f58ac6ff3f68ac24e6b1"
#define KEY     "a key of this deployment"
#define HEAD    "TT|Mã xã|Xã, phường|Tổng số hộ\n"
#define ROWS    "1|06067|Xã Tân Thanh|600\n2|06070|Tân Thành|500\n"
#define QUARTER "Mã số|Trong quý\nA|1\n"

static struct campaign c;

static int
set_up(void **state)
{
	(void)state;
	c = (struct campaign){ 0 };
	if (campaign_write(&c, FIELDS_Y, RULES_Y, "strict") != OK)
		fail_msg("%s", c.e.text);
	assert_int_equal(bench_open(&c.bench, c.book, &c.e), OK);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	campaign_remove(&c);
	return 0;
}

static const struct unit *
unit_of(const char *code)
{
	return rulebook_unit(c.book, bytes_of(code), (struct date){ 0 });
}

/* As a reader gives them, a passport written for form, unit and period. */
static void
make(struct passport *out, const char *form, const char *unit, const char *period,
    const char *key)
{
	struct passport_property properties[PASSPORT_PROPERTIES];
	struct period p;

	*out = (struct passport){ 0 };
	assert_true(period_read(&p, bytes_of(period)));
	passport_write(properties, c.arena, c.book, form, unit_of(unit), p, bytes_of(key));
	for (size_t i = 0; i < COUNT(properties); i++)
		passport_take(out, c.arena,
		    bytes_of(arena_printf(
			c.arena, "%s=%s", properties[i].name, properties[i].value)));
}

static void
proves_what_was_written(void **state)
{
	struct passport p, other;

	(void)state;
	make(&p, "Y", "A-181", "2023", KEY);
	assert_true(passport_is_there(&p));
	assert_true(bytes_equal(p.form, BYTES("Y")));
	assert_true(bytes_equal(p.unit, BYTES("A-181")));
	assert_true(bytes_equal(p.period, BYTES("2023")));
	assert_int_equal(p.mac.len, 64);
	assert_true(passport_proves(&p, c.book, BYTES(KEY)));
	assert_false(passport_proves(&p, c.book, BYTES("another key of a deployment")));
	assert_false(passport_proves(&p, c.book, BYTES("")));
	assert_false(passport_proves(&p, c.book, BYTES("short")));

	other = p;
	other.form = BYTES("Q");
	assert_false(passport_proves(&other, c.book, BYTES(KEY)));
	other = p;
	other.unit = BYTES("A-184");
	assert_false(passport_proves(&other, c.book, BYTES(KEY)));
	other = p;
	other.period = BYTES("2022");
	assert_false(passport_proves(&other, c.book, BYTES(KEY)));
	other = p;
	other.rules = BYTES("x");
	assert_false(passport_proves(&other, c.book, BYTES(KEY)));
	other = p;
	other.mac = bytes_slice(p.mac, 0, 63);
	assert_false(passport_proves(&other, c.book, BYTES(KEY)));
	other = p;
	other.mac = (struct bytes){ 0 };
	assert_false(passport_proves(&other, c.book, BYTES(KEY)));
	/* What moves from one part into the next is seen. */
	other = p;
	other.form = BYTES("YA");
	other.unit = BYTES("-181");
	assert_false(passport_proves(&other, c.book, BYTES(KEY)));
}

/* An independent HMAC over the documented text: Python's hmac.new(key, text, "sha256"). */
static void
mac_is_as_documented(void **state)
{
	struct passport p = { .form = BYTES("M2"),
		.unit = BYTES("LS-181"),
		.period = BYTES("2023"),
		.rules = BYTES("2023.1"),
		.mac = BYTES(MAC) };
	struct rulebook book = { .id = "vi-nguoi-ngheo" };

	(void)state;
	assert_true(passport_proves(&p, &book, BYTES("0123456789abcdef")));
}

static void
takes_only_its_own(void **state)
{
	struct passport p = { 0 };

	(void)state;
	passport_take(&p, c.arena, BYTES("Company=UBND"));
	passport_take(&p, c.arena, BYTES("giamsat.colour=red"));
	passport_take(&p, c.arena, BYTES("giamsat.form"));
	passport_take(&p, c.arena, BYTES("giamsat.form="));
	passport_take(&p, c.arena, BYTES("giamsat.rules=2023.1"));
	assert_false(passport_is_there(&p));
	passport_take(&p, c.arena, BYTES("giamsat.form= Y "));
	passport_take(&p, c.arena, BYTES("giamsat.form=Q"));
	assert_true(bytes_equal(p.form, BYTES("Y")));
}

static const struct {
	const char *about;
	const char *form, *paper_unit, *period, *key; /* the passport; form NULL: none */
	const char *sender, *subject, *file, *sheet, *table;
	bool valid;
	const char *unit, *when, *findings;
} cases[] = {
	{ "no papers: nothing is known", NULL, "", "", KEY, "A-181", "", "x.xlsx", "",
	    HEAD ROWS, false, "A-181", "", "no-period/G04" },
	{ "papers settle unit and period", "Y", "A-181", "2023", KEY, NULL, "", "x.xlsx", "",
	    HEAD ROWS, true, "A-181", "2023", "" },
	{ "… and agree with the sender", "Y", "A-181", "2023", KEY, "A-181", "", "x.xlsx", "",
	    HEAD ROWS, true, "A-181", "2023", "" },
	{ "… whatever the file is called", "Y", "A-181", "2023", KEY, "A-181", "",
	    "A-184_2022.xlsx", "", HEAD ROWS, true, "A-181", "2023", "passport/" },
	{ "… and whatever the subject says of the period", "Y", "A-181", "2023", KEY, "A-181",
	    "báo cáo năm 2022", "x.xlsx", "", HEAD ROWS, true, "A-181", "2023", "passport/" },
	{ "another unit's papers", "Y", "A-184", "2023", KEY, "A-181", "", "x.xlsx", "",
	    HEAD ROWS, false, "A-181", "2023", "other-unit/G02" },
	{ "a title that names another year", "Y", "A-181", "2023", KEY, "A-181", "", "x.xlsx",
	    "", "Năm 2022\n" HEAD ROWS, false, "A-181", "", "two-periods/G04" },
	{ "a sheet that names another year", "Y", "A-181", "2023", KEY, "A-181", "", "x.xlsx",
	    "năm 2022", HEAD ROWS, false, "A-181", "", "two-periods/G04" },
	{ "a title that names another unit", "Y", "A-181", "2023", KEY, "A-181", "", "x.xlsx",
	    "", "UBND huyện Văn Quan\n" HEAD ROWS, false, "A-181", "2023", "other-unit/G02" },
	{ "the wrong key", "Y", "A-181", "2023", "another key of a deployment", "A-181", "",
	    "x.xlsx", "", HEAD ROWS, false, "A-181", "", "no-period/G04 passport/" },
	{ "the wrong key, and the file's name", "Y", "A-184", "2022",
	    "another key of a deployment", "A-181", "", "2023.xlsx", "", HEAD ROWS, true,
	    "A-181", "2023", "passport/" },
	{ "several forms: each by its headings", "Y;Q", "A-181", "2023Q1", KEY, "A-181", "",
	    "x.xlsx", "", QUARTER, true, "A-181", "2023Q1", "" },
	{ "… a period of another kind is not theirs", "Y;Q", "A-181", "2023Q1", KEY, "A-181",
	    "", "2023.xlsx", "", HEAD ROWS, true, "A-181", "2023", "" },
	{ "a sheet with another form's table", "Y", "A-181", "2023", KEY, "A-181", "quý I/2023",
	    "x.xlsx", "", QUARTER, true, "A-181", "2023Q1", "" },
	{ "… is not of the papers' period", "Y", "A-181", "2023", KEY, "A-181", "", "x.xlsx",
	    "", QUARTER, false, "A-181", "", "no-period/G04" },
	{ "the form's headings are searched for", "Y", "A-181", "2023", KEY, "A-181", "",
	    "x.xlsx", "", "TT|Mã xã|Xã, phường\n1|06067|Tân Thanh\n", false, "A-181", "2023",
	    "missing-label/G08" },
};

static void
judge_case(struct verdict *v, size_t i)
{
	struct passport p = { 0 };
	struct facts facts = { .sender = cases[i].sender ? unit_of(cases[i].sender) : NULL,
		.subject = bytes_of(cases[i].subject),
		.file_name = bytes_of(cases[i].file),
		.findings_max = 100 };
	struct bytes rest = bytes_of(cases[i].table), line, cell;
	struct judge *j;
	uint32_t number = 0;

	if (cases[i].form) {
		make(&p, cases[i].form, cases[i].paper_unit, cases[i].period, cases[i].key);
		facts.passport = &p;
		facts.passport_key = BYTES(KEY);
	}
	bench_clear(c.bench);
	j = judge_new(c.book, c.bench, &facts, bytes_of(cases[i].sheet), c.arena);
	while (bytes_cut(&line, &rest, '\n')) {
		struct bytes cells[8];
		struct row row = { .number = ++number, .cells = cells };

		while (line.len && bytes_cut(&cell, &line, '|'))
			cells[row.count++] = cell;
		if (row.count)
			judge_row(j, &row);
	}
	judge_end(v, j);
}

static const char *
findings_of(const struct verdict *v)
{
	AUTO(buf_free) struct buf b = { 0 };

	for (size_t i = 0; i < v->count; i++)
		if (v->findings[i].row == 0 ||
		    strcmp(v->findings[i].type, "missing-label") == 0)
			buf_printf(&b, "%s%s/%s", b.len ? " " : "", v->findings[i].type,
			    v->findings[i].rule);
	return b.len ? arena_text(c.arena, buf_bytes(&b)) : "";
}

static void
settles_who_and_when(void **state)
{
	size_t failed = 0;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct verdict v;
		char period[16];

		judge_case(&v, i);
		period_write(period, v.period);
		if (v.valid == cases[i].valid && v.unit &&
		    strcmp(v.unit->code, cases[i].unit) == 0 &&
		    strcmp(period, cases[i].when) == 0 &&
		    strcmp(findings_of(&v), cases[i].findings) == 0)
			continue;
		failed++;
		print_error("%s: valid %d, %s, %s, %s\n", cases[i].about, v.valid,
		    v.unit ? v.unit->code : "no unit", period, findings_of(&v));
		for (size_t k = 0; k < v.count; k++)
			print_error("  %s\n", v.findings[k].message.in[LANGUAGE_VI]);
	}
	assert_int_equal(failed, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(proves_what_was_written, set_up, tear_down),
		cmocka_unit_test_setup_teardown(mac_is_as_documented, set_up, tear_down),
		cmocka_unit_test_setup_teardown(takes_only_its_own, set_up, tear_down),
		cmocka_unit_test_setup_teardown(settles_who_and_when, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
