/* `giamsat rules test`: a rulebook proves itself by its own cases before mail is judged by it.
 */
#include <string.h>

#include "cron/rules_command.h"
#include "cron/settings.h"
#include "reports/book_words.h"
#include "rules/cases.h"
#include "rules/rule.h"

struct testing {
	struct options *o;
	enum language language;
	bool complete; /* every rule needs a case that it finds and one that it does not */
	const struct rulebook *book;
	struct rule_cases cases;
	size_t failed;
};

/* ---- a case ---- */

static json_t *
json_texts(const char *const *texts, size_t count)
{
	json_t *list = json_array();

	for (size_t i = 0; i < count; i++)
		json_array_append_new(list, json_string(texts[i]));
	return list;
}

static json_t *
json_surplus(const struct case_result *res, enum language l)
{
	json_t *list = json_array();

	for (size_t i = 0; i < res->surplus_count; i++)
		json_array_append_new(list,
		    json_pack("{s:s, s:s}", "finding", res->surplus[i], "message",
			words_in(res->surplus_findings[i]->message, l)));
	return list;
}

static json_t *
json_unasked(const struct case_result *res)
{
	json_t *list = json_array();

	for (size_t i = 0; i < res->failed_count; i++)
		json_array_append_new(list,
		    json_pack("{s:s, s:s}", "rule", res->failed[i].rule, "reason",
			res->failed[i].reason));
	return list;
}

static void
print_json(const struct testing *t, const struct rule_case *c, const struct case_result *res)
{
	char period[16];

	period_write(period, c->table.period);
	command_json(json_pack("{s:s, s:s, s:s, s:s, s:s, s:b, s:o, s:o, s:o, s:o, s:s?}",
	    "case", c->name, "place", c->place, "form", c->table.form->id, "unit",
	    c->table.unit->code, "period", period, "passed", res->passed, "missing",
	    json_texts(res->missing, res->missing_count), "unexpected",
	    json_surplus(res, t->language), "fired", json_texts(res->fired, res->fired_count),
	    "unasked", json_unasked(res), "spoiled", res->spoiled));
}

static void
print_line(const struct testing *t, struct arena *a, enum book_word word, const char *what,
    const char *message)
{
	const struct filler fillers[] = { filler_plain("what", what),
		filler_plain("message", message) };

	puts(book_say(a, word, t->language, fillers, COUNT(fillers)));
}

static void
print_case(const struct testing *t, struct arena *a, const struct rule_case *c,
    const struct case_result *res)
{
	char period[16];

	period_write(period, c->table.period);
	const struct filler fillers[] = { filler_plain("place", c->place),
		filler_plain("name", c->name), filler_plain("form", c->table.form->id),
		filler_plain("unit", c->table.unit->code), filler_plain("period", period) };

	puts(book_say(a, BOOK_CASE_FAILED, t->language, fillers, COUNT(fillers)));
	if (res->spoiled != NULL)
		print_line(t, a, BOOK_CASE_SPOILED, res->spoiled, "");
	if (res->verdict == NULL)
		print_line(t, a, BOOK_CASE_NO_TABLE, "", "");
	for (size_t i = 0; i < res->missing_count; i++)
		print_line(t, a, BOOK_CASE_MISSING, res->missing[i], "");
	for (size_t i = 0; i < res->surplus_count; i++)
		print_line(t, a, BOOK_CASE_SURPLUS, res->surplus[i],
		    words_in(res->surplus_findings[i]->message, t->language));
	for (size_t i = 0; i < res->fired_count; i++)
		print_line(t, a, BOOK_CASE_FIRED, res->fired[i], "");
	for (size_t i = 0; i < res->failed_count; i++)
		print_line(t, a, BOOK_CASE_RULE, res->failed[i].rule, res->failed[i].reason);
}

static void
test_case(struct testing *t, const struct rule_case *c, struct bench *b, struct arena *a)
{
	struct case_result res;

	case_run(&res, c, t->book, b, a);
	if (!res.passed)
		t->failed++;
	if (t->o->json)
		print_json(t, c, &res);
	else if (!res.passed)
		print_case(t, a, c, &res);
}

static int
test_all(struct testing *t, struct err *e)
{
	AUTO(arena_free) struct arena *arena = arena_new();
	AUTO(bench_close) struct bench *bench = NULL;
	int rc;

	if ((rc = bench_open(&bench, t->book, e)) != OK)
		return rc;
	for (size_t i = 0; i < t->cases.count; i++) {
		if (t->cases.list[i].judged)
			test_case(t, &t->cases.list[i], bench, arena);
		arena_reset(arena);
	}
	return OK;
}

/* ---- all of them ---- */

