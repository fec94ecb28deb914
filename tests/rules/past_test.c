/* Why: rules that look back must see exactly the reports that count: the ones before, of whom
 * the unit follows, in force and official, whatever the order in which they came. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/rules/campaign.h"

#define FIELDS                                                                                 \
	"{\"name\":\"code\",\"title\":\"Mã xã\",\"constraints\":{\"required\":true}},"       \
	"{\"name\":\"n\",\"title\":\"Số\",\"type\":\"integer\"},"                            \
	"{\"name\":\"rate\",\"title\":\"Tỷ lệ\",\"type\":\"number\",\"giamsat:scale\":2,"  \
	"\"decimalChar\":\",\"},"                                                              \
	"{\"name\":\"who\",\"title\":\"Người lập biểu\",\"giamsat:personal\":true},"    \
	"{\"name\":\"status\",\"title\":\"Loại\",\"giamsat:default\":\"tam\"}"
#define SEEN(id, columns, table)                                                               \
	"{\"id\":\"" id "\",\"level\":\"warning\",\"query\":\"SELECT NULL AS row, "            \
	"group_concat(x, ', ') AS seen FROM (SELECT " columns " AS x FROM " table              \
	" ORDER BY 1) HAVING count(*) > 0\",\"message\":\"" id ": {seen}\"}"
#define ROW     "unit_code || ' ' || period || ' ' || code || ' ' || n"
#define PREV    SEEN("prev", ROW, "prev")
#define HISTORY SEEN("history", "age || ' ' || " ROW, "history")
#define PEERS   SEEN("peers", ROW " || ' ' || coalesce(who, '-')", "peers")
#define OTHER   SEEN("q", "period || ' ' || line || ' ' || value", "q")
#define REPORTS                                                                                \
	SEEN("reports",                                                                        \
	    "form || ' ' || unit_code || ' ' || period || ' ' || period_last || ' ' || "       \
	    "official",                                                                        \
	    "reports")
#define RATE     SEEN("rate", "rate", "prev")
#define OFFICIAL "strict\",\"official\":{\"field\":\"status\",\"is\":\"chinh\"},\"x\":\""

#define Y "Mã xã|Số|Tỷ lệ|Người lập biểu|Loại\n"
#define Q "Mã số|Trong quý\n"

/* A report by unit and period; told says which of them the past holds already. */
struct report {
	const char *unit, *period, *table;
};

