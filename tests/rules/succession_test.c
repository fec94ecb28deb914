/* Why: on 1 July 2025 districts ended and communes merged, whole, in parts and across the
 * borders of districts; the first reports of the new units go on from the right rows of the old
 * ones. By the default campaign's own tables. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/rules/campaign.h"

#define TABLES "rules/vi-nguoi-ngheo"

/* Forms that units name and this test does not use. */
#define IDLE(id, name)                                                                         \
	",{\"name\":\"" name "\",\"giamsat:form\":{\"id\":\"" id                               \
	"\",\"period\":\"quarter\",\"due\":{"                                                  \
	"\"months\":1,\"day\":15}},\"schema\":{\"fields\":[{\"name\":\"x\",\"title\":\"" id    \
	"\"}]}}"

/* What prev holds; and of each commune what it was made of, by commune_succession. */
static const char package[] =
    "{\"name\":\"succession\",\"giamsat:utcOffset\":\"+07:00\",\"resources\":["
    "{\"name\":\"units\",\"path\":\"units.csv\"},"
    "{\"name\":\"roster\",\"path\":\"roster.csv\"},"
    "{\"name\":\"codelists\",\"path\":\"codelists.csv\"},"
    "{\"name\":\"communes\",\"path\":\"communes.csv\"},"
    "{\"name\":\"commune_succession\",\"path\":\"commune_succession.csv\"},"
    "{\"name\":\"m1\",\"title\":\"Biểu M1\",\"giamsat:form\":{\"id\":\"M1\",\"period\":"
    "\"quarter\",\"due\":{\"months\":1,\"day\":15}},\"schema\":{\"fields\":["
    "{\"name\":\"code\",\"title\":\"Mã xã\",\"constraints\":{\"required\":true}},"
    "{\"name\":\"poor\",\"title\":\"Hộ nghèo\",\"type\":\"integer\"}],\"primaryKey\":["
    "\"code\"]},\"giamsat:rules\":["
    "{\"id\":\"a\",\"level\":\"warning\",\"query\":\"SELECT NULL AS row, group_concat(x, ' ') "
    "AS seen FROM (SELECT unit_code || ':' || code || '=' || poor AS x FROM prev ORDER BY "
    "unit_code, code) HAVING count(*) > 0\",\"message\":\"prev {seen}\"},"
    "{\"id\":\"b\",\"level\":\"warning\",\"query\":\"SELECT r.row AS row, sum(CASE WHEN s.kind "
    "= "
    "'whole' THEN p.poor END) AS whole, coalesce(group_concat(CASE WHEN s.kind <> 'whole' THEN "
    "p.code END), '-') AS part, count(DISTINCT p.unit_code) AS units FROM r JOIN communes n ON "
    "n.gso_code = r.code AND n.valid_to IS NULL JOIN commune_succession s ON s.to_id = "
    "n.commune_id JOIN communes o ON o.commune_id = s.from_id JOIN prev p ON p.code = "
    "o.gso_code GROUP BY r.row\",\"message\":\"whole {whole} part {part} units "
    "{units}\"}]}" IDLE("M2", "m2") IDLE("M3", "m3") IDLE("M4", "m4") "]}";

struct report {
	const char *unit, *period, *rows;
};

static const struct {
	const char *about;
	struct report before[4];
	struct report now;
	const char *expected;
} cases[] = {
	{ "whole communes of one district",
	    { { "LS-181", "2025Q1", "06100|7" },
		{ "LS-181", "2025Q2", "06100|10\n06106|20\n06112|30\n06115|99" } },
	    { "LS-X06112", "2025Q3", "06112|60" },
	    "prev LS-181:06100=10 LS-181:06106=20 LS-181:06112=30 LS-181:06115=99; whole 60 "
	    "part "
	    "- units 1" },
	{ "whole communes of two districts",
	    { { "LS-178", "2025Q2", "05971|50\n05977|1\n05980|2\n05992|3" },
		{ "LS-183", "2025Q2", "06187|70\n06247|4" } },
	    { "LS-X05977", "2025Q3", "05977|10" },
	    "prev LS-178:05971=50 LS-178:05977=1 LS-178:05980=2 LS-178:05992=3 LS-183:06187=70 "
	    "LS-183:06247=4; whole 10 part - units 2" },
	{ "one of the two districts sent nothing for its last quarter",
	    { { "LS-178", "2025Q2", "05977|1" }, { "LS-183", "2025Q1", "06247|4" } },
	    { "LS-X05977", "2025Q3", "05977|5" },
	    "prev LS-178:05977=1 LS-183:06247=4; whole 5 part - units 2" },
	{ "whole communes and a part of one",
	    { { "LS-189", "2025Q2", "06625|100\n06634|1\n06637|2\n06643|3\n06646|4" } },
	    { "LS-X06637", "2025Q3", "06637|40" },
	    "prev LS-189:06625=100 LS-189:06634=1 LS-189:06637=2 LS-189:06643=3 "
	    "LS-189:06646=4; "
	    "whole 10 part 06625 units 1" },
	{ "what is left of two", { { "LS-189", "2025Q2", "06619|1\n06622|20\n06625|100" } },
	    { "LS-X06625", "2025Q3", "06625|70" },
	    "prev LS-189:06619=1 LS-189:06622=20 LS-189:06625=100; whole 1 part 06622,06625 "
	    "units 1" },
	{ "its own second report goes on from its first",
	    { { "LS-181", "2025Q2", "06112|30" }, { "LS-X06112", "2025Q3", "06112|31" } },
	    { "LS-X06112", "2025Q4", "06112|60" },
	    "prev LS-X06112:06112=31; whole 31 part - units 1" },
	{ "another commune of the district is none of its past",
	    { { "LS-X06115", "2025Q3", "06115|31" } }, { "LS-X06112", "2025Q4", "06112|60" },
	    "" },
	{ "an office that took over some duties goes on from its own",
	    { { "LS-SLDTBXH", "2024Q4", "1|5" } }, { "LS-SNV", "2025Q2", "1|60" }, "" },
};