/* Rules without a case that they find (near false), or without a near miss. */
static const char **
uncovered(size_t *count, const struct testing *t, const struct rule_coverage *all, size_t n,
    bool near)
{
	const char **list = arena_array(t->o->arena, n + 1, sizeof(*list));

	*count = 0;
	for (size_t i = 0; i < n; i++)
		if (near ? !all[i].missed : !all[i].fired)
			list[(*count)++] = all[i].rule->id;
	return list;
}

static void
print_uncovered(
    const struct testing *t, enum book_word word, const char *const *list, size_t count)
{
	AUTO(buf_free) struct buf b = { 0 };

	if (count == 0)
		return;
	for (size_t i = 0; i < count; i++)
		buf_printf(&b, "%s%s", i > 0 ? ", " : "", list[i]);
	const struct filler filler = filler_plain("list", b.at);
	puts(book_say(t->o->arena, word, t->language, &filler, 1));
}

static int
sum_up(const struct testing *t)
{
	struct arena *a = t->o->arena;
	size_t rules, unfired, unmissed, judged = 0;
	const struct rule_coverage *all = cases_coverage(&rules, &t->cases, t->book, a);
	const char **cold = uncovered(&unfired, t, all, rules, false);
	const char **bare = uncovered(&unmissed, t, all, rules, true);

	for (size_t i = 0; i < t->cases.count; i++)
		judged += t->cases.list[i].judged;
	if (t->o->json) {
		command_json(json_pack("{s:I, s:I, s:I, s:o, s:o}", "cases", (json_int_t)judged,
		    "failed", (json_int_t)t->failed, "rules", (json_int_t)rules, "unfired",
		    json_texts(cold, unfired), "unmissed", json_texts(bare, unmissed)));
	} else {
		const struct filler fillers[] = { filler_plain(
						      "cases", arena_printf(a, "%zu", judged)),
			filler_plain("failed", arena_printf(a, "%zu", t->failed)),
			filler_plain("rules", arena_printf(a, "%zu", rules)) };

		puts(book_say(a, BOOK_CASES_TOLD, t->language, fillers, COUNT(fillers)));
		print_uncovered(t, BOOK_CASES_UNFIRED, cold, unfired);
		print_uncovered(t, BOOK_CASES_UNMISSED, bare, unmissed);
	}
	if (t->failed > 0 || (t->complete && unfired + unmissed > 0))
		return EXIT_FINDINGS;
	return EXIT_WELL;
}

static int
take_words(struct testing *t, const char **folder)
{
	struct options *o = t->o;
	const char *language = "vi";

	for (int i = 1; i < o->argc; i++) {
		if (strcmp(o->argv[i], "--complete") == 0)
			t->complete = true;
		else if (command_value(&language, o, &i, "--language") && language != NULL)
			continue;
		else if (o->argv[i][0] == '-' || *folder != NULL)
			return command_misused(o, "what is '%s'?", o->argv[i]);
		else
			*folder = o->argv[i];
	}
	t->language = language_of(bytes_of(language), LANGUAGE_VI);
	return EXIT_WELL;
}

static int
run(struct options *o)
{
	struct testing t = { .o = o };
	struct rulebook *book = NULL;
	struct mistakes m = { 0 };
	struct err e = { 0 };
	const char *folder = NULL;
	int code = take_words(&t, &folder);

	if (code != EXIT_WELL)
		return code;
	if (settings_rules_folder(&folder, NULL, o->arena, folder, o->campaign, &e) != OK ||
	    settings_rulebook(&book, NULL, o->arena, folder, NULL, &e) != OK)
		return command_failed(&e, EXIT_SETTINGS);
	if (cases_read(&t.cases, o->arena, book, &m, &e) != OK) {
		for (size_t i = 0; i < m.count; i++)
			fprintf(stderr, "%s\n", m.text[i]);
		return command_failed(&e, EXIT_SETTINGS);
	}
	t.book = book;
	if (test_all(&t, &e) != OK)
		return command_failed(&e, EXIT_OURS);
	return sum_up(&t);
}

const struct command rules_command_test = {
	.name = "test",
	.summary = "judge the rulebook's own cases",
	.usage = "usage: giamsat [-C DIR] [--json] rules test [--complete] [--language vi|en] "
		 "[FOLDER]\n\n"
		 "Judges the tables of FOLDER/cases/*.json as mail is judged, and tells where "
		 "the findings are not\n"
		 "those that the case expects; and which rules no case makes fire, or comes "
		 "near to. FOLDER is the\n"
		 "one with datapackage.json; default: the campaign's.\n"
		 "--complete: a rule without a case that breaks it and a near miss is a "
		 "failure, too.\n"
		 "--json: one line per case {\"case\",\"place\",…,\"passed\",\"missing\","
		 "\"unexpected\",\"fired\",…},\n"
		 "then one {\"cases\",\"failed\",\"rules\",\"unfired\",\"unmissed\"}.\n\n"
		 "exit status: 0 all pass; 1 a case fails; 78 the rulebook or its cases have "
		 "mistakes.\n",
	.run = run,
};