static const struct {
	const char *about, *rules, *policy;
	struct report before[8];
	struct report now;
	const char *expected; /* messages of the findings */
} cases[] = {
	{ "nothing before: no rows, no finding", PREV "," HISTORY, "strict", { { 0 } },
	    { "A-181", "2023", Y "1|5" }, "" },
	{ "the one before, not an older one", PREV, "strict",
	    { { "A-181", "2021", Y "1|3" }, { "A-181", "2022", Y "1|4\n2|6" } },
	    { "A-181", "2023", Y "1|5" }, "prev: A-181 2022 1 4, A-181 2022 2 6" },
	{ "a year is missing: the latest there is", PREV, "strict",
	    { { "A-181", "2021", Y "1|3" } }, { "A-181", "2023", Y "1|5" },
	    "prev: A-181 2021 1 3" },
	{ "what came later is no past", PREV, "strict", { { "A-181", "2024", Y "1|3" } },
	    { "A-181", "2023", Y "1|5" }, "" },
	{ "a corrected report counts, not the first", PREV, "strict",
	    { { "A-181", "2022", Y "1|3" }, { "A-181", "2022", Y "1|4" } },
	    { "A-181", "2023", Y "1|5" }, "prev: A-181 2022 1 4" },
	{ "another unit's is not ours", PREV, "strict", { { "A-184", "2022", Y "1|3" } },
	    { "A-181", "2023", Y "1|5" }, "" },
	{ "history by age", HISTORY, "strict",
	    { { "A-181", "2022", Y "1|4" }, { "A-181", "2021", Y "1|3" } },
	    { "A-181", "2024", Y "1|5" }, "history: 1 A-181 2022 1 4, 2 A-181 2021 1 3" },
	{ "a merged unit goes on from its predecessor", PREV "," HISTORY, "strict",
	    { { "A-181", "2023", Y "1|3" }, { "A-181", "2024", Y "1|4" } },
	    { "A-9", "2025", Y "1|5" },
	    "history: 1 A-181 2024 1 4, 2 A-181 2023 1 3; prev: A-181 2024 1 4" },
	{ "its own report speaks for both, the predecessor's is older", PREV "," HISTORY,
	    "strict", { { "A-181", "2024", Y "1|4" }, { "A-9", "2025", Y "1|5" } },
	    { "A-9", "2026", Y "1|6" },
	    "history: 1 A-9 2025 1 5, 2 A-181 2024 1 4; prev: A-9 2025 1 5" },
	{ "peers: the others of this period, without names", PEERS, "strict",
	    { { "A-184", "2023", Y "7|8|1,5|Trần B" }, { "A-184", "2022", Y "7|9" },
		{ "A-181", "2023", Y "1|1" } },
	    { "A-181", "2023", Y "1|5" }, "peers: A-184 2023 7 8 -" },
	{ "numbers as rules see them", RATE, "strict", { { "A-181", "2022", Y "1|3|12,50" } },
	    { "A-181", "2023", Y "1|5" }, "rate: 12.5" },
	{ "another form whose period ends on this day", OTHER, "strict",
	    { { "A-181", "2023Q4", Q "a|4" }, { "A-181", "2023Q3", Q "a|3" },
		{ "A-184", "2023Q4", Q "a|9" } },
	    { "A-181", "2023", Y "1|5" }, "q: 2023Q4 a 4" },
	{ "what reports there are", REPORTS, "strict",
	    { { "A-181", "2023", Y "1|1" }, { "A-181", "2022", Y "1|1" },
		{ "A-181", "2023Q4", Q "a|4" }, { "A-184", "2022", Y "1|1" } },
	    { "A-181", "2023", Y "1|5" },
	    "reports: Q A-181 2023Q4 2023-12-31 1, Y A-181 2022 2022-12-31 1" },
	{ "only official year-ends carry over", PREV, OFFICIAL,
	    { { "A-181", "2021", Y "1|3|||chinh" }, { "A-181", "2022", Y "1|4|||chinh\n2|5" } },
	    { "A-181", "2023", Y "1|5" }, "prev: A-181 2021 1 3" },
	{ "provisional figures do not replace official ones", PREV, OFFICIAL,
	    { { "A-181", "2023", Y "1|3|||chinh" } }, { "A-181", "2023", Y "1|5|||chinh\n2|3" },
	    "Biểu Y kỳ năm 2023 đã có số liệu chính thức, nhận ngày 15/01/2024. Số liệu chưa "
	    "chính thức (cột “Loại”) không thay thế số liệu chính thức. Nếu cần sửa, hãy "
	    "gửi lại toàn bộ biểu với số liệu chính thức." },
	{ "official ones replace provisional ones", PREV, OFFICIAL,
	    { { "A-181", "2023", Y "1|3" } }, { "A-181", "2023", Y "1|5|||chinh" }, "" },
	{ "and each other", PREV, OFFICIAL, { { "A-181", "2023", Y "1|3|||chinh" } },
	    { "A-181", "2023", Y "1|5|||chinh" }, "" },
};

static struct facts
facts_of(const struct campaign *c, const struct report *r, const struct past *past)
{
	struct facts f = { .past = past };

	if (!period_read(&f.period, bytes_of(r->period)))
		abort();
	f.sender = rulebook_unit(c->book, bytes_of(r->unit), (struct date){ 0 });
	f.form = rulebook_form(c->book, f.period.kind == PERIOD_YEAR ? BYTES("Y") : BYTES("Q"));
	return f;
}