static void
open_tables(struct campaign *c)
{
	char command[256];

	campaign_begin(c);
	(void)snprintf(command, sizeof(command), "cp " TABLES "/*.csv %s/", c->directory);
	if (system(command) != 0)
		fail_msg("no tables in " TABLES);
	campaign_file(c, "datapackage.json", package);
	if (rulebook_open(&c->book, c->arena, c->directory, &c->mistakes, &c->e) != OK ||
	    bench_open(&c->bench, c->book, &c->e) != OK)
		fail_msg("%s %s", c->e.text, c->mistakes.count ? c->mistakes.text[0] : "");
}

static void
close_tables(struct campaign *c)
{
	char command[128];

	bench_close(&c->bench);
	arena_free(&c->arena);
	(void)snprintf(command, sizeof(command), "rm -r %s", c->directory);
	if (system(command) != 0)
		abort();
}

static void
hear(struct verdict *v, struct campaign *c, const struct report *r, const struct past *past)
{
	AUTO(buf_free) struct buf table = { 0 };
	struct facts f = { .past = past, .form = &c->book->forms[0] };

	if (!period_read(&f.period, bytes_of(r->period)))
		abort();
	f.sender = rulebook_unit(c->book, bytes_of(r->unit), period_last(f.period));
	assert_non_null(f.sender);
	buf_printf(&table, "Mã xã|Hộ nghèo\n%s", r->rows);
	bench_clear(c->bench);
	campaign_judge(v, c, &f, table.at);
	if (!v->valid)
		fail_msg("%s %s: %s", r->unit, r->period,
		    campaign_findings(v, c->arena, LEVEL_ERROR));
}

static const char *
warnings(const struct verdict *v, struct arena *a)
{
	AUTO(buf_free) struct buf b = { 0 };

	for (size_t i = 0; i < v->count; i++)
		if (v->findings[i].level == LEVEL_WARNING)
			buf_printf(&b, "%s%s", b.len ? "; " : "",
			    words_in(v->findings[i].message, LANGUAGE_VI));
	return b.len ? arena_text(a, buf_bytes(&b)) : "";
}

static void
goes_on_from_the_right_rows(void **state)
{
	struct campaign c;

	(void)state;
	open_tables(&c);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct past_kept *k = past_kept_new(c.arena);
		struct verdict v;
		const char *got;

		for (size_t n = 0; n < COUNT(cases[i].before) && cases[i].before[n].unit; n++) {
			hear(&v, &c, &cases[i].before[n], NULL);
			assert_int_equal(
			    past_kept_add(k, &v, (struct date){ 0 }, c.bench, &c.e), OK);
		}
		hear(&v, &c, &cases[i].now, past_kept_past(k));
		got = warnings(&v, c.arena);
		if (strcmp(got, cases[i].expected) != 0)
			fail_msg("%s:\n got      %s\n expected %s", cases[i].about, got,
			    cases[i].expected);
	}
	close_tables(&c);
}

/* Every successor of a commune's district is found, and nobody else. */
static void
lineages(void **state)
{
	struct campaign c;
	struct lineage line;

	(void)state;
	open_tables(&c);
	line = past_lineage(c.arena, c.book, "LS-X06286");
	assert_int_equal(line.count, 3);
	assert_string_equal(line.units[1], "LS-183");
	assert_string_equal(line.units[2], "LS-184");
	line = past_successors(c.arena, c.book, "LS-178");
	assert_int_equal(line.count, 5);
	line = past_lineage(c.arena, c.book, "LS-178");
	assert_int_equal(line.count, 1);
	close_tables(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(goes_on_from_the_right_rows),
		cmocka_unit_test(lineages) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
