/* Whether a rulebook may judge mail: it is read whole, linted, and its cases are judged. */
#include "cron/exam.h"

#include "reports/letter.h"

static int
read_all(struct exam *x, struct arena *a, const char *folder, const char *roster, struct err *e)
{
	struct rulebook *book = NULL;
	int rc = rulebook_open(&book, a, folder, &x->mistakes, e);

	if (rc == OK && roster != NULL)
		rc = rulebook_roster(book, a, roster, &x->mistakes, e);
	if (rc != OK)
		return rc;
	x->book = book;
	/* Each for itself, so that all mistakes are told at once; the first reason counts. */
	struct err others[2] = { 0 };
	const int rcs[] = {
		results_open(&x->results, a, book, &x->mistakes, e),
		letter_check_texts(a, book, &x->mistakes, &others[0]),
		cases_read(&x->cases, a, book, &x->mistakes, &others[1]),
	};
	for (size_t i = 1; rcs[0] == OK && rc == OK && i < COUNT(rcs); i++)
		if ((rc = rcs[i]) != OK)
			*e = others[i - 1];
	return rcs[0] != OK ? rcs[0] : rc;
}

int
exam_open(
    struct exam *out, struct arena *a, const char *folder, const char *roster, struct err *e)
{
	int rc;

	*out = (struct exam){ 0 };
	rc = read_all(out, a, folder, roster, e);
	if (rc != OK && out->mistakes.count == 0)
		return rc;
	if (rc != OK)
		return ERR_STOP;
	return lint_rulebook(&out->lints, a, out->book, &out->cases, e);
}

/* The case, and one of each sort of what is wrong with it. */
static const char *
failure(
    struct arena *a, const struct rule_case *c, const struct case_result *res, enum language l)
{
	static const char *const words[LANGUAGES][3] = {
		[LANGUAGE_VI] = { "không được nhận", "lẽ ra phải báo", "lẽ ra không được báo" },
		[LANGUAGE_EN] = { "not accepted", "not found", "not expected" },
	};
	const char *text = arena_printf(a, "%s (%s)", c->place, c->name);

	if (res->spoiled)
		text = arena_printf(a, "%s: %s: %s", text, words[l][0], res->spoiled);
	if (res->missing_count > 0)
		text = arena_printf(a, "%s: %s: %s", text, words[l][1], res->missing[0]);
	if (res->surplus_count > 0)
		text = arena_printf(a, "%s: %s: %s", text, words[l][2], res->surplus[0]);
	return text;
}

int
exam_cases(const char **first, size_t *failed, const struct exam *x, enum language l,
    struct arena *a, struct err *e)
{
	AUTO(arena_free) struct arena *arena = arena_new();
	AUTO(bench_close) struct bench *bench = NULL;
	struct case_result res;
	int rc;

	*first = NULL;
	*failed = 0;
	if ((rc = bench_open(&bench, x->book, e)) != OK)
		return rc;
	for (size_t i = 0; i < x->cases.count; i++) {
		const struct rule_case *c = &x->cases.list[i];

		if (!c->judged)
			continue;
		case_run(&res, c, x->book, bench, arena);
		if (!res.passed && (*failed)++ == 0)
			*first = failure(a, c, &res, l);
		arena_reset(arena);
	}
	return OK;
}