static void
keep(struct past_kept *k, struct campaign *c, const struct report *r)
{
	struct facts f = facts_of(c, r, NULL);
	struct verdict v;

	campaign_judge(&v, c, &f, r->table);
	if (!v.valid)
		fail_msg("%s %s is not valid: %s", r->unit, r->period,
		    campaign_findings(&v, c->arena, LEVEL_ERROR));
	assert_int_equal(
	    past_kept_add(k, &v, (struct date){ 2024, 1, 15 }, c->bench, &c->e), OK);
	bench_clear(c->bench);
}

static const char *
messages(const struct verdict *v, struct arena *a)
{
	AUTO(buf_free) struct buf b = { 0 };

	for (size_t i = 0; i < v->count; i++)
		if (v->findings[i].level >= LEVEL_WARNING)
			buf_printf(&b, "%s%s", b.len ? "; " : "",
			    words_in(v->findings[i].message, LANGUAGE_VI));
	return b.len ? arena_text(a, buf_bytes(&b)) : "";
}

static void
open_campaign(struct campaign *c, const char *rules, const char *policy)
{
	*c = (struct campaign){ 0 };
	if (campaign_write(c, FIELDS, rules, policy) != OK ||
	    bench_open(&c->bench, c->book, &c->e) != OK)
		fail_msg("%s %s", c->e.text, c->mistakes.count ? c->mistakes.text[0] : "");
}

static void
sees_what_counts(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct campaign c;
		struct past_kept *k;
		struct facts f;
		struct verdict v;
		const char *got;

		open_campaign(&c, cases[i].rules, cases[i].policy);
		k = past_kept_new(c.arena);
		for (size_t n = 0; n < COUNT(cases[i].before) && cases[i].before[n].unit; n++)
			keep(k, &c, &cases[i].before[n]);
		f = facts_of(&c, &cases[i].now, past_kept_past(k));
		campaign_judge(&v, &c, &f, cases[i].now.table);
		assert_int_equal(v.failed_count, 0);
		got = messages(&v, c.arena);
		if (strcmp(got, cases[i].expected) != 0)
			fail_msg("%s:\n got      %s\n expected %s", cases[i].about, got,
			    cases[i].expected);
		campaign_remove(&c);
	}
}

/* A past that knows nothing, or breaks. */
static int
broken_reports(struct past_report **out, size_t *count, void *self, struct arena *a,
    const char *const *units, size_t unit_count, struct err *e)
{
	(void)out, (void)count, (void)self, (void)a, (void)units, (void)unit_count;
	return err_set(e, ERR_LATER, "the disk is gone");
}

/* One that never comes to its end. */
static int
endless_reports(struct past_report **out, size_t *count, void *self, struct arena *a,
    const char *const *units, size_t unit_count, struct err *e)
{
	(void)units, (void)unit_count, (void)e;
	*out = arena_take(a, sizeof(**out));
	**out = (struct past_report){ .id = 1,
		.form = self,
		.unit = "A-181",
		.period = { .kind = PERIOD_YEAR, .year = 2022 },
		.official = true };
	*count = 1;
	return OK;
}

static int
endless_rows(void *self, const struct past_report *report,
    bool (*take)(void *at, uint32_t row, const struct cell *cells), void *at, struct err *e)
{
	static const struct cell cells[8];

	(void)self, (void)report, (void)e;
	for (uint32_t row = 1; take(at, row, cells);)
		row++;
	return OK;
}

/* The rules that need it fail alone, and soon; what is known is known. */
static void
endless(void **state)
{
	static const struct report now = { "A-181", "2023", Y "1|5" };
	struct campaign c;
	struct facts f;
	struct verdict v;

	(void)state;
	open_campaign(&c, PREV "," REPORTS "," SEEN("here", "n", "r"), "strict");
	const struct past past = { .self = (void *)(uintptr_t)rulebook_form(c.book, BYTES("Y")),
		.reports = endless_reports,
		.rows = endless_rows };
	f = facts_of(&c, &now, &past);
	campaign_judge(&v, &c, &f, now.table);
	assert_true(v.valid);
	assert_int_equal(v.failed_count, 1);
	assert_string_equal(v.failed[0].rule, "prev");
	if (strcmp(v.failed[0].reason, "took over 2 seconds") != 0)
		assert_string_equal(
		    v.failed[0].reason, "there are too many rows of earlier reports");
	assert_string_equal(
	    messages(&v, c.arena), "here: 5; reports: Y A-181 2022 2022-12-31 1");
	campaign_remove(&c);
}

static void
unknown_or_broken(void **state)
{
	static const struct report now = { "A-181", "2023", Y "1|5" };
	const struct past broken = { .reports = broken_reports };
	struct campaign c;
	struct facts f;
	struct verdict v;

	(void)state;
	open_campaign(&c, PREV "," REPORTS "," SEEN("here", "n", "r"), "strict");
	f = facts_of(&c, &now, NULL);
	campaign_judge(&v, &c, &f, now.table);
	assert_string_equal(messages(&v, c.arena), "here: 5");
	assert_int_equal(v.failed_count, 0);

	bench_clear(c.bench);
	f.past = &broken;
	campaign_judge(&v, &c, &f, now.table);
	assert_string_equal(messages(&v, c.arena), "here: 5");
	assert_true(v.valid);
	assert_int_equal(v.failed_count, 2);
	assert_string_equal(v.failed[0].reason, "earlier reports could not be read");
	campaign_remove(&c);
}

/* Tables of one message see each other, whichever comes first. */
static void
in_one_message(void **state)
{
	static const char *const orders[] = { "=== 1\nnăm 2023\n" Y
					      "1|5\n=== 2\nquý IV năm 2023\n" Q "a|4",
		"=== 2\nquý IV năm 2023\n" Q "a|4\n=== 1\nnăm 2023\n" Y "1|5" };

	(void)state;
	for (size_t i = 0; i < 2 * COUNT(orders); i++) {
		struct campaign c;
		struct facts f;
		struct verdict *v;
		struct past_kept *k;
		size_t count;
		bool known = i >= COUNT(orders);

		open_campaign(&c, OTHER "," PREV "," REPORTS, "strict");
		k = past_kept_new(c.arena);
		f = (struct facts){ .sender = rulebook_unit(
					c.book, BYTES("A-181"), (struct date){ 0 }),
			.past = known ? past_kept_past(k) : NULL };
		count = campaign_hear(&v, &c, &f, orders[i % COUNT(orders)]);
		assert_int_equal(count, 2);
		assert_string_equal(messages(&v[strcmp(v[0].form->id, "Y") != 0], c.arena),
		    known ? "q: 2023Q4 a 4; reports: Q A-181 2023Q4 2023-12-31 1"
			  : "q: 2023Q4 a 4");
		campaign_remove(&c);
	}
}

static const struct {
	const char *about, *rule, *mistake;
} refused[] = {
	{ "the tables behind the names", SEEN("x", "n", "\\\"giamsat prev y\\\""),
	    "a rule may not say giamsat " },
	{ "other forms' earlier rows", SEEN("x", "n", "[giamsat of q]"),
	    "a rule may not say giamsat " },
	{ "the form's own name", SEEN("x", "n", "y"), "no such table: y" },
	{ "a column that the form has not", SEEN("x", "poor", "prev"), "no such column: poor" },
};

static void
refuses(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(refused); i++) {
		struct campaign c = { 0 };
		int rc = campaign_write(&c, FIELDS, refused[i].rule, "strict");

		assert_int_equal(rc, ERR_STOP);
		assert_true(c.mistakes.count > 0);
		if (!strstr(c.mistakes.text[0], refused[i].mistake))
			fail_msg("%s: %s", refused[i].about, c.mistakes.text[0]);
		campaign_remove(&c);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(sees_what_counts),
		cmocka_unit_test(unknown_or_broken), cmocka_unit_test(endless),
		cmocka_unit_test(in_one_message), cmocka_unit_test(refuses) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
